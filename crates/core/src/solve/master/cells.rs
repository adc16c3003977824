//! Sessions of a vehicle at a site on half-days that are alike: what the rules about calendar and people are put in.

use super::days::Days;
use super::slots::Slots;
use super::{Detail, Filling, Master};
use crate::calendar::{Day, Half};
use crate::problem::Problem;
use crate::solve::patterns::{Pattern, patterns, reachable_sites};
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::{BookingKind, RuleKind};

/// So many sessions of a vehicle at a site, on some of these half-days.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) vehicle: usize,
    pub(super) site: usize,
    pub(super) slots: Slots,
    /// A half-day that they can be on; the others give as many consultations.
    pub(super) half: Half,
    /// Consultations of one of general practice; None when unlimited.
    pub(super) given: Option<f64>,
    pub(super) sessions: Col,
}

/// Days on which a vehicle is at one site in the morning and in the afternoon.
#[derive(Clone, Debug)]
pub(super) struct Double {
    pub(super) vehicle: usize,
    pub(super) site: usize,
    /// Mornings and afternoons of the days that it can be.
    pub(super) halves: [Slots; 2],
    pub(super) days: Col,
}

/// Days of a vehicle that need not be told apart.
struct Kind {
    dates: Vec<(u32, Day)>,
    /// Sites that can be served in the morning, and in the afternoon.
    open: [Vec<u32>; 2],
    /// Whether morning and afternoon need not be told apart either.
    alike: bool,
}

impl Kind {
    /// Its half-days, those together that need not be told apart.
    fn halves(&self) -> &'static [&'static [Half]] {
        if self.alike { &[&Half::ALL] } else { &[&[Half::Am], &[Half::Pm]] }
    }

    fn slots(&self, weeks: u32, halves: &[Half]) -> Slots {
        Slots::of(weeks, |week, day, half| halves.contains(&half) && self.dates.contains(&(week, day)))
    }
}

/// What tells half-days of a vehicle apart.
#[derive(PartialEq, Eq)]
struct Signature {
    open: Vec<u32>,
    /// Doctors at work, by rank.
    doctors: Vec<usize>,
    /// Bookings, by rank.
    bookings: Vec<usize>,
    /// Published sites.
    published: Vec<u32>,
}

/// A kind of days by its signatures, and its week where weeks are told apart.
type Found = (Option<u32>, [Signature; 2], Vec<(u32, Day)>);

