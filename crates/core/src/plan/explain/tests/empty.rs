//! Why a plan has no session at all.

use super::*;

/// The reason why the empty plan of this territory is empty.
fn why_empty(change: impl FnOnce(&mut Territory, &mut TravelTimes)) -> WhyEmpty {
    let (mut territory, mut times) = (sample::territory(), sample::times());
    change(&mut territory, &mut times);
    let why = empty(sample::plan().0).why_empty(&Problem::new(territory, &times).unwrap()).unwrap();
    for lang in Lang::ALL {
        let sentence = why.sentence(lang);
        assert!(sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
    }
    why
}

#[test]
fn a_plan_with_sessions_is_not_empty() {
    let (plan, problem) = sample::plan();
    assert_eq!(plan.why_empty(&problem), None);
}

#[test]
fn why_nothing_fits() {
    assert_eq!(why_empty(|territory, _| territory.sites.clear()), WhyEmpty::NoSite);
    let nobody = |territory: &mut Territory, _: &mut TravelTimes| {
        territory.communes.iter_mut().for_each(|commune| commune.patients = Default::default());
    };
    assert_eq!(why_empty(nobody), WhyEmpty::NoPatients);
    let weightless = |territory: &mut Territory, _: &mut TravelTimes| {
        for profile in Profile::ALL {
            territory.care.profiles[profile].weight = 0.0;
        }
    };
    assert_eq!(why_empty(weightless), WhyEmpty::NothingCounts);
    let remote = |territory: &mut Territory, _: &mut TravelTimes| {
        territory.communes.iter_mut().take(3).for_each(|commune| commune.patients = Default::default());
        territory.sites.pop();
    };
    assert_eq!(why_empty(remote), WhyEmpty::NobodyWithin(Millis::from_minutes(15)));
    assert_eq!(why_empty(|_, _| {}), WhyEmpty::NothingFound);
}

#[test]
fn why_no_vehicle_gets_anywhere() {
    let limit = Millis::from_minutes(40);
    let tired = |territory: &mut Territory, _: &mut TravelTimes| {
        territory.vehicles.iter_mut().for_each(|vehicle| vehicle.max_drive_per_day = limit);
    };
    let why = why_empty(tired);
    let obstacle = Obstacle::TooFar { drive: Some(Millis::from_minutes(41)), limit };
    assert_eq!(why, WhyEmpty::NoVehicle { site: at_centre("alba", "Alba"), obstacle });
    assert_eq!(
        why.sentence(Lang::Fr),
        "Le plan n'a aucune séance : le site le plus accessible est Alba ; l'aller-retour prend 41 min de conduite, \
         pour 40 min au plus par jour."
    );
    let demanding =
        |territory: &mut Territory, _: &mut TravelTimes| territory.rules.min_half_days_per_site = 30;
    let obstacle = Obstacle::TooFewHalfDays { least: 30, most: 20 };
    assert_eq!(why_empty(demanding), WhyEmpty::NoVehicle { site: at_centre("alba", "Alba"), obstacle });
    let off = OutOfReach::TooFarFromRoads { distance: None, limit: Metres(2000.0) };
    let nowhere = |territory: &mut Territory, times: &mut TravelTimes| {
        *times = TravelTimes::new(times.source);
        territory
            .vehicles
            .iter()
            .for_each(|vehicle| times.mark_out_of_reach(&format!("base:{}", vehicle.id), off));
    };
    let obstacle = Obstacle::BasesOffRoads(off);
    assert_eq!(why_empty(nowhere), WhyEmpty::NoVehicle { site: at_centre("alba", "Alba"), obstacle });
}
