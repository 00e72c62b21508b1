//! A whole file of `content/`: what is said of it, where, and how that reads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use meja::content::{self, Files};
use meja::source::Source;
use meja::yaml::{self, Node, Part, Spot, Yaml};
use meja_fuzz::{said, settings, text};

/// How many places are looked for: each is a parse.
const PLACES: usize = 24;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    for path in ["articles/a.md", "articles/a.en.md", "pages/a.md", "people/a.md"] {
        // The second to the fourth share most with the first.
        if path != "articles/a.md" && text.len() > 2_000 {
            continue;
        }
        let read = content::read_as(path, text.clone(), settings(), &Files::default()).expect("a document");
        said::holds(&read.diagnostics);
        assert!(
            read.document.is_some() || !read.diagnostics.is_empty(),
            "nothing came of it, and nothing is said"
        );
    }
    let Ok(front) = content::front_matter(Source::new("content/articles/a.md", text)) else { return };
    let Ok(node) = yaml::parse(&front) else { return };
    let mut left = PLACES;
    find_all(&front, &node, &mut Vec::new(), &mut left);
});

/// Looks for every key and value; with debug assertions, both ways of finding must agree.
fn find_all(front: &Yaml, node: &Node, path: &mut Vec<Part>, left: &mut usize) {
    let look = |path: &[Part], spot| {
        let span = front.find(path, spot);
        assert!(front.source.text.get(span.clone()).is_some(), "{path:?} at {span:?}");
        assert!(
            span.start >= front.span.start && span.end <= front.span.end,
            "{path:?} at {span:?} of {:?}",
            front.span
        );
    };
    let step = |part: Part, child: &Node, path: &mut Vec<Part>, left: &mut usize| {
        if *left == 0 {
            return;
        }
        *left -= 1;
        path.push(part);
        look(path, Spot::Key);
        look(path, Spot::Value);
        find_all(front, child, path, left);
        path.pop();
    };
    match node {
        Node::List(items) => {
            for (at, item) in items.iter().enumerate() {
                step(Part::Index(at), item, path, left);
            }
        }
        Node::Map(entries) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                let before = entries[..at].iter().filter(|(other, _)| other == key).count();
                step(Part::Key(key.clone(), before), value, path, left);
            }
        }
        _ => {}
    }
}
