//! Searches that only climb.

use super::{Hierarchy, Slope};
use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::progress::Watch;
use crate::search::buckets::{Buckets, Row};
use crate::search::labels::Labels;
use crate::search::many::{Ends, Engine, Outward, by_workers};
use crate::search::queue::Queue;

impl Engine for Hierarchy {
    /// Most searches reach its top.
    const SHARES_BUCKETS: bool = true;

    type Outward<'a> = Up<'a>;

    fn buckets(&self, arrivals: &[Ends], most: Cost, watch: &Watch<'_>) -> Result<Buckets, ErrorKind> {
        let mut reached = vec![Ends::new(); arrivals.len()];
        by_workers(
            reached.iter_mut().zip(arrivals),
            || Climb::new(self.nodes()),
            |climb, (reached, ends)| {
                climb.run(&self.down, &self.up, self.ranked(ends), most, |rank, cost| {
                    reached.push((rank, cost))
                });
                if watch.is_cancelled() { Err(ErrorKind::Cancelled) } else { Ok(()) }
            },
        )?;
        Ok(Buckets::new(self.nodes(), &reached))
    }

    fn outward(&self) -> Up<'_> {
        Up { hierarchy: self, climb: Climb::new(self.nodes()) }
    }
}

impl Hierarchy {
    fn ranked(&self, ends: &[(u32, Cost)]) -> impl Iterator<Item = (u32, Cost)> {
        ends.iter().map(|&(node, cost)| (self.ranks[node as usize], cost))
    }
}

/// A search from an origin upwards.
#[derive(Debug)]
pub(crate) struct Up<'a> {
    hierarchy: &'a Hierarchy,
    climb: Climb,
}

impl Outward for Up<'_> {
    fn run(&mut self, starts: &[(u32, Cost)], most: Cost, buckets: &Buckets, row: &mut impl Row) {
        let Hierarchy { up, down, .. } = self.hierarchy;
        let starts = self.hierarchy.ranked(starts);
        self.climb.run(up, down, starts, most, |rank, cost| row.offer(buckets, rank, cost, most));
    }
}

/// The memory of a search, used again and again.
#[derive(Debug)]
struct Climb {
    labels: Labels,
    queue: Queue,
}

impl Climb {
    fn new(nodes: usize) -> Climb {
        Climb { labels: Labels::new(nodes), queue: Queue::default() }
    }

    /// Follows one slope and tells every rank on a least way from the starts, with its cost. Ranks that are reached
    /// at less cost over the other slope, from above or at the top, lie on none and are left out.
    fn run(
        &mut self,
        along: &Slope,
        against: &Slope,
        starts: impl Iterator<Item = (u32, Cost)>,
        most: Cost,
        mut settled: impl FnMut(u32, Cost),
    ) {
        self.labels.forget();
        self.queue.clear();
        for (rank, cost) in starts {
            self.offer(rank, cost, most);
        }
        while let Some((cost, rank)) = self.queue.pop() {
            if cost > self.labels.get(rank) || self.is_reached_from_above(against, rank, cost) {
                continue;
            }
            settled(rank, cost);
            for rise in along.at(rank) {
                self.offer(rise.upper, cost.plus(rise.cost()), most);
            }
        }
    }

    #[inline]
    fn offer(&mut self, rank: u32, cost: Cost, most: Cost) {
        if cost <= most && self.labels.lower(rank, cost) {
            self.queue.push(cost, rank);
        }
    }

    #[inline]
    fn is_reached_from_above(&self, against: &Slope, rank: u32, cost: Cost) -> bool {
        against.at(rank).iter().any(|rise| {
            let above = self.labels.get(rise.upper);
            above < cost && above.plus(rise.cost()) < cost
        })
    }
}
