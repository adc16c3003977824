//! From the positions of nodes to pieces of road: how long each is, and what it takes.

use std::sync::Mutex;

use rayon::prelude::*;

use super::chains::Chains;
use super::strands::{STOP, Strands, is_segment};
use super::{CLOSED, Piece};
use crate::built_up::{BuiltUp, Patch};
use crate::cost::Cost;
use crate::extract::{DrivableWay, Extract};
use crate::profile::{Ferry, Kmh, Road, Speeds, Stop};
use crate::sphere::{Fixed, Nearby};
use crate::units::Millis;

/// What the pieces of a way depend on besides the way.
pub(super) struct Drawing<'a> {
    extract: &'a Extract,
    strands: &'a Strands,
    built_up: BuiltUp,
    /// Nodes where ferries land, sorted.
    landings: Vec<u32>,
}

/// Enough to share the memory that they need in turn.
const WAYS_AT_ONCE: usize = 256;

impl<'a> Drawing<'a> {
    pub(super) fn new(extract: &'a Extract, strands: &'a Strands, built_up: BuiltUp) -> Drawing<'a> {
        Drawing { extract, strands, built_up, landings: landings(extract) }
    }

    /// Draws all strands.
    pub(super) fn draw(&self, chains: &mut Chains) {
        let chains = Mutex::new(chains);
        self.extract.ways.par_chunks(WAYS_AT_ONCE).enumerate().for_each(|(part, ways)| {
            let pieces = self.draw_ways(ways);
            if let Ok(mut chains) = chains.lock() {
                self.hand_over((part * WAYS_AT_ONCE) as u32, ways, &pieces, &mut chains);
            }
        });
    }

    /// The pieces of ways, from each of their points to the next one.
    fn draw_ways(&self, ways: &[DrivableWay]) -> Vec<Piece> {
        let mut pieces = vec![Piece::default(); ways.iter().map(|way| way.nodes).sum()];
        let mut rest = &mut pieces[..];
        let mut metres = Vec::new();
        for way in ways {
            let (own, behind) = rest.split_at_mut(way.nodes);
            rest = behind;
            self.draw_way(way, own, &mut metres);
        }
        pieces
    }

    /// Draws the strands of ways that are numbered from `first`, of whose pieces they are parts.
    fn hand_over(&self, first: u32, ways: &[DrivableWay], pieces: &[Piece], chains: &mut Chains) {
        let Some(start) = ways.first().map(|way| way.first) else { return };
        let strands = &self.strands.strands;
        let [begin, end] = [first, first + ways.len() as u32]
            .map(|number| strands.partition_point(|strand| strand.way < number));
        for (number, strand) in (begin as u32..).zip(&strands[begin..end]) {
            let (here, count) = (strand.first as usize, strand.pieces as usize);
            chains.draw(number, &pieces[here - start..][..count], &self.strands.points[here..=here + count]);
        }
    }

    fn nodes(&self, way: &DrivableWay) -> (&'a [u32], &'a [Fixed]) {
        (self.extract.nodes(way), &self.strands.points[way.first..way.first + way.nodes])
    }

    /// Draws the pieces of a way.
    fn draw_way(&self, way: &DrivableWay, pieces: &mut [Piece], drawn: &mut Vec<f64>) {
        let (nodes, points) = self.nodes(way);
        measure(points, drawn);
        let stretch = Stretch::of(way.length, drawn);
        let road = self.extract.road(way);
        let ferry = road.ferry.map(|ferry| Crossing::of(ferry, nodes, drawn, &self.landings));
        let directions = [road.forward, road.backward];
        let rural = directions.map(|speeds| speeds.map(|speeds| speeds.rural));
        let urban = directions.map(|speeds| speeds.map(|speeds| speeds.urban));
        let differs_in_towns = urban != rural;
        let mut patch = Patch::default();
        for (k, &drawn) in drawn.iter().enumerate() {
            let ends = [nodes[k], nodes[k + 1]];
            if !is_segment(ends, &self.strands.marks) {
                continue;
            }
            let stop = ends.map(|node| self.strands.marks[node as usize] & STOP != 0);
            let metres = stretch.apply(drawn);
            let mut piece = match &ferry {
                Some(crossing) => crossing.piece(road, k, metres, drawn),
                None => {
                    let is_urban = differs_in_towns && self.built_up.is_in(points[k], &mut patch);
                    piece(if is_urban { urban } else { rural }, metres)
                }
            };
            if stop[1] {
                piece.forward = delayed(piece.forward, self.stop_at(nodes[k + 1]).forward);
            }
            if stop[0] {
                piece.backward = delayed(piece.backward, self.stop_at(nodes[k]).backward);
            }
            pieces[k] = piece;
        }
    }

    fn stop_at(&self, node: u32) -> Stop {
        let stops = &self.extract.stops;
        stops.binary_search_by_key(&node, |&(node, _)| node).map_or_else(|_| Stop::default(), |k| stops[k].1)
    }
}

