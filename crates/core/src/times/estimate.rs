//! Driving times guessed from crow-fly distances, for want of roads or of a table.
//!
//! ```text
//! minutes driven    = 1.697 x (crow-fly km) ^ 0.864        0 at 0 km; 12.4 min at 10 km, 32.1 min at 30 km
//! kilometres driven = 1.262 x (crow-fly km)
//! ```
//!
//! A power law says in two constants that long trips are driven faster than short ones. Both were fitted to trips
//! between 2,500 random pairs of points in Gironde: the off-peak minutes of INSEE's distancier Metric, whole minutes,
//! and the kilometres of OSRM. The even rows of that table (the first being row 0) gave the constants, by the least sum
//! of relative errors for the minutes and by the median ratio for the kilometres. The odd rows judge them:
//!
//! | pairs judged | number | relative error: median, 90 % under | error in minutes: median, 90 % under |
//! |---|---|---|---|
//! | all | 1248 | 8.0 %, 25.4 % | 3.8, 13.5 |
//! | under 20 minutes | 96 | 9.6 %, 33.0 % | 1.1, 3.6 |
//!
//! Five pairs that Metric did not compute are left out; a relative error needs a trip of a minute at least, so one pair
//! of 0 minutes only counts in minutes. Of the road lengths, half are within 5.6 % and 90 % within 17.0 % of OSRM's.
//!
//! Gironde is flat: in mountains, and where a river or the sea lies between, true times are longer, sometimes by far.

use medicobus_roads::{Metres, Millis, Position};

use super::Trip;

/// Minutes driven for one kilometre as the crow flies.
pub const MINUTES_FOR_ONE_KM: f64 = 1.697;
/// How minutes grow with crow-fly distance: twice as far takes 2 ^ 0.864 = 1.82 times as long.
pub const EXPONENT: f64 = 0.864;
/// Metres driven for one metre as the crow flies.
pub const DETOUR: f64 = 1.262;

/// Mean radius of the earth (IUGG), in metres.
pub(super) const EARTH_RADIUS: f64 = 6_371_008.8;

/// The estimated trip between two places; the same in both directions.
pub fn estimate(from: Position, to: Position) -> Trip {
    over(crow_fly(from, to))
}

/// The estimated trip between places that are this far apart as the crow flies, 0 or more.
pub fn over(distance: Metres) -> Trip {
    let kilometres = distance.0 / 1000.0;
    let seconds = 60.0 * MINUTES_FOR_ONE_KM * kilometres.powf(EXPONENT);
    Trip {
        time: Millis::from_seconds(seconds).unwrap_or(Millis::MAX),
        length: Some(Metres(DETOUR * distance.0)),
        ferry: false,
    }
}

/// How far apart, as the crow flies, places may be that a trip of this time joins: the inverse of [`over`].
pub fn furthest(within: Millis) -> Metres {
    let minutes = within.seconds() / 60.0;
    Metres(1000.0 * (minutes / MINUTES_FOR_ONE_KM).powf(1.0 / EXPONENT))
}

/// Great-circle distance on a sphere of the earth's mean radius (haversine), within 0.6 % of the ellipsoid's.
pub fn crow_fly(from: Position, to: Position) -> Metres {
    let half_sine = |degrees: f64| (degrees.to_radians() / 2.0).sin();
    let parallels = from.lat.to_radians().cos() * to.lat.to_radians().cos();
    let square = half_sine(to.lat - from.lat).powi(2) + parallels * half_sine(to.lon - from.lon).powi(2);
    Metres(2.0 * EARTH_RADIUS * square.sqrt().min(1.0).asin())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn a_degree_of_a_meridian_is_111_195_metres_and_the_antimeridian_is_no_wall() {
        assert!((crow_fly(at(45.0, 5.0), at(46.0, 5.0)).0 - 111_195.08).abs() < 0.01);
        assert!((crow_fly(at(0.0, 179.5), at(0.0, -179.5)).0 - 111_195.08).abs() < 0.01);
        assert!((crow_fly(at(0.0, 0.0), at(0.0, 180.0)).0 - 20_015_114.44).abs() < 0.01);
        assert_eq!(crow_fly(at(45.1, 4.8), at(45.1, 4.8)), Metres(0.0));
    }

    #[test]
    fn nowhere_to_go_takes_no_time_and_further_never_takes_less() {
        assert_eq!(over(Metres(0.0)).time, Millis::ZERO);
        let mut last = Millis::ZERO;
        for hectometres in 1..3000 {
            let trip = over(Metres(100.0 * f64::from(hectometres)));
            assert!(trip.time > last, "{hectometres} hm takes {} after {last}", trip.time);
            last = trip.time;
        }
    }

    #[test]
    fn the_furthest_place_within_a_time_takes_that_time() {
        for minutes in [1, 10, 15, 20, 30, 120] {
            let time = over(furthest(Millis::from_minutes(minutes))).time;
            assert!(time.0.abs_diff(minutes * 60_000) <= 1, "{minutes} min became {time} s");
        }
    }
}
