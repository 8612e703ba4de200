//! Forgetting: the text is in nothing of git's, wherever it was, and all else is as it was.

use std::{fs, path::Path};

use super::{
    super::{Forget, HistoryError, Scrub},
    Content, at, edit, git, opened, path, put, removal, team,
};

const SECRET: &str = "Fru Åbrink-Testesen";

fn texts(texts: &[&str]) -> Forget {
    Forget {
        paths: Vec::new(),
        texts: texts.iter().map(|t| (*t).to_owned()).collect(),
    }
}

/// Every file of git's, as it lies there and inflated, and every object that git itself can find.
fn assert_nowhere(root: &Path, secret: &str) {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes())
    };
    let mut open = vec![root.join(".git")];
    let mut inflated = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let place = entry.expect("an entry").path();
            assert!(!holds(place.to_string_lossy().as_bytes()), "{place:?}");
            if place.is_dir() {
                open.push(place);
                continue;
            }
            let bytes = fs::read(&place).expect("a file");
            assert!(!holds(&bytes), "{place:?}");
            if place.components().any(|c| c.as_os_str() == "objects") {
                let mut out = vec![0; 1 << 20];
                let mut inflate = gix::zlib::Inflate::default();
                let (_, _, length) = inflate.once(&bytes, &mut out).expect("an object");
                assert!(!holds(&out[..length]), "{place:?}");
                inflated += 1;
            }
        }
    }
    assert!(inflated > 0);
    let all = git(root, &["cat-file", "--batch-all-objects", "--batch"]);
    assert!(!all.contains(secret));
}

fn is_somewhere(root: &Path, secret: &str) -> bool {
    git(root, &["cat-file", "--batch-all-objects", "--batch"]).contains(secret)
}

/// A history with the text in every corner: files, names, messages, authors, tags, branches,
/// stashes, logs, packs with deltas, and objects that nobody reaches.
fn history_with_the_text_everywhere() -> Content {
    let content = Content::new();
    let long = "en linje, der står i alle udgaver\n".repeat(40);
    content.save(1, &[edit("ideer/a.md", &long), edit("ideer/b.md", "b\n")]);
    content.save(2, &[edit("ideer/a.md", &format!("{long}{SECRET} kom.\n"))]);
    content.save(
        3,
        &[edit(
            &format!("ideer/{SECRET}.md"),
            "navnet står i navnet\n",
        )],
    );
    content.save(4, &[edit("ideer/a.md", &format!("{long}{SECRET} gik.\n"))]);
    content
        .history
        .commit(
            &team(SECRET),
            &format!("Om {SECRET}"),
            &[edit("ideer/b.md", "b2\n")],
            at(5),
        )
        .expect("saved");
    content.on_disk(&[edit("ideer/b.md", "b2\n")]);
    git(
        &content.root,
        &["tag", "-a", "v1", "-m", &format!("Med {SECRET}")],
    );
    git(&content.root, &["branch", "gammel", "HEAD~2"]);
    git(&content.root, &["gc", "-q"]);
    // After packing: loose objects, a stash, and commits that nobody reaches.
    content.on_disk(&[edit("ideer/b.md", &format!("{SECRET} i en stash\n"))]);
    git(&content.root, &["stash", "-q"]);
    content.save(6, &[edit("ideer/c.md", &format!("{SECRET} uden vej\n"))]);
    git(&content.root, &["reset", "-q", "--hard", "HEAD~1"]);
    put(content.root.join(".git/objects/ab_tmp"), SECRET).expect("written");
    git(&content.root, &["commit-graph", "write", "--reachable"]);
    content.save(7, &[removal(&format!("ideer/{SECRET}.md"))]);
    content.assert_clean();
    content
}

#[test]
fn a_forgotten_text_is_in_nothing_of_gits_and_all_else_is_as_it_was() {
    let content = history_with_the_text_everywhere();
    assert!(is_somewhere(&content.root, SECRET));
    let first = git(&content.root, &["rev-list", "--max-parents=0", "HEAD"]);
    let commits = content.history.recent(0, 99).expect("read").len();

    let done = content
        .history
        .forget(&texts(&[SECRET]))
        .expect("forgotten");
    assert_nowhere(&content.root, SECRET);
    assert!(done.objects_removed > 10, "{done:?}");
    assert_eq!(
        done.commits_rewritten,
        5 + 2,
        "five on main, two of the stash"
    );
    // The caller takes it out of the files in the same way; then git has nothing to say.
    let scrub = Scrub::new(&[SECRET.to_owned()]).expect("long enough");
    let place = content.root.join("ideer/a.md");
    let clean = scrub
        .without(&fs::read(&place).expect("read"))
        .expect("it is there");
    crate::source::save::replace(&place, &clean).expect("written");
    content.assert_clean();

    let recent = content.history.recent(0, 99).expect("read");
    assert_eq!(recent.len(), commits);
    let told = recent
        .iter()
        .find(|c| c.author == "[fjernet]")
        .expect("the fifth");
    assert_eq!(told.message, "Om [fjernet]");
    // What came before the text first stood there is untouched.
    assert_eq!(
        git(&content.root, &["rev-list", "--max-parents=0", "HEAD"]),
        first
    );
    assert!(git(&content.root, &["show", "gammel:ideer/a.md"]).ends_with("[fjernet] kom.\n"));
    assert!(git(&content.root, &["cat-file", "tag", "v1"]).ends_with("Med [fjernet]\n"));
    assert_eq!(
        content.history.removed().expect("read")[0].0.as_str(),
        "ideer/[fjernet].md"
    );
    // It goes on as before.
    content.save(9, &[edit("ideer/b.md", "b3\n")]);
    content.assert_clean();
}

