//! The planning model as a linear program: how often each way to fill a day is used, which sites are open, and how many
//! consultations patients take at them.
//!
//! ```text
//! maximise  sum of reached weight x z  +  sum of worth[q] x followed[i, q]
//!   z of a commune and band      <= open sites of that band or nearer, at most 1
//!   followed[i, .]               <= taken[i, .]
//!   taken[i, sites from band b]  <= sum over q of far[i, q, b],  far <= followed[i, q], far <= share b of the willing
//!   taken[i, s]                  <= the willing of i at s, times open[s]
//!   taken[., s]                  <= capacity of the sessions at s
//!   sessions of a site           between min and max, times its open
//!   days of each class filled    <= days that there are
//! ```
//! Consultations are told apart by commune and site, and by commune and profile, but not by all three: patients of a
//! commune have the same sites in the same bands, so any such totals can be split among its profiles.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolveOutcome, Variable};

use super::demand::{CommuneDemand, Demand};
use super::meter::Meter;
use super::patterns::{Pattern, Period, periods, reachable_sites};
use crate::problem::{Near, Problem};

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
    /// By commune: the share reached for sure, and that of each reach variable.
    reach: Vec<(f64, Vec<(Variable, f64)>)>,
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
            reach: Vec::new(),
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
                        self.columns.push(Column {
                            vehicle,
                            period: rank,
                            class: class_rank,
                            pattern,
                            variable,
                        });
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
        let mut rank = BTreeMap::<Vec<u32>, usize>::new();
        let mut worth: Vec<f64> = Vec::new();
        let mut reach: Vec<(f64, Vec<(usize, f64)>)> = Vec::with_capacity(self.demand.communes.len());
        for commune in &self.demand.communes {
            let mut within: Vec<u32> = Vec::new();
            let mut near = commune.near.iter().peekable();
            let (mut sure, mut steps) = (0.0, Vec::new());
            for (band, share) in shares.iter().enumerate() {
                while let Some(site) = near.next_if(|near| near.band as usize == band) {
                    within.push(site.site);
                }
                let step = share - shares.get(band + 1).copied().unwrap_or(0.0);
                let gain = self.demand.reached * commune.weight * step;
                if within.iter().any(|&site| self.scope.given[site as usize] > 0) {
                    self.constant += gain;
                    sure += step;
                    continue;
                }
                let mut sites: Vec<u32> =
                    within.iter().copied().filter(|&site| !self.open_at[site as usize].is_empty()).collect();
                sites.sort_unstable();
                if !sites.is_empty() {
                    let next = rank.len();
                    let rank = *rank.entry(sites).or_insert(next);
                    worth.resize(worth.len().max(rank + 1), 0.0);
                    worth[rank] += gain;
                    match steps.last_mut() {
                        Some((last, sum)) if *last == rank => *sum += step,
                        _ => steps.push((rank, step)),
                    }
                }
            }
            reach.push((sure, steps));
        }
        let mut sets: Vec<(Vec<u32>, usize)> = rank.into_iter().collect();
        sets.sort_by_key(|(_, rank)| *rank);
        let mut variables = Vec::with_capacity(sets.len());
        for (sites, rank) in sets {
            let reached = self.program.add_var(worth[rank], (0.0, 1.0));
            let opens = sites.iter().flat_map(|&site| self.open_at[site as usize].clone());
            let terms: Vec<_> = opens.map(|open| (open, -1.0)).chain([(reached, 1.0)]).collect();
            self.row(terms, ComparisonOp::Le, 0.0);
            variables.push(reached);
        }
        let named = |steps: Vec<(usize, f64)>| {
            steps.into_iter().map(|(rank, step)| (variables[rank], step)).collect()
        };
        self.reach = reach.into_iter().map(|(sure, steps)| (sure, named(steps))).collect();
    }

    /// Consultations that patients take, within the sessions of each site.
    fn count_followed(&mut self) {
        let mut taken_at = vec![Vec::new(); self.demand.sites];
        if !self.demand.groups.is_empty() {
            for (rank, commune) in self.demand.communes.iter().enumerate() {
                self.follow(rank, commune, &mut taken_at);
            }
        }
        let capacity = self.problem.capacity().unwrap_or(0.0);
        for (site, taken) in taken_at.into_iter().enumerate() {
            let sessions = self.sessions_at[site].iter().map(|&(variable, n)| (variable, -capacity * n));
            let terms: Vec<_> = sessions.chain(taken).collect();
            self.row(terms, ComparisonOp::Le, capacity * f64::from(self.scope.given[site]));
        }
    }

    /// Consultations that patients of a commune take at each site that may be served.
    fn follow(&mut self, rank: usize, commune: &CommuneDemand, taken_at: &mut [Vec<(Variable, f64)>]) {
        let served = |near: &&Near| {
            let site = near.site as usize;
            self.scope.given[site] > 0 || !self.open_at[site].is_empty()
        };
        let near: Vec<Near> = commune.near.iter().filter(served).copied().collect();
        let supply = commune.supply.last().copied().unwrap_or(0.0);
        if near.is_empty() || supply <= 0.0 {
            return;
        }
        let share = |near: &Near| self.demand.band_share[near.band as usize];
        let nearest = share(&near[0]);
        let mut taken: Vec<(Near, Variable)> = Vec::with_capacity(near.len());
        for place in near {
            let willing = share(&place) * supply;
            let variable = self.program.add_var(0.0, (0.0, willing));
            taken_at[place.site as usize].push((variable, 1.0));
            taken.push((place, variable));
            let opens = &self.open_at[place.site as usize];
            if !opens.is_empty() {
                let terms: Vec<_> = opens.iter().map(|&o| (o, -willing)).chain([(variable, 1.0)]).collect();
                self.row(terms, ComparisonOp::Le, 0.0);
            }
        }
        let mut followed: Vec<(Variable, f64)> = Vec::new();
        for (group, of) in self.demand.groups.iter().enumerate() {
            let own =
                commune.supply[group] - group.checked_sub(1).map_or(0.0, |before| commune.supply[before]);
            if own > 0.0 {
                let variable = self.program.add_var(of.worth, (0.0, nearest * own));
                followed.push((variable, own));
                let (sure, reached) = self.reach[rank].clone();
                let terms: Vec<_> =
                    reached.into_iter().map(|(z, step)| (z, -own * step)).chain([(variable, 1.0)]).collect();
                self.row(terms, ComparisonOp::Le, own * sure);
            }
        }
        let all = followed.iter().map(|&(f, _)| (f, 1.0)).chain(taken.iter().map(|&(_, t)| (t, -1.0)));
        self.row(all.collect::<Vec<_>>(), ComparisonOp::Le, 0.0);
        let mut bands: Vec<u8> = taken.iter().map(|(place, _)| place.band).collect();
        bands.dedup();
        for &band in &bands[1..] {
            let far: Vec<_> =
                taken.iter().filter(|(place, _)| place.band >= band).map(|&(_, t)| (t, 1.0)).collect();
            self.limit_far(far, &followed, self.demand.band_share[band as usize]);
        }
    }

    /// Keeps what is taken far away within what patients ready to go there are followed for.
    fn limit_far(&mut self, mut taken: Vec<(Variable, f64)>, followed: &[(Variable, f64)], share: f64) {
        for &(of_profile, supply) in followed {
            let far = self.program.add_var(0.0, (0.0, share * supply));
            self.row([(far, 1.0), (of_profile, -1.0)], ComparisonOp::Le, 0.0);
            taken.push((far, -1.0));
        }
        self.row(taken, ComparisonOp::Le, 0.0);
    }

    /// Solves the program that the model starts from.
    pub(super) fn root(&self, meter: &Meter<'_>) -> Relaxed {
        let mut options = microlp::SolveOptions::default();
        options.time_limit = meter.time_left();
        options.presolve = false;
        Relaxed::of(self.program.solve_with(options))
    }

    /// How open each site is in a relaxed solution.
    pub(super) fn openness(&self, solution: &microlp::Solution) -> Vec<f64> {
        let open = |opens: &Vec<Variable>| opens.iter().map(|&open| solution.var_value(open)).sum();
        self.open_at.iter().map(open).collect()
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
