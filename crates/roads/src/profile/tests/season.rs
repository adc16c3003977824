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
    let ask =
        |profile: Profile| with(&text, |tags| (profile.road(tags).is_some(), profile.winter(tags).shuts));
    let van = Profile::van();
    with(&text, |tags| {
        assert_eq!(
            van.winter(tags),
            van.winter(&tags.among(&van.way_keys())),
            "{text}: a key is not among those of ways"
        );
    });
    match (ask(van), ask(Profile::van().in_winter())) {
        ((true, true), (false, true)) => Pass::Seasonal,
        ((true, false), (true, false)) => Pass::Open,
        ((false, false), (false, false)) => Pass::Closed,
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
        ("motor_vehicle:conditional=no+@+(Nov-Apr+Mo-Su)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov+15-Apr+30+Mo-Su+00:00-24:00)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov-Apr+AND+snow)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov+1-Apr+30+||+snow)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+((Nov-Apr)+AND+(snow))", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(Nov-Apr;2024+Nov+3)", Pass::Seasonal),
        ("motor_vehicle:conditional=no+@+(week+48-18)", Pass::Seasonal),
        ("motor_vehicle:conditional=NO+@+(NOV-APR)", Pass::Seasonal),
        (
            "motorcar:forward:conditional=no+@+(Nov-Apr) motorcar:backward:conditional=no+@+(Nov-Apr)",
            Pass::Seasonal,
        ),
        ("motor_vehicle:conditional=no+@+(week+10-20)", Pass::Open),
        ("motor_vehicle:conditional=no+@+(Jul-Aug+AND+snow)", Pass::Open),
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
        "week+0-9",
        "Nov-Apr+AND+weight>3.5",
        "length>7;Nov",
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

#[test]
fn a_pass_shut_in_winter_closes_the_road_then_and_a_gate_says_that_it_is() {
    let stop = |text: &str, profile: Profile| with(text, |tags| profile.stop(tags)).unwrap_or_default();
    for (tags, [shut_in_winter, summer, winter]) in [
        ("mountain_pass=yes access:conditional=no+@+(Nov-Apr)", [true, false, true]),
        ("mountain_pass=yes motor_vehicle=no motor_vehicle:conditional=yes+@+(Jun-Sep)", [true, false, true]),
        ("mountain_pass=yes access=no", [false, false, false]),
        ("barrier=gate motor_vehicle:conditional=no+@+(Nov-Apr)", [true, false, true]),
        ("barrier=swing_gate access=no access:conditional=yes+@+(May-Oct)", [true, false, true]),
        ("barrier=gate motor_vehicle:conditional=no+@+(Mo-Fr)", [false, false, false]),
        ("barrier=gate access=no", [false, true, true]),
        ("barrier=gate", [false, false, false]),
    ] {
        let [here, there] = [Profile::van(), Profile::van().in_winter()].map(|profile| stop(tags, profile));
        assert_eq!(
            [here.shut_in_winter, here.closed, there.closed],
            [shut_in_winter, summer, winter],
            "{tags}"
        );
        assert_eq!(there.shut_in_winter, shut_in_winter, "{tags}");
    }
}

#[test]
fn a_direction_may_be_shut_alone() {
    let text = "highway=tertiary motorcar:forward:conditional=no+@+(Nov-Apr)";
    assert_eq!(with(text, |tags| Profile::van().winter(tags)), Winter { shuts: true, is_unclear: false });
    let road = |profile: Profile| with(text, |tags| profile.road(tags)).unwrap();
    let open = |road: Road| [road.forward.is_some(), road.backward.is_some()];
    assert_eq!(open(road(Profile::van())), [true, true]);
    assert_eq!(open(road(Profile::van().in_winter())), [false, true]);
}

#[test]
fn a_condition_that_names_a_time_of_year_in_other_words_is_told() {
    for (condition, expected) in [
        ("2024+Nov+15-2025+Apr+30", true),
        ("Nov+-+easter", true),
        ("Nov-Apr+Sa,Su", true),
        ("Nov-Apr+AND+weight>3.5", true),
        ("week+48-60", true),
        ("Nov+15-Apr+30+19:00-07:00", true),
        ("Nov-Apr", false),
        ("Nov-Apr;2024+May+1", false),
        ("Mo-Fr+07:00-09:00", false),
        ("weight>3.5", false),
        ("sunset-sunrise", false),
        ("", false),
    ] {
        for profile in [Profile::van(), Profile::van().in_winter()] {
            let way = format!("highway=tertiary motor_vehicle:conditional=no+@+({condition})");
            assert_eq!(with(&way, |tags| profile.winter(tags)).is_unclear, expected, "{condition}");
            let gate = format!("barrier=gate motor_vehicle:conditional=no+@+({condition})");
            assert_eq!(with(&gate, |tags| profile.stop(tags)).unwrap().is_unclear, expected, "{condition}");
        }
    }
    let path = "highway=path access:conditional=no+@+(2024+Nov)";
    assert!(!with(path, |tags| Profile::van().winter(tags)).is_unclear, "nobody drives there anyway");
}
