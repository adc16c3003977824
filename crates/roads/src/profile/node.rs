//! What stands on a node of a road: barriers, signals, stops.

use std::collections::BTreeMap;

use super::access::Access;
use super::quantity::Delay;
use super::{Profile, Stop, is_listed};
use crate::pbf::Tags;
use crate::units::Millis;

/// Signs that stand for one direction of a road, even where the map does not say which.
const ONE_SIDED: [&str; 2] = ["stop", "give_way"];

/// By key, then by value.
pub(super) type Delays = BTreeMap<String, BTreeMap<String, Delay>>;

/// What stands on a node with these tags; None when nothing that matters does.
pub(super) fn stop(profile: &Profile, tags: &Tags<'_>) -> Option<Stop> {
    let mut stop = Stop { closed: is_closed(profile, tags), ..Stop::default() };
    for (key, delays) in &profile.delays {
        if let Some(value) = tags.get(key)
            && let Some(&Delay(delay)) = delays.get(value)
        {
            let (forward, backward) = sided(value, delay, tags);
            stop.forward += forward;
            stop.backward += backward;
        }
    }
    (stop != Stop::default()).then_some(stop)
}

/// Whether nobody drives through: an access tag decides, else the kind of barrier. Who may only go as far as the
/// barrier, such as to a private ground behind it, does not drive through.
fn is_closed(profile: &Profile, tags: &Tags<'_>) -> bool {
    let stated = || profile.access.stated(tags, profile.season(), None);
    let listed = is_listed(&profile.barriers, tags);
    match (listed || tags.get("barrier").is_some()).then(stated).flatten() {
        Some(access) => access != Access::Open,
        None => listed,
    }
}

/// The time lost in the direction of drawing and against it.
fn sided(value: &str, delay: Millis, tags: &Tags<'_>) -> (Millis, Millis) {
    let direction = tags.get(&format!("{value}:direction")).or_else(|| tags.get("direction"));
    match direction {
        Some("forward") => (delay, Millis::ZERO),
        Some("backward") => (Millis::ZERO, delay),
        Some("both") => (delay, delay),
        _ if ONE_SIDED.contains(&value) && !matches!(tags.get("stop"), Some("all" | "both")) => {
            let half = Millis(delay.0 / 2);
            (half, half)
        }
        _ => (delay, delay),
    }
}
