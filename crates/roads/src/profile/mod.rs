//! What a vehicle may drive on, and how fast: data, not code.

mod access;
mod speed;
mod van;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::ErrorKind;
use crate::pbf::Tags;
use crate::units::Millis;

/// A speed in kilometres per hour.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kmh(pub f64);

/// No vehicle of this kind is faster.
const MOST_SPEED: f64 = 200.0;

/// What a vehicle may drive on, and how fast, by the tags of a way.
///
/// A way is drivable when its `highway` class has a speed, no tag of [`closed`](Profile::closed) is on it, and the
/// most specific of its access tags does not shut it. Ways that are open only to those who live or deliver there
/// (`destination`) count as open, those that are `private` or `no` as closed. Ferries, barriers, turn restrictions,
/// time at signals and conditional restrictions are not looked at.
///
/// The speed is the posted limit times [`limit_share`](Profile::limit_share) where a limit is tagged, else that of
/// the class; in either case at most every cap that applies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What people call it.
    pub name: String,
    /// Speed by `highway` class where no limit is tagged, above 0, at most 200. Other classes are closed.
    pub speeds: BTreeMap<String, Kmh>,
    /// Mean speed as a share of the posted limit, above 0, at most 1.
    pub limit_share: f64,
    /// The tags that state a limit, best first: `maxspeed`, then those that name its kind.
    pub limit_keys: Vec<String>,
    /// Limits given as words: `FR:rural`, or `rural` for every country that is not listed itself.
    pub limits: BTreeMap<String, Kmh>,
    /// Fastest speed by tag and value, such as `surface`, `gravel`.
    pub caps: BTreeMap<String, BTreeMap<String, Kmh>>,
    /// Tags that close a way: key and values.
    pub closed: BTreeMap<String, Vec<String>>,
    /// Access tags that concern the vehicle, most specific first.
    pub access_keys: Vec<String>,
    /// Values of access tags that close a way.
    pub no_access: Vec<String>,
    /// Classes that are one-way unless tagged otherwise.
    pub oneway_classes: Vec<String>,
    /// A tag that holds the true length of a way in metres, for extracts whose drawn lines were simplified; the
    /// segments of such a way are stretched to it in proportion.
    pub length_tag: Option<String>,
}

impl Profile {
    /// A light van (at most 3.5 t): the default.
    pub fn van() -> Profile {
        van::van()
    }

    /// Whether every number is in its range.
    pub(crate) fn check(&self) -> Result<(), ErrorKind> {
        let speeds =
            self.speeds.iter().map(|(class, speed)| (format!("speeds.{class}"), speed.0, MOST_SPEED));
        let limits = self.limits.iter().map(|(word, speed)| (format!("limits.{word}"), speed.0, MOST_SPEED));
        let caps = self.caps.iter().flat_map(|(key, values)| {
            values.iter().map(move |(value, speed)| (format!("caps.{key}.{value}"), speed.0, MOST_SPEED))
        });
        let share = std::iter::once(("limit_share".to_owned(), self.limit_share, 1.0));
        match speeds
            .chain(limits)
            .chain(caps)
            .chain(share)
            .find(|(_, value, most)| !(*value > 0.0 && value <= most))
        {
            Some((field, value, most)) => Err(ErrorKind::Profile { field, value, most }),
            None => Ok(()),
        }
    }

    /// What turns cost.
    pub(crate) fn turns(&self) -> crate::network::Turns {
        crate::network::Turns { sharp_from: 120.0, sharp: Millis(4000), u_turn: Millis(20_000) }
    }

    /// How a way with these tags is driven; None when it is not.
    pub(crate) fn road(&self, tags: &Tags<'_>) -> Option<Road> {
        let class = tags.get("highway")?;
        let class_speed = *self.speeds.get(class)?;
        let open = access::directions(self, class, tags)?;
        let speed = |limit_key| {
            let speed = speed::speed(self, class_speed, limit_key, tags);
            Speeds { urban: speed, rural: speed }
        };
        Some(Road {
            forward: open.forward.then(|| speed("maxspeed:forward")),
            backward: open.backward.then(|| speed("maxspeed:backward")),
            length: self.length_tag.as_ref().and_then(|key| speed::metres(tags.get(key)?)),
            ends_only: false,
            street: matches!(class, "residential" | "living_street"),
            seasonal: false,
            ferry: None,
        })
    }

    /// What a node with these tags means to those who drive over it; None when nothing.
    pub(crate) fn stop(&self, tags: &Tags<'_>) -> Option<Stop> {
        let closed = matches!(tags.get("barrier"), Some("block" | "bollard"));
        closed.then_some(Stop { closed, ..Stop::default() })
    }

    /// How far around a place with these tags the land is built up, in metres; None when it says nothing of that.
    pub(crate) fn place(&self, tags: &Tags<'_>) -> Option<f64> {
        matches!(tags.get("place"), Some("town" | "village" | "hamlet")).then_some(300.0)
    }

    /// Whether land with these tags is built up.
    pub(crate) fn is_built_up(&self, tags: &Tags<'_>) -> bool {
        matches!(tags.get("landuse"), Some("residential"))
    }

    /// What a turn restriction with these tags says to the vehicle; None when nothing.
    pub(crate) fn restriction(&self, tags: &Tags<'_>) -> Option<Rule> {
        let turn = tags.get("restriction").filter(|_| tags.get("type") == Some("restriction"))?;
        match turn.split_once('_')?.0 {
            "no" => Some(Rule::No),
            "only" => Some(Rule::Only),
            _ => None,
        }
    }
}

impl Default for Profile {
    fn default() -> Profile {
        Profile::van()
    }
}

/// How a way is driven.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Road {
    /// In the direction in which it is drawn; None: closed.
    pub(crate) forward: Option<Speeds>,
    /// Against it.
    pub(crate) backward: Option<Speeds>,
    /// Its length in metres where a tag states it.
    pub(crate) length: Option<f64>,
    /// Open only to those whose trip starts or ends on it: private grounds, streets for residents.
    pub(crate) ends_only: bool,
    /// A street with houses, whose density tells where built-up areas are.
    pub(crate) street: bool,
    /// Shut in winter, as its tags say.
    pub(crate) seasonal: bool,
    /// It is a ferry.
    pub(crate) ferry: Option<Ferry>,
}

/// Mean speeds on a way, inside and outside of built-up areas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Speeds {
    pub(crate) urban: Kmh,
    pub(crate) rural: Kmh,
}

/// A way over water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ferry {
    /// From end to end, where a tag states it; else its length over its speed.
    pub(crate) duration: Option<Millis>,
    /// Mean time until it leaves.
    pub(crate) wait: Millis,
}

/// What stands on a node of a road: a barrier, a signal, a stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stop {
    /// Nobody drives through.
    pub(crate) closed: bool,
    /// Time lost in the direction in which the way is drawn.
    pub(crate) forward: Millis,
    /// Time lost against it.
    pub(crate) backward: Millis,
}

/// What a turn restriction says of the turn that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// It is forbidden.
    No,
    /// Every other is forbidden.
    Only,
}
