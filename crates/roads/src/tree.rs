//! The link nearest to a point, of many.
//!
//! A tree of boxes in three dimensions, where poles and the 180th meridian are places like any other. Its leaves are
//! runs of a few pieces of a link, for the box around a winding road holds much that is far from it. Along a curve that
//! fills the map, sixteen runs that follow one another share a node, sixteen nodes the next one, up to a single root.
//! Such a packed tree is built in one pass, and saved as it is.

use rayon::prelude::*;

use crate::error::ErrorKind;
use crate::file::{Reader, Row, Section, damaged};
use crate::nearest::{Foot, Search};
use crate::network::{Links, curve};
use crate::sphere::{Fixed, Nearby};

/// Children of a node.
const FAN: usize = 16;

/// The most pieces of a run.
const RUN: usize = 8;

/// More than an f32 loses at the earth's radius (a quarter of a metre an axis, in the box and in the query): boxes
/// grow by it, so that none is ever further than what it holds.
const BOX_MARGIN: f64 = 2.0;

/// Finds the nearest of some links.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The runs of the links that can be found: the link, and the first of at most [`RUN`] pieces.
    runs: Vec<[u32; 2]>,
    /// The boxes of the runs, [`FAN`] at a time, then those of these nodes, and so on; the root is last.
    nodes: Vec<Node>,
    /// Where each level starts in `nodes`, from the runs up.
    levels: Vec<usize>,
}

/// The boxes of the children of a node, in metres from the earth's centre: by axis, then by child, so that the
/// compiler can compare several at once. What is beyond the last child is [`NOWHERE`].
#[derive(Clone, Copy, Debug)]
struct Node {
    low: [[f32; FAN]; 3],
    high: [[f32; FAN]; 3],
}

/// Far from the earth, in metres; and yet its square is a number.
const NOWHERE: f32 = 1e18;

/// A box around something.
#[derive(Clone, Copy, Debug)]
struct Around {
    low: [f32; 3],
    high: [f32; 3],
}

impl Tree {
    /// A tree of some of the links.
    pub(crate) fn new(links: &Links, found: Vec<u32>) -> Tree {
        let runs_of = |&link: &u32| links.pieces(link).len().div_ceil(RUN);
        let mut placed: Vec<(u64, [u32; 2])> = Vec::with_capacity(found.iter().map(runs_of).sum());
        for link in found {
            for piece in (0..links.pieces(link).len() as u32).step_by(RUN) {
                let line = line(links, [link, piece]);
                placed.push((curve::along(line[line.len() / 2]), [link, piece]));
            }
        }
        placed.sort_unstable();
        let runs: Vec<[u32; 2]> = placed.into_iter().map(|(_, run)| run).collect();
        let levels = levels(runs.len());
        let mut nodes = Vec::with_capacity(levels.last().map_or(0, |root| root + 1));
        nodes.par_extend(runs.par_chunks(FAN).map(|runs| {
            let near = Nearby::new(line(links, runs[0])[0].position());
            Node::new(runs.iter().map(|&run| Around::line(line(links, run), &near)))
        }));
        for level in levels.windows(2) {
            let below = &nodes[level[0]..level[1]];
            let above: Vec<Node> =
                below.chunks(FAN).map(|children| Node::new(children.iter().map(Node::around))).collect();
            nodes.extend(above);
        }
        Tree { runs, nodes, levels }
    }

    /// Its arrays in a file, under this name.
    pub(crate) fn sections(&self, name: &str) -> [Section<'_>; 2] {
        [Section::new(format!("{name}.runs"), &self.runs), Section::new(format!("{name}.boxes"), &self.nodes)]
    }

    /// The tree of that name, of some of these links.
    pub(crate) fn load(file: &mut Reader<'_>, name: &str, all: &Links) -> Result<Tree, ErrorKind> {
        let runs: Vec<[u32; 2]> = file.array(&format!("{name}.runs"))?;
        let nodes: Vec<Node> = file.array(&format!("{name}.boxes"))?;
        let levels = levels(runs.len());
        let expected = levels.last().map_or(0, |root| root + usize::from(!runs.is_empty()));
        let is_there = |&[link, piece]: &[u32; 2]| {
            (link as usize) < all.ends.len() && (piece as usize) < all.pieces(link).len()
        };
        if nodes.len() != expected || !runs.iter().all(is_there) {
            return Err(damaged(name));
        }
        Ok(Tree { runs, nodes, levels })
    }

    /// The point of a link nearest to another; None when there is no link. Of points equally near, the first in the
    /// numbering of links counts.
    pub(crate) fn nearest(&self, links: &Links, query: &Nearby) -> Option<Foot> {
        let mut search = Search::new(query);
        let near = query.point.0.map(|metres| metres as f32);
        let mut open: Vec<Open> = Vec::with_capacity(FAN);
        open.extend(self.open(self.levels.len() - 1, 0, near));
        // Of equally near ones the last, which is furthest down. Once the nearest is too far away, all are.
        while let Some(nearest) = open.iter_mut().rev().min_by_key(|open| open.least.to_bits() / FAN as u32)
            && nearest.least <= search.most_squared
        {
            let place = nearest.take();
            match nearest.level.checked_sub(1) {
                Some(below) => open.extend(self.open(below, place, near)),
                None => {
                    if let Some(&[link, first]) = self.runs.get(place) {
                        search.try_line(link, first, line(links, [link, first]));
                    }
                }
            }
        }
        search.best
    }

