//! Ranks in place of names: who is near which site, and which drives are within the rules.

use medicobus_roads::Millis;

use crate::calendar::Half;
use crate::people::{ByProfile, Profile};
use crate::territory::{Calendar, Site, Territory};
use crate::times::{TravelTimes, Trip, base_name, time_over_lunch};

/// A site within reach of a commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    /// Rank of the site.
    pub(crate) site: u32,
    /// Rank of the reach band, nearest first.
    pub(crate) band: u8,
}

/// Trips of one vehicle between its base and each site.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// None also where the vehicle would have to leave the day before: no way out is longer than from midnight to the
    /// opening of the morning.
    pub(crate) out: Vec<Option<Trip>>,
    pub(crate) back: Vec<Option<Trip>>,
    limit: Millis,
    /// Longest drive over lunch within its own hours; None: it stays where it is.
    lunch: Option<Millis>,
}

/// Everything the solver looks up, by rank.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    /// By commune, in order of site.
    pub(crate) near: Vec<Vec<Near>>,
    /// Share of each reach band, falling.
    pub(crate) band_share: Vec<f64>,
    /// What a patient counts in the objective before the coefficients of its two terms.
    pub(crate) weight: ByProfile<f64>,
    /// Consultations a cycle that a followed patient takes.
    pub(crate) visits: ByProfile<f64>,
    /// By vehicle.
    pub(crate) ways: Vec<Ways>,
    /// By site: the other sites that can be reached over lunch, in order of rank.
    lunch: Vec<Vec<(u32, Trip)>>,
}

impl Index {
    pub(super) fn new(territory: &Territory, times: &TravelTimes) -> Index {
        let site_rank = ranks(territory.sites.iter().map(|site| site.id.as_str()));
        let bands = &territory.care.reach;
        let near = territory.communes.iter().map(|commune| {
            let mut near: Vec<Near> = trips_to_sites(times, &commune.code, &site_rank)
                .filter_map(|(site, trip)| {
                    let band = bands.iter().position(|band| trip.time <= band.within)?;
                    Some(Near { site, band: band as u8 })
                })
                .collect();
            near.sort_unstable_by_key(|near| near.site);
            near
        });
        let per_cycle = f64::from(territory.calendar.cycle_weeks) / territory.calendar.weeks_per_year;
        let by_profile = |value: &dyn Fn(Profile) -> f64| ByProfile {
            ald: value(Profile::Ald),
            elderly: value(Profile::Elderly),
            other: value(Profile::Other),
        };
        let lunch_time = time_over_lunch(&territory.calendar);
        let lunch = territory.sites.iter().map(|site| {
            let mut reachable: Vec<(u32, Trip)> = trips_to_sites(times, &site.id, &site_rank)
                .filter(|(to, trip)| {
                    lunch_time.is_some_and(|most| trip.time <= most)
                        && territory.sites[*to as usize].id != site.id
                })
                .collect();
            reachable.sort_unstable_by_key(|(to, _)| *to);
            reachable
        });
        Index {
            near: near.collect(),
            band_share: bands.iter().map(|band| band.share.0).collect(),
            weight: by_profile(&|profile| territory.care.profiles[profile].weight),
            visits: by_profile(&|profile| territory.care.profiles[profile].visits_per_year * per_cycle),
            ways: (0..territory.vehicles.len()).map(|vehicle| Ways::new(territory, times, vehicle)).collect(),
            lunch: lunch.collect(),
        }
    }

    pub(crate) fn over_lunch(&self, from: usize, to: usize) -> Option<Trip> {
        let row = &self.lunch[from];
        row.binary_search_by_key(&(to as u32), |(site, _)| *site).ok().map(|place| row[place].1)
    }

    /// Sites that can follow another one over lunch, with the trip.
    pub(crate) fn after_lunch(&self, from: usize) -> &[(u32, Trip)] {
        &self.lunch[from]
    }

    pub(crate) fn day_drive(&self, vehicle: usize, am: Option<usize>, pm: Option<usize>) -> Option<Millis> {
        let ways = &self.ways[vehicle];
        let (first, last) = (am.or(pm), pm.or(am));
        let (Some(first), Some(last)) = (first, last) else { return Some(Millis::ZERO) };
        let over_lunch = || Some(self.over_lunch(first, last)?.time).filter(|&time| Some(time) <= ways.lunch);
        let between = if first == last { Millis::ZERO } else { over_lunch()? };
        let drive = ways.out[first]?.time + between + ways.back[last]?.time;
        (drive <= ways.limit).then_some(drive)
    }
}

impl Ways {
    fn new(territory: &Territory, times: &TravelTimes, vehicle: usize) -> Ways {
        let vehicle = &territory.vehicles[vehicle];
        let base = base_name(vehicle);
        let [morning, afternoon] = Half::ALL.map(|half| vehicle.hours(half, &territory.calendar));
        let own = Calendar { morning, afternoon, ..territory.calendar };
        let since_midnight = morning.start.0;
        let out = |site: &Site| times.trip(&base, &site.id).filter(|trip| trip.time <= since_midnight);
        Ways {
            out: territory.sites.iter().map(out).collect(),
            back: territory.sites.iter().map(|site| times.trip(&site.id, &base)).collect(),
            limit: vehicle.max_drive_per_day,
            lunch: time_over_lunch(&own),
        }
    }
}

type Ranks<'a> = std::collections::HashMap<&'a str, u32>;

fn ranks<'a>(names: impl Iterator<Item = &'a str>) -> Ranks<'a> {
    names.zip(0..).collect()
}

/// The sites that a place has a trip to, itself among them where it is a site.
fn trips_to_sites<'a>(
    times: &'a TravelTimes,
    from: &'a str,
    site_rank: &'a Ranks<'a>,
) -> impl Iterator<Item = (u32, Trip)> + 'a {
    let itself = site_rank.get(from).and_then(|&site| Some((site, times.trip(from, from)?)));
    let others = times.trips_from(from).filter(move |(to, _)| *to != from);
    itself.into_iter().chain(others.filter_map(|(to, trip)| Some((*site_rank.get(to)?, trip))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;
    use crate::problem::Problem;
    use crate::solve::{SolveOptions, solve};

    #[test]
    fn a_vehicle_leaves_after_midnight_of_its_day() {
        let mut territory = sample::territory();
        territory
            .vehicles
            .iter_mut()
            .for_each(|vehicle| vehicle.max_drive_per_day = Millis::from_minutes(24 * 60));
        let mut times = sample::times();
        // Dun opens at 9:00.
        let long = Trip { time: Millis::from_minutes(9 * 60), length: None, ferry: false };
        times.insert("base:bus-1", "dun", long);
        times.insert("base:bus-2", "dun", Trip { time: long.time + Millis(1), length: None, ferry: false });
        let problem = Problem::new(territory, &times).unwrap();
        let dun = 3;
        assert_eq!([0, 1].map(|bus| problem.way_out(bus, dun)), [Some(long), None]);
        assert_eq!(problem.day_drive(1, Some(dun), None), None);
        let plan = solve(&problem, &SolveOptions::default(), &|_| {}).plan;
        assert!(plan.sessions.iter().any(|session| session.site == "dun"));
        assert_eq!(plan.verify(&problem), Ok(()));
    }
}
