//! Photos as they may be shown: pixels and nothing else.

use std::io::{self, Cursor};

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

/// A photo cannot be cleaned; operators read it.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It cannot be decoded or encoded.
    #[error("the picture cannot be read")]
    Image(#[from] ImageError),
    /// It cannot be looked into.
    #[error("the picture cannot be opened")]
    Open(#[from] io::Error),
}

/// Decodes a picture, turns it upright and encodes it again, so that nothing but pixels is left:
/// no place, no camera, no name.
///
/// # Errors
/// When it is no picture that can be read.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let format = reader.format().unwrap_or(ImageFormat::Jpeg);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    let mut out = Cursor::new(Vec::new());
    match format {
        ImageFormat::Png | ImageFormat::WebP => image.write_to(&mut out, format)?,
        _ => {
            let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80);
            image.to_rgb8().write_with_encoder(encoder)?;
        }
    }
    Ok(out.into_inner())
}

/// Sides longer than this are no use on any page.
const LONGEST_SIDE: u32 = 1600;
/// A picture larger than this is never unpacked: a small file can hold an enormous one.
const LARGEST: u32 = 12_000;
/// Bytes that unpacking may take.
const MEMORY: u64 = 512 * 1024 * 1024;

/// A photo as somebody has just taken it, made ready: upright, at most 1600 pixels long, a JPEG of nothing but pixels.
///
/// # Errors
/// When it is no picture that can be read, or one that is too large to be unpacked.
pub fn taken(bytes: &[u8]) -> Result<Vec<u8>, PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    if image.width() > LONGEST_SIDE || image.height() > LONGEST_SIDE {
        image = image.resize(
            LONGEST_SIDE,
            LONGEST_SIDE,
            image::imageops::FilterType::Triangle,
        );
    }
    let mut out = Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80);
    image.to_rgb8().write_with_encoder(encoder)?;
    Ok(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of two by one pixels with an Exif block that says "turn me" and holds a word.
    fn with_metadata() -> Vec<u8> {
        let mut plain = Cursor::new(Vec::new());
        let image = image::RgbImage::from_fn(16, 8, |x, _| {
            image::Rgb([if x < 8 { 250 } else { 5 }, 20, 20])
        });
        image
            .write_to(&mut plain, ImageFormat::Jpeg)
            .expect("written");
        let plain = plain.into_inner();
        let mut tiff: Vec<u8> = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
        tiff.extend(b"\x0e\x01\x02\0\x10\0\0\0\x26\0\0\0");
        tiff.extend(b"\0\0\0\0");
        tiff.extend(b"HEMMELIGT-STED\0\0");
        let mut block = b"Exif\0\0".to_vec();
        block.extend(tiff);
        let length = u16::try_from(block.len() + 2).expect("small").to_be_bytes();
        let mut whole = plain[..2].to_vec();
        whole.extend([0xff, 0xe1]);
        whole.extend(length);
        whole.extend(block);
        whole.extend(&plain[2..]);
        whole
    }

    #[test]
    fn a_photo_loses_its_metadata_and_stands_upright() {
        let original = with_metadata();
        let word = b"HEMMELIGT".as_slice();
        assert!(
            original.windows(word.len()).any(|w| w == word),
            "the test photo must hold the word"
        );
        let cleaned = clean(&original).expect("cleaned");
        assert!(!cleaned.windows(word.len()).any(|w| w == word));
        let image = image::load_from_memory(&cleaned).expect("a picture");
        assert_eq!(
            (image.width(), image.height()),
            (8, 16),
            "orientation 6 is a quarter turn"
        );
    }

    #[test]
    fn a_taken_photo_is_upright_small_and_only_pixels() {
        let taken_small = taken(&with_metadata()).expect("taken");
        let word = b"HEMMELIGT".as_slice();
        assert!(!taken_small.windows(word.len()).any(|w| w == word));
        let image = image::load_from_memory(&taken_small).expect("a picture");
        assert_eq!((image.width(), image.height()), (8, 16));
        let mut large = Cursor::new(Vec::new());
        image::RgbImage::new(4000, 1000)
            .write_to(&mut large, ImageFormat::Png)
            .expect("written");
        let image = image::load_from_memory(&taken(&large.into_inner()).expect("taken"))
            .expect("a picture");
        assert_eq!((image.width(), image.height()), (1600, 400));
    }

    #[test]
    fn an_enormous_picture_is_never_unpacked() {
        let mut huge = Cursor::new(Vec::new());
        image::GrayImage::new(20_000, 10)
            .write_to(&mut huge, ImageFormat::Png)
            .expect("written");
        assert!(taken(&huge.into_inner()).is_err());
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(clean(b"hej").is_err());
        assert!(taken(b"hej").is_err());
    }
}
