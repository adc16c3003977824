//! How many of something: the number and its noun in the right number.

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;

/// A count with its noun, singular or plural; with one decimal unless it is whole.
pub(crate) fn counted(value: f64, [one, several]: [&str; 2], lang: Lang) -> String {
    let is_one = match lang {
        Lang::Fr => value < 2.0,
        Lang::En => value == 1.0,
    };
    format!("{} {}", trimmed(value, lang), if is_one { one } else { several })
}

/// A number with one decimal, unless it is whole.
pub(super) fn trimmed(value: f64, lang: Lang) -> String {
    number(value, usize::from((value - value.round()).abs() > 0.05), lang)
}

/// The difference of two numbers as they are shown, with its sign; nothing is `0`.
pub(super) fn signed([before, after]: [f64; 2], decimals: usize, lang: Lang) -> String {
    let unit = 10f64.powi(decimals as i32);
    let difference = ((after * unit).round() - (before * unit).round()) / unit;
    let shown = number(difference.abs(), decimals, lang);
    let is_nothing = !shown.contains(|digit: char| ('1'..='9').contains(&digit));
    match difference > 0.0 {
        _ if is_nothing => "0".to_owned(),
        true => format!("+{shown}"),
        false => format!("-{shown}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_singular_in_french_and_plural_in_english() {
        let shown = |value, lang| counted(value, ["session", "sessions"], lang);
        assert_eq!([shown(0.0, Lang::Fr), shown(0.0, Lang::En)], ["0 session", "0 sessions"]);
        assert_eq!([shown(1.5, Lang::Fr), shown(1.5, Lang::En)], ["1,5 session", "1.5 sessions"]);
        assert_eq!([shown(2.0, Lang::Fr), shown(1.0, Lang::En)], ["2 sessions", "1 session"]);
    }

    #[test]
    fn a_difference_has_a_sign_unless_it_rounds_to_nothing() {
        let shown = [12.34, -12.34, 0.01, -0.01].map(|value| signed([0.0, value], 1, Lang::Fr));
        assert_eq!(shown, ["+12,3", "-12,3", "0", "0"]);
    }

    #[test]
    fn a_difference_is_that_of_the_numbers_beside_it() {
        assert_eq!(signed([437.4, 562.6], 0, Lang::Fr), "+126", "437 and 563");
    }
}
