//! Barriers, signals and stops.

use super::*;

fn stop(text: &str) -> Option<Stop> {
    with(text, |tags| Profile::van().stop(tags))
}

#[test]
fn a_barrier_closes_by_its_kind_unless_an_access_tag_says_otherwise() {
    for (tags, expected) in [
        ("barrier=bollard", true),
        ("barrier=block", true),
        ("barrier=height_restrictor", true),
        ("barrier=gate", false),
        ("barrier=lift_gate", false),
        ("barrier=toll_booth", false),
        ("barrier=cattle_grid", false),
        ("barrier=entrance", false),
        ("barrier=gate locked=yes", true),
        ("barrier=gate access=no", true),
        // Nobody passes who has to stay behind it.
        ("barrier=gate access=private", true),
        ("barrier=gate access=destination", true),
        ("barrier=gate access=private motor_vehicle=yes", false),
        ("barrier=bollard motor_vehicle=yes", false),
        ("barrier=bollard access=permissive", false),
        ("barrier=bollard bicycle=yes foot=yes", true),
        ("highway=crossing access=no", false),
        ("highway=traffic_signals", false),
        ("", false),
    ] {
        assert_eq!(stop(tags).is_some_and(|stop| stop.closed), expected, "{tags}");
    }
}

#[test]
fn signals_and_signs_cost_time_in_the_direction_for_which_they_stand() {
    let Delay(Millis(signals)) = Profile::van().delays["highway"]["traffic_signals"];
    let Delay(Millis(sign)) = Profile::van().delays["highway"]["stop"];
    for (tags, expected) in [
        ("highway=traffic_signals", (signals, signals)),
        ("highway=traffic_signals traffic_signals:direction=forward", (signals, 0)),
        ("highway=traffic_signals traffic_signals:direction=backward", (0, signals)),
        ("highway=traffic_signals traffic_signals:direction=both", (signals, signals)),
        ("highway=traffic_signals direction=forward", (signals, 0)),
        ("highway=stop direction=forward", (sign, 0)),
        ("highway=stop direction=backward", (0, sign)),
        ("highway=stop direction=both", (sign, sign)),
        ("highway=stop", (sign / 2, sign / 2)),
        ("highway=stop direction=90", (sign / 2, sign / 2)),
        ("highway=stop stop=all", (sign, sign)),
    ] {
        let Stop { closed, forward, backward, .. } = stop(tags).unwrap();
        assert_eq!((closed, forward.0, backward.0), (false, expected.0, expected.1), "{tags}");
    }
    assert_eq!(stop("highway=crossing"), None);
    assert_eq!(stop("highway=bus_stop"), None);
}

#[test]
fn what_stands_together_adds_up() {
    let delays = Profile::van().delays;
    let Delay(table) = delays["traffic_calming"]["table"];
    let Delay(signals) = delays["highway"]["traffic_signals"];
    assert_eq!(stop("highway=traffic_signals traffic_calming=table").unwrap().forward, signals + table);
}

#[test]
fn every_tag_that_matters_on_a_node_is_asked_for() {
    let profile = Profile::van();
    for key in ["barrier", "highway", "locked", "railway", "traffic_calming"] {
        assert!(profile.stop_keys().contains(&key), "{key}");
    }
    assert!(profile.way_keys().contains(&"landuse"));
}

#[test]
fn places_and_land_are_built_up_by_kind() {
    let van = Profile::van();
    assert_eq!(with("place=village", |tags| van.place(tags)), Some(250.0));
    assert_eq!(with("place=locality", |tags| van.place(tags)), None);
    assert!(with("landuse=residential", |tags| van.is_built_up(tags)));
    assert!(!with("landuse=forest", |tags| van.is_built_up(tags)));
    let without = changed("village = 250", "village = 0");
    assert_eq!(with("place=village", |tags| without.place(tags)), None);
}
