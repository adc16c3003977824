mod empty;
mod nearest;
mod rules;

use medicobus_roads::{Metres, Millis};

use super::super::sample;
use super::*;
use crate::calendar::{Day, Half, HalfDays};
use crate::territory::{Capacity, Site, Territory};
use crate::times::TravelTimes;

/// The five largest communes that the sample plan leaves out, where territory and times are changed so.
fn left_out(change: impl FnOnce(&mut Territory, &mut TravelTimes)) -> Vec<Unserved> {
    let (mut territory, mut times) = (sample::territory(), sample::times());
    change(&mut territory, &mut times);
    sample::plan().0.unserved(&Problem::new(territory, &times).unwrap(), 5)
}

/// Why the sample plan leaves out this commune.
fn why_not(commune: &str, change: impl FnOnce(&mut Territory, &mut TravelTimes)) -> Unserved {
    let unserved = left_out(change);
    let found = unserved.iter().find(|unserved| unserved.commune == commune).cloned();
    found.unwrap_or_else(|| panic!("{commune} is not among {unserved:?}"))
}

/// Why the sample plan leaves out Dun, from which it has no session within reach.
fn why_not_dun(change: impl FnOnce(&mut Territory, &mut TravelTimes)) -> Unserved {
    let dun = why_not("dun", change);
    assert_eq!(dun.nearest, None);
    dun
}

fn at_centre(commune: &str, name: &str) -> NamedSite {
    NamedSite { id: commune.to_owned(), name: name.to_owned(), commune: commune.to_owned() }
}

fn sentences(unserved: &Unserved) -> [String; 2] {
    Lang::ALL.map(|lang| unserved.sentence(lang))
}

fn empty(mut plan: Plan) -> Plan {
    plan.sessions.clear();
    plan.days.clear();
    plan.coverage.clear();
    plan
}

#[test]
fn the_largest_communes_come_first_and_equal_ones_by_code() {
    let (plan, problem) = sample::plan();
    let empty = empty(plan);
    let codes = |problem: &Problem, most| -> Vec<String> {
        empty.unserved(problem, most).into_iter().map(|unserved| unserved.commune).collect()
    };
    assert_eq!(codes(&problem, 5), ["dun", "clos", "bourg", "alba"]);
    assert_eq!(codes(&problem, 2), ["dun", "clos"]);
    let mut territory = sample::territory();
    territory.communes.iter_mut().for_each(|commune| commune.patients.ald = Patients(7.0));
    territory.communes.reverse();
    let problem = Problem::new(territory, &sample::times()).unwrap();
    assert_eq!(codes(&problem, 3), ["alba", "bourg", "clos"]);
}

#[test]
fn a_commune_is_served_by_a_session_held_in_it() {
    let codes: Vec<String> = left_out(|_, _| {}).into_iter().map(|unserved| unserved.commune).collect();
    assert_eq!(codes, ["dun", "clos"], "the plan holds sessions in Alba and Bourg");
    let mut territory = sample::territory();
    territory.sites.push(Site { id: "hall".into(), ..Site::at_centre("clos") });
    let mut plan = sample::plan().0;
    plan.sessions[1].site = "hall".into();
    let unserved = plan.unserved(&Problem::new(territory, &sample::times()).unwrap(), 5);
    let codes: Vec<&str> = unserved.iter().map(|unserved| &*unserved.commune).collect();
    assert_eq!(codes, ["dun", "bourg"], "Clos has the session that Bourg had, at whatever site");
}

#[test]
fn a_commune_without_patients_lacks_nothing() {
    let without = |territory: &mut Territory, _: &mut TravelTimes| {
        territory.communes[2..].iter_mut().for_each(|commune| commune.patients = Default::default());
    };
    assert_eq!(left_out(without), []);
}

#[test]
fn a_commune_that_no_road_reaches() {
    let why = OutOfReach::TooFarFromRoads { distance: Some(Metres(3210.0)), limit: Metres(2000.0) };
    let dun = why_not_dun(|_, times| times.mark_out_of_reach("dun", why));
    assert_eq!(dun.reason, Reason::OffRoads(why));
    assert_eq!(
        sentences(&dun),
        [
            "Dun (150 patients) : la route la plus proche est à 3,2 km, au-delà de la limite de 2 km.",
            "Dun (150 patients): the nearest road is 3.2 km away, beyond the limit of 2 km.",
        ]
    );
}

#[test]
fn a_commune_without_a_site_in_reach() {
    let dun = why_not_dun(|territory, _| {
        territory.sites.pop();
    });
    assert_eq!(dun.reason, Reason::NoSiteWithin(Millis::from_minutes(15)));
    assert_eq!(
        sentences(&dun),
        ["Dun (150 patients) : aucun site à moins de 15 min.", "Dun (150 patients): no site within 15 min.",]
    );
}

#[test]
fn a_site_too_far_for_a_day() {
    let limited = |minutes| {
        why_not_dun(|territory, _| {
            let vehicles = territory.vehicles.iter_mut();
            vehicles.for_each(|vehicle| vehicle.max_drive_per_day = Millis::from_minutes(minutes));
        })
    };
    let (drive, limit) = (Some(Millis::from_minutes(101)), Millis::from_minutes(100));
    let dun = limited(100);
    let obstacle = Obstacle::TooFar { drive, limit };
    assert_eq!(dun.reason, Reason::NoVehicle { site: at_centre("dun", "Dun"), obstacle });
    assert_eq!(
        sentences(&dun),
        [
            "Dun (150 patients) : l'aller-retour prend 1 h 41 de conduite, pour 1 h 40 au plus par jour.",
            "Dun (150 patients): there and back takes 1 h 41 min of driving, where a day has 1 h 40 min at most.",
        ]
    );
    assert!(matches!(limited(101).reason, Reason::Instead(_)));
    // Trips longer than the whole day are not even among the travel times.
    assert_eq!(
        sentences(&limited(45)),
        [
            "Dun (150 patients) : aucun aller-retour connu ne tient dans la journée, avec 45 min de conduite au plus.",
            "Dun (150 patients): no known way there and back fits in a day with 45 min of driving at most.",
        ]
    );
}

