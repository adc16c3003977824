//! The passes over several files one after the other, and how far they have come.

use super::first_pass::Lines;
use super::second_pass::{Points, Sites, Used};
use crate::error::{Error, ErrorKind};
use crate::pbf::{Block, PbfFile};
use crate::profile::Profile;
use crate::progress::{Phase, Watch};

/// So many can be numbered with room for what is derived from them; the roads of all Europe have a half.
const MOST_REFS: usize = 1 << 30;

/// The reading of some files.
pub(super) struct Reading<'a> {
    profile: &'a Profile,
    watch: &'a Watch<'a>,
    /// Bytes of the passes that are over.
    done: u64,
    /// Bytes of all passes.
    total: u64,
}

impl<'a> Reading<'a> {
    pub(super) fn new(files: &[PbfFile], profile: &'a Profile, watch: &'a Watch<'a>) -> Reading<'a> {
        let total = 2 * files.iter().map(PbfFile::bytes).sum::<u64>();
        watch.step(Phase::Read, 0, total);
        Reading { profile, watch, done: 0, total }
    }

    /// Adds what a file says of ways and relations. Returns the blocks that hold nodes.
    pub(super) fn first_pass(&mut self, file: &PbfFile, all: &mut Lines) -> Result<Vec<usize>, Error> {
        let mut node_blocks = Vec::new();
        let decode = |block: &Block<'_>| Lines::read(block, self.profile);
        file.decode(&file.data_blocks(), self.watch, decode, |block, lines| {
            if lines.has_nodes {
                node_blocks.push(block);
            }
            all.append(lines);
            self.step(file.end(block));
        })?;
        if all.refs.len().max(all.area_refs.len()) > MOST_REFS {
            let count = (all.refs.len() + all.area_refs.len()) as u64;
            return Err(file.fail(ErrorKind::TooLarge { what: "nodes of ways", count }));
        }
        self.end_pass(file);
        Ok(node_blocks)
    }

    /// Adds what these blocks of a file say of nodes.
    pub(super) fn second_pass(
        &mut self,
        file: &PbfFile,
        blocks: &[usize],
        used: &Used,
        all: &mut Sites,
    ) -> Result<(), Error> {
        let decode = |block: &Block<'_>| Points::read(block, self.profile, used);
        file.decode(blocks, self.watch, decode, |block, points| {
            all.append(points);
            self.step(file.end(block));
        })?;
        self.end_pass(file);
        Ok(())
    }

    fn end_pass(&mut self, file: &PbfFile) {
        self.step(file.bytes());
        self.done += file.bytes();
    }

    fn step(&self, bytes: u64) {
        self.watch.step(Phase::Read, self.done + bytes, self.total);
    }
}
