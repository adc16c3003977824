//! A row that all calendars of a site keep, and a relaxed solution does not.

use super::choices::{Choice, Choices};
use super::mean::Mean;
use crate::solve::program::{Optimum, Terms};

/// Most that a session counts in a row, in the greatest price of the site.
const STEEP: f64 = 30.0;

/// How far to the middle of the calendars rows are sought from a solution: they are the better elsewhere.
const INWARD: f64 = 0.02;

/// Times that calendars are sought for one row, at most.
const TURNS: usize = 60;

/// A row that is broken by less is none.
const BROKEN: f64 = 1e-4;

/// A row that is broken by this part of what one can be is good enough.
const GOOD: f64 = 0.5;

/// Room for rounding in each row.
const ROUNDING: f64 = 1e-7;

/// A row, where sessions are worth so much and openings cost so much: worth of the sessions less the penalty is no
/// more than the cost of the openings. In the greatest price of the site.
#[derive(Clone, Debug)]
struct Facet {
    worth: Vec<f64>,
    cost: Vec<f64>,
}

/// How a relaxed solution sees a site.
struct Seen {
    counts: Vec<f64>,
    open: Vec<f64>,
    penalty: f64,
}

impl Choices {
    /// A row that the solution breaks, and by how much.
    pub(super) fn facet(&mut self, optimum: &Optimum) -> Option<(f64, Terms)> {
        let seen = Seen {
            counts: self.columns.iter().map(|&column| optimum.value(column).max(0.0)).collect(),
            open: self.opens.iter().map(|&open| optimum.value(open).max(0.0)).collect(),
            penalty: optimum.total(&self.penalty).max(0.0) / self.unit,
        };
        let facet = self.steepest(&seen)?;
        let scale = 1.0 / facet.norm();
        let penalty = self.penalty.iter().map(|&(column, price)| (column, -price / self.unit * scale));
        let opens = self.opens.iter().zip(&facet.cost).map(|(&open, cost)| (open, -cost * scale));
        let worth = self.columns.iter().zip(&facet.worth).map(|(&column, worth)| (column, worth * scale));
        let terms = penalty.chain(opens).chain(worth).filter(|(_, factor)| factor.abs() > 1e-12);
        Some((facet.excess(&seen) * scale, terms.collect()))
    }

    /// The row that is broken most near a solution, or nearly.
    fn steepest(&mut self, seen: &Seen) -> Option<Facet> {
        let all: f64 = seen.open.iter().sum();
        let near = |(seen, middle): (&f64, &f64)| (1.0 - INWARD) * seen + INWARD * all * middle;
        let counts = seen.counts.iter().zip(&self.middle).map(near);
        let penalty = (1.0 - INWARD) * seen.penalty + INWARD * all;
        let far = 2.0 * STEEP * self.most + 100.0;
        let mut off = vec![STEEP; self.columns.len()];
        off.resize(self.columns.len() + self.opens.len(), far);
        let mut mean = Mean::new(counts.chain(seen.open.iter().copied()).collect(), off);
        for _ in 0..TURNS {
            self.enter_known(&mut mean);
            let most = mean.cost() - penalty;
            if most < BROKEN {
                return None;
            }
            let prices = mean.prices();
            let (worth, cost) = prices.split_at(self.columns.len());
            let mut facet = Facet { worth: worth.to_vec(), cost: cost.iter().map(|cost| -cost).collect() };
            let new = self.fit(&mut facet);
            let excess = facet.excess(seen);
            let is_broken = excess > BROKEN * facet.norm();
            if is_broken && (excess > GOOD * most || new.is_empty()) {
                return Some(facet);
            }
            if new.is_empty() {
                return None;
            }
            self.known.extend(new);
        }
        None
    }

    /// Takes calendars that are known into a mean, until they make it no cheaper.
    fn enter_known(&self, mean: &mut Mean) {
        let mut cheaper: Vec<&Choice> = Vec::new();
        for _ in 0..20 * TURNS {
            mean.let_off();
            let prices = mean.prices();
            let gain = |choice: &Choice| {
                choice.column.iter().map(|&(row, n)| prices[row] * n).sum::<f64>() - choice.penalty
            };
            // Those that were cheaper before are looked at first: mostly there is one among them.
            let mut gains: Vec<(f64, &Choice)> = gaining(cheaper.iter().copied(), &gain);
            if gains.is_empty() {
                gains = gaining(self.known.iter(), &gain);
            }
            let Some(&(_, best)) = gains.iter().max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
            mean.enter(&best.column, best.penalty);
            cheaper = gains.into_iter().map(|(_, choice)| choice).collect();
        }
    }

    /// Lets openings cost what the calendars ask for; the calendars that asked for more.
    fn fit(&self, facet: &mut Facet) -> Vec<Choice> {
        let mut new = Vec::new();
        for part in 0..self.parts.len() {
            let before = facet.cost[part];
            let best = self.best(part, &facet.worth, before);
            let most = best.iter().map(|(value, _)| *value).fold(before, f64::max);
            facet.cost[part] = most + ROUNDING * (1.0 + most.abs());
            new.extend(
                best.into_iter().filter(|(value, _)| *value > before + 1e-7).map(|(_, choice)| choice),
            );
        }
        new
    }
}

/// Calendars that would make a mean cheaper, each with by how much.
fn gaining<'c>(
    choices: impl Iterator<Item = &'c Choice>,
    gain: &impl Fn(&Choice) -> f64,
) -> Vec<(f64, &'c Choice)> {
    choices.map(|choice| (gain(choice), choice)).filter(|(gain, _)| *gain > 1e-7).collect()
}

impl Facet {
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
