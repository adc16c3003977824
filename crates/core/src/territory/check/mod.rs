//! What must hold for any territory, read from files or built in memory.

mod activities;
mod bookings;
mod doctors;
mod ids;
mod names;
mod people;
mod prices;
mod rhythm;
mod sessions;
mod settings;
mod times;

pub(crate) use sessions::sessions;
pub use times::faults_with_times;

use super::Territory;
use super::fault::{Fault, FaultKind, Quantity, Where};
use crate::calendar::Weeks;

/// Everything wrong or doubtful with a territory on its own. A base must lie in a listed commune here; see
/// [`faults_with_times`] for one that only travel times know.
pub fn faults(territory: &Territory) -> Vec<Fault> {
    let mut faults = Vec::new();
    settings::check(territory, &mut faults);
    names::check(territory, &mut faults);
    people::check(territory, &mut faults);
    let ids = ids::Ids::of(territory);
    rhythm::check(territory, &mut faults);
    doctors::check(territory, &ids, &mut faults);
    activities::check(territory, &ids, &mut faults);
    bookings::check(territory, &ids, &mut faults);
    prices::check(territory, &ids, &mut faults);
    if let Some(published) = &territory.published {
        sessions::check(territory, &published.sessions, &ids, &mut faults);
    }
    faults
}

/// Notes weeks after the end of the cycle, but for every week, every odd and every even one: these go on for ever.
fn weeks_in_cycle(weeks: Weeks, territory: &Territory, place: Where, faults: &mut Vec<Fault>) {
    let cycle_weeks = territory.calendar.cycle_weeks;
    if [Weeks::ALL, Weeks::ODD, Weeks::EVEN].contains(&weeks) {
        return;
    }
    if let Some(week) = weeks.of_cycle(Weeks::MOST).find(|week| *week > cycle_weeks) {
        faults.push(Fault::new(place, FaultKind::WeekOutsideCycle { week, cycle_weeks }));
    }
}

/// Notes a number that is out of its range.
fn range(place: Where, quantity: Quantity, value: f64, faults: &mut Vec<Fault>) {
    if !quantity.admits(value) {
        faults.push(Fault::new(place, FaultKind::OutOfRange { quantity, value }));
    }
}
