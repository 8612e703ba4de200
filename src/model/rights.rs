//! Who may do what. The only place where that is decided; what may be *seen* is [`Audience`]'s.

use super::{
    audience::Audience,
    identity::RecordId,
    kind::{Field, Kind},
    record::Record,
};

/// What somebody is in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Reads.
    Reader,
    /// A care worker: writes for the own team.
    Team,
    /// Follows some teams, and writes as they do.
    Coach,
    /// VIVE: codes, judges and criticises.
    Analyst,
    /// The coordinator: everything, and says good for texts.
    Editor,
    /// A guest of the følgegruppe: comments.
    Committee,
    /// Sees sums, never a single team's doings.
    Leader,
    /// Looks after accounts and links.
    Admin,
}

/// Somebody who asks for a page or wants to write, as far as kaffe knows them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// Who, for the audit log and for telling writer from approver: `konto:…`, `enhed:…`; nothing
    /// for a visitor. Never shown and never written to content or history.
    pub key: Option<String>,
    /// What they are called on the page: a team's name or an account's.
    pub name: String,
    /// What they are; a visitor reads.
    pub role: Role,
    /// The teams that they belong to or follow.
    pub teams: Vec<RecordId>,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::Reader,
        Self::Team,
        Self::Coach,
        Self::Analyst,
        Self::Editor,
        Self::Committee,
        Self::Leader,
        Self::Admin,
    ];

    /// The word for it in data and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Team => "team",
            Self::Coach => "coach",
            Self::Analyst => "analyst",
            Self::Editor => "editor",
            Self::Committee => "committee",
            Self::Leader => "leader",
            Self::Admin => "admin",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

impl Actor {
    /// Somebody who has not signed in.
    #[must_use]
    pub const fn visitor() -> Self {
        Self {
            key: None,
            name: String::new(),
            role: Role::Reader,
            teams: Vec::new(),
        }
    }

    /// Whether they have signed in.
    #[must_use]
    pub const fn is_signed_in(&self) -> bool {
        self.key.is_some()
    }

    /// The key of their account, when they have one.
    #[must_use]
    pub fn account_key(&self) -> Option<&str> {
        self.key.as_deref()?.strip_prefix("konto:")
    }

