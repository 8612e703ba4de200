//! The rhythm of the work: the team's meeting, the coach's page, the calendar, what follows a site
//! from outside, and the letter of a week. The day is 1 November 2021, a Monday.

mod outside;

use std::sync::Arc;

use kaffe::{
    engine::Engine,
    model::{Actor, Audience, RecordId, Role},
    site::route::Surface,
};

use crate::support::{Seen, TestSite, public_record, record, shipped, tags, words};

/// Somebody who has signed in.
fn actor(role: Role, teams: &[&str]) -> Actor {
    Actor {
        key: Some("konto:1".to_owned()),
        name: "Konto".to_owned(),
        role,
        teams: teams.iter().map(|team| RecordId::new(team)).collect(),
    }
}

/// What somebody gets for an address, with the choices behind it.
fn page_for(engine: &Engine, who: &Actor, address: &str, query: &[(&str, &str)]) -> Seen {
    let audience = who.audience(&engine.options().audience);
    let snapshot = engine.snapshot_for(&audience).expect("a snapshot");
    let query: Vec<(String, String)> = query
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    snapshot
        .answer_to(who, address, &query)
        .expect("an answer")
        .into()
}

/// A wiki with two teams, some experiments, ideas, feedback and offers.
fn a_site() -> TestSite {
    let team =
        |name: &str| public_record(&format!("titel: {name}\nkommune: Eksempelkommune"), "Os.");
    TestSite::of(&[
        (
            "kaffe.yaml",
            "titel: Prøvehuset\nområder: [Nord, Syd, Hele kommunen]\n",
        ),
        ("teams/team-a.md", &team("Team A")),
        ("teams/team-b.md", &team("Team B")),
        // Fourteen days ago, thirteen days ago, and one that begins in a week.
        (
            "proevehandlinger/moden.md",
            &record(
                "titel: Moden prøve\nteam: team-a\nfra: 2021-10-18",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/ung.md",
            &record("titel: Ung prøve\nteam: team-a\nfra: 2021-10-19", "I gang."),
        ),
        (
            "proevehandlinger/snart.md",
            &record(
                "titel: Snart i gang\nteam: team-a\nfra: 2021-11-08",
                "Snart.",
            ),
        ),
        // Ended without a word, and told.
        (
            "proevehandlinger/tavs.md",
            &record(
                "titel: Tavs prøve\nteam: team-a\nfra: 2021-10-25\ntil: 2021-10-29",
                "Slut.",
            ),
        ),
        (
            "proevehandlinger/fortalt.md",
            &record(
                "titel: Fortalt prøve\nteam: team-a\nfra: 2021-09-01\ntil: 2021-10-27\ngik_det: det-virkede\nbeslutning: fortsæt\ninspireret_af: [kaffevogn]\noprettet: 2021-10-28",
                "Slut.",
            ),
        ),
        // Another team's, also one that only that team may see.
        (
            "proevehandlinger/bs-prove.md",
            &public_record(
                "titel: B prøver\nteam: team-b\nfra: 2021-08-01\ninspireret_af: [kaffevogn, bs-ide]",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/hemmelig.md",
            &record(
                "titel: Zqhemmelig prøve\nteam: team-b\nfra: 2021-10-01\nønsker_hjælp: tid\nsynlighed: team\nemneord: [zqemne]\ninspireret_af: [as-ide]",
                "Zqkun os.",
            ),
        ),
        (
            "ideer/kaffevogn.md",
            &public_record(
                "titel: Kaffevogn\nteam: team-a\nønsker_hjælp: penge\noprettet: 2021-05-01",
                "En vogn.",
            ),
        ),
        (
            "ideer/as-ide.md",
            &record(
                "titel: A har en idé\nteam: team-a\nønsker_hjælp: tid\nhjælp_status: taget",
                "En idé.",
            ),
        ),
        (
            "ideer/bs-ide.md",
            &record("titel: B har en idé\nteam: team-b", "En idé."),
        ),
        (
            "ideer/uproevet.md",
            &record("titel: Ingen har prøvet den\nteam: team-b", "En idé."),
        ),
        (
            "ideer/hemmelig-ide.md",
            &record(
                "titel: Zqhemmelig idé\nteam: team-b\nslags: spørgsmål\nsynlighed: team",
                "Zqhvem ved?",
            ),
        ),
        (
            "ideer/spoergsmaal.md",
            &record(
                "titel: Hvad gør I om natten\nteam: team-b\nslags: spørgsmål",
                "Fortæl.",
            ),
        ),
        (
            "ideer/besvaret.md",
            &record(
                "titel: Et besvaret spørgsmål\nteam: team-a\nslags: spørgsmål",
                "Fortæl.",
            ),
        ),
        (
            "feedback/svar.md",
            &record(
                "titel: Et svar\nom: [ideer/besvaret]\nafsender: kollega\nslags: svar\nstatus: besvaret\nsvar: Sådan.",
                "Sådan.",
            ),
        ),
        (
            "feedback/kritik.md",
            &record(
                "titel: Hvor mange var med\nom: [moden]\nafsender: kollega\nslags: kritisk-analyse",
                "Hvor mange?",
            ),
        ),
        (
            "feedback/om-b.md",
            &record(
                "titel: Til de andre\nom: [bs-prove]\nafsender: kollega\nslags: ros",
                "Godt.",
            ),
        ),
        (
            "lokalt/sang.md",
            &public_record(
                "titel: Sangcafé\nslags: forening\nområde: [Nord]\nsted: Kulturhuset\ngange:\n  - {dag: onsdag, kl: \"10.30-11.30\", hver: uge}\nteam: team-a\nbekræftet: 2021-10-01\ntilmelding: \"Nej, kom bare; døren er åben\"",
                "Vi synger æblesange, og bagefter er der kaffe på kanden til alle, der har lyst til at blive siddende.",
            ),
        ),
        (
            "lokalt/banko.md",
            &public_record(
                "titel: Banko\nslags: forening\nområde: [Hele kommunen]\nsted: Hallen\ngange:\n  - {dag: tirsdag, kl: \"19-21\", hver: anden-uge, fra: 2021-10-05, til: 2021-11-30}\nteam: team-a\nbekræftet: 2021-04-01",
                "Banko.",
            ),
        ),
        (
            "lokalt/frokost.md",
            &record(
                "titel: Frokost\nslags: forening\nområde: [Syd]\nsted: Kroen\ngange:\n  - {dag: fredag, kl: \"12.00\", hver: måned, fra: 2021-10-29}\nteam: team-b",
                "Mad.",
            ),
        ),
        (
            "lokalt/uden-dag.md",
            &record(
                "titel: Læsekreds\nslags: forening\nområde: [Syd]\nsted: Biblioteket\ngange:\n  - {dag: mandag, kl: \"19.00\", hver: måned}\nteam: team-a\nbekræftet: 2021-10-01",
                "Bøger.",
            ),
        ),
        (
            "lokalt/hemmelig.md",
            &record(
                "titel: Zqhemmeligt sted\nslags: forening\nområde: [Syd]\nsted: Zqsted\ngange:\n  - {dag: onsdag, kl: \"8.00\", hver: uge}\nteam: team-b\nsynlighed: team",
                "Zq.",
            ),
        ),
    ])
}

fn a_wiki() -> (TestSite, Arc<Engine>) {
    let site = a_site();
    let engine = site.wiki();
    (site, engine)
}

/// The part of a page under a heading, up to the next one of the same level.
fn under<'a>(html: &'a str, heading: &str) -> &'a str {
    let from = html
        .find(&format!("<h2>{heading}"))
        .unwrap_or_else(|| panic!("no heading {heading} in {html}"));
    let rest = &html[from + 4..];
    &rest[..rest.find("<h2").unwrap_or(rest.len())]
}

