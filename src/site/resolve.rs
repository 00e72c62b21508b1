//! Where a link inside the site leads.

use super::edition::ClaimRef;
use super::{Position, Site, address};
use crate::config::Lang;
use crate::content::markdown::Body;
use crate::content::{Looked, Size, Status, Target};

/// Why a link cannot lead anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// There is no such thing.
    Missing,
    /// It exists, but is held back.
    Held,
    /// The page exists, but has no such heading or passage.
    NoFragment(String),
}

impl Site {
    /// The path a link leads to from the text `own` in `lang`, with its fragment. A document that has no
    /// version in `lang` is linked in the main language.
    ///
    /// Paths (`/claims/`) are checked against the plan, not here.
    ///
    /// # Errors
    /// Why it leads nowhere.
    pub fn resolve(
        &self,
        target: &Target,
        lang: Lang,
        own: &Body,
        looked: &Looked,
    ) -> Result<(String, Option<String>), Unresolved> {
        match target {
            Target::Fragment(fragment) => {
                if own.ids.iter().any(|id| id == fragment) {
                    Ok((String::new(), Some(fragment.clone())))
                } else {
                    Err(Unresolved::NoFragment(fragment.clone()))
                }
            }
            Target::Claim(id) => match self.find_claim(id, lang) {
                Some(at) => Ok((self.claim_path(at), None)),
                None if self.hidden_claims.contains_key(id) => Err(Unresolved::Held),
                None => Err(Unresolved::Missing),
            },
            Target::File(path) => Ok((address::file(path), None)),
            Target::Path(path, fragment) => Ok((path.clone(), fragment.clone())),
            Target::Document(path, fragment) => {
                let position = self.document_at(path, lang)?;
                if let Some(fragment) = fragment
                    && !self.body_of(position, looked).ids.iter().any(|id| id == fragment)
                {
                    return Err(Unresolved::NoFragment(fragment.clone()));
                }
                Ok((self.path_of(position), fragment.clone()))
            }
        }
    }

    /// The claim with this id in `lang`, or in the main language.
    pub fn find_claim(&self, id: &str, lang: Lang) -> Option<ClaimRef> {
        let find = |lang: Lang| self.editions.get(lang.index()).and_then(|edition| edition.by_id.get(id));
        find(lang).or_else(|| find(Lang::MAIN)).copied()
    }

    /// Whether a claim with this id exists, but is held back.
    pub(crate) fn is_held_claim(&self, id: &str) -> bool {
        self.hidden_claims.contains_key(id)
    }

    /// The path of a claim.
    pub fn claim_path(&self, at: ClaimRef) -> String {
        address::claim(&self.config, self.article_of(at).lang, &self.claim(at).id)
    }

    /// What circulated of a claim, if a marked copy of it is published: its path from `content/`
    /// and its size. A verdict that was taken back is written on nothing.
    pub fn circulated_picture(&self, at: ClaimRef) -> Option<(&str, &Size)> {
        let media = self.claim(at).media.as_ref()?;
        let is_withdrawn = matches!(self.article_of(at).status, Status::Withdrawn { .. });
        media.file.as_deref().zip(media.picture.as_ref()).filter(|_| !is_withdrawn)
    }

    /// The path of an article or page.
    pub fn path_of(&self, position: Position) -> String {
        match position {
            Position::Article(index) => {
                let article = &self.articles[index];
                address::article(&self.config, article.lang, &article.slug)
            }
            Position::Page(index) => {
                let page = &self.pages[index];
                address::page(&self.config, page.lang, &page.slug)
            }
        }
    }

    /// The text of an article or page.
    pub fn body_of(&self, position: Position, looked: &Looked) -> &Body {
        match position {
            Position::Article(index) => self.articles[index].body(looked),
            Position::Page(index) => &self.pages[index].body,
        }
    }

    /// The document a path below `content/` names. `name.md` means the version in the reader's
    /// language, `name.en.md` that version.
    fn document_at(&self, path: &str, lang: Lang) -> Result<Position, Unresolved> {
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let named = stem.rsplit_once('.').and_then(|(key, code)| Some((key, self.config.lang(code)?)));
        let tries: Vec<(&str, Lang)> = match named {
            Some((key, named)) => vec![(key, named), (stem, lang), (stem, Lang::MAIN)],
            None => vec![(stem, lang), (stem, Lang::MAIN)],
        };
        for (key, lang) in &tries {
            if let Some(position) = self.document(key, *lang) {
                return Ok(position);
            }
        }
        let is_held = tries.iter().any(|(key, lang)| self.hidden.contains_key(&((*key).to_owned(), *lang)));
        Err(if is_held { Unresolved::Held } else { Unresolved::Missing })
    }
}
