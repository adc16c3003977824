//! From ways to straight segments between nodes.

use rayon::prelude::*;

use super::{CLOSED, Piece};
use crate::cost::Cost;
use crate::extract::{DrivableWay, Extract};
use crate::profile::{Road, Speeds};
use crate::sphere::{Fixed, Point};

/// Every drivable segment, in the order of the ways.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub(super) positions: Vec<Fixed>,
    pub(super) segments: Vec<Segment>,
    pub(super) missing_nodes: u64,
}

/// A straight piece of road between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) ends: [u32; 2],
    pub(super) piece: Piece,
}

impl Segments {
    pub(super) fn of_extract(extract: &Extract) -> Segments {
        let segments = extract.ways.par_iter().flat_map_iter(|way| segments_of(way, extract)).collect();
        let nowhere = Fixed { lat: 0, lon: 0 };
        Segments {
            positions: extract.positions.par_iter().map(|position| position.unwrap_or(nowhere)).collect(),
            segments,
            missing_nodes: extract.positions.iter().filter(|position| position.is_none()).count() as u64,
        }
    }
}

/// The segments of a way. It is cut where the position of a node is missing.
fn segments_of(way: &DrivableWay, extract: &Extract) -> Vec<Segment> {
    let nodes = &extract.refs[way.first..way.first + way.nodes];
    let points: Vec<Option<Point>> =
        nodes.iter().map(|&node| extract.positions[node as usize].map(Fixed::point)).collect();
    let drawn: Vec<Option<f64>> = points.windows(2).map(|pair| Some(pair[0]?.distance(pair[1]?).0)).collect();
    let stretch = Stretch::of(&way.road, &drawn);
    nodes
        .windows(2)
        .zip(&drawn)
        .filter(|(ends, _)| ends[0] != ends[1])
        .filter_map(|(ends, drawn)| {
            let piece = piece(&way.road, stretch.apply((*drawn)?));
            Some(Segment { ends: [ends[0], ends[1]], piece })
        })
        .collect()
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
    fn of(road: &Road, drawn: &[Option<f64>]) -> Stretch {
        let total: Option<f64> = drawn.iter().copied().sum();
        match (road.length, total) {
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

fn piece(road: &Road, metres: f64) -> Piece {
    let millis = |speeds: Option<Speeds>| match speeds {
        Some(Speeds { rural, .. }) => ((metres * 3600.0 / rural.0).round() as u32).min(Cost::MOST_TIME),
        None => CLOSED,
    };
    Piece {
        length: (metres * 100.0).round() as u32,
        forward: millis(road.forward),
        backward: millis(road.backward),
    }
}
