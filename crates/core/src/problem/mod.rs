//! The planning question, checked and indexed: what the solver reads and every plan is verified against.

mod index;
mod serial;

use medicobus_roads::Millis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::calendar::{Day, Half, HalfDays, Weeks};
use crate::people::{Profile, Share};
use crate::territory::{Activity, ActivityKind, Capacity, Fault, Site, Territory, faults};
use crate::times::{TravelTimes, Trip};
pub(crate) use index::{Index, Near};

/// The version of the format in which a [`Problem`] is serialised.
pub const PROBLEM_FORMAT: &str = "medicobus-problem/1";

/// A territory with its travel times: validated, indexed, immutable.
///
/// Communes, sites and vehicles are known by their rank in the [`Territory`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "serial::ProblemFile", into = "serial::ProblemFile")]
pub struct Problem {
    territory: Territory,
    times: TravelTimes,
    pub(crate) index: Index,
}

impl Problem {
    /// Checks a territory and indexes it with its travel times. Only the trips that a plan can use are kept.
    ///
    /// # Errors
    /// Every fault of the territory, all at once.
    pub fn new(territory: Territory, times: &TravelTimes) -> Result<Problem, Vec<Fault>> {
        let errors: Vec<Fault> = faults(&territory).into_iter().filter(Fault::is_error).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        let times = times.used_by(&territory);
        let index = Index::new(&territory, &times);
        Ok(Problem { territory, times, index })
    }

    /// The same problem with fewer rules on its territory; None when that is none.
    pub(crate) fn relaxed(&self, territory: Territory) -> Option<Problem> {
        Problem::new(territory, &self.times).ok()
    }

    /// What it was made from.
    pub fn territory(&self) -> &Territory {
        &self.territory
    }

    /// The travel times that plans of this problem use, and no others.
    pub fn times(&self) -> &TravelTimes {
        &self.times
    }

