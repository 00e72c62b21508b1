//! scratch
use meja::{config, content};
fn main() {
    let root = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let src = content::read_text(&root.join("site.yaml"), "site.yaml").unwrap();
    let (config, diags) = config::read(&src);
    for d in &diags {
        println!("{:?} {}", d.code, d.message);
    }
    let t = std::time::Instant::now();
    let (files, d) = content::walk(&root, "content");
    let n = files.paths().count();
    let reads = content::read(&config, &files);
    println!("{n} files {} docs {:?} {d:?}", reads.len(), t.elapsed());
    for r in &reads {
        for d in &r.diagnostics {
            let (p, l) = match &d.place {
                meja::diagnostic::Place::At(l) => {
                    (l.source.path.clone(), Some(l.source.line_column(l.span.start)))
                }
                meja::diagnostic::Place::File(p) => (p.clone(), None),
            };
            println!("{p} {l:?} {} {} {:?}", d.code.name(), d.message, d.help);
        }
    }
    if let Some(want) = std::env::args().nth(2) {
        for r in &reads {
            if r.path.contains(&want) {
                if let Some(content::Document::Article(a)) = &r.document {
                    println!("{}\n{:?}\n{:#?}", a.body.html, a.body.slots, a.body.passages);
                }
            }
        }
    }
}
