//! Travel times from many points to many.

use rayon::prelude::*;

use super::RoadNetwork;
use crate::cost::Cost;
use crate::error::{Error, ErrorKind};
use crate::hierarchy::Hierarchy;
use crate::progress::{Phase, Watch};
use crate::search::Dijkstra;
use crate::search::choice::Size;
use crate::search::many::{Ends, Question, fill_table, sparse_rows};
use crate::snap::{Along, Anchor, Cut, NoRoad, Snap};
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
        let departures = of_each(&starts, |anchor| self.departures(anchor).ends);
        let arrivals = of_each(&ends, |anchor| self.arrivals(anchor).ends);
        watch.step(Phase::Snap, points, points);
        let question = Question { departures: &departures, arrivals: &arrivals, within: options.within.0 };
        let mut cells = self.search(question, options.engine, watch).map_err(Error::new)?;
        self.offer_direct_ways(&starts, &ends, options, &mut cells);
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
        let on_roads = |ends: &[Ends]| ends.iter().filter(|ends| !ends.is_empty()).count();
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
        starts: &[Result<Snap, NoRoad>],
        ends: &[Result<Snap, NoRoad>],
        options: &SearchOptions,
        cells: &mut Cells,
    ) {
        let most = Cost::most_within(options.within.0);
        let (starts, destinations) = (by_link(starts), by_link(ends));
        let mut destinations = destinations.as_slice();
        for starts in starts.chunk_by(|a, b| a.0.link == b.0.link) {
            let link = starts[0].0.link;
            let first = destinations.iter().take_while(|end| end.0.link < link).count();
            destinations = &destinations[first..];
            let there = &destinations[..destinations.iter().take_while(|end| end.0.link == link).count()];
            let there: Vec<(Cut, usize)> =
                there.iter().map(|&(end, column)| (end.cut(&self.links), column)).collect();
            for (start, row) in starts.iter().filter(|_| !there.is_empty()) {
                let start = start.cut(&self.links);
                for (end, column) in &there {
                    if let Some(cost) = start.direct(end).filter(|&cost| cost <= most) {
                        cells.offer(*row, *column, ends.len(), cost);
                    }
                }
            }
        }
    }

    fn snap_all(&self, positions: &[Position], limit: Metres) -> Vec<Result<Snap, NoRoad>> {
        positions.par_iter().with_min_len(16).map(|&position| self.snap(position, limit)).collect()
    }
}

/// The points along a link, each with its place in the question, in the order of links.
fn by_link(snaps: &[Result<Snap, NoRoad>]) -> Vec<(Along, usize)> {
    let along = |(place, snap): (usize, &Result<Snap, NoRoad>)| match snap {
        Ok(Snap { anchor: Anchor::Along(along), .. }) => Some((*along, place)),
        _ => None,
    };
    let mut found: Vec<(Along, usize)> = snaps.iter().enumerate().filter_map(along).collect();
    found.sort_unstable_by_key(|&(along, place)| (along.link, place));
    found
}

/// What lies at both ends of the search; nothing for points that are off the roads.
fn of_each(snaps: &[Result<Snap, NoRoad>], ends: impl Fn(&Anchor) -> Ends + Sync) -> Vec<Ends> {
    let of_one = |snap: &Result<Snap, NoRoad>| snap.as_ref().map_or(Ends::new(), |snap| ends(&snap.anchor));
    snaps.par_iter().with_min_len(64).map(of_one).collect()
}

fn costs(
    engine: &impl crate::search::many::Engine,
    question: Question<'_>,
    watch: &Watch<'_>,
) -> Result<Cells, ErrorKind> {
    let cells = question.departures.len().saturating_mul(question.arrivals.len());
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
