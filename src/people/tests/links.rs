use super::*;
use crate::people::{
    DEVICE_LASTS, DEVICE_WAITS, Joined, Link, MOST_WAITING, PIN_LOCKED, PIN_TRIES,
};

fn join(
    people: &People,
    at: Timestamp,
    link: &Link,
    pin: Option<&str>,
) -> Result<Joined, PeopleError> {
    people.join(at, &people.link_token(link), pin, "iPhone · Safari")
}

fn coach(people: &People) -> Actor {
    add(people, "Coach", Role::Coach, &["a"])
}

#[test]
fn looking_at_a_link_changes_nothing() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    let before = people.book.read();
    for _ in 0..3 {
        assert_eq!(
            people.link_of(now(), &people.link_token(&link)),
            Some(link.clone())
        );
    }
    assert_eq!(before, people.book.read());
}

#[test]
fn a_device_is_nobody_until_a_coach_of_the_team_lets_it_in() {
    let people = people();
    let (own, other) = (coach(&people), add(&people, "Anden", Role::Coach, &["b"]));
    let link = team_link(&people, &own, "a");
    let joined = join(&people, now(), &link, None).expect("waits");
    let token = &joined.session;
    assert!(matches!(
        people.who(now(), token.text()),
        Known::Waiting(..)
    ));
    assert_eq!(key_of(&people, now(), token), None);

    let id = &joined.device.id;
    for stranger in [
        &other,
        &Actor::visitor(),
        &add(&people, "V", Role::Analyst, &["a"]),
    ] {
        assert_eq!(
            refused(people.let_in(now(), stranger, id)),
            Refusal::NotAllowed
        );
        assert!(people.devices(now(), stranger).is_empty());
    }
    assert_eq!(people.devices(now(), &own).len(), 1);
    people.let_in(now(), &own, id).expect("in");
    let Known::Person(actor, _) = people.who(now(), token.text()) else {
        panic!("nobody is in");
    };
    assert_eq!(
        (actor.role, actor.teams.as_slice()),
        (Role::Team, &[RecordId::new("a")][..])
    );
    assert_eq!(actor.key.as_deref(), Some(format!("enhed:{id}").as_str()));
    assert_eq!(actor.name, "Team a");
}

#[test]
fn a_device_is_in_for_ninety_days_and_waits_for_seven() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    let joined = join(&people, now(), &link, None).expect("waits");
    let just = later(DEVICE_WAITS - SignedDuration::from_secs(1));
    assert_eq!(
        refused(people.let_in(later(DEVICE_WAITS), &operator(), &joined.device.id)),
        Refusal::Unknown
    );
    people
        .let_in(just, &operator(), &joined.device.id)
        .expect("in");
    let end = just.checked_add(DEVICE_LASTS).expect("a moment");
    let before = end
        .checked_sub(SignedDuration::from_secs(1))
        .expect("a moment");
    assert!(
        key_of(&people, before, &joined.session).is_some(),
        "also without being used"
    );
    assert_eq!(key_of(&people, end, &joined.session), None);
}

#[test]
fn a_pin_lets_in_at_once_and_five_wrong_ones_lock_it_for_an_hour() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    assert_eq!(
        refused(join(&people, now(), &link, Some("123456"))),
        Refusal::PinWrong,
        "none is set"
    );
    people
        .set_pin(now(), &operator(), &link.id, Some("123456"))
        .expect("set");
    let joined = join(&people, now(), &link, Some("123456")).expect("in");
    assert!(key_of(&people, now(), &joined.session).is_some());

    for _ in 1..PIN_TRIES {
        assert_eq!(
            refused(join(&people, now(), &link, Some("654321"))),
            Refusal::PinWrong
        );
    }
    assert_eq!(
        refused(join(&people, now(), &link, Some("654321"))),
        Refusal::PinLocked
    );
    assert_eq!(
        refused(join(&people, now(), &link, Some("123456"))),
        Refusal::PinLocked,
        "the right one too"
    );
    assert!(
        join(&people, now(), &link, None).is_ok(),
        "a coach can still let devices in"
    );
    let just = later(PIN_LOCKED - SignedDuration::from_secs(1));
    assert_eq!(
        refused(join(&people, just, &link, Some("123456"))),
        Refusal::PinLocked
    );
    let after = later(PIN_LOCKED);
    assert_eq!(
        refused(join(&people, after, &link, Some("654321"))),
        Refusal::PinWrong,
        "it counts anew"
    );
    assert!(join(&people, after, &link, Some("123456")).is_ok());
}

#[test]
fn a_pin_has_six_digits_and_is_kept_as_a_hash() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    for bad in ["12345", "1234567", "12345a", "１２３４５６", ""] {
        assert_eq!(
            refused(people.set_pin(now(), &operator(), &link.id, Some(bad))),
            Refusal::PinForm
        );
    }
    people
        .set_pin(now(), &operator(), &link.id, Some("739104"))
        .expect("set");
    let kept = serde_json::to_string(&*people.book.read()).expect("text");
    assert!(!kept.contains("739104"), "{kept}");
    people
        .set_pin(now(), &operator(), &link.id, None)
        .expect("removed");
    assert_eq!(
        refused(join(&people, now(), &link, Some("739104"))),
        Refusal::PinWrong
    );
}

