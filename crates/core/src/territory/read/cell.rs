//! Numbers, half-days, weeks and other words as cells of a table hold them.

use crate::calendar::{Day, Half, HalfDays, Weeks};
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
    let mut days = HalfDays::NONE;
    let mut bad = Vec::new();
    for word in words(text) {
        match HalfDays::parse_word(&word.to_lowercase()) {
            Some(more) => days = days.union(more),
            None => bad.push(word.to_owned()),
        }
    }
    (days, bad)
}

/// Weeks of a cycle, `1 3 5` with the separators of [`half_days`], or `odd` or `even`; the words that are none.
pub(crate) fn weeks(text: &str) -> (Weeks, Vec<String>) {
    if let Some(weeks) = alternate_weeks(&text.to_lowercase()) {
        return (weeks, Vec::new());
    }
    let mut weeks = Weeks::NONE;
    let mut bad = Vec::new();
    for word in words(text) {
        match word.parse().ok().filter(|week| Weeks::ALL.contains(*week)) {
            Some(week) => weeks = weeks.with(week),
            None => bad.push(word.to_owned()),
        }
    }
    (weeks, bad)
}

/// `odd` or `even`.
pub(crate) fn alternate_weeks(word: &str) -> Option<Weeks> {
    match word {
        "odd" => Some(Weeks::ODD),
        "even" => Some(Weeks::EVEN),
        _ => None,
    }
}

/// `yes`, `no`, `oui` or `non`.
pub(crate) fn yes_or_no(text: &str) -> Result<bool, FaultKind> {
    match text.to_lowercase().as_str() {
        "yes" | "oui" => Ok(true),
        "no" | "non" => Ok(false),
        _ => Err(FaultKind::NotYesOrNo(text.to_owned())),
    }
}

/// A day, in English or French, whole or by its first three letters.
pub(crate) fn day(text: &str) -> Result<Day, FaultKind> {
    const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    let word = text.to_lowercase();
    let named = |names: [&str; 7]| {
        let is_it = |name: &str| word == name || name.get(..3) == Some(word.as_str());
        names.into_iter().position(is_it).and_then(|rank| Day::ALL.get(rank).copied())
    };
    named(ENGLISH).or_else(|| named(FRENCH)).ok_or_else(|| FaultKind::NotADay(text.to_owned()))
}

/// Morning or afternoon, in English or French.
pub(crate) fn half(text: &str) -> Result<Half, FaultKind> {
    match text.to_lowercase().as_str() {
        "am" | "morning" | "matin" => Ok(Half::Am),
        "pm" | "afternoon" | "après-midi" | "apres-midi" => Ok(Half::Pm),
        _ => Err(FaultKind::NotAHalf(text.to_owned())),
    }
}

/// Words separated by spaces, commas, semicolons or slashes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let separators = |c: char| c.is_whitespace() || [',', ';', '/'].contains(&c);
    text.split(separators).filter(|word| !word.is_empty())
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

    #[test]
    fn weeks_are_numbers_or_every_other_one() {
        let set = |weeks: &[u32]| weeks.iter().fold(Weeks::NONE, |set, week| set.with(*week));
        assert_eq!(weeks("1 3;5"), (set(&[1, 3, 5]), vec![]));
        assert_eq!(weeks("Odd").0.of_cycle(6).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(weeks("even").0.of_cycle(5).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(weeks("0 2 53 S3 -1").1, ["0", "53", "S3", "-1"]);
    }

    #[test]
    fn days_and_halves_are_read_in_both_languages() {
        for (word, expected) in [("mon", Day::Mon), ("Lundi", Day::Mon), ("mar", Day::Tue), ("dim", Day::Sun)]
        {
            assert_eq!(day(word), Ok(expected));
        }
        assert_eq!(day("Wednesday"), Ok(Day::Wed));
        for word in ["m", "lund", "8", "", "marché"] {
            assert_eq!(day(word), Err(FaultKind::NotADay(word.to_owned())));
        }
        assert_eq!(
            (half("Matin"), half("Après-midi"), half("pm")),
            (Ok(Half::Am), Ok(Half::Pm), Ok(Half::Pm))
        );
        assert_eq!(half("soir"), Err(FaultKind::NotAHalf("soir".to_owned())));
    }

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        assert_eq!((yes_or_no("Oui"), yes_or_no("no")), (Ok(true), Ok(false)));
        assert_eq!(yes_or_no("x"), Err(FaultKind::NotYesOrNo("x".to_owned())));
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
            let _ = (number(&text), whole(&text), half_days(&text), weeks(&text));
            let _ = (yes_or_no(&text), day(&text), half(&text));
        }
    }
}
