//! Times and browsers in words.

use jiff::{Timestamp, tz::TimeZone};

use crate::text::{Lang, danish};

/// A day and a time of day: "1. november 2021 kl. 14.05".
pub fn moment(at: Timestamp, lang: Lang) -> String {
    let local = at.to_zoned(TimeZone::system());
    let (date, hour, minute) = (
        danish::date_long(local.date(), lang),
        local.hour(),
        local.minute(),
    );
    match lang {
        Lang::Da => format!("{date} kl. {hour}.{minute:02}"),
        Lang::En => format!("{date}, {hour}:{minute:02}"),
    }
}

/// A day: "1. november 2021".
pub fn day(at: Timestamp, lang: Lang) -> String {
    danish::date_long(at.to_zoned(TimeZone::system()).date(), lang)
}

/// The system and the browser that a user agent names, in names that people know: "iPhone · Safari".
pub fn browser(agent: &str) -> String {
    // The first that fits: most browsers also name those that they are made like.
    const SYSTEMS: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    let first = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [first(&SYSTEMS), first(&BROWSERS)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        let phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";
        let office = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0";
        assert_eq!(browser(iphone), "iPhone · Safari");
        assert_eq!(browser(phone), "Android · Chrome");
        assert_eq!(browser(office), "Windows · Edge");
        assert_eq!(browser("curl/8.5.0"), "");
    }
}
