//! Sites alone, by columns: the model with a share of each of a site's calendars.
//!
//! That the sessions of a site are a mean of its calendars takes many rows of `facet`, which relaxed solutions break one
//! after the other, each at the price of a program. Here calendars are columns, and one comes in where the weights of
//! the rows ask for it: Dantzig & Wolfe (1960), Decomposition principle for linear programs, Operations Research 8(1).
//! That takes some ten programs, and the last weights make one row a site, which give the model that bound without the
//! columns.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::Alone;
use super::choices::{Choice, Each, Site};
use super::facet::Facet;
use crate::solve::interior::{Ended, Ranges, Relaxed, Wanted, relax};
use crate::solve::master::Master;
use crate::solve::meter::Meter;
use crate::solve::program::{Bound, Col, Program, Row};

/// What it costs at first that the sessions of a site are no mean of its calendars, by one session or one opening: mostly
/// enough not to be worth it once the calendars are there. Prices stay near those of the rows that there are, before they are.
const OFF: [f64; 2] = [20.0, 100.0];

/// What that is multiplied by where more is lost by what is off than for want of calendars, and how often at most.
const DEARER: f64 = 3.0;
const RAISES: usize = 3;

/// How exactly programs are solved.
const ACCURACY: f64 = 2e-5;

/// Times that calendars are asked for, at most.
const SWEEPS: usize = 40;

/// A bound that is too high by less, as a part of it, is good enough.
const NEAR: f64 = 2e-5;

/// Calendars of a site that come in at a time, and by how much they must be better.
const MANY: usize = 20;
const BETTER: f64 = 1e-6;

/// Calendars that mattered in so many of the last means are there from the start.
const LAST_MEANS: u32 = 2;

/// Least that a penalty counts in a row, as a part of what it costs.
const LEAST_FINE: f64 = 1e-3;

/// Work of listing the calendars of a site, and of asking for the best.
const ASKING: u64 = 2_000;

/// A model, with a share of each calendar of its sites as far as they are asked for.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Shares {
    pub(super) program: Program,
    pub(super) ranges: Ranges,
    /// How many of the columns are those of the model.
    pub(super) own: usize,
    pub(super) sites: Vec<Shared>,
    /// Least objective that is taken to bound the model so far: an estimate, on which no proof relies.
    pub(super) bound: f64,
    /// The rows that give that bound, where it is better than without them.
    rows: Vec<Row>,
    /// By column, in the last program: what one more of it would add to the bound.
    pub(super) worths: Vec<f64>,
    sweeps: usize,
    /// What the last program lost by what was off, and how often that was made dearer.
    lost: f64,
    raises: usize,
    is_done: bool,
}

/// The calendars of a site.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    site: usize,
    /// The greatest price in the penalty of the site.
    unit: f64,
    /// By rank of the site's column, then of its opening: the row that makes it a mean.
    links: Vec<usize>,
    /// The row on the penalty, where there can be one.
    penalty: Option<usize>,
    known: BTreeSet<Choice>,
    /// Their columns.
    pub(super) columns: Vec<Col>,
    /// Columns of what is off.
    pub(super) off: Vec<Col>,
}

/// What the weights of a program ask of a site.
struct Asked {
    /// By how much the bound is higher for it.
    more: f64,
    new: Vec<Choice>,
    row: Row,
}

impl Shares {
    /// The model with these rows more and within these ranges, whose objective is known to be no more than `bound`; with
    /// calendars that mattered lately.
    pub(in crate::solve) fn new(
        master: &Master<'_>,
        alone: &mut Alone,
        more: &[&Row],
        (ranges, bound): (&Ranges, f64),
        meter: &Meter<'_>,
    ) -> Shares {
        let mut program = master.program.clone();
        program.rows.extend(more.iter().map(|&row| row.clone()));
        let own = program.columns.len();
        let mut shares = Shares {
            program,
            ranges: ranges.clone(),
            own,
            sites: Vec::new(),
            bound,
            rows: Vec::new(),
            worths: Vec::new(),
            sweeps: 0,
            lost: 0.0,
            raises: 0,
            is_done: false,
        };
        let can_open = |site: &usize| master.open_at[*site].iter().any(|&open| ranges.most(open) > 0.0);
        for site in (0..master.open_at.len()).filter(can_open) {
            alone.look_at(master, site);
            if let Some((rank, of)) = &alone.sites[site] {
                shares.add_site(site, of, alone.alike[*rank].choices.unit);
            }
        }
        meter.spend(ASKING * shares.sites.len() as u64);
        for rank in 0..shares.sites.len() {
            let new = alone.first_calendars(shares.sites[rank].site);
            shares.enter(rank, new);
        }
        shares
    }

    /// Whether no calendar is left that the weights ask for.
    pub(in crate::solve) fn is_done(&self) -> bool {
        self.is_done
    }

    /// What the last program lost by what was off, and how often that was made dearer.
    #[cfg(test)]
    pub(in crate::solve) fn off(&self) -> (f64, usize) {
        (self.lost, self.raises)
    }

    /// Rows that all calendars keep, one for each site, for the best bound so far.
    pub(in crate::solve) fn rows(&self) -> Vec<Row> {
        self.rows.clone()
    }

