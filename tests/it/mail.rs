//! Letters: written when they are due, kept until a real mail server on this machine has taken them, read back as mail
//! programs read them, and ended with one click. The time is told; nobody sleeps.

mod ending;
mod queue;
mod reading;
mod smtp;
mod words;

use std::{path::PathBuf, sync::Arc};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use kaffe::{
    engine::{Change, Engine},
    mail::{Post, Round, Server},
    model::{Audience, RecordId, Role},
    people::{Account, NewAccount, People, operator},
    site::route::Surface,
};

use self::{
    reading::{Read, read},
    smtp::SmtpServer,
};
use crate::support::{TestSite, public_record, record};

const FROM: &str = "kaffe@kommune.example";
/// When the house begins to send letters, and the first Monday after that.
const BEGUN: &str = "2021-10-25T07:00";
const MONDAY: &str = "2021-11-01T07:00";

fn zone() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").expect("a zone")
}

/// A moment as the clock on a Danish wall shows it.
fn at(local: &str) -> Timestamp {
    let local: DateTime = local.parse().expect("a moment");
    local.to_zoned(zone()).expect("a moment there").timestamp()
}

/// A site with people who want letters, and a mail server.
struct House {
    site: TestSite,
    engine: Arc<Engine>,
    people: Arc<People>,
    smtp: SmtpServer,
    post: Post,
}

/// Two teams, what they try and what they have told.
fn a_site(config: &str) -> TestSite {
    let team = |name: &str| public_record(&format!("titel: {name}"), "Os.");
    let told = "gik_det: det-virkede\nbeslutning: fortsæt\nfra: 2021-09-01\ntil: 2021-10-27";
    TestSite::of(&[
        ("kaffe.yaml", config),
        ("teams/team-a.md", &team("Team Åen")),
        ("teams/team-b.md", &team("Team Bakken")),
        // Two weeks old on Monday, and on Tuesday.
        (
            "proevehandlinger/moden.md",
            &record(
                "titel: Kaffe før hjælp på ældrecentret\nteam: team-a\nfra: 2021-10-18",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/ung.md",
            &record(
                "titel: Ro ved måltidet\nteam: team-a\nfra: 2021-10-19",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/b-ung.md",
            &record(
                "titel: B prøver noget\nteam: team-b\nfra: 2021-10-19",
                "I gang.",
            ),
        ),
        (
            "proevehandlinger/fortalt.md",
            &public_record(
                &format!("titel: Åben dør\nteam: team-a\n{told}"),
                "Det gik.",
            ),
        ),
        (
            "proevehandlinger/internt.md",
            &record(
                &format!("titel: Internt i projektet\nteam: team-a\n{told}"),
                "Det gik.",
            ),
        ),
        (
            "proevehandlinger/hemmelig.md",
            &record(
                &format!("titel: Kun for os selv\nteam: team-a\nsynlighed: team\n{told}"),
                "Det gik.",
            ),
        ),
    ])
}

const CONFIG: &str = "titel: Kaffe på Ærø\nadresse: https://kaffe.example\n";

impl House {
    fn open() -> Self {
        Self::of(a_site(CONFIG), Audience::Project)
    }

    fn of(site: TestSite, audience: Audience) -> Self {
        let engine = site.engine(audience, Surface::Live);
        let data = site.beside(".kaffe");
        let people = Arc::new(People::open(Some(&data), at(BEGUN)).expect("people"));
        let smtp = SmtpServer::start();
        let post = post(&engine, &people, data, &smtp.url());
        let house = Self {
            site,
            engine,
            people,
            smtp,
            post,
        };
        assert_eq!(
            house.round(BEGUN),
            Round::default(),
            "nothing before the first day"
        );
        house
    }

    /// An account that wants letters; its address is its name's.
    fn reader(&self, name: &str, role: Role, teams: &[&str]) -> Account {
        let mail = format!("{}@kommune.example", name.to_lowercase());
        let new = NewAccount {
            name: name.to_owned(),
            role,
            teams: teams.iter().map(|team| RecordId::new(team)).collect(),
            mail: None,
            password: None,
        };
        let account = self
            .people
            .add_account(at(BEGUN), &operator(), new)
            .expect("an account");
        self.people
            .set_own_digest(at(BEGUN), &account.actor(), Some(&mail), true)
            .expect("wished for");
        self.account(name)
    }

    fn account(&self, name: &str) -> Account {
        self.people.account(name).expect("an account")
    }

    /// Everything that is due at a moment of the wall's clock; the site's day is that of the moment.
    fn round(&self, now: &str) -> Round {
        self.round_of(&self.post, now)
    }

    /// The same by another process.
    fn round_of(&self, post: &Post, now: &str) -> Round {
        let day = now
            .split('T')
            .next()
            .expect("a day")
            .parse()
            .expect("a day");
        self.engine.apply(vec![Change::Today(day)]).expect("a day");
        post.round(at(now), &zone()).expect("a round")
    }

    /// The letters that have come, by receiver.
    fn letters(&self) -> Vec<(String, Read)> {
        let mut all: Vec<(String, Read)> = self
            .smtp
            .letters()
            .into_iter()
            .map(|taken| {
                assert_eq!(taken.from, FROM);
                assert_eq!(taken.to.len(), 1, "a letter has one receiver");
                (taken.to[0].clone(), read(&taken.text))
            })
            .collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    /// The one letter that has come.
    #[track_caller]
    fn letter(&self) -> Read {
        let mut all = self.letters();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0).1
    }

    fn receivers(&self) -> Vec<String> {
        self.letters().into_iter().map(|(to, _)| to).collect()
    }

    fn queue_file(&self) -> PathBuf {
        self.site.beside(".kaffe").join("post.json")
    }

    /// Another process over the same folder.
    fn again(&self) -> Post {
        let data = self.site.beside(".kaffe");
        post(&self.engine, &self.people, data, &self.smtp.url())
    }
}

fn post(engine: &Arc<Engine>, people: &Arc<People>, data: PathBuf, url: &str) -> Post {
    let server = Server::new(url, None, FROM).expect("a server");
    Post::new(
        Arc::clone(engine),
        Arc::clone(people),
        data,
        server,
        FROM.to_owned(),
    )
    .expect("a post office")
}
