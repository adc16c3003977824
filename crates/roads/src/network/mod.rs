//! The road network: links between junctions, independent of any point that is asked about.

mod builder;
mod chains;
mod component;
mod segments;

use std::path::Path;

pub use builder::{NetworkBuilder, NodeId};
use segments::Segments;

use crate::cost::Cost;
use crate::error::{Error, ErrorKind};
use crate::extract::Extract;
use crate::graph::Graph;
use crate::profile::Profile;
use crate::progress::{Phase, Watch};
use crate::snap::{Index, NoRoad, Snap};
use crate::sphere::Fixed;
use crate::units::{Metres, Position};

/// A drivable network whose every junction can be reached from every other.
///
/// Of the roads of an extract it keeps the main component: those that can be left and reached, with the most metres
/// of road. Times are whole milliseconds: each drawn segment of a road takes its length over its speed, rounded.
#[derive(Debug)]
pub struct RoadNetwork {
    pub(crate) links: Links,
    pub(crate) graph: Graph,
    pub(crate) index: Index,
    summary: Summary,
}

/// Size of a network and what was left out of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Places where roads meet or end.
    pub junctions: u64,
    /// Directions of roads between two junctions.
    pub arcs: u64,
    /// Metres of road, each counted once.
    pub metres: u64,
    /// Metres of drivable road outside of the main component: they cannot be both left and reached.
    pub metres_left_out: u64,
    /// Nodes that drivable roads refer to and the extract does not hold; roads are cut there. Some at the border of
    /// an extract are normal, many are a sign of a file cut short.
    pub missing_nodes: u64,
}

/// Roads from junction to junction, each drawn as a line.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// The junctions at its start and end.
    pub(crate) ends: Vec<[u32; 2]>,
    /// The pieces of link `l` are `first[l]..first[l + 1]`; its points start at `first[l] + l`.
    pub(crate) first: Vec<u32>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) points: Vec<Fixed>,
}

/// A straight piece of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Centimetres.
    pub(crate) length: u32,
    /// Milliseconds from its start to its end; [`CLOSED`] when that is forbidden.
    pub(crate) forward: u32,
    /// Milliseconds from its end to its start.
    pub(crate) backward: u32,
}

/// The time of a direction that is closed.
pub(crate) const CLOSED: u32 = u32::MAX;

impl Piece {
    pub(crate) fn forward_cost(self) -> Option<Cost> {
        (self.forward != CLOSED).then_some(self.cost(self.forward))
    }

    pub(crate) fn backward_cost(self) -> Option<Cost> {
        (self.backward != CLOSED).then_some(self.cost(self.backward))
    }

    fn cost(self, millis: u32) -> Cost {
        Cost::new(millis, self.length.saturating_add(5) / 10, 0)
    }

    pub(crate) fn reversed(self) -> Piece {
        Piece { forward: self.backward, backward: self.forward, ..self }
    }
}

impl Links {
    pub(crate) fn pieces(&self, link: u32) -> &[Piece] {
        let link = link as usize;
        &self.pieces[self.first[link] as usize..self.first[link + 1] as usize]
    }

    /// One more than the pieces.
    pub(crate) fn points(&self, link: u32) -> &[Fixed] {
        let link = link as usize;
        &self.points[self.first[link] as usize + link..=self.first[link + 1] as usize + link]
    }

    fn arcs(&self) -> Vec<(u32, u32, Cost)> {
        let mut arcs = Vec::new();
        for (link, &[start, end]) in self.ends.iter().enumerate() {
            let pieces = self.pieces(link as u32);
            if let Some(cost) = pieces.iter().map(|piece| piece.forward_cost()).sum() {
                arcs.push((start, end, cost));
            }
            if let Some(cost) = pieces.iter().map(|piece| piece.backward_cost()).sum() {
                arcs.push((end, start, cost));
            }
        }
        arcs
    }
}

impl RoadNetwork {
    /// Reads the drivable roads of an OpenStreetMap extract (`.osm.pbf`, zlib or uncompressed).
    ///
    /// # Errors
    /// The file cannot be read, is cut short, damaged, or of a form that is not supported; it holds no road that the
    /// profile may drive; a number of the profile is out of range; the watch was cancelled. The error names the file,
    /// where in it, and the remedy.
    pub fn read(path: &Path, profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
        profile.check().map_err(Error::new)?;
        let extract = Extract::read(path, profile, watch)?;
        let segments = Segments::of_extract(&extract);
        drop(extract);
        RoadNetwork::of_segments(segments, watch).map_err(|kind| Error::of_file(path, kind))
    }

    /// A network drawn in memory.
    pub fn builder() -> NetworkBuilder {
        NetworkBuilder::default()
    }

    fn of_segments(segments: Segments, watch: &Watch<'_>) -> Result<RoadNetwork, ErrorKind> {
        const STEPS: u64 = 4;
        let step = |done| match watch.is_cancelled() {
            true => Err(ErrorKind::Cancelled),
            false => {
                watch.step(Phase::Build, done, STEPS);
                Ok(())
            }
        };
        step(0)?;
        let missing_nodes = segments.missing_nodes;
        let all = chains::links(segments)?;
        step(1)?;
        let (links, metres_left_out) = component::main_component(all).ok_or(ErrorKind::NoRoads)?;
        step(2)?;
        let junctions = links.ends.iter().flatten().max().map_or(0, |last| last + 1);
        let graph = Graph::new(junctions, links.arcs());
        step(3)?;
        let index = Index::new(&links);
        step(4)?;
        let summary = Summary {
            junctions: u64::from(junctions),
            arcs: graph.arcs() as u64,
            metres: links.pieces.iter().map(|piece| u64::from(piece.length)).sum::<u64>() / 100,
            metres_left_out,
            missing_nodes,
        };
        Ok(RoadNetwork { links, graph, index, summary })
    }

    /// Size of the network and what was left out of it.
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// The point of the network nearest to a position.
    ///
    /// # Errors
    /// There is none within `limit`, or the position is not one on earth.
    pub fn snap(&self, position: Position, limit: Metres) -> Result<Snap, NoRoad> {
        self.index.snap(&self.links, position, limit)
    }
}
