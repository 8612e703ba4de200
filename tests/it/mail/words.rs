//! What stands in letters, when they come, and to whom.

use super::*;
use crate::support::Http;

#[test]
fn the_letter_of_the_week_reads_well_in_any_mail_program() {
    let house = House::open();
    let account = house.reader("Kirsten", Role::Team, &["team-a"]);
    let round = house.round(MONDAY);
    assert_eq!((round.sent, round.waiting, round.given_up), (1, 0, 0));
    let letter = house.letter();

    assert_eq!(
        letter.header("From"),
        "\"Kaffe på Ærø\" <kaffe@kommune.example>".replace('"', "")
    );
    assert_eq!(letter.header("To"), "kirsten@kommune.example");
    assert_eq!(
        letter.header("Subject"),
        "Nyt fra Kaffe på Ærø, 1. november 2021"
    );
    assert_eq!(letter.header("Date"), "Mon, 01 Nov 2021 06:00:00 +0000");
    assert_eq!(letter.header("MIME-Version"), "1.0");
    assert_eq!(letter.header("Content-Language"), "da");
    assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    let id = letter.header("Message-ID");
    assert!(
        id.starts_with('<') && id.ends_with("@kommune.example>"),
        "{id}"
    );

    for words in [
        "Kaffe før hjælp på ældrecentret",
        "Begyndte 18. oktober 2021",
        "Åben dør",
        "Kun for os selv",
        "https://kaffe.example/fortael/proevehandlinger/moden/",
        "https://kaffe.example/proevehandlinger/fortalt/",
    ] {
        letter.says(words);
    }
    // Its name is nowhere: not in the letter, not on the envelope, not in an address.
    letter
        .never_says("Kirsten")
        .never_says("konto:")
        .never_says(&account.made.to_string());

    let token = house.people.letter_token(&account).expect("a token");
    let stop = format!("https://kaffe.example/afmeld/{token}/");
    assert_eq!(letter.stop(), stop);
    assert_eq!(
        letter.header("List-Unsubscribe-Post"),
        "List-Unsubscribe=One-Click"
    );
    letter.says(&stop);
    assert!(
        letter.html.contains("<html lang=\"da\">"),
        "{}",
        letter.html
    );
    assert!(
        letter.text.ends_with(&format!("Stop brevene: {stop}\n")),
        "{:?}",
        letter.text
    );

    // Every link of the letter leads to a page of the site.
    let web = Http::over(&house.engine);
    let links: Vec<String> = crate::support::tags(&letter.html)
        .iter()
        .filter_map(|tag| tag.attribute("href").map(str::to_owned))
        .collect();
    assert!(links.len() >= 5, "{links:?}");
    for link in links
        .iter()
        .filter(|link| **link != stop && !link.contains("/fortael/"))
    {
        let path = link
            .strip_prefix("https://kaffe.example")
            .expect("an own address");
        let path = if path == "/proevehandlinger/hemmelig/" {
            "/"
        } else {
            path
        };
        assert_eq!(web.get(path).status, 200, "{link}");
    }
}

#[test]
fn it_comes_once_on_monday_morning_and_never_empty() {
    let house = House::open();
    house.reader("Kirsten", Role::Reader, &[]);
    assert_eq!(house.round("2021-10-31T12:00").sent, 0, "Sunday");
    assert_eq!(house.round("2021-11-01T06:59").sent, 0);
    assert_eq!(house.round(MONDAY).sent, 1);
    assert_eq!(house.round("2021-11-01T07:05").sent, 0);
    assert_eq!(
        house
            .again()
            .round(at("2021-11-01T07:10"), &zone())
            .expect("a round")
            .sent,
        0
    );
    house.letter();
    // In the week after nothing has happened.
    assert_eq!(house.round("2021-11-08T07:00"), Round::default());
    let told = "gik_det: det-virkede-ikke\nbeslutning: stop\nfra: 2021-11-01\ntil: 2021-11-12";
    house.site.file(
        "proevehandlinger/ny.md",
        record(&format!("titel: Ny viden\nteam: team-b\n{told}"), "Nej."),
    );
    let place = house.site.root().join("proevehandlinger/ny.md");
    house.engine.look_at(&[place]).expect("looked at");
    assert_eq!(house.round("2021-11-15T07:00").sent, 1);
    house
        .letter()
        .says("Ny viden")
        .says("Det virkede ikke")
        .never_says("Åben dør");
}

#[test]
fn nothing_is_told_before_the_site_knows_that_it_is_monday() {
    let house = House::open();
    house.reader("Kirsten", Role::Reader, &[]);
    let sunday = Change::Today(jiff::civil::date(2021, 10, 31));
    house.engine.apply(vec![sunday]).expect("a day");
    let round = house.post.round(at(MONDAY), &zone()).expect("a round");
    assert_eq!(round, Round::default());
    assert_eq!(house.round("2021-11-01T07:05").sent, 1);
    assert_eq!(
        house.letter().header("Subject"),
        "Nyt fra Kaffe på Ærø, 1. november 2021"
    );
}

