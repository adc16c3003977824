//! What changes of the calendar in force.

use std::collections::{BTreeMap, BTreeSet};

use super::Extent;
use super::held::Held;
use crate::calendar::{Day, Half};
use crate::territory::RuleKind;

/// Vehicle, week, day, half-day and site: what makes two sessions the same one.
type Key<'a> = (&'a str, u32, Day, Half, &'a str);

/// Changes beyond those allowed; the sessions are those that are not published.
pub(super) fn changes(held: &Held<'_>) -> Extent {
    let Some(published) = &held.territory.published else { return Extent::default() };
    let without_most = if held.price(RuleKind::Changes, None).is_some() { 0 } else { u32::MAX };
    let most = published.max_changes.unwrap_or(without_most);
    let before: BTreeSet<Key<'_>> = published
        .sessions
        .iter()
        .map(|session| (&*session.vehicle, session.week, session.day, session.half, &*session.site))
        .collect();
    let after: BTreeMap<Key<'_>, usize> = held
        .sessions()
        .map(|(place, session)| {
            ((&*session.vehicle, session.week, session.day, session.half, &*session.site), place)
        })
        .collect();
    let lacking = before.iter().filter(|session| !after.contains_key(*session)).count();
    let mut new: Vec<usize> =
        after.iter().filter(|(session, _)| !before.contains(*session)).map(|(_, place)| *place).collect();
    new.sort_unstable();
    let Extent { units, .. } = Extent::above(lacking.max(new.len()) as u32, most);
    Extent { units, sessions: new }
}
