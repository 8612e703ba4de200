//! Every route as every role: a record that is a team's own leaves no trace for anybody else, and no page of writing
//! gives what its reader may not have.

use std::collections::BTreeSet;

use axum::http::Method;
use kaffe::{
    history::History,
    model::{Actor, Audience, RecordId, Role},
    serve::openapi,
    site::route::Surface,
};

use crate::support::{Http, TestSite, record};

/// A word that stands nowhere but in the team's own record: in its title, text, tag, file and history.
const SECRET: &str = "zqhemmelig";

fn a_site() -> TestSite {
    let site = TestSite::of(&[
        (
            "teams/team-a.md",
            &record("titel: Team A\nkommune: Eksempelkommune", "Vi er syv."),
        ),
        (
            "teams/team-b.md",
            &record("titel: Team B\nkommune: Eksempelkommune", "Vi er otte."),
        ),
        (
            "ideer/aaben.md",
            &record(
                "titel: En åben idé\nteam: team-a\nønsker_hjælp: tid",
                "Tag kaffen med.",
            ),
        ),
        (
            "proevehandlinger/zqhemmelig-proeve.md",
            &record(
                "titel: Zqhemmelig prøve\nteam: team-a\nfra: 2021-10-01\nsynlighed: team\nemneord: [zqhemmelig]\nønsker_hjælp: tid\ninspireret_af: [aaben]",
                "## Hvad prøvede vi?\n\nVi prøvede noget zqhemmeligt. ![zqhemmelig](zqhemmelig.png)",
            ),
        ),
        (
            "proevehandlinger/zqhemmelig-proeve/zqhemmelig.txt",
            "zqhemmelig",
        ),
        (
            "feedback/zqhemmelig-svar.md",
            &record(
                "titel: Zqhemmelig kommentar\nom: [zqhemmelig-proeve]\nteam: team-a\nsynlighed: team\nafsender: kollega\nslags: spørgsmål\nstatus: åben",
                "Zqhemmelig?",
            ),
        ),
        (
            "lokalt/gaaklub.md",
            &record(
                "titel: Gåklub\nslags: forening\nområde: [Midtby]\nsted: Torvet 1\nbekræftet: 2021-01-01\nsynlighed: offentlig\ngennemgang: godkendt",
                "Vi går.",
            ),
        ),
    ]);
    let history = History::create(site.root()).expect("a history");
    let files = crate::support::files_below(site.root())
        .into_iter()
        .filter(|(name, _)| !name.starts_with(".git/"))
        .filter_map(|(name, bytes)| {
            Some(kaffe::history::OnDisk::File(
                kaffe::model::SourcePath::new(&name).ok()?,
                bytes,
            ))
        });
    let author = kaffe::history::Author {
        name: "Team A".to_owned(),
        mail: "a@kaffe.invalid".to_owned(),
    };
    let now = "2021-10-02T08:00:00Z".parse().expect("a moment");
    history
        .take_in(&author, "Ny: Zqhemmelig prøve", files, now)
        .expect("kept")
        .expect("a version");
    site
}

fn everybody() -> Vec<(&'static str, Actor, bool)> {
    let one = |role: Role, teams: &[&str]| Actor {
        key: Some(format!("konto:{}", role.key())),
        name: role.key().to_owned(),
        role,
        teams: teams.iter().map(|t| RecordId::new(t)).collect(),
    };
    vec![
        ("visitor", Actor::visitor(), false),
        ("reader", one(Role::Reader, &[]), false),
        ("team-b", one(Role::Team, &["team-b"]), false),
        ("coach-b", one(Role::Coach, &["team-b"]), false),
        ("analyst", one(Role::Analyst, &[]), false),
        ("editor", one(Role::Editor, &[]), false),
        ("committee", one(Role::Committee, &[]), false),
        ("leader", one(Role::Leader, &[]), false),
        ("team-a", one(Role::Team, &["team-a"]), true),
        ("coach-a", one(Role::Coach, &["team-a", "team-b"]), true),
        ("admin", one(Role::Admin, &[]), true),
    ]
}

