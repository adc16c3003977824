//! Whole calendars near a relaxed solution: site by site, the one that has the greatest share. Where what was decided leaves
//! no solution, other calendars are asked for first, then it goes back.
//!
//! A diving heuristic on the columns of `shares`: Sadykov, Vanderbeck, Pessoa, Tahiri & Uchoa (2019), Primal heuristics
//! for branch and price, INFORMS Journal on Computing 31(2).

use std::sync::Arc;

use super::shares::{Shared, Shares};
use crate::solve::interior::{Ended, Ranges, Wanted, narrow, relax};
use crate::solve::master::{Master, Outline};
use crate::solve::meter::Meter;
use crate::solve::program::{Col, Point};

/// How exactly programs are solved.
const ACCURACY: f64 = 1e-5;

/// A share from which on a calendar is taken with others, and one below which none is.
const SURE: f64 = 0.9;
const NONE: f64 = 1e-3;

/// Part of what there is to lose that one calendar may take.
const MOST_LOST: f64 = 0.5;

/// Calendars that are ruled out, at most.
const RULED_OUT: usize = 12;

/// Times that other calendars are asked for where there is no solution, at most.
const ASKS: usize = 2;

/// Looks for whole calendars of a model.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Diver<'m, 'a> {
    master: &'m Master<'a>,
    shares: Arc<Shares>,
}

/// A search for whole calendars, which can go on where it stopped.
pub(in crate::solve) struct Dive<'m, 'a> {
    master: &'m Master<'a>,
    /// Its program leans to one of its optima, and gets more calendars on the way.
    shares: Shares,
    path: Path,
    is_over: bool,
    /// How often other calendars were asked for where it is.
    asks: usize,
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
    /// The solution before.
    before: Solved,
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
        let mut shares = self.shares.leaning(seed);
        let is_over = shares.keep_worth_having(enough).is_none();
        let path = Path::default();
        Dive { master: self.master, shares, path, is_over, asks: 0, deepest: None }
    }
}

impl Dive<'_, '_> {
    /// Whether there is nothing left to look for.
    pub(in crate::solve) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The solution with most calendars taken so far; None where there was none.
    pub(in crate::solve) fn deepest(&self) -> Option<Outline> {
        self.deepest.as_ref().map(|(_, point)| self.master.outline(point))
    }

    /// Sessions by vehicle and site, and where they are, of a plan that may be worth more than `enough`. None where it finds
    /// none, or where the meter comes to `until` before: then it can go on.
    pub(in crate::solve) fn go_on(
        &mut self,
        enough: f64,
        until: u64,
        meter: &Meter<'_>,
    ) -> Option<(Vec<Vec<u32>>, Outline)> {
        let master = self.master;
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
        let least = self.path.least(enough);
        let least_leaning = self.path.least_leaning(enough);
        let solved = self.solve(least_leaning, meter);
        let Some((point, solved)) = solved.filter(|(_, solved)| solved.objective >= least) else {
            if !self.ask(least_leaning, meter) {
                self.asks = 0;
                self.is_over = !self.path.go_back();
            }
            return None;
        };
        self.asks = 0;
        let shares = &self.shares;
        let own = || Point::new(point.values()[..shares.own].to_vec());
        let taken: usize = self.path.steps.iter().map(|step| step.taken.len()).sum();
        if self.deepest.as_ref().is_none_or(|(most, _)| taken > *most) {
            self.deepest = Some((taken, own()));
        }
        let undecided: Vec<&Shared> = shares.sites.iter().filter(|site| !self.path.decides(site)).collect();
        let taken = greatest(&undecided, &point);
        if taken.is_empty() {
            return Some(own());
        }
        self.path.steps.push(Step { before: solved, taken, ruled_out: None });
        None
    }

    /// A solution after what was decided, without anything off, and what it is worth; None where there is none, or `least`
    /// is more than the program can be worth.
    fn solve(&self, least: f64, meter: &Meter<'_>) -> Option<(Point, Solved)> {
        let mut ranges = self.ranges();
        self.shares.all_off().for_each(|column| ranges.fix(column, 0.0));
        let program = &self.shares.program;
        let ranges = narrow(program, &[], ranges)?;
        let wanted = Wanted { accuracy: ACCURACY, enough: least };
        let Ended::Solved(relaxed) = relax(program, &[], &ranges, wanted, meter) else { return None };
        let worths = self.master.program.columns.iter().map(|(worth, _)| worth);
        let objective = worths.zip(relaxed.point.values()).map(|(worth, value)| worth * value).sum();
        let solved = Solved { objective, leaning: relaxed.bound };
        (relaxed.bound > least).then_some((relaxed.point, solved))
    }

    /// Asks for other calendars where there is no solution that is worth `least`; whether there may be one now.
    fn ask(&mut self, least: f64, meter: &Meter<'_>) -> bool {
        self.asks += 1;
        if self.asks > ASKS {
            return false;
        }
        let Some(ranges) = narrow(&self.shares.program, &[], self.ranges()) else { return false };
        let wanted = Wanted { accuracy: ACCURACY, enough: f64::NEG_INFINITY };
        match relax(&self.shares.program, &[], &ranges, wanted, meter) {
            Ended::Solved(relaxed) => self.shares.take_in(&relaxed.weights, relaxed.bound - least, meter),
            _ => false,
        }
    }