/// The addresses that a page's forms post to and its links lead to.
fn ways(html: &str) -> Vec<String> {
    tags(html)
        .iter()
        .filter_map(|tag| tag.attribute("action").or_else(|| tag.attribute("href")))
        .map(str::to_owned)
        .collect()
}

// ---------------------------------------------------------------------------------------------
// Til teammødet

#[test]
fn the_teams_meeting_shows_what_there_is_to_talk_about() {
    let (_site, engine) = a_wiki();
    let page = page_for(
        &engine,
        &actor(Role::Team, &["team-a"]),
        "/teammoede/team-a/",
        &[],
    );
    assert_eq!(page.status, 200);
    page.says("<h1>Til teammødet</h1>").says("1. november 2021");
    let now = under(page.main(), "Prøver nu");
    for (title, when) in [
        ("Moden prøve", "Begyndte 18. oktober 2021 · 14 dage"),
        ("Ung prøve", "13 dage"),
        ("Snart i gang", "Begynder 8. november 2021"),
    ] {
        assert!(
            now.contains(title) && words(now).contains(when),
            "{title}: {}",
            words(now)
        );
    }
    assert!(!now.contains("Tavs prøve") && !now.contains("Fortalt") && !now.contains("B prøver"));
    let due = under(page.main(), "To uger er gået");
    assert!(due.contains("Moden prøve") && due.contains("Tavs prøve"));
    assert!(
        words(due).contains("Sluttede 29. oktober 2021"),
        "{}",
        words(due)
    );
    assert!(
        !due.contains("Ung prøve") && !due.contains("Snart i gang") && !due.contains("Fortalt")
    );
    let steps = ways(due);
    for id in ["moden", "tavs"] {
        assert!(
            steps.contains(&format!("/fortael/proevehandlinger/{id}/")),
            "{steps:?}"
        );
    }
    let waiting = under(page.main(), "Venter på svar");
    assert!(
        words(waiting).contains("Kritisk analyse om »Moden prøve«"),
        "{}",
        words(waiting)
    );
    assert!(waiting.contains("Hvad gør I om natten") && !waiting.contains("Et besvaret"));
    assert!(
        !waiting.contains("Til de andre"),
        "another team's feedback is not theirs"
    );
    let steps = ways(waiting);
    assert!(
        steps.contains(&"/ret/feedback/kritik/".to_owned()),
        "{steps:?}"
    );
    assert!(
        steps.contains(&"/kommentar/ideer/spoergsmaal/".to_owned()),
        "{steps:?}"
    );
    let ideas = under(page.main(), "Idéer");
    // Their own that they have not tried, and the other team's that somebody has.
    assert!(ideas.contains("A har en idé") && ideas.contains("B har en idé"));
    assert!(!ideas.contains("Kaffevogn"), "they have tried it");
    assert!(
        !ideas.contains("Ingen har prøvet den"),
        "nobody has, so it has not spread"
    );
    let form = tags(ideas)
        .into_iter()
        .find(|t| t.attribute("action") == Some("/proev/ideer/bs-ide/"));
    assert_eq!(form.expect("a form").attribute("method"), Some("post"));
    assert!(ideas.contains("name=\"team\" value=\"team-a\""));
}

