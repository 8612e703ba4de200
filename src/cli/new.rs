//! `kaffe new`: a record's first file, made from its kind.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};
use clap::Args;
use jiff::civil::Date;

use super::{Outcome, clock, default_content};
use crate::{
    engine::{Engine, Options},
    model::{Audience, Kind, RecordId},
    parse::stub,
    site::route::Surface,
    source::save,
    text::{Lang, likeness::nearest},
};

/// The arguments of `kaffe new`.
#[derive(Debug, Args)]
pub struct New {
    /// The kind: its key, its folder or its name
    kind: String,
    /// The title
    title: String,
    /// The content folder
    #[arg(long, value_name = "DIR", default_value_os_t = default_content())]
    content: PathBuf,
    /// The day it is written on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

impl New {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        let today = clock::today(self.today);
        let options = Options {
            content: self.content.clone(),
            theme: None,
            audience: Audience::Project,
            surface: Surface::Live,
            today,
            search: false,
            data: None,
        };
        let engine = Engine::start(options)?;
        let snapshot = engine.snapshot();
        let kinds = &snapshot.view().definitions().kinds;
        let Some(kind) = kinds.by_word(&self.kind) else {
            let names: Vec<&str> = kinds.iter().map(|k| k.key.as_str()).collect();
            let lang = lang.unwrap_or(snapshot.view().config().lang);
            let near = nearest(&self.kind, names.iter().copied());
            let near = near
                .map(|n| format!(" ({} {n}?)", lang.pick("mente du", "did you mean")))
                .unwrap_or_default();
            let (kind, names) = (&self.kind, names.join(", "));
            match lang {
                Lang::Da => {
                    bail!("der er ingen slags, der hedder »{kind}«{near}; vælg mellem {names}")
                }
                Lang::En => bail!("there is no kind called \"{kind}\"{near}; choose from {names}"),
            }
        };
        if self.title.trim().is_empty() {
            bail!("a title is needed");
        }
        let text = stub::of(kind, self.title.trim(), today);
        let path = self.create(engine.folder().root(), kind, &text, |id| {
            snapshot.view().id_is_taken(id)
        })?;
        let mut out = io::stdout().lock();
        writeln!(out, "{}", path.display())?;
        let hint = match lang.unwrap_or(snapshot.view().config().lang) {
            Lang::Da => "Skriv videre i filen; kaffe serve viser den, så snart den er gemt.",
            Lang::En => "Go on in the file; kaffe serve shows it as soon as it is saved.",
        };
        writeln!(io::stderr(), "{hint}")?;
        Ok(Outcome::Well)
    }

    /// The id is made once, with `-2` and so on when it is taken.
    fn create(
        &self,
        root: &std::path::Path,
        kind: &Kind,
        text: &str,
        taken: impl Fn(&RecordId) -> bool,
    ) -> anyhow::Result<PathBuf> {
        let base = RecordId::new(&self.title);
        for number in 1..1_000 {
            let id = if number == 1 {
                base.to_string()
            } else {
                format!("{base}-{number}")
            };
            // Free in every kind, so that a bare `[[id]]` keeps its one meaning.
            if taken(&RecordId::new(&id)) {
                continue;
            }
            let path = root.join(&kind.folder).join(format!("{id}.md"));
            match save::create(&path, text.as_bytes()) {
                Ok(()) => return Ok(self.content.join(&kind.folder).join(format!("{id}.md"))),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    return Err(error).with_context(|| format!("cannot write {}", path.display()));
                }
            }
        }
        bail!("there are a thousand records called {base}")
    }
}
