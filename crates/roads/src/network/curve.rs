//! An order of places in which near ones mostly follow each other.

use crate::sphere::Fixed;

/// How far along the Hilbert curve over all longitudes and latitudes a position lies, in steps of half a metre.
/// Source: D. Hilbert, Über die stetige Abbildung einer Linie auf ein Flächenstück, 1891.
pub(crate) fn along(position: Fixed) -> u64 {
    const ORDER: u32 = 26;
    const CELL: u32 = 6; // 2^32 steps of 1e-7 degrees into 2^26 cells
    let (x, y) = ((position.lon as u32 ^ 1 << 31) >> CELL, (position.lat as u32 ^ 1 << 31) >> CELL);
    // What comes before the first of the bits is nothing, and turns the curve an even number of times.
    let (mut along, mut turn) = (0, 0);
    for bit in (0..ORDER).step_by(4).rev() {
        let square = (x >> bit & 15) << 4 | y >> bit & 15;
        let step = STEPS[(turn << 8 | square) as usize];
        along = along << 8 | u64::from(step >> 2);
        turn = u32::from(step & 3);
    }
    along
}

/// Sorts by the first, which says how far along the curve the second is: to shelves first, in place, and there by
/// comparing, for few share one.
pub(crate) fn sort<T: Copy + Ord>(placed: &mut [(u64, T)]) {
    let ends = (u64::MAX, u64::MIN);
    let (least, most) =
        placed.iter().fold(ends, |(least, most), &(along, _)| (along.min(least), along.max(most)));
    let wanted_bits = placed.len().max(1).ilog2();
    let shift = (u64::BITS - most.saturating_sub(least).leading_zeros()).saturating_sub(wanted_bits);
    let shelf_of = |(along, _): (u64, T)| ((along - least) >> shift) as usize;
    let mut starts = vec![0; (1 << wanted_bits) + 1];
    for &item in &*placed {
        starts[shelf_of(item) + 1] += 1;
    }
    for shelf in 1..starts.len() {
        starts[shelf] += starts[shelf - 1];
    }
    let mut next = starts.clone();
    for (shelf, ends) in starts.windows(2).enumerate() {
        while next[shelf] < ends[1] {
            let here = next[shelf];
            let home = shelf_of(placed[here]);
            placed.swap(here, next[home]);
            next[home] += 1;
        }
        placed[ends[0]..ends[1]].sort_unstable();
    }
}

/// By how the curve is turned in a square and by four bits of x and of y, which tell one of its 256 squares: where along
/// the curve that one comes, and how the curve is turned in it, in the last two bits.
static STEPS: [u16; 1024] = {
    let mut steps = [0; 1024];
    let mut index = 0;
    while index < 1024 {
        let (mut along, mut turn, mut bit) = (0, (index >> 8) as u8, 4);
        while bit > 0 {
            bit -= 1;
            let step = quarter(turn, (index >> (4 + bit)) as u8 & 1, (index >> bit) as u8 & 1);
            (along, turn) = (along << 2 | step.0 as u16, step.1);
        }
        steps[index] = along << 2 | turn as u16;
        index += 1;
    }
    steps
};

/// By how the curve is turned in a square: where along it a quarter of the square comes, 0 to 3, and how it is turned in
/// that. Bit 0 of a turn exchanges x and y, bit 1 counts both from the other end.
const fn quarter(turn: u8, x: u8, y: u8) -> (u8, u8) {
    let (x, y) = if turn & 1 == 0 { (x, y) } else { (y, x) };
    let (right, up) = (x ^ turn >> 1, y ^ turn >> 1);
    let turned = match (right, up) {
        (_, 1) => turn,
        (0, _) => turn ^ 1,
        _ => turn ^ 3,
    };
    ((3 * right) ^ up, turned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn shelves_sort_as_comparing_does() {
        for seed in 0..300 {
            let mut random = Random(seed);
            let most = [1, 3, 1000, u64::MAX][seed as usize % 4];
            let mut placed: Vec<(u64, u32)> =
                (0..seed).map(|_| (random.next() % most, random.below(5))).collect();
            let mut sorted = placed.clone();
            sorted.sort();
            sort(&mut placed);
            assert_eq!(placed, sorted, "seed {seed}");
        }
        let mut ends = [(u64::MAX, 1), (0, 2), (u64::MAX, 0), (u64::MAX - 1, 0)];
        sort(&mut ends);
        assert_eq!(ends, [(0, 2), (u64::MAX - 1, 0), (u64::MAX, 0), (u64::MAX, 1)]);
    }

    #[test]
    fn cells_that_follow_each_other_touch() {
        let side = 1 << 5;
        let mut cells: Vec<(u64, i32, i32)> = (0..side)
            .flat_map(|x| (0..side).map(move |y| (along(Fixed { lon: x << 6, lat: y << 6 }), x, y)))
            .collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let [(a, ax, ay), (b, bx, by)] = [pair[0], pair[1]];
            assert_eq!(b, a + 1, "{ax} {ay}");
            assert_eq!((ax - bx).abs() + (ay - by).abs(), 1, "{ax} {ay} and {bx} {by}");
        }
    }
}
