//! Rosters that are like a relaxed solution.

use super::setting::{Setting, Shift};
use super::start::staff_where_lacking;
use super::state::Roster;
use crate::solve::master::Outline;

/// A relaxed solution, as far as it can be had: what there is most of comes first. Of each vehicle and site, no more
/// sessions than are `left`, which are taken from it.
pub(super) fn like<'s>(setting: &'s Setting<'s>, outline: &Outline, left: &mut [Vec<u32>]) -> Roster<'s> {
    let mut sessions: Vec<(f64, usize, u32)> = Vec::new();
    for (slot, of) in setting.grid.slots.iter().enumerate() {
        for &site in &setting.can[slot] {
            let here = outline.sessions(of.vehicle, site as usize, (of.week, of.day, of.half));
            if here > 0.0 {
                sessions.push((here, slot, site));
            }
        }
    }
    sessions.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut roster = Roster::empty(setting);
    for (_, slot, site) in sessions {
        let left = &mut left[setting.grid.slots[slot].vehicle][site as usize];
        if *left > 0 && roster.at(slot).is_none() && setting.fits(slot, &Shift::at(site)) {
            *left -= 1;
            roster.put(slot, Some(Shift::at(site)));
            staff_like(&mut roster, outline, slot);
        }
    }
    staff_where_lacking(&mut roster);
    roster.keep();
    roster
}

/// Gives a session the doctor whom a relaxed solution has there most, if any suits.
fn staff_like(roster: &mut Roster<'_>, outline: &Outline, slot: usize) {
    let (Some(shift), of) = (roster.at(slot), roster.setting.grid.slots[slot]) else { return };
    let doctors = outline.doctors(shift.site as usize, (of.week, of.day, of.half));
    let able = &roster.setting.terms(shift.activity).doctors;
    let doctor = doctors
        .filter(|(doctor, _)| able.contains(&(*doctor as u16)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(doctor, _)| Shift { doctor: Some(doctor as u16), ..shift });
    if let Some(staffed) = doctor {
        roster.put(slot, Some(staffed));
    }
}
