//! What stands on a node of a road: barriers, signals, stops.

use std::collections::BTreeMap;

use super::access::Access;
use super::quantity::Delay;
use super::season::Season;
use super::{Profile, Stop, is_listed};
use crate::pbf::Tags;
use crate::units::Millis;

/// Signs that stand for one direction of a road, even where the map does not say which.
const ONE_SIDED: [&str; 2] = ["stop", "give_way"];

/// The key that tells where a road crosses a ridge.
pub(super) const PASS: &str = "mountain_pass";

/// By key, then by value.
pub(super) type Delays = BTreeMap<String, BTreeMap<String, Delay>>;

/// What stands on a node with these tags; None when nothing that matters does.
pub(super) fn stop(profile: &Profile, tags: &Tags<'_>) -> Option<Stop> {
    let is_conditional = profile.access.is_conditional(tags);
    let is_closed = |season| is_closed(profile, tags, season);
    let mut stop = Stop {
        closed: is_closed(profile.season()),
        shut_in_winter: is_conditional && is_closed(Season::Winter) && !is_closed(Season::Summer),
        is_unclear: is_conditional && profile.access.is_unclear(tags),
        ..Stop::default()
    };
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
/// barrier, such as to a private ground behind it, does not drive through. A mountain pass is a barrier where its access
/// depends on something.
fn is_closed(profile: &Profile, tags: &Tags<'_>, season: Season) -> bool {
    let stated = || profile.access.stated(tags, season, None);
    let listed = is_listed(&profile.barriers, tags);
    let is_pass = || tags.get(PASS).is_some() && profile.access.is_conditional(tags);
    match (listed || tags.get("barrier").is_some() || is_pass()).then(stated).flatten() {
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
