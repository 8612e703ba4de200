//! Several processes, garbled files, and what lies on the disk.

use std::{fs, path::Path};

use super::*;
use crate::{people::Deed, source::save};

fn open(data: &Path) -> People {
    People::open(Some(data), now()).expect("people")
}

fn names(data: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(data)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn what_one_process_writes_another_sees_at_its_next_question() {
    let data = tempfile::tempdir().expect("a folder");
    let (serve, user) = (open(data.path()), open(data.path()));
    assert!(!serve.has_accounts());
    add(&user, "Vera", Role::Admin, &[]);
    assert!(serve.has_accounts());
    let token = sign_in(&serve, now(), "Vera", PASSWORD).expect("signed in");
    add(&serve, "Bo", Role::Coach, &["a"]);
    add(&user, "Ida", Role::Coach, &["b"]);
    for people in [&serve, &user, &open(data.path())] {
        let names: Vec<String> = people.accounts().into_iter().map(|a| a.name).collect();
        assert_eq!(names, ["Bo", "Ida", "Vera"]);
        assert!(
            key_of(people, now(), &token).is_some(),
            "sessions outlive a process"
        );
    }
    user.set_disabled(now(), &operator(), "Vera", true)
        .expect("shut out");
    assert_eq!(key_of(&serve, now(), &token), None);
}

#[test]
fn many_at_once_lose_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    std::thread::scope(|threads| {
        for one in 0..4 {
            let data = data.path();
            threads.spawn(move || {
                let people = open(data);
                for two in 0..10 {
                    add(&people, &format!("Konto {one} {two}"), Role::Reader, &[]);
                }
            });
        }
    });
    assert_eq!(open(data.path()).accounts().len(), 40);
}

#[test]
fn garbled_accounts_are_kept_beside_and_never_taken_for_a_first_start() {
    let data = tempfile::tempdir().expect("a folder");
    let file = data.path().join("personer.json");
    for garbled in [
        &b"{\"accounts\": [{\"name\""[..],
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
    ] {
        add(&open(data.path()), "Vera", Role::Admin, &[]);
        save::replace_private(&file, garbled).expect("garbled");
        let people = open(data.path());
        assert!(people.has_accounts(), "{garbled:?}");
        assert!(people.accounts().is_empty());
        assert!(
            people.make_first(now()).expect("asked").is_none(),
            "{garbled:?}"
        );
        assert!(
            open(data.path())
                .make_first(now())
                .expect("asked")
                .is_none(),
            "nor at the next start"
        );
        let aside = names(data.path())
            .into_iter()
            .filter(|name| name.contains("ulaeselig"))
            .max();
        let aside = data.path().join(aside.expect("a file beside"));
        assert_eq!(fs::read(&aside).expect("its bytes"), garbled);
        // Whoever owns the disk can go on.
        add(&people, "Ny", Role::Admin, &[]);
        assert!(sign_in(&people, now(), "Ny", PASSWORD).is_ok());
        fs::remove_file(&file).expect("cleared");
    }
}

#[test]
fn a_running_process_puts_back_what_it_knows_when_a_file_is_garbled() {
    let data = tempfile::tempdir().expect("a folder");
    let people = open(data.path());
    add(&people, "Vera", Role::Admin, &[]);
    let token = sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    for file in ["personer.json", "sessioner.json"] {
        save::replace_private(&data.path().join(file), b"{ \"half").expect("garbled");
        assert!(key_of(&people, now(), &token).is_some(), "{file}");
        assert!(
            key_of(&open(data.path()), now(), &token).is_some(),
            "{file}"
        );
    }
}

#[test]
fn garbled_sessions_sign_everybody_out_and_nobody_in() {
    let data = tempfile::tempdir().expect("a folder");
    add(&open(data.path()), "Vera", Role::Admin, &[]);
    let token = sign_in(&open(data.path()), now(), "Vera", PASSWORD).expect("signed in");
    save::replace_private(&data.path().join("sessioner.json"), b"garbled").expect("garbled");
    let people = open(data.path());
    assert_eq!(key_of(&people, now(), &token), None);
    assert!(sign_in(&people, now(), "Vera", PASSWORD).is_ok());
}

#[cfg(unix)]
#[test]
fn every_file_is_for_its_owner_alone_and_no_secret_lies_in_any_of_them() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().expect("a folder");
    let people = open(data.path());
    add(&people, "Vera", Role::Admin, &[]);
    let link = team_link(&people, &operator(), "a");
    let joined = people
        .join(now(), &people.link_token(&link), None, "")
        .expect("waits");
    let secrets = [
        sign_in(&people, now(), "Vera", PASSWORD).expect("signed in"),
        people
            .add_token(now(), &operator(), "Vera")
            .expect("a token"),
        people
            .renew_password(now(), &operator(), "Vera")
            .expect("a password"),
        joined.session,
    ];
    let mut seen = 0;
    for folder in [data.path().to_owned(), data.path().join("log")] {
        for name in names(&folder) {
            let file = folder.join(&name);
            if file.is_dir() {
                continue;
            }
            seen += 1;
            let mode = fs::metadata(&file).expect("a file").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{name}");
            let text = String::from_utf8_lossy(&fs::read(&file).expect("its bytes")).into_owned();
            for secret in &secrets {
                assert!(!text.contains(secret.text()), "{name} holds a secret");
            }
            assert!(!text.contains(PASSWORD));
        }
    }
    assert!(seen >= 5, "only {seen} files");
}

#[test]
fn the_log_is_a_file_a_day_for_ninety_days_and_a_broken_line_is_one_line() {
    let data = tempfile::tempdir().expect("a folder");
    let people = open(data.path());
    let day = |n: i64| later(SignedDuration::from_hours(24 * n));
    let vera = add(&people, "Vera", Role::Editor, &[]);
    for n in 0..100 {
        people
            .audit(day(n), &vera, Deed::Wrote, &format!("ideer/{n}.md"))
            .expect("noted");
    }
    let files = names(&data.path().join("log"));
    assert_eq!((files.len(), files[0].as_str()), (91, "2026-11-10.jsonl"));
    let file = data.path().join("log").join(&files[90]);
    fs::OpenOptions::new()
        .append(true)
        .open(&file)
        .and_then(|mut file| std::io::Write::write_all(&mut file, b"{\"at\": \"2026"))
        .expect("broken off");
    people
        .audit(day(99), &vera, Deed::Wrote, "ideer/99.md")
        .expect("noted");
    let last = |path: &str| people.last_writer(day(99), path).expect("asked");
    assert_eq!(last("ideer/99.md").as_deref(), Some("konto:vera"));
    assert_eq!(last("ideer/50.md").as_deref(), Some("konto:vera"));
    assert_eq!(last("ideer/3.md"), None, "forgotten");
}
