//! The travel times of a territory, driven on a road network.

use std::collections::HashMap;

use medicobus_roads::{Engine, Error, NoRoad, Position, RoadNetwork, SearchOptions, Table, Watch};

use super::details::PairOnRoads;
use super::places::{Legs, Place, Places};
use super::{OutOfReach, TimesSource, TravelTimes, Trip};
use crate::territory::Territory;

/// Pairs asked of the network at once, at 8 bytes each: a nation's places would not fit into the memory together.
const PAIRS_AT_ONCE: usize = 1 << 24;

/// A road network, and how trips are searched on it.
#[derive(Clone, Copy, Debug)]
pub struct RoadSearch<'a> {
    /// The roads.
    pub network: &'a RoadNetwork,
    /// How to search; all engines find the same trips.
    pub engine: Engine,
    /// Who watches.
    pub watch: &'a Watch<'a>,
}

/// What roads answered, in numbers of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// With a trip.
    pub trips: u64,
    /// Of these, by ferry.
    pub by_ferry: u64,
    /// Without one, an end being too far from any road.
    pub off_roads: u64,
    /// Without one, an end being at roads that cannot be both left and reached, as on an island.
    pub isolated: u64,
    /// Without one within the time asked for.
    pub beyond: u64,
}

/// Takes every pair of places that roads were asked for, with a trip or without.
pub type Teller<'a> = &'a mut dyn FnMut(&PairOnRoads<'_>);

impl TravelTimes {
    /// The times that a plan of this territory can use, driven on a road network. Places further from its roads than
    /// [`medicobus_roads::SNAP_LIMIT`] are [out of reach](TravelTimes::why_out_of_reach).
    ///
    /// A site without a position stands at its commune's centre, and a base at that of the commune it names. Where
    /// the territory does not list that commune, the place is out of reach, too.
    ///
    /// # Errors
    /// The watch was cancelled, or the memory is too small.
    pub fn on_roads(
        territory: &Territory,
        network: &RoadNetwork,
        watch: &Watch<'_>,
    ) -> Result<TravelTimes, Error> {
        let search = RoadSearch { network, engine: Engine::Auto, watch };
        TravelTimes::searched(territory, &search, None).map(|(times, _)| times)
    }

    /// The same with a choice of engine; every pair that was asked for goes to `teller`, if there is one.
    ///
    /// # Errors
    /// As for [`on_roads`](TravelTimes::on_roads).
    pub fn searched(
        territory: &Territory,
        search: &RoadSearch<'_>,
        mut teller: Option<Teller<'_>>,
    ) -> Result<(TravelTimes, Tally), Error> {
        let places = Places::of(territory);
        let mut times = TravelTimes::new(TimesSource::Roads);
        let mut tally = Tally::default();
        times.mark_unknown(&places);
        for legs in places.legs(territory) {
            times.drive(&legs, search, &mut tally, &mut teller)?;
        }
        Ok((times, tally))
    }

    /// Adds the trips of these legs.
    pub(super) fn drive(
        &mut self,
        legs: &Legs<'_>,
        search: &RoadSearch<'_>,
        tally: &mut Tally,
        teller: &mut Option<Teller<'_>>,
    ) -> Result<(), Error> {
        let ends = positions(legs.to);
        let options =
            SearchOptions { within: legs.within, engine: search.engine, ..SearchOptions::default() };
        let rows_at_once = (PAIRS_AT_ONCE / ends.len().max(1)).max(1);
        for from in legs.from.chunks(rows_at_once) {
            let table = search.network.travel_times(&positions(from), &ends, &options, search.watch)?;
            self.insert_trips(from, legs.to, &table, tally);
            self.mark_off_roads(from, |row| table.origin_snap(row)?.err());
            self.mark_off_roads(legs.to, |column| table.destination_snap(column)?.err());
            if let Some(teller) = teller {
                for (row, start) in from.iter().enumerate() {
                    for (column, end) in legs.to.iter().enumerate().filter(|(_, end)| end.name != start.name)
                    {
                        teller(&PairOnRoads { from: &start.name, to: &end.name, table: &table, row, column });
                    }
                }
            }
        }
        Ok(())
    }

    fn insert_trips(&mut self, from: &[Place], to: &[Place], table: &Table, tally: &mut Tally) {
        let ends = Ends::of(to, table);
        for (row, start) in from.iter().enumerate() {
            let before = tally.trips;
            for (column, trip) in table.trips_from(row) {
                let end = &to[column];
                if start.name != end.name {
                    tally.trips += 1;
                    tally.by_ferry += u64::from(trip.ferry);
                    let trip = Trip { time: trip.time, length: Some(trip.length), ferry: trip.ferry };
                    self.insert(&start.name, &end.name, trip);
                }
            }
            let others = ends.others_than(&start.name);
            match table.origin_snap(row) {
                Some(Err(NoRoad { isolated: Some(_), .. })) => tally.isolated += others.iter().sum::<u64>(),
                Some(Ok(_)) => {
                    let [reachable, isolated, off_roads] = others;
                    tally.isolated += isolated;
                    tally.off_roads += off_roads;
                    tally.beyond += reachable - (tally.trips - before);
                }
                _ => tally.off_roads += others.iter().sum::<u64>(),
            }
        }
    }

    fn mark_off_roads(&mut self, places: &[Place], no_road: impl Fn(usize) -> Option<NoRoad>) {
        for (k, place) in places.iter().enumerate() {
            let reason = match no_road(k) {
                Some(NoRoad { isolated: Some(distance), .. }) => OutOfReach::CutOff { distance },
                Some(NoRoad { nearest, limit, .. }) => {
                    OutOfReach::TooFarFromRoads { distance: nearest, limit }
                }
                None => continue,
            };
            self.mark_out_of_reach(&place.name, reason);
        }
    }
}

/// The ends of the trips of a table, by how they lie: at roads, at isolated ones, off roads.
struct Ends<'a> {
    kinds: HashMap<&'a str, usize>,
    counts: [u64; 3],
}

