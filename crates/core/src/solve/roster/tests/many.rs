//! Territories of ordinary size, with all kinds of rules.

use medicobus_roads::Position;

use crate::calendar::{Day, Half, HalfDays};
use crate::people::{ByProfile, Patients};
use crate::problem::Problem;
use crate::solve::random::Random;
use crate::solve::{SolveOptions, solve};
use crate::territory::{
    Activity, ActivityKind, Base, Booking, BookingKind, Commune, Doctor, Site, Territory, Vehicle,
};
use crate::times::TravelTimes;

/// Communes scattered, a dozen kilometres apart, with so many vehicles, doctors and weeks.
pub(super) fn scattered(
    communes: usize,
    vehicles: usize,
    doctors: usize,
    weeks: u32,
) -> (Territory, TravelTimes) {
    let mut random = Random::new(1);
    let side = (communes as f64).sqrt() * 0.12;
    let communes: Vec<Commune> = (0..communes)
        .map(|rank| {
            let mut patients = |most: f64| Patients((most * random.unit()).round());
            let patients = ByProfile { ald: patients(60.0), elderly: patients(80.0), other: patients(300.0) };
            Commune {
                code: format!("26{rank:03}"),
                name: format!("Commune {rank}"),
                position: Position::new(45.0 + side * random.unit(), 5.0 + side * random.unit()).unwrap(),
                population: None,
                patients,
                zone: None,
            }
        })
        .collect();
    let mut sites: Vec<Site> = communes.iter().map(|commune| Site::at_centre(&commune.code)).collect();
    let market = HalfDays::ALL.iter().filter(|&half_day| half_day != (Day::Tue, Half::Am));
    let but_market = market.fold(HalfDays::NONE, |set, (day, half)| set.with(day, half));
    for (rank, site) in sites.iter_mut().enumerate() {
        match rank % 5 {
            0 => site.every = Some(2),
            1 => site.visits = Some(weeks),
            2 => site.open = but_market,
            3 => site.max_gap = Some(14),
            _ => {}
        }
    }
    let (here, market_site) = (nearest(&communes, 4), nearest(&communes, 2));
    sites[here].required = true;
    let vehicles = (0..vehicles)
        .map(|rank| {
            let base = Base::Commune(communes[rank * communes.len() / vehicles.max(1)].code.clone());
            Vehicle::new(&format!("bus-{rank}"), base)
        })
        .collect();
    let mut territory = Territory::new("Scattered", communes, sites, vehicles);
    territory.calendar.cycle_weeks = weeks;
    territory.doctors = (0..doctors)
        .map(|rank| {
            let mut doctor = Doctor::new(&format!("dr-{rank}"));
            doctor.half_days_per_week = Some([4, 6, 8][rank % 3]);
            if rank == 1 {
                doctor.days = ["mon", "tue", "wed-am"]
                    .iter()
                    .filter_map(|word| HalfDays::parse_word(word))
                    .fold(HalfDays::NONE, HalfDays::union);
            }
            doctor
        })
        .collect();
    let mut cardiologist = Doctor::new("dr-heart");
    cardiologist.specialty = Some("heart".to_owned());
    territory.doctors.push(cardiologist);
    let activity = |id: &str, kind: ActivityKind, share: f64| Activity {
        id: id.to_owned(),
        name: None,
        kind,
        share,
        at_least: 1,
        at_most: Some(4),
        sites: None,
    };
    territory.activities = vec![
        activity("heart", ActivityKind::Specialty, 0.5),
        activity("vaccines", ActivityKind::Prevention, 1.0),
    ];
    territory.bookings = vec![Booking {
        kind: BookingKind::Locked,
        vehicle: None,
        site: Some(territory.sites[market_site].id.clone()),
        weeks: crate::calendar::Weeks::ALL,
        half_days: HalfDays::NONE.with(Day::Mon, Half::Am),
        doctor: None,
        activity: None,
    }];
    let times = TravelTimes::estimated(&territory);
    (territory, times)
}

/// Of the communes of every fifth rank from this one on, that nearest to the first, where a base is.
fn nearest(communes: &[Commune], first: usize) -> usize {
    let base = communes[0].position;
    let far = |rank: usize| {
        let Position { lat, lon } = communes[rank].position;
        (lat - base.lat).powi(2) + 0.5 * (lon - base.lon).powi(2)
    };
    (first..communes.len()).step_by(5).min_by(|&a, &b| far(a).total_cmp(&far(b))).unwrap()
}

#[test]
fn a_territory_with_all_kinds_of_rules_has_a_plan_that_keeps_them() {
    let (territory, times) = scattered(20, 1, 3, 2);
    let problem = Problem::new(territory, &times).unwrap();
    let options = SolveOptions { time_limit: None, work_limit: Some(2_000_000), ..SolveOptions::default() };
    let solution = solve(&problem, &options, &|_| {});
    assert_eq!(solution.broken, []);
    assert_eq!(solution.plan.verify(&problem), Ok(()));
    assert!(solution.plan.sessions.len() >= 12, "{} sessions", solution.plan.sessions.len());
    assert!(solution.plan.objective > 0.0 && solution.plan.bound >= solution.plan.objective);
}
