//! What came of a save, as programs read it.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    super::{Closed, Room},
    failed::Failed,
    shown::{Line, line},
};
use crate::{
    serve::Shared,
    writing::{Asked, Outcome, Refusal, Saved},
};

impl Room {
    /// A program's key says by itself what it was sent with.
    pub(super) fn asked_by_program<'a>(&'a self, key: Option<&'a str>) -> Asked<'a> {
        Asked {
            by_key_alone: true,
            ..self.asked(key)
        }
    }

    pub(super) fn for_api_writers(
        shared: Shared,
        actor: crate::model::Actor,
    ) -> Result<Self, Closed> {
        if !actor.is_signed_in() {
            return Err(Closed::SignIn(String::new()));
        }
        if !(actor.may_write() || actor.may_comment()) {
            return Err(Closed::NotAllowed);
        }
        Self::open(shared, actor)
    }

    pub(super) fn api_outcome(
        &self,
        outcome: Outcome,
        status: StatusCode,
    ) -> Result<Response, Failed> {
        match outcome {
            Outcome::Saved(saved) => {
                self.shared.wrote(&self.actor, self.now, &saved.path);
                self.api_saved(&saved, status)
            }
            Outcome::Conflict(conflict) => {
                #[derive(Serialize)]
                struct Both<'a> {
                    code: &'static str,
                    message: &'static str,
                    base: &'a str,
                    yours: &'a str,
                    theirs: &'a str,
                    path: &'a str,
                }
                let both = Both {
                    code: "conflict",
                    message: "somebody else changed the same place; nothing was written",
                    base: &conflict.base,
                    yours: &conflict.yours,
                    theirs: &conflict.theirs,
                    path: conflict.path.as_str(),
                };
                let response = (StatusCode::CONFLICT, Json(both)).into_response();
                Ok(tagged(response, &tag(&conflict.theirs_hash)))
            }
            Outcome::Refused(refusal) => Err(self.api_refused(&refusal)),
        }
    }

    fn api_saved(&self, saved: &Saved, status: StatusCode) -> Result<Response, Failed> {
        let snapshot = self
            .shared
            .engine
            .snapshot_for(self.snapshot.view().audience())?;
        let seen = snapshot.view().get(&saved.reference);
        let url = seen.map(|seen| {
            let route = crate::site::Route::Record(seen.record.reference.clone());
            format!("/{}", snapshot.view().address(&route))
        });
        let answer = Answer {
            id: saved.reference.id.to_string(),
            kind: saved.reference.kind.to_string(),
            hash: saved.hash.clone(),
            problems: snapshot
                .view()
                .problems()
                .iter()
                .filter(|p| p.path == saved.path.as_str())
                .map(|p| line(self, p))
                .collect(),
            approval_lost: saved.approval_lost,
            url,
        };
        let location = format!(
            "/api/records/{}/{}",
            saved.reference.kind, saved.reference.id
        );
        let mut response = tagged((status, Json(answer)).into_response(), &tag(&saved.hash));
        if saved.merged {
            response
                .headers_mut()
                .insert("x-kaffe-merged", HeaderValue::from_static("1"));
        }
        if status == StatusCode::CREATED
            && let Ok(to) = HeaderValue::from_str(&location)
        {
            response.headers_mut().insert(header::LOCATION, to);
        }
        Ok(response)
    }

    fn api_refused(&self, refusal: &Refusal) -> Failed {
        let text = self
            .refusal(refusal)
            .into_iter()
            .next()
            .map_or_else(String::new, |p| p.text);
        let (status, code) = match refusal {
            Refusal::NotAllowed { .. } => (StatusCode::FORBIDDEN, "not_allowed"),
            Refusal::OwnText => (StatusCode::FORBIDDEN, "own_text"),
            Refusal::Cpr(_) => (StatusCode::UNPROCESSABLE_ENTITY, "cpr"),
            Refusal::Personal(_) => (StatusCode::UNPROCESSABLE_ENTITY, "personal"),
            Refusal::Unreadable(_) => (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
            Refusal::Untitled => (StatusCode::UNPROCESSABLE_ENTITY, "untitled"),
        };
        let field = match refusal {
            Refusal::NotAllowed { field } => field.clone(),
            Refusal::Untitled => Some("titel".to_owned()),
            _ => None,
        };
        Failed {
            field,
            ..Failed::new(status, code, text)
        }
    }
}

pub(super) fn if_match(headers: &HeaderMap) -> Result<String, Failed> {
    let given = header_of(headers, header::IF_MATCH.as_str());
    given
        .map(|tag| tag.trim_start_matches("W/").trim_matches('"').to_owned())
        .ok_or_else(|| {
            Failed::new(
                StatusCode::PRECONDITION_REQUIRED,
                "if_match",
                "say with If-Match which version you have read",
            )
        })
}

pub(super) fn header_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

pub(super) fn tag(hash: &str) -> String {
    format!("\"{hash}\"")
}

pub(super) fn tagged(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[derive(serde::Serialize)]
struct Answer {
    id: String,
    kind: String,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    problems: Vec<Line>,
    approval_lost: bool,
}
