//! The link nearest to a point, of many.
//!
//! A tree of boxes in three dimensions, where poles and the 180th meridian are places like any other. Sixteen links
//! that follow one another share a node, sixteen nodes the next one, up to a single root: near links have near
//! numbers. Such a packed tree is built in one pass, and saved as it is.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::error::ErrorKind;
use crate::file::{Reader, Row, Section, damaged};
use crate::network::Links;
use crate::sphere::{Fixed, Nearby, Point};
use crate::units::Position;

/// Children of a node.
const FAN: usize = 16;

/// More than an f32 loses at the earth's radius (a quarter of a metre an axis, in the box and in the query): boxes
/// grow by it, so that none is ever further than what it holds.
const BOX_MARGIN: f64 = 2.0;

/// Finds the nearest of some links.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The links that can be found.
    links: Vec<u32>,
    /// The boxes of the links, [`FAN`] at a time, then those of these nodes, and so on; the root is last.
    nodes: Vec<Node>,
    /// Where each level starts in `nodes`, from the links up.
    levels: Vec<usize>,
}

/// The boxes of the children of a node, in metres from the earth's centre: by axis, then by child, so that the
/// compiler can compare several at once. What is beyond the last child is nowhere.
#[derive(Clone, Copy, Debug)]
struct Node {
    low: [[f32; FAN]; 3],
    high: [[f32; FAN]; 3],
}

/// A box around something.
#[derive(Clone, Copy, Debug)]
struct Around {
    low: [f32; 3],
    high: [f32; 3],
}

/// The nearest point of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Foot {
    pub(crate) link: u32,
    pub(crate) piece: u32,
    /// How far along the piece, 0 to 1.
    pub(crate) share: f64,
    pub(crate) point: Point,
    /// Squared, in metres, along the straight line through the earth.
    chord_squared: f64,
}

impl Tree {
    /// A tree of some of the links.
    pub(crate) fn new(links: &Links, found: Vec<u32>) -> Tree {
        let mut nodes: Vec<Node> = found
            .par_chunks(FAN)
            .map(|found| {
                let near = Nearby::new(links.points(found[0])[0].position());
                Node::new(found.iter().map(|&link| Around::line(links.points(link), &near)))
            })
            .collect();
        let levels = levels(found.len());
        for level in levels.windows(2) {
            let below = &nodes[level[0]..level[1]];
            let above: Vec<Node> =
                below.chunks(FAN).map(|children| Node::new(children.iter().map(Node::around))).collect();
            nodes.extend(above);
        }
        Tree { links: found, nodes, levels }
    }

    /// Its arrays in a file, under this name.
    pub(crate) fn sections(&self, name: &str) -> [Section<'_>; 2] {
        [
            Section::new(format!("{name}.links"), &self.links),
            Section::new(format!("{name}.boxes"), &self.nodes),
        ]
    }

    /// The tree of that name, of some of these links.
    pub(crate) fn load(file: &mut Reader<'_>, name: &str, all: &Links) -> Result<Tree, ErrorKind> {
        let links: Vec<u32> = file.array(&format!("{name}.links"))?;
        let nodes: Vec<Node> = file.array(&format!("{name}.boxes"))?;
        let levels = levels(links.len());
        let expected = levels.last().map_or(0, |root| root + usize::from(!links.is_empty()));
        if nodes.len() != expected || links.iter().any(|&link| link as usize >= all.ends.len()) {
            return Err(damaged(name));
        }
        Ok(Tree { links, nodes, levels })
    }

