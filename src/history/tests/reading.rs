//! Reading: versions, recent changes, what was removed, and what it costs.

use std::{fmt::Write as _, io::Write as _, process::Stdio};

use super::{
    super::{CommitId, Kind, NoCommit},
    Content, at, edit, git, git_command, opened, path, removal,
};

fn kinds(content: &Content, name: &str) -> Vec<Kind> {
    let versions = content.history.versions(&path(name), 0, 99).expect("read");
    versions.iter().map(|v| v.kind).collect()
}

#[test]
fn the_versions_of_a_file_are_told_newest_first() {
    let content = Content::new();
    assert_eq!(kinds(&content, "a.md"), []);
    let first = content.save(1, &[edit("a.md", "1"), edit("b.md", "b")]);
    content.save(2, &[edit("b.md", "b2")]);
    content.save(3, &[edit("a.md", "2")]);
    assert_eq!(kinds(&content, "a.md"), [Kind::Changed, Kind::Added]);
    content.save(4, &[removal("a.md")]);
    content.save(5, &[edit("a.md", "3")]);
    assert_eq!(
        kinds(&content, "a.md"),
        [Kind::Added, Kind::Removed, Kind::Changed, Kind::Added]
    );
    let page = content.history.versions(&path("a.md"), 2, 1).expect("read");
    let [version] = page.as_slice() else {
        panic!("{page:?}");
    };
    assert_eq!(
        (
            version.when,
            version.author.as_str(),
            version.message.as_str()
        ),
        (at(3), "Team Åbrinken", "Gemt")
    );
    let bytes = |commit, name| content.history.bytes_at(commit, &path(name)).expect("read");
    assert_eq!(bytes(version.commit, "a.md"), Some(b"2".to_vec()));
    assert_eq!(bytes(first.expect("one"), "a.md"), Some(b"1".to_vec()));
    assert_eq!(bytes(version.commit, "c.md"), None);
    let nowhere: CommitId = "ab".repeat(20).parse().expect("a name");
    assert_eq!(bytes(nowhere, "a.md"), None);
    assert_eq!("ab".parse::<CommitId>(), Err(NoCommit("ab".to_owned())));
    assert_eq!(version.commit.to_string().parse(), Ok(version.commit));
    // The name of a content is not the name of a commit.
    let blob = git(&content.root, &["rev-parse", "HEAD:a.md"]);
    assert_eq!(bytes(blob.trim().parse().expect("a name"), "a.md"), None);
}

#[test]
fn recent_changes_last_changes_and_what_was_removed_come_from_the_same_walk() {
    let content = Content::new();
    content.save(1, &[edit("ideer/a.md", "1"), edit("ideer/b.md", "1")]);
    let last_with_a = content.save(2, &[edit("ideer/a.md", "2")]);
    content.save(3, &[removal("ideer/a.md"), edit("ideer/c.md", "1")]);
    let recent = content.history.recent(0, 2).expect("read");
    let told: Vec<Vec<(&str, Kind)>> = recent
        .iter()
        .map(|c| {
            c.changes
                .iter()
                .map(|ch| (ch.path.as_str(), ch.kind))
                .collect()
        })
        .collect();
    assert_eq!(
        told,
        [
            vec![("ideer/a.md", Kind::Removed), ("ideer/c.md", Kind::Added)],
            vec![("ideer/a.md", Kind::Changed)]
        ]
    );
    assert_eq!(content.history.recent(2, 9).expect("read").len(), 1);
    assert_eq!(
        content.history.removed().expect("read"),
        [(path("ideer/a.md"), last_with_a.expect("one"))]
    );
    let last = |name| content.history.last_change(&path(name)).expect("read");
    assert_eq!(
        (last("ideer/a.md"), last("ideer/b.md"), last("x.md")),
        (Some(at(3)), Some(at(1)), None)
    );
    let all = content.history.last_changes().expect("read");
    assert_eq!(all.len(), 3);
    assert_eq!(all.get(&path("ideer/c.md")), Some(&at(3)));
    // It is there again.
    content.save(4, &[edit("ideer/a.md", "2")]);
    assert_eq!(content.history.removed().expect("read"), []);
}

