//! A row of the table: what is laid out, and what is wanted of the program.

use crate::desk::Desk;

/// The settings of a row that gives none. Without cards, a desk is built in a moment.
pub const SITE: &str = "\
title: Meja
base_url: https://desk.example.org/
language: en
languages: [id]
timezone: Asia/Jakarta
publisher: {name: Meja}
ratings: tempo
cards: off
";

/// The file of the article of a row that gives none.
pub const A: &str = "content/articles/a.md";

/// An article with these lines in its front matter and this text.
pub fn article(front: &str, body: &str) -> String {
    format!("---\ntitle: Judul\ndate: 2025-01-02\nauthors: [Rina Dewi]\n{front}---\n{body}\n")
}

/// A claim with these further lines, each indented by four spaces.
pub fn claim(more: &str) -> String {
    format!(
        "claims:\n  - id: klaim\n    claim: Kata\n    verdict: benar\n    finding: Temuan.\n{more}    sources: [{{title: Sumber, url: \"https://a.example/\"}}]\n"
    )
}

/// What the program has to say.
#[derive(Debug)]
pub enum Wanted {
    /// The build ends with 1 and these errors, each a code at a file; nothing else is one.
    Errors(Vec<(&'static str, String)>),
    /// The site is built and safe, with these warnings.
    Built(Vec<(&'static str, String)>),
    /// The program ends with this code, and its complaint has these words.
    Ends(i32, &'static str),
}

/// Lays down what no text is; says whether the system lets it.
pub type Lay = Box<dyn Fn(&Desk) -> bool + Send + Sync>;

pub struct Row {
    pub name: String,
    pub files: Vec<(String, Vec<u8>)>,
    /// What no written file can be. It says whether this machine can make it.
    pub lay: Option<Lay>,
    pub wanted: Wanted,
    /// A file of the site, and words that must be in it.
    pub has: Vec<(&'static str, String)>,
    /// Words that must be in no file of the site.
    pub lacks: Vec<String>,
    /// Whether it must be run by somebody who may not read everything.
    pub by_nobody: bool,
}

impl Row {
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            files: Vec::new(),
            lay: None,
            wanted: Wanted::Built(Vec::new()),
            has: Vec::new(),
            lacks: Vec::new(),
            by_nobody: false,
        }
    }

    /// A row with one article, of these lines of front matter.
    pub fn front(name: impl Into<String>, front: impl AsRef<str>) -> Self {
        Self::new(name).file(A, article(front.as_ref(), "Isi."))
    }

    /// A row with one article, of this text.
    pub fn body(name: impl Into<String>, body: impl AsRef<str>) -> Self {
        Self::new(name).file(A, article("", body.as_ref()))
    }

    /// A row with these lines after the usual settings.
    pub fn site(name: impl Into<String>, more: impl AsRef<str>) -> Self {
        Self::new(name).file("site.yaml", format!("{SITE}{}\n", more.as_ref()))
    }

    pub fn file(mut self, path: impl Into<String>, text: impl AsRef<[u8]>) -> Self {
        self.files.push((path.into(), text.as_ref().to_vec()));
        self
    }

    pub fn lay(mut self, lay: impl Fn(&Desk) -> bool + Send + Sync + 'static) -> Self {
        self.lay = Some(Box::new(lay));
        self
    }

    /// An error at the file that was given last.
    pub fn says(self, code: &'static str) -> Self {
        let file = self.files.last().map_or_else(String::new, |(path, _)| path.clone());
        self.says_at(code, file)
    }

    pub fn says_at(mut self, code: &'static str, file: impl Into<String>) -> Self {
        match &mut self.wanted {
            Wanted::Errors(errors) => errors.push((code, file.into())),
            _ => self.wanted = Wanted::Errors(vec![(code, file.into())]),
        }
        self
    }

    /// A warning at a file; the site is built.
    pub fn warns_at(mut self, code: &'static str, file: impl Into<String>) -> Self {
        if let Wanted::Built(warnings) = &mut self.wanted {
            warnings.push((code, file.into()));
        }
        self
    }

    /// A warning at the file that was given last.
    pub fn warns(self, code: &'static str) -> Self {
        let file = self.files.last().map_or_else(String::new, |(path, _)| path.clone());
        self.warns_at(code, file)
    }

    pub fn ends(mut self, code: i32, words: &'static str) -> Self {
        self.wanted = Wanted::Ends(code, words);
        self
    }

    pub fn has(mut self, file: &'static str, words: impl Into<String>) -> Self {
        self.has.push((file, words.into()));
        self
    }

    pub fn lacks(mut self, words: impl Into<String>) -> Self {
        self.lacks.push(words.into());
        self
    }

    pub fn by_nobody(mut self) -> Self {
        self.by_nobody = true;
        self
    }

    /// Lays the desk out. `None` where this machine cannot.
    pub fn desk(&self) -> Option<Desk> {
        let desk = Desk::empty();
        let is_there = |folder: &str| {
            self.files.iter().any(|(path, _)| path == folder || path.starts_with(&format!("{folder}/")))
        };
        if !is_there("site.yaml") {
            desk.write("site.yaml", SITE);
        }
        if !is_there("content") {
            desk.write(A, article("", "Isi."));
        }
        for (path, text) in &self.files {
            desk.write(path, text);
        }
        self.lay.as_ref().is_none_or(|lay| lay(&desk)).then_some(desk)
    }
}
