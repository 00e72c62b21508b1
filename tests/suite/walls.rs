//! The walls of the house: what each room of `src` may use. The rooms and their order are read from
//! `src/lib.rs`; the tables below say the rest.

use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::repository;

/// The program itself: above the library, it may use every room.
const PROGRAM: [&str; 2] = ["main", "cli"];

/// Libraries that one room owns: how a path to it begins, and where that may stand.
const OWNERS: &[(&str, &[&str])] = &[
    ("serde_yaml", &["yaml"]),
    ("pulldown_cmark", &["content/markdown"]),
    ("ammonia", &["content/markdown/sanitize.rs"]),
    ("walkdir", &["content/walk.rs"]),
    ("sha2", &["digest"]),
    ("twox_hash", &["digest"]),
    ("imagesize", &["content/picture.rs"]),
    ("image", &["picture/pixels.rs"]),
    ("fast_image_resize", &["picture/pixels.rs"]),
    ("webp", &["picture"]),
    ("strsim", &["diagnostic"]),
    ("tempfile", &["git", "revision", "publish"]),
    ("tera", &["page", "render"]),
    ("csv", &["page/data.rs", "import/table.rs"]),
    ("htmd", &["import/markup.rs"]),
    ("markup5ever_rcdom", &["import/markup.rs"]),
    ("encoding_rs", &["import/bytes.rs"]),
    ("roxmltree", &["import/wordpress.rs"]),
    ("annotate_snippets", &["report"]),
    ("icu_calendar", &["locale"]),
    ("icu_datetime", &["locale"]),
    ("icu_decimal", &["locale"]),
    ("icu_locale", &["locale"]),
    ("icu_plurals", &["locale"]),
    ("resvg", &["draw"]),
    ("png", &["draw/palette.rs"]),
    ("skrifa", &["draw"]),
    ("harfrust", &["draw"]),
    ("unicode_bidi", &["draw/shape.rs"]),
    ("unicode_script", &["draw/shape.rs"]),
    ("hypher", &["draw/hyphens.rs"]),
    ("icu_segmenter", &["draw/fit.rs"]),
    ("fs4", &["output", "cli/import/lock.rs"]),
    ("ureq", &["links/client.rs"]),
    ("unicode_security", &["check/letters.rs"]),
    ("pagefind_stem", &["lookup/fold/stems.rs"]),
    ("idna", &["check/letters.rs"]),
    ("include_dir", &["theme", "check/explain.rs", "starter/desk.rs"]),
    ("axum", &["serve"]),
    ("tokio", &["serve"]),
    ("notify", &["serve/watch.rs"]),
    ("async_stream", &["serve/events.rs"]),
    ("open", &["cli/serve.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("indicatif", &["cli"]),
];

/// What reaches out of the program: the words for it, and where they may stand.
const REACHES: &[(&str, &[&str], &[&str])] = &[
    ("the clock", &["Zoned::now", "Timestamp::now", "SystemTime"], &["cli"]),
    // A stopwatch tells no date: nothing it says can get into a page.
    ("a stopwatch", &["Instant::now"], &["cli", "links/queue.rs", "serve"]),
    // The preview listens. The check of links asks through its own library.
    (
        "the network",
        &["TcpStream", "TcpListener", "UdpSocket", "to_socket_addrs", "ToSocketAddrs"],
        &["serve"],
    ),
    (
        "the file system",
        &[
            "std::fs",
            "fs::",
            "File::open",
            "File::create",
            "walkdir",
            ".canonicalize(",
            ".read_dir(",
            ".metadata(",
        ],
        &["content", "git", "revision", "links/memory.rs", "theme", "output", "publish", "render", "cli"],
    ),
    // A build leaves alone what was made without a look at the texts that changed, so pages may look only with a note of it.
    (
        "the texts of articles without a note",
        &["Looked::unnoted"],
        &[
            "site/circulated.rs",
            "site/paths.rs",
            "site/published.rs",
            "site/references.rs",
            "check",
            "render",
            "pipeline",
        ],
    ),
    ("notes of looks at texts", &["Looked::noted"], &["pipeline"]),
    (
        "the whole text of a file",
        &["source.text", "source().text"],
        &[
            "yaml",
            "content",
            "site/clashes.rs",
            "check",
            "theme",
            "page/share_card/look.rs",
            "render",
            "pipeline",
            "report",
            "starter",
            "cli",
        ],
    ),
    ("other programs", &["process::Command", "Command::new"], &["git"]),
    (
        "printing",
        &["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout()", "stderr()"],
        &["cli", "main.rs"],
    ),
    ("the end of the process", &["process::exit", "process::abort"], &["cli", "main.rs"]),
    ("panics", &[".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!"], &[]),
];

/// No file is longer.
const LONGEST: usize = 400;

/// One file of `src`, without its tests, comments and texts.
struct File {
    path: String,
    /// The code; what was left out is blank, lines stay where they were.
    code: String,
    lines: usize,
}

/// Every file that is not a test, with its code.
fn house(sources: &BTreeMap<String, String>) -> Vec<File> {
    let stripped: BTreeMap<&String, (String, Vec<String>)> = sources
        .iter()
        .map(|(path, source)| (path, without_tests(&only_code(source), source, path)))
        .collect();
    let tests: Vec<&String> = stripped.values().flat_map(|(_, tests)| tests).collect();
    let is_test = |path: &str| {
        tests.iter().any(|test| {
            path == format!("{test}.rs") || path == test.as_str() || path.starts_with(&format!("{test}/"))
        })
    };
    stripped
        .iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, (code, _))| File {
            path: (*path).clone(),
            code: code.clone(),
            lines: sources[*path].lines().count(),
        })
        .collect()
}

