//! Words that would break out of where they stand. The same desk is built twice, once with hostile
//! words in every field that takes words and once with harmless ones: both sites must be the same but for the
//! words, and the words must come out as they were written.

use scraper::{Html, Node};
use serde_json::Value;

use super::built::{Built, css, folded, percent_decoded, text};
use super::{wants_all, wants_none};
use crate::desk::Desk;

const HOSTILE: &str = "\"><script>alert(1)</script>'&<!--]]>{{ 7*7 }}{% raw %}=cmd|'</script x>";

/// An address that needs escaping wherever it stands.
const ADDRESS: &str = "https://luar.example/a?b=1&c=%22%3E%3Cscript%3E&lt;&d=%27#e&amp;f";

/// The same letters and digits, nothing that means anything to a machine. So both make the same
/// addresses.
fn harmless(words: &str) -> String {
    words.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c } else { '.' }).collect()
}

/// What is left of a text when it is compared with its harmless form.
fn tamed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('.') {
            out.push('.');
        }
    }
    out.trim_matches('.').to_owned()
}

/// The words of a field, in hostile form.
fn hostile(field: &str) -> String {
    // What a spreadsheet would take for a formula begins a field.
    match field {
        "klaim" => format!("=1+1 {field} {HOSTILE}"),
        "temuan" => format!("@SUM {field} {HOSTILE}"),
        "penutur" => format!("+cmd {field} {HOSTILE}"),
        _ => format!("{field} {HOSTILE}"),
    }
}

