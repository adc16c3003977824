//! Ids on shelves by their leading bits, and numbered there.

use std::ops::Range;

/// Ids that share a shelf on average, or up to twice as many: few enough to look through.
const IDS_PER_SHELF: usize = 2;

/// Which shelf an id stands on.
#[derive(Clone, Copy, Default)]
pub(super) struct Shelves {
    pub(super) least: i64,
    shift: u32,
    /// Bits for a place in the list of ids.
    place_bits: u32,
}

impl Shelves {
    /// Shelves for so many ids from `least` to `most`, and how many shelves that makes.
    pub(super) fn new(least: i64, most: i64, ids: usize) -> (Shelves, usize) {
        let span = most.wrapping_sub(least) as u64;
        let wanted_bits = (ids / IDS_PER_SHELF).max(1).ilog2();
        let bits = u64::BITS - span.leading_zeros();
        let place_bits = usize::BITS - ids.leading_zeros();
        // What a shelf does not tell of an id must fit a slip: that takes two shelves for an id at most.
        let shift = bits.saturating_sub(wanted_bits).min(u64::BITS - place_bits);
        let shelves = Shelves { least, shift, place_bits };
        (shelves, shelves.of(most) + 1)
    }

    pub(super) fn of(self, id: i64) -> usize {
        (id.wrapping_sub(self.least) as u64 >> self.shift) as usize
    }

    /// What stands on a shelf for an id, in the order of the ids, and its place in the list of them.
    fn slip(self, id: i64, place: u64) -> u64 {
        (id.wrapping_sub(self.least) as u64) << self.place_bits | place
    }

    /// What of the id of a slip its shelf does not tell.
    fn rest(self, slip: u64) -> u64 {
        slip >> self.place_bits & ((1 << self.shift) - 1)
    }

    /// The id of a slip. Bits that both tell are the same.
    fn id(self, shelf: usize, slip: u64) -> i64 {
        self.least.wrapping_add(((shelf as u64) << self.shift | slip >> self.place_bits) as i64)
    }

    fn place(self, slip: u64) -> usize {
        (slip & ((1 << self.place_bits) - 1)) as usize
    }
}

/// Numbers the ids of a shelf by sorting its slips, from `kept` on. The ids, each once, take the place of slips that
/// were read; answers how many are kept then.
pub(super) fn number_sorted(
    shelves: Shelves,
    shelf: usize,
    slips: &mut [u64],
    own: Range<usize>,
    mut kept: usize,
    numbers: &mut [u32],
) -> usize {
    slips[own.clone()].sort_unstable();
    let mut last = None;
    for index in own {
        let slip = slips[index];
        let id = shelves.id(shelf, slip);
        if last.replace(id) != Some(id) {
            slips[kept] = id as u64;
            kept += 1;
        }
        numbers[shelves.place(slip)] = kept as u32 - 1;
    }
    kept
}

/// Marks the ids of a shelf instead of sorting them. Ids come in clusters, those of nodes that were drawn together: most
/// shelves stay empty, and a few hold hundreds.
pub(super) struct Marks {
    shelves: Shelves,
    /// A bit for each id that can stand on a shelf.
    words: Vec<u64>,
    /// A bit for each word that is not 0.
    used: Vec<u64>,
    /// The number of each id that can stand on a shelf.
    numbers: Vec<u32>,
    /// The slips of a shelf, while ids take their places.
    slips: Vec<u64>,
}

impl Marks {
    /// Ids of a shelf up to which they are marked: as many bits fit the fastest memory.
    const MOST: u32 = 18;

    /// Fewer ids are sorted faster.
    const FEW: usize = 16;

    pub(super) fn new(shelves: Shelves) -> Marks {
        let words = if shelves.shift > Marks::MOST { 0 } else { 1usize << shelves.shift.saturating_sub(6) };
        Marks {
            shelves,
            words: vec![0; words],
            used: vec![0; words.div_ceil(64)],
            numbers: vec![0; 64 * words],
            slips: Vec::new(),
        }
    }

    pub(super) fn are_worth_it(&self, ids: usize) -> bool {
        ids > Marks::FEW && !self.words.is_empty()
    }

    /// As [`number_sorted`].
    pub(super) fn number(
        &mut self,
        shelf: usize,
        slips: &mut [u64],
        own: Range<usize>,
        mut kept: usize,
        numbers: &mut [u32],
    ) -> usize {
        self.slips.clear();
        self.slips.extend_from_slice(&slips[own]);
        for &slip in &self.slips {
            let rest = self.shelves.rest(slip) as usize;
            self.words[rest / 64] |= 1 << (rest % 64);
            self.used[rest / 4096] |= 1 << (rest / 64 % 64);
        }
        for (start, used) in (0..).step_by(64).zip(&mut self.used) {
            for word in drain(used).map(|bit| start + bit) {
                for rest in drain(&mut self.words[word]).map(|bit| 64 * word + bit) {
                    self.numbers[rest] = kept as u32;
                    slips[kept] = self.shelves.id(shelf, (rest as u64) << self.shelves.place_bits) as u64;
                    kept += 1;
                }
            }
        }
        for &slip in &self.slips {
            numbers[self.shelves.place(slip)] = self.numbers[self.shelves.rest(slip) as usize];
        }
        kept
    }
}

/// The bits of a word from the lowest on, which are taken out of it.
fn drain(word: &mut u64) -> impl Iterator<Item = usize> {
    let mut left = std::mem::take(word);
    std::iter::from_fn(move || {
        let lowest = (left != 0).then(|| left.trailing_zeros() as usize);
        left &= left.wrapping_sub(1);
        lowest
    })
}

/// The slips of ids put on their shelves, and where each shelf starts.
pub(super) fn shelved(refs: &[i64], shelves: Shelves, count: usize) -> (Vec<u64>, Vec<u32>) {
    // One place ahead of the start of each shelf stands first its size, then where its next id goes, at last its end.
    let mut starts = vec![0u32; count + 2];
    for &id in refs {
        starts[shelves.of(id) + 2] += 1;
    }
    for shelf in 2..starts.len() {
        starts[shelf] += starts[shelf - 1];
    }
    let mut slips = vec![0; refs.len()];
    for (place, &id) in (0..).zip(refs) {
        let next = &mut starts[shelves.of(id) + 1];
        slips[*next as usize] = shelves.slip(id, place);
        *next += 1;
    }
    (slips, starts)
}
