//! ClaimReview and its kin: one on each claim's page, none elsewhere, and every statement in it the
//! desk's own. Rules: <https://developers.google.com/search/docs/appearance/structured-data/factcheck>.

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

use super::built::{Built, Page, folded, text};
use super::content::{Article, Claim, Content, day, items, word};
use super::{demo, wants_all, wants_none};

/// The preset `tempo` as it is published: verdict, number, words by language.
const TEMPO: &[(&str, Option<i64>, &str, &str)] = &[
    ("benar", Some(4), "Benar", "True"),
    ("sebagian-benar", Some(3), "Sebagian Benar", "Partly true"),
    ("tidak-terbukti", None, "Tidak Terbukti", "Unproven"),
    ("sesat", Some(2), "Sesat", "Misleading"),
    ("keliru", Some(1), "Keliru", "False"),
];
const BEST: i64 = 4;

/// The number and the word of a verdict.
fn verdict(claim: &Claim, lang: &str) -> (Option<i64>, &'static str) {
    let id = claim.verdict();
    let found = TEMPO.iter().find(|(known, ..)| *known == id).expect("a verdict of the preset");
    (found.1, if lang == "en" { found.3 } else { found.2 })
}

fn publisher(content: &Content) -> String {
    word(content.site.get("publisher").expect("a publisher"), "name").expect("a name")
}

/// Nodes of a type, however deep they stand.
fn of_type<'v>(value: &'v Value, kind: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| of_type(item, kind, found)),
        Value::Object(map) => {
            if map.get("@type").is_some_and(|own| own == kind) {
                found.push(value);
            }
            map.values().for_each(|item| of_type(item, kind, found));
        }
        _ => {}
    }
}

fn all_of<'v>(nodes: &'v [Value], kind: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    for node in nodes {
        of_type(node, kind, &mut found);
    }
    found
}

/// Where nothing is said: empty texts, lists and objects, and nulls.
fn empties(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Null => found.push(format!("{path} is null")),
        Value::String(text) if text.trim().is_empty() => found.push(format!("{path} is an empty text")),
        Value::Array(items) if items.is_empty() => found.push(format!("{path} is an empty list")),
        Value::Object(map) if map.is_empty() => found.push(format!("{path} is an empty object")),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                empties(item, &format!("{path}[{n}]"), found);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                empties(item, &format!("{path}.{key}"), found);
            }
        }
        _ => {}
    }
}

fn is_absolute(value: &Value) -> bool {
    value.as_str().and_then(|url| Url::parse(url).ok()).is_some_and(|url| url.has_host())
}

/// Pages whose structured data is missing, misplaced or untrue.
fn bad_markup(built: &Built, content: &Content) -> Vec<String> {
    let mut articles: BTreeMap<String, &Article> = BTreeMap::new();
    let mut claims: BTreeMap<String, (&Article, &Claim)> = BTreeMap::new();
    for article in &content.articles {
        let prefix = content.prefix(&article.lang);
        articles.insert(format!("{prefix}articles/{}/index.html", article.slug), article);
        for claim in &article.claims {
            claims.insert(format!("{prefix}claims/{}/index.html", claim.id), (article, claim));
        }
    }
    let mut violations = Vec::new();
    for file in articles.keys().chain(claims.keys()).filter(|file| !built.files.contains_key(*file)) {
        violations.push(format!("{file} is not there"));
    }
    for page in built.pages() {
        let (nodes, broken) = page.json_ld();
        violations.extend(broken);
        let mut say = |what: String| violations.push(format!("{}: {what}", page.file));
        for node in &nodes {
            let mut found = Vec::new();
            empties(node, "JSON-LD", &mut found);
            found.into_iter().for_each(&mut say);
            if node["@context"] != "https://schema.org" {
                say(format!("a node without context: {node}"));
            }
        }
        let at = claims.get(&page.file);
        let wanted = at.filter(|(article, _)| !article.is_withdrawn());
        let reviews = all_of(&nodes, "ClaimReview");
        if reviews.len() != usize::from(wanted.is_some()) {
            say(format!("{} ClaimReview", reviews.len()));
        }
        let media = all_of(&nodes, "MediaReview");
        let has_media = wanted.is_some_and(|(_, claim)| claim.front.get("media").is_some());
        if media.len() != usize::from(has_media) {
            say(format!("{} MediaReview", media.len()));
        }
        if let (Some((article, claim)), Some(review)) = (wanted, reviews.first()) {
            claim_review(built, content, &page, article, claim, review, &mut say);
            if let Some(media) = media.first() {
                media_review(content, claim, review, media, &mut say);
            }
        }
        let news = all_of(&nodes, "NewsArticle");
        match (articles.get(&page.file), news.as_slice()) {
            (Some(article), [news]) => news_article(content, &page, article, news, &mut say),
            (None, []) => {}
            (_, news) => say(format!("{} NewsArticle", news.len())),
        }
        let is_home =
            content.languages.iter().any(|lang| page.file == format!("{}index.html", content.prefix(lang)));
        for kind in ["WebSite", "NewsMediaOrganization"] {
            let found = all_of(&nodes, kind);
            if found.len() != usize::from(is_home) {
                say(format!("{} {kind}", found.len()));
            }
            for node in found {
                if !is_absolute(&node["url"]) || node["name"].as_str().is_none() {
                    say(format!("{kind} without name or address"));
                }
            }
        }
    }
    violations
}