/// A desk whose every text is `words(name of the field)`, in quotes for YAML.
pub fn desk(words: impl Fn(&str) -> String) -> Desk {
    let desk = Desk::empty();
    // As an editor writes words that Markdown must leave alone; and as raw HTML, which a site refuses.
    let raw = |field: &str| words(field).replace('*', "\\*").replace(']', "\\]");
    let md = |field: &str| raw(field).replace('<', "\\<");
    let q = |field: &str| Value::String(words(field)).to_string();
    let url = Value::String(ADDRESS.to_owned()).to_string();
    let link = ADDRESS.replace('&', "&amp;");
    let both = |field: &str| format!("{{id: {0}, en: {0}}}", q(field));
    desk.write(
        "site.yaml",
        format!(
            "title: {}\ndescription: {}\nbase_url: https://jahat.example/\nlanguage: id\nlanguages: [id, en]\n\
             publisher: {{name: {}, legal_name: {}, url: {url}, same_as: [{url}], ifcn: {url}, email: a@jahat.example}}\n\
             ratings:\n  - {{id: ya, label: {}, definition: {}, tone: \"true\", value: 2}}\n  - {{id: tidak, label: {}, definition: {}, value: 1}}\n\
             kinds: [{{id: jenis, label: {}, definition: {}}}]\n\
             menu: [{{label: {}, url: /claims/}}, {{label: {}, url: {url}}}]\nfooter: {}\ntopics: {{air: {}}}\n\
             submit: {{url: {url}, email: b@jahat.example, whatsapp: '+62 812 0000 0000'}}\n",
            both("situs"),
            both("uraian"),
            q("penerbit"),
            q("badan"),
            both("ya"),
            both("arti ya"),
            both("tidak"),
            both("arti tidak"),
            both("jenis"),
            both("arti jenis"),
            both("menu"),
            both("menu luar"),
            both("kaki"),
            both("air"),
        ),
    );
    desk.write(
        "content/people/ani.md",
        format!(
            "---\nname: {}\ntype: person\nrole: {}\nurl: {url}\nsame_as: [{url}]\n---\nHidup {}\n",
            q("ani"),
            q("peran"),
            raw("riwayat hidup")
        ),
    );
    for (policy, slug) in [("methodology", "metode"), ("corrections", "koreksi"), ("ratings", "skala")] {
        desk.write(
            &format!("content/pages/{slug}.md"),
            format!(
                "---\ntitle: {}\nsummary: {}\npolicy: {policy}\n---\n## {}\n\nIsi {} dan [tautan {}](<{link}>).\n",
                q(slug),
                q("ringkas"),
                md("judul kecil"),
                raw("isi"),
                md("kata tautan")
            ),
        );
    }
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x06\0\0\0\0\0\0\0";
    desk.write("content/articles/gambar.png", png);
    desk.write("content/articles/bukti a&b'c.csv", "a,b\n");
    let sources = format!(
        "[{{title: {}, publisher: {}, url: {url}, archived: {url}, date: 2024-01-01, stance: refutes, primary: true, quote: {}}}, \
          {{title: {}, file: \"bukti a&b'c.csv\"}}]",
        q("sumber"),
        q("penerbit sumber"),
        q("kutipan sumber"),
        q("berkas")
    );
    for ending in ["md", "en.md"] {
        desk.write(
            &format!("content/articles/satu.{ending}"),
            format!(
                "---\ntitle: {}\ndate: 2024-03-01\nupdated: 2024-04-01\nauthors: [ani, {}]\nreviewers: [{}]\ntopics: [air, {}]\nsummary: {}\n\
                 image: {{file: gambar.png, alt: {}}}\nclaims:\n  - id: klaim-satu\n    claim: {}\n    quote: {}\n    claimant: {{name: {}, type: person, url: {url}, same_as: [{url}]}}\n    \
                 claimed_on: 2024-02-01\n    appearances: [{{url: {url}, archived: {url}, platform: {}, date: 2024-02-01}}]\n    verdict: ya\n    kind: jenis\n    \
                 media: {{type: image, categories: [Staged], original: {{file: gambar.png, url: {url}, credit: {}}}}}\n    finding: {}\n    correct: {}\n    incorrect: {}\n    \
                 sources: {sources}\n    contact: {{date: 2024-02-02, outcome: replied, note: {}}}\n    history: [{{date: 2024-03-01, verdict: tidak, reason: {}, archived: {url}}}]\n  \
                 - {{id: klaim-dua, claim: {}, claimant: ani, verdict: tidak, finding: {}, sources: {sources}}}\n\
                 corrections: [{{date: 2024-03-20, note: {}}}, {{date: 2024-04-01, note: {}, claim: klaim-satu}}]\n---\n## {}\n\nKata {} selesai. Kata *{}* [{}](<{link}>) dan\n![{}](gambar.png)\n\n> {}\n\n| a | b |\n|---|---|\n| {} | x |\n",
                q("judul"),
                q("tamu"),
                q("pemeriksa"),
                q("topik"),
                q("ringkasan"),
                q("alternatif"),
                q("klaim"),
                q("kutipan"),
                q("penutur"),
                q("media"),
                q("kredit"),
                q("temuan"),
                q("benar"),
                q("keliru"),
                q("jawaban"),
                q("alasan"),
                q("klaim dua"),
                q("temuan dua"),
                q("koreksi"),
                q("koreksi klaim"),
                md("anak judul"),
                md("kutipan"),
                md("miring"),
                md("tautan"),
                md("gambar"),
                raw("petikan"),
                raw("sel").replace('|', "\\|"),
            ),
        );
        desk.write(
            &format!("content/articles/dua.{ending}"),
            format!(
                "---\ntitle: {}\ndate: 2024-02-01\nauthors: [ani]\nstatus: withdrawn\nwithdrawn: {{date: 2024-05-01, reason: {}}}\n---\nIsi `{}` dan [klaim](claim:klaim-satu).\n",
                q("ditarik"),
                q("alasan tarik"),
                words("kode")
            ),
        );
    }
    desk
}

fn build(words: impl Fn(&str) -> String) -> Built {
    Built::of_desk(desk(words).root(), "https://jahat.example/a/", "2026-11-22")
}

/// Where two sites differ in more than the words of their texts.
fn differences(hostile: &Built, harmless: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    let names = |built: &Built| -> Vec<String> {
        built.files.keys().filter(|file| !file.starts_with(".meja")).cloned().collect()
    };
    if names(hostile) != names(harmless) {
        violations.push(format!("the files differ: {:?} and {:?}", names(hostile), names(harmless)));
    }
    for file in names(hostile) {
        let (one, other) = (shape(hostile, &file), shape(harmless, &file));
        let first = one.iter().zip(&other).position(|(one, other)| one != other);
        let first = first.or_else(|| (one.len() != other.len()).then_some(one.len().min(other.len())));
        if let Some(at) = first {
            let show = |shape: &[String]| shape.get(at).map_or("nothing", String::as_str).to_owned();
            violations.push(format!("{file}: `{}` for `{}`", show(&one), show(&other)));
        }
    }
    violations
}

