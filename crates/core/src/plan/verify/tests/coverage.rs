//! Whom a plan may follow.

use super::*;

#[test]
fn an_unknown_commune_or_site() {
    let violations = broken(|plan| {
        let mut more = plan.coverage[2].clone();
        (more.commune, more.patients) = ("atlantis".into(), Patients(0.0));
        plan.coverage.push(more);
    });
    assert_eq!(violations, [Violation::UnknownCommune("atlantis".into())]);
    let violations = broken(|plan| {
        let mut more = plan.coverage[2].clone();
        (more.site, more.patients) = ("atlantis".into(), Patients(0.0));
        plan.coverage.push(more);
    });
    assert_eq!(violations, [Violation::UnknownSite("atlantis".into())]);
}

#[test]
fn the_same_patients_twice() {
    let violations = broken(|plan| {
        plan.coverage[2].patients = Patients(2.5);
        plan.coverage.push(plan.coverage[2].clone());
    });
    assert_eq!(violations, [Violation::DuplicateCoverage(ald("clos", "alba"))]);
}

#[test]
fn fewer_than_no_patients() {
    for patients in [0.0, -5.0] {
        let violations = broken(|plan| {
            plan.coverage[2].patients = Patients(patients);
            worth(plan, 825.0, 300.0 + 10.0 * patients);
        });
        assert_eq!(violations, [Violation::NotPositive { who: ald("clos", "alba"), patients }]);
    }
}

#[test]
fn patients_at_a_site_without_session() {
    let violations = broken(|plan| plan.coverage[2].site = "clos".into());
    assert_eq!(violations, [Violation::NoSessionThere(ald("clos", "clos"))]);
}

#[test]
fn patients_beyond_their_reach() {
    let violations = broken(|plan| plan.coverage[2].commune = "dun".into());
    assert!(violations.contains(&Violation::BeyondReach(ald("dun", "alba"))), "{violations:?}");
}

#[test]
fn more_patients_than_there_are() {
    let violations = broken(|plan| {
        plan.coverage[0].patients = Patients(10.5);
        worth(plan, 825.0, 355.0);
    });
    let expected = Violation::TooManyFollowed {
        commune: "alba".into(),
        profile: Profile::Ald,
        share: Share(1.0),
        followed: 10.5,
        willing: 10.0,
    };
    assert_eq!(violations, [expected]);
}

#[test]
fn more_patients_than_are_ready_to_come_so_far_however_they_are_spread() {
    let violations = broken(|plan| {
        plan.coverage[2].patients = Patients(8.0);
        let mut more = plan.coverage[2].clone();
        more.site = "bourg".into();
        plan.coverage.push(more);
        worth(plan, 825.0, 300.0 + 160.0);
    });
    let expected = Violation::TooManyFollowed {
        commune: "clos".into(),
        profile: Profile::Ald,
        share: Share(0.5),
        followed: 16.0,
        willing: 15.0,
    };
    assert_eq!(violations, [expected]);
}

#[test]
fn more_consultations_than_the_sessions_give() {
    let violations = elsewhere(|territory, _| territory.care.capacity = Capacity::PerHalfDay(2.0), as_it_is);
    let needed = 20.0 * 6.0 * 2.0 / 46.0;
    assert_eq!(violations, [Violation::OverCapacity { site: "bourg".into(), needed, given: 2.0 }]);
}

#[test]
fn unlimited_consultations_are_never_too_many() {
    let mut territory = sample::territory();
    territory.care.capacity = Capacity::Unlimited;
    let problem = Problem::new(territory, &sample::times()).unwrap();
    let plan = Plan { input: problem.digest(), ..sample::plan().0 };
    assert_eq!(plan.verify(&problem), Ok(()));
}