/// Blanks comments, texts and characters.
fn only_code(source: &str) -> String {
    let chars: Vec<char> = source.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut out = String::with_capacity(source.len());
    let mut index = 0;
    while index < chars.len() {
        let end = match (at(index), at(index + 1)) {
            ('/', '/') => (index..chars.len()).find(|end| at(*end) == '\n').unwrap_or(chars.len()),
            ('/', '*') => {
                let mut depth = 0;
                let mut end = index;
                loop {
                    match (at(end), at(end + 1)) {
                        ('/', '*') => (depth, end) = (depth + 1, end + 2),
                        ('*', '/') => (depth, end) = (depth - 1, end + 2),
                        _ => end += 1,
                    }
                    if depth == 0 || end >= chars.len() {
                        break end;
                    }
                }
            }
            ('r', '"' | '#') if !at(index.wrapping_sub(1)).is_alphanumeric() => {
                let hashes = (index + 1..chars.len()).take_while(|place| at(*place) == '#').count();
                if at(index + 1 + hashes) == '"' {
                    let closes =
                        |place: usize| at(place) == '"' && (1..=hashes).all(|more| at(place + more) == '#');
                    let close = (index + 2 + hashes..chars.len()).find(|place| closes(*place));
                    close.map_or(chars.len(), |place| place + 1 + hashes)
                } else {
                    index
                }
            }
            ('"', _) => end_of_text(&chars, index + 1, '"'),
            ('\'', '\\') => end_of_text(&chars, index + 1, '\''),
            ('\'', _) if at(index + 2) == '\'' => index + 3,
            _ => index,
        };
        if end == index {
            out.push(at(index));
            index += 1;
        } else {
            out.extend((index..end).map(|place| if at(place) == '\n' { '\n' } else { ' ' }));
            index = end;
        }
    }
    out
}

fn end_of_text(chars: &[char], mut index: usize, quote: char) -> usize {
    while index < chars.len() {
        match chars[index] {
            '\\' => index += 2,
            c if c == quote => return index + 1,
            _ => index += 1,
        }
    }
    chars.len()
}

/// Blanks what `#[cfg(test)]` stands before. Also the paths, without `.rs`, of modules that are
/// tests in files of their own.
fn without_tests(code: &str, source: &str, path: &str) -> (String, Vec<String>) {
    let mut code = code.to_owned();
    let mut files = Vec::new();
    while let Some(start) = code.find("#[cfg(test)]") {
        let rest = &code[start..];
        let (semicolon, brace) = (rest.find(';'), rest.find('{'));
        let end = match (semicolon, brace) {
            (Some(end), brace) if brace.is_none_or(|brace| end < brace) => {
                let name = rest[..end].split_whitespace().last().unwrap_or_default();
                files.push(test_file(source, path, name));
                start + end + 1
            }
            (_, Some(brace)) => {
                let mut depth = 0_usize;
                let close = rest[brace..].char_indices().find(|(_, c)| {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        _ => {}
                    }
                    depth == 0
                });
                close.map_or(code.len(), |(close, _)| start + brace + close + 1)
            }
            _ => code.len(),
        };
        let blank: String = code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(start..end, &blank);
    }
    (code, files)
}

