//! Doctors and activities: who is where at a time, and whether a session can be what it says.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::sessions::{Roster, slot};
use super::violation::Violation;
use crate::plan::rules::{Needed, needed};
use crate::plan::{Plan, Session};
use crate::territory::ActivityKind;

pub(super) fn check(plan: &Plan, facts: &Facts<'_>, roster: &Roster<'_>, violations: &mut Vec<Violation>) {
    let mut busy = BTreeSet::new();
    for session in &plan.sessions {
        for doctor in [&session.doctor, &session.specialist].into_iter().flatten() {
            if !facts.doctors.contains_key(&**doctor) {
                violations.push(Violation::UnknownDoctor(doctor.clone()));
            }
            let (week, day, half) = (session.week, session.day, session.half);
            if !busy.insert((doctor, week, day, half)) {
                violations.push(Violation::DoctorInTwoPlaces { doctor: doctor.clone(), week, day, half });
            }
        }
        check_activity(session, facts, violations);
        check_kinds(session, facts, violations);
    }
    for site in roster.served() {
        if !roster.at(site).iter().any(|session| gives_general_practice(session, facts)) {
            violations.push(Violation::NoGeneralPractice { site: site.to_owned() });
        }
    }
}

fn check_activity(session: &Session, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let Some(id) = &session.activity else { return };
    let Some(activity) = facts.activity(session) else {
        violations.push(Violation::UnknownActivity(id.clone()));
        return;
    };
    if activity.sites.as_ref().is_some_and(|sites| !sites.contains(&session.site)) {
        violations.push(Violation::ActivityElsewhere {
            slot: slot(session),
            activity: id.clone(),
            site: session.site.clone(),
        });
    }
}

/// Whether the doctors of a session, where it has some, are those it needs.
fn check_kinds(session: &Session, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let (doctor, specialist) = needed(facts.territory, session);
    let is_wrong =
        |id: &str, needed: Needed<'_>| facts.doctors.get(id).is_some_and(|doctor| !needed.fits(doctor));
    let wrong = |id: &str| Violation::WrongDoctor { slot: slot(session), doctor: id.to_owned() };
    if let Some(id) = session.doctor.as_deref().filter(|id| is_wrong(id, doctor)) {
        violations.push(wrong(id));
    }
    match (&session.specialist, specialist) {
        (Some(id), Some(needed)) if is_wrong(id, needed) => violations.push(wrong(id)),
        (Some(id), None) => {
            violations.push(Violation::NeedlessSpecialist { slot: slot(session), doctor: id.clone() });
        }
        _ => {}
    }
}

fn gives_general_practice(session: &Session, facts: &Facts<'_>) -> bool {
    facts
        .activity(session)
        .is_none_or(|activity| activity.share < 1.0 || matches!(activity.kind, ActivityKind::Remote { .. }))
}
