//! Trips against petgraph's Dijkstra on random networks.

use medicobus_roads::{Engine, Metres, Millis, Position, RoadNetwork, SearchOptions, Table, Trip, Watch};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::random::{Drawing, Random};

const NEAR: Position = Position { lat: 47.2, lon: -1.5 };

/// Times and lengths as one number that orders as both do.
type Oracle = DiGraph<(), u64>;

fn key(millis: u32, decimetres: u32) -> u64 {
    u64::from(millis) << 32 | u64::from(decimetres)
}

fn trip(key: u64) -> Trip {
    Trip { time: Millis((key >> 32) as u32), length: Metres(f64::from(key as u32) / 10.0), ferry: false }
}

fn oracle(drawing: &Drawing) -> Oracle {
    let mut graph = Oracle::new();
    let nodes: Vec<NodeIndex> = drawing.nodes.iter().map(|_| graph.add_node(())).collect();
    for road in &drawing.roads {
        let (from, to) = (nodes[road.from], nodes[road.to]);
        if let Some(there) = road.there {
            graph.add_edge(from, to, key(there, road.decimetres));
        }
        if let Some(back) = road.back {
            graph.add_edge(to, from, key(back, road.decimetres));
        }
    }
    graph
}

/// So near that only the point itself is meant, not another road that passes by.
const ON_THE_ROAD: Metres = Metres(1e-4);

/// By both engines, which agree to the last millisecond; and so do routes.
fn table(network: &RoadNetwork, points: &[Position], within: Millis) -> Table {
    let options = SearchOptions { snap_limit: ON_THE_ROAD, within, engine: Engine::Dijkstra };
    let table = network.travel_times(points, points, &options, &Watch::none()).unwrap();
    let by_hierarchy = SearchOptions { engine: Engine::Hierarchy, ..options };
    let other = network.travel_times(points, points, &by_hierarchy, &Watch::none()).unwrap();
    for i in 0..points.len() {
        for j in 0..points.len() {
            assert_eq!(table.trip(i, j), other.trip(i, j), "{i} to {j} of {points:?}");
            let route = network.route(points[i], points[j], &options);
            assert_eq!(
                route.as_ref().ok().map(|route| route.trip),
                table.trip(i, j),
                "{i} to {j} of {points:?}"
            );
            assert_eq!(route.err(), table.why_no_trip(i, j), "{i} to {j} of {points:?}");
        }
    }
    table
}

