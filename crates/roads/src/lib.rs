//! OpenStreetMap extract to road network to travel times.

mod units;

pub use units::{Metres, Millis, Position};
