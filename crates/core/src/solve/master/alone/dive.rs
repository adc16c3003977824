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
const ACCURACY: f64 = 1e-6;

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

/// What was decided so far.
#[derive(Default)]
struct Path {
    steps: Vec<Step>,
    /// Calendars that were ruled out.
    ruled_out: usize,
}

/// A decision on the way.
struct Step {
    /// What rows left of the ranges before, and the objective then.
    before: (Ranges, f64),
    /// The calendars that were taken, the surest first; or the one that was ruled out.
    taken: Vec<Col>,
    is_ruled_out: bool,
}

impl<'m, 'a> Diver<'m, 'a> {
    pub(in crate::solve) fn new(master: &'m Master<'a>, shares: Arc<Shares>) -> Diver<'m, 'a> {
        Diver { master, shares }
    }

    /// Sessions by vehicle and site, and where they are, of a plan that may be worth more than `enough`; which one depends
    /// on the seed. None where it finds none.
    pub(in crate::solve) fn dive(
        &self,
        seed: u64,
        enough: f64,
        meter: &Meter<'_>,
    ) -> Option<(Vec<Vec<u32>>, Outline)> {
        let point = self.shares.dive(seed, enough - self.master.value_of(0.0), meter)?;
        let counts = self.master.by_vehicle(&self.master.whole_sessions(&point)?);
        Some((counts, self.master.outline(&point)))
    }
}

impl Shares {
    fn dive(&self, seed: u64, enough: f64, meter: &Meter<'_>) -> Option<Point> {
        let program = self.program.leaning(seed);
        let mut ranges = self.worth_having(enough);
        let mut path = Path::default();
        loop {
            if meter.must_stop().is_some() {
                return None;
            }
            let solved = self.solve(&program, &ranges, meter);
            let solved = solved.filter(|(.., objective)| path.is_worth_it(*objective, enough));
            let Some((narrowed, point, objective)) = solved else {
                ranges = path.back()?;
                continue;
            };
            let undecided: Vec<&Shared> = self.sites.iter().filter(|site| !path.decides(site)).collect();
            let taken = greatest(&undecided, &point);
            if taken.is_empty() {
                return Some(Point::new(point.values()[..self.own].to_vec()));
            }
            ranges = narrowed.clone();
            taken.iter().for_each(|&column| ranges.fix(column, 1.0));
            path.steps.push(Step { before: (narrowed, objective), taken, is_ruled_out: false });
        }
    }

    /// What is left without calendars that are not worth having, and without anything off.
    fn worth_having(&self, enough: f64) -> Ranges {
        let mut ranges = self.ranges.clone();
        for shared in &self.sites {
            shared.off.iter().for_each(|&column| ranges.fix(column, 0.0));
            for &column in &shared.columns {
                // One that came in last has no worth yet.
                let worth = self.worths.get(column).copied().unwrap_or(0.0);
                if worth < enough - self.bound {
                    ranges.fix(column, 0.0);
                }
            }
        }
        ranges
    }

    /// What rows leave of ranges, a solution there, and its objective in the model; None where there is none.
    fn solve(&self, program: &Program, ranges: &Ranges, meter: &Meter<'_>) -> Option<(Ranges, Point, f64)> {
        let ranges = narrow(program, &[], ranges.clone())?;
        let wanted = Wanted { accuracy: ACCURACY, enough: f64::NEG_INFINITY };
        let Ended::Solved(relaxed) = relax(program, &[], &ranges, wanted, meter) else { return None };
        let worths = self.program.columns[..self.own].iter().map(|(worth, _)| worth);
        let objective = worths.zip(relaxed.point.values()).map(|(worth, value)| worth * value).sum();
        Some((ranges, relaxed.point, objective))
    }
}

impl Path {
    /// Whether the last step left so much that it is worth following, where less than `enough` is not.
    fn is_worth_it(&self, objective: f64, enough: f64) -> bool {
        let follows = |step: &Step| {
            let before = step.before.1;
            step.is_ruled_out || before - objective <= MOST_LOST * (before - enough)
        };
        objective >= enough && self.steps.last().is_none_or(follows)
    }

    /// Whether a calendar of a site is taken.
    fn decides(&self, site: &Shared) -> bool {
        let mut taken = self.steps.iter().filter(|step| !step.is_ruled_out).flat_map(|step| &step.taken);
        taken.any(|column| site.columns.contains(column))
    }

    /// Takes the last step another way, or the one before where there is no other: the ranges then. None where all is
    /// lost, or enough was tried.
    fn back(&mut self) -> Option<Ranges> {
        while self.steps.last()?.is_ruled_out {
            self.steps.pop();
        }
        let step = self.steps.last_mut()?;
        let mut ranges = step.before.0.clone();
        // Of several calendars the surest one may do.
        step.is_ruled_out = step.taken.len() == 1;
        step.taken.truncate(1);
        ranges.fix(step.taken[0], if step.is_ruled_out { 0.0 } else { 1.0 });
        self.ruled_out += usize::from(step.is_ruled_out);
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
        Step { before: (before.clone(), objective), taken: taken.to_vec(), is_ruled_out: false }
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
        // The last one is ruled out; then of two only the surest is taken; then that is ruled out.
        assert_eq!(ranges(&path.back().unwrap()), [one, one, none, free]);
        assert_eq!(ranges(&path.back().unwrap()), [one, free, free, free]);
        assert_eq!(path.steps.len(), 1);
        assert_eq!(ranges(&path.back().unwrap()), [none, free, free, free]);
        assert!(path.back().is_none() && path.ruled_out == 2);
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
        assert!(path.is_worth_it(1.0, 0.0) && !path.is_worth_it(-1.0, 0.0));
        path.steps.push(step(&any, 10.0, &[0]));
        assert!(path.is_worth_it(6.0, 0.0) && !path.is_worth_it(4.0, 0.0));
        path.steps[0].is_ruled_out = true;
        assert!(path.is_worth_it(4.0, 0.0) && !path.is_worth_it(-1.0, 0.0));
    }
}
