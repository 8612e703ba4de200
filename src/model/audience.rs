//! Who may see what. The only place where that is decided.

use super::identity::RecordId;

/// What the writer of a record has allowed (`synlighed`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// The record's team and its coach.
    Team,
    /// Everybody in the project; what holds when nothing is said.
    #[default]
    Project,
    /// The world, once a second person has read it.
    Public,
}

/// Whether a second person has read the record (`gennemgang`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Review {
    /// Nobody has; what holds when nothing is said.
    #[default]
    NotYet,
    /// The writer thinks that it is ready.
    Ready,
    /// A second person has approved it.
    Approved,
}

/// For whom a view of the site is made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Anybody: public records only.
    Public,
    /// Anybody in the project.
    Project,
    /// The members and coaches of these teams.
    Teams(Vec<RecordId>),
    /// Whoever looks after the whole site.
    All,
}

impl Audience {
    /// The word for it in data and addresses.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Public => "offentlig",
            Self::Project => "projekt",
            Self::Teams(_) => "team",
            Self::All => "alt",
        }
    }

    /// The audience of whoever belongs to some teams; of nobody's teams it is the project.
    #[must_use]
    pub fn of_teams(teams: impl IntoIterator<Item = RecordId>) -> Self {
        let mut teams: Vec<RecordId> = teams.into_iter().collect();
        teams.sort_unstable();
        teams.dedup();
        if teams.is_empty() {
            Self::Project
        } else {
            Self::Teams(teams)
        }
    }

    /// Whether this audience may know that a record with these marks exists.
    #[must_use]
    pub fn sees(&self, visibility: Visibility, review: Review, team: Option<&RecordId>) -> bool {
        let public = visibility == Visibility::Public && review == Review::Approved;
        match self {
            Self::Public => public,
            Self::Project => visibility != Visibility::Team,
            Self::Teams(own) => {
                visibility != Visibility::Team || team.is_some_and(|team| own.contains(team))
            }
            Self::All => true,
        }
    }
}

impl Visibility {
    /// The value as it is written in a record.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Project => "projekt",
            Self::Public => "offentlig",
        }
    }

    /// Reads a value as it matches in a record.
    #[must_use]
    pub fn from_key(folded: &str) -> Option<Self> {
        match folded {
            "team" => Some(Self::Team),
            "projekt" => Some(Self::Project),
            "offentlig" => Some(Self::Public),
            _ => None,
        }
    }
}

impl Review {
    /// The value as it is written in a record.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotYet => "ikke-endnu",
            Self::Ready => "klar",
            Self::Approved => "godkendt",
        }
    }

    /// Reads a value as it matches in a record.
    #[must_use]
    pub fn from_key(folded: &str) -> Option<Self> {
        match folded {
            "ikkeendnu" | "kladde" => Some(Self::NotYet),
            "klar" => Some(Self::Ready),
            "godkendt" => Some(Self::Approved),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_needs_both_the_writer_and_a_reader() {
        let seen = |v, r| Audience::Public.sees(v, r, None);
        assert!(seen(Visibility::Public, Review::Approved));
        assert!(!seen(Visibility::Public, Review::Ready));
        assert!(!seen(Visibility::Project, Review::Approved));
        assert!(!seen(Visibility::Team, Review::Approved));
    }

    #[test]
    fn a_team_sees_its_own_and_not_another_teams() {
        let (own, other) = (RecordId::new("a"), RecordId::new("b"));
        let audience = Audience::of_teams([own.clone()]);
        assert!(audience.sees(Visibility::Team, Review::NotYet, Some(&own)));
        assert!(!audience.sees(Visibility::Team, Review::NotYet, Some(&other)));
        assert!(!Audience::Project.sees(Visibility::Team, Review::NotYet, Some(&own)));
        assert!(!audience.sees(Visibility::Team, Review::NotYet, None));
        assert!(Audience::All.sees(Visibility::Team, Review::NotYet, Some(&other)));
        assert_eq!(Audience::of_teams([]), Audience::Project);
    }
}
