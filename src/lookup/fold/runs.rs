//! Cutting into pieces: letters, digits, and letters of scripts that write no spaces.

use super::letters::lower;
use super::rules::{Numeral, SCRIPT, Words};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Letters,
    Digits,
    /// Of a script that writes no spaces.
    Spaceless,
}

/// A stretch of one kind, in lower case, with its place among the cleaned characters.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All pieces of a text.
pub(super) fn pieces(chars: &[char], words: &Words) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(chars.len() / 6 + 1);
    let mut at = 0;
    while at < chars.len() {
        if !is_in_word(chars[at]) {
            at += 1;
            continue;
        }
        let end = end_of_run(chars, at);
        cut(chars, at, end, words, &mut pieces);
        at = end;
    }
    spelled(chars, pieces)
}

fn is_in_word(c: char) -> bool {
    SCRIPT.is_word(c) && !SCRIPT.is_apostrophe(c)
}

fn is_letter(c: Option<&char>) -> bool {
    c.is_some_and(|c| is_in_word(*c) && !c.is_ascii_digit())
}

fn end_of_run(chars: &[char], start: usize) -> usize {
    let mut at = start + 1;
    while at < chars.len() {
        let c = chars[at];
        let goes_on = is_in_word(c)
            || (is_letter(chars.get(at - 1))
                && is_letter(chars.get(at + 1))
                && (SCRIPT.is_apostrophe(c) || (SCRIPT.is_sign(c) && is_sign_a_letter(chars, at))));
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a sign between letters is one: `@` not in an address, `!` not between two words.
fn is_sign_a_letter(chars: &[char], at: usize) -> bool {
    match chars[at] {
        '@' => {
            let end = (at + 1..chars.len()).find(|end| !is_in_word(chars[*end])).unwrap_or(chars.len());
            !(chars.get(end) == Some(&'.') && is_letter(chars.get(end + 1)))
        }
        '!' => {
            !(is_letter(chars.get(at + 2)) && is_letter(chars.get(at + 3)))
                || at < 3
                || !(is_letter(chars.get(at - 2)) && is_letter(chars.get(at - 3)))
        }
        _ => true,
    }
}

fn cut(chars: &[char], start: usize, end: usize, words: &Words, pieces: &mut Vec<Piece>) {
    let raw = &chars[start..end];
    if raw.iter().all(char::is_ascii_alphabetic) && !(start > 0 && chars[start - 1] == '#') {
        let text = raw.iter().map(char::to_ascii_lowercase).collect();
        pieces.push(Piece { kind: Kind::Letters, text, start, end });
        return;
    }
    let places: Vec<usize> = (start..end).filter(|at| !SCRIPT.is_apostrophe(chars[*at])).collect();
    let run: Vec<char> = places.iter().map(|at| chars[*at]).collect();
    let twice = place_of_twice(&run, words);
    let has_leet = twice.is_none() && has_leet(&run, words);
    let ascii = run.iter().all(char::is_ascii);
    let is_tag = start > 0 && chars[start - 1] == '#';
    let borders: Vec<bool> = (0..run.len())
        .map(|at| is_tag && at > 0 && run[at - 1].is_lowercase() && run[at].is_uppercase())
        .collect();
    let single = |at: usize, run: &[char]| {
        !run[at].is_ascii_digit()
            || (has_leet
                && !(at > 0 && run[at - 1].is_ascii_digit())
                && !run.get(at + 1).is_some_and(char::is_ascii_digit))
    };
    let letters: Vec<bool> = (0..run.len()).map(|at| single(at, &run)).collect();
    let folded: Vec<String> = if ascii { Vec::new() } else { lower(&run) };
    let mut last: Option<Piece> = None;
    for at in 0..run.len() {
        if twice == Some(at) {
            continue;
        }
        let c = run[at];
        let kind = match letters[at] {
            false => Kind::Digits,
            true if SCRIPT.is_spaceless(c) => Kind::Spaceless,
            true => Kind::Letters,
        };
        if borders[at] || last.as_ref().is_none_or(|last| last.kind != kind) {
            pieces.extend(last.take());
        }
        let place = places[at];
        let piece = last.get_or_insert_with(|| Piece { kind, text: String::new(), start: place, end: place });
        piece.end = place + 1;
        match (kind, SCRIPT.leet(c)) {
            (Kind::Letters, Some(letter)) => piece.text.push(letter),
            _ => match folded.get(at) {
                Some(text) => piece.text.push_str(text),
                None => piece.text.push(c.to_ascii_lowercase()),
            },
        }
    }
    pieces.extend(last);
}

/// The place of a 2 that says "twice" (`anak2`, `anak2nya`).
fn place_of_twice(run: &[char], words: &Words) -> Option<usize> {
    if words.twice.is_empty() {
        return None;
    }
    let at = run.iter().position(|c| !is_letter(Some(c)))?;
    let rest: String = run[at + 1..].iter().map(char::to_ascii_lowercase).collect();
    let is_twice = at > 2 && run[at] == '2' && (rest.is_empty() || words.twice.contains(&rest));
    is_twice.then_some(at)
}

/// Whether digits or signs stand for letters: a sign or a single digit between letters says so, unless a
/// word for thousands or millions follows (`Rp5jt`).
fn has_leet(run: &[char], words: &Words) -> bool {
    let is_scale = |rest: &[char]| {
        let rest: String = rest.iter().map(char::to_ascii_lowercase).collect();
        matches!(words.numbers.get(&rest), Some(Numeral::Scale(_)))
    };
    (1..run.len()).any(|at| {
        SCRIPT.is_sign(run[at])
            || (run[at].is_ascii_digit()
                && is_letter(run.get(at - 1))
                && is_letter(run.get(at + 1))
                && !is_scale(&run[at + 1..]))
    })
}

/// Joins what is spelled out: `v.a.k.s.i.n`, `v a k s i n`.
fn spelled(chars: &[char], pieces: Vec<Piece>) -> Vec<Piece> {
    let is_single = |piece: &Piece| piece.kind == Kind::Letters && piece.end == piece.start + 1;
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // How many of the last pieces are single letters with the same sign between them.
    let mut chain = 0;
    let mut sign = '\0';
    let close = |out: &mut Vec<Piece>, chain: usize, sign: char| {
        if chain < if sign == '.' { 3 } else { 4 } {
            return;
        }
        let tail = out.split_off(out.len() - chain);
        let (start, end) = (tail[0].start, tail[chain - 1].end);
        let text = tail.into_iter().map(|piece| piece.text).collect();
        out.push(Piece { kind: Kind::Letters, text, start, end });
    };
    for piece in pieces {
        let goes_on = is_single(&piece)
            && chain > 0
            && out.last().is_some_and(|last| last.end + 1 == piece.start)
            && (chain == 1 || chars[piece.start - 1] == sign);
        if goes_on {
            sign = chars[piece.start - 1];
            chain += 1;
        } else {
            close(&mut out, chain, sign);
            chain = usize::from(is_single(&piece));
        }
        out.push(piece);
    }
    close(&mut out, chain, sign);
    out
}
