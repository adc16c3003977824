//! The outer form of a file: length, header, blob, again and again to the end.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::wire::Fields;
use crate::error::{Damage, Error, ErrorKind};

/// Limits of the format: <https://wiki.openstreetmap.org/wiki/PBF_Format#File_format>
const MOST_HEADER_BYTES: u32 = 64 * 1024;
pub(super) const MOST_BLOB_BYTES: u64 = 32 * 1024 * 1024;

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlobKind {
    Header,
    Data,
    /// A kind that later versions of the format may bring; readers skip it.
    Other,
}

/// Where a block's blob stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// Number of the block in the file.
    pub(super) block: u64,
    /// First byte of the block.
    pub(super) offset: u64,
    pub(super) kind: BlobKind,
    /// First byte of the blob.
    pub(super) blob: u64,
    pub(super) size: u64,
}

impl Frame {
    pub(super) fn end(&self) -> u64 {
        self.blob + self.size
    }

    pub(super) fn damaged(&self, damage: Damage) -> ErrorKind {
        ErrorKind::Damaged { block: self.block, offset: self.offset, damage }
    }
}

/// Finds every block of a file without reading its content, so that a file cut short is noticed before any work.
pub(super) fn frames(path: &Path, file: &File) -> Result<Vec<Frame>, Error> {
    let fail = |kind| Error::of_file(path, kind);
    let length = file.metadata().map_err(|e| fail(ErrorKind::Io(e)))?.len();
    let mut reader = BufReader::new(file);
    let mut frames = Vec::new();
    let mut offset = 0;
    while offset < length {
        let block = frames.len() as u64;
        let frame = next_frame(&mut reader, block, offset, length).map_err(|kind| match kind {
            // Nothing of the file was understood so far: it is something else altogether.
            ErrorKind::Damaged { .. } if block == 0 => fail(ErrorKind::NotPbf),
            kind => fail(kind),
        })?;
        offset = frame.end();
        frames.push(frame);
    }
    match frames.first() {
        None => Err(fail(ErrorKind::Empty)),
        Some(Frame { kind: BlobKind::Header, .. }) => Ok(frames),
        _ => Err(fail(ErrorKind::NotPbf)),
    }
}

fn next_frame(
    reader: &mut BufReader<&File>,
    block: u64,
    offset: u64,
    length: u64,
) -> Result<Frame, ErrorKind> {
    let damaged = |damage| ErrorKind::Damaged { block, offset, damage };
    let ended = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => ErrorKind::Truncated { block, offset: length },
        _ => ErrorKind::Io(error),
    };
    let mut prefix = [0; 4];
    reader.read_exact(&mut prefix).map_err(ended)?;
    let header_bytes = u32::from_be_bytes(prefix);
    if header_bytes == 0 || header_bytes > MOST_HEADER_BYTES {
        return Err(damaged(Damage::Header));
    }
    let mut header = vec![0; header_bytes as usize];
    reader.read_exact(&mut header).map_err(ended)?;
    let (kind, size) = parse_blob_header(&header).map_err(damaged)?;
    let frame = Frame { block, offset, kind, blob: offset + 4 + u64::from(header_bytes), size };
    if frame.end() > length {
        return Err(ErrorKind::Truncated { block, offset: length });
    }
    reader.seek_relative(size as i64).map_err(ErrorKind::Io)?;
    Ok(frame)
}

fn parse_blob_header(header: &[u8]) -> Result<(BlobKind, u64), Damage> {
    let (mut kind, mut size) = (None, None);
    for field in Fields(header) {
        match field.map_err(|_| Damage::Header)? {
            (1, value) => kind = Some(value.bytes().map_err(|_| Damage::Header)?),
            (3, value) => size = Some(value.number().map_err(|_| Damage::Header)?),
            _ => {}
        }
    }
    let kind = match kind.ok_or(Damage::Header)? {
        b"OSMHeader" => BlobKind::Header,
        b"OSMData" => BlobKind::Data,
        _ => BlobKind::Other,
    };
    match size.ok_or(Damage::Header)? {
        size if size <= MOST_BLOB_BYTES => Ok((kind, size)),
        _ => Err(Damage::Size),
    }
}
