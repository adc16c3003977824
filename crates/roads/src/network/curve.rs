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
