use super::{markdown, paragraphs, plain};

fn of(html: &str) -> String {
    markdown(html, None).0
}

#[test]
fn html_becomes_markdown() {
    let html = "<h2>Narasi</h2><p>Ia <b>berkata</b> <a href=\"/a b\">di sini</a>.<script>x()</script></p>\
                <img src='https://x.example/y.png' alt='Foto [1]'><a href='javascript:x()'>klik</a>";
    let base = url::Url::parse("https://x.example/c/").ok();
    let (text, notes) = markdown(html, base.as_ref());
    assert_eq!(
        text,
        "## Narasi\n\nIa **berkata** [di sini](<https://x.example/a%20b>).\n\n[Foto \\[1\\]](<https://x.example/y.png>)klik"
    );
    assert_eq!(notes.len(), 2);
}

#[test]
fn pictures_that_lead_to_themselves_are_one_link() {
    let html = "<a href='https://x.example/a.jpg'><img src='https://x.example/a-300x200.jpg' alt=''></a><p>\u{a0}</p><p>x</p>";
    assert_eq!(markdown(html, None).0, "[a.jpg](<https://x.example/a.jpg>)\n\nx");
    let html = "<a href='https://x.example/b'><img src='https://x.example/a.jpg' alt='Foto'></a>";
    assert_eq!(markdown(html, None).0, "[Foto](<https://x.example/a.jpg>) [b](<https://x.example/b>)");
    let (_, notes) = markdown("<table><tr><td>a<tr><td>b</table>", None);
    assert_eq!(notes, ["tables without heads became paragraphs: 1"]);
}

#[test]
fn an_exclamation_mark_makes_no_picture_of_a_link() {
    assert_eq!(of("Baca!<a href='https://x.example/a'>ini</a>"), "Baca\\![ini](<https://x.example/a>)");
    assert_eq!(of("Baca!<img src='https://x.example/a.png'>"), "Baca\\![a.png](<https://x.example/a.png>)");
    assert_eq!(of("Baca! <a href='https://x.example/a'>ini</a>"), "Baca! [ini](<https://x.example/a>)");
    assert_eq!(of("![x](y) <code>![x](y)</code>"), "!\\[x\\](y) `![x](y)`");
    let html = "Lihat!<a href='https://x.example/a.jpg'><img src='https://x.example/a-300x200.jpg'></a>";
    assert_eq!(of(html), "Lihat\\![a.jpg](<https://x.example/a.jpg>)");
}

#[test]
fn entities_bring_no_controls() {
    assert_eq!(
        markdown("<p>a&#1;b&#2;c<a href='https://x.example/' title='&#3;'>&#4;d</a></p>", None).0,
        "abc[d](<https://x.example/>)"
    );
    assert_eq!(plain("a&#1;b&amp;#2;c"), "abc");
}

#[test]
fn deep_html_is_flattened() {
    let (text, notes) = markdown(&format!("{}kata{}", "<div>".repeat(5000), "</div>".repeat(5000)), None);
    assert_eq!((text.as_str(), notes.len()), ("kata", 1));
}

#[test]
fn words_lose_their_markup_and_nothing_else() {
    assert_eq!(plain("<p>Harga &amp;quot;BBM&amp;quot; &lt;b&gt;naik</p>"), "Harga \"BBM\" naik");
    assert_eq!(plain("5 < 6 & 7 > 3"), "5 < 6 & 7 > 3");
    assert_eq!(plain("AT&T  dan\nB&B"), "AT&T dan B&B");
    assert_eq!(paragraphs("a < b\nc\n\nd", false), "<p>a &lt; b<br>c</p>\n\n<p>d</p>\n\n");
}

#[test]
fn figures_above_and_below_the_line_stay_other_figures() {
    assert_eq!(
        of("10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub>, 10<sup>−3</sup>, 2<sup>n</sup>"),
        "10⁶ m², CO₂, 10⁻³, 2ⁿ"
    );
    assert_eq!(of("5<sup>th</sup> kali<sup>[1]</sup>, 10<sup>2.5</sup>"), "5th kali\\[1\\], 10^(2.5)");
    assert_eq!(of("kata<sup><a href='#fn1'>1</a></sup>"), "kata¹");
    assert_eq!(plain("10<sup>6</sup>, not <del>5</del> 6, x<sub>10.5</sub>"), "10⁶, not 6, x_(10.5)");
}

#[test]
fn line_breaks_at_the_ends_of_blocks_mean_nothing() {
    assert_eq!(of("<p>satu<br></p><h2>dua<br></h2><ul><li>tiga<br></li></ul>"), "satu\n\n## dua\n\n- tiga");
    assert_eq!(of("<p><br>satu<br>dua<br><br></p>"), "satu\\\ndua");
    assert_eq!(of("<p><a href='https://x.example/'>satu<br></a></p>"), "[satu](<https://x.example/>)");
    assert_eq!(of("<p><b>satu<br></b>dua</p>"), "**satu**\\\ndua");
    assert_eq!(of(&paragraphs("satu\n<script>x()</script>", true)), "satu");
}

#[test]
fn what_is_emphasised_is_so_whatever_stands_beside_it() {
    assert_eq!(of("<b>Klaim:</b>Bulan"), "**Klaim**:Bulan");
    assert_eq!(of("<b>HOAKS!</b>Setelah <i>\"Times\"</i>s"), "**HOAKS**!Setelah *\"Times*\"s");
    assert_eq!(of("kata<i>(sumber)</i>"), "kata(*sumber)*");
    assert_eq!(of("<b>Faktanya:</b><i>Salah</i>"), "**Faktanya**:*Salah*");
    assert_eq!(of("<b>a</b><b>b</b><i>c</i><s>d</s>"), "**ab***c*~~d~~");
    assert_eq!(
        of("<b><a href='https://x.example/'>a</a></b>b <b></b><b> c </b>d"),
        "[a](<https://x.example/>)b **c** d"
    );
    assert_eq!(of("a ~~b~~ <code>~~c~~</code>"), "a \\~\\~b\\~\\~ `~~c~~`");
    assert_eq!(of("<b><p>a</p><p>b</p></b>"), "a\n\nb");
}

/// Nobody sees a mark that was to be none, and no words are lost.
#[test]
fn texts_are_shown_as_they_were() {
    let settings = "title: M\nbase_url: https://desk.example/\npublisher: {name: M}\n";
    let (config, _) = crate::config::read(&crate::source::Source::new("site.yaml", settings));
    let shown = |text: &str| {
        let source = crate::source::Source::new("content/articles/a.md", text);
        let yaml = crate::yaml::Yaml::part(source, 0..0);
        let file = crate::content::File { yaml, body: 0..text.len() };
        let files = crate::content::Files::default();
        let reading = crate::content::Reading::new(&config, &files, "articles");
        let (body, _) = crate::content::markdown::read(&file, &[], &reading);
        plain(&body.html)
    };
    let parts = [
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<strong>",
        "</strong>",
        "<em>",
        "</em>",
        "a",
        "kata",
        " ",
        ":",
        "!",
        "(",
        ")",
        "“",
        "”",
        "*",
        "_",
        "~",
        "<a href='https://x.example/'>",
        "</a>",
        "<br>",
        "1",
        "<code>x*~y</code>",
    ];
    let mut state = 7_u64;
    for _ in 0..3000 {
        let mut html = String::from("<p>x ");
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            html.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        html.push_str(" x</p>");
        let text = markdown(&html, None).0;
        let letters = |text: String| text.split_whitespace().collect::<String>();
        assert_eq!(letters(shown(&text)), letters(plain(&html)), "{html}\n{text}");
    }
}
