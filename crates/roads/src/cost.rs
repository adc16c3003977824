//! What a way costs: its time, among ways of equal time its length, and how many ferries it takes.

use std::iter::Sum;

use crate::units::{Metres, Millis};

const FERRY_BITS: u32 = 4;
const LENGTH_BITS: u32 = 28;
const MOST_DECIMETRES: u64 = (1 << LENGTH_BITS) - 1;
const MOST_FERRIES: u64 = (1 << FERRY_BITS) - 1;

/// Milliseconds (32 bits), then decimetres (28 bits), then ferries boarded (4 bits), in one number that compares and
/// adds as all three. The least cost of a way is unique even where two ways take the same time, whatever search finds
/// it.
///
/// Costs are added as plain numbers: a way of more than 26,843 km, or of more than 15 ferries, carries into the next
/// field. That is the same whatever the order of the addition, so that every search still finds the same cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost(u64);

impl Cost {
    pub(crate) const ZERO: Cost = Cost(0);
    /// More than any way.
    pub(crate) const NEVER: Cost = Cost(u64::MAX);

    /// The longest time of an arc and of a way, 12.4 days: longer ways are not followed. A way and one more arc are
    /// then less than half of all numbers, so that of two of these the difference tells which is less.
    pub(crate) const MOST_TIME: u32 = (1 << 30) - 1;

    /// The most that an arc costs.
    pub(crate) const MOST: Cost = Cost(Cost::BEYOND.0 - 1);

    /// More than any way that is followed, with room for another such way to be added.
    pub(crate) const BEYOND: Cost = Cost(1 << 62);

    /// Each part stops at its largest value.
    pub(crate) fn new(millis: u32, decimetres: u32, ferries: u32) -> Cost {
        let millis = u64::from(millis.min(Cost::MOST_TIME));
        let decimetres = u64::from(decimetres).min(MOST_DECIMETRES);
        let ferries = u64::from(ferries).min(MOST_FERRIES);
        Cost(millis << (LENGTH_BITS + FERRY_BITS) | decimetres << FERRY_BITS | ferries)
    }

    /// The sum of costs without ferries, each part of which was summed up; [`Cost::MOST`] at most.
    pub(crate) fn of_sums(millis: u64, decimetres: u64) -> Cost {
        let millis = millis.min(1 << 31) << (LENGTH_BITS + FERRY_BITS);
        Cost(millis.saturating_add(decimetres.min(1 << 59) << FERRY_BITS)).min(Cost::MOST)
    }

    /// The most that a way costs which takes no longer than `within` milliseconds; such a way is also no longer than
    /// [`Cost::MOST_TIME`].
    pub(crate) fn most_within(within: u32) -> Cost {
        Cost::new(within, u32::MAX, u32::MAX)
    }

    /// The number as it is compared.
    #[inline]
    pub(crate) fn bits(self) -> u64 {
        self.0
    }

    #[inline]
    pub(crate) fn of_bits(bits: u64) -> Cost {
        Cost(bits)
    }

    /// The upper and the lower half of the number, to store it without padding.
    #[inline]
    pub(crate) fn halves(self) -> [u32; 2] {
        [(self.0 >> 32) as u32, self.0 as u32]
    }

    #[inline]
    pub(crate) fn of_halves([upper, lower]: [u32; 2]) -> Cost {
        Cost(u64::from(upper) << 32 | u64::from(lower))
    }

    /// Whether an arc may cost as much.
    pub(crate) fn is_of_arc(self) -> bool {
        self <= Cost::MOST
    }

    #[inline]
    pub(crate) fn millis(self) -> u32 {
        (self.0 >> (LENGTH_BITS + FERRY_BITS)) as u32
    }

    pub(crate) fn decimetres(self) -> u32 {
        (self.0 >> FERRY_BITS & MOST_DECIMETRES) as u32
    }

    pub(crate) fn ferries(self) -> u32 {
        (self.0 & MOST_FERRIES) as u32
    }

    pub(crate) fn time(self) -> Millis {
        Millis(self.millis())
    }

    pub(crate) fn length(self) -> Metres {
        Metres(f64::from(self.decimetres()) / 10.0)
    }

    /// Of two ways one after the other. Neither may be more than an arc costs.
    #[inline]
    pub(crate) const fn plus(self, other: Cost) -> Cost {
        Cost(self.0.wrapping_add(other.0))
    }

