//! JSON Schema 2020-12 of the table. A key without a value counts as absent, so all but required ones may be
//! `null`. What a schema cannot say (whether a file exists, whether the words of a claim are in the text) is
//! for `meja check`.

use serde_json::{Map, Value, json};

use super::{Choice, Facts, Group, Key, Shape, Texts};
use crate::diagnostic::Code;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const ADDRESS: &str = r#"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s"<>\\`]+\s*$"#;
const LINK: &str = r"^\s*(/([^/]|$)|[Hh][Tt][Tt][Pp][Ss]?://)";
const PATH: &str = r"^\s*/+[^/\s?#\\]+(/[^/\s?#\\]+)*/*\s*$";
const FILE: &str = r"^\s*[^\s/]";
const ID: &str = r"^\s*[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?\s*$";
/// A day, or a moment, which says its offset.
pub(super) const DAY: &str = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}.*([Zz]|[+-][0-9]{2}.*))?\s*$";
const LANGUAGE: &str = r"^\s*[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{1,8})*\s*$";

/// The schema of a document: an article's, a page's or a person's front matter, or `site.yaml`.
pub fn json(document: &'static Group, facts: &Facts, texts: &Texts) -> Value {
    let maker = Maker { facts, texts };
    let mut schema = json!({ "$schema": DIALECT });
    merge(&mut schema, maker.group(document));
    let below: Map<String, Value> =
        document.all().into_iter().skip(1).map(|group| (group.name.to_owned(), maker.group(group))).collect();
    if !below.is_empty() {
        schema["$defs"] = below.into();
    }
    schema
}

struct Maker<'f> {
    facts: &'f Facts,
    texts: &'f Texts,
}

impl Maker<'_> {
    fn group(&self, group: &Group) -> Value {
        let keys = group.keys.iter().map(|key| (key.name.to_owned(), self.key(group, key)));
        let required = group.keys.iter().filter(|key| key.required).map(|key| key.name);
        let mut schema = json!({
            "description": self.texts.group(group),
            "type": "object",
            "properties": keys.collect::<Map<_, _>>(),
            "required": required.collect::<Vec<_>>(),
            "additionalProperties": false,
        });
        merge(&mut schema, relations(group.name));
        schema
    }

    fn key(&self, group: &Group, key: &Key) -> Value {
        let mut schema = json!({ "description": self.texts.key(group, key.name) });
        if !key.rule.is_empty() {
            schema["$comment"] = key.rule.into();
        }
        let shape = self.shape(&key.shape);
        merge(&mut schema, if key.required { shape } else { or_nothing(shape) });
        schema
    }

    fn shape(&self, shape: &Shape) -> Value {
        let pattern = |pattern: &str| json!({ "type": "string", "pattern": pattern });
        match shape {
            Shape::Line | Shape::Prose => pattern(r"\S"),
            Shape::File | Shape::Static => pattern(FILE),
            Shape::Id | Shape::ClaimId => pattern(ID),
            Shape::Date => json!({ "type": "string", "format": "date" }),
            Shape::Moment => pattern(DAY),
            Shape::Url => pattern(ADDRESS),
            Shape::Path => pattern(PATH),
            Shape::Link => pattern(LINK),
            Shape::Email => pattern(r"^\s*[^@\s]+@[^@\s]*\.[^@\s]*\s*$"),
            Shape::Phone => json!({ "type": ["string", "integer"], "pattern": "[0-9]" }),
            Shape::Colour => pattern("^\\s*#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\\s*$"),
            Shape::Sha256 => pattern(r"^\s*[0-9A-Fa-f]{64}\s*$"),
            Shape::Flag => json!({ "enum": [true, false, "on", "off"] }),
            Shape::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Shape::Language => {
                json!({ "type": "string", "pattern": LANGUAGE, "examples": ["id", "en", "ms", "jv", "pt-BR"] })
            }
            Shape::Zone => json!({
                "type": "string",
                "pattern": r"\S",
                "examples": ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC"],
            }),
            Shape::Topic => with_examples(pattern(r"\S"), &self.facts.topics),
            Shape::Name if self.facts.people.is_empty() => pattern(r"\S"),
            Shape::Name => json!({ "anyOf": [chosen(&self.facts.people), pattern(r"\S")] }),
            Shape::Verdict => chosen(&self.facts.verdicts),
            Shape::Kind => chosen(&self.facts.kinds),
            Shape::Word(words) => json!({ "enum": words() }),
            Shape::Tone(words) => {
                let words = words().into_iter().map(Value::from).chain([true.into(), false.into()]);
                json!({ "enum": words.collect::<Vec<_>>() })
            }
            Shape::Localised => json!({ "anyOf": [pattern(r"\S"), self.by_language()] }),
            Shape::Group(group) => json!({ "$ref": format!("#/$defs/{}", group.name) }),
            Shape::List(inner, least) => {
                let mut list = json!({ "type": "array", "items": self.shape(inner) });
                if *least > 0 {
                    list["minItems"] = (*least).into();
                }
                list
            }
            Shape::Either(shapes) => {
                let shapes = shapes.iter().map(|shape| self.shape(shape));
                json!({ "anyOf": shapes.flat_map(alternatives).collect::<Vec<_>>() })
            }
            Shape::Rules(inner) => {
                let rules = Code::RULES.iter().map(|rule| {
                    let mut schema = json!({ "description": rule.about() });
                    merge(&mut schema, self.shape(inner));
                    (rule.name().to_owned(), schema)
                });
                let rules: Map<_, _> = rules.collect();
                json!({ "type": "object", "properties": rules, "additionalProperties": false })
            }
            Shape::Labels => {
                json!({ "type": "object", "additionalProperties": self.shape(&Shape::Localised) })
            }
        }
    }

    /// A text for each language; of any language, if those of the site are not known.
    fn by_language(&self) -> Value {
        let text = json!({ "type": "string", "pattern": r"\S" });
        if self.facts.languages.is_empty() {
            return json!({ "type": "object", "additionalProperties": text, "minProperties": 1 });
        }
        let versions: Map<_, _> =
            self.facts.languages.iter().map(|code| (code.clone(), text.clone())).collect();
        json!({ "type": "object", "properties": versions, "additionalProperties": false, "minProperties": 1 })
    }
}

