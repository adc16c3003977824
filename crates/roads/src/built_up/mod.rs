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
    /// What is built up in an extract; `points` are those of the nodes of its ways.
    pub(crate) fn new(extract: &Extract, points: &[Fixed], rules: &BuiltUpRules) -> BuiltUp {
        let grid = Grid::new(rules.cell);
        let settlements = &extract.settlements;
        let mut spans = streets::dense(extract, points, grid, rules.cell, rules.density);
        spans.par_extend(settlements.areas.par_iter().flat_map_iter(|outline| shapes::inside(outline, grid)));
        let places = settlements.places.par_iter();
        spans.par_extend(places.flat_map_iter(|&(centre, radius)| shapes::disc(centre, radius, grid)));
        BuiltUp::of_spans(grid, merged(spans))
    }

    /// Whether the land at a position is built up. `patch` is what was found of the last one, for most are near to it.
    #[inline]
    pub(crate) fn is_in(&self, position: Fixed, patch: &mut Patch) -> bool {
        if !patch.holds(position) {
            *patch = self.patch(position);
        }
        patch.is_built_up
    }

    #[cfg(test)]
    fn contains(&self, position: Fixed) -> bool {
        self.patch(position).is_built_up
    }

    /// The land around a position.
    fn patch(&self, position: Fixed) -> Patch {
        let number = self.grid.number_of(position.lat);
        let lats = self.grid.latitudes(number);
        let row = number.checked_sub(self.south).and_then(|row| self.first.get(row as usize..));
        let spans = match row {
            Some(&[start, end, ..]) => &self.spans[start as usize..end as usize],
            _ => &[],
        };
        let east = grid::eastward(position.lon);
        let (before, behind) = spans.split_at(spans.partition_point(|span| span[0] <= east));
        match before.last() {
            Some(&[west, last]) if east <= last => Patch { lats, ends: [west, last], is_built_up: true },
            before => {
                let west = before.map_or(0, |span| span[1] + 1);
                let last = behind.first().map_or(u32::MAX, |span| span[0] - 1);
                Patch { lats, ends: [west, last], is_built_up: false }
            }
        }
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

/// A part of a row of squares that is built up or is not.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Patch {
    /// From the first up to but without the second latitude, in units of 1e-7 degrees.
    lats: [i64; 2],
    /// Its western and its eastern end, in units of 1e-7 degrees from the 180th meridian eastward.
    ends: [u32; 2],
    is_built_up: bool,
}

impl Patch {
    #[inline]
    fn holds(&self, position: Fixed) -> bool {
        let (lat, east) = (i64::from(position.lat), grid::eastward(position.lon));
        self.lats[0] <= lat && lat < self.lats[1] && self.ends[0] <= east && east <= self.ends[1]
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
