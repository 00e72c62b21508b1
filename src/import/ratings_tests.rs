use super::{Map, decide, label, words};
use crate::config::Scale;
use crate::import::guess::guess;
use crate::import::record::Rating;

fn scale(name: &str) -> Scale {
    let text = format!(
        "title: A\nbase_url: https://a.example/\nlanguage: id\nlanguages: [id, en]\nratings: {name}\npublisher: {{name: A}}\n"
    );
    crate::config::read(&crate::source::Source::new("site.yaml", text)).0.scale
}

fn said(words: &str) -> Rating {
    Rating { label: Some(words.to_owned()), ..Rating::default() }
}

fn verdict(rating: &Rating, title: Option<&str>) -> Option<String> {
    decide(rating, title, &Map::default(), &scale("tempo")).verdict
}

#[test]
fn only_a_verdict_s_own_name_is_a_verdict() {
    for (words, id) in [
        ("Benar", "benar"),
        ("KELIRU!", "keliru"),
        ("False.", "keliru"),
        ("sebagian-benar", "sebagian-benar"),
        ("Tidak  Terbukti", "tidak-terbukti"),
    ] {
        assert_eq!(verdict(&said(words), None).as_deref(), Some(id), "{words}");
    }
    for words in [
        "Tidak benar",
        "Not true",
        "Half true",
        "Benar?",
        "\"Benar\"",
        "❌ Benar",
        "✗ True",
        "True*",
        "Benar...",
        "True…",
        "(Not) true",
        "Benar, tapi keliru",
        "Untrue",
        "Incorrect",
        "Falso",
        "Bukan hoaks",
        "≠ true",
        "Verdadero",
        "Benar / Keliru",
        "Tr\u{443}e",
        "1",
        "Benar bahwa video itu hoaks",
    ] {
        assert_eq!(verdict(&said(words), None), None, "{words}");
    }
}

#[test]
fn paragraphs_are_no_verdicts() {
    let long = " sekali".repeat(20);
    for (text, first) in [
        (format!("Benar, jika dilihat sekilas, tetapi keliru{long}"), None),
        (format!("True: he said so{long}"), None),
        (format!("Benar. Menteri berkata begitu, tetapi angkanya keliru{long}"), Some("Benar ...")),
        (format!("Menteri itu tidak pernah berkata begitu. Ia{long}"), None),
    ] {
        assert_eq!(label(&said(&text)).0.as_deref(), first, "{text}");
        assert_eq!(verdict(&said(&text), None), None, "{text}");
    }
}

#[test]
fn what_contradicts_itself_has_no_verdict() {
    let number = |words: &str, value: f64, worst: f64, best: f64| Rating {
        value: Some(value),
        worst: Some(worst),
        best: Some(best),
        ..said(words)
    };
    assert_eq!(verdict(&number("Benar", 1.0, 1.0, 5.0), None), None);
    assert_eq!(verdict(&number("Keliru", 5.0, 1.0, 5.0), None), None);
    assert_eq!(verdict(&Rating { value: Some(5.0), ..said("Keliru") }, None), None, "the scale is 1 to 5");
    assert_eq!(verdict(&number("Keliru", 1.0, 1.0, 5.0), None).as_deref(), Some("keliru"));
    assert_eq!(verdict(&number("Benar", -1.0, -1.0, -1.0), None).as_deref(), Some("benar"));
    assert_eq!(verdict(&number("Keliru", 1.0, 5.0, 1.0), None).as_deref(), Some("keliru"), "no scale at all");
    assert_eq!(verdict(&said("Benar"), Some("[KELIRU] Ikan ajaib")), None);
    for title in [
        "False: ikan ajaib",
        "Cek Fakta: Keliru, ikan ajaib",
        "[Cek Fakta] KELIRU: ikan",
        "Ikan ajaib – Sesat",
    ] {
        assert_eq!(verdict(&said("Benar"), Some(title)), None, "{title}");
    }
    assert_eq!(verdict(&number("Benar", 0.0, 0.0, 4.0), None), None);
    assert_eq!(verdict(&number("Keliru", 0.0, 0.0, 4.0), None).as_deref(), Some("keliru"));
    assert_eq!(verdict(&said("Keliru"), Some("Benar? Ikan ajaib")).as_deref(), Some("keliru"), "a question");
    assert_eq!(verdict(&said("Keliru"), Some("[KELIRU] Ikan ajaib")).as_deref(), Some("keliru"));
    let also = |word: &str| Rating { also: vec![word.to_owned()], ..said("Keliru") };
    assert_eq!(verdict(&also("Benar"), None), None);
    assert_eq!(verdict(&also("lihat teks"), None), None);
    assert_eq!(verdict(&also("False"), None).as_deref(), Some("keliru"));
}

