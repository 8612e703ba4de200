//! The door as browsers meet it, and as those meet it who have no business here.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{body::Body, http::Method};
use jiff::Timestamp;
use kaffe::{
    engine::Engine,
    model::{Actor, Audience, RecordId, Role},
    people::{NewAccount, NewLink, People, operator},
    serve::{Doors, Served},
    site::route::Surface,
};

use crate::support::{Http, OWN_PAGE, Reply, TestSite, public_record, record, tags};

const PASSWORD: &str = "fire små grå æbler";

/// A site with people, and a clock that is told.
struct House {
    _site: TestSite,
    engine: Arc<Engine>,
    people: Arc<People>,
    http: Http,
    seconds: Arc<AtomicI64>,
}

impl House {
    fn open(audience: Audience, doors: Doors) -> Self {
        Self::with("titel: Prøven\n", audience, doors)
    }

    fn with(config: &str, audience: Audience, doors: Doors) -> Self {
        let site = TestSite::of(&[
            ("kaffe.yaml", config),
            ("teams/team-a.md", &public_record("titel: Team A", "Os.")),
            (
                "teams/team-b.md",
                &public_record("titel: Team B", "De andre."),
            ),
            (
                "ideer/hemmelig.md",
                &record(
                    "titel: Teamets hemmelighed\nteam: team-a\nsynlighed: team",
                    "Kun os.",
                ),
            ),
        ]);
        let begun: Timestamp = "2026-11-01T09:00:00Z".parse().expect("a moment");
        let seconds = Arc::new(AtomicI64::new(begun.as_second()));
        let people = Arc::new(People::open(None, begun).expect("people"));
        let clock = Arc::clone(&seconds);
        let engine = site.engine(audience, Surface::Live);
        let served = Served {
            engine: Arc::clone(&engine),
            people: Arc::clone(&people),
            now: Arc::new(move || {
                Timestamp::from_second(clock.load(Ordering::SeqCst)).expect("a moment")
            }),
            doors,
        };
        Self {
            _site: site,
            engine,
            people,
            http: Http::of(served),
            seconds,
        }
    }

    fn wiki() -> Self {
        Self::open(Audience::Project, Doors::default())
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.seconds.load(Ordering::SeqCst)).expect("a moment")
    }

    fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    fn account(&self, name: &str, role: Role, teams: &[&str]) -> Actor {
        let new = NewAccount {
            name: name.to_owned(),
            role,
            teams: teams.iter().map(|team| RecordId::new(team)).collect(),
            mail: None,
            password: Some(PASSWORD.to_owned()),
        };
        let account = self
            .people
            .add_account(self.now(), &operator(), new)
            .expect("an account");
        self.people
            .account(&account.name)
            .expect("an account")
            .actor()
    }

    /// Signs in and gives the cookie.
    fn sign_in(&self, name: &str) -> String {
        let reply = self.try_in(name, PASSWORD);
        assert_eq!(reply.status, 303, "{}", reply.text());
        cookie(&reply)
    }

    fn try_in(&self, name: &str, password: &str) -> Reply {
        self.http
            .post("/ind/", &[], &[("navn", name), ("kodeord", password)])
    }

    /// The path of a new link of a team.
    fn link(&self, team: &str) -> String {
        let new = NewLink {
            team: Some(RecordId::new(team)),
            name: "Team A".to_owned(),
            until: None,
        };
        let link = self
            .people
            .add_link(self.now(), &operator(), new)
            .expect("a link");
        format!("/ind/{}/", self.people.link_token(&link))
    }

    fn get_as(&self, cookie: &str, uri: &str) -> Reply {
        self.http.send(Method::GET, uri, &[("cookie", cookie)])
    }

    fn sees_secret(&self, cookie: &str) -> bool {
        self.get_as(cookie, "/ideer/")
            .text()
            .contains("Teamets hemmelighed")
    }
}

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(reply: &Reply) -> String {
    let line = reply.header("set-cookie");
    assert!(!line.is_empty(), "no cookie in {:?}", reply.headers);
    line.split(';').next().expect("a pair").to_owned()
}

// the calendar of a team

