//! How good the search is: judged Danish queries over the shipped content and over neutral texts.
//!
//! ```text
//! cargo test --test quality                      the table, group by group
//! KAFFE_QUALITY=all cargo test --test quality    and every query that is not answered perfectly
//! ```
//!
//! Each group of queries is asked of the live index (`live`), of the index that the published site
//! carries along (`offline`, in Node), and of tantivy as it comes (`plain`). The offline index has
//! public records only, so its figures stand beside those of a live index of the public. It fails
//! when a promise is broken; which ones there are stands in [`promises`].
//!
//! The neutral texts have nothing to do with care: what helps there helps everywhere. Their queries
//! come from three writers; the third one's (`neutral-c`) are looked at last and tuned on never.

#![allow(
    clippy::pedantic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test prints, and writes files of its own"
)]

mod judged;
mod offline;
mod plain;
mod promises;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use jiff::civil::{Date, date};
use kaffe::{
    engine::{Engine, Options, Snapshot},
    model::Audience,
    search::Query,
    site::route::Surface,
};

use judged::{DEPTH, Judged, Measures};
use offline::Offline;
use plain::Plain;

const TODAY: Date = date(2021, 12, 1);

/// A set of queries over a folder of texts.
struct Set {
    name: &'static str,
    queries: &'static str,
    content: PathBuf,
    /// Whether queries name a text by its folder too.
    with_folder: bool,
}

/// What a set gave: measures of every query by group, and by the search that was asked.
pub struct Figures {
    pub set: &'static str,
    pub groups: BTreeMap<String, Vec<(Asked, Vec<Measures>)>>,
}

/// Who was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    Live,
    Plain,
    Public,
    Offline,
}

fn main() -> anyhow::Result<()> {
    // Tests are run by name now and then: `cargo test a_name` is not meant for this one.
    if env::args()
        .skip(1)
        .any(|a| !a.starts_with('-') || a == "--list")
    {
        return Ok(());
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let open = opened(&here.join("neutral"))?;
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sets = [
        ("content", "content.tsv"),
        ("neutral a", "neutral-a.tsv"),
        ("neutral b", "neutral-b.tsv"),
        ("neutral c", "neutral-c.tsv"),
    ]
    .map(|(name, queries)| Set {
        name,
        queries,
        with_folder: name == "content",
        content: if name == "content" {
            shipped.clone()
        } else {
            open.path().to_owned()
        },
    });
    let mut all = Vec::new();
    for set in &sets {
        let path = here.join(set.queries);
        if path.exists() {
            all.push(measure(set, &judged::read(&path)?).with_context(|| set.name)?);
        }
    }
    for figures in &all {
        print(figures);
    }
    promises::hold(&all)
}

/// A copy of a folder of texts in which all is public.
fn opened(folder: &Path) -> anyhow::Result<tempfile::TempDir> {
    let copy = tempfile::tempdir()?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
    }
    let settings = "titel: Neutrale tekster\nsprog: da\nstandard: {synlighed: offentlig, gennemgang: godkendt}\n";
    fs::write(copy.path().join("kaffe.yaml"), settings)?;
    Ok(copy)
}

fn snapshot(
    content: &Path,
    audience: Audience,
    surface: Surface,
) -> anyhow::Result<std::sync::Arc<Snapshot>> {
    let options = Options {
        content: content.to_owned(),
        theme: None,
        audience,
        surface,
        today: TODAY,
        search: surface == Surface::Live,
        data: None,
    };
    Ok(Engine::start(options)?.snapshot())
}

