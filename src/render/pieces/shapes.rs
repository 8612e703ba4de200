//! The pieces as templates see them: data, ready to be shown.

use serde::Serialize;

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// Where it is.
    pub url: String,
    /// Its title.
    pub title: String,
    /// *Kort fortalt*.
    pub lead: String,
    /// Its kind.
    pub kind: KindName,
    /// Whether it was invented.
    pub example: bool,
    /// How it stands, in one word and a sign.
    pub state: Option<State>,
    /// The kind's chosen facts.
    pub facts: Vec<CardFact>,
    /// Its team.
    pub team: Option<Named>,
    /// When.
    pub date_text: Option<String>,
    /// Its tags.
    pub tags: Vec<Named>,
    /// Whether it is not public yet; live only.
    pub unfinished: bool,
    /// Who may see it, when that is fewer than the reader would think.
    pub visibility_text: Option<String>,
    /// Why it stands in the start page's list of ideas that spread.
    pub spread_text: Option<String>,
    /// When an offer is.
    pub when_text: Option<String>,
    /// What it waits for.
    pub waiting_text: Option<String>,
}

/// A kind's names.
#[derive(Clone, Debug, Serialize)]
pub struct KindName {
    /// Its key.
    pub key: String,
    /// The name of one.
    pub label: String,
}

/// How a record stands.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// The word.
    pub word: String,
    /// The sign beside it.
    pub sign: Option<String>,
    /// The tone of its colour, which never carries the meaning alone.
    pub tone: &'static str,
}

/// A fact on a card.
#[derive(Clone, Debug, Serialize)]
pub struct CardFact {
    /// The field.
    pub label: String,
    /// Its value.
    pub text: String,
}

/// A name that may lead somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// The name.
    pub title: String,
    /// Where it leads.
    pub url: Option<String>,
}

/// A value as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub url: Option<String>,
    /// A sign beside them.
    pub sign: Option<String>,
}

/// A field of a record with its values.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// The field's key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Its help.
    pub help: Option<String>,
    /// `text`, `long`, `refs` or `table`.
    pub kind: &'static str,
    /// The values.
    pub values: Vec<Shown>,
    /// A long text as HTML.
    pub html: Option<String>,
    /// A table.
    pub table: Option<TableView>,
}

/// A table or list that answers a question, or holds a table field.
#[derive(Clone, Debug, Serialize)]
pub struct TableView {
    /// An id on the page.
    pub id: String,
    /// `liste`, `tabel` or `antal`.
    pub kind: &'static str,
    /// The heading.
    pub heading: Option<String>,
    /// How many fit.
    pub total: usize,
    /// The answer in groups.
    pub groups: Vec<TableGroup>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The answer in one sentence.
    pub sentence: String,
    /// What is said when nothing fits.
    pub empty_text: String,
    /// What is said when more fit than are shown.
    pub more: Option<String>,
}

/// A group of an answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableGroup {
    /// Its title.
    pub title: Option<String>,
    /// As cards.
    pub cards: Vec<Card>,
    /// As rows.
    pub rows: Vec<TableRow>,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct TableRow {
    /// Where its record is.
    pub url: Option<String>,
    /// Its record's title.
    pub title: String,
    /// Whether its record was invented.
    pub example: bool,
    /// The cells.
    pub cells: Vec<Shown>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The field's key.
    pub key: String,
    /// Its label.
    pub label: String,
}

/// Cards under a title.
#[derive(Clone, Debug, Serialize)]
pub struct CardGroup {
    /// The title.
    pub title: String,
    /// The cards.
    pub cards: Vec<Card>,
}

/// A number of something, and where to see it.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// What.
    pub label: String,
    /// How many.
    pub count: usize,
    /// Where.
    pub url: String,
}

/// A problem in a file, for those who can mend it.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// `error`, `warning` or `notice`.
    pub severity: &'static str,
    /// The same in words.
    pub severity_text: &'static str,
    /// The code.
    pub code: &'static str,
    /// What is wrong.
    pub headline: String,
    /// Where in the file.
    pub place: Option<String>,
    /// The file.
    pub path: String,
    /// What to do.
    pub fix: Option<String>,
    /// What happens meanwhile.
    pub until: Option<String>,
    /// The line with a caret under it.
    pub snippet_text: Option<String>,
    /// The page it concerns.
    pub url: Option<String>,
}
