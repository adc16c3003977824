//! Branch and bound where rules on calendar and people hold: on how often rules are broken, on what there is of all sites
//! and what they share, on which sites are open, on how many sessions they have, and on the rest.
//!
//! A part of the plans is ranges of columns and rows. Its program is solved by an interior point method, which gives a
//! bound, rows that the solution breaks are added, and columns are fixed that would take the bound below the best plan.
//! Such a solution lies in the middle of all optima: for branching, others at corners of them are sought.
//!
//! Which decisions take most from the bound is learnt on the way, and a long search begins anew with that; on restarts see
//! Achterberg (2007), Constraint Integer Programming.

mod choose;
mod decisions;
mod losses;
mod part;
mod relax;
mod tighten;

use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use super::branch::{Proof, Target, outward};
use super::master::{Alone, Diver, Master, Outline, Shares};
use super::meter::Meter;
use super::program::{Point, Program, Row};
use losses::Losses;
use part::{Part, Side};

/// Columns of all open parts together: some 24 bytes each.
const MOST_COLUMNS: usize = 8_000_000;

/// Corners of the best solutions of a part that are looked at.
const CORNERS: usize = 2;

/// When a search begins anew.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anew {
    /// Programs that were solved by then: twice as many the next time.
    pub(super) nodes: usize,
    /// Open parts that there are at least.
    pub(super) open: usize,
}

/// When it does so first.
const ANEW: Anew = Anew { nodes: 150, open: 8 };

/// A plan is as good as its bound where less lacks, as a part of it.
const LEAST: f64 = 1e-9;

/// Part of the gap asked for within which plans are not sought. The rest is room for rounding.
const OF_THE_GAP: f64 = 0.9;

/// Makes a calendar with so many sessions by vehicle and site, like a relaxed solution, and answers with its value; None
/// when it finds none. One that is worth the last argument is good enough.
pub(super) type Realise<'r> = &'r mut dyn FnMut(&[Vec<u32>], &Outline, f64) -> Option<f64>;

/// A search of the plans of a model, which can go on where it stopped.
pub(super) struct Tree<'m, 'a> {
    master: &'m Master<'a>,
    /// Its program with some worths a little less, twice: each has one optimum.
    leaning: [Program; CORNERS],
    meter: &'m Meter<'m>,
    best: f64,
    open: BinaryHeap<Part>,
    /// Where it followed decisions when its turn was over: the next one goes on there.
    halted: Option<Part>,
    /// Greatest bound of the parts that were given up, or not worth searching for the gap that is asked.
    lost: f64,
    target: Target,
    /// Work of the meter at which it stops for now.
    until: u64,
    nodes: usize,
    /// Sessions by vehicle and site that a calendar was asked for.
    tried: BTreeSet<Vec<u32>>,
    /// What is known of the calendars of sites, and the rows that were added; all plans keep them.
    alone: Alone,
    gained: Vec<Row>,
    /// The root by shares of calendars, while they are asked for; and once they are there.
    asking: Option<Shares>,
    shares: Option<Arc<Shares>>,
    /// What decisions took from the bound so far.
    losses: Losses,
    /// All plans, with the rows of the root, from where it begins anew.
    root: Option<Part>,
    anew: Anew,
    /// Bound when it last began anew; infinite before.
    proven: f64,
    /// The solution that was looked at last.
    looked_at: Option<Point>,
}

/// Bounds the plans of a model whose solutions still have to be made into calendars; `realise` keeps those that it
/// makes. A part without fractions of which it makes no calendar as good as its bound is given up: its bound counts.
pub(super) fn search(master: &Master<'_>, target: Target, realise: Realise<'_>, meter: &Meter<'_>) -> Proof {
    match Tree::plant(master, target, meter) {
        Ok(mut tree) => tree.go_on(target, u64::MAX, realise),
        Err(proof) => proof,
    }
}