#[test]
fn of_several_sites_the_one_that_lacks_least_is_named() {
    let dun = why_not_dun(|territory, times| {
        territory
            .vehicles
            .iter_mut()
            .for_each(|vehicle| vehicle.max_drive_per_day = Millis::from_minutes(100));
        territory.sites.push(Site {
            id: "fair".into(),
            name: Some("Le Foirail".into()),
            ..Site::at_centre("clos")
        });
        times.insert("dun", "fair", sample::trip(15));
        for base in ["base:bus-1", "base:bus-2"] {
            times.insert(base, "fair", sample::trip(50));
            times.insert("fair", base, sample::trip(50));
        }
        territory.sites[4].open = HalfDays::NONE.with(Day::Sun, Half::Am);
    });
    assert_eq!(
        sentences(&dun),
        [
            "Dun (150 patients) : son site le plus accessible est Clos (Le Foirail) ; le site est fermé quand les véhicules travaillent.",
            "Dun (150 patients): its easiest site is Clos (Le Foirail); the site is closed whenever a vehicle works.",
        ]
    );
}

#[test]
fn a_site_that_must_have_more_half_days_than_there_are() {
    let asking = |least, alone| {
        why_not_dun(|territory, _| {
            territory.sites[3].min_half_days = Some(least);
            territory.rules.one_vehicle_per_site = alone;
        })
        .reason
    };
    let obstacle = Obstacle::TooFewHalfDays { least: 21, most: 20 };
    assert_eq!(asking(21, true), Reason::NoVehicle { site: at_centre("dun", "Dun"), obstacle });
    assert!(matches!(asking(20, true), Reason::Instead(_)), "ten half-days a week, two weeks");
    assert!(matches!(asking(21, false), Reason::Instead(_)), "two vehicles together have forty");
}

/// One bus that works on Mondays: the four half-days of the sample plan, and no other.
fn mondays_only(territory: &mut Territory) {
    territory.vehicles.truncate(1);
    territory.vehicles[0].days = HalfDays::NONE.with(Day::Mon, Half::Am).with(Day::Mon, Half::Pm);
}

#[test]
fn a_commune_that_could_be_had_at_the_cost_of_another() {
    let dun = why_not_dun(|territory, times| {
        mondays_only(territory);
        times.insert("alba", "dun", sample::trip(20));
        times.insert("dun", "alba", sample::trip(20));
        territory.communes[3].patients = Default::default();
        territory.communes[3].patients.other = Patients(3.0);
        territory.communes[3].name = "Le Dun".into();
        territory.care.capacity = Capacity::PerHalfDay(1.0);
    });
    let Reason::Instead(instead) = &dun.reason else { panic!("{dun:?}") };
    // The consultation given up follows 46 / 12 patients in ALD, at 10 each; the three of Dun count twice, as reached
    // and as followed.
    assert_eq!((instead.half_days, instead.equal), (1, false));
    assert_eq!(instead.instead_of, [(at_centre("alba", "Alba"), 1)]);
    assert!((instead.loss - (10.0 * 46.0 / 12.0 - 6.0)).abs() < 1e-6, "{instead:?}");
    assert_eq!(
        dun.sentence(Lang::Fr),
        "Le Dun (3 patients) : y tenir une demi-journée plutôt qu'à Alba retirerait 32 points à l'objectif."
    );
}

#[test]
fn the_effect_of_serving_a_commune_is_told_plainly() {
    let instead = Instead {
        site: NamedSite { id: "hall".into(), name: "Le Teil".into(), commune: "teil".into() },
        half_days: 2,
        instead_of: vec![(at_centre("alba", "Alba"), 1), (at_centre("abrets", "Les Abrets"), 1)],
        loss: 85.4,
        equal: false,
    };
    let told = |commune: &str, instead: Instead| {
        let (commune, name) = (commune.to_owned(), "Ozon".to_owned());
        let (patients, reason) = (Patients(112.0), Reason::Instead(instead));
        sentences(&Unserved { commune, name, patients, reason, nearest: None })
    };
    assert_eq!(
        told("teil", instead.clone()),
        [
            "Ozon (112 patients) : y tenir 2 demi-journées par cycle plutôt qu'à Alba et aux Abrets retirerait 85 points à l'objectif.",
            "Ozon (112 patients): 2 half-days a cycle there rather than at Alba and at Les Abrets would take 85 points off the objective.",
        ]
    );
    let equal = Instead { loss: 0.0, equal: true, half_days: 1, ..instead.clone() };
    assert_eq!(
        told("ozon", equal)[0],
        "Ozon (112 patients) : tenir une demi-journée au Teil, à portée de ses habitants, \
        plutôt qu'à Alba et aux Abrets donnerait une autre solution de même valeur, à 0,01 % près."
    );
    let better = Instead { loss: -1.5, instead_of: vec![], half_days: 1, ..instead };
    assert_eq!(
        told("teil", better),
        [
            "Ozon (112 patients) : y tenir une demi-journée ajouterait 1,5 point à l'objectif : un meilleur plan existe.",
            "Ozon (112 patients): a half-day there would add 1.5 points to the objective: a better plan exists.",
        ]
    );
}
