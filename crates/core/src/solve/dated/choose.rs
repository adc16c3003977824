//! Which decision parts a part.

use rayon::prelude::*;

use super::Tree;
use super::decisions::{Candidate, decisions, is_split};
use super::losses::score;
use super::part::{Ahead, Part, Side};
use crate::solve::decision::Decision;
use crate::solve::interior::Ranges;
use crate::solve::program::{Bound, Point, Row};

/// Decisions of which both sides are solved, before any was taken and later: new ones, and, before these, those that took
/// most from the bound of other parts.
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
    /// Decisions are looked ahead on both sides, a few at a time. Where a side is not worth having the other one is taken;
    /// otherwise the decision on which both sides lose most parts the part.
    pub(super) fn branch(&mut self, part: &Part, corners: &[Point]) -> Option<Vec<Part>> {
        let mut split = Vec::new();
        for some in self.candidates(corners).chunks(AT_A_TIME) {
            let (settled, more): (Vec<_>, Vec<_>) =
                self.look_ahead(part, some).into_iter().partition(Ahead::lost_side);
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
    /// Those that should take most come first; of others the first of each sort, then the second of each.
    fn candidates(&self, corners: &[Point]) -> Vec<Candidate> {
        let is_firm = |Candidate { decision, .. }: &Candidate| {
            corners[1..].iter().all(|corner| {
                let value = corner.total(&decision.terms);
                is_split(value) && value.floor() == decision.value.floor()
            })
        };
        let sorts = decisions(self.master, &corners[0]);
        let nearest = |sort: &Vec<Candidate>| {
            let above = |candidate: &Candidate| candidate.decision.value.fract();
            sort.iter().max_by(|a, b| above(a).total_cmp(&above(b))).cloned()
        };
        let else_one = sorts.iter().find_map(nearest);
        let mut known: Vec<(f64, Candidate)> = Vec::new();
        let mut new: Vec<(f64, Vec<Candidate>)> = Vec::new();
        for (rank, sort) in sorts.into_iter().enumerate() {
            let mut unknown = Vec::new();
            for candidate in sort.into_iter().filter(is_firm) {
                match self.losses.expected(&candidate.decision) {
                    Some(score) => known.push((score, candidate)),
                    None => unknown.push(candidate),
                }
            }
            new.push((self.losses.of_sort(rank), unknown));
        }
        known.sort_by(|a, b| b.0.total_cmp(&a.0));
        new.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (most_new, most_known) = LOOK_AHEAD[usize::from(self.nodes > 1)];
        let places = 0..new.iter().map(|(_, sort)| sort.len()).max().unwrap_or(0);
        let new = places.flat_map(|place| new.iter().filter_map(move |(_, sort)| sort.get(place)));
        let known = known.into_iter().take(most_known).map(|(_, candidate)| candidate);
        let mut candidates: Vec<Candidate> = known.chain(new.take(most_new).cloned()).collect();
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
    fn look_ahead(&mut self, part: &Part, candidates: &[Candidate]) -> Vec<Ahead> {
        let tree = &*self;
        let solved: Vec<(&Candidate, [Side; 2])> = candidates
            .par_iter()
            .map(|candidate| {
                let side = |side| tree.side(part, &candidate.decision, side);
                let (down, up) = rayon::join(|| side(Bound::AtMost), || side(Bound::AtLeast));
                (candidate, [down, up])
            })
            .collect();
        self.nodes += 2 * solved.len();
        // There is no more to lose than to the best plan.
        let most = if self.best.is_finite() { part.bound - self.best } else { MOST_LOST * part.bound.abs() };
        let ahead = |(candidate, sides): (&Candidate, [Side; 2])| {
            let losses = [0, 1].map(|rank: usize| part.bound - sides[rank].bound());
            self.losses.learn(candidate, losses.map(|loss| loss.min(most)));
            Ahead { score: score(losses[0], losses[1]), decision: candidate.decision.clone(), sides }
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
