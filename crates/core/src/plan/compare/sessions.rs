//! Sessions that stay, move, go or come.

use std::collections::BTreeMap;

use crate::calendar::{Day, Half};
use crate::plan::Session;

/// What becomes of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// It stays as it is: same vehicle, week, day, half-day and site, and nobody else comes.
    Kept {
        /// Where.
        site: String,
        /// When.
        when: When,
    },
    /// It stays where and when it is, and others come, or for something else.
    Reassigned {
        /// Where.
        site: String,
        /// When.
        when: When,
        /// Who came, and who will.
        who: [Who; 2],
    },
    /// The site keeps it, at another time or with another vehicle.
    Moved {
        /// Where.
        site: String,
        /// When it was.
        from: When,
        /// When it will be.
        to: When,
        /// Who came, and who will, where that changes too.
        who: Option<[Who; 2]>,
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
        /// Who will come.
        who: Who,
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

/// Who comes, and what for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Id of the activity; None: general practice.
    pub activity: Option<String>,
    /// Id of the doctor; None where none is named.
    pub doctor: Option<String>,
    /// Id of the doctor of a specialty beside that of general practice.
    pub specialist: Option<String>,
}

impl SessionChange {
    /// Id of the site.
    pub fn site(&self) -> &str {
        match self {
            SessionChange::Kept { site, .. }
            | SessionChange::Reassigned { site, .. }
            | SessionChange::Moved { site, .. }
            | SessionChange::Dropped { site, .. }
            | SessionChange::New { site, .. } => site,
        }
    }

    /// When it was; when it will be, for one that comes.
    pub fn when(&self) -> &When {
        match self {
            SessionChange::Kept { when, .. }
            | SessionChange::Reassigned { when, .. }
            | SessionChange::Moved { from: when, .. }
            | SessionChange::Dropped { when, .. }
            | SessionChange::New { when, .. } => when,
        }
    }
}

impl Who {
    /// Whether others come than before, or for something else. A calendar that names no doctor says nothing of doctors.
    fn differs(&self, other: &Who) -> bool {
        let others = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        self.activity != other.activity
            || others(&self.doctor, &other.doctor)
            || others(&self.specialist, &other.specialist)
    }
}

/// A session of some site.
#[derive(Clone, Debug)]
struct Held {
    when: When,
    who: Who,
}

impl Held {
    fn of(session: &Session) -> Held {
        let Session { vehicle, week, day, half, activity, doctor, specialist, .. } = session.clone();
        Held { when: When { vehicle, week, day, half }, who: Who { activity, doctor, specialist } }
    }
}

/// The changes from some sessions to others. Of a site's sessions that are at other times, the earliest of both, by
/// week, day and half-day, are taken for one that moves, then the next, and so on.
pub(super) fn changes(before: &[Session], after: &[Session]) -> Vec<SessionChange> {
    let mut at_site: BTreeMap<&str, [Vec<Held>; 2]> = BTreeMap::new();
    for (side, sessions) in [before, after].into_iter().enumerate() {
        for session in sessions {
            at_site.entry(&*session.site).or_default()[side].push(Held::of(session));
        }
    }
    let mut changes: Vec<SessionChange> =
        at_site.into_iter().flat_map(|(site, held)| of_site(site, held)).collect();
    changes.sort_by(|a, b| (a.when(), a.site()).cmp(&(b.when(), b.site())));
    changes
}

fn of_site(site: &str, [before, after]: [Vec<Held>; 2]) -> Vec<SessionChange> {
    let site = || site.to_owned();
    let mut changes = Vec::new();
    let mut after = in_order(after);
    let mut left = Vec::new();
    for was in in_order(before) {
        match after.iter().position(|other| other.when == was.when) {
            Some(place) => {
                let will = after.remove(place);
                changes.push(match was.who.differs(&will.who) {
                    true => {
                        SessionChange::Reassigned { site: site(), when: was.when, who: [was.who, will.who] }
                    }
                    false => SessionChange::Kept { site: site(), when: was.when },
                });
            }
            None => left.push(was),
        }
    }
    let moved = left.len().min(after.len());
    let (gone, come) = (left.split_off(moved), after.split_off(moved));
    changes.extend(left.into_iter().zip(after).map(|(was, will)| {
        let who = was.who.differs(&will.who).then_some([was.who, will.who]);
        SessionChange::Moved { site: site(), from: was.when, to: will.when, who }
    }));
    changes.extend(gone.into_iter().map(|was| SessionChange::Dropped { site: site(), when: was.when }));
    changes.extend(come.into_iter().map(|will| SessionChange::New {
        site: site(),
        when: will.when,
        who: will.who,
    }));
    changes
}

/// By time, then by vehicle.
fn in_order(mut sessions: Vec<Held>) -> Vec<Held> {
    sessions.sort_by(|Held { when: a, .. }, Held { when: b, .. }| {
        (a.week, a.day, a.half, &a.vehicle).cmp(&(b.week, b.day, b.half, &b.vehicle))
    });
    sessions
}
