//! What a calendar made by hand gives, and which rules it breaks.
//!
//! Its sessions are taken as they are, even where they break a rule, and filled as well as can be.

mod hours;
mod sentences;
#[cfg(test)]
mod tests;

pub use sentences::{needs, sentence, site_name};

use crate::plan::{
    BoundMethod, Breach, PLAN_FORMAT, Plan, Priced, Session, Status, Violation, breaches, rhythm,
};
use crate::problem::Problem;
use crate::solve::{cover, value_given};
use crate::territory::{PublishedSession, RuleKind};

/// A calendar made by hand, measured as a plan is.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Its sessions, whom they cover at best, and the bound that counting gives. Without `priced` where the territory
    /// has no soft rule.
    pub plan: Plan,
    /// Rules of the model that it breaks: a day too long, a closed site, a vehicle twice at once.
    pub violations: Vec<Violation>,
    /// Rules of the territory that it breaks, hard or soft.
    pub breaches: Vec<Breach>,
    /// objective - penalties of the soft rules that it breaks.
    pub value: f64,
    /// Whether the rules on doctors were left aside, because no session names one.
    pub without_doctors: bool,
}

impl Evaluation {
    /// Whether a planner could take it as it is: it breaks no rule, or only soft ones.
    pub fn keeps_the_rules(&self) -> bool {
        self.violations.is_empty() && self.breaches.iter().all(|breach| breach.price.is_some())
    }
}

/// Measures a calendar made by hand. Sessions of a vehicle or at a site that the territory does not have are told among
/// the violations, and count for nothing.
///
/// Where no session names a doctor, the calendar says nothing of doctors, and nothing is said of them.
pub fn evaluate(problem: &Problem, sessions: &[PublishedSession]) -> Evaluation {
    let (sessions, mut violations) = known(problem, sessions);
    let (sessions, days) = hours::timed(problem, &sessions);
    let territory = problem.territory();
    let without_doctors =
        sessions.iter().all(|session| session.doctor.is_none() && session.specialist.is_none());
    let mut breaches = breaches(territory, &sessions);
    breaches.retain(|breach| !(without_doctors && breach.rule.kind == RuleKind::DoctorNeeded));

    let (served, given) = consultations(problem, &sessions);
    let worth = value_given(problem, &served, &given);
    let penalties: f64 = breaches.iter().map(|breach| breach.price.unwrap_or(0.0) * breach.units).sum();
    let value = worth.objective - penalties;
    let bound = everyone(problem).max(value);
    let gap = if bound > 0.0 { (bound - value) / bound } else { 0.0 };
    let is_priced = !territory.rules.soft.is_empty();
    let has_rhythm = territory.calendar.cycle_weeks > 1 || !territory.doctors.is_empty();
    let plan = Plan {
        format: PLAN_FORMAT.to_owned(),
        territory: territory.name.clone(),
        input: problem.digest(),
        status: Status::Feasible,
        objective: worth.objective,
        reached: worth.reached,
        followed: worth.followed,
        bound: bound + penalties,
        bound_method: BoundMethod::Counting,
        gap,
        times: problem.times().source,
        rhythm: if has_rhythm { rhythm(territory, &sessions) } else { Vec::new() },
        sessions,
        days,
        coverage: cover(problem, &given),
        priced: is_priced.then(|| Priced {
            value,
            penalties,
            bound,
            relaxed: breaches.iter().filter_map(Breach::relaxed).collect(),
        }),
        same_time_cost: None,
    };
    violations.extend(plan.verify(problem).err().unwrap_or_default().into_iter().filter(is_of_the_model));
    Evaluation {
        plan,
        violations,
        breaches,
        value,
        without_doctors: without_doctors && !territory.doctors.is_empty(),
    }
}

