//! Rules on the visits of a site. All but the first leave a site without sessions alone.

use std::collections::BTreeSet;

use super::Extent;
use super::held::Held;
use super::rhythm::{longest_gap, other_times, visits as days_with_session};
use crate::territory::Site;

pub(super) fn required(held: &Held<'_>, site: &Site) -> Extent {
    Extent::of(if site.required && held.at(&site.id).is_empty() { 1.0 } else { 0.0 })
}

pub(super) fn every(held: &Held<'_>, site: &Site) -> Extent {
    let Some(step) = site.every.filter(|&step| step > 0) else { return Extent::default() };
    let with_session: BTreeSet<u32> = held.at(&site.id).iter().map(|(_, session)| session.week).collect();
    if with_session.is_empty() {
        return Extent::default();
    }
    let off = |first: u32| {
        let wrong = |week: &u32| with_session.contains(week) != (week % step == first % step);
        (1..=held.weeks()).filter(wrong).count()
    };
    Extent::of((1..=step).map(off).min().unwrap_or(0) as f64)
}

pub(super) fn visits(held: &Held<'_>, site: &Site) -> Extent {
    let count = days_with_session(held.at(&site.id));
    match site.visits {
        Some(asked) if count > 0 => Extent::of(count.abs_diff(asked).into()),
        _ => Extent::default(),
    }
}

pub(super) fn max_gap(held: &Held<'_>, site: &Site) -> Extent {
    let most = site.max_gap.or(held.territory.rules.max_gap);
    let longest = longest_gap(held.at(&site.id), held.weeks());
    most.map_or_else(Extent::default, |most| Extent::above(longest, most))
}

pub(super) fn same_time(held: &Held<'_>, site: &Site) -> Extent {
    match held.territory.rules.same_time {
        Some(true) => Extent::each(other_times(held.at(&site.id))),
        _ => Extent::default(),
    }
}
