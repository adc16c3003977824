//! Durations and opening hours as files write them: `"1h30"`, `"09:00-13:00"`.

use medicobus_roads::Millis;

use crate::calendar::{Clock, Hours};

/// Reads a duration: hours, minutes and seconds in that order, each optional, each with or without decimals: `75min`,
/// `1h30`, `1h30min`, `1.5h`, `90s`. Minutes after hours need no unit; anything else does. Rounded up to the
/// millisecond; None when the text is no duration or a longer one than [`Millis`] holds.
pub fn parse_duration(text: &str) -> Option<Millis> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut seconds = 0.0;
    let hours = take(&mut rest, &["h"]);
    seconds += hours.unwrap_or(0.0) * 3600.0;
    seconds += take(&mut rest, &["min", "m"]).unwrap_or(0.0) * 60.0;
    seconds += take(&mut rest, &["s"]).unwrap_or(0.0);
    if hours.is_some() {
        seconds += take(&mut rest, &[""]).unwrap_or(0.0) * 60.0;
    }
    rest.is_empty().then_some(())?;
    Millis::from_seconds(seconds)
}

/// Takes a number and one of the units off the front of the text, when it starts so.
fn take(rest: &mut &str, units: &[&str]) -> Option<f64> {
    let text = rest.trim_start();
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = digits(text);
    if end == 0 {
        return None;
    }
    if let Some(decimals) = text[end..].strip_prefix('.') {
        let count = digits(decimals);
        end = if count == 0 { return None } else { end + 1 + count };
    }
    let number = text[..end].parse().ok()?;
    let after = units.iter().find_map(|unit| text[end..].strip_prefix(unit))?;
    *rest = after;
    Some(number)
}

/// A duration in the form that [`parse_duration`] reads back: `1h30`, `2h`, `75s`, `615.25s`.
pub fn written(duration: Millis) -> String {
    let (minutes, millis) = (duration.0 / 60_000, duration.0 % 60_000);
    if millis != 0 {
        return format!("{}s", duration.seconds());
    }
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}min"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h{minutes:02}"),
    }
}

/// Reads opening hours, `09:00-13:00`, each clock from `00:00` to `24:00`. None when the text is no pair of clocks;
/// whether the end is after the start is for others to judge.
pub fn parse_hours(text: &str) -> Option<Hours> {
    let (start, end) = text.split_once('-')?;
    Some(Hours { start: parse_clock(start)?, end: parse_clock(end)? })
}

/// Reads a clock time, `9:00`, `09:00`, up to `24:00`.
fn parse_clock(text: &str) -> Option<Clock> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str, lengths: &[usize]| {
        let all = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (hours, minutes) = (digits(hours, &[1, 2])?, digits(minutes, &[2])?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then(|| Clock::at(hours, minutes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_write_durations_in_several_ways() {
        let seconds = |text| parse_duration(text).map(Millis::seconds);
        assert_eq!(seconds("75min"), Some(4500.0));
        assert_eq!(seconds("1h30"), Some(5400.0));
        assert_eq!(seconds("1h30min"), Some(5400.0));
        assert_eq!(seconds("1h 30"), Some(5400.0));
        assert_eq!(seconds("1h30min15s"), Some(5415.0));
        assert_eq!(seconds("1.5h"), Some(5400.0));
        assert_eq!(seconds("90s"), Some(90.0));
        assert_eq!(seconds(" 2h "), Some(7200.0));
        assert_eq!(seconds("5m"), Some(300.0));
        assert_eq!(seconds("0min"), Some(0.0));
    }

    #[test]
    fn a_number_without_unit_is_no_duration() {
        for text in [
            "75", "12.5", "", " ", "min", "h", "1,5h", "-5min", "5min1h", "1h30x", ".5h", "5.h", "1e3s",
            "inf", "٣min",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
        assert_eq!(parse_duration(&format!("{}h", "9".repeat(400))), None, "longer than any journey");
    }

    #[test]
    fn a_day_ends_at_midnight() {
        assert_eq!(parse_hours("09:00-13:00"), Some(Hours::new((9, 0), (13, 0))));
        assert_eq!(parse_hours("9:00 - 24:00"), Some(Hours::new((9, 0), (24, 0))));
        for text in [
            "09:00",
            "9h-13h",
            "09:00-24:01",
            "09:60-13:00",
            "09:00-13:00-14:00",
            "9:0-13:00",
            "+9:00-13:00",
            "-",
        ] {
            assert_eq!(parse_hours(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_written_duration_reads_back(millis in 0..u32::MAX) {
            prop_assert_eq!(parse_duration(&written(Millis(millis))), Some(Millis(millis)));
        }

        #[test]
        fn no_text_can_stop_the_readers(text in any::<String>()) {
            let _ = (parse_duration(&text), parse_hours(&text));
        }

        #[test]
        fn every_pair_of_clocks_reads_back(start in 0u32..=1440, end in 0u32..=1440) {
            let clock = |minutes| Clock::at(minutes / 60, minutes % 60);
            let hours = Hours { start: clock(start), end: clock(end) };
            prop_assert_eq!(parse_hours(&format!("{}-{}", hours.start, hours.end)), Some(hours));
        }
    }
}
