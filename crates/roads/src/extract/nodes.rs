//! The nodes that ways use, numbered by id.

use super::shelves::{Numbering, Shelves, shelved};

/// The nodes that some ways use, numbered in the order of their ids.
///
/// The ids stand on shelves by their leading bits, which makes both sorting them and finding one of them a matter of a
/// few steps: on the extracts of nations, comparison sorts and searches would take as long as all the rest of reading.
#[derive(Default)]
pub(super) struct Nodes {
    /// Sorted, each once.
    ids: Vec<i64>,
    /// Those of shelf `s` are `starts[s]..starts[s + 1]` of the ids.
    starts: Vec<u32>,
    shelves: Shelves,
}

impl Nodes {
    /// The nodes that these are the ids of, in any order, some of them several times; and the number of each id. Numbers
    /// are carried through the sorting: to look them up would take a step into the dark for each.
    pub(super) fn used(refs: &[i64]) -> (Nodes, Vec<u32>) {
        if refs.is_empty() {
            return (Nodes::default(), Vec::new());
        }
        let ends = (i64::MAX, i64::MIN);
        let (least, most) = refs.iter().fold(ends, |(least, most), &id| (id.min(least), id.max(most)));
        let (shelves, count) = Shelves::new(least, most, refs.len());
        let (slips, mut starts) = shelved(refs, shelves, count);
        let mut numbering = Numbering::new(shelves, slips);
        let mut begin = 0;
        for shelf in 0..count {
            let end = starts[shelf + 1] as usize;
            starts[shelf] = numbering.kept as u32;
            numbering.add(shelf, begin..end);
            begin = end;
        }
        let Numbering { mut slips, kept, numbers, .. } = numbering;
        starts[count] = kept as u32;
        starts.truncate(count + 1);
        slips.truncate(kept);
        let ids = slips.into_iter().map(|id| id as i64).collect();
        (Nodes { ids, starts, shelves }, numbers)
    }

    /// How many they are.
    pub(super) fn count(&self) -> usize {
        self.ids.len()
    }

    /// The number of a node, if it is one of these.
    pub(super) fn number(&self, id: i64) -> Option<u32> {
        self.number_at(self.place(id), id)
    }

    /// To number many nodes that mostly come in the order of their ids.
    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor { nodes: self, place: 0, last: i64::MIN }
    }

    /// How many ids are less than this one.
    #[inline]
    fn place(&self, id: i64) -> usize {
        if id < self.shelves.least {
            return 0;
        }
        match self.starts.get(self.shelves.of(id)..) {
            Some(&[start, end, ..]) => {
                let shelf = &self.ids[start as usize..end as usize];
                start as usize + shelf.partition_point(|&other| other < id)
            }
            _ => self.ids.len(),
        }
    }

    #[inline]
    fn number_at(&self, place: usize, id: i64) -> Option<u32> {
        (self.ids.get(place) == Some(&id)).then_some(place as u32)
    }
}

/// Numbers nodes one after the other. Those whose ids rise are mostly found without going to a shelf.
pub(super) struct Cursor<'a> {
    nodes: &'a Nodes,
    /// How many ids are less than the last one asked for.
    place: usize,
    last: i64,
}

impl Cursor<'_> {
    /// The number of a node, if it is one of those. Inlined even so: asked twice of every node of a file.
    #[inline(always)]
    pub(super) fn number(&mut self, id: i64) -> Option<u32> {
        // Of two nodes in use that follow each other in a file, the numbers do so as well.
        const STEPS: usize = 2;
        let ahead = self.nodes.ids[self.place..].iter().take(STEPS).position(|&next| id <= next);
        self.place = match ahead {
            Some(steps) if self.last <= id => self.place + steps,
            _ => self.nodes.place(id),
        };
        self.last = id;
        self.nodes.number_at(self.place, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn assert_numbers(refs: &[i64], asked: impl Iterator<Item = i64>) {
        let mut sorted = refs.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let (nodes, numbers) = Nodes::used(refs);
        assert_eq!(nodes.ids, sorted);
        let ids: Vec<i64> = numbers.into_iter().map(|number| sorted[number as usize]).collect();
        assert_eq!(ids, refs, "numbers of all");
        let mut cursor = nodes.cursor();
        for id in asked {
            let expected = sorted.binary_search(&id).ok().map(|index| index as u32);
            assert_eq!(nodes.number(id), expected, "id {id} of {refs:?}");
            assert_eq!(cursor.number(id), expected, "id {id} of {refs:?}, by a cursor");
        }
    }

    #[test]
    fn nodes_are_numbered_by_id() {
        let mut random = Random(1);
        for round in 0..400 {
            let spread = [3, 50, 10_000, 1 << 33, i64::MAX as u64][round % 5];
            let mut id = || (random.next() % spread) as i64 - [0, (spread / 2) as i64][round / 5 % 2];
            let refs: Vec<i64> = (0..round).map(|_| id()).collect();
            let others: Vec<i64> = (0..100).map(|_| id()).collect();
            let mut rising = [&refs[..], &others].concat();
            rising.sort_unstable();
            let asked = rising.into_iter().chain(refs.iter().copied()).chain(others);
            assert_numbers(&refs, asked.chain([i64::MIN, -1, 0, 1, i64::MAX]));
        }
    }

    #[test]
    fn nodes_in_clusters_are_numbered_by_id() {
        let mut random = Random(2);
        for round in 0..60u64 {
            // The last clusters are as far apart as ids can be.
            let (clusters, apart, wide) = (1 + round % 7, 1 << (round % 61), 1 << (round % 14));
            let mut id = || (random.next() % clusters * apart + random.next() % wide) as i64;
            let refs: Vec<i64> = (0..50 * round).map(|_| id()).collect();
            let asked: Vec<i64> = (0..200).map(|_| id()).collect();
            assert_numbers(&refs, asked.into_iter());
        }
    }

    #[test]
    fn ids_at_both_ends_of_the_range_are_numbered() {
        let ends = [i64::MAX, i64::MIN, 0, i64::MAX, i64::MIN + 1];
        assert_numbers(&ends, ends.into_iter().chain([1, -1, i64::MAX - 1, i64::MIN + 2]));
        assert_numbers(&[7; 100], 5..9);
    }
}
