//! The place of a file inside the content folder.

use std::{fmt, sync::Arc};

use unicode_normalization::UnicodeNormalization;

/// A path inside the content folder: relative, with forward slashes, in Unicode NFC (a Mac may
/// write å as two characters), without `.`, `..`, empty parts or control characters.
///
/// There is one constructor, so a path that leaves the content folder cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourcePath(Arc<str>);

/// Why a text is not a path inside the content folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("»{0}« is not a path inside the content folder")]
pub struct SourcePathError(pub String);

impl SourcePath {
    /// Makes a path from relative text; both slashes are understood.
    ///
    /// # Errors
    /// When the text is absolute, leaves the folder, or holds an empty part or control character.
    pub fn new(text: &str) -> Result<Self, SourcePathError> {
        let unified: String = text.replace('\\', "/").nfc().collect();
        let fine = !unified.is_empty()
            && unified
                .split('/')
                .all(|part| !matches!(part, "" | "." | ".."))
            && !unified.chars().any(char::is_control)
            && !unified.contains(':');
        if fine {
            Ok(Self(unified.into()))
        } else {
            Err(SourcePathError(text.to_owned()))
        }
    }

    /// The whole path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first part, which gives the kind of a record.
    #[must_use]
    pub fn first_folder(&self) -> Option<&str> {
        self.0.split_once('/').map(|(first, _)| first)
    }

    /// The folder the file lies in, or the empty text at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name with its ending.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The file name without its ending.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The ending in lower case, without the dot; empty when there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        self.file_name()
            .rsplit_once('.')
            .map_or_else(String::new, |(_, e)| e.to_lowercase())
    }

    /// The path without its ending, which is where the files of a record lie.
    #[must_use]
    pub fn without_extension(&self) -> &str {
        let cut = self.0.len() - self.file_name().len() + self.stem().len();
        self.0.get(..cut).unwrap_or(&self.0)
    }

    /// Whether the path is this folder or lies inside it.
    #[must_use]
    pub fn is_within(&self, folder: &str) -> bool {
        self.0
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::SourcePath;

    #[test]
    fn a_path_stays_inside_the_folder() {
        for bad in [
            "",
            "/etc/passwd",
            "../x.md",
            "a/../x.md",
            "a//b.md",
            "./a.md",
            "a\u{0}b.md",
            "c:/x.md",
        ] {
            assert!(SourcePath::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_path_is_composed_and_knows_its_parts() {
        let path = SourcePath::new("ideer\\under/a\u{30a}rhus.md").expect("a good path");
        assert_eq!(path.as_str(), "ideer/under/århus.md");
        assert_eq!(
            (path.first_folder(), path.folder(), path.stem()),
            (Some("ideer"), "ideer/under", "århus")
        );
        assert_eq!(
            (path.extension().as_str(), path.without_extension()),
            ("md", "ideer/under/århus")
        );
    }
}
