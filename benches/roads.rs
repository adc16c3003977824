//! From an extract to a network, and from a network to a table of travel times.
//!
//! The extract of the fixture is always measured, larger ones where the shared data is beside the project.

#![allow(clippy::panic, reason = "a bench stops at a wrong answer")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use medicobus_roads::{Metres, Position, Profile, RoadNetwork, SearchOptions, Table, Watch};

/// An extract, the metres of road that its main component has at least, and a corner-to-corner box that holds it.
struct Extract {
    name: &'static str,
    path: PathBuf,
    least_metres: u64,
    south_west: Position,
    north_east: Position,
}

fn extracts() -> Vec<Extract> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared/data/osm");
    let extract =
        |name, path: PathBuf, least_metres, south_west: (f64, f64), north_east: (f64, f64)| Extract {
            name,
            path,
            least_metres,
            south_west: Position { lat: south_west.0, lon: south_west.1 },
            north_east: Position { lat: north_east.0, lon: north_east.1 },
        };
    let neubrandenburg = root.join("fixtures/neubrandenburg/neubrandenburg.osm.pbf");
    let all = [
        extract("neubrandenburg", neubrandenburg, 600_000, (53.45, 13.1), (53.65, 13.4)),
        extract("corsica", shared.join("corsica.osm.pbf"), 7_000_000, (41.4, 8.6), (42.9, 9.5)),
        extract("porto", shared.join("porto.osm.pbf"), 9_000_000, (41.0, -8.7), (41.4, -8.3)),
    ];
    all.into_iter().filter(|extract| extract.path.exists()).collect()
}

fn read(extract: &Extract) -> RoadNetwork {
    match RoadNetwork::read(&extract.path, &Profile::van(), &Watch::none()) {
        Ok(network) => network,
        Err(error) => panic!("{error}"),
    }
}

/// Points spread evenly over the box, by the fractional parts of multiples of two irrational numbers.
fn points(extract: &Extract, count: u32) -> Vec<Position> {
    let within = |low: f64, high: f64, step: f64, k: u32| low + (high - low) * (f64::from(k) * step).fract();
    (1..=count)
        .map(|k| Position {
            lat: within(extract.south_west.lat, extract.north_east.lat, 0.754_877_666, k),
            lon: within(extract.south_west.lon, extract.north_east.lon, 0.569_840_291, k),
        })
        .collect()
}

fn table(network: &RoadNetwork, points: &[Position]) -> Table {
    let options = SearchOptions { snap_limit: Metres(60_000.0), ..SearchOptions::default() };
    match network.travel_times(points, points, &options, &Watch::none()) {
        Ok(table) => table,
        Err(error) => panic!("{error}"),
    }
}

/// Every pair has a trip, none is faster than the crow at 200 km/h, and no detour by a third point is faster: two
/// milliseconds at most are lost to rounding where a point lies on a road.
fn check(network: &RoadNetwork, points: &[Position]) {
    let table = table(network, points);
    let millis = |i, j| table.trip(i, j).map_or(u32::MAX, |trip| trip.time.0);
    for i in 0..points.len().min(40) {
        for j in 0..points.len() {
            assert_ne!(millis(i, j), u32::MAX, "there is no trip from {i} to {j}");
            let via = (i + j) % points.len();
            assert!(millis(i, j) <= millis(i, via).saturating_add(millis(via, j)).saturating_add(2));
        }
    }
}

fn roads(criterion: &mut Criterion) {
    for extract in extracts() {
        let network = read(&extract);
        assert!(network.summary().metres >= extract.least_metres, "{:?}", network.summary());
        let mut group = criterion.benchmark_group(extract.name);
        group.sample_size(10);
        group.bench_function("read", |bencher| bencher.iter(|| black_box(read(&extract))));
        for count in [50, 500] {
            let points = points(&extract, count);
            check(&network, &points);
            group.bench_function(format!("table {count} x {count}"), |bencher| {
                bencher.iter(|| black_box(table(&network, &points)));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, roads);
criterion_main!(benches);
