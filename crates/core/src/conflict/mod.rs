//! Rules that cannot all be kept: a smallest set of them, and what setting each aside would bring.

mod fewer;

use crate::plan::Plan;
use crate::problem::Problem;
use crate::solve::{SolveOptions, is_impossible, solve};
use crate::territory::{RuleName, Territory};

/// Rules without a price that no plan was found to keep together, though any of them could be done without.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Whether it is proven that no plan keeps them together. Else none was found within the limits.
    pub proven: bool,
    /// Whether it is known that no set of fewer rules conflicts. Else only that each of these is needed: without it, the
    /// others were kept.
    pub smallest: bool,
    /// The rules, in the order of [`RuleKind::ALL`](crate::territory::RuleKind::ALL), then of the territory.
    pub rules: Vec<Conflicting>,
}

/// Parts of the time limit, one of which is spent on each set of rules.
const PARTS: u32 = 10;

/// One of the rules that conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflicting {
    /// Which.
    pub rule: RuleName,
    /// What the best plan found is worth when this rule alone is set aside: its objective, less the penalties of what
    /// was soft before. None when that is not enough, because other rules conflict too.
    pub without: Option<f64>,
}

/// Seeks a smallest set of rules that conflict: a plan was found for all rules but these, whichever one of these is
/// set aside. It asks for many plans of changed territories; `options` are the limits of each.
///
/// Junker: QuickXplain, preferred explanations and relaxations for over-constrained problems (2004).
pub fn explain(problem: &Problem, options: &SolveOptions) -> Conflict {
    let search = Search { problem, options, all: problem.territory().hard_rules() };
    let mut rules = search.needed(&[], false, &search.all);
    let mut proven = search.is_proven(&rules);
    let smallest = search.shrink(&mut rules, &mut proven);
    let place = |rule: &RuleName| search.all.iter().position(|other| other == rule);
    rules.sort_by_key(place);
    let weighed = rules.into_iter().map(|rule| {
        let without = search.worth_without(&rule);
        Conflicting { rule, without }
    });
    Conflict { proven, smallest, rules: weighed.collect() }
}

struct Search<'s> {
    problem: &'s Problem,
    options: &'s SolveOptions,
    all: Vec<RuleName>,
}

impl Search<'_> {
    /// The rules of `among` that conflict with one another on top of those of `kept`; `grown` says whether `kept` is
    /// more than what is already known to be possible.
    fn needed(&self, kept: &[RuleName], grown: bool, among: &[RuleName]) -> Vec<RuleName> {
        if grown && !self.can_keep(kept) {
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

    fn can_keep(&self, rules: &[RuleName]) -> bool {
        self.kept_by(rules).is_some()
    }

    /// A plan that keeps these of the rules, whatever it is worth, if one is found.
    fn kept_by(&self, rules: &[RuleName]) -> Option<Plan> {
        // Any plan will do: no gap is larger.
        let options = SolveOptions {
            gap: f64::INFINITY,
            time_limit: self.options.time_limit.map(|limit| limit / PARTS),
            ..self.options.clone()
        };
        self.planned(self.problem.territory().without(&self.others(rules)), &options)
    }

    /// Whether the linear relaxation already shows that no plan keeps these rules.
    fn is_proven(&self, rules: &[RuleName]) -> bool {
        self.problem
            .relaxed(self.problem.territory().without(&self.others(rules)))
            .is_some_and(|problem| is_impossible(&problem, self.options))
    }

    fn others(&self, rules: &[RuleName]) -> Vec<RuleName> {
        self.all.iter().filter(|rule| !rules.contains(rule)).cloned().collect()
    }

    fn worth_without(&self, rule: &RuleName) -> Option<f64> {
        let territory = self.problem.territory().without(std::slice::from_ref(rule));
        let plan = self.planned(territory, self.options)?;
        Some(plan.priced.as_ref().map_or(plan.objective, |priced| priced.value))
    }

    /// The best plan found for a territory; None when it breaks a rule.
    fn planned(&self, territory: Territory, options: &SolveOptions) -> Option<Plan> {
        let problem = self.problem.relaxed(territory)?;
        let solution = solve(&problem, options, &|_| {});
        solution.broken.is_empty().then_some(solution.plan)
    }
}
