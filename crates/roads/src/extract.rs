//! From a file to the drivable ways and the nodes they use.
//!
//! The file is read twice: first for the ways, then for those nodes that the ways use, so that what is held in memory
//! is the roads and never the map. Ways are sorted by id and nodes numbered by id: neither the order of the file nor
//! the number of threads can change the network.

use std::path::Path;

use rayon::prelude::*;

use crate::error::{Damage, Error, ErrorKind};
use crate::pbf::{Block, PbfFile};
use crate::profile::Stop;
use crate::profile::{Profile, Road, Rule};
use crate::progress::{Phase, Watch};
use crate::sphere::Fixed;

/// So many can be numbered with room for what is derived from them; the roads of all Europe have a half.
const MOST_REFS: usize = 1 << 30;

/// The drivable ways of a file and their nodes.
#[derive(Debug, Default)]
pub(crate) struct Extract {
    /// Sorted by id, each once.
    pub(crate) ways: Vec<DrivableWay>,
    /// The nodes of all ways, one way after the other, as numbers of `positions`.
    pub(crate) refs: Vec<u32>,
    /// Where each node is; None where the file does not say. Numbered by id.
    pub(crate) positions: Vec<Option<Fixed>>,
    /// What stands on nodes of the ways, by their numbers, each once.
    pub(crate) stops: Vec<(u32, Stop)>,
    /// Turns that are forbidden to the vehicle, in the order of their ids.
    pub(crate) restrictions: Vec<Restriction>,
    pub(crate) settlements: Settlements,
}

/// A turn restriction: of those who come from a way over a node, or over further ways, into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restriction {
    pub(crate) rule: Rule,
    /// Ids of ways; several where nobody may enter.
    pub(crate) from: Vec<i64>,
    pub(crate) via: Via,
    /// Ids of ways; several where nobody may leave.
    pub(crate) to: Vec<i64>,
}

/// What a restricted turn leads over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// The number of a node.
    Node(u32),
    /// Ids of ways, in the order in which they are driven.
    Ways(Vec<i64>),
}

/// What the map says of where people live.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settlements {
    /// Centres of places, and how far around each in metres the profile takes the land to be built up.
    pub(crate) places: Vec<(Fixed, f64)>,
    /// Outlines of built-up land, each closed.
    pub(crate) areas: Vec<Vec<Fixed>>,
}

/// A way that the profile may drive.
#[derive(Clone, Debug)]
pub(crate) struct DrivableWay {
    pub(crate) id: i64,
    pub(crate) road: Road,
    /// Its nodes: from here in `refs`, so many of them.
    pub(crate) first: usize,
    pub(crate) nodes: usize,
}

/// What one block says of ways.
#[derive(Default)]
struct Ways {
    ways: Vec<DrivableWay>,
    refs: Vec<i64>,
    /// Nodes whose position stands on the way.
    located: Vec<(i64, Fixed)>,
    /// Whether the block has to be read again for its nodes.
    has_nodes: bool,
}

impl Extract {
    /// The nodes of one of its ways.
    pub(crate) fn nodes(&self, way: &DrivableWay) -> &[u32] {
        &self.refs[way.first..way.first + way.nodes]
    }

    pub(crate) fn read(path: &Path, profile: &Profile, watch: &Watch<'_>) -> Result<Extract, Error> {
        let file = PbfFile::open(path)?;
        let total = 2 * file.bytes();
        watch.step(Phase::Read, 0, total);
        let mut all = Ways::default();
        let mut node_blocks = Vec::new();
        let decode = |block: &Block<'_>| read_ways(block, profile);
        file.decode(&file.data_blocks(), watch, decode, |block, ways| {
            if ways.has_nodes {
                node_blocks.push(block);
            }
            all.append(ways);
            watch.step(Phase::Read, file.end(block), total);
        })?;
        if all.refs.len() > MOST_REFS {
            let count = all.refs.len() as u64;
            return Err(file.fail(ErrorKind::TooLarge { what: "nodes of roads", count }));
        }
        all.sort();
        let ids = all.node_ids();
        let mut positions = vec![None; ids.len()];
        for &(id, position) in &all.located {
            place(&mut positions, number(&ids, id), position);
        }
        let decode = |block: &Block<'_>| read_nodes(block, &ids);
        file.decode(&node_blocks, watch, decode, |block, nodes| {
            for (index, position) in nodes {
                place(&mut positions, Some(index), position);
            }
            watch.step(Phase::Read, file.bytes() + file.end(block), total);
        })?;
        watch.step(Phase::Read, total, total);
        let refs = all.refs.par_iter().filter_map(|&id| number(&ids, id)).collect();
        Ok(Extract { ways: all.ways, refs, positions, ..Extract::default() })
    }
}

