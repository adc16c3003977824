//! What a plan gives, in the figures that a médicobus is reported and judged by.

mod half_days;

use std::collections::BTreeSet;
use std::iter::Sum;
use std::ops::Add;
use std::time::Duration;

use medicobus_roads::Metres;
use serde::{Deserialize, Serialize};

pub use half_days::HalfDaysOf;

use super::{Plan, Session};
use crate::people::{ByProfile, Patients, Profile, Share};
use crate::problem::Problem;
use crate::territory::Territory;

/// A number of consultations, 0 or more, not necessarily whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Consultations(pub f64);

/// What a plan gives to patients, and what it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicators {
    /// People without a médecin traitant, by profile.
    pub patients: ByProfile<ProfileCoverage>,
    /// Consultations a year that the sessions give to patients who are followed; None when they are unlimited.
    pub consultations_offered: Option<Consultations>,
    /// Consultations a year that are kept free for unscheduled care; None when they are unlimited.
    pub consultations_kept_free: Option<Consultations>,
    /// Consultations a year that the followed patients need.
    pub consultations_used: Consultations,
    /// Sessions a week, all vehicles together, on average over the cycle.
    pub half_days_per_week: f64,
    /// Half-days a cycle of general practice, under the id [`GENERAL`](crate::territory::GENERAL), then of each
    /// activity, a shared one by its share; they sum to all sessions. Empty where the territory has no activity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub half_days_by_activity: Vec<HalfDaysOf>,
    /// Half-days a cycle of each doctor. A shared one counts whole for both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub half_days_by_doctor: Vec<HalfDaysOf>,
    /// Prevention as a share of all half-days, 0 where there is none.
    #[serde(default)]
    pub prevention: f64,
    /// Communes with a session.
    pub communes_served: usize,
    /// Communes from which a session is within reach.
    pub communes_reached: usize,
    /// Driving of all vehicles in a cycle.
    pub driving_per_cycle: Driving,
    /// Driving of all vehicles in a year.
    pub driving_per_year: Driving,
}

/// People of a profile, not weighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProfileCoverage {
    /// Without a médecin traitant in the territory.
    pub patients: Patients,
    /// Of these, within reach of a session and ready to come.
    pub reached: Patients,
    /// Of these, with enough consultations for a year.
    pub followed: Patients,
}

impl Add for ProfileCoverage {
    type Output = ProfileCoverage;
    fn add(self, other: ProfileCoverage) -> ProfileCoverage {
        ProfileCoverage {
            patients: self.patients + other.patients,
            reached: self.reached + other.reached,
            followed: self.followed + other.followed,
        }
    }
}

impl Sum for ProfileCoverage {
    fn sum<I: Iterator<Item = ProfileCoverage>>(parts: I) -> ProfileCoverage {
        parts.fold(ProfileCoverage::default(), Add::add)
    }
}

/// Time and distance on the road.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driving {
    /// Time at the wheel.
    pub time: Duration,
    /// Length; None where the travel times do not tell that of every trip.
    pub length: Option<Metres>,
}

impl Driving {
    fn times(self, factor: f64) -> Driving {
        Driving {
            time: Duration::try_from_secs_f64(self.time.as_secs_f64() * factor).unwrap_or(Duration::MAX),
            length: self.length.map(|length| Metres(length.0 * factor)),
        }
    }
}

impl Indicators {
    /// All profiles together.
    pub fn everyone(&self) -> ProfileCoverage {
        Profile::ALL.into_iter().map(|profile| self.patients[profile]).sum()
    }
}

impl Plan {
    /// The figures of a plan of this problem; what the problem does not know counts for nothing.
    pub fn indicators(&self, problem: &Problem) -> Indicators {
        let (territory, calendar) = (problem.territory(), &problem.territory().calendar);
        let (weeks, sessions) = (f64::from(calendar.cycle_weeks), self.sessions.len() as f64);
        let cycles_per_year = calendar.weeks_per_year / weeks;
        let best_shares = self.best_shares(problem);
        let patients = self.coverage_by_profile(problem, &best_shares);
        let need = |profile: Profile| problem.territory().care.profiles[profile].visits_per_year;
        let used = Profile::ALL.into_iter().map(|profile| need(profile) * patients[profile].followed.0).sum();
        let communes: BTreeSet<&str> = self.sessions.iter().map(|session| &*session.commune).collect();
        let driving = Driving {
            time: self.days.iter().map(|day| Duration::from_millis(day.drive.0.into())).sum(),
            length: self.days.iter().map(|day| day.length).sum(),
        };
        let offered = self.consultations(problem).map(|a_cycle| Consultations(a_cycle * cycles_per_year));
        Indicators {
            patients,
            consultations_offered: offered,
            consultations_kept_free: offered.map(|Consultations(offered)| {
                let kept_free = territory.care.unscheduled_share;
                Consultations(offered / (1.0 - kept_free) * kept_free)
            }),
            consultations_used: Consultations(used),
            half_days_per_week: sessions / weeks,
            half_days_by_activity: half_days::by_activity(territory, &self.sessions),
            half_days_by_doctor: half_days::by_doctor(territory, &self.sessions),
            prevention: half_days::prevention(territory, &self.sessions),
            communes_served: communes.len(),
            communes_reached: best_shares.iter().flatten().count(),
            driving_per_cycle: driving,
            driving_per_year: driving.times(cycles_per_year),
        }
    }

