//! From ways to strands: what lies of a way between two nodes at which roads may meet.

use rayon::prelude::*;

use super::forbidden::turning_nodes;
use super::{CLOSED, Kind, Links, Piece};
use crate::built_up::BuiltUp;
use crate::cost::Cost;
use crate::extract::{DrivableWay, Extract};
use crate::profile::{BuiltUpRules, Ferry, Road, Speeds, Stop};
use crate::sphere::{Nearby, Point};
use crate::units::Millis;

/// Every drivable way, cut where other roads may begin.
#[derive(Debug, Default)]
pub(super) struct Strands {
    /// As links, in the order of the ways, with nodes in place of junctions. Two may meet where nothing branches off.
    pub(super) lines: Links,
    /// The number of the way of each.
    pub(super) ways: Vec<u32>,
    /// How many nodes there are, those inside of strands included.
    pub(super) nodes: u32,
    /// Nodes that are junctions even where nothing branches off, sorted.
    pub(super) forced: Vec<u32>,
    pub(super) missing_nodes: u64,
    /// Of roads that are shut in winter.
    pub(super) centimetres_shut_in_winter: u64,
}

/// Enough to share the memory that they need in turn.
const WAYS_AT_ONCE: usize = 256;

/// What the strands of a way depend on besides the way.
struct Surroundings<'a> {
    extract: &'a Extract,
    built_up: BuiltUp,
    /// Whether strands end at a node.
    is_end: Vec<bool>,
    /// Whether anything stands on a node; few have.
    has_stop: Vec<bool>,
    /// Nodes where ferries land, sorted.
    landings: Vec<u32>,
}

impl Strands {
    pub(super) fn of_extract(extract: &Extract, rules: &BuiltUpRules) -> Strands {
        let (forced, closed) = (turning_nodes(extract), closed_nodes(extract));
        let around = Surroundings {
            extract,
            built_up: BuiltUp::new(extract, rules),
            is_end: is_end(extract, forced.iter().chain(&closed)),
            has_stop: has_stop(extract),
            landings: landings(extract),
        };
        let ways = extract.ways.par_chunks(WAYS_AT_ONCE).enumerate();
        let parts = ways.map(|(chunk, ways)| around.strands(chunk * WAYS_AT_ONCE, ways)).collect();
        let mut all = Strands {
            nodes: extract.positions.len() as u32,
            forced,
            missing_nodes: extract.positions.iter().filter(|position| position.is_none()).count() as u64,
            ..Strands::together(parts)
        };
        all.cut_at(&closed);
        all
    }

    /// One part after the other.
    fn together(parts: Vec<Strands>) -> Strands {
        let strands = parts.iter().map(|part| part.ways.len()).sum();
        let mut all = Strands {
            lines: Links::with_capacity(strands, parts.iter().map(|part| part.lines.pieces.len()).sum()),
            ways: Vec::with_capacity(strands),
            ..Strands::default()
        };
        for part in parts {
            all.lines.append(part.lines);
            all.ways.extend(part.ways);
            all.centimetres_shut_in_winter += part.centimetres_shut_in_winter;
        }
        all
    }

    /// Every road that meets a closed node ends there for itself.
    fn cut_at(&mut self, closed: &[u32]) {
        if closed.is_empty() {
            return;
        }
        for end in self.lines.ends.iter_mut().flatten() {
            if closed.binary_search(end).is_ok() {
                *end = self.nodes;
                self.nodes += 1;
            }
        }
    }
}

/// Whether strands end at each node: where ways end or are cut, where one meets another or itself, and at `others`.
fn is_end<'a>(extract: &Extract, others: impl Iterator<Item = &'a u32>) -> Vec<bool> {
    let mut is_end = vec![false; extract.positions.len()];
    let mut is_passed = is_end.clone();
    for way in &extract.ways {
        let nodes = extract.nodes(way);
        let mut comes = false;
        for (k, &node) in nodes.iter().enumerate() {
            let goes_on = nodes.get(k + 1).is_some_and(|&next| extract.is_segment([node, next]));
            let passes = std::mem::replace(&mut comes, goes_on) && goes_on;
            is_end[node as usize] |= !passes || std::mem::replace(&mut is_passed[node as usize], true);
        }
    }
    for &node in others {
        is_end[node as usize] = true;
    }
    is_end
}

