//! Joining: servers that share one bare repository come to the same, and lose nothing.

use std::{cell::Cell, io, net::TcpListener, path::Path, time::Duration};

use tempfile::TempDir;

use super::{
    super::{Forget, HistoryError, Joined, Merged, Pushed, Remote, Step},
    Content, Edit, at, edit, git, opened, path, put, removal, team, try_git,
};
use crate::model::SourcePath;

/// A bare repository and two servers that were cloned from it.
struct Installation {
    folder: TempDir,
    a: Content,
    b: Content,
}

fn server(folder: &Path, name: &str) -> Content {
    git(folder, &["clone", "-q", "bare.git", name]);
    let root = folder.join(name).canonicalize().expect("a folder");
    let history = opened(&root);
    Content {
        _folder: None,
        root,
        history,
    }
}

impl Installation {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        git(
            folder.path(),
            &["init", "-q", "--bare", "-b", "main", "bare.git"],
        );
        let a = server(folder.path(), "a");
        a.save(
            0,
            &[edit("ideer/en.md", "en\n"), edit("ideer/to.md", "to\n")],
        );
        assert_eq!(round(&a, 0).1, Pushed::Done);
        let b = server(folder.path(), "b");
        Self { folder, a, b }
    }

    fn assert_equal(&self) {
        let state = |server: &Content| {
            server.assert_clean();
            git(&server.root, &["rev-parse", "HEAD"])
        };
        assert_eq!(state(&self.a), state(&self.b));
        let bare = git(&self.folder.path().join("bare.git"), &["rev-parse", "main"]);
        assert_eq!(bare, state(&self.a));
    }
}

/// Keeps both texts, in an order that does not depend on the side.
fn both(_: &SourcePath, _: Option<&[u8]>, ours: Option<&[u8]>, theirs: Option<&[u8]>) -> Merged {
    let mut texts = [ours.unwrap_or_default(), theirs.unwrap_or_default()];
    texts.sort_unstable();
    Merged {
        bytes: Some(texts.concat()),
        conflict: true,
    }
}

fn origin(server: &Content) -> Remote {
    server.history.remote().expect("read").expect("a remote")
}

fn write(server: &Content, steps: &[Step]) {
    for step in steps {
        let now = std::fs::read(server.root.join(step.path.as_str())).ok();
        assert_eq!(now, step.before, "{}", step.path);
    }
    let edits: Vec<Edit> = steps
        .iter()
        .map(|step| Edit {
            path: step.path.clone(),
            bytes: step.after.clone(),
        })
        .collect();
    server.on_disk(&edits);
}

fn join(server: &Content, second: i64) -> Joined {
    let author = team("kaffe");
    let how = (&author, "Samlet", at(second));
    server
        .history
        .join(&origin(server), how, &both, &|steps| {
            write(server, steps);
            Ok(())
        })
        .expect("joined")
}

/// What a server does now and then.
fn round(server: &Content, second: i64) -> (Joined, Pushed) {
    let remote = origin(server);
    server.history.fetch(&remote).expect("fetched");
    let joined = join(server, second);
    (joined, server.history.push(&remote).expect("pushed"))
}

