//! To whom, and in which directions.

use super::*;

/// `->`, `<-`, `<->`, with `ends` where only the ends of a trip may use it, or `closed`.
fn open(text: &str) -> String {
    let Some(road) = road(text) else { return "closed".to_owned() };
    let arrow = match (road.forward.is_some(), road.backward.is_some()) {
        (true, true) => "<->",
        (true, false) => "->",
        (false, true) => "<-",
        (false, false) => "none",
    };
    if road.ends_only { format!("{arrow} ends") } else { arrow.to_owned() }
}

#[test]
fn oneway_streets_go_the_way_they_say() {
    for (tags, expected) in [
        ("", "<->"),
        ("oneway=yes", "->"),
        ("oneway=1", "->"),
        ("oneway=-1", "<-"),
        ("oneway=reverse", "<-"),
        ("oneway=no", "<->"),
        ("oneway=alternating", "<->"),
        ("oneway=reversible", "closed"),
        ("oneway=yes oneway:motor_vehicle=no", "<->"),
        ("oneway:motorcar=yes", "->"),
        ("oneway=yes oneway:bicycle=no", "->"),
        ("oneway=yes oneway:conditional=no+@+(20:00-06:00)", "->"),
    ] {
        assert_eq!(open(&format!("highway=residential {tags}")), expected, "{tags}");
    }
}

#[test]
fn roundabouts_and_motorways_are_oneway_unless_tagged_otherwise() {
    for (tags, expected) in [
        ("highway=tertiary junction=roundabout", "->"),
        ("highway=tertiary junction=circular", "->"),
        ("highway=tertiary junction=roundabout oneway=-1", "<-"),
        ("highway=tertiary junction=jughandle", "<->"),
        ("highway=motorway", "->"),
        ("highway=motorway oneway=no", "<->"),
        ("highway=motorway_link", "<->"),
        ("highway=trunk", "<->"),
    ] {
        assert_eq!(open(tags), expected, "{tags}");
    }
}

#[test]
fn the_most_specific_access_tag_decides() {
    for (tags, expected) in [
        ("access=yes", "<->"),
        ("access=permissive", "<->"),
        ("access=no", "closed"),
        ("access=no motor_vehicle=yes", "<->"),
        ("access=yes vehicle=no", "closed"),
        ("vehicle=no motorcar=designated", "<->"),
        ("motor_vehicle=no motorcar=yes", "<->"),
        ("motorcar=no motor_vehicle=yes", "closed"),
        ("bicycle=no foot=no hgv=no", "<->"),
        ("motor_vehicle=agricultural", "closed"),
        ("motor_vehicle=forestry", "closed"),
        ("motor_vehicle=agricultural;forestry", "closed"),
        ("motor_vehicle=agricultural;yes", "<->"),
        ("access=emergency", "closed"),
        ("motor_vehicle=NO", "closed"),
        ("access=Private", "<-> ends"),
    ] {
        assert_eq!(open(&format!("highway=unclassified {tags}")), expected, "{tags}");
    }
}

#[test]
fn what_is_private_or_for_residents_serves_the_ends_of_trips_only() {
    for (tags, expected) in [
        ("access=private", "<-> ends"),
        ("access=destination", "<-> ends"),
        ("access=customers", "<-> ends"),
        ("motor_vehicle=delivery", "<-> ends"),
        ("vehicle=permit", "<-> ends"),
        ("access=private motor_vehicle=yes", "<->"),
        ("access=yes motor_vehicle=private", "<-> ends"),
        ("motor_vehicle=agricultural;+destination", "<-> ends"),
        ("motor_vehicle=destination;yes", "<->"),
        ("access=private oneway=yes", "-> ends"),
    ] {
        assert_eq!(open(&format!("highway=service {tags}")), expected, "{tags}");
    }
}

#[test]
fn access_may_differ_by_direction() {
    for (tags, expected) in [
        ("motor_vehicle:backward=no", "->"),
        ("vehicle:forward=no", "<-"),
        ("vehicle:forward=no motorcar=yes", "<->"),
        ("access:backward=destination", "->"),
        ("motor_vehicle:forward=no motor_vehicle:backward=no", "closed"),
        ("access=no motor_vehicle:forward=destination", "-> ends"),
    ] {
        assert_eq!(open(&format!("highway=residential {tags}")), expected, "{tags}");
    }
}

#[test]
fn squares_and_what_cannot_be_driven_are_closed() {
    for tags in [
        "highway=service area=yes",
        "highway=unclassified smoothness=impassable",
        "highway=primary impassable=yes",
        "highway=service service=emergency_access",
        "highway=primary ice_road=yes",
        "highway=footway",
        "highway=track",
        "highway=construction",
        "highway=proposed",
        "highway=cycleway",
        "highway=platform",
        "railway=rail",
        "route=bus",
        "",
    ] {
        assert_eq!(open(tags), "closed", "{tags}");
    }
}

#[test]
fn streets_with_houses_are_known() {
    for (class, expected) in
        [("residential", true), ("living_street", true), ("primary", false), ("service", false)]
    {
        assert_eq!(road(&format!("highway={class}")).unwrap().street, expected, "{class}");
    }
}

#[test]
fn a_restriction_counts_when_it_concerns_the_van_at_all_times() {
    for (tags, expected) in [
        ("restriction=no_left_turn", Some(Rule::No)),
        ("restriction=no_u_turn", Some(Rule::No)),
        ("restriction=no_entry", Some(Rule::No)),
        ("restriction=only_straight_on", Some(Rule::Only)),
        ("restriction=give_way", None),
        ("restriction:motorcar=no_right_turn", Some(Rule::No)),
        ("restriction:motor_vehicle=only_left_turn", Some(Rule::Only)),
        ("restriction:hgv=no_right_turn", None),
        ("restriction:conditional=no_left_turn+@+(07:00-09:00)", None),
        ("restriction=no_left_turn day_on=Monday hour_on=07:00", None),
        ("restriction=no_left_turn except=bicycle;psv", Some(Rule::No)),
        ("restriction=no_left_turn except=motorcar", None),
        ("restriction=no_left_turn except=psv;motor_vehicle", None),
        ("restriction=only_straight_on restriction:motorcar=no_left_turn", Some(Rule::No)),
        ("", None),
    ] {
        assert_eq!(with(tags, |tags| Profile::van().restriction(tags)), expected, "{tags}");
    }
}
