//! The travel times of a territory: estimated, or picked from a larger table.

use std::collections::BTreeSet;

use medicobus_roads::{Metres, Millis};

use super::around::PlacesOnGlobe;
use super::estimate::{estimate, furthest};
use super::places::{Legs, Places, base_name, time_over_lunch, widest_reach};
use super::{OutOfReach, TimesSource, TravelTimes, Trip};
use crate::territory::{Base, Site, Territory, Vehicle};

/// From a place to another at the very same spot.
const NO_WAY: Trip = Trip { time: Millis::ZERO, length: Some(Metres(0.0)), ferry: false };

impl TravelTimes {
    /// The times that a plan of this territory can use, each [estimated](super::estimate) from the crow-fly distance.
    ///
    /// A site without a position stands at its commune's centre, and a base at that of the commune it names. Where
    /// the territory does not list that commune, the place is [out of reach](TravelTimes::why_out_of_reach).
    pub fn estimated(territory: &Territory) -> TravelTimes {
        let places = Places::of(territory);
        let mut times = TravelTimes::new(TimesSource::Estimate);
        times.mark_unknown(&places);
        for legs in places.legs(territory) {
            times.estimate_legs(&legs);
        }
        times
    }

    pub(super) fn mark_unknown(&mut self, places: &Places) {
        for name in &places.unknown {
            self.mark_out_of_reach(name, OutOfReach::UnknownPosition);
        }
    }

    fn estimate_legs(&mut self, legs: &Legs<'_>) {
        let to = PlacesOnGlobe::new(legs.to);
        for from in legs.from {
            for to in to.around(from.position, furthest(legs.within)) {
                let trip = estimate(from.position, to.position);
                if from.name != to.name && trip.time <= legs.within {
                    self.insert(&from.name, &to.name, trip);
                }
            }
        }
    }

    /// Those of these times that a plan of the territory can use: from communes to sites within the widest reach
    /// band, from site to site within what lunch leaves, from `base:VEHICLE` to sites and back within a day's
    /// driving.
    ///
    /// A table may know a base by the code of its commune: where it has no trip by the name `base:VEHICLE`, the one by
    /// the code counts, and is called `base:VEHICLE` here. Where it has no trip from a commune to a site at that
    /// commune's centre, that trip takes no time. A trip that is too long stays where another one would
    /// count in its place, so that all of used times is used.
    pub fn used_by(&self, territory: &Territory) -> TravelTimes {
        let mut used =
            TravelTimes { out_of_reach: self.out_of_reach.clone(), ..TravelTimes::new(self.source) };
        self.copy_listed(territory, &mut used);
        for site in &territory.sites {
            if site.id != site.commune
                && site.position.is_none()
                && let Some(trip) = self.trip_to(&site.commune, site)
            {
                used.insert(&site.commune, &site.id, trip);
            }
        }
        for vehicle in &territory.vehicles {
            self.copy_base_legs(vehicle, &territory.sites, &mut used);
        }
        used
    }

    /// Copies the trips of patients, and those over lunch.
    fn copy_listed(&self, territory: &Territory, used: &mut TravelTimes) {
        let communes: BTreeSet<&str> =
            territory.communes.iter().map(|commune| commune.code.as_str()).collect();
        let sites: BTreeSet<&str> = territory.sites.iter().map(|site| site.id.as_str()).collect();
        let reach = widest_reach(territory);
        let lunch = time_over_lunch(&territory.calendar);
        for (from, to, trip) in self.iter().filter(|(from, to, _)| from != to && sites.contains(to)) {
            let of_patients = communes.contains(from) && trip.time <= reach;
            let over_lunch = sites.contains(from) && lunch.is_some_and(|lunch| trip.time <= lunch);
            if of_patients || over_lunch {
                used.insert(from, to, trip);
            }
        }
    }

    fn copy_base_legs(&self, vehicle: &Vehicle, sites: &[Site], used: &mut TravelTimes) {
        let base = base_name(vehicle);
        let mut names = vec![base.as_str()];
        if let Base::Commune(code) = &vehicle.base {
            names.push(code);
        }
        let first_used = |trips: Vec<Trip>| {
            let within_a_day = |trip: &Trip| trip.time <= vehicle.max_drive_per_day;
            trips.first().copied().filter(|_| trips.iter().any(within_a_day))
        };
        for site in sites {
            let out = names.iter().filter_map(|name| self.trip_to(name, site)).collect();
            let back = names.iter().filter_map(|name| self.trip(&site.id, name)).collect();
            if let Some(trip) = first_used(out) {
                used.insert(&base, &site.id, trip);
            }
            if let Some(trip) = first_used(back) {
                used.insert(&site.id, &base, trip);
            }
        }
    }

    /// The trip to a site; none at all is needed from a commune to its own centre.
    fn trip_to(&self, from: &str, site: &Site) -> Option<Trip> {
        let at_centre = site.position.is_none() && site.commune == from;
        self.trip(from, &site.id).or(at_centre.then_some(NO_WAY))
    }
}

#[cfg(test)]
mod tests {
    use medicobus_roads::Position;

    use super::*;
    use crate::people::ByProfile;
    use crate::territory::Commune;

    fn commune(code: &str, lat: f64, lon: f64) -> Commune {
        Commune {
            code: code.to_owned(),
            name: code.to_owned(),
            position: Position::new(lat, lon).unwrap(),
            population: None,
            patients: ByProfile::default(),
            zone: None,
        }
    }

