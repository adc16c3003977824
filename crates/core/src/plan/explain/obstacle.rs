//! Why no vehicle can hold the sessions of a site.

use medicobus_roads::Millis;

use crate::problem::Problem;
use crate::times::{OutOfReach, base_name};

/// What a site lacks to be served at all, whatever else the plan does.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Obstacle {
    /// No vehicle has enough half-days on which it is open for the sessions it must have.
    TooFewHalfDays {
        /// Sessions that the site must have in a cycle.
        least: u32,
        /// Sessions that it can have.
        most: u32,
    },
    /// It is closed whenever a vehicle that can drive there works.
    NeverOpen,
    /// No vehicle gets there and back within its day.
    TooFar {
        /// Driving there and back of the vehicle for which it is nearest to the limit; None where no such trips are
        /// known, or one of them alone is too long, or has to start before midnight.
        drive: Option<Millis>,
        /// Most driving of that vehicle a day; the longest of any vehicle where the drive is not known.
        limit: Millis,
    },
    /// No road leads to it.
    OffRoads(OutOfReach),
    /// No road leads to the base of any vehicle.
    BasesOffRoads(OutOfReach),
}

impl Obstacle {
    /// Orders obstacles by how much is lacking: the nearer to possible, the smaller.
    pub(super) fn severity(&self) -> (u8, u32) {
        match self {
            Obstacle::TooFewHalfDays { least, most } => (0, least.saturating_sub(*most)),
            Obstacle::NeverOpen => (1, 0),
            Obstacle::TooFar { drive: Some(drive), limit } => (2, (*drive - *limit).0),
            Obstacle::TooFar { drive: None, .. } => (3, 0),
            Obstacle::OffRoads(_) => (4, 0),
            Obstacle::BasesOffRoads(_) => (5, 0),
        }
    }
}

/// What keeps every vehicle from a site; None when one can hold its sessions there.
pub(super) fn obstacle(problem: &Problem, site: usize) -> Option<Obstacle> {
    let vehicles = 0..problem.territory().vehicles.len();
    let drivers: Vec<usize> =
        vehicles.filter(|&vehicle| problem.day_drive(vehicle, Some(site), None).is_some()).collect();
    if drivers.is_empty() {
        return Some(why_too_far(problem, site));
    }
    let half_days = |&vehicle: &usize| sessions_of_vehicle(problem, vehicle, site);
    let (least, limit) = problem.session_limits(site);
    let together = if problem.territory().rules.one_vehicle_per_site {
        drivers.iter().map(half_days).max()
    } else {
        Some(drivers.iter().map(half_days).sum())
    };
    let (least, most) = (least.max(1), together.unwrap_or(0).min(limit));
    if most >= least {
        None
    } else if drivers.iter().all(|&vehicle| {
        problem.usable(vehicle, site).is_empty() || weeks_of_vehicle(problem, vehicle, site) == 0
    }) {
        Some(Obstacle::NeverOpen)
    } else {
        Some(Obstacle::TooFewHalfDays { least, most })
    }
}

/// Most sessions of a cycle that a vehicle can hold at a site, if it does nothing else.
pub(super) fn sessions_of_vehicle(problem: &Problem, vehicle: usize, site: usize) -> u32 {
    let in_week = problem.usable(vehicle, site).len().min(problem.weekly_limit(vehicle));
    in_week * weeks_of_vehicle(problem, vehicle, site)
}

/// Weeks of the cycle in which a vehicle works and a site can be used.
fn weeks_of_vehicle(problem: &Problem, vehicle: usize, site: usize) -> u32 {
    let territory = problem.territory();
    let (works, open) = (territory.vehicles[vehicle].weeks, territory.sites[site].weeks);
    works.of_cycle(territory.calendar.cycle_weeks).filter(|&week| open.contains(week)).count() as u32
}

fn why_too_far(problem: &Problem, site: usize) -> Obstacle {
    let (territory, times) = (problem.territory(), problem.times());
    if let Some(why) = times.why_out_of_reach(&territory.sites[site].id) {
        return Obstacle::OffRoads(why);
    }
    let bases: Option<Vec<OutOfReach>> =
        territory.vehicles.iter().map(|vehicle| times.why_out_of_reach(&base_name(vehicle))).collect();
    if let Some(&[why, ..]) = bases.as_deref() {
        return Obstacle::BasesOffRoads(why);
    }
    let limit = |vehicle: usize| territory.vehicles[vehicle].max_drive_per_day;
    let drive =
        |vehicle: usize| Some(problem.way_out(vehicle, site)?.time + problem.way_back(vehicle, site)?.time);
    let known = (0..territory.vehicles.len()).filter_map(|vehicle| Some((drive(vehicle)?, limit(vehicle))));
    match known.min_by_key(|(drive, limit)| *drive - *limit) {
        Some((drive, limit)) => Obstacle::TooFar { drive: Some(drive), limit },
        None => {
            let limit = (0..territory.vehicles.len()).map(limit).max().unwrap_or(Millis::ZERO);
            Obstacle::TooFar { drive: None, limit }
        }
    }
}
