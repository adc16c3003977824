//! What is not whole in a relaxed solution.

use crate::solve::decision::{Decision, split, split_sums};
use crate::solve::master::Master;
use crate::solve::program::{Point, Terms};

/// A value this close to a whole number is that number: an interior point comes no closer.
const WHOLE: f64 = 1e-3;

/// A decision, and the rank of its sort.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) sort: usize,
    pub(super) decision: Decision,
}

/// What is not whole, by sort: all breaches of a rule, sums over all sites, whole days of doctors and what else sites
/// share, openings, sessions, days, and single breaches, always in that order; of each sort the most undecided first.
pub(super) fn decisions(master: &Master<'_>, point: &Point) -> Vec<Vec<Candidate>> {
    let single = |column: usize| vec![(column, 1.0)];
    let doctor_days = master.doctor_days().map(single).collect();
    let opens: Vec<Terms> = master.opens.iter().map(|&open| single(open)).collect();
    let days = master.fillings.iter().map(|filling| single(filling.days)).collect();
    let dated = master.dated().map(single).collect();
    let breaches: Vec<Terms> = master.breaches().cloned().collect();
    let single_ones =
        breaches.iter().filter(|of_rule| of_rule.len() > 1).flatten().map(|&breach| vec![breach]).collect();
    let first =
        [breaches, master.totals.clone(), doctor_days, master.shared.clone(), opens, master.visits.clone()];
    let sorts = first.into_iter().chain(master.later.iter().cloned()).chain([days, dated, single_ones]);
    let candidates = |(sort, sums): (usize, Vec<Terms>)| {
        let split = split_sums(point, sums.into_iter(), WHOLE).into_iter();
        split.map(|decision| Candidate { sort, decision }).collect()
    };
    sorts.enumerate().map(candidates).collect()
}

/// Whether a value is no whole number.
pub(super) fn is_split(value: f64) -> bool {
    split(value) > WHOLE
}
