//! *Til teammødet*: what a team meets around, on one page of a phone and one sheet of paper.

use serde::Serialize;

use super::{Head, Maker};
use crate::{
    model::{FieldType, KindKey, RecordId},
    render::{
        Page, TemplateError,
        links::{deed, with_choices},
        pieces::Named,
    },
    site::{
        Route,
        rhythm::{self, Experiment, Question, Spreading, Standing},
        view::Seen,
    },
    text::danish,
};

/// So many ideas of other teams are shown.
const IDEAS_OF_OTHERS: usize = 3;
/// So many of the team's own ideas are shown; the rest are a link away.
const OWN_IDEAS: usize = 6;
/// So many questions of other teams are shown.
const QUESTIONS_OF_OTHERS: usize = 3;

#[derive(Serialize)]
struct Own {
    meeting: Meeting,
}

#[derive(Serialize)]
struct Meeting {
    team: Named,
    date_text: String,
    /// Whether the reader may write for this team.
    writes: bool,
    running: Vec<Line>,
    due: Vec<Line>,
    waiting: Vec<Line>,
    asked_by_others: Vec<Line>,
    ideas: Vec<Line>,
    more_ideas: Option<MoreIdeas>,
    ideas_of_others: Vec<Line>,
    /// The answers to how it went, to be ticked on paper.
    answers: Vec<String>,
    try_url: String,
    idea_url: String,
    calendar_url: Option<String>,
}

#[derive(Serialize)]
struct MoreIdeas {
    url: String,
    count: usize,
}

/// A line of a list and what can be done with it.
#[derive(Serialize)]
pub(super) struct Line {
    title: String,
    url: String,
    note: String,
    is_due: bool,
    example: bool,
    /// Who may see it, when that is only the team.
    visibility_text: Option<String>,
    /// Where the reader goes on.
    go: Option<Step>,
    /// What one tap does.
    tap: Option<Tap>,
}

#[derive(Serialize)]
struct Step {
    url: String,
    label: String,
    /// Whether the page has something more pressing.
    quiet: bool,
}

#[derive(Serialize)]
struct Tap {
    action: String,
    team: String,
}

pub(super) fn page(maker: &Maker<'_>, id: &RecordId) -> Result<Page, TemplateError> {
    let (view, actor) = (maker.view, &maker.request.actor);
    let Some(team) = view.find("team", id.as_str()) else {
        return super::missing::page(maker);
    };
    if !actor.follows_teams() {
        return super::missing::page(maker);
    }
    let writes = writes_for(maker, id);
    let own: Vec<Experiment<'_>> = rhythm::experiments(view)
        .into_iter()
        .filter(|e| e.seen.record.team.as_ref() == Some(id))
        .collect();
    let running = own.iter().filter(|e| e.standing != Standing::Ended);
    let (waiting, asked_by_others) = rhythm::questions(view, id);
    let (ideas, others) = rhythm::untried(view, id);
    let title = maker.text("moede_title");
    let meeting = Meeting {
        team: Named {
            title: team.record.title.clone(),
            url: Some(maker.links.to_record(&team.record.reference)),
        },
        date_text: danish::date_long(view.today(), maker.renderer.texts.lang()),
        writes,
        running: running
            .map(|e| Line {
                is_due: e.is_due,
                ..line(maker, e.seen, how_long(maker, e))
            })
            .collect(),
        due: own
            .iter()
            .filter(|e| e.is_due)
            .map(|e| due(maker, e, false))
            .collect(),
        waiting: waiting.iter().map(|q| question(maker, q, writes)).collect(),
        asked_by_others: asked_by_others
            .iter()
            .take(QUESTIONS_OF_OTHERS)
            .map(|q| question(maker, q, writes))
            .collect(),
        more_ideas: (ideas.len() > OWN_IDEAS).then(|| MoreIdeas {
            url: maker.links.to_record(&team.record.reference),
            count: ideas.len() - OWN_IDEAS,
        }),
        ideas: ideas
            .iter()
            .take(OWN_IDEAS)
            .map(|i| idea(maker, i, id, writes))
            .collect(),
        ideas_of_others: others
            .iter()
            .take(IDEAS_OF_OTHERS)
            .map(|i| idea(maker, i, id, writes))
            .collect(),
        answers: answers(maker),
        try_url: begin("proevehandlinger", id),
        idea_url: begin("ideer", id),
        calendar_url: (writes && own.iter().any(|e| e.check_in.is_some()))
            .then(|| maker.links.to(&Route::Ics(Some(id.clone())))),
    };
    let mut head = Head::new("teammoede", format!("{title}: {}", team.record.title));
    head.crumbs = vec![
        maker.home(),
        maker.crumb(
            &Route::Record(team.record.reference.clone()),
            team.record.title.clone(),
        ),
        Maker::here(title),
    ];
    maker.finish(head, &Own { meeting })
}

/// Whether the reader writes for a team: as one of it, or as whoever looks after the whole.
pub(super) fn writes_for(maker: &Maker<'_>, team: &RecordId) -> bool {
    let actor = &maker.request.actor;
    actor.may_write() && (actor.may_approve() || actor.is_of_team(Some(team)))
}