#[test]
fn two_servers_that_were_cut_off_end_equal_and_come_to_rest() {
    let all = Installation::new();
    all.a.save(
        1,
        &[edit("ideer/en.md", "en fra a\n"), edit("kun-a.md", "a\n")],
    );
    all.a.save(2, &[edit("ens.md", "ens\n")]);
    all.b.save(
        3,
        &[edit("ideer/en.md", "en fra b\n"), edit("kun-b.md", "b\n")],
    );
    all.b
        .save(4, &[removal("ideer/to.md"), edit("ens.md", "ens\n")]);

    assert_eq!(round(&all.a, 5).1, Pushed::Done);
    // B does not know yet that somebody was before.
    assert_eq!(
        all.b.history.push(&origin(&all.b)).expect("pushed"),
        Pushed::Behind
    );
    let (joined, pushed) = round(&all.b, 6);
    assert_eq!(pushed, Pushed::Done);
    assert_eq!(joined.conflicts, [path("ideer/en.md")]);
    assert_eq!(joined.changed, [path("ideer/en.md"), path("kun-a.md")]);
    let (joined, pushed) = round(&all.a, 7);
    assert_eq!((joined.conflicts.len(), pushed), (0, Pushed::Done));
    all.assert_equal();

    let text = git(&all.a.root, &["show", "HEAD:ideer/en.md"]);
    assert_eq!(text, "en fra a\nen fra b\n");
    let files = git(&all.a.root, &["ls-files"]);
    assert_eq!(files, "ens.md\nideer/en.md\nkun-a.md\nkun-b.md\n");
    // Another round on both sides makes nothing.
    let before = git(&all.a.root, &["rev-parse", "HEAD"]);
    for second in 8..10 {
        for server in [&all.a, &all.b] {
            assert_eq!(round(server, second).0, Joined::default());
        }
    }
    assert_eq!(git(&all.b.root, &["rev-parse", "HEAD"]), before);
    all.assert_equal();
    // Each text of both sides is a version of the file.
    let versions = all.a.history.versions(&path("ideer/en.md"), 0, 9);
    assert_eq!(versions.expect("read").len(), 4);
}

#[test]
fn servers_that_always_meet_at_the_same_time_come_to_rest_too() {
    let all = Installation::new();
    for n in 0..4 {
        all.a
            .save(10 * n, &[edit("ideer/en.md", &format!("a{n}\n"))]);
        all.b
            .save(10 * n + 1, &[edit("ideer/en.md", &format!("b{n}\n"))]);
        for server in [&all.a, &all.b] {
            server.history.fetch(&origin(server)).expect("fetched");
        }
        for server in [&all.a, &all.b] {
            join(server, 10 * n + 2);
        }
        all.a.history.push(&origin(&all.a)).expect("pushed");
        all.b.history.push(&origin(&all.b)).expect("pushed");
    }
    for server in [&all.b, &all.a, &all.b] {
        assert_eq!(round(server, 99).1, Pushed::Done);
    }
    all.assert_equal();
    let head = git(&all.a.root, &["rev-parse", "HEAD"]);
    round(&all.a, 100);
    round(&all.b, 101);
    assert_eq!(git(&all.b.root, &["rev-parse", "HEAD"]), head);
}

#[test]
fn a_join_that_cannot_write_or_was_cut_off_loses_nothing() {
    let all = Installation::new();
    all.a.save(1, &[edit("ideer/en.md", "en fra a\n")]);
    round(&all.a, 2);
    all.b.save(3, &[edit("kun-b.md", "b\n")]);
    let head = all.b.history.head().expect("a head");
    let remote = origin(&all.b);
    all.b.history.fetch(&remote).expect("fetched");
    let author = team("kaffe");
    let written = Cell::new(false);
    let failed = all
        .b
        .history
        .join(&remote, (&author, "Samlet", at(4)), &both, &|steps| {
            // The disk has it, and then the machine stops.
            write(&all.b, steps);
            written.set(true);
            Err(io::Error::other("strømmen gik"))
        });
    assert!(
        matches!(failed, Err(HistoryError::Disk { .. })),
        "{failed:?}"
    );
    assert!(written.get());
    assert_eq!(all.b.history.head().expect("a head"), head);
    // At the next start what lies on the disk is taken in, and is no conflict.
    assert!(all.b.take_in(5).is_some());
    let (joined, pushed) = round(&all.b, 6);
    assert_eq!((joined.conflicts.len(), pushed), (0, Pushed::Done));
    round(&all.a, 7);
    all.assert_equal();
    assert_eq!(
        git(&all.a.root, &["show", "HEAD:ideer/en.md"]),
        "en fra a\n"
    );
}

