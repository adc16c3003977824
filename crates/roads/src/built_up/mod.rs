//! Where land is built up, told from what an extract says: inside outlines of built-up land, around the centres of
//! places, and where streets with houses are dense.
//!
//! Land is cut into squares, each built up or not. They are kept as spans in rows, so that what an outline claims of
//! memory grows with its length and not with its area.

mod grid;
mod shapes;
mod streets;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::extract::Extract;
use crate::profile::BuiltUpRules;
use crate::sphere::Fixed;
use grid::{Grid, Span};

/// Built-up land.
#[derive(Debug)]
pub(crate) struct BuiltUp {
    grid: Grid,
    /// The number of the first row that has built-up land.
    south: u32,
    /// The spans of row `r` from that one on are `first[r]..first[r + 1]`.
    first: Vec<u32>,
    /// The western and the eastern end of each, in units of 1e-7 degrees from the 180th meridian eastward; sorted, each apart
    /// from the next.
    spans: Vec<[u32; 2]>,
}

impl BuiltUp {
    /// What is built up in an extract.
    pub(crate) fn new(extract: &Extract, rules: &BuiltUpRules) -> BuiltUp {
        let grid = Grid::new(rules.cell);
        let settlements = &extract.settlements;
        let mut spans = streets::dense(extract, grid, rules.cell, rules.density);
        spans.par_extend(settlements.areas.par_iter().flat_map_iter(|outline| shapes::inside(outline, grid)));
        let places = settlements.places.par_iter();
        spans.par_extend(places.flat_map_iter(|&(centre, radius)| shapes::disc(centre, radius, grid)));
        BuiltUp::of_spans(grid, merged(spans))
    }

    /// Whether the land at a position is built up.
    pub(crate) fn contains(&self, position: Fixed) -> bool {
        let row = self.grid.number_of(position.lat);
        let Some(row) = row.checked_sub(self.south).map(|row| row as usize) else { return false };
        let Some(&[start, end, ..]) = self.first.get(row..) else { return false };
        let spans = &self.spans[start as usize..end as usize];
        let east = grid::eastward(position.lon);
        let next = spans.partition_point(|span| span[0] <= east);
        next > 0 && east <= spans[next - 1][1]
    }

    /// From spans that are sorted and apart.
    fn of_spans(grid: Grid, spans: Vec<Span>) -> BuiltUp {
        let (south, north) = match (spans.first(), spans.last()) {
            (Some(south), Some(north)) => (south.row, north.row + 1),
            _ => (0, 0),
        };
        let mut first = vec![0; (north - south) as usize + 1];
        for span in &spans {
            first[(span.row - south) as usize + 1] += 1;
        }
        for row in 1..first.len() {
            first[row] += first[row - 1];
        }
        BuiltUp {
            grid,
            south,
            first,
            spans: spans.iter().map(|span| grid.row(span.row).ends(*span)).collect(),
        }
    }
}

/// The spans sorted, those that touch each other made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.par_sort_unstable();
    spans.dedup_by(|next, span| {
        let touches = next.row == span.row && next.first <= span.last.saturating_add(1);
        if touches {
            span.last = span.last.max(next.last);
        }
        touches
    });
    spans
}
