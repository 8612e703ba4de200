//! What one load and one change consist of: the public functions, one after another.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use kaffe::{
    model::{Audience, Definitions, Draft, SourcePath},
    parse::{
        definitions::{self, DefinitionFile, is_definition},
        record,
    },
    render::{Renderer, Request, Theme},
    search::{Index, Query},
    site::{
        Parts, Site, SiteView,
        delta::Delta,
        route::{Route, Surface},
    },
    source::{Folder, Found},
    starter,
};
use rayon::prelude::*;

use crate::{
    Ground, TODAY,
    figures::Figures,
    generated::Random,
    report::{Report, seconds},
};

/// Takes the time since the last step.
struct Steps(Instant);

impl Steps {
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        let lap = now.duration_since(self.0);
        self.0 = now;
        lap
    }
}

/// The steps of a change.
const NAMES: [&str; 8] = [
    "parse",
    "assemble",
    "view",
    "difference",
    "index",
    "its page",
    "first search",
    "drop the old one",
];

/// Everything that a running wiki holds.
struct Loaded {
    files: Vec<(SourcePath, Vec<u8>)>,
    parts: Parts,
    view: Arc<SiteView>,
    index: Index,
    renderer: Renderer,
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let mut loaded = load(ground, report)?;
    let mut figures: Vec<Figures> = NAMES.iter().map(|_| Figures::default()).collect();
    let mut random = Random::new(7);
    for number in 0..ground.effort.changes.min(40) {
        let laps = change(&mut loaded, number, &mut random)?;
        for (figures, lap) in figures.iter_mut().zip(laps) {
            figures.add(lap);
        }
    }
    for (name, figures) in NAMES.iter().zip(&figures) {
        let figure = format!(
            "{}, p95 {}",
            seconds(figures.median()),
            seconds(figures.quantile(95))
        );
        report.figure(&format!("change, step by step: {name}"), &figure);
    }
    Ok(())
}

fn load(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<Loaded> {
    let mut steps = Steps(Instant::now());
    let mut done = |name: &str| {
        report.figure(
            &format!("load, step by step: {name}"),
            &seconds(steps.lap()),
        );
    };
    let found = Folder::open(&ground.site.root)?.read_all()?;
    done("read the files");
    let (definitions, files) = defined(found);
    done("read the definitions");
    let mut parts = Parts {
        definitions,
        ..Parts::default()
    };
    let drafts: Vec<(SourcePath, Arc<Draft>)> = files
        .par_iter()
        .map(|(path, bytes)| {
            (
                path.clone(),
                Arc::new(record::read(path, bytes, &parts.definitions)),
            )
        })
        .collect();
    parts.drafts.extend(drafts);
    done("parse the records");
    let site = Arc::new(Site::assemble(&parts, TODAY));
    done("assemble the site");
    let view = Arc::new(SiteView::of(site, Audience::Project));
    done("view");
    let index = Index::of(&view)?;
    done("search index");
    let renderer = Renderer::new(Arc::new(Theme::shipped()), parts.definitions.config.lang)?;
    done("templates");
    Ok(Loaded {
        files,
        parts,
        view,
        index,
        renderer,
    })
}

/// Changes one record; the time of each step.
fn change(
    loaded: &mut Loaded,
    number: usize,
    random: &mut Random,
) -> anyhow::Result<Vec<Duration>> {
    let Some((path, bytes)) = random.pick(&loaded.files) else {
        anyhow::bail!("there are no records")
    };
    let mut changed = bytes.clone();
    changed.extend_from_slice(format!("\nRettet for {number}. gang.\n").as_bytes());
    let mut steps = Steps(Instant::now());
    let mut laps = Vec::with_capacity(NAMES.len());
    let draft = record::read(path, &changed, &loaded.parts.definitions);
    loaded.parts.drafts.insert(path.clone(), Arc::new(draft));
    laps.push(steps.lap());
    let site = Arc::new(Site::assemble(&loaded.parts, TODAY));
    laps.push(steps.lap());
    let new = Arc::new(SiteView::of(site, Audience::Project));
    laps.push(steps.lap());
    let delta = Delta::between(&loaded.view, &new);
    laps.push(steps.lap());
    loaded.index.follow(&delta, &new)?;
    laps.push(steps.lap());
    if let Some(seen) = new.record_of_file(path.as_str()) {
        let route = Route::Record(seen.record.reference.clone());
        let request = Request::of(route, Surface::Live);
        loaded.renderer.page(&new, &request)?;
    }
    laps.push(steps.lap());
    let query = Query {
        text: "kaffe".to_owned(),
        limit: 20,
        ..Query::default()
    };
    loaded.index.searcher().search(&query)?;
    laps.push(steps.lap());
    drop(std::mem::replace(&mut loaded.view, new));
    laps.push(steps.lap());
    Ok(laps)
}

/// The definitions of a folder and its Markdown files.
fn defined(found: Vec<Found>) -> (Arc<Definitions>, Vec<(SourcePath, Vec<u8>)>) {
    let (mut own, mut files) = (Vec::new(), Vec::new());
    for found in found {
        let Found::File(path, bytes) = found else {
            continue;
        };
        if is_definition(&path) {
            own.push(DefinitionFile {
                path,
                text: String::from_utf8_lossy(&bytes).into(),
            });
        } else if path.extension() == "md" {
            files.push((path, bytes));
        }
    }
    let (definitions, _) = definitions::read(&own, &starter::definition_files());
    (Arc::new(definitions), files)
}
