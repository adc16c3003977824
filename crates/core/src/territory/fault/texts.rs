//! Pieces of messages that both languages share.

use std::fmt::Write as _;

/// Most characters of a file's text that a message repeats.
const LONGEST: usize = 60;

/// A text from a file, fit for a message: on one line, cut when long.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        if character.is_control() {
            let _ = write!(shown, "{}", character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A number with a decimal point, in scientific notation where digits would run on.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if value.is_finite() && size != 0.0 && !(1e-6..1e15).contains(&size) {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// The range of a quantity as an interval: `[-90, 90]`, or `]0, 53]` where the least is refused.
pub(super) fn interval(quantity: super::Quantity) -> String {
    let (least, greatest) = quantity.range();
    let bracket = if quantity.is_open_below() { ']' } else { '[' };
    format!("{bracket}{least}, {greatest}]")
}

/// A count with the noun that fits it.
pub(super) fn count(number: u64, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Bytes in the largest binary unit that keeps them whole: `64 MiB`.
pub(super) fn bytes(count: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let whole = units.into_iter().find(|(size, _)| count >= *size && count.is_multiple_of(*size));
    whole.map_or_else(|| format!("{count} B"), |(size, unit)| format!("{} {unit}", count / size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_text_stays_on_one_short_line() {
        assert_eq!(shown("a\nb\u{1b}[2J"), "a\\nb\\u{1b}[2J");
        assert_eq!(shown(&"é".repeat(1000)).chars().count(), LONGEST + 1);
    }

    #[test]
    fn no_number_fills_the_screen() {
        assert_eq!(number(145.2), "145.2");
        assert_eq!(number(1e300), "1e300");
        assert_eq!(number(f64::NAN), "NaN");
    }

    #[test]
    fn limits_are_said_in_round_units() {
        assert_eq!(
            (bytes(64 << 20), bytes(65_536), bytes(7)),
            ("64 MiB".into(), "64 KiB".into(), "7 B".into())
        );
    }
}
