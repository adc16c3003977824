//! What is settled beforehand.

use super::*;

/// The bookings of a kind by their numbers.
fn numbers(kind: BookingKind) -> impl Fn(&Territory) -> Vec<Option<String>> {
    move |territory| {
        let numbered = (1..).zip(&territory.bookings).filter(|(_, booking)| booking.kind == kind);
        numbered.map(|(number, _): (usize, _)| Some(number.to_string())).collect()
    }
}

fn booking_of<'a>(territory: &'a Territory, number: Option<&str>) -> &'a Booking {
    &territory.bookings[number.unwrap().parse::<usize>().unwrap() - 1]
}

/// The slots of a booking within the cycle.
fn booked(territory: &Territory, booking: &Booking) -> Vec<(u32, Day, Half)> {
    let is_booked = |&(week, day, half): &(u32, Day, Half)| {
        Vec::from(booking.weeks).contains(&week) && booking.half_days.iter().any(|slot| slot == (day, half))
    };
    slots(territory).filter(is_booked).collect()
}

/// Of the vehicle and site that a booking names.
fn meets(session: &Session, booking: &Booking) -> bool {
    let names = [(&booking.vehicle, &session.vehicle), (&booking.site, &session.site)];
    names.iter().all(|(asked, found)| asked.is_none() || asked.as_ref() == Some(found))
}

#[test]
fn a_required_session_is_held_in_each_of_its_weeks() {
    agrees(RuleKind::Required, numbers(BookingKind::Required), |territory, sessions, number| {
        let booking = booking_of(territory, number);
        let slots = booked(territory, booking);
        let is_held = |week: u32| {
            let of_week = slots.iter().filter(|slot| slot.0 == week);
            of_week.flat_map(|&slot| held(sessions, slot)).any(|(_, session)| meets(session, booking))
        };
        let weeks =
            (1..=territory.calendar.cycle_weeks).filter(|week| Vec::from(booking.weeks).contains(week));
        units(weeks.filter(|&week| !is_held(week)).count() as f64)
    });
}

#[test]
fn nothing_is_held_where_it_is_forbidden() {
    agrees(RuleKind::Forbidden, numbers(BookingKind::Forbidden), |territory, sessions, number| {
        let booking = booking_of(territory, number);
        let there = booked(territory, booking).into_iter().flat_map(|slot| held(sessions, slot));
        one_each(there.filter(|(_, session)| meets(session, booking)).map(|(place, _)| place).collect())
    });
}

#[test]
fn a_locked_session_is_held_as_it_says() {
    agrees(RuleKind::Locked, numbers(BookingKind::Locked), |territory, sessions, number| {
        let booking = booking_of(territory, number);
        let is_it = |session: &Session| {
            let doctor = booking.doctor.as_deref();
            meets(session, booking)
                && session.activity == booking.activity
                && (doctor.is_none()
                    || session.doctor.as_deref() == doctor
                    || session.specialist.as_deref() == doctor)
        };
        let mut lacking = 0;
        for slot in booked(territory, booking) {
            lacking += u32::from(held(sessions, slot).filter(|(_, session)| is_it(session)).count() == 0);
        }
        units(lacking)
    });
}

#[test]
fn a_published_calendar_changes_little() {
    agrees(RuleKind::Changes, as_a_whole, |territory, sessions, _| {
        let Some(published) = &territory.published else { return units(0) };
        let same = |session: &Session, old: &PublishedSession| {
            (&session.vehicle, session.week, session.day, session.half, &session.site)
                == (&old.vehicle, old.week, old.day, old.half, &old.site)
        };
        let is_new = |session: &Session| !published.sessions.iter().any(|old| same(session, old));
        let new = sessions.iter().filter(|session| is_new(session)).count();
        let gone = published
            .sessions
            .iter()
            .filter(|old| !sessions.iter().any(|session| same(session, old)))
            .count();
        let changes = new.max(gone) as i64;
        let free = if territory.rules.soft.is_empty() { 1000 } else { 0 };
        let too_many = changes - published.max_changes.map_or(free, i64::from);
        units(too_many.max(0) as f64)
    });
}
