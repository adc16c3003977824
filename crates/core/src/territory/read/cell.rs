//! Numbers and half-days as cells of a table hold them.

use crate::calendar::HalfDays;
use crate::territory::fault::FaultKind;

/// A number with a decimal point or comma. It may be out of any range, or not finite.
pub(crate) fn number(text: &str) -> Result<f64, FaultKind> {
    if text.is_empty() {
        return Err(FaultKind::Blank);
    }
    text.replacen(',', ".", 1).parse().map_err(|_| FaultKind::NotANumber(text.to_owned()))
}

/// A whole number, `2` or `2.0`, that may be out of any range.
pub(crate) fn whole(text: &str) -> Result<f64, FaultKind> {
    let value = number(text)?;
    if value.is_finite() && value.fract() != 0.0 {
        Err(FaultKind::NotWhole(text.to_owned()))
    } else {
        Ok(value)
    }
}

/// Half-days in words, `mon tue-am`, separated by spaces, commas, semicolons or slashes; the words that are none.
pub(crate) fn half_days(text: &str) -> (HalfDays, Vec<String>) {
    let separators = |c: char| c.is_whitespace() || [',', ';', '/'].contains(&c);
    let mut days = HalfDays::NONE;
    let mut bad = Vec::new();
    for word in text.split(separators).filter(|word| !word.is_empty()) {
        match HalfDays::parse_word(&word.to_lowercase()) {
            Some(more) => days = days.union(more),
            None => bad.push(word.to_owned()),
        }
    }
    (days, bad)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_decimal_comma_is_a_decimal_point() {
        assert_eq!(number("45,125"), Ok(45.125));
        assert_eq!(number("-4.5"), Ok(-4.5));
        for text in ["1 234", "1.234,5", "12km", "--", "1,2,3"] {
            assert_eq!(number(text), Err(FaultKind::NotANumber(text.to_owned())));
        }
    }

    #[test]
    fn half_days_are_counted_whole() {
        assert_eq!(whole("2,0"), Ok(2.0));
        assert_eq!(whole("1.5"), Err(FaultKind::NotWhole("1.5".to_owned())));
    }

    proptest! {
        #[test]
        fn any_set_of_half_days_reads_back(bits in prop::collection::vec(any::<bool>(), 14)) {
            let all = HalfDays::ALL.iter().zip(bits).filter(|(_, on)| *on);
            let set = all.fold(HalfDays::NONE, |set, ((day, half), _)| set.with(day, half));
            for separator in [" ", ", ", ";", "/"] {
                prop_assert_eq!(half_days(&set.words().join(separator)), (set, vec![]));
            }
        }

        #[test]
        fn no_cell_can_stop_the_readers(text in any::<String>()) {
            let _ = (number(&text), whole(&text), half_days(&text));
        }
    }
}
