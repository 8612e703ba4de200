//! Answers that are no success, as programs read them.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::super::Closed;

/// An answer that is no success, as programs read it.
pub(super) struct Failed {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
    pub field: Option<String>,
}

impl Failed {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            field: None,
        }
    }

    pub fn missing() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "there is no such record",
        )
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Body {
            code: &'static str,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            field: Option<String>,
        }
        let body = Body {
            code: self.code,
            message: self.message,
            field: self.field,
        };
        (self.status, Json(body)).into_response()
    }
}

impl<E: Into<Closed>> From<E> for Failed {
    fn from(error: E) -> Self {
        match error.into() {
            Closed::Missing => Self::missing(),
            Closed::SignIn(_) => Self::new(
                StatusCode::UNAUTHORIZED,
                "sign_in",
                "a token or a session is needed",
            ),
            Closed::NotAllowed => Self::new(
                StatusCode::FORBIDDEN,
                "not_allowed",
                "this is not yours to do",
            ),
            Closed::Bad => Self::new(
                StatusCode::BAD_REQUEST,
                "bad_request",
                "the request cannot be understood",
            ),
            Closed::Failed(error) => {
                tracing::error!(error = &*error as &dyn std::error::Error, "the API failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "kaffe could not do it",
                )
            }
        }
    }
}

pub(super) async fn answered(
    work: impl FnOnce() -> Result<Response, Failed> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(failed)) => failed.into_response(),
        Err(error) => Failed::from(Closed::Failed(Box::new(error))).into_response(),
    }
}
