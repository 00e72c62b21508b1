use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::lookup::Shards;

fn text(claim: &str) -> Text<'_> {
    Text { lang: "id", claim, title: "", finding: "", claimant: "", topics: &[] }
}

fn index(claims: &[&str]) -> Index {
    let texts: Vec<Text<'_>> = claims.iter().map(|claim| text(claim)).collect();
    Index::build(&Arc::new(Folder::new(&["id", "en"])), &texts)
}

fn found(index: &Index, asked: &str) -> Vec<usize> {
    index.find(asked, 10, |_| true).hits.iter().map(|hit| hit.claim).collect()
}

const DESK: [&str; 8] = [
    "Vaksin covid mengandung chip magnetik pelacak",
    "Air rebusan bawang putih menyembuhkan covid",
    "Pemerintah membagikan bantuan tunai 10 juta rupiah kepada petani",
    "Foto banjir Jakarta menunjukkan buaya berenang di Bundaran",
    "Gempa besar akan melanda Bandung minggu depan menurut ramalan",
    "Presiden menandatangani kenaikan harga bensin minggu ini",
    "Minum kopi setiap pagi mencegah penyakit jantung",
    "Gubernur melarang sepeda motor masuk kota mulai Januari",
];

#[test]
fn words_lead_to_claims() {
    let index = index(&DESK);
    assert_eq!(found(&index, "chip vaksin"), [0]);
    assert_eq!(found(&index, "banjir jakarta buaya"), [3]);
    assert_eq!(found(&index, "Gempa Bandung"), [4]);
    assert_eq!(found(&index, "kata yang hilang semua"), [] as [usize; 0]);
    assert_eq!(found(&index, ""), [] as [usize; 0]);
    assert_eq!(found(&index, "!!! ..."), [] as [usize; 0]);
}

#[test]
fn the_later_of_equals_comes_first() {
    let index = index(&["gempa besar", "banjir besar", "gempa besar"]);
    assert_eq!(found(&index, "gempa"), [2, 0]);
}

#[test]
fn typing_errors_and_beginnings_lead_to_claims() {
    let index = index(&DESK);
    for (asked, claim) in [
        ("gubenur", 7),
        ("guberunr", 7),
        ("ugbernur", 7),
        ("bernenang", 3),
        ("kpresiden", 5),
        ("presdien", 5),
        ("magnet", 0),
        ("dibuaya", 3),
        ("jantungnya", 6),
        ("berkopi", 6),
    ] {
        assert_eq!(found(&index, asked), [claim], "{asked}");
    }
    let typed =
        |asked: &str| index.find_typed(asked, true, 10, |_| true).hits.iter().map(|hit| hit.claim).collect();
    assert_eq!(found(&index, "foto jaka"), [3]);
    let hits: Vec<usize> = typed("buaya jak");
    assert_eq!(hits, [3]);
    let hits: Vec<usize> = typed("gem");
    assert_eq!(hits, [4]);
}

#[test]
fn a_claim_is_found_inside_a_message() {
    let index = index(&DESK);
    let around =
        "assalamualaikum bapak ibu sekalian mohon izin meneruskan kabar penting dari saudara di rumah sakit ";
    let message = format!(
        "{around} katanya buaya terlihat sewaktu banjir di jakarta {around} sebarkan segera {around}"
    );
    assert_eq!(found(&index, &message).first(), Some(&3));
}

#[test]
fn only_wanted_claims_are_found() {
    let index = index(&["gempa besar", "gempa kecil"]);
    let hits = index.find("gempa", 10, |claim| claim == 0).hits;
    assert_eq!(hits.iter().map(|hit| hit.claim).collect::<Vec<_>>(), [0]);
    assert_eq!(index.find("gempa", 0, |_| true).hits, []);
}

#[test]
fn what_nobody_may_ask_for_harms_nothing() {
    let index =
        index(&["__proto__ constructor", "toString valueOf hasOwnProperty", "\u{0}\"\\</script>", ""]);
    assert_eq!(found(&index, "constructor"), [0]);
    assert_eq!(found(&index, "hasownproperty"), [1]);
    for text in index.publish().words.iter().chain(&index.publish().stems).chain(&index.publish().grams) {
        assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{text}");
    }
    let long: String = (0..400_000).map(|number| ["kata", &number.to_string(), " "].concat()).collect();
    assert!(index.find(&long, 10, |_| true).hits.is_empty());
}

#[test]
fn an_index_of_nothing_answers() {
    let index = index(&[]);
    assert!(index.is_empty());
    assert_eq!(index.find("gempa", 10, |_| true), Found::default());
    assert_eq!((index.related(0, 5, |_| true), index.alike(0, |_| true)), (vec![], vec![]));
    assert_eq!(index.publish().words, ["{}"]);
}

