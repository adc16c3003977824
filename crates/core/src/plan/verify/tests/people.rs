//! Doctors and activities, where the territory has some.

use super::*;
use crate::territory::{Activity, ActivityKind, Doctor, RuleKind};

fn activity(id: &str, kind: ActivityKind, share: f64) -> Activity {
    Activity { id: id.into(), name: None, kind, share, at_least: 0, at_most: None, sites: None }
}

/// Anne and Boris for general practice, Boris at a distance; Chloé for cardiology.
fn staffed(territory: &mut Territory) {
    territory.doctors = ["anne", "boris", "chloe"].map(Doctor::new).to_vec();
    territory.doctors[1].remote = true;
    territory.doctors[2].specialty = Some("cardio".into());
    territory.activities = vec![
        activity("cardio", ActivityKind::Specialty, 1.0),
        activity("shared", ActivityKind::Specialty, 0.25),
        activity("visio", ActivityKind::Remote { consultations_per_half_day: 8.0 }, 1.0),
    ];
}

/// What is found where Anne holds every session, but for these changes.
#[track_caller]
fn roster(change: impl FnOnce(&mut Territory), adapt: impl FnOnce(&mut Plan)) -> Vec<Violation> {
    elsewhere(
        |territory, _| {
            staffed(territory);
            change(territory);
        },
        |plan| {
            plan.sessions.iter_mut().for_each(|session| session.doctor = Some("anne".into()));
            adapt(plan);
        },
    )
}

fn kept(_: &mut Territory) {}

fn lacking(doctors: f64, slots: Vec<Slot>) -> Violation {
    Violation::Broken { rule: RuleName::new(RuleKind::DoctorNeeded, None), units: doctors, slots }
}

#[test]
fn a_doctor_or_activity_that_nobody_knows() {
    let violations = roster(kept, |plan| plan.sessions[0].doctor = Some("zoe".into()));
    assert_eq!(violations, [Violation::UnknownDoctor("zoe".into()), lacking(1.0, vec![slot(1, Half::Am)])]);
    let violations = roster(kept, |plan| plan.sessions[0].activity = Some("zumba".into()));
    assert_eq!(violations, [Violation::UnknownActivity("zumba".into())]);
    let violations = broken(|plan| plan.sessions[0].doctor = Some("anne".into()));
    assert_eq!(violations, [Violation::UnknownDoctor("anne".into())], "a territory without doctors");
}

#[test]
fn a_doctor_in_two_places() {
    let violations = roster(
        |territory| territory.rules.one_vehicle_per_site = false,
        |plan| {
            let mut more = plan.sessions[0].clone();
            more.vehicle = "bus-2".into();
            plan.sessions.push(more);
            let mut day = plan.days[1].clone();
            (day.vehicle, day.week, day.back) = ("bus-2".into(), 1, Clock::at(13, 21));
            plan.days.push(day);
        },
    );
    let at_once =
        Violation::DoctorInTwoPlaces { doctor: "anne".into(), week: 1, day: Day::Mon, half: Half::Am };
    assert_eq!(violations, [at_once]);
}

#[test]
fn a_doctor_of_another_kind_than_the_session_needs() {
    let wrong = |doctor: &str| Violation::WrongDoctor { slot: slot(2, Half::Pm), doctor: doctor.into() };
    let lacking = || lacking(1.0, vec![slot(2, Half::Pm)]);
    for doctor in ["boris", "chloe"] {
        let violations = roster(kept, |plan| plan.sessions[3].doctor = Some(doctor.into()));
        assert_eq!(violations, [wrong(doctor), lacking()], "a generalist on board is needed");
    }
    let violations = roster(kept, |plan| plan.sessions[3].activity = Some("cardio".into()));
    assert_eq!(violations, [wrong("anne"), lacking()], "a cardiologist is needed");
    let violations = roster(kept, |plan| {
        plan.sessions[3].activity = Some("shared".into());
        plan.sessions[3].specialist = Some("chloe".into());
    });
    assert_eq!(violations, [wrong("chloe"), lacking()], "cardiology is not the specialty that is shared");
}

#[test]
fn sessions_that_have_whom_they_need() {
    let (mut territory, times) = (sample::territory(), sample::times());
    staffed(&mut territory);
    territory.doctors.push(Doctor { specialty: Some("shared".into()), ..Doctor::new("dora") });
    let problem = Problem::new(territory.clone(), &times).unwrap();
    let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
    for (session, (activity, doctor)) in plan.sessions.iter_mut().zip([
        (Some("shared"), "anne"),
        (Some("visio"), "boris"),
        (Some("cardio"), "chloe"),
        (None, "anne"),
    ]) {
        (session.activity, session.doctor) = (activity.map(str::to_owned), Some(doctor.to_owned()));
    }
    plan.sessions[0].specialist = Some("dora".into());
    plan.rhythm = rhythm_of(&territory, &plan.sessions);
    assert_eq!(plan.verify(&problem), Ok(()));
}

