//! Rows that relaxed solutions break; at the root also those that come of calendars as columns, and the first plan made of
//! these.

use std::sync::Arc;

use super::part::Part;
use super::{OF_THE_GAP, Realise, Tree};
use crate::solve::cuts::cuts;
use crate::solve::master::Shares;
use crate::solve::program::{Point, Row};

/// Times that rows are sought for a solution, first those on sites alone, then others: at the root, and elsewhere.
const ROUNDS: [[usize; 2]; 2] = [[200, 30], [3, 0]];

/// After so many times the bound must be better by this part of what it is too high, or no more rows are sought: at the
/// root, and elsewhere.
const LATELY: [usize; 2] = [3, 1];
const BETTER: f64 = 0.02;

/// Columns up to which a model takes calendars as columns, too.
const FEW_COLUMNS: usize = 20_000;

/// A bound is too high by this part of it, where no plan is known.
const TOO_HIGH: f64 = 0.01;

/// Part of what there is to gain that the first plan made of calendars must bring.
const MUST_BRING: f64 = 0.5;

/// A row that is broken by less is none.
const BROKEN: f64 = 1e-6;

/// Work of seeking rows for a site.
const SEEKING: u64 = 2_000;

/// Work of rounding a row.
const CUTTING: u64 = 20;

impl Tree<'_, '_> {
    /// Adds the rows of the root, before any branching.
    #[cfg(test)]
    pub(in crate::solve) fn tighten_root(&mut self) {
        if let Some(mut root) = self.open.pop()
            && self.tighten(&mut root, &mut |_, _, _| None)
        {
            self.open.push(root);
        }
    }

    /// Adds rows that the solution of a part breaks, as long as they take something from its bound, and at the root makes a
    /// plan near its solution; whether anything is left that is worth having.
    pub(super) fn tighten(&mut self, part: &mut Part, realise: Realise<'_>) -> bool {
        let is_root = self.nodes == 1;
        let [alone, others] = ROUNDS[usize::from(!is_root)];
        let lately = LATELY[usize::from(!is_root)];
        // No rows are sought again before the calendars are complete: those tell more.
        ((is_root && self.asking.is_some()) || self.add_rounds(part, alone, lately, false))
            && (!is_root || self.add_calendars(part, realise))
            && self.add_rounds(part, others, lately, true)
    }

    /// Adds the rows on sites alone that together take most from the bound of the root.
    fn add_calendars(&mut self, part: &mut Part, realise: Realise<'_>) -> bool {
        let program = &self.master.program;
        if self.shares.is_some() || program.columns.len() > FEW_COLUMNS || self.is_settled(part.bound) {
            return true;
        }
        let mut shares = self.asking.take().unwrap_or_else(|| {
            let more: Vec<&Row> = part.kept.iter().map(|&rank| &self.gained[rank]).collect();
            let bound = part.bound - self.master.value_of(0.0);
            Shares::new(self.master, &mut self.alone, &more, (&part.ranges, bound), self.meter)
        });
        while !shares.is_done() {
            if self.is_turn_over() {
                self.asking = Some(shares);
                return true;
            }
            shares.sweep(&self.alone, self.meter);
        }
        let first = self.gained.len();
        self.gained.extend(shares.rows());
        self.shares = Some(Arc::new(shares));
        let new: Vec<usize> = (first..self.gained.len()).collect();
        if !new.is_empty() && self.add_known(part, new).is_none() {
            return false;
        }
        self.dive_for_calendars(part.bound, realise);
        true
    }

    /// Has the first whole calendars near the relaxed solution of all plans made into a plan.
    fn dive_for_calendars(&mut self, bound: f64, realise: Realise<'_>) {
        let worth_it = self.best + MUST_BRING * (bound - self.best);
        let enough = if self.best.is_finite() { worth_it } else { f64::NEG_INFINITY };
        let found = self.diver().and_then(|diver| diver.begin(0, enough).go_on(enough, u64::MAX, self.meter));
        if let Some((counts, outline)) = found {
            let enough = bound - OF_THE_GAP * self.room(bound);
            self.learn(realise(&counts, &outline, enough));
        }
    }

