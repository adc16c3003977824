//! Searches in a hierarchy.

use super::Hierarchy;
use super::sweep::Sweep;
use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::progress::Watch;
use crate::search::buckets::{Buckets, Stop};
use crate::search::costs::{FEW, ROWS};
use crate::search::ends::Ends;
use crate::search::found::Found;
use crate::search::many::{Engine, Outward, by_workers};

impl Engine for Hierarchy {
    /// Most searches reach its top.
    const SHARES_WAYS: bool = true;

    type Outward<'a, const ROWS: usize> = Up<'a, ROWS>;

    fn buckets(&self, arrivals: &Ends, most: Cost, watch: &Watch<'_>) -> Result<Buckets, ErrorKind> {
        let stops = if arrivals.points() > FEW {
            self.stops::<ROWS>(arrivals, most, watch)
        } else {
            self.stops::<1>(arrivals, most, watch)
        };
        Ok(Buckets::new(self.nodes(), &stops?, most))
    }

    fn outward<const ROWS: usize>(&self) -> Up<'_, ROWS> {
        Up { hierarchy: self, sweep: Sweep::new(self.nodes()) }
    }
}

impl Hierarchy {
    /// Where searches from the destinations come to, in batches of so many.
    fn stops<const SIZE: usize>(
        &self,
        arrivals: &Ends,
        most: Cost,
        watch: &Watch<'_>,
    ) -> Result<Vec<Vec<Stop>>, ErrorKind> {
        let mut order: Vec<usize> = (0..arrivals.points()).collect();
        order.sort_unstable_by_key(|&destination| arrivals.place(destination));
        let batches = order.chunks(SIZE);
        let mut stops = vec![Vec::new(); batches.len()];
        by_workers(
            stops.iter_mut().zip(batches),
            || Sweep::<SIZE>::new(self.nodes()),
            |sweep, (stops, batch)| {
                let starts = self.ranked(batch.iter().map(|&destination| arrivals.of(destination)));
                sweep.run(&self.down, &self.up, starts, most, |junction, costs| {
                    for (&destination, &rest) in batch.iter().zip(costs) {
                        if rest <= most {
                            stops.push(Stop { junction, destination: destination as u32, rest });
                        }
                    }
                });
                if watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
            },
        )?;
        Ok(stops)
    }

    /// Lane, rank and cost of the ends of points.
    fn ranked<'a>(
        &self,
        points: impl Iterator<Item = &'a [(u32, Cost)]>,
    ) -> impl Iterator<Item = (usize, u32, Cost)> {
        points.enumerate().flat_map(move |(lane, ends)| {
            ends.iter().map(move |&(node, cost)| (lane, self.ranks[node as usize], cost))
        })
    }
}

/// A search from origins upwards.
#[derive(Debug)]
pub(crate) struct Up<'a, const ROWS: usize> {
    hierarchy: &'a Hierarchy,
    sweep: Sweep<ROWS>,
}

impl<const ROWS: usize> Outward<ROWS> for Up<'_, ROWS> {
    fn run<'a>(
        &mut self,
        starts: impl Iterator<Item = &'a [(u32, Cost)]>,
        most: Cost,
        found: &mut Found<'_, ROWS>,
    ) {
        let Hierarchy { up, down, .. } = self.hierarchy;
        let starts = self.hierarchy.ranked(starts);
        self.sweep.run(up, down, starts, most, |rank, costs| found.offer(rank, costs));
    }
}