    /// What is left after what was decided.
    fn ranges(&self) -> Ranges {
        let mut ranges = self.shares.ranges.clone();
        for step in &self.path.steps {
            step.taken.iter().for_each(|&column| ranges.fix(column, 1.0));
            step.ruled_out.iter().for_each(|&column| ranges.fix(column, 0.0));
        }
        ranges
    }
}

impl Shares {
    /// Leaves out what is not worth having; None where nothing is left.
    fn keep_worth_having(&mut self, enough: f64) -> Option<()> {
        let most_lost = self.bound - enough;
        if !most_lost.is_finite() {
            return Some(());
        }
        let (own, shares) = self.worths.split_at(self.own.min(self.worths.len()));
        for (column, &worth) in own.iter().enumerate().filter(|&(column, _)| self.program.whole[column]) {
            let (least, most) = (self.ranges.least(column), self.ranges.most(column));
            if worth < 0.0 {
                self.ranges.keep_below(column, least - most_lost / worth, true)?;
            } else if worth > 0.0 && most.is_finite() {
                self.ranges.keep_above(column, most - most_lost / worth, true)?;
            }
        }
        // Calendars that came in last have no worth yet.
        let lost = shares.iter().enumerate().filter(|&(_, &worth)| worth < -most_lost);
        lost.for_each(|(rank, _)| self.ranges.fix(self.own + rank, 0.0));
        Some(())
    }

    /// Columns of what is off.
    fn all_off(&self) -> impl Iterator<Item = Col> {
        self.sites.iter().flat_map(|shared| shared.off.iter().copied())
    }
}

impl Path {
    /// Least objective that is worth following, where less than `enough` is not.
    fn least(&self, enough: f64) -> f64 {
        let follows = self.steps.last().filter(|step| step.ruled_out.is_none());
        follows.map_or(enough, |step| {
            let before = step.before.objective;
            enough.max(before - MOST_LOST * (before - enough))
        })
    }

    /// The same of the program, with room for its leaning by as much again as before.
    fn least_leaning(&self, enough: f64) -> f64 {
        let before = self.steps.last().map(|step| step.before);
        before.map_or(f64::NEG_INFINITY, |Solved { objective, leaning }| {
            self.least(enough) - 2.0 * (objective - leaning).max(0.0)
        })
    }

    /// Whether a calendar of a site is taken.
    fn decides(&self, site: &Shared) -> bool {
        self.steps.iter().flat_map(|step| &step.taken).any(|column| site.columns.contains(column))
    }

    /// Goes back to the last step that took a calendar, and rules that one out, of several the least sure. Whether it could:
    /// not where all is lost, or enough was tried.
    fn go_back(&mut self) -> bool {
        while self.steps.last().is_some_and(|step| step.taken.is_empty()) {
            self.steps.pop();
        }
        let Some(step) = self.steps.last_mut() else { return false };
        step.ruled_out = step.taken.pop();
        self.ruled_out += 1;
        self.ruled_out <= RULED_OUT
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

    fn step(objective: f64, taken: &[Col]) -> Step {
        Step { before: Solved { objective, leaning: objective }, taken: taken.to_vec(), ruled_out: None }
    }

    #[test]
    fn a_dive_goes_back_step_by_step() {
        let mut path = Path { steps: vec![step(9.0, &[0, 1]), step(8.0, &[2])], ruled_out: 0 };
        let decided = |path: &Path| -> Vec<(Vec<Col>, Option<Col>)> {
            path.steps.iter().map(|step| (step.taken.clone(), step.ruled_out)).collect()
        };
        // The last one is ruled out; then, of two, the less sure one; then the surer one.
        assert!(path.go_back());
        assert_eq!(decided(&path), [(vec![0, 1], None), (vec![], Some(2))]);
        assert!(path.go_back());
        assert_eq!(decided(&path), [(vec![0], Some(1))]);
        assert!(path.go_back());
        assert_eq!(decided(&path), [(vec![], Some(0))]);
        assert!(!path.go_back() && path.ruled_out == 3);
    }

    #[test]
    fn a_dive_ends_when_too_many_calendars_are_ruled_out() {
        let mut path = Path { steps: vec![step(9.0, &[0])], ruled_out: RULED_OUT };
        assert!(!path.go_back());
    }

    #[test]
    fn a_calendar_that_takes_too_much_is_not_followed() {
        let mut path = Path::default();
        assert_eq!(path.least(0.0), 0.0);
        path.steps.push(step(10.0, &[0]));
        assert_eq!([path.least(0.0), path.least(8.0)], [5.0, 9.0]);
        // Were it to lean the other way, for want of accuracy, there is no room for that.
        path.steps[0].before.leaning = 11.0;
        assert_eq!(path.least_leaning(0.0), 5.0);
        // Its program leans by 1, and by as much again after the step.
        path.steps[0].before.leaning = 9.0;
        assert_eq!(path.least_leaning(0.0), 3.0);
        path.steps[0].ruled_out = Some(0);
        assert_eq!(path.least(0.0), 0.0);
    }
}
