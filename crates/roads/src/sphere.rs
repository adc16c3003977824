//! Distances on the earth taken as a sphere.
//!
//! Points are vectors of the sphere in metres from the earth's centre: distances are the same in every direction, at
//! any latitude, and on both sides of the 180th meridian.

use crate::units::{Metres, Position};

/// Mean radius of the earth in metres (IUGG R1).
pub(crate) const RADIUS: f64 = 6_371_008.8;

/// A position in units of 1e-7 degrees, the precision of OpenStreetMap: about a centimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fixed {
    pub(crate) lat: i32,
    pub(crate) lon: i32,
}

impl Fixed {
    /// No position on earth, in place of one that is missing.
    pub(crate) const NOWHERE: Fixed = Fixed { lat: i32::MIN, lon: i32::MIN };

    /// The position, or None when a coordinate is out of range.
    pub(crate) fn new(lat: i64, lon: i64) -> Option<Fixed> {
        let in_range = lat.unsigned_abs() <= 900_000_000 && lon.unsigned_abs() <= 1_800_000_000;
        in_range.then_some(Fixed { lat: lat as i32, lon: lon as i32 })
    }

    pub(crate) fn position(self) -> Position {
        Position { lat: f64::from(self.lat) / 1e7, lon: f64::from(self.lon) / 1e7 }
    }

    pub(crate) fn point(self) -> Point {
        Point::from(self.position())
    }
}

/// A point on or just under the sphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point(pub(crate) [f64; 3]);

impl From<Position> for Point {
    fn from(position: Position) -> Point {
        Nearby::new(position).point
    }
}

impl Point {
    /// Of the sines and of the cosines of a latitude and a longitude.
    fn of_angles([sin_lat, sin_lon]: [f64; 2], [cos_lat, cos_lon]: [f64; 2]) -> Point {
        Point([RADIUS * cos_lat * cos_lon, RADIUS * cos_lat * sin_lon, RADIUS * sin_lat])
    }

    /// The position above the point.
    pub(crate) fn position(self) -> Position {
        let [x, y, z] = self.0;
        Position { lat: z.atan2(x.hypot(y)).to_degrees(), lon: y.atan2(x).to_degrees() }
    }

    /// Distance along the surface.
    pub(crate) fn distance(self, other: Point) -> Metres {
        let half = self.chord_squared(other).sqrt() / (2.0 * RADIUS);
        // Below 0.002 the first two terms of the arc's series are exact to a nanometre.
        let arc = if half < 0.002 { half * (1.0 + half * half / 6.0) } else { half.min(1.0).asin() };
        Metres(2.0 * RADIUS * arc)
    }

    /// Distance along the straight line through the earth, in metres, squared: as ordered as the distance along the
    /// surface, and much cheaper.
    pub(crate) fn chord_squared(self, other: Point) -> f64 {
        let chord = self.minus(other);
        dot(chord, chord)
    }

    /// The point nearest to this one of the straight way over the surface from `a` to `b`, and how far along it lies,
    /// 0 to 1. Both ends are met exactly, so that segments with a common end agree on it.
    pub(crate) fn nearest_between(self, a: Point, b: Point) -> (Point, f64) {
        let along = b.minus(a);
        let (passed, whole) = (dot(self.minus(a), along), dot(along, along));
        if passed <= 0.0 {
            (a, 0.0)
        } else if passed >= whole {
            (b, 1.0)
        } else {
            let share = passed / whole;
            (Point([0, 1, 2].map(|k| a.0[k] + share * along[k])).lifted(), share)
        }
    }

    /// How far the straight way over the surface to another point rises above the line through the earth, in metres.
    pub(crate) fn rise(self, other: Point) -> f64 {
        let chord = other.minus(self);
        // Exact would be the radius less its part below the chord; this is more, by less than a tenth of a percent
        // up to 800 km.
        const SHARE: f64 = 1.001 / (8.0 * RADIUS);
        dot(chord, chord) * SHARE
    }

    fn lifted(self) -> Point {
        let factor = RADIUS / dot(self.0, self.0).sqrt();
        Point(self.0.map(|d| d * factor))
    }

    fn minus(self, other: Point) -> [f64; 3] {
        [0, 1, 2].map(|k| self.0[k] - other.0[k])
    }
}

/// A place, around which points are found without sines and cosines of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearby {
    pub(crate) point: Point,
    /// Its latitude and longitude in the units of [`Fixed`].
    steps: [f64; 2],
    /// Of its latitude and its longitude.
    sines: [f64; 2],
    cosines: [f64; 2],
}

impl Nearby {
    pub(crate) fn new(position: Position) -> Nearby {
        let degrees = [position.lat, position.lon];
        let angles = degrees.map(f64::to_radians);
        let (sines, cosines) = (angles.map(f64::sin), angles.map(f64::cos));
        let point = Point::of_angles(sines, cosines);
        Nearby { point, steps: degrees.map(|degrees| degrees * 1e7), sines, cosines }
    }

