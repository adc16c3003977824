//! Turn restrictions, turn costs, ferries and roads for the ends of trips, against searches that remember the whole
//! of the last roads driven.

use std::collections::{BTreeMap, BTreeSet};

use medicobus_roads::{Engine, Metres, Millis, NodeId, Position, RoadId, RoadNetwork, SearchOptions, Watch};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::random::{Drawing, Random};

const NEAR: Position = Position { lat: 47.2, lon: -1.5 };
const ON_THE_ROAD: Metres = Metres(1e-4);
/// Roads that a driver of the oracle remembers: more than any restriction below has.
const MEMORY: usize = 4;

/// A restriction of a drawing, by the numbers of roads.
#[derive(Clone, Debug)]
struct Restriction {
    only: bool,
    from: usize,
    at: usize,
    over: Vec<usize>,
    to: usize,
}

/// A road driven in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Leg {
    road: usize,
    ahead: bool,
}

struct Case {
    drawing: Drawing,
    restrictions: Vec<Restriction>,
    ends_only: BTreeSet<usize>,
}

impl Case {
    /// Without loops, and with few roads, so that restrictions are met.
    fn random(random: &mut Random) -> Case {
        let mut drawing = Drawing::random(random, NEAR);
        drawing.nodes.truncate(7);
        let count = drawing.nodes.len();
        for road in &mut drawing.roads {
            (road.from, road.to) = (road.from % count, road.to % count);
        }
        drawing.roads.retain(|road| road.from != road.to);
        drawing.roads.truncate(14);
        let ends_only = (0..drawing.roads.len()).filter(|_| random.below(6) == 0).collect();
        let mut case = Case { drawing, restrictions: Vec::new(), ends_only };
        if !case.drawing.roads.is_empty() {
            case.restrictions = (0..random.below(6)).filter_map(|_| case.restriction(random)).collect();
        }
        case
    }

    /// A walk of two to four roads becomes a restriction.
    fn restriction(&self, random: &mut Random) -> Option<Restriction> {
        let mut walk =
            vec![Leg { road: random.below(self.drawing.roads.len()), ahead: random.below(2) == 0 }];
        for _ in 0..1 + random.below(3) {
            let legs: Vec<Leg> =
                self.legs().filter(|leg| self.start(*leg) == self.end(walk[walk.len() - 1])).collect();
            walk.push(legs[random.below(legs.len())]);
        }
        let roads: Vec<usize> = walk.iter().map(|leg| leg.road).collect();
        let over = roads[1..roads.len() - 1].to_vec();
        // Over a road and back over it again says nothing that could be tagged.
        let twice = over.windows(2).any(|pair| pair[0] == pair[1]) || over.contains(&roads[0]);
        let only = random.below(3) == 0;
        (!twice).then_some(Restriction {
            only,
            from: roads[0],
            at: self.end(walk[0]),
            over,
            to: roads[roads.len() - 1],
        })
    }

    fn legs(&self) -> impl Iterator<Item = Leg> {
        (0..self.drawing.roads.len()).flat_map(|road| [Leg { road, ahead: true }, Leg { road, ahead: false }])
    }

    fn start(&self, leg: Leg) -> usize {
        let road = self.drawing.roads[leg.road];
        if leg.ahead { road.from } else { road.to }
    }

    fn end(&self, leg: Leg) -> usize {
        self.start(Leg { ahead: !leg.ahead, ..leg })
    }

    fn time(&self, leg: Leg) -> Option<u32> {
        let road = self.drawing.roads[leg.road];
        if leg.ahead { road.there } else { road.back }
    }

    /// Whether the last of these legs breaks a restriction.
    fn breaks(&self, legs: &[Leg]) -> bool {
        let last = legs[legs.len() - 1];
        self.restrictions.iter().any(|restriction| {
            let length = restriction.over.len() + 2;
            let Some(tail) = legs.len().checked_sub(length).map(|skip| &legs[skip..]) else { return false };
            let follows = tail[0].road == restriction.from
                && (!restriction.over.is_empty() || self.end(tail[0]) == restriction.at)
                && tail[1..length - 1].iter().map(|leg| leg.road).eq(restriction.over.iter().copied());
            let named = |leg: Leg| {
                let back = Leg { ahead: !tail[0].ahead, ..tail[0] };
                leg.road == restriction.to && (restriction.to != restriction.from || leg == back)
            };
            let any_named = || self.legs().any(|leg| self.start(leg) == self.start(last) && named(leg));
            follows && if restriction.only { any_named() && !named(last) } else { named(last) }
        })
    }

