//! The one door to the template engine.

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera};

use super::{links, texts::Texts, theme::Theme};
use crate::text::danish;

/// Templates of a theme with kaffe's functions.
pub struct Templates {
    tera: Tera,
    /// What components see without being given it.
    shared: Context,
}

/// A theme cannot be used; theme makers and operators read it.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The engine's own words, with the file, the line and a caret.
    #[error("a template is broken")]
    Template(#[from] tera::Error),
    /// A file of texts.
    #[error("tekster/{name} is broken: {detail}")]
    Texts {
        /// The file.
        name: String,
        /// Why.
        detail: String,
    },
}

impl Templates {
    /// Reads all templates of a theme.
    pub fn new(theme: &Theme, texts: &Texts) -> Result<Self, TemplateError> {
        let mut tera = Tera::new();
        tera.autoescape_on(vec![".html"]);
        // Functions must be known before the templates that use them.
        let own = texts.clone();
        tera.register_function(
            "tr",
            move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
                translated(&own, &kwargs)
            },
        );
        let lang = texts.lang();
        tera.register_function(
            "num",
            move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
                Ok(danish::decimal(kwargs.must_get::<f64>("x")?, lang))
            },
        );
        tera.register_function(
            "asset",
            |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
                let (name, root) = (
                    kwargs.must_get::<&str>("name")?,
                    kwargs.must_get::<&str>("root")?,
                );
                Ok(links::asset(root, name))
            },
        );
        let mut shared = Context::new();
        shared.insert("t", texts.all());
        tera.global_context().extend(shared.clone());
        let files: Vec<(String, String)> = theme
            .texts_in("templates")
            .map(|(n, t)| (n.to_owned(), t.into_owned()))
            .collect();
        tera.add_raw_templates(files)?;
        Ok(Self { tera, shared })
    }

    /// Fills a template.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        Ok(self.tera.render(name, &Context::from_serialize(context)?)?)
    }

    /// Fills a component.
    pub fn component(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateError> {
        let context = Context::from_serialize(context)?;
        Ok(self
            .tera
            .render_component_with_implicits(name, &context, &self.shared, None, true)?)
    }
}

/// `tr(key=…, n=…, name=…)`: the words under a key with its places filled.
fn translated(texts: &Texts, kwargs: &Kwargs) -> tera::TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let mut values = Vec::new();
    for name in [
        "name", "title", "query", "kind", "date", "label", "count", "x", "version", "team", "path",
        "total", "shown",
    ] {
        if let Some(value) = kwargs.get::<tera::Value>(name)? {
            values.push((name, value.to_string()));
        }
    }
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    match kwargs.get::<u64>("n")? {
        Some(n) => Ok(texts.count(key, usize::try_from(n).unwrap_or(usize::MAX), &values)),
        None => Ok(texts.fill(key, &values)),
    }
}
