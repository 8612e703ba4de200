//! The two languages that kaffe itself speaks.
//!
//! Takes and gives the short names `da` and `en`. The language of a record or of a site's labels is data and is not
//! limited to these two.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of kaffe's own interface and diagnostics.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Lang {
    /// Danish, the language authors write in.
    #[default]
    #[serde(rename = "da")]
    Da,
    /// English, from the same tables.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both languages, Danish first.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// The short name that stands in `kaffe.yaml`, in `--lang` and in HTML: `da` or `en`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn pick<'a>(self, da: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Da => da,
            Self::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is neither Danish nor English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLang(
    /// The name as it was written.
    pub String,
);

impl fmt::Display for UnknownLang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is not a language of kaffe: choose da or en",
            self.0
        )
    }
}

impl std::error::Error for UnknownLang {}

impl FromStr for Lang {
    type Err = UnknownLang;

    /// Reads `da`, `dansk`, `danish`, `en`, `engelsk`, `english`, and forms with a region such as `da-DK`.
    ///
    /// # Errors
    /// Any other name, for the person who typed `--lang` or wrote `sprog:`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_lowercase();
        match lower.split(['-', '_']).next() {
            Some("da" | "dan" | "dansk" | "danish") => Ok(Self::Da),
            Some("en" | "eng" | "engelsk" | "english") => Ok(Self::En),
            _ => Err(UnknownLang(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_goes_round_through_its_name() {
        for lang in Lang::ALL {
            assert_eq!(lang.to_string().parse(), Ok(lang));
        }
        assert_eq!("da-DK".parse(), Ok(Lang::Da));
        assert_eq!("EN_gb".parse(), Ok(Lang::En));
    }

    #[test]
    fn another_language_is_refused_by_name() {
        let refused = "tysk".parse::<Lang>();
        assert_eq!(refused, Err(UnknownLang("tysk".to_owned())));
    }
}