    /// What is driven after these legs and one more, as far as restrictions remember; None where that is forbidden.
    fn driven(&self, legs: &[Leg], leg: Leg) -> Option<Vec<Leg>> {
        self.time(leg)?;
        let driven = [legs, &[leg]].concat();
        (!self.breaks(&driven)).then(|| driven[driven.len().saturating_sub(MEMORY)..].to_vec())
    }

    /// The roads that are for the ends of trips alone: those that are marked so, and all that the greatest part of the
    /// others, in which each can be driven to from each, leaves out. None where two parts are as great.
    fn side_roads(&self) -> Option<BTreeSet<usize>> {
        let open = |leg: &Leg| !self.ends_only.contains(&leg.road);
        let mut graph = DiGraph::<Vec<Leg>, Leg>::new();
        let mut known = BTreeMap::new();
        let mut ahead: Vec<Vec<Leg>> =
            self.legs().filter(open).filter_map(|leg| self.driven(&[], leg)).collect();
        for legs in &ahead {
            known.insert(legs.clone(), graph.add_node(legs.clone()));
        }
        while let Some(legs) = ahead.pop() {
            let here = self.end(legs[legs.len() - 1]);
            for leg in self.legs().filter(|leg| open(leg) && self.start(*leg) == here) {
                let Some(driven) = self.driven(&legs, leg) else { continue };
                let next = *known.entry(driven.clone()).or_insert_with(|| {
                    ahead.push(driven.clone());
                    graph.add_node(driven)
                });
                graph.add_edge(known[&legs], next, leg);
            }
        }
        let parts = kosaraju_scc(&graph);
        let part_of: BTreeMap<NodeIndex, usize> = parts
            .iter()
            .enumerate()
            .flat_map(|(part, nodes)| nodes.iter().map(move |&n| (n, part)))
            .collect();
        let mut roads = vec![BTreeSet::new(); parts.len()];
        for edge in graph.edge_references() {
            if part_of[&edge.source()] == part_of[&edge.target()] {
                roads[part_of[&edge.source()]].insert(edge.weight().road);
            }
        }
        let length = |roads: &BTreeSet<usize>| -> u64 {
            roads.iter().map(|&road| u64::from(self.drawing.roads[road].decimetres)).sum()
        };
        let main = roads.iter().max_by_key(|roads| length(roads)).cloned().unwrap_or_default();
        let alone = roads.iter().all(|other| *other == main || length(other) < length(&main));
        alone.then(|| (0..self.drawing.roads.len()).filter(|road| !main.contains(road)).collect())
    }

    /// The least times from a node to all, by remembering the last legs; and whether the trip has left the roads for
    /// its start (1) and entered those for its end (2). `side` are the roads for the ends of trips alone.
    fn times(&self, from: usize, side: &BTreeSet<usize>) -> BTreeMap<usize, u32> {
        let public = |node: usize| {
            let mut meeting = self.legs().filter(|leg| self.start(*leg) == node);
            meeting.any(|leg| !side.contains(&leg.road))
        };
        let mut best: BTreeMap<(Vec<Leg>, usize, u8), u32> = BTreeMap::new();
        let phase = if public(from) { 1 } else { 0 };
        let mut open = BTreeSet::from([(0u32, Vec::<Leg>::new(), from, phase)]);
        let mut times = BTreeMap::new();
        while let Some((time, legs, node, phase)) = open.pop_first() {
            if best.get(&(legs.clone(), node, phase)).is_some_and(|&known| known < time) {
                continue;
            }
            // The last road for the ends of trips must lead to a place that is on no other.
            if phase < 2 || !public(node) {
                let known = times.entry(node).or_insert(time);
                *known = time.min(*known);
            }
            for leg in self.legs().filter(|leg| self.start(*leg) == node) {
                let Some(part) = self.time(leg) else { continue };
                let phase = match (side.contains(&leg.road), phase) {
                    (true, 0) => 0,
                    (true, _) => 2,
                    (false, 2) => continue,
                    (false, _) => 1,
                };
                let Some(driven) = self.driven(&legs, leg) else { continue };
                let key = (driven.clone(), self.end(leg), phase);
                if best.get(&key).is_none_or(|&known| time + part < known) {
                    best.insert(key, time + part);
                    open.insert((time + part, driven, self.end(leg), phase));
                }
            }
        }
        times
    }

