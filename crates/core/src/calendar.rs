//! Days, half-days and clock times: the grid that sessions are laid on.

use std::fmt;
use std::str::FromStr;

use medicobus_roads::Millis;
use serde::{Deserialize, Serialize};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// Monday
    Mon,
    /// Tuesday
    Tue,
    /// Wednesday
    Wed,
    /// Thursday
    Thu,
    /// Friday
    Fri,
    /// Saturday
    Sat,
    /// Sunday
    Sun,
}

impl Day {
    /// Monday to Sunday.
    pub const ALL: [Day; 7] = [Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri, Day::Sat, Day::Sun];

    /// Its name in files: `mon` to `sun`.
    pub const fn code(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][self as usize]
    }
}

impl FromStr for Day {
    type Err = ();
    fn from_str(code: &str) -> Result<Day, ()> {
        Day::ALL.into_iter().find(|day| day.code() == code).ok_or(())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Morning or afternoon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
}

impl Half {
    /// Morning, then afternoon.
    pub const ALL: [Half; 2] = [Half::Am, Half::Pm];

    /// Its name in files: `am` or `pm`.
    pub const fn code(self) -> &'static str {
        ["am", "pm"][self as usize]
    }
}

impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A set of half-days of the week, written `mon tue-am fri-pm` in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct HalfDays(u16);

impl HalfDays {
    /// No half-day.
    pub const NONE: HalfDays = HalfDays(0);
    /// All fourteen.
    pub const ALL: HalfDays = HalfDays((1 << 14) - 1);
    /// Monday to Friday, mornings and afternoons.
    pub const WORKING_WEEK: HalfDays = HalfDays((1 << 10) - 1);

    const fn bit(day: Day, half: Half) -> u16 {
        1 << (2 * day as u16 + half as u16)
    }

    /// Whether the set holds this half-day.
    pub const fn contains(self, day: Day, half: Half) -> bool {
        self.0 & Self::bit(day, half) != 0
    }

    /// The set with one half-day more.
    #[must_use]
    pub const fn with(self, day: Day, half: Half) -> HalfDays {
        HalfDays(self.0 | Self::bit(day, half))
    }

    /// The half-days of both sets.
    #[must_use]
    pub const fn union(self, other: HalfDays) -> HalfDays {
        HalfDays(self.0 | other.0)
    }

    /// How many half-days, 0 to 14.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its half-days in the order of the week.
    pub fn iter(self) -> impl Iterator<Item = (Day, Half)> {
        Day::ALL
            .into_iter()
            .flat_map(|day| Half::ALL.map(|half| (day, half)))
            .filter(move |&(day, half)| self.contains(day, half))
    }

    /// Reads one word of a file: `mon` (both half-days), `tue-am`, `fri-pm`. None when it is neither.
    pub fn parse_word(word: &str) -> Option<HalfDays> {
        let (day, half) = match word.split_once('-') {
            None => (word, None),
            Some((day, "am")) => (day, Some(Half::Am)),
            Some((day, "pm")) => (day, Some(Half::Pm)),
            Some(_) => return None,
        };
        let day: Day = day.parse().ok()?;
        Some(match half {
            Some(half) => HalfDays::NONE.with(day, half),
            None => HalfDays::NONE.with(day, Half::Am).with(day, Half::Pm),
        })
    }

    /// The words that [`HalfDays::parse_word`] reads back: `["mon", "tue-am"]`.
    pub fn words(self) -> Vec<String> {
        let mut words = Vec::new();
        for day in Day::ALL {
            match (self.contains(day, Half::Am), self.contains(day, Half::Pm)) {
                (true, true) => words.push(day.code().to_owned()),
                (true, false) => words.push(format!("{day}-am")),
                (false, true) => words.push(format!("{day}-pm")),
                (false, false) => {}
            }
        }
        words
    }
}

impl TryFrom<Vec<String>> for HalfDays {
    type Error = String;
    fn try_from(words: Vec<String>) -> Result<HalfDays, String> {
        words.iter().try_fold(HalfDays::NONE, |set, word| {
            HalfDays::parse_word(word)
                .map(|more| set.union(more))
                .ok_or_else(|| format!("not a half-day: {word}"))
        })
    }
}

impl From<HalfDays> for Vec<String> {
    fn from(set: HalfDays) -> Vec<String> {
        set.words()
    }
}

/// A set of weeks of the cycle, numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u32>", into = "Vec<u32>")]
pub struct Weeks(u64);

impl Weeks {
    /// The longest cycle, in weeks.
    pub const MOST: u32 = 52;
    /// No week.
    pub const NONE: Weeks = Weeks(0);
    /// Every week of any cycle.
    pub const ALL: Weeks = Weeks((1 << Weeks::MOST) - 1);
    /// The first, third, fifth week and so on.
    pub const ODD: Weeks = Weeks(0x5555_5555_5555_5555 & Weeks::ALL.0);
    /// The second, fourth, sixth week and so on.
    pub const EVEN: Weeks = Weeks(0xAAAA_AAAA_AAAA_AAAA & Weeks::ALL.0);