#[test]
fn a_second_doctor_where_nothing_is_shared() {
    let violations = roster(kept, |plan| plan.sessions[0].specialist = Some("chloe".into()));
    let needless = Violation::NeedlessSpecialist { slot: slot(1, Half::Am), doctor: "chloe".into() };
    assert_eq!(violations, [needless]);
}

#[test]
fn an_activity_at_another_site_than_its_own() {
    let violations = roster(
        |territory| territory.activities[2].sites = Some(vec!["alba".into()]),
        |plan| plan.sessions[1].activity = Some("visio".into()),
    );
    let elsewhere = Violation::ActivityElsewhere {
        slot: slot(1, Half::Pm),
        activity: "visio".into(),
        site: "bourg".into(),
    };
    assert_eq!(violations, [elsewhere]);
}

#[test]
fn a_site_with_specialists_alone() {
    let violations = roster(kept, |plan| {
        plan.coverage.retain(|entry| entry.site != "bourg");
        worth(plan, 825.0, 150.0);
        plan.sessions[1].activity = Some("cardio".into());
        plan.sessions[1].doctor = Some("chloe".into());
    });
    assert_eq!(violations, [Violation::NoGeneralPractice { site: "bourg".into() }]);
}

#[test]
fn a_session_without_doctor() {
    let violations = roster(kept, |plan| {
        plan.sessions[0].doctor = None;
        plan.sessions[3].activity = Some("shared".into());
    });
    assert_eq!(violations, [lacking(2.0, vec![slot(1, Half::Am), slot(2, Half::Pm)])]);
}

#[test]
fn consultations_of_a_session_by_what_it_is_for() {
    // 20 patients of Bourg need 5.2 consultations a cycle.
    let needed = 20.0 * 6.0 * 2.0 / 46.0;
    let with = |kind, share, unscheduled: f64| {
        let (mut territory, times) = (sample::territory(), sample::times());
        territory.activities = vec![activity("it", kind, share)];
        (territory.care.capacity, territory.care.unscheduled_share) =
            (Capacity::PerHalfDay(10.0), unscheduled);
        let problem = Problem::new(territory.clone(), &times).unwrap();
        let mut plan = Plan { input: problem.digest(), ..sample::plan().0 };
        plan.sessions[1].activity = Some("it".into());
        plan.rhythm = rhythm_of(&territory, &plan.sessions);
        let violations = plan.verify(&problem).err().unwrap_or_default();
        let given = violations.into_iter().find_map(|violation| match violation {
            Violation::OverCapacity { site, needed: counted, given } => {
                assert_eq!((&*site, counted), ("bourg", needed));
                Some(given)
            }
            _ => None,
        });
        given.map(|given| (given * 1000.0).round() / 1000.0)
    };
    let remote = |consultations_per_half_day| ActivityKind::Remote { consultations_per_half_day };
    assert_eq!(with(ActivityKind::Specialty, 1.0, 0.0), Some(0.0), "nothing is left");
    assert_eq!(with(ActivityKind::Specialty, 0.5, 0.0), Some(5.0), "half is left");
    assert_eq!(with(ActivityKind::Prevention, 0.4, 0.0), None, "six are enough");
    assert_eq!(with(ActivityKind::Prevention, 0.4, 0.15), Some(5.1), "not once some are kept free");
    assert_eq!(with(remote(5.0), 1.0, 0.0), Some(5.0));
    assert_eq!(with(remote(6.0), 1.0, 0.1), None);
}

#[test]
fn consultations_follow_the_hours_of_the_vehicle() {
    // Two hours, less half an hour to set up: 4.5 of 20 minutes.
    let violations = elsewhere(
        |territory, _| {
            let setup = Millis::from_minutes(30);
            territory.care.capacity = Capacity::Timed { setup, mean: 1200.0 };
            territory.vehicles[0].afternoon = Some(Hours::new((14, 0), (16, 0)));
        },
        |plan| {
            for (session, day) in [(1, 0), (3, 1)] {
                plan.sessions[session].close = Clock::at(16, 0);
                plan.days[day].back = Clock(plan.days[day].back.0 - Millis::from_minutes(120));
            }
        },
    );
    let needed = 20.0 * 6.0 * 2.0 / 46.0;
    assert_eq!(violations, [Violation::OverCapacity { site: "bourg".into(), needed, given: 4.5 }]);
}
