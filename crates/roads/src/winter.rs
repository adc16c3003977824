//! What winter shuts, and what is not known of it.

use serde::{Deserialize, Serialize};

/// The closures of winter that the map tells of: those of roads and ferries that are driven in summer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WinterClosures {
    /// Whether the profile is that of winter, so that they are closed here.
    pub in_force: bool,
    /// Metres of roads and ferries.
    pub metres: u64,
    /// Nodes of roads: gates, mountain passes. Roads are cut there.
    pub nodes: u64,
    /// The longest of the roads, by length, at most 20.
    pub longest: Vec<ShutRoad>,
    /// Ways and nodes whose access depends on a time of year in words that are not understood. They count as open, or as
    /// what their other tags say.
    pub unclear: u64,
}

/// The ways of one name that winter shuts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ShutRoad {
    /// Their name, else their number (`D 902`); None where there is neither.
    pub name: Option<String>,
    /// The id of one of them, the least.
    pub way: i64,
    /// Metres of all of them.
    pub metres: u64,
}
