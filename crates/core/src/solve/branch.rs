//! Branch and bound over the relaxed model of a plain problem: on which sites are open, on how many sessions they have,
//! and on how days are filled. `dated` does it where rules on calendar and people hold.

mod decisions;
mod part;

use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::decision::Decision;
use super::master::{Filling, Master};
use super::meter::Meter;
use super::program::{Bound, Ended};
use decisions::decisions;
use part::{Node, Side};

/// Work of one iteration of the simplex method.
const STEPS: u64 = 40;

/// Candidates for branching whose both sides are solved before choosing, at each node.
const LOOK_AHEAD: usize = 20;

/// A decision that loses less than that on a side loses so much there.
const LEAST: f64 = 1e-6;

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
    /// Most programs to solve for decisions.
    pub(super) nodes: usize,
}

/// A search of the plans of a model.
struct Tree<'m, 'a> {
    master: &'m Master<'a>,
    meter: &'m Meter<'m>,
    best: f64,
    plan: Option<Vec<(Filling, u32)>>,
    open: BinaryHeap<Node>,
    /// Greatest bound of the parts that were given up, or not worth searching for the gap that is asked.
    lost: f64,
    target: Target,
    nodes: usize,
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
    match Tree::plant(master, target, meter) {
        Ok(mut tree) => {
            tree.round_off(guided);
            tree.go_on()
        }
        Err(proof) => proof,
    }
}

/// A bound with room for the rounding of the program that it comes from.
pub(super) fn outward(bound: f64) -> f64 {
    if bound.is_finite() { bound + 1e-7 * bound.abs() } else { bound }
}

impl<'m, 'a> Tree<'m, 'a> {
    /// A search that has only relaxed the model so far; where that cannot be, or says enough, the proof of it.
    fn plant(master: &'m Master<'a>, target: Target, meter: &'m Meter<'m>) -> Result<Tree<'m, 'a>, Proof> {
        let mut proof = Proof::of_nothing();
        if meter.must_stop().is_some() {
            return Err(proof);
        }
        let optimum = match master.program.relax(&|| meter.time_to_wait()) {
            Ended::Solved(optimum) => optimum,
            Ended::Infeasible => {
                proof.bound = f64::NEG_INFINITY;
                return Err(proof);
            }
            Ended::GivenUp => return Err(proof),
        };
        meter.spend(STEPS * optimum.iterations());
        let bound = master.value(&optimum);
        Ok(Tree {
            best: target.known,
            plan: None,
            open: BinaryHeap::from([Node { bound, optimum }]),
            lost: f64::NEG_INFINITY,
            target,
            nodes: 1,
            master,
            meter,
        })
    }

    /// Searches until the target is met, as many programs are solved, or the meter says so.
    fn go_on(&mut self) -> Proof {
        self.run();
        let best = self.plan.take().map(|plan| (self.best, plan));
        Proof { bound: outward(self.bound()), branched: self.nodes > 1, best }
    }

    /// No plan is better than the best one known, and this.
    fn bound(&self) -> f64 {
        let open = self.open.peek().map_or(f64::NEG_INFINITY, |node| node.bound);
        open.max(self.lost).max(self.best)
    }

    fn run(&mut self) {
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
            self.dive(node);
        }
    }

    /// Seeks plans near relaxed solutions.
    fn round_off(&mut self, guided: &mut dyn FnMut(&[f64], f64) -> Option<f64>) {
        let Some(root) = self.open.peek() else { return };
        if self.is_settled(root.bound) {
            return;
        }
        let open = self.master.openness(&root.optimum.point());
        if let Some(objective) = guided(&open, self.best) {
            self.best = objective;
            self.plan = None;
        }
    }

    fn must_stop(&self) -> bool {
        self.nodes >= self.target.nodes || self.meter.must_stop().is_some()
    }

    /// Whether a part with this bound holds nothing better than the gap asks for.
    fn is_settled(&self, bound: f64) -> bool {
        self.best > f64::NEG_INFINITY
            && bound - self.best <= (self.target.gap * bound.abs()).max(1e-9 * self.best.abs())
    }

    /// Follows the better side of each decision until a plan or nothing worth having is left.
    fn dive(&mut self, mut node: Node) {
        loop {
            if self.must_stop() {
                self.open.push(node);
                return;
            }
            let Some(parts) = self.branch(&node) else { return self.finish(&node) };
            let mut parts = parts.into_iter();
            let Some(first) = parts.next() else { return };
            node = first;
            self.open.extend(parts);
        }
    }

    /// The parts that a node falls into, the better one first; None when everything is whole.
    ///
    /// Decisions are looked ahead on both sides. Where a side is not worth having the other one is taken, for all such
    /// decisions at once; otherwise the decision on which both sides lose most parts the node.
    fn branch(&mut self, node: &Node) -> Option<Vec<Node>> {
        let decisions = decisions(self.master, &node.optimum.point());
        let ahead = self.look_ahead(node, decisions.into_iter().take(LOOK_AHEAD).collect());
        self.part(ahead)
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

    /// Solves both sides of some decisions.
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
            Ahead { score: losses[0].max(LEAST) * losses[1].max(LEAST), decision, sides }
        };
        solved.into_iter().map(ahead).collect()
    }

    /// The part of a node on one side of a decision.
    fn side(&self, node: &Node, decision: &Decision, side: Bound) -> Side {
        let (terms, side, limit) = decision.row(side);
        let ended = node.optimum.with_row(&terms, side, limit, &|| self.meter.time_to_wait());
        match ended {
            Ended::Solved(optimum) => {
                let iterations = optimum.iterations().saturating_sub(node.optimum.iterations());
                self.meter.spend(STEPS * (iterations + 20));
                let bound = self.master.value(&optimum).min(node.bound);
                let node = (!self.is_settled(bound)).then_some(Node { bound, optimum });
                Side { node, lost: bound }
            }
            Ended::Infeasible => Side { node: None, lost: f64::NEG_INFINITY },
            Ended::GivenUp => Side { node: None, lost: node.bound },
        }
    }

    /// Keeps the plan of a solution where everything is whole.
    fn finish(&mut self, node: &Node) {
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
