//! Travel times from many points to many.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::cost::Cost;
use crate::error::{Error, ErrorKind};
use crate::network::RoadNetwork;
use crate::progress::{Phase, Watch};
use crate::search::{Search, Targets};
use crate::snap::{Anchor, NoRoad, SNAP_LIMIT, Snap};
use crate::units::{Metres, Millis, Position};

/// What is asked of a table besides its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchOptions {
    /// How far from the road a point may be; [`SNAP_LIMIT`] by default.
    pub snap_limit: Metres,
    /// The longest trips to look for, this duration included; without limit by default.
    pub within: Millis,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions { snap_limit: SNAP_LIMIT, within: Millis::MAX }
    }
}

/// The fastest way between two points; of equally fast ones the shortest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Driving time.
    pub time: Millis,
    /// Length of road driven.
    pub length: Metres,
    /// Whether it boards a ferry.
    pub ferry: bool,
}

/// Trips from every origin to every destination.
///
/// A trip that is missing has one of three reasons: its origin is off the roads ([`Table::origin_snap`]), its
/// destination is ([`Table::destination_snap`]), or it takes longer than was asked for.
#[derive(Clone, Debug)]
pub struct Table {
    origins: Vec<Result<Snap, NoRoad>>,
    destinations: Vec<Result<Snap, NoRoad>>,
    /// Row by row.
    costs: Vec<Cost>,
}

impl Table {
    /// The trip from an origin to a destination, by their places in the question; None when there is none.
    pub fn trip(&self, origin: usize, destination: usize) -> Option<Trip> {
        if origin >= self.origins.len() || destination >= self.destinations.len() {
            return None;
        }
        let cost = self.costs[origin * self.destinations.len() + destination];
        (cost != Cost::NEVER).then(|| Trip {
            time: cost.time(),
            length: cost.length(),
            ferry: cost.ferries() > 0,
        })
    }

    /// Where an origin meets the network, or why it does not; None when there is no such origin.
    pub fn origin_snap(&self, origin: usize) -> Option<Result<Snap, NoRoad>> {
        self.origins.get(origin).copied()
    }

    /// Where a destination meets the network, or why it does not; None when there is no such destination.
    pub fn destination_snap(&self, destination: usize) -> Option<Result<Snap, NoRoad>> {
        self.destinations.get(destination).copied()
    }
}

impl RoadNetwork {
    /// The fastest trips from every origin to every destination. What is found for a pair does not depend on the
    /// other points of the question, nor on the number of threads.
    ///
    /// # Errors
    /// The watch was cancelled, or the table does not fit into the memory (8 bytes a pair). Points that are off the
    /// roads are no error: the table tells which they are.
    pub fn travel_times(
        &self,
        origins: &[Position],
        destinations: &[Position],
        options: &SearchOptions,
        watch: &Watch<'_>,
    ) -> Result<Table, Error> {
        let origins = self.snap_all(origins, options.snap_limit);
        let destinations = self.snap_all(destinations, options.snap_limit);
        let mut costs = empty_table(origins.len(), destinations.len()).map_err(Error::new)?;
        let ends: Vec<Option<End>> = destinations
            .par_iter()
            .map(|snap| {
                let anchor = snap.as_ref().ok()?.anchor;
                Some(End { anchor, arrivals: self.arrivals(&anchor).ends })
            })
            .collect();
        let arrivals = ends.iter().flatten().flat_map(|end| end.arrivals.iter().map(|&(node, _)| node));
        let graph = &self.streets.open.graph;
        let targets = Targets::new(graph, arrivals);
        let (done, total) = (AtomicU64::new(0), origins.len() as u64);
        watch.step(Phase::Search, 0, total);
        // A table without columns has no rows to cut; one column more changes nothing then.
        costs.par_chunks_mut(destinations.len().max(1)).zip(&origins).try_for_each_init(
            || Search::new(graph),
            |search, (row, origin)| {
                if watch.is_cancelled() {
                    return Err(Error::new(ErrorKind::Cancelled));
                }
                if let Ok(origin) = origin {
                    self.fill_row(row, search, &origin.anchor, &ends, &targets, options.within);
                }
                watch.step(Phase::Search, done.fetch_add(1, Ordering::Relaxed) + 1, total);
                Ok(())
            },
        )?;
        Ok(Table { origins, destinations, costs })
    }

    fn fill_row(
        &self,
        row: &mut [Cost],
        search: &mut Search<'_>,
        origin: &Anchor,
        destinations: &[Option<End>],
        targets: &Targets,
        within: Millis,
    ) {
        search.run(self.departures(origin).ends.into_iter(), targets, within.0);
        let most = Cost::most_within(within.0);
        for (cell, destination) in row.iter_mut().zip(destinations) {
            let Some(destination) = destination else { continue };
            let by_nodes = destination.arrivals.iter().filter_map(|&(node, last)| match search.cost(node) {
                Cost::NEVER => None,
                cost => Some(cost.plus(last)),
            });
            let least = by_nodes.chain(origin.direct(&destination.anchor, &self.links)).min();
            *cell = least.filter(|&cost| cost <= most).unwrap_or(Cost::NEVER);
        }
    }

    fn snap_all(&self, positions: &[Position], limit: Metres) -> Vec<Result<Snap, NoRoad>> {
        positions.par_iter().map(|&position| self.snap(position, limit)).collect()
    }
}

fn empty_table(rows: usize, columns: usize) -> Result<Vec<Cost>, ErrorKind> {
    let cells = rows.saturating_mul(columns);
    let mut costs = Vec::new();
    let too_large = |_| ErrorKind::TooLarge { what: "pairs of points", count: cells as u64 };
    costs.try_reserve_exact(cells).map_err(too_large)?;
    costs.resize(cells, Cost::NEVER);
    Ok(costs)
}

/// A destination.
struct End {
    anchor: Anchor,
    arrivals: Vec<(u32, Cost)>,
}
