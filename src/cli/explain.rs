//! `kaffe explain`: what a code means, and how to mend it.

use std::io::{self, Write};

use anyhow::bail;
use clap::Args;

use super::Outcome;
use crate::{
    diag::{Code, explain},
    text::{Lang, likeness::nearest},
};

/// The arguments of `kaffe explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, for example K011
    code: String,
}

impl Explain {
    pub fn run(self, lang: Option<Lang>) -> anyhow::Result<Outcome> {
        let Ok(code) = self.code.trim().to_uppercase().parse::<Code>() else {
            let near = nearest(
                &self.code.to_uppercase(),
                Code::ALL.iter().map(|c| c.as_str()),
            )
            .map(|c| format!(" (did you mean {c}?)"));
            bail!("there is no code {}{}", self.code, near.unwrap_or_default());
        };
        let text = explain::text(code, lang.unwrap_or_default());
        writeln!(io::stdout(), "{}", text.trim_end())?;
        Ok(Outcome::Well)
    }
}
