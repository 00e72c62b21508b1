//! The tables of interface strings that come with Meja.

/// Each a language and its YAML. The first is the reference: every other table has its keys and
/// its placeholders.
pub const BUILT_IN: &[(&str, &str)] =
    &[("en", include_str!("../../strings/en.yaml")), ("id", include_str!("../../strings/id.yaml"))];

/// The YAML of the tables that a site's own lies over in [`merge`](super::merge()): the reference
/// first, then that of the language if it is another one that Meja has.
pub fn built_in_layers(lang: &str) -> Vec<&'static str> {
    BUILT_IN
        .iter()
        .enumerate()
        .filter(|(place, (table, _))| *place == 0 || reads(lang, table))
        .map(|(_, (_, yaml))| *yaml)
        .collect()
}

/// Whether Meja has a table for a language.
pub fn is_built_in(lang: &str) -> bool {
    BUILT_IN.iter().any(|(table, _)| reads(lang, table))
}

/// Every region reads the table of its language: `id-ID` that of `id`.
fn reads(lang: &str, table: &str) -> bool {
    lang.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(table))
}
