//! What the desk has already.

use std::path::Path;

use meja::config::Config;
use meja::content::{self, Document, Party};
use meja::import::{Named, Taken};

/// What the desk has.
pub(super) fn taken(root: &Path, config: &Config) -> Taken {
    let mut taken = Taken::default();
    let (files, _) = content::walk(root, "content");
    for read in content::read(config, &files) {
        let path = format!("content/{}", read.path);
        match read.document {
            Some(Document::Article(article)) => {
                taken.articles.insert(article.slug.clone(), path.clone());
                for claim in &article.claims {
                    taken.claims.insert(claim.id.clone(), path.clone());
                }
                for alias in &article.aliases {
                    taken.aliases.insert(alias.clone(), path.clone());
                }
                let authors = article.authors.iter().map(|name| (Named::Author, name.clone()));
                let topics = article.topics.iter().map(|name| (Named::Topic, name.clone()));
                let claimants = article.claims.iter().filter_map(|claim| claim.claimant.as_ref());
                let claimants = claimants.map(|claimant| match claimant {
                    Party::Named(name) => (Named::Claimant, name.clone()),
                    Party::Described(about) => (Named::Claimant, about.name.clone()),
                });
                let names = authors.chain(topics).chain(claimants);
                taken.names.extend(names.map(|(kind, name)| (kind, name, path.clone())));
            }
            Some(Document::Page(page)) => {
                taken.pages.insert(page.slug.clone(), path.clone());
                for alias in &page.aliases {
                    taken.aliases.insert(alias.clone(), path.clone());
                }
            }
            Some(Document::Person(person)) => {
                taken.people.insert(person.id.clone(), person.description.name.clone());
            }
            None => {}
        }
    }
    taken
}
