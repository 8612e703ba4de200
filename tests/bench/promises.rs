//! The promises of kaffe that have a number, measured on made-up sites.
//!
//! `cargo bench` measures sites of 1,000 and 10,000 records; `KAFFE_BENCH_SIZES=300,100000`
//! chooses others, and `KAFFE_BENCH_ONLY=change,search` some of the topics. Each line shows the
//! promise beside the figure; where the promise is a ratio, both sides are measured in the same
//! run, in turns. `cargo test --benches` runs everything once on a small site, to see that it
//! works.
//!
//! What is measured is what a user waits for: a start and its memory in a process of its own, a
//! change from the moment of saving until its page has the new words. Files are in the system's
//! cache, as they are on a machine where somebody works.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark writes files of its own"
)]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]

mod bare;
mod build;
mod change;
mod figures;
mod generated;
mod offline;
mod report;
mod search;
mod serve;
mod start;
mod steps;

use std::{env, path::Path, process::ExitCode, thread, time::Instant};

use anyhow::Context;
use jiff::civil::{Date, date};
use kaffe::{engine::Options, model::Audience, site::route::Surface};

use generated::Generated;
use report::{Report, seconds, thousands};

/// The day of every made-up site.
const TODAY: Date = date(2021, 12, 1);
/// The seed of every made-up site.
const SEED: u64 = 20_211_201;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Whole starts and builds.
    rounds: usize,
    /// Saved changes.
    changes: usize,
    /// Searches.
    queries: usize,
    /// Requests of each sort.
    requests: usize,
}

/// A site and how it is measured.
pub struct Ground<'a> {
    site: &'a Generated,
    effort: Effort,
}

impl Ground<'_> {
    /// The live wiki as everybody in the project sees it.
    fn live(&self, search: bool) -> Options {
        live(&self.site.root, search)
    }
}

/// A topic: it measures and reports.
type Topic = fn(&Ground<'_>, &mut Report) -> anyhow::Result<()>;

/// Every topic by its name.
const TOPICS: [(&str, Topic); 7] = [
    ("start", start::run),
    ("build", build::run),
    ("steps", steps::run),
    ("change", change::run),
    ("search", search::run),
    ("serve", serve::run),
    ("offline", offline::run),
];

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let Some(child) = arguments.strip_prefix(&[start::CHILD.to_owned()]) {
        return start::child(child).map(|()| ExitCode::SUCCESS);
    }
    // `cargo bench` says so; `cargo test` only wants to see that it runs.
    let in_earnest = arguments.iter().any(|a| a == "--bench");
    let sizes = env::var("KAFFE_BENCH_SIZES")
        .unwrap_or_else(|_| if in_earnest { "1000,10000" } else { "300" }.to_owned());
    let only = env::var("KAFFE_BENCH_ONLY").unwrap_or_default();
    let mut report = Report::default();
    for size in sizes.split(',') {
        let size: usize = size
            .trim()
            .replace('_', "")
            .parse()
            .context("KAFFE_BENCH_SIZES is a list of numbers")?;
        measure(size, in_earnest, &only, &mut report)?;
    }
    report.close();
    Ok(ExitCode::SUCCESS)
}

fn measure(size: usize, in_earnest: bool, only: &str, report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    let site = generated::write(folder.path(), size, SEED)?;
    let public = site.records.iter().filter(|r| r.public).count();
    report.title(&format!(
        "{} records, {} public, {} kB of Markdown; {} cores; {}; made in {}",
        thousands(site.records.len()),
        thousands(public),
        thousands(site.text / 1000),
        thread::available_parallelism().map_or(1, usize::from),
        if cfg!(debug_assertions) {
            "without optimisation, so no figure counts"
        } else {
            "optimised"
        },
        seconds(begun.elapsed()),
    ));
    let effort = match (in_earnest, size) {
        (false, _) => Effort {
            rounds: 1,
            changes: 5,
            queries: 60,
            requests: 50,
        },
        (true, 0..5_000) => Effort {
            rounds: 5,
            changes: 200,
            queries: 1_000,
            requests: 20_000,
        },
        (true, _) => Effort {
            rounds: 3,
            changes: 200,
            queries: 1_000,
            requests: 20_000,
        },
    };
    let ground = Ground {
        site: &site,
        effort,
    };
    for (name, topic) in TOPICS {
        if only.is_empty() || only.split(',').any(|o| o.trim() == name) {
            topic(&ground, report).with_context(|| format!("measuring {name}"))?;
        }
    }
    Ok(())
}

/// The live wiki of a folder.
fn live(content: &Path, search: bool) -> Options {
    Options {
        content: content.to_owned(),
        theme: None,
        audience: Audience::Project,
        surface: Surface::Live,
        today: TODAY,
        search,
        data: None,
    }
}

/// The published site of a folder.
fn published(content: &Path) -> Options {
    Options {
        content: content.to_owned(),
        theme: None,
        audience: Audience::Public,
        surface: Surface::Published,
        today: TODAY,
        search: false,
        data: None,
    }
}