fn closed_nodes(extract: &Extract) -> Vec<u32> {
    extract.stops.iter().filter(|(_, stop)| stop.closed).map(|&(node, _)| node).collect()
}

fn has_stop(extract: &Extract) -> Vec<bool> {
    let mut has_stop = vec![false; extract.positions.len()];
    for &(node, _) in &extract.stops {
        has_stop[node as usize] = true;
    }
    has_stop
}

/// The ends of ferries at which a road begins.
fn landings(extract: &Extract) -> Vec<u32> {
    let (ferries, roads): (Vec<_>, Vec<_>) = extract.ways.iter().partition(|way| way.road.ferry.is_some());
    if ferries.is_empty() {
        return Vec::new();
    }
    let mut ends: Vec<u32> = ferries
        .iter()
        .flat_map(|way| {
            let nodes = extract.nodes(way);
            [nodes.first(), nodes.last()].into_iter().flatten().copied()
        })
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let mut landed = vec![false; ends.len()];
    for node in roads.iter().flat_map(|way| extract.nodes(way)) {
        if let Ok(index) = ends.binary_search(node) {
            landed[index] = true;
        }
    }
    ends.into_iter().zip(landed).filter_map(|(node, landed)| landed.then_some(node)).collect()
}

impl Surroundings<'_> {
    /// The strands of ways that are numbered from `first`. A way is cut where the position of a node is missing.
    fn strands(&self, first: usize, ways: &[DrivableWay]) -> Strands {
        let nodes = ways.iter().map(|way| way.nodes).sum();
        let mut strands = Strands { lines: Links::with_capacity(ways.len(), nodes), ..Strands::default() };
        let mut drawn = Vec::new();
        for (number, way) in (first as u32..).zip(ways) {
            let nodes = self.extract.nodes(way);
            self.draw(nodes, &mut drawn);
            let stretch = Stretch::of(way.length, &drawn);
            let ferry = way.road.ferry.map(|ferry| Crossing::of(ferry, nodes, &drawn, &self.landings));
            let kind = Kind { ends_only: way.road.ends_only, ferry: ferry.is_some() };
            let mut directions = [way.road.forward, way.road.backward].into_iter().flatten();
            let differs_in_towns = directions.any(|speeds| speeds.urban != speeds.rural);
            let mut start = 0;
            for (k, drawn) in drawn.iter().enumerate() {
                let ends = [nodes[k], nodes[k + 1]];
                let [from, to] = ends.map(|node| self.extract.positions[node as usize]);
                let (Some(drawn), Some(from), Some(to), true) = (*drawn, from, to, ends[0] != ends[1]) else {
                    continue;
                };
                let metres = stretch.apply(drawn);
                let mut piece = match &ferry {
                    Some(crossing) => crossing.piece(&way.road, k, metres, drawn),
                    None => piece(&way.road, differs_in_towns && self.built_up.contains(from), metres),
                };
                piece.forward = delayed(piece.forward, self.stop_at(ends[1]).forward);
                piece.backward = delayed(piece.backward, self.stop_at(ends[0]).backward);
                if way.road.seasonal {
                    strands.centimetres_shut_in_winter += u64::from(piece.length);
                }
                if self.is_end[ends[0] as usize] {
                    start = ends[0];
                    strands.lines.points.push(from);
                }
                strands.lines.pieces.push(piece);
                strands.lines.points.push(to);
                if self.is_end[ends[1] as usize] {
                    strands.lines.finish([start, ends[1]], kind);
                    strands.ways.push(number);
                }
            }
        }
        strands
    }

    /// The metres between one node and the next; None where the position of either is missing.
    fn draw(&self, nodes: &[u32], drawn: &mut Vec<Option<f64>>) {
        drawn.clear();
        let positions = nodes.iter().map(|&node| self.extract.positions[node as usize]);
        let Some(near) = positions.clone().flatten().next().map(|first| Nearby::new(first.position())) else {
            drawn.resize(nodes.len().saturating_sub(1), None);
            return;
        };
        let mut last: Option<Point> = None;
        for (k, position) in positions.enumerate() {
            let point = position.map(|position| near.point_at(position));
            if k > 0 {
                drawn.push(last.zip(point).map(|(last, point)| last.distance(point).0));
            }
            last = point;
        }
    }

    fn stop_at(&self, node: u32) -> Stop {
        if !self.has_stop[node as usize] {
            return Stop::default();
        }
        let stops = &self.extract.stops;
        stops.binary_search_by_key(&node, |&(node, _)| node).map_or_else(|_| Stop::default(), |k| stops[k].1)
    }
}