#[test]
fn a_calendar_program_reads_the_teams_days_at_a_secret_address_that_dies_with_the_teams_link() {
    let doors = Doors {
        login: true,
        ..Doors::default()
    };
    let house = House::open(Audience::Public, doors);
    let days = "synlighed: team\nfra: 2021-10-20";
    let file = record(
        &format!("titel: Vores prøve\nteam: team-a\n{days}"),
        "I gang.",
    );
    house._site.file("proevehandlinger/vores.md", file);
    let place = house._site.root().join("proevehandlinger/vores.md");
    house.engine.look_at(&[place]).expect("looked at");
    house.account("Kirsten", Role::Coach, &["team-a", "team-b"]);
    house.account("Bodil", Role::Team, &["team-b"]);
    house.account("Leder", Role::Leader, &["team-a"]);
    let address_for = |name: &str| {
        let page = house.get_as(&house.sign_in(name), "/enhed/").text();
        let links = tags(&page);
        let found = links.iter().filter_map(|tag| tag.attribute("href"));
        let found: Vec<String> = found
            .filter(|href| href.contains("/kalender/") && href.ends_with(".ics"))
            .map(str::to_owned)
            .collect();
        found
    };
    assert!(
        address_for("Kirsten").is_empty(),
        "without a link there is no calendar"
    );
    house.link("team-a");
    let addresses = address_for("Kirsten");
    assert_eq!(addresses.len(), 1);
    assert!(address_for("Bodil").is_empty() && address_for("Leder").is_empty());
    let path = &addresses[0][addresses[0].find("/kalender/").expect("a path")..];

    let reply = house.http.get(path);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "private, no-cache");
    assert!(reply.text().contains("Vores prøve"), "{}", reply.text());
    // It opens this calendar and nothing else.
    assert_eq!(house.http.get("/teams/team-a/kalender.ics").status, 303);
    let token = path
        .trim_start_matches("/kalender/")
        .trim_end_matches(".ics");
    for other in [format!("/ind/{token}/"), format!("/afmeld/{token}/")] {
        assert_eq!(house.http.get(&other).status, 404, "{other}");
    }
    let by = operator();
    let links = house.people.links(house.now(), &by);
    let join = house.people.link_token(&links[0]);
    for wrong in [
        join,
        format!("{token}a"),
        token[..8].to_owned(),
        "ø".repeat(8),
    ] {
        let wrong =
            percent_encoding::utf8_percent_encode(&wrong, percent_encoding::NON_ALPHANUMERIC);
        let reply = house.http.get(&format!("/kalender/{wrong}.ics"));
        assert_eq!(reply.status, 404, "{wrong}");
        assert!(!reply.text().contains("Vores prøve"));
    }

    house
        .people
        .renew_link(house.now(), &by, &links[0].id)
        .expect("renewed");
    assert_eq!(house.http.get(path).status, 404);
    let anew = address_for("Kirsten");
    assert_ne!(anew, addresses);
    house
        .people
        .revoke_link(house.now(), &by, &links[0].id)
        .expect("revoked");
    let path = &anew[0][anew[0].find("/kalender/").expect("a path")..];
    assert_eq!(house.http.get(path).status, 404);
    assert!(address_for("Kirsten").is_empty());
}

// signing in and out

#[test]
fn somebody_signs_in_sees_what_is_theirs_and_signs_out() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    assert!(!house.sees_secret(""));
    let reply = house.http.post(
        "/ind/",
        &[],
        &[
            ("navn", "kirsten"),
            ("kodeord", PASSWORD),
            ("til", "/ideer/"),
        ],
    );
    assert_eq!((reply.status, reply.header("location")), (303, "/ideer/"));
    let line = reply.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(line.contains(part), "{line}");
    }
    assert!(
        !line.contains("Secure") && !line.contains("Domain"),
        "{line}"
    );
    let cookie = cookie(&reply);
    assert!(house.sees_secret(&cookie));
    let page = house.get_as(&cookie, "/ideer/");
    assert_eq!(page.header("cache-control"), "private, no-cache");

    let mine = house.get_as(&cookie, "/enhed/");
    assert!(
        mine.text().contains("Du er logget ind som Kirsten."),
        "{}",
        mine.text()
    );
    assert_eq!(mine.header("cache-control"), "no-store");

    let out = house.http.post("/ud/", &[("cookie", &cookie)], &[]);
    assert_eq!(out.status, 303);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(!house.sees_secret(&cookie), "the old cookie is nobody's");
}