    /// Whether the set holds this week.
    pub const fn contains(self, week: u32) -> bool {
        1 <= week && week <= Weeks::MOST && self.0 & (1 << (week - 1)) != 0
    }

    /// The set with one week more; the same set when the week is none of 1 to [`Weeks::MOST`].
    #[must_use]
    pub const fn with(self, week: u32) -> Weeks {
        if 1 <= week && week <= Weeks::MOST { Weeks(self.0 | 1 << (week - 1)) } else { self }
    }

    /// Its weeks that a cycle of so many weeks has, in order.
    pub fn of_cycle(self, weeks: u32) -> impl Iterator<Item = u32> {
        (1..=weeks).filter(move |&week| self.contains(week))
    }

    /// Its greatest week; None when it has none.
    pub fn last(self) -> Option<u32> {
        self.0.checked_ilog2().map(|bit| bit + 1)
    }
}

impl TryFrom<Vec<u32>> for Weeks {
    type Error = String;
    fn try_from(weeks: Vec<u32>) -> Result<Weeks, String> {
        weeks.into_iter().try_fold(Weeks::NONE, |set, week| match set.with(week) {
            more if more.contains(week) => Ok(more),
            _ => Err(format!("not a week of a cycle (1 to {}): {week}", Weeks::MOST)),
        })
    }
}

impl From<Weeks> for Vec<u32> {
    fn from(set: Weeks) -> Vec<u32> {
        set.of_cycle(Weeks::MOST).collect()
    }
}

/// A time of day, in milliseconds after midnight. In files `HH:MM:SS`, with `.mmm` where there are milliseconds; a
/// return after midnight reads `25:10:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(pub Millis);

/// The opening hours of a half-day: patients are received from `start` to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// When the session opens.
    pub start: Clock,
    /// When it closes, after `start`.
    pub end: Clock,
}

impl Hours {
    /// From `start` to `end`, given in hours and minutes.
    pub const fn new(start: (u32, u32), end: (u32, u32)) -> Hours {
        Hours { start: Clock::at(start.0, start.1), end: Clock::at(end.0, end.1) }
    }

    /// How long the session lasts.
    pub fn length(self) -> Millis {
        self.end.0 - self.start.0
    }
}

impl Clock {
    /// A clock time from hours and minutes.
    pub const fn at(hours: u32, minutes: u32) -> Clock {
        Clock(Millis::from_minutes(hours * 60 + minutes))
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> String {
        let (seconds, millis) = (clock.0.0 / 1000, clock.0.0 % 1000);
        let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        if millis == 0 { whole } else { format!("{whole}.{millis:03}") }
    }
}

impl TryFrom<String> for Clock {
    type Error = String;
    fn try_from(text: String) -> Result<Clock, String> {
        let parts: Vec<&str> = text.split(':').collect();
        let clock = match parts[..] {
            [hours, minutes, seconds] => hours
                .parse::<u32>()
                .ok()
                .zip(minutes.parse::<u32>().ok())
                .zip(seconds.parse::<f64>().ok().and_then(Millis::from_seconds)),
            _ => None,
        };
        clock
            .filter(|((hours, minutes), seconds)| {
                *hours < 1000 && *minutes < 60 && *seconds < Millis::from_minutes(1)
            })
            .map(|((hours, minutes), seconds)| Clock(Millis::from_minutes(hours * 60 + minutes) + seconds))
            .ok_or_else(|| format!("not a time of day (HH:MM:SS): {text}"))
    }
}

impl fmt::Display for Clock {
    /// `HH:MM`, cut to the minute.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.0 / 60_000;
        write!(f, "{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_time_reads_back_as_written() {
        for clock in [Clock::at(8, 5), Clock(Millis(30_000_250)), Clock::at(25, 10)] {
            assert_eq!(Clock::try_from(String::from(clock)), Ok(clock));
        }
        assert!(Clock::try_from("8h05".to_owned()).is_err());
    }

    #[test]
    fn a_day_is_its_two_half_days() {
        let set = ["mon", "tue-am"]
            .iter()
            .filter_map(|w| HalfDays::parse_word(w))
            .fold(HalfDays::NONE, HalfDays::union);
        assert_eq!(set.len(), 3);
        assert!(set.contains(Day::Mon, Half::Pm) && !set.contains(Day::Tue, Half::Pm));
        assert_eq!(set.words(), ["mon", "tue-am"]);
        assert_eq!(HalfDays::parse_word("monday"), None);
        assert_eq!(HalfDays::parse_word("mon-noon"), None);
    }
}
