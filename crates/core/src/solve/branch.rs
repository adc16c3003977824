//! Branch and bound over the relaxed model: first on what sites share where rules on calendar and people hold, then on
//! which sites are open, on how many sessions they have, and on how days are filled.

mod decisions;
mod losses;
mod part;
mod tighten;

use std::collections::{BTreeSet, BinaryHeap};

use rayon::prelude::*;

use super::master::{Alone, Filling, Master};
use super::meter::Meter;
use super::program::{Bound, Ended};
use decisions::{Decision, decisions, is_split};
use losses::{Losses, score};
use part::{Node, Row, Side};

/// Work of one iteration of the simplex method.
const STEPS: u64 = 40;

/// Candidates for branching whose both sides are solved before choosing, at each node.
const LOOK_AHEAD: usize = 20;

/// The same where the programs are large, and calendars are made outside.
const FEW: usize = 4;

/// Open parts, times the rows of the model: each part keeps its solution, some hundred bytes a row.
const MOST_ROWS: usize = 2_000_000;

/// What a search over whole sessions proved and found.
pub(super) struct Proof {
    /// No plan within the scope has a greater objective.
    pub(super) bound: f64,
    /// The best plan found that beats the one to beat: how many days are filled in each way.
    pub(super) best: Option<(f64, Vec<(Filling, u32)>)>,
    /// Whether there was branching.
    pub(super) branched: bool,
}

impl Proof {
    /// A bound that says nothing.
    pub(super) fn of_nothing() -> Proof {
        Proof { bound: f64::INFINITY, best: None, branched: false }
    }
}

/// When a search may stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Objective of a plan that is known; only better ones are sought.
    pub(super) known: f64,
    /// Stop once (bound - best) / bound is at most this.
    pub(super) gap: f64,
    /// Most programs to solve.
    pub(super) nodes: usize,
}

/// Makes a calendar with so many sessions by vehicle and site, and answers with its value; None when it finds none. One
/// that is worth the second argument is good enough.
///
/// For problems that are not plain, where sessions counted by vehicle and site are not yet a calendar.
pub(super) type Realise<'r> = &'r mut dyn FnMut(&[Vec<u32>], f64) -> Option<f64>;

/// A search of the plans of a model, which can go on where it stopped.
pub(super) struct Tree<'m, 'a> {
    master: &'m Master<'a>,
    meter: &'m Meter<'m>,
    best: f64,
    plan: Option<Vec<(Filling, u32)>>,
    open: BinaryHeap<Node>,
    /// Greatest bound of the parts that were given up, or not worth searching for the gap that is asked.
    lost: f64,
    target: Target,
    nodes: usize,
    /// Whether only calendars that are made outside count as plans.
    dated: bool,
    /// Sessions by vehicle and site that a calendar was asked for.
    tried: BTreeSet<Vec<u32>>,
    /// What is known of the calendars of sites, and the rows that it brought.
    alone: Alone,
    gained: Vec<Row>,
    /// What decisions took from the bound so far.
    losses: Losses,
}

/// A decision with both of its sides.
struct Ahead {
    decision: Decision,
    sides: [Side; 2],
    score: f64,
}

impl Ahead {
    /// Whether a side is not worth having.
    fn lost_side(&self) -> bool {
        self.sides.iter().any(|side| side.node.is_none())
    }
}

/// Searches the plans of a model for one better than `target.known`, and bounds them all.
///
/// `guided` is given how open each site is in relaxed solutions, and may answer with the objective of a better plan of
/// its own.
pub(super) fn search(
    master: &Master<'_>,
    target: Target,
    guided: &mut dyn FnMut(&[f64], f64) -> Option<f64>,
    meter: &Meter<'_>,
) -> Proof {
    match Tree::plant(master, target, false, meter) {
        Ok(mut tree) => {
            tree.round_off(guided);
            tree.go_on(target, &mut None)
        }
        Err(proof) => proof,
    }
}

