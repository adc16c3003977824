//! The figures of communes and sites.

use std::collections::BTreeMap;

use medicobus_roads::Position;

use super::{no_week, range};
use crate::people::Profile;
use crate::territory::fault::{Fault, FaultKind, Quantity, Where};
use crate::territory::{Commune, Rules, Site, Territory};

/// Zonage of médecins généralistes: intervention prioritaire, action complémentaire (and its older name), appui
/// régional, vigilance, hors zonage.
const ZONES: [&str; 6] = ["ZIP", "ZAC", "ZAP", "ZAR", "ZV", "HZ"];

pub(super) fn check(territory: &Territory, faults: &mut Vec<Fault>) {
    for (index, commune) in territory.communes.iter().enumerate() {
        figures(commune, index, faults);
    }
    zones(&territory.communes, faults);
    lost_zeros(&territory.communes, faults);
    for (index, site) in territory.sites.iter().enumerate() {
        if let Some(position) = site.position {
            coordinates(position, |column| Where::Site { index, column }, faults);
        }
        if no_week(site.weeks, territory) {
            faults.push(Fault::new(Where::Site { index, column: "weeks" }, FaultKind::NeverOpen));
        } else if site.open.is_empty() {
            faults.push(Fault::new(Where::Site { index, column: "open" }, FaultKind::NeverOpen));
        }
        sessions(site, index, &territory.rules, faults);
    }
}

fn figures(commune: &Commune, index: usize, faults: &mut Vec<Fault>) {
    let place = |column| Where::Commune { index, column };
    coordinates(commune.position, place, faults);
    if let Some(population) = commune.population {
        range(place("population"), Quantity::Population, population, faults);
    }
    for profile in Profile::ALL {
        range(place(profile.code()), Quantity::Patients, commune.patients[profile].0, faults);
    }
}

fn coordinates(position: Position, place: impl Fn(&'static str) -> Where, faults: &mut Vec<Fault>) {
    range(place("lat"), Quantity::Latitude, position.lat, faults);
    range(place("lon"), Quantity::Longitude, position.lon, faults);
}

fn zones(communes: &[Commune], faults: &mut Vec<Fault>) {
    let mut unknown: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (index, commune) in communes.iter().enumerate() {
        if let Some(zone) = commune.zone.as_deref().filter(|zone| !ZONES.contains(zone)) {
            unknown.entry(zone).or_insert((index, 0)).1 += 1;
        }
    }
    for (zone, (index, communes)) in unknown {
        let kind = FaultKind::UnknownZone { zone: zone.to_owned(), communes };
        faults.push(Fault::new(Where::Commune { index, column: "zone" }, kind));
    }
}

fn lost_zeros(communes: &[Commune], faults: &mut Vec<Fault>) {
    let is_short =
        |commune: &Commune| commune.code.len() == 4 && commune.code.bytes().all(|b| b.is_ascii_digit());
    let is_insee =
        |commune: &Commune| commune.code.len() == 5 && commune.code.starts_with(|c: char| c.is_ascii_digit());
    let first = communes.iter().position(is_short);
    if let Some((index, commune)) =
        first.and_then(|index| communes.get(index).map(|commune| (index, commune)))
        && communes.iter().any(is_insee)
    {
        let count = communes.iter().filter(|commune| is_short(commune)).count();
        let kind = FaultKind::LostZero { code: commune.code.clone(), communes: count };
        faults.push(Fault::new(Where::Commune { index, column: "code" }, kind));
    }
}

/// Least and most sessions of a site that has limits of its own, with the rule of the territory for the other.
fn sessions(site: &Site, index: usize, rules: &Rules, faults: &mut Vec<Fault>) {
    let limits = [("min_half_days", site.min_half_days), ("max_half_days", site.max_half_days)];
    for (column, limit) in limits {
        if let Some(limit) = limit {
            range(Where::Site { index, column }, Quantity::HalfDays, limit.into(), faults);
        }
    }
    let Some(column) = limits.iter().rev().find(|(_, limit)| limit.is_some()).map(|(column, _)| *column)
    else {
        return;
    };
    let min = site.min_half_days.unwrap_or(rules.min_half_days_per_site);
    let max = site.max_half_days.or(rules.max_half_days_per_site);
    if let Some(max) = max.filter(|max| min > *max) {
        faults.push(Fault::new(Where::Site { index, column }, FaultKind::MinOverMax { min, max }));
    }
}
