//! The embedded starter: the repository's `content/` without its invented examples.

use std::{borrow::Cow, sync::Arc};

use rust_embed::RustEmbed;

use crate::{
    model::SourcePath,
    parse::definitions::{DefinitionFile, is_definition},
};

#[derive(RustEmbed)]
#[folder = "content"]
struct Content;

/// Every file of the starter, in the order of their paths.
pub fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let mut names: Vec<String> = Content::iter().map(Cow::into_owned).collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| Content::get(&name).map(|file| (name, file.data)))
        .filter(|(name, data)| !(is_record(name) && is_example(&String::from_utf8_lossy(data))))
}

/// The kinds and vocabularies that hold where a folder has none of its own.
#[must_use]
pub fn definition_files() -> Vec<DefinitionFile> {
    let file = |(name, data): (String, Cow<'static, [u8]>)| {
        let path = SourcePath::new(&name).ok().filter(is_definition)?;
        Some(DefinitionFile {
            path,
            text: Arc::from(String::from_utf8_lossy(&data)),
        })
    };
    files().filter_map(file).collect()
}

fn is_record(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "md")
}

/// An example is marked in its front matter.
fn is_example(text: &str) -> bool {
    text.lines()
        .skip(1)
        .take_while(|line| line.trim_end() != "---")
        .any(|line| line.trim_end() == "eksempel: ja")
}