fn claim_review(
    built: &Built,
    content: &Content,
    page: &Page,
    article: &Article,
    claim: &Claim,
    review: &Value,
    say: &mut impl FnMut(String),
) {
    let mut want = |is_so: bool, what: &str| {
        if !is_so {
            say(format!("ClaimReview: {what}: {review}"));
        }
    };
    let visible = page.first("h1").map(text).unwrap_or_default();
    let claimed = review["claimReviewed"].as_str().unwrap_or_default();
    want(claimed == claim.words(), "claimReviewed is not the claim");
    want(folded(claimed) == folded(&visible), "claimReviewed is not what readers see");
    want(review["url"] == page.url.as_str() && is_absolute(&review["url"]), "url is not the page's own");
    want(
        page.attributes("link[rel=canonical]", "href") == [page.url.to_string()],
        "url is not the canonical one",
    );
    want(review["author"]["@type"] == "Organization", "the author is no organisation");
    want(review["author"]["name"] == publisher(content).as_str(), "the author is not the publisher");
    let published = review["datePublished"].as_str().unwrap_or_default();
    want(published.get(..10) == Some(article.day().as_str()), "datePublished is not the article's date");
    if let Some(modified) = review["dateModified"].as_str() {
        want(
            day(&article.front, "updated").as_deref() == modified.get(..10),
            "dateModified is not `updated`",
        );
    }
    want(review["inLanguage"] == article.lang.as_str(), "inLanguage is not the page's");

    let (value, label) = verdict(claim, &article.lang);
    let rating = &review["reviewRating"];
    want(rating["@type"] == "Rating", "no rating");
    want(rating["alternateName"] == label, "alternateName is not the verdict");
    let list = format!("{}verdicts/{}/index.html", content.prefix(&article.lang), claim.verdict());
    let shown = page.all("main a[href]").into_iter().any(|link| {
        let url = link.attr("href").and_then(|href| page.url.join(href).ok());
        url.and_then(|url| built.file_at(&url)).as_deref() == Some(list.as_str())
            && folded(&text(link)).ends_with(label)
    });
    want(shown, "the verdict is not what readers see");
    let numbers = ["ratingValue", "bestRating", "worstRating"].map(|key| rating.get(key).map(Value::as_i64));
    match value {
        Some(value) => want(numbers == [Some(Some(value)), Some(Some(BEST)), Some(Some(1))], "the numbers"),
        None => want(numbers == [None, None, None], "numbers for a verdict that has none"),
    }

    let item = &review["itemReviewed"];
    want(item["@type"] == "Claim", "itemReviewed is no Claim");
    want(item["datePublished"].as_str() == day(&claim.front, "claimed_on").as_deref(), "the claim's date");
    match content.claimant(claim, &article.lang) {
        None => want(item.get("author").is_none(), "an author of the claim whom nobody named"),
        Some(party) => {
            let author = &item["author"];
            let kind =
                party.kind.as_deref().map(|kind| if kind == "person" { "Person" } else { "Organization" });
            want(author["name"] == party.name.as_str(), "the claim's author");
            want(author.get("@type").map(Value::as_str) == kind.map(Some), "the type of the claim's author");
            want(author["url"].as_str() == party.url.as_deref(), "the address of the claim's author");
            want(strings(&author["sameAs"]) == party.same_as, "sameAs of the claim's author");
        }
    }
    let mut stated: Vec<String> = ["firstAppearance", "appearance"]
        .iter()
        .flat_map(|key| match &item[*key] {
            Value::Array(works) => works.clone(),
            Value::Null => Vec::new(),
            work => vec![work.clone()],
        })
        .map(|work| work["url"].as_str().unwrap_or_default().to_owned())
        .collect();
    let mut given: Vec<String> =
        items(&claim.front, "appearances").iter().filter_map(|appearance| word(appearance, "url")).collect();
    let sources: Vec<String> =
        items(&claim.front, "sources").iter().filter_map(|source| word(source, "url")).collect();
    want(
        !stated.iter().any(|url| sources.contains(url) && !given.contains(url)),
        "evidence is given as an appearance",
    );
    stated.sort();
    given.sort();
    want(stated == given, "the appearances");
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn media_review(
    content: &Content,
    claim: &Claim,
    review: &Value,
    media: &Value,
    say: &mut impl FnMut(String),
) {
    let mut want = |is_so: bool, what: &str| {
        if !is_so {
            say(format!("MediaReview: {what}: {media}"));
        }
    };
    let front = claim.front.get("media").expect("media");
    want(is_absolute(&media["@id"]) && is_absolute(&review["@id"]), "no @id");
    want(review["associatedMediaReview"]["@id"] == media["@id"], "the ClaimReview does not name it");
    want(media["associatedClaimReview"]["@id"] == review["@id"], "it does not name the ClaimReview");
    want(media["author"]["name"] == publisher(content).as_str(), "its author");
    let categories = strings(&media["mediaAuthenticityCategory"]);
    // The members of https://schema.org/MediaManipulationRatingEnumeration.
    let stated: Vec<String> = super::content::words(front, "categories")
        .iter()
        .map(|category| match category.as_str() {
            "Original" => "OriginalMediaContent".to_owned(),
            other => format!("{other}Content"),
        })
        .collect();
    want(categories == stated, "its categories");
    let has = |category: &str| categories.iter().any(|own| own == category);
    for (one, other) in [
        ("OriginalMediaContent", "TransformedContent"),
        ("OriginalMediaContent", "EditedOrCroppedContent"),
        ("EditedOrCroppedContent", "StagedContent"),
    ] {
        want(!(has(one) && has(other)), "categories that contradict each other");
    }
}

fn news_article(
    content: &Content,
    page: &Page,
    article: &Article,
    news: &Value,
    say: &mut impl FnMut(String),
) {
    let mut want = |is_so: bool, what: &str| {
        if !is_so {
            say(format!("NewsArticle: {what}: {news}"));
        }
    };
    want(news["headline"] == article.title().as_str(), "the headline");
    want(news["url"] == page.url.as_str(), "url is not the page's own");
    want(news["publisher"]["name"] == publisher(content).as_str(), "the publisher");
    let published = news["datePublished"].as_str().unwrap_or_default();
    want(published.get(..10) == Some(article.day().as_str()), "datePublished");
    let modified = news["dateModified"].as_str().unwrap_or_default();
    let changed = day(&article.front, "updated").unwrap_or_else(|| article.day());
    want(modified.get(..10) == Some(changed.as_str()), "dateModified");
    let authors: Vec<Value> = super::content::words(&article.front, "authors")
        .iter()
        .map(|name| Value::String(content.author(name, &article.lang).0))
        .collect();
    let stated: Vec<Value> =
        news["author"].as_array().into_iter().flatten().map(|author| author["name"].clone()).collect();
    want(stated == authors, "the authors");
}

/// What the data files of each language lack or say wrongly.
fn bad_data(built: &Built, content: &Content) -> Vec<String> {
    let mut violations = Vec::new();
    for lang in &content.languages {
        let prefix = content.prefix(lang);
        let wanted: Vec<(&Article, &Claim)> = content.claims(lang).collect();
        claims_json(built, content, lang, &wanted, &mut violations);
        data_feed(built, &format!("{prefix}data/claimreview.json"), &prefix, &wanted, &mut violations);
        table(built, &format!("{prefix}data/claims.csv"), &wanted, &mut violations);
        let articles = content.articles.iter().filter(|article| article.lang == *lang);
        for (article, claim) in
            articles.flat_map(|article| article.claims.iter().map(move |claim| (article, claim)))
        {
            let file = format!("{prefix}claims/{}/claim.json", claim.id);
            let value = json(built, &file, &mut violations);
            let mut found = Vec::new();
            empties(&value, "", &mut found);
            if value["text"] != claim.words().as_str() {
                found.push("the text is not the claim".to_owned());
            }
            let reviews = all_of(std::slice::from_ref(&value), "ClaimReview").len();
            if reviews != usize::from(!article.is_withdrawn()) {
                found.push(format!("{reviews} ClaimReview"));
            }
            if value.get("withdrawn").is_some() != article.is_withdrawn() {
                found.push("it does not say rightly whether it is withdrawn".to_owned());
            }
            violations.extend(found.into_iter().map(|what| format!("{file}: {what}")));
        }
    }
    violations
}

fn json(built: &Built, file: &str, violations: &mut Vec<String>) -> Value {
    serde_json::from_str(&built.text(file)).unwrap_or_else(|error| {
        violations.push(format!("{file}: {error}"));
        Value::Null
    })
}

fn claims_json(
    built: &Built,
    content: &Content,
    lang: &str,
    wanted: &[(&Article, &Claim)],
    violations: &mut Vec<String>,
) {
    let prefix = content.prefix(lang);
    let file = format!("{prefix}data/claims.json");
    let value = json(built, &file, violations);
    let mut say = |what: String| violations.push(format!("{file}: {what}"));
    let mut found = Vec::new();
    empties(&value["claims"], "claims", &mut found);
    found.into_iter().filter(|_| !wanted.is_empty()).for_each(&mut say);
    let claims = value["claims"].as_array().cloned().unwrap_or_default();
    if claims.len() != wanted.len() {
        say(format!("{} claims, not {}", claims.len(), wanted.len()));
    }
    for (stated, (article, claim)) in claims.iter().zip(wanted) {
        let keys =
            |value: &Value| value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
        let known = |value: &Value, known: &[&str]| {
            let keys: Vec<String> = keys(value);
            keys.iter().all(|key| known.contains(&key.as_str()))
        };
        let review = &stated["claimReview"][0];
        let url = built.url_of(&format!("{prefix}claims/{}/index.html", claim.id));
        let claimant = content.claimant(claim, lang).map(|party| party.name);
        let dated = day(&claim.front, "claimed_on").map(|day| format!("{day}T00:00:00Z"));
        let is_so = known(stated, &["text", "claimant", "claimDate", "claimReview"])
            && known(review, &["publisher", "url", "title", "reviewDate", "textualRating", "languageCode"])
            && stated["text"] == claim.words().as_str()
            && stated["claimant"].as_str() == claimant.as_deref()
            && stated["claimDate"].as_str() == dated.as_deref()
            && stated["claimReview"].as_array().map(Vec::len) == Some(1)
            && review["publisher"]["name"] == publisher(content).as_str()
            && review["publisher"]["site"].as_str() == built.base.host_str()
            && review["url"] == url.as_str()
            && review["title"] == article.title().as_str()
            && review["reviewDate"].as_str().is_some_and(super::feeds::is_rfc3339)
            && review["reviewDate"].as_str().and_then(|date| date.get(..10))
                == Some(article.judged(claim).as_str())
            && review["textualRating"] == verdict(claim, lang).1
            && review["languageCode"] == lang;
        if !is_so {
            say(format!("{} is stated as {stated}", claim.id));
        }
    }
}

fn data_feed(
    built: &Built,
    file: &str,
    prefix: &str,
    wanted: &[(&Article, &Claim)],
    violations: &mut Vec<String>,
) {
    let value = json(built, file, violations);
    let mut say = |what: String| violations.push(format!("{file}: {what}"));
    let mut found = Vec::new();
    empties(&value, "", &mut found);
    found.into_iter().filter(|_| !wanted.is_empty()).for_each(&mut say);
    if value["@context"] != "https://schema.org" || value["@type"] != "DataFeed" {
        say("no DataFeed".to_owned());
    }
    let elements = value["dataFeedElement"].as_array().cloned().unwrap_or_default();
    if elements.len() != wanted.len() {
        say(format!("{} elements, not {}", elements.len(), wanted.len()));
    }
    for (element, (_, claim)) in elements.iter().zip(wanted) {
        // What the feed says of a claim is what its page says.
        let page = built.page(&format!("{prefix}claims/{}/index.html", claim.id));
        let (nodes, _) = page.map(|page| page.json_ld()).unwrap_or_default();
        let reviews: Vec<Value> =
            nodes.into_iter().filter(|node| node["@type"] != "BreadcrumbList").collect();
        if element["@type"] != "DataFeedItem" || element["item"] != Value::Array(reviews) {
            say(format!("{} differs from its page", claim.id));
        }
        for key in ["dateCreated", "dateModified"] {
            if !element[key].as_str().is_some_and(super::feeds::is_rfc3339) {
                say(format!("{}: {key} is {}", claim.id, element[key]));
            }
        }
    }
}

fn table(built: &Built, file: &str, wanted: &[(&Article, &Claim)], violations: &mut Vec<String>) {
    let content = built.text(file);
    let mut say = |what: String| violations.push(format!("{file}: {what}"));
    let mut reader = csv::Reader::from_reader(content.as_bytes());
    let heads = reader.headers().cloned().unwrap_or_default();
    let mut rows = Vec::new();
    for row in reader.records() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => say(format!("a row does not parse: {error}")),
        }
    }
    if rows.len() != wanted.len() {
        say(format!("{} rows, not {}", rows.len(), wanted.len()));
    }
    for cell in rows.iter().flatten() {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            say(format!("a spreadsheet runs `{cell}`"));
        }
    }
    let at = |name: &str| heads.iter().position(|head| head == name);
    for (row, (_, claim)) in rows.iter().zip(wanted) {
        let cell = |name: &str| at(name).and_then(|at| row.get(at)).unwrap_or_default();
        let words = claim.words();
        if cell("id") != claim.id || cell("claim").trim_start_matches('\'') != words.trim_start_matches('\'')
        {
            say(format!("{} stands as {row:?}", claim.id));
        }
        if cell("verdict") != claim.verdict() {
            say(format!("{} has the verdict {}", claim.id, cell("verdict")));
        }
    }
}

