//! Ways over water.

use serde::{Deserialize, Serialize};

use super::Ferry;
use super::quantity::{Delay, Kmh};
use crate::pbf::Tags;
use crate::units::Millis;

/// No crossing and no interval is longer, in seconds: a week.
const LONGEST: f64 = 604_800.0;

/// The keys that tell ferries and their times.
pub(super) const KEYS: [&str; 3] = ["route", "interval", "duration"];

/// How ferries are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ferries {
    /// Values of `route` that a vehicle is carried on.
    routes: Vec<String>,
    /// Where no duration is tagged.
    pub(super) speed: Kmh,
    /// Where no interval is tagged.
    wait: Delay,
}

impl Ferries {
    /// Whether the way is one that vehicles are carried on.
    pub(super) fn carry(&self, tags: &Tags<'_>) -> bool {
        tags.get("route").is_some_and(|route| self.routes.iter().any(|carrying| carrying == route))
    }

    pub(super) fn ferry(&self, tags: &Tags<'_>) -> Ferry {
        let interval = tags.get("interval").and_then(seconds);
        let wait = interval.and_then(|interval| Millis::from_seconds(interval / 2.0));
        Ferry {
            duration: tags.get("duration").and_then(seconds).and_then(Millis::from_seconds),
            wait: wait.unwrap_or(self.wait.0),
        }
    }
}

/// A duration in seconds: minutes `45`, `1:30` and `01:30:00` with hours, ISO 8601 `PT1H30M`, `20 min`, `1 h 15`. Above 0.
fn seconds(duration: &str) -> Option<f64> {
    let duration = duration.trim();
    let seconds = match duration.strip_prefix(['P', 'p']) {
        Some(iso) => iso_seconds(iso)?,
        None if duration.contains(|c: char| c.is_ascii_alphabetic()) => worded_seconds(duration)?,
        None => {
            let parts = duration.split(':').map(amount).collect::<Option<Vec<f64>>>()?;
            match parts[..] {
                [minutes] => minutes * 60.0,
                [hours, minutes] => hours * 3600.0 + minutes * 60.0,
                [hours, minutes, seconds] => hours * 3600.0 + minutes * 60.0 + seconds,
                _ => return None,
            }
        }
    };
    (seconds > 0.0 && seconds <= LONGEST).then_some(seconds)
}

/// `20 min`, `1 h 15`, `2 hours`: the words of France and England. Minutes that follow hours may lack theirs.
fn worded_seconds(text: &str) -> Option<f64> {
    const MINUTES: [&str; 6] = ["m", "mn", "min", "mins", "minute", "minutes"];
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let text = text.to_ascii_lowercase();
    let (hours, rest) = match text.split_once('h') {
        Some((hours, rest)) => (Some(amount(hours.trim())?), rest.trim_start_matches(is_letter).trim()),
        None => (None, text.as_str()),
    };
    let number = rest.trim_end_matches(is_letter);
    let minutes = match (number.trim_end(), &rest[number.len()..]) {
        ("", "") => 0.0,
        (number, "") if hours.is_some() => amount(number)?,
        (number, unit) if MINUTES.contains(&unit) => amount(number)?,
        _ => return None,
    };
    Some(hours.unwrap_or(0.0) * 3600.0 + minutes * 60.0)
}

/// What follows the P: `1DT2H`, `T90M`. Months and years have no length.
fn iso_seconds(iso: &str) -> Option<f64> {
    let (days, times) = iso.split_once(['T', 't']).unwrap_or((iso, ""));
    Some(designated(days, &[('W', 604_800.0), ('D', 86_400.0)])? + designated(times, &TIMES)?)
}

const TIMES: [(char, f64); 3] = [('H', 3600.0), ('M', 60.0), ('S', 1.0)];

/// The sum of amounts, each with its letter.
fn designated(text: &str, units: &[(char, f64)]) -> Option<f64> {
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, letter) = (amount(&rest[..end])?, rest[end..].chars().next()?.to_ascii_uppercase());
        total += number * units.iter().find(|unit| unit.0 == letter)?.1;
        rest = &rest[end + 1..];
    }
    Some(total)
}

/// A number of digits, perhaps with decimals.
fn amount(text: &str) -> Option<f64> {
    let is_plain = text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(['e', 'E']);
    text.replace(',', ".").parse().ok().filter(|_| is_plain)
}
