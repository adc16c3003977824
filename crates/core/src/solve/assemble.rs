//! From a calendar to a plan: the hours of each day, whom it covers, and what it is worth.

use super::cover::{cover, half_days_alike, value_given};
use super::draft::{Draft, WorkDay};
use crate::calendar::{Clock, Half, Hours};
use crate::plan::{BoundMethod, DayTrip, PLAN_FORMAT, Plan, Priced, Session, Status};
use crate::problem::Problem;
use crate::times::Trip;
use medicobus_roads::{Metres, Millis};

/// A gap up to this counts as optimal.
pub(super) const OPTIMAL: f64 = 1e-4;

/// The plan of a calendar, with a bound on all plans.
pub(super) fn assemble(problem: &Problem, draft: &Draft<'_>, bound: f64, method: BoundMethod) -> Plan {
    let (served, given) = half_days_alike(problem, draft.sessions());
    assemble_days(problem, draft.days(), (&served, &given), bound, method)
}

/// The plan of these days, at sites that are served, or not, with so many consultations; with a bound on all plans.
pub(super) fn assemble_days(
    problem: &Problem,
    work_days: &[WorkDay],
    (served, given): (&[bool], &[f64]),
    bound: f64,
    method: BoundMethod,
) -> Plan {
    let territory = problem.territory();
    let value = value_given(problem, served, given);
    let bound = bound.max(value.objective);
    let gap = if bound > 0.0 { (bound - value.objective) / bound } else { 0.0 };
    let (mut sessions, mut days) = (Vec::new(), Vec::new());
    for work_day in work_days {
        let Some(trips) = Trips::of(problem, work_day) else { continue };
        sessions.extend(trips.sessions(problem));
        days.push(trips.day(problem));
    }
    Plan {
        format: PLAN_FORMAT.to_owned(),
        territory: territory.name.clone(),
        input: problem.digest(),
        status: if gap <= OPTIMAL { Status::Optimal } else { Status::Feasible },
        objective: value.objective,
        reached: value.reached,
        followed: value.followed,
        bound,
        bound_method: method,
        gap,
        times: problem.times().source,
        sessions,
        days,
        coverage: cover(problem, given),
        priced: (!territory.rules.soft.is_empty()).then(|| Priced {
            value: value.objective,
            penalties: 0.0,
            bound,
            relaxed: Vec::new(),
        }),
        rhythm: Vec::new(),
        same_time_cost: None,
    }
}

/// The drives of one day.
struct Trips<'d> {
    day: &'d WorkDay,
    /// (half-day, site, trip to it; none when the vehicle is already there)
    stops: Vec<(Half, usize, Option<Trip>)>,
    back: Trip,
}

impl<'d> Trips<'d> {
    /// None on a day without session.
    fn of(problem: &Problem, day: &'d WorkDay) -> Option<Trips<'d>> {
        let vehicle = day.vehicle as usize;
        let mut stops: Vec<(Half, usize, Option<Trip>)> = Vec::new();
        for half in Half::ALL {
            let Some(site) = day.at[half as usize].map(|site| site as usize) else { continue };
            let trip = match stops.last() {
                None => Some(problem.way_out(vehicle, site)?),
                Some(&(_, before, _)) if before == site => None,
                Some(&(_, before, _)) => Some(problem.over_lunch(before, site)?),
            };
            stops.push((half, site, trip));
        }
        let back = problem.way_back(vehicle, stops.last()?.1)?;
        Some(Trips { day, stops, back })
    }

    fn sessions(&self, problem: &Problem) -> Vec<Session> {
        let territory = problem.territory();
        let vehicle = self.day.vehicle;
        let mut sessions: Vec<Session> = Vec::new();
        for &(half, site, trip) in &self.stops {
            let hours = hours(problem, vehicle, half);
            // In the morning of its day the vehicle arrives when the session opens; over lunch it leaves at once.
            let leave = match sessions.last() {
                None => trip.map(|trip| Clock(hours.start.0 - trip.time)),
                Some(before) => trip.map(|_| before.close),
            };
            sessions.push(Session {
                vehicle: territory.vehicles[self.day.vehicle as usize].id.clone(),
                week: self.day.week,
                day: self.day.day,
                half,
                site: territory.sites[site].id.clone(),
                commune: territory.sites[site].commune.clone(),
                activity: None,
                doctor: None,
                specialist: None,
                leave,
                arrive: leave.zip(trip).map(|(leave, trip)| Clock(leave.0 + trip.time)),
                open: hours.start,
                close: hours.end,
            });
        }
        sessions
    }

    fn day(&self, problem: &Problem) -> DayTrip {
        let vehicle = self.day.vehicle;
        let first = self.stops.first().map_or(Half::Am, |stop| stop.0);
        let last = self.stops.last().map_or(Half::Pm, |stop| stop.0);
        let trips = || self.stops.iter().filter_map(|stop| stop.2).chain([self.back]);
        let out = self.stops.first().and_then(|stop| stop.2).map_or(Millis::ZERO, |trip| trip.time);
        DayTrip {
            vehicle: problem.territory().vehicles[self.day.vehicle as usize].id.clone(),
            week: self.day.week,
            day: self.day.day,
            leave: Clock(hours(problem, vehicle, first).start.0 - out),
            back: Clock(hours(problem, vehicle, last).end.0 + self.back.time),
            drive: trips().map(|trip| trip.time).sum(),
            length: trips().map(|trip| trip.length).sum::<Option<Metres>>(),
        }
    }
}

fn hours(problem: &Problem, vehicle: u32, half: Half) -> Hours {
    let territory = problem.territory();
    territory.vehicles[vehicle as usize].hours(half, &territory.calendar)
}