#[test]
fn revoking_a_link_signs_its_devices_out_at_once_and_no_others() {
    let people = people();
    let (link, other) = (
        team_link(&people, &operator(), "a"),
        team_link(&people, &operator(), "a"),
    );
    let enter = |link: &Link| {
        let joined = join(&people, now(), link, None).expect("waits");
        people
            .let_in(now(), &operator(), &joined.device.id)
            .expect("in");
        joined
    };
    let (device, waiting, stays) = (
        enter(&link),
        join(&people, now(), &link, None).expect("waits"),
        enter(&other),
    );
    let token = people.link_token(&link);
    people
        .revoke_link(now(), &operator(), &link.id)
        .expect("revoked");
    assert_eq!(key_of(&people, now(), &device.session), None);
    assert_eq!(people.who(now(), waiting.session.text()), Known::Nobody);
    assert_eq!(people.link_of(now(), &token), None);
    assert_eq!(refused(people.join(now(), &token, None, "")), Refusal::Link);
    assert!(key_of(&people, now(), &stays.session).is_some());
}

#[test]
fn a_link_and_its_devices_end_with_its_last_day() {
    let people = people();
    let new = NewLink {
        team: None,
        name: "Følgegruppen".to_owned(),
        until: Some("2026-11-10".parse().expect("a day")),
    };
    let link = people.add_link(now(), &operator(), new).expect("a link");
    let joined = join(&people, now(), &link, None).expect("waits");
    people
        .let_in(now(), &operator(), &joined.device.id)
        .expect("in");
    let Known::Person(guest, _) = people.who(now(), joined.session.text()) else {
        panic!("nobody is in");
    };
    assert_eq!((guest.role, guest.teams.len()), (Role::Committee, 0));
    let (during, after) = ("2026-11-09T12:00:00Z", "2026-11-12T12:00:00Z");
    let at = |text: &str| text.parse::<Timestamp>().expect("a moment");
    assert!(key_of(&people, at(during), &joined.session).is_some());
    assert_eq!(key_of(&people, at(after), &joined.session), None);
    assert_eq!(people.link_of(at(after), &people.link_token(&link)), None);
}

#[test]
fn a_new_address_closes_the_old_one_and_leaves_the_devices_in() {
    let people = people();
    let own = coach(&people);
    let link = team_link(&people, &own, "a");
    let joined = join(&people, now(), &link, None).expect("waits");
    people.let_in(now(), &own, &joined.device.id).expect("in");
    let old = people.link_token(&link);
    people.renew_link(now(), &own, &link.id).expect("renewed");
    let link = people.links(now(), &own).remove(0);
    assert_ne!(people.link_token(&link), old);
    assert_eq!(people.link_of(now(), &old), None);
    assert!(people.link_of(now(), &people.link_token(&link)).is_some());
    assert!(key_of(&people, now(), &joined.session).is_some());
}

#[test]
fn no_token_is_accepted_that_the_key_did_not_sign() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    let token = people.link_token(&link);
    let mut other = token.clone();
    let last = other.pop().expect("a letter");
    other.push(if last == 'a' { 'b' } else { 'a' });
    let shorter = token.get(..token.len() - 1).expect("letters");
    let longer = format!("{token}a");
    for forged in [
        other.as_str(),
        shorter,
        &longer,
        &link.id,
        "",
        "æøå",
        &token.to_uppercase(),
    ] {
        assert_eq!(people.link_of(now(), forged), None, "{forged}");
    }
    let elsewhere = self::people();
    team_link(&elsewhere, &operator(), "a");
    assert_eq!(
        elsewhere.link_of(now(), &token),
        None,
        "another installation has another key"
    );
}

#[test]
fn who_may_make_and_change_links_is_decided_by_their_rights() {
    let people = people();
    let own = coach(&people);
    let link = team_link(&people, &operator(), "b");
    let guests = NewLink {
        team: None,
        name: "Gæster".to_owned(),
        until: None,
    };
    assert_eq!(
        refused(people.add_link(now(), &own, guests)),
        Refusal::NotAllowed
    );
    assert_eq!(
        refused(people.set_pin(now(), &own, &link.id, Some("123456"))),
        Refusal::NotAllowed
    );
    assert_eq!(
        refused(people.renew_link(now(), &own, &link.id)),
        Refusal::NotAllowed
    );
    assert_eq!(
        refused(people.revoke_link(now(), &own, &link.id)),
        Refusal::NotAllowed
    );
    assert!(people.links(now(), &own).is_empty());
    assert_eq!(people.links(now(), &operator()).len(), 1);
}

#[test]
fn a_device_that_signs_out_or_is_turned_away_is_forgotten() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    let enter = || {
        let joined = join(&people, now(), &link, None).expect("waits");
        people
            .let_in(now(), &operator(), &joined.device.id)
            .expect("in");
        joined
    };
    let (first, second) = (enter(), enter());
    people
        .sign_out(now(), &Actor::visitor(), first.session.text())
        .expect("out");
    assert_eq!(people.devices(now(), &operator()).len(), 1);
    people
        .turn_away(now(), &operator(), &second.device.id)
        .expect("out");
    assert_eq!(key_of(&people, now(), &second.session), None);
    assert!(people.devices(now(), &operator()).is_empty());
}

#[test]
fn only_so_many_devices_wait_at_a_link() {
    let people = people();
    let link = team_link(&people, &operator(), "a");
    for _ in 0..MOST_WAITING {
        join(&people, now(), &link, None).expect("waits");
    }
    assert_eq!(
        refused(join(&people, now(), &link, None)),
        Refusal::TooManyWaiting
    );
    assert!(
        join(&people, later(DEVICE_WAITS), &link, None).is_ok(),
        "the old ones have gone"
    );
}