    /// The point of a link nearest to another; None when there is no link. Of points equally near, the first in the
    /// numbering of links counts.
    pub(crate) fn nearest(&self, links: &Links, query: Position) -> Option<Foot> {
        let query = Nearby::new(query);
        let near = query.point.0.map(|metres| metres as f32);
        // A first guess keeps nearly everything out of the queue.
        let mut best = self.guess(links, &query, near);
        // By distance squared: the bits of a float above zero are in its order. Then level and place in it.
        let mut queue = BinaryHeap::with_capacity(4 * FAN);
        queue.push(Reverse((0u32, self.levels.len(), 0usize)));
        while let Some(Reverse((distance, level, place))) = queue.pop() {
            // None behind can hold a nearer point.
            if best.is_some_and(|best| f64::from(f32::from_bits(distance)) > best.chord_squared) {
                break;
            }
            let Some(below) = level.checked_sub(1) else {
                best = best.into_iter().chain(self.feet(place, links, &query)).min_by(Foot::order);
                continue;
            };
            let Some(node) = self.nodes.get(self.levels[below] + place) else { continue };
            let most = best.map_or(f32::MAX, |best| best.chord_squared as f32 * 1.001);
            for (child, &distance) in node.distances_squared(near).iter().enumerate() {
                if distance <= most {
                    queue.push(Reverse((distance.to_bits(), below, place * FAN + child)));
                }
            }
        }
        best
    }

    /// A point of the link whose box, and those around it, are nearest at each level; None when there is no link.
    fn guess(&self, links: &Links, query: &Nearby, near: [f32; 3]) -> Option<Foot> {
        let mut place = 0;
        for &level in self.levels.iter().rev() {
            let distances = self.nodes.get(level + place)?.distances_squared(near);
            let (child, _) = distances.iter().enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
            place = place * FAN + child;
        }
        self.feet(place, links, query).min_by(Foot::order)
    }

    /// The nearest point of each piece of the link at a place; of none when there is no such place.
    fn feet(&self, place: usize, links: &Links, query: &Nearby) -> impl Iterator<Item = Foot> {
        self.links.get(place).into_iter().flat_map(|&link| feet(links, link, query))
    }
}

/// Where each level of a tree over so many links starts, from the links up; the last is the root.
fn levels(links: usize) -> Vec<usize> {
    let mut levels = vec![0];
    let (mut start, mut count) = (0, links.div_ceil(FAN));
    while count > 1 {
        start += count;
        levels.push(start);
        count = count.div_ceil(FAN);
    }
    levels
}

impl Node {
    /// A node of at most [`FAN`] children.
    fn new(children: impl Iterator<Item = Around>) -> Node {
        let mut node = Node { low: [[f32::INFINITY; FAN]; 3], high: [[f32::NEG_INFINITY; FAN]; 3] };
        for (child, around) in children.enumerate() {
            for axis in 0..3 {
                node.low[axis][child] = around.low[axis];
                node.high[axis][child] = around.high[axis];
            }
        }
        node
    }

    fn around(&self) -> Around {
        Around {
            low: self.low.map(|low| low.into_iter().fold(f32::INFINITY, f32::min)),
            high: self.high.map(|high| high.into_iter().fold(f32::NEG_INFINITY, f32::max)),
        }
    }

    /// The squared distance from a point to the box of each child.
    fn distances_squared(&self, point: [f32; 3]) -> [f32; FAN] {
        let mut squared = [0.0; FAN];
        for ((low, high), here) in self.low.iter().zip(&self.high).zip(point) {
            for ((squared, low), high) in squared.iter_mut().zip(low).zip(high) {
                let outside = (low - here).max(here - high).max(0.0);
                *squared += outside * outside;
            }
        }
        squared
    }
}

impl Row for Node {
    type Numbers = [f32; 6 * FAN];

    fn numbers(self) -> [f32; 6 * FAN] {
        let [low, high] = [self.low.as_flattened(), self.high.as_flattened()];
        std::array::from_fn(|k| if k < 3 * FAN { low[k] } else { high[k - 3 * FAN] })
    }

    fn of_numbers(numbers: [f32; 6 * FAN]) -> Node {
        let part = |half: usize| {
            std::array::from_fn(|axis| std::array::from_fn(|child| numbers[(3 * half + axis) * FAN + child]))
        };
        Node { low: part(0), high: part(1) }
    }
}

impl Around {
    /// The box around a line over the surface.
    fn line(points: &[Fixed], near: &Nearby) -> Around {
        let (mut low, mut high) = ([f64::MAX; 3], [f64::MIN; 3]);
        let mut last = near.point_at(points[0]);
        for point in points.iter().map(|&point| near.point_at(point)) {
            let margin = BOX_MARGIN + last.rise(point);
            for end in [last, point] {
                low = [0, 1, 2].map(|axis| low[axis].min(end.0[axis] - margin));
                high = [0, 1, 2].map(|axis| high[axis].max(end.0[axis] + margin));
            }
            last = point;
        }
        Around { low: low.map(|metres| metres as f32), high: high.map(|metres| metres as f32) }
    }
}