#[test]
fn a_wrong_name_and_a_wrong_password_get_the_same_answer() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let (known, unknown) = (
        house.try_in("Kirsten", "forkert"),
        house.try_in("Kirstin", "forkert"),
    );
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(
        known.text().replace("Kirsten", "X"),
        unknown.text().replace("Kirstin", "X")
    );
    assert_eq!(known.header("set-cookie"), "");
    assert!(known.text().contains("passer ikke sammen"));
}

#[test]
fn whoever_guesses_is_told_to_wait() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let guesses: Vec<u16> = (0..7)
        .map(|_| house.try_in("Kirsten", "forkert").status)
        .collect();
    assert_eq!(guesses, [401, 401, 401, 401, 401, 429, 429]);
    let waits = house.try_in("Kirsten", PASSWORD);
    assert_eq!(waits.status, 429, "the right one has to wait too");
    let seconds: i64 = waits.header("retry-after").parse().expect("seconds");
    assert!((1..=61).contains(&seconds));
    house.wait(seconds);
    assert_eq!(house.try_in("Kirsten", PASSWORD).status, 303);
}

#[test]
fn a_cookie_that_was_there_before_is_never_taken_over() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let planted = "kaffe=plantet-af-en-anden";
    let reply = house.http.post(
        "/ind/",
        &[("cookie", planted)],
        &[("navn", "Kirsten"), ("kodeord", PASSWORD)],
    );
    let first = cookie(&reply);
    assert_ne!(first, planted);
    assert!(!house.sees_secret(planted));
    let again = house.http.post(
        "/ind/",
        &[("cookie", &first)],
        &[("navn", "Kirsten"), ("kodeord", PASSWORD)],
    );
    assert_ne!(cookie(&again), first);
    assert!(
        !house.sees_secret(&first),
        "the old session ends with the new one"
    );
    assert!(house.sees_secret(&cookie(&again)));
}

#[test]
fn signing_in_never_leads_to_another_site() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    for evil in [
        "https://ond.dk/",
        "//ond.dk/",
        "/\\ond.dk",
        "/\t/ond.dk",
        "javascript:alert(1)",
    ] {
        let reply = house.http.post(
            "/ind/",
            &[],
            &[("navn", "Kirsten"), ("kodeord", PASSWORD), ("til", evil)],
        );
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/"),
            "{evil}"
        );
        house.wait(60);
        let encoded =
            percent_encoding::utf8_percent_encode(evil, percent_encoding::NON_ALPHANUMERIC);
        let form = house.http.get(&format!("/ind/?til={encoded}")).text();
        let til = tags(&form)
            .into_iter()
            .find(|tag| tag.attribute("name") == Some("til"))
            .expect("a field");
        assert_eq!(til.attribute("value"), Some("/"), "{evil}");
    }
}

#[test]
fn the_way_to_the_door_comes_back_to_the_page() {
    let house = House::wiki();
    let page = house.http.get("/teams/team-a/").text();
    assert!(
        page.contains("href=\"/ind/?til=%2Fteams%2Fteam-a%2F\""),
        "{page}"
    );
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let signed_in = house
        .get_as(&house.sign_in("Kirsten"), "/teams/team-a/")
        .text();
    assert!(signed_in.contains("href=\"/enhed/\"") && signed_in.contains("action=\"/ud/\""));
    assert!(!signed_in.contains("/ind/?til"));
}

// other sites

#[test]
fn a_post_from_another_site_does_nothing() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let cookie = house.sign_in("Kirsten");
    let fields = [("navn", "Kirsten"), ("kodeord", PASSWORD)];
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("host", "wiki.dk"), ("origin", "https://ond.dk")],
        &[("host", "wiki.dk"), ("origin", "null")],
        &[("host", "wiki.dk")],
        &[],
    ] {
        let mut headers = foreign.to_vec();
        headers.push(("cookie", &cookie));
        for address in ["/ud/", "/ind/", "/enhed/ugebrev/", "/personer/konto/"] {
            let reply = house.http.post_as_is(address, &headers, &fields);
            assert_eq!(
                (reply.status, reply.header("set-cookie")),
                (403, ""),
                "{address} {foreign:?}"
            );
        }
    }
    assert!(house.sees_secret(&cookie), "still signed in");
    let own = [
        ("host", "wiki.dk"),
        ("origin", "https://wiki.dk"),
        ("cookie", &cookie),
    ];
    assert_eq!(house.http.post_as_is("/ud/", &own, &[]).status, 303);
}

