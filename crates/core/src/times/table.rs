//! Travel times as a table: `from,to,seconds`, `metres` where lengths are known, `ferry` where any trip leads over one.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

use medicobus_roads::{Metres, Millis};

use super::{TimesSource, TravelTimes, Trip};
use crate::territory::fault::{Fault, FaultKind, First, Quantity, ReadError, Report, Where};
use crate::territory::read::csv_table::{Limits, Row, read_rows};
use crate::territory::read::header::Column;
use crate::territory::read::open::open;
use crate::territory::read::{FileDigest, file_name, number, yes_or_no};

const COLUMNS: [Column; 5] = [
    Column::required("from"),
    Column::required("to"),
    Column::required("seconds"),
    Column::optional("metres"),
    Column::optional("ferry"),
];
const FROM: usize = 0;
const TO: usize = 1;
const SECONDS: usize = 2;
const METRES: usize = 3;
const FERRY: usize = 4;

/// Five million trips are all pairs of 2,200 places.
const LIMITS: Limits = Limits { bytes: 256 << 20, rows: 5_000_000 };

/// Reads a table of travel times: columns `from`, `to`, `seconds` (decimals allowed) and, if wanted, `metres` and
/// `ferry` (`yes`, `no` or empty), in any order. A pair without seconds is out of reach, like one that is missing. Seconds are rounded up to the millisecond.
///
/// # Errors
/// When the file cannot be read, or anything in it is wrong: all faults at once.
pub fn read(path: &Path) -> Result<(TravelTimes, FileDigest), ReadError> {
    let mut report = Report::default();
    let read = read_reporting(path, &mut report);
    match read {
        Some(read) => report.finish().map(|_| read),
        None => Err(report.into_error()),
    }
}

/// Reads a table, and reports what is wrong with it; None when it cannot be opened.
pub(crate) fn read_reporting(path: &Path, report: &mut Report) -> Option<(TravelTimes, FileDigest)> {
    let mut input = open(path, report)?;
    let mut table =
        Table { times: TravelTimes::new(TimesSource::Table), numbers: HashMap::new(), lines: HashMap::new() };
    read_rows(&mut input, path, &COLUMNS, LIMITS, report, |row, report| {
        if row.whole {
            table.add(row, |column, kind| {
                report.push(path, Some(row.line), Fault::new(Where::Times { column }, kind));
            });
        }
    });
    Some((table.times, input.finish(file_name(path))))
}

/// The trips read so far.
struct Table {
    times: TravelTimes,
    /// A number for each name, so that a pair takes little room in `lines`.
    numbers: HashMap<String, u32>,
    /// The line of each pair.
    lines: HashMap<(u32, u32), u64>,
}

impl Table {
    fn add(&mut self, row: &Row<'_>, mut note: impl FnMut(&'static str, FaultKind)) {
        let (from, to) = (row.cell(FROM), row.cell(TO));
        for (column, name) in [("from", from), ("to", to)] {
            if name.is_empty() {
                note(column, FaultKind::Blank);
            }
        }
        if from.is_empty() || to.is_empty() {
            return;
        }
        let pair = (self.number(from), self.number(to));
        if let Some(first) = self.lines.insert(pair, row.line) {
            self.lines.insert(pair, first);
            let name = format!("{from} → {to}");
            return note("to", FaultKind::Duplicate { name, first: First::Line(first) });
        }
        let time = amount(row.cell(SECONDS), "seconds", Quantity::TripSeconds, &mut note);
        let length = amount(row.cell(METRES), "metres", Quantity::TripMetres, &mut note);
        let ferry = match row.cell(FERRY) {
            "" => false,
            text => yes_or_no(text).unwrap_or_else(|kind| {
                note("ferry", kind);
                false
            }),
        };
        if from != to
            && let Some(time) = time.and_then(Millis::from_seconds)
        {
            self.times.insert(from, to, Trip { time, length: length.map(Metres), ferry });
        }
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

/// A number in the range of its quantity; None when the cell is empty, or wrong and noted.
fn amount(
    text: &str,
    column: &'static str,
    quantity: Quantity,
    note: &mut impl FnMut(&'static str, FaultKind),
) -> Option<f64> {
    if text.is_empty() {
        return None;
    }
    match number(text) {
        Ok(value) if quantity.admits(value) => return Some(value),
        Ok(value) => note(column, FaultKind::OutOfRange { quantity, value }),
        Err(kind) => note(column, kind),
    }
    None
}

/// Writes travel times so that [`read`] gives the same again: sorted by name, seconds with three decimals, a column
/// `metres` when any length is known, and a column `ferry` (`yes` or empty) when any trip leads over one.
///
/// # Errors
/// When writing fails.
pub fn write(times: &TravelTimes, output: impl Write) -> io::Result<()> {
    let has_lengths = times.iter().any(|(_, _, trip)| trip.length.is_some());
    let has_ferries = times.iter().any(|(_, _, trip)| trip.ferry);
    let mut table = csv::Writer::from_writer(output);
    let mut write = |[from, to, seconds, metres, ferry]: [&str; 5]| {
        let optional = [(has_lengths, metres), (has_ferries, ferry)];
        let optional = optional.into_iter().filter_map(|(is_there, cell)| is_there.then_some(cell));
        table.write_record([from, to, seconds].into_iter().chain(optional))
    };
    write(["from", "to", "seconds", "metres", "ferry"])?;
    for (from, to, trip) in times.iter() {
        let length = trip.length.map_or_else(String::new, |length| length.0.to_string());
        write([from, to, &trip.time.to_string(), &length, if trip.ferry { "yes" } else { "" }])?;
    }
    table.flush()
}
