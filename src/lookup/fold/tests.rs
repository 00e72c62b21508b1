use super::Folder;
#[test]
fn zz() {
    let f = Folder::new(&["id","en"]);
    for t in std::fs::read_to_string("/tmp/texts.txt").unwrap().lines() {
        let w: Vec<_> = f.words(t).into_iter().map(|w| w.key).collect();
        println!("{t}\t=> {}", w.join(" "));
    }
    for t in std::fs::read_to_string("/tmp/stems.txt").unwrap().split_whitespace() { print!("{t}={} ", f.stem(t, "id")); }
}
