//! Whether names point at what exists.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

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
    /// What people call each of them, in small letters, and its id; the first one of those called alike.
    called: BTreeMap<(Named, String), &'t str>,
    guesses: Cell<u32>,
}

impl<'t> Ids<'t> {
    pub(super) fn of(territory: &'t Territory) -> Ids<'t> {
        Ids {
            vehicles: territory.vehicles.iter().map(|vehicle| vehicle.id.as_str()).collect(),
            sites: territory.sites.iter().map(|site| site.id.as_str()).collect(),
            doctors: territory.doctors.iter().map(|doctor| doctor.id.as_str()).collect(),
            activities: territory.activities.iter().map(|activity| activity.id.as_str()).collect(),
            called: called(territory),
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
        if let Some(id) = self.called.get(&(of, name.trim().to_lowercase())) {
            return Some((*id).to_owned());
        }
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

fn called(territory: &Territory) -> BTreeMap<(Named, String), &str> {
    let communes: BTreeMap<&str, &str> =
        territory.communes.iter().map(|commune| (commune.code.as_str(), commune.name.as_str())).collect();
    let sites = || territory.sites.iter();
    let own = sites().map(|site| (Named::Site, site.name.as_deref(), &site.id));
    let of_commune = sites().map(|site| (Named::Site, communes.get(&*site.commune).copied(), &site.id));
    let doctors = territory.doctors.iter().map(|of| (Named::Doctor, of.name.as_deref(), &of.id));
    let activities = territory.activities.iter().map(|of| (Named::Activity, of.name.as_deref(), &of.id));
    let mut called = BTreeMap::new();
    for (of, name, id) in own.chain(of_commune).chain(doctors).chain(activities) {
        if let Some(name) = name {
            called.entry((of, name.trim().to_lowercase())).or_insert(id.as_str());
        }
    }
    called
}