// proxies

fn behind_a_proxy() -> Doors {
    Doors {
        trusted: vec!["10.0.0.1".parse().expect("an address")],
        user_header: Some("x-remote-user".parse().expect("a name")),
        ..Doors::default()
    }
}

#[test]
fn only_a_trusted_proxy_says_who_somebody_is() {
    let house = House::open(Audience::Public, behind_a_proxy());
    house.account("kirsten@eksempel.dk", Role::Coach, &["team-a"]);
    let ask = |from: Option<&str>, name: &str| {
        let headers = [("x-remote-user", name)];
        house
            .http
            .ask(Method::GET, "/ideer/", &headers, from, Body::empty())
    };
    let proxy = Some("10.0.0.1:5000");
    assert!(
        ask(proxy, "kirsten@eksempel.dk")
            .text()
            .contains("Teamets hemmelighed")
    );
    let mapped = Some("[::ffff:10.0.0.1]:5000");
    assert_eq!(
        ask(mapped, "kirsten@eksempel.dk").status,
        200,
        "the same address in its long form"
    );
    for stranger in [Some("10.0.0.2:5000"), Some("[::1]:5000"), None] {
        let forged = ask(stranger, "kirsten@eksempel.dk");
        assert_eq!(forged.status, 403, "{stranger:?}");
        assert!(!forged.text().contains("hemmelighed"));
    }
    house
        .people
        .set_disabled(house.now(), &operator(), "kirsten@eksempel.dk", true)
        .expect("shut out");
    assert_eq!(ask(proxy, "kirsten@eksempel.dk").status, 403);
    let forged = house.http.ask(
        Method::POST,
        "/ud/",
        &[("x-remote-user", "x"), ("sec-fetch-site", "cross-site")],
        proxy,
        Body::empty(),
    );
    assert_eq!(
        forged.status, 403,
        "a browser behind a proxy can be led astray too"
    );
}

#[test]
fn the_cookie_is_bound_to_the_host_where_the_connection_is_secure() {
    let house = House::open(Audience::Project, behind_a_proxy());
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let sign_in = |from: &str| {
        let fields = "navn=Kirsten&kodeord=fire+sm%C3%A5+gr%C3%A5+%C3%A6bler";
        let headers = [
            ("x-forwarded-proto", "https"),
            ("content-type", "application/x-www-form-urlencoded"),
            OWN_PAGE,
        ];
        house.http.ask(
            Method::POST,
            "/ind/",
            &headers,
            Some(from),
            Body::from(fields),
        )
    };
    let secure = sign_in("10.0.0.1:5000");
    assert!(
        secure.header("set-cookie").starts_with("__Host-kaffe="),
        "{:?}",
        secure.headers
    );
    assert!(secure.header("set-cookie").contains("; Secure"));
    let token = cookie(&secure).replace("__Host-kaffe=", "");
    let see = |cookie: &str, from: &str| {
        let headers = [("x-forwarded-proto", "https"), ("cookie", cookie)];
        let reply = house
            .http
            .ask(Method::GET, "/ideer/", &headers, Some(from), Body::empty());
        reply.text().contains("hemmelighed")
    };
    assert!(see(&format!("__Host-kaffe={token}"), "10.0.0.1:5000"));
    assert!(
        !see(&format!("kaffe={token}"), "10.0.0.1:5000"),
        "another page may have planted it"
    );
    let plain = sign_in("192.0.2.1:5000");
    assert!(
        plain.header("set-cookie").starts_with("kaffe="),
        "nobody may claim to be secure"
    );
}

// programs

