//! Numbers, durations, half-days, names, and what a plan tells beside its tables, as a planner reads them.

mod breach;
mod prices;
mod rhythm;
mod rule;
mod session;

pub use breach::breach;
pub(in crate::plan) use breach::changes;
pub use prices::prices;
pub use rhythm::{rhythm, same_time_cost};
pub use rule::rule;
pub use session::{who, with_whom};

use medicobus_roads::Millis;

use crate::calendar::{Day, Half};
use crate::lang::Lang;

/// Most characters of a name that a sentence repeats.
const LONGEST: usize = 60;

/// A number with this many decimals: `11 933,9` in French, `11,933.9` in English.
pub fn number(value: f64, decimals: usize, lang: Lang) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let (thousands, point) = match lang {
        // The narrow no-break space of French typography.
        Lang::Fr => ('\u{202f}', ','),
        Lang::En => (',', '.'),
    };
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut text = String::from(if value < 0.0 && !is_zero { "-" } else { "" });
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// A quantity to about two digits, without decimals from 10 on: `85`, `1,2`, `0,04`.
pub fn about(value: f64, lang: Lang) -> String {
    let size = value.abs();
    // Nothing below a millionth is told apart from 0.
    let decimals =
        if (1e-6..9.95).contains(&size) { (1.0 - size.log10().floor()).clamp(1.0, 6.0) as usize } else { 0 };
    let text = number(value, decimals, lang);
    if decimals == 0 { text } else { text.trim_end_matches('0').trim_end_matches([',', '.']).to_owned() }
}

/// Patients: a whole number, or one decimal below 10.
pub fn patients(count: f64, lang: Lang) -> String {
    let decimals = usize::from(count < 9.95 && (count - count.round()).abs() > 0.05);
    let noun = if count >= 2.0 || (lang == Lang::En && count != 1.0) { "patients" } else { "patient" };
    format!("{} {noun}", number(count, decimals, lang))
}

/// A share of 0 to 1 in whole per cent: `67 %`.
pub fn percent(share: f64, lang: Lang) -> String {
    let shown = number(100.0 * share, 0, lang);
    match lang {
        Lang::Fr => format!("{shown}\u{202f}%"),
        Lang::En => format!("{shown}%"),
    }
}

/// A duration to the minute, rounded up: `1 h 05`, `25 min`.
pub fn duration(millis: Millis, lang: Lang) -> String {
    let minutes = millis.0.div_ceil(60_000);
    match (minutes / 60, minutes % 60, lang) {
        (0, minutes, _) => format!("{minutes} min"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, Lang::Fr) => format!("{hours} h {minutes:02}"),
        (hours, minutes, Lang::En) => format!("{hours} h {minutes} min"),
    }
}

/// `lundi`, `Monday`.
pub const fn day(day: Day, lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][day as usize],
        Lang::En => {
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day as usize]
        }
    }
}

/// `matin`, `afternoon`.
pub const fn half(half: Half, lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => ["matin", "après-midi"][half as usize],
        Lang::En => ["morning", "afternoon"][half as usize],
    }
}

/// A name from a file, fit for a sentence: on one line, cut when long.
pub fn name(name: &str) -> String {
    let mut shown: String = name
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if name.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

/// The first characters of a digest, enough to tell it from another.
pub fn start(digest: &str) -> String {
    name(&digest.chars().take(12).collect::<String>())
}

/// At a place: `à Albon`, `au Grand-Serre`, `aux Abrets`, `at Albon`.
pub fn at(place: &str, lang: Lang) -> String {
    let place = name(place);
    match lang {
        Lang::En => format!("at {place}"),
        Lang::Fr => match (place.strip_prefix("Le "), place.strip_prefix("Les ")) {
            (Some(rest), _) => format!("au {rest}"),
            (_, Some(rest)) => format!("aux {rest}"),
            _ => format!("à {place}"),
        },
    }
}

/// A count with its noun, plural from 2 on in French, for all but 1 in English: `1 séance`, `2 sessions`.
pub(in crate::plan) fn count(of: f64, one: &str, several: &str, lang: Lang) -> String {
    let is_one = if lang == Lang::Fr { of < 2.0 } else { of == 1.0 };
    format!("{} {}", about(of, lang), if is_one { one } else { several })
}

/// `a`, `a et b`, `a, b et c`.
pub fn list(items: &[String], lang: Lang) -> String {
    let and = match lang {
        Lang::Fr => "et",
        Lang::En => "and",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_numbers_have_a_comma_and_english_ones_a_point() {
        assert_eq!(number(11_933.92, 1, Lang::Fr), "11\u{202f}933,9");
        assert_eq!(number(11_933.92, 1, Lang::En), "11,933.9");
        assert_eq!(number(-1_234_567.0, 0, Lang::En), "-1,234,567");
        assert_eq!(number(-0.01, 1, Lang::Fr), "0,0");
        assert_eq!(number(f64::NAN, 1, Lang::Fr), "NaN");
    }

    #[test]
    fn a_small_number_keeps_what_tells_it_from_zero() {
        let shown = |value| about(value, Lang::Fr);
        assert_eq!(
            [shown(85.4), shown(9.96), shown(1.23), shown(0.041), shown(0.0)],
            ["85", "10", "1,2", "0,041", "0"]
        );
        assert_eq!(shown(2.0), "2");
    }

    #[test]
    fn less_than_two_patients_are_singular_in_french() {
        assert_eq!([patients(112.4, Lang::Fr), patients(1.5, Lang::Fr)], ["112 patients", "1,5 patient"]);
        assert_eq!([patients(1.0, Lang::En), patients(1.5, Lang::En)], ["1 patient", "1.5 patients"]);
    }

    #[test]
    fn a_started_minute_counts() {
        assert_eq!(duration(Millis(3_900_000), Lang::Fr), "1 h 05");
        assert_eq!(duration(Millis(60_001), Lang::Fr), "2 min");
        assert_eq!(duration(Millis(7_200_000), Lang::En), "2 h");
    }

    #[test]
    fn the_article_of_a_commune_is_contracted() {
        let at = |place| at(place, Lang::Fr);
        assert_eq!(
            [at("Le Grand-Serre"), at("Les Abrets"), at("La Motte"), at("Lens")],
            ["au Grand-Serre", "aux Abrets", "à La Motte", "à Lens"]
        );
    }
}
