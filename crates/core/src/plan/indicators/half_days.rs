//! What half-days are given to, and by whom.

use serde::{Deserialize, Serialize};

use crate::plan::Session;
use crate::territory::{ActivityKind, GENERAL, Territory};

/// Half-days a cycle of an activity or of a doctor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HalfDaysOf {
    /// Id of the activity or of the doctor.
    pub id: String,
    /// Half-days a cycle, 0 or more.
    pub half_days: f64,
}

/// General practice, then each activity in the order of the territory; nothing where it has none.
pub(super) fn by_activity(territory: &Territory, sessions: &[Session]) -> Vec<HalfDaysOf> {
    let of = |id: &str, share: f64| {
        let holding = sessions.iter().filter(|session| session.activity.as_deref() == Some(id)).count();
        HalfDaysOf { id: id.to_owned(), half_days: share * holding as f64 }
    };
    let mut activities: Vec<HalfDaysOf> =
        territory.activities.iter().map(|activity| of(&activity.id, activity.share)).collect();
    if !activities.is_empty() {
        let taken: f64 = activities.iter().map(|activity| activity.half_days).sum();
        let general = HalfDaysOf { id: GENERAL.to_owned(), half_days: sessions.len() as f64 - taken };
        activities.insert(0, general);
    }
    activities
}

/// Each doctor in the order of the territory.
pub(super) fn by_doctor(territory: &Territory, sessions: &[Session]) -> Vec<HalfDaysOf> {
    let of = |id: &str| {
        let comes = |session: &&Session| {
            [&session.doctor, &session.specialist].into_iter().flatten().any(|d| d == id)
        };
        HalfDaysOf { id: id.to_owned(), half_days: sessions.iter().filter(comes).count() as f64 }
    };
    territory.doctors.iter().map(|doctor| of(&doctor.id)).collect()
}

/// Prevention as a share of all half-days; 0 without sessions.
pub(super) fn prevention(territory: &Territory, sessions: &[Session]) -> f64 {
    let is_prevention = |id: &str| {
        territory
            .activities
            .iter()
            .any(|activity| activity.id == id && activity.kind == ActivityKind::Prevention)
    };
    let given = by_activity(territory, sessions);
    let given: f64 = given.iter().filter(|of| is_prevention(&of.id)).map(|of| of.half_days).sum();
    if sessions.is_empty() { 0.0 } else { given / sessions.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Half;
    use crate::plan::sample;
    use crate::territory::{Activity, Doctor};

    #[test]
    fn half_days_are_counted_by_shares_and_doctors_by_sessions() {
        let mut territory = sample::territory();
        let activity = |id: &str, kind, share| Activity {
            id: id.to_owned(),
            name: None,
            kind,
            share,
            at_least: 0,
            at_most: None,
            sites: None,
        };
        territory.activities = vec![
            activity("derma", ActivityKind::Specialty, 0.5),
            activity("vaccins", ActivityKind::Prevention, 1.0),
        ];
        territory.doctors = ["anne", "david", "idle"].map(Doctor::new).to_vec();
        let session = |activity: Option<&str>, doctor: &str, specialist: Option<&str>| Session {
            activity: activity.map(str::to_owned),
            doctor: Some(doctor.to_owned()),
            specialist: specialist.map(str::to_owned),
            ..sample::session(1, Half::Am, "alba", None)
        };
        let sessions = [
            session(None, "anne", None),
            session(Some("derma"), "anne", Some("david")),
            session(Some("vaccins"), "anne", None),
            session(None, "david", None),
        ];
        let told = |list: Vec<HalfDaysOf>| -> Vec<(String, f64)> {
            list.into_iter().map(|of| (of.id, of.half_days)).collect()
        };
        let named = |id: &str, half_days| (id.to_owned(), half_days);
        assert_eq!(
            told(by_activity(&territory, &sessions)),
            [named("general", 2.5), named("derma", 0.5), named("vaccins", 1.0)]
        );
        assert_eq!(
            told(by_doctor(&territory, &sessions)),
            [named("anne", 3.0), named("david", 2.0), named("idle", 0.0)]
        );
        assert_eq!((prevention(&territory, &sessions), prevention(&territory, &[])), (0.25, 0.0));
        assert_eq!(by_activity(&sample::territory(), &sessions), [], "general practice alone needs no table");
    }
}
