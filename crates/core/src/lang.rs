//! The languages a planner can read.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of messages and results; French unless asked otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French
    #[default]
    Fr,
    /// English
    En,
}

impl Lang {
    /// Every language there is.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// Its two-letter code: `fr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }
}

/// Not the code of a language known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language, expected fr or en")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;
    fn from_str(code: &str) -> Result<Lang, UnknownLang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or(UnknownLang)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planner_reads_french_unless_english_is_asked_for() {
        assert_eq!(Lang::default(), Lang::Fr);
        assert_eq!("en".parse(), Ok(Lang::En));
        assert_eq!("de".parse::<Lang>(), Err(UnknownLang));
    }
}