#[test]
fn a_forgotten_file_and_what_lies_beside_it_was_never_there() {
    let content = Content::new();
    content.save(
        1,
        &[
            edit("lokalt/x.md", "et\n"),
            edit("lokalt/x/foto.jpg", "jpg"),
            edit("lokalt/xy.md", "et\n"),
        ],
    );
    content.save(2, &[edit("lokalt/x.md", "hemmelige to\n")]);
    content.save(3, &[edit("lokalt/xy.md", "to\n")]);
    content.on_disk(&[removal("lokalt/x.md"), removal("lokalt/x/foto.jpg")]);
    let what = Forget {
        paths: vec![path("lokalt/x.md"), path("lokalt/x")],
        texts: Vec::new(),
    };
    let done = content.history.forget(&what).expect("forgotten");
    assert_eq!(done.commits_rewritten, 3);
    assert_eq!(
        content
            .history
            .versions(&path("lokalt/x.md"), 0, 9)
            .expect("read"),
        []
    );
    assert_eq!(content.history.removed().expect("read"), []);
    assert_nowhere(&content.root, "hemmelige to");
    assert_nowhere(&content.root, "foto.jpg");
    content.assert_clean();
    assert_eq!(
        content
            .history
            .versions(&path("lokalt/xy.md"), 0, 9)
            .expect("read")
            .len(),
        2
    );
    // Nothing is left to forget.
    let again = content.history.forget(&what).expect("forgotten");
    assert_eq!((again.commits_rewritten, again.objects_removed), (0, 0));
}

#[test]
fn two_names_that_become_one_are_both_kept() {
    let content = Content::new();
    content.save(
        1,
        &[
            edit("a/Holm.md", "1"),
            edit("a/Skov.md", "2"),
            edit("a/[fjernet].md", "3"),
        ],
    );
    content
        .history
        .forget(&texts(&["Holm", "Skov"]))
        .expect("forgotten");
    let names = git(&content.root, &["ls-tree", "--name-only", "HEAD", "a/"]);
    assert_eq!(names.lines().count(), 3, "{names}");
    git(&content.root, &["fsck", "--strict"]);
}

#[test]
fn what_cannot_be_made_sure_is_not_begun() {
    let content = Content::new();
    content.save(1, &[edit("a.md", SECRET)]);
    let head = content.history.head().expect("a head");
    assert!(matches!(
        content.history.forget(&texts(&["a"])),
        Err(HistoryError::TooShort(1))
    ));
    git(&content.root, &["branch", "om-testesen"]);
    let named = content.history.forget(&texts(&["testesen"]));
    assert!(
        matches!(named, Err(HistoryError::Unforgettable { .. })),
        "{named:?}"
    );
    let alternates = content.root.join(".git/objects/info/alternates");
    put(&alternates, "/nowhere\n").expect("written");
    let lent = content.history.forget(&texts(&[SECRET]));
    assert!(
        matches!(lent, Err(HistoryError::Unforgettable { .. })),
        "{lent:?}"
    );
    assert_eq!(content.history.head().expect("a head"), head);
}

#[test]
fn a_forgetting_that_was_cut_off_is_finished_when_the_history_is_opened() {
    let content = Content::new();
    content.save(1, &[edit("a.md", SECRET)]);
    // As it is left when the machine stops after the branches have moved.
    git(&content.root, &["checkout", "-q", "--orphan", "ny"]);
    content.on_disk(&[edit("a.md", "[fjernet]")]);
    git(&content.root, &["commit", "-qam", "ny"]);
    git(&content.root, &["branch", "-qM", "ny", "main"]);
    put(content.root.join(".git/kaffe-forgetting"), "").expect("written");
    assert!(is_somewhere(&content.root, SECRET));
    let history = opened(&content.root);
    assert_nowhere(&content.root, SECRET);
    assert!(!content.root.join(".git/kaffe-forgetting").exists());
    assert_eq!(history.recent(0, 9).expect("read").len(), 1);
    content.assert_clean();
}

#[test]
fn a_replaced_object_is_forgotten_too() {
    let content = Content::new();
    content.save(1, &[edit("a.md", SECRET)]);
    let blob = git(&content.root, &["rev-parse", "HEAD:a.md"]);
    put(content.root.join("b.md"), "uskyldig").expect("written");
    let other = git(&content.root, &["hash-object", "-w", "b.md"]);
    fs::remove_file(content.root.join("b.md")).expect("removed");
    git(&content.root, &["replace", blob.trim(), other.trim()]);
    let history = opened(&content.root);
    history.forget(&texts(&[SECRET])).expect("forgotten");
    assert_nowhere(&content.root, SECRET);
    assert_eq!(git(&content.root, &["replace", "-l"]), "");
}
