//! The message that carries a check into a chat: plain text, the verdict first.
//!
//! Chat apps show the beginning of a message and hide the rest, and whoever passes it on may cut it.
//! So no line says the claim before the verdict was said, or without calling it a claim.

use tera::Value;

use super::Pages;
use super::value::Object;
use crate::config::Lang;
use crate::content::Status;
use crate::html::percent_encoded;
use crate::locale::fill;
use crate::site::{ClaimRef, Position};

/// How much of a claim and of a finding is told, in characters.
const CLAIM: usize = 220;
const FINDING: usize = 300;

/// How many claims the message of an article names; of more it tells how their verdicts divide.
const CLAIMS: usize = 3;

impl Pages {
    /// How a claim is passed on.
    pub(super) fn share_claim(&self, at: ClaimRef) -> Value {
        sharing(&self.claim_message(at), &self.url(&self.site.claim_path(at)))
    }

    /// How an article is passed on: with the claims it checks, or with its own words if it checks
    /// none.
    pub(super) fn share_article(&self, index: usize) -> Value {
        let article = &self.site.articles[index];
        let words = self.words(article.lang);
        let claims: Vec<ClaimRef> =
            (0..article.claims.len()).map(|claim| ClaimRef { article: index, claim }).collect();
        let summary = article.summary.as_deref().map(|summary| clamped(&line(summary), FINDING));
        let message = match (&article.status, claims.as_slice()) {
            (Status::Withdrawn { date, .. }, _) => {
                let date = words.formats.date_medium(*date);
                let title = fill(words.text("in_quotes"), &[("text", &line(&article.title))]);
                format!("{}\n{title}", fill(words.text("withdrawn_notice"), &[("date", &date)]))
            }
            (_, []) => {
                [Some(line(&article.title)), summary].into_iter().flatten().collect::<Vec<_>>().join("\n")
            }
            (_, [only]) => self.claim_message(*only),
            (_, several) if several.len() <= CLAIMS => {
                several.iter().map(|at| self.ruling(*at)).chain(summary).collect::<Vec<_>>().join("\n\n")
            }
            (_, many) => {
                let title = fill(words.text("in_quotes"), &[("text", &line(&article.title))]);
                let rest = summary.unwrap_or(title);
                format!("{}\n{rest}", fill(words.text("verdict_is"), &[("verdict", &self.tally(many))]))
            }
        };
        sharing(&message, &self.url(&self.site.path_of(Position::Article(index))))
    }

    /// Verdict, claim and finding of one claim; of a check that was taken back, that it was.
    fn claim_message(&self, at: ClaimRef) -> String {
        let (article, claim) = (self.site.article_of(at), self.site.claim(at));
        let words = self.words(article.lang);
        if let Status::Withdrawn { date, .. } = &article.status {
            let date = words.formats.date_medium(*date);
            let notice = fill(words.text("claim_withdrawn_notice"), &[("date", &date)]);
            return format!("{notice}\n{}", self.quoted(at));
        }
        let finding = clamped(&line(&claim.finding), FINDING);
        if finding.is_empty() {
            return self.ruling(at);
        }
        format!("{}\n{}", self.ruling(at), fill(words.text("finding_line"), &[("finding", &finding)]))
    }

    /// The verdict and the claim, a line each.
    fn ruling(&self, at: ClaimRef) -> String {
        let lang = self.site.article_of(at).lang;
        let verdict = self.verdict(self.site.claim(at).verdict).map_or("", |verdict| verdict.label.get(lang));
        format!("{}\n{}", fill(self.words(lang).text("verdict_is"), &[("verdict", verdict)]), self.quoted(at))
    }

    /// How often each verdict was given, in the order of the scale: `Benar (7), Keliru (2)`.
    fn tally(&self, claims: &[ClaimRef]) -> String {
        let lang = claims.first().map_or(Lang::MAIN, |at| self.site.article_of(*at).lang);
        let formats = &self.words(lang).formats;
        let verdicts = self.site.config.scale.verdicts.iter().enumerate();
        let counted = verdicts.filter_map(|(index, verdict)| {
            let count: i64 = claims.iter().map(|at| i64::from(self.site.claim(*at).verdict == index)).sum();
            (count > 0).then(|| format!("{} ({})", verdict.label.get(lang), formats.number(count)))
        });
        counted.collect::<Vec<_>>().join(", ")
    }

    fn quoted(&self, at: ClaimRef) -> String {
        let claim = clamped(&line(&self.site.claim(at).claim), CLAIM);
        fill(self.words(self.site.article_of(at).lang).text("claim_line"), &[("claim", &claim)])
    }
}

/// The message as text and as addresses that hand it to an app.
fn sharing(message: &str, url: &str) -> Value {
    let message = message.lines().map(without_links).collect::<Vec<_>>().join("\n");
    let (as_query, link) = (encoded(&message), encoded(url));
    Object::new()
        .set("whatsapp", format!("https://wa.me/?text={as_query}%0A{link}"))
        // Telegram puts the address there itself.
        .set("telegram", format!("https://t.me/share/url?url={link}&text={as_query}"))
        .set("text", format!("{message}\n{url}"))
        .into()
}

