//! The nearest point of a road, against trying every road.

use medicobus_roads::{Metres, Millis, Position, RoadNetwork, SNAP_LIMIT, SearchOptions, Watch};

use crate::random::{Drawing, Random};

/// Metres between two positions by the haversine formula.
fn haversine(a: Position, b: Position) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(a.lat, b.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(a.lon, b.lon);
    2.0 * 6_371_008.8 * h.sqrt().asin()
}

/// Distance to a segment by narrowing down the nearest of its points, which lie on a straight line near by.
fn distance_to(point: Position, a: Position, b: Position) -> f64 {
    let turn = |lon: f64| {
        if lon - a.lon > 180.0 {
            lon - 360.0
        } else if lon - a.lon < -180.0 {
            lon + 360.0
        } else {
            lon
        }
    };
    let at = |share: f64| Position {
        lat: a.lat + (b.lat - a.lat) * share,
        lon: a.lon + (turn(b.lon) - a.lon) * share,
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let third = (high - low) / 3.0;
        if haversine(point, at(low + third)) < haversine(point, at(high - third)) {
            high -= third;
        } else {
            low += third;
        }
    }
    haversine(point, at(low))
}

/// Every second road leads both ways, so that all of them are in the main component.
fn connected(random: &mut Random, near: Position) -> Drawing {
    let mut drawing = Drawing::random(random, near);
    for (node, road) in (1..drawing.nodes.len()).zip(&mut drawing.roads) {
        (road.from, road.to) = (node - 1, node);
        (road.there, road.back) = (Some(8000), Some(8000));
    }
    let length = drawing.roads.len().min(drawing.nodes.len() - 1);
    drawing.roads.truncate(length);
    drawing
}

#[test]
fn the_nearest_road_is_found_anywhere_on_earth() {
    let places = [(47.0, 2.0), (-17.0, 179.995), (-21.1, 55.5), (69.9, -179.995), (0.0, 0.0), (78.2, 15.6)];
    for seed in 0..180 {
        let mut random = Random(seed);
        let (lat, lon) = places[seed as usize % places.len()];
        let mut drawing = connected(&mut random, Position { lat, lon });
        for node in &mut drawing.nodes {
            node.lon = (node.lon + 540.0) % 360.0 - 180.0;
        }
        let network = drawing.build().unwrap();
        for _ in 0..10 {
            let mut point =
                Position { lat: lat + 0.03 * random.share() - 0.01, lon: lon + 0.03 * random.share() - 0.01 };
            point.lon = (point.lon + 540.0) % 360.0 - 180.0;
            let distances =
                drawing.roads.iter().map(|r| distance_to(point, drawing.nodes[r.from], drawing.nodes[r.to]));
            let expected = distances.fold(f64::MAX, f64::min);
            let snap = network.snap(point, Metres(f64::MAX)).unwrap();
            let context = format!("seed {seed}, {point:?}: {drawing:#?}");
            // 1 in 10,000 and 5 cm: what a straight line on the map and one on the sphere differ over 1 km at 78° N.
            assert!(
                (snap.distance.0 - expected).abs() < 0.05 + expected * 1e-4,
                "{expected} {snap:?} {context}"
            );
            assert!((haversine(point, snap.position) - snap.distance.0).abs() < 0.01, "{snap:?} {context}");
        }
    }
}

fn street() -> RoadNetwork {
    let mut builder = RoadNetwork::builder();
    let west = builder.node(Position { lat: 45.0, lon: 5.0 });
    let east = builder.node(Position { lat: 45.0, lon: 5.01 });
    builder.road(west, east, Metres(800.0), Some(Millis(80_000)), Some(Millis(80_000)));
    builder.build().unwrap()
}

#[test]
fn beyond_the_limit_there_is_no_road_and_the_distance_is_told() {
    // 0.02 degrees of latitude are 2,224 m.
    let no_road = street().snap(Position { lat: 45.02, lon: 5.005 }, SNAP_LIMIT).unwrap_err();
    assert_eq!(no_road.limit, Metres(2000.0));
    assert!((no_road.nearest.unwrap().0 - 2223.9).abs() < 0.1, "{no_road:?}");
    assert!(street().snap(Position { lat: 45.02, lon: 5.005 }, Metres(2225.0)).is_ok());
}

#[test]
fn what_is_no_position_on_earth_has_no_road() {
    for (lat, lon) in [(f64::NAN, 5.0), (45.0, f64::INFINITY), (91.0, 5.0), (45.0, 181.0)] {
        let no_road = street().snap(Position { lat, lon }, SNAP_LIMIT).unwrap_err();
        assert_eq!(no_road.nearest, None, "{lat} {lon}");
    }
}

#[test]
fn the_way_to_the_road_takes_no_time() {
    let network = street();
    let [on, off] = [45.0, 45.005].map(|lat| Position { lat, lon: 5.0025 });
    let east = Position { lat: 45.0, lon: 5.01 };
    let table = network.travel_times(&[on, off], &[east], &SearchOptions::default(), &Watch::none()).unwrap();
    // The street is a great circle, which bends a few centimetres off the parallel.
    let times = [0, 1].map(|origin| table.trip(origin, 0).unwrap().time.seconds());
    assert!(times.iter().all(|time| (time - 60.0).abs() < 0.01), "{times:?}");
    assert!((table.origin_snap(1).unwrap().unwrap().distance.0 - 556.0).abs() < 0.1);
}

#[test]
fn a_table_of_no_points_is_empty() {
    let network = street();
    let place = [Position { lat: 45.0, lon: 5.0 }];
    for (origins, destinations) in [(&[][..], &place[..]), (&place, &[]), (&[], &[])] {
        let table =
            network.travel_times(origins, destinations, &SearchOptions::default(), &Watch::none()).unwrap();
        assert_eq!(table.trip(0, 0), None);
    }
}
