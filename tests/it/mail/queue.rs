//! What waits: nothing is lost, nothing comes twice without need, and nobody is tried for ever.

use std::fs;

use super::{smtp::Plan, *};

fn one_reader() -> House {
    let house = House::open();
    house.reader("Kirsten", Role::Reader, &[]);
    house
}

#[test]
fn a_letter_is_in_the_queue_before_it_is_sent_and_its_words_never_are() {
    let house = one_reader();
    let file = house.queue_file();
    house
        .smtp
        .look(move || fs::read_to_string(&file).expect("the queue"));
    house.round(MONDAY);
    let taken = house.smtp.letters();
    let seen = taken[0].seen.as_deref().expect("looked at");
    assert!(seen.contains("\"account\": \"kirsten\""), "{seen}");
    for words in ["Åben dør", "kommune.example", "afmeld"] {
        assert!(!seen.contains(words), "{words} is in {seen}");
    }
    let after = fs::read_to_string(house.queue_file()).expect("the queue");
    assert!(after.contains("\"letters\": []"), "{after}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(house.queue_file())
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn many_letters_go_over_one_line() {
    let house = House::open();
    for name in ["A", "B", "C"] {
        house.reader(name, Role::Reader, &[]);
    }
    house.smtp.talks();
    house.smtp.said();
    assert_eq!(house.round(MONDAY).sent, 3);
    assert_eq!(house.smtp.talks(), 1);
    let said = house.smtp.said();
    assert_eq!(
        said.first().map(String::as_str),
        Some("EHLO kommune.example")
    );
    assert_eq!(said.last().map(String::as_str), Some("QUIT"));
    let ids: Vec<String> = house
        .letters()
        .iter()
        .map(|(_, letter)| letter.header("Message-ID").to_owned())
        .collect();
    assert!(
        ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2],
        "{ids:?}"
    );
}

#[test]
fn a_process_that_ends_between_sending_and_marking_sends_that_letter_once_more_under_the_same_name()
{
    let house = House::open();
    house.reader("A", Role::Reader, &[]);
    house.reader("B", Role::Reader, &[]);
    let file = house.queue_file();
    house
        .smtp
        .look(move || fs::read_to_string(&file).expect("the queue"));
    house.round(MONDAY);
    let taken = house.smtp.letters();
    assert_eq!(taken.len(), 2);
    // The disk as it was when the second letter had been taken and nothing else had happened.
    let then = taken[1].seen.as_deref().expect("looked at");
    fs::write(house.queue_file(), then).expect("written back");
    let post = house.again();
    let round = |moment: &str| post.round(at(moment), &zone()).expect("a round");
    assert_eq!(round("2021-11-01T07:00").sent, 0, "not at once");
    assert_eq!(round("2021-11-01T07:05").sent, 1);
    let again = house.smtp.letters();
    assert_eq!(again[0].to, taken[1].to);
    let id = |text: &str| read(text).header("Message-ID").to_owned();
    assert_eq!(id(&again[0].text), id(&taken[1].text));
    assert_eq!(round("2021-11-01T12:00"), Round::default());
}

#[test]
fn a_busy_server_is_asked_again_after_longer_and_longer() {
    let house = one_reader();
    house.smtp.plan([
        Plan::Text("451 4.3.0 busy"),
        Plan::Receiver("450 4.2.1 busy"),
        Plan::HangUp,
        Plan::Take,
    ]);
    let waits = |moment: &str| {
        let round = house.round(moment);
        assert_eq!((round.sent, round.waiting), (0, 1), "{moment}");
    };
    waits("2021-11-01T07:00");
    assert_eq!(house.smtp.talks(), 1);
    waits("2021-11-01T07:04");
    assert_eq!(house.smtp.talks(), 0, "not before its time");
    waits("2021-11-01T07:05");
    waits("2021-11-01T07:14");
    waits("2021-11-01T07:15");
    assert_eq!(house.smtp.talks(), 2);
    waits("2021-11-01T07:34");
    assert_eq!(house.round("2021-11-01T07:35").sent, 1);
    house.letter().says("Åben dør");
    assert_eq!(house.round("2021-11-01T23:00"), Round::default());
}

#[test]
fn after_three_days_a_letter_is_given_up() {
    let house = one_reader();
    let nobody = Plan::Receiver("550 5.1.1 nobody here");
    house.smtp.plan(vec![nobody; 100]);
    let mut rounds = 0;
    for day in 1..=5 {
        for hour in 7..24 {
            for minute in [0, 20, 40] {
                let round = house.round(&format!("2021-11-{day:02}T{hour:02}:{minute:02}"));
                assert_eq!(round.sent, 0);
                rounds += round.given_up;
                let kept = (day, hour) < (4, 7);
                assert_eq!(round.waiting, usize::from(kept), "{day} {hour} {minute}");
            }
        }
    }
    assert_eq!(rounds, 1);
    // A server that says no for good is asked twice a day.
    assert!((4..=7).contains(&house.smtp.talks()));
    assert!(house.smtp.letters().is_empty());
    assert!(
        house.round("2021-11-08T07:00").waiting <= 1,
        "next week it is tried again"
    );
}

#[test]
fn when_the_server_cannot_be_reached_everything_waits_and_comes() {
    let house = House::open();
    house.reader("A", Role::Reader, &[]);
    house.reader("B", Role::Reader, &[]);
    let gone = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("smtp://{}", listener.local_addr().expect("an address"))
    };
    let data = house.site.beside(".kaffe");
    let unreachable = post(&house.engine, &house.people, data, &gone);
    let round = house.round_of(&unreachable, MONDAY);
    assert_eq!((round.sent, round.waiting), (0, 2));
    assert_eq!(house.round("2021-11-01T07:04").sent, 0, "all wait");
    assert_eq!(house.round("2021-11-01T07:05").sent, 2);
    assert_eq!(
        house.receivers(),
        ["a@kommune.example", "b@kommune.example"]
    );
}