#[test]
fn a_scale_upside_down_is_another_scale() {
    let number = |worst: f64, best: f64| {
        label(&Rating { value: Some(1.0), worst: Some(worst), best: Some(best), ..Rating::default() }).0
    };
    assert_eq!(number(1.0, 5.0).as_deref(), Some("1 of 1 to 5"));
    assert_eq!(number(5.0, 1.0).as_deref(), Some("1 of 5 to 1"));
    let map = Map::read("- label: 1 of 1 to 5\n  verdict: keliru\n", &scale("tempo")).map(|(map, _)| map);
    let turned = Rating { value: Some(1.0), worst: Some(5.0), best: Some(1.0), ..Rating::default() };
    assert_eq!(decide(&turned, None, &map.unwrap_or_default(), &scale("tempo")).verdict, None);
}

#[test]
fn guesses_know_what_turns_a_word() {
    for (name, words, id) in [
        ("tempo", "Not true", Some("keliru")),
        ("tempo", "Tidak benar", Some("keliru")),
        ("tempo", "HOAX", Some("keliru")),
        ("tempo", "Half true", Some("sebagian-benar")),
        ("tempo", "kelirru", Some("keliru")),
        ("tempo", "Bukan hoaks", None),
        ("tempo", "Kurang benar", None),
        ("tempo", "True but misleading", None),
        ("tempo", "benar atau salah", None),
        ("tempo", "Benar?", None),
        ("africa-check", "Not incorrect", None),
        ("google", "Untrue", Some("false")),
        ("google", "not false", None),
    ] {
        assert_eq!(guess(words, &scale(name)).as_deref(), id, "{words}");
    }
    assert_ne!(guess("incorect", &scale("africa-check")).as_deref(), Some("correct"));
}

#[test]
fn what_is_struck_through_is_no_label() {
    assert_eq!(words("<b>Benar</b>").as_deref(), Some("Benar"));
    for text in [
        "<s>Benar</s>",
        "<del>Benar</del> Keliru",
        "<img src=not.png>Benar",
        "&lt;s&gt;Benar&lt;/s&gt;",
        "Benar<!-- not -->",
        "<b style='text-decoration:line-through'>Benar</b>",
        "<span class=not>Benar</span>",
    ] {
        assert_eq!(words(text).and_then(|words| verdict(&said(&words), None)), None, "{text}");
    }
}

#[test]
fn a_map_decides_only_what_an_editor_decided() {
    let scale = scale("tempo");
    let read = |text: &str| Map::read(text, &scale).map(|(map, _)| map.verdict("hoax", &scale));
    assert_eq!(read("- label: HOAX!\n  verdict: keliru\n"), Ok(Some("keliru".to_owned())));
    for text in [
        "- label: hoax\n  verdict: keliru\n  guess: true\n",
        "- label: hoax\n  verdict: keliru\n  guess: yes\n",
        "- label: hoax\n  verdict: keliru\n  guess:\n",
        "- label: hoax\n  verdict: keliru\n- label: HOAX\n  verdict: benar\n",
        "- label: hoax\n  verdict: lain\n",
    ] {
        assert_eq!(read(text), Ok(None), "{text}");
    }
}
