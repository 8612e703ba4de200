use super::*;
use crate::people::{FIRST_LASTS, SESSION_IDLE, SESSION_LASTS};

#[test]
fn a_session_ends_after_thirty_idle_days() {
    let people = people();
    add(&people, "Coach Kirsten", Role::Coach, &["a"]);
    let token = sign_in(&people, now(), "coach kirsten", PASSWORD).expect("signed in");
    let almost = later(SESSION_IDLE - SignedDuration::from_secs(1));
    assert_eq!(
        key_of(&people, almost, &token).as_deref(),
        Some("konto:coachkirsten")
    );
    // That was a use, so the thirty days begin anew.
    let later = almost.checked_add(SESSION_IDLE).expect("a moment");
    let just = later
        .checked_sub(SignedDuration::from_secs(1))
        .expect("a moment");
    assert!(key_of(&people, just, &token).is_some());
    let much = just.checked_add(SESSION_IDLE).expect("a moment");
    assert_eq!(key_of(&people, much, &token), None);
}

#[test]
fn a_session_ends_after_ninety_days_however_much_it_is_used() {
    let people = people();
    add(&people, "Vera", Role::Analyst, &[]);
    let token = sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    for day in 1..90 {
        let at = later(SignedDuration::from_hours(24 * day));
        assert!(key_of(&people, at, &token).is_some(), "day {day}");
    }
    assert_eq!(key_of(&people, later(SESSION_LASTS), &token), None);
}

#[test]
fn every_sign_in_begins_a_session_of_its_own_and_no_token_is_accepted_that_was_not_given() {
    let people = people();
    add(&people, "Vera", Role::Analyst, &[]);
    let first = sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    let second = sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    assert_ne!(first.text(), second.text());
    assert!(first.text().len() >= 32);
    let sessions = people.sessions.read();
    let kept = serde_json::to_string(&*sessions).expect("text");
    for token in [&first, &second] {
        assert!(!kept.contains(token.text()), "only a hash is kept");
    }
    for invented in ["", "x", &"a".repeat(40), "../personer"] {
        assert_eq!(people.who(now(), invented), Known::Nobody);
    }
    // The hash itself is no token.
    let hash = crate::people::secret::hash(first.text());
    assert!(kept.contains(&hash));
    assert_eq!(people.who(now(), &hash), Known::Nobody);
}

#[test]
fn signing_out_and_being_signed_out_take_effect_at_once() {
    let people = people();
    let vera = add(&people, "Vera", Role::Analyst, &[]);
    let other = add(&people, "Bo", Role::Coach, &["a"]);
    let token = |name| sign_in(&people, now(), name, PASSWORD).expect("signed in");
    let (first, second, bos) = (token("Vera"), token("Vera"), token("Bo"));
    people
        .sign_out(now(), &vera, first.text())
        .expect("signed out");
    assert_eq!(key_of(&people, now(), &first), None);

    let mine = people.sessions(now(), &vera);
    assert_eq!(mine.len(), 1, "only one's own: {mine:?}");
    assert_eq!(
        refused(people.end_session(now(), &other, &mine[0].id)),
        Refusal::Unknown
    );
    people
        .end_session(now(), &operator(), &mine[0].id)
        .expect("ended");
    assert_eq!(key_of(&people, now(), &second), None);
    assert!(key_of(&people, now(), &bos).is_some());
    assert_eq!(people.sessions(now(), &Actor::visitor()), []);
}

#[test]
fn guessing_is_slow_and_its_answer_tells_nothing() {
    let people = people();
    add(&people, "Vera", Role::Analyst, &[]);
    for _ in 0..5 {
        assert_eq!(
            refused(sign_in(&people, now(), "Vera", "forkert kodeord")),
            Refusal::SignIn
        );
        assert_eq!(
            refused(sign_in(&people, now(), "Ukendt", "forkert kodeord")),
            Refusal::SignIn
        );
    }
    // Also the right one has to wait now, and so does a name that nobody has.
    for name in ["Vera", "vera", "Ukendt"] {
        assert!(matches!(
            refused(sign_in(&people, now(), name, PASSWORD)),
            Refusal::TooMany(_)
        ));
    }
    let Refusal::TooMany(too_many) = refused(sign_in(&people, now(), "Vera", PASSWORD)) else {
        panic!("not refused for trying too often");
    };
    assert!(too_many.wait.as_secs() <= 60 && too_many.wait.as_secs() > 0);
    let after = later(SignedDuration::from_secs(61));
    assert!(sign_in(&people, after, "Vera", PASSWORD).is_ok());
}

#[test]
fn guessing_at_one_name_from_many_addresses_is_slow_too() {
    let people = people();
    let mut tried = 0;
    for n in 0..100 {
        let address = format!("198.51.100.{n}");
        match refused(people.sign_in(now(), &address, "Vera", "forkert kodeord", "")) {
            Refusal::SignIn => tried += 1,
            Refusal::TooMany(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(tried, 30);
}

#[test]
fn guessing_at_many_names_from_one_address_is_slow_too() {
    let people = people();
    let tried = (0..100)
        .map(|n| {
            refused(sign_in(
                &people,
                now(),
                &format!("Navn {n}"),
                "forkert kodeord",
            ))
        })
        .take_while(|refusal| *refusal == Refusal::SignIn)
        .count();
    assert_eq!(tried, 20);
}

#[test]
fn writing_is_bounded_for_each_by_themselves() {
    let people = people();
    let writes = |who: &str| {
        (0..1_000)
            .take_while(|_| people.may_write_now(now(), who).is_ok())
            .count()
    };
    assert_eq!(writes("enhed:a"), 300);
    assert_eq!(writes("enhed:b"), 300);
    let second = later(SignedDuration::from_secs(1));
    assert!((0..5).all(|_| people.may_write_now(second, "enhed:a").is_ok()));
    assert!(people.may_write_now(second, "enhed:a").is_err());
}

#[test]
fn the_first_link_works_once_and_only_while_there_is_no_account() {
    let people = people();
    let token = people.make_first(now()).expect("asked").expect("a link");
    assert!(
        people.first_is_open(now(), token.text()),
        "looking at it changes nothing"
    );
    assert!(people.first_is_open(now(), token.text()));
    assert_eq!(
        refused(people.use_first(now(), "gaettet", "")),
        Refusal::Link
    );
    let session = people.use_first(now(), token.text(), "").expect("in");
    let Known::Person(actor, _) = people.who(now(), session.text()) else {
        panic!("nobody is in");
    };
    assert_eq!(actor.role, Role::Admin);
    assert_eq!(
        refused(people.use_first(now(), token.text(), "")),
        Refusal::Link,
        "replayed"
    );
    assert!(!people.first_is_open(now(), token.text()));

    let late = people.make_first(now()).expect("asked").expect("a link");
    assert!(!people.first_is_open(later(FIRST_LASTS), late.text()));
    assert_eq!(
        refused(people.use_first(later(FIRST_LASTS), late.text(), "")),
        Refusal::Link
    );

    let open = people.make_first(now()).expect("asked").expect("a link");
    add(&people, "Vera", Role::Admin, &[]);
    assert_eq!(
        refused(people.use_first(now(), open.text(), "")),
        Refusal::Link
    );
    assert!(people.make_first(now()).expect("asked").is_none());
}
