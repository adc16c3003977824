//! Plans for problems whose half-days differ, or that have more rules than 1 to 6: a search for rosters and proofs, in
//! turns, side by side.

use std::sync::atomic::{AtomicBool, Ordering};

use super::bound;
use super::branch::{Proof, Target};
use super::dated::Tree;
use super::demand::Demand;
use super::master::{Detail, Dive, Diver, Master, Outline};
use super::meter::{Clock, Meter};
use super::options::{Solution, SolveOptions, Stop};
use super::roster::{self, Outcome, Packing, Roster, Rosters, Rounds, Setting, Wished};
use super::{Bound, NODES, ROUNDING, assemble, counting_bound};
use crate::plan::BoundMethod;
use crate::problem::Problem;

/// Steps of a search for a plan where there should be none.
const SHORT: u64 = 200_000;

/// Part of the gap asked for within which a roster is good enough. The rest is room for rounding.
const OF_THE_GAP: f64 = 0.9;

/// Where dates take less than this part from a bound they tell nothing new.
const TIGHTER: f64 = 1e-6;

/// Rounds of a search before the first proof, without a better roster and at most.
const FIRST: (usize, usize) = (2, 3);

/// Steps of proving and of searching that go on side by side, before each learns what the other found; of searching less,
/// once it finds nothing. A search or a program that was begun is ended first; a dive halts after as many as a proof.
const TURN: [u64; 2] = [3_000_000, 6_000_000];

/// Times that the steps of searching are halved, at most: once for each turn in which it found nothing that is worth it, and
/// no dive halted.
const HALVED: u32 = 2;

/// Part of what there is to gain that a roster must bring to be looked for.
const WORTH_IT: f64 = 0.1;

/// The same for dives, in turn: the more is asked for, the smaller are their programs.
const DIVES: [f64; 2] = [0.5, WORTH_IT];

/// Looks without any work, after which a turn ends.
const IDLE: usize = 6;

/// Turns of searching alone, at most, where nothing is left to prove.
const LAST: usize = 3;

/// Share of the time limit at which searching and proving end: where more than wishes is left to do, and else.
const EARLY: f64 = 0.8;
const LATE: f64 = 0.94;

/// Plans a problem whose half-days differ, or that has more rules than 1 to 6.
pub(super) fn solve(problem: &Problem, options: &SolveOptions, clock: &Clock<'_>) -> Solution {
    let demand = roster::demand(problem);
    let by_site = demand.by_site();
    let setting = Setting::new(problem, &demand, &by_site);
    let wished = Wished::new(problem, &demand, &by_site);
    // Where times must be equal anyway, no plan with equal times is sought at the end.
    let until = if problem.territory().rules.same_time.is_some() { LATE } else { EARLY };
    let meters =
        [Meter::until(clock, 0.4, until), Meter::until(clock, 0.4, until), Meter::for_wishes(clock, 0.2)];
    let [searching, proving, finishing] = &meters;
    let counted = counting_bound(problem, &demand);
    let mut bound = Bound { value: counted * (1.0 + ROUNDING), method: BoundMethod::Counting };
    searching.bounded(bound.value);
    let relaxed = bound::relax(problem, &demand, searching);
    // No plan keeps the hard rules then, unless rounding deceives: a short search is enough to see that.
    let impossible = relaxed.bound == f64::NEG_INFINITY;
    if !impossible {
        bound = relaxed.improve(bound);
    }
    let rosters = Rosters::new(&setting, options);
    let short = Meter::of_steps(clock, SHORT);
    let mut search = rosters.start(searching);
    let mut chase = Chase { counted, bound, gap: options.gap, times: 0, dives_from: 0, idle: 0 };
    search.run(FIRST, chase.enough(), if impossible { &short } else { searching });
    if !impossible || search.known().is_some() {
        let prover = Prover { problem, demand: &demand, rosters: &rosters, options, searching, proving };
        prover.close(&mut chase, &mut search);
    }
    let stop = meters.iter().find_map(Meter::must_stop).unwrap_or(Stop::Exhausted);
    let outcome = roster::finish(search.best(), &setting, &wished, options, finishing);
    let work = meters.iter().map(Meter::work).sum();
    let mut solution = assemble_roster(problem, outcome, chase.bound, stop, work);
    if solution.plan.gap <= options.gap && solution.broken.is_empty() {
        solution.stop = Stop::Gap;
    }
    solution
}

/// Bounds plans, and looks for better ones meanwhile.
struct Prover<'a, 's> {
    problem: &'a Problem,
    demand: &'a Demand,
    rosters: &'a Rosters<'s>,
    options: &'a SolveOptions,
    searching: &'a Meter<'a>,
    proving: &'a Meter<'a>,
}