    /// The lesser of two costs, of which this one is [`Cost::BEYOND`] at most and the other may be as much and
    /// [`Cost::MOST`] together. Bits that are no floating point number are more than [`Cost::BEYOND`], and never the
    /// lesser.
    #[inline(always)]
    pub(crate) fn lesser(self, other: Cost) -> Cost {
        // There is no sign to take off; but only so the compiler sees a minimum of floating point numbers.
        let (own, other) = (self.as_float(), other.as_float().abs());
        Cost::of_float(if other < own { other } else { own })
    }

    /// The floating point number of the same bits. Up to [`Cost::BEYOND`] these are in the order of the costs; and all
    /// processors have vector instructions to compare them, as few have for integers of 64 bits.
    #[inline(always)]
    pub(crate) fn as_float(self) -> f64 {
        f64::from_bits(self.0)
    }

    #[inline(always)]
    pub(crate) fn of_float(float: f64) -> Cost {
        Cost(float.to_bits())
    }

    /// Each part subtracted; each stops at zero.
    pub(crate) fn minus(self, other: Cost) -> Cost {
        Cost::new(
            self.millis().saturating_sub(other.millis()),
            self.decimetres().saturating_sub(other.decimetres()),
            self.ferries().saturating_sub(other.ferries()),
        )
    }

    /// A share of time and length, 0 to 1, rounded; with all ferries, for there is no half of one.
    pub(crate) fn share(self, share: f64) -> Cost {
        let part = |whole: u32| (f64::from(whole) * share).round() as u32;
        Cost::new(part(self.millis()), part(self.decimetres()), self.ferries())
    }
}

impl Sum for Cost {
    /// The sum, which stops at the most that an arc costs.
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::ZERO, |sum, cost| Cost(sum.0.saturating_add(cost.0)).min(Cost::MOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_time_comes_first_less_way_second_fewer_ferries_third() {
        assert!(Cost::new(1, 900, 2) < Cost::new(2, 0, 0));
        assert!(Cost::new(2, 1, 2) < Cost::new(2, 2, 0));
        assert!(Cost::new(2, 2, 0) < Cost::new(2, 2, 1));
    }

    #[test]
    fn the_parts_are_those_given_and_are_added_each_for_itself() {
        let cost = Cost::new(7_000, 1_234, 1).plus(Cost::new(500, 66, 2));
        assert_eq!((cost.millis(), cost.decimetres(), cost.ferries()), (7_500, 1_300, 3));
        assert_eq!((cost.time(), cost.length()), (Millis(7_500), Metres(130.0)));
        assert_eq!(Cost::of_halves(cost.halves()), cost);
        assert_eq!(cost.minus(Cost::new(7_000, 2_000, 3)), Cost::new(500, 0, 0));
        assert_eq!(cost.share(0.5), Cost::new(3_750, 650, 3));
    }

    #[test]
    fn a_sum_of_parts_is_that_of_the_costs() {
        let mut random = crate::random::Random(1);
        for most in [10, 100_000, u32::MAX >> 2] {
            for count in 0..200 {
                let mut parts = || (random.below(most), random.below(most.min(1 << 28)));
                let parts: Vec<(u32, u32)> = (0..count).map(|_| parts()).collect();
                let sum: Cost = parts.iter().map(|part| Cost::new(part.0, part.1, 0)).sum();
                let millis = parts.iter().map(|part| u64::from(part.0)).sum();
                let decimetres = parts.iter().map(|part| u64::from(part.1)).sum();
                assert_eq!(Cost::of_sums(millis, decimetres), sum, "{parts:?}");
            }
        }
    }

    #[test]
    fn the_lesser_is_found_up_to_a_way_and_one_more_arc() {
        let hour = Cost::new(3_600_000, 2, 0);
        let costs = [Cost::ZERO, Cost::new(0, 0, 1), Cost::new(1, 2, 0), hour, Cost::MOST, Cost::BEYOND];
        for one in costs {
            for other in costs.into_iter().chain([Cost::BEYOND.plus(hour), Cost::BEYOND.plus(Cost::MOST)]) {
                assert_eq!(one.lesser(other), one.min(other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_way_and_one_more_arc_are_less_than_never() {
        let most = Cost::new(u32::MAX, u32::MAX, u32::MAX);
        assert!(most < most.plus(most) && most.plus(most) < Cost::NEVER);
        assert_eq!(Cost::most_within(u32::MAX), most);
        assert_eq!([most, most, most].into_iter().sum::<Cost>(), most);
    }
}
