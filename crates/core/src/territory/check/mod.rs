//! What must hold for any territory, read from files or built in memory.

mod names;
mod people;
mod settings;
mod times;

pub use times::faults_with_times;

use super::Territory;
use super::fault::{Fault, FaultKind, Quantity, Where};

/// Everything wrong or doubtful with a territory on its own. A base must lie in a listed commune here; see
/// [`faults_with_times`] for one that only travel times know.
pub fn faults(territory: &Territory) -> Vec<Fault> {
    let mut faults = Vec::new();
    settings::check(territory, &mut faults);
    names::check(territory, &mut faults);
    people::check(territory, &mut faults);
    faults
}

/// Notes a number that is out of its range.
fn range(place: Where, quantity: Quantity, value: f64, faults: &mut Vec<Fault>) {
    if !quantity.admits(value) {
        faults.push(Fault::new(place, FaultKind::OutOfRange { quantity, value }));
    }
}
