//! The places around a point, found without looking at all of them.

use medicobus_roads::{Metres, Position};

use super::estimate::EARTH_RADIUS;
use super::places::Place;

/// Places in the order of their height along the axis of the globe.
#[derive(Debug)]
pub(super) struct PlacesOnGlobe<'a> {
    /// Each with its direction from the centre of the earth, a vector of length 1.
    by_height: Vec<([f64; 3], &'a Place)>,
}

impl<'a> PlacesOnGlobe<'a> {
    pub(super) fn new(places: &'a [Place]) -> PlacesOnGlobe<'a> {
        let mut by_height: Vec<_> = places.iter().map(|place| (direction(place.position), place)).collect();
        by_height.sort_by(|(a, _), (b, _)| a[2].total_cmp(&b[2]));
        PlacesOnGlobe { by_height }
    }

    /// All places within this distance of the centre, and maybe some that lie a little beyond.
    pub(super) fn around(&self, centre: Position, radius: Metres) -> impl Iterator<Item = &'a Place> {
        let centre = direction(centre);
        // Six metres more than asked, so that rounding loses no place.
        let chord = chord(radius) + 1e-6;
        let start = self.by_height.partition_point(|(point, _)| point[2] < centre[2] - chord);
        let end = self.by_height.partition_point(|(point, _)| point[2] <= centre[2] + chord);
        let near = move |point: &[f64; 3]| {
            let square: f64 = point.iter().zip(centre).map(|(a, b)| (a - b).powi(2)).sum();
            square <= chord * chord
        };
        let band = self.by_height.get(start..end).unwrap_or_default();
        band.iter().filter(move |(point, _)| near(point)).map(|(_, place)| *place)
    }
}

fn direction(position: Position) -> [f64; 3] {
    let (lat, lon) = (position.lat.to_radians(), position.lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// The straight line through the globe between two points at this distance over its surface, in radii of the earth.
fn chord(distance: Metres) -> f64 {
    let half_angle = (distance.0 / EARTH_RADIUS / 2.0).min(std::f64::consts::FRAC_PI_2);
    2.0 * half_angle.sin()
}

#[cfg(test)]
mod tests {
    use super::super::estimate::crow_fly;
    use super::*;

    /// Places all over the globe, poles and antimeridian included, by a fixed sequence.
    fn scattered() -> Vec<Place> {
        let fraction = |k: u32, step: f64| (f64::from(k) * step).fract();
        let mut places: Vec<Place> = (0..2000)
            .map(|k| {
                let lat = 180.0 * fraction(k, 0.618_033_988_7) - 90.0;
                let lon = 360.0 * fraction(k, 0.754_877_666_2) - 180.0;
                Place { name: format!("p{k}"), position: Position::new(lat, lon).unwrap() }
            })
            .collect();
        for (name, lat, lon) in [("pole", 90.0, 0.0), ("east", 0.0, 180.0), ("west", 0.0, -180.0)] {
            places.push(Place { name: name.to_owned(), position: Position::new(lat, lon).unwrap() });
        }
        places
    }

    #[test]
    fn no_place_within_the_radius_is_missed_and_none_far_beyond_is_found() {
        let places = scattered();
        let globe = PlacesOnGlobe::new(&places);
        for centre in places.iter().rev().take(50) {
            for radius in [0.0, 1_000.0, 300_000.0, 5_000_000.0, 19_000_000.0, 30_000_000.0] {
                let within = |slack: f64| {
                    let near = |place: &&Place| crow_fly(centre.position, place.position).0 <= radius + slack;
                    places.iter().filter(near).count()
                };
                let found = globe.around(centre.position, Metres(radius)).count();
                assert!(
                    (within(0.0)..=within(100.0)).contains(&found),
                    "{found} places within {radius} m of {centre:?}, not {}",
                    within(0.0)
                );
            }
        }
    }
}
