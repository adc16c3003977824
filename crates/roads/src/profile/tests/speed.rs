//! How fast.

use super::*;

/// A profile with round numbers: limits are driven at half, in built-up areas at a quarter,
/// on separate carriageways at three fifths.
fn round() -> Profile {
    let mut profile = changed(
        "share = { urban = 0.70, rural = 0.84, dual = 0.90 }",
        "share = { urban = 0.25, rural = 0.5, dual = 0.6 }",
    );
    let class = |urban, rural, dual, most| Class {
        urban: Kmh(urban),
        rural: Kmh(rural),
        dual: (dual > 0.0).then_some(Kmh(dual)),
        most: (most > 0.0).then_some(Kmh(most)),
    };
    profile.speeds.insert("motorway".into(), class(60.0, 90.0, 0.0, 0.0));
    profile.speeds.insert("trunk".into(), class(11.0, 37.0, 52.0, 0.0));
    profile.speeds.insert("primary".into(), class(12.0, 36.0, 0.0, 0.0));
    profile.speeds.insert("secondary".into(), class(20.0, 36.0, 80.0, 0.0));
    profile.speeds.insert("tertiary".into(), class(40.0, 80.0, 0.0, 30.0));
    profile
}

/// Urban and rural speed, in the direction of drawing.
fn speeds(text: &str) -> (f64, f64) {
    let speeds = with(text, |tags| round().road(tags)).unwrap().forward.unwrap();
    let round = |speed: Kmh| (speed.0 * 100.0).round() / 100.0;
    (round(speeds.urban), round(speeds.rural))
}

#[test]
fn without_a_sign_the_class_counts_and_the_law_above_it() {
    for (tags, expected) in [
        ("highway=primary", (12.0, 36.0)),
        // 50 and 80, at their shares.
        ("highway=tertiary", (12.5, 40.0)),
        // 130 for both: a motorway leads through no village.
        ("highway=motorway", (60.0, 78.0)),
        ("highway=trunk", (11.0, 37.0)),
        ("highway=trunk oneway=yes", (11.0, 37.0)),
        ("highway=trunk oneway=yes lanes=1", (11.0, 37.0)),
        ("highway=trunk lanes=2", (11.0, 37.0)),
        ("highway=trunk oneway=yes lanes=2", (11.0, 52.0)),
        ("highway=trunk oneway=yes lanes=3", (11.0, 52.0)),
        ("highway=trunk oneway=yes lanes=2 junction=roundabout", (11.0, 30.0)),
        ("highway=trunk dual_carriageway=yes", (11.0, 52.0)),
        ("highway=trunk expressway=yes", (11.0, 52.0)),
        ("highway=trunk motorroad=yes", (52.0, 52.0)),
        // 110 outside of built-up areas, at its share.
        ("highway=secondary oneway=yes lanes=2", (12.5, 66.0)),
        // A class without a speed for separate carriageways keeps its own.
        ("highway=primary oneway=yes lanes=2", (12.0, 36.0)),
    ] {
        assert_eq!(speeds(tags), expected, "{tags}");
    }
}

#[test]
fn a_tagged_limit_replaces_the_class() {
    for (value, expected) in [
        ("50", (12.5, 25.0)),
        ("30", (7.5, 15.0)),
        ("50+km/h", (12.5, 25.0)),
        ("20+mph", (8.05, 16.09)),
        ("20mph", (8.05, 16.09)),
        ("zone:30", (7.5, 15.0)),
        ("FR:zone30", (7.5, 15.0)),
        ("FR:zone:30", (7.5, 15.0)),
        ("DE:30", (7.5, 15.0)),
        ("walk", (1.5, 3.0)),
        ("50;30", (7.5, 15.0)),
        ("50|30", (7.5, 15.0)),
        // Above the limit of built-up areas nothing is built up.
        ("70", (35.0, 35.0)),
        ("90", (45.0, 45.0)),
        ("none", (65.0, 65.0)),
        // The words say themselves where the road is.
        ("FR:urban", (12.5, 12.5)),
        ("FR:rural", (40.0, 40.0)),
        ("XX:rural", (45.0, 45.0)),
        ("FR:trunk", (55.0, 55.0)),
        ("FR:motorway", (65.0, 65.0)),
        ("FR:living_street", (5.0, 10.0)),
        ("FR:Rural", (40.0, 40.0)),
        ("fr:urban", (12.5, 12.5)),
    ] {
        assert_eq!(speeds(&format!("highway=primary maxspeed={value}")), expected, "{value}");
    }
}

