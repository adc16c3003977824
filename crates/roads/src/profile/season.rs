//! What depends on the time of year: `no @ (Nov 15-Apr 30)`, `yes @ summer`.
//!
//! A condition counts when it names only dates, weeks or seasons, joined by `,`, `;`, `||` or `AND`. One with hours, single
//! days of the week, weights or years in it is not looked at: what it says does not hold all day long, or not every year.
//! Where such a one names a time of year it may be a closure all the same, which is told.

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

/// What else names a time of year.
const TIMES_OF_YEAR: [&str; 8] = ["week", "winter", "snow", "ice", "easter", "spring", "summer", "autumn"];

impl Season {
    /// The 15th of January or of July.
    fn middle(self) -> Day {
        match self {
            Season::Winter => (1, 15),
            Season::Summer => (7, 15),
        }
    }

    /// The week of that day.
    fn week(self) -> u8 {
        match self {
            Season::Winter => 3,
            Season::Summer => 29,
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

/// Whether a conditional tag has a condition that names a time of year and is not understood.
pub(super) fn is_unclear(tag: &str) -> bool {
    let conditions = split_outside_parentheses(tag).filter_map(|clause| clause.split_once('@'));
    let mut unclear = conditions.filter(|(_, condition)| holds(condition, Season::Winter).is_none());
    unclear.any(|(_, condition)| names_time_of_year(condition))
}

fn names_time_of_year(condition: &str) -> bool {
    let lower = condition.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| TIMES_OF_YEAR.contains(&word) || month(word).is_some())
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

/// Whether a condition holds in the middle of a season; None when it is of another kind. Of alternatives one is enough.
fn holds(condition: &str, season: Season) -> Option<bool> {
    let condition = condition.to_ascii_lowercase().replace("||", ";");
    let alternatives = condition.split(';').filter(|alternative| !bare(alternative).is_empty());
    decided_by(true, alternatives.map(|alternative| all_hold(alternative, season)))
}

/// Whether all requirements between `AND`s hold.
fn all_hold(requirements: &str, season: Season) -> Option<bool> {
    decided_by(false, requirements.split(" and ").map(|requirement| any_holds(requirement, season)))
}

/// What several answers come to together, of which one that is `decisive` is enough; None where those that are not known
/// could be such.
fn decided_by(decisive: bool, answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let answers: Vec<Option<bool>> = answers.collect();
    if answers.contains(&Some(decisive)) {
        return Some(decisive);
    }
    (!answers.contains(&None)).then_some(!decisive)
}

/// Whether one of several spans of the year holds. What follows a comma may belong to all of them, as hours do: all must
/// be understood.
fn any_holds(spans: &str, season: Season) -> Option<bool> {
    let mut any = false;
    for span in bare(spans).split(',').map(str::trim).filter(|span| !span.is_empty()) {
        any |= match span {
            // Where snow is named the road is not cleared: it is taken to lie all winter.
            "winter" | "snow" | "ice" => season == Season::Winter,
            "summer" => season == Season::Summer,
            span => match span.strip_prefix("week ") {
                Some(weeks) => is_within(season.week(), parse_weeks(weeks)?),
                None => is_within(season.middle(), parse_dates(span)?),
            },
        };
    }
    Some(any)
}

/// Without the parentheses around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c == '(' || c == ')' || c.is_whitespace())
}

/// Whether a day, or a week, is in a span of the year, which may lead over new year.
fn is_within<T: PartialOrd>(day: T, (first, last): (T, T)) -> bool {
    if first <= last { first <= day && day <= last } else { first <= day || day <= last }
}

/// `48-18`, `5`: the first and the last week, 1 to 53.
fn parse_weeks(weeks: &str) -> Option<(u8, u8)> {
    let week = |text: &str| text.trim().parse().ok().filter(|week| (1..=53).contains(week));
    let (first, last) = weeks.split_once('-').unwrap_or((weeks, weeks));
    Some((week(first)?, week(last)?))
}

/// `nov`, `nov-apr`, `nov 15-apr 30`, `nov 1-15`: the first and the last day.
fn parse_dates(dates: &str) -> Option<(Day, Day)> {
    let dates = dates.trim_end_matches("00:00-24:00").trim_end().trim_end_matches("mo-su").trim_end();
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
    let month = month(words.next()?)?;
    let day = match words.next() {
        Some(day) => Some(parse_day(day)?),
        None => None,
    };
    words.next().is_none().then_some((month, day))
}

/// The number of a month, from its name or the first letters of it.
fn month(name: &str) -> Option<u8> {
    let named = |(_, month): &(u8, &str)| name.len() >= 3 && month.starts_with(name);
    (1..).zip(MONTHS).find(named).map(|(number, _)| number)
}

fn parse_day(day: &str) -> Option<u8> {
    day.parse().ok().filter(|day| (1..=31).contains(day))
}
