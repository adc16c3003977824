//! Searches that only climb, from several points at once.

use super::Slope;
use super::pending::Pending;
use crate::cost::Cost;
use crate::search::costs::{Costs, beyond, least, leave_out, lower};
use crate::search::queue::Queue;

/// The place of ranks that are not reached.
const NOWHERE: usize = 0;

/// The memory of searches, used again and again.
///
/// Below the top every arc leads to a smaller rank. So ranks are swept from the largest number to the smallest, each
/// once and for all starting points together: when one comes, all that leads there has been followed. No queue is
/// needed that orders by cost.
#[derive(Debug)]
pub(super) struct Sweep<const LANES: usize> {
    /// The place of each rank among those that are reached, or [`NOWHERE`].
    places: Vec<u32>,
    /// By place.
    ranks: Vec<u32>,
    /// By place, from each starting point.
    costs: Vec<Costs<LANES>>,
    pending: Pending,
    queue: Queue,
}

impl<const LANES: usize> Sweep<LANES> {
    pub(super) fn new(nodes: usize) -> Sweep<LANES> {
        Sweep {
            places: vec![NOWHERE as u32; nodes],
            ranks: vec![0],
            costs: vec![beyond()],
            pending: Pending::new(nodes),
            queue: Queue::default(),
        }
    }

    /// Follows one slope from the starts, each given with its lane, and tells the ranks that lie on least ways from
    /// them, with the costs in all lanes. In a lane where a rank is seen to be reached at less cost over the other
    /// slope, from above, it lies on none and is said to be beyond.
    pub(super) fn run(
        &mut self,
        along: &Slope,
        against: &Slope,
        starts: impl Iterator<Item = (usize, u32, Cost)>,
        most: Cost,
        mut settled: impl FnMut(u32, &Costs<LANES>),
    ) {
        for (lane, rank, cost) in starts {
            let place = self.place(rank);
            let known = &mut self.costs[place][lane];
            *known = cost.min(*known);
        }
        while let Some(rank) = self.pending.pop_from(along.top) {
            let mut costs = self.costs[self.places[rank as usize] as usize];
            leave_out(&mut costs, &self.costs_from_above(against, rank));
            if least(&costs) <= most {
                settled(rank, &costs);
                self.rise(along, rank, &costs);
            }
        }
        if along.top > 0 {
            self.pending.clear();
            (0..LANES).for_each(|lane| self.cross(along, lane, most));
            for (&rank, costs) in self.ranks.iter().zip(&self.costs).skip(1) {
                if rank < along.top {
                    settled(rank, costs);
                }
            }
        }
        self.forget();
    }

    /// What a rank costs by way of those above it that have been reached.
    #[inline]
    fn costs_from_above(&self, against: &Slope, rank: u32) -> Costs<LANES> {
        let mut costs = beyond();
        for rise in against.at(rank) {
            // What is nowhere is beyond.
            let place = self.places[rise.upper as usize] as usize;
            lower(&mut costs, &self.costs[place], rise.cost());
        }
        costs
    }

    #[inline]
    fn rise(&mut self, along: &Slope, rank: u32, costs: &Costs<LANES>) {
        for rise in along.at(rank) {
            let place = self.place(rise.upper);
            lower(&mut self.costs[place], costs, rise.cost());
        }
    }

    /// Through the top, by Dijkstra's algorithm.
    fn cross(&mut self, along: &Slope, lane: usize, most: Cost) {
        for (&rank, costs) in self.ranks.iter().zip(&self.costs).skip(1) {
            if rank < along.top && costs[lane] <= most {
                self.queue.push(costs[lane], rank);
            }
        }
        while let Some((cost, rank)) = self.queue.pop() {
            if cost > self.costs[self.places[rank as usize] as usize][lane] {
                continue;
            }
            for rise in along.at(rank) {
                let cost = cost.plus(rise.cost());
                if cost <= most {
                    let place = self.place(rise.upper);
                    let known = &mut self.costs[place][lane];
                    if cost < *known {
                        *known = cost;
                        self.queue.push(cost, rise.upper);
                    }
                }
            }
        }
    }

    fn forget(&mut self) {
        self.pending.clear();
        for rank in self.ranks.drain(1..) {
            self.places[rank as usize] = NOWHERE as u32;
        }
        self.costs.truncate(1);
    }

    /// The place of a rank, a new one if it was not reached before.
    #[inline]
    fn place(&mut self, rank: u32) -> usize {
        let place = self.places[rank as usize] as usize;
        if place != NOWHERE {
            return place;
        }
        let place = self.costs.len();
        self.places[rank as usize] = place as u32;
        self.ranks.push(rank);
        self.costs.push(beyond());
        self.pending.insert(rank);
        place
    }
}