/// The same question with the means of a calendar made by hand: each vehicle works at most as many half-days a week as it
/// does in the fullest week of that calendar. None where that is no less than the territory allows.
pub fn of_same_means(problem: &Problem, calendar: &Plan) -> Option<Problem> {
    let mut territory = problem.territory().clone();
    let weeks = territory.calendar.cycle_weeks;
    let mut is_less = false;
    for (rank, vehicle) in territory.vehicles.iter_mut().enumerate() {
        let of_vehicle = || calendar.sessions.iter().filter(|session| session.vehicle == vehicle.id);
        let in_week = |week| of_vehicle().filter(|session| session.week == week).count() as u32;
        let fullest = (1..=weeks).map(in_week).max().unwrap_or(0);
        if fullest < problem.weekly_limit(rank) {
            is_less = true;
            vehicle.half_days_per_week = Some(fullest);
        }
    }
    if is_less { problem.relaxed(territory) } else { None }
}

/// The sessions of vehicles and at sites that the territory has, in the order of plans, with their ranks.
fn known<'s>(problem: &Problem, sessions: &'s [PublishedSession]) -> (Vec<Known<'s>>, Vec<Violation>) {
    let territory = problem.territory();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for session in sessions {
        let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
        let site = territory.sites.iter().position(|site| site.id == session.site);
        match (vehicle, site) {
            (Some(vehicle), Some(site)) => known.push(Known { vehicle, site, session }),
            (None, _) => unknown.push(Violation::UnknownVehicle(session.vehicle.clone())),
            (_, None) => unknown.push(Violation::UnknownSite(session.site.clone())),
        }
    }
    known.sort_by_key(|of| (of.vehicle, of.session.week, of.session.day, of.session.half, of.site));
    (known, unknown)
}

/// A session whose vehicle and site have a rank in the territory.
#[derive(Clone, Copy, Debug)]
struct Known<'s> {
    vehicle: usize,
    site: usize,
    session: &'s PublishedSession,
}

/// By site: whether it has a session, and the consultations a cycle of all of them.
fn consultations(problem: &Problem, sessions: &[Session]) -> (Vec<bool>, Vec<f64>) {
    let territory = problem.territory();
    let mut served = vec![false; territory.sites.len()];
    let mut given = vec![0.0; territory.sites.len()];
    for session in sessions {
        let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
        let site = territory.sites.iter().position(|site| site.id == session.site);
        let (Some(vehicle), Some(site)) = (vehicle, site) else { continue };
        let named = |id: &String| territory.activities.iter().position(|activity| activity.id == *id);
        let activity = session.activity.as_ref().and_then(named);
        served[site] = true;
        given[site] = match problem.consultations(vehicle, session.half, activity) {
            Some(consultations) => given[site] + consultations,
            None => f64::MAX,
        };
    }
    (served, given)
}

/// What it would be worth to reach and follow everyone whom the sites can draw: more than any plan gives.
fn everyone(problem: &Problem) -> f64 {
    let reached = |commune: usize| {
        let shares = problem.sites_near(commune).filter_map(|site| problem.share(commune, site));
        shares.map(|share| share.0).fold(0.0, f64::max) * problem.weight(commune)
    };
    let objective = problem.territory().objective;
    let all: f64 = (0..problem.territory().communes.len()).map(reached).sum();
    (objective.reached + objective.followed) * all * (1.0 + 1e-12)
}

/// Whether a violation is of the rules on sessions and days, and not one of what a plan claims of itself, nor of the
/// territory's own rules, which are measured apart.
fn is_of_the_model(violation: &Violation) -> bool {
    matches!(
        violation,
        Violation::OutsideCycle { .. }
            | Violation::NotWorking(_)
            | Violation::Closed { .. }
            | Violation::SeveralAtOnce(_)
            | Violation::TooManyHalfDays { .. }
            | Violation::NoWay { .. }
            | Violation::TooMuchDriving { .. }
            | Violation::NoTimeOverLunch { .. }
            | Violation::SessionsAtSite { .. }
            | Violation::SharedSite { .. }
            | Violation::UnknownDoctor(_)
            | Violation::UnknownActivity(_)
            | Violation::DoctorInTwoPlaces { .. }
            | Violation::WrongDoctor { .. }
            | Violation::NeedlessSpecialist { .. }
            | Violation::ActivityElsewhere { .. }
            | Violation::NoGeneralPractice { .. }
    )
}
