//! What kaffe says to the people who write: one [`Diagnostic`] for each problem, and the forms it is shown in.
//!
//! A diagnostic holds a [`Code`], a place and the words of the author that belong in the sentence; the sentences
//! themselves stand in both languages in [`words`]. It is shown in a terminal ([`human`]), as data ([`json`]), on a
//! pull request ([`github`]) or by its field in a form; [`explain`] tells more about a code.
//!
//! Whatever is shown goes through [`cpr::mask`]: no message repeats a number that looks like
//! a CPR number, whichever rule it comes from.
//!
//! Left out: finding problems (parse, site), reading files, printing, and choosing exit codes.

pub mod code;
pub mod explain;
pub mod github;
pub mod human;
pub mod json;
pub mod place;
pub mod words;

use std::cmp::Ordering;
use std::fmt;

pub use code::Code;
pub use place::{LineIndex, Position, Span};

use crate::text::{Lang, cpr};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// `fejl`: the content has an error, and `kaffe check` answers with exit code 1.
    Error,
    /// `advarsel`: something is probably not as the author means it.
    Warning,
    /// `besked`: good to know, never in the way.
    Notice,
}

impl Severity {
    /// The word that begins a message.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Error => lang.pick("fejl", "error"),
            Self::Warning => lang.pick("advarsel", "warning"),
            Self::Notice => lang.pick("besked", "notice"),
        }
    }

    /// The English word, the same in every language: for data, class names and GitHub.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.word(Lang::En)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One problem in the content, said to its author.
///
/// The order is that of reading: path, place, code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which problem it is.
    pub code: Code,
    /// How much it matters here; begins as the code's own.
    pub severity: Severity,
    /// The file, relative to the content folder, with forward slashes.
    pub path: String,
    /// Where in the file; none for a problem of the whole file.
    pub span: Option<Span>,
    /// What stands in the `{placeholders}` of the code's words.
    pub args: Vec<(&'static str, String)>,
    /// The placeholders that are another word in English; they go before [`args`](Self::args) there.
    pub english: Vec<(&'static str, String)>,
    /// A line to paste, instead of the one from the table.
    pub fix: Option<String>,
    /// The values that are allowed.
    pub choices: Vec<String>,
    /// The name the author probably meant.
    pub suggestion: Option<String>,
    /// The key of the form field it belongs to.
    pub field: Option<String>,
}

impl Diagnostic {
    /// A diagnostic about a whole file, with the code's own severity.
    #[must_use]
    pub fn new(code: Code, path: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            path: path.into(),
            span: None,
            args: Vec::new(),
            english: Vec::new(),
            fix: None,
            choices: Vec::new(),
            suggestion: None,
            field: None,
        }
    }

    /// Says where in the file it is; takes a [`Span`] or an `Option<Span>`.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Fills a placeholder with the same text in both languages.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Fills a placeholder with a text of its own in each language.
    #[must_use]
    pub fn arg_in(
        mut self,
        name: &'static str,
        da: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        self.args.push((name, da.into()));
        self.english.push((name, en.into()));
        self
    }

    /// Gives the line to paste, instead of the one from the table.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Lists the values that are allowed.
    #[must_use]
    pub fn with_choices<S: Into<String>>(mut self, choices: impl IntoIterator<Item = S>) -> Self {
        self.choices = choices.into_iter().map(Into::into).collect();
        self
    }

    /// Names what the author probably meant, as [`nearest`](crate::text::likeness::nearest) answers it.
    #[must_use]
    pub fn with_suggestion(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    /// Says that it matters more or less here than the code usually does.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Ties it to a form field by the field's key.
    #[must_use]
    pub fn in_field(mut self, key: impl Into<String>) -> Self {
        self.field = Some(key.into());
        self
    }

    /// True when it makes `kaffe check` fail.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn headline(&self, lang: Lang) -> String {
        self.fill(words::of(self.code).in_lang(lang).headline, lang)
    }

    /// The few words at the caret; may be empty.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        self.fill(words::of(self.code).in_lang(lang).label, lang)
    }

    /// The line to paste or the thing to do; none when there is nothing short to say.
    #[must_use]
    pub fn fix(&self, lang: Lang) -> Option<String> {
        let text = match &self.fix {
            Some(own) => shown(own),
            None => self.fill(words::of(self.code).in_lang(lang).fix, lang),
        };
        (!text.is_empty()).then_some(text)
    }

    /// What happens meanwhile; none when nothing does.
    #[must_use]
    pub fn until(&self, lang: Lang) -> Option<String> {
        let text = self.fill(words::of(self.code).in_lang(lang).until, lang);
        (!text.is_empty()).then_some(text)
    }

    /// The path as it may be shown: a file name with a CPR-like number in it loses its digits.
    #[must_use]
    pub fn shown_path(&self) -> String {
        cpr::mask_name(&self.path).into_owned()
    }

    /// The allowed values and the likely one as they may be shown.
    pub(crate) fn shown_choices(&self) -> Vec<String> {
        self.choices.iter().map(|choice| shown(choice)).collect()
    }

    /// The name the author probably meant as it may be shown.
    pub(crate) fn shown_suggestion(&self) -> Option<String> {
        self.suggestion.as_deref().map(shown)
    }

    fn fill(&self, template: &str, lang: Lang) -> String {
        words::fill(template, |name| {
            let own = |list: &[(&'static str, String)]| {
                list.iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| cpr::mask(value).into_owned())
            };
            match lang {
                Lang::Da => own(&self.args),
                Lang::En => own(&self.english).or_else(|| own(&self.args)),
            }
        })
    }
}

/// An author's text as it may be shown: no number that looks like a CPR number, and no sign that a terminal obeys.
fn shown(text: &str) -> String {
    let obeyed = |c: char| c.is_control() && c != '\n';
    cpr::mask(text).replace(obeyed, " ")
}

impl Ord for Diagnostic {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |d: &Self| (d.span, d.code, d.severity);
        self.path
            .cmp(&other.path)
            .then_with(|| place(self).cmp(&place(other)))
            .then_with(|| self.args.cmp(&other.args))
            .then_with(|| self.english.cmp(&other.english))
            .then_with(|| self.fix.cmp(&other.fix))
            .then_with(|| self.choices.cmp(&other.choices))
            .then_with(|| self.suggestion.cmp(&other.suggestion))
            .then_with(|| self.field.cmp(&other.field))
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