/// Where a record of a team begins.
fn begin(folder: &str, team: &RecordId) -> String {
    with_choices(
        format!("/ny/{folder}/"),
        &[("team".to_owned(), team.to_string())],
    )
}

fn line(maker: &Maker<'_>, seen: Seen<'_>, note: String) -> Line {
    let hidden = seen.record.visibility == crate::model::Visibility::Team;
    Line {
        title: seen.record.title.clone(),
        url: maker.links.to_record(&seen.record.reference),
        note,
        is_due: false,
        example: seen.record.example,
        visibility_text: hidden.then(|| maker.text("visibility_team")),
        go: None,
        tap: None,
    }
}

/// An experiment whose team is asked how it went, with the way to tell it; with the team's name
/// where that is not known from the page.
pub(super) fn due(maker: &Maker<'_>, experiment: &Experiment<'_>, whose: bool) -> Line {
    let record = experiment.seen.record;
    let team = maker.view.team(experiment.seen).filter(|_| whose);
    let how_long = how_long(maker, experiment);
    let note = match team {
        Some(team) => format!("{} · {how_long}", team.record.title),
        None => how_long,
    };
    let tells = record
        .team
        .as_ref()
        .is_some_and(|team| writes_for(maker, team))
        && maker.request.actor.may_edit(record);
    Line {
        go: tells.then(|| Step {
            url: deed("fortael", record),
            label: maker.text("moede_tell"),
            quiet: false,
        }),
        ..line(maker, experiment.seen, note)
    }
}

/// "Begyndte 8. november 2021, 23 dage".
pub(super) fn how_long(maker: &Maker<'_>, experiment: &Experiment<'_>) -> String {
    let texts = &maker.renderer.texts;
    let day = |date| danish::date_long(date, texts.lang());
    let Some(began) = experiment.began else {
        return texts.get("moede_no_date").to_owned();
    };
    match experiment.standing {
        Standing::Planned => texts.fill("moede_begins", &[("date", &day(began))]),
        Standing::Ended => {
            let ended = experiment.seen.record.date("til").unwrap_or(began);
            texts.fill("moede_ended", &[("date", &day(ended))])
        }
        Standing::Running => {
            let began = texts.fill("moede_began", &[("date", &day(began))]);
            let days = usize::try_from(experiment.days).unwrap_or_default();
            match days {
                0 => texts.get("moede_began_today").to_owned(),
                days => format!("{began} · {}", texts.count("moede_days", days, &[])),
            }
        }
    }
}

fn question(maker: &Maker<'_>, question: &Question<'_>, writes: bool) -> Line {
    let (texts, record) = (&maker.renderer.texts, question.seen.record);
    let note = match question.about {
        Some(about) => texts.fill(
            "moede_about",
            &[
                ("kind", &word_for(question.seen)),
                ("title", &about.record.title),
            ],
        ),
        None => maker
            .view
            .team(question.seen)
            .map_or_else(String::new, |team| {
                texts.fill("moede_asked_by", &[("team", &team.record.title)])
            }),
    };
    let url = match record.reference.kind.as_str() {
        "feedback" => deed("ret", record),
        _ => deed("kommentar", record),
    };
    Line {
        go: (writes && maker.request.actor.may_comment()).then(|| Step {
            url,
            label: texts.get("moede_answer").to_owned(),
            quiet: true,
        }),
        ..line(maker, question.seen, note)
    }
}

/// What feedback is: "Kritisk analyse".
fn word_for(seen: Seen<'_>) -> String {
    let record = seen.record;
    let choice = record
        .kind
        .field("slags")
        .zip(record.text("slags"))
        .and_then(|(field, key)| field.choice(key));
    choice.map_or_else(|| record.kind.name_one.clone(), |c| c.label.clone())
}

fn idea(maker: &Maker<'_>, idea: &Spreading<'_>, team: &RecordId, writes: bool) -> Line {
    let (texts, record) = (&maker.renderer.texts, idea.seen.record);
    let note = match idea.teams.len() {
        0 => maker.view.lead(idea.seen),
        n => texts.count("moede_tried_by", n, &[]),
    };
    let kinds = &maker.view.definitions().kinds;
    let may_try = kinds
        .by_key(&KindKey::new("proevehandling"))
        .is_some_and(|kind| maker.request.actor.may_create(kind));
    Line {
        tap: (writes && may_try).then(|| Tap {
            action: deed("proev", record),
            team: team.to_string(),
        }),
        ..line(maker, idea.seen, note)
    }
}

/// The words for how it went.
fn answers(maker: &Maker<'_>) -> Vec<String> {
    let kinds = &maker.view.definitions().kinds;
    let field = kinds
        .by_key(&KindKey::new("proevehandling"))
        .and_then(|kind| kind.field("gik_det"));
    match field.map(|f| &f.field_type) {
        Some(FieldType::Choice(choices)) => choices.iter().map(|c| c.label.clone()).collect(),
        _ => Vec::new(),
    }
}
