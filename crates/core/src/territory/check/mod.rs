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

/// The first week after the end of the cycle; None for every week, every odd and every even one: these go on for ever.
fn week_outside(weeks: Weeks, territory: &Territory) -> Option<u32> {
    let goes_on = [Weeks::ALL, Weeks::ODD, Weeks::EVEN].contains(&weeks);
    let after = |week: &u32| !goes_on && *week > territory.calendar.cycle_weeks;
    weeks.of_cycle(Weeks::MOST).find(after)
}

/// Notes weeks after the end of the cycle.
fn weeks_in_cycle(weeks: Weeks, territory: &Territory, place: Where, faults: &mut Vec<Fault>) {
    if let Some(week) = week_outside(weeks, territory) {
        let cycle_weeks = territory.calendar.cycle_weeks;
        faults.push(Fault::new(place, FaultKind::WeekOutsideCycle { week, cycle_weeks }));
    }
}

/// Whether no week of the cycle is named, and none after it by mistake.
fn no_week(weeks: Weeks, territory: &Territory) -> bool {
    weeks.of_cycle(territory.calendar.cycle_weeks).next().is_none()
        && week_outside(weeks, territory).is_none()
}

/// Notes a number that is out of its range.
fn range(place: Where, quantity: Quantity, value: f64, faults: &mut Vec<Fault>) {
    if !quantity.admits(value) {
        faults.push(Fault::new(place, FaultKind::OutOfRange { quantity, value }));
    }
}