/// The metres between one point and the next; not a number where either is missing.
fn measure(points: &[Fixed], metres: &mut Vec<f64>) {
    metres.clear();
    let Some(known) = points.iter().find(|&&point| point != Fixed::NOWHERE) else {
        metres.resize(points.len().saturating_sub(1), f64::NAN);
        return;
    };
    let near = Nearby::new(known.position());
    let mut last = near.point_at(points[0]);
    metres.extend(points.windows(2).map(|ends| {
        let here = near.point_at(ends[1]);
        let from = std::mem::replace(&mut last, here);
        if ends.contains(&Fixed::NOWHERE) { f64::NAN } else { from.distance(here).0 }
    }));
}

/// The ends of ferries at which a road begins.
fn landings(extract: &Extract) -> Vec<u32> {
    let is_ferry = |way: &&DrivableWay| extract.road(way).ferry.is_some();
    let ferries = extract.ways.iter().filter(is_ferry);
    let mut ends: Vec<u32> = ferries
        .flat_map(|way| {
            let nodes = extract.nodes(way);
            [nodes.first(), nodes.last()].into_iter().flatten().copied()
        })
        .collect();
    if ends.is_empty() {
        return ends;
    }
    ends.sort_unstable();
    ends.dedup();
    let mut landed = vec![false; ends.len()];
    let roads = extract.ways.iter().filter(|way| !is_ferry(way));
    for node in roads.flat_map(|way| extract.nodes(way)) {
        if let Ok(index) = ends.binary_search(node) {
            landed[index] = true;
        }
    }
    ends.into_iter().zip(landed).filter_map(|(node, landed)| landed.then_some(node)).collect()
}

/// A piece of road, by its speeds in both directions.
fn piece([forward, backward]: [Option<Kmh>; 2], metres: f64) -> Piece {
    let millis = |speed: Option<Kmh>| speed.map_or(CLOSED, |speed| time(metres, speed.0));
    let there = millis(forward);
    let back = if backward == forward { there } else { millis(backward) };
    Piece { length: centimetres(metres), forward: there, backward: back }
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
    fn of(ferry: Ferry, nodes: &[u32], drawn: &[f64], landings: &[u32]) -> Crossing {
        let total: f64 = drawn.iter().filter(|metres| !metres.is_nan()).sum();
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
    fn of(length: Option<f64>, drawn: &[f64]) -> Stretch {
        let Some(length) = length else { return Stretch::By(1.0) };
        match drawn.iter().sum::<f64>() {
            total if total.is_nan() => Stretch::By(1.0),
            total if total > 0.0 => Stretch::By(length / total),
            _ => Stretch::Even(length / drawn.len().max(1) as f64),
        }
    }

    fn apply(&self, drawn: f64) -> f64 {
        match self {
            Stretch::By(factor) => drawn * factor,
            Stretch::Even(length) => *length,
        }
    }
}
