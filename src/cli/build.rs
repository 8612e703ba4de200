//! `kaffe build`: the public site as a folder.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::bail;
use clap::Args;
use jiff::civil::Date;

use super::{
    Outcome, clock, default_content,
    report::{self, Format},
};
use crate::{
    diag::{Diagnostic, Severity},
    engine::{Engine, Options},
    model::Audience,
    publish,
    site::route::Surface,
    text::Lang,
};

/// The arguments of `kaffe build`.
#[derive(Debug, Args)]
pub struct Build {
    /// The content folder
    #[arg(default_value_os_t = default_content())]
    content: PathBuf,
    /// The folder to write; an earlier edition in it is replaced as a whole
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A folder whose files go over the shipped theme's
    #[arg(long, value_name = "DIR")]
    theme: Option<PathBuf>,
    /// The day of the site, where the edition has no date (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Whether a folder, which may not be there yet, lies in another.
fn is_within(folder: &Path, other: &Path) -> bool {
    let Ok(other) = other.canonicalize() else {
        return false;
    };
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let real = absolute
        .ancestors()
        .find_map(|part| part.canonicalize().ok());
    real.is_some_and(|real| real.starts_with(other))
}

impl Build {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        if is_within(&self.out, &self.content) {
            bail!(
                "{} lies in the content folder, where the next build would read it; choose another folder",
                self.out.display()
            );
        }
        let options = Options {
            content: self.content.clone(),
            theme: self.theme,
            audience: Audience::Public,
            surface: Surface::Published,
            today: clock::today(self.today),
            search: false,
            data: None,
        };
        let snapshot = Engine::start(options)?.snapshot();
        let lang = lang.unwrap_or(snapshot.view().config().lang);
        let obstacles = publish::obstacles(&snapshot);
        if !obstacles.is_empty() {
            let prefix = format!(
                "{}/",
                self.content.display().to_string().trim_end_matches('/')
            );
            // What is a warning in the wiki is an error of an edition: it stops it.
            let stopping: Vec<Diagnostic> = obstacles
                .into_iter()
                .map(|found| Diagnostic {
                    severity: Severity::Error,
                    ..found.clone()
                })
                .collect();
            let stopping: Vec<&Diagnostic> = stopping.iter().collect();
            report::print(&snapshot, &stopping, &prefix, Format::Human, lang)?;
            let words = lang.pick(
                "Intet er skrevet: ret det her først.",
                "Nothing was written: mend this first.",
            );
            writeln!(io::stderr(), "{words}")?;
            return Ok(Outcome::ContentErrors);
        }
        let files = publish::files(&snapshot)?;
        publish::folder::write(&self.out, &files)?;
        let records = snapshot.view().records().count();
        let mut out = io::stdout().lock();
        match lang {
            Lang::Da => writeln!(
                out,
                "{} filer med {records} offentlige poster i {}",
                files.len(),
                self.out.display()
            )?,
            Lang::En => writeln!(
                out,
                "{} files with {records} public records in {}",
                files.len(),
                self.out.display()
            )?,
        }
        if records == 0 {
            let words = lang.pick(
                "Ingen poster er offentlige endnu: det er de, når der står synlighed: offentlig og gennemgang: godkendt (eller det samme under standard: i kaffe.yaml).",
                "No record is public yet: it takes synlighed: offentlig and gennemgang: godkendt (or both under standard: in kaffe.yaml).",
            );
            writeln!(out, "{words}")?;
        }
        Ok(Outcome::Well)
    }
}
