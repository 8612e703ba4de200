//! Writing: forms, buttons, two people at once, versions. Over HTTP in process, on a folder with a history.

use std::{collections::BTreeSet, sync::Arc};

use axum::http::Method;
use kaffe::{
    engine::Engine,
    history::History,
    model::{Actor, Audience, RecordId, Role},
    site::route::Surface,
};

use crate::support::{Http, Reply, TODAY, TestSite, record};

/// A folder with two teams, a history, and a server over it.
struct House {
    site: TestSite,
    engine: Arc<Engine>,
    http: Http,
}

const EXPERIMENT: &str =
    "titel: Kaffe først  # aftalt på mødet\nteam: team-a\nfra: 2021-10-01\nukendt: bliver her";
const BODY: &str = "## Hvad prøvede vi?\n\nVi satte os.\n\n## Hvad skete der?\n";

impl House {
    fn new() -> Self {
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
                "ideer/termokande.md",
                &record(
                    "titel: Termokande i tasken\nteam: team-b",
                    "Tag kaffen med.",
                ),
            ),
            ("proevehandlinger/kaffe.md", &record(EXPERIMENT, BODY)),
            (
                "lokalt/gaaklub.md",
                &record(
                    "titel: Gåklub\nslags: forening\nområde: [Midtby]\nsted: Torvet 1\nbekræftet: 2021-01-01\nsynlighed: offentlig\ngennemgang: godkendt",
                    "Vi går.",
                ),
            ),
        ]);
        History::create(site.root()).expect("a history");
        let engine = site.engine(Audience::Project, Surface::Live);
        let http = Http::over(&engine);
        Self { site, engine, http }
    }

    fn get(&self, actor: &Actor, address: &str) -> Reply {
        self.http.as_actor(actor, Method::GET, address, &[], b"")
    }

    fn post(&self, actor: &Actor, address: &str, pairs: &[(&str, &str)]) -> Reply {
        let body: Vec<String> = pairs
            .iter()
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
            .collect();
        let sort = [("content-type", "application/x-www-form-urlencoded")];
        self.http.as_actor(
            actor,
            Method::POST,
            address,
            &sort,
            body.join("&").as_bytes(),
        )
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.site.root().join(path)).expect("the file")
    }

    /// The hidden value of a form.
    fn hidden(&self, page: &str, name: &str) -> String {
        let marker = format!("name=\"{name}\" value=\"");
        let at = page
            .find(&marker)
            .unwrap_or_else(|| panic!("no {name} in {page}"))
            + marker.len();
        page[at..].split('"').next().expect("a value").to_owned()
    }
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn somebody(role: Role, name: &str, teams: &[&str]) -> Actor {
    Actor {
        key: Some(format!("konto:{name}")),
        name: name.to_owned(),
        role,
        teams: teams.iter().map(|t| RecordId::new(t)).collect(),
    }
}

fn team_a() -> Actor {
    somebody(Role::Team, "a", &["team-a"])
}

fn team_b() -> Actor {
    somebody(Role::Team, "b", &["team-b"])
}

fn editor() -> Actor {
    somebody(Role::Editor, "koordinator", &[])
}

#[test]
fn a_new_report_is_a_file_a_version_and_a_page() {
    let house = House::new();
    let page = house.get(&team_a(), "/ny/proevehandlinger/");
    assert_eq!(page.status, 200, "{}", page.text());
    let key = house.hidden(&page.text(), "noegle");
    let sent = [
        ("noegle", key.as_str()),
        ("f.titel", "Te før tavlen"),
        ("f.fra", "1.11.2021"),
        ("b.hvad-proevede-vi", "Vi drak te.\r\nOg snakkede."),
        ("b.hvad-skete-der", ""),
    ];
    let saved = house.post(&team_a(), "/ny/proevehandlinger/", &sent);
    assert_eq!(saved.status, 303, "{}", saved.text());
    let expected = "---\ntitel: Te før tavlen\nteam: team-a\nfra: 2021-11-01\noprettet: 2021-11-01\n---\n\n## Hvad prøvede vi?\n\nVi drak te.\nOg snakkede.\n";
    assert_eq!(house.text("proevehandlinger/te-foer-tavlen.md"), expected);
    let after = house.get(&team_a(), saved.header("location"));
    assert!(
        after.text().contains("15. november 2021"),
        "the day of the check-in"
    );
    assert!(after.text().contains(&format!("data-sendt=\"{key}\"")));
    assert!(
        house
            .get(&team_b(), "/proevehandlinger/te-foer-tavlen/")
            .text()
            .contains("Og snakkede.")
    );
    // The same form sent twice is one report.
    let again = house.post(&team_a(), "/ny/proevehandlinger/", &sent);
    assert_eq!(again.status, 303);
    assert!(
        !house
            .site
            .root()
            .join("proevehandlinger/te-foer-tavlen-2.md")
            .exists()
    );
    let history = house.get(&team_a(), "/historik/proevehandlinger/te-foer-tavlen/");
    assert!(
        history.text().contains("Team A"),
        "the team stands in the history:\n{}",
        history.text()
    );
}

