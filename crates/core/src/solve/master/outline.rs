//! What a relaxed solution looks like: which sites it opens, where it has sessions, and what they hold.

use super::Master;
use super::slots::Slots;
use crate::calendar::{Day, Half};
use crate::solve::decision::split;
use crate::solve::program::{Col, Point};

/// A site that is open by less in a relaxed solution is closed there, a session that is less is none, and one that lacks
/// less is whole.
const OPEN: f64 = 1e-3;

/// Sessions of an activity at a site: mostly part of some.
#[derive(Clone, Copy, Debug)]
pub(in crate::solve) struct Held {
    pub(in crate::solve) activity: usize,
    pub(in crate::solve) site: usize,
    pub(in crate::solve) sessions: f64,
}

/// Which sites a relaxed solution opens, where it has sessions, of vehicles and of doctors, and which activities.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Outline {
    open: Vec<f64>,
    vehicles: Vec<Placed>,
    doctors: Vec<Placed>,
    held: Vec<Held>,
}

/// Sessions at a site on some half-days, of a vehicle or of a doctor.
#[derive(Clone, Debug)]
struct Placed {
    /// Of the vehicle or the doctor.
    rank: usize,
    site: usize,
    slots: Slots,
    /// How many on each half-day.
    each: f64,
}

impl Outline {
    /// Whether a site is open.
    pub(in crate::solve) fn opens(&self, site: usize) -> bool {
        self.open[site] > OPEN
    }

    /// How many sessions of a vehicle there are at a site on a half-day: mostly part of one.
    pub(in crate::solve) fn sessions(&self, vehicle: usize, site: usize, at: (u32, Day, Half)) -> f64 {
        on(&self.vehicles, site, at).filter(|of| of.rank == vehicle).map(|of| of.each).sum()
    }

    /// The doctors whom a site has on a half-day, each with how many sessions.
    pub(in crate::solve) fn doctors(
        &self,
        site: usize,
        at: (u32, Day, Half),
    ) -> impl Iterator<Item = (usize, f64)> {
        on(&self.doctors, site, at).map(|of| (of.rank, of.each))
    }

    /// The activities that sites have.
    pub(in crate::solve) fn held(&self) -> &[Held] {
        &self.held
    }

    /// What has these sessions of vehicles and of doctors, each with its site, and these activities with theirs.
    #[cfg(test)]
    pub(in crate::solve) fn of(
        vehicles: &[(usize, usize, (u32, Day, Half))],
        doctors: &[(usize, usize, (u32, Day, Half))],
        held: &[(usize, usize)],
        sites: usize,
    ) -> Outline {
        let weeks = vehicles.iter().map(|(.., at)| at.0).max().unwrap_or(1);
        let placed = |&(rank, site, at): &(usize, usize, (u32, Day, Half))| Placed {
            rank,
            site,
            slots: Slots::of(weeks, |week, day, half| (week, day, half) == at),
            each: 1.0,
        };
        let served = |site| vehicles.iter().any(|&(_, of, _)| of == site);
        Outline {
            open: (0..sites).map(|site| f64::from(u8::from(served(site)))).collect(),
            vehicles: vehicles.iter().map(placed).collect(),
            doctors: doctors.iter().map(placed).collect(),
            held: held.iter().map(|&(activity, site)| Held { activity, site, sessions: 1.0 }).collect(),
        }
    }
}

/// Those at a site on a half-day.
fn on(placed: &[Placed], site: usize, (week, day, half): (u32, Day, Half)) -> impl Iterator<Item = &Placed> {
    placed.iter().filter(move |of| of.site == site && of.slots.contains(week, day, half))
}

impl Master<'_> {
    /// Sessions of [`Master::pairs`], where they are whole and so are the openings.
    pub(in crate::solve) fn whole_sessions(&self, point: &Point) -> Option<Vec<u32>> {
        let whole = |value: f64| (split(value) <= OPEN).then_some(value.round() as u32);
        self.opens.iter().try_for_each(|&open| whole(point.value(open)).map(|_| ()))?;
        self.visits.iter().map(|terms| whole(point.total(terms))).collect()
    }

    /// Where a relaxed solution has sessions, and whose they are.
    pub(in crate::solve) fn outline(&self, point: &Point) -> Outline {
        let placed = |rank: usize, site: usize, slots: &Slots, sessions: Col| {
            let each = point.value(sessions) / f64::from(slots.len().max(1));
            Placed { rank, site, slots: slots.clone(), each }
        };
        let cells = self.cells.iter().map(|of| placed(of.vehicle, of.site, &of.slots, of.sessions));
        let duties = self.staff.duties.iter();
        let duties =
            duties.map(|of| placed(of.doctor, of.site, &self.staff.spans[of.span].slots, of.sessions));
        let held = self.held.iter().map(|of| Held {
            activity: of.activity,
            site: of.site,
            sessions: point.value(of.sessions),
        });
        Outline {
            open: self.openness(point),
            vehicles: cells.filter(|of| of.each > OPEN).collect(),
            doctors: duties.filter(|of| of.each > OPEN).collect(),
            held: held.filter(|of| of.sessions > OPEN).collect(),
        }
    }
}
