//! Fills the free slots of a roster with what gains most.

use super::state::Roster;

/// Gains below this share of the objective are rounding.
const NO_GAIN: f64 = 1e-9;

/// Brings in sites, and more of their sessions, in the order of what each session gains, times a discount of each, as
/// long as that is worth more than what it breaks.
pub(super) fn fill(roster: &mut Roster<'_>, sites: &[u32], discounts: &[f64]) {
    let mut gains: Vec<Option<f64>> =
        sites.iter().zip(discounts).map(|(&s, d)| gain(roster, s, *d)).collect();
    loop {
        let best = (0..sites.len()).filter_map(|rank| Some((gains[rank]?, rank)));
        let Some((expected, rank)) = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) else {
            return;
        };
        // Gains only fall while sites come in: the one that still is the greatest when counted again is the greatest.
        gains[rank] = gain(roster, sites[rank], discounts[rank]);
        if gains[rank].is_none_or(|now| now < expected * (1.0 - NO_GAIN)) {
            continue;
        }
        if !place(roster, sites[rank]) {
            gains[rank] = None;
        } else {
            gains[rank] = gain(roster, sites[rank], discounts[rank]);
        }
    }
}

/// What a session of a site gains; None where it may have no more, or nothing is to be had.
fn gain(roster: &mut Roster<'_>, site: u32, discount: f64) -> Option<f64> {
    let rank = site as usize;
    let served = !roster.of_site(rank).is_empty();
    if served && !roster.can_have_more(rank) {
        return None;
    }
    let more = if served { 1 } else { roster.first_sessions(rank) };
    let setting = roster.setting;
    let slot = roster.of_site(rank).first().map_or(0, |&slot| slot as usize);
    let consultations = f64::from(more) * setting.consultations(slot, None);
    let gain = discount * roster.gain(rank, consultations) / f64::from(more);
    let least = NO_GAIN * roster.objective().max(1.0);
    (gain > least).then_some(gain)
}

/// Brings a site in, or one more of its sessions, where that is worth more than before; whether it was.
fn place(roster: &mut Roster<'_>, site: u32) -> bool {
    let start = roster.changes();
    let before = roster.score();
    let served = !roster.of_site(site as usize).is_empty();
    let placed = if served { roster.add_one(site) } else { roster.enter(site) };
    if placed && roster.score().is_worth_more(&before) {
        return true;
    }
    roster.undo_to(start);
    false
}