    fn build(&self) -> Option<RoadNetwork> {
        let mut builder = RoadNetwork::builder();
        let nodes: Vec<NodeId> = self.drawing.nodes.iter().map(|&position| builder.node(position)).collect();
        let roads: Vec<RoadId> = (self.drawing.roads.iter())
            .map(|road| {
                let length = Metres(f64::from(road.decimetres) / 10.0);
                let (there, back) = (road.there.map(Millis), road.back.map(Millis));
                builder.road(nodes[road.from], nodes[road.to], length, there, back)
            })
            .collect();
        self.ends_only.iter().for_each(|&road| builder.ends_only(roads[road]));
        for Restriction { only, from, at, over, to } in &self.restrictions {
            let (from, at, to) = (roads[*from], nodes[*at], roads[*to]);
            let over: Vec<RoadId> = over.iter().map(|&road| roads[road]).collect();
            match (only, over.as_slice()) {
                (false, []) => builder.forbid(from, at, to),
                (true, []) => builder.force(from, at, to),
                (false, over) => builder.forbid_over(from, over, to),
                (true, over) => builder.force_over(from, over, to),
            }
        }
        builder.build().ok()
    }
}

#[test]
fn restrictions_and_roads_for_the_ends_of_trips_are_kept() {
    let (mut compared, mut longer, mut beside) = (0, 0, 0);
    for seed in 0..500 {
        let case = Case::random(&mut Random(seed));
        let Some(network) = case.build() else { continue };
        let Some(side) = case.side_roads() else { continue };
        beside += usize::from(side.iter().any(|road| !case.ends_only.contains(road)));
        let options = SearchOptions { snap_limit: ON_THE_ROAD, ..SearchOptions::default() };
        let nodes = &case.drawing.nodes;
        let table = network.travel_times(nodes, nodes, &options, &Watch::none()).unwrap();
        let by_hierarchy = SearchOptions { engine: Engine::Hierarchy, ..options };
        let other = network.travel_times(nodes, nodes, &by_hierarchy, &Watch::none()).unwrap();
        let free =
            Case { drawing: case.drawing.clone(), restrictions: Vec::new(), ends_only: BTreeSet::new() };
        for from in (0..nodes.len()).filter(|&node| table.origin_snap(node).unwrap().is_ok()) {
            let (expected, unrestricted) = (case.times(from, &side), free.times(from, &BTreeSet::new()));
            for to in (0..nodes.len()).filter(|&node| table.origin_snap(node).unwrap().is_ok()) {
                assert_eq!(
                    table.trip(from, to).map(|trip| trip.time.0),
                    expected.get(&to).copied(),
                    "seed {seed}, from {from} to {to}: {:#?} {:#?} ends only {:?}",
                    case.drawing,
                    case.restrictions,
                    case.ends_only
                );
                assert_eq!(other.trip(from, to), table.trip(from, to), "seed {seed}, from {from} to {to}");
                let route = network.route(nodes[from], nodes[to], &options);
                assert_eq!(
                    route.ok().map(|route| route.trip),
                    table.trip(from, to),
                    "seed {seed}, from {from} to {to}"
                );
                compared += 1;
                longer += usize::from(expected.get(&to) != unrestricted.get(&to));
            }
        }
    }
    assert!(compared > 3_000 && longer > 200, "{compared} pairs were compared, {longer} restricted");
    assert!(beside > 50, "in {beside} cases only roads for the ends of trips led to others");
}

/// The direction in which a leg leaves its start, east and north.
fn heading(case: &Case, leg: Leg) -> [f64; 2] {
    let [from, to] = [case.start(leg), case.end(leg)].map(|node| case.drawing.nodes[node]);
    let (east, north) = ((to.lon - from.lon) * from.lat.to_radians().cos(), to.lat - from.lat);
    let length = east.hypot(north);
    [east / length, north / length]
}

