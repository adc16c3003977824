//! What a vehicle may drive on, and how fast: data, not code.

mod access;
mod class;
mod document;
mod ferry;
mod node;
mod quantity;
mod restriction;
mod season;
mod settlement;
mod speed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::network;
use crate::pbf::Tags;
use crate::units::Millis;
use access::{Access, AccessRules, OnewayRules};
use class::Class;
pub use document::ProfileFault;
use ferry::Ferries;
use node::Delays;
pub(crate) use quantity::{Delay, Kmh};
use season::Season;
pub(crate) use settlement::BuiltUpRules;
use speed::Limits;

#[doc = include_str!("../../docs/profile.md")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    name: String,
    pub(crate) winter: bool,
    length_tag: Option<String>,
    speeds: BTreeMap<String, Class>,
    limits: Limits,
    caps: BTreeMap<String, BTreeMap<String, Kmh>>,
    closed: Listed,
    closed_in_winter: Listed,
    access: AccessRules,
    oneway: OnewayRules,
    barriers: Listed,
    delays: Delays,
    turns: Turns,
    ferries: Ferries,
    pub(crate) built_up: BuiltUpRules,
}

/// Tags: keys and values.
type Listed = BTreeMap<String, Vec<String>>;

/// Time lost in turns.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turns {
    /// From this change of direction on a turn is sharp, in degrees, 0 (straight on) to 180.
    #[serde(deserialize_with = "quantity::degrees")]
    sharp_from: f64,
    /// Lost in a sharp turn.
    sharp: Delay,
    /// Lost in turning round.
    u_turn: Delay,
}

impl Profile {
    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same in winter: ways that are shut then are closed.
    pub fn in_winter(self) -> Profile {
        Profile { winter: true, ..self }
    }

    /// What turns cost.
    pub(crate) fn turns(&self) -> network::Turns {
        let Turns { sharp_from, sharp: Delay(sharp), u_turn: Delay(u_turn) } = self.turns;
        network::Turns { sharp_from, sharp, u_turn }
    }

    /// How a way with these tags is driven; None when it is not.
    pub(crate) fn road(&self, tags: &Tags<'_>) -> Option<Road> {
        self.road_in(self.season(), tags)
    }

    /// What winter does to a way with these tags, whatever the season of the profile.
    pub(crate) fn winter(&self, tags: &Tags<'_>) -> Winter {
        let is_conditional = self.access.is_conditional(tags);
        if !is_conditional && !is_listed(&self.closed_in_winter, tags) {
            return Winter::default();
        }
        let directions = |season| {
            let road = self.road_in(season, tags);
            [
                road.is_some_and(|road| road.forward.is_some()),
                road.is_some_and(|road| road.backward.is_some()),
            ]
        };
        let (summer, winter) = (directions(Season::Summer), directions(Season::Winter));
        let is_way = self.ferries.carry(tags)
            || tags.get("highway").is_some_and(|name| self.speeds.contains_key(name));
        Winter {
            shuts: (0..2).any(|direction| summer[direction] && !winter[direction]),
            is_unclear: is_conditional && is_way && self.access.is_unclear(tags),
        }
    }

    fn road_in(&self, season: Season, tags: &Tags<'_>) -> Option<Road> {
        if self.ferries.carry(tags) {
            return self.crossing(season, tags);
        }
        let name = tags.get("highway")?;
        let class = self.speeds.get(name)?;
        let open = self.open(name, season, tags)?;
        let [forward, backward] = speed::speeds(self, name, class, tags);
        Some(Road {
            forward: open.forward.then_some(forward),
            backward: open.backward.then_some(backward),
            ends_only: open.ends_only,
            street: self.built_up.streets.iter().any(|street| street == name),
            ferry: None,
        })
    }

    /// How a way over water is taken. One that says who may come aboard and not that vehicles may is for people on
    /// foot.
    fn crossing(&self, season: Season, tags: &Tags<'_>) -> Option<Road> {
        let is_for_feet = tags.get("foot").is_some() || tags.get("bicycle").is_some();
        if is_for_feet && self.access.stated(tags, season, None).is_none() {
            return None;
        }
        let open = self.open("", season, tags)?;
        let speeds = Speeds { urban: self.ferries.speed, rural: self.ferries.speed };
        Some(Road {
            forward: open.forward.then_some(speeds),
            backward: open.backward.then_some(speeds),
            ends_only: open.ends_only,
            street: false,
            ferry: Some(self.ferries.ferry(tags)),
        })
    }

