//! Sessions that are required, forbidden or locked.

use super::Master;
use super::openings::rule_of;
use super::slots::Slots;
use crate::calendar::{Day, Half};
use crate::solve::program::{Bound, Col};
use crate::territory::{Booking, BookingKind};

impl Master<'_> {
    /// The rows on bookings. Forbidden ones without a price have shut their half-days already.
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
                    self.require(booking, &subject, &due.collect::<Vec<_>>());
                }
                BookingKind::Locked => {
                    let due: Vec<Slots> = locked_slots(booking, self.weeks())
                        .map(|slot| Slots::of(self.weeks(), |w, day, half| (w, day, half) == slot))
                        .collect();
                    self.require(booking, &subject, &due);
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
    fn require(&mut self, booking: &Booking, subject: &str, due: &[Slots]) {
        let (vehicle, site) = self.named(booking);
        // Sets that the model cannot tell apart are required together.
        let mut alike: Vec<(Vec<(Col, f64)>, f64)> = Vec::new();
        for slots in due {
            let sessions = self.touching(vehicle, site, slots);
            match alike.iter_mut().find(|(known, _)| *known == sessions) {
                Some((_, count)) => *count += 1.0,
                None => alike.push((sessions, 1.0)),
            }
        }
        for (sessions, count) in alike {
            let breach = self.breach(rule_of(booking.kind), Some(subject), count);
            let terms = sessions.into_iter().chain(breach.map(|lack| (lack, 1.0)));
            self.program.row(terms, Bound::AtLeast, count);
        }
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
