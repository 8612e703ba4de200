//! kaffe's own words, from the theme's `tekster/<language>.yaml`.

use std::collections::BTreeMap;

use super::{TemplateError, theme::Theme};
use crate::{
    parse::yaml::{self, Node},
    text::Lang,
};

/// The words of the interface in one language. A missing word is shown as its key: ugly, but never
/// the end of a page.
#[derive(Clone, Debug)]
pub struct Texts {
    lang: Lang,
    words: BTreeMap<String, String>,
}

impl Texts {
    /// Reads the words of a language; the Danish ones stand in for what is missing.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(theme: &Theme, lang: Lang) -> Result<Self, TemplateError> {
        let mut words = read(theme, Lang::Da)?;
        if lang != Lang::Da {
            words.extend(read(theme, lang)?);
        }
        Ok(Self { lang, words })
    }

    /// The language.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Every word by its key.
    #[must_use]
    pub const fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// The words under a key.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The words under a key, if there are any.
    #[must_use]
    pub fn known(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// The words under a key with `{name}` filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The words for a number of things: `key_one` or `key_many`, or `key` itself.
    #[must_use]
    pub fn count(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let form = format!("{key}_{}", if n == 1 { "one" } else { "many" });
        let words = self.known(&form).unwrap_or_else(|| self.get(key));
        let n = n.to_string();
        let mut all = vec![("n", n.as_str())];
        all.extend_from_slice(values);
        fill(words, &all)
    }
}

fn fill(words: &str, values: &[(&str, &str)]) -> String {
    let mut filled = words.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}

fn read(theme: &Theme, lang: Lang) -> Result<BTreeMap<String, String>, TemplateError> {
    let name = format!("{lang}.yaml");
    let broken = |detail: String| TemplateError::Texts {
        name: name.clone(),
        detail,
    };
    let (_, text) = theme
        .texts_in("tekster")
        .find(|(n, _)| *n == name)
        .ok_or_else(|| broken("missing".to_owned()))?;
    let node = yaml::read(&text, 0).map_err(|e| broken(e.detail))?;
    let Node::Map(entries) = node.value else {
        return Err(broken("not a list of texts".to_owned()));
    };
    Ok(entries
        .into_iter()
        .filter_map(|(key, node)| Some((key.value, node.value.as_words()?.to_owned())))
        .collect())
}