#[test]
fn a_program_comes_in_by_its_token_and_only_to_the_api() {
    let house = House::open(Audience::Public, Doors::default());
    house.account("Robot", Role::Team, &["team-a"]);
    let token = house
        .people
        .add_token(house.now(), &operator(), "Robot")
        .expect("a token");
    let bearer = format!("Bearer {}", token.text());
    let ask = |uri: &str, bearer: &str| {
        house
            .http
            .send(Method::GET, uri, &[("authorization", bearer)])
    };
    assert_eq!(ask("/api/search?q=kaffe", &bearer).status, 200);
    let wrong = ask("/api/search?q=kaffe", "Bearer gaettet");
    assert_eq!(
        (wrong.status, wrong.json()["code"].as_str()),
        (401, Some("unknown_token"))
    );
    assert_eq!(ask("/api/search?q=kaffe", "Basic eDp5").status, 401);
    assert!(!ask("/ideer/", &bearer).text().contains("hemmelighed"));
    // No cookie, so no other site can borrow it: no header of a browser is asked for.
    let post = house
        .http
        .send(Method::POST, "/api/search", &[("authorization", &bearer)]);
    assert_ne!(post.status, 403);
    let without = house.http.send(Method::POST, "/api/search", &[]);
    assert_eq!(without.status, 403);
}

#[test]
fn writing_too_often_is_answered_with_wait() {
    let house = House::open(Audience::Public, Doors::default());
    house.account("Robot", Role::Team, &["team-a"]);
    let token = house
        .people
        .add_token(house.now(), &operator(), "Robot")
        .expect("a token");
    let bearer = format!("Bearer {}", token.text());
    let post = || {
        house
            .http
            .send(Method::POST, "/api/search", &[("authorization", &bearer)])
    };
    let many = (0..400).take_while(|_| post().status != 429).count();
    assert_eq!(many, 300);
    assert_eq!(post().header("retry-after"), "1");
}

// a closed site

#[test]
fn a_closed_site_shows_the_door_and_nothing_else() {
    let doors = Doors {
        login: true,
        ..Doors::default()
    };
    let house = House::open(Audience::Public, doors);
    house.account("Kirsten", Role::Reader, &[]);
    for address in [
        "/",
        "/teams/team-a/",
        "/soeg/?q=team",
        "/findes/ikke/",
        "/feed.xml",
        "/-/live",
        "/enhed/",
        "/personer/",
        "/tema/../teams/team-a/",
        "/ind/a/b/c/",
    ] {
        let reply = house.http.get(address);
        assert_eq!(
            reply.status,
            if address.starts_with("/tema/") {
                404
            } else {
                303
            },
            "{address}"
        );
        assert!(reply.text().is_empty(), "{address}: {}", reply.text());
    }
    let search = house.http.get("/soeg/?q=te+am");
    assert_eq!(
        search.header("location"),
        "/ind/?til=%2Fsoeg%2F%3Fq%3Dte%2Bam"
    );
    let api = house.http.get("/api/search?q=team");
    assert_eq!(
        (api.status, api.json()["code"].as_str()),
        (401, Some("login_required"))
    );
    assert_eq!(house.http.get("/healthz").status, 200);
    assert_eq!(house.http.get("/tema/kaffe.css").status, 200);
    assert_eq!(house.http.get("/tema/findes-ikke.css").text(), "");
    for door in [
        "/ind/",
        "/ind/gaettet/",
        "/ind/foerste/gaettet/",
        &house.link("team-a"),
    ] {
        let page = house.http.get(door).text();
        for trace in ["/teams/", "Team B", "/ideer/", "/oprydning/", "/emner/"] {
            assert!(!page.contains(trace), "{trace} on {door}");
        }
    }
    let cookie = house.sign_in("Kirsten");
    assert_eq!(house.get_as(&cookie, "/teams/team-a/").status, 200);
}

// team links

