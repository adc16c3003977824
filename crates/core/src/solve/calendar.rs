//! Putting sessions into a calendar: from a plan, from a model, and with less driving.

use std::collections::BTreeMap;

use super::branch::Proof;
use super::draft::Draft;
use super::lay;
use super::master::{Filling, Master};
use super::meter::Meter;
use super::search::State;
use crate::plan::Plan;
use crate::problem::Problem;

/// Takes over the calendars that a model found for its vehicles if that is better; whether it is.
pub(super) fn adopt(
    problem: &Problem,
    best: &mut State<'_>,
    master: &Master<'_>,
    proof: &Proof,
    meter: &Meter<'_>,
) -> bool {
    let Some((_, fillings)) = &proof.best else { return false };
    let mut next = best.clone();
    for (vehicle, _) in &master.periods {
        next.draft.clear_vehicle(*vehicle);
    }
    for (vehicle, periods) in &master.periods {
        let uses = fillings.iter().filter(|(filling, _)| filling.vehicle == *vehicle);
        let uses: Vec<lay::Use> = uses
            .map(|&(Filling { period, class, pattern, .. }, days)| lay::Use { period, class, pattern, days })
            .collect();
        let Some(dated) = lay::deal(periods, &uses, problem.weekly_limit(*vehicle)) else { return false };
        place(&mut next.draft, *vehicle, &dated);
    }
    next.count_again();
    let better = next.worth.objective() > best.worth.objective();
    if better {
        *best = next;
        meter.improved(best.worth.objective());
    }
    better
}

/// Lays each vehicle's sessions so that least is driven.
pub(super) fn drive_less(problem: &Problem, best: &mut State<'_>) {
    for vehicle in 0..problem.territory().vehicles.len() {
        let sessions = best.draft.sessions_of(vehicle);
        let Some(dated) = lay::least_driving(problem, vehicle, &sessions) else { continue };
        let mut next = best.draft.clone();
        next.clear_vehicle(vehicle);
        place(&mut next, vehicle, &dated);
        if next.drive() <= best.draft.drive() && next.sessions() == best.draft.sessions() {
            best.draft = next;
        }
    }
}

/// Places the sessions of a plan that the problem allows.
pub(super) fn take_sessions(problem: &Problem, plan: &Plan, state: &mut State<'_>) {
    let territory = problem.territory();
    let mut days = BTreeMap::<usize, [Option<usize>; 2]>::new();
    for session in &plan.sessions {
        let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
        let site = territory.sites.iter().position(|site| site.id == session.site);
        let (Some(vehicle), Some(site)) = (vehicle, site) else { continue };
        let Some(day) = state.draft.day_of(vehicle, session.week, session.day) else { continue };
        days.entry(day).or_default()[session.half as usize] = Some(site);
    }
    days.into_iter().for_each(|(day, at)| state.draft.place_allowed(day, at));
    state.draft.settle();
    state.count_again();
}

fn place(draft: &mut Draft<'_>, vehicle: usize, dated: &[lay::Dated]) {
    for date in dated {
        let Some(day) = draft.day_of(vehicle, date.week, date.day) else { continue };
        for (half, site) in date.sessions() {
            draft.place(day, half, site);
        }
    }
}
