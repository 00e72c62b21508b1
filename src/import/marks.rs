//! The marks of Markdown, put where they mean what the HTML meant.
//!
//! Whether `**` begins or ends something depends on the characters on both sides of it
//! (<https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>), and `!` before a link makes a picture of it. While HTML is
//! turned into Markdown only one side is known. So control characters stand for marks, which no text has, until all is
//! put together.

/// Stands before a link or code.
pub(super) const START: char = '\u{1}';
/// Stands for a `~` of the text.
pub(super) const TILDE: char = '\u{8}';

/// What can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Struck,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Strong, Self::Emphasis, Self::Struck];

    fn ends(self) -> (char, char) {
        match self {
            Self::Strong => ('\u{2}', '\u{3}'),
            Self::Emphasis => ('\u{4}', '\u{5}'),
            Self::Struck => ('\u{6}', '\u{7}'),
        }
    }

    fn written(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Struck => "~~",
        }
    }

    /// Marks what stands in one paragraph; white space and line breaks at its ends stay outside.
    pub(super) fn around(self, text: &str) -> String {
        let (start, end) = edges(text);
        let inner = &text[start..end];
        if inner.is_empty() || inner.contains("\n\n") {
            return text.to_owned();
        }
        let (open, close) = self.ends();
        format!("{}{open}{inner}{close}{}", &text[..start], &text[end..])
    }
}

/// Where what is neither white space nor a line break begins and ends.
pub(super) fn edges(text: &str) -> (usize, usize) {
    let (mut start, mut end) = (0, text.len());
    loop {
        let rest = text[start..].trim_start();
        start = text.len() - rest.len();
        if !rest.starts_with("\\\n") {
            break;
        }
        start += 2;
    }
    loop {
        let rest = &text[start.min(end)..end];
        // A backslash of the text is written as two.
        let slashes = |text: &str| text.bytes().rev().take_while(|byte| *byte == b'\\').count();
        match rest.strip_suffix('\n') {
            Some(before) if slashes(before) % 2 == 1 => end -= 2,
            _ if rest.ends_with(char::is_whitespace) => {
                end -= rest.chars().next_back().map_or(0, char::len_utf8);
            }
            _ => return (start.min(end), end),
        }
    }
}

/// A character of the text, with the backslash that may stand before it, or an end of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Char(bool, char),
    Open(Mark),
    Close(Mark),
}

fn char_of(piece: Piece) -> Option<char> {
    match piece {
        Piece::Char(_, c) => Some(c),
        Piece::Open(_) | Piece::Close(_) => None,
    }
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// The ends of a text are as white space.
fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

fn is_sign(c: Option<char>) -> bool {
    !is_word(c) && !is_space(c)
}

/// Writes marks and links. What cannot be marked without touching a link or code is not marked.
pub(super) fn resolved(text: &str) -> String {
    let pieces = once(pieces(text));
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while at < pieces.len() {
        if let Piece::Char(..) = pieces[at] {
            out.push(pieces[at]);
            at += 1;
            continue;
        }
        let end = pieces[at..].iter().position(|piece| matches!(piece, Piece::Char(..)));
        let end = end.map_or(pieces.len(), |length| at + length);
        at = end + usize::from(between(&mut out, &pieces[at..end], pieces.get(end).copied()));
    }
    written(&paired(&out))
}

fn pieces(text: &str) -> Vec<Piece> {
    let chars: Vec<char> = text.chars().collect();
    let mut pieces = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        if c == '`' {
            at = code(&chars, at, &mut pieces);
            continue;
        }
        at += 1;
        pieces.push(match mark_of(c) {
            Some(mark) => mark,
            None if c == '\\' && next.is_some_and(|next| next.is_ascii_punctuation()) => {
                at += 1;
                Piece::Char(true, next.unwrap_or(c))
            }
            None if c == TILDE => Piece::Char(true, '~'),
            None => Piece::Char(false, c),
        });
    }
    pieces
}

