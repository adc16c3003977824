//! Whether a way is open, and in which directions.

use super::Profile;
use crate::pbf::Tags;

/// The directions in which a way is open, against how it is drawn.
pub(super) struct Directions {
    pub(super) forward: bool,
    pub(super) backward: bool,
}

const FORWARD: Directions = Directions { forward: true, backward: false };
const BACKWARD: Directions = Directions { forward: false, backward: true };
const BOTH: Directions = Directions { forward: true, backward: true };

/// The open directions of a way; None when it is closed.
pub(super) fn directions(profile: &Profile, class: &str, tags: &Tags<'_>) -> Option<Directions> {
    let closed = |(key, values): (&String, &Vec<String>)| {
        tags.get(key).is_some_and(|value| values.iter().any(|closing| closing == value))
    };
    if profile.closed.iter().any(closed) || !has_access(profile, tags) {
        return None;
    }
    match tags.get("oneway") {
        Some("yes" | "true" | "1") => Some(FORWARD),
        Some("-1" | "reverse") => Some(BACKWARD),
        // Its direction changes with the hour, which nobody can plan with.
        Some("reversible") => None,
        Some(_) => Some(BOTH),
        None if matches!(tags.get("junction"), Some("roundabout" | "circular")) => Some(FORWARD),
        None if profile.oneway_classes.iter().any(|oneway| oneway == class) => Some(FORWARD),
        None => Some(BOTH),
    }
}

/// The most specific access tag decides alone; of several values one that is open is enough.
fn has_access(profile: &Profile, tags: &Tags<'_>) -> bool {
    match profile.access_keys.iter().find_map(|key| tags.get(key)) {
        Some(values) => values.split(';').any(|value| !profile.no_access.iter().any(|no| no == value.trim())),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(tags: &[(&str, &str)]) -> Option<(bool, bool)> {
        let class = tags[0].1;
        directions(&Profile::van(), class, &Tags::of(tags)).map(|open| (open.forward, open.backward))
    }

    #[test]
    fn oneway_streets_go_the_way_they_say() {
        let road = ("highway", "residential");
        assert_eq!(open(&[road]), Some((true, true)));
        assert_eq!(open(&[road, ("oneway", "yes")]), Some((true, false)));
        assert_eq!(open(&[road, ("oneway", "-1")]), Some((false, true)));
        assert_eq!(open(&[road, ("oneway", "alternating")]), Some((true, true)));
        assert_eq!(open(&[road, ("oneway", "reversible")]), None);
    }

    #[test]
    fn roundabouts_and_motorways_are_oneway_unless_tagged_otherwise() {
        assert_eq!(open(&[("highway", "tertiary"), ("junction", "roundabout")]), Some((true, false)));
        assert_eq!(open(&[("highway", "motorway")]), Some((true, false)));
        assert_eq!(open(&[("highway", "motorway"), ("oneway", "no")]), Some((true, true)));
        assert_eq!(open(&[("highway", "motorway_link")]), Some((true, true)));
    }

    #[test]
    fn the_most_specific_access_tag_decides() {
        let road = ("highway", "service");
        assert_eq!(open(&[road, ("access", "private")]), None);
        assert_eq!(open(&[road, ("access", "no"), ("motor_vehicle", "yes")]), Some((true, true)));
        assert_eq!(open(&[road, ("access", "yes"), ("vehicle", "no")]), None);
        assert_eq!(open(&[road, ("vehicle", "no"), ("motorcar", "designated")]), Some((true, true)));
        assert_eq!(open(&[road, ("access", "destination")]), Some((true, true)));
        assert_eq!(open(&[road, ("motor_vehicle", "agricultural;forestry")]), None);
        assert_eq!(open(&[road, ("motor_vehicle", "agricultural; destination")]), Some((true, true)));
    }

    #[test]
    fn squares_and_impassable_ways_are_closed() {
        assert_eq!(open(&[("highway", "service"), ("area", "yes")]), None);
        assert_eq!(open(&[("highway", "unclassified"), ("smoothness", "impassable")]), None);
    }
}
