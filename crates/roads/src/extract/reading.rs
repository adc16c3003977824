//! The passes over several files one after the other, and how far they have come.

use super::first_pass::Lines;
use super::second_pass::{Points, Sites, Used};
use crate::error::{Damage, Error, ErrorKind};
use crate::pbf::{Block, Element, PbfFile};
use crate::profile::Profile;
use crate::progress::{Phase, Watch};

/// So many can be numbered with room for what is derived from them; the roads of all Europe have a half.
const MOST_REFS: usize = 1 << 30;

/// The reading of some files.
pub(super) struct Reading<'a> {
    files: Vec<Source<'a>>,
    profile: &'a Profile,
    watch: &'a Watch<'a>,
    /// Bytes that were read.
    done: u64,
    /// Bytes to read in all, as far as known: each block once, and those again that the second pass needs too.
    total: u64,
}

/// A file and where in it things are.
struct Source<'a> {
    file: &'a PbfFile,
    /// The numbers of its data blocks.
    blocks: Vec<usize>,
    /// Of the blocks those before this one are taken to hold nodes alone, and passed over by the first pass.
    first_with_lines: usize,
    /// The blocks that the first pass found to hold nodes.
    with_nodes: Vec<usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        files: &'a [PbfFile],
        profile: &'a Profile,
        watch: &'a Watch<'a>,
    ) -> Result<Reading<'a>, Error> {
        let files: Vec<Source<'a>> = files.iter().map(Source::new).collect::<Result<_, _>>()?;
        let total = files.iter().map(|source| source.bytes(&source.blocks)).sum();
        watch.step(Phase::Read, 0, total);
        Ok(Reading { files, profile, watch, done: 0, total })
    }

    /// What the files say of ways and relations, sorted.
    pub(super) fn first_pass(&mut self) -> Result<Lines, Error> {
        self.done = 0;
        self.total = self.files.iter().map(|source| source.bytes(&source.blocks)).sum();
        let mut all = Lines::default();
        for source in &mut self.files {
            source.with_nodes.clear();
            let decode = |block: &Block<'_>| Lines::read(block, self.profile);
            source.file.decode(
                &source.blocks[source.first_with_lines..],
                self.watch,
                decode,
                |block, lines| {
                    if lines.has_nodes {
                        source.with_nodes.push(block);
                    }
                    all.append(lines);
                    self.done += source.file.block_bytes(block);
                    self.watch.step(Phase::Read, self.done, self.total);
                },
            )?;
            self.total += source.bytes(&source.with_nodes);
            let count = all.refs.len().max(all.area_refs.len());
            if count > MOST_REFS {
                let kind = ErrorKind::TooLarge { what: "nodes of ways", count: count as u64 };
                return Err(source.file.fail(kind));
            }
        }
        all.settle();
        Ok(all)
    }

    /// What the files say of nodes, sorted. None when a block that was passed over holds ways, so that the first pass
    /// must be made again: it will not pass over that file.
    pub(super) fn second_pass(&mut self, lines: &Lines, used: &Used) -> Result<Option<Sites>, Error> {
        let mut all = Sites::on_ways(&lines.located, used);
        for source in &mut self.files {
            let (passed_over, _) = source.blocks.split_at(source.first_with_lines);
            let blocks = [passed_over, &source.with_nodes].concat();
            let mut in_order = true;
            let decode = |block: &Block<'_>| Points::read(block, self.profile, used);
            source.file.decode(&blocks, self.watch, decode, |block, points| {
                in_order &= !(points.has_lines && passed_over.last() >= Some(&block));
                all.append(points);
                self.done += source.file.block_bytes(block);
                self.watch.step(Phase::Read, self.done, self.total);
            })?;
            if !in_order {
                source.first_with_lines = 0;
                return Ok(None);
            }
        }
        all.settle();
        Ok(Some(all))
    }
}

impl<'a> Source<'a> {
    /// Nearly all writers put nodes before ways and those before relations, and nodes are most of a file: the first block
    /// with ways is found by bisection. Where the order is another, the second pass notices.
    fn new(file: &'a PbfFile) -> Result<Source<'a>, Error> {
        let blocks = file.data_blocks();
        let (mut low, mut high) = (0, blocks.len());
        while low < high {
            let middle = low.midpoint(high);
            if file.peek(blocks[middle], has_any_lines)? { high = middle } else { low = middle + 1 }
        }
        Ok(Source { file, blocks, first_with_lines: low, with_nodes: Vec::new() })
    }

    fn bytes(&self, blocks: &[usize]) -> u64 {
        blocks.iter().map(|&block| self.file.block_bytes(block)).sum()
    }
}

fn has_any_lines(block: &Block<'_>) -> Result<bool, Damage> {
    for element in block.elements() {
        if matches!(element?, Element::Way(_) | Element::Relation(_)) {
            return Ok(true);
        }
    }
    Ok(false)
}
