//! Saving: commits, what was edited on the disk, and what happens when it goes wrong.

use std::{fs, thread};

use super::{
    super::{Availability, Edit, History, HistoryError, OnDisk, Why},
    Content, at, edit, git, opened, path, put, removal, team, try_git,
};

#[test]
fn each_save_is_a_commit_of_a_team_and_git_has_nothing_to_say() {
    let content = Content::new();
    let first = content
        .save(1, &[edit("ideer/gåtur.md", "# Gåtur\n")])
        .expect("a commit");
    content.assert_clean();
    content
        .save(2, &[edit("ideer/gåtur.md", "# Gåtur i skoven\n")])
        .expect("a commit");
    content.save(3, &[removal("ideer/gåtur.md"), edit("teams/å.md", "x\n")]);
    content.assert_clean();

    let log = git(
        &content.root,
        &["log", "--format=%an <%ae> %cn %at %s", "--reverse"],
    );
    let expected = "Team Åbrinken <team@kaffe.invalid> Team Åbrinken 1790000001 Gemt";
    assert_eq!(log.lines().next(), Some(expected));
    assert_eq!(log.lines().count(), 3);
    assert_eq!(
        git(&content.root, &["show", &format!("{first}:ideer/gåtur.md")]),
        "# Gåtur\n"
    );
    assert_eq!(git(&content.root, &["branch", "--show-current"]), "main\n");
    assert!(git(&content.root, &["reflog"]).contains("kaffe: Gemt"));
}

#[test]
fn a_save_that_changes_nothing_is_no_commit() {
    let content = Content::new();
    assert_eq!(content.save(1, &[]), None);
    let first = content.save(1, &[edit("a.md", "a")]);
    assert!(first.is_some());
    assert_eq!(content.save(2, &[edit("a.md", "a")]), None);
    assert_eq!(
        content
            .history
            .commit(&team("T"), "x", &[removal("b.md")], at(2))
            .expect("nothing to do"),
        None
    );
    assert_eq!(content.history.head().expect("a head"), first);
    // A folder is no file, and does not go.
    content.save(3, &[edit("x/b.md", "b")]);
    let folder = content
        .history
        .commit(&team("T"), "x", &[removal("x")], at(4));
    assert_eq!(folder.expect("nothing to do"), None);
}

#[test]
fn what_is_written_for_a_moment_is_never_kept() {
    let content = Content::new();
    let edits = [".kaffe/konti.json", ".kaffe-x.tmp", "ideer/a.md.tmp"].map(|name| Edit {
        path: path(name),
        bytes: Some(b"x".to_vec()),
    });
    assert_eq!(content.save(1, &edits), None);
    let files = edits.map(|e| OnDisk::File(e.path, b"x".to_vec()));
    let taken = content
        .history
        .take_in(&team("På disken"), "På disken", files, at(2));
    assert_eq!(taken.expect("taken in"), None);
    content.assert_clean();
}

#[test]
fn what_was_edited_on_the_disk_becomes_a_version_and_what_is_withheld_stays() {
    let content = Content::new();
    content.save(
        1,
        &[
            edit("a.md", "a"),
            edit("b.md", "b"),
            edit("holdt/c.md", "c"),
            edit("d.md", "d"),
        ],
    );
    put(content.root.join(".gitignore"), "*.bak\n").expect("written");
    git(&content.root, &["add", ".gitignore"]);
    git(&content.root, &["commit", "-qm", "Indstilling"]);

    content.on_disk(&[
        edit("a.md", "a2"),
        removal("b.md"),
        edit("ny/e.md", "e"),
        edit("holdt/c.md", "noget, der ikke må gemmes"),
    ]);
    let mut files = content.files();
    for file in &mut files {
        if matches!(file, OnDisk::File(p, _) if p.as_str() == "holdt/c.md") {
            *file = OnDisk::Leave(path("holdt/c.md"));
        }
    }
    let taken = content
        .history
        .take_in(&team("På disken"), "På disken", files, at(2))
        .expect("taken in");
    assert!(taken.is_some());
    let shown = git(&content.root, &["show", "--name-status", "--format=%an"]);
    assert_eq!(shown, "På disken\n\nM\ta.md\nD\tb.md\nA\tny/e.md\n");
    assert_eq!(
        git(&content.root, &["status", "--porcelain"]),
        " M holdt/c.md\n"
    );
    // The hidden file was not among those on the disk, and is not counted as removed.
    assert_eq!(
        git(&content.root, &["ls-files", ".gitignore"]),
        ".gitignore\n"
    );
    content.on_disk(&[edit("holdt/c.md", "c")]);
    assert_eq!(content.take_in(3), None);
    content.assert_clean();
}

#[test]
fn a_file_may_take_the_place_of_a_folder_and_back() {
    let content = Content::new();
    content.save(1, &[edit("x/a", "a"), edit("x/b/c", "c")]);
    content.on_disk(&[removal("x/a"), removal("x/b/c")]);
    fs::remove_dir_all(content.root.join("x")).expect("removed");
    content.on_disk(&[edit("x", "nu en fil")]);
    assert!(content.take_in(2).is_some());
    content.assert_clean();
    fs::remove_file(content.root.join("x")).expect("removed");
    content.on_disk(&[edit("x/a", "a")]);
    assert!(content.take_in(3).is_some());
    content.assert_clean();
}

