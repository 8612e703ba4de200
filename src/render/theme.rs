//! The theme: templates, assets and texts. The shipped one is embedded; a folder may replace any
//! of its files.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use rust_embed::RustEmbed;

/// The embedded files.
#[derive(RustEmbed)]
#[folder = "themes/kaffe"]
struct Shipped;

/// The files of a theme by their path inside it (`templates/base.html`, `assets/kaffe.css`).
#[derive(Debug)]
pub struct Theme {
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A theme's folder cannot be read; operators read it.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the theme's {path}")]
pub struct ThemeError {
    path: PathBuf,
    #[source]
    source: io::Error,
}

impl Theme {
    /// The embedded theme.
    #[must_use]
    pub fn shipped() -> Self {
        let file =
            |name: Cow<'static, str>| Shipped::get(&name).map(|f| (name.into_owned(), f.data));
        Self {
            files: Shipped::iter().filter_map(file).collect(),
        }
    }

    /// The embedded theme with the files of a folder over it.
    ///
    /// # Errors
    /// When a file of the folder cannot be read.
    pub fn with_folder(folder: &Path) -> Result<Self, ThemeError> {
        let mut theme = Self::shipped();
        theme.add_folder(folder, folder)?;
        Ok(theme)
    }

    fn add_folder(&mut self, root: &Path, folder: &Path) -> Result<(), ThemeError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| ThemeError { path, source }
        };
        for entry in fs::read_dir(folder).map_err(failed(folder))? {
            let path = entry.map_err(failed(folder))?.path();
            if path
                .file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with('.'))
            {
                continue;
            }
            if path.is_dir() {
                self.add_folder(root, &path)?;
            } else if let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) {
                let bytes = fs::read(&path).map_err(failed(&path))?;
                self.files
                    .insert(name.replace('\\', "/"), Cow::Owned(bytes));
            }
        }
        Ok(())
    }

    /// The texts of the files in a folder of the theme, by their name in that folder.
    pub fn texts_in<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, Cow<'a, str>)> {
        self.files.iter().filter_map(move |(name, bytes)| {
            let inside = name.strip_prefix(folder)?.strip_prefix('/')?;
            Some((inside, String::from_utf8_lossy(bytes)))
        })
    }

    /// The bytes of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&[u8]> {
        self.files
            .get(&format!("assets/{name}"))
            .map(|bytes| &**bytes)
    }

    /// The names of the assets.
    pub fn asset_names(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .filter_map(|name| name.strip_prefix("assets/"))
    }
}