    /// Communes on a grid of 4 km, a site at the centre of each and one more in every fifth, two buses.
    fn territory() -> Territory {
        let communes: Vec<Commune> = (0..64)
            .map(|k| {
                commune(&format!("c{k}"), 45.0 + 0.036 * f64::from(k / 8), 5.0 + 0.05 * f64::from(k % 8))
            })
            .collect();
        let mut sites = Territory::default_sites(&communes);
        for commune in communes.iter().step_by(5) {
            let id = format!("hall-{}", commune.code);
            sites.push(Site { id, ..Site::at_centre(&commune.code) });
        }
        let mut far = Vehicle::new("far", Base::At(Position::new(45.5, 5.1).unwrap()));
        far.max_drive_per_day = Millis::from_minutes(45);
        let vehicles = vec![Vehicle::new("near", Base::Commune("c9".to_owned())), far];
        Territory::new("grid", communes, sites, vehicles)
    }

    fn minutes(minutes: u32) -> Trip {
        Trip { time: Millis::from_minutes(minutes), length: None, ferry: false }
    }

    fn pairs(times: &TravelTimes) -> Vec<(&str, &str, u32)> {
        times.iter().map(|(from, to, trip)| (from, to, trip.time.0 / 60_000)).collect()
    }

    #[test]
    fn every_trip_that_counts_is_estimated_and_no_other() {
        let territory = territory();
        let times = TravelTimes::estimated(&territory);
        let centre = |code: &str| territory.communes.iter().find(|c| c.code == code).unwrap().position;
        let limits = [("near", centre("c9"), 120), ("far", Position::new(45.5, 5.1).unwrap(), 45)];
        let mut expected = TravelTimes::new(TimesSource::Estimate);
        let mut expect = |from: &str, start: Position, to: &str, end: Position, limit: u32| {
            let trip = estimate(start, end);
            if from != to && trip.time <= Millis::from_minutes(limit) {
                expected.insert(from, to, trip);
            }
        };
        for site in &territory.sites {
            let here = centre(&site.commune);
            for commune in &territory.communes {
                expect(&commune.code, commune.position, &site.id, here, 20);
            }
            for other in &territory.sites {
                expect(&other.id, centre(&other.commune), &site.id, here, 30);
            }
            for (vehicle, base, limit) in limits {
                expect(&format!("base:{vehicle}"), base, &site.id, here, limit);
                expect(&site.id, here, &format!("base:{vehicle}"), base, limit);
            }
        }
        assert_eq!(times, expected);
        assert_eq!(times.trip("c5", "hall-c5"), Some(NO_WAY));
        assert_eq!(times.used_by(&territory), times, "times made for a territory are used whole");
    }

    #[test]
    fn a_place_in_a_commune_that_is_not_listed_is_out_of_reach() {
        let mut territory = territory();
        territory.vehicles[0].base = Base::Commune("elsewhere".to_owned());
        let times = TravelTimes::estimated(&territory);
        assert_eq!(times.why_out_of_reach("base:near"), Some(OutOfReach::UnknownPosition));
        assert_eq!(times.trip("base:near", "c9"), None);
    }

    #[test]
    fn a_table_may_know_a_base_by_its_commune_and_its_own_name_comes_first() {
        let mut territory = territory();
        territory.communes.truncate(2);
        territory.sites = vec![Site::at_centre("c0"), Site { position: None, ..Site::at_centre("c1") }];
        territory.vehicles.truncate(1);
        territory.vehicles[0].base = Base::Commune("depot".to_owned());
        let mut table = TravelTimes::new(TimesSource::Table);
        table.insert("depot", "c0", minutes(10));
        table.insert("depot", "c1", minutes(11));
        table.insert("c0", "depot", minutes(12));
        table.insert("base:near", "c1", minutes(13));
        table.insert("c0", "c1", minutes(31));
        table.insert("c1", "c0", minutes(30));
        table.insert("c1", "depot", minutes(121));
        table.insert("depot", "elsewhere", minutes(1));
        assert_eq!(
            pairs(&table.used_by(&territory)),
            [("base:near", "c0", 10), ("base:near", "c1", 13), ("c0", "base:near", 12), ("c1", "c0", 30)]
        );
    }

    #[test]
    fn a_site_at_the_centre_of_its_commune_takes_no_time_unless_the_table_says_otherwise() {
        let mut territory = territory();
        territory.communes.truncate(2);
        territory.sites = vec![
            Site { id: "hall".to_owned(), ..Site::at_centre("c0") },
            Site { id: "school".to_owned(), ..Site::at_centre("c1") },
        ];
        territory.vehicles = vec![Vehicle::new("bus", Base::Commune("c0".to_owned()))];
        let mut table = TravelTimes::new(TimesSource::Table);
        table.insert("c1", "school", minutes(4));
        assert_eq!(
            pairs(&table.used_by(&territory)),
            [("base:bus", "hall", 0), ("c0", "hall", 0), ("c1", "school", 4)]
        );
    }

    #[test]
    fn a_trip_too_long_to_be_used_keeps_its_place_before_another() {
        let mut territory = territory();
        territory.communes.truncate(1);
        territory.sites = vec![Site { id: "hall".to_owned(), ..Site::at_centre("c0") }];
        territory.vehicles = vec![Vehicle::new("bus", Base::Commune("c0".to_owned()))];
        let mut table = TravelTimes::new(TimesSource::Table);
        table.insert("c0", "hall", minutes(90));
        table.insert("base:bus", "hall", minutes(150));
        let used = table.used_by(&territory);
        assert_eq!(pairs(&used), [("base:bus", "hall", 150), ("c0", "hall", 90)]);
        assert_eq!(used.used_by(&territory), used);
    }

    #[test]
    fn travel_times_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<TravelTimes>();
    }
}
