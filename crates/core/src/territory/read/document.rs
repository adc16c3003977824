//! The territory file as a TOML document.

use std::io::Read;
use std::path::Path;

use toml::de::DeTable;

use super::digest::{InputDigest, file_name};
use super::open::open;
use super::settings::Settings;
use super::toml::{KeyLines, LineStarts};
use crate::territory::fault::{Fault, FaultKind, Report, Where};

/// The most that is read of a territory file, in bytes.
const LIMIT: u64 = 1 << 20;

/// What the territory file says.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) settings: Settings,
    pub(super) lines: KeyLines,
    /// Whether nothing was lost to a broken syntax.
    pub(super) whole: bool,
    /// Whether the cycle and the year are what it says.
    pub(super) calendar: bool,
    /// Whether vehicles, doctors and activities are what it says.
    pub(super) people: bool,
    /// Whether bookings are what it says.
    pub(super) bookings: bool,
}

/// Reads the territory file; its paths are relative to `folder`.
pub(super) fn read(file: &Path, folder: &Path, report: &mut Report, digest: &mut InputDigest) -> Document {
    let text = text(file, report, digest);
    let whole = text.is_some();
    let text = text.unwrap_or_default();
    let starts = LineStarts::of(&text);
    let (document, errors) = DeTable::parse_recoverable(&text);
    for error in &errors {
        let line = error.span().map(|span| starts.line(&span));
        let kind = FaultKind::Syntax(error.message().to_owned());
        report.push(file, line, Fault::new(Where::Whole, kind));
    }
    let whole = whole && errors.is_empty();
    let lines = KeyLines::of(document.get_ref(), &starts);
    let mut faults = Vec::new();
    let settings = Settings::read(document.get_ref(), folder, &mut faults);
    let untouched = |start: &str| !faults.iter().any(|fault| fault.place.label().starts_with(start));
    let calendar = whole && ["calendar.cycle_weeks", "calendar.year"].into_iter().all(untouched);
    let people = whole && ["vehicle", "doctor", "activity"].into_iter().all(untouched);
    let bookings = whole && untouched("booking");
    for fault in faults {
        // What a broken line meant to say is not missing.
        if whole || fault.kind != FaultKind::MissingKey {
            let line = lines.line(&fault.place.label());
            report.push(file, line, fault);
        }
    }
    Document { settings, lines, whole, calendar, people, bookings }
}

/// The text of the file; None when it has been reported that there is none.
fn text(file: &Path, report: &mut Report, digest: &mut InputDigest) -> Option<String> {
    let mut input = open(file, report)?;
    let mut bytes = Vec::new();
    let read = (&mut input).take(LIMIT + 1).read_to_end(&mut bytes);
    let mut fail = |line, kind| {
        report.push(file, line, Fault::new(Where::Whole, kind));
        None
    };
    if let Err(error) = read {
        return fail(None, FaultKind::Unreadable((&error).into()));
    }
    if bytes.len() as u64 > LIMIT {
        return fail(None, FaultKind::TooLarge { limit: LIMIT });
    }
    digest.files.push(input.finish(file_name(file)));
    let line_of = |at: usize| Some(1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail(None, FaultKind::EmptyFile);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return fail(line_of(at), FaultKind::Binary);
    }
    match std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)) {
        Ok(text) => Some(text.to_owned()),
        Err(error) => fail(line_of(error.valid_up_to()), FaultKind::NotUtf8),
    }
}