/// Without marks within marks of the same sign: where several of them meet, nobody could say which ends what.
fn once(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut open: Vec<Mark> = Vec::new();
    let mut depth = [0_usize; 2];
    let sign = |mark: Mark| usize::from(mark == Mark::Struck);
    let is_outer = |piece: &Piece| match piece {
        Piece::Char(..) => true,
        Piece::Open(mark) => {
            open.push(*mark);
            depth[sign(*mark)] += 1;
            depth[sign(*mark)] == 1
        }
        Piece::Close(mark) => {
            let is_outer = depth[sign(*mark)] == 1;
            if open.pop_if(|other| other == mark).is_some() {
                depth[sign(*mark)] -= 1;
            }
            is_outer
        }
    };
    pieces.into_iter().filter(is_outer).collect()
}

fn mark_of(c: char) -> Option<Piece> {
    Mark::ALL.into_iter().find_map(|mark| match mark.ends() {
        (open, _) if open == c => Some(Piece::Open(mark)),
        (_, close) if close == c => Some(Piece::Close(mark)),
        _ => None,
    })
}

/// Takes code that begins at `start`, where nothing is marked; says where it ends. Code with nothing in it is left out.
fn code(chars: &[char], start: usize, pieces: &mut Vec<Piece>) -> usize {
    let run = |from: usize| chars[from..].iter().take_while(|c| **c == '`').count();
    let length = run(start);
    let inner = start + length;
    let mut end = inner;
    while end < chars.len() {
        match run(end) {
            0 => end += 1,
            other if other == length => break,
            other => end += other,
        }
    }
    let (inside, after) =
        if end < chars.len() { (&chars[inner..end], end + length) } else { (&[][..], inner) };
    let inside = inside.iter().filter(|c| **c != START && mark_of(**c).is_none());
    let inside: Vec<char> = inside.map(|c| if *c == TILDE { '~' } else { *c }).collect();
    if !inside.is_empty() {
        let ticks = vec!['`'; length];
        pieces.extend([&ticks[..], &inside, &ticks].concat().into_iter().map(|c| Piece::Char(false, c)));
    }
    after
}

/// Puts a run of marks between what is there and the character `next`; whether that one was put there as well.
fn between(out: &mut Vec<Piece>, run: &[Piece], next: Option<Piece>) -> bool {
    let mut closes: Vec<Piece> = Vec::new();
    let mut opens: Vec<Piece> = Vec::new();
    for piece in run {
        match piece {
            // What ends and begins again at once goes on.
            Piece::Open(mark) if opens.is_empty() && closes.last() == Some(&Piece::Close(*mark)) => {
                closes.pop();
            }
            Piece::Open(_) => opens.push(*piece),
            // What begins and ends at once is nothing.
            Piece::Close(mark) if opens.last() == Some(&Piece::Open(*mark)) => drop(opens.pop()),
            Piece::Close(_) | Piece::Char(..) => closes.push(*piece),
        }
    }
    // Signs between marked words and a letter right after them are left outside.
    let mut moved = Vec::new();
    if !closes.is_empty() && is_word(next.and_then(char_of)) {
        while is_sign(out.last().copied().and_then(char_of)) && is_movable(out) {
            moved.extend(out.pop());
        }
    }
    let before = out.last().copied().and_then(char_of);
    out.append(&mut closes);
    out.extend(moved.into_iter().rev());
    let goes_first = !opens.is_empty()
        && is_sign(next.and_then(char_of))
        && is_word(before)
        && next.is_some_and(is_movable_sign);
    if goes_first {
        out.extend(next);
    }
    out.append(&mut opens);
    goes_first
}

/// Whether the last character can leave what marks it: the end of a link or of code cannot.
fn is_movable(out: &[Piece]) -> bool {
    match out {
        [.., Piece::Char(false, '>'), Piece::Char(false, ')')] => false,
        [.., Piece::Char(false, c)] => !matches!(c, '[' | ']' | '<' | '>' | '`' | '\\' | &START),
        [.., Piece::Char(true, _)] => true,
        _ => false,
    }
}