    fn open(&self, level: usize, place: usize, near: [f32; 3]) -> Option<Open> {
        let node = self.nodes.get(self.levels[level] + place)?;
        let keys = keys(node.distances_squared(near));
        Some(Open { level, place, keys, least: least(&keys) })
    }
}

/// A node whose children are looked at.
struct Open {
    level: usize,
    place: usize,
    /// Infinite for the children that were taken.
    keys: [f32; FAN],
    /// The least key.
    least: f32,
}

impl Open {
    /// Takes the nearest child; its place in the level below.
    fn take(&mut self) -> usize {
        let child = self.least.to_bits() as usize % FAN;
        self.keys[child] = f32::INFINITY;
        self.least = least(&self.keys);
        self.place * FAN + child
    }
}

/// Squared distances that tell which child they are of: its number takes the place of their last bits, so that they
/// tell some millionths more or less.
fn keys(distances: [f32; FAN]) -> [f32; FAN] {
    let mut keys = distances;
    for (child, key) in (0..).zip(&mut keys) {
        *key = f32::from_bits(key.to_bits() & !(FAN as u32 - 1) | child);
    }
    keys
}

/// The least key.
fn least(keys: &[f32; FAN]) -> f32 {
    let lesser = |one: f32, other: f32| if one < other { one } else { other };
    // Side by side, so that the compiler can compare several at once.
    let mut least = [0.0; FAN / 4];
    for (k, least) in least.iter_mut().enumerate() {
        *least = lesser(lesser(keys[k], keys[k + 4]), lesser(keys[k + 8], keys[k + 12]));
    }
    lesser(lesser(least[0], least[1]), lesser(least[2], least[3]))
}

/// The points of a run.
fn line(links: &Links, [link, first]: [u32; 2]) -> &[Fixed] {
    let points = &links.points(link)[first as usize..];
    &points[..points.len().min(RUN + 1)]
}

/// Where each level of a tree over so many runs starts, from the runs up; the last is the root.
fn levels(runs: usize) -> Vec<usize> {
    let mut levels = vec![0];
    let (mut start, mut count) = (0, runs.div_ceil(FAN));
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
        let mut node = Node { low: [[NOWHERE; FAN]; 3], high: [[-NOWHERE; FAN]; 3] };
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
                let [below, above] = [low - here, here - high];
                // As `max` of numbers that are all numbers, in one instruction.
                let outside = if below > above { below } else { above };
                let outside = if outside > 0.0 { outside } else { 0.0 };
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
    /// The box around a line over the surface, of one piece at least.
    fn line(points: &[Fixed], near: &Nearby) -> Around {
        let (mut low, mut high) = ([f64::MAX; 3], [f64::MIN; 3]);
        let mut last = near.point_at(points[0]);
        for point in points[1..].iter().map(|&point| near.point_at(point)) {
            let margin = BOX_MARGIN + last.rise(point);
            for axis in 0..3 {
                let (one, other) = (last.0[axis], point.0[axis]);
                low[axis] = lesser(low[axis], lesser(one, other) - margin);
                high[axis] = greater(high[axis], greater(one, other) + margin);
            }
            last = point;
        }
        Around { low: low.map(|metres| metres as f32), high: high.map(|metres| metres as f32) }
    }
}

/// As `min` of numbers that are all numbers, in one instruction.
fn lesser(one: f64, other: f64) -> f64 {
    if one < other { one } else { other }
}

/// As `max` of numbers that are all numbers, in one instruction.
fn greater(one: f64, other: f64) -> f64 {
    if one > other { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Links, Piece};
    use crate::random::Random;
    use crate::units::Position;

    /// The nearest point of each piece of a link.
    fn feet<'a>(links: &'a Links, link: u32, query: &'a Nearby) -> impl Iterator<Item = Foot> + 'a {
        let ends = links.points(link).windows(2).enumerate();
        ends.map(move |(piece, ends)| {
            Foot::new(link, piece as u32, [0, 1].map(|k| query.point_at(ends[k])), query.point)
        })
    }

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
                let found = tree.nearest(&links, &query).unwrap();
                assert_eq!(found, expected, "seed {seed}, {lat} {lon}");
            }
        }
    }

    #[test]
    fn at_a_node_where_links_meet_the_first_of_them_counts() {
        for (lat, lon) in [(47.0, 2.0), (-17.0, 180.0), (89.99, -40.0), (0.0, 0.0)] {
            let centre = Fixed { lat: (lat * 1e7) as i32, lon: (lon * 1e7) as i32 };
            let mut random = Random(7);
            let mut links = drawing(&mut random, lat, lon, 200);
            let mut meeting: Vec<u32> = (0..5).map(|_| random.below(200)).collect();
            for &link in &meeting {
                let start = links.first[link as usize] as usize + link as usize;
                links.points[start] = centre;
            }
            meeting.sort_unstable();
            let tree = Tree::new(&links, (0..200).collect());
            let found = tree.nearest(&links, &Nearby::new(centre.position())).unwrap();
            assert_eq!((found.link, found.piece, found.share), (meeting[0], 0, 0.0), "{lat} {lon}");
        }
    }

    #[test]
    fn among_no_links_none_is_found() {
        let links = Links::default();
        assert_eq!(
            Tree::new(&links, Vec::new()).nearest(&links, &Nearby::new(Position { lat: 1.0, lon: 1.0 })),
            None
        );
    }
}
