//! What a way costs: its time, and among ways of equal time its length.

use std::iter::Sum;

use crate::units::{Metres, Millis};

/// Time in milliseconds, then length in centimetres, in one number that compares and adds as both. The least cost
/// of a way is unique even where two ways take the same time, whatever search finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost(u64);

impl Cost {
    pub(crate) const ZERO: Cost = Cost(0);
    /// More than any way; never the result of an addition.
    pub(crate) const NEVER: Cost = Cost(u64::MAX);

    /// The most that a time may be, so that two of them never reach [`Cost::NEVER`].
    pub(crate) const MOST_TIME: u32 = u32::MAX - 1;

    pub(crate) fn new(millis: u32, centimetres: u32) -> Cost {
        Cost(u64::from(millis.min(Cost::MOST_TIME)) << 32 | u64::from(centimetres))
    }

    pub(crate) fn millis(self) -> u32 {
        (self.0 >> 32) as u32
    }

    pub(crate) fn centimetres(self) -> u32 {
        self.0 as u32
    }

    pub(crate) fn time(self) -> Millis {
        Millis(self.millis())
    }

    pub(crate) fn length(self) -> Metres {
        Metres(f64::from(self.centimetres()) / 100.0)
    }

    /// Both added; each stops at its largest value.
    #[inline]
    pub(crate) fn plus(self, other: Cost) -> Cost {
        Cost::new(
            self.millis().saturating_add(other.millis()),
            self.centimetres().saturating_add(other.centimetres()),
        )
    }

    /// Both subtracted; each stops at zero.
    pub(crate) fn minus(self, other: Cost) -> Cost {
        Cost::new(
            self.millis().saturating_sub(other.millis()),
            self.centimetres().saturating_sub(other.centimetres()),
        )
    }

    /// A share of both, 0 to 1, rounded.
    pub(crate) fn share(self, share: f64) -> Cost {
        let part = |whole: u32| (f64::from(whole) * share).round() as u32;
        Cost::new(part(self.millis()), part(self.centimetres()))
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::ZERO, Cost::plus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_time_comes_first_and_less_way_second() {
        assert!(Cost::new(1, 900) < Cost::new(2, 0));
        assert!(Cost::new(2, 1) < Cost::new(2, 2));
    }

    #[test]
    fn sums_never_reach_never() {
        let most = Cost::new(u32::MAX, u32::MAX);
        assert!(most.plus(most) < Cost::NEVER);
        assert_eq!(Cost::new(1, u32::MAX).plus(Cost::new(1, 5)), Cost::new(2, u32::MAX));
    }
}