#[test]
fn a_form_changes_what_was_changed_and_keeps_every_other_byte() {
    let house = House::new();
    let page = house.get(&team_a(), "/ret/proevehandlinger/kaffe/").text();
    let saved = house.post(
        &team_a(),
        "/ret/proevehandlinger/kaffe/",
        &[
            ("base", &house.hidden(&page, "base")),
            ("noegle", "k1"),
            ("f.titel", "Kaffe først"),
            ("f.fra", "2021-10-01"),
            ("f.omfang", "6 borgere"),
            // What holds when nothing is said is sent along by the form, and is no change.
            ("f.synlighed", "projekt"),
            ("f.ønsker_hjælp", "nej"),
            ("b.hvad-proevede-vi", "Vi satte os."),
            ("b.hvad-skete-der", "De fortalte."),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    let expected = record(EXPERIMENT, BODY)
        .replace("fra: 2021-10-01\n", "fra: 2021-10-01\nomfang: 6 borgere\n")
        .replace(
            "## Hvad skete der?\n\n",
            "## Hvad skete der?\n\nDe fortalte.\n",
        );
    assert_eq!(house.text("proevehandlinger/kaffe.md"), expected);
}

#[test]
fn a_title_is_needed_and_wrong_values_are_told_at_their_field() {
    let house = House::new();
    let reply = house.post(
        &team_a(),
        "/ny/proevehandlinger/",
        &[
            ("noegle", "k"),
            ("f.titel", ""),
            ("f.fra", "engang"),
            ("f.inspireret_af", "findes ikke"),
            ("b.hvad-proevede-vi", "Min tekst."),
        ],
    );
    assert_eq!(reply.status, 422);
    let text = reply.text();
    for words in [
        "Giv det et navn.",
        "Vi kan ikke finde »findes ikke«.",
        "href=\"#f-fra\"",
        "Min tekst.",
    ] {
        assert!(text.contains(words), "»{words}« is not in {text}");
    }
    assert_eq!(
        std::fs::read_dir(house.site.root().join("proevehandlinger"))
            .expect("the folder")
            .count(),
        1
    );
}

#[test]
fn a_cpr_number_is_never_saved_and_never_repeated_and_the_rest_stays() {
    let house = House::new();
    let reply = house.post(
        &team_a(),
        "/ny/proevehandlinger/",
        &[
            ("noegle", "k"),
            ("f.titel", "Besøg"),
            ("f.fra", "2021-11-01"),
            (
                "b.hvad-proevede-vi",
                &format!("Vi besøgte 0102{}-1234 i dag.", "03"),
            ),
        ],
    );
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("ligner et CPR-nummer"));
    assert!(
        !house
            .site
            .root()
            .join("proevehandlinger/besoeg.md")
            .exists()
    );
    let file = record(
        "titel: Besøg\nteam: team-a",
        &format!("Vi besøgte 0102{} 1234.", "03"),
    );
    let sent = house.api(
        &team_a(),
        Method::POST,
        "/api/records/proevehandling",
        &[("content-type", "text/markdown")],
        &file,
    );
    assert_eq!(
        (sent.status, sent.json()["code"].as_str()),
        (422, Some("cpr"))
    );
    assert!(!sent.text().contains("1234"));
}

#[test]
fn names_are_asked_about_once_and_hold_back_only_what_is_for_everybody() {
    let house = House::new();
    let sent = |extra: &[(&'static str, &'static str)]| {
        let mut pairs = vec![
            ("noegle", "k2"),
            ("f.titel", "Fru Jensen"),
            ("f.fra", "2021-11-01"),
            ("b.hvad-proevede-vi", "Ring til hende på 20 30 40 50."),
        ];
        pairs.extend(extra);
        house.post(&team_a(), "/ny/proevehandlinger/", &pairs)
    };
    let asked = sent(&[]);
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("name=\"spurgt\""), "{}", asked.text());
    assert!(asked.text().contains("telefonnummer"));
    let public = sent(&[("spurgt", "ja"), ("f.synlighed", "offentlig")]);
    assert_eq!(public.status, 422, "{}", public.text());
    let saved = sent(&[
        ("spurgt", "ja"),
        ("fravalgt", "raad-k402-b-hvad-proevede-vi"),
        (
            "fravalgt_grund.raad-k402-b-hvad-proevede-vi",
            "Klubbens nummer",
        ),
    ]);
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(
        house
            .text("proevehandlinger/fru-jensen.md")
            .contains("Klubbens nummer")
    );
}