#[test]
fn trips_between_nodes_are_those_of_petgraph() {
    let mut compared = 0;
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let drawing = Drawing::random(&mut random, NEAR);
        let Some(network) = drawing.build() else { continue };
        let within = if random.below(2) == 0 { Millis::MAX } else { Millis(random.below(400_000) as u32) };
        let ours = table(&network, &drawing.nodes, within);
        let graph = oracle(&drawing);
        let inside: Vec<usize> =
            (0..drawing.nodes.len()).filter(|&node| ours.origin_snap(node).unwrap().is_ok()).collect();
        for &from in &inside {
            let theirs = dijkstra(&graph, NodeIndex::new(from), None, |edge| *edge.weight());
            for &to in &inside {
                let expected = theirs.get(&NodeIndex::new(to)).map(|&key| trip(key));
                let expected = expected.filter(|trip| trip.time <= within);
                assert_eq!(
                    ours.trip(from, to),
                    expected,
                    "seed {seed}, from {from} to {to} within {within}: {drawing:#?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 50_000, "only {compared} pairs were compared");
}

/// A point of the straight line through the earth, brought up to the surface.
fn between(a: Position, b: Position, share: f64) -> Position {
    let vector = |p: Position| {
        let (lat, lon) = (p.lat.to_radians(), p.lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (a, b) = (vector(a), vector(b));
    let [x, y, z] = [0, 1, 2].map(|k| a[k] + share * (b[k] - a[k]));
    Position { lat: z.atan2(x.hypot(y)).to_degrees(), lon: y.atan2(x).to_degrees() }
}

/// Points on roads become nodes of the oracle, with the road cut there.
#[test]
fn trips_between_points_on_roads_are_those_of_roads_cut_there() {
    let mut compared = 0;
    for seed in 0..1_000 {
        let mut random = Random(seed + 1_000_000);
        let mut drawing = Drawing::random(&mut random, NEAR);
        // Where roads lie on one another it would be chance which of them is meant; loops have no length to be on.
        drawing.roads.sort_by_key(|road| (road.from.min(road.to), road.from.max(road.to)));
        drawing.roads.dedup_by_key(|road| (road.from.min(road.to), road.from.max(road.to)));
        drawing.roads.retain(|road| road.from != road.to);
        // Eighths of these lengths and times are whole numbers.
        drawing.roads.iter_mut().for_each(|road| road.decimetres *= 8);
        let Some(network) = drawing.build() else { continue };
        let mut cut = drawing.clone();
        cut.roads.clear();
        let mut points = Vec::new();
        for road in &drawing.roads {
            let mut stops: Vec<u32> = (0..random.below(4)).map(|_| 1 + random.below(7) as u32).collect();
            stops.sort_unstable();
            stops.dedup();
            stops.push(8);
            let (mut last, mut done) = (road.from, 0);
            for stop in stops {
                let node = if stop == 8 { road.to } else { cut.nodes.len() };
                if stop < 8 {
                    let (a, b) = (drawing.nodes[road.from], drawing.nodes[road.to]);
                    points.push(node);
                    cut.nodes.push(between(a, b, f64::from(stop) / 8.0));
                }
                let part = |whole: u32| whole / 8 * (stop - done);
                cut.roads.push(crate::random::Road {
                    from: last,
                    to: node,
                    decimetres: part(road.decimetres),
                    there: road.there.map(part),
                    back: road.back.map(part),
                });
                (last, done) = (node, stop);
            }
        }
        let positions: Vec<Position> = points.iter().map(|&node| cut.nodes[node]).collect();
        let ours = table(&network, &positions, Millis::MAX);
        let graph = oracle(&cut);
        for (i, &from) in points.iter().enumerate() {
            let theirs = dijkstra(&graph, NodeIndex::new(from), None, |edge| *edge.weight());
            for (j, &to) in points.iter().enumerate() {
                if ours.origin_snap(i).unwrap().is_ok() && ours.destination_snap(j).unwrap().is_ok() {
                    let expected = theirs.get(&NodeIndex::new(to)).map(|&key| trip(key));
                    assert_eq!(ours.trip(i, j), expected, "seed {seed}, from {from} to {to}: {cut:#?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 50_000, "only {compared} pairs were compared");
}

#[test]
fn a_pair_does_not_depend_on_the_other_points_nor_on_the_threads() {
    let mut random = Random(7);
    let drawing =
        (0..).map(|_| Drawing::random(&mut random, NEAR)).find(|d| d.nodes.len() > 20 && d.build().is_some());
    let drawing = drawing.unwrap();
    let network = drawing.build().unwrap();
    let all = table(&network, &drawing.nodes, Millis::MAX);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let alone = pool.install(|| table(&network, &drawing.nodes, Millis::MAX));
    for (i, &from) in drawing.nodes.iter().enumerate() {
        for (j, &to) in drawing.nodes.iter().enumerate() {
            let options = SearchOptions { snap_limit: ON_THE_ROAD, ..SearchOptions::default() };
            let pair = network.travel_times(&[from], &[to], &options, &Watch::none()).unwrap();
            assert_eq!(pair.trip(0, 0), all.trip(i, j));
            assert_eq!(alone.trip(i, j), all.trip(i, j));
        }
    }
}

#[test]
fn on_a_oneway_ring_the_way_back_goes_round() {
    let mut builder = RoadNetwork::builder();
    let corners = [(45.0, 5.0), (45.0, 5.01), (45.01, 5.01), (45.01, 5.0)];
    let nodes = corners.map(|(lat, lon)| builder.node(Position { lat, lon }));
    for k in 0..4 {
        builder.road(nodes[k], nodes[(k + 1) % 4], Metres(1000.0), Some(Millis(100_000)), None);
    }
    let network = builder.build().unwrap();
    let points = [Position { lat: 45.0, lon: 5.0025 }, Position { lat: 45.0, lon: 5.0075 }];
    let trips = network.travel_times(&points, &points, &SearchOptions::default(), &Watch::none()).unwrap();
    assert_eq!(trips.trip(0, 1).unwrap().time, Millis(50_000));
    assert_eq!(trips.trip(1, 0).unwrap().time, Millis(350_000));
    assert_eq!(trips.trip(0, 0).unwrap().time, Millis::ZERO);
}
