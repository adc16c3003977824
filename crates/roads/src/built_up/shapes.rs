//! The squares inside of outlines and around places.

use super::grid::{Grid, Span, turn};
use crate::sphere::Fixed;

/// An outline with a longer side is a mistake; leaving it out bounds how many squares a short list can claim.
const LONGEST_SIDE: f64 = 5000.0;

/// The squares whose middles lie inside of an outline.
pub(super) fn inside(outline: &[Fixed], grid: Grid) -> Vec<Span> {
    let Some(sides) = sides(outline, grid) else { return Vec::new() };
    let mut crossings = Vec::new();
    for [(lat_a, lon_a), (lat_b, lon_b)] in sides {
        // From the lower end up to but without the upper one: a corner is crossed once.
        for row in grid.middles(lat_a.min(lat_b), lat_a.max(lat_b)) {
            let share = (grid.middle(row) - lat_a) as f64 / (lat_b - lat_a) as f64;
            crossings.push((row, lon_a + ((lon_b - lon_a) as f64 * share) as i64));
        }
    }
    crossings.sort_unstable();
    crossings
        .chunks_exact(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .flat_map(|pair| grid.row(pair[0].0).middles(pair[0].1, pair[1].1))
        .collect()
}

/// A latitude, and a longitude that runs on over the 180th meridian.
type Corner = (i64, i64);

/// The sides of an outline; None when one is too long.
fn sides(outline: &[Fixed], grid: Grid) -> Option<Vec<[Corner; 2]>> {
    let first = *outline.first()?;
    let mut corner = (i64::from(first.lat), i64::from(first.lon));
    let mut sides = Vec::with_capacity(outline.len());
    for (&a, &b) in outline.iter().zip(outline.iter().skip(1).chain(outline.first())) {
        if grid.metres(grid.row_of(a.lat), a, b) > LONGEST_SIDE {
            return None;
        }
        let next = (i64::from(b.lat), corner.1 + turn(i64::from(b.lon) - i64::from(a.lon)));
        sides.push([corner, next]);
        corner = next;
    }
    Some(sides)
}

/// The squares whose middles lie within a radius in metres.
pub(super) fn disc(centre: Fixed, radius: f64, grid: Grid) -> Vec<Span> {
    let (lat, lon) = (i64::from(centre.lat), i64::from(centre.lon));
    let radius = Grid::along_meridian(radius);
    grid.middles(lat - radius as i64, lat + radius as i64)
        .flat_map(|number| {
            let row = grid.row(number);
            let height = (grid.middle(number) - lat) as f64;
            let half = row.along(grid, (radius * radius - height * height).max(0.0).sqrt());
            row.middles(lon - half, lon + half)
        })
        .collect()
}