#[test]
fn a_team_meets_around_what_its_readers_may_see() {
    let (_site, engine) = a_wiki();
    let own = page_for(
        &engine,
        &actor(Role::Team, &["team-b"]),
        "/teammoede/team-b/",
        &[],
    );
    own.says("Zqhemmelig prøve")
        .says("Zqhemmelig idé")
        .says("Kun teamet og coachen");
    let coach = page_for(
        &engine,
        &actor(Role::Coach, &["team-b"]),
        "/teammoede/team-b/",
        &[],
    );
    coach
        .says("Zqhemmelig prøve")
        .says("/fortael/proevehandlinger/hemmelig/");
    let admin = page_for(&engine, &actor(Role::Admin, &[]), "/teammoede/team-b/", &[]);
    admin
        .says("Zqhemmelig prøve")
        .says("/fortael/proevehandlinger/hemmelig/");
    // Others see the page of the team without what is the team's alone, and cannot write there.
    for other in [
        actor(Role::Team, &["team-a"]),
        actor(Role::Coach, &["team-a"]),
        actor(Role::Analyst, &[]),
        Actor::visitor(),
    ] {
        let page = page_for(&engine, &other, "/teammoede/team-b/", &[]);
        page.says("B prøver").never_says("Zq").never_says("zq");
        let html = page.main();
        let number = html.split("<h2>Prøver nu <span class=\"tal\">").nth(1);
        assert!(
            number.is_some_and(|rest| rest.starts_with("1<")),
            "the count tells: {html}"
        );
        let writing = ways(html).into_iter().filter(|way| {
            ["/ny/", "/proev/", "/fortael/", "/ret/", "/kommentar/"]
                .iter()
                .any(|w| way.starts_with(w))
        });
        assert_eq!(
            writing.collect::<Vec<_>>(),
            Vec::<String>::new(),
            "{other:?}"
        );
    }
    let leader = page_for(
        &engine,
        &actor(Role::Leader, &[]),
        "/teammoede/team-b/",
        &[],
    );
    assert_eq!(
        leader.status, 404,
        "a leader sees sums, never a single team's doings"
    );
    assert_eq!(
        page_for(
            &engine,
            &actor(Role::Team, &["team-a"]),
            "/teammoede/findes-ikke/",
            &[]
        )
        .status,
        404
    );
}

