//! Heads of columns, and which field each has.

use std::collections::BTreeMap;

/// Which column has what: a field of [`FIELDS`] to the head of its column.
pub type Columns = BTreeMap<String, String>;

/// Which columns of a table were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    /// The file.
    pub file: String,
    /// Each field that was found, with the head of its column.
    pub used: BTreeMap<&'static str, String>,
    /// The heads that no field was found for.
    pub unused: Vec<String>,
}

/// What a column can hold, and the heads by which it is known without being told. Where a table has several of
/// them, the first of the list is taken: `status` may be many things, `putusan` is one.
pub const FIELDS: &[(&str, &[&str])] = &[
    (
        "claim",
        &[
            "claim",
            "claimreviewed",
            "claim reviewed",
            "claim text",
            "klaim",
            "isi klaim",
            "teks klaim",
            "bunyi klaim",
            "kutipan klaim",
            "klaim yang diperiksa",
            "statement",
            "pernyataan",
            "narasi",
            "isi narasi",
            "isi hoaks",
        ],
    ),
    (
        "claimant",
        &[
            "claimant",
            "pengklaim",
            "pembuat klaim",
            "speaker",
            "claim author",
            "claimed by",
            "claim source",
            "sumber klaim",
            "asal klaim",
        ],
    ),
    ("claimed_on", &["claimed on", "claim date", "claimdate", "date of claim", "tanggal klaim", "tgl klaim"]),
    (
        "appearances",
        &["appearances", "appearance", "claim url", "claim link", "tautan klaim", "link klaim", "url klaim"],
    ),
    (
        "rating",
        &[
            "rating",
            "verdict",
            "putusan",
            "textualrating",
            "textual rating",
            "ruling",
            "assessment",
            "label",
            "peringkat",
            "penilaian",
            "hasil cek fakta",
            "hasil cek",
            "hasil pemeriksaan",
            "hasil periksa",
            "hasil",
            "result",
            "status klaim",
            "status",
        ],
    ),
    ("value", &["value", "ratingvalue", "rating value"]),
    ("best", &["best", "bestrating", "best rating"]),
    ("worst", &["worst", "worstrating", "worst rating"]),
    (
        "finding",
        &[
            "finding",
            "findings",
            "temuan",
            "conclusion",
            "kesimpulan",
            "simpulan",
            "explanation",
            "penjelasan",
            "faktanya",
            "fakta",
        ],
    ),
    (
        "sources",
        &[
            "sources",
            "source",
            "references",
            "reference",
            "evidence",
            "rujukan",
            "daftar rujukan",
            "tautan rujukan",
            "link rujukan",
            "referensi",
            "sumber",
            "bukti",
        ],
    ),
    (
        "url",
        &[
            "url",
            "review url",
            "article url",
            "permalink",
            "url artikel",
            "tautan artikel",
            "link artikel",
            "link",
            "tautan",
        ],
    ),
    ("title", &["title", "headline", "article title", "judul", "judul artikel", "judul berita"]),
    ("summary", &["summary", "excerpt", "ringkasan", "description", "deskripsi"]),
    (
        "date",
        &[
            "date",
            "date published",
            "datepublished",
            "published",
            "published at",
            "published on",
            "publish date",
            "publication date",
            "review date",
            "reviewdate",
            "tanggal terbit",
            "tgl terbit",
            "tanggal publikasi",
            "tgl publikasi",
            "tanggal tayang",
            "tgl tayang",
            "tanggal",
            "tgl",
            "terbit",
        ],
    ),
    (
        "updated",
        &[
            "updated",
            "updated at",
            "last updated",
            "datemodified",
            "date modified",
            "diperbarui",
            "tanggal diperbarui",
            "tgl diperbarui",
        ],
    ),
    (
        "authors",
        &[
            "authors",
            "author",
            "byline",
            "fact checker",
            "checked by",
            "penulis",
            "nama penulis",
            "pemeriksa fakta",
            "pemeriksa",
            "wartawan",
            "reporter",
        ],
    ),
    ("language", &["language", "lang", "bahasa", "inlanguage", "languagecode"]),
    (
        "topics",
        &["topics", "topic", "topik", "tema", "tags", "tag", "category", "categories", "kategori", "rubrik"],
    ),
    (
        "body",
        &[
            "body",
            "article text",
            "full text",
            "isi artikel",
            "isi berita",
            "isi",
            "content",
            "konten",
            "naskah",
            "text",
            "teks",
            "article",
            "artikel",
        ],
    ),
    ("media", &["media", "image", "image url", "picture", "gambar", "foto", "video"]),
];

/// A head as it is compared.
pub(super) fn folded(head: &str) -> String {
    let words = head.to_lowercase().replace(['_', '-'], " ");
    let words = words.trim_end_matches([':', '*', '.', '?', ' ']);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The head of each field's column: as it was told, or as it is known. What was told of one field is no other's.
pub(super) fn resolved(heads: &[&str], columns: &Columns) -> BTreeMap<&'static str, String> {
    let folds: Vec<String> = heads.iter().map(|head| folded(head)).collect();
    let at = |name: &str| folds.iter().position(|fold| fold == name);
    let told: Vec<usize> = columns.values().filter_map(|head| at(&folded(head))).collect();
    let mut found = BTreeMap::new();
    for (field, known) in FIELDS {
        let place = match columns.get(*field) {
            Some(head) => at(&folded(head)),
            None => known.iter().find_map(|name| at(name).filter(|place| !told.contains(place))),
        };
        found.extend(place.map(|place| (*field, heads[place].to_owned())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Columns, FIELDS, folded, resolved};

    #[test]
    fn no_head_is_known_twice() {
        let mut all: Vec<&str> = FIELDS.iter().flat_map(|(_, heads)| heads.iter().copied()).collect();
        let count = all.len();
        assert!(all.iter().all(|head| folded(head) == *head));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(FIELDS.iter().all(|(field, heads)| heads.contains(&folded(field).as_str())));
    }

    #[test]
    fn heads_of_desks_are_known() {
        let heads = [
            "No",
            "Isi Klaim",
            "Judul_Artikel:",
            "Tgl Terbit",
            "Status",
            "Hasil Cek",
            "PENJELASAN",
            "Rujukan",
        ];
        let found = resolved(&heads, &Columns::new());
        let of = |field: &str| found.get(field).map(String::as_str);
        assert_eq!(
            (of("claim"), of("title"), of("date")),
            (Some("Isi Klaim"), Some("Judul_Artikel:"), Some("Tgl Terbit"))
        );
        assert_eq!(
            (of("rating"), of("finding"), of("sources")),
            (Some("Hasil Cek"), Some("PENJELASAN"), Some("Rujukan"))
        );
        let told = Columns::from([("claim".to_owned(), "isi".to_owned())]);
        assert_eq!(resolved(&["Isi", "Klaim"], &told), [("claim", "Isi".to_owned())].into());
    }
}
