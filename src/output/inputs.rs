//! What a site is made from, as fingerprints: what every file may depend on, and parts that only some do.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::digest::Print;

/// What a build makes its files from.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// What every file may depend on.
    pub common: Print,
    /// What only those files depend on that name it by its place here. Another order of parts is another `common`.
    pub parts: Vec<Print>,
}

/// What one file was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Of all of it: what has the same key would come out the same.
    pub key: Print,
    /// The parts of the inputs that are in it; `None` if there are none.
    pub parts: Option<Arc<Parts>>,
}

impl From<Print> for Origin {
    fn from(key: Print) -> Self {
        Self { key, parts: None }
    }
}

/// The parts of [`Inputs`] that a file depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Their places.
    places: Box<[u32]>,
    /// The fingerprint of what they were.
    print: Print,
}

impl Inputs {
    /// The parts at these places; `None` for no places.
    pub fn only(&self, places: Box<[u32]>) -> Option<Arc<Parts>> {
        if places.is_empty() {
            return None;
        }
        // A part that there is not can have been anything.
        let print = self.print(&places).unwrap_or(self.common);
        Some(Arc::new(Parts { places, print }))
    }

    /// Whether they are as they were.
    pub(super) fn same(&self, parts: &Parts) -> bool {
        self.print(&parts.places) == Some(parts.print)
    }

    fn print(&self, places: &[u32]) -> Option<Print> {
        let mut text = Vec::with_capacity(places.len() * 16);
        for place in places {
            text.extend(self.parts.get(usize::try_from(*place).ok()?)?.bytes());
        }
        Some(Print::of(&text))
    }
}

impl Parts {
    /// As the list of what was made has them: `3,17` and the fingerprint, with a tab between.
    pub(super) fn write(&self, out: &mut String) {
        let mut before = "";
        for place in &self.places {
            let _ = write!(out, "{before}{place}");
            before = ",";
        }
        out.push('\t');
        self.print.write(out);
    }

    /// What [`Parts::write`] wrote.
    pub(super) fn read(places: &str, print: &str) -> Option<Self> {
        let places = places.split(',').map(|place| place.parse().ok()).collect::<Option<_>>()?;
        Some(Self { places, print: print.parse().ok()? })
    }
}
