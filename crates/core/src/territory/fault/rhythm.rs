//! What a site asks of its weeks, visits and gaps and cannot have all at once.

use super::texts::count;

/// Rules of a site that cannot hold together. Rules with a price never clash: they may be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RhythmFault {
    /// `every` does not divide the weeks of the cycle.
    NotInCycle {
        /// Weeks from one with sessions to the next.
        every: u32,
        /// Weeks of the cycle.
        cycle_weeks: u32,
    },
    /// No weeks that far apart are all open.
    WeeksClosed {
        /// Weeks from one with sessions to the next.
        every: u32,
    },
    /// Fewer visits than weeks that need one.
    FewerThanWeeks {
        /// Visits a cycle.
        visits: u32,
        /// Weeks from one with sessions to the next.
        every: u32,
        /// Weeks of the cycle with sessions.
        weeks: u32,
    },
    /// More visits than days on which the site is open.
    MoreThanDays {
        /// Visits a cycle.
        visits: u32,
        /// Days of the cycle with a visit, at most.
        days: u32,
    },
    /// More visits than half-days.
    MoreThanHalfDays {
        /// Visits a cycle.
        visits: u32,
        /// Most half-days a cycle.
        max: u32,
    },
    /// So few visits that the least half-days do not fit into them.
    FewerThanHalfDays {
        /// Visits a cycle.
        visits: u32,
        /// Least half-days a cycle.
        min: u32,
    },
    /// More weeks that need a session than half-days.
    WeeksOverHalfDays {
        /// Weeks from one with sessions to the next.
        every: u32,
        /// Weeks of the cycle with sessions.
        weeks: u32,
        /// Most half-days a cycle.
        max: u32,
    },
    /// So few visits that some lie further apart than allowed.
    GapUnderVisits {
        /// Most days from one visit to the next.
        max_gap: u32,
        /// Visits a cycle.
        visits: u32,
        /// Days of the longest gap, at least.
        least: u32,
    },
    /// Weeks with sessions that lie further apart than allowed.
    GapUnderWeeks {
        /// Most days from one visit to the next.
        max_gap: u32,
        /// Weeks from one with sessions to the next.
        every: u32,
        /// Days of the longest gap, at least.
        least: u32,
    },
    /// A site that must be served and is never open.
    RequiredClosed,
}

impl RhythmFault {
    /// What is wrong, and the remedy.
    pub(super) fn french(&self) -> (String, &'static str) {
        use RhythmFault as R;
        let what = match self {
            R::NotInCycle { every, cycle_weeks } => {
                format!("every = {every} ne divise pas le cycle de {}", weeks_fr(*cycle_weeks))
            }
            R::WeeksClosed { every } => format!("every = {every} demande des semaines où ce site est fermé"),
            R::FewerThanWeeks { visits, every, weeks } => {
                format!(
                    "visits = {visits}, alors que every = {every} demande une visite dans {}",
                    weeks_fr(*weeks)
                )
            }
            R::MoreThanDays { visits, days } => {
                format!(
                    "visits = {visits}, alors que ce site n'a que {} par cycle",
                    n(*days, "jour ouvert", "jours ouverts")
                )
            }
            R::MoreThanHalfDays { visits, max } => {
                format!("visits = {visits}, alors que ce site a au plus {} par cycle", half_days_fr(*max))
            }
            R::FewerThanHalfDays { visits, min } => {
                format!("visits = {visits} ne suffit pas à un minimum de {}", half_days_fr(*min))
            }
            R::WeeksOverHalfDays { every, weeks, max } => format!(
                "every = {every} demande une demi-journée dans {}, et le maximum est de {max}",
                weeks_fr(*weeks)
            ),
            R::GapUnderVisits { max_gap, visits, least } => format!(
                "max_gap = {max_gap}, alors que visits = {visits} laisse au moins {least} jours d'une visite à l'autre"
            ),
            R::GapUnderWeeks { max_gap, every, least } => format!(
                "max_gap = {max_gap}, alors que every = {every} laisse au moins {least} jours d'une visite à l'autre"
            ),
            R::RequiredClosed => "ce site doit être desservi et n'est jamais ouvert".into(),
        };
        let remedy = match self {
            R::NotInCycle { .. } => "Donnez un diviseur du cycle, ou changez cycle_weeks",
            R::WeeksClosed { .. } | R::RequiredClosed => {
                "Ouvrez d'autres semaines ou demi-journées (weeks, open)"
            }
            _ => "Changez l'un des deux, ou donnez un prix à cette règle (rules.soft)",
        };
        (what, remedy)
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(&self) -> (String, &'static str) {
        use RhythmFault as R;
        let what = match self {
            R::NotInCycle { every, cycle_weeks } => {
                format!("every = {every} does not divide the cycle of {}", weeks_en(*cycle_weeks))
            }
            R::WeeksClosed { every } => {
                format!("every = {every} asks for weeks in which this site is closed")
            }
            R::FewerThanWeeks { visits, every, weeks } => {
                format!("visits = {visits}, while every = {every} asks for a visit in {}", weeks_en(*weeks))
            }
            R::MoreThanDays { visits, days } => {
                format!(
                    "visits = {visits}, while this site has only {} a cycle",
                    n(*days, "open day", "open days")
                )
            }
            R::MoreThanHalfDays { visits, max } => {
                format!("visits = {visits}, while this site has at most {} a cycle", half_days_en(*max))
            }
            R::FewerThanHalfDays { visits, min } => {
                format!("visits = {visits} is not enough for at least {}", half_days_en(*min))
            }
            R::WeeksOverHalfDays { every, weeks, max } => {
                format!("every = {every} asks for a half-day in {}, and the most is {max}", weeks_en(*weeks))
            }
            R::GapUnderVisits { max_gap, visits, least } => format!(
                "max_gap = {max_gap}, while visits = {visits} leaves at least {least} days from one to the next"
            ),
            R::GapUnderWeeks { max_gap, every, least } => format!(
                "max_gap = {max_gap}, while every = {every} leaves at least {least} days from one visit to the next"
            ),
            R::RequiredClosed => "this site must be served and is never open".into(),
        };
        let remedy = match self {
            R::NotInCycle { .. } => "Give a divisor of the cycle, or change cycle_weeks",
            R::WeeksClosed { .. } | R::RequiredClosed => "Open other weeks or half-days (weeks, open)",
            _ => "Change one of the two, or give this rule a price (rules.soft)",
        };
        (what, remedy)
    }
}

fn n(number: u32, one: &str, several: &str) -> String {
    count(u64::from(number), one, several)
}

fn weeks_fr(number: u32) -> String {
    n(number, "semaine", "semaines")
}

fn half_days_fr(number: u32) -> String {
    n(number, "demi-journée", "demi-journées")
}

fn weeks_en(number: u32) -> String {
    n(number, "week", "weeks")
}

fn half_days_en(number: u32) -> String {
    n(number, "half-day", "half-days")
}
