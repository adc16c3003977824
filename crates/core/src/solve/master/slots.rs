//! Sets of half-days of the cycle.

use crate::calendar::{Day, Half};

/// Half-days of a week.
const OF_WEEK: usize = 14;

/// A set of half-days of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slots(Vec<u64>);

impl Slots {
    /// Those of a cycle that `holds` says.
    pub(super) fn of(weeks: u32, holds: impl Fn(u32, Day, Half) -> bool) -> Slots {
        let mut set = vec![0; (weeks as usize * OF_WEEK).div_ceil(64)];
        for week in 1..=weeks {
            for day in Day::ALL {
                for half in Half::ALL.into_iter().filter(|&half| holds(week, day, half)) {
                    let rank = rank(week, day, half);
                    set[rank / 64] |= 1 << (rank % 64);
                }
            }
        }
        Slots(set)
    }

    pub(super) fn contains(&self, week: u32, day: Day, half: Half) -> bool {
        let rank = rank(week, day, half);
        self.0.get(rank / 64).is_some_and(|word| word & (1 << (rank % 64)) != 0)
    }

    /// The half-days of both.
    pub(super) fn and(&self, other: &Slots) -> Slots {
        Slots(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// The half-days of either.
    pub(super) fn or(&self, other: &Slots) -> Slots {
        Slots(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    /// Whether they share a half-day.
    pub(super) fn meets(&self, other: &Slots) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Whether all of them are in the other set.
    pub(super) fn is_within(&self, other: &Slots) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    /// How many.
    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }
}

fn rank(week: u32, day: Day, half: Half) -> usize {
    (week as usize).saturating_sub(1) * OF_WEEK + 2 * day as usize + half as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_days_of_different_weeks_are_different() {
        let mornings = |week| Slots::of(9, move |w, _, half| w == week && half == Half::Am);
        let (third, ninth) = (mornings(3), mornings(9));
        assert_eq!([third.len(), third.or(&ninth).len(), third.and(&ninth).len()], [7, 14, 0]);
        assert!(third.contains(3, Day::Sun, Half::Am) && !third.contains(3, Day::Sun, Half::Pm));
        assert!(third.is_within(&third.or(&ninth)) && !third.or(&ninth).is_within(&third));
        assert!(third.meets(&third.or(&ninth)) && !third.meets(&ninth) && third.and(&ninth).is_empty());
    }
}
