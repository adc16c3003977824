//! From ways to strands: what lies of a way between two nodes at which roads may meet.

use rayon::prelude::*;

use super::drawing::Drawing;
use super::forbidden::turning_nodes;
use super::{Course, Kind, Piece};
use crate::extract::{DrivableWay, Extract};
use crate::profile::BuiltUpRules;
use crate::sphere::Fixed;

/// Every drivable way, cut where other roads may begin.
#[derive(Debug, Default)]
pub(super) struct Strands {
    /// In the order of the ways. Two may meet where nothing branches off.
    pub(super) strands: Vec<Strand>,
    /// Where strands may end, in the order of their nodes.
    pub(super) corners: Vec<Corner>,
    /// The nodes of all ways, one way after the other; [`Fixed::NOWHERE`] where the position of one is missing.
    pub(super) points: Vec<Fixed>,
    /// What leads from each of the points to the next one of the same strand.
    pub(super) pieces: Vec<Piece>,
    /// Nodes that are junctions even where nothing branches off, sorted.
    pub(super) forced: Vec<u32>,
    pub(super) missing_nodes: u64,
    /// Of roads that are shut in winter.
    pub(super) centimetres_shut_in_winter: u64,
}

/// A part of a way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    /// The numbers of the corners at its start and end.
    pub(super) ends: [u32; 2],
    /// Its first point and piece.
    pub(super) first: u32,
    /// How many pieces it has, one at least.
    pub(super) pieces: u32,
    /// The number of its way.
    pub(super) way: u32,
    pub(super) kind: Kind,
}

/// A place where strands may end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    /// Its node; [`NO_NODE`] where it is one of several at a node, each for one strand alone.
    pub(super) node: u32,
    pub(super) position: Fixed,
}

const NO_NODE: u32 = u32::MAX;

/// Enough to share the memory that they need in turn.
const WAYS_AT_ONCE: usize = 256;

/// What is noted of a node: that a road leads through it, that strands end at it, that something stands on it.
const PASSED: u8 = 1;
pub(super) const END: u8 = 2;
pub(super) const STOP: u8 = 4;

impl Strands {
    pub(super) fn of_extract(extract: &Extract, rules: &BuiltUpRules) -> Strands {
        let (forced, closed) = (turning_nodes(extract), closed_nodes(extract));
        let points = extract.points();
        let marks = marks(extract, &points, forced.iter().chain(&closed));
        let drawing = Drawing::new(extract, &points, &marks, rules);
        let mut pieces = vec![Piece::default(); points.len()];
        let mut parts: Vec<(u32, &[DrivableWay], &mut [Piece])> = Vec::new();
        let mut rest = &mut pieces[..];
        for (first, ways) in (0..).step_by(WAYS_AT_ONCE).zip(extract.ways.chunks(WAYS_AT_ONCE)) {
            let (part, behind) = rest.split_at_mut(ways.iter().map(|way| way.nodes).sum());
            parts.push((first, ways, part));
            rest = behind;
        }
        let parts = parts.into_par_iter().map(|(first, ways, pieces)| drawing.draw(first, ways, pieces));
        let (parts, shut): (Vec<Vec<Strand>>, Vec<u64>) = parts.unzip();
        let mut all = Strands {
            strands: parts.concat(),
            missing_nodes: extract.positions.iter().filter(|position| **position == Fixed::NOWHERE).count()
                as u64,
            centimetres_shut_in_winter: shut.into_iter().sum(),
            forced,
            pieces,
            points,
            ..Strands::default()
        };
        all.number_corners(extract, &marks);
        all.cut_at(&closed);
        all
    }

    /// Puts the numbers of corners in place of those of nodes.
    fn number_corners(&mut self, extract: &Extract, marks: &[u8]) {
        let mut numbers = vec![0u32; marks.len()];
        self.corners.reserve_exact(marks.iter().filter(|&&mark| mark & END != 0).count());
        for (node, &position) in
            extract.positions.iter().enumerate().filter(|(node, _)| marks[*node] & END != 0)
        {
            numbers[node] = self.corners.len() as u32;
            self.corners.push(Corner { node: node as u32, position });
        }
        for end in self.strands.iter_mut().flat_map(|strand| &mut strand.ends) {
            *end = numbers[*end as usize];
        }
    }

    /// Every road that meets a closed node ends there for itself.
    fn cut_at(&mut self, closed: &[u32]) {
        if closed.is_empty() {
            return;
        }
        let is_closed: Vec<bool> =
            self.corners.iter().map(|corner| closed.binary_search(&corner.node).is_ok()).collect();
        for end in self.strands.iter_mut().flat_map(|strand| &mut strand.ends) {
            if is_closed[*end as usize] {
                self.corners.push(Corner { node: NO_NODE, ..self.corners[*end as usize] });
                *end = self.corners.len() as u32 - 1;
            }
        }
    }

    /// The corner at which a course along a strand starts.
    pub(super) fn tail(&self, course: Course) -> u32 {
        self.strands[course.link() as usize].ends[usize::from(!course.is_forward())]
    }

    /// Whether a course along a strand may be driven.
    pub(super) fn is_open(&self, course: Course) -> bool {
        // All pieces of a strand agree.
        let strand = self.strands[course.link() as usize];
        self.pieces[strand.first as usize].is_open(course)
    }
}

/// What is noted of each node: strands end where ways end or are cut, where one meets another or itself, and at `others`.
fn marks<'a>(extract: &Extract, points: &[Fixed], others: impl Iterator<Item = &'a u32>) -> Vec<u8> {
    let mut marks = vec![0; extract.positions.len()];
    for way in &extract.ways {
        let (nodes, points) = (extract.nodes(way), &points[way.first..way.first + way.nodes]);
        let mut comes = false;
        for (k, &node) in nodes.iter().enumerate() {
            let goes_on = k + 1 < nodes.len() && is_segment(&nodes[k..], &points[k..]);
            let passes = std::mem::replace(&mut comes, goes_on) && goes_on;
            let mark = &mut marks[node as usize];
            *mark |= if passes && *mark & PASSED == 0 { PASSED } else { END };
        }
    }
    for &node in others {
        marks[node as usize] |= END;
    }
    for &(node, _) in &extract.stops {
        marks[node as usize] |= STOP;
    }
    marks
}

/// Whether the first two of some nodes make a piece of a road: they are known, and not the same.
pub(super) fn is_segment(nodes: &[u32], points: &[Fixed]) -> bool {
    nodes[0] != nodes[1] && points[0] != Fixed::NOWHERE && points[1] != Fixed::NOWHERE
}

fn closed_nodes(extract: &Extract) -> Vec<u32> {
    extract.stops.iter().filter(|(_, stop)| stop.closed).map(|&(node, _)| node).collect()
}
