use super::{Evaluation, evaluate, of_same_means};
use crate::calendar::{Day, Half, HalfDays};
use crate::plan::sample;
use crate::plan::{Plan, Session, Violation};
use crate::problem::Problem;
use crate::solve::{SolveOptions, solve};
use crate::territory::{
    Activity, ActivityKind, Doctor, PublishedSession, RuleKind, RuleName, Soft, Territory,
};

fn by_hand(session: &Session) -> PublishedSession {
    PublishedSession {
        vehicle: session.vehicle.clone(),
        week: session.week,
        day: session.day,
        half: session.half,
        site: session.site.clone(),
        doctor: session.doctor.clone(),
        activity: session.activity.clone(),
        specialist: session.specialist.clone(),
    }
}

fn calendar(plan: &Plan) -> Vec<PublishedSession> {
    plan.sessions.iter().map(by_hand).collect()
}

fn at(week: u32, day: Day, half: Half, site: &str) -> PublishedSession {
    let (vehicle, site) = ("bus-1".to_owned(), site.to_owned());
    PublishedSession { vehicle, week, day, half, site, doctor: None, activity: None, specialist: None }
}

fn evaluated(change: impl FnOnce(&mut Territory), sessions: &[PublishedSession]) -> Evaluation {
    let mut territory = sample::territory();
    change(&mut territory);
    evaluate(&Problem::new(territory, &sample::times()).unwrap(), sessions)
}

/// What a calendar breaks, in English.
fn broken(change: impl FnOnce(&mut Territory), sessions: &[PublishedSession]) -> Vec<String> {
    evaluated(change, sessions).violations.iter().map(Violation::to_string).collect()
}

#[test]
fn a_calendar_that_keeps_the_rules_is_a_plan_with_the_hours_it_had() {
    let (plan, problem) = sample::plan();
    let found = evaluate(&problem, &calendar(&plan));
    assert_eq!((&found.plan.sessions, &found.plan.days), (&plan.sessions, &plan.days));
    assert_eq!(found.plan.verify(&problem), Ok(()));
    assert!(found.keeps_the_rules() && found.breaches.is_empty());
    assert_eq!(found.value, found.plan.objective);
    // The plan of the sample leaves places free.
    assert_eq!(found.plan.reached, plan.reached);
    assert!(found.plan.followed > plan.followed);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let (plan, problem) = sample::plan();
    let mut turned = calendar(&plan);
    turned.reverse();
    assert_eq!(evaluate(&problem, &turned), evaluate(&problem, &calendar(&plan)));
}

#[test]
fn the_best_plan_written_down_by_hand_is_worth_what_the_solver_says() {
    let problem = Problem::new(sample::territory(), &sample::times()).unwrap();
    let best = solve(&problem, &SolveOptions::default(), &|_| {}).plan;
    let found = evaluate(&problem, &calendar(&best));
    assert!(
        (found.value - best.objective).abs() <= 1e-6 * best.objective,
        "{} {}",
        found.value,
        best.objective
    );
    assert_eq!(found.plan.verify(&problem), Ok(()));
}

#[test]
fn no_session_reaches_nobody() {
    let found = evaluated(|_| {}, &[]);
    assert_eq!((found.plan.reached, found.plan.followed, found.value), (0.0, 0.0, 0.0));
    assert!(found.keeps_the_rules());
}

#[test]
fn a_closed_site_is_told_and_its_people_are_counted_all_the_same() {
    let monday = [at(1, Day::Mon, Half::Am, "alba")];
    let closed =
        |territory: &mut Territory| territory.sites[0].open = HalfDays::NONE.with(Day::Tue, Half::Am);
    let (as_it_is, open) = (evaluated(closed, &monday), evaluated(|_| {}, &monday));
    assert!(matches!(as_it_is.violations[..], [Violation::Closed { .. }]), "{:?}", as_it_is.violations);
    assert!(!as_it_is.keeps_the_rules());
    assert_eq!((as_it_is.plan.reached, as_it_is.plan.followed), (open.plan.reached, open.plan.followed));
    assert!(open.plan.followed > 0.0);
}

#[test]
fn each_rule_that_is_broken_is_told_once_with_its_place() {
    let one_hour = |territory: &mut Territory| {
        territory.vehicles[0].max_drive_per_day = medicobus_roads::Millis::from_minutes(60);
    };
    let day = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Pm, "bourg")];
    let told = broken(one_hour, &day);
    assert!(told.len() == 1 && told[0].contains("bus-1") && told[0].contains("Monday"), "{told:?}");

    let told = broken(|territory| territory.vehicles[0].half_days_per_week = Some(1), &day);
    assert_eq!(told.len(), 1, "{told:?}");

    let no_way = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Pm, "dun")];
    let told = broken(|_| {}, &no_way);
    assert!(told.len() == 1 && told[0].contains("alba") && told[0].contains("dun"), "{told:?}");

    assert_eq!(broken(|_| {}, &[at(3, Day::Mon, Half::Am, "alba")]).len(), 1);
    assert_eq!(broken(|_| {}, &[at(1, Day::Sun, Half::Am, "alba")]).len(), 1);
    let twice = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Am, "bourg")];
    assert!(matches!(evaluated(|_| {}, &twice).violations[..], [Violation::SeveralAtOnce(_)]));
    let mut shared = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Am, "alba")];
    shared[1].vehicle = "bus-2".to_owned();
    assert!(matches!(evaluated(|_| {}, &shared).violations[..], [Violation::SharedSite { .. }]));
    let least = |territory: &mut Territory| territory.sites[0].min_half_days = Some(2);
    let found = evaluated(least, &[at(1, Day::Mon, Half::Am, "alba")]);
    assert!(matches!(found.violations[..], [Violation::SessionsAtSite { .. }]));
}

