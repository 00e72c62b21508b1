use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::rules::SCRIPT;
use super::{Folder, letters};

const VECTORS: &str = include_str!("../../../tests/lookup/folding.json");

fn keys(folder: &Folder, text: &str) -> Vec<String> {
    folder.words(text).into_iter().map(|word| word.key).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The texts of the vectors with their languages and keys.
fn vectors() -> Vec<(String, Vec<String>, Vec<String>)> {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    vectors
        .iter()
        .map(|vector| {
            (vector["text"].as_str().unwrap().to_owned(), strings(&vector["langs"]), strings(&vector["keys"]))
        })
        .collect()
}

fn folder(langs: &[String]) -> Folder {
    Folder::new(&langs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What `fold.js` makes of texts: their words, or nothing for a text whose characters are too new for this
/// engine.
fn in_javascript(rules: &Value, texts: &[String]) -> Vec<Option<Vec<Value>>> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut node = Command::new("node")
        .arg(format!("{root}/tests/lookup/fold.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js is installed");
    let mut stdin = node.stdin.take().unwrap();
    stdin.write_all(json!({"rules": rules, "texts": texts}).to_string().as_bytes()).unwrap();
    drop(stdin);
    let out = node.wait_with_output().unwrap();
    assert!(out.status.success());
    let out: Value = serde_json::from_slice(&out.stdout).unwrap();
    out["words"].as_array().unwrap().iter().map(|words| words.as_array().cloned()).collect()
}

#[test]
fn the_vectors_hold() {
    let vectors = vectors();
    assert!(vectors.len() >= 250);
    for (text, langs, expected) in &vectors {
        assert_eq!(keys(&folder(langs), text), *expected, "{text}");
    }
}

#[test]
fn the_vectors_hold_in_javascript() {
    let vectors = vectors();
    let mut all: Vec<Vec<String>> = vectors.iter().map(|(_, langs, _)| langs.clone()).collect();
    all.sort();
    all.dedup();
    for langs in all {
        let own: Vec<_> = vectors.iter().filter(|(_, own, _)| *own == langs).collect();
        let texts: Vec<String> = own.iter().map(|(text, ..)| text.clone()).collect();
        for ((text, _, expected), words) in own.iter().zip(in_javascript(&folder(&langs).rules(), &texts)) {
            let words = words.unwrap();
            let found: Vec<&str> = words.iter().map(|word| word["key"].as_str().unwrap()).collect();
            assert_eq!(found, *expected, "{text}");
            let (mut last, length) = (0, text.encode_utf16().count() as u64);
            for word in &words {
                let (start, end) = (word["start"].as_u64().unwrap(), word["end"].as_u64().unwrap());
                assert!(last <= start && start < end && end <= length, "{text}: {word}");
                last = start;
            }
        }
    }
}

#[test]
fn places_are_in_the_text_as_it_was() {
    let texts = ["«Ⓥаk\u{200b}ѕіn» 10 rb!", "a 🙏 v.a.k.s.i.n 病毒学"].map(str::to_owned);
    let found = in_javascript(&Folder::new(&["id"]).rules(), &texts);
    let cut: Vec<Vec<String>> = texts
        .iter()
        .zip(found)
        .map(|(text, words)| {
            let units: Vec<u16> = text.encode_utf16().collect();
            let place = |word: &Value, name: &str| word[name].as_u64().unwrap() as usize;
            let cut =
                |word: &Value| String::from_utf16_lossy(&units[place(word, "start")..place(word, "end")]);
            words.unwrap().iter().map(cut).collect()
        })
        .collect();
    assert_eq!(cut[0], ["Ⓥаk\u{200b}ѕіn", "10 rb"]);
    assert_eq!(cut[1], ["a", "v.a.k.s.i.n", "病毒", "毒学"]);
}

/// Texts with all that the rules know, thrown together.
fn texts(many: usize) -> Vec<String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,6}",
        2 => "[0-9]{1,4}",
        3 => "[ .,'!@$#_\n-]{1,2}",
        1 => "[a-z0-9@$!]{1,9}",
        1 => "[0-9]{1,3}([., ][0-9]{3}){1,3}",
        1 => "[а-яА-Яα-ωΑ-Ωא-תա-ֆᎠ-Ᏼ]{1,5}",
        1 => "[\u{200b}-\u{200f}\u{300}-\u{36f}\u{ad}\u{202a}-\u{202e}\u{3099}\u{fe0f}\u{20e3}]{1,3}",
        1 => "[à-ſƀ-ɏɐ-ʯᴀ-ᵿ]{1,4}",
        1 => "[𝐀-𝟿Ａ-ｚ🄐-🆚🇦-🇿①-⓿㈀-㏿]{1,4}",
        1 => "[一-龥ぁ-ヿｦ-ﾟ가-힣ᄀ-ᇿ\u{3131}-\u{318e}ก-๛]{1,4}",
        1 => "[अ-ॿঅ-৯ஂ-௹ا-ي٠-٬ﭐ-ﷺ]{1,4}",
        3 => prop::sample::select(vec![
            " satu ", " dua ", " puluh ", " ratus ", " ribu ", " juta ", " belas ", " seribu ", " setengah ",
            " ten ", " hundred ", " thousand ", " and ", " a ", " one ", "rb ", "jt ", "k ", " yg ", " org2 ",
            "nya ", " v.a.k.s ", " 1 2 3 ", "😀", "👨\u{200d}👩", " anak-anak ", " twenty-five ",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| c.to_string()),
    ];
    let text = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..many).map(|_| text.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn both_engines_agree_on_any_text() {
    let folder = Folder::new(&["id", "en"]);
    let texts = texts(6_000);
    let mut known = 0;
    let mut wrong = String::new();
    for (text, words) in texts.iter().zip(in_javascript(&folder.rules(), &texts)) {
        let Some(words) = words else { continue };
        known += 1;
        let found: Vec<&str> = words.iter().map(|word| word["key"].as_str().unwrap()).collect();
        let expected = keys(&folder, text);
        if found != expected {
            writeln!(wrong, "{text:?}\n  Rust {expected:?}\n  JS   {found:?}").unwrap();
        }
    }
    assert!(known > 3_000, "most texts are known to both: {known}");
    assert!(wrong.is_empty(), "{wrong}");
}

proptest! {
    #[test]
    fn folding_words_again_changes_nothing(words in prop::collection::vec("[a-zA-Z]{2,9}|[éüğøßаеорс]{2,6}|[a-z]{4}[0-9]{2}|[0-9]{4}", 0..9)) {
        let folder = Folder::new(&["id", "en"]);
        let once = keys(&folder, &words.join(", "));
        prop_assert_eq!(keys(&folder, &once.join(", ")), once);
    }

    #[test]
    fn case_and_hidden_characters_change_nothing(text in "[a-zA-Z0-9 .,!-]{0,40}") {
        let folder = Folder::new(&["id", "en"]);
        let expected = keys(&folder, &text);
        prop_assert_eq!(keys(&folder, &text.to_lowercase().replace('#', " ")), expected.clone());
        let hidden: String = text.chars().flat_map(|c| [c, '\u{200b}']).collect();
        prop_assert_eq!(keys(&folder, &hidden), expected);
    }
}

/// What Unicode takes for the Latin letters that a letter looks like.
fn looks_like(c: char) -> Option<String> {
    let skeleton: String =
        unicode_security::skeleton(&c.to_string()).nfd().filter(|c| !is_combining_mark(*c)).collect();
    let is_latin = !skeleton.is_empty() && skeleton.chars().all(|c| c.is_ascii_alphabetic());
    let is_capital_i = skeleton == "l" && (c.is_uppercase() || "ꓲꟾ".contains(c)) && c != 'Ł';
    if is_capital_i {
        return Some("i".to_owned());
    }
    is_latin.then(|| skeleton.to_lowercase().replace("rn", "m"))
}

#[test]
fn every_letter_that_looks_latin_is_in_the_table() {
    let mut tested = 0;
    for c in '\u{80}'..=char::MAX {
        let plain: String = c.nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect();
        if plain != c.to_string() || !c.is_alphabetic() || c.is_numeric() {
            continue;
        }
        let Some(expected) = looks_like(c) else { continue };
        // A letter of fonts made of small capitals, where Unicode sees a barred r.
        let expected = if matches!(c, 'ғ' | 'Ғ') { "f".to_owned() } else { expected };
        tested += 1;
        let small: Vec<char> = c.to_lowercase().collect();
        let own = SCRIPT.alike(c).or_else(|| SCRIPT.alike(small[0]));
        let differs = own != Some(expected.as_str());
        assert!(!differs, "{c} U+{:04X} looks like {expected}, not {own:?}", u32::from(c));
    }
    assert!(tested > 600, "{tested}");
}

#[test]
fn the_forms_of_a_word_meet() {
    let folder = Folder::new(&["id", "en"]);
    let groups = [
        "vaksin memvaksin divaksin vaksinasi memvaksinasi divaksinasi divaksinkan pemvaksinan vaksinnya",
        "tulis menulis ditulis penulis penulisan menuliskan tulisan",
        "kirim mengirim dikirim pengiriman kiriman mengirimkan",
        "racun beracun keracunan meracuni",
        "pilih memilih pemilihan dipilih pilihan pemilih",
        "teror teroris terorisme meneror",
        "legal legalisasi",
        "terima menerima diterima penerimaan",
        "larang melarang larangan dilarang pelarangan",
        "imigran imigrasi",
        "tolak menolak ditolak penolakan",
        "sebar menyebar menyebarkan penyebaran tersebar disebarkan",
    ];
    let mut wrong = String::new();
    for group in groups {
        let stems: Vec<String> = group.split(' ').map(|word| folder.stem(word, "id")).collect();
        if stems.iter().any(|stem| *stem != stems[0]) {
            writeln!(wrong, "{group}: {stems:?}").unwrap();
        }
    }
    for (one, other) in [("vaccinated", "vaccinate"), ("towers", "tower"), ("spreading", "spread")] {
        assert_eq!(folder.stem(one, "en"), folder.stem(other, "en-GB"));
    }
    assert_eq!(folder.stem("vaccine", "ja"), "vacine", "no stemmer: the key");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn different_words_do_not_fall_together() {
    let folder = Folder::new(&["id"]);
    let pairs = "organ organisasi sosial sosialisasi publik publikasi perintah rintah nasi vaksinasi operasi opera \
        asi nasi korban korupsi demo demonstrasi komunis komunikasi polisi politik presiden residen \
        tulang ulang karang arang kayu ayu takut akut kapal apal tanah nanah kata mata sakit sakti \
        beras keras racun acung kanan makanan anak tanak ikan tikam informasi formasi reformasi formasi \
        radiasi radio lokasi lokal donasi dona mutasi mutu generasi general imunisasi imigrasi \
        kapitalisme kapitulasi proklamasi proklamir transportasi transisi rakyat rakit minyak minum \
        pemilu pilu menteri materi gubernur guru bupati bukti air akhir hujan ujian beku buku darah daerah \
        susu sisi virus viral jantung gantung kanker kantor";
    let words: Vec<&str> = pairs.split_whitespace().collect();
    assert!(words.len() >= 80);
    let mut wrong = String::new();
    for pair in words.chunks(2) {
        if folder.stem(pair[0], "id") == folder.stem(pair[1], "id") {
            writeln!(wrong, "{pair:?} are both {}", folder.stem(pair[0], "id")).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_tables_are_read_and_small() {
    let folder = Folder::new(&["id-ID", "en"]);
    assert!(folder.is_stop("yang") && folder.is_stop("the") && !folder.is_stop("vaksin"));
    assert!(!folder.is_stop("who") && !folder.is_stop("as"), "WHO and AS are names");
    assert!(!Folder::new(&["en"]).is_stop("yang"));
    let rules = folder.rules();
    assert!(rules["chat"].as_str().unwrap().starts_with("yg yang "));
    assert!(!SCRIPT.is_dropped('a') && SCRIPT.is_dropped('\u{200b}'));
    assert_eq!(letters::clean("é").len(), 1);
    let bytes = serde_json::to_vec(&rules).unwrap();
    assert!(bytes.len() < 10_000, "{} bytes", bytes.len());
}

#[test]
fn a_line_of_five_megabytes_takes_its_time_and_no_more() {
    let folder = Folder::new(&["id", "en"]);
    let start = Instant::now();
    for part in ["v@", "1.", "1 000 ", "a ", "е\u{301}", "dua ", "a!", "10 ribu "] {
        folder.words(&part.repeat(5_000_000 / part.len() / 8));
    }
    folder.words(&"vaksin aman ".repeat(420_000));
    let took = start.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");
}

/// `cargo test --profile release --lib lookup::fold -- --ignored --nocapture` says how fast it is.
#[test]
#[ignore = "a measurement"]
fn words_in_a_second() {
    let folder = Folder::new(&["id", "en"]);
    let text =
        "Pesan berantai mengklaim vaksin COVID-19 mengandung chip 5G dan sudah 10.000 orang meninggal ";
    for text in [text.repeat(20_000), text.replace("chip", "сhір").repeat(20_000)] {
        let start = Instant::now();
        let words = folder.words(&text).len();
        println!("{:.2} million words/s", words as f64 / start.elapsed().as_secs_f64() / 1e6);
    }
}
