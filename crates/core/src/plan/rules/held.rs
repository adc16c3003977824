//! The sessions that are held, and what the territory knows of whoever holds them.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::Session;
use crate::territory::{Activity, ActivityKind, Doctor, RuleKind, Territory};

/// A session with its place in the list.
pub(super) type Placed<'a> = (usize, &'a Session);

/// The sessions of a cycle, and their territory.
pub(super) struct Held<'a> {
    pub(super) territory: &'a Territory,
    sessions: Vec<Placed<'a>>,
    at: BTreeMap<&'a str, Vec<Placed<'a>>>,
}

impl<'a> Held<'a> {
    pub(super) fn new(territory: &'a Territory, sessions: &'a [Session]) -> Held<'a> {
        let weeks = 1..=territory.calendar.cycle_weeks;
        let sessions: Vec<Placed<'a>> =
            sessions.iter().enumerate().filter(|(_, session)| weeks.contains(&session.week)).collect();
        let mut at: BTreeMap<&str, Vec<Placed<'a>>> = BTreeMap::new();
        for &(place, session) in &sessions {
            at.entry(&session.site).or_default().push((place, session));
        }
        Held { territory, sessions, at }
    }

    /// Weeks of the cycle.
    pub(super) fn weeks(&self) -> u32 {
        self.territory.calendar.cycle_weeks
    }

    pub(super) fn sessions(&self) -> impl Iterator<Item = Placed<'a>> {
        self.sessions.iter().copied()
    }

    /// Those at a site.
    pub(super) fn at(&self, site: &str) -> &[Placed<'a>] {
        self.at.get(site).map_or(&[], Vec::as_slice)
    }

    /// Those of a doctor, whatever they do there.
    pub(super) fn of_doctor(&self, id: &str) -> impl Iterator<Item = Placed<'a>> {
        let works = move |session: &Session| {
            [&session.doctor, &session.specialist].into_iter().flatten().any(|d| d == id)
        };
        self.sessions().filter(move |(_, session)| works(session))
    }

    /// The activity of a session; None where it is for general practice alone, or its activity is unknown.
    pub(super) fn activity(&self, session: &Session) -> Option<&'a Activity> {
        activity(self.territory, session)
    }

    /// The doctors of general practice who come to a site.
    pub(super) fn general_practitioners(&self, site: &str) -> BTreeSet<&'a str> {
        let of_general_practice = |id: &&str| {
            self.territory.doctors.iter().any(|doctor| doctor.id == *id && doctor.specialty.is_none())
        };
        self.at(site)
            .iter()
            .filter_map(|(_, session)| session.doctor.as_deref())
            .filter(of_general_practice)
            .collect()
    }

    /// What a unit of a breach costs; None: the rule is hard.
    pub(super) fn price(&self, kind: RuleKind, subject: Option<&str>) -> Option<f64> {
        self.territory.rules.price(kind, subject).filter(|_| kind.can_be_soft())
    }
}

/// The activity of a session; None where it is for general practice alone, or its activity is unknown.
fn activity<'a>(territory: &'a Territory, session: &Session) -> Option<&'a Activity> {
    let id = session.activity.as_ref()?;
    territory.activities.iter().find(|activity| activity.id == *id)
}

/// Who has to come to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) enum Needed<'a> {
    /// A doctor of general practice, on board.
    General,
    /// A doctor of general practice, on board or at a distance.
    GeneralAnywhere,
    /// A doctor of this specialty.
    Specialist(&'a str),
}

/// Who has to come to a session: its doctor, and its specialist where it needs two.
pub(in crate::plan) fn needed<'a>(
    territory: &'a Territory,
    session: &Session,
) -> (Needed<'a>, Option<Needed<'a>>) {
    match activity(territory, session) {
        Some(Activity { id, kind: ActivityKind::Specialty, share, .. }) if *share < 1.0 => {
            (Needed::General, Some(Needed::Specialist(id)))
        }
        Some(Activity { id, kind: ActivityKind::Specialty, .. }) => (Needed::Specialist(id), None),
        Some(Activity { kind: ActivityKind::Remote { .. }, .. }) => (Needed::GeneralAnywhere, None),
        Some(Activity { kind: ActivityKind::Prevention, .. }) | None => (Needed::General, None),
    }
}

impl Needed<'_> {
    /// Whether this doctor will do.
    pub(in crate::plan) fn fits(self, doctor: &Doctor) -> bool {
        match (self, &doctor.specialty) {
            (Needed::General, None) => !doctor.remote,
            (Needed::GeneralAnywhere, None) => true,
            (Needed::Specialist(needed), Some(specialty)) => specialty == needed,
            _ => false,
        }
    }
}
