//! The server as programs and browsers meet it, and as those meet it who mean it no good.

use axum::http::Method;
use kaffe::{
    model::{Audience, RecordId},
    site::route::Surface,
};

use crate::support::{Http, Reply, TestSite, encoded, public_record, record, shipped, tags};

fn a_site() -> TestSite {
    TestSite::of(&[
        (
            "teams/team-a.md",
            &public_record("titel: Team A\nkommune: Eksempelkommune", "Os."),
        ),
        (
            "teams/team-b.md",
            &public_record("titel: Team B\nkommune: Eksempelkommune", "De andre."),
        ),
        (
            "ideer/kaffevogn.md",
            &public_record(
                "titel: Kaffevogn ved boligblokken\nteam: team-a\nemneord: [aaben]",
                "Vi kunne køre ud med kaffe. Se [tegningen](tegning.svg) og [arket](ark.csv).",
            ),
        ),
        (
            "ideer/kaffevogn/tegning.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
        ),
        ("ideer/kaffevogn/ark.csv", "a;b\n1;2\n"),
        (
            "ideer/kaffekladde.md",
            &record(
                "titel: Kaffekladde\nteam: team-a\nemneord: [lukket]",
                "Kun for projektet.",
            ),
        ),
        ("ideer/kaffekladde/note.txt", "kun for projektet"),
        (
            "ideer/kaffehemmelig.md",
            &record(
                "titel: Kaffehemmelighed\nteam: team-a\nsynlighed: team\nemneord: [dybt]",
                "Kun for teamet.",
            ),
        ),
    ])
}

fn public_server() -> (TestSite, Http) {
    let site = a_site();
    let engine = site.engine(Audience::Public, Surface::Live);
    (site, Http::over(&engine))
}

fn wiki_server() -> (TestSite, Http) {
    let site = a_site();
    let engine = site.wiki();
    (site, Http::over(&engine))
}

#[test]
fn every_answer_carries_the_headers_that_keep_readers_safe() {
    let (_site, server) = wiki_server();
    for address in [
        "/",
        "/ideer/kaffevogn/",
        "/findes/ikke/",
        "/tema/kaffe.css",
        "/api/search?q=kaffe",
        "/api/search?limit=x",
        "/healthz",
        "/ideer/kaffevogn",
        "/ideer/kaffevogn/ark.csv",
        "/ideer/kaffevogn.md",
    ] {
        let reply = server.get(address);
        assert_eq!(
            reply.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
        assert_eq!(reply.header("x-frame-options"), "DENY", "{address}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{address}");
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe-eval"),
            "{address}: {policy}"
        );
        assert!(
            !policy.contains("script-src") || policy.contains("script-src 'self'"),
            "{address}: {policy}"
        );
    }
    let reply = server.send(Method::POST, "/", &[]);
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[test]
fn what_people_upload_is_never_a_page_of_its_own() {
    let (_site, server) = wiki_server();
    let drawing = server.get("/ideer/kaffevogn/tegning.svg");
    assert_eq!(
        (drawing.status, drawing.header("content-type")),
        (200, "image/svg+xml")
    );
    let sheet = server.get("/ideer/kaffevogn/ark.csv");
    assert_eq!(
        (sheet.status, sheet.header("content-disposition")),
        (200, "attachment")
    );
    for reply in [drawing, sheet] {
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("sandbox")
                && policy.contains("default-src 'none'")
                && !policy.contains("script-src"),
            "{policy}"
        );
    }
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let site = a_site();
    let engine = site.wiki();
    let server = Http::over(&engine);
    let first = server.get("/ideer/kaffevogn/");
    let tag = first.header("etag").to_owned();
    assert!(
        tag.starts_with('"') && tag.ends_with('"') && tag.len() > 10,
        "{tag}"
    );
    for known in [tag.clone(), format!("W/{tag}"), format!("\"andet\", {tag}")] {
        let again = server.send(
            Method::GET,
            "/ideer/kaffevogn/",
            &[("if-none-match", &known)],
        );
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        assert_eq!(again.header("etag"), tag);
    }
    let other = server.send(
        Method::GET,
        "/ideer/kaffevogn/",
        &[("if-none-match", "\"andet\"")],
    );
    assert_eq!(other.status, 200);
    site.file(
        "ideer/kaffevogn.md",
        public_record("titel: Kaffevogn ved torvet\nteam: team-a", "Nyt."),
    );
    engine
        .look_at(&[site.root().join("ideer/kaffevogn.md")])
        .expect("looked at");
    let changed = server.send(Method::GET, "/ideer/kaffevogn/", &[("if-none-match", &tag)]);
    assert_eq!(changed.status, 200);
    assert!(changed.text().contains("torvet") && changed.header("etag") != tag);
}

