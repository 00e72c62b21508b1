//! Rating scales: the verdicts of a desk and the kinds of misinformation it tells apart.

use super::Text;
use super::text::{localised, localised_preset};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::Source;
use crate::yaml::{At, Decoder, Node, Spot, Yaml, id, integer, list, one_of, parse};

/// What a verdict says at a glance; decides its colour and icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Tone {
    True,
    MostlyTrue,
    Mixed,
    MostlyFalse,
    False,
    Unproven,
    Satire,
    Neutral,
}

/// The names of the tones in `site.yaml`, in templates and in CSS classes.
pub const TONES: &[(&str, Tone)] = &[
    ("true", Tone::True),
    ("mostly-true", Tone::MostlyTrue),
    ("mixed", Tone::Mixed),
    ("mostly-false", Tone::MostlyFalse),
    ("false", Tone::False),
    ("unproven", Tone::Unproven),
    ("satire", Tone::Satire),
    ("neutral", Tone::Neutral),
];

impl Tone {
    /// Its name.
    pub fn name(self) -> &'static str {
        TONES.iter().find(|(_, tone)| *tone == self).map_or("neutral", |(name, _)| name)
    }
}

/// One verdict of a scale.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Stable id; the verdict's address.
    pub id: String,
    /// What readers see.
    pub label: Text,
    /// When the desk gives this verdict.
    pub definition: Text,
    /// Its look.
    pub tone: Tone,
    /// Its number in `reviewRating`, where it has one: 1 is worst, higher is truer.
    pub value: Option<i64>,
}

/// One type of misinformation, the second axis beside the verdict.
#[derive(Debug, Clone)]
pub struct Kind {
    /// Stable id.
    pub id: String,
    /// What readers see.
    pub label: Text,
    /// What it means.
    pub definition: Text,
}

/// A desk's verdicts, best first.
#[derive(Debug, Clone, Default)]
pub struct Scale {
    /// In the desk's order.
    pub verdicts: Vec<Verdict>,
}

impl Scale {
    /// The verdict with this id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.verdicts.iter().position(|verdict| verdict.id == id)
    }

    /// The highest value on the scale; the lowest is always 1.
    pub fn best(&self) -> Option<i64> {
        self.verdicts.iter().filter_map(|verdict| verdict.value).max()
    }
}

/// Rating scales in use in the field, by name. FIELD-tested labels; the numbers, where a desk
/// publishes none, are our reading of its order and a desk may give its own.
pub(super) const SCALES: &[(&str, &str)] = &[
    ("google", include_str!("presets/google.yaml")),
    ("politifact", include_str!("presets/politifact.yaml")),
    ("africa-check", include_str!("presets/africa-check.yaml")),
    ("tempo", include_str!("presets/tempo.yaml")),
    ("turnbackhoax", include_str!("presets/turnbackhoax.yaml")),
];

/// The seven types of First Draft (Claire Wardle, 2017), as Indonesian desks name them.
pub(super) const KINDS: &[(&str, &str)] = &[("first-draft", include_str!("presets/first-draft.yaml"))];

/// The keys of a verdict, and of a kind.
pub(super) const VERDICT: &[&str] = &["id", "label", "definition", "tone", "value"];
pub(super) const KIND: &[&str] = &["id", "label", "definition"];

/// Reads `ratings`: the name of a preset, or the desk's own list.
pub(super) fn read_scale(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
) -> Option<Scale> {
    let verdicts = match node {
        Node::Text(name) => {
            let text = preset(decoder, at, name, SCALES)?;
            read_preset(text, languages, |d, n, a, l| verdict(d, n, a, l, localised_preset))
        }
        _ => list(decoder, node, at, |d, n, a| verdict(d, n, a, languages, localised))?,
    };
    let mut scale = Scale { verdicts };
    if matches!(node, Node::List(_)) {
        check(decoder, node, at, &scale);
    }
    // Both pages of an id used twice would stand at one address, which is no second mistake.
    let mut seen = std::collections::HashSet::new();
    scale.verdicts.retain(|verdict| seen.insert(verdict.id.clone()));
    Some(scale)
}

/// The scale of a site that names none.
pub(super) fn default_scale(languages: &[String]) -> Scale {
    Scale {
        verdicts: read_preset(SCALES[0].1, languages, |d, n, a, l| verdict(d, n, a, l, localised_preset)),
    }
}

/// Reads `kinds`: the name of a preset, or the desk's own list.
pub(super) fn read_kinds(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
) -> Option<Vec<Kind>> {
    let kinds = match node {
        Node::Text(name) => {
            let text = preset(decoder, at, name, KINDS)?;
            read_preset(text, languages, |d, n, a, l| kind(d, n, a, l, localised_preset))
        }
        _ => list(decoder, node, at, |d, n, a| kind(d, n, a, languages, localised))?,
    };
    unique(decoder, at, kinds.iter().map(|kind| kind.id.as_str()));
    Some(kinds)
}

/// The kinds of a site that names none.
pub(super) fn default_kinds(languages: &[String]) -> Vec<Kind> {
    read_preset(KINDS[0].1, languages, |d, n, a, l| kind(d, n, a, l, localised_preset))
}