/// Every address of the site and of the writing half, with the secret record's own among them.
fn addresses(site: &TestSite) -> BTreeSet<String> {
    let engine = site.engine(Audience::All, Surface::Live);
    let snapshot = engine.snapshot();
    let mut all: BTreeSet<String> = snapshot
        .routes()
        .iter()
        .map(|r| format!("/{}", snapshot.view().address(r)))
        .collect();
    assert!(
        all.iter().any(|address| address.contains(SECRET)),
        "the secret record has pages"
    );
    for (folder, id) in [
        ("proevehandlinger", "zqhemmelig-proeve"),
        ("feedback", "zqhemmelig-svar"),
        ("ideer", "aaben"),
        ("lokalt", "gaaklub"),
    ] {
        for verb in [
            "ret",
            "markdown",
            "fortael",
            "slet",
            "gemt",
            "kommentar",
            "svar",
            "historik",
            "billede",
        ] {
            all.insert(format!("/{verb}/{folder}/{id}/"));
        }
        let path = kaffe::model::SourcePath::new(&format!("{folder}/{id}.md")).expect("a path");
        let kaffe::history::Availability::On(history) = History::open(site.root()) else {
            panic!("a history")
        };
        for version in history.versions(&path, 0, 5).expect("versions") {
            all.insert(format!("/historik/{folder}/{id}/{}/", version.commit));
        }
    }
    for folder in ["proevehandlinger", "ideer", "lokalt", "feedback"] {
        all.insert(format!("/ny/{folder}/"));
    }
    for address in [
        "/fortael/",
        "/seneste/",
        "/coach/",
        "/kalender/",
        "/feed.xml",
        "/teams/team-a/feed.xml",
        "/kalender.ics",
        "/teams/team-a/kalender.ics",
        "/teammoede/team-a/",
        "/personer/",
        "/enhed/",
        "/oprydning/",
    ] {
        all.insert(address.to_owned());
    }
    for query in [
        "/soeg/?q=hemmelig",
        "/soeg/?q=proeve",
        "/api/search?q=zqhemmeli",
        "/api/search?q=",
        "/api/similar?text=zqhemmelig+pr%C3%B8ve",
        "/api/records?limit=200",
        "/api/records?kind=proevehandling",
        "/api/check",
        "/api/staleness",
    ] {
        all.insert(query.to_owned());
    }
    for (kind, id) in [
        ("proevehandling", "zqhemmelig-proeve"),
        ("feedback", "zqhemmelig-svar"),
        ("ide", "aaben"),
    ] {
        all.insert(format!("/api/records/{kind}/{id}"));
    }
    all
}

#[test]
fn what_is_a_teams_own_leaves_no_trace_for_anybody_else() {
    let site = a_site();
    let all = addresses(&site);
    let http = Http::over(&site.engine(Audience::Project, Surface::Live));
    for (name, actor, sees) in everybody() {
        let mut seen = 0;
        for address in &all {
            let reply = http.as_actor(
                &actor,
                Method::GET,
                &crate::support::encoded(address),
                &[],
                b"",
            );
            assert_ne!(reply.status, 500, "{name}: {address}");
            // What somebody has typed or asked for stands in the page again; that is no trace.
            let asked = address.to_lowercase().contains(SECRET);
            let text = reply.text().to_lowercase();
            let found = text.contains(SECRET);
            if reply.status == 404 || reply.status == 303 && asked {
                continue;
            }
            seen += usize::from(found);
            let echoed = address.contains("?q=") || address.contains("?text=");
            assert!(
                sees || !found || echoed && !text.contains("zqhemmelig prøve"),
                "{name} ({}) finds it in {address}:\n{text}",
                reply.status
            );
        }
        assert_eq!(seen > 5, sees, "{name} sees {seen} pages of it");
    }
}

#[test]
fn a_count_never_tells_of_what_is_not_for_the_reader() {
    let site = a_site();
    let http = Http::over(&site.engine(Audience::Project, Surface::Live));
    let total = |actor: &Actor, kind: &str| {
        let reply = http.as_actor(
            actor,
            Method::GET,
            &format!("/api/records?kind={kind}"),
            &[],
            b"",
        );
        reply.json()["total"].as_u64().expect("a number")
    };
    for (name, actor, sees) in everybody() {
        assert_eq!(total(&actor, "proevehandling"), u64::from(sees), "{name}");
        assert_eq!(total(&actor, "feedback"), u64::from(sees), "{name}");
    }
}

#[test]
fn the_description_of_the_api_is_what_the_server_answers() {
    let site = a_site();
    let http = Http::over(&site.engine(Audience::Project, Surface::Live));
    let admin = everybody().pop().expect("the last").1;
    let described = http.get("/api/openapi.json").json();
    for operation in &openapi::OPERATIONS {
        let path = operation
            .path
            .replace("{kind}", "ide")
            .replace("{id}", "aaben");
        let method: Method = operation.method.to_uppercase().parse().expect("a method");
        let reply = http.as_actor(&admin, method, &path, &[], b"");
        assert!(
            ![404, 405, 500].contains(&reply.status),
            "{} {path}: {}",
            operation.method,
            reply.status
        );
        let answers = &described["paths"][operation.path][operation.method]["responses"];
        let status = reply.status.to_string();
        let is_about_the_body = ["400", "415"].contains(&status.as_str());
        assert!(
            is_about_the_body || answers.get(&status).is_some(),
            "{} {path} answers {status}, which is not described: {answers}",
            operation.method
        );
    }
    let known: BTreeSet<&str> = openapi::OPERATIONS.iter().map(|o| o.path).collect();
    let sources: String = ["src/serve.rs", "src/serve/writing/api.rs"]
        .iter()
        .map(|p| std::fs::read_to_string(p).expect("a source"))
        .collect();
    for route in sources
        .split("\"/api/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(
            known.contains(format!("/api/{route}").as_str()),
            "/api/{route} is not described"
        );
    }
}
