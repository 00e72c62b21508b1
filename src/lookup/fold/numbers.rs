//! Numbers: one way of writing for all.

use super::Token;
use super::rules::{Numeral, Words};
use super::runs::{Kind, Piece};

/// More is no number anybody means, and not exact in a browser.
const MOST: u128 = 9_000_000_000_000_000;

/// Joins digits with signs between them: groups of three (`10.000`) and decimals (`2,5`).
pub(super) fn joined(chars: &[char], pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        if piece.kind != Kind::Digits {
            out.push(piece);
            continue;
        }
        let mut parts = vec![piece];
        let mut signs = Vec::new();
        while let Some(next) = rest.next_if(|next| goes_on(chars, &parts, &signs, next)) {
            signs.push(chars[next.start - 1]);
            parts.push(next);
        }
        match whole(&parts, &signs) {
            Some(text) => {
                let (start, end) = (parts[0].start, parts[parts.len() - 1].end);
                out.push(Piece { kind: Kind::Digits, text, start, end });
            }
            None => out.extend(parts.into_iter().map(|part| Piece { text: short(&part.text), ..part })),
        }
    }
    out
}

/// Whether more digits may belong to the same number.
fn goes_on(chars: &[char], parts: &[Piece], signs: &[char], next: &Piece) -> bool {
    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
    if next.kind != Kind::Digits || next.start != last.end + 1 {
        return false;
    }
    match chars[last.end] {
        '.' | ',' | '\'' => true,
        // Spaces stand between numbers too: only whole groups, and only after a space.
        ' ' => {
            signs.iter().all(|sign| *sign == ' ')
                && is_first_group(&first.text)
                && next.text.len() == 3
                && (first.start == 0 || matches!(chars[first.start - 1], ' ' | '\n' | '('))
                && !(first.start > 1 && chars[first.start - 2].is_ascii_digit())
        }
        _ => false,
    }
}

fn is_first_group(text: &str) -> bool {
    text.len() <= 3 && !text.starts_with('0')
}

/// The number of all parts, if they are one.
fn whole(parts: &[Piece], signs: &[char]) -> Option<String> {
    let (last, before) = signs.split_last()?;
    let text = |parts: &[Piece]| -> String { parts.iter().map(|part| part.text.as_str()).collect() };
    let is_groups = |parts: &[Piece]| {
        is_first_group(&parts[0].text) && parts[1..].iter().all(|part| part.text.len() == 3)
    };
    let (end, start) = parts.split_last()?;
    let same = before.iter().all(|sign| *sign == before[0]);
    if same && before.first().is_none_or(|sign| sign == last) && is_groups(parts) {
        return Some(text(parts));
    }
    let is_decimal =
        matches!(last, '.' | ',') && (before.is_empty() || (same && before[0] != *last && is_groups(start)));
    is_decimal.then(|| {
        let whole = text(start);
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        match end.text.trim_end_matches('0') {
            "" => whole.to_owned(),
            rest => format!("{whole}.{rest}"),
        }
    })
}

