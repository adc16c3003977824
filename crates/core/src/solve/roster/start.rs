//! Rosters to start from: what is locked, required, published or known, filled up with what gains most.

use super::lists::Lists;
use super::moves::Freedom;
use super::setting::{Setting, Shift};
use super::state::Roster;
use crate::plan::Plan;
use crate::territory::BookingKind;

/// A roster made from nothing: bookings first, then required sites, then what gains most, then activities.
pub(super) fn from_nothing<'a>(setting: &'a Setting<'a>, lists: &Lists) -> Roster<'a> {
    let mut roster = Roster::empty(setting);
    complete(&mut roster, lists);
    roster
}

/// The published calendar, as far as it can be had.
pub(super) fn from_published<'a>(setting: &'a Setting<'a>) -> Option<Roster<'a>> {
    let published = setting.published.as_ref()?;
    let mut roster = Roster::empty(setting);
    for (slot, shift) in published.at.iter().enumerate() {
        if let Some(shift) = shift.filter(|shift| setting.fits(slot, shift)) {
            roster.put(slot, Some(shift));
        }
    }
    staff_where_lacking(&mut roster);
    roster.keep();
    Some(roster)
}

/// The sessions of a plan, as far as they can be had.
pub(super) fn from_plan<'a>(setting: &'a Setting<'a>, plan: &Plan) -> Roster<'a> {
    let territory = setting.territory();
    let doctor = |id: &Option<String>| {
        let id = id.as_ref()?;
        territory.doctors.iter().position(|doctor| doctor.id == *id).map(|rank| rank as u16)
    };
    let mut roster = Roster::empty(setting);
    for session in &plan.sessions {
        let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
        let site = territory.sites.iter().position(|site| site.id == session.site);
        let (Some(vehicle), Some(site)) = (vehicle, site) else { continue };
        let Some(slot) = setting.grid.find(vehicle, session.week, session.day, session.half) else {
            continue;
        };
        let activity = session.activity.as_ref().and_then(|id| {
            territory.activities.iter().position(|activity| activity.id == *id).map(|rank| rank as u16)
        });
        let shift = Shift {
            site: site as u32,
            activity,
            doctor: doctor(&session.doctor),
            specialist: doctor(&session.specialist),
        };
        if setting.fits(slot, &shift) {
            roster.put(slot, Some(shift));
        }
    }
    staff_where_lacking(&mut roster);
    roster.keep();
    roster
}

/// Gives sessions without the doctors they need the best ones.
pub(super) fn staff_where_lacking(roster: &mut Roster<'_>) {
    let setting = roster.setting;
    for slot in 0..setting.grid.slots.len() {
        if roster.at(slot).is_some_and(|shift| !roster.suits(slot, &shift)) {
            roster.staff(slot);
        }
    }
}

/// Adds what bookings and sites require, then what gains most, and places the activities that are asked for.
pub(super) fn complete(roster: &mut Roster<'_>, lists: &Lists) {
    let setting = roster.setting;
    for kind in [BookingKind::Locked, BookingKind::Required] {
        (0..setting.bookings.len())
            .filter(|&booking| setting.bookings[booking].kind == kind)
            .for_each(|booking| book(roster, booking));
    }
    let sites = &setting.territory().sites;
    for site in (0..sites.len()).filter(|&site| sites[site].required) {
        if roster.of_site(site).is_empty() {
            roster.enter(site as u32);
        }
    }
    let mut all: Vec<u32> = setting.can.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let discounts = vec![1.0; all.len()];
    super::fill::fill(roster, &all, &discounts);
    roster.place_activities(lists, Freedom::All);
    roster.keep();
}

/// Puts the sessions of a booking on free slots, as far as there are any.
fn book(roster: &mut Roster<'_>, booking: usize) {
    let setting = roster.setting;
    let terms = &setting.bookings[booking];
    let Some(site) = terms.site else { return };
    let kept = |shift: Shift| match terms.kind {
        BookingKind::Locked => terms.asks_for(&shift),
        _ => shift.site == site,
    };
    for group in &terms.groups {
        if group.iter().any(|&slot| roster.at(slot as usize).is_some_and(kept)) {
            continue;
        }
        let shift = Shift { activity: terms.activity, ..Shift::at(site) };
        let owner = |slot: u32| setting.grid.slots[slot as usize].vehicle;
        let own = roster.of_site(site as usize).first().map(|&slot| owner(slot));
        let mut free: Vec<u32> = group
            .iter()
            .copied()
            .filter(|&slot| roster.is_free(slot as usize) && setting.fits(slot as usize, &shift))
            .collect();
        free.sort_by_key(|&slot| own.is_some_and(|own| own != owner(slot)));
        let Some(slot) = free.first().map(|&slot| slot as usize) else { continue };
        roster.put(slot, Some(shift));
        roster.staff(slot);
        if let (Some(doctor), Some(placed)) = (terms.doctor, roster.at(slot)) {
            let able = setting.terms(terms.activity).specialists.as_ref();
            roster.put(
                slot,
                Some(match able {
                    Some(able) if able.contains(&doctor) => Shift { specialist: Some(doctor), ..placed },
                    _ => Shift { doctor: Some(doctor), ..placed },
                }),
            );
        }
    }
}
