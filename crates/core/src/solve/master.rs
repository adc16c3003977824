//! The relaxed planning model: a linear program over the ways to fill days, with the coverage of patients replaced by
//! cuts that are found as they are needed (Benders).
//!
//! ```text
//! maximise  sum of reached weight x z  +  sum of step[q] x theta[q]
//!   z of a commune and band   <= open sites of that band or nearer, at most 1
//!   theta[q]                  <= every least cut of the coverage network of group q
//!   sessions of a site        between min and max, times its open
//!   days of each class filled <= days that there are
//! ```
//! For whole sessions and openings the cuts hold with equality at the value of the best coverage, so the model is
//! exact; for fractions its value is that of the linear relaxation with every patient in it.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolveOutcome, Variable};

use super::demand::Demand;
use super::flow::{Cut, Flow};
use super::meter::Meter;
use super::patterns::{Pattern, Period, periods, reachable_sites};
use crate::problem::Problem;

/// A cut that is violated by less than this share of its flow is not worth adding.
const VIOLATION: f64 = 1e-7;

/// What a model decides: the calendars of some vehicles, those of the others being given.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Vehicles whose sessions are decided.
    pub(super) vehicles: Vec<usize>,
    /// Sessions of the other vehicles, by site.
    pub(super) given: Vec<u32>,
    /// Whether days are told apart only by how many half-days they have, not by which sites fit together.
    pub(super) loose: bool,
}

/// What a column of the model stands for: so many days filled in one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) vehicle: usize,
    /// Rank in the vehicle's periods.
    pub(super) period: usize,
    /// Rank in the period's classes.
    pub(super) class: usize,
    pub(super) pattern: Pattern,
    pub(super) variable: Variable,
}

/// Sessions of a vehicle at a site, as a sum of columns.
#[derive(Clone, Debug)]
pub(super) struct Visits {
    pub(super) terms: Vec<(Variable, f64)>,
}

/// The model and the linear program that it starts from.
pub(super) struct Master<'a> {
    problem: &'a Problem,
    demand: &'a Demand,
    scope: Scope,
    pub(super) periods: Vec<(usize, Vec<Period>)>,
    pub(super) columns: Vec<Column>,
    /// Whether a site is opened, by a vehicle or by any.
    pub(super) opens: Vec<Variable>,
    /// By vehicle and site.
    pub(super) visits: Vec<Visits>,
    /// By site.
    open_at: Vec<Vec<Variable>>,
    sessions_at: Vec<Vec<(Variable, f64)>>,
    /// By group.
    theta: Vec<Variable>,
    flows: Vec<Flow>,
    /// Worth of what the given sessions reach, whatever is decided.
    constant: f64,
    program: microlp::Problem,
}

/// A solved linear program: feasible, or not, or given up.
pub(super) enum Relaxed {
    Solved(Box<microlp::Solution>),
    Infeasible,
    GivenUp,
}

impl Relaxed {
    pub(super) fn of(outcome: Result<SolveOutcome, microlp::Error>) -> Relaxed {
        match outcome {
            Ok(SolveOutcome::Solution(solution)) => Relaxed::Solved(Box::new(solution)),
            Err(microlp::Error::Infeasible) => Relaxed::Infeasible,
            Ok(SolveOutcome::Interrupted(_)) | Err(_) => Relaxed::GivenUp,
        }
    }
}

