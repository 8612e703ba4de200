//! A made-up site of any size, the same on every machine, for benchmarks and for tests that need
//! many records.
//!
//! Takes a folder, a number of records and a seed; writes a content folder in Danish with all
//! shipped kinds in realistic shares, references and wikilinks between records, tags, teams and a
//! few files, about seven in ten records public. It depends on nothing but the standard library,
//! so that any test can use it:
//!
//! ```text
//! #[path = "../bench/generated.rs"]
//! mod generated;
//! let site = generated::write(folder, 300, 1)?;
//! ```
//!
//! Nothing in it looks like a CPR number, a phone number, an address or a person.

#![allow(dead_code, reason = "whoever includes this file uses a part of it")]
#![allow(
    clippy::disallowed_methods,
    reason = "a made-up site needs no safe writing"
)]

#[path = "generated/kinds.rs"]
mod kinds;
#[path = "generated/words.rs"]
pub mod words;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use words::Language;

/// The site's own file.
const CONFIG: &str = "\
titel: Målestokken
undertitel: Et opdigtet sted, så stort som man vil
sprog: da
slags: demo
kommune: Eksempelkommune
områder: [Midtby, Havnen, Engene, Nordbyen, Søkvarteret, Hele kommunen]
menu: [proevehandling, ide, ressource, kerneelement, anvisning, team]
kontakt: Den fælles postkasse
";

/// The catalogue: every kind has a chapter, as in the shipped one.
const PUBLICATION: &str = "\
titel: Målestokkens katalog
undertitel: Alt på én gang
udgave: prøveudgave 1
dato: 2021-12-01
publikum: offentlig
kapitler:
  - {nøgle: modellen, titel: Modellen, spørgsmål: Hvad er det?, sider: [], kort: [begreb]}
  - {nøgle: kerneelementer, titel: Kerneelementer, spørgsmål: Hvad skal bevares?, sider: [], kort: [kerneelement]}
  - {nøgle: rammevilkaar, titel: Rammevilkår, spørgsmål: Hvem kan ændre hvad?, sider: [], kort: [rammevilkaar]}
  - {nøgle: anvisninger, titel: Anvisninger, spørgsmål: Hvad gør I på mandag?, sider: [], kort: [anvisning]}
  - {nøgle: proevehandlinger, titel: Prøvehandlinger, spørgsmål: Sådan øvede vi, sider: [], kort: [proevehandling]}
  - {nøgle: netvaerk, titel: Netværk, spørgsmål: Hvem er i nærheden?, sider: [], kort: [ide, ressource, genbrug]}
  - {nøgle: papirarbejdet, titel: Mindre papirarbejde, spørgsmål: Hvad er nødvendigt?, sider: [], kort: [dokumentationskrav]}
  - {nøgle: hvad-ved-vi, titel: Hvad ved vi?, spørgsmål: Hvor sikkert er det?, sider: [], kort: [virkning, fund, feedback]}
  - {nøgle: kilder, titel: Kilder, spørgsmål: Hvor ved vi det fra?, sider: [], kort: [kilde]}
";

/// Of a thousand records, so many of each kind; what is left over are prøvehandlinger.
const SHARES: [(&str, &str, usize); 18] = [
    ("kerneelement", "kerneelementer", 1),
    ("rammevilkaar", "rammevilkaar", 2),
    ("virkning", "virkninger", 2),
    ("kilde", "kilder", 6),
    ("spoergeskema", "spoergeskemaer", 1),
    ("team", "teams", 10),
    ("milepael", "milepaele", 8),
    ("parathed", "parathed", 6),
    ("begreb", "ordbog", 20),
    ("side", "sider", 30),
    ("ide", "ideer", 170),
    ("ressource", "lokalt", 130),
    ("maaling", "maalinger", 30),
    ("dokumentationskrav", "dokumentation", 60),
    ("anvisning", "anvisninger", 30),
    ("genbrug", "genbrug", 20),
    ("fund", "fund", 80),
    ("feedback", "feedback", 120),
];

/// Kinds that everything else refers to: always public, and never fewer than these.
const FOUNDATION: [(&str, usize); 6] = [
    ("kerneelement", 10),
    ("rammevilkaar", 8),
    ("virkning", 11),
    ("kilde", 4),
    ("team", 3),
    ("spoergeskema", 1),
];

