//! A whole build beside a bare program, in turns.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use kaffe::{
    diag::Severity,
    engine::{Engine, Snapshot},
    publish::{self, PublishedFile},
    site::route::Route,
};
use rustc_hash::FxHashMap;

use crate::{
    Ground, bare,
    figures::{Figures, ratio},
    published,
    report::{Report, seconds, thousands},
};

/// The parts of a build.
struct Built {
    load: Duration,
    pages: Duration,
    write: Duration,
}

impl Built {
    fn whole(&self) -> Duration {
        self.load + self.pages + self.write
    }
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let engine = Engine::start(published(&ground.site.root))?;
    let snapshot = engine.snapshot();
    let errors: Vec<_> = snapshot
        .diagnostics()
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    anyhow::ensure!(
        errors.is_empty(),
        "the made-up site has errors: {:#?}",
        errors.iter().take(5).collect::<Vec<_>>()
    );
    report.figure(
        "diagnostics of the made-up site",
        &thousands(snapshot.diagnostics().len()),
    );
    let sizes: Vec<bare::Size> = publish::files(&snapshot)?
        .into_iter()
        .map(|f| (f.path, f.bytes.len()))
        .collect();
    report.figure("files of the published site", &thousands(sizes.len()));
    report.figure(
        "their bytes",
        &format!(
            "{} kB",
            thousands(sizes.iter().map(|(_, size)| size / 1000).sum())
        ),
    );

    // Every round has a folder of its own, and none is removed before the last: removing slows the
    // writing that comes after it.
    let out = tempfile::tempdir()?;
    let (mut whole, mut load, mut pages, mut write, mut bare_times, mut again) = (
        Figures::default(),
        Figures::default(),
        Figures::default(),
        Figures::default(),
        Figures::default(),
        Figures::default(),
    );
    bare::build(&ground.site.root, &sizes, &out.path().join("warm-up"))?;
    for round in 0..ground.effort.rounds {
        let begun = Instant::now();
        bare::build(
            &ground.site.root,
            &sizes,
            &out.path().join(format!("bare-{round}")),
        )?;
        bare_times.add(begun.elapsed());
        let built = build(
            &ground.site.root,
            &out.path().join(format!("build-{round}")),
        )?;
        whole.add(built.whole());
        load.add(built.load);
        pages.add(built.pages);
        write.add(built.write);
    }
    for round in 0..ground.effort.rounds {
        again.add(
            build(
                &ground.site.root,
                &out.path().join(format!("build-{round}")),
            )?
            .whole(),
        );
    }
    report.figure(
        "bare program: read, parse, write the same bytes",
        &seconds(bare_times.median()),
    );
    let times = ratio(whole.median(), bare_times.median());
    report.promise(
        "build into a fresh folder",
        &format!("{}, {times:.1} × bare", seconds(whole.median())),
        "at most 2 × bare",
        times <= 2.0,
    );
    report.figure("  of it: load", &seconds(load.median()));
    report.figure("  of it: pages", &seconds(pages.median()));
    report.figure("  of it: write", &seconds(write.median()));
    report.figure("build again over it", &seconds(again.median()));
    by_sort(&snapshot, report)
}

fn build(content: &Path, out: &Path) -> anyhow::Result<Built> {
    let begun = Instant::now();
    let engine = Engine::start(published(content))?;
    let load = begun.elapsed();
    let files: Vec<PublishedFile> = publish::files(&engine.snapshot())?;
    let made = begun.elapsed();
    publish::folder::write(out, &files)?;
    Ok(Built {
        load,
        pages: made.checked_sub(load).unwrap_or_default(),
        write: begun.elapsed().checked_sub(made).unwrap_or_default(),
    })
}

/// Which sort of page the time goes to: each made once more, one after another.
fn by_sort(snapshot: &Snapshot, report: &mut Report) -> anyhow::Result<()> {
    let mut sorts: FxHashMap<String, (Figures, usize)> = FxHashMap::default();
    for route in snapshot.routes() {
        let begun = Instant::now();
        let bytes = publish::file(snapshot, &route)?.bytes.len();
        let took = begun.elapsed();
        let (times, size) = sorts.entry(sort(&route)).or_default();
        times.add(took);
        *size += bytes;
    }
    let mut sorts: Vec<(String, Figures, usize)> = sorts
        .into_iter()
        .map(|(name, (times, size))| (name, times, size))
        .collect();
    sorts.sort_by_key(|(_, times, _)| std::cmp::Reverse(times.sum()));
    for (name, times, size) in sorts.iter().take(10) {
        let figure = format!(
            "{} = {} × {}, {} kB",
            seconds(times.sum()),
            times.len(),
            seconds(times.median()),
            size / 1000
        );
        report.figure(&format!("  pages on one core: {name}"), &figure);
    }
    Ok(())
}

fn sort(route: &Route) -> String {
    match route {
        Route::Record(reference) => format!("records of {}", reference.kind),
        Route::Kind(_) => "kinds".to_owned(),
        Route::Chapter(_) => "chapters".to_owned(),
        Route::Tag(_) => "tags".to_owned(),
        Route::File(_) | Route::Asset(_) => "files".to_owned(),
        _ => "others".to_owned(),
    }
}
