//! A restless editor: edits of every kind in a fixed order of chance, some in bursts.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::server::Server;
use super::small;
use crate::desk::Desk;

/// How many edits come between two quiet moments.
const BURST: usize = 20;

/// How many articles the editor keeps at most, beside those of the small desk.
const SIZE: usize = 40;

/// After how many edits memory counts as that of a preview in use.
const WARM: usize = 200;

/// Numbers that look like chance and are the same on every run (Knuth's MMIX).
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("a small number")
    }
}

/// An editor at work on the small desk.
pub struct Editor {
    pub desk: Desk,
    pub chance: Chance,
    /// The articles that the editor made: path by name.
    articles: BTreeMap<String, String>,
    broken: Vec<String>,
    made: usize,
    folders: usize,
    count: BTreeMap<&'static str, usize>,
}

/// Kinds of edits are numbers below this one.
pub const KINDS: usize = 100;

impl Editor {
    /// An editor whose further choices begin from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            desk: small::desk(),
            chance: Chance(seed),
            articles: BTreeMap::new(),
            broken: Vec::new(),
            made: 0,
            folders: 0,
            count: BTreeMap::new(),
        }
    }

    fn some_article(&mut self) -> Option<(String, String)> {
        let index = self.chance.below(self.articles.len().max(1));
        self.articles.iter().nth(index).map(|(name, path)| (name.clone(), path.clone()))
    }

    fn text(&mut self, name: &str) -> String {
        let verdict = ["benar", "keliru", "sesat"][self.chance.below(3)];
        let body = format!("Words number {}. See [the river](/articles/river/).", self.chance.below(1000));
        // Each fact that lists are made of changes by itself now and then.
        let reviewers = ["", "reviewers: [ann]\n", "reviewers: [Bea]\n"][self.chance.below(3)];
        let kind = ["", "    kind: konten-palsu\n", "    kind: satire-parodi\n"][self.chance.below(3)];
        let topic = ["towers", "rivers"][self.chance.below(2)];
        // What claims are looked up by, too.
        let words = ["holds", "holds no longer", "was never true", "holds beyond the old bridge"];
        let words = words[self.chance.below(4)];
        let claimant = ["", "    claimant: ann\n", "    claimant: Bea\n"][self.chance.below(3)];
        let status = ["", "", "", "status: draft\n"][self.chance.below(4)];
        small::article(name, &body)
            .replace(&format!("Claim {name} holds.\n"), &format!("Claim {name} {words}.\n{claimant}"))
            .replace("verdict: benar\n", &format!("verdict: {verdict}\n{kind}"))
            .replace("topics: [towers]\n", &format!("topics: [{topic}]\n{reviewers}{status}"))
    }

    fn save(&mut self, path: &str, text: &str, atomically: bool) {
        if atomically {
            let (folder, name) = path.rsplit_once('/').expect("a folder");
            let beside = format!("{folder}/.{name}.coming");
            self.desk.write(&beside, text);
            std::fs::rename(self.desk.path(&beside), self.desk.path(path)).expect("a new name");
        } else {
            self.desk.write(path, text);
        }
    }

    /// Makes an edit of a kind below [`KINDS`].
    pub fn edit(&mut self, kind: usize) {
        let crowded = self.articles.len() > SIZE;
        let article = self.some_article();
        let done = match (kind, article) {
            (0..20, _) if !crowded => {
                self.made += 1;
                let name = format!("n{}", self.made);
                let path = format!("content/articles/f{}/{name}.md", self.chance.below(6));
                let text = self.text(&name);
                self.save(&path, &text, self.made.is_multiple_of(2));
                self.articles.insert(name, path);
                "create"
            }
            (20..40, Some((name, path))) => {
                let text = self.text(&name);
                self.save(&path, &text, true);
                self.broken.retain(|other| *other != name);
                "save by rename"
            }
            (40..60, Some((name, path))) => {
                let text = self.text(&name);
                self.save(&path, &text, false);
                self.broken.retain(|other| *other != name);
                "save in place"
            }
            (60..68, Some((name, path))) => {
                self.made += 1;
                let to = format!("content/articles/g{}/r{}.md", self.chance.below(4), self.made);
                std::fs::create_dir_all(self.desk.path(&to).parent().expect("a folder")).expect("a folder");
                std::fs::rename(self.desk.path(&path), self.desk.path(&to)).expect("a new name");
                self.articles.insert(name, to);
                "rename"
            }
            (68..78, Some((name, path))) => {
                std::fs::remove_file(self.desk.path(&path)).expect("a removed file");
                self.articles.remove(&name);
                self.broken.retain(|other| *other != name);
                "delete"
            }
            (78..83, Some((name, path))) => {
                let broken = self.text(&name).replace("verdict:", "verdikt: [");
                self.save(&path, &broken, kind.is_multiple_of(2));
                self.broken.push(name);
                "break"
            }
            (83..86, _) => {
                self.mend();
                "mend"
            }
            (86..88, _) => {
                // The evidence and the picture that an article shows.
                let heights = format!("year,metres\n2025,{}\n", self.chance.below(1000));
                self.save("content/articles/2026/tower/heights.csv", &heights, kind == 86);
                let points = self.chance.below(200);
                self.desk.write("content/articles/2026/tower/picture.png", picture(points));
                "exchange files"
            }
            (88..94, Some((_, path))) => {
                let (folder, _) = path.rsplit_once('/').expect("a folder");
                self.folders += 1;
                let to = format!("content/articles/moved{}", self.folders);
                std::fs::rename(self.desk.path(folder), self.desk.path(&to)).expect("a new name");
                for path in self.articles.values_mut() {
                    if let Some(name) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
                        *path = format!("{to}/{name}");
                    }
                }
                "move a folder"
            }
            (94, _) => {
                let name = ["Ann", "Annabel", "Anna of the bridge"][self.chance.below(3)];
                let text = format!("---\nname: {name}\n---\n\nAnn measures things.\n");
                self.save("content/people/ann.md", &text, true);
                "rename a person"
            }
            (95..97, _) => {
                let words = format!(
                    "{{% extends \"base.html\" %}}{{% block content %}}<p>{}</p>{{% endblock content %}}\n",
                    self.chance.below(1000)
                );
                self.desk.write("templates/404.html", words);
                "edit a template"
            }
            (97..99, _) => {
                self.desk.write("static/assets/style.css", format!("p {{ margin: {kind}px }}\n"));
                "edit the style sheet"
            }
            (99, _) => {
                let size = 5 + self.chance.below(10);
                self.desk
                    .write("site.yaml", small::SITE.replace("paginate: 10", &format!("paginate: {size}")));
                "edit the settings"
            }
            _ => "nothing",
        };
        *self.count.entry(done).or_default() += 1;
    }

    fn of_one_size(&mut self) {
        while self.articles.len() > SIZE {
            if let Some((_, path)) = self.articles.pop_first() {
                std::fs::remove_file(self.desk.path(&path)).expect("a removed file");
            }
        }
        while self.articles.len() < SIZE {
            self.made += 1;
            let (name, path) = (format!("n{}", self.made), format!("content/articles/f0/n{}.md", self.made));
            let text = self.text(&name);
            self.save(&path, &text, true);
            self.articles.insert(name, path);
        }
    }

    /// Mends every article that was broken.
    pub fn mend(&mut self) {
        for name in std::mem::take(&mut self.broken) {
            if let Some(path) = self.articles.get(&name).cloned() {
                let text = self.text(&name);
                self.save(&path, &text, name.len().is_multiple_of(2));
            }
        }
    }
}

