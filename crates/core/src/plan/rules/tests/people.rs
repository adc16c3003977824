//! Doctors and activities.

use super::*;

/// The doctor or the specialist of a session.
fn is_there(session: &Session, id: Option<&str>) -> bool {
    id.is_some() && (session.doctor.as_deref() == id || session.specialist.as_deref() == id)
}

/// Sessions of a doctor that are wrong, slot by slot.
fn wrong(
    territory: &Territory,
    sessions: &[Session],
    id: Option<&str>,
    is_wrong: impl Fn(&Session) -> bool,
) -> Told {
    let of_slot =
        |slot| held(sessions, slot).filter(|(_, session)| is_there(session, id) && is_wrong(session));
    one_each(slots(territory).flat_map(of_slot).map(|(place, _)| place).collect())
}

#[test]
fn every_session_has_the_doctors_it_needs() {
    agrees(RuleKind::DoctorNeeded, as_a_whole, |territory, sessions, _| {
        if territory.doctors.is_empty() {
            return units(0);
        }
        let boris_is_remote = territory.doctors[1].remote;
        let mut at_fault = Vec::new();
        let mut missing = 0;
        for (place, session) in sessions.iter().enumerate() {
            let on_board: &[&str] = if boris_is_remote { &["anne"] } else { &["anne", "boris"] };
            let (first, second): (&[&str], &[&str]) = match session.activity.as_deref() {
                Some("cardio") => (&["chloe"], &[]),
                Some("derma") => (on_board, &["david"]),
                Some("visio") => (&["anne", "boris"], &[]),
                _ => (on_board, &[]),
            };
            let lacks = |id: &Option<String>, any: &[&str]| {
                !any.is_empty() && !any.iter().any(|one| id.as_deref() == Some(one))
            };
            let lacking =
                u32::from(lacks(&session.doctor, first)) + u32::from(lacks(&session.specialist, second));
            if lacking > 0 {
                at_fault.push(place);
                missing += lacking;
            }
        }
        (missing.into(), at_fault)
    });
}

#[test]
fn a_doctor_works_when_available() {
    agrees(RuleKind::DoctorHours, each_doctor, |territory, sessions, id| {
        let doctor = doctor_of(territory, id);
        wrong(territory, sessions, id, |session| {
            let is_away = doctor.away.iter().any(|away| {
                Vec::from(away.weeks).contains(&session.week)
                    && away.half_days.iter().any(|slot| slot == (session.day, session.half))
            });
            is_away
                || !Vec::from(doctor.weeks).contains(&session.week)
                || !doctor.days.iter().any(|slot| slot == (session.day, session.half))
        })
    });
}

/// Half-days of a doctor by week of the cycle.
fn by_week(territory: &Territory, sessions: &[Session], id: Option<&str>) -> Vec<i64> {
    let mut weeks = vec![0; territory.calendar.cycle_weeks as usize];
    sessions
        .iter()
        .filter(|session| is_there(session, id))
        .for_each(|session| weeks[session.week as usize - 1] += 1);
    weeks
}

#[test]
fn a_doctor_has_so_many_half_days_a_week_and_a_cycle() {
    agrees(RuleKind::DoctorWeek, each_doctor, |territory, sessions, id| {
        let most = doctor_of(territory, id).half_days_per_week.map_or(1000, i64::from);
        let weeks = by_week(territory, sessions, id);
        units(weeks.into_iter().map(|half_days| (half_days - most).max(0)).sum::<i64>() as f64)
    });
    agrees(RuleKind::DoctorCycle, each_doctor, |territory, sessions, id| {
        let most = doctor_of(territory, id).half_days_per_cycle.map_or(1000, i64::from);
        units((by_week(territory, sessions, id).into_iter().sum::<i64>() - most).max(0) as f64)
    });
}

#[test]
fn a_doctor_is_authorised_by_departments() {
    // The codes of these communes are their names: a department is their first two letters.
    agrees(RuleKind::Department, each_doctor, |territory, sessions, id| {
        let departments = &doctor_of(territory, id).departments;
        wrong(territory, sessions, id, |session| {
            departments.as_ref().is_some_and(|known| !known.iter().any(|code| session.site.starts_with(code)))
        })
    });
}

#[test]
fn a_doctor_refuses_and_prefers_sites() {
    agrees(RuleKind::Refuses, each_doctor, |territory, sessions, id| {
        let refused = &doctor_of(territory, id).refuses;
        wrong(territory, sessions, id, |session| refused.contains(&session.site))
    });
    agrees(RuleKind::Prefers, each_doctor, |territory, sessions, id| {
        let preferred = &doctor_of(territory, id).prefers;
        let is_priced = !territory.rules.soft.is_empty();
        wrong(territory, sessions, id, |session| {
            is_priced && !preferred.is_empty() && preferred.iter().all(|site| *site != session.site)
        })
    });
}

#[test]
fn few_doctors_share_a_site() {
    agrees(RuleKind::DoctorsPerSite, each_site, |territory, sessions, id| {
        let Some(most) = territory.rules.doctors_per_site else { return units(0) };
        let comes = |doctor: &&Doctor| {
            let generalist = doctor.specialty.is_none();
            generalist
                && sessions
                    .iter()
                    .any(|session| Some(&*session.site) == id && session.doctor.as_ref() == Some(&doctor.id))
        };
        let doctors = territory.doctors.iter().filter(comes).count() as u32;
        units(doctors.max(most) - most)
    });
}

/// Half-days that hold an activity.
fn count(sessions: &[Session], id: Option<&str>) -> i64 {
    sessions.iter().filter(|session| session.activity.is_some() && session.activity.as_deref() == id).count()
        as i64
}

#[test]
fn an_activity_has_its_half_days() {
    let each_activity = |territory: &Territory| -> Vec<Option<String>> {
        territory.activities.iter().map(|activity| Some(activity.id.clone())).collect()
    };
    let of = |territory: &Territory, id: Option<&str>| {
        territory.activities.iter().find(|activity| Some(&*activity.id) == id).cloned().unwrap()
    };
    agrees(RuleKind::ActivityAtLeast, each_activity, |territory, sessions, id| {
        units((i64::from(of(territory, id).at_least) - count(sessions, id)).max(0) as f64)
    });
    agrees(RuleKind::ActivityAtMost, each_activity, |territory, sessions, id| {
        units((count(sessions, id) - of(territory, id).at_most.map_or(1000, i64::from)).max(0) as f64)
    });
}

#[test]
fn prevention_has_its_part() {
    agrees(RuleKind::PreventionShare, as_a_whole, |territory, sessions, _| {
        let half_days = 0.5 * count(sessions, Some("vaccins")) as f64;
        units((half_days - territory.rules.prevention_share * sessions.len() as f64).max(0.0))
    });
}

#[test]
fn general_practice_keeps_the_majority() {
    // In quarters of a half-day: cardiology takes four, dermatology one, vaccinations two.
    agrees(RuleKind::Majority, as_a_whole, |_, sessions, _| {
        let taken = 4 * count(sessions, Some("cardio"))
            + count(sessions, Some("derma"))
            + 2 * count(sessions, Some("vaccins"));
        let all = 4 * sessions.len() as i64;
        let missing = (0..).find(|more| sessions.is_empty() || 2 * (all - taken + 4 * more) > all);
        units(missing.unwrap() as f64)
    });
}
