//! The road network: links between junctions, independent of any point that is asked about.

mod builder;
mod chains;
mod component;
mod course;
pub(crate) mod curve;
mod drawing;
mod ends;
mod forbidden;
mod route;
mod saved;
mod strands;
mod streets;
mod times;
mod turns;

use std::path::Path;
use std::sync::OnceLock;

pub use builder::{NetworkBuilder, NodeId, RoadId};
pub(crate) use course::Course;
pub use route::Route;
pub(crate) use streets::Streets;

use serde::{Deserialize, Serialize};

use crate::built_up::BuiltUp;
use crate::cost::Cost;
use crate::error::{Error, ErrorKind};
use crate::extract::Extract;
use crate::file::Origin;
use crate::hierarchy::Hierarchy;
use crate::profile::Profile;
use crate::progress::{Phase, Watch};
use crate::snap::{Index, NoRoad, Snap};
use crate::sphere::Fixed;
use crate::units::{Metres, Millis, Position};
use crate::winter::WinterClosures;
use chains::Chains;
use course::Sums;
use drawing::Drawing;
use forbidden::Forbidden;
use strands::Strands;

/// A drivable network.
///
/// Points are snapped to the roads of its main component alone: those that can be both left and reached. Times are
/// whole milliseconds: each drawn segment of a road takes its length over its speed, rounded; to which come the
/// seconds lost at signals, stops and sharp turns.
#[derive(Debug)]
pub struct RoadNetwork {
    pub(crate) links: Links,
    pub(crate) streets: Streets,
    pub(crate) index: Index,
    /// Whether a road of the main component meets each junction.
    is_public: Vec<bool>,
    /// Built when it is first needed.
    hierarchy: OnceLock<Hierarchy>,
    summary: Summary,
    origin: Origin,
}

/// Size of a network and what was left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Metres of road that is open only to those whose trip starts or ends there, or that only such road leads to.
    pub metres_ends_only: u64,
    /// What winter shuts.
    pub winter: WinterClosures,
    /// Ferries, counted between two landings.
    pub ferries: u64,
    /// Turn restrictions that took effect.
    pub restrictions: u64,
    /// Nodes that drivable roads refer to and the extract does not hold; roads are cut there. Some at the border of
    /// an extract are normal, many are a sign of a file cut short.
    pub missing_nodes: u64,
}

/// What turns cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Turns {
    /// The change of direction in degrees from which a turn is sharp.
    pub(crate) sharp_from: f64,
    /// Time lost in a sharp turn.
    pub(crate) sharp: Millis,
    /// Time lost by turning back where the network knows that one does: around forbidden and sharp turns.
    pub(crate) u_turn: Millis,
}

/// Roads from junction to junction, each drawn as a line.
#[derive(Debug)]
pub(crate) struct Links {
    /// The junctions at its start and end.
    pub(crate) ends: Vec<[u32; 2]>,
    pub(crate) kinds: Vec<Kind>,
    /// The pieces of link `l` are `first[l]..first[l + 1]`; its points start at `first[l] + l`.
    pub(crate) first: Vec<u32>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) points: Vec<Fixed>,
}

/// What a link is, from end to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Open only to those whose trip starts or ends there, by its tags or because no other road leads there and back.
    pub(crate) ends_only: bool,
    pub(crate) ferry: bool,
}

/// A straight piece of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
        Cost::new(millis, self.decimetres(), 0)
    }

    fn decimetres(self) -> u32 {
        self.length.saturating_add(5) / 10
    }

    /// What pieces of a link cost one after the other, forward and backward; without a meaning where that is closed.
    pub(crate) fn costs(pieces: &[Piece]) -> [Cost; 2] {
        let [mut forward, mut backward, mut decimetres] = [0u64; 3];
        for piece in pieces {
            forward += u64::from(piece.forward);
            backward += u64::from(piece.backward);
            decimetres += u64::from(piece.decimetres());
        }
        [forward, backward].map(|millis| Cost::of_sums(millis, decimetres))
    }

    /// Whether it may be driven in the direction of a course of the link that it belongs to.
    fn is_open(self, course: Course) -> bool {
        (if course.is_forward() { self.forward } else { self.backward }) != CLOSED
    }

    pub(crate) fn reversed(self) -> Piece {
        Piece { forward: self.backward, backward: self.forward, ..self }
    }
}

impl Default for Links {
    /// No links.
    fn default() -> Links {
        Links::with_capacity(0, 0)
    }
}

impl Links {
    /// No links, with room for so many, and so many pieces in all.
    fn with_capacity(links: usize, pieces: usize) -> Links {
        let mut first = Vec::with_capacity(links + 1);
        first.push(0);
        Links {
            ends: Vec::with_capacity(links),
            kinds: Vec::with_capacity(links),
            first,
            pieces: Vec::with_capacity(pieces),
            points: Vec::with_capacity(pieces + links),
        }
    }

    pub(crate) fn pieces(&self, link: u32) -> &[Piece] {
        let link = link as usize;
        &self.pieces[self.first[link] as usize..self.first[link + 1] as usize]
    }

    /// One more than the pieces.
    pub(crate) fn points(&self, link: u32) -> &[Fixed] {
        let link = link as usize;
        &self.points[self.first[link] as usize + link..=self.first[link + 1] as usize + link]
    }

    /// Whether a road that is open to all meets each junction.
    fn public_junctions(&self, junctions: u32) -> Vec<bool> {
        let mut public = vec![false; junctions as usize];
        for (ends, kind) in self.ends.iter().zip(&self.kinds) {
            for &end in ends {
                public[end as usize] |= !kind.ends_only;
            }
        }
        public
    }