#[test]
fn the_public_meets_only_what_is_public() {
    let site = a_site();
    let page = site.public("/teammoede/team-b/");
    page.says("B prøver")
        .never_says("Zq")
        .never_says("B har en idé")
        .never_says("Hvad gør I");
    let page = site.public("/teammoede/team-a/");
    assert_eq!(page.status, 200);
    page.says("Teamet har ikke gang i noget lige nu.")
        .never_says("Moden prøve")
        .never_says("/ny/");
    // It stays inside the live wiki.
    assert!(
        site.build()
            .keys()
            .all(|path| !path.starts_with("teammoede")
                && !path.starts_with("kalender")
                && !path.starts_with("coach"))
    );
}

#[test]
fn a_team_with_nothing_to_do_is_met_with_kindness() {
    let site = TestSite::of(&[(
        "teams/nye.md",
        &record("titel: De nye\nkommune: Eksempelkommune", "Os."),
    )]);
    let engine = site.wiki();
    let page = page_for(
        &engine,
        &actor(Role::Team, &["nye"]),
        "/teammoede/nye/",
        &[],
    );
    page.says("Det er helt fint")
        .says("ikke noget, I skylder")
        .says("Hvad ærgrede jer i går?")
        .says("/ny/proevehandlinger/?team=nye");
    assert!(!page.main().contains("class=\"tal\""));
}

#[test]
fn the_way_to_the_meeting_stands_on_the_team_page_for_those_who_write() {
    let (site, engine) = a_wiki();
    let way = "href=\"/teammoede/team-a/\"";
    page_for(
        &engine,
        &actor(Role::Team, &["team-a"]),
        "/teams/team-a/",
        &[],
    )
    .says(way);
    page_for(&engine, &actor(Role::Reader, &[]), "/teams/team-a/", &[]).never_says(way);
    site.get("/teams/team-a/").never_says(way);
    site.public("/teams/team-a/").never_says(way);
}

// ---------------------------------------------------------------------------------------------
// Coachens side

#[test]
fn the_coachs_page_is_there_for_few() {
    let (site, engine) = a_wiki();
    for role in [Role::Coach, Role::Editor, Role::Admin] {
        assert_eq!(
            page_for(&engine, &actor(role, &["team-a"]), "/coach/", &[]).status,
            200,
            "{role:?}"
        );
    }
    for role in [
        Role::Reader,
        Role::Team,
        Role::Analyst,
        Role::Committee,
        Role::Leader,
    ] {
        let page = page_for(&engine, &actor(role, &["team-a"]), "/coach/", &[]);
        assert_eq!(page.status, 404, "{role:?}");
        page.never_says("Ønsker hjælp");
    }
    assert_eq!(site.get("/coach/").status, 404);
    assert_eq!(site.public("/coach/").status, 404);
}

