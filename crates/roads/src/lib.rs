//! OpenStreetMap extract to road network to travel times.
//!
//! [`RoadNetwork::read`] takes the roads that a [`Profile`] may drive out of an `.osm.pbf` extract;
//! [`RoadNetwork::travel_times`] answers with a [`Table`] of trips in whole milliseconds. The network knows nothing of
//! the points asked about, and what is found for a pair does not depend on other pairs. Damaged or hostile files end
//! in an [`Error`] that says where and what to do, never in a panic.
//!
//! ```
//! use medicobus_roads::{Metres, Millis, Position, RoadNetwork, SearchOptions, Watch};
//!
//! // A village street of 1 km, and a one-way lane that leads around it. From an extract instead:
//! // let network = RoadNetwork::read(Path::new("region.osm.pbf"), &Profile::van(), &Watch::none())?;
//! let mut builder = RoadNetwork::builder();
//! let west = builder.node(Position { lat: 45.0, lon: 5.0 });
//! let east = builder.node(Position { lat: 45.0, lon: 5.0127 });
//! let north = builder.node(Position { lat: 45.005, lon: 5.006 });
//! builder.road(west, east, Metres(1000.0), Some(Millis(72_000)), Some(Millis(72_000)));
//! builder.road(east, north, Metres(800.0), Some(Millis(96_000)), None);
//! builder.road(north, west, Metres(800.0), Some(Millis(96_000)), None);
//! let network = builder.build()?;
//!
//! let bakery = Position { lat: 45.0, lon: 5.0 };
//! let farm = Position { lat: 45.0052, lon: 5.006 };
//! let sea = Position { lat: 43.0, lon: 5.0 };
//! let points = [bakery, farm, sea];
//! let table = network.travel_times(&points, &points, &SearchOptions::default(), &Watch::none())?;
//!
//! let trip = table.trip(0, 1).expect("the farm is on the lane");
//! assert_eq!((trip.time, trip.length), (Millis(168_000), Metres(1800.0)));
//! assert_eq!(table.trip(1, 0).map(|trip| trip.time), Some(Millis(96_000)));
//! assert!(table.trip(0, 2).is_none());
//! assert!(matches!(table.destination_snap(2), Some(Err(no_road)) if no_road.nearest > Some(Metres(200_000.0))));
//! # Ok::<(), medicobus_roads::Error>(())
//! ```

mod built_up;
mod cost;
mod error;
mod extract;
mod file;
mod graph;
mod hierarchy;
mod nearest;
mod network;
mod pbf;
mod profile;
mod progress;
#[cfg(test)]
mod random;
mod search;
mod snap;
mod sphere;
mod table;
mod tree;
mod units;
mod window;
mod winter;

pub use error::{Damage, Error, ErrorKind};
pub use file::{ExtractFile, Refusal};
pub use network::{NetworkBuilder, NodeId, RoadId, RoadNetwork, Route, Summary};
pub use profile::{Profile, ProfileFault};
pub use progress::{Cancel, Phase, Step, Watch};
pub use snap::{NoRoad, SNAP_LIMIT, Snap};
pub use table::{Engine, NoTrip, SearchOptions, Table, Trip};
pub use units::{Metres, Millis, Position};
pub use winter::{ShutRoad, WinterClosures};

/// The example of the crate's page, so that tests compile it.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod page {}