    /// Consultations of a cycle for patients who are followed; None when unlimited.
    fn consultations(&self, problem: &Problem) -> Option<f64> {
        let Territory { vehicles, activities, .. } = problem.territory();
        let of = |session: &Session| {
            let Some(vehicle) = vehicles.iter().position(|vehicle| vehicle.id == session.vehicle) else {
                return Some(0.0);
            };
            let activity = session.activity.as_ref();
            let activity = activity.and_then(|id| activities.iter().position(|activity| activity.id == *id));
            problem.consultations(vehicle, session.half, activity)
        };
        if problem.is_limited() { self.sessions.iter().map(of).sum() } else { None }
    }

    /// By commune: the share of its people ready to come to the nearest session; None when none is within reach.
    fn best_shares(&self, problem: &Problem) -> Vec<Option<Share>> {
        let served = self.served_sites(problem);
        let best = |commune: usize| {
            let near = problem.sites_near(commune).filter(|&site| served[site]);
            near.filter_map(|site| problem.share(commune, site)).max_by(|a, b| a.0.total_cmp(&b.0))
        };
        (0..problem.territory().communes.len()).map(best).collect()
    }

    /// By site, whether it has a session.
    pub(super) fn served_sites(&self, problem: &Problem) -> Vec<bool> {
        let ids: BTreeSet<&str> = self.sessions.iter().map(|session| &*session.site).collect();
        problem.territory().sites.iter().map(|site| ids.contains(&*site.id)).collect()
    }

    fn coverage_by_profile(
        &self,
        problem: &Problem,
        best_shares: &[Option<Share>],
    ) -> ByProfile<ProfileCoverage> {
        let mut by_profile = ByProfile::<ProfileCoverage>::default();
        for (commune, share) in problem.territory().communes.iter().zip(best_shares) {
            for profile in Profile::ALL {
                let count = commune.patients[profile];
                by_profile[profile].patients += count;
                by_profile[profile].reached += Patients(count.0 * share.map_or(0.0, |share| share.0));
            }
        }
        for entry in &self.coverage {
            by_profile[entry.profile].followed += entry.patients;
        }
        by_profile
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::calendar::Hours;
    use crate::territory::{Activity, ActivityKind, Capacity};
    use medicobus_roads::Millis;

    #[test]
    fn people_are_counted_by_head_not_by_weight() {
        let (plan, problem) = sample::plan();
        let shown = plan.indicators(&problem);
        // Alba, Bourg and Clos hold 10, 20 and 30 patients in ALD; half of Clos is ready to come, Dun is beyond reach.
        let ald = shown.patients.ald;
        assert_eq!((ald.patients.0, ald.reached.0), (100.0, 10.0 + 20.0 + 30.0 * 0.5));
        assert_eq!(ald.followed.0, 35.0);
        assert_eq!(shown.everyone().patients.0, 100.0 + 40.0 + 400.0);
        assert_eq!((shown.communes_served, shown.communes_reached), (2, 3));
    }

    #[test]
    fn a_cycle_of_two_weeks_comes_23_times_in_46_weeks() {
        let (plan, problem) = sample::plan();
        let shown = plan.indicators(&problem);
        assert_eq!(shown.consultations_offered, Some(Consultations(12.0 * 4.0 * 23.0)));
        assert!((shown.consultations_used.0 - 35.0 * 6.0).abs() < 1e-9);
        assert_eq!(shown.half_days_per_week, 2.0);
        let minutes: u64 = plan.days.iter().map(|day| u64::from(day.drive.0) / 60_000).sum();
        assert_eq!(shown.driving_per_cycle.time, Duration::from_secs(60 * minutes));
        assert_eq!(shown.driving_per_year.time, Duration::from_secs(60 * 23 * minutes));
    }

    #[test]
    fn the_length_of_a_year_is_unknown_when_that_of_one_day_is() {
        let (mut plan, problem) = sample::plan();
        assert!(plan.indicators(&problem).driving_per_year.length.is_some());
        plan.days[0].length = None;
        assert_eq!(plan.indicators(&problem).driving_per_year.length, None);
    }

    #[test]
    fn each_session_gives_what_its_hours_and_its_activity_leave() {
        let (mut plan, problem) = sample::plan();
        let mut territory = problem.territory().clone();
        let (setup, mean) = (Millis::from_minutes(0), 1200.0);
        territory.care.capacity = Capacity::Timed { setup, mean };
        territory.care.unscheduled_share = 0.1;
        territory.vehicles[0].afternoon = Some(Hours::new((14, 0), (16, 0)));
        territory.activities = vec![Activity {
            id: "vaccins".to_owned(),
            name: None,
            kind: ActivityKind::Prevention,
            share: 0.25,
            at_least: 0,
            at_most: None,
            sites: None,
        }];
        plan.sessions[0].activity = Some("vaccins".to_owned());
        let shown = plan.indicators(&Problem::new(territory, problem.times()).unwrap());
        // Two mornings of twelve, of which one gives a quarter away, and two afternoons of six; a tenth is kept free.
        let all = 23.0 * (9.0 + 6.0 + 12.0 + 6.0);
        let [offered, free] =
            [shown.consultations_offered, shown.consultations_kept_free].map(Option::unwrap);
        assert!((offered.0 - 0.9 * all).abs() < 1e-9 && (free.0 - 0.1 * all).abs() < 1e-9, "{shown:?}");
    }

    #[test]
    fn unlimited_consultations_have_no_number() {
        let (plan, problem) = sample::plan();
        let mut territory = problem.territory().clone();
        territory.care.capacity = Capacity::Unlimited;
        let problem = Problem::new(territory, problem.times()).unwrap();
        assert_eq!(plan.indicators(&problem).consultations_offered, None);
    }
}