/// `08` as `8`; longer ones are names of things, such as telephones.
fn short(text: &str) -> String {
    match text.strip_prefix('0') {
        Some(rest) if rest.len() == 1 => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// The number that words say from the first of `tokens` on, and how many they are. Nothing if it is just
/// a word, or digits as they stand.
pub(super) fn spoken(chars: &[char], tokens: &[Token], words: &Words) -> Option<(String, usize)> {
    let first = &tokens[0];
    if first.piece.kind == Kind::Letters && !words.numbers.contains_key(&first.key) {
        return None;
    }
    let numeral = |at: usize| match tokens.get(at) {
        Some(token) if at == 0 || is_near(chars, &tokens[at - 1].piece, &token.piece) => {
            words.numbers.get(&token.key).copied()
        }
        _ => None,
    };
    let scale = |at: usize| match numeral(at) {
        Some(Numeral::Scale(power)) => Some(power),
        Some(Numeral::Short(power)) if at > 0 => {
            let (before, own) = (&tokens[at - 1].piece, &tokens[at].piece);
            (before.kind == Kind::Digits && before.end == own.start).then_some(power)
        }
        _ => None,
    };
    // What is said already; of the thousands now being said, what is sure, and the last word of it.
    let (mut total, mut sure, mut last): (u128, u128, u128) = (0, 0, 0);
    let mut smallest = u32::MAX;
    let mut at = 0;
    // After `5 juta` only digits with a scale go on: in `5 juta dua kali` they are two numbers.
    let mut has_digits = false;
    loop {
        let open = sure + last;
        let fits = |number: u128| open == 0 || (open >= 20 && open % power(number.to_string().len()) == 0);
        let next_scale = scale(at + 1).filter(|power| *power < smallest);
        let token = tokens.get(at).filter(|token| {
            token.piece.kind == Kind::Digits
                && open == 0
                && (at == 0 || is_near(chars, &tokens[at - 1].piece, &token.piece))
        });
        if let (Some(token), Some(power)) = (token, next_scale) {
            let Some(more) = scaled(&token.piece.text, power) else { break };
            total += more;
            smallest = power;
            has_digits = true;
            at += 2;
            if total > MOST {
                return None;
            }
            continue;
        }
        let multiplies = |at: usize| matches!(numeral(at), Some(Numeral::Times(_) | Numeral::Scale(_)));
        match numeral(at).filter(|_| !has_digits) {
            Some(Numeral::Unit(number)) if fits(u128::from(number)) => {
                (sure, last) = (open, u128::from(number));
            }
            Some(Numeral::One) if (open == 0 && multiplies(at + 1)) || (open >= 20 && fits(1)) => {
                (sure, last) = (open, 1);
            }
            Some(Numeral::Article) if open == 0 && total == 0 && multiplies(at + 1) => last = 1,
            Some(Numeral::Teen) if (2..10).contains(&last) => last += 10,
            Some(Numeral::Times(times))
                if (1..100).contains(&last) && sure % (u128::from(times) * 10) == 0 =>
            {
                (sure, last) = (sure + last * u128::from(times), 0);
            }
            Some(Numeral::Scale(power)) if open > 0 && power < smallest => {
                total += open * ten(power);
                (sure, last, smallest) = (0, 0, power);
            }
            Some(Numeral::OneScale(power)) if open == 0 && power < smallest => {
                total += ten(power);
                smallest = power;
            }
            Some(Numeral::Half) if next_scale.is_some() => {
                let power = next_scale.unwrap_or(0);
                total += open * ten(power) + ten(power) / 2;
                (sure, last, smallest) = (0, 0, power);
                at += 1;
            }
            Some(Numeral::And)
                if (open >= 100 || (open == 0 && total > 0))
                    && matches!(numeral(at + 1), Some(Numeral::Unit(_) | Numeral::One)) => {}
            _ => break,
        }
        at += 1;
        if total > MOST {
            return None;
        }
    }
    (at > 0).then(|| ((total + sure + last).to_string(), at))
}

/// Whether only a space or a hyphen, or nothing, stands between two pieces.
fn is_near(chars: &[char], before: &Piece, after: &Piece) -> bool {
    let between = &chars[before.end..after.start];
    between.len() < 3 && between.iter().all(|c| matches!(c, ' ' | '-'))
}

fn ten(power: u32) -> u128 {
    10_u128.pow(power.min(18))
}

fn power(digits: usize) -> u128 {
    ten(digits as u32)
}

/// Digits, perhaps with decimals, times a power of ten; nothing if that is no whole number.
fn scaled(digits: &str, power: u32) -> Option<u128> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + decimals.len() > 12 {
        return None;
    }
    let left = power.checked_sub(decimals.len() as u32)?;
    Some(format!("{whole}{decimals}").parse::<u128>().ok()? * ten(left))
}