#[test]
fn a_server_without_a_version_yet_and_one_with_another_beginning_join_too() {
    let all = Installation::new();
    let c = server(all.folder.path(), "c");
    git(&c.root, &["update-ref", "-d", "HEAD"]);
    for name in ["ideer/en.md", "ideer/to.md"] {
        c.on_disk(&[removal(name)]);
    }
    let (joined, _) = round(&c, 1);
    assert_eq!(joined.changed.len(), 2);
    c.assert_clean();

    let d = Content::new();
    d.save(2, &[edit("ideer/en.md", "en\n"), edit("d.md", "d\n")]);
    let bare = all.folder.path().join("bare.git");
    assert_eq!(d.history.remote().expect("read"), None);
    git(
        &d.root,
        &["remote", "add", "fælles", bare.to_str().expect("text")],
    );
    let (joined, pushed) = round(&d, 3);
    assert_eq!((joined.conflicts.len(), pushed), (0, Pushed::Done));
    assert_eq!(joined.changed, [path("ideer/to.md")]);
    d.assert_clean();
}

#[test]
fn a_file_and_a_folder_of_one_name_are_told_and_both_are_kept() {
    let all = Installation::new();
    all.a.save(1, &[edit("x/a", "i en mappe\n")]);
    round(&all.a, 2);
    all.b.save(3, &[edit("x", "en fil\n")]);
    let (joined, pushed) = round(&all.b, 4);
    assert_eq!(joined.conflicts, [path("x/a")]);
    assert_eq!(pushed, Pushed::Done);
    let removed = all.b.history.removed().expect("read");
    let (name, commit) = removed.first().expect("it can be restored");
    assert_eq!(name.as_str(), "x/a");
    let bytes = all.b.history.bytes_at(*commit, name).expect("read");
    assert_eq!(bytes, Some(b"i en mappe\n".to_vec()));
    all.b.assert_clean();
}

#[test]
fn what_is_forgotten_on_one_server_does_not_come_back_from_another() {
    let all = Installation::new();
    let what = Forget {
        paths: Vec::new(),
        texts: vec!["hemmelighed".to_owned()],
    };
    all.a.save(1, &[edit("ideer/en.md", "en hemmelighed\n")]);
    round(&all.a, 2);
    round(&all.b, 3);
    all.b.save(4, &[edit("kun-b.md", "b\n")]);

    let clean = |server: &Content| {
        server.on_disk(&[edit("ideer/en.md", "en [fjernet]\n")]);
        server.history.forget(&what).expect("forgotten");
        server.assert_clean();
    };
    clean(&all.a);
    // The remote has it still: it is not taken back, and nothing of it lies here.
    let remote = origin(&all.a);
    let returned = all.a.history.fetch(&remote);
    assert!(
        matches!(returned, Err(HistoryError::StillThere { .. })),
        "{returned:?}"
    );
    let lies_there = |root: &Path| {
        git(root, &["cat-file", "--batch-all-objects", "--batch"]).contains("hemmelighed")
    };
    assert!(!lies_there(&all.a.root));
    assert_eq!(all.a.history.push(&remote).expect("pushed"), Pushed::Behind);
    assert_eq!(
        all.a.history.push_over(&remote).expect("pushed"),
        Pushed::Done
    );
    all.a
        .history
        .fetch(&remote)
        .expect("nothing to refuse any more");

    // The other server does not bring it back, and is told.
    let told = all.b.history.fetch(&origin(&all.b));
    assert!(
        matches!(told, Err(HistoryError::Rewritten { .. })),
        "{told:?}"
    );
    assert_eq!(join(&all.b, 5), Joined::default());
    assert_eq!(
        all.b.history.push(&origin(&all.b)).expect("pushed"),
        Pushed::Behind
    );
    // It forgets the same, and they meet again.
    clean(&all.b);
    assert!(!lies_there(&all.b.root));
    assert_eq!(round(&all.b, 6).1, Pushed::Done);
    round(&all.a, 7);
    all.assert_equal();
    assert!(git(&all.a.root, &["ls-files"]).contains("kun-b.md"));
}