#[test]
fn head_is_get_without_its_body() {
    let (_site, server) = wiki_server();
    for address in [
        "/",
        "/ideer/kaffevogn/",
        "/findes/ikke/",
        "/tema/kaffe.css",
        "/healthz",
    ] {
        let (head, get) = (server.send(Method::HEAD, address, &[]), server.get(address));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{address}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{address}"
        );
        assert_eq!(head.header("etag"), get.header("etag"), "{address}");
    }
}

#[test]
fn nothing_can_be_written_by_any_method() {
    let site = a_site();
    let server = Http::over(&site.wiki());
    let before = crate::support::files_below(site.root());
    for address in [
        "/",
        "/ideer/kaffevogn/",
        "/api/search?q=x",
        "/healthz",
        "/-/live",
        "/findes/ikke/",
    ] {
        for method in [
            Method::POST,
            Method::PUT,
            Method::DELETE,
            Method::PATCH,
            Method::OPTIONS,
            Method::TRACE,
        ] {
            // A page elsewhere that sends a form is turned away before anything is looked at.
            let foreign = server.send(method.clone(), address, &[]);
            let is_harmless = method == Method::OPTIONS || method == Method::TRACE;
            assert!(
                is_harmless || foreign.status == 403,
                "{method} {address}: {}",
                foreign.status
            );
            let reply = server.send(method.clone(), address, &[crate::support::OWN_PAGE]);
            assert_eq!(reply.status, 405, "{method} {address}");
            assert!(
                reply.header("allow").contains("GET"),
                "{method} {address}: {}",
                reply.header("allow")
            );
        }
    }
    assert_eq!(crate::support::files_below(site.root()), before);
}