impl<'a> Master<'a> {
    pub(super) fn new(problem: &'a Problem, demand: &'a Demand, scope: Scope) -> Master<'a> {
        let sites = demand.sites;
        let mut master = Master {
            problem,
            demand,
            periods: Vec::new(),
            columns: Vec::new(),
            opens: Vec::new(),
            visits: Vec::new(),
            open_at: vec![Vec::new(); sites],
            sessions_at: vec![Vec::new(); sites],
            theta: Vec::new(),
            flows: (0..demand.groups.len()).map(|group| Flow::new(demand, group)).collect(),
            constant: 0.0,
            program: microlp::Problem::new(OptimizationDirection::Maximize),
            scope,
        };
        for vehicle in master.scope.vehicles.clone() {
            master.add_vehicle(vehicle);
        }
        master.limit_sites();
        master.count_reached();
        master.count_followed();
        master
    }

    fn exclusive(&self) -> bool {
        self.problem.territory().rules.one_vehicle_per_site
    }

    fn row(&mut self, terms: impl IntoIterator<Item = (Variable, f64)>, op: ComparisonOp, limit: f64) {
        self.program.add_constraint(sum(terms), op, limit);
    }

    /// Columns of a vehicle, and the rows that count its days and half-days.
    fn add_vehicle(&mut self, vehicle: usize) {
        let taken = |site: &u32| self.exclusive() && self.scope.given[*site as usize] > 0;
        let mut sites = reachable_sites(self.problem, vehicle);
        sites.retain(|site| !taken(site));
        let periods = periods(self.problem, vehicle, &sites);
        for (rank, period) in periods.iter().enumerate() {
            let first = self.columns.len();
            for (class_rank, class) in period.classes.iter().enumerate() {
                let start = self.columns.len();
                let patterns = if self.scope.loose { half_days(&class.open) } else { class.patterns.clone() };
                for pattern in patterns {
                    let most = self.most_of(&pattern, class.count);
                    if most > 0 {
                        let variable = self.program.add_var(0.0, (0.0, f64::from(most)));
                        self.columns.push(Column { vehicle, period: rank, class: class_rank, pattern, variable });
                    }
                }
                let halves = class.open.iter().filter(|open| !open.is_empty()).count() as u32;
                let days = if self.scope.loose { class.count * halves } else { class.count };
                let terms: Vec<_> = self.columns[start..].iter().map(|c| (c.variable, 1.0)).collect();
                self.row(terms, ComparisonOp::Le, f64::from(days));
            }
            self.limit_period(first, period);
        }
        self.periods.push((vehicle, periods));
    }

    /// How often a pattern can be used in so many days.
    fn most_of(&self, pattern: &Pattern, days: u32) -> u32 {
        let at = |site: usize| {
            let most = self.problem.session_limits(site).1.saturating_sub(self.scope.given[site]);
            most / pattern.sessions_at(site as u32)
        };
        let halves = if self.scope.loose { 2 } else { 1 };
        pattern.sites().map(at).min().unwrap_or(0).min(days * halves)
    }

    fn limit_period(&mut self, first: usize, period: &Period) {
        let half_days = |c: &Column| (c.variable, f64::from(c.pattern.half_days()));
        if let Some(most) = period.half_days {
            let terms: Vec<_> = self.columns[first..].iter().map(half_days).collect();
            self.row(terms, ComparisonOp::Le, f64::from(most));
        }
        if let Some(most) = period.full_days
            && !self.scope.loose
        {
            let full = self.columns[first..].iter().filter(|c| c.pattern.half_days() == 2);
            let terms: Vec<_> = full.map(|c| (c.variable, 1.0)).collect();
            self.row(terms, ComparisonOp::Le, f64::from(most));
        }
    }

    /// Openings, and the rows that keep the sessions of each site between its limits.
    fn limit_sites(&mut self) {
        let mut by_pair = BTreeMap::<(usize, usize), Vec<(Variable, f64)>>::new();
        for column in &self.columns {
            let mut sites: Vec<usize> = column.pattern.sites().collect();
            sites.dedup();
            for site in sites {
                let sessions = f64::from(column.pattern.sessions_at(site as u32));
                by_pair.entry((site, column.vehicle)).or_default().push((column.variable, sessions));
            }
        }
        let pairs: Vec<((usize, usize), Vec<(Variable, f64)>)> = by_pair.into_iter().collect();
        for of_site in pairs.chunk_by(|a, b| a.0.0 == b.0.0) {
            let site = of_site[0].0.0;
            let all: Vec<(Variable, f64)> = of_site.iter().flat_map(|(_, terms)| terms.clone()).collect();
            if self.exclusive() {
                for ((_, vehicle), terms) in of_site {
                    self.open(site, &[*vehicle], terms.clone());
                }
                if of_site.len() > 1 {
                    let opens: Vec<_> = self.open_at[site].iter().map(|&open| (open, 1.0)).collect();
                    self.row(opens, ComparisonOp::Le, 1.0);
                }
            } else {
                let vehicles: Vec<usize> = of_site.iter().map(|((_, vehicle), _)| *vehicle).collect();
                self.open(site, &vehicles, all.clone());
            }
            self.sessions_at[site] = all;
            self.visits.extend(of_site.iter().map(|(_, terms)| Visits { terms: terms.clone() }));
        }
    }

    /// One opening of a site by some vehicles, whose sessions there are `terms`.
    fn open(&mut self, site: usize, vehicles: &[usize], terms: Vec<(Variable, f64)>) {
        let (least, most) = self.problem.session_limits(site);
        let given = self.scope.given[site];
        let weeks = self.problem.territory().calendar.cycle_weeks;
        let can = |&v: &usize| self.problem.usable(v, site).len().min(self.problem.weekly_limit(v)) * weeks;
        let can: u32 = vehicles.iter().map(can).sum();
        let least = f64::from(least.saturating_sub(given));
        let most = f64::from(most.saturating_sub(given).min(can));
        if given > 0 {
            self.row(terms.clone(), ComparisonOp::Ge, least);
            self.row(terms, ComparisonOp::Le, most);
            return;
        }
        let open = self.program.add_var(0.0, (0.0, 1.0));
        let with = |factor: f64| terms.iter().copied().chain([(open, -factor)]).collect::<Vec<_>>();
        let (at_least, at_most) = (with(least.max(1.0)), with(most));
        self.row(at_least, ComparisonOp::Ge, 0.0);
        self.row(at_most, ComparisonOp::Le, 0.0);
        self.opens.push(open);
        self.open_at[site].push(open);
    }

    /// Communes reached, band by band; those with the same sites count together.
    fn count_reached(&mut self) {
        let shares = &self.demand.band_share;
        let mut worth = BTreeMap::<Vec<u32>, f64>::new();
        for commune in &self.demand.communes {
            let mut within: Vec<u32> = Vec::new();
            let mut near = commune.near.iter().peekable();
            for (band, share) in shares.iter().enumerate() {
                while let Some(site) = near.next_if(|near| near.band as usize == band) {
                    within.push(site.site);
                }
                let step = share - shares.get(band + 1).copied().unwrap_or(0.0);
                let gain = self.demand.reached * commune.weight * step;
                if within.iter().any(|&site| self.scope.given[site as usize] > 0) {
                    self.constant += gain;
                    continue;
                }
                let mut sites: Vec<u32> =
                    within.iter().copied().filter(|&site| !self.open_at[site as usize].is_empty()).collect();
                sites.sort_unstable();
                if gain > 0.0 && !sites.is_empty() {
                    *worth.entry(sites).or_default() += gain;
                }
            }
        }
        for (sites, gain) in worth {
            let reached = self.program.add_var(gain, (0.0, 1.0));
            let opens = sites.iter().flat_map(|&site| self.open_at[site as usize].clone());
            let terms: Vec<_> = opens.map(|open| (open, -1.0)).chain([(reached, 1.0)]).collect();
            self.row(terms, ComparisonOp::Le, 0.0);
        }
    }

    /// Consultations of each group, within all the capacity there is.
    fn count_followed(&mut self) {
        for group in 0..self.demand.groups.len() {
            let supply: f64 = self.demand.communes.iter().map(|commune| commune.supply[group]).sum();
            let theta = self.program.add_var(self.demand.groups[group].step, (0.0, supply));
            self.theta.push(theta);
            let all = Cut { full: (0..self.demand.sites as u32).collect(), ..Cut::default() };
            let (terms, limit) = self.cut_row(group, &all);
            self.row(terms, ComparisonOp::Le, limit);
        }
    }

    /// A cut as a row of the program: its terms, and what they may sum to at most.
    fn cut_row(&self, group: usize, cut: &Cut) -> (Vec<(Variable, f64)>, f64) {
        let capacity = self.problem.capacity().unwrap_or(0.0);
        let mut terms = BTreeMap::<usize, (Variable, f64)>::new();
        let mut add = |variable: Variable, factor: f64| {
            terms.entry(variable.idx()).or_insert((variable, 0.0)).1 -= factor;
        };
        let mut limit = cut.constant;
        for &site in &cut.full {
            limit += capacity * f64::from(self.scope.given[site as usize]);
            for &(variable, sessions) in &self.sessions_at[site as usize] {
                add(variable, capacity * sessions);
            }
        }
        for &(site, width) in &cut.per_open {
            if self.scope.given[site as usize] > 0 {
                limit += width;
            }
            for &open in &self.open_at[site as usize] {
                add(open, width);
            }
        }
        let mut row: Vec<(Variable, f64)> = terms.into_values().collect();
        row.push((self.theta[group], 1.0));
        (row, limit)
    }

    /// Solves the program that the model starts from.
    pub(super) fn root(&self, meter: &Meter<'_>) -> Relaxed {
        let mut options = microlp::SolveOptions::default();
        options.time_limit = meter.time_left();
        options.presolve = false;
        Relaxed::of(self.program.solve_with(options))
    }

    /// Adds cuts until the program knows the coverage of its own solution.
    pub(super) fn tighten(&mut self, mut solution: microlp::Solution, enough: f64, meter: &Meter<'_>) -> Relaxed {
        loop {
            if self.value(&solution) <= enough || meter.must_stop().is_some() {
                return Relaxed::Solved(Box::new(solution));
            }
            let rows = self.violated(&solution);
            if rows.is_empty() {
                return Relaxed::Solved(Box::new(solution));
            }
            for (terms, limit) in rows {
                let before = solution.stats().lp_iterations;
                match Relaxed::of(solution.add_constraint(sum(terms), ComparisonOp::Le, limit)) {
                    Relaxed::Solved(next) => solution = *next,
                    other => return other,
                }
                meter.spend(40 * solution.stats().lp_iterations.saturating_sub(before));
            }
        }
    }

    /// Cuts that the solution breaks.
    fn violated(&mut self, solution: &microlp::Solution) -> Vec<(Vec<(Variable, f64)>, f64)> {
        let sessions = self.sessions(solution);
        let capacity = self.problem.capacity().unwrap_or(0.0);
        let given = |site: usize| f64::from(self.scope.given[site]);
        let capacities: Vec<f64> =
            sessions.iter().enumerate().map(|(site, &n)| capacity * (n.max(0.0) + given(site))).collect();
        let open: Vec<f64> = (0..self.demand.sites)
            .map(|site| {
                let decided: f64 = self.open_at[site].iter().map(|&open| solution.var_value(open)).sum();
                if self.scope.given[site] > 0 { 1.0 } else { decided.clamp(0.0, 1.0) }
            })
            .collect();
        let mut rows = Vec::new();
        for group in 0..self.theta.len() {
            let flow = self.flows[group].maximise(&capacities, &open);
            if solution.var_value(self.theta[group]) > flow + VIOLATION * flow.max(1.0) {
                let cut = self.flows[group].cut();
                rows.push(self.cut_row(group, &cut));
            }
        }
        rows
    }

    /// Sessions decided, by site; fractions in a relaxed solution.
    fn sessions(&self, solution: &microlp::Solution) -> Vec<f64> {
        let value = |terms: &Vec<(Variable, f64)>| total(terms, solution);
        self.sessions_at.iter().map(value).collect()
    }

    /// Objective of a relaxed solution, with what the given sessions bring.
    pub(super) fn value(&self, solution: &microlp::Solution) -> f64 {
        self.constant + solution.objective()
    }
}

impl Visits {
    /// Sessions in a relaxed solution.
    pub(super) fn in_solution(&self, solution: &microlp::Solution) -> f64 {
        total(&self.terms, solution)
    }
}

fn total(terms: &[(Variable, f64)], solution: &microlp::Solution) -> f64 {
    terms.iter().map(|&(variable, factor)| factor * solution.var_value(variable)).sum()
}

fn sum(terms: impl IntoIterator<Item = (Variable, f64)>) -> LinearExpr {
    let mut expression = LinearExpr::empty();
    for (variable, factor) in terms {
        expression.add(variable, factor);
    }
    expression
}

/// Single half-days, whatever else the day holds.
fn half_days([am, pm]: &[Vec<u32>; 2]) -> Vec<Pattern> {
    let mut sites: Vec<u32> = am.iter().chain(pm).copied().collect();
    sites.sort_unstable();
    sites.dedup();
    let alone = |site| Pattern { am: Some(site), pm: None, drive: medicobus_roads::Millis::ZERO };
    sites.into_iter().map(alone).collect()
}
