//! What a vehicle can do in a day, for each kind of day it has.

use medicobus_roads::Millis;

use crate::calendar::{Day, Half};
use crate::problem::Problem;

/// One way to fill a day: a site in the morning, one in the afternoon, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) am: Option<u32>,
    pub(super) pm: Option<u32>,
    /// Driving of the day.
    pub(super) drive: Millis,
}

impl Pattern {
    /// The sites of the day's sessions.
    pub(super) fn sites(&self) -> impl Iterator<Item = usize> {
        self.am.into_iter().chain(self.pm).map(|site| site as usize)
    }

    /// Half-days that it takes.
    pub(super) fn half_days(&self) -> u32 {
        u32::from(self.am.is_some()) + u32::from(self.pm.is_some())
    }

    /// Sessions that it holds at a site.
    pub(super) fn sessions_at(&self, site: u32) -> u32 {
        u32::from(self.am == Some(site)) + u32::from(self.pm == Some(site))
    }
}

/// Days on which a vehicle can do the same: it works the same half-days and finds the same sites open.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub(super) days: Vec<Day>,
    /// How many such days the period has.
    pub(super) count: u32,
    /// Sites that can be served in the morning, and in the afternoon, in order of rank.
    pub(super) open: [Vec<u32>; 2],
    pub(super) patterns: Vec<Pattern>,
}

/// Weeks of the cycle that need not be told apart.
#[derive(Clone, Debug)]
pub(super) struct Period {
    /// Weeks of the cycle, from 1.
    pub(super) weeks: Vec<u32>,
    /// Most half-days of the period; None when its days hold no more.
    pub(super) half_days: Option<u32>,
    /// Most days with two sessions; None when their number does not matter.
    pub(super) full_days: Option<u32>,
    pub(super) classes: Vec<Class>,
}

/// The periods of a vehicle. Identical weeks form one period whenever its sessions can be dealt out to them
/// afterwards; a weekly limit over days of several kinds keeps the weeks apart.
pub(super) fn periods(problem: &Problem, vehicle: usize, sites: &[u32]) -> Vec<Period> {
    let weeks = problem.territory().calendar.cycle_weeks;
    let limit = problem.weekly_limit(vehicle);
    let mut classes = classes(problem, vehicle, sites);
    let limited = limit < problem.territory().vehicles[vehicle].days.len();
    if limited && classes.len() > 1 {
        let week = |week| Period {
            weeks: vec![week],
            half_days: Some(limit),
            full_days: None,
            classes: classes.clone(),
        };
        return (1..=weeks).map(week).collect();
    }
    classes.iter_mut().for_each(|class| class.count *= weeks);
    vec![Period {
        weeks: (1..=weeks).collect(),
        half_days: limited.then_some(limit * weeks),
        // Of an odd number of half-days a week, one is always alone on its day.
        full_days: limited.then_some(limit / 2 * weeks),
        classes,
    }]
}

fn classes(problem: &Problem, vehicle: usize, sites: &[u32]) -> Vec<Class> {
    let mut kinds: Vec<([Vec<u32>; 2], Vec<Day>)> = Vec::new();
    for day in Day::ALL {
        let open = Half::ALL.map(|half| {
            let open = sites.iter().copied().filter(|&s| problem.is_open(vehicle, s as usize, day, half));
            open.collect::<Vec<u32>>()
        });
        if open.iter().all(Vec::is_empty) {
            continue;
        }
        match kinds.iter_mut().find(|(kind, _)| *kind == open) {
            Some((_, days)) => days.push(day),
            None => kinds.push((open, vec![day])),
        }
    }
    let class = |(open, days): ([Vec<u32>; 2], Vec<Day>)| Class {
        count: days.len() as u32,
        patterns: patterns(problem, vehicle, &open, true),
        open,
        days,
    };
    kinds.into_iter().map(class).collect()
}

/// The ways to fill a day. Where morning and afternoon are alike, each single session once, and each pair of sites once,
/// in the order that drives less.
pub(super) fn patterns(
    problem: &Problem,
    vehicle: usize,
    [am, pm]: &[Vec<u32>; 2],
    alike: bool,
) -> Vec<Pattern> {
    let day = |a: Option<u32>, b: Option<u32>| {
        let drive = problem.day_drive(vehicle, a.map(|s| s as usize), b.map(|s| s as usize))?;
        Some(Pattern { am: a, pm: b, drive })
    };
    let mut found: Vec<Pattern> = am.iter().filter_map(|&s| day(Some(s), None)).collect();
    let twice = |site: &u32| alike && am.binary_search(site).is_ok();
    found.extend(pm.iter().filter(|&site| !twice(site)).filter_map(|&site| day(None, Some(site))));
    for &first in am {
        if pm.binary_search(&first).is_ok() {
            found.extend(day(Some(first), Some(first)));
        }
        for &(second, _) in problem.index.after_lunch(first as usize) {
            if pm.binary_search(&second).is_err() {
                continue;
            }
            let Some(pattern) = day(Some(first), Some(second)) else { continue };
            let both_ways = alike && am.binary_search(&second).is_ok() && pm.binary_search(&first).is_ok();
            let other = if both_ways { day(Some(second), Some(first)) } else { None };
            if other.is_none_or(|other| (pattern.drive, first) < (other.drive, second)) {
                found.push(pattern);
            }
        }
    }
    found
}

/// Sites that a vehicle can serve at all, alone on a day or beside another one, in order of rank.
pub(super) fn reachable_sites(problem: &Problem, vehicle: usize) -> Vec<u32> {
    let fits = |a: usize, b: usize| problem.day_drive(vehicle, Some(a), Some(b)).is_some();
    let mut reachable = vec![false; problem.territory().sites.len()];
    for site in 0..reachable.len() {
        reachable[site] |= fits(site, site);
        for &(other, _) in problem.index.after_lunch(site) {
            if fits(site, other as usize) {
                reachable[site] = true;
                reachable[other as usize] = true;
            }
        }
    }
    let can = |&site: &u32| reachable[site as usize] && !problem.usable(vehicle, site as usize).is_empty();
    (0..reachable.len() as u32).filter(can).collect()
}
