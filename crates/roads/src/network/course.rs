//! Links with a direction, and the angles between them.

use super::{Links, Piece};
use crate::cost::Cost;
use crate::sphere::Fixed;

/// A link in one of its directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Course(pub(crate) u32);

impl Course {
    /// A link as it is drawn.
    pub(crate) fn forward(link: u32) -> Course {
        Course(2 * link)
    }

    pub(crate) fn backward(link: u32) -> Course {
        Course(2 * link + 1)
    }

    pub(crate) fn link(self) -> u32 {
        self.0 / 2
    }

    pub(crate) fn is_forward(self) -> bool {
        self.0 & 1 == 0
    }

    #[must_use]
    pub(crate) fn reversed(self) -> Course {
        Course(self.0 ^ 1)
    }
}

/// So far from a junction, in metres, the direction of a road is taken: nearer, drawings are ragged.
const LOOK_AHEAD: f64 = 15.0;

/// A direction on the ground, east and north, of length 1; [`NO_HEADING`] where a road has no extent.
pub(super) type Heading = [f64; 2];

/// Not a number, so that it compares with none.
pub(super) const NO_HEADING: Heading = [f64::NAN; 2];

/// What is summed up over the pieces of links.
#[derive(Debug)]
pub(super) struct Sums {
    /// What every course costs, [`Cost::NEVER`] where it is closed.
    pub(super) costs: Vec<Cost>,
    /// The length of every link.
    pub(super) centimetres: Vec<u64>,
}

impl Sums {
    /// Whether a course may be driven.
    pub(super) fn is_open(&self, course: Course) -> bool {
        self.costs[course.0 as usize] != Cost::NEVER
    }
}

impl Links {
    /// The junction at which a course starts.
    pub(crate) fn tail(&self, course: Course) -> u32 {
        self.ends[course.link() as usize][usize::from(!course.is_forward())]
    }

    /// The junction at which a course ends.
    pub(crate) fn head(&self, course: Course) -> u32 {
        self.tail(course.reversed())
    }

    /// Where a course starts.
    pub(super) fn start(&self, course: Course) -> Fixed {
        let points = self.points(course.link());
        points[if course.is_forward() { 0 } else { points.len() - 1 }]
    }

    /// All that is summed up over pieces, which are many.
    pub(super) fn sums(&self) -> Sums {
        let links = self.ends.len();
        let mut sums = Sums { costs: Vec::with_capacity(2 * links), centimetres: Vec::with_capacity(links) };
        for (link, kind) in (0..).zip(&self.kinds) {
            let pieces = self.pieces(link);
            let boarding = Cost::new(0, 0, u32::from(kind.ferry));
            let [forward, backward] = Piece::costs(pieces).map(|driven| [driven, boarding].into_iter().sum());
            let courses = [(Course::forward(link), forward), (Course::backward(link), backward)];
            sums.costs
                .extend(courses.map(|(course, cost)| if self.is_open(course) { cost } else { Cost::NEVER }));
            sums.centimetres.push(pieces.iter().map(|piece| u64::from(piece.length)).sum());
        }
        sums
    }

    /// The direction in which a course leaves its start, where degrees of longitude `shrink` to this share of those of
    /// latitude; [`NO_HEADING`] where it is a ferry.
    pub(super) fn heading(&self, course: Course, shrink: f64) -> Heading {
        if self.kinds[course.link() as usize].ferry {
            return NO_HEADING;
        }
        match self.points(course.link()) {
            [start, line @ ..] if course.is_forward() => heading(*start, line.iter(), shrink),
            [line @ .., start] => heading(*start, line.iter().rev(), shrink),
            [] => NO_HEADING,
        }
    }
}

/// The direction from a point into a line that starts there.
#[inline]
fn heading<'a>(start: Fixed, line: impl Iterator<Item = &'a Fixed>, shrink: f64) -> Heading {
    let (mut ahead, mut squared) = ([0.0; 2], 0.0);
    for &point in line {
        let (east, north) = offset(start, point, shrink);
        let distance_squared = east * east + north * north;
        if distance_squared > 0.0 {
            (ahead, squared) = ([east, north], distance_squared);
        }
        if distance_squared >= LOOK_AHEAD * LOOK_AHEAD {
            break;
        }
    }
    // Nothing over nothing is not a number.
    ahead.map(|metres| metres / squared.sqrt())
}

/// The share of degrees of latitude that those of longitude shrink to.
pub(super) fn shrink(position: Fixed) -> f64 {
    (f64::from(position.lat) / 1e7).to_radians().cos()
}

/// Metres east and north from one point to another near by, where degrees of longitude `shrink` to this share of those of
/// latitude.
fn offset(from: Fixed, to: Fixed, shrink: f64) -> (f64, f64) {
    const METRES: f64 = 0.011_119_5; // per step of 1e-7 degrees of a great circle
    // Over the 180th meridian the shorter way counts.
    let east = match f64::from(to.lon) - f64::from(from.lon) {
        east if east > 1.8e9 => east - 3.6e9,
        east if east < -1.8e9 => east + 3.6e9,
        east => east,
    };
    let north = f64::from(to.lat) - f64::from(from.lat);
    (east * shrink * METRES, north * METRES)
}
