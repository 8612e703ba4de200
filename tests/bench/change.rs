//! From saving a file until its page has the new words, with a real watcher.

use std::{
    fs,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use kaffe::engine::{Engine, Watching};

use crate::{
    Ground, TODAY,
    figures::Figures,
    generated::{Planned, Random},
    report::{Report, seconds},
};

/// Nobody saves again before the last change has settled.
const PAUSE: Duration = Duration::from_millis(40);
/// A change that is not visible after this never will be.
const NEVER: Duration = Duration::from_secs(30);

/// How a program saves.
#[derive(Clone, Copy)]
enum Saving {
    /// Beside, and then renamed over, as most editors do.
    Beside,
    /// Into the file itself, which is empty for a moment.
    InPlace,
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let engine = Arc::new(Engine::start(ground.live(true))?);
    let _watching = Watching::start(&engine, || TODAY)?;
    settle(&engine);
    let mut random = Random::new(11);
    for number in 0..5 {
        change(&engine, ground, Saving::Beside, number, &mut random)?;
    }
    for (saving, name, count) in [
        (Saving::Beside, "saved by renaming", ground.effort.changes),
        (Saving::InPlace, "saved in place", ground.effort.changes / 4),
    ] {
        let (mut whole, mut swapped) = (Figures::default(), Figures::default());
        let before = engine.snapshot().generation();
        for number in 0..count {
            let (until_new, until_page) =
                change(&engine, ground, saving, number + 100, &mut random)?;
            swapped.add(until_new);
            whole.add(until_page);
        }
        let generations = engine.snapshot().generation() - before;
        let kept = whole.quantile(95) < Duration::from_millis(50);
        report.promise(
            &format!("one change until visible, {name}: p95"),
            &seconds(whole.quantile(95)),
            "under 50 ms at 10,000 records",
            kept,
        );
        report.figure(
            "  p50, and the longest",
            &format!("{}, {}", seconds(whole.median()), seconds(whole.most())),
        );
        report.figure(
            "  until the first new generation: p50",
            &seconds(swapped.median()),
        );
        report.figure(
            "  generations for so many changes",
            &format!("{generations} for {count}"),
        );
    }
    Ok(())
}

/// Watching begins with a look at everything; measuring begins after it.
fn settle(engine: &Engine) {
    let mut seen = engine.snapshot().generation();
    loop {
        let newest = engine.wait_for_newer(seen, Duration::from_secs(6));
        if newest == seen {
            return;
        }
        seen = newest;
    }
}

/// Changes one record; gives the time until there is a new generation, and until its page has the
/// new words.
fn change(
    engine: &Engine,
    ground: &Ground<'_>,
    saving: Saving,
    number: usize,
    random: &mut Random,
) -> anyhow::Result<(Duration, Duration)> {
    let Some(record) = random.pick(&ground.site.records) else {
        anyhow::bail!("there are no records")
    };
    // What only the team may see is not on the page that is looked at.
    let record = if record.public {
        record
    } else {
        ground
            .site
            .records
            .iter()
            .find(|r| r.public)
            .unwrap_or(record)
    };
    let path = ground.site.root.join(record.path());
    let mark = format!("kendemærke{number}q");
    let text = fs::read_to_string(&path)?;
    let body = text
        .split("\nHer står et kendemærke")
        .next()
        .unwrap_or(&text);
    let changed = format!(
        "{}\nHer står et {mark}.\n",
        body.trim_end_matches('\n').to_owned() + "\n"
    );
    let seen = engine.snapshot().generation();
    let begun = save(&path, &changed, saving)?;
    let visible = wait(engine, record, seen, &mark, begun)?;
    thread::sleep(PAUSE);
    Ok(visible)
}

/// Saves, and gives the moment in which a person lets go of the key.
fn save(path: &Path, text: &str, saving: Saving) -> anyhow::Result<Instant> {
    match saving {
        Saving::InPlace => {
            let begun = Instant::now();
            fs::write(path, text)?;
            Ok(begun)
        }
        Saving::Beside => {
            let beside = path.with_file_name(".being-saved.tmp");
            let begun = Instant::now();
            fs::write(&beside, text)?;
            fs::rename(&beside, path)?;
            Ok(begun)
        }
    }
}

fn wait(
    engine: &Engine,
    record: &Planned,
    mut seen: u64,
    mark: &str,
    begun: Instant,
) -> anyhow::Result<(Duration, Duration)> {
    let mut until_new = None;
    while begun.elapsed() < NEVER {
        seen = engine.wait_for_newer(seen, NEVER);
        until_new.get_or_insert_with(|| begun.elapsed());
        let answer = engine.snapshot().answer(&record.address(), &[])?;
        if contains(&answer.bytes, mark.as_bytes()) {
            return Ok((until_new.unwrap_or_default(), begun.elapsed()));
        }
    }
    anyhow::bail!("{} was never visible", record.path())
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