#[test]
fn related_claims_share_rare_words() {
    let index = index(&[
        "Vaksin covid mengandung chip magnetik",
        "Chip magnetik di vaksin bisa dilacak lewat telepon",
        "Foto banjir di Jakarta adalah foto lama",
        "Banjir Jakarta karena tanggul jebol",
        "Harga bensin turun besok",
    ]);
    let related = |claim: usize| -> Vec<usize> {
        index.related(claim, 5, |_| true).iter().map(|hit| hit.claim).collect()
    };
    assert_eq!(related(0), [1]);
    assert_eq!(related(1), [0]);
    assert_eq!(related(2), [3]);
    assert_eq!(related(4), [] as [usize; 0]);
    assert!(index.related(0, 5, |claim| claim != 1).is_empty());
}

#[test]
fn claims_that_may_be_the_same() {
    let index = index(&[
        "Bantuan tunai 10 juta rupiah dibagikan kepada petani",
        "Petani mendapat bantuan tunai 10 juta rupiah",
        "Bantuan tunai 20 juta rupiah dibagikan kepada petani",
        "Bantuan tunai 10 juta rupiah tidak dibagikan kepada petani",
        "Kucing hitam membawa sial",
        "Kucing hitam bawa sial!",
        "Presiden naik kereta ke Bandung",
    ]);
    let alike =
        |claim: usize| -> Vec<usize> { index.alike(claim, |_| true).iter().map(|alike| alike.0).collect() };
    assert_eq!(alike(0), [1]);
    assert_eq!(alike(1), [0]);
    assert_eq!(alike(2), [] as [usize; 0]);
    assert_eq!(alike(3), [] as [usize; 0]);
    assert_eq!(alike(6), [] as [usize; 0]);
}

#[test]
fn claims_are_cut_into_shards_as_announced() {
    let claims: Vec<String> =
        (0..100).map(|number| format!("klaim{number} tentang hal{}", number % 7)).collect();
    let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
    let (published, shards) = (index(&claims).publish(), Shards::of(100));
    assert_eq!(
        (published.words.len(), published.stems.len(), published.grams.len()),
        (shards.words, shards.stems, shards.grams)
    );
}

#[test]
fn those_that_nobody_wants_take_no_place_among_alike_claims() {
    let index = index(&["Kucing hitam membawa sial"; 40]);
    let alike = |claim: usize| -> Vec<usize> {
        index.alike(claim, |other| other < claim).iter().map(|alike| alike.0).collect()
    };
    assert_eq!(alike(2), [1, 0]);
    assert_eq!(alike(0), [] as [usize; 0]);
}

/// Words of which random claims are made.
const WORDS: [&str; 24] = [
    "gempa",
    "banjir",
    "vaksin",
    "memvaksin",
    "vaksinasi",
    "presiden",
    "gubernur",
    "10",
    "20",
    "tidak",
    "chip",
    "jakarta",
    "bandung",
    "harga",
    "kenaikan",
    "naik",
    "bantuan",
    "tunai",
    "petani",
    "pertanian",
    "covid",
    "foto",
    "buaya",
    "kopi",
];

fn claim() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..8).prop_map(|words| words.join(" "))
}

/// The texts after an edit: those that stay by their position, and new ones.
fn edit() -> impl Strategy<Value = Vec<Result<prop::sample::Index, String>>> {
    prop::collection::vec(
        prop_oneof![4 => any::<prop::sample::Index>().prop_map(Ok), 1 => claim().prop_map(Err)],
        0..14,
    )
}

fn all(index: &Index) -> String {
    let asked = WORDS.iter().map(|word| format!("{word} gempar vksin")).chain([WORDS.join(" ")]);
    let asked = asked.chain(WORDS.iter().map(|word| (*word).to_owned()));
    let found: Vec<Found> = asked.map(|asked| index.find_typed(&asked, true, 9, |_| true)).collect();
    let related: Vec<_> = (0..index.len())
        .map(|claim| (index.related(claim, 4, |_| true), index.alike(claim, |_| true)))
        .collect();
    format!("{found:?} {related:?} {:?}", index.publish())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_update_equals_a_new_index(
        first in prop::collection::vec(claim(), 0..12),
        edits in prop::collection::vec(edit(), 1..5),
    ) {
        let folder = Arc::new(Folder::new(&["id", "en"]));
        let mut claims = first;
        let texts: Vec<Text<'_>> = claims.iter().map(|claim| text(claim)).collect();
        let mut index = Index::build(&folder, &texts);
        for edit in edits {
            let known: Vec<Option<usize>> = edit.iter().map(|step| match step {
                Ok(old) if !claims.is_empty() => Some(old.index(claims.len())),
                _ => None,
            }).collect();
            let next: Vec<String> = edit.iter().zip(&known).map(|(step, known)| match (step, known) {
                (Err(new), _) => new.clone(),
                (_, Some(old)) => claims[*old].clone(),
                _ => String::new(),
            }).collect();
            index = index.update(&known, |position| text(&next[position]));
            claims = next;
            let texts: Vec<Text<'_>> = claims.iter().map(|claim| text(claim)).collect();
            prop_assert_eq!(all(&index), all(&Index::build(&folder, &texts)));
        }
    }
}
