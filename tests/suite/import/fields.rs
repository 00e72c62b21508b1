//! Nothing is lost: a word of its own in every field of a record is in a file of the desk afterwards.

use serde_json::json;

use super::{below, desk, import};
use crate::desk::Desk;

/// Every word is somewhere below `content`.
fn are_kept(desk: &Desk, words: &[&str]) {
    let files = below(&desk.path("content"), &[]);
    let all: String = files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let lost: Vec<&&str> = words.iter().filter(|word| !all.contains(**word)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}\n{all}");
}

/// The words that a text has.
fn words_of(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with("word") && word.len() > 5).collect()
}

#[test]
fn of_a_review() {
    let review = json!({
        "@type": "ClaimReview", "claimReviewed": "wordclaim", "name": "wordname", "headline": "wordheadline",
        "description": "worddescription", "reviewBody": "wordbody", "url": "https://desk.example/wordurl",
        "datePublished": "wordday", "dateModified": "wordmodified", "inLanguage": "wordlanguage",
        "mainEntityOfPage": "https://desk.example/wordentity", "image": {"url": "https://desk.example/wordimage.png"},
        "author": [{"@id": "#w"}, {"name": "wordauthor", "url": "https://a.example/wordauthorurl", "logo": "wordlogo"}],
        "publisher": {"name": "wordpublisher"},
        "reviewRating": {"alternateName": ["wordrating", "wordsecond"], "name": "wordratingname", "ratingExplanation": "wordexplanation",
            "ratingValue": "wordvalue", "bestRating": "wordbest", "image": "wordratingimage"},
        "itemReviewed": [{"@type": "Claim", "name": "worditem", "datePublished": "worditemday", "firstAppearance": {"url": "https://b.example/wordfirst", "text": "wordtext"},
            "appearance": ["https://b.example/wordappearance", "wordnoaddress"],
            "author": [{"name": "wordclaimant", "jobTitle": "wordjob", "sameAs": ["https://c.example/wordsame"], "image": "wordface"}, {"name": "wordother"}]},
            {"@type": "Claim", "name": "wordseconditem"}],
        "citation": [{"name": "wordsource", "url": "https://d.example/wordsourceurl"}, "wordcitation"],
        "isBasedOn": "https://d.example/wordbased", "keywords": ["wordkey"], "interactionStatistic": {"x": {"y": "worddeep"}},
    });
    let feed = json!({"@context": "https://schema.org", "@type": "DataFeed", "name": "wordfeed", "dateModified": "wordfeedday",
        "dataFeedElement": [{"@type": "DataFeedItem", "dateCreated": "wordcreated", "url": "wordfeedurl", "extra": "wordextra", "item": [review]}]});
    let text = feed.to_string();
    let desk = desk();
    desk.write("feed.json", &text);
    desk.meja(&["import", "claimreview", "feed.json"]);
    are_kept(&desk, &words_of(&text));

    let graph = json!({"@graph": [
        {"@type": "NewsArticle", "headline": "wordgraphline", "articleBody": "wordgraphbody"},
        {"@type": "Organization", "@id": "#org", "name": "wordorg"}, {"@type": "Person", "@id": "#who", "name": "wordwho"},
        {"@type": "ClaimReview", "claimReviewed": "wordgraphclaim", "author": {"@id": "#org"}, "itemReviewed": {"@type": "Claim", "author": {"@id": "#who"}}},
    ]})
    .to_string();
    let page = format!(
        "<html lang=en><head><title>wordtitle</title><meta name=description content=wordmeta><link rel=canonical href=https://desk.example/wordcanonical>\
         <script type=application/ld+json>{{\"@type\": \"WebSite\", \"name\": \"wordsite\"}}</script><script type=application/ld+json>{graph}</script></head>\
         <article><p>wordarticle <img src=https://e.example/wordpicture.png alt=wordalt><iframe src=https://e.example/wordframe></iframe>\
         <video src=https://e.example/wordvideo.mp4></video><aside>wordaside</aside><script src=https://e.example/wordscript.js></script></p></article></html>"
    );
    let desk = super::desk();
    desk.write("page.html", &page);
    desk.meja(&["import", "claimreview", "page.html"]);
    are_kept(&desk, &words_of(&page));
    let article = desk.read("content/articles/wordtitle.en.md");
    assert!(article.contains("name: wordwho") && article.contains("- wordorg"), "{article}");
}

