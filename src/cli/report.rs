//! Diagnostics as commands print them.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use crate::{
    diag::{
        Diagnostic, Severity, github,
        human::{self, Colour},
        json,
    },
    engine::Snapshot,
    text::Lang,
};

/// The forms of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object a line
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// Prints diagnostics and, for people, how many there are.
pub fn print(
    snapshot: &Snapshot,
    found: &[&Diagnostic],
    prefix: &str,
    format: Format,
    lang: Lang,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let colour = if out.is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Colour::Always
    } else {
        Colour::Never
    };
    for diagnostic in found {
        let source = snapshot.text_of(&diagnostic.path).map(|t| &**t);
        match format {
            Format::Human => writeln!(
                out,
                "{}",
                human::render(diagnostic, source, prefix, lang, colour)
            )?,
            Format::Json => writeln!(out, "{}", json::render(diagnostic, source, lang).trim_end())?,
            Format::Github => writeln!(
                out,
                "{}",
                github::render(diagnostic, source, prefix, lang).trim_end()
            )?,
        }
    }
    if format == Format::Human {
        writeln!(
            out,
            "{}",
            summary(found, snapshot.view().records().count(), lang)
        )?;
    }
    Ok(())
}

fn summary(found: &[&Diagnostic], records: usize, lang: Lang) -> String {
    let count = |severity: Severity| found.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings, notices) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Notice),
    );
    let word = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    match lang {
        Lang::Da => format!(
            "{}, {} og {} i {}",
            word(errors, "fejl", "fejl"),
            word(warnings, "advarsel", "advarsler"),
            word(notices, "besked", "beskeder"),
            word(records, "post", "poster")
        ),
        Lang::En => format!(
            "{}, {} and {} in {}",
            word(errors, "error", "errors"),
            word(warnings, "warning", "warnings"),
            word(notices, "notice", "notices"),
            word(records, "record", "records")
        ),
    }
}