#[test]
fn a_limit_that_says_nothing_leaves_the_class() {
    for value in ["signals", "variable", "-5", "0", "1e9", "NaN", "fast", "99999", "50@", "", ";;"] {
        assert_eq!(speeds(&format!("highway=primary maxspeed={value}")), (12.0, 36.0), "{value}");
    }
}

#[test]
fn the_kind_of_a_limit_stands_in_for_its_number_and_says_where_the_road_is() {
    for (tags, expected) in [
        ("maxspeed:type=FR:urban", (12.5, 12.5)),
        ("source:maxspeed=FR:rural", (40.0, 40.0)),
        ("zone:maxspeed=FR:30", (7.5, 15.0)),
        ("zone:traffic=DE:urban", (12.5, 12.5)),
        ("maxspeed=70 source:maxspeed=sign", (35.0, 35.0)),
        ("maxspeed=50 source:maxspeed=FR:urban", (12.5, 12.5)),
        ("maxspeed=50 source:maxspeed=FR:rural", (25.0, 25.0)),
        ("maxspeed=signals source:maxspeed=FR:rural", (40.0, 40.0)),
        ("maxspeed=80 maxspeed:motorcar=50", (12.5, 25.0)),
        ("maxspeed=80 maxspeed:conditional=30+@+(Mo-Fr+07:00-09:00)", (40.0, 40.0)),
    ] {
        assert_eq!(speeds(&format!("highway=primary {tags}")), expected, "{tags}");
    }
}

#[test]
fn a_limit_is_driven_better_where_carriageways_are_separate() {
    for (tags, expected) in [
        ("highway=primary maxspeed=110 oneway=yes lanes=2", (66.0, 66.0)),
        ("highway=primary maxspeed=50 oneway=yes lanes=2", (12.5, 30.0)),
        ("highway=motorway maxspeed=110", (66.0, 66.0)),
        ("highway=trunk motorroad=yes maxspeed=90", (54.0, 54.0)),
    ] {
        assert_eq!(speeds(tags), expected, "{tags}");
    }
}

#[test]
fn a_narrow_class_is_not_driven_at_every_limit() {
    assert_eq!(speeds("highway=tertiary maxspeed=80"), (30.0, 30.0));
    assert_eq!(speeds("highway=tertiary maxspeed=50"), (12.5, 25.0));
}

#[test]
fn a_limit_of_one_direction_holds_for_it_alone() {
    let tags = "highway=primary maxspeed=80 maxspeed:backward=50";
    let road = with(tags, |tags| round().road(tags)).unwrap();
    let rural = |speeds: Option<Speeds>| speeds.unwrap().rural.0;
    assert_eq!((rural(road.forward), rural(road.backward)), (40.0, 25.0));
}

#[test]
fn surface_track_smoothness_and_kind_cap_the_speed_whatever_the_limit() {
    for tag in [
        "surface=gravel",
        "surface=sett",
        "tracktype=grade2",
        "smoothness=bad",
        "junction=roundabout",
        "service=parking_aisle",
    ] {
        let (key, value) = tag.split_once('=').unwrap();
        let Kmh(cap) = Profile::van().caps[key][value];
        for limit in ["", "maxspeed=130"] {
            let speeds = road(&format!("highway=motorway {tag} {limit}")).unwrap().forward.unwrap();
            assert_eq!((speeds.urban.0, speeds.rural.0), (cap, cap), "{tag} {limit}");
        }
    }
    assert_eq!(speeds("highway=primary maxspeed=10 surface=gravel"), (2.5, 5.0));
    assert_eq!(speeds("highway=primary surface=asphalt"), (12.0, 36.0));
    // A way that changes is as bad as its worst part.
    assert_eq!(road("highway=primary surface=asphalt;gravel"), road("highway=primary surface=gravel"));
    assert_eq!(road("highway=primary surface=Sett;+mud"), road("highway=primary surface=mud"));
    let (mud, bad) = (Profile::van().caps["surface"]["mud"], Profile::van().caps["smoothness"]["bad"]);
    let both = road("highway=primary surface=mud smoothness=bad").unwrap().forward.unwrap();
    assert_eq!(both.rural, mud.min(bad));
}

#[test]
fn a_tagged_length_is_read_only_where_it_is_one() {
    let length = |text: &str| with(text, |tags| Profile::van().length(tags));
    assert_eq!(length("highway=primary length_m=123.4"), Some(123.4));
    for nonsense in ["", "-1", "0", "inf", "nan", "1e12", "39000000", "12+m"] {
        assert_eq!(length(&format!("length_m={nonsense}")), None, "{nonsense}");
    }
}
