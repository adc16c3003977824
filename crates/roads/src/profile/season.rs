//! What depends on the time of year: `no @ (Nov 15-Apr 30)`, `yes @ summer`.
//!
//! A condition counts when it names only dates or seasons. One with hours, days of the week, weights or years in it is
//! not looked at: what it says does not hold all day long, or not every year.

/// A time of year, by a day in its middle. What is shut on that day is shut in that season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Winter,
    Summer,
}

/// A day of the year: month, 1 to 12, and day.
type Day = (u8, u8);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Season {
    /// The 15th of January or of July.
    fn middle(self) -> Day {
        match self {
            Season::Winter => (1, 15),
            Season::Summer => (7, 15),
        }
    }
}

/// What a conditional tag such as `no @ (Nov-Apr); destination @ (Mo-Fr)` says in a season: the last of its values
/// whose condition holds then. None when none does.
pub(super) fn conditional_value(tag: &str, season: Season) -> Option<&str> {
    let clauses = split_outside_parentheses(tag).filter_map(|clause| clause.split_once('@'));
    clauses
        .filter(|(_, condition)| holds(condition, season) == Some(true))
        .last()
        .map(|(value, _)| value.trim())
}

/// The parts between semicolons that stand in no parentheses.
fn split_outside_parentheses(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0i32;
    text.split(move |c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        c == ';' && depth <= 0
    })
}

/// Whether a condition holds in the middle of a season; None when it is of another kind.
fn holds(condition: &str, season: Season) -> Option<bool> {
    let condition = condition.trim().trim_start_matches('(').trim_end_matches(')').to_ascii_lowercase();
    let mut any = false;
    for part in condition.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        any |= match part {
            "winter" | "snow" | "ice" => season == Season::Winter,
            "summer" => season == Season::Summer,
            dates => is_within(season.middle(), parse_dates(dates)?),
        };
    }
    Some(any)
}

/// Whether a day is in a span of the year, which may lead over new year.
fn is_within(day: Day, (first, last): (Day, Day)) -> bool {
    if first <= last { first <= day && day <= last } else { first <= day || day <= last }
}

/// `nov`, `nov-apr`, `nov 15-apr 30`, `nov 1-15`: the first and the last day.
fn parse_dates(dates: &str) -> Option<(Day, Day)> {
    let dates = dates.trim_end_matches("00:00-24:00").trim_end();
    let (first, last) = match dates.split_once('-') {
        Some((first, last)) => (first.trim(), Some(last.trim())),
        None => (dates, None),
    };
    let (month, day) = parse_date(first)?;
    let from = (month, day.unwrap_or(1));
    let to = match last {
        None => (month, day.unwrap_or(31)),
        Some(last) => match parse_date(last) {
            Some((month, day)) => (month, day.unwrap_or(31)),
            None => (month, day.and(parse_day(last))?),
        },
    };
    Some((from, to))
}

/// A month, in full or its first letters, with or without a day.
fn parse_date(date: &str) -> Option<(u8, Option<u8>)> {
    let mut words = date.split_whitespace();
    let name = words.next().filter(|name| name.len() >= 3)?;
    let month = (1..).zip(MONTHS).find(|(_, month)| month.starts_with(name))?.0;
    let day = match words.next() {
        Some(day) => Some(parse_day(day)?),
        None => None,
    };
    words.next().is_none().then_some((month, day))
}

fn parse_day(day: &str) -> Option<u8> {
    day.parse().ok().filter(|day| (1..=31).contains(day))
}