#[test]
fn no_address_leaves_the_folder() {
    let site = a_site();
    std::fs::write(site.beside("hemmelig.txt"), "zqhemmelig").expect("a file beside");
    site.file("kaffe.yaml", "titel: Prøve\n")
        .file(".git/config", "zqhemmelig")
        .file(".skjult.txt", "zqhemmelig")
        .file("_data/x.yaml", "zqhemmelig: 1")
        .file("_typer_gamle/x.txt", "zqhemmelig");
    let server = Http::over(&site.wiki());
    let long = format!("/{}", "a".repeat(60_000));
    let deep = "/a".repeat(20_000);
    let up = "/..%2f".repeat(5_000);
    let addresses = [
        "/../hemmelig.txt",
        "/..%2fhemmelig.txt",
        "/%2e%2e/hemmelig.txt",
        "/%2e%2e%2fhemmelig.txt",
        "/..%5chemmelig.txt",
        "/filer/../hemmelig.txt",
        "/filer/..%2f..%2fhemmelig.txt",
        "/filer/%2e%2e/hemmelig.txt",
        "/ideer/kaffevogn/..%2f..%2f..%2fhemmelig.txt",
        "/ideer/kaffevogn/%2e%2e%2f%2e%2e%2f%2e%2e%2fhemmelig.txt",
        "/ideer/../../hemmelig.txt",
        "/ideer/kaffevogn%2ftegning.svg%00.html",
        "/%00",
        "/ideer/%00/",
        "/ideer/kaffevogn.md%00",
        "/filer/.git/config",
        "/.git/config",
        "/filer/.skjult.txt",
        "/_data/x.yaml",
        "/filer/_data/x.yaml",
        "/filer/_typer_gamle/x.txt",
        "/kaffe.yaml",
        "/filer/kaffe.yaml",
        "/tema/..%2f..%2fCargo.toml",
        "/tema/../templates/base.html",
        "/tema/%2e%2e/templates/base.html",
        "/tema/..%2ftemplates%2fbase.html",
        "//hemmelig.txt",
        "/filer//etc/passwd",
        "/filer/%2fetc%2fpasswd",
        "/filer/c:/windows/win.ini",
        "/%ff%fe",
        "/ideer/%c3%28/",
        "/emner/..%2f..%2f",
        "/katalog/..%2f",
        &long,
        &deep,
        &up,
        "/%F0%9F%91%A9",
        "/ideer/%E2%80%AEfdp/",
        "/ideer/%0d%0aSet-Cookie:x=1",
    ];
    for address in addresses {
        let reply = server.get(address);
        let shown: String = address.chars().take(80).collect();
        assert!(
            matches!(reply.status, 308 | 400 | 404 | 414),
            "{shown} is answered with {}",
            reply.status
        );
        assert!(
            !reply.text().contains("zqhemmelig") && !reply.text().contains("root:"),
            "{shown}"
        );
        assert_eq!(reply.header("set-cookie"), "", "{shown}");
        if reply.status == 308 {
            let to = reply.header("location");
            assert!(
                to.starts_with('/') && !to.starts_with("//") && !to.contains(".."),
                "{shown} is sent to {to}"
            );
        }
    }
}

#[test]
fn no_address_sends_a_reader_to_another_site() {
    let (_site, server) = wiki_server();
    for address in [
        "//evil.example/ideer",
        "/%2fevil.example/",
        "/%5cevil.example/",
        "//ideer",
        "///ideer/kaffevogn",
        "/ideer//kaffevogn",
        "/ideer/kaffevogn//",
    ] {
        let reply = server.get(address);
        let to = reply.header("location");
        assert!(
            !to.starts_with("//") && !to.contains("evil") && !to.contains('\\'),
            "{address} is sent to {to}"
        );
        assert!(
            matches!(reply.status, 200 | 308 | 404),
            "{address}: {}",
            reply.status
        );
    }
}

#[test]
fn an_address_without_its_slash_keeps_its_question() {
    let (_site, server) = wiki_server();
    let reply = server.get("/soeg?q=kaffe%20og%20te");
    assert_eq!(
        (reply.status, reply.header("location")),
        (308, "/soeg/?q=kaffe%20og%20te")
    );
    let reply = server.get("/ideer?team=team-a");
    assert_eq!(
        (reply.status, reply.header("location")),
        (308, "/ideer/?team=team-a")
    );
}

#[test]
fn a_foreign_name_is_turned_away_on_loopback() {
    let site = a_site();
    let server = Http::on_loopback(&site.wiki());
    for host in [
        "localhost",
        "localhost:8080",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.3.2.1:1",
        "[::1]",
        "[::1]:8080",
        "LOCALHOST:8080",
    ] {
        assert_eq!(
            server.send(Method::GET, "/", &[("host", host)]).status,
            200,
            "{host}"
        );
    }
    for host in [
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "192.168.0.7",
        "evil.example@127.0.0.1",
        "[::1].evil.example",
        "",
    ] {
        let reply = server.send(Method::GET, "/", &[("host", host)]);
        assert_eq!(reply.status, 421, "{host}");
        assert!(!reply.text().contains("Kaffevogn"), "{host}");
        assert_eq!(
            server
                .send(Method::GET, "/-/live", &[("host", host)])
                .status,
            421,
            "{host}"
        );
        assert_eq!(
            server
                .send(Method::GET, "/api/search?q=kaffe", &[("host", host)])
                .status,
            421,
            "{host}"
        );
    }
    // Elsewhere the operator's own name is nobody's business.
    assert_eq!(
        Http::over(&site.wiki())
            .send(
                Method::GET,
                "/",
                &[("host", "kaffe.eksempelkommune.example")]
            )
            .status,
        200
    );
}

