//! What is compared with other engines: an extract to a network, a network to travel times.

use std::path::Path;

use medicobus_roads::{Position, Profile, RoadNetwork, SearchOptions, Table, Trip, Watch};
use serde_json::{Map, Value, json};

use crate::{Result, cpu, done};

/// A hierarchy is built so often at least, and until that took so many CPU seconds.
const BUILDS: usize = 3;
const BUILD_SECONDS: f64 = 2.0;

/// CPU seconds of building the hierarchy of an extract, and of tables of its first points.
pub(crate) fn measure(
    extract: &Path,
    profile: &Profile,
    points: &[Position],
    sizes: &[usize],
) -> Result<Value> {
    let mut hierarchies: Vec<f64> = Vec::new();
    let network = loop {
        let network = read(extract, profile)?;
        hierarchies.push(cpu::timed(|| Ok(network.contract(&Watch::none())?))?.0);
        if hierarchies.len() >= BUILDS && hierarchies.iter().sum::<f64>() >= BUILD_SECONDS {
            break network;
        }
    };
    let mut tables = Map::new();
    for &size in sizes {
        let points = points.get(..size).ok_or("fewer points than asked for")?;
        let seconds = cpu::repeated(&|| table(&network, points).map(done))?;
        tables.insert(size.to_string(), json!(seconds));
    }
    Ok(json!({
        "hierarchy": cpu::median(hierarchies),
        "tables": tables,
        "junctions": network.summary().junctions,
    }))
}

/// All times between the points, without a limit.
pub(crate) fn table(network: &RoadNetwork, points: &[Position]) -> Result<Table> {
    Ok(network.travel_times(points, points, &SearchOptions::default(), &Watch::none())?)
}

/// Reads an extract.
pub(crate) fn read(extract: &Path, profile: &Profile) -> Result<RoadNetwork> {
    Ok(RoadNetwork::read(extract, profile, &Watch::none())?)
}

/// The profile in a file, the default without one.
pub(crate) fn profile(path: Option<&Path>) -> Result<Profile> {
    Ok(path.map_or_else(|| Ok(Profile::default()), Profile::read)?)
}

/// Reads points from lines of `lon,lat`.
pub(crate) fn points(path: &Path) -> Result<Vec<Position>> {
    let text = std::fs::read_to_string(path)?;
    let point = |line: &str| {
        let (lon, lat) = line.split_once(',')?;
        Some(Position { lat: lat.trim().parse().ok()?, lon: lon.trim().parse().ok()? })
    };
    text.lines().map(|line| point(line).ok_or_else(|| format!("not lon,lat: {line}").into())).collect()
}

/// Seconds, a row of the table on a line; nothing where there is no trip.
pub(crate) fn csv(table: &Table, points: usize) -> String {
    let seconds = |trip: Trip| format!("{:.3}", f64::from(trip.time.0) / 1000.0);
    let cell = |i, j| table.trip(i, j).map_or(String::new(), seconds);
    let row = |i| (0..points).map(|j| cell(i, j)).collect::<Vec<_>>().join(",") + "\n";
    (0..points).map(row).collect()
}
