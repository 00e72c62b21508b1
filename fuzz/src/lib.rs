//! What the targets share: settings, bounds, and what holds of everything that is said of an input.

pub mod archive;
pub mod html;
pub mod said;
pub mod words;

use std::sync::OnceLock;

use meja::config::{self, Config};
use meja::source::Source;

/// Longer inputs are passed over: what a long text costs is held by the tests.
pub const LONGEST: usize = 64 * 1024;

/// Settings with two languages and a scale that imports know.
const SITE: &str = "title: Meja\nbase_url: https://desk.example/\nlanguage: id\nlanguages: [id, en]\nratings: tempo\n\
                    timezone: Asia/Jakarta\npublisher: {name: Meja, url: \"https://desk.example/\"}\n";

/// The input as a text, as long as it is no longer than [`LONGEST`].
pub fn text(data: &[u8]) -> Option<String> {
    (data.len() <= LONGEST).then(|| String::from_utf8_lossy(data).into_owned())
}

/// The settings that texts are read with.
pub fn settings() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| settings_of(SITE))
}

/// As [`settings`], for a desk that lets harmless HTML pass.
pub fn settings_with_html() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| settings_of(&format!("{SITE}markdown: {{html: sanitize}}\n")))
}

fn settings_of(text: &str) -> Config {
    let (config, problems) = config::read(&Source::new("site.yaml", text));
    assert!(problems.is_empty(), "{problems:?}");
    config
}