/// What the keys of a group ask of each other.
fn relations(group: &str) -> Value {
    match group {
        "article" => json!({
            "if": { "properties": { "status": { "const": "withdrawn" } }, "required": ["status"] },
            "then": { "properties": { "withdrawn": { "not": { "type": "null" } } }, "required": ["withdrawn"] },
            "else": { "properties": { "withdrawn": { "type": "null" } } },
        }),
        "source" => json!({
            "anyOf": [
                { "properties": { "url": { "type": "string" } }, "required": ["url"] },
                { "properties": { "file": { "type": "string" } }, "required": ["file"] },
            ],
            "if": { "properties": { "sha256": { "type": "string" } }, "required": ["sha256"] },
            "then": { "properties": { "file": { "type": "string" } }, "required": ["file"] },
        }),
        _ => json!({}),
    }
}

/// One of the desk's own words. YAML reads `true` and `false` without quotes as something else; the readers
/// take them for the words.
fn chosen(choices: &[Choice]) -> Value {
    let mut words: Vec<Value> = choices.iter().map(|choice| choice.word.as_str().into()).collect();
    let mut labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    for (word, value) in [("true", true), ("false", false)] {
        if let Some(choice) = choices.iter().find(|choice| choice.word == word) {
            words.push(value.into());
            labels.push(&choice.label);
        }
    }
    if words.is_empty() {
        // An empty `enum` is no schema to some; nothing fits this either.
        return json!({ "type": "string", "maxLength": 0 });
    }
    // `enumDescriptions` is no word of the standard, which lets others pass; editors show them.
    json!({ "enum": words, "enumDescriptions": labels })
}

fn with_examples(mut schema: Value, choices: &[Choice]) -> Value {
    if !choices.is_empty() {
        schema["examples"] = choices.iter().map(|choice| choice.word.as_str()).collect();
    }
    schema
}

/// The alternatives of a schema that is nothing else, or the schema itself.
fn alternatives(schema: Value) -> Vec<Value> {
    match schema {
        Value::Object(mut keys) if keys.len() == 1 && keys.contains_key("anyOf") => {
            match keys.remove("anyOf") {
                Some(Value::Array(all)) => all,
                _ => Vec::new(),
            }
        }
        other => vec![other],
    }
}

/// The schema, or no value.
fn or_nothing(mut schema: Value) -> Value {
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
        if let Some(labels) = schema.get_mut("enumDescriptions").and_then(Value::as_array_mut) {
            labels.push("".into());
        }
        return schema;
    }
    let kinds = match schema.get("type") {
        Some(Value::Array(kinds)) => Some([kinds.as_slice(), &["null".into()]].concat()),
        Some(kind) => Some(vec![kind.clone(), "null".into()]),
        None => None,
    };
    if let Some(kinds) = kinds {
        schema["type"] = kinds.into();
        return schema;
    }
    let mut all = alternatives(schema);
    all.push(json!({ "type": "null" }));
    json!({ "anyOf": all })
}

/// Adds the keys of one object to another.
fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
