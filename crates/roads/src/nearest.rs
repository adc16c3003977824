//! The point of some lines nearest to a place.

use std::cmp::Ordering;

use crate::sphere::{Fixed, Nearby, Point};
use crate::window::Window;

/// The nearest point of a link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Foot {
    pub(crate) link: u32,
    pub(crate) piece: u32,
    /// How far along the piece, 0 to 1.
    pub(crate) share: f64,
    pub(crate) point: Point,
    /// Squared, in metres, along the straight line through the earth.
    pub(crate) chord_squared: f64,
}

impl Foot {
    /// The nearest point of a piece of a link between these ends.
    pub(crate) fn new(link: u32, piece: u32, [start, end]: [Point; 2], query: Point) -> Foot {
        let (point, share) = query.nearest_between(start, end);
        Foot { link, piece, share, point, chord_squared: query.chord_squared(point) }
    }

    /// Nearer ones first, then those of the first link and piece.
    pub(crate) fn order(&self, other: &Foot) -> Ordering {
        (self.chord_squared.total_cmp(&other.chord_squared))
            .then((self.link, self.piece).cmp(&(other.link, other.piece)))
    }
}

/// The search for the point nearest to a place.
pub(crate) struct Search<'a> {
    query: &'a Nearby,
    pub(crate) best: Option<Foot>,
    /// Pieces beyond it are further away than the best one.
    window: Window,
    /// The most, squared, that a box can be away which holds a point as near as the best one; a thousandth more, and
    /// more than zero.
    pub(crate) most_squared: f32,
}

impl<'a> Search<'a> {
    pub(crate) fn new(query: &'a Nearby) -> Search<'a> {
        Search { query, best: None, window: Window::ENDLESS, most_squared: f32::MAX }
    }

    /// Tries the pieces of a line, which are those of a link from one on.
    pub(crate) fn try_line(&mut self, link: u32, first: u32, line: &[Fixed]) {
        // The end of the last piece that was tried, which is mostly the start of the next one.
        let mut known = None;
        let mut from = 0;
        while let Some(piece) = self.window.first_met(line, from) {
            let start = match known {
                Some(start) if piece == from => start,
                _ => self.query.point_at(line[piece]),
            };
            from = piece + 1;
            let end = self.query.point_at(line[from]);
            known = Some(end);
            self.try_foot(Foot::new(link, first + piece as u32, [start, end], self.query.point));
        }
    }

    fn try_foot(&mut self, foot: Foot) {
        if self.best.is_none_or(|best| foot.order(&best).is_lt()) {
            self.best = Some(foot);
            self.window = Window::around(self.query, foot.chord_squared.sqrt());
            self.most_squared = foot.chord_squared as f32 * 1.001 + f32::MIN_POSITIVE;
        }
    }
}
