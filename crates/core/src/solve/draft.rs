//! A calendar being made: which site each vehicle serves on each half-day of the cycle.

use medicobus_roads::Millis;

use crate::calendar::{Day, Half};
use crate::problem::Problem;

/// A day on which a vehicle works, with its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WorkDay {
    pub(super) vehicle: u32,
    /// Week of the cycle, from 1.
    pub(super) week: u32,
    pub(super) day: Day,
    /// Site by half-day.
    pub(super) at: [Option<u32>; 2],
}

/// The work days of all vehicles, by vehicle, week and day, and how often each site is served.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    problem: &'a Problem,
    days: Vec<WorkDay>,
    /// By vehicle: its days are `days[first[v]..first[v + 1]]`.
    first: Vec<usize>,
    /// By vehicle, then week: sessions.
    per_week: Vec<Vec<u32>>,
    /// By site: sessions, and the vehicle of the last one placed.
    sessions: Vec<u32>,
    owner: Vec<u32>,
}

impl<'a> Draft<'a> {
    /// No session yet.
    pub(super) fn new(problem: &'a Problem) -> Draft<'a> {
        let territory = problem.territory();
        let weeks = territory.calendar.cycle_weeks;
        let (mut days, mut first) = (Vec::new(), vec![0]);
        for (vehicle, rank) in territory.vehicles.iter().zip(0..) {
            for week in 1..=weeks {
                for day in Day::ALL {
                    if Half::ALL.into_iter().any(|half| vehicle.days.contains(day, half)) {
                        days.push(WorkDay { vehicle: rank, week, day, at: [None; 2] });
                    }
                }
            }
            first.push(days.len());
        }
        Draft {
            problem,
            days,
            first,
            per_week: vec![vec![0; weeks as usize]; territory.vehicles.len()],
            sessions: vec![0; territory.sites.len()],
            owner: vec![0; territory.sites.len()],
        }
    }

    /// The work days, by vehicle, week and day.
    pub(super) fn days(&self) -> &[WorkDay] {
        &self.days
    }

    /// The ranks of a vehicle's work days.
    pub(super) fn days_of(&self, vehicle: usize) -> std::ops::Range<usize> {
        self.first[vehicle]..self.first[vehicle + 1]
    }

    /// The rank of a vehicle's work day; None when it does not work then.
    pub(super) fn day_of(&self, vehicle: usize, week: u32, day: Day) -> Option<usize> {
        self.days_of(vehicle).find(|&rank| (self.days[rank].week, self.days[rank].day) == (week, day))
    }

    /// Sessions by site.
    pub(super) fn sessions(&self) -> &[u32] {
        &self.sessions
    }

    /// Sessions of one vehicle, by site.
    pub(super) fn sessions_of(&self, vehicle: usize) -> Vec<u32> {
        let mut sessions = vec![0; self.sessions.len()];
        for day in &self.days[self.days_of(vehicle)] {
            day.at.into_iter().flatten().for_each(|site| sessions[site as usize] += 1);
        }
        sessions
    }

    /// Whether a vehicle may serve a site, with regard to the other vehicles.
    pub(super) fn is_free_for(&self, vehicle: usize, site: usize) -> bool {
        !self.problem.territory().rules.one_vehicle_per_site
            || self.sessions[site] == 0
            || self.owner[site] as usize == vehicle
    }

    /// Driving, in milliseconds, that a session more would bring to a day; None where a rule forbids it.
    pub(super) fn extra_drive(&self, day: usize, half: Half, site: usize) -> Option<i64> {
        if !self.has_time(day, half, site) {
            return None;
        }
        let WorkDay { vehicle, at, .. } = self.days[day];
        let vehicle = vehicle as usize;
        let drive = |at: [Option<u32>; 2]| {
            self.problem.day_drive(vehicle, at[0].map(|s| s as usize), at[1].map(|s| s as usize))
        };
        let mut with = at;
        with[half as usize] = Some(site as u32);
        Some(i64::from(drive(with)?.0) - i64::from(drive(at)?.0))
    }

    /// Whether a session more fits the half-days of its vehicle and its site, wherever the drives lead.
    fn has_time(&self, day: usize, half: Half, site: usize) -> bool {
        let WorkDay { vehicle, week, day, at } = self.days[day];
        let vehicle = vehicle as usize;
        at[half as usize].is_none()
            && self.problem.is_open(vehicle, site, day, half)
            && self.per_week[vehicle][week as usize - 1] < self.problem.weekly_limit(vehicle)
    }

    /// Whether a vehicle may have one more session at a site, as far as the site is concerned.
    fn has_room(&self, vehicle: usize, site: usize) -> bool {
        self.sessions[site] < self.problem.session_limits(site).1 && self.is_free_for(vehicle, site)
    }

    /// Adds to a day what the rules allow of these sessions: together where they can be, as neither may do alone.
    pub(super) fn place_allowed(&mut self, day: usize, at: [Option<usize>; 2]) {
        let vehicle = self.days[day].vehicle as usize;
        let mut together = self.clone();
        let fits = Half::ALL.into_iter().zip(at).all(|(half, site)| {
            site.is_none_or(|site| {
                let fits = together.has_time(day, half, site) && together.has_room(vehicle, site);
                if fits {
                    together.place(day, half, site);
                }
                fits
            })
        });
        if fits && together.drive_of(&together.days[day]).is_some() {
            *self = together;
            return;
        }
        for (half, site) in Half::ALL.into_iter().zip(at) {
            if let Some(site) = site
                && self.has_room(vehicle, site)
                && self.extra_drive(day, half, site).is_some()
            {
                self.place(day, half, site);
            }
        }
    }

    /// Adds a session that [`Draft::extra_drive`] allows.
    pub(super) fn place(&mut self, day: usize, half: Half, site: usize) {
        let work_day = &mut self.days[day];
        work_day.at[half as usize] = Some(site as u32);
        self.per_week[work_day.vehicle as usize][work_day.week as usize - 1] += 1;
        self.sessions[site] += 1;
        self.owner[site] = work_day.vehicle;
    }

    /// Empties a half-day: the site that was served.
    pub(super) fn clear(&mut self, day: usize, half: Half) -> Option<usize> {
        let work_day = &mut self.days[day];
        let site = work_day.at[half as usize].take()? as usize;
        self.per_week[work_day.vehicle as usize][work_day.week as usize - 1] -= 1;
        self.sessions[site] -= 1;
        Some(site)
    }

    /// Empties all days of a vehicle.
    pub(super) fn clear_vehicle(&mut self, vehicle: usize) {
        for day in self.days_of(vehicle) {
            Half::ALL.into_iter().for_each(|half| {
                self.clear(day, half);
            });
        }
    }

    /// Takes away every session of a site.
    pub(super) fn clear_site(&mut self, site: usize) {
        for day in 0..self.days.len() {
            for half in Half::ALL {
                if self.days[day].at[half as usize] == Some(site as u32) {
                    self.clear(day, half);
                }
            }
        }
    }

    /// Takes away what a removal left against the rules: a session that cannot be alone on its day, and the sites
    /// that are served less than they must be.
    pub(super) fn settle(&mut self) {
        loop {
            let stranded = (0..self.days.len()).find(|&day| self.drive_of(&self.days[day]).is_none());
            let under =
                |&site: &usize| (1..self.problem.session_limits(site).0).contains(&self.sessions[site]);
            if let Some(day) = stranded {
                Half::ALL.into_iter().for_each(|half| {
                    self.clear(day, half);
                });
            } else if let Some(site) = (0..self.sessions.len()).find(under) {
                self.clear_site(site);
            } else {
                return;
            }
        }
    }

    fn drive_of(&self, day: &WorkDay) -> Option<Millis> {
        let [am, pm] = day.at.map(|site| site.map(|s| s as usize));
        self.problem.day_drive(day.vehicle as usize, am, pm)
    }

    /// Driving over the cycle, in milliseconds.
    pub(super) fn drive(&self) -> u64 {
        self.days.iter().filter_map(|day| self.drive_of(day)).map(|drive| u64::from(drive.0)).sum()
    }
}
