//! The numbers of a profile, each with its unit and its range: one out of range is never read.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use crate::units::Millis;

/// A speed in kilometres per hour, above 0, at most 200.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub(crate) struct Kmh(pub(crate) f64);

impl Kmh {
    const RANGE: &'static str = "a speed above 0 and at most 200 km/h";

    /// The speed, or None when it is out of range.
    pub(super) fn new(kmh: f64) -> Option<Kmh> {
        (kmh > 0.0 && kmh <= 200.0).then_some(Kmh(kmh))
    }

    pub(super) fn min(self, other: Kmh) -> Kmh {
        Kmh(self.0.min(other.0))
    }
}

impl<'de> Deserialize<'de> for Kmh {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Kmh, D::Error> {
        number(deserializer, Kmh::RANGE, Kmh::new)
    }
}

/// A share, above 0, at most 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Share(pub(super) f64);

impl Share {
    pub(super) fn of(self, limit: Kmh) -> Kmh {
        Kmh(limit.0 * self.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Share, D::Error> {
        let in_range = |share| (share > 0.0 && share <= 1.0).then_some(Share(share));
        number(deserializer, "a share above 0 and at most 1", in_range)
    }
}

/// Time lost on the road, 0 to a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "f64")]
pub(crate) struct Delay(pub(crate) Millis);

impl From<Delay> for f64 {
    fn from(delay: Delay) -> f64 {
        delay.0.seconds()
    }
}

impl<'de> Deserialize<'de> for Delay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Delay, D::Error> {
        let in_range = |seconds| Millis::from_seconds(seconds).filter(|_| seconds <= 86_400.0).map(Delay);
        number(deserializer, "0 to 86400 seconds", in_range)
    }
}

/// A change of direction in degrees, 0 to 180.
pub(super) fn degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    number(deserializer, "0 to 180 degrees", |degrees| (0.0..=180.0).contains(&degrees).then_some(degrees))
}

/// A number that `take` accepts.
pub(super) fn number<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    range: &str,
    take: impl Fn(f64) -> Option<T>,
) -> Result<T, D::Error> {
    let number = f64::deserialize(deserializer)?;
    take(number).ok_or_else(|| D::Error::invalid_value(Unexpected::Float(number), &range))
}
