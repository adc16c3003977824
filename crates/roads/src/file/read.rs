//! Arrays from a file, each checked before it counts.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crc32fast::Hasher;
use safetensors::tensor::{Metadata, TensorInfo};

use super::label::Label;
use super::refusal::Refusal;
use super::rows::{Numbers, Row, decode, row_bytes};
use super::{LABEL, SUMS};
use crate::error::ErrorKind;
use crate::progress::{Phase, Watch};

/// The header of a nation takes a few kilobytes, most of them its profile.
const MOST_HEADER: u64 = 1 << 20;

/// Bytes read at once, about.
const BYTES_AT_ONCE: usize = 1 << 17;

/// How every saved network starts, after the eight bytes of its header's length.
const START: &[u8] = b"{\"__metadata__\":{\"medicobus-roads\":";
const LENGTH_BYTES: usize = 8;

/// Whether a file starts as a saved network does, whatever follows.
pub(crate) fn is_saved(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take((LENGTH_BYTES + START.len()) as u64).read_to_end(&mut start)?;
    Ok(start.get(LENGTH_BYTES..) == Some(START))
}

/// A file whose header is sound.
pub(crate) struct Reader<'a> {
    file: File,
    metadata: Metadata,
    /// Where the arrays start.
    data: u64,
    bytes: u64,
    /// Checksums of the arrays, in their order.
    sums: Vec<u32>,
    names: Vec<String>,
    watch: &'a Watch<'a>,
    done: u64,
}

impl<'a> Reader<'a> {
    pub(crate) fn open(path: &Path, watch: &'a Watch<'a>) -> Result<Reader<'a>, ErrorKind> {
        let mut file = File::open(path).map_err(ErrorKind::Io)?;
        let bytes = file.metadata().map_err(ErrorKind::Io)?.len();
        let header = read_header(&mut file)?;
        let data = header.len() as u64;
        let metadata: Metadata =
            serde_json::from_slice(&header[LENGTH_BYTES..]).map_err(|_| damaged("header"))?;
        if data + metadata.data_len() as u64 != bytes {
            return Err(
                Refusal::Truncated { expected: data + metadata.data_len() as u64, found: bytes }.into()
            );
        }
        let names = metadata.offset_keys();
        let mut reader = Reader { file, metadata, data, bytes, sums: Vec::new(), names, watch, done: data };
        let (sums, _) = reader.rows::<u32>(SUMS)?;
        match sums.split_first() {
            Some((&sum, sums)) if sum == crc32fast::hash(&header) => reader.sums = sums.to_vec(),
            _ => return Err(damaged("header")),
        }
        Ok(reader)
    }

    /// What the file says of itself.
    pub(crate) fn label(&self) -> Result<Label, ErrorKind> {
        let label = self.metadata.metadata().as_ref().and_then(|words| words.get(LABEL));
        Ok(Label::read(label.map_or("", String::as_str))?)
    }

    /// Whether there is an array of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.metadata.info(name).is_some()
    }

    /// The array of that name; an error when there is none, when it is of another kind, or not what was written.
    pub(crate) fn array<R: Row>(&mut self, name: &str) -> Result<Vec<R>, ErrorKind> {
        let (rows, sum) = self.rows(name)?;
        let position = self.names.iter().position(|other| other == name);
        match position.and_then(|position| self.sums.get(position)) {
            Some(&expected) if expected == sum => Ok(rows),
            _ => Err(damaged(name)),
        }
    }

    /// The rows of an array, and their checksum.
    fn rows<R: Row>(&mut self, name: &str) -> Result<(Vec<R>, u32), ErrorKind> {
        let info =
            self.metadata.info(name).filter(|info| is_array_of::<R>(info)).ok_or_else(|| damaged(name))?;
        let (start, end) = info.data_offsets;
        self.file.seek(SeekFrom::Start(self.data + start as u64)).map_err(ErrorKind::Io)?;
        let mut rows = Vec::with_capacity((end - start) / row_bytes::<R>());
        let mut bytes = vec![0; (BYTES_AT_ONCE / row_bytes::<R>()).max(1) * row_bytes::<R>()];
        let mut sum = Hasher::new();
        let mut left = end - start;
        while left > 0 {
            if self.watch.is_cancelled() {
                return Err(ErrorKind::Cancelled);
            }
            let part = left.min(bytes.len());
            let bytes = &mut bytes[..part];
            self.file.read_exact(bytes).map_err(ErrorKind::Io)?;
            sum.update(bytes);
            decode(bytes, &mut rows);
            left -= part;
            self.done += part as u64;
            self.watch.step(Phase::Load, self.done, self.bytes);
        }
        Ok((rows, sum.finalize()))
    }
}

/// The length and the text of the header.
fn read_header(file: &mut File) -> Result<Vec<u8>, ErrorKind> {
    let mut header = Vec::new();
    let first = (LENGTH_BYTES + START.len()) as u64;
    file.by_ref().take(first).read_to_end(&mut header).map_err(ErrorKind::Io)?;
    let (length, start) = header.split_at_checked(LENGTH_BYTES).ok_or(Refusal::NotSaved)?;
    let length = u64::from_le_bytes(length.try_into().unwrap_or_default());
    if start != START {
        return Err(Refusal::NotSaved.into());
    }
    if length > MOST_HEADER {
        return Err(damaged("header"));
    }
    let rest = (LENGTH_BYTES as u64 + length).saturating_sub(first);
    file.by_ref().take(rest).read_to_end(&mut header).map_err(ErrorKind::Io)?;
    Ok(header)
}

fn is_array_of<R: Row>(info: &TensorInfo) -> bool {
    let width = R::Numbers::WIDTH;
    let shape = match info.shape[..] {
        [_] => width == 1,
        [_, columns] => columns == width && width > 1,
        _ => false,
    };
    shape && info.dtype == R::Numbers::KIND
}

/// The array of that name is not what a network holds.
pub(crate) fn damaged(name: &str) -> ErrorKind {
    Refusal::Damaged { part: name.to_owned() }.into()
}
