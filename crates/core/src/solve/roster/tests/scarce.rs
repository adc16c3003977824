//! Specialists who are there on a single half-day of the cycle.

use medicobus_roads::Position;

use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::people::{ByProfile, Patients};
use crate::problem::Problem;
use crate::solve::random::Random;
use crate::solve::{SolveOptions, solve};
use crate::territory::{Activity, ActivityKind, Base, Commune, Doctor, Site, Territory, Vehicle};
use crate::times::TravelTimes;

const SPECIALTIES: [&str; 4] = ["heart", "sugar", "age", "women"];
const DAYS: [Day; 5] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri];

/// A bus with a general practitioner for each of its half-days, and four specialties that are asked for once each, whose
/// doctors come on one half-day each, all on different ones.
fn with_scarce_specialists(random: &mut Random) -> (Territory, TravelTimes) {
    let commune = |rank: usize, random: &mut Random| {
        let mut patients = |most: usize| Patients(random.below(most + 1) as f64);
        Commune {
            code: format!("76{rank:03}"),
            name: format!("Commune {rank}"),
            position: Position::new(49.9, 1.0 + 0.06 * rank as f64).unwrap(),
            population: None,
            patients: ByProfile { ald: patients(40), elderly: patients(80), other: patients(300) },
            zone: None,
        }
    };
    let communes: Vec<Commune> = (0..6).map(|rank| commune(rank, random)).collect();
    let sites = communes.iter().map(|commune| Site::at_centre(&commune.code)).collect();
    let vehicle = Vehicle::new("bus", Base::Commune(communes[0].code.clone()));
    let mut territory = Territory::new("Scarce", communes, sites, vec![vehicle]);
    territory.calendar.cycle_weeks = 2;
    let doctor = |rank: usize| {
        let mut doctor = Doctor::new(&format!("general-{rank}"));
        doctor.days = [DAYS[rank % 5], DAYS[(rank + 1) % 5]]
            .iter()
            .fold(HalfDays::NONE, |set, &day| set.with(day, Half::Am).with(day, Half::Pm));
        doctor.half_days_per_cycle = Some(2);
        doctor
    };
    territory.doctors = (0..10).map(doctor).collect();
    let mut moments: Vec<usize> = (0..20).collect();
    for specialty in SPECIALTIES {
        let moment = moments.swap_remove(random.below(moments.len()));
        let mut doctor = Doctor::new(&format!("dr-{specialty}"));
        doctor.specialty = Some(specialty.to_owned());
        doctor.days = HalfDays::NONE.with(DAYS[moment % 10 / 2], Half::ALL[moment % 2]);
        doctor.weeks = Weeks::NONE.with(1 + (moment / 10) as u32);
        territory.doctors.push(doctor);
        territory.activities.push(Activity {
            id: specialty.to_owned(),
            name: None,
            kind: ActivityKind::Specialty,
            share: 1.0,
            at_least: 1,
            at_most: Some(1),
            sites: None,
        });
    }
    let times = TravelTimes::estimated(&territory);
    (territory, times)
}

#[test]
fn specialists_who_come_once_are_placed_however_little_is_searched() {
    for seed in 0..8 {
        let (territory, times) = with_scarce_specialists(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        let options = SolveOptions { time_limit: None, work_limit: Some(1_000), ..SolveOptions::default() };
        let solution = solve(&problem, &options, &|_| {});
        assert!(solution.broken.is_empty(), "seed {seed}: {:?}", solution.broken);
        assert_eq!(solution.plan.verify(&problem), Ok(()), "seed {seed}");
        for specialty in SPECIALTIES {
            let held = solution.plan.sessions.iter().filter(|s| s.activity.as_deref() == Some(specialty));
            assert_eq!(held.count(), 1, "seed {seed}: {specialty}");
        }
    }
}
