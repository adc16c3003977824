//! Communes reached: band by band, by the sites that are open.

use std::collections::BTreeMap;

use super::Master;
use crate::solve::demand::CommuneDemand;
use crate::solve::program::{Bound, Terms};

/// The share of a commune that is reached, as a sum.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// By the given sessions, whatever is decided.
    pub(super) sure: f64,
    /// Sets of sites that reach it, each with the share that it adds.
    pub(super) steps: Terms,
}

/// Sets of sites that reach someone: each set once, whoever it reaches.
#[derive(Default)]
struct Catchments {
    rank: BTreeMap<Vec<u32>, usize>,
    /// By rank.
    sets: Vec<Vec<u32>>,
    worth: Vec<f64>,
}

impl Catchments {
    fn add(&mut self, mut sites: Vec<u32>, worth: f64) -> usize {
        sites.sort_unstable();
        let rank = *self.rank.entry(sites).or_insert_with_key(|sites| {
            self.sets.push(sites.clone());
            self.worth.push(0.0);
            self.sets.len() - 1
        });
        self.worth[rank] += worth;
        rank
    }
}

impl Master<'_> {
    /// Columns for the sets of sites that reach someone; how each commune is reached.
    pub(super) fn count_reached(&mut self) -> Vec<Reach> {
        let mut catchments = Catchments::default();
        let mut reaches: Vec<Reach> =
            self.demand.communes.iter().map(|commune| self.reach(commune, &mut catchments)).collect();
        let weights = self.demand.communes.iter().map(|commune| commune.weight);
        self.constant +=
            reaches.iter().zip(weights).map(|(r, w)| self.demand.reached * w * r.sure).sum::<f64>();
        let mut columns = Vec::with_capacity(catchments.sets.len());
        for (sites, worth) in catchments.sets.iter().zip(catchments.worth) {
            let reached = self.program.count(worth, 1.0);
            let opens = sites.iter().flat_map(|&site| &self.open_at[site as usize]);
            let terms: Terms = opens.map(|&open| (open, -1.0)).chain([(reached, 1.0)]).collect();
            self.program.row(terms, Bound::AtMost, 0.0);
            columns.push(reached);
        }
        for (set, _) in reaches.iter_mut().flat_map(|reach| &mut reach.steps) {
            *set = columns[*set];
        }
        reaches
    }

    /// The bands of a commune, by the rank of their sets.
    fn reach(&self, commune: &CommuneDemand, catchments: &mut Catchments) -> Reach {
        let shares = &self.demand.band_share;
        let mut reach = Reach::default();
        for (band, share) in shares.iter().enumerate() {
            let step = share - shares.get(band + 1).copied().unwrap_or(0.0);
            let within: Vec<u32> =
                commune.near.iter().filter(|near| near.band as usize <= band).map(|near| near.site).collect();
            if within.iter().any(|&site| self.is_given(site)) {
                reach.sure += step;
                continue;
            }
            let sites: Vec<u32> = within.into_iter().filter(|&site| self.is_possible(site)).collect();
            if sites.is_empty() || step <= 0.0 {
                continue;
            }
            let set = catchments.add(sites, self.demand.reached * commune.weight * step);
            match reach.steps.last_mut() {
                Some((last, sum)) if *last == set => *sum += step,
                _ => reach.steps.push((set, step)),
            }
        }
        reach
    }
}
