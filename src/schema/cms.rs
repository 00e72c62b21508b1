//! A browser editor: the configuration of Sveltia CMS, with forms made of the table.
//!
//! The forms hold what they show and nothing else. Where the table allows a text or a group (`quote`,
//! `claimant`), the form has the text. `site.yaml` stays a file for those who know it.

use serde_json::{Map, Value, json};

use super::json::DAY;
use super::{ARTICLE, Choice, Facts, Group, Key, Made, PAGE, PERSON, Shape, Texts};
use crate::html::escape;
use crate::yaml::emit;

/// Where the page of the editor stands; its script is copied below it.
const FOLDER: &str = "static/admin";

const HEAD: &str = "\
# Made by `meja schema --cms` from this desk's verdicts, kinds and languages; make it again when they change.
# Give `backend` its repository; see docs/editors.md of Meja.
";

/// The files of the editor.
pub fn cms(facts: &Facts, texts: &Texts) -> Vec<Made> {
    // Names that other forms have as well: what stands there may be theirs.
    let file = |name: &str, text: String| Made { path: format!("{FOLDER}/{name}"), text, renewed: false };
    vec![
        file("admin.js", "import { init } from \"./cms/index.js\";\n\ninit();\n".to_owned()),
        file("config.yml", format!("{HEAD}{}", emit(&config(facts, texts)))),
        file("index.html", page(facts, texts)),
    ]
}

/// The page. Its policy lets it speak to itself and to GitHub, so that nobody else learns who edits.
fn page(facts: &Facts, texts: &Texts) -> String {
    let language = facts.languages.first().map_or(texts.language, String::as_str);
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
                  font-src 'self' data:; img-src 'self' blob: data: https://*.githubusercontent.com; media-src 'self' blob:; \
                  worker-src 'self' blob:; frame-src blob:; manifest-src 'self' blob: data:; \
                  connect-src 'self' blob: data: https://api.github.com https://www.githubstatus.com; \
                  base-uri 'none'; form-action 'none'";
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <title>{}</title>\n</head>\n<body>\n<script type=\"module\" src=\"admin.js\"></script>\n</body>\n</html>\n",
        escape(language),
        escape(&facts.title),
    )
}

fn config(facts: &Facts, texts: &Texts) -> Value {
    let forms = Forms { facts, texts };
    let mut config = json!({
        "backend": { "name": "github", "repo": "OWNER/REPOSITORY", "branch": "main" },
        "media_folder": "static/media",
        "public_folder": "/media",
    });
    if !facts.address.is_empty() {
        config["site_url"] = facts.address.as_str().into();
    }
    if facts.languages.len() > 1 {
        config["i18n"] = json!({
            "structure": "multiple_files",
            "locales": facts.languages,
            "default_locale": facts.languages.first(),
            "initial_locales": "default",
            "omit_default_locale_from_file_path": true,
        });
    }
    config["slug"] = json!({ "encoding": "ascii", "clean_accents": true });
    // An empty text is an error to the build; a key that is not there is none.
    config["output"] = json!({ "omit_empty_optional_fields": true });
    config["collections"] = json!([
        forms.collection("articles", &ARTICLE, "title"),
        forms.collection("pages", &PAGE, "title"),
        forms.collection("people", &PERSON, "name"),
    ]);
    config
}

struct Forms<'f> {
    facts: &'f Facts,
    texts: &'f Texts,
}

