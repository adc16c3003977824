//! Where and when a vehicle may be.

use super::*;

#[test]
fn an_unknown_vehicle() {
    let violations = broken(|plan| {
        let mut more = plan.sessions[3].clone();
        more.vehicle = "bus-9".into();
        plan.sessions.push(more);
    });
    assert_eq!(violations, [Violation::UnknownVehicle("bus-9".into())]);
    let violations = broken(|plan| {
        let mut more = plan.days[1].clone();
        more.vehicle = "bus-9".into();
        plan.days.push(more);
    });
    assert_eq!(violations, [Violation::UnknownVehicle("bus-9".into())]);
}

#[test]
fn an_unknown_site() {
    let violations = broken(|plan| {
        let mut more = plan.sessions[3].clone();
        more.site = "atlantis".into();
        plan.sessions.push(more);
    });
    assert_eq!(violations, [Violation::UnknownSite("atlantis".into())]);
}

#[test]
fn a_week_outside_the_cycle() {
    for week in [0, 3] {
        let violations = broken(|plan| {
            plan.sessions
                .iter_mut()
                .filter(|session| session.week == 2)
                .for_each(|session| session.week = week);
            plan.days[1].week = week;
            plan.sessions.sort_by_key(|session| session.week);
            plan.days.sort_by_key(|day| day.week);
        });
        let expected = Violation::OutsideCycle { day: on(week), weeks: 2 };
        assert_eq!(violations, [expected.clone(), expected], "each of the two sessions");
    }
}

#[test]
fn a_half_day_on_which_the_vehicle_does_not_work() {
    let violations = elsewhere(
        |territory, _| {
            territory.vehicles[0].days = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Tue, Half::Pm);
        },
        as_it_is,
    );
    assert_eq!(
        violations,
        [Violation::NotWorking(slot(1, Half::Pm)), Violation::NotWorking(slot(2, Half::Pm))]
    );
}

#[test]
fn a_closed_site() {
    let violations =
        elsewhere(|territory, _| territory.sites[1].open = HalfDays::NONE.with(Day::Mon, Half::Am), as_it_is);
    assert_eq!(violations, [Violation::Closed { slot: slot(1, Half::Pm), site: "bourg".into() }]);
}

#[test]
fn a_week_in_which_the_vehicle_does_not_work_or_the_site_is_closed() {
    let violations = elsewhere(|territory, _| territory.vehicles[0].weeks = Weeks::NONE.with(1), as_it_is);
    assert_eq!(
        violations,
        [Violation::NotWorking(slot(2, Half::Am)), Violation::NotWorking(slot(2, Half::Pm))]
    );
    let violations = elsewhere(|territory, _| territory.sites[1].weeks = Weeks::NONE.with(2), as_it_is);
    assert_eq!(violations, [Violation::Closed { slot: slot(1, Half::Pm), site: "bourg".into() }]);
}

#[test]
fn two_sessions_at_once() {
    let violations = broken(|plan| {
        let mut again = plan.sessions[3].clone();
        again.half = Half::Pm;
        plan.sessions.push(again);
    });
    assert_eq!(violations, [Violation::SeveralAtOnce(slot(2, Half::Pm))]);
}

#[test]
fn another_commune_than_that_of_the_site() {
    let violations = broken(|plan| plan.sessions[1].commune = "clos".into());
    let expected =
        Violation::OtherCommune { site: "bourg".into(), found: "clos".into(), expected: "bourg".into() };
    assert_eq!(violations, [expected]);
}

#[test]
fn out_of_order() {
    assert_eq!(broken(|plan| plan.sessions.swap(0, 2)), [Violation::OutOfOrder(List::Sessions)]);
    assert_eq!(broken(|plan| plan.days.swap(0, 1)), [Violation::OutOfOrder(List::Days)]);
    assert_eq!(broken(|plan| plan.coverage.swap(0, 1)), [Violation::OutOfOrder(List::Coverage)]);
}

#[test]
fn too_many_half_days_in_a_week() {
    let violations = elsewhere(|territory, _| territory.vehicles[0].half_days_per_week = Some(1), as_it_is);
    let many = |week| Violation::TooManyHalfDays { vehicle: "bus-1".into(), week, half_days: 2, most: 1 };
    assert_eq!(violations, [many(1), many(2)]);
}

#[test]
fn too_few_sessions_at_a_site() {
    let violations = elsewhere(|territory, _| territory.sites[1].min_half_days = Some(2), as_it_is);
    let few = Violation::SessionsAtSite { site: "bourg".into(), sessions: 1, least: 2, most: None };
    assert_eq!(violations, [few]);
}

#[test]
fn too_many_sessions_at_a_site() {
    let violations = elsewhere(|territory, _| territory.rules.max_half_days_per_site = Some(2), as_it_is);
    let many = Violation::SessionsAtSite { site: "alba".into(), sessions: 3, least: 1, most: Some(2) };
    assert_eq!(violations, [many]);
}

/// The second week by the other bus.
fn share_alba(plan: &mut Plan) {
    plan.sessions[2].vehicle = "bus-2".into();
    plan.sessions[3].vehicle = "bus-2".into();
    plan.days[1].vehicle = "bus-2".into();
}

#[test]
fn two_vehicles_at_a_site_that_one_alone_may_serve() {
    let shared =
        Violation::SharedSite { site: "alba".into(), vehicles: vec!["bus-1".into(), "bus-2".into()] };
    assert_eq!(broken(share_alba), [shared]);
}

#[test]
fn two_vehicles_may_share_a_site_where_the_territory_says_so_but_not_its_limit() {
    let mut territory = sample::territory();
    territory.rules.one_vehicle_per_site = false;
    let problem = Problem::new(territory.clone(), &sample::times()).unwrap();
    let mut plan = sample::plan().0;
    share_alba(&mut plan);
    plan.input = problem.digest();
    assert_eq!(plan.verify(&problem), Ok(()));
    let violations = elsewhere(
        |territory, _| {
            territory.rules.one_vehicle_per_site = false;
            territory.sites[0].max_half_days = Some(2);
        },
        share_alba,
    );
    let many = Violation::SessionsAtSite { site: "alba".into(), sessions: 3, least: 1, most: Some(2) };
    assert_eq!(violations, [many]);
}
