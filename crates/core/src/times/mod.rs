//! Driving times between the places of a territory, by name, whatever they come from.

mod around;
mod compute;
mod details;
pub mod estimate;
mod on_roads;
mod places;
pub mod points;
pub mod table;

use std::collections::BTreeMap;

use medicobus_roads::{Metres, Millis};
use serde::{Deserialize, Serialize};

pub use details::{DetailWriter, PairOnRoads};
pub use on_roads::{RoadSearch, Tally, Teller};
pub use places::{base_name, time_over_lunch, widest_reach};

/// Where travel times come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimesSource {
    /// Computed on a road network.
    Roads,
    /// Read from a table.
    Table,
    /// Estimated from crow-fly distances.
    Estimate,
}

/// One way from a place to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trip {
    /// Driving time.
    pub time: Millis,
    /// Length of the way, where known.
    pub length: Option<Metres>,
    /// Whether it leads over a ferry, as far as known. The time holds the wait for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ferry: bool,
}

/// Driving times by the names of places: commune codes, site ids, `base:VEHICLE`. A pair that is missing is out of
/// reach; from a place to itself is no time at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TravelTimes {
    /// Where they come from.
    pub source: TimesSource,
    /// From, then to.
    trips: BTreeMap<String, BTreeMap<String, Trip>>,
    /// Places that no road reaches, each with the reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    out_of_reach: BTreeMap<String, OutOfReach>,
}

/// Why a place takes no part in any trip.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutOfReach {
    /// The nearest drivable road is further than the snapping limit.
    TooFarFromRoads {
        /// Distance to that road, where one was found at all.
        distance: Option<Metres>,
        /// The limit.
        limit: Metres,
    },
    /// It lies at roads that cannot be both left and reached: on an island, or where the extracts do not join.
    CutOff {
        /// Distance to the nearest of them.
        distance: Metres,
    },
    /// It stands at the centre of a commune that the territory does not list.
    UnknownPosition,
}

impl TravelTimes {
    /// No trip at all.
    pub fn new(source: TimesSource) -> TravelTimes {
        TravelTimes { source, trips: BTreeMap::new(), out_of_reach: BTreeMap::new() }
    }

    /// Adds a trip, or replaces it.
    pub fn insert(&mut self, from: &str, to: &str, trip: Trip) {
        if let Some(row) = self.trips.get_mut(from) {
            row.insert(to.to_owned(), trip);
        } else {
            self.trips.insert(from.to_owned(), BTreeMap::from([(to.to_owned(), trip)]));
        }
    }

    /// Says that a place takes no part in any trip, and why.
    pub fn mark_out_of_reach(&mut self, place: &str, reason: OutOfReach) {
        self.out_of_reach.insert(place.to_owned(), reason);
    }

    /// The trip between two places; None when it is out of reach. From a place to itself it takes no time, unless no
    /// road leads to that place.
    pub fn trip(&self, from: &str, to: &str) -> Option<Trip> {
        if from == to && !self.out_of_reach.contains_key(from) {
            return Some(Trip { time: Millis::ZERO, length: Some(Metres(0.0)), ferry: false });
        }
        self.trips.get(from)?.get(to).copied()
    }

    /// The trips from a place to others, by name of the end.
    pub fn trips_from(&self, from: &str) -> impl Iterator<Item = (&str, Trip)> {
        self.trips.get(from).into_iter().flatten().map(|(to, trip)| (to.as_str(), *trip))
    }

    /// Why a place takes no part in any trip; None when it does, or nobody knows.
    pub fn why_out_of_reach(&self, place: &str) -> Option<OutOfReach> {
        self.out_of_reach.get(place).copied()
    }

    /// All trips, by name of the start, then of the end.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, Trip)> {
        self.trips
            .iter()
            .flat_map(|(from, row)| row.iter().map(move |(to, trip)| (from.as_str(), to.as_str(), *trip)))
    }
}