#[test]
fn a_name_that_the_territory_does_not_have_is_told() {
    let mut sessions = [at(1, Day::Mon, Half::Am, "elsewhere"), at(1, Day::Mon, Half::Pm, "alba")];
    sessions[1].vehicle = "tram".to_owned();
    let found = evaluated(|_| {}, &sessions);
    let unknown =
        [Violation::UnknownSite("elsewhere".to_owned()), Violation::UnknownVehicle("tram".to_owned())];
    assert_eq!(found.violations, unknown);
    assert!(found.plan.sessions.is_empty());
}

#[test]
fn a_soft_rule_costs_its_price_and_a_hard_one_is_told() {
    let required = |territory: &mut Territory| territory.sites[3].required = true;
    let sessions = [at(1, Day::Mon, Half::Am, "alba")];
    let hard = evaluated(required, &sessions);
    assert_eq!(hard.breaches[0].rule.to_string(), "required_site:dun");
    assert!(!hard.keeps_the_rules() && hard.plan.priced.is_none());
    assert_eq!(hard.value, hard.plan.objective);

    let soft = evaluated(
        |territory| {
            required(territory);
            let rule = RuleName::new(RuleKind::RequiredSite, None);
            territory.rules.soft.push(Soft { rule, price: 40.0 });
        },
        &sessions,
    );
    assert!(soft.keeps_the_rules());
    assert_eq!(soft.value, hard.value - 40.0);
    let priced = soft.plan.priced.unwrap();
    assert_eq!((priced.value, priced.penalties), (soft.value, 40.0));
    assert!(priced.bound >= soft.value);
}

#[test]
fn a_calendar_that_names_no_doctor_says_nothing_of_them() {
    let doctor = |territory: &mut Territory| territory.doctors.push(Doctor::new("martin"));
    let mut sessions = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Pm, "alba")];
    let found = evaluated(doctor, &sessions);
    assert!(found.without_doctors && found.breaches.is_empty());

    sessions[0].doctor = Some("martin".to_owned());
    let found = evaluated(doctor, &sessions);
    let names: Vec<String> = found.breaches.iter().map(|breach| breach.rule.to_string()).collect();
    assert_eq!(names, ["doctor_needed"]);
    assert!(!found.without_doctors);
    assert!(!evaluated(|_| {}, &sessions[1..]).without_doctors, "a territory without doctors asks for none");
}

#[test]
fn a_shared_half_day_names_both_doctors_or_lacks_one() {
    let shared = |territory: &mut Territory| {
        let mut heart = Doctor::new("heart");
        heart.specialty = Some("cardio".to_owned());
        territory.doctors = vec![Doctor::new("martin"), heart];
        territory.activities = vec![Activity {
            id: "cardio".to_owned(),
            name: None,
            kind: ActivityKind::Specialty,
            share: 0.5,
            at_least: 0,
            at_most: None,
            sites: None,
        }];
    };
    let mut session = at(1, Day::Mon, Half::Am, "alba");
    session.activity = Some("cardio".to_owned());
    let lacking = |doctor: Option<&str>, specialist: Option<&str>| {
        let [doctor, specialist] = [doctor, specialist].map(|id| id.map(str::to_owned));
        let session = PublishedSession { doctor, specialist, ..session.clone() };
        let found = evaluated(shared, &[session]);
        assert_eq!(found.violations, []);
        found.breaches.iter().filter(|breach| breach.rule.kind == RuleKind::DoctorNeeded).count()
    };
    assert_eq!(lacking(Some("martin"), Some("heart")), 0);
    assert_eq!([lacking(Some("martin"), None), lacking(Some("heart"), None)], [1, 1]);
    assert_eq!(lacking(None, Some("heart")), 1);
}

#[test]
fn the_same_means_are_the_half_days_of_the_fullest_week() {
    let problem = |change: fn(&mut Territory)| {
        let mut territory = sample::territory();
        territory.vehicles.truncate(1);
        change(&mut territory);
        Problem::new(territory, &sample::times()).unwrap()
    };
    let all = problem(|_| {});
    let sessions = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Tue, Half::Am, "clos")];
    let calendar = evaluate(&all, &[&sessions[..], &[at(2, Day::Mon, Half::Am, "alba")]].concat()).plan;
    let same = of_same_means(&all, &calendar).unwrap();
    assert_eq!(same.weekly_limit(0), 2);
    let plan = solve(&same, &SolveOptions::default(), &|_| {}).plan;
    assert!(plan.objective >= calendar.objective && plan.sessions.len() <= 4, "{:?}", plan.sessions);
    assert_eq!(plan.verify(&same), Ok(()));
    let limited = problem(|territory| territory.vehicles[0].half_days_per_week = Some(2));
    assert!(of_same_means(&limited, &calendar).is_none(), "the territory allows no more");
}

#[test]
fn a_doctor_in_two_places_at_once_is_told() {
    let mut sessions = [at(1, Day::Mon, Half::Am, "alba"), at(1, Day::Mon, Half::Am, "bourg")];
    sessions[1].vehicle = "bus-2".to_owned();
    for session in &mut sessions {
        session.doctor = Some("martin".to_owned());
    }
    let found = evaluated(|territory| territory.doctors.push(Doctor::new("martin")), &sessions);
    assert!(matches!(found.violations[..], [Violation::DoctorInTwoPlaces { .. }]), "{:?}", found.violations);
}
