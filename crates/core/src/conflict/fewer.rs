//! The fewest rules that conflict.
//!
//! Whatever conflicts breaks something in every plan: it hits the broken rules of each plan that is known. So the fewest
//! rules that hit them all either conflict, and none fewer do, or some plan keeps them, which gives one more set to hit.
//! Ignatiev, Previti, Liffiton and Marques-Silva: smallest MUS extraction with minimal hitting set dualization (2015).

use super::{FEWEST, Search};
use crate::plan::breaches;
use crate::solve::Kept;
use crate::territory::RuleName;

/// Plans asked for at most.
const PLANS: usize = 60;

/// Sets of rules looked at, at most, for the fewest that hit all.
const SETS: usize = 200_000;

impl Search<'_> {
    /// The fewest rules that conflict, and whether that is proven; else no plan was found that keeps them. None where the
    /// limits leave no time to tell, or a plan keeps all rules after all.
    pub(super) fn fewest(&self) -> Option<(Vec<RuleName>, bool)> {
        let plain = self.problem.territory().clashes().into_iter().next();
        let mut broken: Vec<Vec<usize>> = Vec::new();
        for _ in 0..PLANS {
            if self.must_stop(FEWEST) {
                return None;
            }
            let candidate = fewest(&broken, self.all.len() + 1)?;
            if let Some(clash) = plain.as_ref().filter(|clash| candidate.len() >= clash.len()) {
                return Some((clash.to_vec(), true));
            }
            let candidate: Vec<RuleName> =
                candidate.into_iter().map(|rule| self.all.get(rule).cloned()).collect::<Option<_>>()?;
            let sessions = match self.keep(&candidate, FEWEST) {
                Kept::By(sessions) => sessions,
                Kept::Never => return Some((candidate, true)),
                Kept::NotFound if candidate.is_empty() || self.must_stop(FEWEST) => return None,
                Kept::NotFound => {
                    let proven = self.is_proven(&candidate);
                    return Some((candidate, proven));
                }
            };
            let breached = breaches(self.problem.territory(), &sessions);
            let is_broken = |rule: &RuleName| {
                !candidate.contains(rule) && breached.iter().any(|breach| breach.rule == *rule)
            };
            broken.push((0..self.all.len()).filter(|&rule| is_broken(&self.all[rule])).collect());
        }
        None
    }
}

/// The fewest elements, below `most`, of which each set has one; as many as `most` where fewer do not do. None where that
/// takes too long to see.
fn fewest(sets: &[Vec<usize>], most: usize) -> Option<Vec<usize>> {
    let mut looks = 0;
    for size in 0..most {
        let mut chosen = Vec::new();
        if hit(sets, size, &mut chosen, &mut looks) {
            return Some(chosen);
        }
        if looks > SETS {
            return None;
        }
    }
    Some((0..most).collect())
}

/// Whether so many elements more hit all sets, and which.
fn hit(sets: &[Vec<usize>], more: usize, chosen: &mut Vec<usize>, looks: &mut usize) -> bool {
    *looks += 1;
    let missed = sets.iter().find(|set| !set.iter().any(|element| chosen.contains(element)));
    let Some(missed) = missed else { return true };
    if more == 0 || *looks > SETS {
        return false;
    }
    missed.iter().any(|&element| {
        chosen.push(element);
        let all = hit(sets, more - 1, chosen, looks);
        if !all {
            chosen.pop();
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fewest_elements_hit_every_set_and_no_fewer_do(
            sets in prop::collection::vec(prop::collection::vec(0usize..7, 1..4), 0..7)
        ) {
            let hits =
                |chosen: u32| sets.iter().all(|set| set.iter().any(|element| chosen >> element & 1 == 1));
            let least = (0u32..128).filter(|&chosen| hits(chosen)).map(u32::count_ones).min();
            let found = fewest(&sets, 8).unwrap();
            prop_assert_eq!(Some(found.len() as u32), least);
            prop_assert!(hits(found.iter().fold(0, |all, element| all | 1 << element)));
        }
    }
}
