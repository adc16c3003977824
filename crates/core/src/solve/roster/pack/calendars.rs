//! The calendars of a site whose sessions one doctor holds, and who can hold them.

use crate::solve::roster::setting::{Setting, Shift};
use crate::solve::roster::tally::Tally;
use crate::territory::BookingKind;

/// Sets of half-days that are looked at for all sites together, at most.
const MOST_LISTED: u64 = 1_500_000;

/// Half-days of a site that one doctor holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    /// The bits of its slots, all of one vehicle.
    pub(super) slots: u64,
    pub(super) holder: usize,
    pub(super) penalty: f64,
    /// Consultations, of all of its sessions.
    pub(super) given: f64,
}

/// Who holds the sessions of a site, and as what.
#[derive(Clone, Debug)]
struct Holder {
    doctor: Option<u16>,
    activity: Option<u16>,
    /// Slots at which they can work.
    slots: u64,
    per_week: u32,
    per_cycle: u32,
    /// Most consultations of a session.
    most: f64,
}

/// Everyone who can hold the sessions of a site.
#[derive(Clone, Debug)]
pub(super) struct Holders {
    all: Vec<Holder>,
    /// By week: its slots.
    weeks: Vec<u64>,
}

/// How many sessions each holder has, by holder and then week.
pub(super) type Load = Vec<Vec<u32>>;

/// What is left of holders: the slots of the calendars left to each, and how many sessions these have together at most.
#[derive(Clone, Debug)]
pub(super) struct Left {
    pub(super) slots: Vec<u64>,
    pub(super) sessions: Vec<u32>,
}

