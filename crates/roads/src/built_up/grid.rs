//! Squares of the map: rows of equal height, each cut into columns that are about as wide as the row is high.

use crate::sphere::Fixed;

/// Half a turn around the earth, and all of it, in units of 1e-7 degrees.
const HALF_TURN: i64 = 1_800_000_000;
const TURN: i64 = 2 * HALF_TURN;
const POLE: i64 = 900_000_000;

/// Metres of 1e-7 degrees of a meridian, on the sphere of the earth's mean radius.
const METRES: f64 = 6_371_008.8 * std::f64::consts::PI / HALF_TURN as f64;

/// The side of a square.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// In units of 1e-7 degrees of a meridian.
    height: i64,
}

/// A row of squares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) number: u32,
    /// Of a square, in units of 1e-7 degrees.
    width: i64,
    /// The share of degrees of latitude that those of longitude shrink to.
    narrowing: f64,
    /// From the first up to but without the second latitude.
    lats: [i64; 2],
}

/// Squares of a row that lie side by side, first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) row: u32,
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Grid {
    /// Squares with sides of so many metres, 50 to 1000.
    pub(super) fn new(side: f64) -> Grid {
        Grid { height: (side / METRES) as i64 }
    }

    /// The row of a latitude.
    pub(super) fn row_of(self, lat: i32) -> Row {
        self.row(self.number_of(lat))
    }

    /// The number of that row.
    pub(super) fn number_of(self, lat: i32) -> u32 {
        ((i64::from(lat) + POLE) / self.height) as u32
    }

    /// The latitudes of a row, from the first up to but without the second.
    pub(super) fn latitudes(self, number: u32) -> [i64; 2] {
        [0, 1].map(|step| (i64::from(number) + step) * self.height - POLE)
    }

    /// A row by its number.
    pub(super) fn row(self, number: u32) -> Row {
        let cosine = (self.middle(number) as f64 / HALF_TURN as f64 * std::f64::consts::PI).cos();
        // At the poles, where a row is a point, one square is the whole row.
        let width = (self.height as f64 / cosine.max(1e-9)) as i64;
        let width = width.clamp(1, TURN);
        let narrowing = self.height as f64 / width as f64;
        Row { number, width, narrowing, lats: self.latitudes(number) }
    }

    /// The latitude in the middle of a row.
    pub(super) fn middle(self, number: u32) -> i64 {
        i64::from(number) * self.height + self.height / 2 - POLE
    }

    /// The numbers of the rows whose middles lie in `south..north`; those beyond the poles do not exist.
    pub(super) fn middles(self, south: i64, north: i64) -> std::ops::Range<u32> {
        let from = |lat: i64| {
            (lat.clamp(-POLE, POLE) + POLE - self.height / 2 + self.height - 1).div_euclid(self.height) as u32
        };
        from(south)..from(north)
    }

    /// Metres between two positions that are in a row or near to it.
    pub(super) fn metres(self, row: Row, a: Fixed, b: Fixed) -> f64 {
        let (lat, lon) = (i64::from(b.lat) - i64::from(a.lat), turn(i64::from(b.lon) - i64::from(a.lon)));
        ((lat as f64).powi(2) + (lon as f64 * row.narrowing).powi(2)).sqrt() * METRES
    }

    /// So many metres along a meridian, in units of 1e-7 degrees.
    pub(super) fn along_meridian(metres: f64) -> f64 {
        metres / METRES
    }
}

impl Row {
    /// Whether a latitude lies in it.
    pub(super) fn holds(&self, lat: i32) -> bool {
        (self.lats[0]..self.lats[1]).contains(&i64::from(lat))
    }

    /// The column of a longitude.
    pub(super) fn column(self, lon: i32) -> u32 {
        eastward(lon) / self.width as u32
    }

    /// The western and the eastern end of squares of the row, in units of 1e-7 degrees from the 180th meridian eastward.
    pub(super) fn ends(self, span: Span) -> [u32; 2] {
        let west = |column: u32| i64::from(column) * self.width;
        [west(span.first), west(span.last + 1) - 1].map(|east| east.min(TURN) as u32)
    }

    /// The longitude in the middle of a column, which may lie beyond the 180th meridian.
    pub(super) fn middle(self, column: i64) -> i64 {
        column * self.width + self.width / 2 - HALF_TURN
    }

    /// The column of a longitude that may lie beyond the 180th meridian.
    pub(super) fn column_around(self, lon: i64) -> u32 {
        (turn(lon) + HALF_TURN).div_euclid(self.width) as u32
    }

    /// So many units of 1e-7 degrees of a meridian, along this row of a grid.
    pub(super) fn along(self, grid: Grid, units: f64) -> i64 {
        (units * self.width as f64 / grid.height as f64).min(HALF_TURN as f64) as i64
    }

    /// The squares whose middles lie in `west..east`, which may lead over the 180th meridian: one span, or two.
    pub(super) fn middles(self, west: i64, east: i64) -> impl Iterator<Item = Span> {
        let west_end = turn(west);
        let east_end = west_end + (east - west).clamp(0, TURN);
        [(west_end, east_end.min(HALF_TURN)), (-HALF_TURN, east_end - TURN)].into_iter().filter_map(
            move |(west, east)| {
                let from =
                    |lon: i64| (lon + HALF_TURN - self.width / 2 + self.width - 1).div_euclid(self.width);
                // The last column before the 180th meridian may be a narrow one.
                let end = if east == HALF_TURN { (TURN - 1) / self.width + 1 } else { from(east) };
                let first = from(west).max(0);
                (first < end).then(|| Span { row: self.number, first: first as u32, last: (end - 1) as u32 })
            },
        )
    }
}

/// A longitude, from the 180th meridian eastward.
pub(super) fn eastward(lon: i32) -> u32 {
    (i64::from(lon) + HALF_TURN) as u32
}

/// A difference of longitudes, or a longitude, brought to half a turn at most: -180 degrees to just under 180.
pub(super) fn turn(lon: i64) -> i64 {
    match (-HALF_TURN..HALF_TURN).contains(&lon) {
        true => lon,
        false => (lon + HALF_TURN).rem_euclid(TURN) - HALF_TURN,
    }
}

/// The middle between two positions that are near to each other.
pub(super) fn middle(a: Fixed, b: Fixed) -> Fixed {
    let (lat, lon) = (i64::from(a.lat) + i64::from(b.lat), i64::from(a.lon));
    let east = turn(i64::from(b.lon) - lon);
    Fixed { lat: (lat / 2) as i32, lon: turn(lon + east / 2) as i32 }
}