    /// Its latitude and longitude in the units of [`Fixed`].
    pub(crate) fn steps(&self) -> [f64; 2] {
        self.steps
    }

    /// How far it is from the axis of the earth, as a share of the radius.
    pub(crate) fn cos_lat(&self) -> f64 {
        self.cosines[0]
    }

    /// The same as [`Fixed::point`], to less than a micrometre.
    #[inline]
    pub(crate) fn point_at(&self, fixed: Fixed) -> Point {
        let by = self.angles_to(fixed);
        if by[0].abs() > NEARBY || by[1].abs() > NEARBY {
            return fixed.point();
        }
        // The first terms of their series; products, for quotients are slow. Latitude and longitude side by side, so
        // that the compiler can work out both at once.
        let squared = by.map(|by| by * by);
        let sin = |k: usize| by[k] * (1.0 - squared[k] * (1.0 / 6.0) * (1.0 - squared[k] * (1.0 / 20.0)));
        let cos = |squared: f64| {
            1.0 - squared * 0.5 * (1.0 - squared * (1.0 / 12.0) * (1.0 - squared * (1.0 / 30.0)))
        };
        let (small_sines, small_cosines) = ([0, 1].map(sin), squared.map(cos));
        let sines = [0, 1].map(|k| self.sines[k] * small_cosines[k] + self.cosines[k] * small_sines[k]);
        let cosines = [0, 1].map(|k| self.cosines[k] * small_cosines[k] - self.sines[k] * small_sines[k]);
        Point::of_angles(sines, cosines)
    }

    /// How much further north and east a position is, in radians.
    #[inline]
    fn angles_to(&self, fixed: Fixed) -> [f64; 2] {
        const RADIANS: f64 = std::f64::consts::PI / 1.8e9;
        let steps = [f64::from(fixed.lat), f64::from(fixed.lon)];
        [0, 1].map(|k| (steps[k] - self.steps[k]) * RADIANS)
    }
}

/// The angle in radians below which the series of [`Nearby::point_at`] are exact to 1e-15.
const NEARBY: f64 = 0.02;

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn at(lat: f64, lon: f64) -> Point {
        Point::from(Position { lat, lon })
    }

    #[test]
    fn a_degree_of_latitude_is_111_195_m_and_one_of_longitude_shrinks_with_the_cosine() {
        assert!((at(45.0, 3.0).distance(at(46.0, 3.0)).0 - 111_195.08).abs() < 0.01);
        assert!((at(60.0, 3.0).distance(at(60.0, 3.001)).0 - 111.195 * 0.5).abs() < 0.001);
    }

    #[test]
    fn the_180th_meridian_is_no_wall() {
        let (a, b) = (at(-17.0, 179.999), at(-17.0, -179.999));
        assert!((a.distance(b).0 - 2.0 * 111.195 * 17f64.to_radians().cos()).abs() < 0.01);
        let (foot, share) = at(-17.001, 180.0).nearest_between(a, b);
        assert!((share - 0.5).abs() < 1e-9);
        assert!((foot.position().lon.abs() - 180.0).abs() < 1e-9);
    }

    #[test]
    fn points_near_by_are_where_sines_and_cosines_put_them() {
        let mut random = Random(1);
        for _ in 0..20_000 {
            let mut within = |most: i64| i64::from(random.below(2 * most as u32 + 1)) - most;
            let centre = Fixed { lat: within(900_000_000) as i32, lon: within(1_800_000_000) as i32 };
            let reach = [1_000, 10_000_000, 300_000_000][within(1) as usize % 3];
            let (lat, lon) = (i64::from(centre.lat) + within(reach), i64::from(centre.lon) + within(reach));
            let Some(there) = Fixed::new(lat, lon) else { continue };
            let found = Nearby::new(centre.position()).point_at(there);
            assert!(found.chord_squared(there.point()).sqrt() < 1e-6, "{there:?} from {centre:?}");
        }
    }

    #[test]
    fn a_position_survives_the_sphere() {
        for (lat, lon) in [(43.123_456_7, 5.765_432_1), (-89.9, -170.0), (0.0, 0.0), (71.0, 180.0)] {
            let back = at(lat, lon).position();
            assert!(
                (back.lat - lat).abs() < 1e-9 && (back.lon - lon).abs() < 1e-9,
                "{lat} {lon} became {back:?}"
            );
        }
    }

    #[test]
    fn the_nearest_point_of_a_segment_of_no_length_is_its_start() {
        let (foot, share) = at(45.0, 3.0).nearest_between(at(45.1, 3.0), at(45.1, 3.0));
        assert_eq!((foot, share), (at(45.1, 3.0), 0.0));
    }
}