#[test]
fn the_search_answers_programs_in_a_fixed_shape() {
    let (_site, server) = wiki_server();
    let reply = server.get("/api/search?q=kaffe");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "application/json")
    );
    let json = reply.json();
    // The two ideas, and the team that they belong to.
    assert_eq!(json["total"], 3, "{json}");
    let hit = &json["hits"][0];
    for key in ["id", "kind", "url", "title", "snippet"] {
        assert!(hit[key].is_string(), "{key} in {hit}");
    }
    assert!(hit["score"].is_number() && hit["example"].is_boolean());
    assert_eq!(
        json["kinds"][0],
        serde_json::json!({"kind": "ide", "label": "Idéer", "count": 2})
    );
    assert!(json["suggestions"].is_array());
    let url = hit["url"].as_str().expect("an address");
    assert_eq!(server.get(url).status, 200, "{url}");
    // A text without a word finds nothing and is no error.
    for empty in [
        "/api/search",
        "/api/search?q=",
        "/api/search?q=%20%20",
        "/api/search?q=!%3F",
    ] {
        let json = server.get(empty).json();
        assert_eq!(
            (
                json["total"].as_u64(),
                json["hits"].as_array().map(Vec::len)
            ),
            (Some(0), Some(0)),
            "{empty}"
        );
    }
}

#[test]
fn the_search_keeps_its_limits_and_says_what_is_wrong() {
    let site = TestSite::new();
    for n in 0..230 {
        site.file(
            &format!("sider/n{n}.md"),
            record(&format!("titel: Nummer {n}"), "Om kaffe."),
        );
    }
    let server = Http::over(&site.wiki());
    let count = |uri: &str| {
        server.get(uri).json()["hits"]
            .as_array()
            .map_or(0, Vec::len)
    };
    assert_eq!(count("/api/search?q=kaffe"), 20);
    assert_eq!(count("/api/search?q=kaffe&limit=5"), 5);
    assert_eq!(count("/api/search?q=kaffe&limit=100000"), 200);
    assert_eq!(count("/api/search?q=kaffe&limit=0"), 0);
    assert_eq!(count("/api/search?q=kaffe&offset=225"), 5);
    assert_eq!(
        count("/api/search?q=kaffe&offset=18446744073709551615&limit=18446744073709551615"),
        0
    );
    assert_eq!(
        server.get("/api/search?q=kaffe&limit=1").json()["total"],
        230
    );
    let first = server.get("/api/search?q=kaffe&limit=2").json();
    let second = server.get("/api/search?q=kaffe&limit=1&offset=1").json();
    assert_eq!(first["hits"][1], second["hits"][0]);
    let wrong = |uri: &str, code: &str, field: &str| {
        let reply = server.get(uri);
        let json = reply.json();
        assert_eq!(
            (reply.status, json["code"].as_str(), json["field"].as_str()),
            (400, Some(code), Some(field)),
            "{uri}: {json}"
        );
        assert!(json["message"].is_string());
    };
    wrong("/api/search?q=kaffe&limit=mange", "bad_number", "limit");
    wrong("/api/search?q=kaffe&offset=-1", "bad_number", "offset");
    wrong(
        "/api/search?q=kaffe&kind=findesikke",
        "unknown_kind",
        "kind",
    );
    assert_eq!(
        server.get("/api/search?q=kaffe&kind=Sider").json()["total"],
        230,
        "a kind is meant by its name too"
    );
}

