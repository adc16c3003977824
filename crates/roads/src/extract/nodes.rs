//! The nodes that ways use, numbered by id, and where they are.

use rayon::prelude::*;

use crate::sphere::Fixed;

/// The nodes that some ways use, numbered in the order of their ids.
#[derive(Default)]
pub(super) struct Nodes {
    ids: Vec<i64>,
}

impl Nodes {
    /// The nodes that these are the ids of, in any order, some of them several times.
    pub(super) fn used(refs: &[i64]) -> Nodes {
        let mut ids = refs.to_vec();
        ids.par_sort_unstable();
        ids.dedup();
        Nodes { ids }
    }

    /// The number of a node.
    pub(super) fn number(&self, id: i64) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|index| index as u32)
    }

    /// Finds one node after the other.
    pub(super) fn finder(&self) -> Finder<'_> {
        Finder { ids: &self.ids, at: 0 }
    }

    /// The position of none of them.
    pub(super) fn nowhere(&self) -> Vec<Option<Fixed>> {
        vec![None; self.ids.len()]
    }
}

/// The first position of a node counts: a node that comes twice, as in files put together, is the same node.
pub(super) fn place(positions: &mut [Option<Fixed>], number: u32, position: Fixed) {
    if let Some(slot) = positions.get_mut(number as usize) {
        slot.get_or_insert(position);
    }
}

/// Finds one id after the other in a sorted list; cheap when they come in order, as they do in most files.
pub(super) struct Finder<'a> {
    ids: &'a [i64],
    /// Where the last search ended: the first that is not below the id it asked for, while they come in order.
    at: usize,
}

impl Finder<'_> {
    #[inline]
    pub(super) fn find(&mut self, id: i64) -> Option<u32> {
        match self.ids.get(self.at) {
            Some(&here) if here < id => self.advance(id),
            // Behind: the file is not in order here.
            _ if self.at > 0 && self.ids[self.at - 1] >= id => {
                self.at = self.ids[..self.at].partition_point(|&other| other < id);
            }
            _ => {}
        }
        (self.ids.get(self.at) == Some(&id)).then_some(self.at as u32)
    }

    fn advance(&mut self, id: i64) {
        let mut step = 1;
        while self.ids.get(self.at + step).is_some_and(|&ahead| ahead < id) {
            self.at += step;
            step *= 2;
        }
        let end = self.ids.len().min(self.at + step + 1);
        self.at += self.ids[self.at..end].partition_point(|&other| other < id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn ids_are_found_in_any_order_of_asking() {
        let ids: Vec<i64> = (0..200).map(|k| k * k * 7 - 500).collect();
        let nodes = Nodes::used(&[&ids[100..], &ids[..], &ids[..50]].concat());
        let mut random = Random(1);
        let mut finder = nodes.finder();
        for round in 0..20_000 {
            let id = match round % 3 {
                0 => ids[random.below(200) as usize],
                1 => round * 14 - 1000,
                _ => i64::from(random.below(300_000)) - 1000,
            };
            let expected = ids.iter().position(|&other| other == id).map(|index| index as u32);
            assert_eq!((finder.find(id), nodes.number(id)), (expected, expected), "id {id}");
        }
        assert_eq!(Nodes::default().finder().find(3), None);
    }
}