/// The structure of a file and its tamed texts, part by part.
fn shape(built: &Built, file: &str) -> Vec<String> {
    let content = built.text(file);
    let mut parts = Vec::new();
    if file.ends_with(".html") {
        let page = built.page(file).expect("a page");
        for node in page.html.tree.root().descendants() {
            match node.value() {
                Node::Element(element) => {
                    // How deep it stands says which elements were closed before it.
                    parts.push(format!("{} <{}", node.ancestors().count(), element.name()));
                    let mut attributes: Vec<String> = element
                        .attrs()
                        .map(|(name, value)| format!("{name}={}", tamed(&plain(value))))
                        .collect();
                    attributes.sort();
                    parts.extend(attributes);
                }
                Node::Text(words) => {
                    let parent = node.parent().and_then(|parent| Some(parent.value().as_element()?.name()));
                    match serde_json::from_str::<Value>(words).ok().filter(|_| parent == Some("script")) {
                        Some(value) => of_json(&value, &mut parts),
                        None => of_words(words, &mut parts),
                    }
                }
                Node::Comment(_) => parts.push("<!--".to_owned()),
                _ => {}
            }
        }
    } else if ["words", "stems", "grams", "index.json"]
        .iter()
        .any(|of| file.contains(&format!("data/lookup/{of}")))
    {
        // The words themselves are its names: that of the harmless desk is another index.
        if let Err(error) = serde_json::from_str::<Value>(&content) {
            parts.push(format!("{error}"));
        }
    } else if file.ends_with(".json") {
        match serde_json::from_str(&content) {
            Ok(value) => of_json(&value, &mut parts),
            Err(error) => parts.push(format!("{error}")),
        }
    } else if file.ends_with(".xml") {
        match roxmltree::Document::parse(&content) {
            Ok(document) => of_xml(&document, &mut parts),
            Err(error) => parts.push(format!("{error}")),
        }
    } else if file.ends_with(".csv") && file.contains("data/") {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(content.as_bytes());
        for row in rows.records() {
            parts.push(row.map_or_else(
                |error| error.to_string(),
                |row| row.iter().map(tamed).collect::<Vec<_>>().join(","),
            ));
        }
    }
    parts
}

/// An address that carries a message to an app, as the app reads it.
fn plain(value: &str) -> String {
    let to_app = value.starts_with("https://wa.me/?text=") || value.starts_with("https://t.me/share/");
    if to_app { percent_decoded(value) } else { value.to_owned() }
}

/// A text; the code of a frame as a browser reads it.
fn of_words(words: &str, parts: &mut Vec<String>) {
    if !words.starts_with("<iframe ") {
        return parts.push(tamed(words));
    }
    for element in Html::parse_fragment(words).tree.values().filter_map(|node| node.as_element()) {
        parts.push(format!("<{}", element.name()));
        parts.extend(element.attrs().map(|(name, value)| format!("{name}={}", tamed(value))));
    }
}

fn of_json(value: &Value, parts: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            parts.push(format!("[{}", items.len()));
            for item in items {
                of_json(item, parts);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                parts.push(key.clone());
                // The id of an entry may be made of its words.
                if key != "id" {
                    of_json(value, parts);
                }
            }
        }
        Value::String(words) => of_words(words, parts),
        value => parts.push(value.to_string()),
    }
}

fn of_xml(document: &roxmltree::Document<'_>, parts: &mut Vec<String>) {
    for node in document.descendants() {
        if node.is_element() {
            parts.push(format!("<{}", node.tag_name().name()));
            parts.extend(node.attributes().map(|own| format!("{}={}", own.name(), tamed(own.value()))));
        }
        let is_id = node.parent().is_some_and(|parent| parent.tag_name().name() == "id");
        if let Some(words) = node.text().filter(|_| node.is_text() && !is_id) {
            parts.push(tamed(words));
        }
    }
}

/// Script elements that run, and attributes that would.
fn running_scripts(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    for page in built.pages() {
        for script in page.all("script:not([type='application/ld+json'])") {
            // A script of the theme stands in a file of its own.
            if script.attr("src").is_none() || !text(script).trim().is_empty() {
                violations.push(format!("{}: a script `{}`", page.file, text(script)));
            }
        }
        for element in page.html.tree.values().filter_map(|node| node.as_element()) {
            for (name, value) in element.attrs() {
                let scheme = value.trim_start().to_ascii_lowercase();
                if name.starts_with("on") || scheme.starts_with("javascript:") {
                    violations.push(format!("{}: {name}=`{value}`", page.file));
                }
            }
        }
    }
    violations
}

