//! `[[booking]]`: sessions that are required, forbidden or locked.

use super::toml::Section;
use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::territory::fault::Fault;
use crate::territory::{Booking, BookingKind, GENERAL};

const KINDS: [&str; BookingKind::ALL.len()] =
    [BookingKind::ALL[0].code(), BookingKind::ALL[1].code(), BookingKind::ALL[2].code()];

pub(super) fn bookings(root: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Booking> {
    let sections = root.sections("booking", faults).unwrap_or_default();
    sections.iter().map(|section| booking(section, faults)).collect()
}

fn booking(section: &Section<'_>, faults: &mut Vec<Fault>) -> Booking {
    section.knows_only(&["kind", "vehicle", "site", "weeks", "half_days", "doctor", "activity"], faults);
    section.require(&["kind", "half_days"], faults);
    let kind = section.word("kind", &KINDS, faults).and_then(|rank| BookingKind::ALL.get(rank).copied());
    let mut id = |key| section.text(key, faults).map(str::to_owned);
    let [vehicle, site, doctor, activity] = ["vehicle", "site", "doctor", "activity"].map(&mut id);
    let is_named = |activity: &String| activity != GENERAL;
    Booking {
        // What cannot be read forbids a single half-day: it keeps its place, and clashes with nothing.
        kind: kind.unwrap_or(BookingKind::Forbidden),
        vehicle,
        site,
        weeks: section.weeks("weeks", faults).unwrap_or(Weeks::ALL),
        half_days: section
            .half_days("half_days", faults)
            .unwrap_or_else(|| HalfDays::NONE.with(Day::Sun, Half::Pm)),
        doctor: doctor.filter(|_| kind.is_some()),
        activity: activity.filter(|activity| kind.is_some() && is_named(activity)),
    }
}