#[test]
fn no_question_to_the_search_is_too_much() {
    let site = a_site();
    let server = Http::over(&site.wiki());
    let questions = [
        "a".repeat(10_000),
        "kaffe ".repeat(200),
        (0..200).map(|n| format!("ord{n} ")).collect::<String>(),
        "\u{1}\u{2}\u{7f}kaffe\u{0}\t\r\n".to_owned(),
        "\u{202e}effak\u{202c} \u{200b}kaffe\u{feff}".to_owned(),
        "\"".to_owned(),
        "\"kaffe".to_owned(),
        "\"\"\"\" - - -- -\"\" +".to_owned(),
        "-kaffe".to_owned(),
        "type: team: område:\"".to_owned(),
        "type:findesikke kaffe".to_owned(),
        "*?~^:()[]{}\\/ AND OR NOT".to_owned(),
        "kaffe*".to_owned(),
        "(".repeat(5_000),
        "\"a b".repeat(1_000),
        "æøåÆØÅ ß ﬁ İ 👩‍🚒".to_owned(),
        "A\u{30a}".repeat(500),
        "<script>alert(1)</script>".to_owned(),
        "' OR 1=1 --".to_owned(),
        "{{ 7*7 }}{% raw %}".to_owned(),
        "kaffekopskaffekopskaffekops".repeat(50),
    ];
    for question in &questions {
        let asked =
            percent_encoding::utf8_percent_encode(question, percent_encoding::NON_ALPHANUMERIC)
                .to_string();
        let shown: String = question.chars().take(40).collect();
        let reply = server.get(&format!("/api/search?q={asked}"));
        assert_eq!(reply.status, 200, "{shown:?}: {}", reply.text());
        assert!(reply.json()["total"].is_u64());
        let page = server.get(&format!("/soeg/?q={asked}"));
        assert_eq!(page.status, 200, "{shown:?}");
        let html = page.text();
        assert!(html.contains("</html>"), "{shown:?}");
        for tag in tags(&html) {
            assert!(
                tag.name != "script"
                    || (tag.attribute("src").is_some() && tag.inside.trim().is_empty()),
                "{shown:?} became code"
            );
            assert!(
                !tag.attributes
                    .iter()
                    .any(|(name, _)| name.starts_with("on")),
                "{shown:?} became code: {tag:?}"
            );
        }
        assert!(
            !html.contains("49}}") && !html.contains(">49<"),
            "{shown:?} was calculated"
        );
    }
    for broken in [
        "/soeg/?q=%ff%fe",
        "/api/search?q=%ff",
        "/soeg/?q=%",
        "/soeg/?&&&=&=x&q",
        "/soeg/?q=a&q=b",
        "/soeg/?kind=findesikke&q=kaffe",
        "/ideer/?blad=99999999999999999999",
        "/ideer/?blad=-1",
        "/ideer/?orden=%00&team=%ff",
        "/ideer/?team=findesikke",
    ] {
        let reply = server.get(broken);
        assert!(
            matches!(reply.status, 200 | 400),
            "{broken}: {}",
            reply.status
        );
    }
}

#[test]
fn health_is_one_line_of_json() {
    let (_site, server) = wiki_server();
    let reply = server.get("/healthz");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "application/json")
    );
    assert_eq!(
        reply.json(),
        serde_json::json!({"status": "ok", "generation": 1})
    );
}

#[test]
fn an_open_browser_is_told_of_each_generation() {
    let site = a_site();
    let engine = site.wiki();
    let server = Http::over(&engine);
    let (reply, mut pieces) = server.stream("/-/live");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/event-stream")
    );
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("content-encoding"), "");
    let first = pieces.next();
    assert!(
        first.contains("event: generation") && first.contains("{\"generation\":1}"),
        "{first}"
    );
    site.file("ideer/ny.md", record("titel: Ny", "Hej."));
    engine
        .look_at(&[site.root().join("ideer/ny.md")])
        .expect("looked at");
    let second = pieces.next();
    assert!(second.contains("{\"generation\":2}"), "{second}");
}

