//! The link at the foot of a letter, and the commands.

use std::process::Command;

use axum::{body::Body, http::Method};
use kaffe::serve::{Doors, Served};

use super::*;
use crate::support::{Http, OWN_PAGE, Reply};

struct Web {
    house: House,
    http: Http,
}

impl Web {
    fn open(audience: Audience, doors: Doors) -> Self {
        let house = House::of(a_site(CONFIG), audience);
        let served = Served {
            engine: Arc::clone(&house.engine),
            people: Arc::clone(&house.people),
            now: Arc::new(|| at(MONDAY)),
            doors,
        };
        let http = Http::of(served);
        Self { house, http }
    }

    /// The path of the link in an account's letters.
    fn link(&self, name: &str) -> String {
        let account = self.house.account(name);
        let token = self.house.people.letter_token(&account).expect("a token");
        format!("/afmeld/{token}/")
    }

    fn wants(&self, name: &str) -> bool {
        self.house.account(name).digest
    }

    /// As a mail provider does it: no cookie, no page, no origin.
    fn one_click(&self, path: &str) -> Reply {
        self.http
            .post_as_is(path, &[], &[("List-Unsubscribe", "One-Click")])
    }
}

#[test]
fn the_link_shows_one_button_and_looking_changes_nothing() {
    let web = Web::open(Audience::Project, Doors::default());
    web.house.reader("Kirsten", Role::Reader, &[]);
    let link = web.link("Kirsten");
    for _ in 0..3 {
        let page = web.http.get(&link);
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), "no-store");
        let text = page.text();
        assert_eq!(text.matches("<button class=\"knap\"").count(), 1, "{text}");
        assert!(text.contains(&format!("action=\"{link}\"")), "{text}");
        assert!(
            text.contains("Ja, stop brevene") && !text.contains("Kirsten"),
            "{text}"
        );
        assert_eq!(web.http.send(Method::HEAD, &link, &[]).status, 200);
    }
    assert!(web.wants("Kirsten"));
    let done = web.http.post(&link, &[], &[]);
    assert_eq!(done.status, 200);
    assert!(
        done.text().contains("Du får ikke flere breve"),
        "{}",
        done.text()
    );
    assert!(!web.wants("Kirsten"));
    web.house.round(MONDAY);
    assert!(web.house.smtp.letters().is_empty());
}

#[test]
fn a_mail_program_ends_the_letters_in_one_click_however_it_wraps_its_request() {
    let web = Web::open(Audience::Project, Doors::default());
    web.house.reader("Kirsten", Role::Reader, &[]);
    web.house.round(MONDAY);
    // The way that a mail program goes: the address of the header, and the words of the other one.
    let letter = web.house.letter();
    let link = letter
        .stop()
        .strip_prefix("https://kaffe.example")
        .expect("an own address")
        .to_owned();
    assert_eq!(link, web.link("Kirsten"));
    let again = || {
        let actor = web.house.account("Kirsten").actor();
        web.house
            .people
            .set_own_digest(at(MONDAY), &actor, Some("kirsten@kommune.example"), true)
            .expect("wished for");
    };
    assert_eq!(web.one_click(&link).status, 200);
    assert!(!web.wants("Kirsten"));
    again();
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let kind = [("content-type", "multipart/form-data; boundary=x")];
    let reply = web
        .http
        .ask(Method::POST, &link, &kind, None, Body::from(multipart));
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(!web.wants("Kirsten"));
    again();
    let reply = web.http.ask(Method::POST, &link, &[], None, Body::empty());
    assert_eq!(reply.status, 200);
    assert!(!web.wants("Kirsten"));
    // Again is the same as once.
    assert_eq!(web.one_click(&link).status, 200);
    assert!(!web.wants("Kirsten"));
}

#[test]
fn a_link_ends_the_letters_of_its_own_account_alone() {
    let web = Web::open(Audience::Project, Doors::default());
    for name in ["Kirsten", "Bodil"] {
        web.house.reader(name, Role::Reader, &[]);
    }
    let (one, other) = (web.link("Kirsten"), web.link("Bodil"));
    assert_ne!(one, other);
    assert_eq!(web.one_click(&one).status, 200);
    assert_eq!((web.wants("Kirsten"), web.wants("Bodil")), (false, true));
    let mixed = format!("{}{}", &one[..18], &other[18..]);
    let unknown = [
        "/afmeld/kirsten/".to_owned(),
        "/afmeld/bodil/".to_owned(),
        mixed,
        other
            .to_uppercase()
            .to_lowercase()
            .replace("/afmeld/", "/afmeld/a"),
        other.trim_end_matches('/').to_owned() + "a/",
    ];
    for path in unknown {
        assert_eq!(web.one_click(&path).status, 404, "{path}");
        let page = web.http.get(&path);
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.text().contains("<button class=\"knap\""), "{path}");
    }
    assert!(web.wants("Bodil"));
}

#[test]
fn an_account_that_is_made_anew_is_not_ended_by_an_old_letter() {
    let web = Web::open(Audience::Project, Doors::default());
    let old = web.house.reader("Kirsten", Role::Reader, &[]);
    let people = &web.house.people;
    let token = people.letter_token(&old).expect("a token");
    assert_eq!(
        people.account_of_letter(&token).map(|a| a.name),
        Some("Kirsten".to_owned())
    );
    let mut anew = old.clone();
    anew.made = at(MONDAY);
    assert_ne!(people.letter_token(&anew).expect("a token"), token);
    // The key is the one of the team links, and the token of a link ends nobody's letters.
    let link = kaffe::people::NewLink {
        team: Some(RecordId::new("team-a")),
        name: "Team A".to_owned(),
        until: None,
    };
    let link = people
        .add_link(at(MONDAY), &operator(), link)
        .expect("a link");
    assert!(
        people
            .account_of_letter(&people.link_token(&link))
            .is_none()
    );
    assert!(people.account_of_letter("").is_none());
    assert_eq!(
        people.letter_token(&old).expect("a token"),
        token,
        "the key stays"
    );
}