/// Two-way roads, on which nothing but junctions slows down.
#[test]
fn sharp_turns_at_junctions_take_their_time() {
    const SHARP: u32 = 5_000;
    let (mut compared, mut slower) = (0, 0);
    for seed in 0..300 {
        let mut case = Case::random(&mut Random(seed + 5_000_000));
        (case.restrictions, case.ends_only) = (Vec::new(), BTreeSet::new());
        for road in &mut case.drawing.roads {
            road.back = road.there.or(road.back);
            road.there = road.back;
        }
        let mut builder = RoadNetwork::builder();
        let nodes: Vec<NodeId> = case.drawing.nodes.iter().map(|&position| builder.node(position)).collect();
        for road in &case.drawing.roads {
            let length = Metres(f64::from(road.decimetres) / 10.0);
            let (there, back) = (road.there.map(Millis), road.back.map(Millis));
            builder.road(nodes[road.from], nodes[road.to], length, there, back);
        }
        let sharp_from = 60.0 + (seed % 11) as f64 * 10.0;
        builder.turns(sharp_from, Millis(SHARP), Millis::ZERO);
        let Ok(network) = builder.build() else { continue };
        let options = SearchOptions { snap_limit: ON_THE_ROAD, ..SearchOptions::default() };
        let points = &case.drawing.nodes;
        let table = network.travel_times(points, points, &options, &Watch::none()).unwrap();
        let legs: Vec<Leg> = case.legs().collect();
        let degree = |node: usize| legs.iter().filter(|leg| case.start(**leg) == node).count();
        for from in (0..points.len()).filter(|&node| table.origin_snap(node).unwrap().is_ok()) {
            // By the last leg; a bend of a road that nothing branches off is no turn.
            let mut best: BTreeMap<usize, u32> = BTreeMap::new();
            let mut open: BTreeSet<(u32, Option<usize>, usize)> = BTreeSet::from([(0, None, from)]);
            let mut times: BTreeMap<usize, u32> = BTreeMap::new();
            while let Some((time, last, node)) = open.pop_first() {
                times.entry(node).or_insert(time);
                for (number, &leg) in legs.iter().enumerate().filter(|(_, leg)| case.start(**leg) == node) {
                    let back = last.map(|last| Leg { ahead: !legs[last].ahead, ..legs[last] });
                    if degree(node) == 2 && back == Some(leg) {
                        continue; // nobody turns back on the open road
                    }
                    let turn = back.map_or(0, |back| {
                        let [a, b] = [heading(&case, back), heading(&case, leg)];
                        let between = (a[0] * b[0] + a[1] * b[1]).clamp(-1.0, 1.0).acos().to_degrees();
                        let sharp = leg != back && degree(node) != 2 && 180.0 - between > sharp_from;
                        if sharp { SHARP } else { 0 }
                    });
                    let time = time + turn + case.time(leg).unwrap();
                    if best.get(&number).is_none_or(|&known| time < known) {
                        best.insert(number, time);
                        open.insert((time, Some(number), case.end(leg)));
                    }
                }
            }
            if times.keys().all(|&node| degree(node) == 2) {
                continue; // a ring begins where it likes, and there it turns
            }
            let free = case.times(from, &BTreeSet::new());
            for to in (0..points.len()).filter(|&node| table.origin_snap(node).unwrap().is_ok()) {
                let expected = times.get(&to).copied();
                let ours = table.trip(from, to).map(|trip| trip.time.0);
                assert_eq!(
                    ours, expected,
                    "seed {seed}, {from} to {to} from {sharp_from}: {:#?}",
                    case.drawing
                );
                compared += 1;
                slower += usize::from(expected != free.get(&to).copied());
            }
        }
    }
    assert!(compared > 2_000 && slower > 200, "{compared} pairs were compared, {slower} with a sharp turn");
}

