//! What the checker knows of the territory, by name.

use std::collections::BTreeMap;

use super::sessions::Roster;
use crate::calendar::{Half, Hours};
use crate::people::Profile;
use crate::plan::Session;
use crate::territory::{Activity, Commune, Doctor, Site, Territory, Vehicle};
use crate::times::TravelTimes;

/// Everything by its name, with its rank in the territory.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) territory: &'a Territory,
    pub(super) times: &'a TravelTimes,
    pub(super) vehicles: BTreeMap<&'a str, (usize, &'a Vehicle)>,
    pub(super) sites: BTreeMap<&'a str, (usize, &'a Site)>,
    pub(super) communes: BTreeMap<&'a str, (usize, &'a Commune)>,
    pub(super) doctors: BTreeMap<&'a str, &'a Doctor>,
    pub(super) activities: BTreeMap<&'a str, &'a Activity>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(territory: &'a Territory, times: &'a TravelTimes) -> Facts<'a> {
        let vehicles = territory.vehicles.iter().enumerate();
        let sites = territory.sites.iter().enumerate();
        let communes = territory.communes.iter().enumerate();
        let (doctors, activities) = (territory.doctors.iter(), territory.activities.iter());
        Facts {
            territory,
            times,
            vehicles: vehicles.map(|(rank, vehicle)| (vehicle.id.as_str(), (rank, vehicle))).collect(),
            sites: sites.map(|(rank, site)| (site.id.as_str(), (rank, site))).collect(),
            communes: communes.map(|(rank, commune)| (commune.code.as_str(), (rank, commune))).collect(),
            doctors: doctors.map(|doctor| (doctor.id.as_str(), doctor)).collect(),
            activities: activities.map(|activity| (activity.id.as_str(), activity)).collect(),
        }
    }

    /// When a vehicle receives patients: at its own hours, else at those of the calendar.
    pub(super) fn hours(&self, vehicle: &Vehicle, half: Half) -> Hours {
        let calendar = &self.territory.calendar;
        let (own, common) = match half {
            Half::Am => (vehicle.morning, calendar.morning),
            Half::Pm => (vehicle.afternoon, calendar.afternoon),
        };
        own.unwrap_or(common)
    }

    /// The activity of a session; None where it is for general practice alone, or for what the territory does not know.
    pub(super) fn activity(&self, session: &Session) -> Option<&'a Activity> {
        self.activities.get(session.activity.as_deref()?).copied()
    }

    /// The share of a commune's people ready to come to a site, 0 beyond their reach.
    pub(super) fn share(&self, commune: &str, site: &str) -> f64 {
        let Some(trip) = self.times.trip(commune, site) else { return 0.0 };
        let band = self.territory.care.reach.iter().find(|band| trip.time <= band.within);
        band.map_or(0.0, |band| band.share.0)
    }

    /// What a patient counts.
    pub(super) fn weight(&self, profile: Profile) -> f64 {
        self.territory.care.profiles[profile].weight
    }

    /// Consultations a cycle that a followed patient needs.
    pub(super) fn visits(&self, profile: Profile) -> f64 {
        let calendar = &self.territory.calendar;
        self.territory.care.profiles[profile].visits_per_year * f64::from(calendar.cycle_weeks)
            / calendar.weeks_per_year
    }

    /// Weighted people within reach of a served site, each commune at its best share.
    pub(super) fn reached(&self, roster: &Roster<'_>) -> f64 {
        let commune_reached = |commune: &Commune| {
            let shares = roster.served().map(|site| self.share(&commune.code, site));
            let weighted: f64 =
                Profile::ALL.into_iter().map(|p| self.weight(p) * commune.patients[p].0).sum();
            shares.fold(0.0, f64::max) * weighted
        };
        self.territory.communes.iter().map(commune_reached).sum()
    }
}
