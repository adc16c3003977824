//! Whether names point at what exists.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::territory::Territory;
use crate::territory::fault::{Fault, FaultKind, Named, Where};
use crate::territory::read::closest;

/// For how many unknown names a likely meaning is sought, so that a hostile file cannot take for ever.
const GUESSES: u32 = 100;

/// The names that a territory gives.
#[derive(Debug)]
pub(super) struct Ids<'t> {
    vehicles: BTreeSet<&'t str>,
    sites: BTreeSet<&'t str>,
    doctors: BTreeSet<&'t str>,
    activities: BTreeSet<&'t str>,
    guesses: Cell<u32>,
}

impl<'t> Ids<'t> {
    pub(super) fn of(territory: &'t Territory) -> Ids<'t> {
        Ids {
            vehicles: territory.vehicles.iter().map(|vehicle| vehicle.id.as_str()).collect(),
            sites: territory.sites.iter().map(|site| site.id.as_str()).collect(),
            doctors: territory.doctors.iter().map(|doctor| doctor.id.as_str()).collect(),
            activities: territory.activities.iter().map(|activity| activity.id.as_str()).collect(),
            guesses: Cell::new(GUESSES),
        }
    }

    pub(super) fn has(&self, of: Named, name: &str) -> bool {
        self.all(of).contains(name)
    }

    /// Notes a name that nothing bears.
    pub(super) fn check(&self, of: Named, name: &str, place: Where, faults: &mut Vec<Fault>) {
        if name.trim().is_empty() {
            faults.push(Fault::new(place, FaultKind::Blank));
        } else if !self.has(of, name) {
            let kind =
                FaultKind::UnknownName { of, name: name.to_owned(), lookalike: self.lookalike(of, name) };
            faults.push(Fault::new(place, kind));
        }
    }

    fn lookalike(&self, of: Named, name: &str) -> Option<String> {
        self.guesses.set(self.guesses.get().checked_sub(1)?);
        let candidates: Vec<&str> = self.all(of).iter().copied().collect();
        closest(name, &candidates).map(str::to_owned)
    }

    fn all(&self, of: Named) -> &BTreeSet<&'t str> {
        match of {
            Named::Vehicle => &self.vehicles,
            Named::Site => &self.sites,
            Named::Doctor => &self.doctors,
            Named::Activity => &self.activities,
        }
    }
}
