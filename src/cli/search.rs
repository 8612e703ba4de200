//! `kaffe search`: the search, in a terminal.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;
use serde::Serialize;

use super::{Outcome, clock, default_content};
use crate::{
    engine::{Engine, Options},
    model::{Audience, RecordRef},
    search::Query,
    site::route::Surface,
    text::Lang,
};

/// The arguments of `kaffe search`.
#[derive(Debug, Args)]
pub struct Search {
    /// The words to find
    query: String,
    /// The content folder
    #[arg(long, value_name = "DIR", default_value_os_t = default_content())]
    content: PathBuf,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    kind: &'a str,
    id: &'a str,
    title: &'a str,
    path: &'a str,
    score: f32,
    snippet: String,
}

impl Search {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        let options = Options {
            content: self.content,
            theme: None,
            audience: Audience::Project,
            surface: Surface::Live,
            today: clock::today(None),
            search: true,
            data: None,
        };
        let snapshot = Engine::start(options)?.snapshot();
        let view = snapshot.view();
        let known = |word: &String| {
            view.definitions()
                .kinds
                .by_word(word)
                .map_or_else(|| word.clone(), |k| k.key.to_string())
        };
        let kind = self.kind.as_ref().map(known);
        let answer = snapshot.search(&Query {
            text: self.query,
            kind,
            limit: self.limit,
            offset: 0,
        })?;
        let mut out = io::stdout().lock();
        for hit in &answer.hits {
            let Some(reference) = RecordRef::of_key(&hit.key) else {
                continue;
            };
            let Some(seen) = view.get(&reference) else {
                continue;
            };
            let snippet: String = hit
                .snippet
                .iter()
                .map(|(words, _)| words.as_str())
                .collect();
            let line = Line {
                kind: reference.kind.as_str(),
                id: reference.id.as_str(),
                title: &seen.record.title,
                path: seen.record.path.as_str(),
                score: hit.score,
                snippet,
            };
            if self.json {
                writeln!(out, "{}", serde_json::to_string(&line)?)?;
            } else {
                writeln!(
                    out,
                    "{}  ({})\n    {}\n    {}",
                    line.title, seen.record.kind.name_one, line.path, line.snippet
                )?;
            }
        }
        if !self.json {
            let lang = lang.unwrap_or(view.config().lang);
            match lang {
                Lang::Da => writeln!(out, "{} fundet", answer.total)?,
                Lang::En => writeln!(out, "{} found", answer.total)?,
            }
            if !answer.suggestions.is_empty() {
                writeln!(
                    out,
                    "{} {}",
                    lang.pick("Mente du:", "Did you mean:"),
                    answer.suggestions.join(", ")
                )?;
            }
        }
        Ok(Outcome::Well)
    }
}