type Localise = fn(&mut Decoder<'_>, &Node, &At<'_>, &[String]) -> Option<Text>;

fn preset<'t>(
    decoder: &mut Decoder<'_>,
    at: &At<'_>,
    name: &str,
    presets: &[(&str, &'t str)],
) -> Option<&'t str> {
    let found = presets.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    if found.is_none() {
        let names: Vec<_> = presets.iter().map(|(known, _)| format!("`{known}`")).collect();
        let help = match did_you_mean(name, presets.iter().map(|(known, _)| *known)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("the presets are {}; or give your own as a list", names.join(", ")),
        };
        decoder.problem(Code::UnknownValue, at, format!("there is no preset `{name}`"), |d| d.help(help));
    }
    found
}

fn read_preset<T>(
    text: &str,
    languages: &[String],
    mut read: impl FnMut(&mut Decoder<'_>, &Node, &At<'_>, &[String]) -> Option<T>,
) -> Vec<T> {
    let yaml = Yaml::whole(&Source::new("preset", text));
    let mut decoder = Decoder::new(&yaml);
    // The presets are part of the program; a test reads each of them.
    parse(&yaml)
        .ok()
        .and_then(|node| list(&mut decoder, &node, &At::ROOT, |d, n, a| read(d, n, a, languages)))
        .unwrap_or_default()
}

fn verdict(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
    localise: Localise,
) -> Option<Verdict> {
    let fields = decoder.fields(node, at, VERDICT)?;
    let id = fields.required(decoder, "id", "give the verdict a short, lasting id", id);
    let label =
        fields.required(decoder, "label", "say what readers see", |d, n, a| localise(d, n, a, languages));
    let definition = fields.required(
        decoder,
        "definition",
        "say when the desk gives this verdict; readers see it on the verdict's page",
        |d, n, a| localise(d, n, a, languages),
    );
    let tone = fields.optional(decoder, "tone", |d, n, a| match n {
        // `tone: true` is what an editor writes; YAML reads it as a boolean.
        Node::Bool(value) => Some(if *value { Tone::True } else { Tone::False }),
        _ => one_of(d, n, a, TONES),
    });
    let value = fields.optional(decoder, "value", |d, n, a| integer(d, n, a, 1..=100));
    Some(Verdict {
        id: id?,
        label: label?,
        definition: definition?,
        tone: tone.unwrap_or(Tone::Neutral),
        value,
    })
}

fn kind(
    decoder: &mut Decoder<'_>,
    node: &Node,
    at: &At<'_>,
    languages: &[String],
    localise: Localise,
) -> Option<Kind> {
    let fields = decoder.fields(node, at, KIND)?;
    let id = fields.required(decoder, "id", "give the kind a short, lasting id", id);
    let label =
        fields.required(decoder, "label", "say what readers see", |d, n, a| localise(d, n, a, languages));
    let definition = fields.optional(decoder, "definition", |d, n, a| localise(d, n, a, languages));
    Some(Kind { id: id?, label: label?, definition: definition.unwrap_or_default() })
}

fn unique<'i>(decoder: &mut Decoder<'_>, at: &At<'_>, ids: impl Iterator<Item = &'i str>) {
    let mut seen: Vec<&str> = Vec::new();
    for (index, id) in ids.enumerate() {
        if let Some(first) = seen.iter().position(|other| *other == id) {
            let yaml = decoder.yaml().clone();
            let mut path = at.to_path();
            path.push(crate::yaml::Part::Index(first));
            path.push(crate::yaml::Part::Key("id".to_owned(), 0));
            let span = yaml.find(&path, Spot::Value);
            let item = at.index(index);
            decoder.problem(
                Code::BadScale,
                &item.key("id"),
                format!("the id `{id}` is used twice"),
                |d: Diagnostic| {
                    d.other(&yaml.source, span, "it is first used here")
                        .help("give one of the two another id")
                },
            );
        }
        seen.push(id);
    }
}

fn check(decoder: &mut Decoder<'_>, node: &Node, at: &At<'_>, scale: &Scale) {
    unique(decoder, at, scale.verdicts.iter().map(|verdict| verdict.id.as_str()));
    if matches!(node, Node::List(items) if items.is_empty()) {
        decoder.problem(Code::BadScale, at, "a rating scale needs at least one verdict", |d| {
            d.help("list the desk's verdicts, or name a preset: `ratings: google`")
        });
    }
    // The list is best first, and higher is truer: a rising value would call a falsehood the best.
    let mut last: Option<i64> = None;
    for (index, verdict) in scale.verdicts.iter().enumerate() {
        let Some(value) = verdict.value else {
            continue;
        };
        if last.is_some_and(|last| value > last) {
            let item = at.index(index);
            decoder.problem(
                Code::BadScale,
                &item.key("value"),
                "this verdict has a higher value than one before it",
                |d| d.help("list the verdicts from best to worst; 1 is the worst value, higher is truer"),
            );
        }
        last = Some(value);
    }
    // Google's fact-check guideline: `worstRating` must be lower than `bestRating`.
    if scale.best() == Some(1) {
        decoder.problem(Code::BadScale, at, "the only value on the scale is 1", |d| {
            d.help("1 is the worst; give the better verdicts higher values, or leave all values out")
        });
    }
}
