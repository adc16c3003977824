//! Networks drawn in memory: for tests, and for roads that come from elsewhere.

use super::chains::Chains;
use super::forbidden::turning_nodes;
use super::strands::{Corner, Strand, Strands};
use super::{CLOSED, Kind, Piece, RoadNetwork, Turns};
use crate::cost::Cost;
use crate::error::Error;
use crate::extract::{DrivableWay, Extract, Restriction, Via};
use crate::profile::{Road, Rule};
use crate::progress::Watch;
use crate::sphere::Fixed;
use crate::units::{Metres, Millis, Position};

/// A node of a network that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// A road of a network that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoadId(u32);

/// Draws a network road by road.
///
/// ```
/// use medicobus_roads::{Metres, Millis, Position, RoadNetwork};
///
/// let mut builder = RoadNetwork::builder();
/// let mairie = builder.node(Position { lat: 45.0, lon: 5.0 });
/// let salle_des_fetes = builder.node(Position { lat: 45.01, lon: 5.0 });
/// builder.road(mairie, salle_des_fetes, Metres(1120.0), Some(Millis(70_000)), Some(Millis(75_000)));
/// let network = builder.build()?;
/// assert_eq!(network.summary().arcs, 2);
/// # Ok::<(), medicobus_roads::Error>(())
/// ```
#[derive(Debug)]
pub struct NetworkBuilder {
    positions: Vec<Fixed>,
    roads: Vec<Drawn>,
    restrictions: Vec<Restriction>,
    turns: Turns,
}

/// A straight road between two nodes.
#[derive(Debug)]
struct Drawn {
    ends: [u32; 2],
    piece: Piece,
    kind: Kind,
}

impl Default for NetworkBuilder {
    fn default() -> NetworkBuilder {
        let turns = Turns { sharp_from: 180.0, sharp: Millis::ZERO, u_turn: Millis::ZERO };
        NetworkBuilder { positions: Vec::new(), roads: Vec::new(), restrictions: Vec::new(), turns }
    }
}

impl NetworkBuilder {
    /// Adds a node; its position is kept to 1e-7 degrees. A coordinate out of range counts as the end of the range,
    /// one that is not a number as 0.
    pub fn node(&mut self, position: Position) -> NodeId {
        let fixed = |degrees: f64, most: f64| (degrees.clamp(-most, most) * 1e7).round() as i32;
        self.positions.push(Fixed { lat: fixed(position.lat, 90.0), lon: fixed(position.lon, 180.0) });
        NodeId((self.positions.len() - 1) as u32)
    }

    /// Adds a straight road between two nodes of this builder: its length, and its time in either direction, None
    /// where that direction is closed. A road with a node of another builder counts as one that is closed both ways.
    pub fn road(
        &mut self,
        from: NodeId,
        to: NodeId,
        length: Metres,
        there: Option<Millis>,
        back: Option<Millis>,
    ) -> RoadId {
        let nodes = self.positions.len() as u32;
        let millis = |time: Option<Millis>| match time {
            Some(time) if from.0 < nodes && to.0 < nodes => time.0.min(Cost::MOST_TIME),
            _ => CLOSED,
        };
        let length = (length.0 * 100.0).round() as u32;
        let piece = Piece { length, forward: millis(there), backward: millis(back) };
        self.roads.push(Drawn { ends: [from.0, to.0], piece, kind: Kind::default() });
        RoadId((self.roads.len() - 1) as u32)
    }

    /// Opens a road only to those whose trip starts or ends on it or on others like it. A road of another builder is
    /// left alone.
    pub fn ends_only(&mut self, road: RoadId) {
        if let Some(road) = self.roads.get_mut(road.0 as usize) {
            road.kind.ends_only = true;
        }
    }

    /// Makes a road a ferry: trips that take it say so, and no point is snapped to it.
    pub fn ferry(&mut self, road: RoadId) {
        if let Some(road) = self.roads.get_mut(road.0 as usize) {
            road.kind.ferry = true;
        }
    }

    /// Forbids to turn from one road at a node into another; from a road into itself: to turn back.
    pub fn forbid(&mut self, from: RoadId, at: NodeId, to: RoadId) {
        self.restrict(Rule::No, from, Via::Node(at.0), to);
    }

    /// Forbids to turn from one road at a node into any but one.
    pub fn force(&mut self, from: RoadId, at: NodeId, to: RoadId) {
        self.restrict(Rule::Only, from, Via::Node(at.0), to);
    }

    /// Forbids to drive from one road over others, in their order, into another.
    pub fn forbid_over(&mut self, from: RoadId, over: &[RoadId], to: RoadId) {
        self.restrict(Rule::No, from, Via::Ways(over.iter().map(|road| i64::from(road.0)).collect()), to);
    }

    /// Forbids to drive from one road over others, in their order, into any but one.
    pub fn force_over(&mut self, from: RoadId, over: &[RoadId], to: RoadId) {
        self.restrict(Rule::Only, from, Via::Ways(over.iter().map(|road| i64::from(road.0)).collect()), to);
    }

    fn restrict(&mut self, rule: Rule, from: RoadId, via: Via, to: RoadId) {
        let [from, to] = [from, to].map(|road| vec![i64::from(road.0)]);
        self.restrictions.push(Restriction { rule, from, via, to });
    }

    /// Makes turns cost time: those that change the direction by `sharp_from` degrees (0 to 180) or more, and those
    /// back into the same road around a forbidden or sharp turn.
    pub fn turns(&mut self, sharp_from: f64, sharp: Millis, u_turn: Millis) {
        self.turns = Turns { sharp_from, sharp, u_turn };
    }

    /// The network; see [`RoadNetwork`].
    ///
    /// # Errors
    /// No road leads anywhere and back, or there are too many.
    pub fn build(self) -> Result<RoadNetwork, Error> {
        let way =
            |id: u32| DrivableWay { id: id.into(), kind: 0, length: None, first: 2 * id as usize, nodes: 2 };
        let extract = Extract {
            ways: (0..self.roads.len() as u32).map(way).collect(),
            kinds: vec![Road::default()],
            refs: self.roads.iter().flat_map(|road| road.ends).collect(),
            restrictions: self.restrictions,
            ..Extract::default()
        };
        let corners = (0..).zip(&self.positions).map(|(node, &position)| Corner { node, position });
        let mut strands =
            Strands { corners: corners.collect(), forced: turning_nodes(&extract), ..Strands::default() };
        let is_open = |piece: Piece| piece.forward != CLOSED || piece.backward != CLOSED;
        for (way, road) in (0..).zip(&self.roads).filter(|(_, road)| is_open(road.piece)) {
            let Drawn { ends, piece, kind } = *road;
            let open = [piece.forward != CLOSED, piece.backward != CLOSED];
            strands.strands.push(Strand {
                ends,
                first: strands.points.len() as u32,
                pieces: 1,
                way,
                kind,
                open,
            });
            strands.points.extend(ends.map(|end| self.positions[end as usize]));
        }
        let draw = |_: &Extract, strands: &Strands, chains: &mut Chains| {
            for (number, strand) in (0..).zip(&strands.strands) {
                let points = &strands.points[strand.first as usize..][..2];
                chains.draw(number, &[self.roads[strand.way as usize].piece], points);
            }
        };
        RoadNetwork::assemble(extract, strands, draw, &self.turns, &Watch::none()).map_err(Error::new)
    }
}