#[test]
fn a_team_link_lets_a_device_in_after_the_coach_has_said_yes() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let coach = house.sign_in("Kirsten");
    let link = house.link("team-a");
    for _ in 0..3 {
        let preview = house.http.get(&link);
        assert_eq!((preview.status, preview.header("set-cookie")), (200, ""));
        assert!(preview.text().contains("Brug denne enhed til Team A"));
    }
    assert!(
        house.people.devices(house.now(), &operator()).is_empty(),
        "a preview does nothing"
    );

    let asked = house
        .http
        .post(&link, &[("user-agent", "iPhone Safari")], &[]);
    assert_eq!(
        (asked.status, asked.header("location")),
        (303, link.as_str())
    );
    let phone = cookie(&asked);
    let waiting = house.get_as(&phone, &link).text();
    let code = &house.people.devices(house.now(), &operator())[0]
        .0
        .code
        .clone();
    assert!(waiting.contains(code.as_str()));
    assert!(!house.sees_secret(&phone));
    let again = house.http.post(&link, &[("cookie", &phone)], &[]);
    assert_eq!(
        again.header("set-cookie"),
        "",
        "pressing twice is pressing once"
    );

    let page = house.get_as(&coach, "/personer/").text();
    assert!(
        page.contains(code.as_str()) && page.contains("iPhone · Safari"),
        "{page}"
    );
    let device = house.people.devices(house.now(), &operator())[0]
        .0
        .id
        .clone();
    let yes = |cookie: &str| {
        let address = format!("/personer/enhed/{device}/");
        house
            .http
            .post(&address, &[("cookie", cookie)], &[("valg", "ind")])
    };
    assert_eq!(
        yes(&phone).status,
        303,
        "whoever waits is nobody, and is sent to the door"
    );
    assert!(!house.sees_secret(&phone), "nobody lets themselves in");
    assert_eq!(yes(&coach).header("location"), "/personer/?gjort=ind");
    assert!(house.sees_secret(&phone));
    assert!(
        house
            .get_as(&phone, &link)
            .text()
            .contains("Enheden er med")
    );
    assert!(
        house
            .get_as(&phone, "/enhed/")
            .text()
            .contains("Denne enhed hører til Team A.")
    );
    assert_eq!(house.get_as(&phone, "/personer/").status, 403);

    let id = house.people.links(house.now(), &operator())[0].id.clone();
    let closed = house.http.post(
        &format!("/personer/link/{id}/"),
        &[("cookie", &coach)],
        &[("valg", "luk")],
    );
    assert_eq!(closed.status, 303);
    assert!(!house.sees_secret(&phone), "at once");
    assert_eq!(house.http.get(&link).status, 404);
}

#[test]
fn a_pin_lets_in_at_once_and_locks_when_it_is_guessed_at() {
    let house = House::wiki();
    let link = house.link("team-a");
    let id = house.people.links(house.now(), &operator())[0].id.clone();
    house
        .people
        .set_pin(house.now(), &operator(), &id, Some("739104"))
        .expect("set");
    let guess = |pin: &str| house.http.post(&link, &[], &[("pin", pin)]);
    let right = guess("739104");
    assert!(house.sees_secret(&cookie(&right)));
    for _ in 0..5 {
        assert_eq!(guess("111111").status, 403);
    }
    let locked = guess("739104");
    assert_eq!((locked.status, locked.header("set-cookie")), (403, ""));
    assert!(locked.text().contains("hviler i en time"));
    house.wait(3_600);
    assert_eq!(guess("739104").status, 303);
}

#[test]
fn addresses_of_links_cannot_be_tried_one_after_the_other() {
    let house = House::wiki();
    let link = house.link("team-a");
    let statuses: Vec<u16> = (0..30)
        .map(|n| house.http.get(&format!("/ind/{n:028}/")).status)
        .collect();
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 20);
    assert_eq!(statuses.last(), Some(&429));
    assert_eq!(
        house.http.get(&link).status,
        200,
        "a real one is never held back"
    );
}

#[test]
fn the_sheet_and_its_code_are_for_those_who_look_after_the_link() {
    let house = House::with(
        "titel: Prøven\nadresse: https://wiki.eksempel.dk\n",
        Audience::Project,
        Doors::default(),
    );
    house.account("Kirsten", Role::Coach, &["team-a"]);
    house.account("Bo", Role::Coach, &["team-b"]);
    house.account("Vera", Role::Analyst, &["team-a"]);
    let link = house.link("team-a");
    let id = house.people.links(house.now(), &operator())[0].id.clone();
    let (sheet, code) = (
        format!("/personer/link/{id}/"),
        format!("/personer/link/{id}/qr.svg"),
    );
    let coach = house.sign_in("Kirsten");
    let page = house.get_as(&coach, &sheet);
    assert!(
        page.text()
            .contains(&format!("https://wiki.eksempel.dk{link}")),
        "{}",
        page.text()
    );
    let drawn = house.get_as(&coach, &code);
    assert_eq!(
        (drawn.status, drawn.header("content-type")),
        (200, "image/svg+xml")
    );
    assert!(drawn.header("content-security-policy").contains("sandbox"));
    assert_eq!(drawn.header("cache-control"), "no-store");
    assert!(drawn.text().contains("<path") && !drawn.text().contains("script"));
    for (name, status) in [("Bo", 404), ("Vera", 403)] {
        let cookie = house.sign_in(name);
        for address in [&sheet, &code] {
            let reply = house.get_as(&cookie, address);
            assert_eq!(reply.status, status, "{name} {address}");
            assert!(!reply.text().contains(&link));
        }
    }
    assert_eq!(house.http.get(&sheet).status, 303);
}

