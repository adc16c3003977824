//! How fast a way is driven.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::class::Class;
use super::quantity::{Kmh, Share};
use super::{Profile, Speeds};
use crate::pbf::Tags;

/// Kilometres in a statute mile, and in a nautical one.
const MILE: f64 = 1.609_344;
const NAUTICAL_MILE: f64 = 1.852;

/// The keys of limits in the direction of drawing and against it.
const DIRECTED: [&str; 2] = ["maxspeed:forward", "maxspeed:backward"];

/// The keys that tell how carriageways lie.
const CARRIAGEWAYS: [&str; 6] =
    ["motorroad", "dual_carriageway", "expressway", "oneway", "junction", "lanes"];

/// What limits say of speeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    /// The tags that state a limit, best first.
    keys: Vec<String>,
    share: Shares,
    implied: Implied,
    words: BTreeMap<String, Kmh>,
}

/// Mean speed as a share of the limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    urban: Share,
    rural: Share,
    /// Of motorways, and of roads with separate carriageways outside of built-up areas.
    dual: Share,
}

/// Limits that hold where no sign stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Implied {
    urban: Kmh,
    rural: Kmh,
    dual: Kmh,
    motorway: Kmh,
}

/// What the tags say of where a way is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Urban,
    Rural,
}

/// Mean speeds on a way of a class, in the direction of drawing and against it.
pub(super) fn speeds(profile: &Profile, name: &str, class: &Class, tags: &Tags<'_>) -> [Speeds; 2] {
    let limits = &profile.limits;
    let stated = || limits.keys.iter().filter_map(|key| tags.get(key));
    let both = stated().find_map(|value| limits.limit(value));
    let zone = stated().find_map(zone);
    let carriageways = Carriageways::of(name, tags);
    let free = limits.without_sign(class, carriageways);
    let cap = cap(profile, tags);
    DIRECTED.map(|key| {
        let limit = tags.get(key).and_then(|value| limits.limit(value)).or(both);
        let mean = limit.map_or(free, |limit| limits.with_sign(limit, class, carriageways));
        let placed = match zone {
            Some(Zone::Urban) => Speeds { rural: mean.urban, ..mean },
            Some(Zone::Rural) => Speeds { urban: mean.rural, ..mean },
            None => mean,
        };
        match cap {
            Some(cap) => Speeds { urban: placed.urban.min(cap), rural: placed.rural.min(cap) },
            None => placed,
        }
    })
}

/// The lowest of the speeds that tags of the way allow.
fn cap(profile: &Profile, tags: &Tags<'_>) -> Option<Kmh> {
    let caps = profile.caps.iter().flat_map(|(key, caps)| {
        let values = tags.get(key).into_iter().flat_map(|values| values.split(';'));
        values.filter_map(|value| named(caps, value.trim()))
    });
    caps.reduce(Kmh::min)
}

impl Limits {
    /// The keys of all tags that speeds depend on, but for caps.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str).chain(DIRECTED).chain(CARRIAGEWAYS)
    }

    /// The speeds of a class, at most what the law allows where no sign stands.
    fn without_sign(&self, class: &Class, carriageways: Carriageways) -> Speeds {
        let Limits { share, implied, .. } = self;
        let rural = match carriageways {
            Carriageways::Motorway => class.rural.min(share.dual.of(implied.motorway)),
            Carriageways::Motorroad | Carriageways::Separate => {
                class.dual.unwrap_or(class.rural).min(share.dual.of(implied.dual))
            }
            Carriageways::Single => class.rural.min(share.rural.of(implied.rural)),
        };
        let urban = match carriageways {
            Carriageways::Motorway => class.urban.min(rural),
            Carriageways::Motorroad => rural,
            Carriageways::Separate | Carriageways::Single => class.urban.min(share.urban.of(implied.urban)),
        };
        Speeds { urban, rural }
    }

    /// The speeds under a limit. Above that of built-up areas there is none around, whatever the map says of the land.
    fn with_sign(&self, limit: Kmh, class: &Class, carriageways: Carriageways) -> Speeds {
        let share = if carriageways == Carriageways::Single { self.share.rural } else { self.share.dual };
        let rural = share.of(limit);
        let urban = if limit > self.implied.urban { rural } else { self.share.urban.of(limit) };
        let most = class.most.unwrap_or(limit);
        Speeds { urban: urban.min(most), rural: rural.min(most) }
    }

    /// A limit as it is tagged: `50`, `30 mph`, `FR:urban`, `zone:30`; the lowest of several. None when it says nothing.
    fn limit(&self, value: &str) -> Option<Kmh> {
        let limits = value.split([';', '|']).filter_map(|value| self.one_limit(value.trim()));
        limits.reduce(Kmh::min)
    }

    fn one_limit(&self, value: &str) -> Option<Kmh> {
        let kind = value.rsplit(':').next().unwrap_or(value);
        posted(value)
            .or_else(|| named(&self.words, value))
            .or_else(|| named(&self.words, kind))
            .or_else(|| posted(kind.strip_prefix("zone").unwrap_or(kind)))
    }
}

/// The speed of a value, in capitals or not.
fn named(speeds: &BTreeMap<String, Kmh>, value: &str) -> Option<Kmh> {
    speeds.iter().find(|(name, _)| name.eq_ignore_ascii_case(value)).map(|(_, &speed)| speed)
}

fn posted(value: &str) -> Option<Kmh> {
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let factor = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" => 1.0,
        "mph" => MILE,
        "knots" => NAUTICAL_MILE,
        _ => return None,
    };
    let kmh = number.parse::<f64>().ok()? * factor;
    Kmh::new(kmh).filter(|_| kmh >= 1.0)
}

fn zone(value: &str) -> Option<Zone> {
    let kind = value.rsplit(':').next().unwrap_or(value);
    let is_one_of = |names: &[&str]| names.iter().any(|name| kind.eq_ignore_ascii_case(name));
    if is_one_of(&["urban"]) {
        return Some(Zone::Urban);
    }
    is_one_of(&["rural", "trunk", "motorway"]).then_some(Zone::Rural)
}

/// How carriageways lie, as far as the tags of one way tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carriageways {
    Motorway,
    /// As good as a motorway: no houses stand along it, whatever stands beyond its fences.
    Motorroad,
    /// One of two separate carriageways.
    Separate,
    Single,
}

impl Carriageways {
    fn of(class: &str, tags: &Tags<'_>) -> Carriageways {
        let is_yes = |key| tags.get(key) == Some("yes");
        let lanes = || tags.get("lanes").and_then(|lanes| lanes.parse::<u8>().ok());
        let is_wide_oneway = || is_yes("oneway") && tags.get("junction").is_none() && lanes() >= Some(2);
        match class {
            "motorway" => Carriageways::Motorway,
            _ if is_yes("motorroad") => Carriageways::Motorroad,
            _ if is_yes("dual_carriageway") || is_yes("expressway") || is_wide_oneway() => {
                Carriageways::Separate
            }
            _ => Carriageways::Single,
        }
    }
}

/// A length of a way as it is tagged: metres, above 0, at most what the longest ferry comes to.
pub(super) fn metres(value: &str) -> Option<f64> {
    value.trim().parse().ok().filter(|&metres: &f64| metres > 0.0 && metres <= 2e6)
}
