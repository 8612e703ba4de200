//! Kinds and their fields. They are data: the shipped ones stand in `content/_typer/`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::identity::KindKey;
use crate::text::fold::match_key;

/// A kind of record: what it is called, where it lies and which fields it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The key that references, the API and the command line use.
    pub key: KindKey,
    /// The name of one.
    pub name_one: String,
    /// The name of several.
    pub name_many: String,
    /// The folder, which is also the first part of the address.
    pub folder: String,
    /// One sentence about the kind.
    pub description: String,
    /// The headings that a new record begins with.
    pub headings: Vec<String>,
    /// Who begins such records (`skrives_af`), in the words of `udfyldes_af`; everybody who writes
    /// when nobody is named.
    pub written_by: Vec<String>,
    /// Keys of the fields shown on cards and as columns, in order.
    pub card: Vec<Arc<str>>,
    /// The fields: the kind's own first, then the common ones.
    pub fields: Vec<Field>,
    by_name: FxHashMap<String, usize>,
}

/// One field of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key that kaffe writes.
    pub key: Arc<str>,
    /// The label, in the site's language.
    pub label: String,
    /// The question a form asks; the label when there is none.
    pub question: Option<String>,
    /// What its values are.
    pub field_type: FieldType,
    /// Whether it may hold several values.
    pub many: bool,
    /// When it must be filled.
    pub required: Requirement,
    /// The value that holds when none is given.
    pub default: Option<String>,
    /// The least number, length or count.
    pub min: Option<f64>,
    /// The greatest number, length or count.
    pub max: Option<f64>,
    /// What a number counts, shown behind it: *timer*.
    pub unit: Option<String>,
    /// A sentence of help.
    pub help: Option<String>,
    /// Who fills it.
    pub filled_by: Option<String>,
    /// A reference's label seen from the other side.
    pub inverse: Option<String>,
    /// Whether a ring of references over this field is an error.
    pub acyclic: bool,
    /// The name of the built-in calculation that gives the value, which is then never stored.
    pub computed: Option<String>,
    /// Whether the field is one of those that every kind has.
    pub common: bool,
}

/// The closed list of field types.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// `tekst`
    Text,
    /// `langtekst`
    LongText,
    /// `heltal`
    Integer,
    /// `decimal`
    Decimal,
    /// `dato`
    Date,
    /// `periode`
    Period,
    /// `interval`
    Interval,
    /// `ja-nej`
    Flag,
    /// `valg`
    Choice(Arc<Vocabulary>),
    /// `henvisning`
    Reference(Targets),
    /// `telefon`
    Phone,
    /// `mail`
    Mail,
    /// `adresse`
    Address,
    /// `rolle`
    Role,
    /// `tid`
    Time,
    /// `tabel`, with its columns
    Table(Vec<Field>),
}

/// Which kinds a reference may point at.
#[derive(Clone, Debug, PartialEq)]
pub enum Targets {
    /// Every kind.
    Any,
    /// These.
    Kinds(Vec<KindKey>),
}

/// One of the values a field may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value that kaffe writes.
    pub key: Arc<str>,
    /// What people read.
    pub label: String,
    /// A sentence of help.
    pub help: Option<String>,
    /// A sign shown beside the word, never alone.
    pub sign: Option<String>,
    /// Words that people write when they mean it; only a message uses them.
    pub meant_by: Vec<String>,
}

/// The values of a choice, and what one and several of them are called in a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The values in order.
    pub choices: Vec<Choice>,
    /// In Danish: one ("beslutning"), several ("beslutninger").
    pub danish: Option<(String, String)>,
    /// In English: one ("a decision"), several ("decisions").
    pub english: Option<(String, String)>,
}

impl std::ops::Deref for Vocabulary {
    type Target = [Choice];

    fn deref(&self) -> &[Choice] {
        &self.choices
    }
}

/// When a field must be filled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Requirement {
    /// Never.
    #[default]
    No,
    /// Always.
    Yes,
    /// When another field has any value.
    WhenSet(Arc<str>),
    /// When another field has one of these values.
    WhenIs(Arc<str>, Vec<String>),
}

