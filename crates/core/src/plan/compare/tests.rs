use super::{Comparison, Knowledge, SessionChange, Who, compare};
use crate::calendar::{Day, Half};
use crate::people::Patients;
use crate::plan::Plan;
use crate::plan::by_hand::evaluate;
use crate::plan::sample;
use crate::problem::Problem;
use crate::territory::PublishedSession;
use medicobus_roads::Millis;

fn problem() -> Problem {
    Problem::new(sample::territory(), &sample::times()).unwrap()
}

fn plan(sessions: &[(u32, Day, Half, &str)]) -> Plan {
    let session = |&(week, day, half, site): &(u32, Day, Half, &str)| PublishedSession {
        vehicle: "bus-1".to_owned(),
        week,
        day,
        half,
        site: site.to_owned(),
        doctor: None,
        activity: None,
        specialist: None,
    };
    evaluate(&problem(), &sessions.iter().map(session).collect::<Vec<_>>()).plan
}

fn compared(before: &[(u32, Day, Half, &str)], after: &[(u32, Day, Half, &str)]) -> Comparison {
    compare(&plan(before), &plan(after), Knowledge::Problem(&problem()))
}

/// The changes in short: `kept alba`.
fn told(comparison: &Comparison) -> Vec<String> {
    let change = |change: &SessionChange| {
        let verb = match change {
            SessionChange::Kept { .. } => "kept",
            SessionChange::Reassigned { .. } => "reassigned",
            SessionChange::Moved { .. } => "moved",
            SessionChange::Dropped { .. } => "dropped",
            SessionChange::New { .. } => "new",
        };
        format!("{verb} {}", change.site())
    };
    comparison.sessions.iter().map(change).collect()
}

const MON_AM: (u32, Day, Half) = (1, Day::Mon, Half::Am);

fn at((week, day, half): (u32, Day, Half), site: &str) -> (u32, Day, Half, &str) {
    (week, day, half, site)
}

#[test]
fn nothing_changes_between_a_calendar_and_itself() {
    let same = compared(&[at(MON_AM, "alba")], &[at(MON_AM, "alba")]);
    assert_eq!(told(&same), ["kept alba"]);
    assert_eq!(same.communes, []);
}

#[test]
fn a_session_at_another_time_has_moved_and_not_gone() {
    let before = [at(MON_AM, "alba"), (1, Day::Tue, Half::Am, "bourg"), (2, Day::Mon, Half::Am, "clos")];
    let after =
        [(1, Day::Mon, Half::Pm, "alba"), (1, Day::Tue, Half::Am, "bourg"), (2, Day::Mon, Half::Am, "dun")];
    assert_eq!(told(&compared(&before, &after)), ["moved alba", "kept bourg", "dropped clos", "new dun"]);
    assert_eq!(told(&compared(&after, &before)), ["moved alba", "kept bourg", "new clos", "dropped dun"]);
}

#[test]
fn a_session_that_changes_hands_is_not_kept_unless_a_calendar_names_nobody() {
    let with = |doctor: Option<&str>, half: Half| {
        let mut plan = plan(&[(1, Day::Mon, half, "alba")]);
        plan.sessions[0].doctor = doctor.map(str::to_owned);
        plan
    };
    let change = |before: &Plan, after: &Plan| compare(before, after, Knowledge::Plans).sessions;
    let told = |before, after| {
        told(&Comparison { sessions: change(before, after), communes: Vec::new() }).join(", ")
    };
    let [ann, bob, nobody] = [Some("ann"), Some("bob"), None].map(|doctor| with(doctor, Half::Am));
    assert_eq!(told(&ann, &ann), "kept alba");
    assert_eq!(told(&ann, &bob), "reassigned alba");
    assert_eq!([told(&ann, &nobody), told(&nobody, &bob)], ["kept alba", "kept alba"]);
    let mut at_work = ann.clone();
    at_work.sessions[0].activity = Some("derma".to_owned());
    assert_eq!(told(&ann, &at_work), "reassigned alba");
    let later = change(&ann, &with(Some("bob"), Half::Pm));
    let by = |doctor: &str| Who { doctor: Some(doctor.to_owned()), ..Who::default() };
    let [SessionChange::Moved { who, .. }] = &later[..] else { panic!("{later:?}") };
    assert_eq!(*who, Some([by("ann"), by("bob")]));
}

#[test]
fn a_second_session_at_a_site_is_new_and_the_first_is_kept() {
    let after = [at(MON_AM, "alba"), (2, Day::Fri, Half::Pm, "alba")];
    assert_eq!(told(&compared(&[at(MON_AM, "alba")], &after)), ["kept alba", "new alba"]);
}

#[test]
fn people_near_what_goes_lose_and_people_near_what_comes_win() {
    // Dun is 25 minutes from Clos, beyond the bands; Clos is 12 minutes from Alba, where half would come.
    let change = compared(&[at(MON_AM, "alba")], &[at(MON_AM, "dun")]);
    let of = |code: &str| change.communes.iter().find(|commune| commune.code == code).unwrap();
    let reached = |code: &str| of(code).reached.unwrap().map(|patients| patients.0);
    assert_eq!(reached("alba"), [120.0, 0.0]);
    assert_eq!(reached("clos"), [70.0, 0.0]);
    assert_eq!(reached("dun"), [0.0, 150.0]);
    assert_eq!(of("dun").name.as_deref(), Some("Dun"));
    assert!(change.communes.iter().all(|commune| commune.code != "bourg"), "Bourg had none and gets none");
    let near = of("clos").nearest.clone().map(|near| near.map(|near| (near.site, near.time)));
    assert_eq!(near, [Some(("alba".to_owned(), Millis::from_minutes(12))), None]);
    let concerned = |commune: &super::CommuneChange| commune.concerned();
    assert!(change.communes.is_sorted_by(|a, b| concerned(a) >= concerned(b)), "{change:?}");
}

#[test]
fn without_the_territory_it_is_known_who_is_followed() {
    let [before, after] = [plan(&[at(MON_AM, "alba")]), plan(&[at(MON_AM, "dun")])];
    let change = compare(&before, &after, Knowledge::Plans);
    let all = compare(&before, &after, Knowledge::Problem(&problem()));
    assert_eq!(change.sessions, all.sessions);
    let dun = change.communes.iter().find(|commune| commune.code == "dun").unwrap();
    assert_eq!((dun.reached, &dun.nearest, &dun.name), (None, &[None, None], &None));
    assert!(dun.followed[0] == Patients(0.0) && dun.followed[1].0 > 0.0);
}
