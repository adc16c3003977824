//! What changes for the people of each commune.

use std::collections::{BTreeMap, BTreeSet};

use super::Knowledge;
use crate::people::{Patients, Profile};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::times::widest_reach;
use medicobus_roads::Millis;

/// People of a commune before and after. Not weighted.
#[derive(Clone, Debug, PartialEq)]
pub struct CommuneChange {
    /// Its code.
    pub code: String,
    /// What people call it; None where the territory is not known.
    pub name: Option<String>,
    /// People without a médecin traitant within reach of a session and ready to come, before and after; None where the
    /// territory is not known.
    pub reached: Option<[Patients; 2]>,
    /// People without a médecin traitant with enough consultations for a year, before and after.
    pub followed: [Patients; 2],
    /// The nearest session, before and after; None when none is within reach, or travel times are not known. Where the
    /// territory is not known, the nearest to which a travel time is.
    pub nearest: [Option<Nearby>; 2],
}

/// The nearest site with a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearby {
    /// Its id.
    pub site: String,
    /// The drive there, one way.
    pub time: Millis,
}

impl CommuneChange {
    /// How many people gain or lose a doctor within reach, and how many a following, together.
    pub(super) fn concerned(&self) -> f64 {
        let change = |[before, after]: [Patients; 2]| (after.0 - before.0).abs();
        change(self.followed) + self.reached.map_or(0.0, change)
    }

    fn changes(&self) -> bool {
        // What a solver leaves of rounding is no patient.
        self.concerned() > 1e-6 || self.nearest[0] != self.nearest[1]
    }
}

/// The communes for which anything changes. Those with most people concerned come first, then in order of the territory
/// or of codes.
pub(super) fn changes(plans: [&Plan; 2], known: Knowledge<'_>) -> Vec<CommuneChange> {
    let followed = plans.map(followed);
    let served = plans.map(|plan| plan.sessions.iter().map(|session| &*session.site).collect());
    let of = |code: &str, name: Option<&str>, rank: Option<usize>| CommuneChange {
        code: code.to_owned(),
        name: name.map(str::to_owned),
        reached: known
            .problem()
            .zip(rank)
            .map(|(problem, rank)| plans.map(|plan| reached(plan, problem, rank))),
        followed: [0, 1].map(|side| followed[side].get(code).copied().unwrap_or_default()),
        nearest: [0, 1].map(|side| nearest(code, &served[side], known)),
    };
    let mut changes: Vec<CommuneChange> = match known.problem() {
        Some(problem) => {
            let communes = problem.territory().communes.iter().enumerate();
            communes.map(|(rank, commune)| of(&commune.code, Some(&commune.name), Some(rank))).collect()
        }
        None => {
            let codes: BTreeSet<&str> = followed.iter().flat_map(|of| of.keys().copied()).collect();
            codes.into_iter().map(|code| of(code, None, None)).collect()
        }
    };
    changes.retain(CommuneChange::changes);
    changes.sort_by(|a, b| b.concerned().total_cmp(&a.concerned()));
    changes
}

fn followed(plan: &Plan) -> BTreeMap<&str, Patients> {
    let mut followed = BTreeMap::<&str, Patients>::new();
    for coverage in &plan.coverage {
        *followed.entry(&*coverage.commune).or_default() += coverage.patients;
    }
    followed
}

fn reached(plan: &Plan, problem: &Problem, commune: usize) -> Patients {
    let served = plan.served_sites(problem);
    let shares = problem.sites_near(commune).filter(|&site| served[site]);
    let best =
        shares.filter_map(|site| problem.share(commune, site)).map(|share| share.0).fold(0.0, f64::max);
    let people: f64 = Profile::ALL.into_iter().map(|profile| problem.patients(commune, profile)).sum();
    Patients(best * people)
}

/// The nearest of some sites, the first by id where several are as near.
fn nearest(commune: &str, served: &BTreeSet<&str>, known: Knowledge<'_>) -> Option<Nearby> {
    let times = known.times()?;
    let limit = known.problem().map_or(Millis::MAX, |problem| widest_reach(problem.territory()));
    let trips = served.iter().filter_map(|site| Some((times.trip(commune, site)?.time, *site)));
    let nearest = trips.filter(|(time, _)| *time <= limit).min();
    nearest.map(|(time, site)| Nearby { site: site.to_owned(), time })
}