#[test]
fn a_server_that_slept_over_monday_tells_on_tuesday_or_the_week_after_and_leaves_nothing_out() {
    let late = House::open();
    late.reader("Kirsten", Role::Reader, &[]);
    assert_eq!(late.round("2021-11-02T10:00").sent, 1);
    let later = House::open();
    later.reader("Kirsten", Role::Reader, &[]);
    assert_eq!(later.round("2021-11-05T10:00").sent, 0);
    assert_eq!(later.round("2021-11-08T07:00").sent, 1);
    later.letter().says("Åben dør");
}

#[test]
fn only_who_wants_letters_and_may_come_in_gets_one() {
    let house = House::open();
    for name in ["Ja", "Nej", "Lukket", "Flyttet"] {
        house.reader(name, Role::Reader, &[]);
    }
    house.people.stop_digest(at(BEGUN), "Nej").expect("stopped");
    house
        .people
        .set_disabled(at(BEGUN), &operator(), "Lukket", true)
        .expect("shut out");
    let moved = house.account("Flyttet").actor();
    house
        .people
        .set_own_digest(at(BEGUN), &moved, Some("ny@kommune.example"), true)
        .expect("moved");
    house.round(MONDAY);
    assert_eq!(
        house.receivers(),
        ["ja@kommune.example", "ny@kommune.example"]
    );
}

#[test]
fn without_its_own_address_a_site_sends_nothing_and_catches_up_when_it_has_one() {
    let house = House::of(a_site("titel: Kaffe\n"), Audience::Project);
    house.reader("Kirsten", Role::Team, &["team-a"]);
    for moment in [MONDAY, "2021-11-02T07:00"] {
        assert_eq!(house.round(moment), Round::default());
    }
    assert_eq!(house.smtp.talks(), 0);
    assert!(!house.queue_file().exists());
    house.site.file("kaffe.yaml", CONFIG);
    let place = house.site.root().join("kaffe.yaml");
    house.engine.look_at(&[place]).expect("looked at");
    assert_eq!(house.round("2021-11-02T08:00").sent, 0, "the first day");
    assert_eq!(house.round("2021-11-08T07:00").sent, 1);
}

#[test]
fn each_letter_tells_what_its_reader_may_see() {
    let house = House::of(a_site(CONFIG), Audience::Public);
    house.reader("Admin", Role::Admin, &[]);
    house.reader("Anden", Role::Team, &["team-b"]);
    house.reader("Coach", Role::Coach, &["team-a", "team-b"]);
    house.reader("Egen", Role::Team, &["team-a"]);
    house.reader("Gæst", Role::Committee, &[]);
    house.reader("Leder", Role::Leader, &["team-a"]);
    house.round(MONDAY);
    // »æ« in an address would need a server that can; the guest's letter waits.
    let letters = house.letters();
    let of = |name: &str| {
        let found = letters.iter().find(|(to, _)| to.starts_with(name));
        &found.unwrap_or_else(|| panic!("no letter for {name}")).1
    };
    assert_eq!(letters.len(), 5);
    for name in ["admin", "coach", "egen"] {
        of(name)
            .says("Åben dør")
            .says("Internt i projektet")
            .says("Kun for os selv");
    }
    of("anden")
        .says("Åben dør")
        .says("Internt i projektet")
        .never_says("Kun for os selv");
    // What comes of age is told to those of the team, and never to a leader.
    for name in ["coach", "egen"] {
        of(name).says("Kaffe før hjælp på ældrecentret");
    }
    for name in ["admin", "anden", "leder"] {
        of(name).never_says("Kaffe før hjælp på ældrecentret");
    }
    of("leder").says("Åben dør");
}

#[test]
fn a_guest_is_told_what_the_public_is_told() {
    let house = House::of(a_site(CONFIG), Audience::Public);
    house.reader("Gaest", Role::Committee, &[]);
    house.round(MONDAY);
    let letter = house.letter();
    letter
        .says("Åben dør")
        .never_says("Internt i projektet")
        .never_says("Kun for os selv");
}

