//! What holds of diagnostics, whatever they are about.

use meja::diagnostic::{Diagnostic, Label, Place};
use meja::report;
use meja::source::Span;
use serde_json::Value;

/// Every place is in its file and between characters, and every report can be read by whom it is for.
pub fn holds(diagnostics: &[Diagnostic]) {
    for found in diagnostics {
        assert!(!found.message.is_empty(), "{found:?}");
        if let Place::At(label) = &found.place {
            stands(label);
        }
        found.others.iter().for_each(stands);
        if let Some(fix) = &found.fix {
            within(&fix.source.text, &fix.span);
        }
    }
    let mut sorted = diagnostics.to_vec();
    meja::diagnostic::sort(&mut sorted);
    on_terminals(&sorted);
    for_programs(&sorted);
}

fn stands(label: &Label) {
    let text = &label.source.text;
    within(text, &label.span);
    // The way from a place to line and column, and back.
    let place = label.source.line_column(label.span.start);
    let back = label.source.offset(place.line, place.column);
    // A byte order mark has no column.
    let apart = back.abs_diff(label.span.start);
    assert!(
        apart == 0 || text[..].contains('\u{feff}') || text.contains('\r'),
        "{place:?} leads to {back}: {label:?}"
    );
}

fn within(text: &str, span: &Span) {
    assert!(span.start <= span.end, "{span:?}");
    assert!(text.get(span.clone()).is_some(), "{span:?} of {} bytes", text.len());
}

fn on_terminals(sorted: &[Diagnostic]) {
    let plain = report::terminal(sorted, false);
    assert_eq!(plain.is_empty(), sorted.is_empty());
    let obeyed = plain.chars().find(|c| c.is_control() && *c != '\n');
    assert!(obeyed.is_none(), "{obeyed:?} reaches the terminal: {plain}");
    let hidden = plain.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    assert!(hidden.is_none(), "{hidden:?} reaches the terminal: {plain}");
    let github = report::github(sorted, "");
    assert_eq!(github.lines().count(), sorted.len(), "{github}");
    assert!(github.lines().all(|line| line.starts_with("::")), "{github}");
}

fn for_programs(sorted: &[Diagnostic]) {
    let json: Value = serde_json::from_str(&report::json(sorted)).expect("JSON");
    let listed = json["diagnostics"].as_array().expect("a list");
    assert_eq!(listed.len(), sorted.len());
    for (shown, found) in listed.iter().zip(sorted) {
        assert_eq!(shown["message"], found.message.as_str());
    }
    let sarif: Value = serde_json::from_str(&report::sarif(sorted, "")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(sorted.len()));
}
