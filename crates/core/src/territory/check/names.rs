//! Names: present, unique, and pointing at what exists. Communes and sites share the names of travel times.

use std::collections::BTreeMap;

use crate::territory::fault::{Fault, FaultKind, First, Where};
use crate::territory::{Base, Territory};

pub(super) fn check(territory: &Territory, faults: &mut Vec<Fault>) {
    if territory.name.trim().is_empty() {
        faults.push(Fault::new(Where::key("name"), FaultKind::Blank));
    }
    vehicles(territory, faults);
    let communes = communes(territory, faults);
    bases(territory, &communes, faults);
    sites(territory, &communes, faults);
}

fn vehicles(territory: &Territory, faults: &mut Vec<Fault>) {
    if territory.vehicles.is_empty() {
        faults.push(Fault::new(Where::key("vehicle"), FaultKind::NoVehicle));
    }
    let ids = territory.vehicles.iter().map(|vehicle| vehicle.id.as_str());
    unique(ids, |index| Where::Vehicle { index, key: "id" }, faults);
}

/// The index of each code.
fn communes<'t>(territory: &'t Territory, faults: &mut Vec<Fault>) -> BTreeMap<&'t str, usize> {
    if territory.communes.is_empty() {
        faults.push(Fault::new(Where::key("communes"), FaultKind::NoCommune));
    }
    for (index, commune) in territory.communes.iter().enumerate() {
        reserved(&commune.code, Where::Commune { index, column: "code" }, faults);
        if commune.name.trim().is_empty() {
            faults.push(Fault::new(Where::Commune { index, column: "name" }, FaultKind::Blank));
        }
    }
    let codes = territory.communes.iter().map(|commune| commune.code.as_str());
    unique(codes, |index| Where::Commune { index, column: "code" }, faults)
}

fn bases(territory: &Territory, communes: &BTreeMap<&str, usize>, faults: &mut Vec<Fault>) {
    for (index, vehicle) in territory.vehicles.iter().enumerate() {
        let Base::Commune(code) = &vehicle.base else {
            continue;
        };
        let place = Where::Vehicle { index, key: "base" };
        if code.trim().is_empty() {
            faults.push(Fault::new(place, FaultKind::Blank));
        } else if !communes.contains_key(code.as_str()) {
            let kind = FaultKind::UnknownBase { code: code.clone(), lookalike: with_zero(code, communes) };
            faults.push(Fault::new(place, kind));
        }
    }
}

fn sites(territory: &Territory, communes: &BTreeMap<&str, usize>, faults: &mut Vec<Fault>) {
    if territory.sites.is_empty() {
        faults.push(Fault::new(Where::key("sites"), FaultKind::NoSite));
    }
    for (index, site) in territory.sites.iter().enumerate() {
        reserved(&site.id, Where::Site { index, column: "id" }, faults);
        if communes.contains_key(site.id.as_str()) && site.id != site.commune {
            let kind = FaultKind::CodeOfAnotherCommune(site.id.clone());
            faults.push(Fault::new(Where::Site { index, column: "id" }, kind));
        }
        let place = Where::Site { index, column: "commune" };
        if site.commune.trim().is_empty() {
            faults.push(Fault::new(place, FaultKind::Blank));
        } else if !communes.contains_key(site.commune.as_str()) {
            let lookalike = with_zero(&site.commune, communes);
            faults
                .push(Fault::new(place, FaultKind::UnknownCommune { code: site.commune.clone(), lookalike }));
        }
    }
    let ids = territory.sites.iter().map(|site| site.id.as_str());
    unique(ids, |index| Where::Site { index, column: "id" }, faults);
}

/// The index of each name; notes names that are blank or there already.
pub(super) fn unique<'n>(
    names: impl Iterator<Item = &'n str>,
    place: impl Fn(usize) -> Where,
    faults: &mut Vec<Fault>,
) -> BTreeMap<&'n str, usize> {
    let mut indices = BTreeMap::new();
    for (index, name) in names.enumerate() {
        if name.trim().is_empty() {
            faults.push(Fault::new(place(index), FaultKind::Blank));
        } else if let Some(first) = indices.get(name) {
            let kind = FaultKind::Duplicate { name: name.to_owned(), first: First::Place(place(*first)) };
            faults.push(Fault::new(place(index), kind));
        } else {
            indices.insert(name, index);
        }
    }
    indices
}

fn reserved(name: &str, place: Where, faults: &mut Vec<Fault>) {
    if name.starts_with("base:") {
        faults.push(Fault::new(place, FaultKind::ReservedName(name.to_owned())));
    }
}

/// The code with its leading zero back, when a commune has that one.
fn with_zero(code: &str, communes: &BTreeMap<&str, usize>) -> Option<String> {
    let code = format!("0{code}");
    communes.contains_key(code.as_str()).then_some(code)
}
