//! Whole calendars near a relaxed solution: site by site, the one that has the greatest share.
//!
//! A diving heuristic on the columns of `shares`: Sadykov, Vanderbeck, Pessoa, Tahiri & Uchoa (2019), Primal heuristics
//! for branch and price, INFORMS Journal on Computing 31(2).

use std::sync::Arc;

use super::shares::{Shared, Shares};
use crate::solve::interior::{Ended, Ranges, Wanted, narrow, relax};
use crate::solve::master::{Master, Outline};
use crate::solve::meter::Meter;
use crate::solve::program::{Col, Point, Program};

/// How exactly programs are solved.
const ACCURACY: f64 = 1e-5;

/// A share from which on a calendar is taken with others, and one below which none is.
const SURE: f64 = 0.9;
const NONE: f64 = 1e-3;

/// Part of what there is to lose that one calendar may take.
const MOST_LOST: f64 = 0.5;

/// Calendars that are ruled out, at most.
const RULED_OUT: usize = 12;

/// Looks for whole calendars of a model.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Diver<'m, 'a> {
    master: &'m Master<'a>,
    shares: Arc<Shares>,
}

/// A search for whole calendars, which can go on where it stopped.
pub(in crate::solve) struct Dive<'m, 'a> {
    diver: Diver<'m, 'a>,
    /// The program, leaning to one of its optima.
    program: Program,
    /// Where it looks next; None where it is over.
    ranges: Option<Ranges>,
    path: Path,
    /// The solution with most calendars taken so far, and how many.
    deepest: Option<(usize, Point)>,
}

/// What was decided so far.
#[derive(Default)]
struct Path {
    steps: Vec<Step>,
    /// Calendars that were ruled out.
    ruled_out: usize,
}

/// What a solution is worth in the model.
#[derive(Clone, Copy, Debug)]
struct Solved {
    objective: f64,
    /// The bound of the program, which leans to one of its optima.
    leaning: f64,
}

/// A decision on the way.
struct Step {
    /// What rows left of the ranges before, and the solution then.
    before: (Ranges, Solved),
    /// The calendars that were taken, the surest first, and the next one, if it was ruled out.
    taken: Vec<Col>,
    ruled_out: Option<Col>,
}

impl<'m, 'a> Diver<'m, 'a> {
    pub(in crate::solve) fn new(master: &'m Master<'a>, shares: Arc<Shares>) -> Diver<'m, 'a> {
        Diver { master, shares }
    }

    /// A dive for a plan that may be worth more than `enough`; which one depends on the seed.
    pub(in crate::solve) fn begin(&self, seed: u64, enough: f64) -> Dive<'m, 'a> {
        let enough = enough - self.master.value_of(0.0);
        Dive {
            diver: self.clone(),
            program: self.shares.program.leaning(seed),
            ranges: self.shares.worth_having(enough),
            path: Path::default(),
            deepest: None,
        }
    }
}

impl Dive<'_, '_> {
    /// Whether there is nothing left to look for.
    pub(in crate::solve) fn is_over(&self) -> bool {
        self.ranges.is_none()
    }

    /// The solution with most calendars taken so far; None where there was none.
    pub(in crate::solve) fn deepest(&self) -> Option<Outline> {
        self.deepest.as_ref().map(|(_, point)| self.diver.master.outline(point))
    }

    /// Sessions by vehicle and site, and where they are, of a plan that may be worth more than `enough`. None where it finds
    /// none, or where the meter comes to `until` before: then it can go on.
    pub(in crate::solve) fn go_on(
        &mut self,
        enough: f64,
        until: u64,
        meter: &Meter<'_>,
    ) -> Option<(Vec<Vec<u32>>, Outline)> {
        let master = self.diver.master;
        let enough = enough - master.value_of(0.0);
        while !self.is_over() && meter.work() < until && meter.must_stop().is_none() {
            if let Some(point) = self.step(enough, meter) {
                let counts = master.by_vehicle(&master.whole_sessions(&point)?);
                return Some((counts, master.outline(&point)));
            }
        }
        None
    }

