//! The default profile: a light van.

use std::collections::BTreeMap;

use super::{Kmh, Profile};

/// Speeds of the classes are a twentieth below those of OSRM's car, which stands for the turns and crossings that are
/// not counted one by one; see the README for how times compare. Tracks are closed: most are farm roads where a
/// consulting room on wheels has no business.
const SPEEDS: [(&str, f64); 15] = [
    ("motorway", 95.0),
    ("motorway_link", 45.0),
    ("trunk", 80.0),
    ("trunk_link", 40.0),
    ("primary", 62.0),
    ("primary_link", 30.0),
    ("secondary", 52.0),
    ("secondary_link", 25.0),
    ("tertiary", 38.0),
    ("tertiary_link", 20.0),
    ("unclassified", 25.0),
    ("residential", 23.0),
    ("road", 23.0),
    ("living_street", 10.0),
    ("service", 14.0),
];

/// Code de la route, art. R413-2 and R413-3, and customary words elsewhere.
const LIMITS: [(&str, f64); 12] = [
    ("FR:urban", 50.0),
    ("FR:rural", 80.0),
    ("FR:trunk", 110.0),
    ("FR:motorway", 130.0),
    ("FR:living_street", 20.0),
    ("urban", 50.0),
    ("rural", 90.0),
    ("trunk", 110.0),
    ("motorway", 130.0),
    ("living_street", 10.0),
    ("walk", 6.0),
    ("none", 130.0),
];

const SURFACES: [(&str, f64); 16] = [
    ("sett", 30.0),
    ("cobblestone", 25.0),
    ("unhewn_cobblestone", 20.0),
    ("metal", 40.0),
    ("wood", 30.0),
    ("unpaved", 25.0),
    ("compacted", 40.0),
    ("fine_gravel", 30.0),
    ("gravel", 25.0),
    ("pebblestone", 20.0),
    ("dirt", 15.0),
    ("earth", 15.0),
    ("ground", 15.0),
    ("grass", 10.0),
    ("mud", 5.0),
    ("sand", 5.0),
];

const TRACKTYPES: [(&str, f64); 5] =
    [("grade1", 40.0), ("grade2", 25.0), ("grade3", 20.0), ("grade4", 15.0), ("grade5", 10.0)];

const SMOOTHNESS: [(&str, f64); 3] = [("bad", 40.0), ("very_bad", 20.0), ("horrible", 10.0)];

const CLOSED: [(&str, &[&str]); 5] = [
    ("area", &["yes"]),
    ("impassable", &["yes"]),
    ("service", &["emergency_access"]),
    ("smoothness", &["very_horrible", "impassable"]),
    ("status", &["impassable"]),
];

const NO_ACCESS: [&str; 12] = [
    "no",
    "private",
    "agricultural",
    "forestry",
    "emergency",
    "psv",
    "bus",
    "taxi",
    "military",
    "delivery",
    "residents",
    "permit",
];

/// OSRM drives 0.8 of the posted limit and adds turns, GraphHopper 0.9.
const LIMIT_SHARE: f64 = 0.78;

pub(super) fn van() -> Profile {
    let caps = [("surface", &SURFACES[..]), ("tracktype", &TRACKTYPES), ("smoothness", &SMOOTHNESS)];
    Profile {
        name: "van".to_owned(),
        speeds: table(&SPEEDS),
        limit_share: LIMIT_SHARE,
        limit_keys: owned(&["maxspeed", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"]),
        limits: table(&LIMITS),
        caps: caps.map(|(key, values)| (key.to_owned(), table(values))).into(),
        closed: CLOSED.map(|(key, values)| (key.to_owned(), owned(values))).into(),
        access_keys: owned(&["motorcar", "motor_vehicle", "vehicle", "access"]),
        no_access: owned(&NO_ACCESS),
        oneway_classes: owned(&["motorway"]),
        length_tag: Some("length_m".to_owned()),
    }
}

fn table(entries: &[(&str, f64)]) -> BTreeMap<String, Kmh> {
    entries.iter().map(|&(key, kmh)| (key.to_owned(), Kmh(kmh))).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_profile_is_in_range() {
        assert!(Profile::default().check().is_ok());
    }

    #[test]
    fn a_profile_with_a_speed_out_of_range_is_refused_by_name() {
        let mut profile = Profile::van();
        profile.speeds.insert("primary".to_owned(), Kmh(f64::NAN));
        assert!(profile.check().unwrap_err().to_string().contains("speeds.primary"));
    }
}