#[test]
fn a_remote_that_moved_on_while_one_forgot_is_taken_in_and_forgotten() {
    let all = Installation::new();
    let what = Forget {
        paths: Vec::new(),
        texts: vec!["hemmelighed".to_owned()],
    };
    all.a.save(1, &[edit("ideer/en.md", "en hemmelighed\n")]);
    round(&all.a, 2);
    round(&all.b, 3);
    all.b.save(4, &[edit("kun-b.md", "endnu en hemmelighed\n")]);
    round(&all.b, 5);
    all.a.on_disk(&[edit("ideer/en.md", "en [fjernet]\n")]);
    all.a.history.forget(&what).expect("forgotten");
    let remote = origin(&all.a);
    assert_eq!(
        all.a.history.push_over(&remote).expect("pushed"),
        Pushed::Behind
    );
    // The newest commit there is none that was forgotten, but stands on one.
    let returned = all.a.history.fetch(&remote);
    assert!(
        matches!(returned, Err(HistoryError::StillThere { .. })),
        "{returned:?}"
    );
    assert!(
        !git(&all.a.root, &["cat-file", "--batch-all-objects", "--batch"]).contains("hemmelighed")
    );
    all.a.history.fetch_to_forget(&remote).expect("fetched");
    all.a.history.forget(&what).expect("forgotten");
    join(&all.a, 6);
    assert_eq!(
        all.a.history.push_over(&remote).expect("pushed"),
        Pushed::Done
    );
    all.a.assert_clean();
    let kept = git(&all.a.root, &["show", "HEAD:kun-b.md"]);
    assert_eq!(kept, "endnu en [fjernet]\n");
    assert_eq!(
        git(
            &all.folder.path().join("bare.git"),
            &["grep", "-c", "fjernet", "main"]
        )
        .lines()
        .count(),
        2
    );
}

#[test]
fn hooks_of_the_repository_do_not_run_and_a_refusal_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let all = Installation::new();
    let hook = |place: &Path| {
        put(place, "#!/bin/sh\nexit 1\n").expect("written");
        std::fs::set_permissions(place, std::fs::Permissions::from_mode(0o755)).expect("set");
    };
    hook(&all.a.root.join(".git/hooks/pre-push"));
    hook(&all.a.root.join(".git/hooks/reference-transaction"));
    all.a.save(1, &[edit("a.md", "a")]);
    assert_eq!(round(&all.a, 2).1, Pushed::Done);
    // The remote's own hook is its owner's word.
    hook(&all.folder.path().join("bare.git/hooks/pre-receive"));
    all.a.save(3, &[edit("a.md", "b")]);
    let refused = all.a.history.push(&origin(&all.a));
    assert!(
        matches!(refused, Err(HistoryError::Program { .. })),
        "{refused:?}"
    );
    git(
        &all.a.root,
        &["remote", "set-url", "origin", "/nowhere/at/all"],
    );
    let gone = all.a.history.fetch(&origin(&all.a));
    assert!(
        matches!(gone, Err(HistoryError::Program { .. })),
        "{gone:?}"
    );
}

#[test]
fn a_remote_that_never_answers_is_given_up() {
    let content = Content::new();
    content.save(1, &[edit("a.md", "a")]);
    // It takes the connection and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("git://{}/x", silent.local_addr().expect("an address"));
    git(&content.root, &["remote", "add", "origin", &address]);
    let said =
        content
            .history
            .git_within(Duration::from_millis(300), "ls-remote", &["--", "origin"]);
    let Err(HistoryError::Program { said, .. }) = said else {
        panic!("it answered");
    };
    assert!(said.contains("took more than"), "{said}");
}

#[test]
fn the_remote_is_found_in_gits_settings() {
    let all = Installation::new();
    let expected = Remote {
        name: "origin".to_owned(),
        branch: "main".to_owned(),
    };
    assert_eq!(origin(&all.a), expected);
    git(&all.a.root, &["remote", "add", "anden", "/x"]);
    assert_eq!(origin(&all.a), expected);
    git(&all.a.root, &["config", "branch.main.remote", "anden"]);
    git(
        &all.a.root,
        &["config", "branch.main.merge", "refs/heads/fælles"],
    );
    assert_eq!(
        origin(&all.a),
        Remote {
            name: "anden".to_owned(),
            branch: "fælles".to_owned()
        }
    );
    git(&all.a.root, &["checkout", "-q", "--detach"]);
    assert_eq!(all.a.history.remote().expect("read"), None);
    assert!(try_git(&all.a.root, &["status"]).1);
}
