//! Secrets: made at random, shown to their owner once, kept as hashes.

use std::fmt;

use super::PeopleError;

/// Letters that nobody mistakes for others; 32 of them, so that a random byte picks one evenly.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of what nobody may guess (5 bits each).
const LONG: usize = 40;

/// A secret in the one moment in which it is known.
pub struct Secret(String);

impl Secret {
    /// What nobody can guess.
    pub(super) fn token() -> Result<Self, PeopleError> {
        letters(LONG).map(Self)
    }

    /// A password that a person can type: four groups of five letters.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn password() -> Result<Self, PeopleError> {
        let groups: Result<Vec<String>, _> = (0..4).map(|_| letters(5)).collect();
        Ok(Self(groups?.join("-")))
    }

    /// The secret itself, to be handed over.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The form in which a secret of many letters is kept.
pub(super) fn hash(secret: &str) -> String {
    blake3::hash(secret.as_bytes()).to_hex().to_string()
}

/// Whether two secrets are the same, in a time that tells nothing.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    // Two hashes of blake3 are compared in constant time.
    blake3::hash(a.as_bytes()) == blake3::hash(b.as_bytes())
}

/// A key that nobody has had before, for what is sent once.
///
/// # Errors
/// When the system gives no random numbers.
pub fn fresh_key() -> Result<String, PeopleError> {
    letters(LONG / 2)
}

/// A name that is new, for what is listed and revoked.
pub(super) fn id() -> Result<String, PeopleError> {
    letters(8)
}

/// Digits that two people compare by looking at two screens.
pub(super) fn digits(count: usize) -> Result<String, PeopleError> {
    let mut text = String::with_capacity(count);
    while text.len() < count {
        // Of a byte only what divides evenly by ten is taken.
        let digit = random::<1>()?.into_iter().find(|byte| *byte < 250);
        text.extend(digit.map(|byte| char::from(b'0' + byte % 10)));
    }
    Ok(text)
}

/// The sign of a link: whoever holds the key can make it from the link's name, and nobody else.
pub(super) fn sign(key: &str, name: &str) -> String {
    let key = blake3::derive_key("kaffe 2026 team links", key.as_bytes());
    let signed = blake3::keyed_hash(&key, name.as_bytes());
    spelled(signed.as_bytes().iter().take(20))
}

fn letters(count: usize) -> Result<String, PeopleError> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(PeopleError::Random)?;
    Ok(spelled(&bytes))
}

fn random<const N: usize>() -> Result<[u8; N], PeopleError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(PeopleError::Random)?;
    Ok(bytes)
}

fn spelled<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    let letter = |byte: &u8| LETTERS.get(usize::from(byte % 32)).copied();
    bytes
        .into_iter()
        .filter_map(letter)
        .map(char::from)
        .collect()
}
