//! Reading `.osm.pbf` files: <https://wiki.openstreetmap.org/wiki/PBF_Format>
//!
//! The blocks are framed, inflated and decoded here rather than by a general reader, because an extract comes from
//! anywhere and nothing in it may panic, exhaust the memory or pass unnoticed. The `osmpbf` crate (0.3.8), which
//! the tests use as an oracle, cannot be made safe from outside: it adds up the differences of dense nodes
//! unchecked and shows them in no other form (an overflow panics where overflow checks are on), it ends the tags of
//! an element silently at a broken reference, and it unpacks a block into owned messages before anyone can look at
//! it (two bytes become a message of some hundred; a block of 32 KiB in the file can take gigabytes). Borrowing from
//! the inflated bytes is also several times faster.
//!
//! What no reader can notice is a file cut exactly between two blocks, for the format has no end mark; the number of
//! missing nodes in [`Summary`](crate::Summary) is a hint.

mod blob;
mod block;
mod element;
mod frame;
mod texts;
mod wire;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

pub(crate) use block::{Block, Element};
pub(crate) use element::{DenseNodes, MemberKind, Node, Relation, Way};
use frame::{BlobKind, Frame};
pub(crate) use texts::{Keys, Tags};
use wire::Fields;

use crate::error::{Damage, Error, ErrorKind};
use crate::file;
use crate::progress::Watch;

/// What a file may require of its reader.
const KNOWN_FEATURES: [&[u8]; 2] = [b"OsmSchema-V0.6", b"DenseNodes"];

/// So much all blocks of a file may grow to, on top of a multiple of the file's size.
const ANY_FILE_BYTES: u64 = 1024 * 1024;

/// Blocks that each thread gets at a time: enough to keep it busy, few enough to stay in the cache.
const BLOCKS_PER_THREAD: usize = 8;

/// A file whose blocks have been found and whose header is understood.
pub(crate) struct PbfFile {
    path: PathBuf,
    file: File,
    frames: Vec<Frame>,
    /// What was inflated of blocks that were looked into, for when they are decoded.
    kept: Mutex<BTreeMap<usize, Vec<u8>>>,
}

impl PbfFile {
    pub(crate) fn open(path: &Path) -> Result<PbfFile, Error> {
        let file = File::open(path).map_err(|error| Error::of_file(path, ErrorKind::Io(error)))?;
        let frames = frame::frames(path, &file).map_err(|error| match error.kind() {
            ErrorKind::NotPbf if file::is_saved(path).unwrap_or(false) => {
                Error::of_file(path, ErrorKind::NotExtract)
            }
            _ => error,
        })?;
        let pbf = PbfFile { path: path.to_owned(), file, frames, kept: Mutex::default() };
        pbf.check_headers()?;
        Ok(pbf)
    }