    /// Decides on a calendar, or goes back; the solution, once all is decided.
    fn step(&mut self, enough: f64, meter: &Meter<'_>) -> Option<Point> {
        let shares = &self.diver.shares;
        let least = self.path.least_leaning(enough);
        let solved = shares.solve(&self.program, &self.ranges.take()?, least, meter);
        let solved = solved.filter(|(.., solved)| solved.objective >= self.path.least(enough));
        let Some((narrowed, point, solved)) = solved else {
            self.ranges = self.path.back();
            return None;
        };
        let taken: usize = self.path.steps.iter().map(|step| step.taken.len()).sum();
        if self.deepest.as_ref().is_none_or(|(most, _)| taken > *most) {
            self.deepest = Some((taken, Point::new(point.values()[..shares.own].to_vec())));
        }
        let undecided: Vec<&Shared> = shares.sites.iter().filter(|site| !self.path.decides(site)).collect();
        let taken = greatest(&undecided, &point);
        if taken.is_empty() {
            return Some(Point::new(point.values()[..shares.own].to_vec()));
        }
        let mut ranges = narrowed.clone();
        taken.iter().for_each(|&column| ranges.fix(column, 1.0));
        self.path.steps.push(Step { before: (narrowed, solved), taken, ruled_out: None });
        self.ranges = Some(ranges);
        None
    }
}

impl Shares {
    /// What is left without anything off, and without what is not worth having; None where that is nothing.
    fn worth_having(&self, enough: f64) -> Option<Ranges> {
        let mut ranges = self.ranges.clone();
        let off = self.sites.iter().flat_map(|shared| &shared.off);
        off.for_each(|&column| ranges.fix(column, 0.0));
        let most_lost = self.bound - enough;
        if !most_lost.is_finite() {
            return Some(ranges);
        }
        let (own, shares) = self.worths.split_at(self.own.min(self.worths.len()));
        for (column, &worth) in own.iter().enumerate().filter(|&(column, _)| self.program.whole[column]) {
            let (least, most) = (ranges.least(column), ranges.most(column));
            if worth < 0.0 {
                ranges.keep_below(column, least - most_lost / worth, true)?;
            } else if worth > 0.0 && most.is_finite() {
                ranges.keep_above(column, most - most_lost / worth, true)?;
            }
        }
        // Calendars that came in last have no worth yet.
        let lost = shares.iter().enumerate().filter(|&(_, &worth)| worth < -most_lost);
        lost.for_each(|(rank, _)| ranges.fix(self.own + rank, 0.0));
        Some(ranges)
    }

    /// What rows leave of ranges, a solution there, and what it is worth; None where there is none, or `least` is more than
    /// the program can be worth.
    fn solve(
        &self,
        program: &Program,
        ranges: &Ranges,
        least: f64,
        meter: &Meter<'_>,
    ) -> Option<(Ranges, Point, Solved)> {
        let ranges = narrow(program, &[], ranges.clone())?;
        let wanted = Wanted { accuracy: ACCURACY, enough: least };
        let Ended::Solved(relaxed) = relax(program, &[], &ranges, wanted, meter) else { return None };
        let worths = self.program.columns[..self.own].iter().map(|(worth, _)| worth);
        let objective = worths.zip(relaxed.point.values()).map(|(worth, value)| worth * value).sum();
        let solved = Solved { objective, leaning: relaxed.bound };
        (relaxed.bound > least).then_some((ranges, relaxed.point, solved))
    }
}

impl Path {
    /// Least objective that is worth following, where less than `enough` is not.
    fn least(&self, enough: f64) -> f64 {
        let follows = self.steps.last().filter(|step| step.ruled_out.is_none());
        follows.map_or(enough, |step| {
            let before = step.before.1.objective;
            enough.max(before - MOST_LOST * (before - enough))
        })
    }

    /// The same of the program, with room for its leaning by as much again as before.
    fn least_leaning(&self, enough: f64) -> f64 {
        let before = self.steps.last().map(|step| step.before.1);
        before.map_or(f64::NEG_INFINITY, |Solved { objective, leaning }| {
            self.least(enough) - 2.0 * (objective - leaning).max(0.0)
        })
    }

    /// Whether a calendar of a site is taken.
    fn decides(&self, site: &Shared) -> bool {
        self.steps.iter().flat_map(|step| &step.taken).any(|column| site.columns.contains(column))
    }

