//! The way itself, on real roads.

use std::path::Path;

use medicobus_roads::{Engine, Metres, Position, Profile, RoadNetwork, SearchOptions, Watch};

use crate::random::Random;

/// Metres between two positions near each other.
fn metres(a: Position, b: Position) -> f64 {
    let north = (b.lat - a.lat) * 111_195.08;
    let east = (b.lon - a.lon) * 111_195.08 * ((a.lat + b.lat) / 2.0).to_radians().cos();
    north.hypot(east)
}

#[test]
fn a_route_is_drawn_from_end_to_end_in_the_length_and_time_of_its_trip() {
    let extract =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/neubrandenburg/neubrandenburg.osm.pbf");
    let network = RoadNetwork::read(Path::new(extract), &Profile::van(), &Watch::none()).unwrap();
    let mut random = Random(3);
    let points: Vec<Position> = (0..60)
        .map(|_| Position { lat: 53.48 + 0.14 * random.share(), lon: 13.14 + 0.22 * random.share() })
        .collect();
    let options = SearchOptions { snap_limit: Metres(3000.0), ..SearchOptions::default() };
    let table = network.travel_times(&points, &points, &options, &Watch::none()).unwrap();
    let by_hierarchy = SearchOptions { engine: Engine::Hierarchy, ..options };
    let other = network.travel_times(&points, &points, &by_hierarchy, &Watch::none()).unwrap();
    for (i, &from) in points.iter().enumerate() {
        for (j, &to) in points.iter().enumerate() {
            let route = network.route(from, to, &options).unwrap();
            assert_eq!(Some(route.trip), table.trip(i, j), "{from:?} {to:?}");
            assert_eq!(Some(route.trip), other.trip(i, j), "{from:?} {to:?}");
            assert_eq!(Some(route.from), table.origin_snap(i).and_then(Result::ok));
            assert_eq!(
                (route.line[0], route.line[route.line.len() - 1]),
                (route.from.position, route.to.position)
            );
            let drawn: f64 = route.line.windows(2).map(|pair| metres(pair[0], pair[1])).sum();
            // Lengths of segments are kept to 10 cm.
            let tolerance = 0.2 + 0.06 * route.line.len() as f64;
            assert!(
                (drawn - route.trip.length.0).abs() < tolerance,
                "{from:?} {to:?}: {drawn} {:?}",
                route.trip
            );
        }
    }
}
