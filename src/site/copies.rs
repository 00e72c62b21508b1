//! Pictures that are made from those of `content/`.

/// A copy of a picture of `content/`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Copy {
    /// The picture's path from `content/`.
    pub path: String,
    /// How many pixels wide the copy is.
    pub width: usize,
    /// The SHA-256 of the picture: another picture under the same name is copied anew.
    pub sha256: String,
}

/// How a picture is saved that Meja draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Encoding {
    /// WebP for small screens.
    Small,
    WebP,
    Jpeg,
}

impl Encoding {
    /// Each, the lighter first.
    pub const ALL: [Self; 3] = [Self::Small, Self::WebP, Self::Jpeg];

    /// The ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small.webp",
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
        }
    }
}
