//! Passwords: argon2id, and an answer that takes the same time whether there is a password or not.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use unicode_normalization::UnicodeNormalization;

use super::{PeopleError, Refusal};

/// Letters of the shortest password.
pub const SHORTEST: usize = 10;
/// Letters of the longest one; more are no safer and cost time.
const LONGEST: usize = 200;

/// Nobody's password, as costly to try as anybody's.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$a2FmZmUga2FmZmUga2Fm$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The form in which a password is kept.
///
/// # Errors
/// When it is too short or too long to be one.
pub(super) fn hash(password: &str) -> Result<String, PeopleError> {
    if !(SHORTEST..=LONGEST).contains(&password.chars().count()) {
        return Err(Refusal::PasswordLength.into());
    }
    hash_any(password)
}

/// The same for what is known to have another form, as a PIN.
pub(super) fn hash_any(secret: &str) -> Result<String, PeopleError> {
    let hash = Argon2::default().hash_password(plain(secret).as_bytes());
    Ok(hash.map_err(PeopleError::Hash)?.to_string())
}

/// Whether a password is the one that is kept. It takes the same time when none is.
pub(super) fn fits(password: &str, kept: Option<&str>) -> bool {
    let password = plain(password);
    let fits = |hash: &str| {
        Argon2::default()
            .verify_password(password.as_bytes(), hash)
            .is_ok()
    };
    match kept {
        Some(hash) => fits(hash),
        None => {
            fits(NOBODYS);
            false
        }
    }
}

/// A letter is the same however a keyboard puts it together.
fn plain(password: &str) -> String {
    password.chars().take(LONGEST).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_itself_and_nothing_else() {
        let kept = hash("blåbær på terrassen").expect("a password");
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(fits("blåbær på terrassen", Some(&kept)));
        assert!(
            fits("bla\u{30a}bær pa\u{30a} terrassen", Some(&kept)),
            "å in two characters is å"
        );
        assert!(!fits("blåbær på terassen", Some(&kept)));
        assert!(!fits("", Some(&kept)));
        assert!(hash("kort").is_err() && hash(&"x".repeat(201)).is_err());
    }

    #[test]
    fn nobodys_password_is_as_much_work_as_anybodys() {
        use argon2::password_hash::phc::PasswordHash;
        let nobodys = PasswordHash::new(NOBODYS).expect("a hash that can be tried");
        let somebodys = hash("et rigtigt kodeord").expect("a password");
        let somebodys = PasswordHash::new(&somebodys).expect("a hash");
        assert_eq!(nobodys.params, somebodys.params);
        assert_eq!(nobodys.algorithm, somebodys.algorithm);
        let length = |hash: &PasswordHash| hash.hash.as_ref().map(|output| output.as_ref().len());
        assert_eq!(length(&nobodys), length(&somebodys));
        assert!(!fits("kaffe", None));
    }
}
