//! The planning model as a linear program: how often each way to fill a day is used, which sites are open, and how many
//! consultations patients take at them.
//!
//! ```text
//! maximise  sum of reached weight x z  +  sum of worth[q] x followed[i, q]
//!   days of each class filled    <= days that there are
//!   sessions of a site           between min and max, times its open
//!   z of a set of sites          <= open sites of the set, at most 1
//!   followed[i, q]               <= the willing of i and q that are reached
//!   followed[i, .]               <= taken[i, .]
//!   taken[i, sites from band b]  <= sum over q of far[i, q, b],  far <= followed[i, q], far <= share b of the willing
//!   taken[i, s]                  <= the willing of i at s, times open[s]
//!   taken[., s]                  <= capacity of the sessions at s
//! ```
//! Consultations are told apart by commune and site, and by commune and profile, but not by all three: patients of a
//! commune have the same sites in the same bands, so any such totals can be split among its profiles.
//!
//! With whole days and openings the model is exact where half-days are all alike and only the rules 1 to 6 hold. Where
//! others do, it is a relaxation of objective less penalties: `cells` counts sessions on half-days that are alike, and
//! the rules on them are rows, with a column for their breach where it has a price. A rule, or a part of one, that is
//! left out makes the bound no less valid.
//!
//! This file builds the calendar, `cells` where it is dated; `rhythm`, `bookings`, `activities`, `staff` and `changes` the
//! rules on it; `reach` and `follow` the patients. `alone`, `days` and `whole_days` find rows that
//! fractions break.

mod activities;
mod alone;
mod bookings;
mod cells;
mod changes;
mod days;
mod follow;
mod openings;
mod outline;
mod reach;
mod rhythm;
mod slots;
mod staff;
mod whole_days;

use std::collections::BTreeMap;

use super::demand::Demand;
use super::patterns::{Pattern, Period, periods, reachable_sites};
use super::program::{Bound, Col, Optimum, Point, Program, Terms};
use crate::problem::Problem;
use crate::territory::RuleKind;
use activities::Held;
pub(super) use alone::{Alone, Dive, Diver, Shares};
use bookings::Due;
use cells::{Cell, Double};
use days::Days;
use openings::Openings;
pub(super) use outline::Outline;
use reach::Reach;
use staff::Staff;
use whole_days::WholeDays;

/// What a model decides: the calendars of some vehicles, those of the others being given.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// Vehicles whose sessions are decided.
    pub(super) vehicles: Vec<usize>,
    /// Sessions of the other vehicles, by site.
    pub(super) given: Vec<u32>,
    pub(super) detail: Detail,
}

/// What a model tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// How many half-days there are; not which ones they are, nor which sites fit together on a day.
    Counted,
    /// Which half-days they are, where rules on calendar and people hold.
    Dated,
    /// Which sites fit together on a day, too.
    Paired,
}

/// So many days filled in one way, as a column of the model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling {
    pub(super) vehicle: usize,
    /// Rank in the vehicle's periods.
    pub(super) period: usize,
    /// Rank in the period's classes.
    pub(super) class: usize,
    pub(super) pattern: Pattern,
    pub(super) days: Col,
}

/// The model of a scope.
#[derive(Debug)]
pub(super) struct Master<'a> {
    problem: &'a Problem,
    demand: &'a Demand,
    scope: Scope,
    pub(super) program: Program,
    /// Vehicles of the scope and their periods.
    pub(super) periods: Vec<(usize, Vec<Period>)>,
    pub(super) fillings: Vec<Filling>,
    /// Whether a site is opened, by a vehicle or by any.
    pub(super) opens: Vec<Col>,
    /// Sessions of each vehicle at each site.
    pub(super) visits: Vec<Terms>,
    /// Vehicle and site of each of these.
    pub(super) pairs: Vec<(usize, usize)>,
    /// What is shared among sites and must be whole: how many sessions there are on half-days that are alike, how many
    /// of each doctor then, and of each activity.
    pub(super) shared: Vec<Terms>,
    /// What else must be whole, the weightiest first.
    pub(super) later: Vec<Vec<Terms>>,
    /// By site: its openings.
    open_at: Vec<Vec<Col>>,
    /// By site: the consultations of its sessions.
    consultations_at: Vec<Terms>,
    /// Sessions on half-days that are alike, where rules on calendar and people hold; and what these rules leave open.
    cells: Vec<Cell>,
    openings: Openings,
    /// Whole days at one site, where days are told apart by what they hold.
    doubles: Vec<Double>,
    /// Those of sites that should have one doctor.
    whole_days: Vec<WholeDays>,
    /// Days on which half-days are told apart, but not what goes together.
    days: Vec<Days>,
    /// Sessions that hold an activity.
    held: Vec<Held>,
    /// Sessions of bookings.
    due: Vec<Due>,
    /// Sessions of doctors.
    staff: Staff,
    /// By site: what its breaches of the rules on its rhythm and its doctors cost.
    charges: Vec<Terms>,
    /// By rule: its breaches, where they are whole.
    breaches: BTreeMap<RuleKind, Terms>,
    /// Sums over all sites: open ones, sessions, and sessions of each doctor.
    pub(super) totals: Vec<Terms>,
    /// Worth of what the given sessions reach, whatever is decided.
    constant: f64,
}

