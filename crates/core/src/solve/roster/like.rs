//! Rosters that are like a relaxed solution.

use std::iter;

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
    hold_like(&mut roster, outline);
    staff_where_lacking(&mut roster);
    roster.keep();
    roster
}

/// Gives a session the doctor whom a relaxed solution has there most, with the activity that they have, if any suits.
fn staff_like(roster: &mut Roster<'_>, outline: &Outline, slot: usize) {
    let (setting, Some(shift)) = (roster.setting, roster.at(slot)) else { return };
    let of = setting.grid.slots[slot];
    let mut doctors: Vec<(usize, f64)> =
        outline.doctors(shift.site as usize, (of.week, of.day, of.half)).collect();
    doctors.sort_by(|a, b| b.1.total_cmp(&a.1));
    // A doctor at a distance, or of a specialty that has half-days of its own, comes with that activity.
    let all = setting.territory().activities.len() as u16;
    let staffed = doctors.into_iter().find_map(|(doctor, _)| {
        let doctor = doctor as u16;
        let holds = |&activity: &Option<u16>| {
            let terms = setting.terms(activity);
            terms.doctors.contains(&doctor)
                && terms.specialists.is_none()
                && setting.fits(slot, &Shift { activity, ..shift })
        };
        let activity = iter::once(None).chain((0..all).map(Some)).find(holds)?;
        Some(Shift { activity, doctor: Some(doctor), ..shift })
    });
    if let Some(staffed) = staffed {
        roster.put(slot, Some(staffed));
    }
}

/// Lets sessions share their half-days with the specialties that a relaxed solution has at their sites, where it has the
/// specialists.
fn hold_like(roster: &mut Roster<'_>, outline: &Outline) {
    let setting = roster.setting;
    for held in outline.held() {
        let activity = Some(held.activity as u16);
        let Some(specialists) = &setting.terms(activity).specialists else { continue };
        for _ in 0..held.sessions.round() as usize {
            let is_free = |slot: usize| {
                roster.at(slot).is_some_and(|shift| {
                    shift.activity.is_none() && setting.fits(slot, &Shift { activity, ..shift })
                })
            };
            let specialist = |slot: usize| {
                let of = setting.grid.slots[slot];
                let there = outline.doctors(held.site, (of.week, of.day, of.half));
                let able = there.filter(|(doctor, _)| specialists.contains(&(*doctor as u16)));
                able.map(|(doctor, each)| (each, slot, doctor as u16)).max_by(|a, b| a.0.total_cmp(&b.0))
            };
            let slots = roster.of_site(held.site).iter().map(|&slot| slot as usize);
            let most =
                slots.filter(|&slot| is_free(slot)).filter_map(specialist).max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((_, slot, specialist)) = most else { break };
            if let Some(shift) = roster.at(slot) {
                roster.put(slot, Some(Shift { activity, specialist: Some(specialist), ..shift }));
            }
        }
    }
}
