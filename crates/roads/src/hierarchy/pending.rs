//! The ranks that a sweep has still to come to.

/// Numbers below 64 are bits of a word.
const BITS: usize = 64;

/// A set of ranks, told from the largest number to the smallest.
#[derive(Debug)]
pub(super) struct Pending {
    /// A bit for each rank.
    words: Vec<u64>,
    /// A bit for each word that is not zero.
    filled: Vec<u64>,
    /// No word of `filled` beyond this one has a bit.
    last: usize,
}

impl Pending {
    /// Of ranks below `nodes`.
    pub(super) fn new(nodes: usize) -> Pending {
        let words = nodes.div_ceil(BITS);
        Pending { words: vec![0; words], filled: vec![0; words.div_ceil(BITS).max(1)], last: 0 }
    }

    #[inline]
    pub(super) fn insert(&mut self, rank: u32) {
        let word = rank as usize / BITS;
        self.words[word] |= 1 << (rank as usize % BITS);
        self.filled[word / BITS] |= 1 << (word % BITS);
        self.last = self.last.max(word / BITS);
    }

    /// Takes out the largest number if it is not below `least`.
    #[inline]
    pub(super) fn pop_from(&mut self, least: u32) -> Option<u32> {
        while self.filled[self.last] == 0 {
            self.last = self.last.checked_sub(1)?;
        }
        let word = self.last * BITS + highest(self.filled[self.last]);
        let bit = highest(self.words[word]);
        let rank = (word * BITS + bit) as u32;
        if rank < least {
            return None;
        }
        self.words[word] ^= 1 << bit;
        if self.words[word] == 0 {
            self.filled[self.last] ^= 1 << (word % BITS);
        }
        Some(rank)
    }

    pub(super) fn clear(&mut self) {
        while self.pop_from(0).is_some() {}
    }
}

/// The place of the highest bit of a word that is not zero.
#[inline]
fn highest(word: u64) -> usize {
    BITS - 1 - word.leading_zeros() as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::random::Random;

    #[test]
    fn the_largest_comes_first_and_none_twice() {
        let mut random = Random(3);
        for nodes in [1, 64, 65, 4_096, 4_097, 300_000] {
            let (mut pending, mut expected) = (Pending::new(nodes as usize), BTreeSet::new());
            for _ in 0..2_000 {
                if random.below(2) == 0 {
                    let rank = random.below(nodes);
                    pending.insert(rank);
                    expected.insert(rank);
                } else {
                    let least = random.below(nodes);
                    let largest = expected.last().copied().filter(|&rank| rank >= least);
                    assert_eq!(pending.pop_from(least), largest, "of {nodes}, from {least}");
                    largest.map(|rank| expected.remove(&rank));
                }
            }
            pending.clear();
            assert_eq!(pending.pop_from(0), None);
        }
    }
}
