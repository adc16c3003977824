//! What is compared with other engines: an extract to a network, a network to travel times.

use std::path::Path;

use medicobus_roads::{Position, Profile, RoadNetwork, SearchOptions, Table, Trip, Watch};

use crate::Result;

/// Reads points from lines of `lon,lat`.
pub(crate) fn points(path: &Path) -> Result<Vec<Position>> {
    let text = std::fs::read_to_string(path)?;
    let point = |line: &str| {
        let (lon, lat) = line.split_once(',')?;
        Some(Position { lat: lat.trim().parse().ok()?, lon: lon.trim().parse().ok()? })
    };
    text.lines().map(|line| point(line).ok_or_else(|| format!("not lon,lat: {line}").into())).collect()
}

/// Reads an extract with the default profile.
pub(crate) fn read(extract: &Path) -> Result<RoadNetwork> {
    Ok(RoadNetwork::read(extract, &Profile::default(), &Watch::none())?)
}

/// All times between the points, without a limit.
pub(crate) fn table(network: &RoadNetwork, points: &[Position]) -> Result<Table> {
    Ok(network.travel_times(points, points, &SearchOptions::default(), &Watch::none())?)
}

/// Seconds, a row of the table on a line; nothing where there is no trip.
pub(crate) fn csv(table: &Table, points: usize) -> String {
    let seconds = |trip: Trip| format!("{:.3}", f64::from(trip.time.0) / 1000.0);
    let cell = |i, j| table.trip(i, j).map_or(String::new(), seconds);
    let row = |i| (0..points).map(|j| cell(i, j)).collect::<Vec<_>>().join(",") + "\n";
    (0..points).map(row).collect()
}
