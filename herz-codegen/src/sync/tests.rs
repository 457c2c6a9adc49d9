use super::*;

fn files(list: &[(&str, &str)]) -> Files {
    let file = |(path, text): &(&str, &str)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    Files::new(list.iter().map(file).collect())
}

fn sync(folder: &Path, list: &[(&str, &str)]) -> Vec<(String, State)> {
    let plan = Plan::new(folder, "go", &files(list), false).unwrap();
    plan.apply().unwrap();
    let changes = plan.changes().iter();
    changes.map(|c| (c.name.clone(), c.state)).collect()
}

fn state(path: &str, state: State) -> (String, State) {
    (path.to_owned(), state)
}

#[test]
fn only_what_changed_is_written_and_what_is_left_over_goes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("deep/out");
    let first = [("a.go", "a"), ("sub/b.go", "b"), ("sub/c.go", "c")];
    assert_eq!(sync(&at, &first).len(), 3);
    assert!(sync(&at, &first).is_empty());
    let stamp = |path: &str| fs::metadata(at.join(path)).unwrap().modified().unwrap();
    let (before, list) = (stamp("a.go"), stamp(MANIFEST));
    assert_eq!(sync(&at, &first), []);
    assert_eq!((before, list), (stamp("a.go"), stamp(MANIFEST)));
    let changes = sync(&at, &[("a.go", "new")]);
    let left = State::Leftover;
    assert_eq!(
        changes,
        [
            state("a.go", State::Stale),
            state("sub/b.go", left),
            state("sub/c.go", left)
        ]
    );
    assert!(!at.join("sub").exists(), "an empty folder goes too");
    sync(&at, &[]);
    assert_eq!(
        fs::read_dir(&at).unwrap().count(),
        0,
        "and so does the list"
    );
}

#[test]
fn what_people_wrote_is_never_touched() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("hand.go"), "mine").unwrap();
    sync(at, &[("a.go", "a"), ("b.go", "b")]);
    let error = Plan::new(at, "go", &files(&[("hand.go", "x")]), false).unwrap_err();
    assert!(
        error.to_string().contains("hand.go") && error.to_string().contains("--force"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(at.join("hand.go")).unwrap(), "mine");
    // A generated file that was changed by hand is not removed either.
    fs::write(at.join("b.go"), "better").unwrap();
    let changes = sync(at, &[("a.go", "a")]);
    assert_eq!(changes, [state("b.go", State::EditedLeftover)]);
    assert_eq!(fs::read_to_string(at.join("b.go")).unwrap(), "better");
    // From then on it is nobody's but theirs.
    assert!(Plan::new(at, "go", &files(&[("b.go", "b")]), false).is_err());
    let taken = Plan::new(at, "go", &files(&[("b.go", "b")]), true).unwrap();
    taken.apply().unwrap();
    assert_eq!(fs::read_to_string(at.join("b.go")).unwrap(), "b");
}

#[test]
fn an_edited_file_is_told_and_line_ends_are_no_edit() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let list = [("a.go", "one\ntwo\n")];
    sync(at, &list);
    fs::write(at.join("a.go"), "one\r\ntwo\r\n").unwrap();
    assert_eq!(sync(at, &list), []);
    fs::write(at.join("a.go"), "one\n").unwrap();
    assert_eq!(sync(at, &list), [state("a.go", State::Edited)]);
    // What equals the generated text is taken over without a word, so a lost list does no harm.
    fs::remove_file(at.join(MANIFEST)).unwrap();
    assert_eq!(sync(at, &list), []);
    assert!(at.join(MANIFEST).exists());
}

#[test]
fn targets_share_a_folder_but_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    sync(at, &[("a.go", "a")]);
    let other = Plan::new(at, "python", &files(&[("a.py", "a")]), false).unwrap();
    other.apply().unwrap();
    sync(at, &[]);
    assert!(at.join("a.py").exists() && !at.join("a.go").exists());
    let error = Plan::new(at, "go", &files(&[("a.py", "x")]), false).unwrap_err();
    assert!(matches!(error, SyncError::Shared(_, target) if target == "python"));
}

#[test]
fn a_list_that_is_damaged_or_hostile_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("out");
    fs::create_dir(&at).unwrap();
    let outside = folder.path().join("precious");
    fs::write(&outside, "x").unwrap();
    let hostile = [
        "go 0 ../precious",
        "go 0 /precious",
        "go 0 a/../../precious",
        "go 0 ",
        "<<<<<<< ours",
        "go zz a.go",
        "\u{0}\u{1}",
    ];
    for line in hostile {
        fs::write(at.join(MANIFEST), format!("# head\n{line}\n")).unwrap();
        let error = Plan::new(&at, "go", &files(&[]), false).unwrap_err();
        assert!(
            matches!(error, SyncError::Manifest(_, 2, _)),
            "{line:?}: {error}"
        );
    }
    fs::write(at.join(MANIFEST), b"\xff\xfe\x00").unwrap();
    assert!(Plan::new(&at, "go", &files(&[]), false).is_err());
    assert!(outside.exists());
}

#[test]
fn names_stay_inside_and_differ() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for path in ["../a", "/a", "a/../b", "", "a\\b", "c:a", "a\nb", "."] {
        let error = Plan::new(at, "go", &files(&[(path, "x")]), false).unwrap_err();
        assert!(matches!(error, SyncError::Outside(_)), "{path:?}: {error}");
    }
    let error = Plan::new(at, "go", &files(&[("A.go", "x"), ("a.go", "y")]), false).unwrap_err();
    assert!(matches!(error, SyncError::Twice(..)));
}

#[test]
fn what_is_no_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let error = Plan::new(&file, "go", &files(&[("a", "x")]), false).unwrap_err();
    assert!(matches!(error, SyncError::NoFolder(_)));
    let below = Plan::new(&file.join("sub"), "go", &files(&[("a", "x")]), false);
    assert!(below.and_then(|plan| plan.apply()).is_err());
    assert_eq!(fs::read_to_string(&file).unwrap(), "x");
    // A folder stands where a file should.
    fs::create_dir(folder.path().join("a.go")).unwrap();
    let error = Plan::new(folder.path(), "go", &files(&[("a.go", "x")]), true).unwrap_err();
    assert!(matches!(error, SyncError::InTheWay(_)));
}