impl<'a> Ends<'a> {
    fn of(to: &'a [Place], table: &Table) -> Ends<'a> {
        let kind = |column| match table.destination_snap(column) {
            Some(Ok(_)) => 0,
            Some(Err(NoRoad { isolated: Some(_), .. })) => 1,
            _ => 2,
        };
        let mut counts = [0; 3];
        (0..to.len()).for_each(|column| counts[kind(column)] += 1);
        let kinds = to.iter().enumerate().map(|(column, end)| (end.name.as_str(), kind(column))).collect();
        Ends { kinds, counts }
    }

    /// How many of each kind a start asks for: a place of its own name it does not.
    fn others_than(&self, start: &str) -> [u64; 3] {
        let mut counts = self.counts;
        if let Some(&kind) = self.kinds.get(start) {
            counts[kind] -= 1;
        }
        counts
    }
}

fn positions(places: &[Place]) -> Vec<Position> {
    places.iter().map(|place| place.position).collect()
}

#[cfg(test)]
mod tests {
    use medicobus_roads::{Cancel, ErrorKind, Metres, Millis};

    use super::*;
    use crate::people::ByProfile;
    use crate::territory::{Base, Commune, Site, Vehicle};

    fn commune(code: &str, position: Position) -> Commune {
        Commune {
            code: code.to_owned(),
            name: code.to_owned(),
            position,
            population: None,
            patients: ByProfile::default(),
            zone: None,
        }
    }

    /// ```text
    /// west ---- 8 min ---- east ---- 21 min ---- far       sea (no road)
    /// ```
    /// A site at the centre of each commune, one more called `hall` in west, and a bus that sleeps in east.
    fn country() -> (Territory, RoadNetwork) {
        let at = |lon: f64| Position { lat: 45.0, lon };
        let [west, east, far, sea] = [at(5.0), at(5.1), at(5.4), at(7.0)];
        let mut builder = RoadNetwork::builder();
        let [a, b, c] = [west, east, far].map(|position| builder.node(position));
        let both = |minutes: u32| (Some(Millis::from_minutes(minutes)), Some(Millis::from_minutes(minutes)));
        let (there, back) = both(8);
        builder.road(a, b, Metres(7_900.0), there, back);
        let (there, back) = both(21);
        builder.road(b, c, Metres(23_600.0), there, back);
        let communes =
            vec![commune("west", west), commune("east", east), commune("far", far), commune("sea", sea)];
        let mut sites = Territory::default_sites(&communes);
        sites.push(Site { id: "hall".to_owned(), ..Site::at_centre("west") });
        let vehicles = vec![Vehicle::new("bus", Base::Commune("east".to_owned()))];
        let territory = Territory::new("roads", communes, sites, vehicles);
        (territory, builder.build().unwrap())
    }