#[test]
fn a_letter_that_cannot_go_holds_up_no_other() {
    let house = House::open();
    for name in ["A", "B", "C"] {
        house.reader(name, Role::Reader, &[]);
    }
    house
        .smtp
        .plan([Plan::Receiver("550 5.1.1 nobody here"), Plan::HangUp]);
    assert_eq!(house.round(MONDAY).sent, 0);
    assert_eq!(house.round("2021-11-01T07:01").sent, 1);
    assert_eq!(house.receivers(), ["c@kommune.example"]);
    assert_eq!(house.round("2021-11-01T07:05").sent, 1);
    assert_eq!(house.receivers(), ["b@kommune.example"]);
    assert_eq!(house.round("2021-11-01T19:00").sent, 1);
    assert_eq!(house.receivers(), ["a@kommune.example"]);
}

#[test]
fn a_server_that_took_a_letter_and_said_nothing_gets_it_once_more_and_no_more() {
    let house = one_reader();
    house.smtp.plan([Plan::TakeAndHangUp]);
    assert_eq!(house.round(MONDAY).sent, 0);
    assert_eq!(house.round("2021-11-01T07:05").sent, 1);
    assert_eq!(house.round("2021-11-01T09:00").sent, 0);
    let letters = house.letters();
    assert_eq!(letters.len(), 2);
    let id = |n: usize| letters[n].1.header("Message-ID");
    assert_eq!(id(0), id(1));
}