impl Holders {
    pub(super) fn new(setting: &Setting<'_>) -> Holders {
        let territory = setting.territory();
        let grid = &setting.grid.slots;
        let mut weeks = vec![0; territory.calendar.cycle_weeks as usize];
        grid.iter().enumerate().for_each(|(slot, of)| weeks[of.week as usize - 1] |= 1 << slot);
        let most = |activity: Option<u16>| {
            (0..grid.len()).map(|slot| setting.consultations(slot, activity)).fold(0.0, f64::max)
        };
        let all = if territory.doctors.is_empty() {
            let (slots, most) = (weeks.iter().fold(0, |all, week| all | week), most(None));
            let no_limit = u32::MAX;
            vec![Holder {
                doctor: None,
                activity: None,
                slots,
                per_week: no_limit,
                per_cycle: no_limit,
                most,
            }]
        } else {
            let holder = |doctor: u16| {
                let of = &territory.doctors[usize::from(doctor)];
                let activity = held(setting, doctor)?;
                let works = |&slot: &usize| setting.works[usize::from(doctor)][grid[slot].moment()];
                Some(Holder {
                    doctor: Some(doctor),
                    activity,
                    slots: (0..grid.len()).filter(works).fold(0, |all, slot| all | 1 << slot),
                    per_week: of.half_days_per_week.unwrap_or(u32::MAX),
                    per_cycle: of.half_days_per_cycle.unwrap_or(u32::MAX),
                    most: most(activity),
                })
            };
            (0..territory.doctors.len() as u16).filter_map(holder).collect()
        };
        Holders { all, weeks }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn doctor(&self, holder: usize) -> Option<u16> {
        self.all[holder].doctor
    }

    /// A session of a holder at a site.
    pub(super) fn shift(&self, holder: usize, site: usize) -> Shift {
        let Holder { doctor, activity, .. } = self.all[holder];
        Shift { doctor, activity, ..Shift::at(site as u32) }
    }

    /// Nobody has any session.
    pub(super) fn idle(&self) -> Load {
        vec![vec![0; self.weeks.len()]; self.all.len()]
    }

    /// Gives a holder the sessions of a calendar.
    pub(super) fn give(&self, load: &mut Load, calendar: &Calendar) {
        for (sessions, week) in load[calendar.holder].iter_mut().zip(&self.weeks) {
            *sessions += (week & calendar.slots).count_ones();
        }
    }

    /// Whether a holder can have the sessions of a calendar, and no others.
    fn may_hold(&self, calendar: &Calendar) -> bool {
        let holder = &self.all[calendar.holder];
        calendar.slots.count_ones() <= holder.per_cycle
            && self.weeks.iter().all(|week| (week & calendar.slots).count_ones() <= holder.per_week)
    }

    /// Whether a holder can have the sessions of a calendar more.
    pub(super) fn can(&self, load: &Load, calendar: &Calendar) -> bool {
        let (holder, has) = (&self.all[calendar.holder], &load[calendar.holder]);
        has.iter().sum::<u32>().saturating_add(calendar.slots.count_ones()) <= holder.per_cycle
            && has.iter().zip(&self.weeks).all(|(&sessions, week)| {
                sessions.saturating_add((week & calendar.slots).count_ones()) <= holder.per_week
            })
    }

    /// Consultations on some slots, at most, with what holders have already and what is left to them.
    pub(super) fn most(&self, slots: u64, left: Option<(&Load, &Left)>) -> f64 {
        let able = self.all.iter().enumerate().map(|(rank, holder)| {
            let own = slots & holder.slots & left.map_or(u64::MAX, |(_, left)| left.slots[rank]);
            let has = |week: usize| left.map_or(0, |(load, _)| load[rank][week]);
            let in_weeks: u32 = (self.weeks.iter().enumerate())
                .map(|(rank, week)| (own & week).count_ones().min(holder.per_week.saturating_sub(has(rank))))
                .sum();
            let in_cycle: u32 = (0..self.weeks.len()).map(has).sum();
            let listed = left.map_or(u32::MAX, |(_, left)| left.sessions[rank]);
            (holder.most, in_weeks.min(holder.per_cycle.saturating_sub(in_cycle)).min(listed))
        });
        let mut able: Vec<(f64, u32)> = able.collect();
        able.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut free = slots.count_ones();
        let taken = able.into_iter().map(|(each, sessions)| {
            let sessions = sessions.min(free);
            free -= sessions;
            each * f64::from(sessions)
        });
        taken.sum()
    }
}

/// As what a doctor holds the sessions of a site: general practice, or one at a distance; None where neither can be.
fn held(setting: &Setting<'_>, doctor: u16) -> Option<Option<u16>> {
    let activities = std::iter::once(None).chain((0..setting.activities.len() as u16 - 1).map(Some));
    activities.into_iter().find(|&activity| {
        let terms = setting.terms(activity);
        let is_general = terms.with_general && terms.doctor_is_general && terms.lost == 0.0;
        is_general && terms.specialists.is_none() && terms.doctors.contains(&doctor)
    })
}

/// The calendars of a site that keep all hard rules; None where too many sets were looked at, which `listed` counts.
pub(super) fn calendars(
    setting: &Setting<'_>,
    holders: &Holders,
    site: usize,
    listed: &mut u64,
) -> Option<Vec<Calendar>> {
    let mut found = Vec::new();
    let (least, most) = setting.problem.session_limits(site);
    for vehicle in 0..setting.territory().vehicles.len() {
        for holder in 0..holders.len() {
            let slots = setting.grid.of_vehicle(vehicle);
            let slots: Vec<Spot> =
                slots.filter_map(|slot| spot(setting, holders, (site, holder), slot)).collect();
            let shift = holders.shift(holder, site);
            let at = vec![None; setting.grid.slots.len()];
            let mut listing = Listing {
                setting,
                holders,
                site,
                shift,
                limits: (least.max(1), most),
                at,
                listed,
                found: &mut found,
            };
            let none = Calendar { slots: 0, holder, penalty: 0.0, given: 0.0 };
            listing.list(&slots, none, &mut Vec::new())?;
        }
    }
    Some(found)
}

/// A slot on which a holder can be at a site: what that costs whatever else the site has, and what it gives.
#[derive(Clone, Copy, Debug)]
struct Spot {
    slot: usize,
    penalty: f64,
    given: f64,
}

fn spot(
    setting: &Setting<'_>,
    holders: &Holders,
    (site, holder): (usize, usize),
    slot: usize,
) -> Option<Spot> {
    let shift = holders.shift(holder, site);
    if holders.all[holder].slots & (1 << slot) == 0 || !setting.fits(slot, &shift) {
        return None;
    }
    let mut at = vec![None; setting.grid.slots.len()];
    at[slot] = Some(shift);
    let mut tally = Tally::default();
    let tell = &mut |breach| tally += setting.charge(breach);
    if let Some(doctor) = shift.doctor {
        setting.measure_doctor(usize::from(doctor), &[slot as u32], &at, tell);
    }
    for &booking in &setting.bookings_of[site] {
        if setting.bookings[booking].kind == BookingKind::Forbidden {
            setting.measure_booking(booking, &at, tell);
        }
    }
    let given = setting.consultations(slot, shift.activity);
    (tally.hard == 0.0).then_some(Spot { slot, penalty: tally.penalties, given })
}

/// A list of calendars of a site with one holder.
struct Listing<'l, 'a> {
    setting: &'l Setting<'a>,
    holders: &'l Holders,
    site: usize,
    shift: Shift,
    limits: (u32, u32),
    at: Vec<Option<Shift>>,
    listed: &'l mut u64,
    found: &'l mut Vec<Calendar>,
}

impl Listing<'_, '_> {
    /// Those of the chosen slots, which the first one has, and some of these.
    fn list(&mut self, spots: &[Spot], first: Calendar, chosen: &mut Vec<u32>) -> Option<()> {
        if chosen.len() as u32 == self.limits.1 {
            return Some(());
        }
        for (rank, spot) in spots.iter().enumerate() {
            *self.listed += 1;
            if *self.listed > MOST_LISTED {
                return None;
            }
            let (slots, penalty) = (first.slots | 1 << spot.slot, first.penalty + spot.penalty);
            let calendar = Calendar { slots, penalty, given: first.given + spot.given, ..first };
            if !self.holders.may_hold(&calendar) {
                continue;
            }
            chosen.push(spot.slot as u32);
            self.at[spot.slot] = Some(self.shift);
            if chosen.len() as u32 >= self.limits.0 {
                let tally = of_site(self.setting, self.site, chosen, &self.at);
                if tally.base == 0.0 && tally.hard == 0.0 {
                    self.found.push(Calendar { penalty: penalty + tally.penalties, ..calendar });
                }
            }
            self.list(&spots[rank + 1..], calendar, chosen)?;
            self.at[spot.slot] = None;
            chosen.pop();
        }
        Some(())
    }
}

/// What the sessions of a site break of the rules on it, and of what is booked there. What asks for an activity is looked at
/// when activities are there.
fn of_site(setting: &Setting<'_>, site: usize, slots: &[u32], at: &[Option<Shift>]) -> Tally {
    let mut tally = Tally::default();
    let tell = &mut |breach| tally += setting.charge(breach);
    for &booking in &setting.bookings_of[site] {
        let of = &setting.bookings[booking];
        if of.kind != BookingKind::Forbidden && of.site.is_some() && of.activity.is_none() {
            setting.measure_booking(booking, at, tell);
        }
    }
    let base = setting.measure_site(site, slots, at, tell).0;
    tally.base += base;
    tally
}

/// What it costs that a site has no session; infinite where it must have some.
pub(super) fn absent(setting: &Setting<'_>, site: usize) -> f64 {
    let at = vec![None; setting.grid.slots.len()];
    let tally = of_site(setting, site, &[], &at);
    if tally.hard > 0.0 { f64::INFINITY } else { tally.penalties }
}