    /// The team that they write for, when there is one.
    #[must_use]
    pub fn own_team(&self) -> Option<&RecordId> {
        match self.teams.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What they may see, where a visitor sees `open`.
    #[must_use]
    pub fn audience(&self, open: &Audience) -> Audience {
        match self.role {
            _ if !self.is_signed_in() => open.clone(),
            // Guests of the følgegruppe are not in the project.
            Role::Committee => open.clone(),
            Role::Admin => Audience::All,
            _ => Audience::of_teams(self.teams.iter().cloned()),
        }
    }

    /// Two people of one class get the same pages: everything that a page may depend on.
    #[must_use]
    pub fn class(&self) -> String {
        if !self.is_signed_in() {
            return String::new();
        }
        let teams: Vec<&str> = self.teams.iter().map(RecordId::as_str).collect();
        format!("{}:{}", self.role.key(), teams.join(","))
    }

    /// Whether they may write anything at all.
    #[must_use]
    pub const fn may_write(&self) -> bool {
        self.is_signed_in()
            && matches!(
                self.role,
                Role::Team | Role::Coach | Role::Analyst | Role::Editor | Role::Admin
            )
    }

    /// Whether they may begin a record of a kind.
    #[must_use]
    pub fn may_create(&self, kind: &Kind) -> bool {
        match self.role {
            _ if is_comment(kind) => self.may_comment(),
            _ if !self.may_write() => false,
            Role::Editor | Role::Admin => true,
            Role::Analyst => is_written_by(kind, "vive"),
            _ => is_written_by(kind, "team"),
        }
    }

    /// Whether they may change a record at all.
    #[must_use]
    pub fn may_edit(&self, record: &Record) -> bool {
        match self.role {
            _ if !self.may_write() => false,
            Role::Editor | Role::Admin | Role::Analyst => true,
            _ => self.may_create(&record.kind) && self.is_of_team(record.team.as_ref()),
        }
    }

    /// Whether they may add a new record: to their own team, or, when it is a comment, to what anybody wrote.
    #[must_use]
    pub fn may_add(&self, record: &Record) -> bool {
        self.may_create(&record.kind) && (is_comment(&record.kind) || self.may_edit(record))
    }

    /// Whether they may change the words of a record, and not only answer to it: a comment is its writer's.
    #[must_use]
    pub fn may_reword(&self, record: &Record) -> bool {
        match self.role {
            Role::Editor | Role::Admin => true,
            Role::Analyst => is_written_by(&record.kind, "vive"),
            _ => !is_comment(&record.kind),
        }
    }

    /// Whether they may delete a record, or bring a deleted one back.
    #[must_use]
    pub fn may_delete(&self, record: &Record) -> bool {
        match self.role {
            Role::Analyst => is_written_by(&record.kind, "vive"),
            _ => self.may_edit(record) && self.may_reword(record),
        }
    }

    /// Whether they may fill a field of a record of a kind, where the record is theirs to change.
    #[must_use]
    pub fn may_fill(&self, field: &Field, kind: &Kind) -> bool {
        let whose = field.filled_by.as_deref().unwrap_or("koordinator");
        match self.role {
            _ if !self.may_write() => false,
            Role::Editor | Role::Admin => true,
            // What a team writes of itself is the team's; VIVE adds to it.
            Role::Analyst => {
                whose == "vive"
                    || is_written_by(kind, "vive") && matches!(whose, "team" | "automatisk")
            }
            Role::Coach => matches!(whose, "team" | "coach" | "vive" | "automatisk"),
            _ => matches!(whose, "team" | "automatisk"),
        }
    }

    /// Whether they may say good for a text. That it is not their own is checked where it is known.
    #[must_use]
    pub const fn may_approve(&self) -> bool {
        self.is_signed_in() && matches!(self.role, Role::Editor | Role::Admin)
    }

    /// Whether they may comment.
    #[must_use]
    pub const fn may_comment(&self) -> bool {
        self.is_signed_in() && !matches!(self.role, Role::Reader | Role::Leader)
    }

    /// Whether they may look after people and links: all of them, or those of their own teams.
    #[must_use]
    pub const fn may_manage_people(&self) -> bool {
        self.is_signed_in() && matches!(self.role, Role::Admin | Role::Editor | Role::Coach)
    }

    /// Whether they may make accounts and say what each of them is.
    #[must_use]
    pub const fn may_manage_accounts(&self) -> bool {
        self.is_signed_in() && matches!(self.role, Role::Admin)
    }

    /// Whether they may look after the link of a team, or, without one, that of the følgegruppe.
    #[must_use]
    pub fn may_manage_link(&self, team: Option<&RecordId>) -> bool {
        match self.role {
            _ if !self.is_signed_in() => false,
            Role::Admin | Role::Editor => true,
            Role::Coach => team.is_some_and(|team| self.teams.contains(team)),
            _ => false,
        }
    }

    /// Whether they see which teams ask for help and what stands still.
    #[must_use]
    pub const fn sees_coachs_page(&self) -> bool {
        self.is_signed_in() && matches!(self.role, Role::Coach | Role::Editor | Role::Admin)
    }

    /// Whether they may follow what single teams are in the middle of: leaders see sums, never a
    /// single team's doings.
    #[must_use]
    pub const fn follows_teams(&self) -> bool {
        !self.is_signed_in() || !matches!(self.role, Role::Leader)
    }

    /// Whether a team is theirs; what belongs to no team is everybody's.
    #[must_use]
    pub fn is_of_team(&self, team: Option<&RecordId>) -> bool {
        team.is_none_or(|team| self.teams.contains(team))
    }
}

/// Comments are written to others, and answered by those.
fn is_comment(kind: &Kind) -> bool {
    kind.key.as_str() == "feedback"
}

/// Whether records of a kind are begun by a role.
fn is_written_by(kind: &Kind, role: &str) -> bool {
    kind.written_by.is_empty() || kind.written_by.iter().any(|known| known == role)
}
