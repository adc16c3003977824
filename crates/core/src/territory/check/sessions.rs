//! Calendars made by hand: what they name exists, in weeks of the cycle, each session once.

use std::collections::BTreeMap;

use super::ids::Ids;
use crate::territory::fault::{Fault, FaultKind, First, Named, Where};
use crate::territory::{PublishedSession, Territory};

/// Notes what is wrong with the sessions of a calendar, each at its place in the list.
pub(crate) fn sessions(territory: &Territory, sessions: &[PublishedSession], faults: &mut Vec<Fault>) {
    check(territory, sessions, &Ids::of(territory), faults);
}

pub(super) fn check(
    territory: &Territory,
    sessions: &[PublishedSession],
    ids: &Ids<'_>,
    faults: &mut Vec<Fault>,
) {
    let cycle_weeks = territory.calendar.cycle_weeks;
    let mut seen = BTreeMap::new();
    for (index, session) in sessions.iter().enumerate() {
        let place = |column| Where::Session { index, column };
        ids.check(Named::Vehicle, &session.vehicle, place("vehicle"), faults);
        ids.check(Named::Site, &session.site, place("site"), faults);
        for (doctor, column) in [(&session.doctor, "doctor"), (&session.specialist, "specialist")] {
            if let Some(doctor) = doctor {
                ids.check(Named::Doctor, doctor, place(column), faults);
            }
        }
        if let Some(activity) = &session.activity {
            ids.check(Named::Activity, activity, place("activity"), faults);
        }
        if session.week == 0 || session.week > cycle_weeks {
            let kind = FaultKind::WeekOutsideCycle { week: session.week, cycle_weeks };
            faults.push(Fault::new(place("week"), kind));
        }
        let PublishedSession { vehicle, week, day, half, site, .. } = session;
        let first = *seen.entry((vehicle, week, day, half, site)).or_insert(index);
        if first != index {
            let name = format!("{vehicle} {week} {day}-{half} {site}");
            let first = First::Place(Where::Session { index: first, column: "vehicle" });
            faults.push(Fault::new(place("vehicle"), FaultKind::Duplicate { name, first }));
        }
    }
}
