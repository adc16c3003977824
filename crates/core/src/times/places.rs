//! Which places the trips of a territory join, and how long a trip of each kind may be for a plan to use it.

use std::collections::BTreeMap;

use medicobus_roads::{Millis, Position};

use crate::calendar::Hours;
use crate::territory::{Base, Calendar, Site, Territory, Vehicle};

/// The name of a vehicle's base in travel times: `base:bus-1`.
pub fn base_name(vehicle: &Vehicle) -> String {
    format!("base:{}", vehicle.id)
}

/// The driving time left between a morning and an afternoon session, 0 at least; None when the lunch break is longer
/// than the pause, so that no vehicle can move at all.
pub fn time_over_lunch(calendar: &Calendar) -> Option<Millis> {
    let pause = Hours { start: calendar.morning.end, end: calendar.afternoon.start };
    (pause.start <= pause.end && calendar.lunch_break <= pause.length())
        .then(|| pause.length() - calendar.lunch_break)
}

/// The longest time that patients drive: that of the widest reach band, 0 where there is none.
pub fn widest_reach(territory: &Territory) -> Millis {
    territory.care.reach.iter().map(|band| band.within).max().unwrap_or(Millis::ZERO)
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) position: Position,
}

/// All places of a territory whose position is known.
#[derive(Debug, Default)]
pub(super) struct Places {
    communes: Vec<Place>,
    sites: Vec<Place>,
    /// By the longest day of driving that their vehicles may have.
    bases: BTreeMap<Millis, Vec<Place>>,
    /// Names of sites and bases that stand at the centre of a commune which the territory does not list.
    pub(super) unknown: Vec<String>,
}

/// Trips of one kind: from each of some places to each of others, where that takes no longer than `within`.
#[derive(Debug)]
pub(super) struct Legs<'a> {
    pub(super) from: &'a [Place],
    pub(super) to: &'a [Place],
    pub(super) within: Millis,
}

impl Places {
    pub(super) fn of(territory: &Territory) -> Places {
        let centres: BTreeMap<&str, Position> =
            territory.communes.iter().map(|commune| (commune.code.as_str(), commune.position)).collect();
        let mut places = Places::default();
        for commune in &territory.communes {
            places.communes.push(Place { name: commune.code.clone(), position: commune.position });
        }
        for site in &territory.sites {
            match site_position(site, &centres) {
                Some(position) => places.sites.push(Place { name: site.id.clone(), position }),
                None => places.unknown.push(site.id.clone()),
            }
        }
        for vehicle in &territory.vehicles {
            let name = base_name(vehicle);
            match base_position(&vehicle.base, &centres) {
                Some(position) => {
                    places.bases.entry(vehicle.max_drive_per_day).or_default().push(Place { name, position });
                }
                None => places.unknown.push(name),
            }
        }
        places
    }

    /// The trips that a plan of this territory can use: patients to sites, vehicles from site to site over lunch,
    /// from their base and back.
    pub(super) fn legs(&self, territory: &Territory) -> Vec<Legs<'_>> {
        let (communes, sites) = (&self.communes[..], &self.sites[..]);
        let mut legs = vec![Legs { from: communes, to: sites, within: widest_reach(territory) }];
        if let Some(within) = time_over_lunch(&territory.calendar) {
            legs.push(Legs { from: sites, to: sites, within });
        }
        for (&within, bases) in &self.bases {
            legs.push(Legs { from: bases, to: sites, within });
            legs.push(Legs { from: sites, to: bases, within });
        }
        legs
    }
}

fn site_position(site: &Site, centres: &BTreeMap<&str, Position>) -> Option<Position> {
    site.position.or_else(|| centres.get(site.commune.as_str()).copied())
}

fn base_position(base: &Base, centres: &BTreeMap<&str, Position>) -> Option<Position> {
    match base {
        Base::At(position) => Some(*position),
        Base::Commune(code) => centres.get(code.as_str()).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vehicle_moves_in_what_lunch_leaves() {
        let mut calendar = Calendar::default();
        assert_eq!(time_over_lunch(&calendar), Some(Millis::from_minutes(30)));
        calendar.lunch_break = Millis::from_minutes(60);
        assert_eq!(time_over_lunch(&calendar), Some(Millis::ZERO));
        calendar.lunch_break = Millis::from_minutes(61);
        assert_eq!(time_over_lunch(&calendar), None);
        calendar = Calendar { morning: Hours::new((9, 0), (15, 0)), ..Calendar::default() };
        assert_eq!(time_over_lunch(&calendar), None);
    }
}