/// Words that did not come out as they were written.
fn changed_words(built: &Built) -> Vec<String> {
    let mut violations = Vec::new();
    let mut want = |place: &str, found: Vec<String>, words: &str| {
        if !found.iter().any(|found| folded(found) == words) {
            violations.push(format!("{place}: `{words}` stands as {found:?}"));
        }
    };
    for prefix in ["", "en/"] {
        let claim_file = format!("{prefix}claims/klaim-satu/index.html");
        let article_file = format!("{prefix}articles/satu/index.html");
        let (Some(claim), Some(article)) = (built.page(&claim_file), built.page(&article_file)) else {
            want(&claim_file, Vec::new(), "a page");
            continue;
        };
        let shown =
            |page: &super::built::Page, selector: &str| page.all(selector).into_iter().map(text).collect();
        let json = |page: &super::built::Page, kind: &str, pointer: &str| -> Vec<String> {
            let nodes = page.json_ld().0;
            let of_kind = nodes.iter().filter(|node| node["@type"] == kind);
            of_kind.filter_map(|node| node.pointer(pointer)?.as_str().map(str::to_owned)).collect()
        };
        want("h1 of the claim", shown(&claim, "h1"), &hostile("klaim"));
        want("h1 of the article", shown(&article, "h1"), &hostile("judul"));
        want("the site's name", shown(&claim, ".brand span"), &hostile("situs"));
        for field in ["temuan", "benar", "keliru", "jawaban", "alasan", "kutipan sumber", "arti ya"] {
            want("the claim's page", shown(&claim, "main p"), &hostile(field));
        }
        want("the claim's page", shown(&claim, "main a"), &hostile("sumber"));
        want("the claim's page", shown(&claim, "main a"), &hostile("berkas"));
        want("the article's page", shown(&article, "main p"), &hostile("ringkasan"));
        want("the article's page", article.attributes("main img", "alt"), &hostile("alternatif"));
        want("the article's page", shown(&article, "main a"), &hostile("tamu"));
        want("the footer", shown(&article, "footer p"), &hostile("kaki"));
        want("the menu", shown(&article, "nav a"), &hostile("menu"));
        want("the menu", article.attributes("nav a", "href"), ADDRESS);
        let review = |pointer: &str| json(&claim, "ClaimReview", pointer);
        want("claimReviewed", review("/claimReviewed"), &hostile("klaim"));
        want("reviewBody", review("/reviewBody"), &hostile("temuan"));
        want("alternateName", review("/reviewRating/alternateName"), &hostile("ya"));
        want("the review's author", review("/author/name"), &hostile("penerbit"));
        want("the claim's author", review("/itemReviewed/author/name"), &hostile("penutur"));
        want("the claim's author's address", review("/itemReviewed/author/url"), ADDRESS);
        want("the appearance", review("/itemReviewed/firstAppearance/url"), ADDRESS);
        want("headline", json(&article, "NewsArticle", "/headline"), &hostile("judul"));
        want("a correction", json(&article, "NewsArticle", "/correction/0/text"), &hostile("koreksi"));
        want(
            "the breadcrumb",
            json(&article, "BreadcrumbList", "/itemListElement/2/name"),
            &hostile("judul"),
        );
        feed_words(built, prefix, &mut want);
    }
    violations
}