    /// Adds rows so many times at most, while that took something from the bound lately.
    fn add_rounds(&mut self, part: &mut Part, rounds: usize, lately: usize, with_cuts: bool) -> bool {
        // What a part of a proof left off the next one goes on with.
        let rank = usize::from(with_cuts);
        if part.sought[rank].is_empty() {
            part.sought[rank].push(part.bound);
        }
        self.leave(part.left_out);
        while part.sought[rank].len() <= rounds && !self.is_turn_over() && !self.is_settled(part.bound) {
            let bounds = &part.sought[rank];
            if bounds.len() > lately && !self.is_better(bounds[bounds.len() - 1 - lately], part.bound) {
                return true;
            }
            let new = self.broken(part, &part.point.clone(), with_cuts);
            let is_tighter = if new.is_empty() { Some(false) } else { self.add_known(part, new) };
            match is_tighter {
                Some(true) => part.sought[rank].push(part.bound),
                // A turn that is over here must not come to the same again.
                Some(false) => part.sought[rank].resize(rounds + 1, part.bound),
                None => return false,
            }
        }
        true
    }

    /// Adds rows that were gained; whether they could be: None where nothing is left that is worth having.
    fn add_known(&mut self, part: &mut Part, new: Vec<usize>) -> Option<bool> {
        let kept = part.kept.iter().copied().chain(new).collect();
        let side = self.relax(part.bound, part.ranges.clone(), part.rows.clone(), kept);
        match side.part {
            Some(tighter) => {
                let sought = std::mem::take(&mut part.sought);
                *part = Part { sought, ..tighter };
                self.leave(part.left_out);
                Some(true)
            }
            // The solver gave up: it is as it was before.
            None if side.lost > f64::NEG_INFINITY && !self.is_settled(side.lost) => Some(false),
            None => {
                self.leave(side.lost);
                None
            }
        }
    }

    /// Whether a bound has come down enough for more rows to be worth it.
    fn is_better(&self, before: f64, now: f64) -> bool {
        let excess = if self.best.is_finite() { before - self.best } else { TOO_HIGH * before.abs() };
        before - now > BETTER * excess
    }

    /// Adds the rows on sites alone that a corner of a part breaks; None where there are none, else whether anything is left
    /// that is worth having.
    pub(super) fn cut_off(&mut self, part: &mut Part, corner: &Point) -> Option<bool> {
        let new = self.broken(part, corner, false);
        if new.is_empty() {
            return None;
        }
        match self.add_known(part, new) {
            Some(true) => Some(true),
            Some(false) => None,
            None => Some(false),
        }
    }

    /// Rows that a solution of a part breaks, by rank: those gained before, else new ones.
    fn broken(&mut self, part: &Part, point: &Point, with_cuts: bool) -> Vec<usize> {
        let breaks = |(terms, _, most): &Row| point.total(terms) > most + BROKEN;
        let is_new = |rank: &usize| !part.kept.contains(rank) && breaks(&self.gained[*rank]);
        let known: Vec<usize> = (0..self.gained.len()).filter(is_new).collect();
        if !known.is_empty() {
            return known;
        }
        let (mut found, sites) = self.master.rows_alone(&mut self.alone, point);
        self.meter.spend(SEEKING * sites);
        if with_cuts {
            let values = point.values().to_vec();
            let (more, looked_at) = cuts(&self.master.program, &self.gained, values);
            self.meter.spend(CUTTING * looked_at);
            found.extend(more);
        }
        // A row that is there already is only broken by rounding: to add it again would never end.
        let is_there = |(terms, ..): &Row| part.kept.iter().any(|&rank| self.gained[rank].0 == *terms);
        found.retain(|row| breaks(row) && !is_there(row));
        let first = self.gained.len();
        self.gained.extend(found);
        (first..self.gained.len()).collect()
    }
}
