//! Trips from many points to many, as they are told.

use crate::cost::Cost;
use crate::snap::{NoRoad, SNAP_LIMIT, Snap};
use crate::units::{Metres, Millis};

/// What is asked of a table besides its points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchOptions {
    /// How far from the road a point may be; [`SNAP_LIMIT`] by default.
    pub snap_limit: Metres,
    /// The longest trips to look for, this duration included; without limit by default. In no case are trips of more
    /// than 12 days looked for.
    pub within: Millis,
    /// How to search; all engines find the same trips.
    pub engine: Engine,
}

impl Default for SearchOptions {
    fn default() -> SearchOptions {
        SearchOptions { snap_limit: SNAP_LIMIT, within: Millis::MAX, engine: Engine::default() }
    }
}

/// How trips are searched. The engines differ in what they cost, never in what they find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Engine {
    /// Whichever is estimated to be done first.
    #[default]
    Auto,
    /// Dijkstra's algorithm from every origin: best for few origins, or for short trips.
    Dijkstra,
    /// A contraction hierarchy, which is built when it is first needed and kept: best for many origins.
    Hierarchy,
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

impl Trip {
    pub(crate) fn of(cost: Cost) -> Trip {
        Trip { time: cost.time(), length: cost.length(), ferry: cost.ferries() > 0 }
    }
}

/// Why there is no trip between two points.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum NoTrip {
    /// The origin is not on the network.
    Origin(NoRoad),
    /// The destination is not on the network.
    Destination(NoRoad),
    /// It takes longer than was asked for.
    Beyond(Millis),
    /// No way leads from one to the other, though both can be left and reached: forbidden turns stand between them, or
    /// more than 12 days.
    Unreachable,
}

/// Trips from every origin to every destination.
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) origins: Vec<Result<Snap, NoRoad>>,
    pub(crate) destinations: Vec<Result<Snap, NoRoad>>,
    pub(crate) cells: Cells,
    pub(crate) within: Millis,
}

/// The least costs of a table.
#[derive(Clone, Debug)]
pub(crate) enum Cells {
    /// Row by row; [`Cost::NEVER`] where there is no trip.
    All(Vec<Cost>),
    /// Of each row the destinations that have a trip, in ascending order.
    Found(Vec<Vec<(u32, Cost)>>),
}

impl Table {
    /// The trip from an origin to a destination, by their places in the question; None when there is none.
    pub fn trip(&self, origin: usize, destination: usize) -> Option<Trip> {
        self.cost(origin, destination).map(Trip::of)
    }

    /// Why there is no trip; None when there is one, or no such origin or destination.
    pub fn why_no_trip(&self, origin: usize, destination: usize) -> Option<NoTrip> {
        if self.cost(origin, destination).is_some() {
            return None;
        }
        Some(match (self.origins.get(origin)?, self.destinations.get(destination)?) {
            (Err(no_road), _) => NoTrip::Origin(*no_road),
            (_, Err(no_road)) => NoTrip::Destination(*no_road),
            (Ok(_), Ok(_)) if self.within.0 < Cost::MOST_TIME => NoTrip::Beyond(self.within),
            (Ok(_), Ok(_)) => NoTrip::Unreachable,
        })
    }

    fn cost(&self, origin: usize, destination: usize) -> Option<Cost> {
        if origin >= self.origins.len() || destination >= self.destinations.len() {
            return None;
        }
        match &self.cells {
            Cells::All(cells) => Some(cells[origin * self.destinations.len() + destination]),
            Cells::Found(rows) => {
                let row = &rows[origin];
                let place = row.binary_search_by_key(&(destination as u32), |cell| cell.0);
                place.ok().map(|place| row[place].1)
            }
        }
        .filter(|&cost| cost != Cost::NEVER)
    }

    /// The trips from an origin to all destinations that have one, in their order.
    pub fn trips_from(&self, origin: usize) -> Box<dyn Iterator<Item = (usize, Trip)> + '_> {
        let trip =
            |(destination, cost): (usize, Cost)| (cost != Cost::NEVER).then(|| (destination, Trip::of(cost)));
        let columns = self.destinations.len();
        match &self.cells {
            _ if origin >= self.origins.len() => Box::new(std::iter::empty()),
            Cells::All(cells) => {
                let row = &cells[origin * columns..(origin + 1) * columns];
                Box::new(row.iter().copied().enumerate().filter_map(trip))
            }
            Cells::Found(rows) => {
                Box::new(rows[origin].iter().filter_map(move |&(column, cost)| trip((column as usize, cost))))
            }
        }
    }

    /// Where an origin meets the network, or why it does not; None when there is no such origin.
    pub fn origin_snap(&self, origin: usize) -> Option<Result<Snap, NoRoad>> {
        self.origins.get(origin).copied()
    }

    /// Where a destination meets the network, or why it does not; None when there is no such destination.
    pub fn destination_snap(&self, destination: usize) -> Option<Result<Snap, NoRoad>> {
        self.destinations.get(destination).copied()
    }

    /// The part of a trip, door to door, that lies between its ends and the roads: 0 to 1, by length; as the crow
    /// flies there, along the roads between. None when there is no trip.
    pub fn walking_share(&self, origin: usize, destination: usize) -> Option<f64> {
        let trip = self.trip(origin, destination)?;
        let ends =
            [self.origins.get(origin)?.as_ref().ok()?, self.destinations.get(destination)?.as_ref().ok()?];
        let walked: Metres = ends.iter().map(|snap| snap.distance).sum();
        let whole = walked.0 + trip.length.0;
        Some(if whole > 0.0 { walked.0 / whole } else { 0.0 })
    }
}
