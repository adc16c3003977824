//! From strands to links: nodes where nothing branches off become points of a line.

use super::strands::{Strand, Strands};
use super::{Course, Kind, Links, Piece, curve};
use crate::error::ErrorKind;
use crate::sphere::Fixed;

/// Links between junctions, and where they come from.
pub(super) struct Chains {
    /// Their pieces and points are there once every strand is drawn.
    pub(super) links: Links,
    /// Where each strand is drawn.
    places: Vec<Place>,
    /// The first and the last strand of each link.
    pub(super) strands: Vec<[u32; 2]>,
    /// The node of each junction.
    pub(super) nodes: Vec<u32>,
}

/// Where a strand comes to lie.
#[derive(Clone, Copy)]
struct Place {
    /// The link, in the direction of the strand.
    along: Course,
    /// The first of its pieces among those of all links.
    first: u32,
}

/// Joins strands to links between junctions, which take the place of their corners. They are numbered along a curve that
/// keeps near ones together.
pub(super) fn chains(strands: &mut Strands) -> Result<Chains, ErrorKind> {
    let pieces: usize = strands.strands.iter().map(|strand| strand.pieces as usize).sum();
    if pieces > u32::MAX as usize / 4 {
        return Err(ErrorKind::TooLarge { what: "segments", count: pieces as u64 });
    }
    let (order, junctions) = ordered_corners(strands);
    let mut joiner = Joiner::new(Web::new(strands, &order), junctions, strands.strands.len());
    for corner in 0..junctions {
        joiner.join_from(corner);
    }
    // What is left are rings that touch nothing: each starts at its first corner.
    let mut rings = Vec::new();
    for corner in junctions..order.len() as u32 {
        if joiner.is_open(corner) {
            rings.push(corner);
            joiner.join_from(corner);
        }
    }
    let Joiner { web, mut chains, .. } = joiner;
    let node = |corner: u32| strands.corners[order[corner as usize] as usize].node;
    chains.nodes = (0..junctions).chain(rings).map(node).collect();
    // What comes next takes the memory of these.
    drop((web, order, std::mem::take(&mut strands.corners)));
    chains.links.pieces = vec![Piece::default(); pieces];
    chains.links.points = vec![Fixed::NOWHERE; pieces + chains.links.ends.len()];
    Ok(chains)
}

impl Chains {
    /// Draws a strand: its pieces, and its points, which are one more.
    pub(super) fn draw(&mut self, strand: u32, pieces: &[Piece], points: &[Fixed]) {
        let Place { along, first } = self.places[strand as usize];
        let (first, first_point) = (first as usize, (first + along.link()) as usize);
        let own_pieces = &mut self.links.pieces[first..first + pieces.len()];
        let own_points = &mut self.links.points[first_point..first_point + points.len()];
        if along.is_forward() {
            own_pieces.copy_from_slice(pieces);
            own_points.copy_from_slice(points);
        } else {
            own_pieces.iter_mut().zip(pieces.iter().rev()).for_each(|(own, piece)| *own = piece.reversed());
            own_points.iter_mut().zip(points.iter().rev()).for_each(|(own, point)| *own = *point);
        }
    }
}

/// The strands that meet at a corner, as far as they tell whether it is a junction.
#[derive(Clone, Copy)]
enum Meeting {
    Nothing,
    /// One end of a strand: whether one may leave by it, and come, and what it is.
    One([bool; 2], Kind),
    /// Two, of which one goes on as the other does.
    Passing,
    /// More, or two that differ.
    Junction,
}

/// All corners, first those that are junctions, along the curve; and how many these are.
fn ordered_corners(strands: &Strands) -> (Vec<u32>, u32) {
    let mut meetings = vec![Meeting::Nothing; strands.corners.len()];
    for &Strand { ends, open: [there, back], kind, .. } in &strands.strands {
        for (end, open, passing) in
            [(ends[0], [there, back], [back, there]), (ends[1], [back, there], [there, back])]
        {
            let meeting = &mut meetings[end as usize];
            *meeting = match *meeting {
                Meeting::Nothing => Meeting::One(open, kind),
                Meeting::One(other, other_kind) if other == passing && other_kind == kind => Meeting::Passing,
                _ => Meeting::Junction,
            };
        }
    }
    let mut junctions: Vec<(u64, u32)> = Vec::with_capacity(meetings.len());
    let mut others = Vec::new();
    for ((number, corner), meeting) in (0..).zip(&strands.corners).zip(meetings) {
        let is_junction = match meeting {
            Meeting::Nothing => false,
            Meeting::Passing => strands.forced.binary_search(&corner.node).is_ok(),
            Meeting::One(..) | Meeting::Junction => true,
        };
        if is_junction {
            junctions.push((curve::along(corner.position), number));
        } else {
            others.push(number);
        }
    }
    junctions.sort_unstable();
    let count = junctions.len() as u32;
    (junctions.into_iter().map(|(_, corner)| corner).chain(others).collect(), count)
}