/// Bounds the plans of a model whose solutions still have to be made into calendars; `realise` keeps those that it
/// makes. A part without fractions of which it makes no calendar as good as its bound is given up: its bound counts.
pub(super) fn search_dated(
    master: &Master<'_>,
    target: Target,
    realise: Realise<'_>,
    meter: &Meter<'_>,
) -> Proof {
    match Tree::plant(master, target, true, meter) {
        Ok(mut tree) => tree.go_on(target, &mut Some(realise)),
        Err(proof) => proof,
    }
}

/// A bound with room for the rounding of the program that it comes from.
pub(super) fn outward(bound: f64) -> f64 {
    if bound.is_finite() { bound + 1e-7 * bound.abs() } else { bound }
}

impl<'m, 'a> Tree<'m, 'a> {
    /// A search that has only relaxed the model so far; where that cannot be, or says enough, the proof of it.
    pub(super) fn plant(
        master: &'m Master<'a>,
        target: Target,
        dated: bool,
        meter: &'m Meter<'m>,
    ) -> Result<Tree<'m, 'a>, Proof> {
        let mut proof = Proof::of_nothing();
        if meter.must_stop().is_some() {
            return Err(proof);
        }
        let optimum = match master.program.relax(&|| meter.time_to_wait()) {
            Ended::Solved(optimum) => optimum,
            // With a plan at hand that cannot be.
            Ended::Infeasible if target.known == f64::NEG_INFINITY || !dated => {
                proof.bound = f64::NEG_INFINITY;
                return Err(proof);
            }
            Ended::Infeasible | Ended::GivenUp => return Err(proof),
        };
        meter.spend(STEPS * optimum.iterations());
        let bound = master.value(&optimum);
        Ok(Tree {
            best: target.known,
            plan: None,
            open: BinaryHeap::from([Node { bound, optimum, rows: Vec::new() }]),
            lost: f64::NEG_INFINITY,
            target,
            nodes: 1,
            dated,
            tried: BTreeSet::new(),
            alone: Alone::default(),
            gained: Vec::new(),
            losses: Losses::default(),
            master,
            meter,
        })
    }

    /// Searches until the target is met, as many programs are solved, or the meter says so.
    pub(super) fn go_on(&mut self, target: Target, realise: &mut Option<Realise<'_>>) -> Proof {
        self.best = self.best.max(target.known);
        self.target = Target { nodes: target.nodes.saturating_add(self.nodes - 1), ..target };
        self.run(realise);
        let best = self.plan.take().map(|plan| (self.best, plan));
        Proof { bound: outward(self.bound()), branched: self.nodes > 1, best }
    }

    /// How open each site is in the relaxed solution of the part with the greatest bound.
    pub(super) fn openness(&self) -> Option<Vec<f64>> {
        self.open.peek().map(|node| self.master.openness(&node.optimum))
    }

    /// Whether there is nothing left to search, or no memory to search it.
    pub(super) fn is_over(&self) -> bool {
        self.is_full() || self.open.peek().is_none_or(|node| self.is_settled(node.bound))
    }

    /// No plan is better than the best one known, and this.
    fn bound(&self) -> f64 {
        let open = self.open.peek().map_or(f64::NEG_INFINITY, |node| node.bound);
        open.max(self.lost).max(self.best)
    }

    fn run(&mut self, realise: &mut Option<Realise<'_>>) {
        while let Some(node) = self.open.pop() {
            if self.master.decides_all() {
                self.meter.bounded(outward(node.bound.max(self.lost).max(self.best)));
            }
            if self.is_settled(node.bound) {
                self.lost = self.lost.max(node.bound);
                return;
            }
            if self.must_stop() {
                self.open.push(node);
                return;
            }
            self.dive(node, realise);
        }
    }

    /// Seeks plans near relaxed solutions.
    fn round_off(&mut self, guided: &mut dyn FnMut(&[f64], f64) -> Option<f64>) {
        let Some(root) = self.open.peek() else { return };
        if self.is_settled(root.bound) {
            return;
        }
        let open = self.master.openness(&root.optimum);
        if let Some(objective) = guided(&open, self.best) {
            self.best = objective;
            self.plan = None;
        }
    }

    fn must_stop(&self) -> bool {
        self.nodes >= self.target.nodes || self.is_full() || self.meter.must_stop().is_some()
    }