impl<'a> Master<'a> {
    pub(super) fn new(problem: &'a Problem, demand: &'a Demand, scope: Scope) -> Master<'a> {
        let mut master = Master {
            problem,
            demand,
            program: Program::default(),
            periods: Vec::new(),
            fillings: Vec::new(),
            opens: Vec::new(),
            visits: Vec::new(),
            pairs: Vec::new(),
            shared: Vec::new(),
            later: Vec::new(),
            open_at: vec![Vec::new(); demand.sites],
            consultations_at: vec![Vec::new(); demand.sites],
            cells: Vec::new(),
            openings: Openings::default(),
            doubles: Vec::new(),
            whole_days: Vec::new(),
            days: Vec::new(),
            held: Vec::new(),
            due: Vec::new(),
            staff: Staff::default(),
            charges: vec![Vec::new(); demand.sites],
            breaches: BTreeMap::new(),
            totals: Vec::new(),
            constant: 0.0,
            scope,
        };
        let plain = problem.is_plain();
        if !plain {
            master.openings = Openings::new(problem);
        }
        for vehicle in master.scope.vehicles.clone() {
            if plain {
                master.add_vehicle(vehicle);
            } else {
                master.add_cells(vehicle);
            }
        }
        master.limit_sites();
        if !plain {
            master.add_activities();
            master.add_rhythm();
            master.add_bookings();
            master.hold_locked();
            master.add_staff();
            master.add_changes();
            master.share();
            master.add_up();
        }
        let reach: Vec<Reach> = master.count_reached();
        master.count_followed(&reach);
        master
    }

    /// Adds up over all sites.
    fn add_up(&mut self) {
        let mut by_doctor: BTreeMap<usize, Terms> = BTreeMap::new();
        for duty in &self.staff.duties {
            by_doctor.entry(duty.doctor).or_default().push((duty.sessions, 1.0));
        }
        let opens = self.opens.iter().map(|&open| (open, 1.0)).collect();
        let sessions = self.cells.iter().map(|cell| (cell.sessions, 1.0)).collect();
        self.totals = [opens, sessions].into_iter().chain(by_doctor.into_values()).collect();
        self.totals.retain(|terms| terms.len() > 1);
        self.shared.retain(|terms| !self.totals.contains(terms));
    }

    /// Adds up what sites share.
    fn share(&mut self) {
        // By sort of sum (half-days, doctors, activities), then which one of that sort.
        let mut sums: BTreeMap<(u8, usize, usize), Terms> = BTreeMap::new();
        let mut kinds: Vec<(usize, &slots::Slots)> = Vec::new();
        for cell in &self.cells {
            let kind = (cell.vehicle, &cell.slots);
            let rank = kinds.iter().position(|known| *known == kind).unwrap_or_else(|| {
                kinds.push(kind);
                kinds.len() - 1
            });
            sums.entry((0, rank, 0)).or_default().push((cell.sessions, 1.0));
        }
        for duty in &self.staff.duties {
            sums.entry((1, duty.doctor, duty.span)).or_default().push((duty.sessions, 1.0));
        }
        for held in &self.held {
            sums.entry((2, held.activity, 0)).or_default().push((held.sessions, 1.0));
        }
        self.shared = sums.into_values().filter(|terms| terms.len() > 1).collect();
    }

    /// Whole days of doctors, where a site should have one.
    pub(super) fn doctor_days(&self) -> impl Iterator<Item = Col> {
        self.staff.whole_days.iter().map(|full| full.days)
    }

    /// The breaches of each rule, where they are whole.
    pub(super) fn breaches(&self) -> impl Iterator<Item = &Terms> {
        self.breaches.values()
    }

    /// Objective of a relaxed solution, with what the given sessions bring.
    pub(super) fn value(&self, optimum: &Optimum) -> f64 {
        self.value_of(optimum.objective())
    }

    /// An objective of the program, with what the given sessions bring.
    pub(super) fn value_of(&self, objective: f64) -> f64 {
        self.constant + objective
    }

    /// Whether no vehicle is left out, so that a bound on its plans is one on all plans.
    pub(super) fn decides_all(&self) -> bool {
        self.scope.vehicles.len() == self.problem.territory().vehicles.len()
    }

    /// How open each site is in a relaxed solution.
    pub(super) fn openness(&self, point: &Point) -> Vec<f64> {
        let open = |opens: &Vec<Col>| opens.iter().map(|&open| point.value(open)).sum();
        self.open_at.iter().map(open).collect()
    }

    /// Sessions by vehicle and site, from those of [`Master::pairs`].
    pub(super) fn by_vehicle(&self, sessions: &[u32]) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; self.demand.sites]; self.problem.territory().vehicles.len()];
        for (&(vehicle, site), &sessions) in self.pairs.iter().zip(sessions) {
            counts[vehicle][site] = sessions;
        }
        counts
    }

    fn is_loose(&self) -> bool {
        self.scope.detail == Detail::Counted
    }

    fn exclusive(&self) -> bool {
        self.problem.territory().rules.one_vehicle_per_site
    }

    /// Whether the given sessions serve a site.
    fn is_given(&self, site: u32) -> bool {
        self.scope.given[site as usize] > 0
    }

    /// Whether a site is served, or can be.
    fn is_possible(&self, site: u32) -> bool {
        self.is_given(site) || !self.open_at[site as usize].is_empty()
    }

    /// Fillings of a vehicle's days, and the rows that count its days and half-days.
    fn add_vehicle(&mut self, vehicle: usize) {
        let mut sites = reachable_sites(self.problem, vehicle);
        sites.retain(|&site| !(self.exclusive() && self.is_given(site)));
        let periods = periods(self.problem, vehicle, &sites);
        for (rank, period) in periods.iter().enumerate() {
            let first = self.fillings.len();
            for (class_rank, class) in period.classes.iter().enumerate() {
                let start = self.fillings.len();
                let patterns = if self.is_loose() { half_days(&class.open) } else { class.patterns.clone() };
                for pattern in patterns {
                    let most = self.most_of(&pattern, class.count);
                    if most > 0 {
                        let days = self.program.count(0.0, f64::from(most));
                        self.fillings.push(Filling {
                            vehicle,
                            period: rank,
                            class: class_rank,
                            pattern,
                            days,
                        });
                    }
                }
                let halves = class.open.iter().filter(|open| !open.is_empty()).count() as u32;
                let days = if self.is_loose() { class.count * halves } else { class.count };
                let terms = self.fillings[start..].iter().map(|filling| (filling.days, 1.0));
                self.program.row(terms, Bound::AtMost, f64::from(days));
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
        let halves = if self.is_loose() { 2 } else { 1 };
        pattern.sites().map(at).min().unwrap_or(0).min(days * halves)
    }

    fn limit_period(&mut self, first: usize, period: &Period) {
        let fillings = &self.fillings[first..];
        if let Some(most) = period.half_days {
            let half_days =
                fillings.iter().map(|filling| (filling.days, f64::from(filling.pattern.half_days())));
            self.program.row(half_days, Bound::AtMost, f64::from(most));
        }
        if let Some(most) = period.full_days
            && !self.is_loose()
        {
            let full = fillings.iter().filter(|filling| filling.pattern.half_days() == 2);
            self.program.row(full.map(|filling| (filling.days, 1.0)), Bound::AtMost, f64::from(most));
        }
    }

    /// Openings, and the rows that keep the sessions of each site between its limits.
    fn limit_sites(&mut self) {
        let mut by_pair = BTreeMap::<(usize, usize), Terms>::new();
        for filling in &self.fillings {
            let mut sites: Vec<usize> = filling.pattern.sites().collect();
            sites.dedup();
            for site in sites {
                let sessions = f64::from(filling.pattern.sessions_at(site as u32));
                by_pair.entry((site, filling.vehicle)).or_default().push((filling.days, sessions));
            }
        }
        if !self.cells.is_empty() {
            by_pair.clear();
        }
        for cell in &self.cells {
            by_pair.entry((cell.site, cell.vehicle)).or_default().push((cell.sessions, 1.0));
        }
        let pairs: Vec<(usize, usize, Terms)> =
            by_pair.into_iter().map(|((site, vehicle), terms)| (site, vehicle, terms)).collect();
        for of_site in pairs.chunk_by(|a, b| a.0 == b.0) {
            let site = of_site[0].0;
            let all: Terms = of_site.iter().flat_map(|(.., terms)| terms.clone()).collect();
            if self.exclusive() {
                for (_, vehicle, terms) in of_site {
                    self.open(site, &[*vehicle], terms);
                }
                if of_site.len() > 1 {
                    let opens = self.open_at[site].iter().map(|&open| (open, 1.0));
                    self.program.row(opens, Bound::AtMost, 1.0);
                }
            } else {
                let vehicles: Vec<usize> = of_site.iter().map(|(_, vehicle, _)| *vehicle).collect();
                self.open(site, &vehicles, &all);
            }
            let capacity = self.problem.capacity().unwrap_or(0.0);
            let alike = all.into_iter().map(|(days, n)| (days, capacity * n));
            self.consultations_at[site] =
                if self.cells.is_empty() { alike.collect() } else { self.consultations(site) };
            self.visits.extend(of_site.iter().map(|(.., terms)| terms.clone()));
            self.pairs.extend(of_site.iter().map(|&(site, vehicle, _)| (vehicle, site)));
        }
    }

    /// One opening of a site by some vehicles, whose sessions there are `terms`.
    fn open(&mut self, site: usize, vehicles: &[usize], terms: &Terms) {
        let (least, most) = self.problem.session_limits(site);
        let given = self.scope.given[site];
        let weeks = self.problem.territory().calendar.cycle_weeks;
        let alike = |v| self.problem.usable(v, site).len().min(self.problem.weekly_limit(v)) * weeks;
        let dated = |v| self.weekly(v, self.openings.at(v, site));
        let can = |&v: &usize| if self.cells.is_empty() { alike(v) } else { dated(v) };
        let can: u32 = vehicles.iter().map(can).sum();
        let least = f64::from(least.saturating_sub(given));
        let most = f64::from(most.saturating_sub(given).min(can));
        let sessions = || terms.iter().copied();
        if given > 0 {
            self.program.row(sessions(), Bound::AtLeast, least);
            self.program.row(sessions(), Bound::AtMost, most);
            return;
        }
        let open = self.program.count(0.0, 1.0);
        self.program.row(sessions().chain([(open, -least.max(1.0))]), Bound::AtLeast, 0.0);
        self.program.row(sessions().chain([(open, -most)]), Bound::AtMost, 0.0);
        self.opens.push(open);
        self.open_at[site].push(open);
    }
}

impl Master<'_> {
    /// A column for how much a rule is broken, at most `most`, at its price; None where it is hard. An infinite `most`
    /// stands for what no plan exceeds, for rules that are counted in sessions or doctors.
    fn breach(&mut self, kind: RuleKind, subject: Option<&str>, most: f64) -> Option<Col> {
        let price = self.problem.territory().rules.price(kind, subject)?;
        let most = if most.is_finite() { most } else { self.most_broken() };
        // Shares of half-days are let be fractions; all else that rules count is whole.
        if matches!(kind, RuleKind::PreventionShare | RuleKind::Majority) {
            return Some(self.program.column(-price, most));
        }
        let breach = self.program.count(-price, most);
        self.breaches.entry(kind).or_default().push((breach, 1.0));
        Some(breach)
    }

    /// No rule that is counted in sessions or doctors is broken more often.
    fn most_broken(&self) -> f64 {
        let territory = self.problem.territory();
        let published = territory.published.as_ref().map_or(0, |published| published.sessions.len());
        let sessions = territory.vehicles.len() as u32 * self.cycle().len();
        f64::from(sessions) + (territory.doctors.len() + published) as f64
    }

    /// The same for a rule on the rhythm or the doctors of a site.
    fn breach_at(&mut self, kind: RuleKind, site: usize, most: f64) -> Option<Col> {
        let territory = self.problem.territory();
        let id = &territory.sites[site].id;
        let breach = self.breach(kind, Some(id), most)?;
        self.charges[site].push((breach, territory.rules.price(kind, Some(id))?));
        Some(breach)
    }

    /// The openings of a site, times a factor.
    fn opens_of(&self, site: usize, factor: f64) -> Terms {
        self.open_at[site].iter().map(|&open| (open, factor)).collect()
    }

    /// Consultations that all patients need: as good as an unlimited number.
    fn all_needed(&self) -> f64 {
        self.demand.communes.iter().filter_map(|commune| commune.supply.last()).sum()
    }

    /// Consultations of general practice at a site.
    fn consultations(&self, site: usize) -> Terms {
        let here = self.cells.iter().filter(|cell| cell.site == site);
        let enough = self.all_needed();
        here.map(|cell| (cell.sessions, cell.given.unwrap_or(enough))).collect()
    }
}

/// Single half-days, whatever else the day holds.
fn half_days([am, pm]: &[Vec<u32>; 2]) -> Vec<Pattern> {
    let mut sites: Vec<u32> = am.iter().chain(pm).copied().collect();
    sites.sort_unstable();
    sites.dedup();
    let alone = |site| Pattern { am: Some(site), pm: None, drive: medicobus_roads::Millis::ZERO };
    sites.into_iter().map(alone).collect()
}