/// A small generator of numbers (splitmix64); the same seed gives the same numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Begins a series.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below another; 0 below nothing.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        if end == 0 {
            0
        } else {
            usize::try_from(self.next() % end).unwrap_or(0)
        }
    }

    /// Below `end`, small numbers much more often than large ones, as words are used.
    pub fn skewed(&mut self, end: usize) -> usize {
        let once = self.below(end) + 1;
        self.below(once)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of some words.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// Several different ones of a list, in its order.
    pub fn some(&mut self, list: &[&'static str], most: usize) -> Vec<&'static str> {
        let count = 1 + self.below(most);
        let mut chosen: Vec<usize> = (0..count).map(|_| self.below(list.len())).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
            .into_iter()
            .filter_map(|i| list.get(i).copied())
            .collect()
    }
}

/// A record of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The key of its kind.
    pub kind: &'static str,
    /// The folder of its kind.
    pub folder: &'static str,
    /// Its id, unlike every other of the site.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the public may see it.
    pub public: bool,
}

impl Planned {
    /// Its file, from the content folder.
    pub fn path(&self) -> String {
        format!("{}/{}.md", self.folder, self.id)
    }

    /// Its address in the wiki.
    pub fn address(&self) -> String {
        format!("/{}/{}/", self.folder, self.id)
    }
}

/// A site that has been written.
#[derive(Debug)]
pub struct Generated {
    /// The content folder.
    pub root: PathBuf,
    /// Every record.
    pub records: Vec<Planned>,
    /// Bytes of Markdown.
    pub text: usize,
}

/// Writes a site of so many records (at least a hundred) into a folder.
///
/// # Errors
/// When the disk refuses.
pub fn write(root: &Path, records: usize, seed: u64) -> io::Result<Generated> {
    let language = Language::new();
    let plan = Plan::new(records.max(100), seed, &language);
    let mut folders: Vec<&str> = plan.records.iter().map(|r| r.folder).collect();
    folders.extend(["_udgivelser"]);
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("kaffe.yaml"), CONFIG)?;
    fs::write(root.join("_udgivelser/katalog.yaml"), PUBLICATION)?;
    let mut text = 0;
    for number in 0..plan.records.len() {
        let Some(made) = plan.record(number, &language) else {
            continue;
        };
        text += made.text.len();
        fs::write(root.join(&made.path), made.text)?;
        if let Some((path, bytes)) = made.file {
            if let Some(folder) = root.join(&path).parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(root.join(path), bytes)?;
        }
    }
    Ok(Generated {
        root: root.to_owned(),
        records: plan.records,
        text,
    })
}

/// A record as it is written, and the file beside it.
struct Made {
    path: String,
    text: String,
    file: Option<(String, String)>,
}

/// All records before any is written, so that each can refer to any other.
struct Plan {
    seed: u64,
    records: Vec<Planned>,
    by_kind: BTreeMap<&'static str, Vec<usize>>,
}

impl Plan {
    fn new(count: usize, seed: u64, language: &Language) -> Self {
        let mut random = Random::new(seed);
        let mut kinds: Vec<(&'static str, &'static str)> = Vec::with_capacity(count);
        for (kind, folder, share) in SHARES {
            let least = FOUNDATION
                .iter()
                .find(|(k, _)| *k == kind)
                .map_or(1, |(_, least)| *least);
            // There are ten core elements however many experiments there are.
            let many = if matches!(kind, "kerneelement" | "rammevilkaar" | "virkning") {
                least
            } else {
                least.max(count * share / 1000)
            };
            kinds.extend(std::iter::repeat_n((kind, folder), many));
        }
        kinds.resize(
            count.max(kinds.len()),
            ("proevehandling", "proevehandlinger"),
        );
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut plan = Self {
            seed,
            records: Vec::with_capacity(kinds.len()),
            by_kind: BTreeMap::new(),
        };
        for (kind, folder) in kinds {
            let title = kinds::title(kind, language, &mut random);
            let slug = slug(&title);
            let twins = taken.entry(slug.clone()).or_insert(0);
            *twins += 1;
            let id = if *twins == 1 {
                slug
            } else {
                format!("{slug}-nr-{twins}")
            };
            let foundation = FOUNDATION.iter().any(|(k, _)| *k == kind);
            let public = foundation || random.percent(69);
            plan.by_kind
                .entry(kind)
                .or_default()
                .push(plan.records.len());
            plan.records.push(Planned {
                kind,
                folder,
                id,
                title,
                public,
            });
        }
        plan
    }

    /// Each record has a series of its own, so that none depends on the others' texts.
    fn record(&self, number: usize, language: &Language) -> Option<Made> {
        let planned = self.records.get(number)?;
        let own = u64::try_from(number).unwrap_or_default();
        let mut random = Random::new(self.seed ^ own.wrapping_mul(0xA24B_AED4_963E_E407));
        random.next();
        let writing = kinds::Writing {
            plan: self,
            language,
            number,
            planned,
        };
        let file = (planned.kind == "proevehandling" && random.one_in(20)).then(|| {
            let rows: String = (1..=12)
                .map(|week| format!("uge {week};{}\n", random.below(30)))
                .collect();
            (
                format!("{}/{}/optaelling.csv", planned.folder, planned.id),
                format!("uge;antal\n{rows}"),
            )
        });
        let text = writing.text(&mut random, file.is_some());
        Some(Made {
            path: planned.path(),
            text,
            file,
        })
    }

    /// Another record of a kind that a record may point at: older than it where `before` says so, and public when it is.
    fn other(
        &self,
        random: &mut Random,
        kind: &str,
        from: usize,
        before: bool,
    ) -> Option<&Planned> {
        let list = self.by_kind.get(kind)?;
        let public = self.records.get(from).is_some_and(|r| r.public);
        let fitting = |number: usize| {
            let fits = number != from && (!before || number < from);
            self.records
                .get(number)
                .filter(|r| fits && (r.public || !public))
        };
        (0..6)
            .find_map(|_| fitting(*random.pick(list)?))
            .or_else(|| list.iter().find_map(|number| fitting(*number)))
    }
}

/// The id that a title gives.
fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for letter in title.chars().flat_map(char::to_lowercase) {
        match letter {
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            'é' => slug.push('e'),
            letter if letter.is_alphanumeric() => slug.push(letter),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}
