//! Which lines stay away from a place, told by whole numbers alone.

use crate::sphere::{Fixed, Nearby, RADIUS};

/// Latitudes and longitudes around a place, in the units of [`Fixed`]: a line that stays beyond one of its sides is
/// further from the place than the window reaches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    south: i32,
    north: i32,
    west: i32,
    east: i32,
}

/// Units of [`Fixed`] to a radian.
const STEPS: f64 = 1.8e9 / std::f64::consts::PI;

/// The most degrees of longitude, in the units of [`Fixed`], that a line may span to be told: 0.02 degrees. Between
/// two ends as far north as each other, a line of that span rises above them by 4.4 units at most: by the square of the
/// span over 16, all in radians, at 45 degrees.
const MOST_SPAN: u32 = 200_000;

/// What that rise and the rounding of coordinates can add, in the units of [`Fixed`].
const MARGIN: f64 = 6.0;

impl Window {
    /// Nothing is beyond it.
    pub(crate) const ENDLESS: Window =
        Window { south: i32::MIN, north: i32::MAX, west: i32::MIN, east: i32::MAX };

    /// A window that reaches so many metres, as of a chord; endless about the poles and the 180th meridian, and where
    /// it would be large.
    pub(crate) fn around(place: &Nearby, metres: f64) -> Window {
        // The half-plane of a meridian that is turned by an angle of up to 90 degrees from a place is as far from it as
        // the place is from the axis, times the angle's sine; further ones are further still. Below a tenth, an angle is
        // less than 1.002 times its sine.
        let (angle, axis) = (metres / RADIUS, place.cos_lat());
        if angle > 0.1 * axis || axis < 0.01 {
            return Window::ENDLESS;
        }
        let tall = angle * (1.002 * STEPS) + MARGIN;
        let wide = angle / axis * (1.002 * STEPS) + MARGIN;
        let [lat, lon] = place.steps();
        if lon - wide < -1.8e9 || lon + wide > 1.8e9 {
            return Window::ENDLESS;
        }
        // Casts of floats stop at the ends of the range.
        let [south, north] = [(lat - tall) as i32, (lat + tall) as i32];
        let [west, east] = [(lon - wide) as i32, (lon + wide) as i32];
        Window { south, north, west, east }
    }

    /// The first piece of a line, of those from one on, that may come as near as the window reaches; None when none may.
    pub(crate) fn first_met(&self, line: &[Fixed], from: usize) -> Option<usize> {
        let mut beyond = self.beyond(line[from]);
        for (piece, ends) in line.windows(2).enumerate().skip(from) {
            let next = self.beyond(ends[1]);
            if (beyond & next == 0) | (ends[0].lon.abs_diff(ends[1].lon) > MOST_SPAN) {
                return Some(piece);
            }
            beyond = next;
        }
        None
    }

    /// The sides that a point is beyond, a bit each.
    fn beyond(&self, point: Fixed) -> u8 {
        let [south, north] = [point.lat < self.south, point.lat > self.north].map(u8::from);
        let [west, east] = [point.lon < self.west, point.lon > self.east].map(u8::from);
        south | north << 1 | west << 2 | east << 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::units::Position;

    #[test]
    fn a_piece_that_a_window_leaves_out_is_further_away_than_it_reaches() {
        let mut random = Random(1);
        let mut told = 0;
        for case in 0..200_000 {
            let mut within = |most: u32| i64::from(random.below(2 * most + 1)) - i64::from(most);
            let reach = [30, 3_000, 300_000, 30_000_000][within(1_000) as usize % 4];
            let centre = Fixed { lat: within(900_000_000) as i32, lon: within(1_800_000_000) as i32 };
            let mut near = |from: Fixed, most: u32| {
                let [lat, lon] = [i64::from(from.lat) + within(most), i64::from(from.lon) + within(most)];
                Fixed::new(lat.clamp(-900_000_000, 900_000_000), lon.clamp(-1_800_000_000, 1_800_000_000))
            };
            let Some(start) = near(centre, reach) else { continue };
            let Some(end) = near(start, [reach, 200_000][case % 2]) else { continue };
            let Position { lat, lon } = centre.position();
            let place = Nearby::new(Position { lat: lat + 3e-8, lon });
            let foot = place.point.nearest_between(start.point(), end.point()).0;
            let distance = place.point.chord_squared(foot).sqrt();
            // As far as the foot of the piece: it is not left out, nor is any that touches it.
            let met = Window::around(&place, distance).first_met(&[start, end], 0);
            assert_eq!(met, Some(0), "{start:?} to {end:?} from {centre:?}");
            let smaller = Window::around(&place, distance * 0.5);
            told += u32::from(smaller.first_met(&[start, end], 0).is_none());
        }
        assert!(told > 20_000, "only {told} were left out by windows of half the distance");
    }
}
