//! A vehicle's day.

use super::*;

#[test]
fn other_hours_than_the_territorys() {
    let violations = broken(|plan| plan.sessions[0].close = Clock::at(12, 0));
    assert_eq!(violations, [Violation::WrongHours(slot(1, Half::Am))]);
    let violations = broken(|plan| plan.sessions[3].open = Clock::at(14, 30));
    assert_eq!(violations, [Violation::WrongHours(slot(2, Half::Pm))]);
}

#[test]
fn a_vehicle_keeps_its_own_hours() {
    let morning = Some(Hours::new((9, 30), (12, 30)));
    let violations = elsewhere(|territory, _| territory.vehicles[0].morning = morning, as_it_is);
    let wrong = |week| Violation::WrongHours(slot(week, Half::Am));
    assert_eq!(violations, [wrong(1), wrong(2)]);
    let violations = elsewhere(|territory, _| territory.vehicles[1].morning = morning, |plan| plan.gap = 0.4);
    assert_eq!(violations.len(), 1, "the hours of another vehicle are nothing to this one: {violations:?}");
}

#[test]
fn hours_of_its_own_shorten_a_vehicles_lunch_and_never_lengthen_it() {
    // 25 minutes from Alba to Bourg. The calendar leaves an hour, less the break.
    let with = |end: (u32, u32), minutes| {
        let (mut territory, times) = (sample::territory(), sample::times());
        territory.calendar.lunch_break = Millis::from_minutes(minutes);
        territory.care.reach[1].within = Millis::from_minutes(25);
        territory.vehicles[0].morning = Some(Hours::new((9, 0), end));
        let problem = Problem::new(territory, &times).unwrap();
        let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
        for place in [0, 2] {
            plan.sessions[place].close = Clock::at(end.0, end.1);
        }
        if end > (13, 0) {
            plan.sessions[1].leave = Some(Clock::at(end.0, end.1));
            plan.sessions[1].arrive = Some(Clock(Clock::at(end.0, end.1).0 + Millis::from_minutes(25)));
        }
        plan.verify(&problem)
    };
    let too_long = |left| {
        let (drive, left) = (Millis::from_minutes(25), Some(Millis::from_minutes(left)));
        Err(vec![Violation::NoTimeOverLunch { day: on(1), drive, left }])
    };
    assert_eq!(with((13, 0), 35), Ok(()));
    assert_eq!(with((13, 20), 15), Ok(()));
    assert_eq!(with((13, 20), 16), too_long(24));
    assert_eq!(with((12, 0), 36), too_long(24), "an hour more for lunch is not one for driving");
}

#[test]
fn a_day_that_no_road_allows() {
    let violations = elsewhere(
        |_, times| {
            let mut fewer = TravelTimes::new(times.source);
            for (from, to, trip) in
                times.iter().filter(|&(from, to, _)| (from, to) != ("bourg", "base:bus-1"))
            {
                fewer.insert(from, to, trip);
            }
            *times = fewer;
        },
        as_it_is,
    );
    assert_eq!(violations, [Violation::NoWay { day: on(1), from: "bourg".into(), to: "base:bus-1".into() }]);
}

#[test]
fn too_much_driving() {
    let most = Millis::from_minutes(71) - Millis(1);
    let violations = elsewhere(|territory, _| territory.vehicles[0].max_drive_per_day = most, as_it_is);
    assert_eq!(violations, [Violation::TooMuchDriving { day: on(1), drive: Millis::from_minutes(71), most }]);
    let enough = Millis::from_minutes(71);
    let mut territory = sample::territory();
    territory.vehicles[0].max_drive_per_day = enough;
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let plan = Plan { input: problem.digest(), ..sample::plan().0 };
    assert_eq!(plan.verify(&problem), Ok(()), "exactly the limit is within it");
}

#[test]
fn no_time_over_lunch() {
    let with_break = |minutes| {
        let (mut territory, times) = (sample::territory(), sample::times());
        territory.calendar.lunch_break = Millis::from_minutes(minutes);
        // Patients of Alba may drive to Bourg, so that the trip is known though no vehicle has time for it.
        territory.care.reach[1].within = Millis::from_minutes(25);
        let problem = Problem::new(territory, &times).unwrap();
        Plan { input: problem.digest(), ..sample::plan().0 }.verify(&problem)
    };
    assert_eq!(with_break(35), Ok(()), "an hour at noon leaves the 25 minutes of the drive");
    let (drive, left) = (Millis::from_minutes(25), Millis::from_minutes(25) - Millis::from_minutes(1));
    let violation = Violation::NoTimeOverLunch { day: on(1), drive, left: Some(left) };
    assert_eq!(with_break(36), Err(vec![violation]));
}

