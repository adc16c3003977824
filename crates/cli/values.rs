//! The values of options: read, held within their range, and otherwise explained.

use std::fmt;
use std::num::NonZeroUsize;
use std::time::Duration;

use medicobus_core::lang::Lang;
use medicobus_core::territory::duration::parse_duration;
use medicobus_roads::{Engine, Millis};

/// Why a value was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadValue {
    Lang,
    Engine,
    Duration,
    NoTime,
    Gap,
    Threads,
    Whole,
    Count,
    Price,
}

impl BadValue {
    /// What to write instead.
    pub(crate) fn remedy(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (BadValue::Lang, Lang::Fr) => "écrivez fr ou en",
            (BadValue::Lang, Lang::En) => "write fr or en",
            (BadValue::Engine, Lang::Fr) => "écrivez auto, dijkstra ou hierarchy",
            (BadValue::Engine, Lang::En) => "write auto, dijkstra or hierarchy",
            (BadValue::Duration, Lang::Fr) => "écrivez une durée avec son unité : 60s, 75min, 1h30",
            (BadValue::Duration, Lang::En) => "write a duration with its unit: 60s, 75min, 1h30",
            (BadValue::NoTime, Lang::Fr) => "donnez plus de zéro seconde : 60s, par exemple",
            (BadValue::NoTime, Lang::En) => "give more than no time: 60s, for example",
            (BadValue::Gap, Lang::Fr) => "écrivez une part de 0 (inclus) à 1 (exclu) : 0.01 pour 1 %",
            (BadValue::Gap, Lang::En) => "write a share from 0 (included) to 1 (excluded): 0.01 for 1%",
            (BadValue::Threads, Lang::Fr) => "écrivez un nombre entier de 1 à 1024",
            (BadValue::Threads, Lang::En) => "write a whole number from 1 to 1024",
            (BadValue::Whole, Lang::Fr) => "écrivez un nombre entier, 0 ou plus",
            (BadValue::Whole, Lang::En) => "write a whole number, 0 or more",
            (BadValue::Count, Lang::Fr) => "écrivez un nombre entier, de 0 à un million",
            (BadValue::Count, Lang::En) => "write a whole number from 0 to a million",
            (BadValue::Price, Lang::Fr) => "écrivez un nombre de points au-dessus de 0, un milliard au plus",
            (BadValue::Price, Lang::En) => "write a number of points above 0, a billion at most",
        }
    }
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.remedy(Lang::En))
    }
}

impl std::error::Error for BadValue {}

pub(crate) fn lang(text: &str) -> Result<Lang, BadValue> {
    text.parse().map_err(|_| BadValue::Lang)
}

pub(crate) fn engine(text: &str) -> Result<Engine, BadValue> {
    match text {
        "auto" => Ok(Engine::Auto),
        "dijkstra" => Ok(Engine::Dijkstra),
        "hierarchy" => Ok(Engine::Hierarchy),
        _ => Err(BadValue::Engine),
    }
}

pub(crate) fn duration(text: &str) -> Result<Millis, BadValue> {
    parse_duration(text).ok_or(BadValue::Duration)
}

/// A duration above zero.
pub(crate) fn time_limit(text: &str) -> Result<Duration, BadValue> {
    match duration(text)? {
        Millis::ZERO => Err(BadValue::NoTime),
        limit => Ok(Duration::from_millis(u64::from(limit.0))),
    }
}

/// A share from 0 to less than 1, with a decimal point or comma.
pub(crate) fn gap(text: &str) -> Result<f64, BadValue> {
    let gap: f64 = text.replace(',', ".").parse().map_err(|_| BadValue::Gap)?;
    if (0.0..1.0).contains(&gap) { Ok(gap) } else { Err(BadValue::Gap) }
}

/// More threads than any machine would use are a slip of the pen, and might not start.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, BadValue> {
    const MOST: usize = 1024;
    text.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST).ok_or(BadValue::Threads)
}

pub(crate) fn whole(text: &str) -> Result<u64, BadValue> {
    text.parse().map_err(|_| BadValue::Whole)
}

/// A number of things, a million at most.
pub(crate) fn count(text: &str) -> Result<u32, BadValue> {
    text.parse().ok().filter(|count| *count <= 1_000_000).ok_or(BadValue::Count)
}

/// A price above 0, with a decimal point or comma.
pub(crate) fn price(text: &str) -> Result<f64, BadValue> {
    let price: f64 = text.replace(',', ".").parse().map_err(|_| BadValue::Price)?;
    if price > 0.0 && price <= 1e9 { Ok(price) } else { Err(BadValue::Price) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_share_below_the_whole() {
        assert_eq!(gap("0"), Ok(0.0));
        assert_eq!(gap("1e-4"), Ok(1e-4));
        assert_eq!(gap("0,01"), Ok(0.01));
        for text in ["1", "-0.1", "NaN", "inf", "1 %", ""] {
            assert_eq!(gap(text), Err(BadValue::Gap), "{text}");
        }
    }

    #[test]
    fn a_duration_has_a_unit() {
        assert_eq!(time_limit("1h30"), Ok(Duration::from_secs(5400)));
        assert_eq!(time_limit("60"), Err(BadValue::Duration));
        assert_eq!(time_limit("0s"), Err(BadValue::NoTime));
    }

    #[test]
    fn at_least_one_thread_works() {
        assert_eq!(threads("2").map(NonZeroUsize::get), Ok(2));
        for text in ["0", "-1", "1.5", "9999999", "two"] {
            assert_eq!(threads(text), Err(BadValue::Threads), "{text}");
        }
    }

    #[test]
    fn a_change_has_a_price_above_nothing() {
        assert_eq!((price("0,5"), count("0")), (Ok(0.5), Ok(0)));
        for text in ["0", "-1", "NaN", "inf", ""] {
            assert_eq!(price(text), Err(BadValue::Price), "{text}");
        }
        assert_eq!((count("-1"), count("2000000")), (Err(BadValue::Count), Err(BadValue::Count)));
    }
}
