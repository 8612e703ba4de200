use super::*;
use crate::people::Deed;

#[test]
fn a_new_password_or_shutting_out_ends_every_session_of_the_account_and_no_other() {
    let people = people();
    let vera = add(&people, "Vera", Role::Analyst, &[]);
    add(&people, "Bo", Role::Coach, &["a"]);
    let token = |at, name| sign_in(&people, at, name, PASSWORD).expect("signed in");
    let (phone, office, bos) = (
        token(now(), "Vera"),
        token(now(), "Vera"),
        token(now(), "Bo"),
    );
    let new = people
        .change_own_password(now(), &vera, PASSWORD, "et helt andet kodeord", "Firefox")
        .expect("changed");
    assert_eq!(key_of(&people, now(), &phone), None);
    assert_eq!(key_of(&people, now(), &office), None);
    assert!(
        key_of(&people, now(), &new).is_some(),
        "whoever changed it goes on"
    );
    assert_eq!(
        refused(sign_in(&people, now(), "Vera", PASSWORD)),
        Refusal::SignIn
    );

    people
        .set_disabled(now(), &operator(), "Vera", true)
        .expect("shut out");
    assert_eq!(key_of(&people, now(), &new), None);
    let after = later(SignedDuration::from_mins(5));
    assert_eq!(
        refused(sign_in(&people, after, "Vera", "et helt andet kodeord")),
        Refusal::SignIn
    );
    people
        .set_disabled(now(), &operator(), "Vera", false)
        .expect("let in");
    assert_eq!(
        key_of(&people, now(), &new),
        None,
        "an old session does not come back"
    );
    assert!(key_of(&people, now(), &bos).is_some());
}

#[test]
fn ones_own_password_is_changed_only_with_the_old_one_which_cannot_be_guessed_at() {
    let people = people();
    let vera = add(&people, "Vera", Role::Analyst, &[]);
    let change = |old, new| people.change_own_password(now(), &vera, old, new, "");
    assert_eq!(
        refused(change("forkert", "et helt andet kodeord")),
        Refusal::SignIn
    );
    assert_eq!(refused(change(PASSWORD, "kort")), Refusal::PasswordLength);
    for _ in 0..3 {
        assert_eq!(
            refused(change("forkert", "et helt andet kodeord")),
            Refusal::SignIn
        );
    }
    assert!(matches!(
        refused(change(PASSWORD, "et helt andet kodeord")),
        Refusal::TooMany(_)
    ));
    let nobody = people.change_own_password(now(), &Actor::visitor(), PASSWORD, "x", "");
    assert_eq!(refused(nobody), Refusal::NotAllowed);
}

#[test]
fn only_an_admin_makes_and_changes_accounts() {
    let people = people();
    add(&people, "Vera", Role::Analyst, &[]);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Admin) {
        let by = add(&people, role.key(), role, &["a"]);
        let new = NewAccount {
            name: "Ny".to_owned(),
            role: Role::Admin,
            teams: Vec::new(),
            mail: None,
            password: None,
        };
        let tries = [
            people.add_account(now(), &by, new).map(|_| ()),
            people.set_role(now(), &by, role.key(), Role::Admin, Vec::new()),
            people.set_password(now(), &by, "Vera", "et helt andet kodeord"),
            people.renew_password(now(), &by, "Vera").map(|_| ()),
            people.set_disabled(now(), &by, "Vera", true),
            people.add_token(now(), &by, "Vera").map(|_| ()),
        ];
        for tried in tries {
            assert_eq!(refused(tried), Refusal::NotAllowed, "{role:?}");
        }
    }
    assert!(people.account("Ny").is_none());
}

#[test]
fn a_name_is_one_account_however_it_is_spelled() {
    let people = people();
    add(&people, "Åse Ø", Role::Coach, &["a"]);
    let new = |name: &str| NewAccount {
        name: name.to_owned(),
        role: Role::Reader,
        teams: Vec::new(),
        mail: None,
        password: None,
    };
    let add = |name: &str| people.add_account(now(), &operator(), new(name));
    assert_eq!(refused(add("åse  ø")), Refusal::Taken);
    assert_eq!(refused(add("Aase-Oe")), Refusal::Taken);
    assert_eq!(refused(add(" ")), Refusal::Name);
    assert_eq!(refused(add("-- !")), Refusal::Name);
    assert_eq!(refused(add(&"x".repeat(81))), Refusal::Name);
    assert!(sign_in(&people, now(), "AASE OE", PASSWORD).is_ok());
}

#[test]
fn what_an_account_is_is_looked_up_at_every_request() {
    let people = people();
    add(&people, "Vera", Role::Admin, &[]);
    let token = sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    let role = || match people.who(now(), token.text()) {
        Known::Person(actor, _) => actor.role,
        other => panic!("{other:?}"),
    };
    assert_eq!(role(), Role::Admin);
    people
        .set_role(now(), &operator(), "Vera", Role::Reader, Vec::new())
        .expect("changed");
    assert_eq!(role(), Role::Reader);
}