#[test]
fn markup_is_true_and_where_it_belongs() {
    let (built, content) = demo();
    let claims = content.languages.iter().map(|lang| content.claims(lang).count()).sum::<usize>();
    assert!(claims > 40, "the demo desk has claims");
    assert!(content.articles.iter().any(Article::is_withdrawn), "and a withdrawn article");
    assert!(content.articles.iter().flat_map(|a| &a.claims).any(|claim| claim.front.get("media").is_some()));
    wants_none(&bad_markup(built, content));
}

#[test]
fn data_files_hold_every_claim() {
    let (built, content) = demo();
    wants_none(&bad_data(built, content));
}

fn broken_desk() -> (crate::desk::Desk, Content) {
    let front = "---\n{title: T, date: 2024-01-02, authors: [A], claims: [{id: a, claim: Kata., verdict: tidak-terbukti, \
        claimant: {name: N, type: person}, appearances: [{url: 'https://x.example/'}], sources: [{title: S, url: 'https://s.example/'}], \
        media: {type: image, categories: [Staged]}}]}\n---\n";
    let desk = crate::desk::Desk::with(&[
        ("site.yaml", "{title: T, language: id, publisher: {name: P}}"),
        ("content/articles/x.md", front),
    ]);
    let content = Content::read(desk.root(), "2026-01-01");
    (desk, content)
}