impl<'m, 'a> Tree<'m, 'a> {
    /// A search that has only relaxed the model so far; where that cannot be, the proof of it.
    pub(super) fn plant(
        master: &'m Master<'a>,
        target: Target,
        meter: &'m Meter<'m>,
    ) -> Result<Tree<'m, 'a>, Proof> {
        if meter.must_stop().is_some() {
            return Err(Proof::of_nothing());
        }
        let mut tree = Tree {
            leaning: std::array::from_fn(|rank| master.program.leaning(rank as u64 + 1)),
            best: target.known,
            open: BinaryHeap::new(),
            halted: None,
            lost: f64::NEG_INFINITY,
            target,
            until: u64::MAX,
            nodes: 1,
            tried: BTreeSet::new(),
            alone: Alone::default(),
            gained: Vec::new(),
            asking: None,
            shares: None,
            losses: Losses::default(),
            root: None,
            anew: ANEW,
            proven: f64::INFINITY,
            looked_at: None,
            master,
            meter,
        };
        match tree.root() {
            Side { part: Some(root), .. } => tree.open.push(root),
            Side { lost: f64::NEG_INFINITY, .. } if target.known == f64::NEG_INFINITY => {
                return Err(Proof { bound: f64::NEG_INFINITY, ..Proof::of_nothing() });
            }
            // With a plan at hand there cannot be none.
            Side { lost: f64::NEG_INFINITY | f64::INFINITY, .. } => return Err(Proof::of_nothing()),
            Side { lost, .. } => tree.lost = lost,
        }
        Ok(tree)
    }

    /// Searches until the target is met, as many programs are solved or steps done, or the meter says so.
    pub(super) fn go_on(&mut self, target: Target, steps: u64, realise: Realise<'_>) -> Proof {
        self.best = self.best.max(target.known);
        self.target = Target { nodes: target.nodes.saturating_add(self.nodes - 1), ..target };
        self.until = self.meter.work().saturating_add(steps);
        self.run(realise);
        self.proof()
    }

    /// What is proven so far.
    pub(super) fn proof(&self) -> Proof {
        Proof { bound: outward(self.bound()), branched: self.nodes > 1, best: None }
    }

    /// The relaxed solution that was looked at last.
    pub(super) fn outline(&self) -> Option<Outline> {
        let corner =
            self.looked_at.clone().or_else(|| self.corners(self.waiting().next()?).into_iter().next())?;
        Some(self.master.outline(&corner))
    }

    /// What looks for whole calendars near the relaxed solution of all plans, once that is known well enough.
    pub(super) fn diver(&self) -> Option<Diver<'m, 'a>> {
        Some(Diver::new(self.master, Arc::clone(self.shares.as_ref()?)))
    }

    /// Whether it stopped at the root, while calendars are asked for.
    pub(super) fn is_asking(&self) -> bool {
        self.nodes == 1 && self.asking.is_some() && self.halted.is_some()
    }

    /// Programs solved for decisions so far.
    pub(super) fn nodes(&self) -> usize {
        self.nodes
    }

    /// Sets when it begins anew.
    #[cfg(test)]
    pub(super) fn set_anew(&mut self, anew: Anew) {
        self.anew = anew;
    }

    /// Whether there is nothing left to search, or no memory to search it.
    pub(super) fn is_over(&self) -> bool {
        self.is_full() || self.waiting().all(|part| self.is_settled(part.bound))
    }

    /// Whether the bound stays what it is because of parts that were given up.
    pub(super) fn is_stuck(&self) -> bool {
        self.waiting().all(|part| part.bound <= self.lost)
    }

    /// No plan is better than the best one known, and this.
    fn bound(&self) -> f64 {
        let left = self.waiting().map(|part| part.bound).fold(self.lost, f64::max);
        left.min(self.proven).max(self.best)
    }

    /// The part where it stopped, and the best one of the other open parts.
    fn waiting(&self) -> impl Iterator<Item = &Part> {
        self.halted.iter().chain(self.open.peek())
    }

    fn run(&mut self, realise: Realise<'_>) {
        loop {
            self.begin_anew();
            let Some(part) = self.halted.take().or_else(|| self.open.pop()) else { return };
            self.meter.bounded(outward(self.bound().max(part.bound)));
            if self.is_settled(part.bound) {
                self.leave(part.bound);
                continue;
            }
            if self.must_stop() {
                self.halted = Some(part);
                return;
            }
            self.follow(part, realise);
        }
    }