impl Foot {
    /// Nearer ones first, then those of the first link and piece.
    fn order(&self, other: &Foot) -> Ordering {
        (self.chord_squared.total_cmp(&other.chord_squared))
            .then((self.link, self.piece).cmp(&(other.link, other.piece)))
    }
}

/// The nearest point of each piece of a link.
fn feet(links: &Links, link: u32, query: &Nearby) -> impl Iterator<Item = Foot> {
    let points = links.points(link);
    let mut last = query.point_at(points[0]);
    points[1..].iter().enumerate().map(move |(piece, &next)| {
        let next = query.point_at(next);
        let (point, share) = query.point.nearest_between(last, next);
        last = next;
        let chord_squared = query.point.chord_squared(point);
        Foot { link, piece: piece as u32, share, point, chord_squared }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Links, Piece};
    use crate::random::Random;

    /// Lines of up to 12 points, each up to 3 km from the one before, around a place.
    fn drawing(random: &mut Random, lat: f64, lon: f64, count: u32) -> Links {
        let mut links = Links { first: vec![0], ..Links::default() };
        let near = |random: &mut Random, from: Fixed, most: u32| {
            let mut step = || i64::from(random.below(2 * most + 1)) - i64::from(most);
            let lat = (i64::from(from.lat) + step()).clamp(-900_000_000, 900_000_000);
            let lon =
                (i64::from(from.lon) + step() + 5_400_000_000).rem_euclid(3_600_000_000) - 1_800_000_000;
            Fixed { lat: lat as i32, lon: lon as i32 }
        };
        let centre = Fixed { lat: (lat * 1e7) as i32, lon: (lon * 1e7) as i32 };
        for _ in 0..count {
            let mut at = near(random, centre, 3_000_000);
            links.points.push(at);
            for _ in 0..1 + random.below(11) {
                at = near(random, at, 300_000);
                links.points.push(at);
                links.pieces.push(Piece { length: 0, forward: 0, backward: 0 });
            }
            links.ends.push([0, 0]);
            links.first.push(links.pieces.len() as u32);
        }
        links
    }

    #[test]
    fn the_nearest_point_is_that_of_trying_every_link() {
        let places = [(47.0, 2.0), (-17.0, 179.99), (69.9, -179.99), (0.0, 0.0), (89.9, 15.6), (-90.0, 0.0)];
        for seed in 0..120u64 {
            let mut random = Random(seed);
            let (lat, lon) = places[seed as usize % places.len()];
            let count = 1 + random.below(if seed % 10 == 0 { 3000 } else { 60 });
            let links = drawing(&mut random, lat, lon, count);
            let some: Vec<u32> = (0..count).filter(|&link| link == 0 || random.below(5) > 0).collect();
            let tree = Tree::new(&links, some.clone());
            for _ in 0..20 {
                let mut within =
                    |most: f64| most * (f64::from(random.below(1 << 20)) / f64::from(1 << 19) - 1.0);
                let far = if seed % 2 == 0 { 0.4 } else { 20.0 };
                let lat = (lat + within(far)).clamp(-90.0, 90.0);
                let lon = (lon + within(far) + 540.0).rem_euclid(360.0) - 180.0;
                let query = Nearby::new(Position { lat, lon });
                let all = some.iter().flat_map(|&link| feet(&links, link, &query));
                let expected = all.min_by(Foot::order).unwrap();
                let found = tree.nearest(&links, Position { lat, lon }).unwrap();
                assert_eq!(found, expected, "seed {seed}, {lat} {lon}");
            }
        }
    }

    #[test]
    fn among_no_links_none_is_found() {
        let links = Links::default();
        assert_eq!(Tree::new(&links, Vec::new()).nearest(&links, Position { lat: 1.0, lon: 1.0 }), None);
    }
}
