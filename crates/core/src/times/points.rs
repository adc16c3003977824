//! Travel times between points of a table, without any territory.

use std::collections::HashMap;
use std::path::Path;

use medicobus_roads::{Error, Millis, Position};

use super::on_roads::{RoadSearch, Tally, Teller};
use super::places::{Legs, Place};
use super::{TimesSource, TravelTimes};
use crate::territory::fault::{Fault, FaultKind, First, Quantity, ReadError, Report, Where};
use crate::territory::read::csv_table::{Limits, Row, read_rows};
use crate::territory::read::header::Column;
use crate::territory::read::number;
use crate::territory::read::open::open;

const COLUMNS: [Column; 3] = [Column::required("id"), Column::required("lat"), Column::required("lon")];
const ID: usize = 0;
const LAT: usize = 1;
const LON: usize = 2;

/// All addresses of a department.
const LIMITS: Limits = Limits { bytes: 64 << 20, rows: 500_000 };

/// A named point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Unique among the points of a table.
    pub id: String,
    /// Where it is.
    pub position: Position,
}

/// Reads a table of points: columns `id`, `lat`, `lon` in any order.
///
/// # Errors
/// When the file cannot be read, or anything in it is wrong: all faults at once.
pub fn read(path: &Path) -> Result<Vec<Point>, ReadError> {
    let mut report = Report::default();
    let mut points = Vec::new();
    let mut lines = HashMap::new();
    if let Some(mut input) = open(path, &mut report) {
        read_rows(&mut input, path, &COLUMNS, LIMITS, &mut report, |row, report| {
            if !row.whole {
                return;
            }
            let mut note = |column, kind| {
                report.push(path, Some(row.line), Fault::new(Where::Point { column }, kind));
            };
            let id = row.cell(ID).to_owned();
            if id.is_empty() {
                note("id", FaultKind::Blank);
            } else if let Some(&first) = lines.get(&id) {
                note("id", FaultKind::Duplicate { name: id.clone(), first: First::Line(first) });
            } else {
                lines.insert(id.clone(), row.line);
            }
            let lat = degrees(row, LAT, "lat", Quantity::Latitude, &mut note);
            let lon = degrees(row, LON, "lon", Quantity::Longitude, &mut note);
            if let (Some(lat), Some(lon)) = (lat, lon) {
                points.push(Point { id, position: Position { lat, lon } });
            }
        });
    }
    report.finish().map(|_| points)
}

/// A coordinate; None when it is wrong and noted.
fn degrees(
    row: &Row<'_>,
    cell: usize,
    column: &'static str,
    quantity: Quantity,
    note: &mut impl FnMut(&'static str, FaultKind),
) -> Option<f64> {
    match number(row.cell(cell)) {
        Ok(value) if quantity.admits(value) => return Some(value),
        Ok(value) => note(column, FaultKind::OutOfRange { quantity, value }),
        Err(kind) => note(column, kind),
    }
    None
}

/// The trips between all points that take no longer than `within`. Points off the roads are
/// [out of reach](TravelTimes::why_out_of_reach). Every pair goes to `teller`, if there is one.
///
/// # Errors
/// The watch was cancelled, or the memory is too small.
pub fn between(
    points: &[Point],
    search: &RoadSearch<'_>,
    within: Millis,
    mut teller: Option<Teller<'_>>,
) -> Result<(TravelTimes, Tally), Error> {
    let mut times = TravelTimes::new(TimesSource::Roads);
    let mut tally = Tally::default();
    let places: Vec<Place> =
        points.iter().map(|point| Place { name: point.id.clone(), position: point.position }).collect();
    let legs = Legs { from: &places, to: &places, within };
    times.drive(&legs, search, &mut tally, &mut teller)?;
    Ok((times, tally))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use medicobus_roads::{Engine, Metres, RoadNetwork, Watch};

    use super::*;
    use crate::lang::Lang;
    use crate::times::{DetailWriter, PairOnRoads};

    fn read_text(text: &str) -> Result<Vec<Point>, ReadError> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        read(file.path())
    }

    #[test]
    fn a_spreadsheet_of_points_is_read() {
        let points = read_text("\u{feff}id;lat;lon\r\na;45,5;5\r\nb;45;5,25\r\n").unwrap();
        let at = |lat, lon| Position { lat, lon };
        assert_eq!(
            points,
            [
                Point { id: "a".into(), position: at(45.5, 5.0) },
                Point { id: "b".into(), position: at(45.0, 5.25) }
            ]
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_line() {
        let error = read_text("id,lat,lon\na,45,5\na,45,5\n,91,NaN\nb,x,5\n").unwrap_err();
        let lines: Vec<Option<u64>> = error.faults().iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [Some(3), Some(4), Some(4), Some(4), Some(5)], "{}", error.message(Lang::En));
    }

    #[test]
    fn longer_trips_are_left_out_and_points_off_the_roads_are_named() {
        let mut builder = RoadNetwork::builder();
        let at = |lon: f64| Position { lat: 45.0, lon };
        let [a, b, c] = [5.0, 5.1, 5.4].map(|lon| builder.node(at(lon)));
        let minutes = |count| Some(Millis::from_minutes(count));
        builder.road(a, b, Metres(7_900.0), minutes(8), minutes(8));
        builder.road(b, c, Metres(23_600.0), minutes(21), minutes(22));
        let network = builder.build().unwrap();
        let point = |id: &str, lon| Point { id: id.to_owned(), position: at(lon) };
        let points = [point("a", 5.0), point("b", 5.1), point("c", 5.4), point("sea", 7.0)];
        let search = RoadSearch { network: &network, engine: Engine::Auto, watch: &Watch::none() };
        let mut table = DetailWriter::new(Vec::new()).unwrap();
        let mut tell = |pair: &PairOnRoads<'_>| table.add(pair).unwrap();
        let (times, tally) = between(&points, &search, Millis::from_minutes(21), Some(&mut tell)).unwrap();
        let pairs: Vec<(&str, &str)> = times.iter().map(|(from, to, _)| (from, to)).collect();
        assert_eq!(pairs, [("a", "b"), ("b", "a"), ("b", "c")]);
        assert_eq!(tally, Tally { trips: 3, by_ferry: 0, off_roads: 6, isolated: 0, beyond: 3 });
        let text = String::from_utf8(table.finish().unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 1 + 4 * 3);
        assert_eq!(lines[1], "a,b,480.000,7900.0,no,0.0,0.0,0.000,");
        assert_eq!(lines[2], "a,c,,,,0.0,0.0,,beyond");
        assert!(lines[3].starts_with("a,sea,,,,0.0,125") && lines[3].ends_with(",end_off_roads"), "{text}");
        assert!(lines[10].starts_with("sea,a,") && lines[10].ends_with(",start_off_roads"), "{text}");
        assert!(times.why_out_of_reach("sea").is_some());
    }
}