/// Whether a character can stand before what marks it: the beginning of a link or of code cannot.
fn is_movable_sign(piece: Piece) -> bool {
    match piece {
        Piece::Char(is_escaped, c) => {
            is_escaped || !matches!(c, '[' | '<' | '`' | '\\' | '!' | '#' | '|' | START)
        }
        Piece::Open(_) | Piece::Close(_) => false,
    }
}

/// Without marks that have nothing in them, or no other end, or that would not be understood as marks.
fn paired(pieces: &[Piece]) -> Vec<Piece> {
    let mut keep = vec![true; pieces.len()];
    let mut open: Vec<(Mark, usize)> = Vec::new();
    // The characters on both sides of each piece.
    let mut before: Vec<Option<char>> = Vec::with_capacity(pieces.len());
    let mut after = vec![None; pieces.len()];
    let (mut last, mut next) = (None, None);
    for piece in pieces {
        before.push(last);
        last = char_of(*piece).or(last);
    }
    for (at, piece) in pieces.iter().enumerate().rev() {
        after[at] = next;
        next = char_of(*piece).or(next);
    }
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Char(..) => {}
            Piece::Open(mark) => open.push((*mark, at)),
            Piece::Close(mark) => {
                let Some(place) = open.iter().rposition(|(other, _)| other == mark) else {
                    keep[at] = false;
                    continue;
                };
                let (_, start) = open.remove(place);
                let can_open = !is_space(after[start])
                    && (!is_sign(after[start]) || is_space(before[start]) || is_sign(before[start]));
                let can_close = !is_space(before[at])
                    && (!is_sign(before[at]) || is_space(after[at]) || is_sign(after[at]));
                let is_empty = !pieces[start..at].iter().any(|piece| matches!(piece, Piece::Char(..)));
                if is_empty || !can_open || !can_close {
                    (keep[start], keep[at]) = (false, false);
                }
            }
        }
    }
    for (_, at) in open {
        keep[at] = false;
    }
    pieces.iter().zip(keep).filter(|(_, keep)| *keep).map(|(piece, _)| *piece).collect()
}

fn written(pieces: &[Piece]) -> String {
    let mut out = String::with_capacity(pieces.len() + 16);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Open(mark) | Piece::Close(mark) => out.push_str(mark.written()),
            // Signs of code that meet would be one sign.
            Piece::Char(_, START) if out.ends_with('`') => out.push(' '),
            Piece::Char(_, START) => {}
            Piece::Char(false, '!')
                if pieces[at + 1..].iter().find(|piece| matches!(piece, Piece::Char(..)))
                    == Some(&Piece::Char(false, START)) =>
            {
                out.push_str("\\!");
            }
            Piece::Char(is_escaped, c) => {
                if *is_escaped || (*c == ')' && begins_a_list(&out)) {
                    out.push('\\');
                }
                out.push(*c);
            }
        }
    }
    out
}

/// Whether a `)` after this would make a list of the line: lists of HTML are written with points.
fn begins_a_list(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let line = rest.trim_end_matches([' ', '\t', '>', '-', '*', '+']);
    rest.len() < before.len() && (line.is_empty() || line.ends_with('\n'))
}

/// What stands above or below the line: figures have characters of their own, without which `10⁶` would read as another number.
pub(super) fn raised(text: &str, is_above: bool) -> String {
    const ABOVE: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
    const BELOW: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
    const PLAIN: &str = "0123456789+-=()ni";
    let of = |c: char| {
        let place = PLAIN.chars().position(|plain| plain == if c == '−' { '-' } else { c })?;
        (if is_above { ABOVE } else { BELOW }).chars().nth(place)
    };
    let plain = text.trim().replace('\\', "");
    match plain.chars().map(of).collect::<Option<String>>() {
        Some(small) => small,
        // `5th` is read as it is meant, and so is a note: `[1]`.
        None if plain.starts_with('[')
            || !plain.contains(|c: char| c.is_ascii_digit())
            || plain.contains(char::is_control) =>
        {
            text.to_owned()
        }
        None => format!("{}({})", if is_above { "^" } else { "\\_" }, text.trim()),
    }
}