#[test]
fn a_letter_that_waits_goes_to_whoever_its_reader_is_by_then() {
    let house = House::open();
    for name in ["Egen", "Stoppet", "Lukket", "Flyttet"] {
        house.reader(name, Role::Team, &["team-a"]);
    }
    house.smtp.plan(vec![Plan::Text("451 busy"); 4]);
    assert_eq!(house.round(MONDAY).waiting, 4);
    let (by, now) = (operator(), at(MONDAY));
    let people = &house.people;
    people.stop_digest(now, "Stoppet").expect("stopped");
    people
        .set_disabled(now, &by, "Lukket", true)
        .expect("shut out");
    let moved = people.account("Flyttet").expect("an account").actor();
    people
        .set_own_digest(now, &moved, Some("ny@kommune.example"), true)
        .expect("moved");
    people
        .set_role(
            now,
            &by,
            "Flyttet",
            Role::Team,
            vec![RecordId::new("team-b")],
        )
        .expect("another team");
    assert_eq!(house.round("2021-11-01T07:05").sent, 2);
    let letters = house.letters();
    let to: Vec<&str> = letters.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["egen@kommune.example", "ny@kommune.example"]);
    letters[0].1.says("Kun for os selv").says("Kaffe før hjælp");
    letters[1]
        .1
        .never_says("Kun for os selv")
        .never_says("Kaffe før hjælp");
}

#[test]
fn a_text_that_was_forgotten_while_its_letter_waited_is_not_sent() {
    let house = one_reader();
    house.smtp.plan([Plan::Text("451 busy")]);
    house.round(MONDAY);
    house.site.remove("proevehandlinger/fortalt.md");
    let place = house.site.root().join("proevehandlinger/fortalt.md");
    house.engine.look_at(&[place]).expect("looked at");
    house.round("2021-11-01T07:05");
    house
        .letter()
        .never_says("Åben dør")
        .says("Internt i projektet");
}

#[test]
fn the_server_is_told_the_password_and_nothing_before_it_knows_us() {
    let house = one_reader();
    house.smtp.ask_for("kaffe@kommune.example", "hemmeligt ord");
    let data = house.site.beside(".kaffe");
    let with = |url: &str, password: &str| {
        let server = Server::new(url, Some(password), FROM).expect("a server");
        Post::new(
            Arc::clone(&house.engine),
            Arc::clone(&house.people),
            data.clone(),
            server,
            FROM.to_owned(),
        )
        .expect("a post office")
    };
    let url = format!(
        "smtp://kaffe%40kommune.example@127.0.0.1:{}",
        house.smtp.port
    );
    house.smtp.said();
    let round = house.round_of(&with(&url, "forkert"), MONDAY);
    assert_eq!((round.sent, round.waiting), (0, 1));
    assert!(
        house
            .smtp
            .said()
            .iter()
            .all(|line| !line.starts_with("MAIL"))
    );
    let round = house.round_of(&with(&url, "hemmeligt ord"), "2021-11-01T07:05");
    assert_eq!(round.sent, 1);
    house.letter();
}

#[test]
fn a_server_that_cannot_encrypt_is_told_nothing_where_encryption_is_asked_for() {
    let house = one_reader();
    house.smtp.ask_for("kaffe", "hemmeligt ord");
    let url = format!("starttls://kaffe@127.0.0.1:{}", house.smtp.port);
    let server = Server::new(&url, Some("hemmeligt ord"), FROM).expect("a server");
    let data = house.site.beside(".kaffe");
    let (engine, people) = (Arc::clone(&house.engine), Arc::clone(&house.people));
    let post = Post::new(engine, people, data, server, FROM.to_owned()).expect("a post office");
    house.smtp.said();
    let round = house.round_of(&post, MONDAY);
    assert_eq!((round.sent, round.waiting), (0, 1));
    let said = house.smtp.said();
    assert!(
        said.iter()
            .all(|line| line.starts_with("EHLO") || line == "QUIT"),
        "{said:?}"
    );
}

#[test]
fn nothing_is_sent_when_the_disk_cannot_note_it() {
    let house = one_reader();
    // Where the queue should be written, a folder stands.
    fs::remove_file(house.queue_file()).expect("removed");
    fs::create_dir(house.queue_file()).expect("a folder");
    house.smtp.talks();
    let monday = Change::Today(jiff::civil::date(2021, 11, 1));
    house.engine.apply(vec![monday]).expect("a day");
    assert!(house.post.round(at(MONDAY), &zone()).is_err());
    assert_eq!(house.smtp.talks(), 0);
}
