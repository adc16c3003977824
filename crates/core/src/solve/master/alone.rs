//! Sites alone: what the rules on a site leave of its calendars, whatever the other sites have.
//!
//! The rules on the rhythm and the doctors of a site are rows of the model one by one, and fractions slip through
//! between them. Here a site's calendars are listed, each with its penalty, and where a relaxed solution is no mean of
//! them a row is added that says so: `choices` lists them, `facet` finds the row.

mod choices;
mod facet;
mod mean;
mod rhythm;

use rayon::prelude::*;

use super::Master;
use crate::solve::program::{Bound, Col, Optimum, Terms};
use choices::Choices;

/// A site as open as that is looked at.
const OPEN: f64 = 1e-6;

/// What is known of the calendars of each site.
#[derive(Clone, Debug, Default)]
pub(in crate::solve) struct Alone(Vec<Option<Choices>>);

impl Master<'_> {
    /// Rows that a relaxed solution breaks and no calendar does, those broken most first; and how many sites were
    /// looked at.
    pub(in crate::solve) fn rows_alone(
        &self,
        alone: &mut Alone,
        optimum: &Optimum,
    ) -> (Vec<(Terms, Bound, f64)>, u64) {
        alone.0.resize_with(self.open_at.len(), || None);
        let is_open =
            |site: usize| self.opens_of(site, 1.0).iter().any(|&(open, _)| optimum.value(open) > OPEN);
        let sites: Vec<(usize, &mut Option<Choices>)> =
            alone.0.iter_mut().enumerate().filter(|(site, _)| is_open(*site)).collect();
        let looked_at = sites.len() as u64;
        let facets: Vec<(f64, Terms)> = sites
            .into_par_iter()
            .filter_map(|(site, known)| known.get_or_insert_with(|| Choices::new(self, site)).facet(optimum))
            .collect();
        let mut found: Vec<(f64, Terms, f64)> =
            facets.into_iter().map(|(broken, terms)| (broken, terms, 0.0)).collect();
        found.extend(self.full_days(optimum));
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        (found.into_iter().map(|(_, terms, most)| (terms, Bound::AtMost, most)).collect(), looked_at)
    }

    /// What must be whole for a solution to be a calendar, besides what its days hold.
    pub(in crate::solve) fn dated(&self) -> impl Iterator<Item = Col> {
        let sessions = self.cells.iter().map(|cell| cell.sessions);
        sessions.chain(self.staff.duties.iter().map(|duty| duty.sessions))
    }
}
