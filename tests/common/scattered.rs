//! Territories of ordinary size: communes scattered over a square, with estimated driving times, far enough
//! from each other for the choice of sites and days to matter as much as filling them.

use medicobus_core::people::{ByProfile, Patients};
use medicobus_core::territory::{Base, Commune, Vehicle};
use medicobus_core::{Problem, Territory, TravelTimes};
use medicobus_roads::{Millis, Position};

use crate::random::Random;

/// So many communes, each with a site, and vehicles based in the first ones; about 90 square kilometres a commune.
pub(crate) fn scattered(communes: u32, vehicles: u32, cycle_weeks: u32, random: &mut Random) -> Problem {
    let side = 0.1 * f64::from(communes).sqrt();
    let commune = |rank: u32| {
        let mut degrees = |least: f64| least + side * f64::from(random.between(0, 10_000)) / 10_000.0;
        let position = Position { lat: degrees(46.0), lon: degrees(2.0) };
        let mut patients = |most: u32| Patients(f64::from(random.between(0, most)));
        let patients = ByProfile { ald: patients(20), elderly: patients(30), other: patients(160) };
        Commune {
            code: format!("{rank:05}"),
            name: format!("Commune {rank}"),
            position,
            population: None,
            patients,
            zone: None,
        }
    };
    let communes: Vec<Commune> = (0..communes).map(commune).collect();
    let vehicle = |rank: u32| {
        let base = Base::Commune(communes[rank as usize].code.clone());
        let id = format!("bus-{rank}");
        let max_drive_per_day = Millis::from_minutes(60);
        Vehicle { half_days_per_week: Some(3), max_drive_per_day, ..Vehicle::new(&id, base) }
    };
    let (sites, vehicles) = (Territory::default_sites(&communes), (0..vehicles).map(vehicle).collect());
    let mut territory = Territory::new("scattered", communes, sites, vehicles);
    territory.calendar.cycle_weeks = cycle_weeks;
    territory.rules.min_half_days_per_site = cycle_weeks;
    let times = TravelTimes::estimated(&territory);
    Problem::new(territory, &times).unwrap()
}
