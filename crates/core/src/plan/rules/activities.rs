//! Rules on what half-days are for.

use super::held::Held;
use super::{Extent, ROUNDING};
use crate::plan::Session;
use crate::territory::{Activity, ActivityKind};

/// Half-days missing.
pub(super) fn at_least(held: &Held<'_>, activity: &Activity) -> Extent {
    Extent::of(activity.at_least.saturating_sub(half_days(held, activity)).into())
}

/// Half-days too many.
pub(super) fn at_most(held: &Held<'_>, activity: &Activity) -> Extent {
    activity.at_most.map_or_else(Extent::default, |most| Extent::above(half_days(held, activity), most))
}

/// Half-days that hold an activity, wholly or in part.
fn half_days(held: &Held<'_>, activity: &Activity) -> u32 {
    held.sessions().filter(|(_, session)| session.activity.as_ref() == Some(&activity.id)).count() as u32
}

/// Half-days of prevention, by shares, beyond its part of all.
pub(super) fn prevention_share(held: &Held<'_>) -> Extent {
    let share = |session: &Session| match held.activity(session) {
        Some(Activity { kind: ActivityKind::Prevention, share, .. }) => *share,
        _ => 0.0,
    };
    let given: f64 = held.sessions().map(|(_, session)| share(session)).sum();
    let too_many = given - held.territory.rules.prevention_share * held.sessions().count() as f64;
    Extent::of(if too_many > ROUNDING { too_many } else { 0.0 })
}

/// Whole half-days that general practice lacks to have more than half of all, by shares; none where there are none.
pub(super) fn majority(held: &Held<'_>) -> Extent {
    let general = |session: &Session| match held.activity(session) {
        Some(Activity { kind: ActivityKind::Specialty | ActivityKind::Prevention, share, .. }) => 1.0 - share,
        _ => 1.0,
    };
    let given: f64 = held.sessions().map(|(_, session)| general(session)).sum();
    let half = held.sessions().count() as f64 / 2.0;
    let is_kept = half == 0.0 || given > half + ROUNDING;
    Extent::of(if is_kept { 0.0 } else { (half - given + ROUNDING).floor() + 1.0 })
}
