//! Requests for a page that has been made, beside a bare handler that answers the same bytes.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, Request, StatusCode, header},
    response::IntoResponse,
};
use kaffe::{engine::Engine, serve};
use tower::ServiceExt;

use crate::{
    Ground,
    figures::float,
    report::{Report, thousands},
};

/// What is asked.
#[derive(Clone, Copy)]
enum Asking {
    Plain,
    Pressed,
    Known,
}

/// Measures.
pub fn run(ground: &Ground<'_>, report: &mut Report) -> anyhow::Result<()> {
    let engine = Arc::new(Engine::start(ground.live(false))?);
    let Some(record) = ground.site.records.iter().rfind(|r| r.public) else {
        anyhow::bail!("nothing is public")
    };
    let address = record.address();
    let answer = engine.snapshot().answer(&address, &[])?;
    anyhow::ensure!(answer.status == 200, "{address} is no page");
    let bytes = Bytes::copy_from_slice(&answer.bytes);
    let size = bytes.len();
    let bare = Router::new().fallback(move || {
        let bytes = bytes.clone();
        async move {
            (
                [(
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("text/html; charset=utf-8"),
                )],
                bytes,
            )
                .into_response()
        }
    });
    let now = jiff::Timestamp::UNIX_EPOCH;
    let router = serve::router(serve::Served {
        engine: Arc::clone(&engine),
        people: Arc::new(kaffe::people::People::open(None, now)?),
        now: Arc::new(move || now),
        doors: serve::Doors {
            loopback: true,
            ..serve::Doors::default()
        },
    });
    let tag = format!("\"{}\"", answer.tag);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let count = ground.effort.requests;
    let speed = |router: &Router, asking: Asking, count: usize| -> anyhow::Result<f64> {
        runtime.block_on(ask(router, &address, asking, &tag, count / 10))?;
        let took = runtime.block_on(ask(router, &address, asking, &tag, count))?;
        Ok(float(count) / took.as_secs_f64().max(f64::MIN_POSITIVE))
    };
    let bare_speed = speed(&bare, Asking::Plain, count)?;
    let plain = speed(&router, Asking::Plain, count)?;
    let known = speed(&router, Asking::Known, count)?;
    let pressed = speed(&router, Asking::Pressed, count.div_ceil(10))?;
    report.figure(
        "a bare handler with the same bytes",
        &format!("{}/s of {} kB", whole(bare_speed), size / 1000),
    );
    let share = plain / bare_speed;
    report.promise(
        "a made page",
        &format!("{}/s, {share:.2} of bare", whole(plain)),
        "at least 0.8 of bare",
        share >= 0.8,
    );
    report.figure(
        "a made page that the browser has (304)",
        &format!("{}/s", whole(known)),
    );
    report.figure(
        "a made page, pressed for the way (br, gzip)",
        &format!("{}/s", whole(pressed)),
    );
    Ok(())
}

/// Asks from as many tasks as there are threads; gives the time for all.
async fn ask(
    router: &Router,
    address: &str,
    asking: Asking,
    tag: &str,
    count: usize,
) -> anyhow::Result<Duration> {
    let tasks = std::thread::available_parallelism().map_or(1, usize::from);
    let begun = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|_| {
            let (router, address, tag) = (router.clone(), address.to_owned(), tag.to_owned());
            tokio::spawn(async move {
                for _ in 0..count.div_ceil(tasks) {
                    let request = request(&address, asking, &tag)?;
                    let response = router.clone().oneshot(request).await?;
                    let right = match asking {
                        Asking::Known => StatusCode::NOT_MODIFIED,
                        _ => StatusCode::OK,
                    };
                    anyhow::ensure!(
                        response.status() == right,
                        "{address} answers {}",
                        response.status()
                    );
                    to_bytes(response.into_body(), usize::MAX).await?;
                }
                Ok(())
            })
        })
        .collect();
    for task in running {
        task.await??;
    }
    Ok(begun.elapsed())
}

fn request(address: &str, asking: Asking, tag: &str) -> anyhow::Result<Request<Body>> {
    let request = Request::builder()
        .uri(address)
        .header(header::HOST, "localhost");
    let request = match asking {
        Asking::Plain => request,
        Asking::Pressed => request.header(header::ACCEPT_ENCODING, "gzip, br"),
        Asking::Known => request.header(header::IF_NONE_MATCH, tag),
    };
    Ok(request.body(Body::empty())?)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a speed is above nothing and below a billion"
)]
fn whole(speed: f64) -> String {
    thousands(speed.round() as usize)
}