/// A piece of road, inside or outside of built-up land.
fn piece(road: &Road, is_urban: bool, metres: f64) -> Piece {
    let speed = |speeds: Speeds| if is_urban { speeds.urban } else { speeds.rural };
    let millis = |speeds: Option<Speeds>| speeds.map_or(CLOSED, |speeds| time(metres, speed(speeds).0));
    let forward = millis(road.forward);
    let backward = if road.backward == road.forward { forward } else { millis(road.backward) };
    Piece { length: centimetres(metres), forward, backward }
}

/// A ferry from end to end.
struct Crossing {
    /// Milliseconds for each metre drawn, where a duration is tagged.
    pace: Option<f64>,
    /// Milliseconds of waiting before the first segment and behind the last, either half of what is waited for one
    /// way; nothing where the ferry goes on as another way.
    waits: [u32; 2],
    last: usize,
}

impl Crossing {
    fn of(ferry: Ferry, nodes: &[u32], drawn: &[Option<f64>], landings: &[u32]) -> Crossing {
        let total: f64 = drawn.iter().flatten().sum();
        let wait = |node: Option<&u32>| match node {
            Some(node) if landings.binary_search(node).is_ok() => ferry.wait.0 / 2,
            _ => 0,
        };
        Crossing {
            pace: ferry.duration.filter(|_| total > 0.0).map(|Millis(millis)| f64::from(millis) / total),
            waits: [wait(nodes.first()), wait(nodes.last())],
            last: drawn.len().saturating_sub(1),
        }
    }

    fn piece(&self, road: &Road, segment: usize, metres: f64, drawn: f64) -> Piece {
        let start = if segment == 0 { self.waits[0] } else { 0 };
        let end = if segment == self.last { self.waits[1] } else { 0 };
        let millis = |speeds: Option<Speeds>| match (speeds, self.pace) {
            (None, _) => CLOSED,
            (Some(_), Some(pace)) => delayed(rounded(drawn * pace), Millis(start + end)),
            (Some(speeds), None) => delayed(time(metres, speeds.rural.0), Millis(start + end)),
        };
        Piece { length: centimetres(metres), forward: millis(road.forward), backward: millis(road.backward) }
    }
}

fn time(metres: f64, kmh: f64) -> u32 {
    rounded(metres * 3600.0 / kmh).min(Cost::MOST_TIME)
}

fn centimetres(metres: f64) -> u32 {
    rounded(metres * 100.0)
}

/// As `round`, which few processors have an instruction for, of what is not less than zero.
fn rounded(number: f64) -> u32 {
    let whole = number as u32;
    whole.saturating_add(u32::from(number - f64::from(whole) >= 0.5))
}

/// A closed direction stays closed.
fn delayed(millis: u32, delay: Millis) -> u32 {
    if millis == CLOSED { CLOSED } else { millis.saturating_add(delay.0).min(Cost::MOST_TIME) }
}

/// How drawn lengths become true ones.
enum Stretch {
    /// By a factor.
    By(f64),
    /// All segments have this length, for nothing is drawn that could tell them apart.
    Even(f64),
}

impl Stretch {
    /// From the length that a tag states, if there is one and every segment of the way is known.
    fn of(length: Option<f64>, drawn: &[Option<f64>]) -> Stretch {
        let total: Option<f64> = drawn.iter().copied().sum();
        match (length, total) {
            (Some(length), Some(total)) if total > 0.0 => Stretch::By(length / total),
            (Some(length), Some(_)) => Stretch::Even(length / drawn.len().max(1) as f64),
            _ => Stretch::By(1.0),
        }
    }

    fn apply(&self, drawn: f64) -> f64 {
        match self {
            Stretch::By(factor) => drawn * factor,
            Stretch::Even(length) => *length,
        }
    }
}
