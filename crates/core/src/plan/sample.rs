//! A small territory and a valid plan of it, for tests.
//!
//! ```text
//! base --20-- Alba --25-- Bourg --25-- base      minutes; Bourg to Alba 26, every way back to the base 1 more
//!               \12      14/
//!                 \      /
//!                   Clos --25-- Dun
//! ```
//! Bands: 10 minutes for everyone, 15 minutes for half. A cycle of 2 weeks, two buses at one base.

use medicobus_roads::{Metres, Millis, Position};

use super::{BoundMethod, Coverage, DayTrip, PLAN_FORMAT, Plan, Rhythm, Session, Status};
use crate::calendar::{Clock, Day, Half};
use crate::people::{ByProfile, Patients, Profile, Share};
use crate::problem::Problem;
use crate::territory::{Base, Commune, ReachBand, Territory, Vehicle};
use crate::times::{TimesSource, TravelTimes, Trip};

fn commune(name: &str, ald: f64) -> Commune {
    Commune {
        code: name.to_lowercase(),
        name: name.to_owned(),
        position: Position::new(45.0, 5.0).unwrap(),
        population: None,
        patients: ByProfile { ald: Patients(ald), elderly: Patients(10.0), other: Patients(100.0) },
        zone: None,
    }
}

pub(crate) fn territory() -> Territory {
    let communes =
        vec![commune("Alba", 10.0), commune("Bourg", 20.0), commune("Clos", 30.0), commune("Dun", 40.0)];
    let band = |minutes, share| ReachBand { within: Millis::from_minutes(minutes), share: Share(share) };
    let base = Position::new(45.1, 5.0).unwrap();
    let sites = Territory::default_sites(&communes);
    let vehicles = ["bus-1", "bus-2"].map(|id| Vehicle::new(id, Base::At(base))).to_vec();
    let mut territory = Territory::new("Sample", communes, sites, vehicles);
    territory.calendar.cycle_weeks = 2;
    territory.care.reach = vec![band(10, 1.0), band(15, 0.5)];
    territory
}

/// One kilometre a minute.
pub(crate) fn trip(minutes: u32) -> Trip {
    Trip {
        time: Millis::from_minutes(minutes),
        length: Some(Metres(f64::from(minutes) * 1000.0)),
        ferry: false,
    }
}

pub(crate) fn times() -> TravelTimes {
    let mut times = TravelTimes::new(TimesSource::Table);
    for (a, b, there, back) in [
        ("alba", "bourg", 25, 26),
        ("alba", "clos", 12, 12),
        ("bourg", "clos", 14, 14),
        ("clos", "dun", 25, 25),
    ] {
        times.insert(a, b, trip(there));
        times.insert(b, a, trip(back));
    }
    for base in ["base:bus-1", "base:bus-2"] {
        for (site, minutes) in [("alba", 20), ("bourg", 25), ("clos", 40), ("dun", 50)] {
            times.insert(base, site, trip(minutes));
            times.insert(site, base, trip(minutes + 1));
        }
    }
    times
}

pub(crate) fn session(week: u32, half: Half, site: &str, drive: Option<((u32, u32), (u32, u32))>) -> Session {
    let (open, close) = match half {
        Half::Am => (Clock::at(9, 0), Clock::at(13, 0)),
        Half::Pm => (Clock::at(14, 0), Clock::at(18, 0)),
    };
    let clock = |(hours, minutes)| Clock::at(hours, minutes);
    Session {
        vehicle: "bus-1".to_owned(),
        week,
        day: Day::Mon,
        half,
        site: site.to_owned(),
        commune: site.to_owned(),
        activity: None,
        doctor: None,
        specialist: None,
        leave: drive.map(|drive| clock(drive.0)),
        arrive: drive.map(|drive| clock(drive.1)),
        open,
        close,
    }
}

fn day(week: u32, back: Clock, minutes: u32) -> DayTrip {
    DayTrip {
        vehicle: "bus-1".to_owned(),
        week,
        day: Day::Mon,
        leave: Clock::at(8, 40),
        back,
        drive: trip(minutes).time,
        length: trip(minutes).length,
    }
}

fn patients(commune: &str, site: &str, patients: f64) -> Coverage {
    Coverage {
        commune: commune.to_owned(),
        profile: Profile::Ald,
        site: site.to_owned(),
        patients: Patients(patients),
    }
}

/// A valid plan. Weighted, Alba counts 250, Bourg 350 and Clos 450, of which half is reached; 35 patients in ALD are
/// followed, at 10 each.
pub(crate) fn plan() -> (Plan, Problem) {
    let problem = Problem::new(territory(), &times()).unwrap();
    let plan = Plan {
        format: PLAN_FORMAT.to_owned(),
        territory: "Sample".to_owned(),
        input: problem.digest(),
        status: Status::Feasible,
        objective: 825.0 + 350.0,
        reached: 250.0 + 350.0 + 225.0,
        followed: 350.0,
        bound: 2350.0,
        bound_method: BoundMethod::LinearRelaxation,
        gap: 0.5,
        times: TimesSource::Table,
        sessions: vec![
            session(1, Half::Am, "alba", Some(((8, 40), (9, 0)))),
            session(1, Half::Pm, "bourg", Some(((13, 0), (13, 25)))),
            session(2, Half::Am, "alba", Some(((8, 40), (9, 0)))),
            session(2, Half::Pm, "alba", None),
        ],
        days: vec![day(1, Clock::at(18, 26), 20 + 25 + 26), day(2, Clock::at(18, 21), 20 + 21)],
        coverage: vec![
            patients("alba", "alba", 10.0),
            patients("bourg", "bourg", 20.0),
            patients("clos", "alba", 5.0),
        ],
        priced: None,
        rhythm: vec![
            Rhythm { site: "alba".to_owned(), visits: 2, longest_gap: 7, other_times: 0, doctors: 0 },
            Rhythm { site: "bourg".to_owned(), visits: 1, longest_gap: 14, other_times: 0, doctors: 0 },
        ],
        same_time_cost: None,
    };
    (plan, problem)
}
