//! The rules that can conflict and be relaxed, measured on any list of sessions: what is broken, and by how much.
//!
//! Territory and sessions are read by name, without any code of the solver, so that plans made by it and calendars made
//! by hand are measured alike. Rules 1 to 6 of the model are not measured here: a plan that breaks one is none.

mod activities;
mod bookings;
mod changes;
mod doctors;
mod held;
mod rhythm;
mod sites;
#[cfg(test)]
mod tests;

use held::Held;
pub(in crate::plan) use held::{Needed, needed};
pub use rhythm::rhythm;
pub(in crate::plan) use rhythm::usual_times;

use super::{Relaxed, Session};
use crate::territory::{Activity, Booking, BookingKind, Doctor, RuleKind, RuleName, Site, Territory};

/// What is left of rounding in a sum of shares of half-days.
const ROUNDING: f64 = 1e-9;

/// A rule that a list of sessions breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// Which, with its subject where it has one.
    pub rule: RuleName,
    /// How much, in the rule's unit, above 0.
    pub units: f64,
    /// The sessions that break it, by their place in the list; none where it is not about some of them alone.
    pub sessions: Vec<usize>,
    /// What one unit costs; None: the rule is hard.
    pub price: Option<f64>,
}

impl Breach {
    /// What it costs in a plan; None: the rule is hard.
    pub fn relaxed(&self) -> Option<Relaxed> {
        let Breach { rule, units, sessions, price } = self.clone();
        Some(Relaxed { rule, units, price: price?, sessions })
    }
}

/// How much of a rule is broken, and by which sessions.
#[derive(Debug, Default)]
struct Extent {
    units: f64,
    sessions: Vec<usize>,
}

impl Extent {
    /// Broken by no session in particular.
    fn of(units: f64) -> Extent {
        Extent { units, sessions: Vec::new() }
    }

    /// As much as a count is above its limit.
    fn above(count: u32, limit: u32) -> Extent {
        Extent::of(count.saturating_sub(limit).into())
    }

    /// Broken once by each of these.
    fn each(sessions: impl Iterator<Item = usize>) -> Extent {
        let sessions: Vec<usize> = sessions.collect();
        Extent { units: sessions.len() as f64, sessions }
    }
}

/// Every rule of the territory that these sessions break, hard or soft, in order of [`RuleKind::ALL`], then of subject
/// as in the territory.
///
/// `same_time` is a rule only where the territory asks for it, `doctors_per_site` only where it gives a number, and
/// `prefers` only where it has a price: else they are wishes. Sessions outside the cycle do not count. A session that is
/// listed twice counts twice, but for `changes`.
///
/// `majority` lacks the least whole number of half-days that would have to go to general practice instead. For `every`,
/// `visits`, `max_gap`, `changes` and what counts half-days, no session is named: any of several could go.
pub fn breaches(territory: &Territory, sessions: &[Session]) -> Vec<Breach> {
    let held = Held::new(territory, sessions);
    RuleKind::ALL.into_iter().flat_map(|kind| of_kind(kind, &held)).collect()
}

fn of_kind(kind: RuleKind, held: &Held<'_>) -> Vec<Breach> {
    let Territory { sites, doctors, activities, bookings, .. } = held.territory;
    let one = |extent: Extent| breach(kind, None, extent, held).into_iter().collect();
    let of_sites = |measure: fn(&Held<'_>, &Site) -> Extent| {
        sites.iter().filter_map(|site| breach(kind, Some(&site.id), measure(held, site), held)).collect()
    };
    let of_doctors = |measure: fn(&Held<'_>, &Doctor) -> Extent| {
        let broken = |doctor: &Doctor| breach(kind, Some(&doctor.id), measure(held, doctor), held);
        doctors.iter().filter_map(broken).collect()
    };
    let of_activities = |measure: fn(&Held<'_>, &Activity) -> Extent| {
        let broken = |activity: &Activity| breach(kind, Some(&activity.id), measure(held, activity), held);
        activities.iter().filter_map(broken).collect()
    };
    let of_bookings = |of: BookingKind, measure: fn(&Held<'_>, &Booking) -> Extent| {
        let these = bookings.iter().zip(1..).filter(|(booking, _)| booking.kind == of);
        let broken = |(booking, number): (&Booking, u32)| {
            breach(kind, Some(&number.to_string()), measure(held, booking), held)
        };
        these.filter_map(broken).collect()
    };
    match kind {
        RuleKind::RequiredSite => of_sites(sites::required),
        RuleKind::Every => of_sites(sites::every),
        RuleKind::Visits => of_sites(sites::visits),
        RuleKind::MaxGap => of_sites(sites::max_gap),
        RuleKind::SameTime => of_sites(sites::same_time),
        RuleKind::Required => of_bookings(BookingKind::Required, bookings::required),
        RuleKind::Forbidden => of_bookings(BookingKind::Forbidden, bookings::forbidden),
        RuleKind::Locked => of_bookings(BookingKind::Locked, bookings::locked),
        RuleKind::DoctorNeeded => one(doctors::needed(held)),
        RuleKind::DoctorHours => of_doctors(doctors::hours),
        RuleKind::DoctorWeek => of_doctors(doctors::weeks),
        RuleKind::DoctorCycle => of_doctors(doctors::cycle),
        RuleKind::Department => of_doctors(doctors::department),
        RuleKind::Refuses => of_doctors(doctors::refuses),
        RuleKind::Prefers => of_doctors(doctors::prefers),
        RuleKind::DoctorsPerSite => of_sites(doctors::per_site),
        RuleKind::ActivityAtLeast => of_activities(activities::at_least),
        RuleKind::ActivityAtMost => of_activities(activities::at_most),
        RuleKind::PreventionShare => one(activities::prevention_share(held)),
        RuleKind::Majority => one(activities::majority(held)),
        RuleKind::Changes => one(changes::changes(held)),
    }
}

/// None where the rule is kept.
fn breach(kind: RuleKind, subject: Option<&str>, extent: Extent, held: &Held<'_>) -> Option<Breach> {
    let Extent { units, sessions } = extent;
    let price = held.price(kind, subject);
    (units > 0.0).then(|| Breach { rule: RuleName::new(kind, subject), units, sessions, price })
}
