//! From strands to links: nodes where nothing branches off become points of a line.

use super::strands::Strands;
use super::{Course, Links, curve};
use crate::error::ErrorKind;

/// Links between junctions, and where they come from.
pub(super) struct Chains {
    pub(super) links: Links,
    /// The ways of the first and the last strand of each link.
    pub(super) ways: Vec<[u32; 2]>,
    /// The node of each junction.
    pub(super) nodes: Vec<u32>,
}

/// Joins strands to links between junctions. These are numbered along a curve that keeps near ones together.
pub(super) fn chains(strands: &Strands) -> Result<Chains, ErrorKind> {
    let count = strands.strands.len();
    let pieces: usize = strands.strands.iter().map(|strand| strand.pieces as usize).sum();
    if pieces > u32::MAX as usize / 4 {
        return Err(ErrorKind::TooLarge { what: "segments", count: pieces as u64 });
    }
    let web = Web::new(strands);
    let corners = 0..strands.corners.len() as u32;
    let mut joiner = Joiner {
        is_junction: corners.clone().map(|corner| web.is_junction(corner)).collect(),
        used: vec![false; count],
        corners: Vec::new(),
        links: Links::with_capacity(count, pieces),
        ways: Vec::with_capacity(count),
        web,
    };
    for corner in joiner.junctions() {
        joiner.join_from(corner);
    }
    // What is left are rings that touch nothing: each starts at its first corner.
    for corner in corners {
        if joiner.is_open(corner) {
            joiner.join_from(corner);
        }
    }
    Ok(joiner.finish())
}

/// Which strands meet at each corner.
struct Web<'a> {
    strands: &'a Strands,
    first: Vec<u32>,
    leaving: Vec<Course>,
}

impl<'a> Web<'a> {
    fn new(strands: &'a Strands) -> Web<'a> {
        let mut first = vec![0u32; strands.corners.len() + 1];
        for &end in strands.strands.iter().flat_map(|strand| &strand.ends) {
            first[end as usize + 1] += 1;
        }
        for corner in 0..strands.corners.len() {
            first[corner + 1] += first[corner];
        }
        let mut next = first.clone();
        let mut leaving = vec![Course(0); 2 * strands.strands.len()];
        let ends = strands.strands.iter().flat_map(|strand| strand.ends);
        for (course, end) in (0..).map(Course).zip(ends) {
            let slot = &mut next[end as usize];
            leaving[*slot as usize] = course;
            *slot += 1;
        }
        Web { strands, first, leaving }
    }

    /// The courses along strands that leave a corner.
    fn leaving(&self, corner: u32) -> &[Course] {
        &self.leaving[self.first[corner as usize] as usize..self.first[corner as usize + 1] as usize]
    }

    /// Whether roads meet or end here, or what the road is changes.
    fn is_junction(&self, corner: u32) -> bool {
        let strands = self.strands;
        match *self.leaving(corner) {
            [] => false,
            [one, other] => {
                let (comes, goes) = (one.reversed(), other);
                let is_open =
                    |course: Course| [course, course.reversed()].map(|course| strands.is_open(course));
                let kind = |course: Course| strands.strands[course.link() as usize].kind;
                let changes = is_open(comes) != is_open(goes) || kind(one) != kind(other);
                (changes && one.link() != other.link())
                    || strands.forced.binary_search(&strands.corners[corner as usize].node).is_ok()
            }
            _ => true,
        }
    }
}

struct Joiner<'a> {
    web: Web<'a>,
    /// Whether a corner is a junction.
    is_junction: Vec<bool>,
    used: Vec<bool>,
    /// The corner of each junction so far.
    corners: Vec<u32>,
    /// With corners in place of junctions.
    links: Links,
    ways: Vec<[u32; 2]>,
}

impl Joiner<'_> {
    /// The corners that are junctions, along the curve.
    fn junctions(&self) -> Vec<u32> {
        let corners =
            (0..).zip(&self.web.strands.corners).filter(|(corner, _)| self.is_junction[*corner as usize]);
        let mut order: Vec<(u64, u32)> =
            corners.map(|(number, corner)| (curve::along(corner.position), number)).collect();
        curve::sort(&mut order);
        order.into_iter().map(|(_, corner)| corner).collect()
    }

    /// Whether a strand that no link has yet leaves a corner.
    fn is_open(&self, corner: u32) -> bool {
        let is_free = |course: &Course| !self.used[course.link() as usize];
        !self.is_junction[corner as usize] && self.web.leaving(corner).iter().any(is_free)
    }

    /// Makes a corner a junction, and adds every link that leaves it and is not there yet.
    fn join_from(&mut self, start: u32) {
        self.corners.push(start);
        for slot in self.web.first[start as usize]..self.web.first[start as usize + 1] {
            let course = self.web.leaving[slot as usize];
            if !self.used[course.link() as usize] {
                self.join(start, course);
            }
        }
    }

    fn join(&mut self, start: u32, first: Course) {
        let strands = self.web.strands;
        let mut course = first;
        self.links.points.push(strands.corners[start as usize].position);
        let end = loop {
            self.used[course.link() as usize] = true;
            self.draw(course);
            let corner = strands.tail(course.reversed());
            if corner == start || self.is_junction[corner as usize] {
                break corner;
            }
            match self.web.leaving(corner).iter().find(|other| other.link() != course.link()) {
                Some(&other) => course = other,
                None => break corner,
            }
        };
        let [one, last] = [first, course].map(|course| strands.strands[course.link() as usize]);
        self.links.finish([start, end], one.kind);
        self.ways.push([one.way, last.way]);
    }

    /// Adds the pieces of a course along a strand, and its points but for the first.
    fn draw(&mut self, course: Course) {
        let strand = self.web.strands.strands[course.link() as usize];
        let (first, last) = (strand.first as usize, (strand.first + strand.pieces) as usize);
        let pieces = &self.web.strands.pieces[first..last];
        let points = &self.web.strands.points[first..=last];
        if course.is_forward() {
            self.links.pieces.extend_from_slice(pieces);
            self.links.points.extend_from_slice(&points[1..]);
        } else {
            self.links.pieces.extend(pieces.iter().rev().map(|piece| piece.reversed()));
            self.links.points.extend(points.iter().rev().skip(1));
        }
    }

    fn finish(self) -> Chains {
        let mut number = vec![0u32; self.is_junction.len()];
        for (junction, &corner) in (0..).zip(&self.corners) {
            number[corner as usize] = junction;
        }
        let mut links = self.links;
        for end in links.ends.iter_mut().flatten() {
            *end = number[*end as usize];
        }
        let corners = &self.web.strands.corners;
        let nodes = self.corners.iter().map(|&corner| corners[corner as usize].node).collect();
        Chains { links, ways: self.ways, nodes }
    }
}
