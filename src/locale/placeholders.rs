//! The `{placeholders}` of interface strings.

/// Puts values in the place of `{name}`s.
///
/// Values are not looked at again, so a claim that contains `{date}` stays as it was said. A
/// placeholder without a value stays too, so that a sentence can be filled in steps.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    for piece in pieces(template) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Placeholder(name) => {
                if let Some((_, value)) = values.iter().find(|(of, _)| *of == name) {
                    filled.push_str(value);
                } else {
                    filled.extend(["{", name, "}"]);
                }
            }
        }
    }
    filled
}

/// The names of the placeholders of a text, in alphabetical order, each once.
pub(super) fn names(template: &str) -> Vec<&str> {
    let mut names: Vec<&str> = pieces(template)
        .filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name),
            Piece::Words(_) => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

enum Piece<'a> {
    Words(&'a str),
    Placeholder(&'a str),
}

/// Braces around anything but a name are words: a text needs no escapes to show a brace.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if let Some((name, after)) = placeholder(rest) {
            rest = after;
            return Some(Piece::Placeholder(name));
        }
        let first = rest.chars().next()?.len_utf8();
        let end = memchr::memchr_iter(b'{', rest.as_bytes())
            .find(|at| *at >= first && placeholder(&rest[*at..]).is_some())
            .unwrap_or(rest.len());
        let (words, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Words(words))
    })
}

/// The placeholder that a text begins with, and what follows it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name.then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_the_place_of_their_names() {
        assert_eq!(
            fill("Putusan berubah dari {old} menjadi {new}", &[("new", "Benar"), ("old", "Belum terbukti")]),
            "Putusan berubah dari Belum terbukti menjadi Benar"
        );
        assert_eq!(fill("{a}{b}{a}", &[("a", "é"), ("b", "")]), "éé");
    }

    #[test]
    fn a_value_is_not_filled_in_turn() {
        assert_eq!(fill("{claim} {date}", &[("claim", "“{date}”"), ("date", "kini")]), "“{date}” kini");
    }

    #[test]
    fn what_has_no_value_or_is_no_placeholder_stays() {
        for text in ["{n} klaim", "{", "}", "{}", "{{n}", "{dua kata}", "é{É}", "", "a{b"] {
            assert_eq!(fill(text, &[]), text);
        }
        assert_eq!(fill("{{n}", &[("n", "1")]), "{1");
        assert_eq!(fill("{dua {n}}", &[("n", "1")]), "{dua 1}");
    }

    #[test]
    fn names_come_once_and_in_order() {
        assert_eq!(names("{b} {a} {b} {C} { d }"), ["a", "b"]);
    }
}