fn feed_words(built: &Built, prefix: &str, want: &mut impl FnMut(&str, Vec<String>, &str)) {
    let xml = |file: &str, name: &str| -> Vec<String> {
        let content = built.text(&format!("{prefix}{file}"));
        let document = roxmltree::Document::parse(&content);
        document.map_or_else(
            |error| vec![error.to_string()],
            |document| {
                let found = document
                    .descendants()
                    .filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", name)));
                found
                    .map(|node| node.text().or(node.attribute("term")).unwrap_or_default().to_owned())
                    .collect()
            },
        )
    };
    want("Atom", xml("feed.xml", "title"), &hostile("judul"));
    want("Atom", xml("feed.xml", "summary"), &hostile("ringkasan"));
    want("Atom", xml("feed.xml", "name"), &hostile("ani"));
    want("Atom", xml("feed.xml", "category"), &hostile("topik"));
    want("Atom", xml("claims/feed.xml", "title"), &format!("[{}] {}", hostile("ya"), hostile("klaim")));
    want("Atom", xml("corrections/feed.xml", "summary"), &hostile("koreksi"));
    want("Atom", xml("corrections/feed.xml", "summary"), &hostile("alasan tarik"));
    let json = |file: &str, pointer: &str| -> Vec<String> {
        let value: Value = serde_json::from_str(&built.text(&format!("{prefix}{file}"))).unwrap_or_default();
        vec![value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()]
    };
    want("JSON Feed", json("feed.json", "/items/0/title"), &hostile("judul"));
    want("JSON Feed", json("feed.json", "/items/0/content_text"), &hostile("ringkasan"));
    want("claims.json", json("data/claims.json", "/claims/0/text"), &hostile("klaim"));
    want("claims.json", json("data/claims.json", "/claims/0/claimReview/0/textualRating"), &hostile("ya"));
    want("claim.json", json("claims/klaim-satu/claim.json", "/claimant"), &hostile("penutur"));
    let content = built.text(&format!("{prefix}data/claims.csv"));
    let rows = csv::Reader::from_reader(content.as_bytes()).into_records();
    let cells: Vec<String> =
        rows.flatten().flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    for field in ["klaim", "temuan", "penutur"] {
        // The apostrophe keeps a spreadsheet from running it.
        want("CSV", cells.clone(), &format!("'{}", hostile(field)));
    }
    want("CSV", cells.clone(), &hostile("klaim dua"));
    want("CSV", cells, &format!("air; {}", hostile("topik")));
}

#[test]
fn hostile_words_stay_words() {
    let hostile_site = build(hostile);
    let harmless_site = build(|field| harmless(&hostile(field)));
    let mut violations = running_scripts(&hostile_site);
    violations.extend(differences(&hostile_site, &harmless_site));
    violations.extend(changed_words(&hostile_site));
    violations.extend(super::html::malformed(&hostile_site));
    violations.extend(super::links::broken_links(&hostile_site));
    violations.extend(super::feeds::bad_atom(&hostile_site));
    violations.extend(super::feeds::bad_json_feeds(&hostile_site));
    let page = hostile_site.page("articles/satu/index.html").expect("the article");
    let prose = page.html.select(&css("main")).map(text).collect::<String>();
    assert!(
        prose.contains("{{ 7*7 }}{% raw %}=cmd|"),
        "a template's words in a text are only words: {prose}"
    );
    wants_none(&violations);
}

#[test]
fn words_that_break_out_are_found() {
    let harmless = Built::of(
        "https://h.example/",
        &[("index.html", "<p title='a'>kata</p>"), ("data/claims.csv", "a,b\n"), ("f.xml", "<a>x</a>")],
    );
    let shapes = [
        ("<p title='a' class>kata</p>", "`class=`"),
        ("<p title='a'>kata</p><i>", "`3 <i` for `nothing`"),
        ("<p title='a'>kata &amp;lt;</p>", "`kata.lt` for `kata`"),
        ("<p title='a'>49</p>", "`49` for `kata`"),
        ("<!-- --><p title='a'>kata</p>", "`<!--` for `1 <html`"),
    ];
    for (html, said) in shapes {
        let files = [("index.html", html), ("data/claims.csv", "a,b\n"), ("f.xml", "<a>x</a>")];
        wants_all(&differences(&Built::of("https://h.example/", &files), &harmless), &[said]);
    }
    let broken =
        [("index.html", "<p title='a'>kata</p>"), ("data/claims.csv", "a,b,c\n"), ("f.xml", "<a>x</b>")];
    wants_all(
        &differences(&Built::of("https://h.example/", &broken), &harmless),
        &["data/claims.csv: `a,b,c`", "f.xml: "],
    );
    let page = "<script>alert(1)</script><p onclick=x><a href=' JavaScript:x'>y</a>";
    let built = Built::of(
        "https://h.example/",
        &[
            ("index.html", page),
            ("claims/klaim-satu/index.html", "<h1>x</h1>"),
            ("articles/satu/index.html", ""),
        ],
    );
    wants_all(&running_scripts(&built), &["a script `alert(1)`", "onclick=`x`", "href=` JavaScript:x`"]);
    wants_all(
        &changed_words(&built),
        &["h1 of the claim: `=1+1 klaim", "claimReviewed: ", "Atom: ", "CSV: "],
    );
}