impl FieldType {
    /// The word for the type in kind files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text => "tekst",
            Self::LongText => "langtekst",
            Self::Integer => "heltal",
            Self::Decimal => "decimal",
            Self::Date => "dato",
            Self::Period => "periode",
            Self::Interval => "interval",
            Self::Flag => "ja-nej",
            Self::Choice(_) => "valg",
            Self::Reference(_) => "henvisning",
            Self::Phone => "telefon",
            Self::Mail => "mail",
            Self::Address => "adresse",
            Self::Role => "rolle",
            Self::Time => "tid",
            Self::Table(_) => "tabel",
        }
    }

    /// Whether the value is words that somebody wrote.
    #[must_use]
    pub const fn is_words(&self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::LongText
                | Self::Address
                | Self::Role
                | Self::Time
                | Self::Phone
                | Self::Mail
        )
    }
}

impl Field {
    /// The choice with this key, if the field is a choice.
    #[must_use]
    pub fn choice(&self, key: &str) -> Option<&Choice> {
        match &self.field_type {
            FieldType::Choice(choices) => choices.iter().find(|c| &*c.key == key),
            _ => None,
        }
    }
}

impl Targets {
    /// Whether a record of this kind may be pointed at.
    #[must_use]
    pub fn allow(&self, kind: &KindKey) -> bool {
        match self {
            Self::Any => true,
            Self::Kinds(kinds) => kinds.contains(kind),
        }
    }
}

impl Kind {
    /// Makes a kind; the fields are looked up by key and by label from here on.
    #[must_use]
    pub fn new(key: KindKey, folder: String, fields: Vec<Field>) -> Self {
        let mut by_name = FxHashMap::default();
        // Keys go before labels, so that no label can hide a key.
        for (index, field) in fields.iter().enumerate() {
            by_name.entry(match_key(&field.key)).or_insert(index);
        }
        for (index, field) in fields.iter().enumerate() {
            by_name.entry(match_key(&field.label)).or_insert(index);
        }
        Self {
            name_one: key.to_string(),
            name_many: folder.clone(),
            key,
            folder,
            description: String::new(),
            headings: Vec::new(),
            written_by: Vec::new(),
            card: Vec::new(),
            fields,
            by_name,
        }
    }

    /// The field with this key or label, however it is typed.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.by_name
            .get(&match_key(name))
            .and_then(|&index| self.fields.get(index))
    }

    /// The fields shown on cards and as columns.
    pub fn card_fields(&self) -> impl Iterator<Item = &Field> {
        self.card.iter().filter_map(|key| self.field(key))
    }
}

/// All kinds of a site, in the order of their files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds {
    list: Vec<Arc<Kind>>,
    by_key: FxHashMap<KindKey, usize>,
    by_folder: FxHashMap<String, usize>,
}

impl Kinds {
    /// Adds a kind, or gives it back when its key or its folder is taken.
    ///
    /// # Errors
    /// The kind that could not be added; the caller has the place for a diagnostic.
    pub fn add(&mut self, kind: Kind) -> Result<(), Box<Kind>> {
        if self.by_key.contains_key(&kind.key) || self.by_folder.contains_key(&kind.folder) {
            return Err(Box::new(kind));
        }
        self.by_key.insert(kind.key.clone(), self.list.len());
        self.by_folder.insert(kind.folder.clone(), self.list.len());
        self.list.push(Arc::new(kind));
        Ok(())
    }

    /// Every kind.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.list.iter()
    }

    /// The kind with this key.
    #[must_use]
    pub fn by_key(&self, key: &KindKey) -> Option<&Arc<Kind>> {
        self.by_key.get(key).and_then(|&i| self.list.get(i))
    }

    /// The kind of this folder.
    #[must_use]
    pub fn by_folder(&self, folder: &str) -> Option<&Arc<Kind>> {
        self.by_folder.get(folder).and_then(|&i| self.list.get(i))
    }

    /// The kind that a person means by a word: key, folder, or name in one or many.
    #[must_use]
    pub fn by_word(&self, word: &str) -> Option<&Arc<Kind>> {
        let wanted = match_key(word);
        let names = |k: &Kind| {
            [
                k.key.to_string(),
                k.folder.clone(),
                k.name_one.clone(),
                k.name_many.clone(),
            ]
        };
        self.list
            .iter()
            .find(|k| names(k).iter().any(|name| match_key(name) == wanted))
    }

    /// The place of a kind in the order, for sorting.
    #[must_use]
    pub fn position(&self, key: &KindKey) -> usize {
        self.by_key.get(key).copied().unwrap_or(usize::MAX)
    }
}
