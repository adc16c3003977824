//! The lines of a text file of any origin, one at a time.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Take};

use crate::territory::fault::FaultKind;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 64 << 10;

/// Lines, each at most 64 KiB, of at most `limit` bytes in all.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: BufReader<Take<R>>,
    limit: u64,
    bytes: u64,
    buffer: Vec<u8>,
    /// The number of the line last read, from 1.
    pub(super) number: u64,
    /// The first line that is not UTF-8, and was read with replacement characters.
    pub(super) not_utf8: Option<u64>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R, limit: u64) -> Lines<R> {
        let input = BufReader::with_capacity(1 << 16, input.take(limit.saturating_add(1)));
        Lines { input, limit, bytes: 0, buffer: Vec::new(), number: 0, not_utf8: None }
    }

    /// The next line without its end and without byte order mark; None after the last.
    ///
    /// # Errors
    /// What makes it senseless to read on: the medium fails, the file or a line is too long, or it is no text.
    pub(super) fn next(&mut self) -> Result<Option<Cow<'_, str>>, FaultKind> {
        self.buffer.clear();
        let mut line = (&mut self.input).take(LONGEST + 1);
        let count =
            line.read_until(b'\n', &mut self.buffer).map_err(|e| FaultKind::Unreadable((&e).into()))? as u64;
        if count == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += count;
        if self.bytes > self.limit {
            return Err(FaultKind::TooLarge { limit: self.limit });
        }
        let first = self.number == 1;
        if first && (self.buffer.starts_with(b"\xFF\xFE") || self.buffer.starts_with(b"\xFE\xFF")) {
            return Err(FaultKind::NotUtf8);
        }
        if self.buffer.contains(&0) {
            return Err(FaultKind::Binary);
        }
        if count > LONGEST {
            return Err(FaultKind::LineTooLong { limit: LONGEST });
        }
        let mark: &[u8] = if first { b"\xEF\xBB\xBF" } else { b"" };
        let line = self.buffer.strip_prefix(mark).unwrap_or(&self.buffer);
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = String::from_utf8_lossy(line);
        if matches!(text, Cow::Owned(_)) {
            self.not_utf8.get_or_insert(self.number);
        }
        Ok(Some(text))
    }
}