#[test]
fn a_missing_page_is_friendly_and_guesses_what_was_meant() {
    let (_site, server) = wiki_server();
    let reply = server.get("/ideer/kafevogn/");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
    let html = reply.text();
    assert!(
        html.contains("Den side findes ikke")
            && html.contains("/ideer/kaffevogn/")
            && html.contains("Kaffevogn ved boligblokken"),
        "{html}"
    );
    // What was asked for is shown as text and never as code.
    let reply = server.get("/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert!(
        tags(&reply.text())
            .iter()
            .all(|t| t.name != "script" || t.inside.is_empty())
    );
}

/// What an audience can find out of a site by asking for everything it can think of.
fn all_of(server: &Http) -> String {
    let mut all = String::new();
    for address in [
        "/",
        "/ideer/",
        "/emner/",
        "/emner/aaben/",
        "/teams/",
        "/teams/team-a/",
        "/soeg/",
        "/soeg/?q=kaffe",
        "/soeg/?q=type:ide",
        "/api/search?q=kaffe&limit=200",
        "/api/search?q=kaffehem",
        "/api/search?q=team:a",
        "/api/search?q=kafekladd",
        "/ideer/kaffe/",
        "/oprydning/",
        "/ideer/kaffevogn/",
        "/ideer/?team=team-a",
        "/katalog/",
    ] {
        all.push_str(&server.get(address).text());
    }
    all
}

#[test]
fn the_public_sees_nothing_of_the_projects_own() {
    let (_site, server) = public_server();
    let all = all_of(&server);
    assert!(all.contains("Kaffevogn ved boligblokken"));
    for hidden in [
        "Kaffekladde",
        "Kaffehemmelighed",
        "lukket",
        "dybt",
        "kaffekladde",
        "kaffehemmelig",
    ] {
        assert!(!all.contains(hidden), "the public reads »{hidden}«");
    }
    for address in [
        "/ideer/kaffekladde/",
        "/ideer/kaffekladde.md",
        "/ideer/kaffekladde/note.txt",
        "/filer/ideer/kaffekladde/note.txt",
        "/emner/lukket/",
        "/ideer/kaffehemmelig/",
        "/oprydning/",
    ] {
        assert_eq!(server.get(address).status, 404, "{address}");
    }
}

#[test]
fn the_project_sees_everything_but_what_is_a_teams_own() {
    let (_site, server) = wiki_server();
    let all = all_of(&server);
    assert!(
        all.contains("Kaffekladde") && !all.contains("Kaffehemmelighed") && !all.contains("dybt")
    );
    assert_eq!(server.get("/ideer/kaffekladde/note.txt").status, 200);
    for address in [
        "/ideer/kaffehemmelig/",
        "/ideer/kaffehemmelig.md",
        "/emner/dybt/",
    ] {
        assert_eq!(server.get(address).status, 404, "{address}");
    }
}

#[test]
fn a_team_sees_its_own_and_no_other_team_does() {
    let site = a_site();
    let own =
        Http::over(&site.engine(Audience::of_teams([RecordId::new("team-a")]), Surface::Live));
    assert!(all_of(&own).contains("Kaffehemmelighed"));
    assert_eq!(own.get("/ideer/kaffehemmelig/").status, 200);
    let other =
        Http::over(&site.engine(Audience::of_teams([RecordId::new("team-b")]), Surface::Live));
    let all = all_of(&other);
    assert!(all.contains("Kaffekladde") && !all.contains("Kaffehemmelighed"));
    assert_eq!(other.get("/ideer/kaffehemmelig/").status, 404);
}

#[test]
fn the_problems_of_a_teams_own_record_are_that_teams_business() {
    let site = a_site();
    for name in ["ideer/zqa.md", "ideer/zqb.markdown", "ideer/zqc.MD"] {
        site.file(name, "---\ntitel: Zqtitel\nteam: team-a\nsynlighed: team\nzqfelt: 1\n---\n\nSe [[zqingen]].\n");
    }
    let server = Http::over(&site.wiki());
    for address in ["/oprydning/", "/", "/soeg/?q=zqtitel", "/ideer/"] {
        let html = server.get(address).text();
        let main = html
            .split("<main")
            .nth(1)
            .expect("a main part")
            .replace("»zqtitel«", "")
            .replace("value=\"zqtitel\"", "")
            .replace("q=zqtitel", "");
        assert!(
            !main.contains("zqfelt")
                && !main.contains("zqingen")
                && !main.contains("Zqtitel")
                && !main.contains("ideer/zq"),
            "{address}: {main}"
        );
    }
}

