//! Whom given sessions cover: patients of each profile, commune by commune, so that the worthiest come first.

use std::ops::Add;

use super::demand::{CommuneDemand, Demand, Group, Value};
use super::flow::Flow;
use crate::people::{Patients, Profile};
use crate::plan::Coverage;
use crate::problem::Problem;

/// What a plan with this many sessions at each site is worth, when they are filled as well as can be.
pub fn value_of(problem: &Problem, sessions: &[u32]) -> Value {
    let (served, given) = half_days_alike(problem, sessions);
    value_given(problem, &served, &given)
}

/// Which sites are served, and the consultations of each, where half-days are alike.
pub(super) fn half_days_alike(problem: &Problem, sessions: &[u32]) -> (Vec<bool>, Vec<f64>) {
    let given = |&n: &u32| match (n, problem.capacity()) {
        (0, _) => 0.0,
        (_, Some(consultations)) => consultations * f64::from(n),
        (_, None) => f64::MAX,
    };
    (sessions.iter().map(|&n| n > 0).collect(), sessions.iter().map(given).collect())
}

/// What a plan is worth that serves these sites, each with so many consultations a cycle.
pub(crate) fn value_given(problem: &Problem, served: &[bool], given: &[f64]) -> Value {
    let weight = |profile: Profile| problem.territory().care.profiles[profile].weight;
    let reached = (0..problem.territory().communes.len())
        .map(|commune| {
            let served = problem.index.near[commune].iter().filter(|near| served[near.site as usize]);
            let best = served.map(|near| problem.index.band_share[near.band as usize]).fold(0.0, f64::max);
            best * problem.weight(commune)
        })
        .fold(0.0, f64::add);
    let followed = cover(problem, given).iter().map(|c| weight(c.profile) * c.patients.0).fold(0.0, f64::add);
    let objective = problem.territory().objective;
    Value { reached, followed, objective: objective.reached * reached + objective.followed * followed }
}

/// Whom sessions cover that give each site so many consultations, in order of commune, profile and site.
///
/// Profiles are served in the order of what one consultation of theirs is worth; which is the best there is, because
/// the sets of patients that sessions can follow form a polymatroid.
pub(crate) fn cover(problem: &Problem, given: &[f64]) -> Vec<Coverage> {
    let index = &problem.index;
    let mut order = Profile::ALL.to_vec();
    let worth = |profile: Profile| index.weight[profile] / index.visits[profile];
    order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
    let (patients, demand) = by_profile(problem);
    let mut flow = Flow::new(&demand, 0);
    (0..patients.len()).for_each(|entry| flow.admit(entry, false));
    flow.set_capacity(given);
    for profile in order {
        (0..patients.len())
            .filter(|&entry| patients[entry].1 == profile)
            .for_each(|entry| flow.admit(entry, true));
        flow.augment_all();
        (0..patients.len())
            .filter(|&entry| patients[entry].1 == profile)
            .for_each(|entry| flow.admit(entry, false));
    }
    let territory = problem.territory();
    let mut coverage: Vec<(usize, Profile, usize, f64)> = flow
        .taken()
        .map(|(entry, site, taken)| {
            (patients[entry].0, patients[entry].1, site, taken / index.visits[patients[entry].1])
        })
        .collect();
    coverage.sort_by_key(|&(commune, profile, site, _)| (commune, profile, site));
    coverage
        .into_iter()
        .map(|(commune, profile, site, patients)| Coverage {
            commune: territory.communes[commune].code.clone(),
            profile,
            site: territory.sites[site].id.clone(),
            patients: Patients(patients),
        })
        .collect()
}

/// The patients of each commune and profile, and their demand as one group.
fn by_profile(problem: &Problem) -> (Vec<(usize, Profile)>, Demand) {
    let index = &problem.index;
    let (mut patients, mut communes) = (Vec::new(), Vec::new());
    for rank in 0..problem.territory().communes.len() {
        let mut near = index.near[rank].clone();
        near.sort_by_key(|near| (near.band, near.site));
        for profile in Profile::ALL {
            let supply = problem.patients(rank, profile) * index.visits[profile];
            if supply > 0.0 && !near.is_empty() {
                patients.push((rank, profile));
                communes.push(CommuneDemand { near: near.clone(), supply: vec![supply], weight: 0.0 });
            }
        }
    }
    let demand = Demand {
        sites: problem.territory().sites.len(),
        band_share: index.band_share.clone(),
        communes,
        groups: vec![Group { step: 1.0, worth: 1.0 }],
        reached: 0.0,
    };
    (patients, demand)
}
