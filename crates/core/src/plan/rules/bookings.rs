//! Sessions that are required, forbidden or locked.

use super::Extent;
use super::held::Held;
use crate::plan::Session;
use crate::territory::Booking;

/// Weeks without such a session.
pub(super) fn required(held: &Held<'_>, booking: &Booking) -> Extent {
    let kept =
        |week: u32| held.sessions().any(|(_, session)| session.week == week && falls_under(session, booking));
    Extent::of(booking.weeks.of_cycle(held.weeks()).filter(|&week| !kept(week)).count() as f64)
}

/// Sessions there.
pub(super) fn forbidden(held: &Held<'_>, booking: &Booking) -> Extent {
    Extent::each(held.sessions().filter(|(_, session)| falls_under(session, booking)).map(|(place, _)| place))
}

/// Half-days without the session as it says.
pub(super) fn locked(held: &Held<'_>, booking: &Booking) -> Extent {
    let named = |session: &Session| {
        let doctors = [&session.doctor, &session.specialist];
        booking.doctor.is_none() || doctors.contains(&&booking.doctor)
    };
    let as_it_says = |session: &Session| {
        falls_under(session, booking) && session.activity == booking.activity && named(session)
    };
    let slots = booking
        .weeks
        .of_cycle(held.weeks())
        .flat_map(|week| booking.half_days.iter().map(move |(day, half)| (week, day, half)));
    let kept = |slot| {
        held.sessions()
            .any(|(_, session)| (session.week, session.day, session.half) == slot && as_it_says(session))
    };
    Extent::of(slots.filter(|&slot| !kept(slot)).count() as f64)
}

/// Whether a session is of the vehicle and site, and on a week and half-day, of a booking.
fn falls_under(session: &Session, booking: &Booking) -> bool {
    booking.vehicle.as_ref().is_none_or(|vehicle| *vehicle == session.vehicle)
        && booking.site.as_ref().is_none_or(|site| *site == session.site)
        && booking.weeks.contains(session.week)
        && booking.half_days.contains(session.day, session.half)
}
