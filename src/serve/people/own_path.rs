//! Where somebody goes after signing in: only ever to a page of this site.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What may not stand in a header or would end the path early.
const ODD: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'#');

/// The path that was asked for, fit for a header; the front page when it is none of ours.
pub fn own_path(asked: Option<&str>) -> String {
    let is_own = |path: &&str| {
        let mut letters = path.chars();
        letters.next() == Some('/')
            // Browsers read `\` as `/`, and leave tabs and line breaks out.
            && !matches!(letters.next(), Some('/' | '\\'))
            && !path.contains(|c: char| c.is_control() || c == '\\')
            && path.len() <= 1_000
            // Nobody wants to come back to the door.
            && !["/ind", "/ud", "/api/"].iter().any(|door| path.starts_with(door))
    };
    let path = asked.filter(is_own).unwrap_or("/");
    utf8_percent_encode(path, ODD).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_site_are_come_back_to() {
        for (asked, path) in [
            (
                "/proevehandlinger/kaffe-foer-medicin/",
                "/proevehandlinger/kaffe-foer-medicin/",
            ),
            ("/soeg/?q=kaffe&side=2", "/soeg/?q=kaffe&side=2"),
            ("/emner/blåbær/", "/emner/bl%C3%A5b%C3%A6r/"),
            ("/ret/ideer/x/?a=b c", "/ret/ideer/x/?a=b%20c"),
        ] {
            assert_eq!(own_path(Some(asked)), path);
        }
    }

    #[test]
    fn nothing_leads_away_from_the_site() {
        let long = format!("/{}", "x".repeat(2_000));
        for asked in [
            "https://eksempel.dk/",
            "//eksempel.dk/",
            "/\\eksempel.dk/",
            "\\\\eksempel.dk",
            "/\t/eksempel.dk/",
            "/\n/eksempel.dk/",
            "\t//eksempel.dk",
            " //eksempel.dk",
            "javascript:alert(1)",
            "eksempel.dk",
            "",
            "/x\r\nSet-Cookie: kaffe=x",
            "/ind/?til=/ind/",
            "/ud/",
            &long,
        ] {
            assert_eq!(own_path(Some(asked)), "/", "{asked:?}");
        }
        assert_eq!(own_path(None), "/");
    }
}
