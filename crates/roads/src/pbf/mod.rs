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

mod block;
mod element;
mod frame;
mod texts;
mod wire;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub(crate) use block::{Block, Element};
pub(crate) use element::{DenseNodes, MemberKind, Node, Relation, Way};
use frame::{BlobKind, Frame};
pub(crate) use texts::{Keys, Tags};
use wire::Fields;

use crate::error::{Damage, Error, ErrorKind};
use crate::progress::Watch;

/// What a file may require of its reader.
const KNOWN_FEATURES: [&[u8]; 2] = [b"OsmSchema-V0.6", b"DenseNodes"];

/// Blocks that each thread gets at a time: enough to keep it busy, few enough to stay in the cache.
const BLOCKS_PER_THREAD: usize = 8;

/// A file whose blocks have been found and whose header is understood.
pub(crate) struct PbfFile {
    path: PathBuf,
    file: File,
    frames: Vec<Frame>,
}

impl PbfFile {
    pub(crate) fn open(path: &Path) -> Result<PbfFile, Error> {
        let file = File::open(path).map_err(|error| Error::of_file(path, ErrorKind::Io(error)))?;
        let frames = frame::frames(path, &file)?;
        let pbf = PbfFile { path: path.to_owned(), file, frames };
        pbf.check_headers()?;
        Ok(pbf)
    }

    /// Length of the file in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.frames.last().map_or(0, Frame::end)
    }

    /// Bytes of the file up to the end of a block.
    pub(crate) fn end(&self, block: usize) -> u64 {
        self.frames[block].end()
    }

    pub(crate) fn fail(&self, kind: ErrorKind) -> Error {
        Error::of_file(&self.path, kind)
    }

    /// The numbers of all data blocks, in the order of the file.
    pub(crate) fn data_blocks(&self) -> Vec<usize> {
        (0..self.frames.len()).filter(|&index| self.frames[index].kind == BlobKind::Data).collect()
    }

    /// Decodes blocks in parallel. What `decode` makes of each goes to `take` in the order of `blocks`.
    pub(crate) fn decode<T: Send>(
        &self,
        blocks: &[usize],
        watch: &Watch<'_>,
        decode: impl Fn(&Block<'_>) -> Result<T, Damage> + Sync,
        mut take: impl FnMut(usize, T),
    ) -> Result<(), Error> {
        for batch in blocks.chunks(BLOCKS_PER_THREAD * rayon::current_num_threads()) {
            if watch.is_cancelled() {
                return Err(self.fail(ErrorKind::Cancelled));
            }
            let blobs: Vec<(&Frame, Vec<u8>)> = batch
                .iter()
                .map(|&index| Ok((&self.frames[index], self.read_blob(&self.frames[index])?)))
                .collect::<Result<_, Error>>()?;
            let decoded: Vec<Result<T, ErrorKind>> = blobs
                .par_iter()
                .map_init(Vec::new, |buffer, (frame, blob)| {
                    let content = frame::content(frame, blob, buffer)?;
                    Block::parse(content)
                        .and_then(|block| decode(&block))
                        .map_err(|damage| frame.damaged(damage))
                })
                .collect();
            for (result, &block) in decoded.into_iter().zip(batch) {
                take(block, result.map_err(|kind| self.fail(kind))?);
            }
        }
        Ok(())
    }

    fn read_blob(&self, frame: &Frame) -> Result<Vec<u8>, Error> {
        let read = || {
            let mut blob = vec![0; frame.size as usize];
            let mut file = &self.file;
            file.seek(SeekFrom::Start(frame.blob))?;
            file.read_exact(&mut blob)?;
            Ok(blob)
        };
        read().map_err(|error| self.fail(ErrorKind::Io(error)))
    }

    fn check_headers(&self) -> Result<(), Error> {
        let mut buffer = Vec::new();
        for frame in self.frames.iter().filter(|frame| frame.kind == BlobKind::Header) {
            let blob = self.read_blob(frame)?;
            let content = frame::content(frame, &blob, &mut buffer).map_err(|kind| self.fail(kind))?;
            for feature in required_features(content).map_err(|damage| self.fail(frame.damaged(damage)))? {
                if !KNOWN_FEATURES.contains(&feature) {
                    let name = String::from_utf8_lossy(feature).chars().take(100).collect();
                    return Err(self.fail(ErrorKind::UnknownFeature(name)));
                }
            }
        }
        Ok(())
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