impl<'s> Prover<'_, 's> {
    /// Proves and searches until the gap is closed or the time is over.
    fn close(&self, chase: &mut Chase, search: &mut Rounds<'_, 's>) {
        let finest = bound::finest(self.problem, self.demand);
        let fine = finest.as_ref().and_then(|master| self.plant(master, search));
        if finest.is_some() && fine.is_none() {
            return;
        }
        let (before, mut trees, mut guide) = (chase.bound.value, Vec::from_iter(fine), Guide::default());
        if let Some(tree) = trees.first_mut() {
            chase.bound = bound::some_plan(tree.proof()).improve(chase.bound);
            // What it learns while calendars are asked for is not looked at: that would take two programs each turn.
            guide.follow(tree);
            // The bound is soon better once the calendars of sites are complete.
            loop {
                self.turn(Some(tree), &mut guide, chase, search);
                if !tree.is_asking() || chase.is_proven(search) || self.proving.must_stop().is_some() {
                    break;
                }
            }
        }
        // Where dates tell nothing new a smaller model may do, in which half-days are only counted.
        let is_new = before - chase.bound.value > TIGHTER * before.abs();
        let counted = if is_new || chase.is_proven(search) {
            None
        } else {
            bound::whole(self.problem, self.demand, Detail::Counted)
        };
        let counted = counted.as_ref().and_then(|master| self.plant(master, search));
        self.search_trees(counted.into_iter().chain(trees).collect(), guide, chase, search);
    }

    fn plant<'m>(&'m self, master: &'m Master<'m>, search: &Rounds<'_, 's>) -> Option<Tree<'m, 'm>> {
        Tree::plant(master, self.target(1, search), self.proving).ok()
    }

    fn target(&self, nodes: usize, search: &Rounds<'_, 's>) -> Target {
        Target { known: search.known().unwrap_or(f64::NEG_INFINITY), gap: self.options.gap, nodes }
    }

    /// Searches models to their ends, turn by turn, and looks for better rosters beside that: near what the last of them
    /// says.
    fn search_trees<'m>(
        &self,
        mut trees: Vec<Tree<'m, 'm>>,
        mut guide: Guide<'m, 's>,
        chase: &mut Chase,
        search: &mut Rounds<'_, 's>,
    ) {
        let mut last = 0;
        for turn in 1.. {
            trees.retain(|tree| tree.nodes() < self.most_nodes() && !tree.is_over());
            if trees.len() > 1 && trees[0].is_stuck() {
                trees.remove(0);
            }
            if chase.is_proven(search) || self.proving.must_stop().is_some() || last == LAST {
                return;
            }
            last += usize::from(trees.is_empty());
            trees.last().into_iter().for_each(|tree| guide.follow(tree));
            let rank = turn % trees.len().max(1);
            let before = chase.bound.value;
            self.turn(trees.get_mut(rank), &mut guide, chase, search);
            // What dates tell counts cannot.
            if before - chase.bound.value > TIGHTER * before.abs() && rank + 1 == trees.len() {
                trees.drain(..rank);
            }
        }
    }

    fn most_nodes(&self) -> usize {
        NODES[usize::from(self.problem.territory().vehicles.len() > 1)]
    }

    /// Proves, and looks for better rosters meanwhile.
    fn turn(
        &self,
        tree: Option<&mut Tree<'_, '_>>,
        guide: &mut Guide<'_, 's>,
        chase: &mut Chase,
        search: &mut Rounds<'_, 's>,
    ) {
        if guide.diver.is_none() {
            chase.dives_from = chase.times;
        }
        let closed = AtomicBool::new(false);
        let left = tree.as_ref().map_or(0, |tree| self.most_nodes() + 1 - tree.nodes());
        let target = self.target(left, search);
        let steps = TURN[1] >> chase.idle.min(HALVED);
        let worth_it = search.known().map(|known| worth_it(known, chase.enough(), WORTH_IT));
        let beside = self.searching.while_of_use(&closed);
        let ((proof, made), (found, times)) = rayon::join(
            || {
                let Some(tree) = tree else { return (Proof::of_nothing(), Vec::new()) };
                let (proof, mut made) = self.prove(tree, target, TURN[0]);
                let known = made.iter_mut().filter_map(Roster::value).fold(target.known, f64::max);
                closed.store(chase.is_closed(&proof, known), Ordering::Relaxed);
                (proof, made)
            },
            || self.look(guide, chase, search, steps, &beside),
        );
        chase.bound = bound::some_plan(proof).improve(chase.bound);
        made.into_iter().for_each(|mut roster| search.see(&mut roster));
        // What was found until a proof closed the gap hangs on the clock.
        if closed.load(Ordering::Relaxed) {
            guide.halted = None;
        } else {
            self.searching.spend(beside.work());
            chase.times += times;
            found.into_iter().for_each(|mut roster| search.see(&mut roster));
            search.known().into_iter().for_each(|known| self.searching.improved(known));
        }
        if search.known() >= worth_it {
            chase.idle = 0;
        } else if guide.halted.is_none() {
            chase.idle += 1;
        }
    }

    /// Proves for so many steps; with the rosters that were made for it.
    fn prove(&self, tree: &mut Tree<'_, '_>, target: Target, steps: u64) -> (Proof, Vec<Roster<'s>>) {
        let mut rosters = Vec::new();
        let mut realise = |counts: &[Vec<u32>], outline: &Outline, enough: f64| {
            let mut found = self.rosters.realise(counts, outline, enough, self.proving)?;
            let value = found.value();
            rosters.push(found);
            value
        };
        let proof = tree.go_on(target, steps, &mut realise);
        (proof, rosters)
    }

    /// Looks for better rosters for so many steps, in one way after the other; those found, and how often it looked.
    fn look(
        &self,
        guide: &mut Guide<'_, 's>,
        chase: &Chase,
        search: &Rounds<'_, 's>,
        steps: u64,
        meter: &Meter<'_>,
    ) -> (Vec<Roster<'s>>, u64) {
        let enough = chase.enough();
        let (mut best, mut found, mut times, mut idle) = (search.best(), Vec::new(), 0, 0);
        let mut dive = guide.halted.take();
        // Packing is short, and relies on a good bound: it comes before dives.
        if guide.diver.is_some()
            && dive.is_none()
            && let Some(roster) = self.pack(&mut guide.packer, &best, chase, meter)
        {
            best = roster.clone();
            found.push(roster);
        }
        // A search whose time is over does no more work.
        while meter.work() < steps
            && idle < IDLE
            && meter.must_stop().is_none()
            && best.value().is_none_or(|value| value < enough)
        {
            let before = meter.work();
            let time = chase.times + times;
            let way = guide.way((time - chase.dives_from) as usize, dive.is_some());
            let roster = self.look_once(way, &mut dive, &best, (time, enough), meter);
            if let Some(mut roster) = roster {
                if roster.value() > best.value() {
                    best = roster.clone();
                }
                found.push(roster);
            }
            // A dive that did not end goes on in the next turn.
            if dive.is_some() {
                break;
            }
            times += 1;
            idle = if meter.work() > before { 0 } else { idle + 1 };
        }
        guide.halted = dive;
        (found, times)
    }

    /// Packs the calendars of almost the same sites anew, as long as that brings a better roster.
    fn pack(
        &self,
        packer: &mut Packer<'s>,
        best: &Roster<'s>,
        chase: &Chase,
        meter: &Meter<'_>,
    ) -> Option<Roster<'s>> {
        if matches!(packer, Packer::Unknown) {
            *packer =
                Packing::new(self.rosters, meter).map_or(Packer::Unable, |of| Packer::Able(Box::new(of)));
        }
        let Packer::Able(packing) = packer else { return None };
        let (mut best, mut found) = (best.clone(), None);
        while best.value().is_some_and(|value| value < chase.enough()) {
            let Some(better) = packing.better(&best, chase.bound.value, self.rosters, meter) else { break };
            best = better.clone();
            found = Some(better);
        }
        found
    }

    /// Looks for a roster that is worth `enough`; `time` tells looks in the same way apart. A dive that
    /// halted goes on, and may halt again.
    fn look_once<'m>(
        &self,
        way: Way<'_, 'm>,
        begun: &mut Option<Dive<'m, 'm>>,
        best: &Roster<'s>,
        (time, enough): (u64, f64),
        meter: &Meter<'_>,
    ) -> Option<Roster<'s>> {
        let served = best.served();
        let mut from = best.clone();
        match way {
            // It would soon have to halt.
            Way::Dive(..) if begun.is_none() && meter.work() >= TURN[0] => None,
            Way::Dive(diver, part) => {
                let least = from.value().map_or(f64::NEG_INFINITY, |known| worth_it(known, enough, part));
                let mut dive = begun.take().unwrap_or_else(|| diver.begin(time, least));
                match dive.go_on(least, TURN[0], meter) {
                    Some((counts, outline)) => self.rosters.realise(&counts, &outline, enough, meter),
                    // The solution in which most was decided may still be near a plan.
                    None if dive.is_over() => {
                        Some(self.rosters.find_like(&dive.deepest()?, &from, time, enough, meter))
                    }
                    None => {
                        *begun = Some(dive);
                        None
                    }
                }
            }
            Way::Near(outline) => {
                let near = served.iter().enumerate().map(|(site, &served)| served || outline.opens(site));
                Some(self.rosters.find_among(&near.collect::<Vec<bool>>(), from, time, enough, meter))
            }
            Way::Like(outline) => Some(self.rosters.find_like(outline, &from, time, enough, meter)),
            Way::Anywhere => {
                Some(self.rosters.find_among(&vec![true; served.len()], from, time, enough, meter))
            }
        }
    }
}

