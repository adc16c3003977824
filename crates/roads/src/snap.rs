//! From a position anywhere to the nearest point of the network.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::cost::Cost;
use crate::network::{Links, Piece};
use crate::sphere::{Fixed, Point};
use crate::units::{Metres, Position};

/// The distance beyond which a place counts as off the roads, unless another is asked for.
pub const SNAP_LIMIT: Metres = Metres(2000.0);

/// More than an f32 loses at the earth's radius (a quarter of a metre an axis, in the box and in the query): boxes
/// grow by it, so that none is ever further than what it holds.
const BOX_MARGIN: f64 = 2.0;

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
    /// How far the nearest road is; None when the position is not one on earth.
    pub nearest: Option<Metres>,
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
    ends: [u32; 2],
    /// Driving from the start of the link to its end, where that is open.
    forward: Option<Split>,
    /// Driving from the end of the link to its start, where that is open.
    backward: Option<Split>,
}

/// The cost of a link before and after a point of it, in the order of driving.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Split {
    before: Cost,
    after: Cost,
}

impl Anchor {
    /// The junctions that can be driven to from here, and at what cost; at most two.
    pub(crate) fn departures(&self) -> impl Iterator<Item = (u32, Cost)> {
        match *self {
            Anchor::Junction(node) => [Some((node, Cost::ZERO)), None],
            Anchor::Along(Along { ends: [start, end], forward, backward, .. }) => {
                [forward.map(|split| (end, split.after)), backward.map(|split| (start, split.after))]
            }
        }
        .into_iter()
        .flatten()
    }

    /// The junctions from which one can drive here, and at what cost; at most two.
    pub(crate) fn arrivals(&self) -> impl Iterator<Item = (u32, Cost)> {
        match *self {
            Anchor::Junction(node) => [Some((node, Cost::ZERO)), None],
            Anchor::Along(Along { ends: [start, end], forward, backward, .. }) => {
                [forward.map(|split| (start, split.before)), backward.map(|split| (end, split.before))]
            }
        }
        .into_iter()
        .flatten()
    }

    /// The cost of driving to another point of the same link without leaving it, where that is possible.
    pub(crate) fn direct(&self, to: &Anchor) -> Option<Cost> {
        let (Anchor::Along(here), Anchor::Along(there)) = (self, to) else { return None };
        if here.link != there.link {
            return None;
        }
        let place = |along: &Along| (along.piece, along.share);
        let ahead = place(here) <= place(there);
        let behind = place(here) >= place(there);
        let along = |open: bool, here: Option<Split>, there: Option<Split>| {
            open.then_some(there?.before.minus(here?.before))
        };
        let ways = [along(ahead, here.forward, there.forward), along(behind, here.backward, there.backward)];
        ways.into_iter().flatten().min()
    }
}

/// Finds the nearest link.
#[derive(Debug)]
pub(crate) struct Index(RTree<Entry>);

/// The box around a link, in metres from the earth's centre, and its number.
type Entry = GeomWithData<Rectangle<[f32; 3]>, u32>;

/// The nearest point of a link.
struct Foot {
    distance: f64,
    link: u32,
    piece: u32,
    share: f64,
    point: Point,
}

impl Index {
    pub(crate) fn new(links: &Links) -> Index {
        let entry = |link: u32| Entry::new(box_around(links.points(link)), link);
        Index(RTree::bulk_load((0..links.ends.len() as u32).map(entry).collect()))
    }

    pub(crate) fn snap(&self, links: &Links, position: Position, limit: Metres) -> Result<Snap, NoRoad> {
        let Some(position) = Position::new(position.lat, position.lon) else {
            return Err(NoRoad { nearest: None, limit });
        };
        match self.nearest(links, Point::from(position)) {
            Some(foot) if foot.distance <= limit.0 => Ok(foot.snap(links)),
            foot => Err(NoRoad { nearest: foot.map(|foot| Metres(foot.distance)), limit }),
        }
    }

    /// Boxes come in order of distance; none behind the best link so far can hold a nearer one. Of points equally
    /// near, the first in the numbering of links counts.
    fn nearest(&self, links: &Links, query: Point) -> Option<Foot> {
        let mut best: Option<Foot> = None;
        for (entry, distance_squared) in
            self.0.nearest_neighbor_iter_with_distance_2(&query.0.map(|d| d as f32))
        {
            if best.as_ref().is_some_and(|best| f64::from(distance_squared).sqrt() > best.distance) {
                break;
            }
            for foot in feet(links, entry.data, query) {
                let key = |foot: &Foot| (foot.distance, foot.link, foot.piece);
                if best.as_ref().is_none_or(|best| key(&foot) < key(best)) {
                    best = Some(foot);
                }
            }
        }
        best
    }
}

/// The nearest point of each piece of a link.
fn feet(links: &Links, link: u32, query: Point) -> impl Iterator<Item = Foot> {
    let points = links.points(link);
    let mut last = points[0].point();
    points[1..].iter().enumerate().map(move |(piece, next)| {
        let next = next.point();
        let (point, share) = query.nearest_between(last, next);
        last = next;
        Foot { distance: query.distance(point).0, link, piece: piece as u32, share, point }
    })
}

fn box_around(points: &[Fixed]) -> Rectangle<[f32; 3]> {
    let (mut low, mut high) = ([f64::MAX; 3], [f64::MIN; 3]);
    let mut last = points[0].point();
    for point in points.iter().map(|point| point.point()) {
        let margin = BOX_MARGIN + last.rise(point);
        for end in [last, point] {
            low = [0, 1, 2].map(|k| low[k].min(end.0[k] - margin));
            high = [0, 1, 2].map(|k| high[k].max(end.0[k] + margin));
        }
        last = point;
    }
    Rectangle::from_aabb(AABB::from_corners(low.map(|d| d as f32), high.map(|d| d as f32)))
}

impl Foot {
    fn snap(&self, links: &Links) -> Snap {
        let points = links.points(self.link);
        let [start, end] = links.ends[self.link as usize];
        let pieces = links.pieces(self.link);
        let last = pieces.len() as u32 - 1;
        let (anchor, position) = match (self.piece, self.share) {
            (0, share) if share <= 0.0 => (Anchor::Junction(start), points[0].position()),
            (piece, share) if piece == last && share >= 1.0 => {
                (Anchor::Junction(end), points[points.len() - 1].position())
            }
            _ => (Anchor::Along(self.along(links)), self.point.position()),
        };
        Snap { position, distance: Metres(self.distance), anchor }
    }

    fn along(&self, links: &Links) -> Along {
        let pieces = links.pieces(self.link);
        let (before, after) = pieces.split_at(self.piece as usize);
        let split = |cost: fn(Piece) -> Option<Cost>| {
            let sum = |pieces: &[Piece]| pieces.iter().map(|piece| cost(*piece)).sum::<Option<Cost>>();
            let here = cost(pieces[self.piece as usize])?;
            let part = here.share(self.share);
            Some((sum(before)?.plus(part), here.minus(part).plus(sum(&after[1..])?)))
        };
        Along {
            link: self.link,
            piece: self.piece,
            share: self.share,
            ends: links.ends[self.link as usize],
            forward: split(Piece::forward_cost).map(|(before, after)| Split { before, after }),
            backward: split(Piece::backward_cost).map(|(after, before)| Split { before, after }),
        }
    }
}
