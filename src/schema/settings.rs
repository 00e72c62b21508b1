//! The keys of `site.yaml`.

use super::Group;
use super::Shape::{
    Colour, Either, Email, Flag, Group as Of, Id, Labels, Language, Line, Link, List, Localised, Number,
    Phone, Rules, Static, Tone, Url, Word, Zone,
};
use super::table::{may, must};
use crate::config::vocabulary as words;

const BCP_47: &str = "BCP 47";
const CLAIMREVIEW: &str = "https://developers.google.com/search/docs/appearance/structured-data/factcheck";

/// `site.yaml`.
pub static SITE: Group = Group {
    name: "site",
    keys: &[
        must("title", Localised),
        must("base_url", Url),
        must("language", Language).by(BCP_47),
        may("languages", List(&Language, 0)).by(BCP_47),
        may("timezone", Zone).by("IANA Time Zone Database"),
        must("publisher", Of(&PUBLISHER)).by(CLAIMREVIEW),
        may("description", Localised),
        may("footer", Localised),
        may("ratings", Either(const { &[Word(words::scales), List(const { &Of(&VERDICT) }, 1)] }))
            .by(CLAIMREVIEW),
        may("kinds", Either(const { &[Word(words::kinds), List(const { &Of(&KIND) }, 0)] })),
        may("topics", Labels),
        may("menu", List(const { &Of(&MENU) }, 0)),
        may("paginate", Number(1, 1000)),
        may("lists", List(const { &Word(words::lists) }, 0)),
        may("related", Number(0, 12)),
        may("feeds", Either(const { &[Flag, Number(1, 1000)] })),
        may("cards", Flag),
        may("embeds", Flag),
        may("data", Flag),
        may("search", Flag),
        may("submit", Of(&SUBMIT)),
        may("checks", Rules(const { &Word(words::levels) })),
        may("theme", Of(&THEME)),
        may("markdown", Of(&MARKDOWN)),
    ],
};

static PUBLISHER: Group = Group {
    name: "publisher",
    keys: &[
        must("name", Line),
        may("legal_name", Line),
        may("url", Url),
        may("logo", Static),
        may("same_as", List(&Url, 0)).by("https://schema.org/sameAs"),
        may("email", Email),
        may("ifcn", Url).by("https://ifcncodeofprinciples.poynter.org/signatories"),
    ],
};

static VERDICT: Group = Group {
    name: "verdict",
    keys: &[
        must("id", Id),
        must("label", Localised),
        must("definition", Localised),
        may("tone", Tone(words::tones)),
        may("value", Number(1, 100)).by(CLAIMREVIEW),
    ],
};

static KIND: Group =
    Group { name: "kind", keys: &[must("id", Id), must("label", Localised), may("definition", Localised)] };

static MENU: Group = Group { name: "menu", keys: &[must("url", Link), may("label", Localised)] };

static SUBMIT: Group = Group {
    name: "submit",
    keys: &[may("url", Link), may("whatsapp", Phone).by("ITU-T E.164"), may("email", Email)],
};

static THEME: Group =
    Group { name: "theme", keys: &[may("accent", Colour), may("logo", Static), may("font", Static)] };

static MARKDOWN: Group =
    Group { name: "markdown", keys: &[may("smart_punctuation", Flag), may("html", Word(words::raw_html))] };