/// Which strands meet at each corner.
struct Web {
    first: Vec<u32>,
    leaving: Vec<Leaving>,
}

/// A strand in the direction in which it leaves a corner.
#[derive(Clone, Copy, Default)]
struct Leaving {
    course: Course,
    /// The corner that it leads to.
    to: u32,
    pieces: u32,
    kind: Kind,
}

impl Web {
    /// With corners numbered in this order.
    fn new(strands: &Strands, order: &[u32]) -> Web {
        let mut numbers = vec![0u32; order.len()];
        for (number, &corner) in (0..).zip(order) {
            numbers[corner as usize] = number;
        }
        // One place ahead of the first of each corner stands first how many there are, then where the next one goes, at
        // last the end.
        let mut first = vec![0u32; order.len() + 2];
        for &end in strands.strands.iter().flat_map(|strand| &strand.ends) {
            first[numbers[end as usize] as usize + 2] += 1;
        }
        for corner in 2..first.len() {
            first[corner] += first[corner - 1];
        }
        let mut leaving = vec![Leaving::default(); 2 * strands.strands.len()];
        for (number, &Strand { ends, pieces, kind, .. }) in (0..).zip(&strands.strands) {
            let [start, end] = ends.map(|end| numbers[end as usize]);
            for (course, from, to) in
                [(Course::forward(number), start, end), (Course::backward(number), end, start)]
            {
                let slot = &mut first[from as usize + 1];
                leaving[*slot as usize] = Leaving { course, to, pieces, kind };
                *slot += 1;
            }
        }
        Web { first, leaving }
    }

    /// What leaves a corner.
    fn leaving(&self, corner: u32) -> &[Leaving] {
        &self.leaving[self.first[corner as usize] as usize..self.first[corner as usize + 1] as usize]
    }
}

struct Joiner {
    web: Web,
    /// So many of the corners are junctions, the first ones.
    junctions: u32,
    /// Junctions so far, rings counted from where they start.
    started: u32,
    used: Vec<bool>,
    /// Pieces of all links so far.
    pieces: u32,
    chains: Chains,
}

impl Joiner {
    fn new(web: Web, junctions: u32, strands: usize) -> Joiner {
        let chains = Chains {
            links: Links::with_capacity(strands, 0),
            places: vec![Place { along: Course(0), first: 0 }; strands],
            strands: Vec::with_capacity(strands),
            nodes: Vec::new(),
        };
        Joiner { web, junctions, started: 0, used: vec![false; strands], pieces: 0, chains }
    }

    /// Whether a strand that no link has yet leaves a corner.
    fn is_open(&self, corner: u32) -> bool {
        self.web.leaving(corner).iter().any(|leaving| !self.used[leaving.course.link() as usize])
    }

    /// Makes a corner the next junction, and adds every link that leaves it and is not there yet.
    fn join_from(&mut self, start: u32) {
        for slot in self.web.first[start as usize]..self.web.first[start as usize + 1] {
            let leaving = self.web.leaving[slot as usize];
            if !self.used[leaving.course.link() as usize] {
                self.join(start, leaving);
            }
        }
        self.started += 1;
    }

    fn join(&mut self, start: u32, first: Leaving) {
        let link = self.chains.links.ends.len() as u32;
        let mut last = first;
        let end = loop {
            self.place(link, last);
            if last.to < self.junctions {
                break last.to;
            }
            let mut others = self.web.leaving(last.to).iter();
            match others.find(|other| other.course.link() != last.course.link()) {
                Some(&other) if last.to != start => last = other,
                _ => break self.started,
            }
        };
        self.chains.links.ends.push([self.started, end]);
        self.chains.links.kinds.push(first.kind);
        self.chains.links.first.push(self.pieces);
        self.chains.strands.push([first, last].map(|leaving| leaving.course.link()));
    }

    /// Makes a strand the next part of a link.
    fn place(&mut self, link: u32, leaving: Leaving) {
        let strand = leaving.course.link() as usize;
        let along = if leaving.course.is_forward() { Course::forward(link) } else { Course::backward(link) };
        self.used[strand] = true;
        self.chains.places[strand] = Place { along, first: self.pieces };
        self.pieces += leaving.pieces;
    }
}
