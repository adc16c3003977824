//! `sites.csv`: one site a row.

use std::io::Read;
use std::path::Path;

use medicobus_roads::Position;

use super::cell;
use super::csv_table::{Limits, Row, read_rows};
use super::header::Column;
use crate::calendar::{HalfDays, Weeks};
use crate::territory::Site;
use crate::territory::fault::{Fault, FaultKind, Quantity, Report, Where};

const COLUMNS: [Column; 13] = [
    Column::required("id"),
    Column::required("commune"),
    Column::optional("lat"),
    Column::optional("lon"),
    Column::optional("name"),
    Column::optional("open"),
    Column::optional("min_half_days"),
    Column::optional("max_half_days"),
    Column::optional("weeks"),
    Column::optional("required"),
    Column::optional("every"),
    Column::optional("visits"),
    Column::optional("max_gap"),
];
const ID: usize = 0;
const COMMUNE: usize = 1;
const LAT: usize = 2;
const LON: usize = 3;
const NAME: usize = 4;
const OPEN: usize = 5;
const MIN: usize = 6;
const MAX: usize = 7;
const WEEKS: usize = 8;
const REQUIRED: usize = 9;
const EVERY: usize = 10;
const VISITS: usize = 11;
const MAX_GAP: usize = 12;

const LIMITS: Limits = Limits { bytes: 64 << 20, rows: 200_000 };

/// Sites and the line of each.
#[derive(Debug, Default)]
pub(super) struct SiteTable {
    pub(super) sites: Vec<Site>,
    pub(super) lines: Vec<u64>,
    /// Whether all rows could be read.
    pub(super) complete: bool,
}

/// Reads sites. A value that is wrong is reported and read as if it were not given.
pub(super) fn read_sites(input: &mut dyn Read, file: &Path, report: &mut Report) -> SiteTable {
    let mut table = SiteTable::default();
    let mut whole = true;
    let all_lines = read_rows(input, file, &COLUMNS, LIMITS, report, |row, report| {
        whole &= row.whole;
        if row.whole {
            let mut values = Values { row, file, index: table.sites.len(), report };
            table.sites.push(values.site());
            table.lines.push(row.line);
        }
    });
    table.complete = all_lines && whole;
    table
}

/// The values of one row.
struct Values<'v> {
    row: &'v Row<'v>,
    file: &'v Path,
    index: usize,
    report: &'v mut Report,
}

impl Values<'_> {
    fn site(&mut self) -> Site {
        let name = self.row.cell(NAME);
        Site {
            id: self.row.cell(ID).to_owned(),
            commune: self.row.cell(COMMUNE).to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            position: self.position(),
            open: self.open(),
            weeks: self.weeks(),
            min_half_days: self.count(MIN, "min_half_days", Quantity::HalfDays),
            max_half_days: self.count(MAX, "max_half_days", Quantity::HalfDays),
            required: self.required(),
            every: self.count(EVERY, "every", Quantity::EveryWeeks),
            visits: self.count(VISITS, "visits", Quantity::Visits),
            max_gap: self.count(MAX_GAP, "max_gap", Quantity::GapDays),
        }
    }

    fn position(&mut self) -> Option<Position> {
        match (self.row.cell(LAT), self.row.cell(LON)) {
            ("", "") => None,
            ("", _) => self.note("lat", FaultKind::HalfPosition),
            (_, "") => self.note("lon", FaultKind::HalfPosition),
            (lat, lon) => {
                let lat = cell::number(lat).or_else(|kind| self.note("lat", kind).ok_or(()));
                let lon = cell::number(lon).or_else(|kind| self.note("lon", kind).ok_or(()));
                Some(Position { lat: lat.ok()?, lon: lon.ok()? })
            }
        }
    }

    fn open(&mut self) -> HalfDays {
        let text = self.row.cell(OPEN);
        if text.is_empty() {
            return HalfDays::ALL;
        }
        let (days, bad) = cell::half_days(text);
        let all_good = bad.is_empty();
        for word in bad {
            self.note::<()>("open", FaultKind::NotAHalfDay(word));
        }
        if all_good { days } else { HalfDays::ALL }
    }

    fn weeks(&mut self) -> Weeks {
        let text = self.row.cell(WEEKS);
        if text.is_empty() {
            return Weeks::ALL;
        }
        let (weeks, bad) = cell::weeks(text);
        let all_good = bad.is_empty();
        for word in bad {
            self.note::<()>("weeks", FaultKind::NotAWeek(word));
        }
        if all_good { weeks } else { Weeks::ALL }
    }

    fn required(&mut self) -> bool {
        let text = self.row.cell(REQUIRED);
        if text.is_empty() {
            return false;
        }
        cell::yes_or_no(text).unwrap_or_else(|kind| self.note("required", kind).unwrap_or(false))
    }

    fn count(&mut self, column: usize, name: &'static str, quantity: Quantity) -> Option<u32> {
        let text = self.row.cell(column);
        if text.is_empty() {
            return None;
        }
        match cell::whole(text) {
            Ok(value) if quantity.admits(value) => Some(value as u32),
            Ok(value) => self.note(name, FaultKind::OutOfRange { quantity, value }),
            Err(kind) => self.note(name, kind),
        }
    }

    fn note<T>(&mut self, column: &'static str, kind: FaultKind) -> Option<T> {
        let place = Where::Site { index: self.index, column };
        self.report.push(self.file, Some(self.row.line), Fault::new(place, kind));
        None
    }
}
