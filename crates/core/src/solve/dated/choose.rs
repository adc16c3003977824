//! Which decision parts a part.

use rayon::prelude::*;

use super::Tree;
use super::decisions::{decisions, is_split};
use super::losses::score;
use super::part::{Ahead, Part, Side};
use crate::solve::decision::Decision;
use crate::solve::interior::Ranges;
use crate::solve::program::{Bound, Point, Row};

/// Decisions of which both sides are solved, at the root and elsewhere: new ones, and those that took most from the bound
/// of other parts.
const LOOK_AHEAD: [(usize, usize); 2] = [(8, 1), (3, 1)];

/// Decisions that are looked ahead at together.
const AT_A_TIME: usize = 2;

/// A bound that comes down by less than this part of the gap asked for has not moved.
const FLAT: f64 = 0.1;

/// What a decision can take from a bound at most, as a part of it, where no plan is known.
const MOST_LOST: f64 = 0.01;

impl Tree<'_, '_> {
    /// The parts that a part falls into, the better one first; None when everything is whole at the first of
    /// its corners.
    ///
    /// Decisions are looked ahead on both sides. Where a side is not worth having the other one is taken, for all such
    /// decisions at once; otherwise the decision on which both sides lose most parts the part.
    pub(super) fn branch(&mut self, part: &Part, corners: &[Point]) -> Option<Vec<Part>> {
        let mut split = Vec::new();
        for some in self.candidates(corners).chunks(AT_A_TIME) {
            let (settled, more): (Vec<_>, Vec<_>) =
                self.look_ahead(part, some.to_vec()).into_iter().partition(Ahead::lost_side);
            if !settled.is_empty() {
                return Some(self.force(part, settled).into_iter().collect());
            }
            split.extend(more);
        }
        let best = split.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))?;
        let [down, up] = best.sides.map(|side| side.part);
        // More decides more, where it takes as little.
        let is_down = down
            .as_ref()
            .zip(up.as_ref())
            .is_some_and(|(down, up)| down.bound > up.bound + FLAT * self.room(part.bound));
        let parts = if is_down { [down, up] } else { [up, down] };
        Some(parts.into_iter().flatten().collect())
    }

    /// Decisions to look ahead at: what is open at one corner only takes nothing from the bound on the side of the other.
    fn candidates(&self, corners: &[Point]) -> Vec<(usize, Decision)> {
        let is_firm = |decision: &Decision| {
            corners[1..].iter().all(|corner| {
                let value = corner.total(&decision.terms);
                is_split(value) && value.floor() == decision.value.floor()
            })
        };
        let sorts = decisions(self.master, &corners[0]);
        let nearest = |sort: &Vec<Decision>| {
            sort.iter().max_by(|a, b| a.value.fract().total_cmp(&b.value.fract())).cloned()
        };
        let else_one = sorts.iter().enumerate().find_map(|(rank, sort)| Some((rank, nearest(sort)?)));
        let mut known: Vec<(f64, (usize, Decision))> = Vec::new();
        let mut new: Vec<Vec<(usize, Decision)>> = Vec::new();
        for (rank, sort) in sorts.into_iter().enumerate() {
            let mut unknown = Vec::new();
            for decision in sort.into_iter().filter(is_firm) {
                match self.losses.expected(&decision) {
                    Some(score) => known.push((score, (rank, decision))),
                    None => unknown.push((rank, decision)),
                }
            }
            if !unknown.is_empty() {
                new.push(unknown);
            }
        }
        known.sort_by(|a, b| b.0.total_cmp(&a.0));
        // Sorts that took most come first, and before them those of which nothing is known.
        new.sort_by(|a, b| self.losses.of_sort(b[0].0).total_cmp(&self.losses.of_sort(a[0].0)));
        let (most_new, most_known) = LOOK_AHEAD[usize::from(self.nodes > 1)];
        // The first of each sort, then the second of each.
        let ranks = 0..new.iter().map(Vec::len).max().unwrap_or(0);
        let new =
            ranks.flat_map(|rank| new.iter().filter_map(move |sort| sort.get(rank))).take(most_new).cloned();
        let known = known.into_iter().take(most_known).map(|(_, decision)| decision);
        let mut candidates: Vec<(usize, Decision)> = known.chain(new).collect();
        if candidates.is_empty() {
            candidates.extend(else_one);
        }
        candidates
    }

    /// The part of a part where each of these decisions is taken on the side that is worth having; None when there is no
    /// such part.
    fn force(&mut self, part: &Part, settled: Vec<Ahead>) -> Option<Part> {
        let several = settled.len() > 1;
        let (mut rows, mut ranges, mut bound) = (part.rows.clone(), part.ranges.clone(), part.bound);
        let mut only = None;
        for Ahead { decision, sides, .. } in settled {
            let lost = sides.iter().filter(|side| side.part.is_none()).map(|side| side.lost);
            self.lost = lost.fold(self.lost, f64::max);
            let [down, up] = sides.map(|side| side.part);
            let side = if down.is_some() { Bound::AtMost } else { Bound::AtLeast };
            let other = down.or(up)?;
            bound = bound.min(other.bound);
            if self.take(&decision, side, &mut rows, &mut ranges).is_none() {
                self.leave(self.enough());
                return None;
            }
            only = Some(other);
        }
        if !several {
            return only;
        }
        self.nodes += 1;
        let side = self.relax(bound, ranges, rows, part.kept.clone());
        if side.part.is_none() {
            self.leave(side.lost);
        }
        side.part
    }

    /// Takes a side of a decision, as a range where it is on one column, else as a row; None where nothing is left.
    fn take(&self, decision: &Decision, side: Bound, rows: &mut Vec<Row>, ranges: &mut Ranges) -> Option<()> {
        let row = decision.row(side);
        match (decision.terms.as_slice(), side) {
            (&[(column, 1.0)], Bound::AtMost) => ranges.keep_below(column, row.2, true).map(|_| ()),
            (&[(column, 1.0)], _) => ranges.keep_above(column, row.2, true).map(|_| ()),
            _ => {
                rows.push(row);
                Some(())
            }
        }
    }

    /// Solves both sides of some decisions, and learns from what they lose.
    fn look_ahead(&mut self, part: &Part, decisions: Vec<(usize, Decision)>) -> Vec<Ahead> {
        let tree = &*self;
        let solved: Vec<((usize, Decision), [Side; 2])> = decisions
            .into_par_iter()
            .map(|(sort, decision)| {
                let (down, up) = rayon::join(
                    || tree.side(part, &decision, Bound::AtMost),
                    || tree.side(part, &decision, Bound::AtLeast),
                );
                ((sort, decision), [down, up])
            })
            .collect();
        self.nodes += 2 * solved.len();
        // There is no more to lose than to the best plan.
        let most = if self.best.is_finite() { part.bound - self.best } else { MOST_LOST * part.bound.abs() };
        let ahead = |((sort, decision), sides): ((usize, Decision), [Side; 2])| {
            let losses = [0, 1].map(|rank: usize| part.bound - sides[rank].bound());
            self.losses.learn(sort, &decision, losses.map(|loss| loss.min(most)));
            Ahead { score: score(losses[0], losses[1]), decision, sides }
        };
        solved.into_iter().map(ahead).collect()
    }

    /// The part of a part on one side of a decision.
    fn side(&self, part: &Part, decision: &Decision, side: Bound) -> Side {
        let (mut rows, mut ranges) = (part.rows.clone(), part.ranges.clone());
        match self.take(decision, side, &mut rows, &mut ranges) {
            Some(()) => self.relax(part.bound, ranges, rows, part.kept.clone()),
            None => Side::without(self.enough()),
        }
    }
}