/// The first position of a node counts: a node that comes twice, as in files put together, is the same node.
fn place(positions: &mut [Option<Fixed>], index: Option<u32>, position: Fixed) {
    if let Some(slot) = index.and_then(|index| positions.get_mut(index as usize)) {
        slot.get_or_insert(position);
    }
}

impl Ways {
    fn append(&mut self, other: Ways) {
        let first = self.refs.len();
        self.refs.extend(other.refs);
        self.ways.extend(other.ways.into_iter().map(|way| DrivableWay { first: way.first + first, ..way }));
        self.located.extend(other.located);
    }

    /// Sorts by id, and keeps the first of ways that come twice.
    fn sort(&mut self) {
        self.ways.sort_by_key(|way| way.id);
        self.ways.dedup_by_key(|way| way.id);
    }

    fn node_ids(&self) -> Vec<i64> {
        let mut ids = self.refs.clone();
        ids.par_sort_unstable();
        ids.dedup();
        ids
    }
}

fn read_ways(block: &Block<'_>, profile: &Profile) -> Result<Ways, Damage> {
    let mut found = Ways { has_nodes: block.has_nodes()?, ..Ways::default() };
    block.ways_with("highway", |way| {
        if let Some(road) = profile.road(&way.tags) {
            let (first, nodes) = (found.refs.len(), way.refs.len());
            found.ways.push(DrivableWay { id: way.id, road, first, nodes });
            found.located.extend(way.refs.iter().copied().zip(way.positions.iter().copied()));
            found.refs.extend(&way.refs);
        }
    })?;
    Ok(found)
}

fn read_nodes(block: &Block<'_>, ids: &[i64]) -> Result<Vec<(u32, Fixed)>, Damage> {
    let mut nodes = Vec::new();
    let mut finder = Finder { ids, at: 0 };
    block.nodes(|id| finder.find(id), |index, position| nodes.push((index, position)))?;
    Ok(nodes)
}

fn number(ids: &[i64], id: i64) -> Option<u32> {
    ids.binary_search(&id).ok().map(|index| index as u32)
}

/// Finds one id after the other in a sorted list; cheap when they come in order, as they do in most files.
struct Finder<'a> {
    ids: &'a [i64],
    /// Where the last search ended.
    at: usize,
}

impl Finder<'_> {
    fn find(&mut self, id: i64) -> Option<u32> {
        if self.ids.get(self.at).is_none_or(|&here| here > id) {
            // Behind: the file is not in order here.
            self.at = self.ids[..self.at].partition_point(|&other| other < id);
        }
        let mut step = 1;
        while self.ids.get(self.at + step).is_some_and(|&ahead| ahead < id) {
            self.at += step;
            step *= 2;
        }
        let end = self.ids.len().min(self.at + step + 1);
        self.at += self.ids[self.at..end].partition_point(|&other| other < id);
        (self.ids.get(self.at) == Some(&id)).then_some(self.at as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_any_order_of_asking() {
        let ids: Vec<i64> = (0..200).map(|k| k * k * 7 - 500).collect();
        let mut state = 1u64;
        let mut finder = Finder { ids: &ids, at: 0 };
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let id = match state >> 62 {
                0 => ids[(state >> 40) as usize % ids.len()],
                _ => (state >> 40) as i64 % 300_000 - 1000,
            };
            assert_eq!(finder.find(id), number(&ids, id), "id {id}");
        }
        assert_eq!(Finder { ids: &[], at: 0 }.find(3), None);
    }
}
