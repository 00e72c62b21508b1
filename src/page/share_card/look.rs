//! How cards look: faces, colours and signs, taken from the theme where it has them.

use crate::config::{TONES, Tone};
use crate::diagnostic::{Code, Diagnostic};
use crate::digest::sha256;
use crate::draw::{Emblem, FontError, Fonts, Ink};
use crate::page::Pages;
use crate::theme::Theme;
use crate::yaml::{Part, Spot};

/// The built-in theme's, for what a site's own style sheet or template does not say in the same way.
const STYLE: &str = include_str!("../../../static/assets/style.css");
const ICONS: &str = include_str!("../../../templates/components/verdict_shape.html");

/// What all cards of a site share.
#[derive(Debug)]
pub(in crate::page) struct Look {
    pub(in crate::page) fonts: Fonts,
    /// Why the site's own font is not among them.
    font_error: Option<FontError>,
    pub(super) paper: Ink,
    pub(super) ink: Ink,
    pub(super) ink_2: Ink,
    pub(super) rule: Ink,
    pub(super) accent: Ink,
    /// Colour and sign of each tone, in the order of [`TONES`].
    tones: Vec<Style>,
    pub(super) logo: Option<Emblem>,
    /// Of everything above.
    pub(in crate::page) digest: String,
}

/// How a tone looks.
#[derive(Debug)]
pub(in crate::page) struct Style {
    pub(in crate::page) ground: Ink,
    /// What is written on the ground.
    pub(in crate::page) on: Ink,
    pub(super) sign: Option<Emblem>,
}

impl Look {
    pub(in crate::page) fn new(pages: &Pages) -> Self {
        let (config, theme) = (&pages.site.config, &pages.theme);
        let bytes_of =
            |name: Option<&str>| name.and_then(|name| theme.statics.get(name)).map(|file| &*file.bytes);
        let font = bytes_of(config.font.as_deref());
        let (fonts, font_error) = match Fonts::new(font) {
            Ok(fonts) => (fonts, None),
            Err(error) => (Fonts::built_in(), Some(error)),
        };
        let own = bytes_of(Some("assets/style.css")).map(String::from_utf8_lossy).unwrap_or_default();
        let extra = bytes_of(Some("assets/extra.css")).map(String::from_utf8_lossy).unwrap_or_default();
        let colour = |name: &str| {
            let sheets = [&*extra, &*own, STYLE];
            sheets.into_iter().find_map(|sheet| token(sheet, name)).unwrap_or(Ink([0; 3]))
        };
        let (paper, ink) = (colour("paper"), colour("ink"));
        let accent = config.accent.as_deref().and_then(Ink::parse).unwrap_or_else(|| colour("accent"));
        let icons = icons(theme);
        let mut parts = format!("{accent}{paper}{ink}{}{}", colour("ink-2"), colour("rule"));
        let tones = TONES
            .iter()
            .map(|(name, _)| {
                let ground = colour(name);
                let on = readable(ground, paper, ink);
                let svg = sign(&icons, name).or_else(|| sign(ICONS, name)).map(|shape| {
                    format!(
                        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="{on}">{shape}</svg>"#
                    )
                });
                parts.push_str(&format!("{ground}{svg:?}"));
                Style { ground, on, sign: svg.and_then(|svg| Emblem::read(svg.as_bytes(), &fonts)) }
            })
            .collect();
        let logo = bytes_of(config.logo.as_deref());
        for bytes in [font, logo] {
            parts.push_str(&bytes.map(sha256).unwrap_or_default());
            parts.push(' ');
        }
        parts.push_str(Fonts::digest());
        Self {
            logo: logo.and_then(|bytes| Emblem::read(bytes, &fonts)),
            ink_2: colour("ink-2"),
            rule: colour("rule"),
            digest: sha256(parts.as_bytes()),
            fonts,
            font_error,
            paper,
            ink,
            accent,
            tones,
        }
    }

    pub(in crate::page) fn tone(&self, tone: Tone) -> Option<&Style> {
        let place = TONES.iter().position(|(_, other)| *other == tone)?;
        self.tones.get(place)
    }

