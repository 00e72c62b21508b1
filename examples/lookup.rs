//! Measures claim lookup: `cargo run --release --example lookup -- [CLAIMS] [FOLDER]`. Claims are made up, the
//! same at each run. With a folder the files are written there, with the questions as `asked.json`, and Node tells
//! what lookups fetch; `bench/lookup/chromium.mjs` asks the same in a browser.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use meja::lookup::{Folder, Index, Published, Text};

/// Claims in a file of cards.
const BLOCK: usize = meja::site::CLAIMS_A_FILE;

/// Numbers that look random and are the same at each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }

    /// Small numbers often, large ones seldom, as words in texts.
    #[expect(clippy::cast_sign_loss, reason = "no power is below 1")]
    fn rank(&mut self, sides: usize) -> usize {
        let part = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((sides as f64).powf(part) - 1.0) as usize
    }
}

/// The root of a number, by syllables.
fn root(mut number: usize) -> String {
    const STARTS: [&str; 16] =
        ["k", "t", "s", "b", "d", "g", "m", "n", "p", "r", "l", "j", "c", "w", "h", "ng"];
    const VOWELS: [&str; 5] = ["a", "i", "u", "e", "o"];
    const ENDS: [&str; 6] = ["", "n", "", "r", "k", "s"];
    // Neighbours in the list of words look unlike.
    number = (number * 7919 + 101) % 120_011;
    let mut out = String::new();
    while number > 0 || out.chars().count() < 4 {
        out.push_str(STARTS[number % 16]);
        number /= 16;
        out.push_str(VOWELS[number % 5]);
        number /= 5;
        out.push_str(ENDS[number % 6]);
        number /= 6;
    }
    out
}

fn word(dice: &mut Dice) -> String {
    let root = root(dice.rank(45_000));
    match dice.below(12) {
        0 => format!("me{root}kan"),
        1 => format!("di{root}"),
        2 => format!("ber{root}"),
        3 => format!("{root}nya"),
        4 => format!("ke{root}an"),
        _ => root,
    }
}

fn sentence(dice: &mut Dice, words: usize) -> String {
    let mut out = word(dice);
    for _ in 1..words {
        out.push(' ');
        if dice.below(25) == 0 {
            let _ = write!(out, "{}", dice.below(5000));
        } else {
            out.push_str(&word(dice));
        }
    }
    out
}

struct Made {
    sentence: String,
    title: String,
    finding: String,
    claimant: String,
    topics: [String; 2],
}

fn claims(count: usize) -> Vec<Made> {
    let mut dice = Dice(1);
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        // Words that stop words would be are not made: they are not indexed.
        let (short, more) = (dice.below(6), dice.below(12));
        let claim = sentence(&mut dice, 6 + short);
        // A headline repeats half of its claim.
        let half: Vec<&str> = claim.split(' ').skip(short / 2).take(4).collect();
        let title = format!("{} {}", half.join(" "), sentence(&mut dice, 4));
        let topics = [root(dice.rank(40)), root(dice.rank(40))];
        let claimant = format!("{} {}", root(dice.rank(900)), root(dice.rank(900)));
        all.push(Made { sentence: claim, title, finding: sentence(&mut dice, 8 + more), claimant, topics });
    }
    all
}

fn zipped(texts: &[String]) -> usize {
    let zipped = |text: &String| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).map_or(0, |bytes| bytes.len())
    };
    texts.iter().map(zipped).sum()
}

fn time<T>(what: &str, rounds: usize, mut act: impl FnMut(usize) -> T) -> T {
    let mut worst = Duration::ZERO;
    let start = Instant::now();
    let mut last = None;
    for round in 0..rounds {
        let start = Instant::now();
        last = Some(std::hint::black_box(act(round)));
        worst = worst.max(start.elapsed());
    }
    let each = start.elapsed() / rounds.max(1) as u32;
    println!("{what:<22} {each:>12.2?} each, {worst:>12.2?} at most");
    last.unwrap_or_else(|| act(0))
}

/// Cards of about the size that pages give them.
fn cards(claims: &[Made]) -> Vec<String> {
    let card = |claim: &Made| {
        serde_json::json!({
            "href": format!("/klaim/{}/#k1", claim.title.replace(' ', "-")), "claim": claim.sentence, "verdict": "false",
            "date": "2026-01-02", "language": "id", "claimant": claim.claimant,
        })
    };
    let block = |claims: &[Made]| {
        serde_json::json!({"claims": claims.iter().map(card).collect::<Vec<_>>()}).to_string()
    };
    claims.chunks(BLOCK).map(block).collect()
}

