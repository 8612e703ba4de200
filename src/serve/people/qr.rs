//! A link's address as a QR code.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use qrcode::{Color, EcLevel, QrCode};

use super::{Call, Failure, join};
use crate::serve::Shared;

/// Empty squares around a code, without which a phone does not find it.
const MARGIN: usize = 4;

/// `GET /personer/link/{id}/qr.svg`, for those who look after the link.
pub fn svg(shared: &Shared, call: &Call) -> Result<Response, Failure> {
    let link = join::own_link(shared, call)?;
    let drawn = drawn(&join::address(shared, call, &link))
        .map_err(|error| Failure::Broken(Box::new(error)))?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        // A picture inside our page and nothing by itself.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ]
    .map(|(name, value)| (name, HeaderValue::from_static(value)));
    Ok((headers, drawn).into_response())
}

/// The code as one path of squares, dark on light whatever the page's colours are.
fn drawn(address: &str) -> Result<String, qrcode::types::QrError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)?;
    let (width, mut path) = (code.width(), String::new());
    for (place, _) in code
        .to_colors()
        .iter()
        .enumerate()
        .filter(|(_, c)| **c == Color::Dark)
    {
        let (x, y) = (place % width + MARGIN, place / width + MARGIN);
        path.extend(["M", &x.to_string(), " ", &y.to_string(), "h1v1h-1z"]);
    }
    let whole = width + 2 * MARGIN;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>\n"
    ))
}