/// ```text
/// main road: west ---- junction ---- east, and a farm down a private lane that leaves at an acute angle
/// ```
#[test]
fn a_sharp_turn_does_not_cut_off_a_private_lane() {
    let mut builder = RoadNetwork::builder();
    let at = |lat: f64, lon: f64| Position { lat, lon };
    let [west, junction, east] = [5.0, 5.01, 5.02].map(|lon| builder.node(at(45.0, lon)));
    let farm = builder.node(at(45.001, 5.005));
    let both = Some(Millis(60_000));
    builder.road(west, junction, Metres(786.0), both, both);
    builder.road(junction, east, Metres(786.0), both, both);
    let lane = builder.road(junction, farm, Metres(409.0), both, both);
    builder.ends_only(lane);
    builder.turns(100.0, Millis(4_000), Millis(20_000));
    let network = builder.build().unwrap();
    let points = [at(45.0, 5.0), at(45.001, 5.005), at(45.0, 5.02)];
    let table = network.travel_times(&points, &points, &SearchOptions::default(), &Watch::none()).unwrap();
    assert_eq!(table.trip(0, 1).unwrap().time, Millis(124_000), "back around the corner");
    assert_eq!(table.trip(1, 0).unwrap().time, Millis(124_000));
    assert_eq!(table.trip(1, 2).unwrap().time, Millis(120_000));
    assert_eq!(network.summary().metres_left_out, 0);
}

/// ```text
/// main road: west ---- junction ---- east, a gate on a lane for customers to the north, an aisle of shops behind it
/// ```
#[test]
fn what_only_private_roads_lead_to_can_be_reached() {
    let mut builder = RoadNetwork::builder();
    let at = |lat: f64, lon: f64| Position { lat, lon };
    let [west, junction, east] = [5.0, 5.1, 5.2].map(|lon| builder.node(at(45.0, lon)));
    let [gate, shop, end] = [45.001, 45.002, 45.003].map(|lat| builder.node(at(lat, 5.1)));
    let mut road = |from, to, seconds: u32| {
        let time = Some(Millis(1000 * seconds));
        builder.road(from, to, Metres(f64::from(seconds) * 10.0), time, time)
    };
    let _main_road = [road(west, junction, 600), road(junction, east, 600)];
    let lane = road(junction, gate, 20);
    let _aisle = [road(gate, shop, 40), road(shop, end, 40)];
    builder.ends_only(lane);
    let network = builder.build().unwrap();
    let points = [at(45.0, 5.0), at(45.001, 5.1), at(45.002, 5.1), at(45.0, 5.2)];
    let table = network.travel_times(&points, &points, &SearchOptions::default(), &Watch::none()).unwrap();
    let seconds = |from, to| table.trip(from, to).map(|trip| trip.time.0 / 1000);
    assert_eq!((seconds(0, 3), seconds(3, 0)), (Some(1_200), Some(1_200)));
    assert_eq!((seconds(0, 1), seconds(1, 0)), (Some(620), Some(620)), "the gate, on the lane and the aisle");
    assert_eq!((seconds(0, 2), seconds(2, 0)), (Some(660), Some(660)), "the shop, on the aisle alone");
    assert_eq!(seconds(2, 1), Some(40));
    let summary = network.summary();
    assert_eq!((summary.metres_left_out, summary.metres_ends_only), (0, 1_000));
}

/// A star of 4,000 lanes, each of which may only be left into the first: by the square, that would take gigabytes.
#[test]
fn a_junction_beyond_reality_does_not_exhaust_the_memory() {
    let mut builder = RoadNetwork::builder();
    let hub = builder.node(Position { lat: 45.0, lon: 5.0 });
    let lanes: Vec<RoadId> = (0..4_000)
        .map(|k| {
            let angle = f64::from(k) / 4_000.0 * std::f64::consts::TAU;
            let end =
                builder.node(Position { lat: 45.0 + 0.01 * angle.sin(), lon: 5.0 + 0.01 * angle.cos() });
            builder.road(hub, end, Metres(1000.0), Some(Millis(60_000)), Some(Millis(60_000)))
        })
        .collect();
    lanes[1..].iter().for_each(|&lane| builder.force(lane, hub, lanes[0]));
    builder.turns(90.0, Millis(4_000), Millis(20_000));
    let network = builder.build().unwrap();
    let points = [Position { lat: 45.0, lon: 5.01 }, Position { lat: 45.0, lon: 4.99 }];
    let table = network.travel_times(&points, &points, &SearchOptions::default(), &Watch::none()).unwrap();
    assert_eq!(table.trip(0, 1).unwrap().time, Millis(120_000));
    assert_eq!(network.summary().restrictions, 0);
}
