//! The question to a team on the day on which an experiment has come of age: how did it go?

use super::{Digest, Maker, Own, Section, outward, plain};
use crate::{
    render::{
        Renderer, TemplateError,
        links::{deed, from_outside},
    },
    site::{
        SiteView,
        rhythm::{Experiment, Standing},
    },
};

/// The question about an experiment of the view.
pub fn question(
    renderer: &Renderer,
    view: &SiteView,
    asked: &Experiment<'_>,
    unsubscribe: &str,
) -> Result<Digest, TemplateError> {
    let texts = &renderer.texts;
    let maker = Maker { renderer, view };
    let seen = asked.seen;
    let title = outward(texts, seen);
    let subject = texts.fill("kalender_how_was", &[("title", &title)]);
    let (key, day) = match asked.standing {
        Standing::Ended => ("moede_ended", seen.record.date("til")),
        _ => ("moede_began", asked.began),
    };
    let note = day.map_or_else(String::new, |day| {
        texts.fill(key, &[("date", &maker.day(day))])
    });
    let section = Section {
        title: texts.get("brev_ask_title").to_owned(),
        lines: vec![maker.line(seen, note, &deed("fortael", seen.record))],
        more: Some(texts.get("brev_ask_note").to_owned()),
    };
    let site = &view.config().title;
    let home_url = view
        .config()
        .base_url
        .as_ref()
        .map(|_| from_outside(view, ""));
    let own = Own {
        lang: texts.lang().as_str(),
        title: &subject,
        greeting: texts.get("brev_ask_greeting"),
        sections: &[section],
        home_url,
        home_label: site,
        why: texts.get("brev_ask_why"),
        unsubscribe,
        unsubscribe_label: texts.get("brev_unsubscribe"),
    };
    let html = renderer.templates.render("brev.html", &own)?;
    Ok(Digest {
        text: plain(&own),
        subject,
        html,
    })
}
