//! The words of what `meja new` writes, in the languages a site can begin in; English for all others.

/// What stands in new files beside what the desk said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// Before the desk's authors.
    pub(super) authors: &'static str,
    /// How a draft is published.
    pub(super) publish: &'static str,
    /// What becomes of the lines that show a claim.
    pub(super) claim: &'static str,
    /// What a quotation is.
    pub(super) quote: &'static str,
    /// A note where the text will be, as the rule `unfinished-text` knows it.
    pub(super) note: &'static str,
}

const ENGLISH: Words = Words {
    authors: "Authors of the desk",
    publish: "take this line away to publish the article",
    claim: "`meja new claim` asks for all of this and puts it in the place of these lines.",
    quote: "words of the text that the claim stands on",
    note: "[TODO: the text]",
};

const INDONESIAN: Words = Words {
    authors: "Penulis redaksi ini",
    publish: "hapus baris ini untuk menerbitkan artikel",
    claim: "`meja new claim` menanyakan semua ini dan menggantikan baris-baris ini.",
    quote: "kata-kata dari teks yang memuat klaim itu",
    note: "[ISI: teks]",
};

/// All of them.
pub(super) const ALL: [&Words; 2] = [&ENGLISH, &INDONESIAN];

/// The words for a desk with this main language.
pub(super) fn words(language: &str) -> &'static Words {
    match language.split('-').next() {
        Some("id") => &INDONESIAN,
        _ => &ENGLISH,
    }
}
