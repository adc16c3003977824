//! Sites alone: what the rules on a site leave of its calendars, whatever the other sites have.
//!
//! The rules on the rhythm and the doctors of a site are rows of the model one by one, and fractions slip through
//! between them. Here a site's calendars are listed, each with its penalty, and where a relaxed solution is no mean of
//! them a row is added that says so: `choices` lists them, `facet` finds the row. `shares` takes calendars as columns, and
//! `dive` chooses among those.

mod choices;
mod dive;
mod facet;
mod mean;
mod rhythm;
mod shares;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Master;
use crate::solve::program::{Bound, Col, Point, Terms};
use choices::{Choice, Choices, Site};
pub(in crate::solve) use dive::{Dive, Diver};
use facet::Facet;
pub(in crate::solve) use shares::Shares;

/// A site as open as that is looked at.
const OPEN: f64 = 1e-6;

/// Calendars that did not matter for so many times are forgotten.
const LATELY: u32 = 10;

/// What is known of the calendars of each site.
#[derive(Clone, Debug, Default)]
pub(in crate::solve) struct Alone {
    /// By site, where it was looked at: what it is like, by rank, and its columns.
    sites: Vec<Option<(usize, Site)>>,
    alike: Vec<Alike>,
    /// How often new rows were sought.
    times: u32,
}

/// Sites with the same calendars: a row that one of them keeps, the others keep too.
#[derive(Clone, Debug)]
struct Alike {
    choices: Choices,
    /// Calendars that mattered lately, and when they last did.
    known: BTreeMap<Choice, u32>,
    /// Rows that some solution broke.
    facets: Vec<Facet>,
}

impl Alone {
    /// Learns what a site is like.
    fn look_at(&mut self, master: &Master<'_>, site: usize) {
        self.sites.resize_with(master.open_at.len(), || None);
        if self.sites[site].is_some() {
            return;
        }
        let (choices, columns) = Choices::new(master, site);
        let rank = self.alike.iter().position(|alike| alike.choices == choices).unwrap_or_else(|| {
            self.alike.push(Alike { choices, known: BTreeMap::new(), facets: Vec::new() });
            self.alike.len() - 1
        });
        self.sites[site] = Some((rank, columns));
    }

    /// Rows that a solution breaks, each with by how much: those known, else new ones.
    fn broken(&mut self, sites: &[usize], point: &Point) -> Vec<(f64, Terms)> {
        let sites: Vec<(usize, &Site)> = sites
            .iter()
            .filter_map(|&site| self.sites[site].as_ref().map(|(rank, columns)| (*rank, columns)))
            .collect();
        let known = sites.par_iter().filter_map(|&(rank, site)| {
            let Alike { choices, facets, .. } = &self.alike[rank];
            let seen = site.seen(point, choices.unit);
            let depths = facets.iter().filter_map(|facet| Some((facet.depth(&seen)?, facet)));
            let (depth, facet) = depths.max_by(|a, b| a.0.total_cmp(&b.0))?;
            Some((depth, site.row(facet, choices.unit)))
        });
        let known: Vec<(f64, Terms)> = known.collect();
        if !known.is_empty() {
            return known;
        }
        let sought = sites.par_iter().map(|&(rank, site)| {
            let alike = &self.alike[rank];
            let seen = site.seen(point, alike.choices.unit);
            let (facet, mattered) = alike.steepest(&seen);
            let row = facet
                .as_ref()
                .and_then(|facet| Some((facet.depth(&seen)?, site.row(facet, alike.choices.unit))));
            (rank, facet, mattered, row)
        });
        let sought: Vec<_> = sought.collect();
        self.times += 1;
        let mut rows = Vec::new();
        for (rank, facet, mattered, row) in sought {
            let alike = &mut self.alike[rank];
            alike.facets.extend(facet);
            alike.known.extend(mattered.into_iter().map(|choice| (choice, self.times)));
            rows.extend(row);
        }
        for alike in &mut self.alike {
            alike.known.retain(|_, last| *last + LATELY > self.times);
        }
        rows
    }
}

impl Master<'_> {
    /// Rows that a relaxed solution breaks and no calendar does, those broken most first; and how many sites were
    /// looked at.
    pub(in crate::solve) fn rows_alone(
        &self,
        alone: &mut Alone,
        point: &Point,
    ) -> (Vec<(Terms, Bound, f64)>, u64) {
        let is_open =
            |site: &usize| self.opens_of(*site, 1.0).iter().any(|&(open, _)| point.value(open) > OPEN);
        let sites: Vec<usize> = (0..self.open_at.len()).filter(is_open).collect();
        sites.iter().for_each(|&site| alone.look_at(self, site));
        let broken = alone.broken(&sites, point);
        let mut found: Vec<(f64, Terms, f64)> =
            broken.into_iter().map(|(depth, terms)| (depth, terms, 0.0)).collect();
        found.extend(self.full_days(point));
        found.extend(self.whole_days_alone(point));
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let rows = found.into_iter().map(|(_, terms, most)| (terms, Bound::AtMost, most)).collect();
        (rows, sites.len() as u64)
    }

    /// What must be whole for a solution to be a calendar, besides what its days hold.
    pub(in crate::solve) fn dated(&self) -> impl Iterator<Item = Col> {
        let sessions = self.cells.iter().map(|cell| cell.sessions);
        sessions.chain(self.staff.duties.iter().map(|duty| duty.sessions))
    }
}
