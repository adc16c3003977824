//! Required, forbidden and locked bookings, and changes of the published calendar.

use super::grid::{Grid, Slot};
use super::setting::{Breach, Setting, Shift};
use crate::calendar::{HalfDays, Weeks};
use crate::problem::Problem;
use crate::territory::{Booking, BookingKind, RuleKind};

/// A booking by rank.
#[derive(Clone, Debug)]
pub(super) struct BookingTerms {
    pub(super) kind: BookingKind,
    pub(super) site: Option<u32>,
    pub(super) doctor: Option<u16>,
    pub(super) activity: Option<u16>,
    /// Slots that it names, of the vehicles that will do: for a locked one by moment, for others by week.
    pub(super) groups: Vec<Vec<u32>>,
}

impl BookingTerms {
    pub(super) fn all(problem: &Problem, grid: &Grid) -> Vec<BookingTerms> {
        let territory = problem.territory();
        let terms = |booking: &Booking| {
            let vehicle = |slot: &Slot| {
                let id = &territory.vehicles[slot.vehicle].id;
                booking.vehicle.as_ref().is_none_or(|vehicle| vehicle == id)
            };
            let among = |week: u32, half_days: HalfDays| -> Vec<u32> {
                let here = |slot: &Slot| {
                    slot.week == week && half_days.contains(slot.day, slot.half) && vehicle(slot)
                };
                (0..grid.slots.len() as u32).filter(|&slot| here(&grid.slots[slot as usize])).collect()
            };
            let weeks: Vec<u32> = weeks(booking.weeks, problem).collect();
            let groups = match booking.kind {
                BookingKind::Locked => weeks
                    .iter()
                    .flat_map(|&week| {
                        booking
                            .half_days
                            .iter()
                            .map(move |(day, half)| (week, HalfDays::NONE.with(day, half)))
                    })
                    .map(|(week, half_day)| among(week, half_day))
                    .collect(),
                _ => weeks.iter().map(|&week| among(week, booking.half_days)).collect(),
            };
            BookingTerms {
                kind: booking.kind,
                site: rank(&booking.site, territory.sites.iter().map(|site| &site.id)),
                doctor: rank(&booking.doctor, territory.doctors.iter().map(|doctor| &doctor.id)),
                activity: rank(&booking.activity, territory.activities.iter().map(|activity| &activity.id)),
                groups,
            }
        };
        territory.bookings.iter().map(terms).collect()
    }

    /// Whether sessions of a site can break or keep it.
    pub(super) fn concerns(&self, site: usize) -> bool {
        self.site.is_none_or(|own| own as usize == site)
    }

    /// Whether a shift on one of its slots is what a locked one asks for.
    pub(super) fn asks_for(&self, shift: &Shift) -> bool {
        self.site == Some(shift.site)
            && self.activity == shift.activity
            && self.doctor.is_none_or(|doctor| shift.doctors().any(|d| d == doctor))
    }
}

fn weeks(weeks: Weeks, problem: &Problem) -> impl Iterator<Item = u32> {
    weeks.of_cycle(problem.territory().calendar.cycle_weeks)
}

fn rank<'i, N: TryFrom<usize>>(id: &Option<String>, ids: impl Iterator<Item = &'i String>) -> Option<N> {
    let id = id.as_ref()?;
    let mut ids = ids;
    ids.position(|other| other == id).and_then(|rank| N::try_from(rank).ok())
}

/// The published calendar, by slot.
#[derive(Clone, Debug)]
pub(super) struct PublishedTerms {
    /// By slot: the shift that is published, as far as it can be had.
    pub(super) at: Vec<Option<Shift>>,
    /// Sessions published.
    pub(super) sessions: u32,
    /// Most changes; None: any number, and none counts.
    pub(super) most: Option<u32>,
}

impl PublishedTerms {
    pub(super) fn new(problem: &Problem, grid: &Grid) -> Option<PublishedTerms> {
        let territory = problem.territory();
        let published = territory.published.as_ref()?;
        let priced = territory.rules.price(RuleKind::Changes, None).is_some();
        let mut at = vec![None; grid.slots.len()];
        for session in &published.sessions {
            let vehicle = territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle);
            let site = territory.sites.iter().position(|site| site.id == session.site);
            let (Some(vehicle), Some(site)) = (vehicle, site) else { continue };
            let Some(slot) = grid.find(vehicle, session.week, session.day, session.half) else { continue };
            let doctor = |id| rank(id, territory.doctors.iter().map(|doctor| &doctor.id));
            at[slot] = Some(Shift {
                site: site as u32,
                activity: rank(&session.activity, territory.activities.iter().map(|activity| &activity.id)),
                doctor: doctor(&session.doctor),
                specialist: doctor(&session.specialist),
            });
        }
        Some(PublishedTerms {
            at,
            sessions: published.sessions.len() as u32,
            most: published.max_changes.or(priced.then_some(0)),
        })
    }

    /// Whether a shift on a slot is published.
    pub(super) fn has(&self, slot: usize, shift: &Shift) -> bool {
        self.at[slot].is_some_and(|published| published.site == shift.site)
    }

    /// Whether a shift is published at its site with another doctor or for something else.
    pub(super) fn reassigns(&self, slot: usize, shift: &Shift) -> bool {
        let Some(published) = self.at[slot].filter(|published| published.site == shift.site) else {
            return false;
        };
        let other = |published: Option<u16>, now: Option<u16>| published.is_some() && published != now;
        let says_who = published.doctors().next().is_some();
        other(published.doctor, shift.doctor)
            || other(published.specialist, shift.specialist)
            || (says_who || published.activity.is_some()) && published.activity != shift.activity
    }
}

impl Setting<'_> {
    /// The breaches of a booking.
    pub(super) fn measure_booking(&self, booking: usize, at: &[Option<Shift>], tell: &mut dyn FnMut(Breach)) {
        let terms = &self.bookings[booking];
        let rule = match terms.kind {
            BookingKind::Required => RuleKind::Required,
            BookingKind::Forbidden => RuleKind::Forbidden,
            BookingKind::Locked => RuleKind::Locked,
        };
        let here = |shift: &Shift| terms.site.is_none_or(|site| site == shift.site);
        for slots in &terms.groups {
            let shifts = || slots.iter().filter_map(|&slot| Some((slot, at[slot as usize]?)));
            match terms.kind {
                BookingKind::Required | BookingKind::Locked => {
                    let locked = terms.kind == BookingKind::Locked;
                    let kept = |shift: &Shift| if locked { terms.asks_for(shift) } else { here(shift) };
                    if !shifts().any(|(_, shift)| kept(&shift)) {
                        tell(Breach { rule, subject: booking, units: 1.0, slot: None });
                    }
                }
                BookingKind::Forbidden => shifts().filter(|(_, shift)| here(shift)).for_each(|(slot, _)| {
                    tell(Breach { rule, subject: booking, units: 1.0, slot: Some(slot) });
                }),
            }
        }
    }

    /// Changes of the published calendar beyond those allowed.
    pub(super) fn measure_changes(&self, sessions: u32, kept: u32, tell: &mut dyn FnMut(Breach)) {
        let Some(PublishedTerms { sessions: published, most: Some(most), .. }) = &self.published else {
            return;
        };
        let changes = published.max(&sessions).saturating_sub(kept);
        if changes > *most {
            let units = f64::from(changes - most);
            tell(Breach { rule: RuleKind::Changes, subject: 0, units, slot: None });
        }
    }
}
