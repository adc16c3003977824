//! Every pair of places that roads were asked for, as a table: also those without a trip, and why.

use std::io::{self, Write};

use medicobus_roads::{Metres, NoRoad, NoTrip, Snap, Table};

/// A pair of places, and where a table of the road network has it.
#[derive(Clone, Copy, Debug)]
pub struct PairOnRoads<'a> {
    /// Name of the start.
    pub from: &'a str,
    /// Name of the end.
    pub to: &'a str,
    /// What roads answered.
    pub table: &'a Table,
    /// The row of the start.
    pub row: usize,
    /// The column of the end.
    pub column: usize,
}

const COLUMNS: [&str; 9] =
    ["from", "to", "seconds", "metres", "ferry", "metres_to_road", "metres_from_road", "walked", "reason"];

/// Writes pairs as CSV, row by row: `from`, `to`; `seconds`, `metres` and `ferry` (yes or no) of the trip;
/// `metres_to_road` and `metres_from_road`, from the places to the nearest points of roads; `walked`, these two as a
/// share of the whole way; and where there is no trip the `reason`:
///
/// | reason | |
/// |---|---|
/// | `start_off_roads`, `end_off_roads` | the nearest road is too far, at the metres that are told |
/// | `start_isolated`, `end_isolated` | the roads nearby cannot be both left and reached, as on an island |
/// | `beyond` | the trip takes longer than was asked for |
/// | `unreachable` | no way leads there |
#[derive(Debug)]
pub struct DetailWriter<W: Write> {
    table: csv::Writer<W>,
}

impl<W: Write> DetailWriter<W> {
    /// # Errors
    /// When writing fails.
    pub fn new(output: W) -> io::Result<DetailWriter<W>> {
        let mut table = csv::Writer::from_writer(output);
        table.write_record(COLUMNS)?;
        Ok(DetailWriter { table })
    }

    /// Adds a pair.
    ///
    /// # Errors
    /// When writing fails.
    pub fn add(&mut self, pair: &PairOnRoads<'_>) -> io::Result<()> {
        let &PairOnRoads { from, to, table, row, column } = pair;
        let trip = table.trip(row, column);
        let text = |value: Option<String>| value.unwrap_or_default();
        let off_road = |snap: Option<Result<Snap, NoRoad>>| match snap {
            Some(Ok(Snap { distance, .. })) => Some(distance),
            Some(Err(NoRoad { nearest, .. })) => nearest,
            None => None,
        };
        let metres = |metres: Option<Metres>| text(metres.map(|metres| format!("{:.1}", metres.0)));
        self.table.write_record([
            from,
            to,
            &text(trip.map(|trip| trip.time.to_string())),
            &metres(trip.map(|trip| trip.length)),
            trip.map_or("", |trip| if trip.ferry { "yes" } else { "no" }),
            &metres(off_road(table.origin_snap(row))),
            &metres(off_road(table.destination_snap(column))),
            &text(table.walking_share(row, column).map(|share| format!("{share:.3}"))),
            table.why_no_trip(row, column).map_or("", reason),
        ])?;
        Ok(())
    }

    /// What was written to.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<W> {
        self.table.into_inner().map_err(|error| error.into_error())
    }
}

fn reason(no_trip: NoTrip) -> &'static str {
    let is_isolated = |no_road: NoRoad| no_road.isolated.is_some();
    match no_trip {
        NoTrip::Origin(no_road) if is_isolated(no_road) => "start_isolated",
        NoTrip::Origin(_) => "start_off_roads",
        NoTrip::Destination(no_road) if is_isolated(no_road) => "end_isolated",
        NoTrip::Destination(_) => "end_off_roads",
        NoTrip::Beyond(_) => "beyond",
        _ => "unreachable",
    }
}
