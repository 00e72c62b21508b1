//! No more problems of one file than anybody reads.

use std::collections::BTreeMap;

use super::{Code, Diagnostic};

/// How many problems of one kind are told of one file: nobody reads further.
pub const MOST: usize = 200;

/// The problems of one file, of each kind at most [`MOST`]; the last of them says how many more there are.
#[derive(Debug, Default)]
pub struct Few {
    found: Vec<Diagnostic>,
    /// How many of a kind there are, and where the last one that is told stands.
    counts: BTreeMap<Code, (usize, usize)>,
}

impl Few {
    /// Adds a problem, which is made only if it is told.
    pub fn add(&mut self, code: Code, make: impl FnOnce() -> Diagnostic) {
        let (count, last) = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST {
            *last = self.found.len();
            self.found.push(make());
        } else if let Some(last) = self.found.get_mut(*last) {
            last.leave_out(*count - MOST, "of this kind in this file");
        }
    }

    /// The problems in the order in which they came.
    pub fn told(self) -> Vec<Diagnostic> {
        self.found
    }
}

impl Diagnostic {
    /// Says how many further problems are left out; called again with each of them.
    pub(crate) fn leave_out(&mut self, count: usize, which: &str) {
        if count > 1 {
            self.help.pop();
        }
        let (problems, are) = if count == 1 { ("problem", "is") } else { ("problems", "are") };
        self.help.push(format!("{count} more {problems} {which} {are} left out"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_kind_the_first_are_told_and_the_others_counted() {
        let mut few = Few::default();
        let mut made = 0;
        for number in 0..MOST + 7 {
            few.add(Code::BrokenLink, || {
                made += 1;
                Diagnostic::file(Code::BrokenLink, "a.md", number.to_string()).help("own")
            });
        }
        few.add(Code::RawHtml, || Diagnostic::file(Code::RawHtml, "a.md", "x"));
        let told = few.told();
        assert_eq!((told.len(), made), (MOST + 1, MOST));
        assert_eq!(told[MOST - 1].help, ["own", "7 more problems of this kind in this file are left out"]);
        assert!(told[MOST - 2].help.len() == 1 && told[MOST].help.is_empty());
    }
}