/// The file of a test module, without its ending: named by `#[path]`, or by the module.
fn test_file(source: &str, path: &str, name: &str) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let given = source
        .split_once(&format!("\"]\nmod {name};"))
        .and_then(|(before, _)| before.rsplit_once("#[path = \""))
        .map(|(_, file)| file.trim_end_matches(".rs"));
    if let Some(file) = given {
        return format!("{folder}/{file}").trim_start_matches('/').to_owned();
    }
    let own = path.trim_end_matches(".rs");
    let base = if own.ends_with("/mod") || own == "lib" { folder } else { own };
    format!("{base}/{name}").trim_start_matches('/').to_owned()
}

/// The room a file belongs to.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The rooms in the order of `lib.rs`.
fn rooms(sources: &BTreeMap<String, String>) -> Vec<String> {
    let lib = sources.get("lib.rs").map(|source| only_code(source)).unwrap_or_default();
    lib.lines()
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect()
}

/// Whether `path` lies in one of `places`: a room, a folder or a file.
fn stands_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| {
        path == *place || path == format!("{place}.rs") || path.starts_with(&format!("{place}/"))
    })
}

/// The places of a word that is not part of a longer one, as line numbers.
fn lines_with(code: &str, word: &str) -> Vec<usize> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let starts_name = word.starts_with(is_name);
    let ends_name = word.ends_with(is_name);
    code.match_indices(word)
        .filter(|(at, _)| !(starts_name && code[..*at].ends_with(is_name)))
        .filter(|(at, _)| !(ends_name && code[at + word.len()..].starts_with(is_name)))
        .map(|(at, _)| code[..at].matches('\n').count() + 1)
        .collect()
}

/// Rooms of the library that a file names: `crate::x`, and `super::x` where that is the crate.
fn used_rooms(file: &File) -> Vec<(usize, String)> {
    let is_root =
        !file.path.contains('/') || (file.path.matches('/').count() == 1 && file.path.ends_with("/mod.rs"));
    let prefixes: &[&str] = if is_root { &["crate::", "super::"] } else { &["crate::"] };
    let mut used = Vec::new();
    for prefix in prefixes {
        for (at, _) in file.code.match_indices(prefix) {
            if *prefix == "super::" && file.code[..at].ends_with("super::") {
                continue;
            }
            let line = file.code[..at].matches('\n').count() + 1;
            let rest = &file.code[at + prefix.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(group) => outermost(group),
                None => vec![rest],
            };
            for name in names {
                let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
                used.push((line, name[..end].to_owned()));
            }
        }
    }
    used
}