#[test]
fn a_programs_token_works_until_it_is_revoked_or_its_account_is_shut_out() {
    let people = people();
    add(&people, "Robot", Role::Team, &["a"]);
    let token = people
        .add_token(now(), &operator(), "robot")
        .expect("a token");
    let other = people
        .add_token(now(), &operator(), "robot")
        .expect("a token");
    let who = |token: &Secret| people.bearer(token.text()).and_then(|actor| actor.key);
    assert_eq!(who(&token).as_deref(), Some("konto:robot"));
    assert_eq!(
        people.who(now(), token.text()),
        Known::Nobody,
        "it is no session"
    );
    let account = people.account("robot").expect("an account");
    people
        .revoke_token(now(), &operator(), &account.tokens()[0].id)
        .expect("revoked");
    assert_eq!(who(&token), None);
    assert!(who(&other).is_some());
    people
        .set_disabled(now(), &operator(), "robot", true)
        .expect("shut out");
    assert_eq!(who(&other), None);
    assert_eq!(people.bearer(""), None);
}

#[test]
fn a_trusted_proxy_names_an_account_or_a_reader_and_nobody_who_is_shut_out() {
    let people = people();
    add(&people, "vera@eksempel.dk", Role::Editor, &[]);
    let role = |name: &str| people.vouched(name).map(|actor| actor.role);
    assert_eq!(role("Vera@eksempel.dk"), Some(Role::Editor));
    assert_eq!(role("ny@eksempel.dk"), Some(Role::Reader));
    assert_eq!(role(" "), None);
    people
        .set_disabled(now(), &operator(), "vera@eksempel.dk", true)
        .expect("shut out");
    assert_eq!(role("vera@eksempel.dk"), None);
}

#[test]
fn the_weekly_letter_is_ones_own_choice() {
    let people = people();
    let vera = add(&people, "Vera", Role::Analyst, &[]);
    let wants = || {
        people
            .account("vera")
            .map(|account| (account.mail, account.digest))
    };
    let set = |mail, digest| people.set_own_digest(now(), &vera, mail, digest);
    set(Some(" vera@eksempel.dk "), true).expect("set");
    assert_eq!(wants(), Some((Some("vera@eksempel.dk".to_owned()), true)));
    for bad in [
        "vera",
        "vera@",
        "@eksempel.dk",
        "a b@eksempel.dk",
        "a@b\r\nBcc: c@d.dk",
        "a@b.dk,c@d.dk",
        "<a@b.dk>",
    ] {
        assert_eq!(refused(set(Some(bad), true)), Refusal::Mail, "{bad}");
    }
    people.stop_digest(now(), "vera").expect("stopped");
    assert_eq!(wants(), Some((Some("vera@eksempel.dk".to_owned()), false)));
    set(None, true).expect("set");
    assert_eq!(wants(), Some((None, false)), "no letter without an address");
}

#[test]
fn the_log_knows_who_wrote_last_and_forgets_after_ninety_days() {
    let people = people();
    let (vera, bo) = (
        add(&people, "Vera", Role::Editor, &[]),
        add(&people, "Bo", Role::Team, &["a"]),
    );
    let last = |at, path: &str| people.last_writer(at, path).expect("asked");
    let note = |at, actor, deed, path: &str| people.audit(at, actor, deed, path).expect("noted");
    assert_eq!(last(now(), "ideer/a.md"), None);
    note(now(), &bo, Deed::Wrote, "ideer/a.md");
    note(now(), &vera, Deed::Wrote, "ideer/b.md");
    note(now(), &vera, Deed::Approved, "ideer/a.md");
    assert_eq!(last(now(), "ideer/a.md").as_deref(), Some("konto:bo"));
    note(now(), &vera, Deed::Wrote, "ideer/a.md");
    assert_eq!(last(now(), "ideer/a.md").as_deref(), Some("konto:vera"));
}

#[test]
fn the_log_never_holds_what_somebody_typed_in_the_wrong_field() {
    let people = people();
    add(&people, "Vera", Role::Editor, &[]);
    let wrong = sign_in(&people, now(), "mit hemmelige kodeord", PASSWORD);
    assert_eq!(refused(wrong), Refusal::SignIn);
    sign_in(&people, now(), "Vera", PASSWORD).expect("signed in");
    let text = format!("{:?}", people.entries(now()).expect("entries"));
    assert!(
        text.contains("RefusedSignIn") && text.contains("SignedIn"),
        "{text}"
    );
    assert!(
        !text.contains("hemmelige") && !text.contains("æbler"),
        "{text}"
    );
}
