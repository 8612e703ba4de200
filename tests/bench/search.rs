//! Queries of every sort, alone and while somebody writes.

use std::{
    fmt::Write,
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kaffe::{
    engine::{Change, Engine},
    model::SourcePath,
    search::Query,
};

use crate::{
    Ground,
    figures::Figures,
    generated::{
        Random,
        words::{Form, Language},
    },
    report::{Report, seconds},
};

/// The sorts of queries, in turns.
const SORTS: [&str; 8] = [
    "one word",
    "two words",
    "beginning",
    "typing error",
    "inflected",
    "compound",
    "phrase",
    "filter",
];

/// Hits on one page of answers.
const LIMIT: usize = 20;

/// How often somebody saves while others search.
#[derive(Clone, Copy)]
enum Writing {
    Never,
    TenTimesASecond,
    WithoutPause,
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let engine = Arc::new(Engine::start(ground.live(true))?);
    let queries = queries(ground.effort.queries);
    for (_, query) in queries.iter().take(100) {
        engine.snapshot().search(query)?;
    }
    for (writing, name) in [
        (Writing::Never, "search, nobody writing"),
        (
            Writing::TenTimesASecond,
            "search, a change 10 times a second",
        ),
        (Writing::WithoutPause, "search, changes without pause"),
    ] {
        let commits = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let (times, by_sort, found) = thread::scope(|scope| {
            let writer = scope.spawn(|| write(&engine, ground, writing, &stop, &commits));
            let measured = ask(&engine, &queries);
            stop.store(true, Ordering::Relaxed);
            match writer.join() {
                Ok(written) => written.and(measured),
                Err(_) => Err(anyhow::anyhow!("the writer broke off")),
            }
        })?;
        let kept = times.quantile(99) < Duration::from_millis(5);
        report.promise(
            &format!("{name}: p99"),
            &seconds(times.quantile(99)),
            "under 5 ms at 100,000 records",
            kept,
        );
        let written = match writing {
            Writing::Never => format!("{} of {} found something", found, queries.len()),
            _ => format!("{} commits", commits.load(Ordering::Relaxed)),
        };
        report.figure(
            "  p50, the longest",
            &format!(
                "{}, {}; {written}",
                seconds(times.median()),
                seconds(times.most())
            ),
        );
        if matches!(writing, Writing::Never) {
            for (sort, times) in SORTS.iter().zip(&by_sort) {
                report.figure(
                    &format!("  {sort}: p50, p99"),
                    &format!(
                        "{}, {}",
                        seconds(times.median()),
                        seconds(times.quantile(99))
                    ),
                );
            }
        }
    }
    Ok(())
}

fn ask(
    engine: &Engine,
    queries: &[(usize, Query)],
) -> anyhow::Result<(Figures, Vec<Figures>, usize)> {
    let (mut all, mut found) = (Figures::default(), 0);
    let mut by_sort: Vec<Figures> = SORTS.iter().map(|_| Figures::default()).collect();
    for (sort, query) in queries {
        let begun = Instant::now();
        let answer = engine.snapshot().search(query)?;
        let took = begun.elapsed();
        all.add(took);
        if let Some(figures) = by_sort.get_mut(*sort) {
            figures.add(took);
        }
        found += usize::from(answer.total > 0);
    }
    Ok((all, by_sort, found))
}

fn write(
    engine: &Engine,
    ground: &Ground<'_>,
    writing: Writing,
    stop: &AtomicBool,
    commits: &AtomicUsize,
) -> anyhow::Result<()> {
    let mut random = Random::new(13);
    while !stop.load(Ordering::Relaxed) {
        let pause = match writing {
            Writing::Never => return Ok(()),
            Writing::TenTimesASecond => Duration::from_millis(100),
            Writing::WithoutPause => Duration::ZERO,
        };
        let begun = Instant::now();
        let Some(record) = random.pick(&ground.site.records) else {
            return Ok(());
        };
        let mut text = fs::read_to_string(ground.site.root.join(record.path()))?;
        let _ = write!(
            text,
            "\nSkrevet imens, for {}. gang.\n",
            commits.load(Ordering::Relaxed)
        );
        engine.apply(vec![Change::Put(
            SourcePath::new(&record.path())?,
            text.into_bytes(),
        )])?;
        commits.fetch_add(1, Ordering::Relaxed);
        thread::sleep(pause.checked_sub(begun.elapsed()).unwrap_or_default());
    }
    Ok(())
}

/// Queries with the number of their sort.
fn queries(count: usize) -> Vec<(usize, Query)> {
    let (language, mut random) = (Language::new(), Random::new(17));
    let query = |number: usize| {
        let sort = number % SORTS.len();
        let word = language.noun(&mut random, Form::One);
        let text = match sort {
            0 => word,
            1 => format!("{word} {}", language.any_noun(&mut random, Form::TheOne)),
            2 => word.chars().take(3 + random.below(3)).collect(),
            3 => mistyped(&language.any_noun(&mut random, Form::TheOne), &mut random),
            4 => language.noun(&mut random, Form::Those),
            5 => language.compound(&mut random, Form::One),
            6 => format!("\"ved {}\"", language.noun(&mut random, Form::TheOne)),
            _ => format!(
                "type:{} {word}",
                random.word(&["ide", "prøvehandling", "lokalt"])
            ),
        };
        (
            sort,
            Query {
                text,
                kind: None,
                limit: LIMIT,
                offset: 0,
            },
        )
    };
    (0..count).map(query).collect()
}

/// Two letters changed places.
fn mistyped(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let place = random.below(letters.len().saturating_sub(1));
    if place + 1 < letters.len() {
        letters.swap(place, place + 1);
    }
    letters.into_iter().collect()
}
