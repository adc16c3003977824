//! When each vehicle can be at each site, and each doctor at work, by the rules that have no price.

use super::slots::Slots;
use crate::calendar::{Day, Half};
use crate::problem::Problem;
use crate::territory::{Activity, ActivityKind, Booking, BookingKind, Doctor, RuleKind};

/// What the hard rules leave open of the cycle.
#[derive(Clone, Debug, Default)]
pub(super) struct Openings {
    /// By vehicle, then site.
    at: Vec<Vec<Slots>>,
    /// By doctor: when they can work.
    pub(super) hours: Vec<Slots>,
    /// By doctor, then site: whether they can work there.
    pub(super) may: Vec<Vec<bool>>,
}

impl Openings {
    pub(super) fn new(problem: &Problem) -> Openings {
        let territory = problem.territory();
        let weeks = territory.calendar.cycle_weeks;
        let hours: Vec<Slots> = territory.doctors.iter().map(|doctor| hours(problem, doctor)).collect();
        let may: Vec<Vec<bool>> = territory
            .doctors
            .iter()
            .map(|doctor| (0..territory.sites.len()).map(|site| may_work(problem, doctor, site)).collect())
            .collect();
        let needed = needs_doctors(problem);
        let staffed: Vec<Slots> = (0..territory.sites.len())
            .map(|site| {
                let able = |d: &usize| may[*d][site] && alone(problem, &territory.doctors[*d], site);
                let able: Vec<&Slots> = (0..hours.len()).filter(able).map(|d| &hours[d]).collect();
                Slots::of(weeks, |week, day, half| {
                    !needed || able.iter().any(|slots| slots.contains(week, day, half))
                })
            })
            .collect();
        let settled = hard_bookings(problem);
        let open = |vehicle: usize, site: usize| {
            Slots::of(weeks, |week, day, half| {
                problem.is_open(vehicle, site, day, half)
                    && territory.vehicles[vehicle].weeks.contains(week)
                    && territory.sites[site].weeks.contains(week)
                    && staffed[site].contains(week, day, half)
                    && !settled
                        .iter()
                        .any(|booking| shuts(problem, booking, vehicle, site, (week, day, half)))
            })
        };
        let at = (0..territory.vehicles.len())
            .map(|vehicle| (0..territory.sites.len()).map(|site| open(vehicle, site)).collect())
            .collect();
        Openings { at, hours, may }
    }

    /// When a vehicle can be at a site.
    pub(super) fn at(&self, vehicle: usize, site: usize) -> &Slots {
        &self.at[vehicle][site]
    }
}

/// Whether each session must have a doctor.
pub(super) fn needs_doctors(problem: &Problem) -> bool {
    let territory = problem.territory();
    !territory.doctors.is_empty() && territory.rules.price(RuleKind::DoctorNeeded, None).is_none()
}

/// When a doctor can work, where the rule about it is hard; else always.
fn hours(problem: &Problem, doctor: &Doctor) -> Slots {
    let territory = problem.territory();
    let free = territory.rules.price(RuleKind::DoctorHours, Some(&doctor.id)).is_some();
    Slots::of(territory.calendar.cycle_weeks, |week, day, half| free || doctor.works(week, day, half))
}

/// Whether a doctor can work at a site.
fn may_work(problem: &Problem, doctor: &Doctor, site: usize) -> bool {
    let territory = problem.territory();
    let site = &territory.sites[site];
    let refused = doctor.refuses.contains(&site.id)
        && territory.rules.price(RuleKind::Refuses, Some(&doctor.id)).is_none();
    doctor.is_authorised(site) && !refused
}

/// Whether a doctor can hold some session at a site with no other doctor.
fn alone(problem: &Problem, doctor: &Doctor, site: usize) -> bool {
    let offers = |kind: &dyn Fn(&Activity) -> bool| {
        problem
            .territory()
            .activities
            .iter()
            .any(|activity| kind(activity) && takes_place(problem, activity, site))
    };
    match &doctor.specialty {
        Some(specialty) => offers(&|activity| activity.id == *specialty && is_dedicated(activity)),
        None if doctor.remote => offers(&|activity| matches!(activity.kind, ActivityKind::Remote { .. })),
        None => true,
    }
}

/// Whether an activity can take place at a site.
pub(super) fn takes_place(problem: &Problem, activity: &Activity, site: usize) -> bool {
    let id = &problem.territory().sites[site].id;
    activity.sites.as_ref().is_none_or(|sites| sites.contains(id))
}

/// Whether it is a specialty that takes whole half-days.
pub(super) fn is_dedicated(activity: &Activity) -> bool {
    activity.kind == ActivityKind::Specialty && activity.share == 1.0
}

/// Bookings without a price.
fn hard_bookings(problem: &Problem) -> Vec<&Booking> {
    let territory = problem.territory();
    let hard = |(rank, booking): &(usize, &Booking)| {
        territory.rules.price(rule_of(booking.kind), Some(&(rank + 1).to_string())).is_none()
    };
    territory.bookings.iter().enumerate().filter(hard).map(|(_, booking)| booking).collect()
}

/// The rule that a booking of a kind makes.
pub(super) fn rule_of(kind: BookingKind) -> RuleKind {
    match kind {
        BookingKind::Required => RuleKind::Required,
        BookingKind::Forbidden => RuleKind::Forbidden,
        BookingKind::Locked => RuleKind::Locked,
    }
}

/// Whether a booking keeps a vehicle from a site on a half-day.
fn shuts(
    problem: &Problem,
    booking: &Booking,
    vehicle: usize,
    site: usize,
    (week, day, half): (u32, Day, Half),
) -> bool {
    let territory = problem.territory();
    if !(booking.weeks.contains(week) && booking.half_days.contains(day, half)) {
        return false;
    }
    let only = territory.vehicles.len() == 1;
    let named = booking.vehicle.as_deref().map(|id| territory.vehicles[vehicle].id == id);
    let here = booking.site.as_deref().map(|id| territory.sites[site].id == id);
    match booking.kind {
        BookingKind::Required => false,
        BookingKind::Forbidden => named.unwrap_or(true) && here.unwrap_or(true),
        // Its vehicle is there, and nowhere else.
        BookingKind::Locked => named.unwrap_or(only) && here == Some(false),
    }
}
