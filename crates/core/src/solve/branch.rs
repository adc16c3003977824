//! Branch and bound over the relaxed model: first on which sites are open, then on how many sessions they have, then
//! on how days are filled.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use microlp::{ComparisonOp, LinearExpr, Solution, Variable};

use super::master::{Column, Master, Relaxed};
use super::meter::Meter;

/// A value this close to a whole number is that number.
const WHOLE: f64 = 1e-6;

/// Candidates for branching whose both sides are solved before choosing, at each node.
const LOOK_AHEAD: usize = 8;

/// What a search over whole sessions proved and found.
pub(super) struct Proof {
    /// No plan within the scope has a greater objective.
    pub(super) bound: f64,
    /// The best plan found that beats the one to beat: how often each column is used.
    pub(super) best: Option<(f64, Vec<(Column, u32)>)>,
    /// Whether there was branching.
    pub(super) branched: bool,
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

/// A part of the plans, with the solution of its program.
struct Node {
    bound: f64,
    solution: Box<Solution>,
}

/// What to decide next: this sum of columns is not whole.
struct Decision {
    terms: Vec<(Variable, f64)>,
    value: f64,
}

struct Tree<'m, 'a> {
    master: &'m mut Master<'a>,
    meter: &'m Meter<'m>,
    best: f64,
    plan: Option<Vec<(Column, u32)>>,
    open: BinaryHeap<Node>,
    /// Greatest bound of the parts that were given up.
    lost: f64,
    nodes: usize,
}

/// Searches the plans of a model for one better than `target.known`, and bounds them all.
pub(super) fn search(master: &mut Master<'_>, target: Target, meter: &Meter<'_>) -> Proof {
    let mut proof = Proof { bound: f64::INFINITY, best: None, branched: false };
    let root = match master.root(meter) {
        Relaxed::Solved(solution) => master.tighten(*solution, f64::NEG_INFINITY, meter),
        other => other,
    };
    let solution = match root {
        Relaxed::Solved(solution) => solution,
        Relaxed::Infeasible => {
            proof.bound = f64::NEG_INFINITY;
            return proof;
        }
        Relaxed::GivenUp => return proof,
    };
    let bound = master.value(&solution);
    let mut tree = Tree {
        best: target.known,
        plan: None,
        open: BinaryHeap::from([Node { bound, solution }]),
        lost: f64::NEG_INFINITY,
        nodes: 1,
        master,
        meter,
    };
    tree.run(target);
    proof.bound = outward(tree.bound());
    proof.branched = tree.nodes > 1;
    proof.best = tree.plan.map(|plan| (tree.best, plan));
    proof
}

/// A bound with room for the rounding of the program that it comes from.
fn outward(bound: f64) -> f64 {
    bound + 1e-7 * bound.abs()
}

impl Tree<'_, '_> {
    /// No plan is better than the best one known, and this.
    fn bound(&self) -> f64 {
        let open = self.open.peek().map_or(f64::NEG_INFINITY, |node| node.bound);
        open.max(self.lost).max(self.best)
    }

    fn run(&mut self, target: Target) {
        while let Some(node) = self.open.pop() {
            let bound = node.bound.max(self.lost).max(self.best);
            self.meter.bounded(outward(bound));
            let proven = bound - self.best <= target.gap * bound.abs();
            if proven || self.nodes >= target.nodes || self.meter.must_stop().is_some() {
                self.open.push(node);
                return;
            }
            self.dive(node, target);
        }
    }

    /// Follows the better side of each decision until a plan or nothing worth having is left.
    fn dive(&mut self, mut node: Node, target: Target) {
        loop {
            if self.meter.must_stop().is_some() || self.nodes >= target.nodes {
                self.open.push(node);
                return;
            }
            let Some((down, up)) = self.branch(&node) else { return self.finish(&node) };
            let (mut first, mut second) = (down, up);
            if first.as_ref().map_or(f64::NEG_INFINITY, |n| n.bound) < second.as_ref().map_or(f64::NEG_INFINITY, |n| n.bound)
            {
                std::mem::swap(&mut first, &mut second);
            }
            self.open.extend(second);
            match first {
                Some(next) => node = next,
                None => return,
            }
        }
    }

