//! Travel times from many points to many.

use rayon::prelude::*;

use super::RoadNetwork;
use crate::cost::Cost;
use crate::error::{Error, ErrorKind};
use crate::hierarchy::Hierarchy;
use crate::progress::{Phase, Watch};
use crate::search::Dijkstra;
use crate::search::choice::Size;
use crate::search::ends::Ends;
use crate::search::many::{Question, fill_table, sparse_rows};
use crate::snap::{Cut, NoRoad, Snap, Spot};
use crate::table::{Cells, Engine, SearchOptions, Table};
use crate::units::{Metres, Position};

/// Of more pairs than these, only those that have a trip within the limit are kept: 256 MiB.
const MOST_CELLS: usize = 1 << 25;

impl RoadNetwork {
    /// The fastest trips from every origin to every destination. What is found for a pair does not depend on the
    /// other points of the question, on the engine, nor on the number of threads.
    ///
    /// # Errors
    /// The watch was cancelled, or the table does not fit into the memory (8 bytes a pair; of more than 33 million
    /// pairs with a limit of time, 16 bytes a trip). Points that are off the roads are no error: the table tells which
    /// they are.
    pub fn travel_times(
        &self,
        origins: &[Position],
        destinations: &[Position],
        options: &SearchOptions,
        watch: &Watch<'_>,
    ) -> Result<Table, Error> {
        let points = (origins.len() + destinations.len()) as u64;
        watch.step(Phase::Snap, 0, points);
        let starts = self.snap_all(origins, options.snap_limit);
        let ends = match origins == destinations {
            true => starts.clone(),
            false => self.snap_all(destinations, options.snap_limit),
        };
        let from = self.spots(&starts);
        let others = (origins != destinations).then(|| self.spots(&ends));
        let to = others.as_deref().unwrap_or(&from);
        let (departures, arrivals) = (self.all_departures(&from), self.all_arrivals(to));
        watch.step(Phase::Snap, points, points);
        let question = Question { departures: &departures, arrivals: &arrivals, within: options.within.0 };
        let mut cells = self.search(question, options.engine, watch).map_err(Error::new)?;
        self.offer_direct_ways(&from, to, options, &mut cells);
        Ok(Table { origins: starts, destinations: ends, cells, within: options.within })
    }

    /// The hierarchy of the network, built when it is first asked for.
    ///
    /// # Errors
    /// The watch was cancelled, or the network has too many roads for one.
    pub(crate) fn hierarchy(&self, watch: &Watch<'_>) -> Result<&Hierarchy, ErrorKind> {
        match self.hierarchy.get() {
            Some(hierarchy) => Ok(hierarchy),
            None => {
                let built = Hierarchy::build(&self.streets.open.graph, watch)?;
                Ok(self.hierarchy.get_or_init(|| built))
            }
        }
    }

    /// Prepares the network for large tables, as the first of them would: builds its contraction hierarchy.
    ///
    /// # Errors
    /// The watch was cancelled, or the network has too many roads for one.
    pub fn contract(&self, watch: &Watch<'_>) -> Result<(), Error> {
        self.hierarchy(watch).map(|_| ()).map_err(Error::new)
    }

    fn search(&self, question: Question<'_>, engine: Engine, watch: &Watch<'_>) -> Result<Cells, ErrorKind> {
        let on_roads = |ends: &Ends| ends.iter().filter(|ends| !ends.is_empty()).count();
        let size = Size {
            origins: on_roads(question.departures),
            destinations: on_roads(question.arrivals),
            nodes: self.streets.nodes() as usize,
            within: question.within,
        };
        let by_hierarchy = match engine {
            Engine::Dijkstra => false,
            Engine::Hierarchy => true,
            Engine::Auto if self.hierarchy.get().is_some() => size.is_sooner_by_hierarchy(),
            Engine::Auto => size.is_worth_a_hierarchy(),
        };
        if by_hierarchy {
            costs(self.hierarchy(watch)?, question, watch)
        } else {
            costs(&Dijkstra(&self.streets.open.graph), question, watch)
        }
    }

    /// Between two points of one link the way may not leave it.
    fn offer_direct_ways(
        &self,
        from: &[Option<Spot>],
        to: &[Option<Spot>],
        options: &SearchOptions,
        cells: &mut Cells,
    ) {
        let most = Cost::most_within(options.within.0);
        let (starts, ends) = (by_link(from), by_link(to));
        let mut ends = ends.as_slice();
        for starts in starts.chunk_by(|a, b| a.0 == b.0) {
            let link = starts[0].0;
            let first = ends.iter().take_while(|end| end.0 < link).count();
            ends = &ends[first..];
            let there = &ends[..ends.iter().take_while(|end| end.0 == link).count()];
            for &(_, row, start) in starts {
                for &(_, column, end) in there {
                    if let Some(cost) = start.direct(end).filter(|&cost| cost <= most) {
                        cells.offer(row, column, to.len(), cost);
                    }
                }
            }
        }
    }

    fn snap_all(&self, positions: &[Position], limit: Metres) -> Vec<Result<Snap, NoRoad>> {
        let snap = |&position: &Position| self.snap(position, limit);
        // To hand work to another thread and wait for it takes as long as finding several points.
        match rayon::current_num_threads() {
            1 => positions.iter().map(snap).collect(),
            _ => positions.par_iter().with_min_len(16).map(snap).collect(),
        }
    }

    /// The points on the network, and what their links cost.
    fn spots(&self, snaps: &[Result<Snap, NoRoad>]) -> Vec<Option<Spot>> {
        snaps.iter().map(|snap| snap.as_ref().ok().map(|snap| snap.anchor.spot(&self.links))).collect()
    }
}

/// The points along links, each with its link and its place in the question, in that order.
fn by_link<'a>(spots: &'a [Option<Spot>]) -> Vec<(u32, usize, &'a Cut)> {
    let along = |(place, spot): (usize, &'a Option<Spot>)| match spot {
        Some(Spot::Along(cut)) => Some((cut.along().link, place, cut)),
        _ => None,
    };
    let mut found: Vec<(u32, usize, &Cut)> = spots.iter().enumerate().filter_map(along).collect();
    found.sort_unstable_by_key(|&(link, place, _)| (link, place));
    found
}

fn costs(
    engine: &impl crate::search::many::Engine,
    question: Question<'_>,
    watch: &Watch<'_>,
) -> Result<Cells, ErrorKind> {
    let [origins, destinations] = [question.departures, question.arrivals].map(Ends::points);
    let cells = origins.saturating_mul(destinations);
    if cells > MOST_CELLS && question.within < Cost::MOST_TIME {
        return Ok(Cells::Found(sparse_rows(engine, question, watch)?));
    }
    let mut costs = Vec::new();
    let too_large = |_| ErrorKind::TooLarge { what: "pairs of points", count: cells as u64 };
    costs.try_reserve_exact(cells).map_err(too_large)?;
    costs.resize(cells, Cost::NEVER);
    fill_table(engine, question, watch, &mut costs)?;
    Ok(Cells::All(costs))
}

impl Cells {
    /// Takes a cost if it is less than the one found.
    fn offer(&mut self, row: usize, column: usize, columns: usize, cost: Cost) {
        match self {
            Cells::All(cells) => {
                let cell = &mut cells[row * columns + column];
                *cell = cost.min(*cell);
            }
            Cells::Found(rows) => {
                let row = &mut rows[row];
                match row.binary_search_by_key(&(column as u32), |cell| cell.0) {
                    Ok(place) => row[place].1 = cost.min(row[place].1),
                    Err(place) => row.insert(place, (column as u32, cost)),
                }
            }
        }
    }
}