#[test]
fn wrong_markup_is_found() {
    let (_desk, content) = broken_desk();
    let review = r#"{"@context": "https://schema.org", "@type": "ClaimReview", "claimReviewed": "Lain.", "url": "/claims/a/", "author": {"@type": "Person", "name": ""},
        "datePublished": "2024-01-03", "reviewRating": {"@type": "Rating", "alternateName": "Benar", "ratingValue": 0}, "itemReviewed": {"@type": "CreativeWork",
        "author": {"@type": "Organization", "name": "N", "sameAs": []}, "appearance": [{"url": "https://s.example/"}], "datePublished": null}}"#;
    let claim = format!("<h1>Kata.</h1><script type='application/ld+json'>{review}</script>");
    let article = format!(
        "{claim}<script type='application/ld+json'>{{\"@type\": \"NewsArticle\"}}</script><script type='application/ld+json'>{{</script>"
    );
    let built = Built::of(
        "https://h.example/",
        &[("index.html", "<p>"), ("claims/a/index.html", &claim), ("articles/x/index.html", &article)],
    );
    wants_all(
        &bad_markup(&built, &content),
        &[
            "articles/x/index.html: JSON-LD does not parse",
            "articles/x/index.html: 1 ClaimReview",
            "articles/x/index.html: NewsArticle: the headline",
            "articles/x/index.html: a node without context",
            "index.html: 0 WebSite",
            "claims/a/index.html: 0 MediaReview",
            "author.name is an empty text",
            "sameAs is an empty list",
            "datePublished is null",
            "claimReviewed is not the claim",
            "claimReviewed is not what readers see",
            "url is not the page's own",
            "the author is no organisation",
            "the author is not the publisher",
            "datePublished is not the article's date",
            "alternateName is not the verdict",
            "the verdict is not what readers see",
            "numbers for a verdict that has none",
            "itemReviewed is no Claim",
            "the type of the claim's author",
            "evidence is given as an appearance",
            "the appearances",
        ],
    );
    let mut said = Vec::new();
    let media = serde_json::json!({"@type": "MediaReview", "mediaAuthenticityCategory": ["OriginalMediaContent", "TransformedContent"]});
    media_review(&content, &content.articles[0].claims[0], &Value::Null, &media, &mut |what| said.push(what));
    wants_all(&said, &["no @id", "its author", "its categories", "contradict"]);
}

#[test]
fn wrong_data_files_are_found() {
    let (_desk, content) = broken_desk();
    let built = Built::of(
        "https://h.example/",
        &[
            ("data/claims.json", r#"{"claims": [{"text": "Kata.", "claimReview": [{"url": ""}]}]}"#),
            ("data/claimreview.json", r#"{"@type": "DataFeed", "dataFeedElement": [{"item": null}]}"#),
            ("data/claims.csv", "id,claim,verdict\r\na,Kata.,=1+1\r\nb,c,d\r\n"),
            ("claims/a/claim.json", r#"{"text": "Lain."}"#),
        ],
    );
    wants_all(
        &bad_data(&built, &content),
        &[
            "data/claims.json: claims[0].claimReview[0].url is an empty text",
            "data/claims.json: a is stated as",
            "data/claimreview.json: no DataFeed",
            "item is null",
            "a differs from its page",
            "dateCreated is null",
            "data/claims.csv: 2 rows, not 1",
            "a spreadsheet runs `=1+1`",
            "a has the verdict =1+1",
            "claims/a/claim.json: the text",
            "claims/a/claim.json: 0 ClaimReview",
        ],
    );
}
