//! Whether a way is open, to whom, and in which directions.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::season::{Season, conditional_value, is_unclear};
use super::{Profile, names};
use crate::pbf::Tags;

/// What access tags say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccessRules {
    /// The access tags that concern the vehicle, most specific first.
    pub(super) keys: Vec<AccessKey>,
    /// Values that close a way.
    closed: Vec<String>,
    /// Values that open a way only to trips that start or end on it.
    ends: Vec<String>,
}

/// The name of an access tag, with those of its variants.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AccessKey {
    pub(super) plain: String,
    forward: String,
    backward: String,
    conditional: String,
    forward_conditional: String,
    backward_conditional: String,
}

/// To whom something is open, most closed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Access {
    Closed,
    /// To trips that start or end on it.
    Ends,
    Open,
}

/// A direction of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// What states the direction of a way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnewayRules {
    /// The tags that state a direction, most specific first.
    keys: Vec<String>,
    /// Classes that are one-way unless tagged otherwise.
    classes: Vec<String>,
    /// Values of `junction` that are one-way unless tagged otherwise.
    junctions: Vec<String>,
}

impl AccessRules {
    /// What the most specific tag says in a season; None when there is none.
    pub(super) fn stated(
        &self,
        tags: &Tags<'_>,
        season: Season,
        direction: Option<Direction>,
    ) -> Option<Access> {
        self.keys.iter().find_map(|key| {
            let in_season = |name: &String| conditional_value(tags.get(name)?, season);
            let [directed, directed_conditional] = match direction {
                Some(Direction::Forward) => [Some(&key.forward), Some(&key.forward_conditional)],
                Some(Direction::Backward) => [Some(&key.backward), Some(&key.backward_conditional)],
                None => [None, None],
            };
            let value = directed_conditional
                .and_then(in_season)
                .or_else(|| in_season(&key.conditional))
                .or_else(|| tags.get(directed?))
                .or_else(|| tags.get(&key.plain))?;
            Some(self.of_value(value))
        })
    }

    /// The names of all tags that are looked at, variants included.
    pub(super) fn all_keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().flat_map(AccessKey::names)
    }

    /// Whether any of the tags depends on something.
    pub(super) fn is_conditional(&self, tags: &Tags<'_>) -> bool {
        self.conditions(tags).next().is_some()
    }

    /// Whether any of the tags depends on a time of year in a way that is not understood.
    pub(super) fn is_unclear(&self, tags: &Tags<'_>) -> bool {
        self.conditions(tags).any(is_unclear)
    }

    fn conditions<'t>(&self, tags: &Tags<'t>) -> impl Iterator<Item = &'t str> {
        self.keys.iter().flat_map(AccessKey::conditional_names).filter_map(|name| tags.get(name))
    }

    /// Of several values one that is open is enough.
    fn of_value(&self, values: &str) -> Access {
        let access = |value: &str| match value.trim() {
            value if names(&self.closed, value) => Access::Closed,
            value if names(&self.ends, value) => Access::Ends,
            _ => Access::Open,
        };
        values.split(';').map(access).max().unwrap_or(Access::Open)
    }
}

impl AccessKey {
    fn names(&self) -> impl Iterator<Item = &str> {
        let plain = [&self.plain, &self.forward, &self.backward].map(String::as_str);
        plain.into_iter().chain(self.conditional_names())
    }

    fn conditional_names(&self) -> [&str; 3] {
        [&self.conditional, &self.forward_conditional, &self.backward_conditional]
    }
}

impl OnewayRules {
    /// The tags that state a direction.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }
}

/// To whom a way is open in a season, in the direction of drawing and against it.
pub(super) fn access(profile: &Profile, class: &str, tags: &Tags<'_>, season: Season) -> [Access; 2] {
    let [forward, backward] = directions(&profile.oneway, class, tags);
    [(forward, Direction::Forward), (backward, Direction::Backward)].map(|(is_open, direction)| match is_open
    {
        true => profile.access.stated(tags, season, Some(direction)).unwrap_or(Access::Open),
        false => Access::Closed,
    })
}

/// Whether a way may be driven as it is drawn, and against it.
fn directions(rules: &OnewayRules, class: &str, tags: &Tags<'_>) -> [bool; 2] {
    const FORWARD: [bool; 2] = [true, false];
    const BACKWARD: [bool; 2] = [false, true];
    match rules.keys.iter().find_map(|key| tags.get(key)) {
        Some("yes" | "true" | "1") => FORWARD,
        Some("-1" | "reverse") => BACKWARD,
        // Its direction changes with the hour, which nobody can plan with.
        Some("reversible") => [false, false],
        Some(_) => [true, true],
        None if tags.get("junction").is_some_and(|junction| names(&rules.junctions, junction)) => FORWARD,
        None if names(&rules.classes, class) => FORWARD,
        None => [true, true],
    }
}

impl<'de> Deserialize<'de> for AccessKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AccessKey, D::Error> {
        let plain = String::deserialize(deserializer)?;
        let with = |suffix| format!("{plain}:{suffix}");
        Ok(AccessKey {
            forward: with("forward"),
            backward: with("backward"),
            conditional: with("conditional"),
            forward_conditional: with("forward:conditional"),
            backward_conditional: with("backward:conditional"),
            plain,
        })
    }
}

impl Serialize for AccessKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.plain.serialize(serializer)
    }
}