#[test]
fn a_drive_without_its_times() {
    let violations = broken(|plan| plan.sessions[1].arrive = None);
    assert_eq!(violations, [Violation::NoDriveStated(slot(1, Half::Pm))]);
    let violations = broken(|plan| plan.sessions[0].leave = None);
    assert_eq!(violations, [Violation::NoDriveStated(slot(1, Half::Am))]);
}

#[test]
fn a_drive_to_where_the_vehicle_is() {
    let violations = broken(|plan| plan.sessions[3].leave = Some(Clock::at(13, 0)));
    assert_eq!(violations, [Violation::AlreadyThere(slot(2, Half::Pm))]);
}

#[test]
fn a_drive_shorter_than_the_road() {
    let violations = broken(|plan| plan.sessions[1].arrive = Some(Clock::at(13, 24)));
    let expected = Violation::WrongDriveTime {
        slot: slot(1, Half::Pm),
        leave: Clock::at(13, 0),
        arrive: Clock::at(13, 24),
        drive: Millis::from_minutes(25),
    };
    assert_eq!(violations, [expected]);
}

#[test]
fn a_vehicle_that_comes_after_its_patients() {
    let violations = broken(|plan| {
        plan.sessions[0].leave = Some(Clock::at(8, 41));
        plan.sessions[0].arrive = Some(Clock::at(9, 1));
        plan.days[0].leave = Clock::at(8, 41);
    });
    let (arrive, open) = (Clock::at(9, 1), Clock::at(9, 0));
    assert_eq!(violations, [Violation::ArrivesLate { slot: slot(1, Half::Am), arrive, open }]);
}

#[test]
fn a_vehicle_that_leaves_its_patients() {
    let violations = broken(|plan| {
        plan.sessions[1].leave = Some(Clock::at(12, 59));
        plan.sessions[1].arrive = Some(Clock::at(13, 24));
    });
    let (leave, close) = (Clock::at(12, 59), Clock::at(13, 0));
    assert_eq!(violations, [Violation::LeavesEarly { slot: slot(1, Half::Pm), leave, close }]);
}

#[test]
fn a_day_too_few_too_many_or_twice() {
    let violations = broken(|plan| {
        plan.days.pop();
    });
    assert_eq!(violations, [Violation::MissingDay(on(2))]);
    let violations = broken(|plan| {
        let mut more = plan.days[1].clone();
        more.day = Day::Tue;
        plan.days.push(more);
    });
    let tuesday = VehicleDay { day: Day::Tue, ..on(2) };
    assert_eq!(violations, [Violation::DayWithoutSession(tuesday)]);
    let violations = broken(|plan| plan.days.push(plan.days[1].clone()));
    assert_eq!(violations, [Violation::DuplicateDay(on(2))]);
}

#[test]
fn a_day_that_starts_or_ends_at_another_time_than_its_drives() {
    let violations = broken(|plan| plan.days[0].leave = Clock::at(8, 0));
    let expected = Clock::at(8, 40);
    assert_eq!(violations, [Violation::WrongStart { day: on(1), found: Clock::at(8, 0), expected }]);
    let violations = broken(|plan| plan.days[1].back = Clock::at(18, 20));
    let expected = Clock::at(18, 21);
    assert_eq!(violations, [Violation::WrongReturn { day: on(2), found: Clock::at(18, 20), expected }]);
}

#[test]
fn driving_that_is_not_the_sum_of_its_trips() {
    let (found, expected) = (Millis::from_minutes(40), Millis::from_minutes(41));
    let violations = broken(|plan| plan.days[1].drive = found);
    assert_eq!(violations, [Violation::WrongDriving { day: on(2), found, expected }]);
}

#[test]
fn a_length_that_is_not_the_sum_of_its_trips() {
    let expected = Some(Metres(41_000.0));
    for found in [Some(Metres(40_000.0)), Some(Metres(-41_000.0)), None] {
        let violations = broken(|plan| plan.days[1].length = found);
        assert_eq!(violations, [Violation::WrongLength { day: on(2), found, expected }]);
    }
}