/// On one line, without what only steers a terminal or a page.
fn line(text: &str) -> String {
    let in_order = |pair: &[u8]| pair != b"  " && pair[1] >= b' ' && pair[1] != 0x7f;
    // Nearly every text is a line already; what is not ASCII may be white space or steer too.
    if text.is_ascii()
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && text.as_bytes().windows(2).all(in_order)
    {
        let first = text.as_bytes().first();
        if first.is_none_or(|first| !first.is_ascii_control()) {
            return text.to_owned();
        }
    }
    let words = text.split_whitespace().map(|word| word.replace(char::is_control, ""));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// At most `most` characters: whole sentences if they say enough, else whole words.
fn clamped(line: &str, most: usize) -> String {
    let Some((end, _)) = line.char_indices().nth(most) else {
        return line.to_owned();
    };
    let kept = &line[..end];
    let ends = |(at, c): &(usize, char)| matches!(c, '.' | '?' | '!') && line[at + 1..].starts_with(' ');
    let sentence = kept.char_indices().rfind(ends);
    if let Some((stop, _)) = sentence.filter(|(stop, _)| kept[..*stop].chars().count() * 3 > most) {
        return line[..=stop].to_owned();
    }
    let whole_word = line[end..].starts_with(' ');
    let cut = kept.rfind(' ').filter(|cut| *cut > 0 && !whole_word).unwrap_or(end);
    format!("{}…", kept[..cut].trim_end_matches([',', ';', ':', ' ', '.']))
}

/// A check may name the very site it warns of. Apps make links of addresses, and a preview of the
/// first one: a dot in brackets keeps it readable and dead.
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (nth, word) in line.split(' ').enumerate() {
        if nth > 0 {
            out.push(' ');
        }
        let (address, rest) = word.split_at(word.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
        // What has neither is the most of any text.
        let may_be_one = address.contains(['.', ':']);
        if may_be_one && (address.contains("://") || address.starts_with("www.") || is_host(address)) {
            out.push_str(&address.replace("://", "[:]//").replace('.', "[.]"));
            out.push_str(rest);
        } else {
            out.push_str(word);
        }
    }
    out
}

/// Whether a word begins with the name of a host: `contoh-bansos.com/daftar`.
fn is_host(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let plain =
        |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let last = labels.last().copied().unwrap_or_default();
    labels.len() > 1
        && labels.iter().all(plain)
        && last.len() > 1
        && (last.bytes().all(|byte| byte.is_ascii_lowercase()) || last.bytes().all(|byte| byte.is_ascii_uppercase()))
        // `x.com/a` is an address; `a.n.` and `S.H.` are not.
        && (labels[0].len() > 1 || word.contains('/') || word.eq_ignore_ascii_case("x.com") || word.eq_ignore_ascii_case("t.me"))
}

/// As a part of an address: no app can take it for anything else.
pub(super) fn encoded(text: &str) -> String {
    percent_encoded(text, b"")
}

#[cfg(test)]
mod tests {
    use super::{clamped, line, without_links};

    #[test]
    fn a_claim_is_one_line() {
        for plain in ["", "a", "satu dua.", "a b c"] {
            assert_eq!(line(plain), plain);
        }
        for (text, expected) in
            [(" a", "a"), ("a ", "a"), ("a  b", "a b"), ("\u{7}a", "a"), ("a\u{7f}b", "ab"), ("a\tb", "a b")]
        {
            assert_eq!(line(text), expected, "{text:?}");
        }
        assert_eq!(line("  satu\r\n\tdua\u{7}\u{0} \u{1b} tiga "), "satu dua tiga");
    }

    #[test]
    fn long_texts_end_with_a_sentence_or_a_word() {
        assert_eq!(clamped("Pendek.", 10), "Pendek.");
        assert_eq!(clamped("Satu dua. Tiga empat lima", 15), "Satu dua.");
        assert_eq!(clamped("Satu. Dua tiga empat, lima enam", 21), "Satu. Dua tiga empat…");
        assert_eq!(clamped("Satu dua. Tiga", 9), "Satu dua.");
        assert_eq!(clamped("日本語日本語", 3), "日本語…");
        assert_eq!(clamped("éé éé", 4), "éé…");
    }

    #[test]
    fn what_an_app_would_link_is_dead() {
        assert_eq!(
            without_links("Buka https://a.id/x?b=1, www.b.com atau (bansos-gratis.com/daftar)."),
            "Buka https[:]//a[.]id/x?b=1, www[.]b[.]com atau (bansos-gratis[.]com/daftar)."
        );
        assert_eq!(without_links("Buka x.com/a, t.me, BIT.LY/abc"), "Buka x[.]com/a, t[.]me, BIT[.]LY/abc");
        for plain in ["Ada 17.508 pulau.", "Rp1.000 a.n. PT X", "S.Pd. dan dr. Budi", "…selesai."] {
            assert_eq!(without_links(plain), plain);
        }
    }
}
