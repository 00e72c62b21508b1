//! The tokens of a style sheet: the custom properties it declares, as the style guide lists them.

/// A custom property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its name, with the hyphens in front.
    pub name: String,
    /// What it is first declared to be.
    pub value: String,
    /// What it is declared to be where readers prefer dark colours.
    pub dark: Option<String>,
    /// Whether it is a colour.
    pub colour: bool,
}

const DARK: &str = "prefers-color-scheme: dark";

/// The tokens of a style sheet, in the order in which they are first declared.
pub(super) fn tokens(css: &str) -> Vec<Token> {
    let (light, dark) = match css.split_once(DARK) {
        Some((light, rest)) => (light, block(rest)),
        None => (css, ""),
    };
    let dark = declarations(dark);
    let mut tokens: Vec<Token> = Vec::new();
    for (name, value) in declarations(light) {
        if tokens.iter().any(|token| token.name == name) {
            continue;
        }
        let colour = is_colour(value) || refers_to(value, &tokens).is_some_and(|token| token.colour);
        let dark = dark.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        tokens.push(Token { name: name.to_owned(), value: value.to_owned(), dark, colour });
    }
    tokens
}

/// What stands in the first braces, and in those within.
fn block(css: &str) -> &str {
    let Some(start) = css.find('{') else {
        return "";
    };
    let mut depth = 0_usize;
    for (at, c) in css[start..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return &css[start..start + at];
        }
    }
    &css[start..]
}

/// Name and value of each declaration of a custom property.
fn declarations(css: &str) -> Vec<(&str, &str)> {
    css.split(['{', ';', '}'])
        .filter_map(|part| {
            let part = part.rsplit("*/").next().unwrap_or(part).trim();
            let (name, value) = part.split_once(':')?;
            let name = name.trim_end();
            let is_name = name.len() > 2
                && name.starts_with("--")
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            is_name.then_some((name, value.trim()))
        })
        .collect()
}

fn is_colour(value: &str) -> bool {
    const FUNCTIONS: [&str; 9] =
        ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];
    value.starts_with('#')
        || value.starts_with("color(")
        || value.starts_with("color-mix(")
        || FUNCTIONS.iter().any(|function| value.starts_with(function))
}

/// The token that a value is another name of.
fn refers_to<'t>(value: &str, tokens: &'t [Token]) -> Option<&'t Token> {
    let name = value.strip_prefix("var(")?.strip_suffix(')')?;
    tokens.iter().find(|token| token.name == name.trim())
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn tokens_are_found_with_both_schemes() {
        let css = "@layer a { :root { /* the paper */ --paper: #fff; --link: var(--paper); --s: .8rem } }\n\
                   @media (prefers-color-scheme: dark) { :root { --paper: #000; } } \
                   .x { --paper: #ccc; color: var(--paper); --late: 1px; }";
        let found: Vec<_> = tokens(css)
            .into_iter()
            .map(|token| (token.name, token.value, token.dark, token.colour))
            .collect();
        let own = |text: &str| text.to_owned();
        assert_eq!(
            found,
            [
                (own("--paper"), own("#fff"), Some(own("#000")), true),
                (own("--link"), own("var(--paper)"), None, true),
                (own("--s"), own(".8rem"), None, false),
            ]
        );
        assert!(tokens("body { color: red }").is_empty());
    }
}
