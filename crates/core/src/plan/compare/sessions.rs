//! Sessions that stay, move, go or come.

use std::collections::BTreeMap;

use crate::calendar::{Day, Half};
use crate::plan::Session;

/// What becomes of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// It stays as it is: same vehicle, week, day, half-day and site.
    Kept {
        /// Where.
        site: String,
        /// When.
        when: When,
    },
    /// The site keeps it, at another time or with another vehicle.
    Moved {
        /// Where.
        site: String,
        /// When it was.
        from: When,
        /// When it will be.
        to: When,
    },
    /// It goes.
    Dropped {
        /// Where.
        site: String,
        /// When it was.
        when: When,
    },
    /// It comes.
    New {
        /// Where.
        site: String,
        /// When it will be.
        when: When,
    },
}

/// A half-day of a vehicle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Id of the vehicle.
    pub vehicle: String,
    /// Week of the cycle, from 1.
    pub week: u32,
    /// Day of that week.
    pub day: Day,
    /// Morning or afternoon.
    pub half: Half,
}

impl SessionChange {
    /// Id of the site.
    pub fn site(&self) -> &str {
        match self {
            SessionChange::Kept { site, .. }
            | SessionChange::Moved { site, .. }
            | SessionChange::Dropped { site, .. }
            | SessionChange::New { site, .. } => site,
        }
    }

    /// When it was; when it will be, for one that comes.
    pub fn when(&self) -> &When {
        match self {
            SessionChange::Kept { when, .. }
            | SessionChange::Moved { from: when, .. }
            | SessionChange::Dropped { when, .. }
            | SessionChange::New { when, .. } => when,
        }
    }
}

fn when(session: &Session) -> When {
    When { vehicle: session.vehicle.clone(), week: session.week, day: session.day, half: session.half }
}

/// The changes from some sessions to others. Of a site's sessions that are at other times, the earliest of both, by
/// week, day and half-day, are taken for one that moves, then the next, and so on.
pub(super) fn changes(before: &[Session], after: &[Session]) -> Vec<SessionChange> {
    let mut at_site: BTreeMap<&str, [Vec<When>; 2]> = BTreeMap::new();
    for (side, sessions) in [before, after].into_iter().enumerate() {
        for session in sessions {
            at_site.entry(&*session.site).or_default()[side].push(when(session));
        }
    }
    let mut changes: Vec<SessionChange> =
        at_site.into_iter().flat_map(|(site, times)| of_site(site, times)).collect();
    changes.sort_by(|a, b| (a.when(), a.site()).cmp(&(b.when(), b.site())));
    changes
}

fn of_site(site: &str, [before, after]: [Vec<When>; 2]) -> Vec<SessionChange> {
    let site = || site.to_owned();
    let mut changes = Vec::new();
    let mut after = in_order(after);
    let mut left = Vec::new();
    for when in in_order(before) {
        match after.iter().position(|other| *other == when) {
            Some(place) => {
                after.remove(place);
                changes.push(SessionChange::Kept { site: site(), when });
            }
            None => left.push(when),
        }
    }
    let moved = left.len().min(after.len());
    let (gone, come) = (left.split_off(moved), after.split_off(moved));
    let moves = left.into_iter().zip(after);
    changes.extend(moves.map(|(from, to)| SessionChange::Moved { site: site(), from, to }));
    changes.extend(gone.into_iter().map(|when| SessionChange::Dropped { site: site(), when }));
    changes.extend(come.into_iter().map(|when| SessionChange::New { site: site(), when }));
    changes
}

/// By time, then by vehicle.
fn in_order(mut times: Vec<When>) -> Vec<When> {
    times.sort_by(|a, b| (a.week, a.day, a.half, &a.vehicle).cmp(&(b.week, b.day, b.half, &b.vehicle)));
    times
}