    /// SHA-256 of the serialised problem, in hexadecimal: equal for equal questions, wherever they come from.
    pub fn digest(&self) -> String {
        let text = serde_json::to_vec(&(&self.territory, &self.times)).unwrap_or_default();
        Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The share of a commune's people ready to come to a site; None when it is beyond the widest band.
    pub fn share(&self, commune: usize, site: usize) -> Option<Share> {
        let near = self.index.near[commune].iter().find(|near| near.site as usize == site)?;
        Some(Share(self.index.band_share[near.band as usize]))
    }

    /// Sites within reach of a commune, in order of rank.
    pub fn sites_near(&self, commune: usize) -> impl Iterator<Item = usize> {
        self.index.near[commune].iter().map(|near| near.site as usize)
    }

    /// Weighted patients of a commune: what it counts, once reached or followed whole.
    pub fn weight(&self, commune: usize) -> f64 {
        Profile::ALL
            .into_iter()
            .map(|profile| self.index.weight[profile] * self.patients(commune, profile))
            .sum()
    }

    pub(crate) fn patients(&self, commune: usize, profile: Profile) -> f64 {
        self.territory.communes[commune].patients[profile].0
    }

    /// Consultations a half-day of a problem that is [plain](Problem::is_plain); None when unlimited.
    pub(crate) fn capacity(&self) -> Option<f64> {
        self.consultations(0, Half::Am, None)
    }

    /// Whether half-days are all alike and only rules 1 to 6 hold: one vehicle's half-day is then as good as another's
    /// at the same site, and which of them a site has does not matter.
    pub fn is_plain(&self) -> bool {
        let Territory { sites, vehicles, rules, doctors, activities, bookings, published, .. } =
            &self.territory;
        let free = |site: &Site| {
            let weeks = site.weeks == Weeks::ALL;
            weeks && !site.required && site.every.or(site.visits).or(site.max_gap).is_none()
        };
        let equal = || {
            let all =
                (0..vehicles.len()).flat_map(|v| Half::ALL.map(|half| self.consultations(v, half, None)));
            all.into_iter().all(|given| given == self.capacity())
        };
        doctors.is_empty()
            && activities.is_empty()
            && bookings.is_empty()
            && published.is_none()
            && rules.max_gap.is_none()
            && rules.same_time != Some(true)
            && sites.iter().all(free)
            && vehicles.iter().all(|vehicle| vehicle.weeks == Weeks::ALL)
            && equal()
    }

    /// Whether consultations are limited.
    pub fn is_limited(&self) -> bool {
        self.territory.care.capacity != Capacity::Unlimited
    }

    /// Consultations for patients who are followed, in a half-day of a vehicle that is given to an activity, by its
    /// rank, or to general practice; None when unlimited.
    ///
    /// What is kept for unscheduled care is not among them.
    pub fn consultations(&self, vehicle: usize, half: Half, activity: Option<usize>) -> Option<f64> {
        let Territory { vehicles, calendar, care, activities, .. } = &self.territory;
        let all = care.capacity.of(vehicles[vehicle].hours(half, calendar));
        let for_the_followed = match activity.map(|rank| &activities[rank]) {
            None => all?,
            Some(Activity { kind: ActivityKind::Remote { consultations_per_half_day }, .. }) => {
                *consultations_per_half_day
            }
            Some(Activity { share, .. }) if *share == 1.0 => 0.0,
            Some(Activity { share, .. }) => all? * (1.0 - share),
        };
        Some(for_the_followed * (1.0 - care.unscheduled_share))
    }

    /// The trip of a vehicle from its base to a site; None when it cannot get there without leaving
    /// the day before.
    pub fn way_out(&self, vehicle: usize, site: usize) -> Option<Trip> {
        self.index.ways[vehicle].out[site]
    }

    /// The trip of a vehicle from a site to its base; None when it cannot get back.
    pub fn way_back(&self, vehicle: usize, site: usize) -> Option<Trip> {
        self.index.ways[vehicle].back[site]
    }

    /// The trip between two sites within the time left over lunch; None when it cannot be done then.
    pub fn over_lunch(&self, from: usize, to: usize) -> Option<Trip> {
        self.index.over_lunch(from, to)
    }

    /// Driving of a vehicle's day with these sessions; None when the day breaks a rule on driving.
    pub fn day_drive(
        &self,
        vehicle: usize,
        morning: Option<usize>,
        afternoon: Option<usize>,
    ) -> Option<Millis> {
        self.index.day_drive(vehicle, morning, afternoon)
    }

    /// The half-days of the week on which a vehicle may be at a site.
    pub fn usable(&self, vehicle: usize, site: usize) -> HalfDays {
        let (works, open) = (self.territory.vehicles[vehicle].days, self.territory.sites[site].open);
        works
            .iter()
            .filter(|&(day, half)| open.contains(day, half))
            .fold(HalfDays::NONE, |set, (day, half)| set.with(day, half))
    }

    /// Whether a vehicle may be at a site on that half-day.
    pub fn is_open(&self, vehicle: usize, site: usize, day: Day, half: Half) -> bool {
        self.territory.vehicles[vehicle].days.contains(day, half)
            && self.territory.sites[site].open.contains(day, half)
    }

    /// Least and most sessions of a cycle at a site that has any.
    pub fn session_limits(&self, site: usize) -> (u32, u32) {
        let (site, rules) = (&self.territory.sites[site], &self.territory.rules);
        (
            site.min_half_days.unwrap_or(rules.min_half_days_per_site),
            site.max_half_days.or(rules.max_half_days_per_site).unwrap_or(u32::MAX),
        )
    }

    /// Most half-days of a vehicle in a week.
    pub fn weekly_limit(&self, vehicle: usize) -> u32 {
        let vehicle = &self.territory.vehicles[vehicle];
        vehicle.half_days_per_week.unwrap_or(14).min(vehicle.days.len())
    }
}