    /// To whom and where to a way is open in a season; None when it is closed.
    fn open(&self, class: &str, season: Season, tags: &Tags<'_>) -> Option<Open> {
        let is_shut = season == Season::Winter && is_listed(&self.closed_in_winter, tags);
        if is_shut || is_listed(&self.closed, tags) {
            return None;
        }
        let [forward, backward] = access::access(self, class, tags, season);
        // Where one direction is open to all, the other is of no use to those who pass.
        let most = forward.max(backward);
        let ends_only = most == Access::Ends;
        (most != Access::Closed).then_some(Open {
            forward: forward == most,
            backward: backward == most,
            ends_only,
        })
    }

    /// The length of a way with these tags in metres where one states it.
    pub(crate) fn length(&self, tags: &Tags<'_>) -> Option<f64> {
        speed::metres(tags.get(self.length_tag.as_ref()?)?)
    }

    /// The keys of tags for which [`length`](Profile::length) may have an answer.
    pub(crate) fn length_keys(&self) -> Vec<&str> {
        self.length_tag.as_deref().into_iter().collect()
    }

    fn season(&self) -> Season {
        if self.winter { Season::Winter } else { Season::Summer }
    }

    /// What stands on a node with these tags; None when nothing that matters does.
    pub(crate) fn stop(&self, tags: &Tags<'_>) -> Option<Stop> {
        node::stop(self, tags)
    }

    /// The keys of tags for which [`stop`](Profile::stop) may have an answer.
    pub(crate) fn stop_keys(&self) -> Vec<&str> {
        ["barrier", node::PASS]
            .into_iter()
            .chain(self.barriers.keys().chain(self.delays.keys()).map(String::as_str))
            .collect()
    }

    /// How far around a place with these tags the land is taken to be built up, in metres.
    pub(crate) fn place(&self, tags: &Tags<'_>) -> Option<f64> {
        self.built_up.place(tags)
    }

    /// Whether an outline with these tags is that of built-up land.
    pub(crate) fn is_built_up(&self, tags: &Tags<'_>) -> bool {
        is_listed(&self.built_up.land, tags)
    }

    /// The keys of all tags that what [`road`](Profile::road) and [`is_built_up`](Profile::is_built_up) answer depends on.
    pub(crate) fn way_keys(&self) -> Vec<&str> {
        const FIXED: [&str; 4] = ["highway", "junction", "foot", "bicycle"];
        let listed =
            [&self.closed, &self.closed_in_winter, &self.built_up.land].into_iter().flat_map(Listed::keys);
        let of_data = listed.chain(self.caps.keys()).chain(self.oneway.keys());
        FIXED
            .into_iter()
            .chain(of_data.map(String::as_str))
            .chain(self.access.all_keys())
            .chain(self.limits.all_keys())
            .chain(ferry::KEYS)
            .collect()
    }

    /// What a turn restriction says; None when it does not concern the vehicle, or not at all times.
    pub(crate) fn restriction(&self, tags: &Tags<'_>) -> Option<Rule> {
        restriction::rule(&self.access, tags)
    }
}

impl Default for Profile {
    fn default() -> Profile {
        Profile::van()
    }
}

/// Whether one of the tags is in a list.
fn is_listed(listed: &Listed, tags: &Tags<'_>) -> bool {
    let among =
        |(key, values): (&String, &Vec<String>)| tags.get(key).is_some_and(|value| names(values, value));
    listed.iter().any(among)
}

/// Whether a list has a value. Mappers do not agree on capitals.
fn names(list: &[String], value: &str) -> bool {
    list.iter().any(|name| name.eq_ignore_ascii_case(value))
}

/// How a way is open.
struct Open {
    forward: bool,
    backward: bool,
    ends_only: bool,
}

/// What winter does to a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Winter {
    /// A direction that is driven in summer is closed.
    pub(crate) shuts: bool,
    /// A condition on access names a time of year in words that are not understood, and is not looked at.
    pub(crate) is_unclear: bool,
}

/// How a way is driven.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Road {
    /// In the direction in which it is drawn; None: closed.
    pub(crate) forward: Option<Speeds>,
    /// Against it.
    pub(crate) backward: Option<Speeds>,
    /// Open only to those whose trip starts or ends on it: private grounds, streets for residents.
    pub(crate) ends_only: bool,
    /// A street with houses, whose density tells where built-up areas are.
    pub(crate) street: bool,
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
    /// Nobody does in winter, while somebody does in summer.
    pub(crate) shut_in_winter: bool,
    /// As with [`Winter`].
    pub(crate) is_unclear: bool,
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
