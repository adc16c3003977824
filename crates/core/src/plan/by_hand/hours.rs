//! When the vehicle of a calendar made by hand leaves and arrives.

use super::Known;
use crate::calendar::Clock;
use crate::plan::{DayTrip, Session};
use crate::problem::Problem;
use crate::territory::{Activity, Doctor, PublishedSession};
use crate::times::{Trip, base_name};
use medicobus_roads::{Metres, Millis};

/// The sessions with their hours and drives, and the days whose drives are all known. In the order of the vehicles.
pub(super) fn timed(problem: &Problem, sessions: &[Known<'_>]) -> (Vec<Session>, Vec<DayTrip>) {
    let mut timed = Vec::with_capacity(sessions.len());
    let mut days = Vec::new();
    for of_day in sessions.chunk_by(|a, b| day_of(a) == day_of(b)) {
        let trips = trips(problem, of_day);
        let first = timed.len();
        for (known, trip) in of_day.iter().zip(&trips) {
            let before = timed[first..].last();
            let session = session(problem, known, before, *trip);
            timed.push(session);
        }
        days.extend(day(problem, &of_day[0], &timed[first..], &trips));
    }
    (timed, days)
}

fn day_of(known: &Known<'_>) -> (usize, u32, crate::calendar::Day) {
    (known.vehicle, known.session.week, known.session.day)
}

/// The trips to each stop of a day and back to the base; None where none is known. No time from a site to itself.
fn trips(problem: &Problem, stops: &[Known<'_>]) -> Vec<Option<Trip>> {
    let territory = problem.territory();
    let base = stops.first().map(|stop| base_name(&territory.vehicles[stop.vehicle])).unwrap_or_default();
    let sites = stops.iter().map(|stop| &*territory.sites[stop.site].id);
    let way: Vec<&str> = std::iter::once(&*base).chain(sites).chain([&*base]).collect();
    way.windows(2).map(|leg| problem.times().trip(leg[0], leg[1])).collect()
}

fn session(problem: &Problem, known: &Known<'_>, before: Option<&Session>, trip: Option<Trip>) -> Session {
    let territory = problem.territory();
    let PublishedSession { week, day, half, activity, .. } = known.session;
    let (vehicle, site) = (&territory.vehicles[known.vehicle], &territory.sites[known.site]);
    let hours = vehicle.hours(*half, &territory.calendar);
    let stays = before.is_some_and(|before| before.site == site.id);
    let leave = match before {
        _ if stays => None,
        // A drive that started before midnight is told as one that ends too late.
        None => trip.map(|trip| Clock(Millis(hours.start.0.0.saturating_sub(trip.time.0)))),
        Some(before) => trip.map(|_| before.close),
    };
    let (doctor, specialist) = doctors(known.session, &territory.doctors, &territory.activities);
    Session {
        vehicle: vehicle.id.clone(),
        week: *week,
        day: *day,
        half: *half,
        site: site.id.clone(),
        commune: site.commune.clone(),
        activity: activity.clone(),
        doctor,
        specialist,
        leave,
        arrive: leave.zip(trip).map(|(leave, trip)| Clock(leave.0 + trip.time)),
        open: hours.start,
        close: hours.end,
    }
}

/// The doctors that a calendar names: of general practice, and with whom it is shared. Where it names but one of a shared
/// half-day, their specialty tells which.
fn doctors(
    session: &PublishedSession,
    doctors: &[Doctor],
    activities: &[Activity],
) -> (Option<String>, Option<String>) {
    if session.specialist.is_some() {
        return (session.doctor.clone(), session.specialist.clone());
    }
    let shared =
        |activity: &&Activity| Some(&activity.id) == session.activity.as_ref() && activity.share < 1.0;
    let is_of_it = |doctor: &&Doctor| {
        Some(&doctor.id) == session.doctor.as_ref()
            && doctor.specialty.is_some()
            && doctor.specialty == session.activity
    };
    match activities.iter().any(|activity| shared(&activity))
        && doctors.iter().any(|doctor| is_of_it(&doctor))
    {
        true => (None, session.doctor.clone()),
        false => (session.doctor.clone(), None),
    }
}

/// The drives of a day; None where one of them is not known.
fn day(
    problem: &Problem,
    known: &Known<'_>,
    sessions: &[Session],
    trips: &[Option<Trip>],
) -> Option<DayTrip> {
    let trips: Vec<Trip> = trips.iter().copied().collect::<Option<_>>()?;
    let (first, last) = (sessions.first()?, sessions.last()?);
    Some(DayTrip {
        vehicle: problem.territory().vehicles[known.vehicle].id.clone(),
        week: first.week,
        day: first.day,
        leave: first.leave?,
        back: Clock(last.close.0 + trips.last()?.time),
        drive: trips.iter().map(|trip| trip.time).sum(),
        length: trips.iter().map(|trip| trip.length).sum::<Option<Metres>>(),
    })
}
