//! The secret address of a team's calendar: calendar programs cannot sign in. It is signed with the team's link, and dies
//! with it or with its renewal.

use jiff::Timestamp;

use super::{Link, People, book::Book, secret};
use crate::model::{Actor, RecordId, Role};

/// Letters of a link's id, at the beginning of its token.
const ID: usize = 8;

impl People {
    /// The calendars of somebody's teams, by team and token; of a team without a link there is none.
    #[must_use]
    pub fn calendars(&self, now: Timestamp, by: &Actor) -> Vec<(RecordId, String)> {
        let is_of_teams = !matches!(by.role, Role::Committee | Role::Leader | Role::Reader);
        if !by.is_signed_in() || !is_of_teams {
            return Vec::new();
        }
        let book = self.book.read();
        let of = |team: &RecordId| {
            let mut links = book.links.iter();
            let link = links.find(|link| link.is_open(now) && link.team() == Some(team))?;
            Some((team.clone(), token(&book, link)))
        };
        by.teams.iter().filter_map(of).collect()
    }

    /// Whoever reads the calendar of a token, while its link works: somebody of the team.
    #[must_use]
    pub fn calendar_reader(&self, now: Timestamp, asked: &str) -> Option<(RecordId, Actor)> {
        let book = self.book.read();
        let link = book.link(asked.get(..ID)?)?;
        let team = link.team()?.clone();
        if !link.is_open(now) || !secret::is_same(&token(&book, link), asked) {
            return None;
        }
        let reader = Actor {
            key: Some(format!("kalender:{}", link.id)),
            name: link.name.clone(),
            role: Role::Team,
            teams: link.teams.clone(),
        };
        Some((team, reader))
    }
}

fn token(book: &Book, link: &Link) -> String {
    let name = format!("kalender/{}/{}", link.id, link.turn);
    format!("{}{}", link.id, secret::sign(&book.link_key, &name))
}