#[test]
fn a_coach_sees_who_asks_what_is_stuck_and_what_spreads() {
    let (_site, engine) = a_wiki();
    let page = page_for(&engine, &actor(Role::Coach, &["team-a"]), "/coach/", &[]);
    let help = under(page.main(), "Ønsker hjælp");
    let group = |name: &str| {
        let rest = help
            .split(&format!("<h3>{name}"))
            .nth(1)
            .unwrap_or_else(|| panic!("no {name}"));
        rest.split("<h3>").next().unwrap_or_default().to_owned()
    };
    assert!(
        group("Nye").contains("Kaffevogn") && words(&group("Nye")).contains("Ja, penge til noget")
    );
    assert!(group("Taget").contains("A har en idé") && !group("Nye").contains("A har en idé"));
    assert!(words(&group("Løst")).contains("Her samles det"));
    assert!(help.contains("/ret/ideer/kaffevogn/"));
    // Only their own team is shown: the other one asks for help too, and is stuck.
    page.never_says("Zq").never_says("B prøver");
    let stuck = under(page.main(), "Gået i stå");
    assert!(
        stuck.contains("Tavs prøve")
            && !stuck.contains("Moden prøve")
            && !stuck.contains("Fortalt")
    );
    let spreading = under(page.main(), "Breder sig");
    assert!(
        spreading.contains("Kaffevogn") && words(spreading).contains("Team A og Team B"),
        "{}",
        words(spreading)
    );
    assert!(
        !spreading.contains("A har en idé"),
        "one use is no spreading"
    );

    let both = page_for(
        &engine,
        &actor(Role::Coach, &["team-a", "team-b"]),
        "/coach/",
        &[],
    );
    both.says("Zqhemmelig prøve").says("B prøver");
    let admin = page_for(&engine, &actor(Role::Admin, &[]), "/coach/", &[]);
    admin
        .says("Zqhemmelig prøve")
        .says("B prøver")
        .says("Alle teams.");
    // The coordinator is of no team, and so what is a team's alone stays there.
    let editor = page_for(&engine, &actor(Role::Editor, &[]), "/coach/", &[]);
    editor.says("B prøver").never_says("Zq");
}