#[test]
fn without_a_key_no_token_is_right() {
    let people = People::open(None, at(BEGUN)).expect("people");
    let new = NewAccount {
        name: "Kirsten".to_owned(),
        role: Role::Reader,
        teams: Vec::new(),
        mail: None,
        password: None,
    };
    people
        .add_account(at(BEGUN), &operator(), new)
        .expect("an account");
    assert!(people.account_of_letter("").is_none());
}

#[test]
fn on_a_closed_site_the_link_works_without_signing_in_and_nothing_else_does() {
    let doors = Doors {
        login: true,
        ..Doors::default()
    };
    let web = Web::open(Audience::Public, doors);
    web.house.reader("Kirsten", Role::Reader, &[]);
    let link = web.link("Kirsten");
    let page = web.http.get(&link);
    assert_eq!(page.status, 200);
    // The page tells nothing of the site behind the door.
    for inside in ["/proevehandlinger/", "/teams/", "Åben dør"] {
        assert!(!page.text().contains(inside), "{inside}");
    }
    assert_eq!(web.http.get("/afmeld/").status, 303);
    assert_eq!(web.one_click(&link).status, 200);
    assert!(!web.wants("Kirsten"));
    assert_eq!(web.http.get("/ideer/").status, 303);
}

#[test]
fn no_other_form_may_come_from_elsewhere() {
    let web = Web::open(Audience::Project, Doors::default());
    web.house.reader("Kirsten", Role::Reader, &[]);
    for path in [
        "/enhed/ugebrev/",
        "/ind/",
        "/afmeld/",
        "/afmeld/a/b/",
        "//afmeld/x/",
    ] {
        let reply = web.http.post_as_is(path, &[], &[("mail", "a@b.dk")]);
        assert!(
            matches!(reply.status, 403..=405),
            "{path}: {}",
            reply.status
        );
    }
    let foreign = [("sec-fetch-site", "cross-site")];
    let link = web.link("Kirsten");
    assert_eq!(web.http.post_as_is(&link, &foreign, &[]).status, 200);
}

#[test]
fn guessing_is_slow() {
    let web = Web::open(Audience::Project, Doors::default());
    web.house.reader("Kirsten", Role::Reader, &[]);
    let tries = (0..60).map(|n| {
        let headers = [OWN_PAGE];
        let path = format!("/afmeld/gaet{n}/");
        web.http.ask(
            Method::GET,
            &path,
            &headers,
            Some("192.0.2.9:1"),
            Body::empty(),
        )
    });
    let refused = tries.filter(|reply| reply.status == 429).count();
    assert!(refused >= 30, "{refused}");
    // Whoever holds a letter is not among them.
    let from = Some("192.0.2.9:1");
    let reply = web
        .http
        .ask(Method::GET, &web.link("Kirsten"), &[], from, Body::empty());
    assert_eq!(reply.status, 200);
}

// the commands

fn kaffe(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kaffe"))
        .args(arguments)
        .env("KAFFE_LOG", "off")
        .output()
        .expect("run");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn an_operator_sees_whether_letters_arrive() {
    let (site, server) = (a_site(CONFIG), SmtpServer::start());
    server.ask_for("kaffe", "hemmeligt ord");
    let word = site.beside("kodeord");
    std::fs::write(&word, "hemmeligt ord\n").expect("written");
    let (content, word) = (
        site.root().to_str().expect("a path"),
        word.to_str().expect("a path"),
    );
    let url = format!("smtp://kaffe@127.0.0.1:{}", server.port);
    let base = [
        "mail",
        "test",
        "drift@kommune.example",
        "--content",
        content,
    ];
    let with = |more: &[&str]| kaffe(&[&base[..], more].concat());
    let all = [
        "--smtp",
        &url,
        "--mail-from",
        FROM,
        "--smtp-password-file",
        word,
    ];
    let (code, said) = with(&all);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let taken = server.letters();
    assert_eq!(taken[0].to, ["drift@kommune.example"]);
    let letter = read(&taken[0].text);
    assert_eq!(letter.header("Subject"), "Prøvemail fra Kaffe på Ærø");
    letter.says("Det virker.");
    assert_eq!(letter.header("List-Unsubscribe"), "");

    for (wrong, word) in [
        (vec!["--smtp", &url, "--mail-from", FROM], "belong together"),
        (vec!["--smtp", &url], "--mail-from"),
        (vec![], "--smtp"),
        (
            vec!["--smtp", "smtp://a:b@h", "--mail-from", FROM],
            "does not belong in the address",
        ),
        (
            vec!["--smtp", "smtp://127.0.0.1:1", "--mail-from", FROM],
            "cannot be used",
        ),
        (
            vec!["--smtp", "smtp://127.0.0.1", "--mail-from", "kaffe"],
            "no mail address",
        ),
    ] {
        let (code, said) = with(&wrong);
        assert_eq!(code, Some(2), "{wrong:?}");
        assert!(said.contains(word), "{wrong:?}: {said}");
        assert!(!said.contains("hemmeligt"), "{said}");
    }
    assert!(server.letters().is_empty());
}
