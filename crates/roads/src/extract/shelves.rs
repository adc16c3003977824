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

/// The ids of the shelves so far, and what they are numbered by.
pub(super) struct Numbering {
    shelves: Shelves,
    /// Ids, each once, take the places of slips that were read: so many are kept.
    pub(super) slips: Vec<u64>,
    pub(super) kept: usize,
    /// By place in the list of ids.
    pub(super) numbers: Vec<u32>,
    marks: Marks,
}

impl Numbering {
    pub(super) fn new(shelves: Shelves, slips: Vec<u64>) -> Numbering {
        let numbers = vec![0; slips.len()];
        Numbering { shelves, slips, kept: 0, numbers, marks: Marks::new(shelves) }
    }

    /// Numbers the ids of the next shelf, whose slips these are.
    pub(super) fn add(&mut self, shelf: usize, own: Range<usize>) {
        if self.marks.are_worth_it(own.len()) {
            self.add_marked(shelf, own)
        } else {
            self.add_sorted(shelf, own)
        }
    }

    fn add_sorted(&mut self, shelf: usize, own: Range<usize>) {
        self.slips[own.clone()].sort_unstable();
        let mut last = None;
        for index in own {
            let slip = self.slips[index];
            let id = self.shelves.id(shelf, slip);
            if last.replace(id) != Some(id) {
                self.slips[self.kept] = id as u64;
                self.kept += 1;
            }
            self.numbers[self.shelves.place(slip)] = self.kept as u32 - 1;
        }
    }

    fn add_marked(&mut self, shelf: usize, own: Range<usize>) {
        let Numbering { shelves, slips, kept, numbers, marks } = self;
        marks.slips.clear();
        marks.slips.extend_from_slice(&slips[own]);
        for &slip in &marks.slips {
            let rest = shelves.rest(slip) as usize;
            marks.words[rest / 64] |= 1 << (rest % 64);
            marks.used[rest / 4096] |= 1 << (rest / 64 % 64);
        }
        for (start, used) in (0..).step_by(64).zip(&mut marks.used) {
            for word in drain(used).map(|bit| start + bit) {
                for rest in drain(&mut marks.words[word]).map(|bit| 64 * word + bit) {
                    marks.numbers[rest] = *kept as u32;
                    slips[*kept] = shelves.id(shelf, (rest as u64) << shelves.place_bits) as u64;
                    *kept += 1;
                }
            }
        }
        for &slip in &marks.slips {
            numbers[shelves.place(slip)] = marks.numbers[shelves.rest(slip) as usize];
        }
    }
}

/// Marks the ids of a shelf instead of sorting them. Ids come in clusters, those of nodes that were drawn together: most
/// shelves stay empty, and a few hold hundreds.
struct Marks {
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

    fn new(shelves: Shelves) -> Marks {
        let words = if shelves.shift > Marks::MOST { 0 } else { 1usize << shelves.shift.saturating_sub(6) };
        Marks {
            words: vec![0; words],
            used: vec![0; words.div_ceil(64)],
            numbers: vec![0; 64 * words],
            slips: Vec::new(),
        }
    }

    fn are_worth_it(&self, ids: usize) -> bool {
        ids > Marks::FEW && !self.words.is_empty()
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