// looking after people

#[test]
fn an_admin_makes_an_account_whose_password_is_shown_once() {
    let house = House::wiki();
    house.account("Vera", Role::Admin, &[]);
    let admin = house.sign_in("Vera");
    let made = house.http.post(
        "/personer/konto/",
        &[("cookie", &admin)],
        &[
            ("navn", "Coach Bo"),
            ("rolle", "coach"),
            ("team", "team-a"),
            ("team", "team-b"),
        ],
    );
    assert_eq!(
        (made.status, made.header("cache-control")),
        (200, "no-store")
    );
    let text = made.text();
    let password = text
        .split("<code>")
        .nth(1)
        .and_then(|rest| rest.split("</code>").next())
        .expect("a password");
    assert!(!house.get_as(&admin, "/personer/").text().contains(password));
    assert_eq!(house.try_in("coach bo", password).status, 303);
    let account = house.people.account("Coach Bo").expect("an account");
    assert_eq!((account.role, account.teams.len()), (Role::Coach, 2));

    let taken = house.http.post(
        "/personer/konto/",
        &[("cookie", &admin)],
        &[("navn", "coach-bo"), ("rolle", "coach")],
    );
    assert_eq!(taken.status, 422);
    assert!(taken.text().contains("allerede en konto"));
}

#[test]
fn nobody_but_an_admin_touches_accounts() {
    let house = House::wiki();
    house.account("Vera", Role::Admin, &[]);
    for (name, role) in [
        ("K", Role::Coach),
        ("E", Role::Editor),
        ("A", Role::Analyst),
    ] {
        house.account(name, role, &["team-a"]);
        let cookie = house.sign_in(name);
        let header = [("cookie", cookie.as_str())];
        let made = house.http.post(
            "/personer/konto/",
            &header,
            &[("navn", "Ny"), ("rolle", "admin")],
        );
        assert_eq!(made.status, 403, "{name}");
        let grown = house.http.post(
            &format!("/personer/konto/{name}/"),
            &header,
            &[("valg", "rolle"), ("rolle", "admin")],
        );
        assert_eq!(grown.status, 403, "{name}");
        let reset = house
            .http
            .post("/personer/konto/vera/", &header, &[("valg", "adgangskode")]);
        assert_eq!(reset.status, 403, "{name}");
        assert!(
            !house.get_as(&cookie, "/personer/").text().contains("Vera"),
            "{name}"
        );
    }
    assert!(house.people.account("Ny").is_none());
    assert_eq!(
        house.http.get("/personer/").status,
        303,
        "a visitor is sent to the door"
    );
}

#[test]
fn a_session_can_be_ended_from_another_device_and_only_by_its_owner_or_an_admin() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    house.account("Bo", Role::Coach, &["team-b"]);
    let (lost, here, bo) = (
        house.sign_in("Kirsten"),
        house.sign_in("Kirsten"),
        house.sign_in("Bo"),
    );
    let kirsten = house.people.account("Kirsten").expect("an account").actor();
    let sessions = house.people.sessions(house.now(), &kirsten);
    let page = house.get_as(&here, "/enhed/").text();
    let lost_id = sessions
        .iter()
        .map(|session| session.id.clone())
        .find(|id| page.contains(&format!("/enhed/session/{id}/")))
        .expect("the other session is listed with a button");
    let end = |cookie: &str| {
        house.http.post(
            &format!("/enhed/session/{lost_id}/"),
            &[("cookie", cookie)],
            &[],
        )
    };
    assert_eq!(end(&bo).status, 404);
    assert!(house.sees_secret(&lost));
    assert_eq!(end(&here).status, 303);
    assert!(!house.sees_secret(&lost) && house.sees_secret(&here));
}

