//! The questions of `meja new`, in the languages a site can begin in; English for all others. Errors and the
//! answers to flags stay English.

/// What is asked.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) headline: &'static str,
    pub(super) authors: &'static str,
    pub(super) claim_checked: &'static str,
    pub(super) all_the_same: &'static str,
    pub(super) policy: &'static str,
    pub(super) name: &'static str,
    pub(super) role: &'static str,
    pub(super) person_url: &'static str,
    pub(super) email: &'static str,
    pub(super) article: &'static str,
    pub(super) draft: &'static str,
    pub(super) claim: &'static str,
    pub(super) quote: &'static str,
    pub(super) claimant: &'static str,
    pub(super) verdict: &'static str,
    pub(super) finding: &'static str,
    pub(super) source_title: &'static str,
    pub(super) source_url: &'static str,
    pub(super) publisher: &'static str,
    pub(super) archived: &'static str,
    pub(super) stances: [&'static str; 3],
    pub(super) stance: &'static str,
    pub(super) primary: &'static str,
    /// Behind what may be left out.
    pub(super) may_stay_empty: &'static str,
    /// Behind a question for yes or no, and the letter of each.
    pub(super) yes_or_no: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
}

const ENGLISH: Words = Words {
    headline: "Headline",
    authors: "Authors",
    claim_checked: "The claim it checks",
    all_the_same: "Write it all the same?",
    policy: "The policy it states, such as methodology or funding",
    name: "Name",
    role: "Role",
    person_url: "A page about the person",
    email: "E-mail that readers may see",
    article: "The article, by number or file",
    draft: "draft",
    claim: "The claim, in one sentence",
    quote: "Words of the article it stands on",
    claimant: "Who made the claim",
    verdict: "Verdict, by number or id",
    finding: "What was found, in a sentence or two",
    source_title: "Title of the first source",
    source_url: "Its address",
    publisher: "Who published it",
    archived: "Its archived copy",
    stances: ["it supports the claim", "it refutes the claim", "it gives context"],
    stance: "What it says of the claim, by number",
    primary: "Is it first-hand, such as a law, a record or the data themselves?",
    may_stay_empty: "may stay empty",
    yes_or_no: "y/n",
    yes: "y",
    no: "n",
};

const INDONESIAN: Words = Words {
    headline: "Judul",
    authors: "Penulis",
    claim_checked: "Klaim yang diperiksa",
    all_the_same: "Tetap tulis?",
    policy: "Kebijakan yang dinyatakannya, misalnya methodology atau funding",
    name: "Nama",
    role: "Tugas",
    person_url: "Halaman tentang orang itu",
    email: "Surel yang boleh dilihat pembaca",
    article: "Artikelnya, dengan nomor atau nama berkas",
    draft: "draf",
    claim: "Klaimnya, dalam satu kalimat",
    quote: "Kata-kata artikel yang memuat klaim itu",
    claimant: "Siapa yang membuat klaim itu",
    verdict: "Putusan, dengan nomor atau id",
    finding: "Apa yang ditemukan, dalam satu atau dua kalimat",
    source_title: "Judul sumber pertama",
    source_url: "Alamatnya",
    publisher: "Penerbitnya",
    archived: "Salinan arsipnya",
    stances: ["mendukung klaim", "membantah klaim", "memberi konteks"],
    stance: "Apa kata sumber itu tentang klaim, dengan nomor",
    primary: "Apakah itu sumber langsung, misalnya undang-undang, rekaman, atau datanya sendiri?",
    may_stay_empty: "boleh kosong",
    yes_or_no: "y/t",
    yes: "y",
    no: "t",
};

/// The questions for a desk with this main language.
pub(super) fn words(language: &str) -> &'static Words {
    match language.split('-').next() {
        Some("id") => &INDONESIAN,
        _ => &ENGLISH,
    }
}
