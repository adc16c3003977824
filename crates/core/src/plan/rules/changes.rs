//! What changes of the calendar in force.

use std::collections::BTreeSet;

use super::Extent;
use super::held::Held;
use crate::calendar::{Day, Half};
use crate::territory::RuleKind;

/// Vehicle, week, day, half-day and site: what makes two sessions the same one.
type Key<'a> = (&'a str, u32, Day, Half, &'a str);

/// Changes beyond those allowed.
pub(super) fn changes(held: &Held<'_>) -> Extent {
    let Some(published) = &held.territory.published else { return Extent::default() };
    let without_most = if held.price(RuleKind::Changes, None).is_some() { 0 } else { u32::MAX };
    let most = published.max_changes.unwrap_or(without_most);
    let before: BTreeSet<Key<'_>> = published
        .sessions
        .iter()
        .map(|session| (&*session.vehicle, session.week, session.day, session.half, &*session.site))
        .collect();
    let after: BTreeSet<Key<'_>> = held
        .sessions()
        .map(|(_, session)| (&*session.vehicle, session.week, session.day, session.half, &*session.site))
        .collect();
    let changes = before.difference(&after).count().max(after.difference(&before).count());
    Extent::above(changes as u32, most)
}
