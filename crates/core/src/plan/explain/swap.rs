//! What it would cost to serve a site that a plan leaves out: a few plans are made that differ from it by little, and
//! valued.

mod calendar;
#[cfg(test)]
mod tests;

use super::{EQUAL, Instead, NamedSite};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::solve::value_of;
use calendar::{Calendar, Move};

/// Sites tried for a commune: those that would reach most people who are not reached so far.
const SITES: usize = 3;

/// Plans tried for a site, each giving up other sessions.
const PLANS: usize = 6;

/// A plan and what the changes to it are worth.
pub(super) struct Trials<'p> {
    problem: &'p Problem,
    calendar: Calendar<'p>,
    /// Worked out at the first question.
    worth: Option<Worth>,
}

struct Worth {
    objective: f64,
    /// By site: what the plan loses with one session there.
    per_session: Vec<f64>,
    /// By site: weighted people it would reach who are not reached so far.
    newly_reached: Vec<f64>,
}

impl<'p> Trials<'p> {
    pub(super) fn new(problem: &'p Problem, plan: &Plan) -> Trials<'p> {
        Trials { problem, calendar: Calendar::of(problem, plan), worth: None }
    }

    /// The best plan found that serves one of these sites, none of which has a session now.
    pub(super) fn serve_one_of(&mut self, sites: &[usize]) -> Option<Instead> {
        let (problem, calendar) = (self.problem, &self.calendar);
        let worth = self.worth.get_or_insert_with(|| Worth::of(problem, calendar));
        let mut sites = sites.to_vec();
        sites.sort_by(|&a, &b| worth.newly_reached[b].total_cmp(&worth.newly_reached[a]).then(a.cmp(&b)));
        let plans = sites.iter().take(SITES).flat_map(|&site| {
            let plans = serving(calendar, site, worth);
            plans.into_iter().map(move |plan| (site, value_of(problem, plan.sessions()).objective, plan))
        });
        // The last of equal ones is the maximum: turned round, the first.
        let plans: Vec<_> = plans.collect();
        let best = plans.into_iter().rev().max_by(|(_, a, _), (_, b, _)| a.total_cmp(b));
        best.map(|(site, objective, plan)| Instead {
            site: NamedSite::of(problem, site),
            half_days: plan.sessions()[site],
            instead_of: fewer(problem, calendar, &plan),
            loss: worth.objective - objective,
            equal: (worth.objective - objective).abs() <= EQUAL * worth.objective,
        })
    }
}

impl Worth {
    fn of(problem: &Problem, calendar: &Calendar<'_>) -> Worth {
        let sessions = calendar.sessions();
        let objective = value_of(problem, sessions).objective;
        let without_one = |site: usize| {
            let mut fewer = sessions.to_vec();
            fewer[site] -= 1;
            objective - value_of(problem, &fewer).objective
        };
        let mut newly_reached = vec![0.0; sessions.len()];
        for commune in 0..problem.territory().communes.len() {
            let share = |site| problem.share(commune, site).map_or(0.0, |share| share.0);
            let served = problem.sites_near(commune).filter(|&site| sessions[site] > 0);
            let now = served.map(share).fold(0.0, f64::max);
            for site in problem.sites_near(commune) {
                newly_reached[site] += problem.weight(commune) * (share(site) - now).max(0.0);
            }
        }
        let served = |site: usize| sessions[site] > 0;
        let per_session = (0..sessions.len()).map(|site| if served(site) { without_one(site) } else { 0.0 });
        Worth { objective, per_session: per_session.collect(), newly_reached }
    }
}

/// A few calendars that hold the least sessions a site may have. They start with different sessions given up, those
/// of least worth first, and go on with whatever costs least.
fn serving<'p>(calendar: &Calendar<'p>, site: usize, worth: &Worth) -> Vec<Calendar<'p>> {
    let mut starts: Vec<Move> = Vec::new();
    for start in calendar.moves_to(site, &worth.per_session) {
        if !starts.iter().any(|other| other.gives_up_the_same(&start)) {
            starts.push(start);
        }
        if starts.len() == PLANS {
            break;
        }
    }
    let finish = |start: Move| {
        let mut plan = calendar.clone();
        plan.make(&start, site, &worth.per_session);
        // Each move brings one session at least.
        for _ in 0..plan.lacks(site) {
            if let Some(next) = plan.moves_to(site, &worth.per_session).first() {
                plan.make(next, site, &worth.per_session);
            }
        }
        (plan.lacks(site) == 0).then_some(plan)
    };
    starts.into_iter().filter_map(finish).collect()
}

/// Sites that have fewer sessions after than before, and how many fewer.
fn fewer(problem: &Problem, before: &Calendar<'_>, after: &Calendar<'_>) -> Vec<(NamedSite, u32)> {
    let sessions = before.sessions().iter().zip(after.sessions()).enumerate();
    let fewer = sessions.filter(|(_, (before, after))| after < before);
    fewer.map(|(site, (before, after))| (NamedSite::of(problem, site), before - after)).collect()
}
