//! Each rule takes from the bound what it takes from the best calendar.

use super::*;

/// Two half-days on Monday, two on Wednesday; consultations are what lacks. One doctor who always works.
fn two_days() -> (Territory, TravelTimes) {
    let (mut territory, times) = near_each_other(2, 1);
    territory.vehicles[0].days = half_days(&["mon", "wed"]);
    territory.calendar.cycle_weeks = 1;
    territory.care.capacity = Capacity::PerHalfDay(3.0);
    territory.doctors = vec![Doctor::new("alix")];
    (territory, times)
}

/// Bounds of the root and of the whole search, and the value of the best calendar.
fn bounds(territory: &Territory, times: &TravelTimes) -> (f64, f64, f64) {
    let problem = Problem::new(territory.clone(), times).unwrap();
    let best = brute::best_by_counts(&problem);
    let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
    let root = bounded(&problem, f64::NEG_INFINITY, 1, &mut |_, _, _| None).bound;
    let all = bounded(&problem, f64::NEG_INFINITY, 300, &mut |counts, _, _| best.get(counts).copied()).bound;
    (root, all, top)
}

#[test]
fn every_rule_that_costs_a_plan_something_costs_the_bound_as_much() {
    let (plain, times) = two_days();
    let (_, free, top) = bounds(&plain, &times);
    assert!((free - top).abs() < 1e-3, "without more rules: {free}, {top}");
    let nobody = ByProfile { ald: Patients(0.0), elderly: Patients(0.0), other: Patients(1.0) };
    let activity = |kind, share, at_least| Activity {
        id: "extra".to_owned(),
        name: None,
        kind,
        share,
        at_least,
        at_most: None,
        sites: None,
    };
    type Change<'c> = (&'c str, Box<dyn Fn(&mut Territory) + 'c>);
    let change = |name, change: Box<dyn Fn(&mut Territory)>| -> Change<'_> { (name, change) };
    let cases = [
        change(
            "the half-days of a specialty",
            Box::new(move |t| {
                t.activities = vec![activity(ActivityKind::Specialty, 1.0, 1)];
                let mut expert = Doctor::new("expert");
                expert.specialty = Some("extra".to_owned());
                t.doctors.push(expert);
            }),
        ),
        change(
            "a specialty without its doctor, at a price",
            Box::new(move |t| {
                t.activities = vec![activity(ActivityKind::Specialty, 0.5, 1)];
                soft(t, RuleKind::DoctorNeeded, None, 3.0);
            }),
        ),
        change(
            "prevention",
            Box::new(move |t| {
                t.activities = vec![activity(ActivityKind::Prevention, 0.5, 2)];
                t.rules.prevention_share = 0.25;
            }),
        ),
        change(
            "prevention beyond its share, at a price",
            Box::new(move |t| {
                t.activities = vec![activity(ActivityKind::Prevention, 1.0, 1)];
                soft(t, RuleKind::PreventionShare, None, 4.0);
            }),
        ),
        change("half-days a cycle of the doctor", Box::new(|t| t.doctors[0].half_days_per_cycle = Some(3))),
        change("half-days a week of the doctor", Box::new(|t| t.doctors[0].half_days_per_week = Some(2))),
        change("the hours of the doctor", Box::new(|t| t.doctors[0].days = half_days(&["mon"]))),
        change(
            "a site that the doctor refuses",
            Box::new(|t| t.doctors[0].refuses = vec!["26001".to_owned()]),
        ),
        change(
            "hours beyond the doctor's, at a price",
            Box::new(|t| {
                t.doctors[0].days = half_days(&["mon"]);
                soft(t, RuleKind::DoctorHours, None, 2.0);
            }),
        ),
        change(
            "sites that the doctor prefers, at a price",
            Box::new(|t| {
                t.doctors[0].prefers = vec!["26000".to_owned()];
                soft(t, RuleKind::Prefers, None, 2.0);
            }),
        ),
        change(
            "one doctor a site",
            Box::new(|t| {
                t.doctors[0].half_days_per_cycle = Some(2);
                t.doctors.push(Doctor { half_days_per_cycle: Some(1), ..Doctor::new("berthe") });
                t.rules.doctors_per_site = Some(1);
            }),
        ),
        change(
            "visits of a site",
            Box::new(move |t| {
                t.communes[1].patients = nobody;
                t.sites[0].visits = Some(1);
            }),
        ),
        change(
            "the gap between visits, at a price",
            Box::new(|t| {
                t.rules.max_gap = Some(3);
                soft(t, RuleKind::MaxGap, None, 7.0);
            }),
        ),
        change("the gap between visits", Box::new(|t| t.sites[1].max_gap = Some(4))),
        change(
            "a required session",
            Box::new(|t| {
                t.sites[1].max_half_days = Some(1);
                t.bookings = vec![booking(BookingKind::Required, Some(1), half_days(&["sat"]))];
                soft(t, RuleKind::Required, None, 9.0);
            }),
        ),
        change(
            "forbidden half-days",
            Box::new(|t| {
                t.bookings = vec![booking(BookingKind::Forbidden, None, half_days(&["mon-am"]))];
            }),
        ),
        change(
            "locked sessions",
            Box::new(move |t| {
                t.communes[0].patients =
                    ByProfile { ald: Patients(0.0), elderly: Patients(0.0), other: Patients(1.0) };
                t.bookings = vec![booking(BookingKind::Locked, Some(0), half_days(&["mon", "wed"]))];
            }),
        ),
        change(
            "a locked session whose doctor refuses it, at a price",
            Box::new(|t| {
                let mut locked = booking(BookingKind::Locked, Some(0), half_days(&["mon-am"]));
                locked.doctor = Some("berthe".to_owned());
                t.bookings = vec![locked];
                t.doctors.push(Doctor { refuses: vec!["26000".to_owned()], ..Doctor::new("berthe") });
                soft(t, RuleKind::Locked, None, 2.0);
            }),
        ),
        change(
            "a locked session for more prevention than there may be, at a price",
            Box::new(move |t| {
                t.activities = vec![activity(ActivityKind::Prevention, 1.0, 0)];
                let mut locked = booking(BookingKind::Locked, Some(0), half_days(&["mon-am"]));
                locked.activity = Some("extra".to_owned());
                t.bookings = vec![locked];
                soft(t, RuleKind::Locked, None, 1.5);
            }),
        ),
        change(
            "a published session whose doctor prefers another site, at prices",
            Box::new(|t| {
                t.doctors[0].days = half_days(&["mon"]);
                t.doctors[0].prefers = vec!["26001".to_owned()];
                t.doctors.push(Doctor { days: half_days(&["wed"]), ..Doctor::new("berthe") });
                let session = PublishedSession {
                    vehicle: "bus-0".to_owned(),
                    week: 1,
                    day: Day::Mon,
                    half: Half::Am,
                    site: "26000".to_owned(),
                    doctor: None,
                    activity: None,
                    specialist: None,
                };
                t.published = Some(Published { sessions: vec![session], max_changes: Some(3) });
                soft(t, RuleKind::Prefers, None, 2.0);
                soft(t, RuleKind::Changes, None, 5.0);
            }),
        ),
        change(
            "changes of the published calendar, at a price",
            Box::new(|t| {
                let session = PublishedSession {
                    vehicle: "bus-0".to_owned(),
                    week: 1,
                    day: Day::Fri,
                    half: Half::Am,
                    site: "26000".to_owned(),
                    doctor: None,
                    activity: None,
                    specialist: None,
                };
                t.published = Some(Published { sessions: vec![session], max_changes: Some(1) });
                soft(t, RuleKind::Changes, None, 2.5);
            }),
        ),
    ];
    for (name, change) in cases {
        let mut territory = plain.clone();
        change(&mut territory);
        let (root, all, top) = bounds(&territory, &times);
        assert!(all <= root + 1e-3 && (all - top).abs() < 1e-3, "{name}: {root}, then {all}, best {top}");
        assert!(all < free - 1e-3, "{name} costs nothing: {all}, {free} without");
    }
}

