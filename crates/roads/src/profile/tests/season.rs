//! What is shut in winter.

use super::*;

#[derive(Debug, PartialEq)]
enum Pass {
    Open,
    /// Open in summer and shut in winter.
    Seasonal,
    Closed,
}

fn pass(text: &str) -> Pass {
    let text = format!("highway=secondary {text}");
    let ask = |profile: Profile| with(&text, |tags| profile.road(tags));
    match (ask(Profile::van()), ask(Profile::van().in_winter())) {
        (Some(Road { seasonal: true, .. }), None) => Pass::Seasonal,
        (Some(Road { seasonal: false, .. }), Some(Road { seasonal: false, .. })) => Pass::Open,
        (None, None) => Pass::Closed,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn mountain_passes_are_shut_in_winter_as_their_tags_say() {
    for (tags, expected) in [
        ("motor_vehicle:conditional=no+@+(Nov-Apr)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+Nov-Apr", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov+15-Apr+30)", Pass::Seasonal),
        ("access:conditional=no+@+(Oct+01-Jun+15)", Pass::Seasonal),
        ("vehicle:conditional=no+@+(Dec-Mar)", Pass::Seasonal),
        ("vehicle:conditional=no+@+(Jan,Feb,Mar)", Pass::Seasonal),
        ("vehicle:conditional=no+@+(Nov-Mar;Oct)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+winter", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+snow", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov-Apr+00:00-24:00)", Pass::Seasonal),
        ("motor_vehicle=no motor_vehicle:conditional=yes+@+(Jun-Sep)", Pass::Seasonal),
        ("access=no access:conditional=yes+@+summer", Pass::Seasonal),
        ("access=no access:conditional=yes+@+(Jun+1-Oct+15)", Pass::Seasonal),
        ("motor_vehicle:conditional=destination+@+(Mo-Fr);+no+@+(Nov-Apr)", Pass::Seasonal),
        ("seasonal=yes", Pass::Seasonal),
        ("seasonal=summer", Pass::Seasonal),
        ("snowplowing=no", Pass::Seasonal),
        ("winter_service=no", Pass::Seasonal),
        ("seasonal=no", Pass::Open),
        ("motor_vehicle:conditional=no+@+(Jan+1-10)", Pass::Open),
        ("motor_vehicle:conditional=no+@+(Nov)", Pass::Open),
        ("motor_vehicle:conditional=yes+@+(Nov-Apr)", Pass::Open),
        // Another mode's closures, and those overruled by a more specific tag.
        ("hgv:conditional=no+@+(Nov-Apr)", Pass::Open),
        ("access:conditional=no+@+(Nov-Apr) motor_vehicle=yes", Pass::Open),
        ("access=no access:conditional=yes+@+(Jun-Sep) motorcar=no", Pass::Closed),
        ("ice_road=yes", Pass::Closed),
    ] {
        assert_eq!(pass(tags), expected, "{tags}");
    }
}

#[test]
fn conditions_that_hold_at_some_hours_or_for_some_vehicles_are_not_looked_at() {
    for condition in [
        "Mo-Fr+07:00-09:00",
        "07:00-09:00",
        "Nov-Apr+Sa,Su",
        "Jul-Aug+10:00-18:00",
        "weight>3.5",
        "sunset-sunrise",
        "2024+Nov+1-2025+Apr+30",
        "PH",
        "week+10-20",
        "Nov-Apr+AND+snow",
        "length>7;Nov-Apr",
        "",
        "(((",
        "\u{e9}t\u{e9}",
        "Nov-99",
        "nov-apr-jun",
    ] {
        assert_eq!(pass(&format!("motor_vehicle:conditional=no+@+({condition})")), Pass::Open, "{condition}");
    }
    for nonsense in ["no", "@", "no+@", "@@@", ";;;", "no+@+)("] {
        assert_eq!(pass(&format!("motor_vehicle:conditional={nonsense}")), Pass::Open, "{nonsense}");
    }
}

#[test]
fn winter_may_leave_a_street_to_its_residents() {
    let tags = "highway=residential access:conditional=destination+@+(Nov-Mar)";
    let ends_only = |profile: Profile| with(tags, |tags| profile.road(tags)).unwrap().ends_only;
    assert!(!ends_only(Profile::van()));
    assert!(ends_only(Profile::van().in_winter()));
}

#[test]
fn a_barrier_shut_in_winter_closes_the_road_then() {
    let closed = |text: &str, profile: Profile| with(text, |tags| profile.stop(tags)).unwrap().closed;
    let gate = "barrier=gate access:conditional=no+@+(Nov-Apr)";
    assert!(!closed(gate, Profile::van()));
    assert!(closed(gate, Profile::van().in_winter()));
}
