//! The quantities that travel through the libraries, each with its unit.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

/// A duration in whole milliseconds, 0 to about 49 days. Sums saturate, so that [`Millis::MAX`] can stand for
/// "never" and be added to itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u32);

impl Millis {
    /// No duration at all.
    pub const ZERO: Millis = Millis(0);
    /// Longer than any journey.
    pub const MAX: Millis = Millis(u32::MAX);

    /// Whole minutes.
    pub const fn from_minutes(minutes: u32) -> Millis {
        Millis(minutes.saturating_mul(60_000))
    }

    /// Seconds rounded **up** to the next millisecond, so that `Millis::from_seconds(t) <= limit` says the same as
    /// `t <= limit` for every limit in whole milliseconds. None when the value is negative, not finite or too long.
    pub fn from_seconds(seconds: f64) -> Option<Millis> {
        let millis = (seconds * 1000.0 - 1e-6).ceil();
        (seconds >= 0.0 && millis < f64::from(u32::MAX)).then_some(Millis(millis.max(0.0) as u32))
    }

    /// The duration in seconds.
    pub fn seconds(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Add for Millis {
    type Output = Millis;
    fn add(self, other: Millis) -> Millis {
        Millis(self.0.saturating_add(other.0))
    }
}

impl Sub for Millis {
    type Output = Millis;
    /// What remains, zero at least.
    fn sub(self, other: Millis) -> Millis {
        Millis(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Millis {
    fn add_assign(&mut self, other: Millis) {
        *self = *self + other;
    }
}

impl Sum for Millis {
    fn sum<I: Iterator<Item = Millis>>(durations: I) -> Millis {
        durations.fold(Millis::ZERO, Add::add)
    }
}

impl fmt::Display for Millis {
    /// Seconds with three decimals: `615.250`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

/// A length along the ground in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metres(pub f64);

impl Add for Metres {
    type Output = Metres;
    fn add(self, other: Metres) -> Metres {
        Metres(self.0 + other.0)
    }
}

impl Sum for Metres {
    fn sum<I: Iterator<Item = Metres>>(lengths: I) -> Metres {
        lengths.fold(Metres(0.0), Add::add)
    }
}

/// A place on the earth, WGS84, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Latitude, -90 to 90, north positive.
    pub lat: f64,
    /// Longitude, -180 to 180, east positive.
    pub lon: f64,
}

impl Position {
    /// The place, or None when a coordinate is not finite or out of range.
    pub fn new(lat: f64, lon: f64) -> Option<Position> {
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Position { lat, lon })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_up_keeps_every_comparison_with_a_limit() {
        assert_eq!(Millis::from_seconds(600.0), Some(Millis(600_000)));
        assert_eq!(Millis::from_seconds(600.000_4), Some(Millis(600_001)));
        assert_eq!(Millis::from_seconds(0.1 + 0.2), Some(Millis(300)));
        assert_eq!(Millis::from_seconds(f64::NAN), None);
        assert_eq!(Millis::from_seconds(-1.0), None);
    }

    #[test]
    fn never_added_to_never_is_never() {
        assert_eq!(Millis::MAX + Millis::MAX, Millis::MAX);
    }
}
