//! Costs from several points, side by side.
//!
//! Ways from near points have much in common. Followed for several at once, an arc is looked up once for all of them,
//! and their costs lie in one line of the cache.

use crate::cost::Cost;

/// Points whose costs fill a line of the cache.
pub(crate) const ROWS: usize = 8;

/// So few points are sooner searched from one after the other.
pub(crate) const FEW: usize = 2;

/// Costs of a place, one from each point; [`Cost::BEYOND`] or more from where there is no way.
pub(crate) type Costs<const ROWS: usize> = [Cost; ROWS];

/// From no point, with room for another cost to be added.
pub(crate) const fn beyond<const ROWS: usize>() -> Costs<ROWS> {
    [Cost::BEYOND; ROWS]
}

/// The least of them.
#[inline]
pub(crate) fn least<const ROWS: usize>(costs: &Costs<ROWS>) -> Cost {
    let mut least = costs.map(Cost::as_float);
    let mut half = ROWS / 2;
    while half > 0 {
        for lane in 0..half {
            let (one, other) = (least[lane], least[lane + half]);
            least[lane] = if one < other { one } else { other };
        }
        half /= 2;
    }
    Cost::of_float(least[0])
}

/// Takes those of `others` that with `more` are less. On its own, for only then it is compiled to vector instructions.
#[inline(never)]
pub(crate) fn lower<const ROWS: usize>(costs: &mut Costs<ROWS>, others: &Costs<ROWS>, more: Cost) {
    for (cost, other) in costs.iter_mut().zip(others) {
        *cost = cost.lesser(other.plus(more));
    }
}

/// Leaves out those that are more than `others`.
#[inline(never)]
pub(crate) fn leave_out<const ROWS: usize>(costs: &mut Costs<ROWS>, others: &Costs<ROWS>) {
    for (cost, other) in costs.iter_mut().zip(others) {
        *cost = if other.as_float() < cost.as_float() { Cost::BEYOND } else { *cost };
    }
}

/// The same for many places, each with its number and what is added.
#[inline(never)]
pub(crate) fn lower_each<const ROWS: usize>(
    places: &mut [Costs<ROWS>],
    others: &Costs<ROWS>,
    more: &[(u32, Cost)],
) {
    for &(place, more) in more {
        for (cost, other) in places[place as usize].iter_mut().zip(others) {
            *cost = cost.lesser(other.plus(more));
        }
    }
}
