//! What decisions take from the bound: learnt where both of their sides were solved, to tell later ones beforehand.
//!
//! Pseudocosts with strong branching where there are none yet, as by Achterberg, Koch & Martin (2005), Branching rules
//! revisited, Operations Research Letters 33(1).

use std::collections::BTreeMap;

use super::decisions::Candidate;
use crate::solve::decision::Decision;
use crate::solve::program::Col;

/// A loss below this is none.
const LEAST: f64 = 1e-6;

/// Losses of one side, each for a whole step of the value.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    sum: f64,
    times: u32,
}

/// What decisions lost so far.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// By the columns of a decision: its sides.
    sides: BTreeMap<Vec<Col>, [Seen; 2]>,
    /// By rank of the sort: how good its decisions were, in all, and how many.
    sorts: BTreeMap<usize, (f64, u32)>,
}

impl Losses {
    /// Learns what the sides of a decision took from the bound.
    pub(super) fn learn(&mut self, Candidate { sort, decision }: &Candidate, losses: [f64; 2]) {
        let (sum, times) = self.sorts.entry(*sort).or_default();
        *sum += score(losses[0], losses[1]);
        *times += 1;
        let seen = self.sides.entry(columns(decision)).or_default();
        for ((seen, loss), step) in seen.iter_mut().zip(losses).zip(steps(decision)) {
            seen.sum += loss.max(0.0) / step.max(LEAST);
            seen.times += 1;
        }
    }

    /// How good a decision should be, where it is known.
    pub(super) fn expected(&self, decision: &Decision) -> Option<f64> {
        let [down, up] = self.sides.get(&columns(decision))?;
        let steps = steps(decision);
        let loss = |seen: &Seen, step: f64| seen.sum / f64::from(seen.times) * step;
        Some(score(loss(down, steps[0]), loss(up, steps[1])))
    }

    /// How good decisions of a sort were; as good as can be where none was looked at.
    pub(super) fn of_sort(&self, sort: usize) -> f64 {
        self.sorts.get(&sort).map_or(f64::INFINITY, |&(sum, times)| sum / f64::from(times))
    }
}

/// How good a decision is whose sides lose so much.
pub(super) fn score(down: f64, up: f64) -> f64 {
    down.max(LEAST) * up.max(LEAST)
}

fn columns(decision: &Decision) -> Vec<Col> {
    decision.terms.iter().map(|&(column, _)| column).collect()
}

/// How far the value is from the whole numbers below and above.
fn steps(decision: &Decision) -> [f64; 2] {
    let below = decision.value - decision.value.floor();
    [below, 1.0 - below]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_beforehand_once_it_is_known() {
        let at = |value| Decision { terms: vec![(3, 1.0)], value };
        let mut losses = Losses::default();
        assert_eq!(losses.expected(&at(0.5)), None);
        for (value, loss) in [(0.5, 9.0), (1.25, 7.0), (0.75, 6.0), (2.5, 10.0)] {
            let below = f64::fract(value);
            let candidate = Candidate { sort: 5, decision: at(value) };
            losses.learn(&candidate, [loss * below, 2.0 * (1.0 - below)]);
        }
        assert!((losses.expected(&at(7.25)).unwrap() - 2.0 * 1.5).abs() < 1e-9);
        // 4.5 x 1, 1.75 x 1.5, 4.5 x 0.5 and 5 x 1.
        assert!((losses.of_sort(5) - 14.375 / 4.0).abs() < 1e-9);
        assert_eq!(losses.of_sort(4), f64::INFINITY);
        assert_eq!(losses.expected(&Decision { terms: vec![(4, 1.0)], value: 0.5 }), None);
    }
}