    /// What is wrong with the font that the settings name.
    pub(super) fn problem(&self, pages: &Pages) -> Option<Diagnostic> {
        let config = &pages.site.config;
        let name = config.font.as_deref()?;
        let message = match self.font_error {
            _ if !pages.theme.statics.contains_key(name) => format!("there is no file `static/{name}`"),
            Some(FontError::Packed) => format!("`static/{name}` is packed for the web"),
            Some(FontError::NoFont) => format!("`static/{name}` is not a font that can be drawn with"),
            None => return None,
        };
        let span = config.yaml.find(&[Part::key("theme"), Part::key("font")], Spot::Value);
        let help = "put a TrueType or OpenType font (`.ttf`, `.otf`) there";
        Some(Diagnostic::at(Code::BadFont, &config.yaml.source, span, message).help(help))
    }
}

/// What can be read best on a colour: paper or ink, or, where neither will do, black or white.
pub(super) fn readable(ground: Ink, paper: Ink, ink: Ink) -> Ink {
    let enough = |on: &Ink| on.contrast(ground) >= 4.5;
    let (white, black) = (Ink([255; 3]), Ink([0; 3]));
    [white, paper, ink, black].into_iter().find(enough).unwrap_or(black)
}

/// The colour of a token of the style sheet: where it is first set, which is the light scheme.
fn token(css: &str, name: &str) -> Option<Ink> {
    let (_, rest) = css.split_once(&format!("--{name}:"))?;
    Ink::parse(rest.split([';', '}']).next()?)
}

/// The template with the signs, as the site has it.
fn icons(theme: &Theme) -> String {
    theme
        .templates
        .get("components/verdict_shape.html")
        .map(|file| file.source.text.clone())
        .unwrap_or_default()
}

/// The shapes of a tone's sign: what the template has for it, if that is nothing but shapes.
fn sign<'t>(template: &'t str, tone: &str) -> Option<&'t str> {
    let start =
        if tone == "neutral" { "{%- else -%}".to_owned() } else { format!("tone == \"{tone}\" -%}}") };
    let shape = template.split_once(&start)?.1.split("{%").next()?.trim();
    (shape.starts_with('<') && !shape.contains("{{")).then_some(shape)
}

#[cfg(test)]
mod tests {
    use super::{ICONS, STYLE, readable, sign, token};
    use crate::config::TONES;
    use crate::draw::{Emblem, Fonts, Ink};

    #[test]
    fn the_theme_says_how_every_tone_looks() {
        let mut signs = Vec::new();
        let fonts = Fonts::built_in();
        for (name, _) in TONES {
            let ground = token(STYLE, name).unwrap();
            assert_eq!(readable(ground, Ink([250; 3]), Ink([20; 3])), Ink([255; 3]), "{name}");
            let shape = sign(ICONS, name).unwrap();
            let svg = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{shape}</svg>"#);
            assert!(Emblem::read(svg.as_bytes(), &fonts).is_some());
            signs.push(shape);
        }
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), TONES.len());
        for name in ["paper", "ink", "ink-2", "rule", "accent"] {
            assert!(token(STYLE, name).is_some(), "{name}");
        }
    }

    #[test]
    fn text_can_be_read_on_any_colour() {
        for grey in 0..=255 {
            for ground in [Ink([grey; 3]), Ink([grey, 90, 20]), Ink([200, grey, 90])] {
                let on = readable(ground, Ink([253, 252, 249]), Ink([27, 26, 24]));
                assert!(on.contrast(ground) >= 4.5, "{ground}");
            }
        }
    }

    #[test]
    fn a_sites_own_template_may_say_it_otherwise() {
        assert_eq!(
            sign("{%- if tone == \"true\" -%}<path d=\"M0 0\"/>{%- endif -%}", "true"),
            Some("<path d=\"M0 0\"/>")
        );
        assert_eq!(sign("{%- if tone == \"true\" -%}{{ <x /> }}{%- endif -%}", "true"), None);
        assert_eq!(sign("<img>", "true"), None);
        assert_eq!(token(":root{--true:red}", "true"), None);
    }
}