    #[test]
    fn patients_drive_within_reach_and_the_bus_over_lunch_and_within_its_day() {
        let (territory, network) = country();
        let times = TravelTimes::on_roads(&territory, &network, &Watch::none()).unwrap();
        let minutes = |from: &str, to: &str| times.trip(from, to).map(|trip| trip.time.0 / 60_000);
        assert_eq!(minutes("west", "east"), Some(8));
        assert_eq!(minutes("east", "far"), Some(21), "over lunch, though no patient would drive it");
        assert_eq!(minutes("west", "far"), Some(29));
        assert_eq!(minutes("base:bus", "far"), Some(21));
        assert_eq!(minutes("far", "base:bus"), Some(21));
        assert_eq!(times.trip("west", "east").unwrap().length, Some(Metres(7_900.0)));
        assert_eq!(times.used_by(&territory), times);
    }

    #[test]
    fn places_at_the_same_spot_have_a_trip_of_no_time() {
        let (territory, network) = country();
        let times = TravelTimes::on_roads(&territory, &network, &Watch::none()).unwrap();
        let nothing = Some(Trip { time: Millis::ZERO, length: Some(Metres(0.0)), ferry: false });
        for (from, to) in [("west", "hall"), ("hall", "west"), ("base:bus", "east"), ("east", "base:bus")] {
            assert_eq!(times.trip(from, to), nothing, "{from} to {to}");
        }
    }

    #[test]
    fn a_place_far_from_roads_is_out_of_reach_and_says_how_far() {
        let (territory, network) = country();
        let times = TravelTimes::on_roads(&territory, &network, &Watch::none()).unwrap();
        let Some(OutOfReach::TooFarFromRoads { distance: Some(distance), limit }) =
            times.why_out_of_reach("sea")
        else {
            panic!("{:?}", times.why_out_of_reach("sea"));
        };
        assert!(distance.0 > 125_000.0 && distance.0 < 126_500.0, "{distance:?}");
        assert_eq!(limit, medicobus_roads::SNAP_LIMIT);
        assert_eq!(times.trip("base:bus", "sea"), None);
        assert_eq!(times.why_out_of_reach("west"), None);
    }

    #[test]
    fn a_cancelled_watch_stops_the_search() {
        let (territory, network) = country();
        let cancel = Cancel::default();
        cancel.cancel();
        let error =
            TravelTimes::on_roads(&territory, &network, &Watch::none().with_cancel(cancel)).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Cancelled));
    }

    /// ```text
    /// west ---- east       north -> south (nobody comes back)
    /// ```
    #[test]
    fn a_place_at_roads_that_do_not_join_the_others_says_so() {
        let (mut territory, _) = country();
        let mut builder = RoadNetwork::builder();
        let at = |lat: f64, lon: f64| Position { lat, lon };
        let [west, east, north, south] = [at(45.0, 5.0), at(45.0, 5.1), at(46.1, 5.0), at(46.0, 5.0)]
            .map(|position| builder.node(position));
        let time = Some(Millis::from_minutes(8));
        builder.road(west, east, Metres(7_900.0), time, time);
        builder.road(north, south, Metres(11_100.0), time, None);
        territory.communes[2].position = at(46.05, 5.001);
        let network = builder.build().unwrap();
        let times = TravelTimes::on_roads(&territory, &network, &Watch::none()).unwrap();
        let Some(OutOfReach::CutOff { distance }) = times.why_out_of_reach("far") else {
            panic!("{:?}", times.why_out_of_reach("far"));
        };
        assert!((distance.0 - 77.2).abs() < 0.5, "{distance:?}");
        assert!(matches!(times.why_out_of_reach("sea"), Some(OutOfReach::TooFarFromRoads { .. })));
    }
}