fn measure(set: &Set, queries: &[Judged]) -> anyhow::Result<Figures> {
    let project = snapshot(&set.content, Audience::Project, Surface::Live)?;
    let public = snapshot(&set.content, Audience::Public, Surface::Live)?;
    let published = snapshot(&set.content, Audience::Public, Surface::Published)?;
    let key = |kind_and_id: &str| name(&project, kind_and_id, set.with_folder);
    let plain = Plain::new(project.view().records().map(|seen| {
        let record = seen.record;
        let text = format!("{}\n{}", record.lead, record.document.markdown());
        (
            key(&record.reference.to_string()),
            record.title.clone(),
            text,
        )
    }))?;
    check_names(set, queries)?;
    let inside: BTreeSet<String> = project
        .view()
        .records()
        .map(|seen| key(&seen.record.reference.to_string()))
        .collect();
    let open: BTreeSet<String> = public
        .view()
        .records()
        .map(|seen| key(&seen.record.reference.to_string()))
        .collect();
    let offline = Offline::ask(&published, queries.iter().map(|q| q.text.as_str()))?;
    let mut by_group: BTreeMap<String, Vec<(Asked, Vec<Measures>)>> = BTreeMap::new();
    for (number, judged) in queries.iter().enumerate() {
        let asked = |snapshot: &Snapshot| -> anyhow::Result<Vec<String>> {
            let query = Query {
                text: judged.text.clone(),
                limit: DEPTH,
                ..Query::default()
            };
            Ok(snapshot
                .search(&query)?
                .hits
                .iter()
                .map(|hit| key(&hit.key))
                .collect())
        };
        let live = asked(&project)?;
        let project = judged.among(|key| inside.contains(key));
        let mut answers = vec![
            (Asked::Live, project.clone(), live.clone()),
            (Asked::Plain, project, plain.search(&judged.text)?),
        ];
        let seen = judged.among(|key| open.contains(key));
        answers.push((Asked::Public, seen.clone(), asked(&public)?));
        let mut without = offline.get(number).cloned().unwrap_or_default();
        for hit in &mut without {
            *hit = key(hit);
        }
        answers.push((Asked::Offline, seen, without.clone()));
        tell(judged, &live, &without);
        let group = by_group.entry(judged.group.clone()).or_default();
        for (asked, judged, answer) in answers {
            let Some(judged) = judged else { continue };
            let measures = judged.measure(&answer);
            match group.iter_mut().find(|(other, _)| *other == asked) {
                Some((_, all)) => all.push(measures),
                None => group.push((asked, vec![measures])),
            }
        }
    }
    Ok(Figures {
        set: set.name,
        groups: by_group,
    })
}

/// Every text that a query names is there.
fn check_names(set: &Set, queries: &[Judged]) -> anyhow::Result<()> {
    let files = walkdir::WalkDir::new(&set.content)
        .into_iter()
        .filter_map(Result::ok);
    let ids: BTreeSet<String> = files
        .filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    for (judged, key) in queries
        .iter()
        .flat_map(|judged| judged.grades.keys().map(move |key| (judged, key)))
    {
        let id = key.rsplit('/').next().unwrap_or(key);
        anyhow::ensure!(
            ids.contains(id),
            "»{}« names {key}, which does not exist",
            judged.text
        );
    }
    Ok(())
}

/// How queries name a record: by its id, or by its folder and id.
fn name(snapshot: &Snapshot, kind_and_id: &str, with_folder: bool) -> String {
    let (kind, id) = kind_and_id.split_once('/').unwrap_or(("", kind_and_id));
    if !with_folder {
        return id.to_owned();
    }
    let kinds = &snapshot.view().definitions().kinds;
    let folder = kinds
        .by_word(kind)
        .map_or(kind, |kind| kind.folder.as_str());
    format!("{folder}/{id}")
}

/// Shows what a query found, where somebody wants to see it.
fn tell(judged: &Judged, live: &[String], offline: &[String]) {
    let measures = judged.measure(live);
    if env::var_os("KAFFE_QUALITY").is_none() || measures.ndcg > 0.9 {
        return;
    }
    let graded = |key: &String| {
        format!(
            "{key}={}",
            judged.grades.get(key).copied().unwrap_or_default()
        )
    };
    let some = |found: &[String]| {
        found
            .iter()
            .take(6)
            .map(graded)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let wanted: Vec<String> = judged.grades.keys().map(graded).collect();
    println!("{:.2} {} »{}«", measures.ndcg, judged.group, judged.text);
    println!(
        "     live    {}\n     offline {}\n     wanted  {}",
        some(live),
        some(offline),
        wanted.join(" ")
    );
}

fn print(figures: &Figures) {
    println!(
        "\n{:<12} {:<8} nDCG@10   MRR  first  in 3  recall@5",
        figures.set, ""
    );
    for (group, all) in &figures.groups {
        for (asked, all) in all {
            let m = Measures::mean(all);
            let name = match asked {
                Asked::Live => "live",
                Asked::Plain => "plain",
                Asked::Public => "public",
                Asked::Offline => "offline",
            };
            println!(
                "{group:<12} {name:<8} {:>7.3} {:>5.3}  {:>5.3} {:>5.3}  {:>8.3}",
                m.ndcg, m.mrr, m.success_1, m.success_3, m.recall_5
            );
        }
    }
}
