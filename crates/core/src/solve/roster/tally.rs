//! What a roster breaks and costs, and which of two rosters is the better one.

use std::ops::{Add, AddAssign};

/// Breaches, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// Breaches of rules 1 to 6, and of nobody being in two places at a time: a plan has none.
    pub(super) base: f64,
    /// Units of breach of the other rules without a price.
    pub(super) hard: f64,
    /// What breaches of rules with a price cost.
    pub(super) penalties: f64,
}

impl Add for Tally {
    type Output = Tally;
    fn add(self, other: Tally) -> Tally {
        Tally {
            base: self.base + other.base,
            hard: self.hard + other.hard,
            penalties: self.penalties + other.penalties,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        *self = *self + other;
    }
}

/// What planners would rather have, where it costs nothing; in the order in which it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wishes {
    /// Published sessions that are there with another doctor, or for something else.
    pub(super) reassigned: u64,
    /// Doctors of a site beyond its first.
    pub(super) doctors: u64,
    /// Sessions at other times than the usual ones of their site.
    pub(super) other_times: u64,
    /// Sum over sites of how much longer the longest gap between visits is than in the most even spread of as many, in
    /// days.
    pub(super) longest_gaps: u64,
    /// The same of the sum of the squares of all gaps.
    pub(super) squared_gaps: u64,
    /// Sessions of doctors elsewhere than at the sites they prefer.
    pub(super) elsewhere: u64,
    /// Driving over the cycle, in milliseconds.
    pub(super) drive: u64,
}

impl AddAssign for Wishes {
    fn add_assign(&mut self, other: Wishes) {
        self.reassigned += other.reassigned;
        self.doctors += other.doctors;
        self.other_times += other.other_times;
        self.longest_gaps += other.longest_gaps;
        self.squared_gaps += other.squared_gaps;
        self.elsewhere += other.elsewhere;
        self.drive += other.drive;
    }
}

/// All that tells a good roster from a bad one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    pub(super) tally: Tally,
    /// Objective less penalties.
    pub(super) value: f64,
    pub(super) wishes: Wishes,
}

/// Units and values that differ by less are equal.
const ROUNDING: f64 = 1e-9;

impl Score {
    /// Whether it keeps all rules without a price.
    pub(super) fn is_allowed(&self) -> bool {
        self.tally.base == 0.0 && self.tally.hard <= ROUNDING
    }

    /// Whether it comes before another one in what counts, wishes apart: breaches first, then value.
    pub(super) fn is_worth_more(&self, other: &Score) -> bool {
        let breaches = |a: f64, b: f64| (a - b).abs() > ROUNDING;
        if breaches(self.tally.base, other.tally.base) {
            self.tally.base < other.tally.base
        } else if breaches(self.tally.hard, other.tally.hard) {
            self.tally.hard < other.tally.hard
        } else {
            self.value > other.value + ROUNDING * other.value.abs().max(1.0)
        }
    }

    /// Whether it is the better one, wishes included.
    pub(super) fn is_better(&self, other: &Score) -> bool {
        self.is_worth_more(other) || !other.is_worth_more(self) && self.wishes < other.wishes
    }
}