#[test]
fn six_weeks_are_long_and_one_day_less_is_not() {
    let site = TestSite::of(&[
        (
            "teams/team-a.md",
            &record("titel: Team A\nkommune: Eksempelkommune", "Os."),
        ),
        (
            "proevehandlinger/lang.md",
            &record(
                "titel: Lang prøve\nteam: team-a\nfra: 2021-09-19",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/kort.md",
            &record(
                "titel: Kort prøve\nteam: team-a\nfra: 2021-09-20",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/rettet.md",
            &record(
                "titel: Rettet prøve\nteam: team-a\nfra: 2021-06-01\noprettet: 2021-10-20",
                "I gang.",
            ),
        ),
    ]);
    let page = page_for(
        &site.wiki(),
        &actor(Role::Coach, &["team-a"]),
        "/coach/",
        &[],
    );
    let stuck = under(page.main(), "Gået i stå");
    assert!(
        stuck.contains("Lang prøve")
            && !stuck.contains("Kort prøve")
            && !stuck.contains("Rettet prøve")
    );
}

// ---------------------------------------------------------------------------------------------
// The calendar

/// The page as its days: each heading with the words under it.
fn days(page: &Seen) -> Vec<(String, String)> {
    page.main()
        .split("<h3>")
        .skip(1)
        .map(|part| {
            let (heading, rest) = part.split_once("</h3>").expect("a heading ends");
            let rest = rest.split("</ul>").next().unwrap_or_default();
            (words(heading), words(rest))
        })
        .collect()
}

#[test]
fn the_calendar_shows_offers_day_by_day() {
    let site = a_site();
    let page = site.public("/kalender/");
    let days = days(&page);
    let on = |day: &str| {
        let found = days.iter().find(|(title, _)| title.starts_with(day));
        found.map_or("", |(_, words)| words.as_str())
    };
    assert!(
        on("Onsdag 3. november").contains("10.30–11.30 Sangcafé Kulturhuset"),
        "{days:?}"
    );
    // Every other Tuesday from 5 October until the last of November: 2, 16 and 30 November.
    for (day, is_on) in [(2, true), (9, false), (16, true), (23, false), (30, true)] {
        assert_eq!(
            on(&format!("Tirsdag {day}. november")).contains("Banko"),
            is_on,
            "{day}: {days:?}"
        );
    }
    assert!(
        !on("Tirsdag 14. december").contains("Banko"),
        "it has ended by then"
    );
    // Six weeks from this Monday, and not a day more.
    assert!(on("Onsdag 8. december").contains("Sangcafé") && on("Onsdag 15. december").is_empty());
    page.says("Denne uge")
        .says("Næste uge")
        .says("Uge 49")
        .never_says("Uge 50");
    page.never_says("Frokost")
        .never_says("Zq")
        .never_says("Hvordan gik det")
        .never_says("Læsekreds");
}

#[test]
fn the_project_also_sees_when_teams_are_asked() {
    let (site, engine) = a_wiki();
    let page = site.get("/kalender/");
    let days = days(&page);
    let on = |day: &str, what: &str| {
        days.iter()
            .any(|(title, words)| title.starts_with(day) && words.contains(what))
    };
    assert!(
        on(
            "Mandag 1. november",
            "Hvordan gik det med »Moden prøve«? Team A"
        ),
        "{days:?}"
    );
    assert!(
        on("Tirsdag 2. november", "»Ung prøve«") && on("Mandag 22. november", "»Snart i gang«")
    );
    // The last Friday of the month, because it began on a fifth one.
    assert!(on("Fredag 26. november", "Frokost") && !on("Fredag 29. november", "Frokost"));
    page.says("Kommer ikke med").says("Læsekreds");
    page.never_says("Zq")
        .never_says("»Tavs prøve«")
        .never_says("»Fortalt prøve«");
    let own = page_for(&engine, &actor(Role::Team, &["team-b"]), "/kalender/", &[]);
    own.says("Zqhemmeligt sted");
    let leader = page_for(&engine, &actor(Role::Leader, &[]), "/kalender/", &[]);
    leader.says("Sangcafé").never_says("Hvordan gik det");
}

#[test]
fn an_area_is_chosen_by_a_plain_link() {
    let (_site, engine) = a_wiki();
    let page = page_for(
        &engine,
        &Actor::visitor(),
        "/kalender/",
        &[("omraade", "syd")],
    );
    // What is for the whole municipality is for the south too.
    page.says("Frokost")
        .says("Banko")
        .never_says("Sangcafé")
        .never_says("»Moden prøve«");
    let choices: Vec<(String, bool)> = tags(page.main())
        .iter()
        .filter(|t| t.name == "a")
        .filter_map(|t| {
            Some((
                t.attribute("href")?.to_owned(),
                t.attribute("aria-current").is_some(),
            ))
        })
        .filter(|(href, _)| href.starts_with("/kalender/"))
        .collect();
    assert_eq!(
        choices,
        [
            ("/kalender/".to_owned(), false),
            ("/kalender/?omraade=nord".to_owned(), false),
            ("/kalender/?omraade=syd".to_owned(), true)
        ]
    );
    // An area that there is not is no area.
    page_for(
        &engine,
        &Actor::visitor(),
        "/kalender/",
        &[("omraade", "<b>")],
    )
    .says("Sangcafé")
    .never_says("<b>\"");
    // The public is not told of an area that only hidden offers lie in.
    let public = crate::support::get(
        &a_site().engine(Audience::Public, Surface::Live).snapshot(),
        "/kalender/",
    );
    public.says("omraade=nord").never_says("omraade=syd");
}

#[test]
fn a_site_without_offers_has_no_calendar_in_its_menus() {
    let site = TestSite::of(&[("sider/a.md", &record("titel: A", "Hej."))]);
    site.get("/").never_says("/kalender/");
    let page = site.get("/kalender/");
    assert_eq!(page.status, 200);
    page.says("Her er ingen faste tilbud endnu.");
    a_site().public("/").says("href=\"/kalender/\"");
}

// ---------------------------------------------------------------------------------------------
// "Passer det stadig?", and the start page

#[test]
fn an_offer_that_nobody_has_asked_about_can_be_confirmed_in_one_tap() {
    let (site, engine) = a_wiki();
    let form = "action=\"/passer/lokalt/banko/\"";
    let member = actor(Role::Team, &["team-a"]);
    let page = page_for(&engine, &member, "/lokalt/banko/", &[]);
    page.says(form)
        .says("Ja, det passer stadig")
        .says("sidst tjekket 1. april 2021");
    let hash = tags(page.main())
        .into_iter()
        .find(|t| t.attribute("name") == Some("base"));
    assert!(
        hash.and_then(|t| t.attribute("value").map(str::len))
            .is_some_and(|n| n > 20)
    );
    page_for(&engine, &member, "/oprydning/", &[])
        .says(form)
        .never_says("/passer/lokalt/sang/");
    // It was asked about a month ago.
    page_for(&engine, &member, "/lokalt/sang/", &[]).never_says("/passer/");
    // Another team's offer, a reader, a visitor, the public.
    page_for(
        &engine,
        &actor(Role::Team, &["team-b"]),
        "/lokalt/banko/",
        &[],
    )
    .never_says("/passer/");
    page_for(&engine, &actor(Role::Reader, &[]), "/lokalt/banko/", &[]).never_says("/passer/");
    site.get("/lokalt/banko/").never_says("/passer/");
    site.get("/oprydning/").never_says("/passer/");
    assert!(!site.built("lokalt/banko/index.html").contains("passer/"));
    // Never asked about at all.
    page_for(
        &engine,
        &actor(Role::Team, &["team-b"]),
        "/lokalt/frokost/",
        &[],
    )
    .says("Ingen har tjekket det endnu");
}

#[test]
fn half_a_year_is_180_days() {
    let offer = |day: &str| {
        record(
            &format!(
                "titel: Tilbud\nslags: forening\nområde: [Nord]\nsted: Huset\nteam: team-a\nbekræftet: {day}"
            ),
            "Hej.",
        )
    };
    let site = TestSite::of(&[
        ("kaffe.yaml", "titel: P\nområder: [Nord]\n"),
        (
            "teams/team-a.md",
            &record("titel: Team A\nkommune: Eksempelkommune", "Os."),
        ),
        ("lokalt/gammel.md", &offer("2021-05-04")),
        ("lokalt/ny.md", &offer("2021-05-05")),
    ]);
    let page = page_for(
        &site.wiki(),
        &actor(Role::Team, &["team-a"]),
        "/oprydning/",
        &[],
    );
    page.says("/passer/lokalt/gammel/")
        .never_says("/passer/lokalt/ny/");
}

#[test]
fn whoever_writes_begins_the_day_with_what_has_come_of_age() {
    let (site, engine) = a_wiki();
    let page = page_for(&engine, &actor(Role::Team, &["team-a"]), "/", &[]);
    let due = under(page.main(), "To uger er gået");
    assert!(due.contains("/fortael/proevehandlinger/moden/") && !due.contains("Ung prøve"));
    page.says("href=\"/teammoede/team-a/\"")
        .never_says("href=\"/coach/\"")
        .never_says("Zq");
    let coach = page_for(
        &engine,
        &actor(Role::Coach, &["team-a", "team-b"]),
        "/",
        &[],
    );
    coach
        .says("href=\"/coach/\"")
        .says("Til teammødet: Team B")
        .says("Team B · Begyndte 1. oktober 2021");
    for page in [
        site.get("/"),
        site.public("/"),
        page_for(&engine, &actor(Role::Reader, &["team-a"]), "/", &[]),
        page_for(&engine, &actor(Role::Leader, &[]), "/", &[]),
    ] {
        page.never_says("/teammoede/")
            .never_says("/coach/")
            .never_says("/fortael/proevehandlinger");
    }
    // A page is kept for a class of people, and two classes never get each other's.
    let again = page_for(&engine, &actor(Role::Team, &["team-b"]), "/", &[]);
    again
        .says("Zqhemmelig prøve")
        .never_says("/fortael/proevehandlinger/moden/");
}

#[test]
fn the_start_page_knows_every_other_week_and_once_a_month() {
    let page = a_site().get("/");
    let offers = under(page.main(), "Lokale tilbud de næste syv dage");
    assert!(
        words(offers).contains("Banko Tirsdag kl. 19-21"),
        "{}",
        words(offers)
    );
    assert!(
        offers.contains("Sangcafé") && !offers.contains("Frokost") && !offers.contains("Læsekreds")
    );
}

// ---------------------------------------------------------------------------------------------
// No trace

#[test]
fn what_is_one_teams_alone_leaves_no_trace_anywhere_for_anybody_else() {
    let (_site, engine) = a_wiki();
    let people = [
        Actor::visitor(),
        actor(Role::Reader, &["team-a"]),
        actor(Role::Team, &["team-a"]),
        actor(Role::Coach, &["team-a"]),
        actor(Role::Analyst, &[]),
        actor(Role::Editor, &[]),
        actor(Role::Committee, &[]),
        actor(Role::Leader, &[]),
    ];
    for who in &people {
        let snapshot = engine
            .snapshot_for(&who.audience(&Audience::Project))
            .expect("a snapshot");
        let mut addresses: Vec<String> = snapshot
            .routes()
            .iter()
            .map(|r| format!("/{}", snapshot.view().address(r)))
            .collect();
        addresses.extend(
            [
                "/coach/",
                "/oprydning/",
                "/teams/team-b/kalender.ics",
                "/teams/team-b/feed.xml",
            ]
            .map(str::to_owned),
        );
        for address in addresses {
            let page = page_for(&engine, who, &address, &[]);
            // Programs fold long lines; what is folded is read whole.
            let text = page.body.replace("\r\n ", "").to_lowercase();
            assert!(
                !text.contains("zq"),
                "{address} tells {who:?} of what is team B's alone"
            );
        }
    }
    let own = actor(Role::Team, &["team-b"]);
    for address in [
        "/coach/",
        "/kalender/",
        "/feed.xml",
        "/teams/team-b/feed.xml",
        "/teams/team-b/kalender.ics",
        "/kalender.ics",
        "/teammoede/team-b/",
    ] {
        let page = page_for(&engine, &own, address, &[]);
        let expected = address != "/coach/";
        assert_eq!(
            page.body.replace("\r\n ", "").contains("Zqhemmelig"),
            expected,
            "{address}"
        );
    }
}

#[test]
fn the_shipped_site_has_a_rhythm() {
    let engine = crate::support::engine(&shipped(), Audience::Project, Surface::Live);
    let page = page_for(
        &engine,
        &actor(Role::Coach, &["team-moellebaek", "team-fjordvej"]),
        "/coach/",
        &[],
    );
    assert!(under(page.main(), "Ønsker hjælp").contains("EKSEMPEL – ikke et resultat"));
    let calendar = page_for(&engine, &Actor::visitor(), "/kalender/", &[]);
    let shown = calendar.main().matches("class=\"gang\"").count();
    let marked = calendar
        .main()
        .matches("EKSEMPEL – ikke et resultat")
        .count();
    assert!(
        shown > 20 && marked >= shown,
        "{shown} are shown and {marked} say that they are invented"
    );
}
