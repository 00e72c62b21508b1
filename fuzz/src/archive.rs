//! What holds of every import.

use std::collections::BTreeMap;

use meja::content::{self, Document, Files, Party};
use meja::diagnostic::{Severity, any_error};
use meja::digest::sha256;
use meja::import::{self, Columns, Format, Memory, Named, Plan, Ratings, Taken};

use crate::{LONGEST, said, settings};

/// Reads an archive, plans its files, reads these as the desk would, and imports once more.
pub fn holds(format: Format, data: &[u8]) {
    if data.len() > LONGEST {
        return;
    }
    let nothing = BTreeMap::new();
    let plan = planned(format, data, Taken::default(), Memory::default(), &nothing);
    let mut written = BTreeMap::new();
    let mut taken = Taken::default();
    for file in &plan.files {
        let path = file.path.strip_prefix("content/").expect("a path of the desk");
        let parts: Vec<&str> = path.split('/').collect();
        let is_plain =
            |part: &&str| !part.starts_with('.') && !part.contains(['\\', ':', '\0']) && !part.is_empty();
        assert!(parts.len() == 2 && parts.iter().all(is_plain) && path.ends_with(".md"), "{path}");
        let standing = written.insert(file.path.clone(), sha256(file.text.as_bytes()));
        assert!(standing.is_none(), "{path} is written twice");
        let read =
            content::read_as(path, file.text.clone(), settings(), &Files::default()).expect("a document");
        said::holds(&read.diagnostics);
        let errors = read.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        let errors: Vec<_> = errors.map(|found| (found.code, &found.message)).collect();
        assert!(!any_error(&read.diagnostics), "{errors:?}\n{}", file.text);
        take(&mut taken, read.document.expect("a document"), &file.path);
    }
    let remembered = Memory::read(&plan.memory.clone().settled().text()).expect("its own memory");
    if let Some(map) = &plan.ratings {
        Ratings::read(map, &settings().scale).expect("its own map");
    }
    plan.tally.text();
    let again = planned(format, data, taken, remembered, &written);
    let paths: Vec<&str> = again.files.iter().map(|file| file.path.as_str()).collect();
    assert!(paths.is_empty(), "a second run writes {paths:?}");
}

fn planned(
    format: Format,
    data: &[u8],
    taken: Taken,
    memory: Memory,
    written: &BTreeMap<String, String>,
) -> Plan {
    let found = import::read(format, "archive", data, &Columns::new());
    let standing = |path: &str| written.get(path).cloned();
    let map = Ratings::default();
    import::plan(format, found, None, settings(), taken, memory, (&map, None), &standing, &|| {})
}

/// What a file takes away from others, as the program sees it before an import.
fn take(taken: &mut Taken, document: Document, path: &str) {
    let at = || path.to_owned();
    match document {
        Document::Article(article) => {
            taken.articles.insert(article.slug.clone(), at());
            taken.claims.extend(article.claims.iter().map(|claim| (claim.id.clone(), at())));
            taken.aliases.extend(article.aliases.iter().map(|alias| (alias.clone(), at())));
            let authors = article.authors.iter().map(|name| (Named::Author, name));
            let topics = article.topics.iter().map(|name| (Named::Topic, name));
            let claimants = article.claims.iter().filter_map(|claim| claim.claimant.as_ref());
            let claimants = claimants.map(|party| match party {
                Party::Named(name) => (Named::Claimant, name),
                Party::Described(about) => (Named::Claimant, &about.name),
            });
            let names = authors.chain(topics).chain(claimants);
            taken.names.extend(names.map(|(kind, name)| (kind, name.clone(), at())));
        }
        Document::Page(page) => {
            taken.pages.insert(page.slug.clone(), at());
            taken.aliases.extend(page.aliases.iter().map(|alias| (alias.clone(), at())));
        }
        Document::Person(person) => {
            taken.people.insert(person.id.clone(), person.description.name.clone());
        }
    }
}