    /// Both sides of the best decision; None when everything is whole.
    fn branch(&mut self, node: &Node) -> Option<(Option<Node>, Option<Node>)> {
        let decisions = self.decisions(&node.solution);
        let mut best: Option<(f64, Option<Node>, Option<Node>)> = None;
        for decision in decisions.into_iter().take(LOOK_AHEAD) {
            let down = self.side(node, &decision, ComparisonOp::Le, decision.value.floor());
            let up = self.side(node, &decision, ComparisonOp::Ge, decision.value.ceil());
            let fall = |side: &Option<Node>| side.as_ref().map_or(node.bound - self.best, |n| node.bound - n.bound);
            let score = fall(&down).max(1e-6) * fall(&up).max(1e-6);
            let settled = down.is_none() || up.is_none();
            if settled || best.as_ref().is_none_or(|(top, ..)| score > *top) {
                best = Some((score, down, up));
            }
            if settled {
                break;
            }
        }
        best.map(|(_, down, up)| (down, up))
    }

    /// The part of a node on one side of a decision; None when no better plan is there.
    fn side(&mut self, node: &Node, decision: &Decision, op: ComparisonOp, limit: f64) -> Option<Node> {
        self.nodes += 1;
        let before = node.solution.stats().lp_iterations;
        let mut expression = LinearExpr::empty();
        decision.terms.iter().for_each(|&(variable, factor)| expression.add(variable, factor));
        let cutoff = self.best * (1.0 + 1e-9);
        let relaxed = match Relaxed::of(node.solution.as_ref().clone().add_constraint(expression, op, limit)) {
            Relaxed::Solved(solution) => {
                self.meter.spend(40 * solution.stats().lp_iterations.saturating_sub(before) + 100);
                self.master.tighten(*solution, cutoff, self.meter)
            }
            other => other,
        };
        match relaxed {
            Relaxed::Solved(solution) => {
                let bound = self.master.value(&solution).min(node.bound);
                (bound > cutoff).then_some(Node { bound, solution })
            }
            Relaxed::Infeasible => None,
            Relaxed::GivenUp => {
                self.lost = self.lost.max(node.bound);
                None
            }
        }
    }

    /// What is not whole, the most undecided first: openings before sessions before columns.
    fn decisions(&self, solution: &Solution) -> Vec<Decision> {
        let single = |variable: Variable| vec![(variable, 1.0)];
        let opens = self.master.opens.iter().map(|&open| (solution.var_value(open), single(open)));
        let opens = fractions(opens);
        if !opens.is_empty() {
            return opens;
        }
        let visits = self.master.visits.iter().map(|v| (v.in_solution(solution), v.terms.clone()));
        let visits = fractions(visits);
        if !visits.is_empty() {
            return visits;
        }
        fractions(self.master.columns.iter().map(|c| (solution.var_value(c.variable), single(c.variable))))
    }

    /// Keeps the plan of a solution where everything is whole.
    fn finish(&mut self, node: &Node) {
        if node.bound <= self.best {
            return;
        }
        let uses = |column: &Column| {
            let days = node.solution.var_value(column.variable).round() as u32;
            (days > 0).then_some((*column, days))
        };
        self.plan = Some(self.master.columns.iter().filter_map(uses).collect());
        self.best = node.bound;
        self.meter.improved(node.bound);
    }
}

fn fractions(sums: impl Iterator<Item = (f64, Vec<(Variable, f64)>)>) -> Vec<Decision> {
    let split = |value: f64| (value - value.round()).abs();
    let mut decisions: Vec<Decision> = sums
        .filter(|(value, _)| split(*value) > WHOLE)
        .map(|(value, terms)| Decision { terms, value })
        .collect();
    decisions.sort_by(|a, b| split(b.value).total_cmp(&split(a.value)));
    decisions
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.bound == other.bound
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Node) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Node) -> Ordering {
        self.bound.total_cmp(&other.bound)
    }
}
