//! An order of places in which near ones mostly follow each other.

use crate::sphere::Fixed;

/// How far along the Hilbert curve over all longitudes and latitudes a position lies, in steps of half a metre.
/// Source: D. Hilbert, Über die stetige Abbildung einer Linie auf ein Flächenstück, 1891.
pub(super) fn along(position: Fixed) -> u64 {
    const ORDER: u32 = 26;
    const CELL: u32 = 6; // 2^32 steps of 1e-7 degrees into 2^26 cells
    let (mut x, mut y) = ((position.lon as u32 ^ 1 << 31) >> CELL, (position.lat as u32 ^ 1 << 31) >> CELL);
    let mut along = 0;
    for bit in (0..ORDER).rev() {
        let (right, up) = (x >> bit & 1, y >> bit & 1);
        along = along << 2 | u64::from((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    along
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