/// A grey picture that is so many points wide.
fn picture(points: usize) -> Vec<u8> {
    let width = u32::try_from(points + 2).expect("a small picture");
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, 2);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a head");
    writer.write_image_data(&vec![128; 2 * width as usize]).expect("points");
    writer.finish().expect("an end");
    bytes
}

pub fn run(edits: usize) {
    let began = Instant::now();
    let mut editor = Editor::new(20_241_113);
    let server = Server::start(editor.desk.root());
    server.equals_cold_build();
    let mut weighed = Vec::new();
    for edit in 1..=edits {
        let kind = editor.chance.below(KINDS);
        editor.edit(kind);
        // Not proof of anything: edits come one by one as well as in bursts.
        if editor.chance.below(3) == 0 {
            std::thread::sleep(Duration::from_millis(editor.chance.below(40) as u64));
        }
        if edit % BURST == 0 || edit == edits {
            editor.mend();
            server.equals_cold_build();
        }
        if edit % WARM == 0 || edit == edits {
            // A larger desk takes more memory, so it is weighed when it is of the same size.
            editor.of_one_size();
            server.equals_cold_build();
            weighed.push(server.memory());
        }
    }
    println!(
        "{edits} edits in {:.1} s, {} updates, memory after each {WARM}: {weighed:?} kB, {:?}",
        began.elapsed().as_secs_f64(),
        server.updates().len(),
        editor.count
    );
    if let [warm, .., last] = weighed[..] {
        assert!(last * 10 <= warm * 11, "memory grew from {warm} kB to {last} kB");
    }
}