#[test]
fn of_an_answer() {
    let text = json!({"claims": [{"text": "wordtext", "claimant": "wordclaimant", "claimDate": "worddate", "more": "wordmore",
        "claimReview": [{"publisher": {"name": "wordpublisher", "site": "wordsite"}, "url": "https://x.example/wordurl", "title": "wordtitle",
            "reviewDate": "wordreviewdate", "textualRating": "wordrating", "languageCode": "wordlanguage", "else": {"a": "wordelse"}}]}]})
    .to_string();
    let desk = desk();
    desk.write("in.json", &text);
    desk.meja(&["import", "google", "in.json"]);
    are_kept(&desk, &words_of(&text));
}

#[test]
fn of_a_row() {
    let fields: Vec<&str> = meja::import::FIELDS.iter().map(|(name, _)| *name).collect();
    let words: Vec<String> = fields.iter().map(|name| format!("word{}", name.replace('_', ""))).collect();
    let table =
        format!("{},lain,\n{},wordunnamed,wordbeyond,wordfurther\n", fields.join(","), words.join(","));
    let desk = desk();
    desk.write("in.csv", &table);
    desk.meja(&["import", "csv", "in.csv"]);
    are_kept(&desk, &words_of(&table));
}

#[test]
fn of_posts_and_pages() {
    let post = |kind: &str, id: &str| {
        format!(
            "<item><title>word{id}title</title><link>https://desk.example/word{id}link</link><description>word{id}about</description><dc:creator>word{id}who</dc:creator>\
             <content:encoded><![CDATA[<p>word{id}content</p><script src='https://x.example/word{id}script.js'></script><svg><path></svg><div data-x=1>word{id}end</div>]]></content:encoded>\
             <excerpt:encoded><![CDATA[word{id}excerpt]]></excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>2020-05-01 10:00:00</wp:post_date>\
             <wp:post_modified>word{id}modified</wp:post_modified><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type><wp:post_name>word{id}name</wp:post_name>\
             <category domain=\"category\" nicename=\"a\">word{id}topic</category><category domain=\"putusan\">word{id}term</category>\
             <wp:postmeta><wp:meta_key>sama</wp:meta_key><wp:meta_value>word{id}metaone</wp:meta_value></wp:postmeta>\
             <wp:postmeta><wp:meta_key>sama</wp:meta_key><wp:meta_value>word{id}metatwo</wp:meta_value></wp:postmeta>\
             <wp:postmeta><wp:meta_key>larik</wp:meta_key><wp:meta_value>a:1:{{s:1:\"x\";s:{length}:\"word{id}stored\";}}</wp:meta_value></wp:postmeta></item>",
            length = id.len() + 10,
        )
    };
    let mut all = ["post", "page", "ulasan"]
        .iter()
        .zip(["11", "22", "33"])
        .map(|(kind, id)| post(kind, id))
        .collect::<String>();
    // A page that is no page of the desk keeps its words, too; the password of a post does not get out.
    all += &post("page", "44").replace(">publish<", ">draft<");
    all += &post("post", "55")
        .replace("<wp:post_id>", "<wp:post_password>rahasia-sekali</wp:post_password><wp:post_id>");
    let desk = desk();
    desk.write("blog.xml", super::wxr(&all));
    let (_, report) = import(&desk, &["wordpress", "blog.xml"]);
    let names = ["name"];
    let words: Vec<&str> =
        words_of(&all).into_iter().filter(|word| !names.iter().any(|name| word.ends_with(name))).collect();
    are_kept(&desk, &words);
    let counts = ["imported", "pages", "drafts"].map(|what| super::count(&report, what));
    assert_eq!(counts, [1, 1, 3], "{report}");
    for (path, bytes) in below(desk.root(), &[]).iter().filter(|(path, _)| !path.ends_with("blog.xml")) {
        assert!(!String::from_utf8_lossy(bytes).contains("rahasia-sekali"), "{path}");
    }
    assert_eq!(desk.meja(&["build", "--now", "2026-01-01"]).code, 0);
    let page = desk.read("public/word22name/index.html");
    assert!(page.contains("word22content") && !page.contains("word22meta"), "{page}");
}

