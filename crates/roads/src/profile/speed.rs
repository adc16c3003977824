//! How fast a way is driven.

use super::{Kmh, Profile};
use crate::pbf::Tags;

/// Kilometres in a statute mile, and in a nautical one.
const MILE: f64 = 1.609_344;
const NAUTICAL_MILE: f64 = 1.852;

/// Mean speed on a way in one direction, whose own limit stands under `directed_key`.
pub(super) fn speed(profile: &Profile, class_speed: Kmh, directed_key: &str, tags: &Tags<'_>) -> Kmh {
    let keys = std::iter::once(directed_key).chain(profile.limit_keys.iter().map(String::as_str));
    let limit = keys.filter_map(|key| tags.get(key)).find_map(|value| limit(profile, value));
    let speed = limit.map_or(class_speed.0, |limit| limit.0 * profile.limit_share);
    let caps = profile.caps.iter().filter_map(|(key, caps)| caps.get(tags.get(key)?));
    Kmh(caps.fold(speed, |speed, cap| speed.min(cap.0)))
}

/// A limit as it is tagged: `50`, `30 mph`, `FR:urban`, `zone:30`; the lowest of several. None when it says nothing.
fn limit(profile: &Profile, value: &str) -> Option<Kmh> {
    let limits = value.split([';', '|']).filter_map(|value| one_limit(profile, value.trim()));
    limits.min_by(|a, b| a.0.total_cmp(&b.0))
}

fn one_limit(profile: &Profile, value: &str) -> Option<Kmh> {
    let kind = value.rsplit(':').next().unwrap_or(value);
    posted(value)
        .or_else(|| profile.limits.get(value).copied())
        .or_else(|| profile.limits.get(kind).copied())
        .or_else(|| posted(kind.strip_prefix("zone").unwrap_or(kind)))
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
    (1.0..=300.0).contains(&kmh).then_some(Kmh(kmh))
}

/// A length of a way as it is tagged: metres, above 0, less than a turn around the earth.
pub(super) fn metres(value: &str) -> Option<f64> {
    value.trim().parse().ok().filter(|&metres: &f64| metres > 0.0 && metres < 4e7)
}

#[cfg(test)]
mod tests {
    use super::super::Speeds;
    use super::*;

    fn driven(tags: &[(&str, &str)]) -> f64 {
        let profile = Profile { limit_share: 0.5, ..Profile::van() };
        let Kmh(speed) = profile.road(&Tags::of(tags)).unwrap().forward.unwrap().rural;
        (speed * 1000.0).round() / 1000.0
    }

    #[test]
    fn a_posted_limit_replaces_the_speed_of_the_class() {
        let road = ("highway", "primary");
        for (value, speed) in [
            ("50", 25.0),
            ("50 km/h", 25.0),
            ("30 mph", 24.14),
            ("30mph", 24.14),
            ("FR:urban", 25.0),
            ("FR:rural", 40.0),
            ("FR:motorway", 65.0),
            ("XX:urban", 25.0),
            ("FR:zone30", 15.0),
            ("zone:30", 15.0),
            ("DE:zone:30", 15.0),
            ("walk", 3.0),
            ("90;70", 35.0),
        ] {
            assert_eq!(driven(&[road, ("maxspeed", value)]), speed, "{value}");
        }
    }

    #[test]
    fn a_limit_that_says_nothing_leaves_the_class() {
        let Kmh(class) = Profile::van().speeds["primary"];
        for value in ["signals", "", "-5", "0", "1e9", "NaN", "fast", "99999"] {
            assert_eq!(driven(&[("highway", "primary"), ("maxspeed", value)]), class, "{value}");
        }
    }

    #[test]
    fn a_limit_of_one_direction_holds_for_it_alone() {
        let tags = [("highway", "primary"), ("maxspeed", "80"), ("maxspeed:backward", "50")];
        let road = Profile { limit_share: 1.0, ..Profile::van() }.road(&Tags::of(&tags)).unwrap();
        let rural = |speeds: Option<Speeds>| speeds.unwrap().rural;
        assert_eq!((rural(road.forward), rural(road.backward)), (Kmh(80.0), Kmh(50.0)));
    }

    #[test]
    fn a_bad_surface_slows_down_whatever_the_limit() {
        let Kmh(gravel) = Profile::van().caps["surface"]["gravel"];
        assert_eq!(driven(&[("highway", "primary"), ("maxspeed", "130"), ("surface", "gravel")]), gravel);
        assert_eq!(driven(&[("highway", "primary"), ("maxspeed", "10"), ("surface", "gravel")]), 5.0);
    }

    #[test]
    fn ways_that_are_no_roads_for_a_van_are_not_driven() {
        for class in ["footway", "track", "construction", "proposed", "cycleway", "platform"] {
            assert_eq!(Profile::van().road(&Tags::of(&[("highway", class)])), None, "{class}");
        }
    }

    #[test]
    fn a_tagged_length_is_read_only_where_it_is_one() {
        assert_eq!(metres("123.4"), Some(123.4));
        for nonsense in ["", "-1", "0", "inf", "nan", "1e12", "12 m"] {
            assert_eq!(metres(nonsense), None, "{nonsense}");
        }
    }
}
