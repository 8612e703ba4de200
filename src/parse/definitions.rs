//! All definition files of a content folder to [`Definitions`].
//!
//! Where the folder has no kinds of its own, the shipped ones hold, so that any folder of Markdown
//! is a site.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    kind::{self, Vocabularies, choices},
    settings::{self, Settings},
    yaml::{Node, PlacedNode},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{
        Chapter, Choice, Definitions, Field, Kind, KindKey, Kinds, Placed, Publication, Purpose,
        Reading, RecordId, SiteConfig, SourcePath, Vocabulary,
    },
    text::{
        Lang,
        fold::{match_key, slug},
        likeness::nearest,
    },
};

/// The folder of kind files.
pub const KINDS_FOLDER: &str = "_typer";
/// The folder of vocabularies.
pub const WORDS_FOLDER: &str = "_ord";
/// The folder of publications.
pub const PUBLICATIONS_FOLDER: &str = "_udgivelser";
/// The site's own file.
pub const CONFIG_FILE: &str = "kaffe.yaml";
/// The fields that every kind has.
const COMMON_FIELDS: &str = "_faelles";
/// Words that mean the same.
const SYNONYMS: &str = "synonymer";

/// A definition file: its place and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct DefinitionFile {
    /// Where it lies.
    pub path: SourcePath,
    /// What stands in it.
    pub text: Arc<str>,
}

/// Whether a file defines the site rather than holding a record.
#[must_use]
pub fn is_definition(path: &SourcePath) -> bool {
    let yaml = matches!(path.extension().as_str(), "yaml" | "yml");
    let folder = [KINDS_FOLDER, WORDS_FOLDER, PUBLICATIONS_FOLDER]
        .iter()
        .any(|f| path.is_within(f));
    yaml && (folder || path.as_str() == CONFIG_FILE)
}

/// Reads all definition files; `shipped` fills in what the folder does not define at all.
#[must_use]
pub fn read(
    files: &[DefinitionFile],
    shipped: &[DefinitionFile],
) -> (Definitions, Vec<Diagnostic>) {
    let mut out = Vec::new();
    let own_kinds = files.iter().any(|f| f.path.is_within(KINDS_FOLDER));
    let mut all: Vec<&DefinitionFile> = files.iter().collect();
    if !own_kinds {
        // The site's own words may still replace a shipped vocabulary of the same name.
        let kept = |f: &&DefinitionFile| {
            f.path.is_within(KINDS_FOLDER)
                || (f.path.is_within(WORDS_FOLDER) && !files.iter().any(|own| own.path == f.path))
        };
        all.extend(shipped.iter().filter(kept));
    }
    let config = all
        .iter()
        .find(|f| f.path.as_str() == CONFIG_FILE)
        .map_or_else(SiteConfig::default, |f| config(f, &mut out));
    let (mut vocabularies, synonyms) = vocabularies(&all, &mut out);
    if !config.areas.is_empty() {
        vocabularies.insert(match_key("område"), Arc::clone(&config.areas));
    }
    vocabularies.entry(match_key("område")).or_default();
    let kinds = kinds(&all, &vocabularies, &mut out);
    let publications = all
        .iter()
        .filter(|f| f.path.is_within(PUBLICATIONS_FOLDER))
        .filter_map(|f| publication(f, &kinds, &mut out))
        .collect();
    (
        Definitions {
            config,
            kinds,
            vocabularies,
            publications,
            synonyms,
        },
        out,
    )
}

fn kinds(
    files: &[&DefinitionFile],
    vocabularies: &Vocabularies,
    out: &mut Vec<Diagnostic>,
) -> Kinds {
    let kind_files = || files.iter().filter(|f| f.path.is_within(KINDS_FOLDER));
    let mut common: Vec<Field> = Vec::new();
    for file in kind_files().filter(|f| f.path.stem() == COMMON_FIELDS) {
        if let Some(node) = node_of(file, Code::K501, out) {
            let settings = Settings::of(file.path.as_str(), &node, Code::K501, out);
            common = kind::fields(
                file.path.as_str(),
                settings.items("felter"),
                vocabularies,
                out,
            );
            settings.finish(out);
        }
    }
    let mut kinds = Kinds::default();
    let mut first_files: Vec<(KindKey, &SourcePath)> = Vec::new();
    for file in kind_files().filter(|f| f.path.stem() != COMMON_FIELDS) {
        let Some(node) = node_of(file, Code::K501, out) else {
            continue;
        };
        let Some(kind) = kind::read(file.path.as_str(), &node, &common, vocabularies, out) else {
            continue;
        };
        let key = kind.key.clone();
        match kinds.add(kind) {
            Ok(()) => first_files.push((key, &file.path)),
            Err(twin) => {
                let first = kinds
                    .by_key(&twin.key)
                    .or_else(|| kinds.by_folder(&twin.folder))
                    .map(|k| k.key.clone());
                let other = first_files
                    .iter()
                    .find(|(key, _)| Some(key) == first.as_ref())
                    .map(|(_, path)| path.as_str());
                out.push(twin_kind(
                    file,
                    &node,
                    &twin,
                    kinds.by_key(&twin.key).is_some(),
                    other,
                ));
            }
        }
    }
    if kinds.by_key(&KindKey::new("side")).is_none() {
        // Every site has pages: a Markdown file in no kind's folder is one.
        let mut side = Kind::new(KindKey::new("side"), "sider".to_owned(), common);
        (side.name_one, side.name_many) = ("Side".to_owned(), "Sider".to_owned());
        let _ = kinds.add(side);
    }
    kinds
}

