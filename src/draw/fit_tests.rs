use super::{Fitted, Space, fit, one_line};

/// Every letter is half an em wide.
fn half(text: &str) -> f32 {
    text.chars().count() as f32 / 2.0
}

fn space(width: f32, height: f32) -> Space<'static> {
    Space { width, height, sizes: &[60.0, 50.0, 40.0, 30.0, 20.0], leading: 1.2 }
}

fn fitted(text: &str, width: f32, height: f32) -> Fitted {
    fit(text, "id", &space(width, height), &half)
}

#[test]
fn short_text_is_large() {
    let fitted = fitted("Hoaks", 600.0, 300.0);
    assert_eq!((fitted.size, fitted.lines), (60.0, vec!["Hoaks".to_owned()]));
}

#[test]
fn lines_are_even_and_no_word_is_lonely() {
    let fitted = fitted("satu dua tiga empat lima enam tujuh", 600.0, 200.0);
    assert_eq!(fitted.lines, ["satu dua tiga empat", "lima enam tujuh"]);
    let fitted = self::fitted("aaaa bbbb cccc dddd e", 600.0, 200.0);
    assert_eq!(fitted.lines, ["aaaa bbbb", "cccc dddd e"]);
}

#[test]
fn every_line_fits_and_nothing_is_lost() {
    let text =
        "Video ini memperlihatkan ratusan ribu orang berdemonstrasi di depan gedung parlemen kemarin sore";
    for width in [200.0, 260.0, 333.0, 600.0, 1000.0] {
        let fitted = fitted(text, width, 500.0);
        assert!(fitted.lines.iter().all(|line| half(line) * fitted.size <= width), "{fitted:?}");
        assert!((fitted.lines.len() as f32 - 1.0) * fitted.size * 1.2 + fitted.size <= 500.0);
        let joined = fitted.lines.join(" ").replace("- ", "");
        assert_eq!(joined, text);
    }
}

#[test]
fn words_are_parted_only_if_that_saves_much() {
    // Fits in smaller letters, whole.
    assert_eq!(fitted("kependudukan", 300.0, 300.0).lines, ["kependudukan"]);
    // Would have to be tiny.
    let fitted = fitted("mempertanggungjawabkannya", 300.0, 300.0);
    assert!(fitted.lines.len() > 1 && fitted.lines[0].ends_with('-'), "{fitted:?}");
}

#[test]
fn what_does_not_fit_ends_after_a_word() {
    let text = "satu dua tiga, empat lima enam tujuh delapan sembilan sepuluh";
    let fitted = fitted(text, 100.0, 40.0);
    assert_eq!((fitted.size, fitted.lines), (20.0, vec!["satu dua…".to_owned()]));
    assert_eq!(one_line(text, 8.5, &half), "satu dua tiga…");
    assert_eq!(one_line("pendek", 8.0, &half), "pendek");
    assert_eq!(one_line("", 8.0, &half), "");
    assert_eq!(one_line("taksederhanasamasekali", 4.0, &half), "taksede…");
}

#[test]
fn scripts_without_spaces_are_broken_too() {
    let fitted =
        fit("地球は平らではありません。写真は加工されたものです。", "ja", &space(300.0, 300.0), &half);
    assert!(fitted.lines.len() > 1 && fitted.lines.iter().all(|line| !line.starts_with('。')), "{fitted:?}");
    let thai = fit("ข่าวนี้เป็นข่าวปลอมที่แชร์กันในเฟซบุ๊ก", "th", &space(300.0, 300.0), &half);
    assert!(thai.lines.len() > 1 && thai.lines.concat() == "ข่าวนี้เป็นข่าวปลอมที่แชร์กันในเฟซบุ๊ก", "{thai:?}");
}
