//! What may be done with a record, for whoever sees its page: depends on their class alone.

use serde::Serialize;

use super::Maker;
use crate::{
    model::{Audience, KindKey, Review, Visibility},
    render::links::deed,
    site::{route::Surface, told, view::Seen},
};

/// Kinds whose records others can try too.
const TRIED: [&str; 3] = ["ide", "proevehandling", "anvisning"];

/// Addresses of what may be done.
#[derive(Default, Serialize)]
pub(super) struct Actions {
    edit_url: Option<String>,
    markdown_url: Option<String>,
    history_url: Option<String>,
    comment_url: Option<String>,
    answer_url: Option<String>,
    tell_url: Option<String>,
    also_action: Option<String>,
    photo_url: Option<String>,
    approve_action: Option<String>,
    delete_url: Option<String>,
}

/// What may be done with a record; nothing on a published page, and nothing for visitors of an open site.
pub(super) fn of(maker: &Maker<'_>, seen: Seen<'_>) -> Option<Actions> {
    let (actor, record) = (&maker.request.actor, seen.record);
    let outside = *maker.view.audience() == Audience::Public && !actor.is_signed_in();
    if maker.request.surface == Surface::Published || outside {
        return None;
    }
    let when = |yes: bool, verb: &str| yes.then(|| deed(verb, record));
    let mine = actor.may_edit(record);
    // Who has not signed in is asked to, when they tap.
    let may_begin = !actor.is_signed_in() || actor.may_write();
    let tries = maker
        .view
        .definitions()
        .kinds
        .by_key(&KindKey::new("proevehandling"));
    let can_try = TRIED.contains(&record.kind.key.as_str()) && tries.is_some() && may_begin;
    let own_running = told::is_running(record) && mine;
    let is_comment = record.kind.key.as_str() == "feedback";
    let waits = record.visibility == Visibility::Public && record.review != Review::Approved;
    let inside = *maker.view.audience() != Audience::Public;
    Some(Actions {
        edit_url: when(mine && (actor.may_reword(record) || !is_comment), "ret"),
        markdown_url: when(mine && actor.may_reword(record), "markdown"),
        history_url: when(inside, "historik"),
        comment_url: when(
            !is_comment && (actor.may_comment() || !actor.is_signed_in()),
            "kommentar",
        ),
        answer_url: when(is_comment && mine && record.value("svar").is_none(), "svar"),
        tell_url: when(own_running, "fortael"),
        also_action: when(can_try && !own_running, "proev"),
        photo_url: when(mine && actor.may_reword(record), "billede"),
        approve_action: when(waits && actor.may_approve() && mine, "godkend"),
        delete_url: when(actor.may_delete(record), "slet"),
    })
}