fn twin_kind(
    file: &DefinitionFile,
    node: &PlacedNode,
    twin: &Kind,
    same_key: bool,
    other: Option<&str>,
) -> Diagnostic {
    let (da, en, value) = if same_key {
        ("nøgle", "key", twin.key.as_str())
    } else {
        ("mappe", "folder", twin.folder.as_str())
    };
    let place = match &node.value {
        Node::Map(entries) => entries
            .iter()
            .find(|(key, _)| match_key(&key.value) == match_key(da))
            .map(|(_, value)| value.span),
        _ => None,
    };
    let mut problem = Diagnostic::new(Code::K504, file.path.as_str())
        .at(place)
        .arg_in("what", da, en)
        .arg("value", value);
    if let Some(other) = other {
        problem = problem.arg("other", other).arg("shown", other);
    }
    problem
}

fn node_of(file: &DefinitionFile, code: Code, out: &mut Vec<Diagnostic>) -> Option<PlacedNode> {
    match settings::read_file(file.path.as_str(), &file.text, code) {
        Ok(node) => Some(node),
        Err(problem) => {
            out.push(*problem);
            None
        }
    }
}

fn vocabularies(
    files: &[&DefinitionFile],
    out: &mut Vec<Diagnostic>,
) -> (Vocabularies, Vec<Vec<String>>) {
    let (mut words, mut synonyms) = (Vocabularies::default(), Vec::new());
    for file in files.iter().filter(|f| f.path.is_within(WORDS_FOLDER)) {
        let path = file.path.as_str();
        let Some(node) = node_of(file, Code::K501, out) else {
            continue;
        };
        let settings = Settings::of(path, &node, Code::K501, out);
        if file.path.stem() == SYNONYMS {
            for group in settings.items("synonymer") {
                synonyms.push(
                    group
                        .value
                        .word_list()
                        .into_iter()
                        .map(str::to_owned)
                        .collect(),
                );
            }
        } else {
            let list = choices(path, settings.items("værdier"), Code::K501, out);
            let nouns = |key: &'static str| match settings.list(key).as_slice() {
                [one, many] => Some((one.value.clone(), many.value.clone())),
                _ => None,
            };
            let vocabulary = Vocabulary {
                choices: list,
                danish: nouns("ord"),
                english: nouns("ord_en"),
            };
            words.insert(match_key(file.path.stem()), Arc::new(vocabulary));
            let _ = settings.words("navn");
        }
        let _ = settings.words("beskrivelse");
        settings.finish(out);
    }
    (words, synonyms)
}