#[test]
fn a_branch_that_was_set_back_is_read_anew() {
    let content = Content::new();
    content.save(1, &[edit("a.md", "1")]);
    content.save(2, &[edit("a.md", "2")]);
    assert_eq!(kinds(&content, "a.md").len(), 2);
    git(&content.root, &["reset", "-q", "--hard", "HEAD~1"]);
    assert_eq!(kinds(&content, "a.md"), [Kind::Added]);
    git(
        &content.root,
        &["commit", "-q", "--amend", "-m", "Skrevet om"],
    );
    let recent = content.history.recent(0, 9).expect("read");
    assert_eq!(recent.len(), 1);
    assert_eq!(recent[0].message, "Skrevet om");
    // What git did by itself is a version too.
    content.on_disk(&[edit("a.md", "pull")]);
    git(&content.root, &["commit", "-qam", "Fra en operatør"]);
    assert_eq!(kinds(&content, "a.md"), [Kind::Changed, Kind::Added]);
}

#[test]
fn a_merge_is_a_version_only_of_what_it_changed_itself() {
    let content = Content::new();
    content.save(1, &[edit("a.md", "a"), edit("b.md", "b")]);
    git(&content.root, &["checkout", "-qb", "side"]);
    content.save(2, &[edit("a.md", "a fra siden")]);
    git(&content.root, &["checkout", "-q", "main"]);
    content.save(3, &[edit("b.md", "b2")]);
    assert_eq!(kinds(&content, "a.md").len(), 1);
    git(&content.root, &["merge", "-q", "-m", "Samlet", "side"]);
    assert_eq!(kinds(&content, "a.md"), [Kind::Changed, Kind::Added]);
    assert_eq!(kinds(&content, "b.md"), [Kind::Changed, Kind::Added]);
    let recent = content.history.recent(0, 9).expect("read");
    assert_eq!(recent.len(), 4);
    let merge = recent.iter().find(|c| c.message == "Samlet");
    assert_eq!(merge.map(|c| c.changes.len()), Some(0));
}

/// Ten thousand commits over fifty files, written by `git fast-import`.
fn long_history(content: &Content) {
    let mut stream = String::new();
    for n in 0..10_000 {
        let text = format!("tekst {n}\n");
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter Team X <x@kaffe.invalid> {} +0000\ndata 4\nGemt\nM 100644 inline ideer/{}.md\ndata {}\n{text}\n",
            1_700_000_000 + n,
            n % 50,
            text.len(),
        );
    }
    let mut import = git_command(&content.root, &["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("git is installed");
    let mut stdin = import.stdin.take().expect("a pipe");
    stdin.write_all(stream.as_bytes()).expect("written");
    drop(stdin);
    assert!(import.wait().expect("ended").success());
    git(&content.root, &["reset", "-q", "--hard"]);
}

#[test]
fn ten_thousand_commits_are_walked_once() {
    let content = Content::new();
    long_history(&content);
    let steps = || content.history.walked.lock().expect("unlocked").steps;
    let of = |name| content.history.versions(&path(name), 0, 500).expect("read");
    assert_eq!(of("ideer/7.md").len(), 200);
    assert_eq!(steps(), 10_000);
    content.save(1, &[edit("ideer/7.md", "ny")]);
    assert_eq!(of("ideer/7.md").len(), 201);
    assert_eq!(of("ideer/8.md").len(), 200);
    assert!(
        content
            .history
            .last_change(&path("ideer/8.md"))
            .expect("read")
            .is_some()
    );
    assert_eq!(content.history.recent(9_990, 50).expect("read").len(), 11);
    assert_eq!(steps(), 10_001);
    content.assert_clean();
    // Another look begins anew, and sees the same.
    let other = opened(&content.root);
    assert_eq!(other.recent(0, 1).expect("read").len(), 1);
}
