//! Where rules on doctors and the calendar hold, what is said is what is certain.

use super::*;
use crate::calendar::Weeks;
use crate::plan::Status;
use crate::territory::Doctor;

fn with_doctors(territory: &mut Territory, _: &mut TravelTimes) {
    territory.doctors = vec![Doctor::new("anne")];
}

#[test]
fn no_other_plan_is_promised_where_doctors_are_needed() {
    let dun = why_not_dun(with_doctors);
    assert_eq!(dun.reason, Reason::LeftOut { proven: false });
    assert_eq!(
        sentences(&dun),
        [
            "Dun (150 patients) : ce plan n'y tient pas de séance.",
            "Dun (150 patients): this plan holds no session there.",
        ]
    );
    let mut territory = sample::territory();
    with_doctors(&mut territory, &mut sample::times());
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let plan = Plan { status: Status::Optimal, ..sample::plan().0 };
    let proven = &plan.unserved(&problem, 1)[0];
    assert_eq!(
        proven.sentence(Lang::Fr),
        "Dun (150 patients) : aucun plan qui la dessert ne vaut mieux, à 0,01 % près."
    );
}

#[test]
fn what_no_vehicle_can_do_is_certain_all_the_same() {
    let dun = why_not_dun(|territory, times| {
        with_doctors(territory, times);
        territory
            .vehicles
            .iter_mut()
            .for_each(|vehicle| vehicle.max_drive_per_day = Millis::from_minutes(100));
    });
    assert!(matches!(dun.reason, Reason::NoVehicle { obstacle: Obstacle::TooFar { .. }, .. }), "{dun:?}");
}

#[test]
fn a_site_that_is_hired_in_other_weeks_than_the_vehicle_works() {
    let lacking = |vehicles: Weeks, site: Weeks, least| {
        let dun = why_not_dun(|territory, _| {
            territory.vehicles.iter_mut().for_each(|vehicle| vehicle.weeks = vehicles);
            (territory.sites[3].weeks, territory.sites[3].min_half_days) = (site, Some(least));
        });
        let Reason::NoVehicle { obstacle, .. } = dun.reason else { panic!("{dun:?}") };
        obstacle
    };
    let week = |week| Weeks::NONE.with(week);
    assert_eq!(lacking(week(1), week(2), 1), Obstacle::NeverOpen);
    assert_eq!(lacking(Weeks::ALL, week(2), 11), Obstacle::TooFewHalfDays { least: 11, most: 10 });
}

#[test]
fn an_empty_plan_that_rules_leave_nothing_better_than() {
    let mut territory = sample::territory();
    with_doctors(&mut territory, &mut sample::times());
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let empty = empty(sample::plan().0);
    assert_eq!(empty.why_empty(&problem), Some(WhyEmpty::NothingFound));
    let proven = Plan { status: Status::Optimal, ..empty };
    assert_eq!(proven.why_empty(&problem), Some(WhyEmpty::NothingBetter));
    assert_eq!(
        WhyEmpty::NothingBetter.sentence(Lang::Fr),
        "Le plan n'a aucune séance : aucun plan qui tient les règles ne vaut mieux."
    );
}
