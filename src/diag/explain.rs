//! What `kaffe explain CODE` says, and the help page about messages from the same table.

use std::fmt::Write as _;

use super::{Code, words};
use crate::text::Lang;

/// The explanation of a code: what it means, how it looks wrong and right. Ends with a line break.
#[must_use]
pub fn text(code: Code, lang: Lang) -> String {
    let entry = words::of(code);
    let said = entry.in_lang(lang);
    let headline = words::fill(said.headline, |_| None);
    let mut text = format!(
        "{}[{code}]: {headline}\n\n{}\n",
        code.severity().word(lang),
        said.explain
    );
    for (name, example) in [
        (lang.pick("Sådan ikke", "Not so"), entry.wrong),
        (lang.pick("Men sådan", "But so"), entry.right),
    ] {
        if !example.is_empty() {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "\n{name}:");
            for line in example.lines() {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_has_words_and_an_example() {
        let said = text(Code::K011, Lang::Da);
        assert!(said.starts_with(
            "fejl[K011]: der står et kolon midt i en tekst uden anførselstegn\n\nEt kolon "
        ));
        assert!(said.contains("\n\nSådan ikke:\n    titel: Kaffe først: en prøve\n"));
        assert!(said.ends_with("\n\nMen sådan:\n    titel: \"Kaffe først: en prøve\"\n"));
        assert!(text(Code::K011, Lang::En).starts_with("error[K011]: there is a colon"));
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        for code in Code::ALL {
            let both = Lang::ALL.map(|lang| text(*code, lang));
            assert_ne!(both[0], both[1], "{code}");
            for said in both {
                assert!(said.lines().count() >= 3, "{said}");
                assert!(
                    !said
                        .lines()
                        .next()
                        .is_some_and(|line| line.contains(['{', '}'])),
                    "{said}"
                );
                assert!(
                    !said.contains("\n\n\n") && said.ends_with('\n') && !said.ends_with("\n\n"),
                    "{said}"
                );
            }
        }
    }
}
