//! From a position anywhere to the nearest point of the network.

use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::file::{Reader, Section};
use crate::nearest::Foot;
use crate::network::{Course, Links, Piece};
use crate::sphere::{Fixed, Nearby};
use crate::tree::Tree;
use crate::units::{Metres, Position};

/// The distance beyond which a place counts as off the roads, unless another is asked for.
pub const SNAP_LIMIT: Metres = Metres(2000.0);

/// Nearer to a junction than coordinates can tell, a point stands at it: all its roads can be taken at once.
const AT_A_JUNCTION: Metres = Metres(0.005);

/// A point of the network that stands for a position. What lies between the two costs no time; its length is
/// [`distance`](Snap::distance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The point on the road.
    pub position: Position,
    /// From the position asked for to that point, as the crow flies.
    pub distance: Metres,
    pub(crate) anchor: Anchor,
}

/// Why a position has no point on the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoRoad {
    /// How far the nearest road is that can be both left and reached; None when the position is not one on earth.
    pub nearest: Option<Metres>,
    /// How far a road is that lies within the limit and cannot be both left and reached, on an island for example.
    pub isolated: Option<Metres>,
    /// How far it may be.
    pub limit: Metres,
}

/// What a point of the network is to the search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Anchor {
    /// A junction: all its roads can be taken at once.
    Junction(u32),
    /// Somewhere along a link.
    Along(Along),
}

/// A point of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Along {
    pub(crate) link: u32,
    /// Its piece, and how far along that, 0 to 1.
    pub(crate) piece: u32,
    pub(crate) share: f64,
}

/// The cost of a course before and after a point of it, in the order of driving.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Split {
    pub(crate) before: Cost,
    pub(crate) after: Cost,
}

/// A point of a link, and what the link costs before and after it: forward, then backward; None where it is closed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    along: Along,
    splits: [Option<Split>; 2],
}

/// The same as an [`Anchor`], with what the link costs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot {
    Junction(u32),
    Along(Cut),
}

impl Along {
    pub(crate) fn cut(self, links: &Links) -> Cut {
        let pieces = links.pieces(self.link);
        let piece = self.piece as usize;
        let [before, after] = [&pieces[..piece], &pieces[piece + 1..]].map(Piece::costs);
        let split = |way: usize, here: Option<Cost>| {
            let here = here?;
            let part = here.share(self.share);
            let before: Cost = [before[way], part].into_iter().sum();
            let after: Cost = [here.minus(part), after[way]].into_iter().sum();
            Some(Split { before, after })
        };
        let here = pieces[piece];
        let turned = |Split { before, after }| Split { before: after, after: before };
        Cut {
            along: self,
            splits: [split(0, here.forward_cost()), split(1, here.backward_cost()).map(turned)],
        }
    }
}

impl Cut {
    pub(crate) fn along(&self) -> Along {
        self.along
    }

    /// The open courses of the link, each cut at the point.
    pub(crate) fn splits(self) -> impl Iterator<Item = (Course, Split)> {
        let courses = [Course::forward(self.along.link), Course::backward(self.along.link)];
        courses.into_iter().zip(self.splits).filter_map(|(course, split)| Some((course, split?)))
    }

    /// The cost of driving to another point of the same link without leaving it, where that is possible.
    pub(crate) fn direct(&self, to: &Cut) -> Option<Cost> {
        let place = |cut: &Cut| (cut.along.piece, cut.along.share);
        let way = |open: bool, course: usize| {
            open.then_some(to.splits[course]?.before.minus(self.splits[course]?.before))
        };
        let ways = [way(place(self) <= place(to), 0), way(place(self) >= place(to), 1)];
        ways.into_iter().flatten().min()
    }
}

impl Anchor {
    pub(crate) fn spot(&self, links: &Links) -> Spot {
        match self {
            Anchor::Junction(junction) => Spot::Junction(*junction),
            Anchor::Along(along) => Spot::Along(along.cut(links)),
        }
    }

    /// The cost of driving to another point of the same link without leaving it, where that is possible.
    pub(crate) fn direct(&self, to: &Anchor, links: &Links) -> Option<Cost> {
        match (self, to) {
            (Anchor::Along(here), Anchor::Along(there)) if here.link == there.link => {
                here.cut(links).direct(&there.cut(links))
            }
            _ => None,
        }
    }
}

/// Finds the nearest link.
#[derive(Debug)]
pub(crate) struct Index {
    /// Those that can be both left and reached.
    usable: Tree,
    /// The others, to tell why a point is not on a road that it lies at.
    left_out: Tree,
}

impl Index {
    /// Of all links but ferries; `usable` tells which can be both left and reached.
    pub(crate) fn new(links: &Links, usable: &[bool]) -> Index {
        let tree = |wanted: bool| {
            let is_wanted =
                |link: &u32| usable[*link as usize] == wanted && !links.kinds[*link as usize].ferry;
            Tree::new(links, (0..links.ends.len() as u32).filter(is_wanted).collect())
        };
        Index { usable: tree(true), left_out: tree(false) }
    }

    pub(crate) fn sections(&self) -> Vec<Section<'_>> {
        self.usable
            .sections("index.usable")
            .into_iter()
            .chain(self.left_out.sections("index.left_out"))
            .collect()
    }

    pub(crate) fn load(file: &mut Reader<'_>, links: &Links) -> Result<Index, ErrorKind> {
        let usable = Tree::load(file, "index.usable", links)?;
        Ok(Index { usable, left_out: Tree::load(file, "index.left_out", links)? })
    }

    pub(crate) fn snap(&self, links: &Links, position: Position, limit: Metres) -> Result<Snap, NoRoad> {
        let Some(position) = Position::new(position.lat, position.lon) else {
            return Err(NoRoad { nearest: None, isolated: None, limit });
        };
        let query = Nearby::new(position);
        let nearest = |tree: &Tree| {
            let foot = tree.nearest(links, &query)?;
            Some((foot, foot.point.distance(query.point)))
        };
        match nearest(&self.usable) {
            Some((foot, distance)) if distance <= limit => Ok(foot.snap(links, &query, distance)),
            foot => {
                let isolated = nearest(&self.left_out).map(|(_, distance)| distance);
                Err(NoRoad {
                    nearest: foot.map(|(_, distance)| distance),
                    isolated: isolated.filter(|distance| *distance <= limit),
                    limit,
                })
            }
        }
    }
}

impl Foot {
    fn snap(&self, links: &Links, query: &Nearby, distance: Metres) -> Snap {
        let points = links.points(self.link);
        let [start, end] = links.ends[self.link as usize];
        let near = |point: Fixed| self.point.distance(query.point_at(point)) < AT_A_JUNCTION;
        let (first, last) = (points[0], points[points.len() - 1]);
        let (anchor, position) = if near(first) {
            (Anchor::Junction(start), first.position())
        } else if near(last) {
            (Anchor::Junction(end), last.position())
        } else {
            let along = Along { link: self.link, piece: self.piece, share: self.share };
            // The ends of a piece are known exactly.
            let position = match self.share {
                0.0 => points[self.piece as usize].position(),
                1.0 => points[self.piece as usize + 1].position(),
                _ => self.point.position(),
            };
            (Anchor::Along(along), position)
        };
        Snap { position, distance, anchor }
    }
}
