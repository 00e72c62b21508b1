//! A small desk: little of everything, so that each test can afford its own.

use crate::desk::Desk;

/// A picture of 2 by 2 points.
pub const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0, 253,
    212, 154, 115, 0, 0, 0, 16, 73, 68, 65, 84, 120, 218, 99, 80, 72, 152, 0, 68, 12, 16, 10, 0, 28, 14, 4,
    65, 202, 170, 170, 244, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

pub const SITE: &str = "\
title: Small desk
description: A desk for tests.
base_url: https://small.example/
language: en
timezone: UTC
publisher:
  name: Small desk
  url: https://small.example/
ratings: tempo
paginate: 10
topics:
  towers: Towers
";

pub const TOWER: &str = "\
---
title: How tall is the tower?
date: 2026-03-01
authors: [ann]
topics: [towers]
summary: A tower was measured.
slug: tower
aliases: [/old/tower/]
image: { file: tower/picture.png, alt: A tower }
claims:
  - id: tower-is-tall
    claim: The tower is 300 metres tall.
    quote: the tower is 300 metres tall
    claimant: ann
    verdict: benar
    finding: It was measured.
    sources:
      - title: The measurements
        file: tower/heights.csv
        stance: supports
  - id: tower-is-old
    claim: The tower is a thousand years old.
    quote: a thousand years old
    verdict: keliru
    finding: It is not.
    sources:
      - title: The register
        url: https://register.example/tower
        stance: refutes
---

They say the tower is 300 metres tall and a thousand years old.

![A tower](tower/picture.png)

See also [the river](river.md).
";

pub const RIVER: &str = "\
---
title: How long is the river?
date: 2026-04-02
authors: [ann]
topics: [towers]
summary: A river was followed.
claims:
  - id: river-is-long
    claim: The river is endless.
    quote: the river is endless
    verdict: keliru
    finding: It ends in the sea.
    sources:
      - title: The map
        url: https://map.example/river
        stance: refutes
---

They say the river is endless. See [the tower](tower.md).
";

pub const DRAFT: &str = "\
---
title: A draft about a bridge
date: 2026-05-03
authors: [ann]
topics: [towers]
summary: Nobody may see this yet.
status: draft
---

Not ready.
";

pub const FUTURE: &str = "\
---
title: An article of the year 2099
date: 2099-01-01
authors: [ann]
topics: [towers]
summary: It waits.
---

Not yet.
";

/// An article by its name, of a given text.
pub fn article(name: &str, body: &str) -> String {
    format!(
        "---\ntitle: Article {name}\ndate: 2026-02-01\nauthors: [ann]\ntopics: [towers]\nsummary: About {name}.\n\
         claims:\n  - id: claim-{name}\n    claim: Claim {name} holds.\n    verdict: benar\n    finding: It does.\n    \
         sources:\n      - {{ title: Source, url: \"https://source.example/{name}\", stance: supports }}\n---\n\n{body}\n"
    )
}

pub fn desk() -> Desk {
    let desk = Desk::with(&[
        ("site.yaml", SITE),
        ("content/articles/2026/tower.md", TOWER),
        ("content/articles/2026/river.md", RIVER),
        ("content/articles/2026/bridge.md", DRAFT),
        ("content/articles/2099/later.md", FUTURE),
        ("content/articles/2026/tower/heights.csv", "year,metres\n2025,300\n"),
        ("content/people/ann.md", "---\nname: Ann\n---\n\nAnn measures things.\n"),
        ("content/pages/about.md", "---\ntitle: About us\npolicy: about\n---\n\nA small desk.\n"),
        ("static/note.txt", "A note.\n"),
    ]);
    desk.write("content/articles/2026/tower/picture.png", PNG);
    desk
}