fn config(file: &DefinitionFile, out: &mut Vec<Diagnostic>) -> SiteConfig {
    let path = file.path.as_str();
    let Some(node) = node_of(file, Code::K505, out) else {
        return SiteConfig::default();
    };
    let settings = Settings::of(path, &node, Code::K505, out);
    let mut config = SiteConfig {
        title: settings
            .words("titel")
            .unwrap_or_else(|| "kaffe".to_owned()),
        ..SiteConfig::default()
    };
    config.subtitle = settings.words("undertitel").unwrap_or_default();
    let one_of = |key: &'static str, known: &[&str], out: &mut Vec<Diagnostic>| -> Option<usize> {
        let node = settings.node(key)?;
        let written = match_key(node.value.as_words().unwrap_or_default());
        let found = known.iter().position(|k| match_key(k) == written);
        if found.is_none() {
            let words = node.value.as_words().unwrap_or_default();
            let near = nearest(words, known.iter().copied()).map(str::to_owned);
            out.push(
                settings
                    .unknown(node.span, words)
                    .with_choices(known.iter().copied())
                    .with_suggestion(near),
            );
        }
        found
    };
    if one_of("sprog", &["da", "en"], out) == Some(1) {
        config.lang = Lang::En;
    }
    if one_of("slags", &["demo", "drift"], out) == Some(1) {
        config.purpose = Purpose::Operation;
    }
    config.reading = match one_of("læsning", &["offentlig", "projekt", "login"], out) {
        Some(0) => Some(Reading::Public),
        Some(1) => Some(Reading::Project),
        Some(2) => Some(Reading::Login),
        _ => None,
    };
    config.base_url = web_address(&settings, "adresse", out);
    config.was_url = web_address(&settings, "was_url", out);
    config.municipality = settings.words("kommune");
    config.areas = Arc::new(Vocabulary {
        choices: areas(path, settings.items("områder"), out),
        ..Vocabulary::default()
    });
    config.menu = settings
        .list("menu")
        .iter()
        .map(|k| KindKey::new(&k.value))
        .collect();
    config.contact = settings.words("kontakt");
    config.licence = settings.words("licens");
    if let Some(Placed {
        value: Node::Map(entries),
        ..
    }) = settings.node("standard")
    {
        let words = |(k, v): &(Placed<String>, PlacedNode)| {
            Some((match_key(&k.value), v.value.as_words()?.to_owned()))
        };
        config.defaults = entries.iter().filter_map(words).collect();
    }
    for later in [
        "roller",
        "offentligt",
        "mindste_antal",
        "timer_pr_aar",
        "privatliv",
        "udgivelser",
    ] {
        // Known to kaffe.yaml and read by the parts of kaffe that use them.
        let _ = settings.node(later);
    }
    settings.finish(out);
    config
}

/// An address of the web. Anything else would be a link that runs, or leads nowhere.
fn web_address(
    settings: &Settings<'_>,
    key: &'static str,
    out: &mut Vec<Diagnostic>,
) -> Option<String> {
    let node = settings.node(key)?;
    let words = node.value.as_words().unwrap_or_default();
    if words.starts_with("https://") || words.starts_with("http://") {
        return Some(words.trim_end_matches('/').to_owned());
    }
    out.push(
        settings
            .unknown(node.span, words)
            .with_choices(["https://…"]),
    );
    None
}

fn areas(path: &str, items: &[PlacedNode], out: &mut Vec<Diagnostic>) -> Vec<Choice> {
    choices(path, items, Code::K505, out)
}

fn publication(
    file: &DefinitionFile,
    kinds: &Kinds,
    out: &mut Vec<Diagnostic>,
) -> Option<Publication> {
    let path = file.path.as_str();
    let node = node_of(file, Code::K507, out)?;
    let settings = Settings::of(path, &node, Code::K507, out);
    let date = settings.node("dato").and_then(|node| {
        let date = node.value.as_words().and_then(|w| w.parse::<Date>().ok());
        if date.is_none() {
            out.push(settings.expected(
                node,
                "der skal stå en dato som 2021-12-01",
                "it takes a date such as 2021-12-01",
            ));
        }
        date
    });
    if let Some(node) = settings.node("publikum")
        && node.value.as_words().map(match_key).as_deref() != Some("offentlig")
    {
        out.push(settings.expected(
            node,
            "publikum er altid offentlig",
            "publikum is always offentlig",
        ));
    }
    let mut chapters = Vec::new();
    for item in settings.items("kapitler") {
        let part = Settings::of(path, item, Code::K507, out);
        let title = part.words("titel").unwrap_or_default();
        let key = part
            .words("nøgle")
            .map_or_else(|| slug(&title), |key| slug(&key));
        let mut cards = Vec::new();
        for card in part.list("kort") {
            match kinds.by_word(&card.value) {
                Some(kind) => cards.push(kind.key.clone()),
                None => {
                    let near = nearest(&card.value, kinds.iter().map(|k| k.key.as_str()))
                        .map(str::to_owned);
                    out.push(part.unknown(card.span, &card.value).with_suggestion(near));
                }
            }
        }
        let pages = part
            .list("sider")
            .iter()
            .map(|p| RecordId::new(p.value.rsplit('/').next().unwrap_or_default()))
            .collect();
        // Two chapters of one name have two addresses.
        let taken = chapters.iter().filter(|c: &&Chapter| c.key == key).count();
        let key = if taken == 0 {
            key
        } else {
            format!("{key}-{}", taken + 1)
        };
        chapters.push(Chapter {
            key,
            title,
            question: part.words("spørgsmål").unwrap_or_default(),
            pages,
            cards,
        });
        part.finish(out);
    }
    let publication = Publication {
        id: RecordId::new(file.path.stem()),
        path: file.path.clone(),
        title: settings
            .words("titel")
            .unwrap_or_else(|| file.path.stem().to_owned()),
        subtitle: settings.words("undertitel").unwrap_or_default(),
        edition: settings.words("udgave").unwrap_or_default(),
        date,
        chapters,
    };
    settings.finish(out);
    Some(publication)
}
