//! The search that a published site carries along: its size, how long it takes to make, and how soon a slow phone shows
//! the first answer.

use std::{path::Path, process::Command, time::Instant};

use anyhow::{Context, ensure};
use kaffe::{engine::Engine, publish, search::Offline};

use crate::{
    Ground,
    figures::float,
    generated::{
        Random,
        words::{Form, Language},
    },
    published,
    report::{Report, seconds, thousands},
};

/// Records from which the size is judged.
const FULL_SIZE: usize = 10_000;
/// Queries that are typed, letter by letter.
const TYPED: usize = 30;

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let engine = Engine::start(published(&ground.site.root))?;
    let snapshot = engine.snapshot();
    let begun = Instant::now();
    let offline = Offline::of(snapshot.view());
    report.figure("offline index: made in", &seconds(begun.elapsed()));
    let records = snapshot.view().records();
    let text: usize = records
        .map(|seen| {
            seen.record.title.len() + seen.record.lead.len() + seen.record.document.markdown().len()
        })
        .sum();
    let share = float(offline.size()) / float(text) * 100.0;
    let name = "offline index: its size beside the public text";
    let size = format!(
        "{} of {} kB, {share:.1} %",
        thousands(offline.size() / 1000),
        thousands(text / 1000)
    );
    // A small site has more words a record.
    if ground.site.records.len() < FULL_SIZE {
        report.figure(name, &size);
    } else {
        report.promise(name, &size, "under 25 % at 10,000 records", share < 25.0);
    }
    let part = |name: &str| offline.part(name).map_or(0, <[u8]>::len) / 1000;
    let all = |letter: char| -> usize {
        let names = offline.names().filter(|name| {
            name.starts_with(letter) && name.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
        });
        names
            .map(|name| offline.part(name).map_or(0, <[u8]>::len))
            .sum::<usize>()
            / 1000
    };
    report.figure(
        "  start, ord, titler, navne; o…; t… (kB)",
        &format!(
            "{}, {}, {}, {}; {}; {}",
            part("start"),
            part("ord"),
            part("titler"),
            part("navne"),
            all('o'),
            all('t')
        ),
    );
    let out = tempfile::tempdir()?;
    let site = out.path().join("site");
    publish::folder::write(&site, &publish::files(&snapshot)?)?;
    in_a_browser(&site, report)
}

/// Types in the built folder, opened from the disk, on a processor that is slowed four times.
fn in_a_browser(site: &Path, report: &mut Report) -> anyhow::Result<()> {
    let (language, mut random) = (Language::new(), Random::new(23));
    let queries: Vec<String> = (0..TYPED)
        .map(|number| match number % 3 {
            0 => language.noun(&mut random, Form::Those),
            1 => language.compound(&mut random, Form::One),
            _ => format!(
                "{} {}",
                language.noun(&mut random, Form::One),
                language.any_noun(&mut random, Form::TheOne)
            ),
        })
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/offline-speed.mjs");
    let answer = Command::new("node")
        .arg(script)
        .arg(site)
        .arg(serde_json::to_string(&queries)?)
        .output()
        .context("node is needed; tests/run installs what it needs")?;
    ensure!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let [load, first, median, p95, most]: [f64; 5] = serde_json::from_slice(&answer.stdout)?;
    report.figure(
        "  processor slowed 4 times: loaded in",
        &format!("{load:.0} ms"),
    );
    report.promise(
        "  first answer after a keystroke: p95",
        &format!("{p95:.0} ms"),
        "under 150 ms",
        p95 < 150.0,
    );
    report.figure(
        "  very first, median, the longest",
        &format!("{first:.0} ms, {median:.0} ms, {most:.0} ms"),
    );
    Ok(())
}