    /// Begins anew after a long search with many open parts: what is known of decisions by now makes a smaller tree.
    fn begin_anew(&mut self) {
        let is_time = self.nodes >= self.anew.nodes && self.open.len() >= self.anew.open;
        if !is_time || self.halted.is_some() || self.is_stuck() {
            return;
        }
        let Some(mut root) = self.root.clone() else { return };
        self.anew.nodes = 2 * self.nodes;
        self.proven = self.bound();
        root.bound = root.bound.min(self.proven);
        self.open.clear();
        self.open.push(root);
    }

    /// Gives up what has this bound, a part or some of one.
    fn leave(&mut self, bound: f64) {
        self.lost = self.lost.max(bound);
    }

    fn must_stop(&self) -> bool {
        self.nodes >= self.target.nodes || self.is_full() || self.is_turn_over()
    }

    fn is_turn_over(&self) -> bool {
        self.meter.work() >= self.until || self.meter.must_stop().is_some()
    }

    /// Whether the open parts take as much memory as they may.
    fn is_full(&self) -> bool {
        self.open.len() * self.master.program.columns.len() > MOST_COLUMNS
    }

    /// Whether a part with this bound holds nothing better than the gap asks for.
    fn is_settled(&self, bound: f64) -> bool {
        self.best > f64::NEG_INFINITY && bound - self.best <= self.room(bound)
    }

    /// How far from a bound a plan may be.
    fn room(&self, bound: f64) -> f64 {
        let least = if self.best.is_finite() { LEAST * self.best.abs() } else { 0.0 };
        (self.target.gap * bound.abs()).max(least)
    }

    /// Plans that are worth no more are not sought.
    fn enough(&self) -> f64 {
        if self.best.is_finite() { self.best + OF_THE_GAP * self.room(self.best) } else { f64::NEG_INFINITY }
    }

    /// Follows the better side of each decision until a plan or nothing worth having is left.
    fn follow(&mut self, mut part: Part, realise: Realise<'_>) {
        loop {
            self.leave(part.left_out);
            if !self.tighten(&mut part, realise) {
                return;
            }
            if self.is_settled(part.bound) {
                return self.leave(part.bound);
            }
            if self.must_stop() {
                self.halted = Some(part);
                return;
            }
            let mut corners = self.corners(&part);
            // A turn that is over now still branches: else the next one might only come as far again.
            if self.meter.must_stop().is_some() {
                self.halted = Some(part);
                return;
            }
            if corners.is_empty() {
                corners.push(part.point.clone());
            }
            let corner = corners[0].clone();
            let asked = self.ask(&part, &corner, false, realise);
            if self.is_settled(part.bound) {
                return self.leave(part.bound);
            }
            if self.nodes == 1 {
                self.root = Some(part.clone());
            }
            let parts = self.branch(&part, &corners);
            // A corner without fractions may still be no calendar: rows that were not sought there tell.
            if parts.is_none() {
                match self.cut_off(&mut part, &corner) {
                    Some(true) => continue,
                    Some(false) => return,
                    None => {}
                }
            }
            if parts.is_none() && !asked {
                self.ask(&part, &corner, true, realise);
            }
            self.looked_at = Some(corner);
            let Some(parts) = parts else { return self.leave(part.bound) };
            let mut parts = parts.into_iter();
            let Some(first) = parts.next() else { return };
            part = first;
            self.open.extend(parts);
        }
    }

    /// Asks for a calendar with the sessions of a solution, where they are whole: once, but for solutions whose dates are
    /// whole, too. Whether it asked.
    fn ask(&mut self, part: &Part, point: &Point, is_dated: bool, realise: Realise<'_>) -> bool {
        let Some(whole) = self.master.whole_sessions(point) else { return false };
        let counts = self.master.by_vehicle(&whole);
        if !self.tried.insert(whole) && !is_dated {
            return false;
        }
        let enough = part.bound - OF_THE_GAP * self.room(part.bound);
        self.learn(realise(&counts, &self.master.outline(point), enough));
        true
    }

    /// Takes over the value of a plan that was made.
    fn learn(&mut self, value: Option<f64>) {
        if let Some(value) = value.filter(|value| *value > self.best) {
            self.best = value;
            self.meter.improved(value);
        }
    }
}
