//! A row that all calendars of a site keep, and a relaxed solution does not.

use super::Alike;
use super::choices::{Choice, Choices, Each, Site};
use super::mean::Mean;
use crate::solve::program::{Col, Point, Terms};

/// Most that a session counts in a row, in the greatest price of the site.
const STEEP: f64 = 30.0;

/// How far to the middle of the calendars rows are sought from a solution: they are the better elsewhere.
const INWARD: f64 = 0.02;

/// Times that calendars are sought for one row, at most.
const TURNS: usize = 10;

/// Times that a calendar enters a mean, at most, before others are sought.
const ENTERING: usize = 1_200;

/// Calendars that are looked at again, of those that would make a mean cheaper.
const CHEAPEST: usize = 100;

/// A row that is broken by less is none.
const BROKEN: f64 = 1e-4;

/// A row that is broken by this part of what one can be is good enough.
const GOOD: f64 = 0.5;

/// Room for rounding in each row.
const ROUNDING: f64 = 1e-7;

/// A row, where sessions are worth so much and openings cost so much: worth of the sessions less the penalty is no
/// more than the cost of the openings. In the greatest price of the site.
#[derive(Clone, Debug)]
pub(super) struct Facet {
    pub(super) worth: Vec<f64>,
    pub(super) cost: Vec<f64>,
}

/// How a relaxed solution sees a site.
pub(super) struct Seen {
    counts: Vec<f64>,
    open: Vec<f64>,
    penalty: f64,
}

impl Site {
    /// How a relaxed solution sees the site.
    pub(super) fn seen(&self, point: &Point, unit: f64) -> Seen {
        let value = |&column: &Col| point.value(column).max(0.0);
        Seen {
            counts: self.columns.iter().map(value).collect(),
            open: self.opens.iter().map(value).collect(),
            penalty: point.total(&self.penalty).max(0.0) / unit,
        }
    }

    /// A row of the program.
    pub(super) fn row(&self, facet: &Facet, unit: f64) -> Terms {
        let scale = 1.0 / facet.norm();
        let penalty = self.penalty.iter().map(|&(column, price)| (column, -price / unit * scale));
        let opens = self.opens.iter().zip(&facet.cost).map(|(&open, cost)| (open, -cost * scale));
        let worth = self.columns.iter().zip(&facet.worth).map(|(&column, worth)| (column, worth * scale));
        penalty.chain(opens).chain(worth).filter(|(_, factor)| factor.abs() > 1e-12).collect()
    }
}

impl Alike {
    /// The row that is broken most near a solution, or nearly; with the calendars that mattered.
    pub(super) fn steepest(&self, seen: &Seen) -> (Option<Facet>, Vec<Choice>) {
        let middle = &self.choices.middle;
        let all: f64 = seen.open.iter().sum();
        let near = |(seen, middle): (&f64, &f64)| (1.0 - INWARD) * seen + INWARD * all * middle;
        let counts = seen.counts.iter().zip(middle).map(near);
        let penalty = (1.0 - INWARD) * seen.penalty + INWARD * all;
        let far = 2.0 * STEEP * self.choices.most + 100.0;
        let mut off = vec![STEEP; middle.len()];
        off.resize(middle.len() + seen.open.len(), far);
        let mut mean = Mean::new(counts.chain(seen.open.iter().copied()).collect(), off);
        let mut listed = Listed::default();
        self.known.keys().for_each(|choice| listed.push(choice));
        let mut best: Option<(f64, Facet)> = None;
        for _ in 0..TURNS {
            enter(&mut mean, &mut listed);
            let most = mean.cost() - penalty;
            if most < BROKEN {
                best = None;
                break;
            }
            let (worth, cost) = mean.prices().split_at(middle.len());
            let mut facet = Facet { worth: worth.to_vec(), cost: cost.iter().map(|cost| -cost).collect() };
            let more = self.choices.fit(&mut facet, Each::Team);
            let is_last = more.is_empty();
            let excess = facet.excess(seen);
            if excess > BROKEN * facet.norm() && best.as_ref().is_none_or(|(most, _)| excess > *most) {
                best = Some((excess, facet));
            }
            if is_last || best.as_ref().is_some_and(|(excess, _)| *excess > GOOD * most) {
                break;
            }
            more.iter().for_each(|(_, choice)| listed.push(choice));
        }
        (best.map(|(_, facet)| facet), listed.into_entered())
    }
}