#[test]
fn a_file_that_may_be_run_stays_so_and_a_message_cannot_break_out() {
    let content = Content::new();
    content.save(1, &[edit("a.sh", "a")]);
    git(&content.root, &["update-index", "--chmod=+x", "a.sh"]);
    git(&content.root, &["commit", "-qm", "kan køres"]);
    let author = super::super::Author {
        name: "Team <x>\ncommitter y".to_owned(),
        mail: "a@b>".to_owned(),
    };
    content
        .history
        .commit(&author, "\u{0}\n", &[edit("a.sh", "b")], at(2))
        .expect("saved");
    assert!(git(&content.root, &["ls-tree", "HEAD"]).starts_with("100755"));
    assert_eq!(
        git(&content.root, &["log", "-1", "--format=%an|%ae|%B"]).trim(),
        "Team xcommitter y|a@b|kaffe"
    );
    git(&content.root, &["fsck", "--strict"]);
}

#[test]
fn a_save_that_is_cut_off_leaves_the_old_state() {
    let content = Content::new();
    let first = content.save(1, &[edit("a.md", "a")]);
    // All objects are written, and the branch cannot move.
    let lock = content.root.join(".git/refs/heads/main.lock");
    put(&lock, "").expect("locked");
    content.on_disk(&[edit("a.md", "b")]);
    let failed = content
        .history
        .commit(&team("T"), "x", &[edit("a.md", "b")], at(2));
    assert!(
        matches!(failed, Err(HistoryError::Git { .. })),
        "{failed:?}"
    );
    assert_eq!(content.history.head().expect("a head"), first);
    fs::remove_file(&lock).expect("unlocked");

    // After the restart what lies on the disk becomes a version.
    let again = opened(&content.root);
    assert_eq!(again.head().expect("a head"), first);
    assert_eq!(again.versions(&path("a.md"), 0, 9).expect("read").len(), 1);
    assert_eq!(git(&content.root, &["status", "--porcelain"]), " M a.md\n");
    let taken = again.take_in(&team("På disken"), "På disken", content.files(), at(3));
    assert!(taken.expect("taken in").is_some());
    content.assert_clean();
}

#[test]
fn a_branch_that_another_program_moved_is_not_moved_back() {
    let content = Content::new();
    content.save(1, &[edit("a.md", "a")]);
    let repo = content.history.repo();
    let old = content.history.head_of(&repo).expect("a head");
    content.save(2, &[edit("a.md", "b")]);
    let now = content
        .history
        .head_of(&repo)
        .expect("a head")
        .expect("one");
    let late = content
        .history
        .move_head(&repo, old, old.expect("one"), "x", &team("T"), at(3));
    assert!(matches!(late, Err(HistoryError::Moved(_))), "{late:?}");
    assert_eq!(content.history.head_of(&repo).expect("a head"), Some(now));
}

#[test]
fn many_threads_save_and_read_and_nothing_is_missing() {
    let content = Content::new();
    content.save(0, &[edit("start.md", "x")]);
    thread::scope(|scope| {
        for n in 0..6 {
            let content = &content;
            scope.spawn(move || {
                for k in 0..10 {
                    let name = format!("tekster/{n}.md");
                    content
                        .save(k, &[edit(&name, &format!("{k}"))])
                        .expect("a commit");
                    let versions = content.history.versions(&path(&name), 0, 99);
                    assert_eq!(
                        versions.expect("read").len(),
                        usize::try_from(k).expect("small") + 1
                    );
                }
            });
        }
    });
    assert_eq!(content.history.recent(0, 999).expect("read").len(), 61);
    content.assert_clean();
}

#[test]
fn history_is_on_only_in_a_repository_of_its_own() {
    let content = Content::new();
    let inside = content.root.join("under/content");
    fs::create_dir_all(&inside).expect("a folder");
    let why = |root: &std::path::Path| match History::open(root) {
        Availability::Off(why) => why,
        Availability::On(_) => panic!("it is on"),
    };
    assert_eq!(why(&inside), Why::InsideLarger(content.root.clone()));
    assert!(matches!(
        History::create(&content.root),
        Err(HistoryError::Exists(_))
    ));
    let lone = tempfile::tempdir().expect("a folder");
    assert_eq!(why(lone.path()), Why::NoRepository);
    assert_eq!(why(&lone.path().join("nowhere")), Why::NoRepository);
    fs::create_dir(lone.path().join(".git")).expect("a folder");
    assert!(matches!(why(lone.path()), Why::Unusable(_)));

    content.save(1, &[edit("a.md", "a")]);
    let linked = lone.path().join("linked");
    git(
        &content.root,
        &["worktree", "add", "-q", linked.to_str().expect("text")],
    );
    assert!(matches!(why(&linked), Why::Unusable(_)));
    git(
        &content.root,
        &[
            "worktree",
            "remove",
            "--force",
            linked.to_str().expect("text"),
        ],
    );
    let shallow = lone.path().join("shallow");
    content.save(2, &[edit("a.md", "b")]);
    let from = format!("file://{}", content.root.display());
    let clone = [
        "clone",
        "-q",
        "--depth=1",
        &from,
        shallow.to_str().expect("text"),
    ];
    assert!(try_git(lone.path(), &clone).1);
    assert!(matches!(why(&shallow), Why::Unusable(_)));
}