/// The fields of each plugin, as its source writes them.
#[test]
fn of_plugins() {
    let meta = |key: &str, value: &str| {
        format!(
            "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
        )
    };
    let php = |entries: &[(&str, &str)]| {
        let pairs = entries
            .iter()
            .map(|(key, value)| format!("s:{}:\"{key}\";s:{}:\"{value}\";", key.len(), value.len()));
        let inner = pairs.collect::<Vec<_>>().concat();
        format!("a:{}:{{{inner}}}", entries.len())
    };
    let item = |id: usize, kind: &str, metas: &str| {
        format!(
            "<item><title>Pos {id}</title><link>https://desk.example/pos-{id}</link><content:encoded>isi</content:encoded><wp:post_id>{id}</wp:post_id>\
             <wp:post_date>2020-05-01 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>{metas}</item>"
        )
    };
    let news = [
        ("claimreview_itemReviewed_status", "1"),
        ("claimreview_details_itemReviewed_claimReviewed", "wordnews"),
        ("claimreview_details_itemReviewed_author_name", "wordnewswho"),
        ("claimreview_details_itemReviewed_author_sameAs", "https://x.example/wordnewsat"),
        ("claimreview_details_itemReviewed_datePublished", "2020-04-01"),
        ("claimreview_details_reviewRating_ratingValue", "1"),
        ("claimreview_details_reviewRating_alternateName", "Keliru"),
    ];
    let news: String = news.iter().map(|(key, value)| meta(key, value)).collect();
    let wpsso = php(&[
        ("schema_review_claim_reviewed", "wordwpsso"),
        ("schema_review_claim_first_url", "https://x.example/wordwpssoat"),
        ("schema_review_item_cw_author_name", "wordwpssowho"),
        ("schema_review_item_cw_author_type", "organization"),
        ("schema_review_rating", "1.0"),
        ("schema_review_rating_from", "1"),
        ("schema_review_rating_to", "5"),
        ("schema_review_rating_alt_name", "Keliru"),
    ]);
    let checker = [
        ("_claim_review_claim_quote", "wordchecker"),
        ("_claim_review_claim_summary", "wordcheckersummary"),
        ("_claim_review_author_name", "wordcheckerwho"),
        ("_claim_review_author_type", "Organization"),
        ("_claim_review_publication_name", "wordcheckerin"),
        ("_claim_review_publication_url", "https://x.example/wordcheckerat"),
        ("_claim_review_publication_date", "2020-04-01T00:00:00+00:00"),
        ("_claim_review_review_summary", "wordcheckerfound"),
        ("_claim_review_review_rating", "3"),
    ];
    let checker: String = checker.iter().map(|(key, value)| meta(key, value)).collect();
    let rank = "a:3:{s:5:\"@type\";s:11:\"ClaimReview\";s:4:\"name\";s:11:\"%seo_title%\";s:13:\"claimReviewed\";s:8:\"wordrank\";}";
    let full = "a:1:{i:0;a:4:{s:13:\"claimreviewed\";s:8:\"wordfull\";s:10:\"assessment\";s:6:\"Keliru\";s:8:\"location\";s:9:\"wordplace\";s:9:\"job-title\";s:7:\"wordjob\";}}";
    let all = [
        item(1, "post", &news),
        item(2, "post", &meta("_wpsso_meta", &wpsso)),
        item(3, "post", &meta("_claim_reviews_selected", "a:1:{i:0;i:4;}")),
        item(4, "claim_review", &checker),
        item(5, "post", &meta("rank_math_schema_ClaimReview", rank)),
        item(6, "post", &meta("_fullfact_all_claims", full)),
        item(
            7,
            "post",
            &news.replace(">1<", ">0<").replace("[1]", "[0]").replace(
                "status</wp:meta_key><wp:meta_value><![CDATA[1",
                "status</wp:meta_key><wp:meta_value><![CDATA[0",
            ),
        ),
    ]
    .concat();
    let desk = desk();
    desk.write("blog.xml", super::wxr(&all));
    let report = super::holds(&desk, &["wordpress", "blog.xml"], 6);
    assert_eq!(super::count(&report, "drafts"), 6, "nothing says a source: {report}");
    are_kept(&desk, &words_of(&all));
    for (file, parts) in [
        ("pos-1", &["#     claim: wordnews", "#     verdict: keliru"][..]),
        ("pos-2", &["#     claim: wordwpsso", "type: organization", "#     verdict: keliru"]),
        ("pos-3", &["#     claim: wordchecker", "finding: wordcheckerfound", "number `3`"]),
        ("pos-5", &["#     claim: wordrank", "title: Pos 5"]),
        ("pos-6", &["#     claim: wordfull", "where it was said: `wordplace`"]),
        ("pos-7", &["was told not to show", "verdict: #"]),
    ] {
        let text = desk.read(&format!("content/articles/{file}.md"));
        for part in parts {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}