#[test]
fn a_title_that_may_point_at_a_person_stays_in_the_house() {
    let house = House::open();
    house.reader("Kirsten", Role::Team, &["team-a"]);
    let named = "titel: Kaffe hos fru Eksempelsen\nteam: team-a";
    house.site.file(
        "proevehandlinger/navn.md",
        record(
            &format!("{named}\ngik_det: det-virkede\nbeslutning: fortsæt\ntil: 2021-10-28"),
            "Det gik.",
        ),
    );
    house.site.file(
        "proevehandlinger/navn-nu.md",
        record(&format!("{named}\nfra: 2021-10-19"), "I gang."),
    );
    let places = ["navn", "navn-nu"].map(|name| {
        house
            .site
            .root()
            .join(format!("proevehandlinger/{name}.md"))
    });
    house.engine.look_at(&places).expect("looked at");
    house.round(MONDAY);
    let letter = house.letter();
    letter
        .never_says("Eksempelsen")
        .says("https://kaffe.example/proevehandlinger/navn/")
        .says("Prøvehandling");
    house.round("2021-11-02T07:00");
    let letters = house.letters();
    assert_eq!(letters.len(), 2);
    for (_, letter) in letters {
        letter.never_says("Eksempelsen");
    }
}

#[test]
fn a_team_is_asked_on_the_day_how_it_went() {
    let house = House::open();
    house.reader("Egen", Role::Team, &["team-a"]);
    house.reader("Anden", Role::Team, &["team-b"]);
    house.reader("Coach", Role::Coach, &["team-a"]);
    house.reader("Leder", Role::Leader, &["team-a"]);
    house.round(MONDAY);
    house.smtp.letters();
    assert_eq!(house.round("2021-11-02T06:59").sent, 0);
    assert_eq!(house.round("2021-11-02T07:00").sent, 2);
    let letters = house.letters();
    let to: Vec<&str> = letters.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["anden@kommune.example", "egen@kommune.example"]);
    let letter = &letters[1].1;
    assert_eq!(
        letter.header("Subject"),
        "Hvordan gik det med »Ro ved måltidet«?"
    );
    letter
        .says("https://kaffe.example/fortael/proevehandlinger/ung/")
        .says("Begyndte 19. oktober 2021")
        .says("alle svar er lige gode")
        .never_says("B prøver noget")
        .never_says("Kaffe før hjælp");
    assert_eq!(
        letter.header("List-Unsubscribe-Post"),
        "List-Unsubscribe=One-Click"
    );
    assert_eq!(
        letter.stop(),
        format!(
            "https://kaffe.example/afmeld/{}/",
            house
                .people
                .letter_token(&house.account("Egen"))
                .expect("a token")
        )
    );
    assert_eq!(house.round("2021-11-02T12:00").sent, 0, "once");
    assert_eq!(house.round("2021-11-03T07:00").sent, 0);
}

#[test]
fn what_the_letter_of_the_week_asks_is_not_asked_twice_the_same_morning() {
    let house = House::open();
    house.reader("Kirsten", Role::Team, &["team-a"]);
    // »Kaffe før hjælp« comes of age on that Monday.
    assert_eq!(house.round(MONDAY).sent, 1);
    let letter = house.letter();
    assert!(letter.html.contains("To uger er gået"), "{}", letter.html);
    letter.says("Kaffe før hjælp");
    assert_eq!(house.round("2021-11-01T12:00").sent, 0);
}

#[test]
fn a_team_that_has_told_is_not_asked_and_a_secret_of_another_team_never_shows() {
    let house = House::open();
    house.reader("Egen", Role::Team, &["team-a"]);
    house.reader("Anden", Role::Team, &["team-b"]);
    let place = house.site.root().join("proevehandlinger/ung.md");
    house.round(MONDAY);
    house.smtp.letters();
    house
        .smtp
        .plan([smtp::Plan::Text("451 later"), smtp::Plan::Text("451 later")]);
    assert_eq!(house.round("2021-11-02T07:00").waiting, 2);
    // Told between two tries.
    house.site.file(
        "proevehandlinger/ung.md",
        record(
            "titel: Ro ved måltidet\nteam: team-a\nfra: 2021-10-19\ntil: 2021-11-01\ngik_det: det-virkede\nbeslutning: fortsæt",
            "Det gik.",
        ),
    );
    house.engine.look_at(&[place]).expect("looked at");
    let round = house.round("2021-11-02T07:10");
    assert_eq!((round.sent, round.waiting), (1, 0));
    assert_eq!(house.receivers(), ["anden@kommune.example"]);
}

#[test]
fn an_english_site_writes_english_letters() {
    let config = format!("{CONFIG}sprog: en\n");
    let house = House::of(a_site(&config), Audience::Project);
    house.reader("Kirsten", Role::Team, &["team-a"]);
    house.round(MONDAY);
    let letter = house.letter();
    assert_eq!(
        letter.header("Subject"),
        "News from Kaffe på Ærø, 1 November 2021"
    );
    assert_eq!(letter.header("Content-Language"), "en");
    letter.says("Stop these letters").never_says("Stop brevene");
    house.round("2021-11-02T07:00");
    house
        .letter()
        .says("all answers are equally good")
        .says("Began 19 October 2021");
}
