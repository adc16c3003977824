//! Columns that line up.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::WIDTH;

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Rows, indented by two columns, two columns apart. The column at `flexible` gives way, by cutting its cells, when
/// lines would be wider than a narrow terminal.
pub(super) fn table<const N: usize>(sides: [Side; N], flexible: usize, rows: &[[String; N]]) -> String {
    lines(sides, widths(flexible, rows), rows)
}

/// How wide the columns of these rows are.
pub(super) fn widths<'r, const N: usize>(
    flexible: usize,
    rows: impl IntoIterator<Item = &'r [String; N]>,
) -> [usize; N] {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let excess = (2 * N + widths.iter().sum::<usize>()).saturating_sub(WIDTH);
    widths[flexible] = widths[flexible].saturating_sub(excess).max(LEAST.min(widths[flexible]));
    widths
}

/// Rows in columns of these widths.
pub(super) fn lines<const N: usize>(sides: [Side; N], widths: [usize; N], rows: &[[String; N]]) -> String {
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for ((cell, width), side) in row.iter().zip(widths).zip(sides) {
            let cell = cut(cell, width);
            let padding = " ".repeat(width - cell.width());
            line.push_str("  ");
            match side {
                Side::Left => line.extend([cell.as_str(), &padding]),
                Side::Right => line.extend([padding.as_str(), &cell]),
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A name cut shorter than this tells nothing.
const LEAST: usize = 12;

/// A text in at most so many columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |character: &char| {
        let wide = character.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_do_not_shift_columns() {
        let rows = [["Épinouze", "8"], ["Anneyron", "12"]].map(|row| row.map(str::to_owned));
        assert_eq!(table([Side::Left, Side::Right], 0, &rows), "  Épinouze   8\n  Anneyron  12\n");
    }

    #[test]
    fn a_long_name_is_cut_to_fit_a_narrow_terminal() {
        let rows = [["mardi".to_owned(), "Saint-".repeat(30), "09:00".to_owned()]];
        let text = table([Side::Left; 3], 1, &rows);
        assert_eq!(text.trim_end().width(), WIDTH);
        assert!(text.contains("…  09:00"), "{text}");
    }
}