    /// Whether the open parts take as much memory as they may.
    fn is_full(&self) -> bool {
        self.dated && self.open.len() * self.master.program.rows.len() > MOST_ROWS
    }

    /// Whether a part with this bound holds nothing better than the gap asks for.
    fn is_settled(&self, bound: f64) -> bool {
        self.best > f64::NEG_INFINITY
            && bound - self.best <= (self.target.gap * bound.abs()).max(1e-9 * self.best.abs())
    }

    /// Follows the better side of each decision until a plan or nothing worth having is left.
    fn dive(&mut self, mut node: Node, realise: &mut Option<Realise<'_>>) {
        loop {
            if self.dated {
                self.tighten(&mut node);
                if self.is_settled(node.bound) {
                    self.lost = self.lost.max(node.bound);
                    return;
                }
            }
            if self.must_stop() {
                self.open.push(node);
                return;
            }
            if let Some(realise) = realise {
                self.ask(&node, *realise);
                if self.is_settled(node.bound) {
                    self.lost = self.lost.max(node.bound);
                    return;
                }
            }
            let Some(parts) = self.branch(&node) else { return self.finish(&node) };
            let mut parts = parts.into_iter();
            let Some(first) = parts.next() else { return };
            node = first;
            self.open.extend(parts);
        }
    }

    /// Asks for a calendar with the sessions of a node, where they are whole.
    fn ask(&mut self, node: &Node, realise: Realise<'_>) {
        let sessions: Vec<f64> = self.master.visits.iter().map(|terms| node.optimum.total(terms)).collect();
        let opens = self.master.opens.iter().map(|&open| node.optimum.value(open));
        if opens.chain(sessions.iter().copied()).any(is_split) {
            return;
        }
        let whole: Vec<u32> = sessions.iter().map(|sessions| sessions.round() as u32).collect();
        let counts = self.master.by_vehicle(&whole);
        if self.tried.insert(whole)
            && let Some(value) = realise(&counts, node.bound - 0.9 * self.target.gap * node.bound.abs())
            && value > self.best
        {
            self.best = value;
            self.meter.improved(value);
        }
    }

