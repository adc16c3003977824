//! Where streets with houses are dense.

use rayon::prelude::*;

use super::grid::{Grid, Row, Span, middle};
use crate::extract::{DrivableWay, Extract};
use crate::sphere::Fixed;

/// Enough to share the memory that they need in turn.
const WAYS_AT_ONCE: usize = 256;

/// What lies in one square.
#[derive(Clone, Copy, Debug)]
struct Square {
    row: u32,
    column: u32,
    /// Centimetres of street.
    length: u64,
}

/// The squares around which there are so many metres of street in a square kilometre: in the square itself and the
/// eight around it.
pub(super) fn dense(extract: &Extract, points: &[Fixed], grid: Grid, side: f64, density: f64) -> Vec<Span> {
    let squares = squares(extract, points, grid, side);
    let area = (3.0 * side / 1000.0).powi(2);
    let least = ((density * area * 100.0) as u64).max(1);
    let mut rows: Vec<u32> = squares
        .chunk_by(|a, b| a.row == b.row)
        .flat_map(|row| [row[0].row.saturating_sub(1), row[0].row, row[0].row + 1])
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows.par_iter().flat_map_iter(|&row| dense_in_row(&squares, grid, row, least)).collect()
}

/// The length of streets by square, sorted by row and column.
fn squares(extract: &Extract, points: &[Fixed], grid: Grid, side: f64) -> Vec<Square> {
    let along = |ways: &[DrivableWay]| {
        let (mut squares, mut last) = (Vec::new(), None);
        for way in ways.iter().filter(|way| extract.road(way).street) {
            squares_along(&points[way.first..way.first + way.nodes], grid, side, &mut last, &mut squares);
        }
        squares
    };
    let found: Vec<Square> = extract.ways.par_chunks(WAYS_AT_ONCE).flat_map_iter(along).collect();
    merged(&found)
}

/// The squares sorted by row and column, each once.
fn merged(found: &[Square]) -> Vec<Square> {
    let rows = found.iter().map(|square| square.row);
    let (Some(south), Some(north)) = (rows.clone().min(), rows.max()) else { return Vec::new() };
    // So many rows at most as squares have room between the poles.
    let mut first = vec![0; (north - south) as usize + 2];
    for square in found {
        first[(square.row - south) as usize + 1] += 1;
    }
    for row in 1..first.len() {
        first[row] += first[row - 1];
    }
    let mut next = first.clone();
    let mut by_row = vec![(0, 0); found.len()];
    for square in found {
        let slot = &mut next[(square.row - south) as usize];
        by_row[*slot] = (square.column, square.length);
        *slot += 1;
    }
    let mut squares = Vec::new();
    for (row, ends) in (south..).zip(first.windows(2)).filter(|(_, ends)| ends[0] < ends[1]) {
        let sums = by_column(by_row[ends[0]..ends[1]].to_vec()).into_iter().filter(|&(_, length)| length > 0);
        squares.extend(sums.map(|(column, length)| Square { row, column, length }));
    }
    squares
}

/// Adds the squares of a street, in its order. A segment counts where its middle is. `last` is the row of the last one.
fn squares_along(points: &[Fixed], grid: Grid, side: f64, last: &mut Option<Row>, squares: &mut Vec<Square>) {
    for ends in points.windows(2) {
        let [a, b] = [ends[0], ends[1]];
        if a == Fixed::NOWHERE || b == Fixed::NOWHERE {
            continue;
        }
        let middle = middle(a, b);
        let row = last.filter(|row| row.holds(middle.lat)).unwrap_or_else(|| grid.row_of(middle.lat));
        *last = Some(row);
        // What is longer leaves the neighbourhood.
        let metres = grid.metres(row, a, b).min(3.0 * side);
        let square =
            Square { row: row.number, column: row.column(middle.lon), length: (metres * 100.0) as u64 };
        if !squares.last_mut().is_some_and(|last| last.takes(&square)) {
            squares.push(square);
        }
    }
}

impl Square {
    /// Adds what lies in the other, if it is the same square; says whether it is.
    fn takes(&mut self, other: &Square) -> bool {
        let same = (self.row, self.column) == (other.row, other.column);
        if same {
            self.length += other.length;
        }
        same
    }
}

fn dense_in_row(squares: &[Square], grid: Grid, number: u32, least: u64) -> Vec<Span> {
    let row = grid.row(number);
    let around = |number: u32| squares.partition_point(|square| square.row < number);
    let near = &squares[around(number.saturating_sub(1))..around(number + 2)];
    let mut lengths = Vec::with_capacity(3 * near.len());
    // One run of squares after the other, each in order, so that sorting is merging.
    for squares in near.chunk_by(|a, b| a.row == b.row) {
        let own = grid.row(squares[0].row);
        for step in -1..=1 {
            let column = |square: &Square| row.column_around(own.middle(i64::from(square.column) + step));
            lengths.extend(squares.iter().map(|square| (column(square), square.length)));
        }
    }
    let dense = by_column(lengths).into_iter().filter(|&(_, length)| length >= least);
    dense.map(|(column, _)| Span { row: number, first: column, last: column }).collect()
}

/// What lies in columns, in their order; nothing in some of them.
fn by_column(mut lengths: Vec<(u32, u64)>) -> Vec<(u32, u64)> {
    let ends = (u32::MAX, u32::MIN);
    let (west, east) =
        lengths.iter().fold(ends, |(west, east), &(column, _)| (column.min(west), column.max(east)));
    let columns = (east.saturating_sub(west) as usize).saturating_add(1);
    // Streets mostly lie side by side, and need not be sorted.
    if columns <= 4 * lengths.len() {
        let mut sums = vec![0; columns];
        for (column, length) in lengths {
            sums[(column - west) as usize] += length;
        }
        return (west..).zip(sums).collect();
    }
    lengths.sort_unstable_by_key(|&(column, _)| column);
    lengths.dedup_by(|next, sum| {
        let same = next.0 == sum.0;
        if same {
            sum.1 += next.1;
        }
        same
    });
    lengths
}
