//! How the visits of a site lie in the cycle.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::held::{Held, Placed};
use crate::calendar::{Day, Half};
use crate::plan::{Rhythm, Session};
use crate::territory::Territory;

/// The rhythm of each site with a session, in the order of the territory.
pub fn rhythm(territory: &Territory, sessions: &[Session]) -> Vec<Rhythm> {
    let held = Held::new(territory, sessions);
    let served = territory.sites.iter().filter(|site| !held.at(&site.id).is_empty());
    let of_site = |id: &str| Rhythm {
        site: id.to_owned(),
        visits: visits(held.at(id)),
        longest_gap: longest_gap(held.at(id), held.weeks()),
        other_times: other_times(held.at(id)).count() as u32,
        doctors: held.general_practitioners(id).len() as u32,
    };
    served.map(|site| of_site(&site.id)).collect()
}

/// Days with a session.
pub(super) fn visits(sessions: &[Placed<'_>]) -> u32 {
    days(sessions).len() as u32
}

/// Most days from one visit to the next, across the end of the cycle too; 0 without a visit.
pub(super) fn longest_gap(sessions: &[Placed<'_>], weeks: u32) -> u32 {
    let days: Vec<u32> = days(sessions).into_iter().collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return 0 };
    let within = days.windows(2).map(|pair| pair[1] - pair[0]);
    within.fold(first + 7 * weeks - last, u32::max)
}

/// Days of the cycle with a session, counted from the first Monday.
fn days(sessions: &[Placed<'_>]) -> BTreeSet<u32> {
    sessions.iter().map(|(_, session)| 7 * (session.week - 1) + session.day as u32).collect()
}

/// The places of the sessions at other times than the usual ones.
pub(super) fn other_times<'a>(sessions: &'a [Placed<'_>]) -> impl Iterator<Item = usize> + 'a {
    let usual = usual_times(sessions.iter().map(|(_, session)| *session));
    sessions
        .iter()
        .filter(move |(_, session)| !usual.contains(&(session.day, session.half)))
        .map(|(place, _)| *place)
}

/// The usual times of a site with these sessions. With at most n in any week, they are the n weekdays and half-days
/// that occur most often; of equal ones the earliest in the week.
pub(in crate::plan) fn usual_times<'a>(sessions: impl Iterator<Item = &'a Session>) -> BTreeSet<(Day, Half)> {
    let (mut in_week, mut at_time) = (BTreeMap::<u32, usize>::new(), BTreeMap::<(Day, Half), u32>::new());
    for session in sessions {
        *in_week.entry(session.week).or_default() += 1;
        *at_time.entry((session.day, session.half)).or_default() += 1;
    }
    let most_in_a_week = in_week.into_values().max().unwrap_or(0);
    let mut times: Vec<_> = at_time.into_iter().map(|(time, sessions)| (Reverse(sessions), time)).collect();
    times.sort_unstable();
    times.into_iter().take(most_in_a_week).map(|(_, time)| time).collect()
}