/// The least value that is worth looking for, where one is known and another is enough: so much of what there is to gain.
fn worth_it(known: f64, enough: f64, part: f64) -> f64 {
    known + part * (enough - known)
}

/// What packs calendars, once it is known whether they can be.
#[derive(Default)]
enum Packer<'s> {
    #[default]
    Unknown,
    Unable,
    Able(Box<Packing<'s>>),
}

/// What a proof tells of good rosters, and what looks for them with it.
#[derive(Default)]
struct Guide<'m, 's> {
    outline: Option<Outline>,
    diver: Option<Diver<'m, 'm>>,
    /// A dive that the next turn goes on with.
    halted: Option<Dive<'m, 'm>>,
    packer: Packer<'s>,
}

/// Where to look for better rosters.
#[derive(Clone, Copy)]
enum Way<'g, 'm> {
    /// At whole calendars near the relaxed solution of all plans, for so much of what there is to gain.
    Dive(&'g Diver<'m, 'm>, f64),
    /// At the sites that a relaxed solution opens and those of the best roster, from that one.
    Near(&'g Outline),
    /// The same from one like the solution.
    Like(&'g Outline),
    /// At all sites, from the best one.
    Anywhere,
}

impl<'m> Guide<'m, '_> {
    /// Takes over what a proof knows by now.
    fn follow(&mut self, tree: &Tree<'m, 'm>) {
        self.outline = tree.outline().or(self.outline.take());
        self.diver = tree.diver().or(self.diver.take());
    }

    /// Where to look next: dives in turn with each of the other ways, for they find most. One that halted goes on.
    fn way(&self, rank: usize, is_halted: bool) -> Way<'_, 'm> {
        let near = self.outline.iter().flat_map(|outline| [Way::Near(outline), Way::Like(outline)]);
        let others: Vec<Way<'_, 'm>> = near.chain([Way::Anywhere]).collect();
        match &self.diver {
            Some(diver) if is_halted || rank.is_multiple_of(2) => {
                Way::Dive(diver, DIVES[rank / 2 % DIVES.len()])
            }
            Some(_) => others[rank / 2 % others.len()],
            None => others[rank % others.len()],
        }
    }
}

/// How far a search is from its bound.
struct Chase {
    /// The counting bound, which can be met.
    counted: f64,
    bound: Bound,
    /// The gap that is asked for.
    gap: f64,
    /// Searches for better rosters so far.
    times: u64,
    /// How many of them there were before dives could be made.
    dives_from: u64,
    /// Turns since the last better one, but for those that a dive halted at their end.
    idle: u32,
}

impl Chase {
    /// A value that closes the gap.
    fn enough(&self) -> f64 {
        self.counted.min(self.bound.value - OF_THE_GAP * self.gap * self.bound.value.abs())
    }

    /// Whether a proof closes the gap.
    fn is_closed(&self, proof: &Proof, known: f64) -> bool {
        let bound = proof.bound.min(self.bound.value);
        known > f64::NEG_INFINITY && bound - known <= self.gap * bound.abs()
    }

    fn is_proven(&self, search: &Rounds<'_, '_>) -> bool {
        search.known().is_some_and(|known| self.bound.value - known <= self.gap * self.bound.value.abs())
    }
}

/// The plan of a roster.
pub(super) fn assemble_roster(
    problem: &Problem,
    Outcome { roster, same_time_cost }: Outcome<'_>,
    bound: Bound,
    stop: Stop,
    work: u64,
) -> Solution {
    let found = roster.found();
    let cover = (found.served.as_slice(), found.given.as_slice());
    let mut plan = assemble::assemble_days(problem, &found.days, cover, bound.value, bound.method);
    let broken = roster.complete(&mut plan, bound.value);
    plan.same_time_cost = same_time_cost;
    Solution { plan, broken, stop, work }
}