    /// The parts that a node falls into, the better one first; None when everything is whole.
    ///
    /// Decisions are looked ahead on both sides. Where a side is not worth having the other one is taken, for all such
    /// decisions at once; otherwise the decision on which both sides lose most parts the node. Where calendars are made
    /// outside, a decision that is well known is only looked ahead if it should be the best one.
    fn branch(&mut self, node: &Node) -> Option<Vec<Node>> {
        let decisions = decisions(self.master, &node.optimum);
        if !self.dated {
            let ahead = self.look_ahead(node, decisions.into_iter().take(LOOK_AHEAD).collect());
            return self.part(ahead);
        }
        let expected = decisions.iter().filter_map(|of| Some((self.losses.expected(of)?, of)));
        let known = expected.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(score, of)| (score, of.clone()));
        let news = decisions.into_iter().filter(|of| self.losses.expected(of).is_none()).take(FEW).collect();
        let ahead = self.look_ahead(node, news);
        let is_settled = ahead.iter().any(|of| of.lost_side());
        let best = ahead.iter().map(|of| of.score).fold(f64::NEG_INFINITY, f64::max);
        match known {
            Some((expected, known)) if !is_settled && expected > best => {
                let ahead = self.look_ahead(node, vec![known]);
                self.part(ahead)
            }
            _ => self.part(ahead),
        }
    }

    /// The parts by the best of these decisions, or where those are taken of which a side is not worth having.
    fn part(&mut self, ahead: Vec<Ahead>) -> Option<Vec<Node>> {
        let (settled, split): (Vec<_>, Vec<_>) = ahead.into_iter().partition(Ahead::lost_side);
        if settled.is_empty() {
            let best = split.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))?;
            let mut parts: Vec<Node> = best.sides.into_iter().filter_map(|side| side.node).collect();
            parts.sort_by(|a, b| b.cmp(a));
            return Some(parts);
        }
        Some(self.force(settled).into_iter().collect())
    }

    /// The part of a node where each of these decisions is taken on the side that is worth having; None when there is
    /// no such part.
    fn force(&mut self, settled: Vec<Ahead>) -> Option<Node> {
        let mut part: Option<Node> = None;
        for Ahead { decision, sides, .. } in settled {
            self.lost = sides
                .iter()
                .filter(|side| side.node.is_none())
                .map(|side| side.lost)
                .fold(self.lost, f64::max);
            let [down, up] = sides.map(|side| side.node);
            part = match (part, down, up) {
                (_, None, None) => return None,
                (None, down, up) => down.or(up),
                (Some(part), down, _) => {
                    let side = self.side(
                        &part,
                        &decision,
                        if down.is_some() { Bound::AtMost } else { Bound::AtLeast },
                    );
                    if side.node.is_none() {
                        self.lost = self.lost.max(side.lost);
                    }
                    Some(side.node?)
                }
            };
        }
        part
    }

    /// Solves both sides of some decisions, and learns from what they lose.
    fn look_ahead(&mut self, node: &Node, decisions: Vec<Decision>) -> Vec<Ahead> {
        let tree = &*self;
        let solved: Vec<(Decision, [Side; 2])> = decisions
            .into_par_iter()
            .map(|decision| {
                let side = |bound| tree.side(node, &decision, bound);
                let (down, up) = rayon::join(|| side(Bound::AtMost), || side(Bound::AtLeast));
                (decision, [down, up])
            })
            .collect();
        self.nodes += 2 * solved.len();
        let ahead = |(decision, sides): (Decision, [Side; 2])| {
            let losses = [0, 1].map(|rank: usize| node.bound - sides[rank].bound());
            if self.dated {
                // There is no more to lose than to the best plan.
                let most =
                    if self.best.is_finite() { node.bound - self.best } else { 0.01 * node.bound.abs() };
                self.losses.learn(&decision, losses.map(|loss| loss.min(most)));
            }
            Ahead { score: score(losses[0], losses[1]), decision, sides }
        };
        solved.into_iter().map(ahead).collect()
    }

    /// The part of a node on one side of a decision.
    fn side(&self, node: &Node, decision: &Decision, side: Bound) -> Side {
        let limit = match side {
            Bound::AtMost => decision.value.floor(),
            Bound::AtLeast | Bound::Exactly => decision.value.ceil(),
        };
        let row = (decision.terms.clone(), side, limit);
        let ended = match node.optimum.with_row(&decision.terms, side, limit, &|| self.meter.time_to_wait()) {
            Ended::Infeasible if self.dated => self.afresh(node, Some(&row)),
            ended => ended,
        };
        match ended {
            Ended::Solved(optimum) => {
                let iterations = optimum.iterations().saturating_sub(node.optimum.iterations());
                let rows =
                    if self.dated { node.rows.iter().cloned().chain([row]).collect() } else { Vec::new() };
                self.meter.spend(STEPS * (iterations + 20));
                let bound = self.master.value(&optimum).min(node.bound);
                let node = (!self.is_settled(bound)).then_some(Node { bound, optimum, rows });
                Side { node, lost: bound }
            }
            Ended::Infeasible => Side { node: None, lost: f64::NEG_INFINITY },
            Ended::GivenUp => Side { node: None, lost: node.bound },
        }
    }

    /// Solves a part of a node anew: after many rows, rounding may make one seem to hold nothing.
    fn afresh(&self, node: &Node, row: Option<&Row>) -> Ended {
        let mut program = self.master.program.clone();
        program.rows.extend(self.gained.iter().chain(&node.rows).chain(row).cloned());
        program.relax(&|| self.meter.time_to_wait())
    }

    /// Keeps the plan of a solution where everything is whole; where calendars are made outside, this one was not.
    fn finish(&mut self, node: &Node) {
        if self.dated {
            self.lost = self.lost.max(node.bound);
            return;
        }
        if node.bound <= self.best {
            return;
        }
        let uses = |filling: &Filling| {
            let days = node.optimum.value(filling.days).round() as u32;
            (days > 0).then_some((*filling, days))
        };
        self.plan = Some(self.master.fillings.iter().filter_map(uses).collect());
        self.best = node.bound;
        self.meter.improved(node.bound);
    }
}