/// The parts of a `{a, b::{c, d}}` up to its end, at its own depth.
fn outermost(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(group[start..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(group[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

/// Every breach of a wall.
fn breaches(sources: &BTreeMap<String, String>) -> Vec<String> {
    let order = rooms(sources);
    let mut breaches = Vec::new();
    for file in house(sources) {
        let mut say = |line: usize, what: String| breaches.push(format!("src/{}:{line}: {what}", file.path));
        let own = room(&file.path);
        let position = order.iter().position(|room| room == own);
        if position.is_none() && own != "lib" && !PROGRAM.contains(&own) {
            say(1, format!("`{own}` is no room of lib.rs"));
        }
        for (line, used) in used_rooms(&file) {
            let Some(other) = order.iter().position(|room| *room == used) else {
                continue;
            };
            if position.is_some_and(|position| other > position) {
                say(line, format!("`{own}` uses `{used}`, which stands below it"));
            }
        }
        for (library, places) in OWNERS {
            if !stands_in(&file.path, places) {
                for line in lines_with(&file.code, &format!("{library}::")) {
                    say(line, format!("{library} belongs to {}", places.join(", ")));
                }
            }
        }
        for (what, words, places) in REACHES {
            if !stands_in(&file.path, places) {
                for (line, word) in words
                    .iter()
                    .flat_map(|word| lines_with(&file.code, word).into_iter().map(move |line| (line, word)))
                {
                    say(line, format!("`{word}`: {what} is not for `{own}`"));
                }
            }
        }
        if file.lines > LONGEST {
            say(file.lines, format!("{} lines, more than {LONGEST}", file.lines));
        }
    }
    breaches.sort();
    breaches.dedup();
    breaches
}

fn sources_below(folder: &Path) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut waiting = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                waiting.push((entry.path(), format!("{prefix}{name}/")));
            } else if name.ends_with(".rs") {
                sources.insert(format!("{prefix}{name}"), std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    sources
}

#[test]
fn the_walls_stand() {
    let sources = sources_below(&repository().join("src"));
    assert!(rooms(&sources).len() > 10 && house(&sources).len() > 60, "the house was read");
    let breaches = breaches(&sources);
    assert!(breaches.is_empty(), "{} breaches:\n  {}", breaches.len(), breaches.join("\n  "));
}

#[test]
fn every_owned_library_is_used_where_it_belongs() {
    let sources = sources_below(&repository().join("src"));
    let house = house(&sources);
    for (library, places) in OWNERS {
        let word = format!("{library}::");
        let is_used = |place: &&&str| {
            house
                .iter()
                .any(|file| stands_in(&file.path, &[**place]) && !lines_with(&file.code, &word).is_empty())
        };
        let unused: Vec<_> = places.iter().filter(|place| !is_used(place)).collect();
        assert!(unused.is_empty(), "{library} is not used in {unused:?}: take it from the table");
    }
}

#[test]
fn every_library_has_its_reason() {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).expect(path);
    let (manifest, page) = (read("Cargo.toml"), read("docs/dependencies.md"));
    let mut used: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        match line.strip_prefix('[') {
            Some(table) => inside = table.ends_with("dependencies]"),
            None if inside => used.extend(line.split_once(" = ").map(|(name, _)| name.trim())),
            None => {}
        }
    }
    let mut listed: Vec<&str> =
        page.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0)).collect();
    used.sort_unstable();
    listed.sort_unstable();
    assert!(used.len() > 40);
    assert_eq!(used, listed);
}

#[test]
fn breaches_are_found() {
    let files = [
        ("lib.rs", "pub mod low;\n\npub mod high;\n"),
        (
            "low.rs",
            "use crate::high::x;\nuse super::high;\nfn f() { println!(\"crate::low\"); a.unwrap(); }\n",
        ),
        (
            "high/mod.rs",
            "use crate::low;\n// crate::none panic!\nlet t = \"panic!\"; let c = '\"'; todo!();\n#[cfg(test)]\nmod tests { use x; fn f() { panic!() } }\nlet now = Zoned::now();\n",
        ),
        (
            "high/part.rs",
            "use crate::{low, high::{self, z}};\nstd::fs::read(p);\nlet r = r#\"a\"panic!\"#; serde_yaml::from_str();\n#[cfg(test)]\n#[path = \"part_tests.rs\"]\nmod tests;\n",
        ),
        ("high/part_tests.rs", "panic!()"),
        ("odd.rs", ""),
        ("cli/mod.rs", "println!(); std::time::SystemTime::now(); x.expect(e);"),
        ("low/long.rs", &"\n".repeat(401)),
    ];
    let sources = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(
        breaches(&sources),
        [
            "src/cli/mod.rs:1: `.expect(`: panics is not for `cli`",
            "src/high/mod.rs:3: `todo!`: panics is not for `high`",
            "src/high/mod.rs:6: `Zoned::now`: the clock is not for `high`",
            "src/high/part.rs:2: `fs::`: the file system is not for `high`",
            "src/high/part.rs:2: `std::fs`: the file system is not for `high`",
            "src/high/part.rs:3: serde_yaml belongs to yaml",
            "src/low.rs:1: `low` uses `high`, which stands below it",
            "src/low.rs:2: `low` uses `high`, which stands below it",
            "src/low.rs:3: `.unwrap()`: panics is not for `low`",
            "src/low.rs:3: `println!`: printing is not for `low`",
            "src/low/long.rs:401: 401 lines, more than 400",
            "src/odd.rs:1: `odd` is no room of lib.rs",
        ]
    );
}