#[test]
fn a_new_password_signs_out_everywhere_but_here() {
    let house = House::wiki();
    house.account("Kirsten", Role::Coach, &["team-a"]);
    let (elsewhere, here) = (house.sign_in("Kirsten"), house.sign_in("Kirsten"));
    let change = |nu: &str, ny: &str| {
        house.http.post(
            "/enhed/adgangskode/",
            &[("cookie", &here)],
            &[("nu", nu), ("ny", ny)],
        )
    };
    assert_eq!(change("forkert", "et helt andet kodeord").status, 422);
    assert_eq!(change(PASSWORD, "kort").status, 422);
    let changed = change(PASSWORD, "et helt andet kodeord");
    assert_eq!(changed.status, 303);
    assert!(!house.sees_secret(&elsewhere) && !house.sees_secret(&here));
    assert!(house.sees_secret(&cookie(&changed)));
}

#[test]
fn coming_back_to_the_address_of_a_form_does_nothing_and_leads_to_its_page() {
    let house = House::wiki();
    house.account("Vera", Role::Admin, &[]);
    let admin = house.sign_in("Vera");
    for (address, page) in [
        ("/personer/konto/", "/personer/"),
        ("/personer/konto/vera/", "/personer/"),
        ("/enhed/adgangskode/", "/enhed/"),
        ("/ud/", "/enhed/"),
    ] {
        let reply = house.get_as(&admin, address);
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, page),
            "{address}"
        );
    }
    assert_eq!(
        house.get_as(&admin, "/personer/").status,
        200,
        "still signed in"
    );
}

// the first start

#[test]
fn the_first_link_shows_one_button_and_works_once() {
    let house = House::wiki();
    let token = house
        .people
        .make_first(house.now())
        .expect("asked")
        .expect("a link");
    let address = format!("/ind/foerste/{}/", token.text());
    for _ in 0..2 {
        let page = house.http.get(&address);
        assert_eq!((page.status, page.header("set-cookie")), (200, ""));
        assert!(page.text().contains("Log ind som den første"));
    }
    let signed_in = house.http.post(&address, &[], &[]);
    assert_eq!(signed_in.status, 303);
    let first = cookie(&signed_in);
    let page = house.get_as(&first, "/personer/").text();
    assert!(page.contains("Lav din egen konto"), "{page}");
    let replayed = house.http.post(&address, &[], &[]);
    assert_eq!((replayed.status, replayed.header("set-cookie")), (404, ""));
    assert_eq!(house.http.get(&address).status, 404);
}

// what is not there

#[test]
fn a_published_site_has_no_door() {
    let site = TestSite::of(&[("sider/god.md", &public_record("titel: En god side", "Hej."))]);
    let http = Http::over(&site.engine(Audience::Public, Surface::Published));
    for address in [
        "/ind/",
        "/ind/abc/",
        "/enhed/",
        "/personer/",
        "/ind/foerste/abc/",
    ] {
        assert_eq!(http.get(address).status, 404, "{address}");
    }
    assert!(!http.get("/").text().contains("/ind/"));
}

#[test]
fn no_page_of_people_has_anything_that_the_policy_of_the_site_forbids() {
    let house = House::wiki();
    house.account("Vera", Role::Admin, &[]);
    let admin = house.sign_in("Vera");
    let link = house.link("team-a");
    let id = house.people.links(house.now(), &operator())[0].id.clone();
    house.http.post(&link, &[], &[]);
    for address in [
        "/ind/",
        &link,
        "/enhed/",
        "/personer/",
        &format!("/personer/link/{id}/"),
    ] {
        let page = house.get_as(&admin, address);
        assert_eq!(page.status, 200, "{address}");
        let (mut names, mut labelled) = (Vec::new(), Vec::new());
        for tag in tags(&page.text()) {
            assert_eq!(tag.attribute("style"), None, "{address}: {tag:?}");
            assert!(
                tag.name != "style" && tag.inside.trim().is_empty(),
                "{address}: {tag:?}"
            );
            assert!(
                !tag.attributes
                    .iter()
                    .any(|(name, _)| name.starts_with("on")),
                "{tag:?}"
            );
            if tag.name == "label" {
                labelled.extend(tag.attribute("for").map(str::to_owned));
            }
            let seen = !matches!(tag.attribute("type"), Some("hidden" | "submit"));
            if matches!(tag.name.as_str(), "input" | "select") && seen {
                names.extend(tag.attribute("id").map(str::to_owned));
            }
        }
        for name in names {
            assert!(labelled.contains(&name), "{name} on {address} has no label");
        }
    }
}
