use super::*;

fn inputs(common: &str, parts: &[&str]) -> Inputs {
    Inputs {
        common: Print::of(common.as_bytes()),
        parts: parts.iter().map(|part| Print::of(part.as_bytes())).collect(),
    }
}

/// Builds two files, `a` of what is common and `b` of these parts as well; says which of them were not kept as they were.
fn made(
    root: &TempDir,
    public: &Path,
    inputs: &Inputs,
    of: &[u32],
) -> Result<Vec<&'static str>, OutputError> {
    let mut output = Output::open(public, root.path())?.made_from(inputs.clone());
    output.begin(["a", "b"])?;
    let mut made = Vec::new();
    for (path, of) in [("a", &[][..]), ("b", of)] {
        if !output.keep_same(path) {
            made.push(path);
            let origin = Origin { key: inputs.common, parts: inputs.only(of.into()) };
            output.write_made(path, origin, format!("{inputs:?}").as_bytes())?;
        }
    }
    output.finish()?;
    Ok(made)
}

#[test]
fn a_file_is_made_again_if_a_part_of_it_changed() -> Tested {
    let (root, public) = desk()?;
    let one = inputs("x", &["p", "q", "r"]);
    assert_eq!(made(&root, &public, &one, &[0, 2])?, ["a", "b"]);
    assert_eq!(made(&root, &public, &one, &[0, 2])?, [""; 0]);
    assert_eq!(made(&root, &public, &inputs("x", &["p", "other", "r"]), &[0, 2])?, [""; 0], "of no file");
    assert_eq!(made(&root, &public, &inputs("x", &["p", "other", "R"]), &[0, 2])?, ["b"], "of one file");
    assert_eq!(made(&root, &public, &inputs("x", &["R", "other", "p"]), &[0, 2])?, ["b"], "in another order");
    assert_eq!(made(&root, &public, &inputs("x", &["R"]), &[0, 2])?, ["b"], "gone");
    assert_eq!(made(&root, &public, &inputs("x", &["R"]), &[0, u32::MAX])?, ["b"], "never there");
    assert_eq!(made(&root, &public, &inputs("x", &["R"]), &[0, u32::MAX])?, ["b"], "never there");
    assert_eq!(made(&root, &public, &inputs("y", &["R"]), &[0])?, ["a", "b"], "common to all");
    Ok(())
}

/// Whether a build from these inputs would leave the file alone without making it, by what the list says.
fn is_believed(public: &Path, path: &str, inputs: &Inputs) -> bool {
    let made = Made::read(public);
    made.has(inputs) && made.entry(path).is_some_and(|entry| entry.has(inputs))
}

#[test]
fn a_list_that_was_cut_or_damaged_keeps_nothing_that_changed() -> Tested {
    let (root, public) = desk()?;
    let (before, now) = (inputs("x", &["p", "q"]), inputs("x", &["p", "Q"]));
    made(&root, &public, &before, &[1])?;
    let list = fs::read_to_string(public.join(made::NAME))?;
    assert!(list.starts_with("meja-made 4\t") && list.lines().count() == 3, "{list}");
    assert!(is_believed(&public, "a", &now) && is_believed(&public, "b", &before), "the whole list");
    assert!(!is_believed(&public, "b", &now), "the whole list");
    for length in 0..list.len() {
        fs::write(public.join(made::NAME), &list[..length])?;
        assert!(!is_believed(&public, "b", &now), "cut after {length}");
    }
    for (at, line) in list.lines().enumerate() {
        let without = list.replacen(&format!("{line}\n"), "", 1);
        fs::write(public.join(made::NAME), without)?;
        assert!(!is_believed(&public, "b", &now), "without line {at}");
    }
    for column in list.lines().last().unwrap_or_default().split('\t').skip(1) {
        for other in ["", "-", "0", "\t"] {
            fs::write(public.join(made::NAME), list.replace(column, other))?;
            assert!(!is_believed(&public, "b", &now), "{column:?} is {other:?}");
        }
    }
    // And the build does what the list says: here it ends after the third column.
    let third = list.match_indices('\t').nth_back(1).map_or(0, |(at, _)| at);
    fs::write(public.join(made::NAME), &list[..third])?;
    assert!(made(&root, &public, &now, &[1])?.contains(&"b"));
    Ok(())
}