    /// Goes back to the last step that took a calendar, and rules that one out, of several the least sure: the ranges then.
    /// None where all is lost, or enough was tried.
    fn back(&mut self) -> Option<Ranges> {
        while self.steps.last()?.taken.is_empty() {
            self.steps.pop();
        }
        let step = self.steps.last_mut()?;
        let mut ranges = step.before.0.clone();
        step.ruled_out = step.taken.pop();
        step.taken.iter().for_each(|&column| ranges.fix(column, 1.0));
        step.ruled_out.iter().for_each(|&column| ranges.fix(column, 0.0));
        self.ruled_out += 1;
        (self.ruled_out <= RULED_OUT).then_some(ranges)
    }
}

/// The calendars of some sites with the greatest share: all that are sure, else one; those of sites that are closed are
/// none.
fn greatest(sites: &[&Shared], point: &Point) -> Vec<Col> {
    let greatest = sites.iter().filter_map(|shared| {
        let shares = shared.columns.iter().map(|&column| (point.value(column), column));
        let all: f64 = shares.clone().map(|(share, _)| share).sum();
        shares.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|_| all > NONE)
    });
    let mut greatest: Vec<(f64, Col)> = greatest.collect();
    greatest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let sure = greatest.iter().take_while(|(share, _)| *share > SURE).count();
    greatest.truncate(sure.max(1));
    greatest.into_iter().map(|(_, column)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::program::Program;

    fn step(before: &Ranges, objective: f64, taken: &[Col]) -> Step {
        let solved = Solved { objective, leaning: objective };
        Step { before: (before.clone(), solved), taken: taken.to_vec(), ruled_out: None }
    }

    #[test]
    fn a_dive_goes_back_step_by_step() {
        let mut program = Program::default();
        (0..4).for_each(|_| {
            program.column(0.0, f64::INFINITY);
        });
        let any = Ranges::of(&program);
        let mut first = any.clone();
        [0, 1].into_iter().for_each(|column| first.fix(column, 1.0));
        let mut path = Path { steps: vec![step(&any, 9.0, &[0, 1]), step(&first, 8.0, &[2])], ruled_out: 0 };
        let ranges = |ranges: &Ranges| -> Vec<(f64, f64)> {
            (0..4).map(|column| (ranges.least(column), ranges.most(column))).collect()
        };
        let (one, none, free) = ((1.0, 1.0), (0.0, 0.0), (0.0, f64::INFINITY));
        // The last one is ruled out; then, of two, the less sure one; then the surer one.
        assert_eq!(ranges(&path.back().unwrap()), [one, one, none, free]);
        assert_eq!(ranges(&path.back().unwrap()), [one, none, free, free]);
        assert_eq!(path.steps.len(), 1);
        assert_eq!(ranges(&path.back().unwrap()), [none, free, free, free]);
        assert!(path.back().is_none() && path.ruled_out == 3);
    }

    #[test]
    fn a_dive_ends_when_too_many_calendars_are_ruled_out() {
        let mut program = Program::default();
        program.column(0.0, f64::INFINITY);
        let any = Ranges::of(&program);
        let mut path = Path { steps: vec![step(&any, 9.0, &[0])], ruled_out: RULED_OUT };
        assert!(path.back().is_none());
    }

    #[test]
    fn a_calendar_that_takes_too_much_is_not_followed() {
        let any = Ranges::of(&Program::default());
        let mut path = Path::default();
        assert_eq!(path.least(0.0), 0.0);
        path.steps.push(step(&any, 10.0, &[0]));
        assert_eq!([path.least(0.0), path.least(8.0)], [5.0, 9.0]);
        // Were it to lean the other way, for want of accuracy, there is no room for that.
        path.steps[0].before.1.leaning = 11.0;
        assert_eq!(path.least_leaning(0.0), 5.0);
        // Its program leans by 1, and by as much again after the step.
        path.steps[0].before.1.leaning = 9.0;
        assert_eq!(path.least_leaning(0.0), 3.0);
        path.steps[0].ruled_out = Some(0);
        assert_eq!(path.least(0.0), 0.0);
    }
}