    /// Whether a course may be driven.
    pub(crate) fn is_open(&self, course: Course) -> bool {
        // All pieces of a link agree.
        self.pieces[self.first[course.link() as usize] as usize].is_open(course)
    }
}

impl RoadNetwork {
    /// Reads the drivable roads of an OpenStreetMap extract (`.osm.pbf`).
    ///
    /// # Errors
    /// The file cannot be read, is cut short, damaged, or of a form that is not supported; it holds no road that the
    /// profile may drive; the watch was cancelled. The error names the file,
    /// where in it, and the remedy.
    pub fn read(path: &Path, profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
        RoadNetwork::read_all(&[path], profile, watch)
    }

    /// Reads several extracts as one map: what they share, as neighbouring regions do at their border, counts once, by
    /// its OpenStreetMap id. Their order matters only where they contradict each other, being of different dates: of an
    /// element that several know the first one's counts.
    ///
    /// # Errors
    /// As for [`RoadNetwork::read`]; that there is no road when no extract is given.
    pub fn read_all(paths: &[&Path], profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
        // On a thread of the pool from the start: work that is shared and work that is not take turns many times, and
        // would pass from one core's cache to another's each time.
        rayon::scope(|_| RoadNetwork::of_extracts(paths, profile, watch))
    }

    fn of_extracts(paths: &[&Path], profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
        let mut extract = Extract::read(paths, profile, watch)?;
        let strands = Strands::of_extract(&extract);
        // What comes next takes its memory.
        extract.positions = Vec::new();
        let built_up = BuiltUp::new(&extract, &strands.points, &profile.built_up);
        let draw = |extract: &Extract, strands: &Strands, chains: &mut Chains| {
            Drawing::new(extract, strands, built_up).draw(chains)
        };
        let turns = profile.turns();
        let network =
            RoadNetwork::assemble(extract, strands, draw, &turns, watch).map_err(|kind| match paths {
                [path] => Error::of_file(path, kind),
                _ => Error::new(kind),
            })?;
        Ok(RoadNetwork { origin: Origin::new(profile, paths), ..network })
    }

    /// A network drawn in memory.
    pub fn builder() -> NetworkBuilder {
        NetworkBuilder::default()
    }

    /// The network of the strands of an extract, which `draw` draws.
    fn assemble(
        mut extract: Extract,
        mut strands: Strands,
        draw: impl FnOnce(&Extract, &Strands, &mut Chains),
        turns: &Turns,
        watch: &Watch<'_>,
    ) -> Result<RoadNetwork, ErrorKind> {
        const STEPS: u64 = 3;
        let step = |done| match watch.is_cancelled() {
            true => Err(ErrorKind::Cancelled),
            false => {
                watch.step(Phase::Build, done, STEPS);
                Ok(())
            }
        };
        step(0)?;
        let missing_nodes = strands.missing_nodes;
        let winter = std::mem::take(&mut extract.winter);
        let mut chains = chains::chains(&mut strands)?;
        draw(&extract, &strands, &mut chains);
        step(1)?;
        let Forbidden { sequences, restrictions } = Forbidden::new(&extract, &strands, &chains);
        drop(strands);
        let Chains { mut links, nodes, .. } = chains;
        let junctions = nodes.len() as u32;
        drop(extract);
        let sums = links.sums();
        let (mut streets, private) = Streets::new(&links, &sums.costs, junctions, &sequences, turns);
        let usable = component::join(&mut streets, &private, &mut links, &sums.centimetres).ok_or_else(
            || match &sums.centimetres[..] {
                [] => ErrorKind::NoRoads,
                roads => ErrorKind::NoWayBack { metres: roads.iter().sum::<u64>() / 100 },
            },
        )?;
        drop(private);
        step(2)?;
        let summary =
            Summary { restrictions, missing_nodes, winter, ..Summary::of(&links, &sums, &usable, junctions) };
        drop(sums);
        let index = Index::new(&links, &usable);
        step(3)?;
        let is_public = links.public_junctions(junctions);
        Ok(RoadNetwork {
            links,
            streets,
            index,
            is_public,
            hierarchy: OnceLock::new(),
            summary,
            origin: Origin::default(),
        })
    }

    /// Size of the network and what was left out of it.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The point of the network nearest to a position.
    ///
    /// # Errors
    /// There is none within `limit`, or the position is not one on earth.
    pub fn snap(&self, position: Position, limit: Metres) -> Result<Snap, NoRoad> {
        self.index.snap(&self.links, position, limit)
    }
}

impl Summary {
    fn of(links: &Links, sums: &Sums, usable: &[bool], junctions: u32) -> Summary {
        let mut summary = Summary::default();
        let [mut inside, mut outside, mut ends_only] = [0, 0, 0];
        let mut met = vec![false; junctions as usize];
        for (link, &usable) in (0..).zip(usable) {
            let kind = links.kinds[link as usize];
            if kind.ferry {
                summary.ferries += u64::from(usable);
                continue;
            }
            let length = sums.centimetres[link as usize];
            if !usable {
                outside += length;
                continue;
            }
            inside += length;
            ends_only += if kind.ends_only { length } else { 0 };
            let courses = [Course::forward(link), Course::backward(link)];
            summary.arcs += courses.into_iter().filter(|&course| sums.is_open(course)).count() as u64;
            for end in links.ends[link as usize] {
                summary.junctions += u64::from(!std::mem::replace(&mut met[end as usize], true));
            }
        }
        [summary.metres, summary.metres_left_out, summary.metres_ends_only] =
            [inside, outside, ends_only].map(|centimetres| centimetres / 100);
        summary
    }
}
