//! Rules that cannot all be kept: a smallest set of them, and what setting each aside would bring.

mod fewer;

use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::problem::Problem;
use crate::solve::{Kept, SolveOptions, Stop, is_impossible, keep, solve};
use crate::territory::{RuleName, Territory};

/// Rules without a price that no plan was found to keep together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Whether it is proven that no plan keeps them together. Else none was found within the limits.
    pub proven: bool,
    /// Whether each of them is needed: without it, the others were kept. Else the limits left no time to tell, and there
    /// may be rules among them that do not matter.
    pub needed: bool,
    /// Whether it is known that no set of fewer rules conflicts.
    pub smallest: bool,
    /// The rules, in the order of [`RuleKind::ALL`](crate::territory::RuleKind::ALL), then of the territory.
    pub rules: Vec<Conflicting>,
}

/// One of the rules that conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflicting {
    /// Which.
    pub rule: RuleName,
    /// What setting it aside would bring.
    pub without: Without,
}

/// What setting a rule aside brings, and it alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Without {
    /// The best plan found is worth this: its objective, less the penalties of what was soft before.
    Worth(f64),
    /// There is still no plan, because other rules conflict, too.
    NoPlan,
    /// None was found in the time that was left.
    NotFound,
}

/// Parts of the time limit, one of which is spent at most on whether a set of rules can be kept.
const PARTS: u32 = 6;

/// Shares of the time limit at which the search for the fewest rules that conflict ends, and then that for a set of which
/// each is needed. The rest is for what setting each aside would bring.
const FEWEST: f64 = 0.5;
const NEEDED: f64 = 0.75;

/// What a unit of breach costs of a rule that need not be kept, where plans are sought that break few of them: this part
/// of what a half-day would be worth, were everyone followed. A rule that must be kept weighs more in a search.
const DEAR: f64 = 0.1;

/// Seeks a smallest set of rules that conflict: a plan was found for all rules but these, whichever one of these is
/// set aside. It asks for many plans of changed territories; the time limit of `options` holds for all of them together,
/// the others for each.
pub fn explain(problem: &Problem, options: &SolveOptions) -> Conflict {
    let all = problem.territory().hard_rules();
    let search = Search { problem, options, all, begun: Instant::now(), cut: Cell::new(false) };
    let fewest = search.fewest();
    let smallest = fewest.is_some();
    let (mut rules, proven) = fewest.unwrap_or_else(|| {
        let rules = search.needed(&[], false, &search.all);
        let proven = search.is_proven(&rules);
        (rules, proven)
    });
    let needed = !search.cut.get();
    let place = |rule: &RuleName| search.all.iter().position(|other| other == rule);
    rules.sort_by_key(place);
    let parts = (1..=rules.len() as u32).rev();
    let weighed = rules.into_iter().zip(parts).map(|(rule, parts)| {
        let without = if needed { search.without(&rule, parts) } else { Without::NotFound };
        Conflicting { rule, without }
    });
    Conflict { proven, needed, smallest, rules: weighed.collect() }
}

struct Search<'s> {
    problem: &'s Problem,
    options: &'s SolveOptions,
    all: Vec<RuleName>,
    begun: Instant,
    /// Whether the search for rules that conflict ended before it was done.
    cut: Cell<bool>,
}

impl Search<'_> {
    /// The rules of `among` that conflict with one another on top of those of `kept`; `grown` says whether `kept` is
    /// more than what is already known to be possible. All of `among` where the limits leave no time to tell.
    ///
    /// Junker: QuickXplain, preferred explanations and relaxations for over-constrained problems (2004).
    fn needed(&self, kept: &[RuleName], grown: bool, among: &[RuleName]) -> Vec<RuleName> {
        if self.must_stop(NEEDED) {
            self.cut.set(true);
            return among.to_vec();
        }
        if grown && !matches!(self.keep(kept, NEEDED), Kept::By(_)) {
            return Vec::new();
        }
        if among.len() <= 1 {
            return among.to_vec();
        }
        let (first, second) = among.split_at(among.len() / 2);
        let mut of_second = self.needed(&[kept, first].concat(), true, second);
        let of_first = self.needed(&[kept, &of_second].concat(), !of_second.is_empty(), first);
        of_second.extend(of_first);
        of_second
    }

    /// A plan that keeps these of the rules and breaks few others, whatever it is worth, if one is found before so much
    /// of the time is gone.
    fn keep(&self, rules: &[RuleName], share: f64) -> Kept {
        let most = self.options.time_limit.map(|limit| limit / PARTS);
        let time_limit = most.zip(self.left(share)).map(|(most, left)| most.min(left));
        let others = self.others(rules);
        let territory = self.problem.territory();
        let without = self.problem.relaxed(territory.without(&others));
        let dear = self.problem.relaxed(territory.with_price(&others, self.dear()));
        match without.zip(dear) {
            Some((without, dear)) => keep(&without, &dear, &self.within(time_limit)),
            None => Kept::NotFound,
        }
    }

    fn dear(&self) -> f64 {
        let Territory { communes, vehicles, calendar, objective, .. } = self.problem.territory();
        let everyone: f64 = (0..communes.len()).map(|commune| self.problem.weight(commune)).sum();
        let half_days: u32 = vehicles.iter().map(|vehicle| vehicle.days.len() * calendar.cycle_weeks).sum();
        (DEAR * (objective.reached + objective.followed) * everyone / f64::from(half_days.max(1)))
            .max(f64::MIN_POSITIVE)
    }

    /// Whether the linear relaxation already shows that no plan keeps these rules.
    fn is_proven(&self, rules: &[RuleName]) -> bool {
        self.problem
            .relaxed(self.problem.territory().without(&self.others(rules)))
            .is_some_and(|problem| is_impossible(&problem, &self.within(self.left(NEEDED))))
    }

    /// What the best plan found without a rule is worth; one of so many parts of the time left is for it.
    fn without(&self, rule: &RuleName, parts: u32) -> Without {
        let territory = self.problem.territory().without(std::slice::from_ref(rule));
        let Some(problem) = self.problem.relaxed(territory) else { return Without::NoPlan };
        if self.must_stop(1.0) {
            return Without::NotFound;
        }
        let solution = solve(&problem, &self.within(self.left(1.0).map(|left| left / parts)), &|_| {});
        match solution.broken.is_empty() {
            true => Without::Worth(solution.plan.value()),
            false if matches!(solution.stop, Stop::TimeLimit | Stop::Cancelled) => Without::NotFound,
            false => Without::NoPlan,
        }
    }

    fn others(&self, rules: &[RuleName]) -> Vec<RuleName> {
        self.all.iter().filter(|rule| !rules.contains(rule)).cloned().collect()
    }

    fn within(&self, time_limit: Option<Duration>) -> SolveOptions {
        SolveOptions { time_limit, ..self.options.clone() }
    }

    /// What is left of the time until this share of the limit is gone; None without a limit.
    fn left(&self, share: f64) -> Option<Duration> {
        self.options.time_limit.map(|limit| limit.mul_f64(share).saturating_sub(self.begun.elapsed()))
    }

    fn must_stop(&self, share: f64) -> bool {
        self.options.cancel.is_cancelled() || self.left(share).is_some_and(|left| left.is_zero())
    }
}
