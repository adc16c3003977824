//! A calendar made by hand: one session a row.

use std::io::Read;
use std::path::Path;

use super::cell;
use super::csv_table::{Limits, Row, read_rows};
use super::digest::{FileDigest, file_name};
use super::header::Column;
use super::open::open;
use crate::calendar::{Day, Half, Weeks};
use crate::territory::check;
use crate::territory::fault::{Fault, FaultKind, LocatedFault, ReadError, Report, Where};
use crate::territory::{GENERAL, PublishedSession, Territory};

const COLUMNS: [Column; 9] = [
    Column::required("vehicle"),
    Column::required("week"),
    Column::required("day"),
    Column::required("half"),
    Column::required("site"),
    Column::optional("doctor"),
    Column::optional("activity"),
    Column::optional("specialist"),
    Column::optional("note"),
];
const VEHICLE: usize = 0;
const WEEK: usize = 1;
const DAY: usize = 2;
const HALF: usize = 3;
const SITE: usize = 4;
const DOCTOR: usize = 5;
const ACTIVITY: usize = 6;
const SPECIALIST: usize = 7;

const LIMITS: Limits = Limits { bytes: 16 << 20, rows: 100_000 };

/// A calendar made by hand, as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionTable {
    /// Its sessions, in the order of the file.
    pub sessions: Vec<PublishedSession>,
    /// The line of each session in the file, from 1.
    pub lines: Vec<u64>,
    /// What a planner should look at, and may leave as it is.
    pub warnings: Vec<LocatedFault>,
    /// The file that was read.
    pub digest: FileDigest,
}

/// Reads a calendar made by hand for a territory: columns `vehicle`, `week`, `day`, `half`, `site`, and, where there
/// are any, `doctor`, `activity`, `specialist` and `note`, in any order.
///
/// # Errors
/// When the file cannot be read, or anything in it is wrong, as a name that the territory does not know, a week outside
/// the cycle or a row that is there twice: all faults at once.
pub fn read_sessions(path: &Path, territory: &Territory) -> Result<SessionTable, ReadError> {
    let mut report = Report::default();
    let Some(mut input) = open(path, &mut report) else {
        return Err(report.into_error());
    };
    let Rows { sessions, lines } = read_rows_of(&mut input, path, &mut report);
    let mut faults = Vec::new();
    check::sessions(territory, &sessions, &mut faults);
    for Fault { place, mut kind } in faults {
        kind.refer_to_lines(|place| match place {
            Where::Session { index, .. } => lines.get(*index).copied(),
            _ => None,
        });
        let line = match place {
            Where::Session { index, .. } => lines.get(index).copied(),
            _ => None,
        };
        report.push(path, line, Fault::new(place, kind));
    }
    let digest = input.finish(file_name(path));
    let warnings = report.finish()?;
    Ok(SessionTable { sessions, lines, warnings, digest })
}

/// Sessions and the line of each.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) sessions: Vec<PublishedSession>,
    pub(super) lines: Vec<u64>,
}

/// Reads sessions. A row with a value that is wrong is reported and left out.
pub(super) fn read_rows_of(input: &mut dyn Read, file: &Path, report: &mut Report) -> Rows {
    let mut rows = Rows::default();
    read_rows(input, file, &COLUMNS, LIMITS, report, |row, report| {
        if !row.whole {
            return;
        }
        let mut note = |column, kind| {
            let place = Where::Session { index: rows.sessions.len(), column };
            report.push(file, Some(row.line), Fault::new(place, kind));
        };
        if let Some(session) = session(row, &mut note) {
            rows.sessions.push(session);
            rows.lines.push(row.line);
        }
    });
    rows
}

fn session(row: &Row<'_>, note: &mut impl FnMut(&'static str, FaultKind)) -> Option<PublishedSession> {
    let mut required = |column, name| {
        let text = row.cell(column);
        if text.is_empty() {
            note(name, FaultKind::Blank);
        }
        (!text.is_empty()).then(|| text.to_owned())
    };
    let [vehicle, week, day, half, site] =
        [(VEHICLE, "vehicle"), (WEEK, "week"), (DAY, "day"), (HALF, "half"), (SITE, "site")]
            .map(|(column, name)| required(column, name));
    let week = week.and_then(|text| match text.parse().ok().filter(|week| Weeks::ALL.contains(*week)) {
        None => {
            note("week", FaultKind::NotAWeek(text));
            None
        }
        week => week,
    });
    let mut noted = |column, kind| note(column, kind);
    let day: Option<Day> = day.and_then(|text| cell::day(&text).map_err(|kind| noted("day", kind)).ok());
    let half: Option<Half> = half.and_then(|text| cell::half(&text).map_err(|kind| noted("half", kind)).ok());
    let optional = |column| Some(row.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned);
    Some(PublishedSession {
        vehicle: vehicle?,
        week: week?,
        day: day?,
        half: half?,
        site: site?,
        doctor: optional(DOCTOR),
        activity: optional(ACTIVITY).filter(|activity| activity != GENERAL),
        specialist: optional(SPECIALIST),
    })
}