impl Master<'_> {
    /// The sessions of a vehicle, and the rows that count its days and half-days.
    pub(super) fn add_cells(&mut self, vehicle: usize) {
        let sites: Vec<u32> = reachable_sites(self.problem, vehicle)
            .into_iter()
            .filter(|&site| !self.openings.at(vehicle, site as usize).is_empty())
            .filter(|&site| !(self.exclusive() && self.is_given(site)))
            .collect();
        if self.is_loose() {
            self.add_half_days(vehicle, &sites);
            return;
        }
        let limit = self.problem.weekly_limit(vehicle);
        let limited = limit < self.problem.territory().vehicles[vehicle].days.len();
        let mut by_week = weeks_matter(self.problem);
        let mut kinds = self.kinds(vehicle, &sites, by_week);
        if limited && kinds.len() > 1 && !by_week {
            by_week = true;
            kinds = self.kinds(vehicle, &sites, by_week);
        }
        let first = self.fillings.len();
        for (rank, kind) in kinds.iter().enumerate() {
            self.add_days(vehicle, rank, kind);
        }
        if limited {
            self.limit_weeks(vehicle, limit, by_week, first);
        }
    }

    /// Days of each kind, with their fillings and the sessions that these hold.
    fn add_days(&mut self, vehicle: usize, rank: usize, kind: &Kind) {
        if self.scope.detail == Detail::Dated {
            return self.add_dated_half_days(vehicle, kind);
        }
        let count = kind.dates.len() as u32;
        let start = self.fillings.len();
        for pattern in patterns(self.problem, vehicle, &kind.open, kind.alike) {
            let at = |site: usize| self.most_at(site) / pattern.sessions_at(site as u32);
            let most = pattern.sites().map(at).min().unwrap_or(0).min(count);
            if most > 0 {
                let days = self.program.count(0.0, f64::from(most));
                self.fillings.push(Filling { vehicle, period: 0, class: rank, pattern, days });
                if let Some(site) = pattern.am.filter(|_| pattern.am == pattern.pm) {
                    let halves = Half::ALL.map(|half| kind.slots(self.weeks(), &[half]));
                    self.doubles.push(Double { vehicle, site: site as usize, halves, days });
                }
            }
        }
        let days: Terms = self.fillings[start..].iter().map(|filling| (filling.days, 1.0)).collect();
        self.program.row(days, Bound::AtMost, f64::from(count));
        for &halves in kind.halves() {
            let holds = |pattern: &Pattern, site: u32| {
                let at = |half: &Half| [pattern.am, pattern.pm][*half as usize] == Some(site);
                halves.iter().filter(|half| at(half)).count() as f64
            };
            for &site in &kind.open[halves[0] as usize] {
                let held = self.fillings[start..].iter().map(|f| (f.days, -holds(&f.pattern, site)));
                let mut terms: Terms = held.filter(|&(_, sessions)| sessions != 0.0).collect();
                if terms.is_empty() {
                    continue;
                }
                let slots = kind.slots(self.weeks(), halves);
                let most = slots.len().min(self.most_at(site as usize));
                let sessions = self.add_cell(vehicle, site as usize, slots, halves[0], most);
                terms.push((sessions, 1.0));
                self.program.row(terms, Bound::Exactly, 0.0);
            }
        }
    }

    /// Sessions on the half-days of a kind of days, whatever else these days hold.
    fn add_dated_half_days(&mut self, vehicle: usize, kind: &Kind) {
        let count = kind.dates.len() as u32;
        let halves = Half::ALL.map(|half| {
            let slots = kind.slots(self.weeks(), &[half]);
            let mut sessions = Vec::new();
            for &site in &kind.open[half as usize] {
                let most = count.min(self.most_at(site as usize));
                if most > 0 {
                    let cell = self.add_cell(vehicle, site as usize, slots.clone(), half, most);
                    sessions.push((site as usize, cell));
                }
            }
            let terms = sessions.iter().map(|&(_, sessions)| (sessions, 1.0));
            self.program.row(terms, Bound::AtMost, f64::from(count));
            sessions
        });
        self.days.push(Days { vehicle, count, halves });
    }

    fn add_cell(&mut self, vehicle: usize, site: usize, slots: Slots, half: Half, most: u32) -> Col {
        let sessions = self.program.count(0.0, f64::from(most));
        let given = self.problem.consultations(vehicle, half, None);
        self.cells.push(Cell { vehicle, site, slots, half, given, sessions });
        sessions
    }

    /// Sessions of a vehicle at each site over the whole cycle, whatever else the days hold.
    fn add_half_days(&mut self, vehicle: usize, sites: &[u32]) {
        let by_half = Half::ALL.map(|half| Slots::of(self.weeks(), move |_, _, of| of == half));
        let [am, pm] = Half::ALL.map(|half| self.problem.consultations(vehicle, half, None));
        let parts = if am == pm {
            vec![(Half::Am, self.cycle())]
        } else {
            Half::ALL.into_iter().zip(by_half).collect()
        };
        let (first, halved) = (self.cells.len(), parts.len() > 1);
        let mut used = Slots::of(self.weeks(), |_, _, _| false);
        for (half, part) in parts {
            let mut here = Slots::of(self.weeks(), |_, _, _| false);
            let start = self.cells.len();
            for &site in sites {
                let slots = self.openings.at(vehicle, site as usize).and(&part);
                let most = self.weekly(vehicle, &slots).min(self.most_at(site as usize));
                here = here.or(&slots);
                if most > 0 {
                    self.add_cell(vehicle, site as usize, slots, half, most);
                }
            }
            let terms: Terms = self.cells[start..].iter().map(|cell| (cell.sessions, 1.0)).collect();
            self.program.row(terms, Bound::AtMost, f64::from(self.weekly(vehicle, &here)));
            used = used.or(&here);
        }
        if halved {
            let terms: Terms = self.cells[first..].iter().map(|cell| (cell.sessions, 1.0)).collect();
            self.program.row(terms, Bound::AtMost, f64::from(self.weekly(vehicle, &used)));
        }
    }

    /// Keeps a vehicle's half-days within its limit, week by week where weeks are told apart.
    fn limit_weeks(&mut self, vehicle: usize, limit: u32, by_week: bool, first: usize) {
        if by_week {
            for week in 1..=self.weeks() {
                let terms = self.within(Some(vehicle), None, &self.week(week));
                self.program.row(terms, Bound::AtMost, f64::from(limit));
            }
            return;
        }
        let weeks = self.problem.territory().vehicles[vehicle].weeks.of_cycle(self.weeks()).count() as u32;
        let terms = self.within(Some(vehicle), None, &self.cycle());
        self.program.row(terms, Bound::AtMost, f64::from(limit * weeks));
        if self.scope.detail == Detail::Dated {
            return;
        }
        // Of an odd number of half-days a week, one is always alone on its day.
        let full = self.fillings[first..].iter().filter(|filling| filling.pattern.half_days() == 2);
        let full: Terms = full.map(|filling| (filling.days, 1.0)).collect();
        self.program.row(full, Bound::AtMost, f64::from(limit / 2 * weeks));
    }

    /// The kinds of days of a vehicle, those of different weeks apart if asked.
    fn kinds(&self, vehicle: usize, sites: &[u32], by_week: bool) -> Vec<Kind> {
        let mut kinds: Vec<Found> = Vec::new();
        for week in 1..=self.weeks() {
            for day in Day::ALL {
                let signatures = Half::ALL.map(|half| self.signature(vehicle, sites, week, day, half));
                if signatures.iter().all(|signature| signature.open.is_empty()) {
                    continue;
                }
                let of = by_week.then_some(week);
                match kinds.iter_mut().find(|(w, known, _)| *w == of && *known == signatures) {
                    Some((_, _, dates)) => dates.push((week, day)),
                    None => kinds.push((of, signatures, vec![(week, day)])),
                }
            }
        }
        let [am, pm] = Half::ALL.map(|half| self.problem.consultations(vehicle, half, None));
        let kind = |(_, signatures, dates): Found| Kind {
            dates,
            alike: am == pm && signatures[0] == signatures[1],
            open: signatures.map(|signature| signature.open),
        };
        kinds.into_iter().map(kind).collect()
    }

    fn signature(&self, vehicle: usize, sites: &[u32], week: u32, day: Day, half: Half) -> Signature {
        let territory = self.problem.territory();
        let id = &territory.vehicles[vehicle].id;
        let open = sites.iter().copied();
        let open: Vec<u32> =
            open.filter(|&site| self.openings.at(vehicle, site as usize).contains(week, day, half)).collect();
        let works = |d: &usize| territory.doctors[*d].works(week, day, half);
        let booked = |b: &usize| {
            let booking = &territory.bookings[*b];
            let hers = booking.vehicle.as_ref().is_none_or(|vehicle| vehicle == id);
            // Where it is hard, a forbidden one has already shut the sites.
            let counts = booking.kind != BookingKind::Forbidden
                || territory.rules.price(RuleKind::Forbidden, Some(&(b + 1).to_string())).is_some();
            hers && counts && booking.weeks.contains(week) && booking.half_days.contains(day, half)
        };
        let published = territory.published.iter().flat_map(|published| &published.sessions);
        let mut published: Vec<u32> = published
            .filter(|s| s.vehicle == *id && (s.week, s.day, s.half) == (week, day, half))
            .filter_map(|s| self.site_rank(&s.site))
            .collect();
        published.sort_unstable();
        Signature {
            doctors: if open.is_empty() {
                Vec::new()
            } else {
                (0..territory.doctors.len()).filter(works).collect()
            },
            bookings: if open.is_empty() {
                Vec::new()
            } else {
                (0..territory.bookings.len()).filter(booked).collect()
            },
            published: if open.is_empty() { Vec::new() } else { published },
            open,
        }
    }

    /// Weeks of the cycle.
    pub(super) fn weeks(&self) -> u32 {
        self.problem.territory().calendar.cycle_weeks
    }

    /// Every half-day.
    pub(super) fn cycle(&self) -> Slots {
        Slots::of(self.weeks(), |_, _, _| true)
    }

    /// The half-days of a week.
    pub(super) fn week(&self, week: u32) -> Slots {
        Slots::of(self.weeks(), |of, _, _| of == week)
    }

    /// How many of these half-days a vehicle can work, by its weekly limit.
    pub(super) fn weekly(&self, vehicle: usize, slots: &Slots) -> u32 {
        let limit = self.problem.weekly_limit(vehicle);
        (1..=self.weeks()).map(|week| slots.and(&self.week(week)).len().min(limit)).sum()
    }

    /// Most sessions that are decided at a site.
    pub(super) fn most_at(&self, site: usize) -> u32 {
        self.problem.session_limits(site).1.saturating_sub(self.scope.given[site])
    }

    pub(super) fn site_rank(&self, id: &str) -> Option<u32> {
        let rank = self.problem.territory().sites.iter().position(|site| site.id == id)?;
        Some(rank as u32)
    }

    /// Sessions that can be on these half-days: never fewer than there are.
    pub(super) fn touching(&self, vehicle: Option<usize>, site: Option<usize>, slots: &Slots) -> Terms {
        self.sum(vehicle, site, |cell| cell.slots.meets(slots))
    }

    /// Sessions that can only be on these half-days: never more than there are.
    pub(super) fn within(&self, vehicle: Option<usize>, site: Option<usize>, slots: &Slots) -> Terms {
        self.sum(vehicle, site, |cell| cell.slots.is_within(slots))
    }

    /// All sessions of a site.
    pub(super) fn all_at(&self, site: usize) -> Terms {
        self.sum(None, Some(site), |_| true)
    }

    fn sum(&self, vehicle: Option<usize>, site: Option<usize>, counts: impl Fn(&Cell) -> bool) -> Terms {
        let of = |cell: &&Cell| {
            vehicle.is_none_or(|v| v == cell.vehicle) && site.is_none_or(|s| s == cell.site) && counts(cell)
        };
        self.cells.iter().filter(of).map(|cell| (cell.sessions, 1.0)).collect()
    }
}

/// Whether some rule tells the weeks of the cycle apart.
pub(super) fn weeks_matter(problem: &Problem) -> bool {
    let territory = problem.territory();
    let weeks = territory.calendar.cycle_weeks;
    weeks > 1
        && (territory.rules.max_gap.is_some_and(|gap| gap < 7 * weeks)
            || territory.sites.iter().any(|site| site.every.or(site.max_gap).is_some())
            || territory.bookings.iter().any(|booking| booking.kind == BookingKind::Required)
            || territory.doctors.iter().any(|doctor| doctor.half_days_per_week.is_some()))
}
