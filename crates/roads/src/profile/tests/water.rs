//! Ferries.

use super::*;

fn ferry(text: &str) -> Option<Ferry> {
    road(&format!("route=ferry {text}")).map(|road| road.ferry.unwrap())
}

#[test]
fn a_crossing_takes_what_its_tag_says() {
    for (value, minutes) in [
        ("20", Some(20.0)),
        ("00:20", Some(20.0)),
        ("1:30", Some(90.0)),
        ("00:20:30", Some(20.5)),
        ("PT20M", Some(20.0)),
        ("PT1H30M", Some(90.0)),
        ("PT90S", Some(1.5)),
        ("P1DT2H", Some(26.0 * 60.0)),
        ("pt15m", Some(15.0)),
        ("7.5", Some(7.5)),
        ("0", None),
        ("00:00", None),
        ("-5", None),
        ("1e9", None),
        ("inf", None),
        ("nan", None),
        ("P1Y", None),
        ("PT", None),
        ("PT5", None),
        ("1:2:3:4", None),
        ("20+min", Some(20.0)),
        ("20min", Some(20.0)),
        ("20+minutes", Some(20.0)),
        ("45+mn", Some(45.0)),
        ("1+h+15", Some(75.0)),
        ("1h15", Some(75.0)),
        ("1+h+15+min", Some(75.0)),
        ("2+h", Some(120.0)),
        ("1.5+hours", Some(90.0)),
        ("1+Heure", Some(60.0)),
        ("min", None),
        ("20+knots", None),
        ("h20", None),
        ("1+h+h", None),
        ("15-20", None),
        ("15-20+min", None),
        ("about+20+min", None),
        ("9999:00", None),
        ("PT\u{e9}M", None),
    ] {
        let expected = minutes.and_then(|minutes: f64| Millis::from_seconds(60.0 * minutes));
        assert_eq!(ferry(&format!("duration={value}")).unwrap().duration, expected, "{value}");
    }
}

#[test]
fn one_waits_for_half_of_the_interval() {
    assert_eq!(ferry("interval=00:30").unwrap().wait, Millis::from_minutes(15));
    assert_eq!(ferry("interval=10").unwrap().wait, Millis::from_minutes(5));
    assert_eq!(ferry("").unwrap().wait, Millis::from_minutes(15));
    let patient = changed("wait = 900", "wait = 60");
    assert_eq!(with("route=ferry", |tags| patient.road(tags)).unwrap().ferry.unwrap().wait, Millis(60_000));
}

#[test]
fn only_ferries_that_may_carry_a_van_are_taken() {
    for (tags, expected) in [
        ("", true),
        ("motor_vehicle=yes", true),
        ("motorcar=yes foot=yes", true),
        ("foot=yes", false),
        ("foot=yes bicycle=yes", false),
        ("motor_vehicle=no", false),
        ("access=no", false),
        ("foot=yes access=yes", true),
    ] {
        assert_eq!(ferry(tags).is_some(), expected, "{tags}");
    }
    assert!(road("route=shuttle_train motorcar=yes").unwrap().ferry.is_some());
    assert!(road("highway=unclassified route=ferry").unwrap().ferry.is_some());
    assert!(road("highway=unclassified route=bus").unwrap().ferry.is_none());
}

#[test]
fn a_ferry_may_rest_in_winter() {
    assert!(with("route=ferry seasonal=summer", |tags| Profile::van().winter(tags)).shuts);
    assert_eq!(with("route=ferry seasonal=summer", |tags| Profile::van().in_winter().road(tags)), None);
}
