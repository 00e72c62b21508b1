use super::*;

fn log(diagnostics: &[Diagnostic], prefix: &str) -> Value {
    serde_json::from_str(&sarif(diagnostics, prefix)).unwrap_or_default()
}

#[test]
fn a_result_has_its_rule_its_place_and_its_mend() {
    let article =
        Source::new("content/articles/a b#é.md", "---\ntitle: \"é😀\tx\"\narchived: http://x\n---\n");
    let site = Source::new("site.yaml", "ratings: tempo\n");
    let start = article.text.find("😀").unwrap_or_default();
    let end = start + "😀\tx".len();
    let found = [
        Diagnostic::at(Code::LongClaim, &article, start..end, "too long")
            .label("80 characters")
            .other(&site, 9..14, "")
            .other(&article, 0..3, "it begins here")
            .help("say less")
            .fix(start..end, "{0}\n"),
        Diagnostic::at(Code::NoArchive, &article, 0..0, "no copy").fix(0..3, ""),
        Diagnostic::file(Code::NotUtf8, "content/b.md", "not UTF-8"),
    ];
    let log = log(&found, "desk/");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().cloned().unwrap_or_default();
    let ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids, ["not-utf8", "no-archive", "long-claim"], "once each, in the order of the table");
    assert_eq!(rules[1]["defaultConfiguration"]["level"], "warning");
    assert!(rules[1]["help"]["markdown"].as_str().is_some_and(|text| text.starts_with("## Why\n")));
    assert!(rules[1]["fullDescription"]["text"].as_str().is_some_and(|text| text.contains("sources said")));
    assert_eq!(run["columnKind"], "unicodeCodePoints");

    let first = &run["results"][0];
    assert_eq!((&first["ruleIndex"], &first["level"]), (&json!(2), &json!("warning")));
    assert_eq!(first["message"]["text"], "too long\n80 characters\nhelp: say less");
    let at = &first["locations"][0]["physicalLocation"];
    assert_eq!(
        at["artifactLocation"],
        json!({"uri": "desk/content/articles/a%20b%23%C3%A9.md", "uriBaseId": "%SRCROOT%"})
    );
    let region = json!({"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 13});
    assert_eq!(at["region"], region);
    assert_eq!(
        first["relatedLocations"][1]["message"]["text"], "it begins here",
        "and a place without words has none: {}",
        first["relatedLocations"][0]
    );
    assert!(first["relatedLocations"][0].get("message").is_none());
    let replacement = &first["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(*replacement, json!({"deletedRegion": region, "insertedContent": {"text": "{0}\n"}}));
    let removal = &run["results"][1]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert!(removal.get("insertedContent").is_none());
    assert!(run["results"][2]["locations"][0]["physicalLocation"].get("region").is_none());
}

#[test]
fn words_of_files_are_no_links_and_no_arguments() {
    assert_eq!(message("see [here](1)"), "see \\[here\\](1)");
    assert_eq!(message("`a: [b]` and {0} and {date: 1}"), "`a: [b]` and {{0} and {date: 1}");
    let nasty = "a\r\n\u{1b}\u{202e}\u{2028}\"\\ 😀\t";
    let found = [Diagnostic::file(Code::NotUtf8, "x\ny%.md", nasty)];
    let text = sarif(&found, "");
    assert!(!text.contains('\n'), "one line");
    let result = &log(&found, "")["runs"][0]["results"][0];
    assert_eq!(result["message"]["text"], nasty, "a program gets the words as they are");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "x%0Ay%25.md",
        "and an address without raw characters"
    );
}

#[test]
fn nothing_found_is_a_run_without_results() {
    let log = log(&[], "");
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"], json!([]));
}