#[test]
fn the_result_is_told_and_the_next_round_is_one_tap_away() {
    let house = House::new();
    let pick = house.get(&team_a(), "/fortael/").text();
    assert!(pick.contains("/fortael/proevehandlinger/kaffe/"));
    let page = house
        .get(&team_a(), "/fortael/proevehandlinger/kaffe/")
        .text();
    let base = house.hidden(&page, "base");
    let missing = house.post(
        &team_a(),
        "/fortael/proevehandlinger/kaffe/",
        &[("base", &base), ("b.hvad-skete-der", "Godt.")],
    );
    assert_eq!(missing.status, 422);
    assert!(missing.text().contains("Vælg, hvordan det gik.") && missing.text().contains("Godt."));
    let saved = house.post(
        &team_a(),
        "/fortael/proevehandlinger/kaffe/",
        &[
            ("base", &base),
            ("noegle", "t1"),
            ("f.gik_det", "både-og"),
            ("f.beslutning", "justér"),
            ("b.hvad-skete-der", "De fortalte."),
            ("skrivetid_maalt", "3"),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    let text = house.text("proevehandlinger/kaffe.md");
    for line in [
        "til: 2021-11-01",
        "gik_det: både-og",
        "beslutning: justér",
        "skrivetid: 3",
        "De fortalte.",
        "ukendt: bliver her",
        "# aftalt på mødet",
    ] {
        assert!(text.contains(line), "»{line}« is not in\n{text}");
    }
    let after = house.get(&team_a(), saved.header("location")).text();
    let next = after
        .find("bygger_videre_p")
        .and_then(|at| after[..at].rfind("href=\"").map(|h| &after[h + 6..]))
        .expect("a way on");
    let next = next
        .split('"')
        .next()
        .expect("an address")
        .replace("&amp;", "&");
    let form = house.get(&team_a(), &next).text();
    assert!(
        form.contains("value=\"Kaffe først\"") && form.contains("kaffe"),
        "{form}"
    );
}

#[test]
fn what_was_not_reached_begins_again_or_is_put_away() {
    for (choice, expected) in [
        ("igen", "fra: 2021-11-01\nukendt"),
        ("vaek", "gik_det: vi-nåede-det-ikke"),
    ] {
        let house = House::new();
        let page = house
            .get(&team_a(), "/fortael/proevehandlinger/kaffe/")
            .text();
        let saved = house.post(
            &team_a(),
            "/fortael/proevehandlinger/kaffe/",
            &[
                ("base", &house.hidden(&page, "base")),
                ("f.gik_det", "vi-nåede-det-ikke"),
                ("naaede", choice),
                ("f.beslutning", "stop"),
            ],
        );
        assert_eq!(saved.status, 303, "{}", saved.text());
        let text = house.text("proevehandlinger/kaffe.md");
        assert!(text.contains(expected), "{text}");
        assert!(
            !text.contains("beslutning"),
            "what was not reached asks for no decision"
        );
    }
}

#[test]
fn trying_it_too_takes_one_tap_and_can_be_undone() {
    let house = House::new();
    let begun = house.post(&team_a(), "/proev/ideer/termokande/", &[]);
    assert_eq!(begun.status, 303, "{}", begun.text());
    let text = house.text("proevehandlinger/termokande-i-tasken.md");
    assert!(
        text.contains("inspireret_af: [termokande]") && text.contains("team: team-a"),
        "{text}"
    );
    let twice = house.post(&team_a(), "/proev/ideer/termokande/", &[]);
    assert!(
        twice.header("location").contains("/termokande-i-tasken/"),
        "two taps are one wish"
    );
    let after = house.get(&team_a(), begun.header("location")).text();
    let undone = house.post(
        &team_a(),
        "/fortryd/proevehandlinger/termokande-i-tasken/",
        &[("commit", &house.hidden(&after, "commit"))],
    );
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert!(
        !house
            .site
            .root()
            .join("proevehandlinger/termokande-i-tasken.md")
            .exists()
    );
}

#[test]
fn an_offer_is_confirmed_and_keeps_its_approval() {
    let house = House::new();
    let page = house.get(&editor(), "/lokalt/gaaklub/").text();
    assert!(page.contains("action=\"/passer/lokalt/gaaklub/\""));
    assert_eq!(
        house.post(&editor(), "/passer/lokalt/gaaklub/", &[]).status,
        303
    );
    let text = house.text("lokalt/gaaklub.md");
    assert!(
        text.contains("bekræftet: 2021-11-01") && text.contains("gennemgang: godkendt"),
        "{text}"
    );
}

#[test]
fn a_changed_text_loses_its_approval() {
    let house = House::new();
    let page = house.get(&editor(), "/ret/lokalt/gaaklub/").text();
    assert!(page.contains("læser en anden den igen"), "said before");
    let sent = [
        ("base", house.hidden(&page, "base")),
        ("noegle", "x".to_owned()),
        ("b.", "Vi går langt.".to_owned()),
    ];
    let pairs: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let saved = house.post(&editor(), "/ret/lokalt/gaaklub/", &pairs);
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(
        house
            .text("lokalt/gaaklub.md")
            .contains("gennemgang: ikke-endnu")
    );
    let public = Http::over(&house.site.engine(Audience::Public, Surface::Live));
    assert_eq!(public.get("/lokalt/gaaklub/").status, 404);
}

#[test]
fn a_team_writes_its_own_and_not_what_is_others_to_fill() {
    let house = House::new();
    assert_eq!(
        house.get(&team_b(), "/ret/proevehandlinger/kaffe/").status,
        403
    );
    assert_eq!(
        house
            .get(&Actor::visitor(), "/ret/proevehandlinger/kaffe/")
            .status,
        303,
        "one signs in first"
    );
    let tag = house
        .get(&team_a(), "/api/records/proevehandling/kaffe")
        .header("etag")
        .to_owned();
    let put = |fields: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("if-match", tag.as_str()),
        ];
        house.api(
            &team_a(),
            Method::PUT,
            "/api/records/proevehandling/kaffe",
            &headers,
            fields,
        )
    };
    let approving = put(r#"{"fields": {"gennemgang": "godkendt", "synlighed": "offentlig"}}"#);
    assert_eq!(
        (approving.status, approving.json()["field"].as_str()),
        (403, Some("gennemgang"))
    );
    let phase = put(r#"{"fields": {"fase": "2"}}"#);
    assert_eq!(
        (phase.status, phase.json()["field"].as_str()),
        (403, Some("fase"))
    );
    let given_away = put(r#"{"fields": {"team": "team-b"}}"#);
    assert_eq!(given_away.status, 403);
}

#[test]
fn two_people_at_different_places_merge_and_at_one_place_choose() {
    let house = House::new();
    let page = house.get(&team_a(), "/ret/proevehandlinger/kaffe/").text();
    let base = house.hidden(&page, "base");
    let send = |actor: &Actor, key: &str, pairs: &[(&str, &str)]| {
        let mut all = vec![("base", base.as_str()), ("noegle", key)];
        all.extend(pairs);
        house.post(actor, "/ret/proevehandlinger/kaffe/", &all)
    };
    assert_eq!(
        send(
            &team_a(),
            "1",
            &[
                ("f.omfang", "6 borgere"),
                ("b.hvad-proevede-vi", "Vi satte os ned.")
            ]
        )
        .status,
        303
    );
    assert_eq!(
        send(
            &editor(),
            "2",
            &[("f.forventning", "Ro"), ("b.hvad-skete-der", "Ro.")]
        )
        .status,
        303
    );
    let text = house.text("proevehandlinger/kaffe.md");
    for words in [
        "omfang: 6 borgere",
        "forventning: Ro",
        "Vi satte os ned.",
        "\n\nRo.\n",
    ] {
        assert!(text.contains(words), "»{words}« is not in\n{text}");
    }
    let both = send(
        &editor(),
        "3",
        &[
            ("f.omfang", "7 borgere"),
            ("b.hvad-proevede-vi", "Vi stod op."),
        ],
    );
    assert_eq!(both.status, 409);
    let page = both.text();
    for words in ["6 borgere", "7 borgere", "Vi satte os ned.", "Vi stod op."] {
        assert!(page.contains(words), "»{words}« is not in\n{page}");
    }
    let theirs = house.hidden(&page, "base");
    let mine = unescaped(&house.hidden(&page, "mit"));
    let begun = house.hidden(&page, "begyndt");
    let chosen = house.post(
        &editor(),
        "/flet/proevehandlinger/kaffe/",
        &[
            ("base", &theirs),
            ("mit", &mine),
            ("begyndt", &begun),
            ("noegle", "4"),
            ("valg.f.omfang", "mit"),
            ("tekst.f.omfang", "7 borgere"),
            ("valg.p.0", "begge"),
            ("tekst.p.0", "Vi stod op."),
        ],
    );
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    let text = house.text("proevehandlinger/kaffe.md");
    for words in [
        "omfang: 7 borgere",
        "Vi satte os ned.",
        "Vi stod op.",
        "forventning: Ro",
    ] {
        assert!(text.contains(words), "»{words}« is not in\n{text}");
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn versions_are_listed_compared_and_brought_back() {
    let house = House::new();
    let page = house.get(&team_a(), "/ret/proevehandlinger/kaffe/").text();
    let sent = [
        ("base", house.hidden(&page, "base")),
        ("noegle", "1".to_owned()),
        ("b.hvad-proevede-vi", "Vi gik en tur.".to_owned()),
    ];
    let pairs: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(
        house
            .post(&team_a(), "/ret/proevehandlinger/kaffe/", &pairs)
            .status,
        303
    );
    let history = house
        .get(&team_b(), "/historik/proevehandlinger/kaffe/")
        .text();
    assert!(
        history.contains("På disken") && history.contains("Team A"),
        "{history}"
    );
    assert!(
        !history.contains("/gendan/"),
        "another team brings nothing back"
    );
    let mine = house
        .get(&team_a(), "/historik/proevehandlinger/kaffe/")
        .text();
    let restore = mine
        .split("action=\"/gendan/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a way back");
    let difference = house.get(&team_b(), &format!("/historik/{restore}")).text();
    assert!(difference.contains("Vi satte os."), "{difference}");
    let restored = house.post(&team_a(), &format!("/gendan/{restore}"), &[]);
    assert_eq!(restored.status, 303, "{}", restored.text());
    assert_eq!(
        house.text("proevehandlinger/kaffe.md"),
        record(EXPERIMENT, BODY)
    );
    let recent = house.get(&team_b(), "/seneste/").text();
    assert!(recent.contains("Kaffe først"), "{recent}");
}

#[test]
fn a_comment_is_a_record_that_the_team_answers() {
    let house = House::new();
    let page = house.get(
        &team_b(),
        "/kommentar/proevehandlinger/kaffe/?overskrift=Hvad+pr%C3%B8vede+vi%3F&citat=Vi+satte+os.",
    );
    assert!(page.text().contains("Vi satte os."), "{}", page.text());
    let saved = house.post(
        &team_b(),
        "/kommentar/proevehandlinger/kaffe/",
        &[
            ("noegle", "c"),
            ("slags", "spørgsmål"),
            ("b.tekst", "Hvor længe sad I?"),
            ("overskrift", "Hvad prøvede vi?"),
            ("citat", "Vi satte os."),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    let path = "feedback/hvor-laenge-sad-i.md";
    let text = house.text(path);
    for line in [
        "om: [proevehandlinger/kaffe]",
        "team: team-a",
        "status: åben",
        "Hvor længe sad I?",
    ] {
        assert!(text.contains(line), "»{line}« is not in\n{text}");
    }
    assert!(
        house
            .get(&team_a(), "/proevehandlinger/kaffe/")
            .text()
            .contains("Hvor længe sad I?")
    );
    assert_eq!(
        house
            .get(&team_b(), "/svar/feedback/hvor-laenge-sad-i/")
            .status,
        403,
        "the team that was asked answers"
    );
    let page = house
        .get(&team_a(), "/svar/feedback/hvor-laenge-sad-i/")
        .text();
    let answered = house.post(
        &team_a(),
        "/svar/feedback/hvor-laenge-sad-i/",
        &[
            ("base", &house.hidden(&page, "base")),
            ("noegle", "d"),
            ("svar", "Ti minutter."),
            ("status", "besvaret"),
        ],
    );
    assert_eq!(answered.status, 303, "{}", answered.text());
    assert!(house.text(path).contains("svar: Ti minutter."));
    let tag = house
        .get(&team_a(), "/api/records/feedback/hvor-laenge-sad-i")
        .header("etag")
        .to_owned();
    let reworded = house.api(
        &team_a(),
        Method::PUT,
        "/api/records/feedback/hvor-laenge-sad-i",
        &[("content-type", "application/json"), ("if-match", &tag)],
        r#"{"body": "\nAlt er godt.\n"}"#,
    );
    assert_eq!(
        reworded.status, 403,
        "nobody rewords what others say of them"
    );
}

#[test]
fn criticism_is_the_teams_to_see_first_for_seven_days() {
    let house = House::new();
    let vive = somebody(Role::Analyst, "vive", &[]);
    let saved = house.post(
        &vive,
        "/kommentar/proevehandlinger/kaffe/",
        &[
            ("noegle", "k"),
            ("slags", "kritisk-analyse"),
            ("b.tekst", "Det ser godt ud, men"),
            ("b.det-ved-vi-ikke-endnu", "Kun ét team."),
        ],
    );
    assert_eq!(saved.status, 303, "{}", saved.text());
    let address = "/feedback/det-ser-godt-ud-men/";
    assert_eq!(house.get(&team_a(), address).status, 200);
    assert_eq!(house.get(&team_b(), address).status, 404);
    assert!(
        !house
            .get(&team_b(), "/proevehandlinger/kaffe/")
            .text()
            .contains("Det ser godt ud")
    );
    assert!(
        house
            .get(&team_a(), address)
            .text()
            .contains("Kun ét team.")
    );
    let later = TODAY.checked_add(jiff::ToSpan::days(7)).expect("a day");
    house
        .engine
        .apply(vec![kaffe::engine::Change::Today(later)])
        .expect("a new day");
    assert_eq!(house.get(&team_b(), address).status, 200);
}

impl House {
    fn api(
        &self,
        actor: &Actor,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        self.http
            .as_actor(actor, method, address, headers, body.as_bytes())
    }
}

#[test]
fn the_api_reads_writes_and_deletes() {
    let house = House::new();
    let made = house.api(
        &team_a(),
        Method::POST,
        "/api/records/ide",
        &[("content-type", "application/json"), ("idempotency-key", "i1")],
        r#"{"fields": {"titel": "Syng på vejen", "team": "team-a", "emneord": ["sang"]}, "body": "\nVi synger.\n"}"#,
    );
    assert_eq!(
        (made.status, made.header("location")),
        (201, "/api/records/ide/syng-paa-vejen"),
        "{}",
        made.text()
    );
    let again = house.api(
        &team_a(),
        Method::POST,
        "/api/records/ide",
        &[
            ("content-type", "application/json"),
            ("idempotency-key", "i1"),
        ],
        r#"{"fields": {"titel": "Syng på vejen", "team": "team-a"}}"#,
    );
    assert_eq!(
        (again.status, again.header("location")),
        (201, "/api/records/ide/syng-paa-vejen")
    );
    let one = house.get(&team_b(), "/api/records/ide/syng-paa-vejen");
    assert_eq!(one.json()["fields"]["emneord"][0], "sang");
    let file = house.api(
        &team_b(),
        Method::GET,
        "/api/records/ide/syng-paa-vejen",
        &[("accept", "text/markdown")],
        "",
    );
    assert!(file.text().starts_with("---\ntitel: Syng på vejen\n"));
    let found = house.get(&team_b(), "/api/records?kind=ide&emneord=Sang");
    assert_eq!(found.json()["total"], 1);
    let blind = house.api(
        &team_a(),
        Method::PUT,
        "/api/records/ide/syng-paa-vejen",
        &[("content-type", "text/markdown")],
        "x",
    );
    assert_eq!(blind.status, 428);
    let stale = house.api(
        &team_a(),
        Method::PUT,
        "/api/records/ide/syng-paa-vejen",
        &[
            ("content-type", "text/markdown"),
            ("if-match", "\"gammel\""),
        ],
        &record("titel: Syng højt\nteam: team-a", "Vi synger."),
    );
    assert_eq!(stale.status, 409);
    for key in ["base", "yours", "theirs", "path"] {
        assert!(stale.json()[key].is_string(), "{key} in {}", stale.text());
    }
    let tag = one.header("etag").to_owned();
    assert_eq!(
        house
            .api(
                &team_b(),
                Method::DELETE,
                "/api/records/ide/syng-paa-vejen",
                &[("if-match", &tag)],
                ""
            )
            .status,
        403
    );
    assert_eq!(
        house
            .api(
                &team_a(),
                Method::DELETE,
                "/api/records/ide/syng-paa-vejen",
                &[("if-match", &tag)],
                ""
            )
            .status,
        204
    );
    assert_eq!(
        house
            .get(&team_a(), "/api/records/ide/syng-paa-vejen")
            .status,
        404
    );
    assert_eq!(
        house
            .api(
                &Actor::visitor(),
                Method::POST,
                "/api/records/ide",
                &[("content-type", "text/markdown")],
                "x"
            )
            .status,
        401
    );
}

/// Twenty writers, fifty edits each, over ten records: everything that was acknowledged is in the final text, in the
/// history, or was told as a conflict; no key makes two records.
#[test]
fn many_writers_lose_nothing() {
    const WRITERS: usize = 20;
    const EDITS: usize = 50;
    const RECORDS: usize = 10;
    let house = House::new();
    for number in 0..RECORDS {
        let body: Vec<String> = (0..WRITERS).map(|n| format!("Afsnit {n}.")).collect();
        house.site.file(
            &format!("proevehandlinger/r{number}.md"),
            record(
                &format!("titel: R{number}\nteam: team-a\nfra: 2021-10-01"),
                &body.join("\n\n"),
            ),
        );
    }
    house
        .engine
        .apply(vec![kaffe::engine::Change::Rescan])
        .expect("read");
    let http = &house.http;
    let (mut acknowledged, mut told) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    let actor = somebody(Role::Team, &format!("w{writer}"), &["team-a"]);
                    let (mut kept, mut conflicts) = (Vec::new(), 0);
                    for edit in 0..EDITS {
                        let address = format!(
                            "/api/records/proevehandling/r{}",
                            (writer + edit * 7) % RECORDS
                        );
                        let read = http.as_actor(
                            &actor,
                            Method::GET,
                            &address,
                            &[("accept", "text/markdown")],
                            b"",
                        );
                        let word = format!("ord-{writer}-{edit}.");
                        // Most write in a place of their own, some in one that everybody writes in.
                        let place = if edit % 10 == 0 { 0 } else { writer };
                        let text = read.text();
                        let paragraph = text
                            .split("\n\n")
                            .find(|p| p.starts_with(&format!("Afsnit {place}.")))
                            .expect("the paragraph");
                        let changed =
                            text.replace(paragraph, &format!("{} {word}", paragraph.trim_end()));
                        let headers = [
                            ("content-type", "text/markdown"),
                            ("if-match", read.header("etag")),
                        ];
                        let reply = http.as_actor(
                            &actor,
                            Method::PUT,
                            &address,
                            &headers,
                            changed.as_bytes(),
                        );
                        match reply.status {
                            200 => kept.push((address, word)),
                            409 => {
                                assert!(
                                    reply.json()["yours"]
                                        .as_str()
                                        .expect("text")
                                        .contains(&word)
                                );
                                conflicts += 1;
                            }
                            other => panic!("{other}: {}", reply.text()),
                        }
                    }
                    (kept, conflicts)
                })
            })
            .collect();
        for writer in writers {
            let (kept, conflicts) = writer.join().expect("a writer");
            acknowledged.extend(kept);
            told += conflicts;
        }
    });
    assert_eq!(acknowledged.len() + told, WRITERS * EDITS);
    assert!(
        acknowledged.len() > WRITERS * EDITS / 2,
        "most were saved: {}",
        acknowledged.len()
    );
    for (address, word) in &acknowledged {
        let id = address.rsplit('/').next().expect("an id");
        let text = house.text(&format!("proevehandlinger/{id}.md"));
        assert!(text.contains(word.as_str()), "{word} is missing in {id}");
    }
    let ids: BTreeSet<String> = (0..WRITERS)
        .map(|_| {
            let sent = [
                ("content-type", "application/json"),
                ("idempotency-key", "en"),
            ];
            let reply = house.api(
                &team_a(),
                Method::POST,
                "/api/records/ide",
                &sent,
                r#"{"fields": {"titel": "En", "team": "team-a"}}"#,
            );
            reply.header("location").to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 1);
}

#[test]
fn vive_adds_to_a_report_and_does_not_reword_it() {
    let house = House::new();
    let vive = somebody(Role::Analyst, "vive", &[]);
    let page = house.get(&vive, "/ret/proevehandlinger/kaffe/").text();
    assert!(
        !page.contains("name=\"b.") && !page.contains("name=\"f.titel\""),
        "{page}"
    );
    assert!(page.contains("name=\"f.rammevilk"));
    let tag = house
        .get(&vive, "/api/records/proevehandling/kaffe")
        .header("etag")
        .to_owned();
    let put = |body: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("if-match", tag.as_str()),
        ];
        house.api(
            &vive,
            Method::PUT,
            "/api/records/proevehandling/kaffe",
            &headers,
            body,
        )
    };
    assert_eq!(put(r#"{"body": "\nAndre ord.\n"}"#).status, 403);
    assert_eq!(
        put(r#"{"fields": {"titel": "Et bedre navn"}}"#).json()["field"],
        "titel"
    );
    house.site.file(
        "kerneelementer/ro.md",
        record("titel: Ro\nrækkefølge: 1", "Ro."),
    );
    house
        .engine
        .apply(vec![kaffe::engine::Change::Rescan])
        .expect("read");
    assert_eq!(put(r#"{"fields": {"kerneelementer": ["ro"]}}"#).status, 200);
}

#[test]
fn what_is_deleted_can_be_brought_back_by_those_who_had_it() {
    let house = House::new();
    let page = house.get(&team_a(), "/slet/proevehandlinger/kaffe/").text();
    let deleted = house.post(
        &team_a(),
        "/slet/proevehandlinger/kaffe/",
        &[("base", &house.hidden(&page, "base"))],
    );
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    assert!(!house.site.root().join("proevehandlinger/kaffe.md").exists());
    assert!(
        house
            .get(&team_b(), "/seneste/")
            .text()
            .contains("/historik/proevehandlinger/kaffe/")
    );
    assert!(
        !house
            .get(&team_b(), "/historik/proevehandlinger/kaffe/")
            .text()
            .contains("/gendan/")
    );
    let mine = house
        .get(&team_a(), "/historik/proevehandlinger/kaffe/")
        .text();
    let restore = mine
        .split("action=\"/gendan/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a way back");
    assert_eq!(
        house
            .post(&team_a(), &format!("/gendan/{restore}"), &[])
            .status,
        303
    );
    assert_eq!(
        house.text("proevehandlinger/kaffe.md"),
        record(EXPERIMENT, BODY)
    );
}