fn write(folder: &Path, published: &Published, cards: &[String], count: usize) -> std::io::Result<()> {
    let parts = [
        ("words", &published.words[..]),
        ("stems", &published.stems),
        ("grams", &published.grams),
        ("claims", cards),
    ];
    for (name, files) in parts {
        std::fs::create_dir_all(folder.join(name))?;
        for (number, file) in files.iter().enumerate() {
            std::fs::write(folder.join(format!("{name}/{number:03}.json")), file)?;
        }
    }
    let (words, stems, grams) = (published.words.len(), published.stems.len(), published.grams.len());
    let index = format!(
        r#"{{"version":1,"digest":"x","claims":{count},"block":{BLOCK},"shards":{{"words":{words},"stems":{stems},"grams":{grams}}},"rules":{}}}"#,
        published.rules
    );
    println!(
        "index.json             {:>9} bytes, {:>8} gzipped",
        index.len(),
        zipped(std::slice::from_ref(&index))
    );
    std::fs::write(folder.join("index.json"), index)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(30_000);
    let claims = claims(count);
    let topics: Vec<[&str; 2]> =
        claims.iter().map(|claim| claim.topics.each_ref().map(String::as_str)).collect();
    let text = |position: usize| {
        let claim = &claims[position];
        Text {
            lang: "id",
            claim: &claim.sentence,
            title: &claim.title,
            finding: &claim.finding,
            claimant: &claim.claimant,
            topics: &topics[position],
        }
    };
    let texts: Vec<Text<'_>> = (0..count).map(text).collect();
    let folder = Arc::new(Folder::new(&["id", "en"]));
    let index = time("build", 3, |_| Index::build(&folder, &texts));
    let published = time("publish", 3, |_| index.publish());
    let cards = cards(&claims);
    let mut sums = (0, 0);
    for (name, files) in [
        ("words", &published.words),
        ("stems", &published.stems),
        ("grams", &published.grams),
        ("cards", &cards),
    ] {
        let (bytes, zipped) = (files.iter().map(String::len).sum::<usize>(), zipped(files));
        println!("{name:<6} {:>5} files {bytes:>13} bytes, {zipped:>8} gzipped", files.len());
        sums = (sums.0 + bytes, sums.1 + zipped);
    }
    println!("all                {:>13} bytes, {:>8} gzipped", sums.0, sums.1);

    let mut dice = Dice(7);
    let mut asked: Vec<String> = Vec::new();
    for _ in 0..100 {
        let claim = &claims[dice.below(count)].sentence;
        asked.push(claim.split(' ').step_by(2).take(3).collect::<Vec<_>>().join(" "));
    }
    for _ in 0..50 {
        // A word misspelt within.
        let claim = &claims[dice.below(count)].sentence;
        let mut letters: Vec<char> = claim.chars().take(24).collect();
        letters.swap(1, 2);
        letters.swap(9, 10);
        asked.push(letters.into_iter().collect());
    }
    let short = asked.len();
    for _ in 0..50 {
        let claim = &claims[dice.below(count)].sentence;
        asked.push(format!("{} {claim} {}", sentence(&mut dice, 140), sentence(&mut dice, 150)));
    }
    time("find, short", short, |round| index.find(&asked[round], 10, |_| true));
    time("find, long", asked.len() - short, |round| index.find(&asked[short + round], 10, |_| true));
    let huge: String = asked[short..].join(" ").repeat(50);
    println!("a text of {} bytes", huge.len());
    time("find, huge", 3, |_| index.find(&huge, 10, |_| true));
    time("related", count, |round| index.related(round, 5, |_| true));
    time("alike", count, |round| index.alike(round, |_| true));
    let fresh = claims_to_add();
    time("update, one text", 20, |round| {
        let changed = (round * 977) % count;
        let known: Vec<Option<usize>> = (0..count).map(|old| (old != changed).then_some(old)).collect();
        let new = &fresh[round % fresh.len()];
        index.update(&known, |_| Text { claim: &new.sentence, finding: &new.finding, ..texts[changed] })
    });
    if let Some(folder) = arguments.next() {
        write(Path::new(&folder), &published, &cards, count)?;
        let questions = serde_json::json!({"asked": asked, "short": short}).to_string();
        std::fs::write(Path::new(&folder).join("asked.json"), questions)?;
        fetched(&folder, &asked, short)?;
    }
    Ok(())
}

fn claims_to_add() -> Vec<Made> {
    claims(60).split_off(40)
}

/// What lookups fetch, by Node.
fn fetched(folder: &str, asked: &[String], short: usize) -> Result<(), Box<dyn std::error::Error>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lookup/find.mjs");
    let mut node =
        Command::new("node").arg(script).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let questions: Vec<_> = asked.iter().map(|text| serde_json::json!({"text": text, "most": 10})).collect();
    if let Some(mut input) = node.stdin.take() {
        input.write_all(serde_json::Value::from(questions).to_string().as_bytes())?;
    }
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&node.wait_with_output()?.stdout)?;
    for (name, part) in
        [("exact", &answers[..100]), ("typos", &answers[100..short]), ("long", &answers[short..])]
    {
        let most = |key: &str| part.iter().filter_map(|answer| answer[key].as_f64()).fold(0.0, f64::max);
        let mean = |key: &str| {
            part.iter().filter_map(|answer| answer[key].as_f64()).sum::<f64>() / part.len().max(1) as f64
        };
        for key in ["files", "found", "bytes", "time"] {
            println!("{name} {key:<6} {:>10.1} each, {:>10.1} at most", mean(key), most(key));
        }
    }
    Ok(())
}
