//! Sessions that are required, forbidden or locked.

use super::Master;
use super::openings::rule_of;
use super::slots::Slots;
use crate::calendar::{Day, Half};
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::{Booking, BookingKind};

/// So many sessions of a booking that are due on some half-days.
#[derive(Clone, Debug)]
pub(super) struct Due {
    booking: usize,
    slots: Slots,
    count: f64,
    /// How many of them lack, where that has a price.
    lack: Option<Col>,
}

impl Master<'_> {
    /// The rows on bookings, but for who holds them and what they hold. Forbidden ones without a price have shut their
    /// half-days already.
    pub(super) fn add_bookings(&mut self) {
        let territory = self.problem.territory();
        for (rank, booking) in territory.bookings.iter().enumerate() {
            let subject = (rank + 1).to_string();
            let at = |week: u32, day: Day, half: Half| {
                booking.weeks.contains(week) && booking.half_days.contains(day, half)
            };
            match booking.kind {
                BookingKind::Required => {
                    let weeks = booking.weeks.of_cycle(self.weeks());
                    let due = weeks
                        .map(|week| Slots::of(self.weeks(), |w, day, half| w == week && at(w, day, half)));
                    self.require(rank, &due.collect::<Vec<_>>());
                }
                BookingKind::Locked => {
                    let due: Vec<Slots> = locked_slots(booking, self.weeks())
                        .map(|slot| Slots::of(self.weeks(), |w, day, half| (w, day, half) == slot))
                        .collect();
                    self.require(rank, &due);
                }
                BookingKind::Forbidden => {
                    let Some(price) = territory.rules.price(rule_of(booking.kind), Some(&subject)) else {
                        continue;
                    };
                    let (vehicle, site) = self.named(booking);
                    let slots = Slots::of(self.weeks(), at);
                    for (sessions, _) in self.within(vehicle, site, &slots) {
                        self.program.columns[sessions].0 -= price;
                    }
                }
            }
        }
    }

    /// A session of a booking in each of these sets of half-days.
    fn require(&mut self, rank: usize, all: &[Slots]) {
        let booking = &self.problem.territory().bookings[rank];
        let (vehicle, site) = self.named(booking);
        // Sets that the model cannot tell apart are required together.
        let mut alike: Vec<(Terms, Due)> = Vec::new();
        for slots in all {
            let sessions = self.touching(vehicle, site, slots);
            match alike.iter_mut().find(|(known, _)| *known == sessions) {
                Some((_, due)) => {
                    due.slots = due.slots.or(slots);
                    due.count += 1.0;
                }
                None => {
                    let due = Due { booking: rank, slots: slots.clone(), count: 1.0, lack: None };
                    alike.push((sessions, due));
                }
            }
        }
        for (sessions, mut due) in alike {
            due.lack = self.breach(rule_of(booking.kind), Some(&(rank + 1).to_string()), due.count);
            let terms = sessions.into_iter().chain(due.lack.map(|lack| (lack, 1.0)));
            self.program.row(terms, Bound::AtLeast, due.count);
            self.due.push(due);
        }
    }

    /// Sessions of a booking that are due on these half-days, and what counts those that lack.
    pub(super) fn due_within(&self, booking: usize, slots: &Slots) -> (f64, Terms) {
        let of = || self.due.iter().filter(|due| due.booking == booking && due.slots.is_within(slots));
        (of().map(|due| due.count).sum(), of().filter_map(|due| Some((due.lack?, 1.0))).collect())
    }

    /// The ranks of the vehicle and the site that a booking names.
    fn named(&self, booking: &Booking) -> (Option<usize>, Option<usize>) {
        let vehicles = &self.problem.territory().vehicles;
        let vehicle = booking.vehicle.as_ref().and_then(|id| vehicles.iter().position(|v| v.id == *id));
        let site = booking.site.as_ref().and_then(|id| self.site_rank(id)).map(|rank| rank as usize);
        (vehicle, site)
    }
}

/// The half-days of a booking.
pub(super) fn locked_slots(booking: &Booking, weeks: u32) -> impl Iterator<Item = (u32, Day, Half)> {
    let of_week = |week| booking.half_days.iter().map(move |(day, half)| (week, day, half));
    booking.weeks.of_cycle(weeks).flat_map(of_week)
}