    /// Length of the file in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.frames.last().map_or(0, Frame::end)
    }

    /// Bytes of a block.
    pub(crate) fn block_bytes(&self, block: usize) -> u64 {
        self.frames[block].end() - self.frames[block].offset
    }

    pub(crate) fn fail(&self, kind: ErrorKind) -> Error {
        Error::of_file(&self.path, kind)
    }

    /// The numbers of all data blocks, in the order of the file.
    pub(crate) fn data_blocks(&self) -> Vec<usize> {
        (0..self.frames.len()).filter(|&index| self.frames[index].kind == BlobKind::Data).collect()
    }

    /// Looks into one data block ahead of decoding it.
    pub(crate) fn peek<T>(
        &self,
        block: usize,
        look: impl Fn(&Block<'_>) -> Result<T, Damage>,
    ) -> Result<T, Error> {
        let frame = &self.frames[block];
        let (mut blob, mut buffer) = (Vec::new(), Vec::new());
        self.read_blob(frame, &mut blob)?;
        let content = blob::content(frame, &blob, &mut buffer).map_err(|kind| self.fail(kind))?;
        let (_, found) = decode_content(frame, content, look).map_err(|kind| self.fail(kind))?;
        if let Ok(mut kept) = self.kept.lock()
            && !buffer.is_empty()
        {
            kept.insert(block, buffer);
        }
        Ok(found)
    }

    /// Decodes blocks in parallel. What `decode` makes of each goes to `take` in the order of `blocks`, each of which
    /// may come only once: together they are held to grow no more than map data does.
    pub(crate) fn decode<T: Send>(
        &self,
        blocks: &[usize],
        watch: &Watch<'_>,
        decode: impl Fn(&Block<'_>) -> Result<T, Damage> + Sync,
        mut take: impl FnMut(usize, T),
    ) -> Result<(), Error> {
        let [blobs, buffers] = [Buffers::default(), Buffers::default()];
        let mut allowed = ANY_FILE_BYTES + blob::MOST_INFLATION * self.bytes();
        for batch in blocks.chunks(BLOCKS_PER_THREAD * rayon::current_num_threads()) {
            if watch.is_cancelled() {
                return Err(self.fail(ErrorKind::Cancelled));
            }
            let blocks: Vec<(&Frame, Stored)> = batch
                .iter()
                .map(|&index| {
                    let frame = &self.frames[index];
                    let kept = self.kept.lock().ok().and_then(|mut kept| kept.remove(&index));
                    if let Some(content) = kept {
                        return Ok((frame, Stored::Content(content)));
                    }
                    let mut blob = blobs.take();
                    self.read_blob(frame, &mut blob)?;
                    Ok((frame, Stored::Blob(blob)))
                })
                .collect::<Result<_, Error>>()?;
            let decoded: Vec<Result<(u64, T), ErrorKind>> = blocks
                .into_par_iter()
                .map(|(frame, stored)| {
                    let blob = match stored {
                        Stored::Content(content) => return decode_content(frame, &content, &decode),
                        Stored::Blob(blob) => blob,
                    };
                    let mut buffer = buffers.take();
                    let content = blob::content(frame, &blob, &mut buffer);
                    let decoded = content.and_then(|content| decode_content(frame, content, &decode));
                    buffers.give(buffer);
                    blobs.give(blob);
                    decoded
                })
                .collect();
            for (result, &block) in decoded.into_iter().zip(batch) {
                let (bytes, decoded) = result.map_err(|kind| self.fail(kind))?;
                allowed = allowed
                    .checked_sub(bytes)
                    .ok_or_else(|| self.fail(self.frames[block].damaged(Damage::Bomb)))?;
                take(block, decoded);
            }
        }
        Ok(())
    }

    fn read_blob(&self, frame: &Frame, blob: &mut Vec<u8>) -> Result<(), Error> {
        blob.resize(frame.size as usize, 0);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(frame.blob))
            .and_then(|_| file.read_exact(blob))
            .map_err(|error| self.fail(ErrorKind::Io(error)))
    }

    fn check_headers(&self) -> Result<(), Error> {
        let (mut blob, mut buffer) = (Vec::new(), Vec::new());
        for frame in self.frames.iter().filter(|frame| frame.kind == BlobKind::Header) {
            self.read_blob(frame, &mut blob)?;
            let content = blob::content(frame, &blob, &mut buffer).map_err(|kind| self.fail(kind))?;
            for feature in required_features(content).map_err(|damage| self.fail(frame.damaged(damage)))? {
                if !KNOWN_FEATURES.contains(&feature) {
                    let feature = String::from_utf8_lossy(feature).chars().take(100).collect();
                    let (block, offset) = (frame.block, frame.offset);
                    return Err(self.fail(ErrorKind::UnknownFeature { block, offset, feature }));
                }
            }
        }
        Ok(())
    }
}

/// A block as it was read.
enum Stored {
    /// As it stands in the file.
    Blob(Vec<u8>),
    Content(Vec<u8>),
}

/// What `decode` makes of the content of a block, and how many bytes that has.
fn decode_content<T>(
    frame: &Frame,
    content: &[u8],
    decode: impl Fn(&Block<'_>) -> Result<T, Damage>,
) -> Result<(u64, T), ErrorKind> {
    match Block::parse(content).and_then(|block| decode(&block)) {
        Ok(decoded) => Ok((content.len() as u64, decoded)),
        Err(damage) => Err(frame.damaged(damage)),
    }
}

/// Memory that is used again: fresh memory for every block would cost as much as inflating it.
#[derive(Default)]
struct Buffers(Mutex<Vec<Vec<u8>>>);

impl Buffers {
    fn take(&self) -> Vec<u8> {
        self.0.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default()
    }

    fn give(&self, buffer: Vec<u8>) {
        if let Ok(mut spare) = self.0.lock() {
            spare.push(buffer);
        }
    }
}

fn required_features(header: &[u8]) -> Result<Vec<&[u8]>, Damage> {
    let mut features = Vec::new();
    for field in Fields(header) {
        if let (4, value) = field? {
            features.push(value.bytes()?);
        }
    }
    Ok(features)
}
