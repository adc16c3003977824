//! From a position anywhere to the nearest point of the network.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::cost::Cost;
use crate::network::{Course, Links, Piece};
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

impl Along {
    /// The open courses of the link, each cut at the point.
    pub(crate) fn splits(self, links: &Links) -> impl Iterator<Item = (Course, Split)> {
        let pieces = links.pieces(self.link);
        let (before, after) = pieces.split_at(self.piece as usize);
        let split = move |cost: fn(Piece) -> Option<Cost>| {
            let sum = |pieces: &[Piece]| pieces.iter().map(|piece| cost(*piece)).sum::<Option<Cost>>();
            let here = cost(pieces[self.piece as usize])?;
            let part = here.share(self.share);
            let before: Cost = [sum(before)?, part].into_iter().sum();
            let after: Cost = [here.minus(part), sum(&after[1..])?].into_iter().sum();
            Some(Split { before, after })
        };
        let forward = split(Piece::forward_cost).map(|split| (Course::forward(self.link), split));
        let backward = split(Piece::backward_cost).map(|Split { before, after }| {
            (Course::backward(self.link), Split { before: after, after: before })
        });
        forward.into_iter().chain(backward)
    }
}

impl Anchor {
    /// The cost of driving to another point of the same link without leaving it, where that is possible.
    pub(crate) fn direct(&self, to: &Anchor, links: &Links) -> Option<Cost> {
        let (Anchor::Along(here), Anchor::Along(there)) = (self, to) else { return None };
        if here.link != there.link {
            return None;
        }
        let ahead = (here.piece, here.share) <= (there.piece, there.share);
        let behind = (here.piece, here.share) >= (there.piece, there.share);
        let ways = here.splits(links).zip(there.splits(links));
        ways.filter(|((course, _), _)| if course.is_forward() { ahead } else { behind })
            .map(|((_, here), (_, there))| there.before.minus(here.before))
            .min()
    }
}

/// Finds the nearest link.
#[derive(Debug)]
pub(crate) struct Index {
    /// Those that can be both left and reached.
    usable: RTree<Entry>,
    /// The others, to tell why a point is not on a road that it lies at.
    left_out: RTree<Entry>,
}

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
    /// Of all links but ferries; `usable` tells which can be both left and reached.
    pub(crate) fn new(links: &Links, usable: &[bool]) -> Index {
        let tree = |wanted: bool| {
            let entries = (0..links.ends.len() as u32)
                .filter(|&link| usable[link as usize] == wanted && !links.kinds[link as usize].ferry)
                .map(|link| Entry::new(box_around(links.points(link)), link));
            RTree::bulk_load(entries.collect())
        };
        Index { usable: tree(true), left_out: tree(false) }
    }

    pub(crate) fn snap(&self, links: &Links, position: Position, limit: Metres) -> Result<Snap, NoRoad> {
        let Some(position) = Position::new(position.lat, position.lon) else {
            return Err(NoRoad { nearest: None, isolated: None, limit });
        };
        let query = Point::from(position);
        match nearest(&self.usable, links, query) {
            Some(foot) if foot.distance <= limit.0 => Ok(foot.snap(links)),
            foot => {
                let metres = |foot: Foot| Metres(foot.distance);
                let isolated = nearest(&self.left_out, links, query).map(metres);
                Err(NoRoad {
                    nearest: foot.map(metres),
                    isolated: isolated.filter(|distance| *distance <= limit),
                    limit,
                })
            }
        }
    }
}

/// Boxes come in order of distance; none behind the best link so far can hold a nearer one. Of points equally near,
/// the first in the numbering of links counts.
fn nearest(tree: &RTree<Entry>, links: &Links, query: Point) -> Option<Foot> {
    let mut best: Option<Foot> = None;
    for (entry, distance_squared) in tree.nearest_neighbor_iter_with_distance_2(&query.0.map(|d| d as f32)) {
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
            _ => (Anchor::Along(self.along()), self.point.position()),
        };
        Snap { position, distance: Metres(self.distance), anchor }
    }

    fn along(&self) -> Along {
        Along { link: self.link, piece: self.piece, share: self.share }
    }
}