    fn add_site(&mut self, site: usize, of: &Site, unit: f64) {
        let mut shared = Shared {
            site,
            unit,
            links: Vec::new(),
            penalty: None,
            known: BTreeSet::new(),
            columns: Vec::new(),
            off: Vec::new(),
        };
        let sessions = of.columns.iter().map(|&column| (column, OFF[0]));
        for (column, cost) in sessions.chain(of.opens.iter().map(|&column| (column, OFF[1]))) {
            let [lacking, extra] = [(); 2].map(|()| self.column(-cost));
            shared.off.extend([lacking, extra]);
            shared.links.push(self.program.rows.len());
            self.program.row([(column, 1.0), (lacking, 1.0), (extra, -1.0)], Bound::Exactly, 0.0);
        }
        if !of.penalty.is_empty() {
            shared.penalty = Some(self.program.rows.len());
            self.program.row(of.penalty.iter().copied(), Bound::AtLeast, 0.0);
        }
        self.sites.push(shared);
    }

    fn column(&mut self, worth: f64) -> Col {
        self.ranges.push_any();
        self.program.column(worth, f64::INFINITY)
    }

    /// Takes in calendars of a site; whether any is new.
    fn enter(&mut self, rank: usize, new: Vec<Choice>) -> bool {
        let mut any = false;
        for choice in new {
            if self.sites[rank].known.contains(&choice) {
                continue;
            }
            any = true;
            let share = self.column(0.0);
            let shared = &mut self.sites[rank];
            for &(column, n) in &choice.column {
                self.program.rows[shared.links[column]].0.push((share, -n));
            }
            if let Some(row) = shared.penalty.filter(|_| choice.penalty > 0.0) {
                self.program.rows[row].0.push((share, -shared.unit * choice.penalty));
            }
            shared.columns.push(share);
            shared.known.insert(choice);
        }
        any
    }

    /// Solves the program, and takes in the calendars that its weights ask for.
    pub(in crate::solve) fn sweep(&mut self, alone: &Alone, meter: &Meter<'_>) {
        let wanted = Wanted { accuracy: ACCURACY, enough: f64::NEG_INFINITY };
        let Ended::Solved(Relaxed { point, weights, worths, .. }) =
            relax(&self.program, &[], &self.ranges, wanted, meter)
        else {
            self.is_done = true;
            return;
        };
        let earned = |range: Range<usize>| -> f64 {
            range.map(|column| self.program.columns[column].0 * point.value(column)).sum()
        };
        let (own, off) = (earned(0..self.own), earned(self.own..self.program.columns.len()));
        let objective = own + off;
        let asked: Vec<Asked> =
            self.sites.par_iter().filter_map(|shared| alone.asked(shared, &weights)).collect();
        meter.spend(ASKING * asked.len() as u64);
        let bound = objective + asked.iter().map(|of| of.more).sum::<f64>();
        let (mut rows, mut any) = (Vec::new(), false);
        for (rank, Asked { new, row, .. }) in asked.into_iter().enumerate() {
            rows.push(row);
            any |= self.enter(rank, new);
        }
        if bound < self.bound {
            self.bound = bound;
            self.rows = rows;
        }
        self.worths = worths;
        self.sweeps += 1;
        let near = NEAR * objective.abs();
        self.lost = -off;
        if self.raises < RAISES && self.lost > near.max(bound - objective) {
            self.make_dearer();
        } else {
            // A mean of the calendars that there are, less what is off, is worth as much as the bound allows.
            self.is_done = !any || self.bound - objective <= near;
        }
        self.is_done |= self.sweeps == SWEEPS;
    }

    /// Makes it dearer to be off.
    fn make_dearer(&mut self) {
        self.raises += 1;
        for &column in self.sites.iter().flat_map(|shared| &shared.off) {
            self.program.columns[column].0 *= DEARER;
        }
    }
}

impl Alone {
    /// Calendars to start with: those that mattered lately, those of most sessions and those that cost least.
    fn first_calendars(&self, site: usize) -> Vec<Choice> {
        let Some((rank, _)) = &self.sites[site] else { return Vec::new() };
        let alike = &self.alike[*rank];
        let lately = alike.known.iter().filter(|(_, last)| **last + LAST_MEANS > self.times);
        let mut first: Vec<Choice> = lately.map(|(choice, _)| choice.clone()).collect();
        for part in 0..alike.choices.parts.len() {
            for worth in [0.0, 1.0] {
                let worths = vec![worth; alike.choices.middle.len()];
                let best = alike.choices.best(part, &worths, f64::NEG_INFINITY, Each::Team);
                first.extend(best.into_iter().map(|(_, choice)| choice));
            }
        }
        first
    }

    /// What weights ask of a site.
    fn asked(&self, shared: &Shared, weights: &[f64]) -> Option<Asked> {
        let (rank, site) = self.sites[shared.site].as_ref()?;
        let choices = &self.alike[*rank].choices;
        let fine = shared.penalty.map_or(1.0, |row| shared.unit * (-weights[row]).max(LEAST_FINE));
        let (sessions, opens) = shared.links.split_at(site.columns.len());
        let mut facet = Facet {
            worth: sessions.iter().map(|&row| weights[row] / fine).collect(),
            cost: opens.iter().map(|&row| -weights[row] / fine).collect(),
        };
        let mut new = choices.fit(&mut facet, Each::Size);
        new.sort_by(|a, b| b.0.total_cmp(&a.0));
        new.retain(|(more, _)| more * fine > BETTER);
        new.truncate(MANY);
        Some(Asked {
            more: new.first().map_or(0.0, |(more, _)| more * fine),
            new: new.into_iter().map(|(_, choice)| choice).collect(),
            row: (site.row(&facet, choices.unit), Bound::AtMost, 0.0),
        })
    }
}