/// Calendars that may enter a mean, laid out flat.
#[derive(Default)]
struct Listed {
    /// Of all calendars, one after the other.
    columns: Vec<(usize, f64)>,
    /// Where the columns of each end.
    ends: Vec<usize>,
    penalties: Vec<f64>,
    /// Whether each did enter.
    entered: Vec<bool>,
}

impl Listed {
    fn push(&mut self, choice: &Choice) {
        self.columns.extend(&choice.column);
        self.ends.push(self.columns.len());
        self.penalties.push(choice.penalty);
        self.entered.push(false);
    }

    fn column(&self, rank: usize) -> &[(usize, f64)] {
        let start = rank.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.columns[start..self.ends[rank]]
    }

    /// By how much a calendar would make a mean with these prices cheaper.
    fn gain(&self, rank: usize, prices: &[f64]) -> f64 {
        self.column(rank).iter().map(|&(row, n)| prices[row] * n).sum::<f64>() - self.penalties[rank]
    }

    fn into_entered(self) -> Vec<Choice> {
        let choice = |rank| Choice { column: self.column(rank).to_vec(), penalty: self.penalties[rank] };
        (0..self.ends.len()).filter(|&rank| self.entered[rank]).map(choice).collect()
    }
}

/// Takes calendars into a mean until they make it no cheaper.
fn enter(mean: &mut Mean, listed: &mut Listed) {
    let mut cheaper: Vec<usize> = Vec::new();
    for _ in 0..ENTERING {
        mean.let_off();
        let prices = mean.prices();
        // Those that were cheapest before are looked at first: mostly there is one among them.
        let mut gains = gaining(listed, cheaper.iter().copied(), prices);
        if gains.is_empty() {
            gains = gaining(listed, 0..listed.ends.len(), prices);
            if gains.len() > CHEAPEST {
                gains.select_nth_unstable_by(CHEAPEST, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                gains.truncate(CHEAPEST);
            }
        }
        let best = gains.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some(&(_, best)) = best else { return };
        listed.entered[best] = true;
        mean.enter(listed.column(best), listed.penalties[best]);
        cheaper = gains.into_iter().map(|(_, rank)| rank).collect();
    }
}

impl Choices {
    /// Lets openings cost what the calendars ask for; the calendars that asked for more, each with how much.
    pub(super) fn fit(&self, facet: &mut Facet, each: Each) -> Vec<(f64, Choice)> {
        let mut new = Vec::new();
        for part in 0..self.parts.len() {
            let before = facet.cost[part];
            let best = self.best(part, &facet.worth, before, each);
            let most = best.iter().map(|(value, _)| *value).fold(before, f64::max);
            facet.cost[part] = most + ROUNDING * (1.0 + most.abs());
            let more = best.into_iter().map(|(value, choice)| (value - before, choice));
            new.extend(more.filter(|(more, _)| *more > 1e-7));
        }
        new
    }
}

/// Calendars that would make a mean cheaper, each with by how much.
fn gaining(listed: &Listed, ranks: impl Iterator<Item = usize>, prices: &[f64]) -> Vec<(f64, usize)> {
    ranks.map(|rank| (listed.gain(rank, prices), rank)).filter(|(gain, _)| *gain > 1e-7).collect()
}

impl Facet {
    /// How far beyond it a solution is; None where it is not.
    pub(super) fn depth(&self, seen: &Seen) -> Option<f64> {
        let depth = self.excess(seen) / self.norm();
        (depth > BROKEN).then_some(depth)
    }

    /// By how much a solution breaks it.
    fn excess(&self, seen: &Seen) -> f64 {
        let sum =
            |factors: &[f64], values: &[f64]| factors.iter().zip(values).map(|(f, v)| f * v).sum::<f64>();
        sum(&self.worth, &seen.counts) - sum(&self.cost, &seen.open) - seen.penalty
    }

    fn norm(&self) -> f64 {
        self.worth.iter().chain(&self.cost).map(|f| f * f).sum::<f64>().sqrt().max(1.0)
    }
}
