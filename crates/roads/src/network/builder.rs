//! Networks drawn in memory: for tests, and for roads that come from elsewhere.

use super::segments::{Segment, Segments};
use super::{CLOSED, Piece, RoadNetwork};
use crate::cost::Cost;
use crate::error::Error;
use crate::progress::Watch;
use crate::sphere::Fixed;
use crate::units::{Metres, Millis, Position};

/// A node of a network that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// Draws a network segment by segment.
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
#[derive(Debug, Default)]
pub struct NetworkBuilder {
    segments: Segments,
}

impl NetworkBuilder {
    /// Adds a node; its position is kept to 1e-7 degrees. A coordinate out of range counts as the end of the range,
    /// one that is not a number as 0.
    pub fn node(&mut self, position: Position) -> NodeId {
        let fixed = |degrees: f64, most: f64| (degrees.clamp(-most, most) * 1e7).round() as i32;
        self.segments
            .positions
            .push(Fixed { lat: fixed(position.lat, 90.0), lon: fixed(position.lon, 180.0) });
        NodeId((self.segments.positions.len() - 1) as u32)
    }

    /// Adds a straight road between two nodes of this builder: its length, and its time in either direction, None
    /// where that direction is closed. A road with a node of another builder, or closed both ways, is left out.
    pub fn road(
        &mut self,
        from: NodeId,
        to: NodeId,
        length: Metres,
        there: Option<Millis>,
        back: Option<Millis>,
    ) {
        let nodes = self.segments.positions.len() as u32;
        if from.0 >= nodes || to.0 >= nodes || (there.is_none() && back.is_none()) {
            return;
        }
        let millis = |time: Option<Millis>| time.map_or(CLOSED, |time| time.0.min(Cost::MOST_TIME));
        let length = (length.0 * 100.0).round() as u32;
        let piece = Piece { length, forward: millis(there), backward: millis(back) };
        self.segments.segments.push(Segment { ends: [from.0, to.0], piece });
    }

    /// The network of the main component.
    ///
    /// # Errors
    /// No road leads anywhere and back, or there are too many.
    pub fn build(self) -> Result<RoadNetwork, Error> {
        RoadNetwork::of_segments(self.segments, &Watch::none()).map_err(Error::new)
    }
}
