//! The style guide of the preview: every component of the theme, as the desk has it.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use crate::desk::{Desk, repository};
use crate::serve::server::Server;
use crate::serve::small;

const GUIDE: &str = "/_meja/styleguide/";

fn css(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

fn guide(desk: &std::path::Path) -> Html {
    let guide = Html::parse_document(&Server::start(desk).page(GUIDE));
    assert!(guide.errors.is_empty(), "{:?}", guide.errors);
    guide
}

/// The part of the guide that is about a component.
fn part<'g>(guide: &'g Html, name: &str) -> ElementRef<'g> {
    let heading = guide.select(&css(&format!("[aria-labelledby='component-{name}']"))).next();
    heading.unwrap_or_else(|| panic!("the style guide names `{name}`"))
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of the files in a folder of the theme.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(repository().join("templates").join(folder)).expect("a folder");
    let files = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    files.filter_map(|file| file.strip_suffix(".html").map(str::to_owned)).collect()
}

#[test]
fn every_component_is_described_and_has_a_sample() {
    assert_eq!(names("components"), names("styleguide"), "each component has a sample, and no other has");
    let guide = guide(repository());
    for name in names("components") {
        let part = part(&guide, &name);
        assert!(
            part.select(&css(".guide-about > p:not(.meta)")).next().is_some(),
            "{name}: a remark says what it is"
        );
        assert!(text(part).contains(&format!("templates/components/{name}.html")), "{name}: its file");
        let has_arguments = part.select(&css(".guide-arguments li")).next().is_some();
        assert!(has_arguments || text(part).contains("No arguments."), "{name}: its arguments");
        assert!(!text(part).contains("the desk’s own"), "{name} is the theme's own");
        let sample = part.select(&css(".guide-sample")).next();
        let sample = sample.unwrap_or_else(|| panic!("{name}: the demo can show it: {}", text(part)));
        assert!(sample.child_elements().next().is_some(), "{name}: the sample shows something");
    }
    for verdict in ["Benar", "Sebagian Benar", "Tidak Terbukti", "Sesat", "Keliru"] {
        let badges: Vec<_> = guide.select(&css("#guide-verdicts ~ .scroll .badge")).map(text).collect();
        let of_it = badges.iter().filter(|badge| badge.contains(verdict)).count();
        assert!(of_it >= 5, "{verdict} in every form: {badges:?}");
    }
    let tokens: Vec<_> = guide.select(&css(".guide-tokens li > code")).map(text).collect();
    assert!(
        ["--paper", "--ink", "--accent", "--false", "--step-3"].iter().all(|t| tokens.iter().any(|o| o == t))
    );
}

#[test]
fn a_desk_sees_its_own_components() {
    let desk = small::desk();
    desk.write(
        "templates/components/claim_row.html",
        "{# A row of ours. #}\n{% component claim_row(claim, wide: bool = false) %}<li class=\"our-row\">{{ claim.claim }}</li>{% endcomponent claim_row %}\n",
    );
    desk.write(
        "templates/components/banner.html",
        "{% component banner(words: string = \"now\", @t) %}<p>{{ words }}</p>{% endcomponent banner %}\n",
    );
    desk.write(
        "templates/components/ticker.html",
        "{% component ticker(words) %}<p>{{ words }}</p>{% endcomponent ticker %}\n",
    );
    desk.write("templates/styleguide/ticker.html", "{{ <ticker words=\"tick tock\" /> }}\n");
    // A component that is done away with, and a sample that does not fit its component.
    desk.write(
        "templates/components/date.html",
        "{% component date(date, message: string = \"\", must) %}{% endcomponent date %}\n",
    );
    let guide = guide(desk.root());
    let row = part(&guide, "claim_row");
    assert!(
        text(row).contains("A row of ours. ") && text(row).contains("in place of the theme’s"),
        "{}",
        text(row)
    );
    assert!(text(row).contains("wide: bool or else false"), "{}", text(row));
    assert!(row.select(&css(".guide-sample li.our-row")).next().is_some());
    let banner = text(part(&guide, "banner"));
    for words in [
        "the desk’s own",
        "words: string or else \"now\"",
        "@t taken from the page",
        "<p>{{ words }}</p>",
        "There is no sample.",
    ] {
        assert!(banner.contains(words), "`{words}` in {banner}");
    }
    assert!(text(part(&guide, "ticker")).contains("tick tock"));
    assert!(text(part(&guide, "date")).contains("The sample failed."), "{}", text(part(&guide, "date")));
}

#[test]
fn an_empty_desk_has_a_style_guide() {
    let desk = Desk::with(&[("site.yaml", small::SITE)]);
    let guide = guide(desk.root());
    assert!(text(part(&guide, "claim_card")).contains("Nothing of this site can show it yet."));
    assert!(part(&guide, "verdict_badge").select(&css(".badge")).next().is_some());
}

#[test]
fn the_style_guide_is_no_page_of_the_site() {
    let desk = small::desk();
    assert_eq!(desk.meja(&["build"]).code, 0);
    let html = desk.read("public/index.html");
    assert!(!html.contains("_meja") && !desk.exists("public/_meja"));
    // Samples need what a desk may have done away with.
    desk.write("templates/components/pager.html", "");
    for page in ["articles", "claims", "corrections"] {
        desk.write(&format!("templates/{page}.html"), "{% extends \"base.html\" %}");
    }
    let run = desk.meja(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let server = Server::start(desk.root());
    assert!(server.page(GUIDE).contains("The sample failed."));
    assert!(server.page("/_meja/").contains("href=\"/_meja/styleguide/\""));
    // It follows what is edited.
    desk.write("templates/components/claim_row.html", "{# Quite another row. #}\n{% component claim_row(claim) %}<li>{{ claim.claim }}</li>{% endcomponent claim_row %}");
    server.shows(GUIDE, "Quite another row.");
}
