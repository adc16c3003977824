//! Activities: names, kinds, frequencies, and whether anyone can provide them.

use super::ids::Ids;
use super::names::unique;
use super::range;
use crate::territory::fault::{ActivityFault, Fault, FaultKind, Named, Quantity, Where};
use crate::territory::{Activity, ActivityKind, GENERAL, RuleKind, Territory, Vehicle};

pub(super) fn check(territory: &Territory, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
    let names = territory.activities.iter().map(|activity| activity.id.as_str());
    unique(names, |index| key(index, "id"), faults);
    for (index, activity) in territory.activities.iter().enumerate() {
        figures(activity, index, faults);
        let sites = activity.sites.iter().flatten();
        for (rank, site) in sites.enumerate() {
            ids.check(Named::Site, site, key(index, &format!("sites[{rank}]")), faults);
        }
        let mut doubt = |at, fault| faults.push(Fault::new(key(index, at), FaultKind::Activity(fault)));
        if activity.id == GENERAL {
            doubt("id", ActivityFault::Reserved);
        }
        if activity.sites.as_ref().is_some_and(Vec::is_empty) {
            doubt("sites", ActivityFault::Nowhere);
        }
        if activity.kind == ActivityKind::Specialty && lacks_doctor(activity, territory) {
            doubt("id", ActivityFault::NoDoctor(activity.id.clone()));
        }
    }
    prevention(territory, faults);
}

fn key(index: usize, key: &str) -> Where {
    Where::key(format!("activity[{index}].{key}"))
}

/// Whether doctors are given and none has this specialty. A doctor whose specialty is none may be meant to have it.
fn lacks_doctor(specialty: &Activity, territory: &Territory) -> bool {
    let is_specialty = |id: &String| {
        let mut activities = territory.activities.iter();
        activities.any(|activity| activity.id == *id && activity.kind == ActivityKind::Specialty)
    };
    let mut had = territory.doctors.iter().filter_map(|doctor| doctor.specialty.as_ref());
    !territory.doctors.is_empty() && had.all(|id| is_specialty(id) && *id != specialty.id)
}

fn figures(activity: &Activity, index: usize, faults: &mut Vec<Fault>) {
    range(key(index, "share"), Quantity::ActivityShare, activity.share, faults);
    range(key(index, "at_least"), Quantity::HalfDays, activity.at_least.into(), faults);
    if let Some(max) = activity.at_most {
        range(key(index, "at_most"), Quantity::HalfDays, max.into(), faults);
        if activity.at_least > max {
            let kind = FaultKind::MinOverMax { min: activity.at_least, max };
            faults.push(Fault::new(key(index, "at_most"), kind));
        }
    }
    if let ActivityKind::Remote { consultations_per_half_day } = activity.kind {
        let place = key(index, "consultations_per_half_day");
        range(place, Quantity::Consultations, consultations_per_half_day, faults);
        if activity.share != 1.0 {
            let fault = ActivityFault::KeyOfAnotherKind { key: "share", kind: "remote" };
            faults.push(Fault::new(key(index, "share"), FaultKind::Activity(fault)));
        }
    }
}

/// Whether the least half-days of prevention fit into its share of all half-days that there can be.
fn prevention(territory: &Territory, faults: &mut Vec<Fault>) {
    let rules = &territory.rules;
    let is_hard = |activity: &Activity| rules.price(RuleKind::ActivityAtLeast, Some(&activity.id)).is_none();
    let asks = |activity: &&Activity| {
        activity.kind == ActivityKind::Prevention && activity.at_least > 0 && is_hard(activity)
    };
    let Some(first) = territory.activities.iter().position(|activity| asks(&activity)) else {
        return;
    };
    let asked = territory.activities.iter().filter(asks);
    let half_days: f64 = asked.map(|activity| f64::from(activity.at_least) * activity.share).sum();
    let cycle_weeks = territory.calendar.cycle_weeks;
    let of_cycle = |vehicle: &Vehicle| {
        let a_week = vehicle.half_days_per_week.unwrap_or(14).min(vehicle.days.len());
        vehicle.weeks.of_cycle(cycle_weeks).count() as f64 * f64::from(a_week)
    };
    let most = rules.prevention_share * territory.vehicles.iter().map(of_cycle).sum::<f64>();
    // A tenth of ten half-days is one of them, whatever the last digit of the product.
    if rules.price(RuleKind::PreventionShare, None).is_none() && half_days > most + 1e-9 {
        let fault = ActivityFault::OverShare { half_days, most };
        faults.push(Fault::new(key(first, "at_least"), FaultKind::Activity(fault)));
    }
}
