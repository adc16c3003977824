//! Tables as French and English spreadsheets write them: separated by `,`, `;` or tabs, with or without a byte order
//! mark, CRLF, quotation marks, blank lines and blank cells at the end of a line.
//!
//! A record is one line. So every fault has its line, a quotation mark left open costs one row and not the rest of
//! the file, and memory never holds more than a line.

use std::io::Read;
use std::path::Path;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use super::header::{Column, Header};
use super::lines::Lines;
use crate::territory::fault::{Fault, FaultKind, Report, Where};

/// The most that is read of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) bytes: u64,
    pub(crate) rows: u64,
}

/// A row of a table.
#[derive(Debug)]
pub(crate) struct Row<'r> {
    /// Its line in the file, from 1.
    pub(crate) line: u64,
    /// Whether it has the cells that the header announces. A broken row has been reported already.
    pub(crate) whole: bool,
    cells: &'r Cells,
    header: &'r Header,
}

impl Row<'_> {
    /// The text in the column at this index of the table's list of columns, without spaces around; empty when the
    /// table has no such column.
    pub(crate) fn cell(&self, column: usize) -> &str {
        self.header.position(column).map_or("", |position| self.cells.get(position))
    }
}

/// Reads a table and hands over its rows. What is wrong with the table itself goes to `report`. Returns whether all
/// its lines were handed over.
pub(crate) fn read_rows<R: Read>(
    input: R,
    file: &Path,
    columns: &[Column],
    limits: Limits,
    report: &mut Report,
    mut each: impl FnMut(&Row<'_>, &mut Report),
) -> bool {
    let mut lines = Lines::new(input, limits.bytes);
    let read = rows(&mut lines, file, columns, limits.rows, report, &mut each);
    if let Some(line) = lines.not_utf8 {
        report.push(file, Some(line), Fault::new(Where::Whole, FaultKind::NotUtf8));
    }
    if let Err(kind) = &read {
        let line = (lines.number > 0).then_some(lines.number);
        report.push(file, line, Fault::new(Where::Whole, kind.clone()));
    }
    read.is_ok()
}

/// Hands over rows until the end of the table, or until something makes it senseless to read on.
fn rows<R: Read>(
    lines: &mut Lines<R>,
    file: &Path,
    columns: &[Column],
    most: u64,
    report: &mut Report,
    each: &mut impl FnMut(&Row<'_>, &mut Report),
) -> Result<(), FaultKind> {
    let first = loop {
        match lines.next()? {
            None => return Err(FaultKind::EmptyFile),
            Some(line) if line.trim().is_empty() => {}
            Some(line) => break line.into_owned(),
        }
    };
    let mut cells = Cells::new(separator(&first));
    cells.split(&first);
    let header = Header::read((0..cells.len()).map(|i| cells.get(i)), columns, |kind| {
        report.push(file, Some(lines.number), Fault::new(Where::Whole, kind));
    })?;
    let mut count = 0;
    while let Some(line) = lines.next()? {
        let closed = cells.split(&line);
        if cells.are_blank_from(0) {
            continue;
        }
        count += 1;
        if count > most {
            return Err(FaultKind::TooManyRows { limit: most });
        }
        let broken = if !closed {
            Some(FaultKind::UnclosedQuote)
        } else if cells.len() < header.width() || !cells.are_blank_from(header.width()) {
            Some(FaultKind::RaggedRow { expected: header.width(), found: cells.len() })
        } else {
            None
        };
        let whole = broken.is_none();
        if let Some(kind) = broken {
            report.push(file, Some(lines.number), Fault::new(Where::Whole, kind));
        }
        each(&Row { line: lines.number, whole, cells: &cells, header: &header }, report);
    }
    if count == 0 { Err(FaultKind::NoRows) } else { Ok(()) }
}

/// The separator that the header line has most of; a comma when it has none.
fn separator(header: &str) -> u8 {
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    // On a tie the last wins: the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// The cells of one line.
#[derive(Debug)]
struct Cells {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Cells {
    fn new(separator: u8) -> Cells {
        let reader = ReaderBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).build();
        Cells { reader, text: Vec::new(), ends: Vec::new(), count: 0 }
    }

    /// Splits a line; false when it leaves a quotation mark open.
    fn split(&mut self, line: &str) -> bool {
        let room = line.len() + 2;
        if self.text.len() < room {
            self.text.resize(room, 0);
            self.ends.resize(room, 0);
        }
        self.reader.reset();
        self.count = 0;
        let mut written = 0;
        let mut closed = true;
        // The line, then its end, then the end of the input, which closes even an open quotation mark.
        for (input, ends_input) in [(line.as_bytes(), false), (b"\n", false), (b"", true)] {
            let (result, _, bytes, ends) =
                self.reader.read_record(input, &mut self.text[written..], &mut self.ends[self.count..]);
            written += bytes;
            self.count += ends;
            closed &= !ends_input;
            if matches!(result, ReadRecordResult::Record) {
                break;
            }
        }
        closed
    }

    fn len(&self) -> usize {
        self.count
    }

    /// A cell without spaces around; empty beyond the last.
    fn get(&self, index: usize) -> &str {
        if index >= self.count {
            return "";
        }
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        // The input is valid UTF-8 and the reader drops nothing but ASCII, so that this never is another text.
        std::str::from_utf8(&self.text[start..self.ends[index]]).unwrap_or("").trim()
    }

    fn are_blank_from(&self, index: usize) -> bool {
        (index..self.count).all(|i| self.get(i).is_empty())
    }
}