#[test]
fn pages_that_may_not_be_indexed_say_so() {
    let robots = |reply: &Reply| {
        tags(&reply.text()).iter().any(|t| {
            t.name == "meta"
                && t.attribute("name") == Some("robots")
                && t.attribute("content") == Some("noindex")
        })
    };
    let (_site, wiki) = wiki_server();
    assert!(robots(&wiki.get("/")) && robots(&wiki.get("/ideer/kaffevogn/")));
    let (_site, public) = public_server();
    assert!(!robots(&public.get("/ideer/kaffevogn/")) && robots(&public.get("/findes/ikke/")));
}

#[test]
fn every_link_of_every_page_of_the_wiki_is_answered() {
    for audience in [Audience::Project, Audience::Public] {
        let engine = crate::support::engine(&shipped(), audience.clone(), Surface::Live);
        let snapshot = engine.snapshot();
        let server = Http::over(&engine);
        let mut asked = std::collections::BTreeSet::new();
        let mut written = std::collections::BTreeSet::new();
        for route in snapshot.routes() {
            let address = format!("/{}", snapshot.view().address(&route));
            let answer = snapshot.answer(&address, &[]).expect("an answer");
            if !answer.content_type.starts_with("text/html") {
                continue;
            }
            for tag in tags(&String::from_utf8_lossy(&answer.bytes)) {
                for name in ["href", "src", "action"] {
                    let Some(target) = tag.attribute(name).filter(|t| t.starts_with('/')) else {
                        continue;
                    };
                    let plain = target.split(['#', '?']).next().unwrap_or(target).to_owned();
                    if WRITING
                        .iter()
                        .any(|verb| plain.starts_with(&format!("/{verb}/")))
                    {
                        // Answered by the writing half, to whoever signs in: tests/it/writing.rs.
                        written.insert(plain);
                        continue;
                    }
                    if asked.insert(plain.clone()) {
                        let there = server.get(&plain);
                        assert_eq!(
                            there.status, 200,
                            "{address} links to {target} ({audience:?})"
                        );
                    }
                }
            }
        }
        assert!(asked.len() > 50);
        let server = Http::over(&engine);
        for address in written.iter().step_by(9) {
            let reply = server.send(
                Method::GET,
                &encoded(&crate::support::decoded(address)),
                &[],
            );
            // A form of one tap has no page to get.
            assert!(
                [200, 303, 405].contains(&reply.status),
                "{address}: {}",
                reply.status
            );
        }
    }
}

/// The first words of addresses that write, and the doors to them.
const WRITING: [&str; 20] = [
    "ny",
    "ret",
    "markdown",
    "flet",
    "fortael",
    "proev",
    "passer",
    "godkend",
    "slet",
    "fortryd",
    "gemt",
    "kommentar",
    "svar",
    "historik",
    "gendan",
    "seneste",
    "billede",
    "ind",
    "ud",
    "enhed",
];

#[test]
fn every_published_route_of_the_shipped_site_is_answered_over_http() {
    let engine = crate::support::engine(&shipped(), Audience::Project, Surface::Live);
    let snapshot = engine.snapshot();
    let server = Http::over(&engine);
    for route in snapshot.routes().iter().step_by(7) {
        let address = format!("/{}", snapshot.view().address(route));
        let reply = server.get(&encoded(&address));
        assert!(
            matches!(reply.status, 200 | 308 | 404),
            "{address}: {}",
            reply.status
        );
        let direct = snapshot.answer(&address, &[]).expect("an answer");
        assert_eq!(
            (reply.status, reply.body.len()),
            (direct.status, direct.bytes.len()),
            "{address}"
        );
    }
}
