//! Whether a territory and its travel times speak of the same places.

use std::collections::BTreeSet;

use crate::territory::fault::{Fault, FaultKind, Where};
use crate::territory::{Base, Territory};
use crate::times::{TravelTimes, base_name};

/// How many names a message gives.
const EXAMPLES: usize = 5;

/// Everything wrong or doubtful with a territory and its travel times: [`faults`](super::faults), but that a base may
/// also be known to the travel times alone, and places that only one of the two knows.
pub fn faults_with_times(territory: &Territory, times: &TravelTimes) -> Vec<Fault> {
    let (mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new());
    for (from, to, _) in times.iter() {
        starts.insert(from);
        ends.insert(to);
    }
    let named = |name: &str| starts.contains(name) || ends.contains(name);
    let known_base = |index: usize| {
        territory.vehicles.get(index).is_some_and(|vehicle| {
            let by_code = matches!(&vehicle.base, Base::Commune(code) if named(code));
            by_code || named(&base_name(vehicle))
        })
    };
    let mut faults = super::faults(territory);
    faults.retain(|fault| match (&fault.kind, &fault.place) {
        (FaultKind::UnknownBase { .. }, Where::Vehicle { index, .. }) => !known_base(*index),
        _ => true,
    });
    sites_without_times(territory, times, &ends, &mut faults);
    unknown_places(territory, starts.union(&ends).copied(), &mut faults);
    faults
}

fn sites_without_times(
    territory: &Territory,
    times: &TravelTimes,
    ends: &BTreeSet<&str>,
    faults: &mut Vec<Fault>,
) {
    let forgotten = |id: &&str| !ends.contains(id) && times.why_out_of_reach(id).is_none();
    let sites: Vec<&str> = territory.sites.iter().map(|site| site.id.as_str()).filter(forgotten).collect();
    if !sites.is_empty() {
        let kind = FaultKind::SitesWithoutTimes { sites: sites.len(), examples: examples(&sites) };
        faults.push(Fault::new(Where::Times { column: "to" }, kind));
    }
}

fn unknown_places<'n>(territory: &Territory, named: impl Iterator<Item = &'n str>, faults: &mut Vec<Fault>) {
    let mut known: BTreeSet<&str> = territory.communes.iter().map(|commune| commune.code.as_str()).collect();
    known.extend(territory.sites.iter().map(|site| site.id.as_str()));
    let bases: Vec<String> = territory.vehicles.iter().map(base_name).collect();
    known.extend(bases.iter().map(String::as_str));
    for vehicle in &territory.vehicles {
        if let Base::Commune(code) = &vehicle.base {
            known.insert(code);
        }
    }
    let unknown: Vec<&str> = named.filter(|name| !known.contains(name)).collect();
    if !unknown.is_empty() {
        let kind = FaultKind::TimesOfUnknownPlaces { places: unknown.len(), examples: examples(&unknown) };
        faults.push(Fault::new(Where::Times { column: "from" }, kind));
    }
}

fn examples(names: &[&str]) -> Vec<String> {
    names.iter().take(EXAMPLES).map(|name| (*name).to_owned()).collect()
}