impl Forms<'_> {
    fn collection(&self, folder: &str, group: &Group, named_by: &str) -> Value {
        let mut collection = json!({
            "name": folder,
            "label": folder,
            "description": self.texts.group(group),
            "folder": format!("content/{folder}"),
            "create": true,
            "extension": "md",
            "format": "yaml-frontmatter",
            "identifier_field": named_by,
            "slug": format!("{{{{{named_by}}}}}"),
            // Pictures and evidence stand beside the text.
            "media_folder": "",
            "public_folder": "",
        });
        if folder == "articles" && self.facts.by_year {
            collection["path"] = "{{year}}/{{slug}}".into();
        }
        if self.facts.languages.len() > 1 {
            collection["i18n"] = true.into();
        }
        let mut fields = self.fields(group);
        let body =
            json!({ "name": "body", "label": "body", "widget": "markdown", "required": false, "i18n": true });
        fields.push(body);
        collection["fields"] = fields.into();
        collection
    }

    fn fields(&self, group: &Group) -> Vec<Value> {
        group.keys.iter().filter_map(|key| self.field(group, key)).collect()
    }

    fn field(&self, group: &Group, key: &Key) -> Option<Value> {
        let mut field = json!({
            "name": key.name,
            "label": key.name,
            "hint": self.texts.key(group, key.name),
            "required": key.required,
            "i18n": translated(&key.shape),
        });
        for (name, value) in self.widget(&key.shape)? {
            field[name] = value;
        }
        if (group.name, key.name) == ("article", "status") {
            // Whoever saves a form may not know that this publishes it.
            field["default"] = "draft".into();
        }
        Some(field)
    }

    /// The widget for a shape and what it needs; none for what only `site.yaml` has.
    fn widget(&self, shape: &Shape) -> Option<Map<String, Value>> {
        let widget = match shape {
            Shape::Line | Shape::Static | Shape::Name => json!({ "widget": "string" }),
            Shape::Prose => json!({ "widget": "text" }),
            Shape::Id | Shape::ClaimId => patterned("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "a-z, 0-9, -"),
            // A date widget would drop the time of a moment.
            Shape::Moment => patterned(DAY, "2024-11-13, 2024-11-13T08:30:00+07:00"),
            Shape::Date => json!({ "widget": "datetime", "type": "date", "format": "YYYY-MM-DD" }),
            Shape::Url => patterned("^[Hh][Tt][Tt][Pp][Ss]?://[^\\s\"<>\\\\`]+$", "https://"),
            Shape::Path => patterned("^/.", "/2024/11/"),
            Shape::Email => patterned("^[^@\\s]+@[^@\\s]+$", "redaksi@example.org"),
            Shape::Sha256 => patterned("^[0-9A-Fa-f]{64}$", "SHA-256"),
            Shape::File => json!({ "widget": "file" }),
            Shape::Flag => json!({ "widget": "boolean" }),
            Shape::Verdict => select(&self.facts.verdicts),
            Shape::Kind => select(&self.facts.kinds),
            Shape::Word(words) => json!({ "widget": "select", "options": words() }),
            Shape::Group(group) => {
                json!({ "widget": "object", "collapsed": true, "fields": self.fields(group) })
            }
            Shape::List(inner, least) => self.list(inner, *least)?,
            Shape::Either(shapes) => return self.widget(shapes.first()?),
            Shape::Rules(_) => json!({ "widget": "keyvalue" }),
            Shape::Link
            | Shape::Phone
            | Shape::Colour
            | Shape::Number(..)
            | Shape::Language
            | Shape::Zone
            | Shape::Topic
            | Shape::Tone(_)
            | Shape::Localised
            | Shape::Labels => json!({ "widget": "string" }),
        };
        match widget {
            Value::Object(keys) => Some(keys),
            _ => None,
        }
    }

    fn list(&self, inner: &Shape, least: usize) -> Option<Value> {
        let mut list = match inner {
            Shape::Name => json!({
                "widget": "relation", "collection": "people", "multiple": true, "value_field": "{{slug}}",
                "search_fields": ["name"], "display_fields": ["name"],
            }),
            Shape::Word(words) => json!({ "widget": "select", "multiple": true, "options": words() }),
            Shape::Group(group) => json!({
                "widget": "list", "collapsed": true, "label_singular": group.name, "fields": self.fields(group),
            }),
            _ => {
                let mut field = json!({ "name": "item", "label": "item" });
                for (name, value) in self.widget(inner)? {
                    field[name] = value;
                }
                json!({ "widget": "list", "field": field })
            }
        };
        if least > 0 {
            list["min"] = least.into();
        }
        Some(list)
    }
}

fn patterned(pattern: &str, message: &str) -> Value {
    json!({ "widget": "string", "pattern": [pattern, message] })
}

fn select(choices: &[Choice]) -> Value {
    let options = choices.iter().map(|choice| json!({ "label": choice.label, "value": choice.word }));
    json!({ "widget": "select", "options": options.collect::<Vec<_>>() })
}

/// What a translation says in its own words. Ids, verdicts, dates and addresses are those of the original.
fn translated(shape: &Shape) -> Value {
    let own = match shape {
        Shape::Line | Shape::Prose | Shape::Group(_) | Shape::Path | Shape::Rules(_) => true,
        Shape::List(inner, _) => matches!(inner, Shape::Group(_) | Shape::Path),
        Shape::Either(shapes) => shapes.first().is_some_and(|first| translated(first) == true),
        _ => false,
    };
    if own { true.into() } else { "duplicate".into() }
}