#[test]
fn a_calendar_that_cannot_be_made_keeps_its_bound() {
    let (territory, times) = two_days();
    let problem = Problem::new(territory, &times).unwrap();
    let root = bounded(&problem, f64::NEG_INFINITY, 1, &mut |_, _, _| None).bound;
    let mut asked = Vec::new();
    let all = bounded(&problem, 0.0, 300, &mut |counts, _, _| {
        asked.push(counts.to_vec());
        None
    });
    assert!(!asked.is_empty() && asked[0].len() == 1 && asked[0][0].len() == 2);
    assert!((all.bound - root).abs() < 1e-3, "{} and {root} at the root", all.bound);
}

/// Two weeks with a morning on Monday, on Tuesday and on Thursday; two sites, of which the first is wanted most.
fn two_weeks() -> (Territory, TravelTimes) {
    let (mut territory, times) = near_each_other(2, 1);
    territory.vehicles[0].days = half_days(&["mon-am", "tue-am", "thu-am"]);
    territory.vehicles[0].half_days_per_week = Some(1);
    territory.calendar.cycle_weeks = 2;
    territory.care.capacity = Capacity::PerHalfDay(3.0);
    territory.communes[0].patients.ald = Patients(60.0);
    (territory, times)
}

/// Checks that the relaxed model knows what the best of all calendars is worth, and that without a rule that one would
/// be worth more.
fn assert_known_at_the_root(territory: &Territory, times: &TravelTimes, without: impl Fn(&mut Territory)) {
    let (root, _, top) = bounds(territory, times);
    assert!((root - top).abs() < 1e-3 * top.abs(), "the root says {root}, the best calendar is worth {top}");
    let mut free = territory.clone();
    without(&mut free);
    let (_, _, more) = bounds(&free, times);
    assert!(more > top + 1.0, "nothing lost: {more} without, {top} with");
}

#[test]
fn long_gaps_at_a_price_are_known_before_branching() {
    let (mut territory, times) = two_weeks();
    territory.vehicles[0].half_days_per_week = None;
    territory.vehicles[0].days = half_days(&["mon-am", "tue-am"]);
    territory.rules.max_gap = Some(6);
    soft(&mut territory, RuleKind::MaxGap, None, 11.0);
    // A visit a week is seven days apart, on days that fall well; others must share what is left.
    assert_known_at_the_root(&territory, &times, |free| free.rules.max_gap = None);
}

#[test]
fn other_times_at_a_price_are_known_before_branching() {
    let (mut territory, times) = two_weeks();
    territory.rules.same_time = Some(true);
    soft(&mut territory, RuleKind::SameTime, None, 13.0);
    // Open on Tuesday of one week, and on Monday and Thursday of the other one: never twice at the same time.
    let shut = |half_days: &[&str], week| Booking {
        weeks: weeks(&[week]),
        ..booking(BookingKind::Forbidden, None, self::half_days(half_days))
    };
    territory.bookings = vec![shut(&["mon-am", "thu-am"], 1), shut(&["tue-am"], 2)];
    territory.sites[1].open = HalfDays::NONE;
    territory.sites[0].required = true;
    territory.sites[0].min_half_days = Some(2);
    territory.sites[0].every = Some(1);
    assert_known_at_the_root(&territory, &times, |free| free.rules.same_time = Some(false));
}
