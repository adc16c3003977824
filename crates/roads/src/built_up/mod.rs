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
use grid::{Grid, Row, Span};

/// Built-up land.
#[derive(Debug)]
pub(crate) struct BuiltUp {
    grid: Grid,
    /// The rows that have built-up land and those between them, from south to north.
    rows: Vec<Row>,
    /// The spans of row `r` of these are `first[r]..first[r + 1]`.
    first: Vec<u32>,
    /// First and last columns, sorted, each apart from the next.
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
        let Some(south) = self.rows.first() else { return false };
        let number = self.grid.number_of(position.lat);
        let Some(index) = number.checked_sub(south.number).map(|index| index as usize) else { return false };
        let Some(row) = self.rows.get(index) else { return false };
        let column = row.column(position.lon);
        let spans = &self.spans[self.first[index] as usize..self.first[index + 1] as usize];
        let next = spans.partition_point(|span| span[0] <= column);
        next > 0 && column <= spans[next - 1][1]
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
        let rows = (south..north).map(|number| grid.row(number)).collect();
        BuiltUp { grid, rows, first, spans: spans.iter().map(|span| [span.first, span.last]).collect() }
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
