//! The codes of kaffe's messages.
//!
//! A code never changes its meaning: people search for it, and `kaffe explain` speaks of it. The first digit is the
//! family: 0 the file, 1 values, 2 references, 3 the text, 4 privacy, 5 the site itself. The words of each code stand
//! in [`words`](super::words).

use std::fmt;
use std::str::FromStr;

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident $severity:ident;)+) => {
        /// One kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])+ $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as it is printed, such as `K011`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// How much it matters where nothing else is said.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$name => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    /// The front matter is never closed.
    K001 Error;
    /// The front matter cannot be read, for a reason without a code of its own.
    K002 Error;
    /// The file is not UTF-8.
    K003 Error;
    /// The file is too large.
    K004 Error;
    /// A tab as indentation.
    K005 Error;
    /// An invisible character in a key.
    K006 Error;
    /// The same key twice.
    K007 Error;
    /// Anchors and aliases of YAML, which kaffe does not follow.
    K008 Error;
    /// Too deep, or too many values.
    K009 Error;
    /// A quotation mark is never closed.
    K010 Error;
    /// A colon inside a text without quotation marks.
    K011 Error;
    /// Text after `#` is dropped.
    K012 Warning;
    /// The front matter is not a list of fields.
    K014 Error;
    /// A file name that kaffe cannot use.
    K015 Error;

    /// A key that the kind does not have.
    K101 Warning;
    /// A required field is missing; an error when the record is approved.
    K102 Notice;
    /// A value of the wrong form.
    K103 Error;
    /// A choice that does not exist.
    K104 Error;
    /// A text that is too long.
    K105 Warning;
    /// A number, or a count of values, outside its bounds.
    K106 Error;
    /// The end is before the start.
    K107 Error;
    /// A measurement that looks like single answers instead of a summary.
    K108 Error;
    /// A date that does not exist.
    K109 Error;
    /// Several values where there is room for one.
    K110 Error;

    /// A reference to nothing.
    K201 Error;
    /// A reference that fits several records.
    K202 Error;
    /// A reference to a kind that the field does not take.
    K203 Error;
    /// The same id twice.
    K204 Error;
    /// Records that build on each other in a circle.
    K205 Error;
    /// A team that does not exist.
    K206 Error;
    /// A former address that is used twice.
    K207 Error;
    /// A wikilink by a name that several records have.
    K208 Warning;

    /// A wikilink to something that is not written yet.
    K301 Warning;
    /// A link to a file or a page that is not there.
    K302 Warning;
    /// An image that is not there.
    K303 Error;
    /// An image without alt text; an error when the record is public.
    K304 Notice;
    /// A link that kaffe does not follow.
    K305 Error;
    /// Raw HTML, which is left out.
    K306 Warning;
    /// A link to a heading that is not there.
    K307 Warning;
    /// A key that a `visning` does not have.
    K308 Error;
    /// A field or a value that a `visning` does not know.
    K309 Error;
    /// A way of showing that does not exist.
    K310 Error;
    /// A `visning` that cannot be read.
    K311 Error;
    /// A public record that links to one that is not public.
    K312 Notice;

    /// A number that looks like a CPR number; its message never repeats the number.
    K401 Error;
    /// A phone number in the text; an error when the record is public.
    K402 Notice;
    /// A mail address in the text; an error when the record is public.
    K403 Notice;
    /// A street address in the text; an error when the record is public.
    K404 Notice;
    /// A title and a name in the text; an error when the record is public.
    K405 Notice;
    /// A file name with a number that looks like a CPR number.
    K406 Error;
    /// A drawing with active content, which is not shown.
    K407 Error;
    /// An image that cannot be read.
    K408 Error;

    /// A kind file or a list of words that cannot be read, or has an unknown key.
    K501 Error;
    /// A field type that does not exist.
    K502 Error;
    /// A vocabulary that is not there.
    K503 Error;
    /// Two kinds with the same key or folder.
    K504 Error;
    /// An unknown key or value in `kaffe.yaml`.
    K505 Error;
    /// A template that is broken.
    K506 Error;
    /// A publication that is broken.
    K507 Error;
    /// A field definition that contradicts itself.
    K508 Error;
    /// `was_url` is missing; an error when a real edition is built.
    K509 Notice;
    /// An example in a real edition.
    K510 Error;
    /// An instruction without a public source.
    K511 Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not a code of kaffe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode(
    /// The text as it was written.
    pub String,
);

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "\"{}\" is not a code of kaffe; a code looks like K011",
            self.0
        )
    }
}

impl std::error::Error for UnknownCode {}

impl FromStr for Code {
    type Err = UnknownCode;

    /// Reads `K011`, also as `k011` or with the brackets it is printed in.
    ///
    /// # Errors
    /// Any other text, for the person who typed `kaffe explain`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().trim_matches(['[', ']']);
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_goes_round_through_its_name() {
        for code in Code::ALL {
            assert_eq!(code.to_string().parse(), Ok(*code));
        }
        assert_eq!(" [k011] ".parse(), Ok(Code::K011));
        assert!("K013".parse::<Code>().is_err());
        assert!("".parse::<Code>().is_err());
    }

    #[test]
    fn codes_stand_in_the_order_of_their_numbers() {
        let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(names.is_sorted());
        assert!(
            names
                .iter()
                .all(|name| name.len() == 4 && name.starts_with('K'))
        );
        assert!(Code::ALL.is_sorted());
    }
}
