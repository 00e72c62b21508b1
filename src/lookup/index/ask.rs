//! What a text asks for.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::Folder;
use crate::lookup::tuning::{KEYS, LONG, TEXT};

/// A word that is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) key: String,
    pub(super) times: u32,
    pub(super) letters: usize,
}

/// What a text asks for: its words, each once, in their order.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) words: Vec<Asked>,
    /// It is a message, not a question.
    pub(super) long: bool,
    /// The word that is still being typed.
    pub(super) open: Option<usize>,
}

pub(super) fn ask(folder: &Folder, text: &str, typing: bool) -> Question {
    let text = beginning(text);
    let mut words: Vec<Asked> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut last = None;
    for word in folder.words(text) {
        last = None;
        if folder.is_stop(&word.key) {
            continue;
        }
        let place = *places.entry(word.key).or_insert_with_key(|key| {
            words.push(Asked { key: key.clone(), times: 0, letters: key.chars().count() });
            words.len() - 1
        });
        words[place].times += 1;
        last = Some(place);
    }
    let long = words.len() > LONG;
    let open = last.filter(|_| typing && !long && !text.ends_with([' ', '\t', '\r', '\n']));
    if words.len() > KEYS {
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by_key(|place| (Reverse(words[*place].times), Reverse(words[*place].letters), *place));
        order.truncate(KEYS);
        order.sort_unstable();
        let mut order = order.into_iter().peekable();
        let mut place = 0;
        words.retain(|_| {
            place += 1;
            order.next_if_eq(&(place - 1)).is_some()
        });
    }
    Question { words, long, open }
}

/// The part of a text that is looked at.
fn beginning(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > TEXT
    });
    end.map_or(text, |(end, _)| &text[..end])
}
