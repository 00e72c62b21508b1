//! Files that let VS Code help: `yaml-language-server` completes and checks YAML files by their schemas. It does
//! not look into Markdown, so front matter is helped by snippets, and by the schema in files that hold nothing
//! else (`*.article.yaml`).

use serde_json::{Map, Value, json};

use super::{ARTICLE, Choice, Facts, Made, SITE, Texts, json as schema};

const SITE_SCHEMA: &str = ".vscode/meja.site.schema.json";
const ARTICLE_SCHEMA: &str = ".vscode/meja.article.schema.json";

/// The files, in the order of their paths. `today` is the day that a new article is given.
pub fn editors(facts: &Facts, texts: &Texts) -> Vec<Made> {
    let file =
        |path: &str, value: &Value, renewed| Made { path: path.to_owned(), text: written(value), renewed };
    vec![
        file(".vscode/extensions.json", &json!({ "recommendations": ["redhat.vscode-yaml"] }), false),
        file(ARTICLE_SCHEMA, &schema(&ARTICLE, facts, texts), true),
        file(".vscode/meja.code-snippets", &snippets(facts, texts), true),
        file(SITE_SCHEMA, &schema(&SITE, facts, texts), true),
        file(".vscode/settings.json", &settings(), false),
    ]
}

fn settings() -> Value {
    json!({
        "yaml.schemas": {
            format!("./{SITE_SCHEMA}"): "site.yaml",
            format!("./{ARTICLE_SCHEMA}"): "*.article.yaml",
        },
        "yaml.schemaStore.enable": false,
        "[markdown]": { "editor.tabCompletion": "onlySnippets" },
    })
}

/// Pieces of front matter: what must be there, with the desk's own words to choose from.
fn snippets(facts: &Facts, texts: &Texts) -> Value {
    let day = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE";
    let author = facts.people.first().map_or("", |person| &person.word);
    let verdict = choice(4, &facts.verdicts);
    let (key, kind) = (|name| texts.key(&ARTICLE, name), super::ARTICLE.all());
    let about =
        |name: &str| kind.iter().find(|group| group.name == name).map_or("", |group| texts.group(group));
    let source = |indent: &str, first: u8| {
        vec![
            format!("{indent}- title: \"${{{}:}}\"", first),
            format!("{indent}  url: \"${{{}:https://}}\"", first + 1),
            format!("{indent}  stance: ${{{}|refutes,supports,context|}}", first + 2),
        ]
    };
    let claim = |indent: &str| {
        let mut lines = vec![
            format!("{indent}- id: ${{1:id}}"),
            format!("{indent}  claim: \"${{2:}}\""),
            format!("{indent}  quote: \"${{3:}}\""),
            format!("{indent}  verdict: {verdict}"),
            format!("{indent}  finding: \"${{5:}}\""),
            format!("{indent}  sources:"),
        ];
        lines.extend(source(&format!("{indent}    "), 6));
        lines
    };
    let mut article = vec![
        "---".to_owned(),
        "title: \"${10:}\"".to_owned(),
        format!("date: {day}"),
        format!("authors: [\"${{11:{author}}}\"]"),
        "status: draft".to_owned(),
        "claims:".to_owned(),
    ];
    article.extend(claim("  "));
    article.extend(["---".to_owned(), String::new(), "$0".to_owned()]);
    let entries = [
        ("article", about("article"), article),
        ("claim", about("claim"), claim("  ")),
        ("source", about("source"), source("      ", 1)),
        (
            "correction",
            key("corrections"),
            vec![
                format!("  - date: {day}"),
                "    note: \"${1:}\"".to_owned(),
                "    claim: ${2:id}".to_owned(),
            ],
        ),
    ];
    let snippets = entries.into_iter().map(|(name, about, body)| {
        let snippet = json!({
            "scope": "markdown,yaml", "prefix": format!("meja-{name}"), "description": about, "body": body,
        });
        (format!("Meja: {name}"), snippet)
    });
    Value::Object(snippets.collect::<Map<_, _>>())
}

/// A place where one of the desk's words is chosen. In it, commas and bars must be escaped.
fn choice(place: u8, choices: &[Choice]) -> String {
    let escaped = |word: &str| word.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|");
    let words: Vec<String> = choices.iter().map(|choice| escaped(&choice.word)).collect();
    format!("${{{place}|{}|}}", words.join(","))
}

/// JSON as people read it.
pub(super) fn written(value: &Value) -> String {
    format!("{value:#}\n")
}
