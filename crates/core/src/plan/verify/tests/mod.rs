//! Each test starts from a valid plan, breaks one thing, and names the violation that must be found, and no other.

mod coverage;
mod days;
mod figures;
mod origin;
mod people;
mod prices;
mod rhythm;
mod sessions;

use medicobus_roads::{Metres, Millis};

use super::super::{Plan, Rhythm, Status, rhythm as rhythm_of, sample};
use super::places::{Figure, Followed, List, Slot, VehicleDay};
use super::violation::Violation;
use crate::calendar::{Clock, Day, Half, HalfDays, Hours, Weeks};
use crate::lang::Lang;
use crate::people::{Patients, Profile, Share};
use crate::problem::Problem;
use crate::territory::{Capacity, RuleName, Territory};
use crate::times::{TimesSource, TravelTimes};

fn on(week: u32) -> VehicleDay {
    VehicleDay { vehicle: "bus-1".into(), week, day: Day::Mon }
}

fn slot(week: u32, half: Half) -> Slot {
    Slot { on: on(week), half }
}

fn ald(commune: &str, site: &str) -> Followed {
    Followed { commune: commune.into(), profile: Profile::Ald, site: site.into() }
}

/// What is found in the valid plan once it is changed so.
#[track_caller]
fn broken(change: impl FnOnce(&mut Plan)) -> Vec<Violation> {
    let (mut plan, problem) = sample::plan();
    let before = plan.rhythm.clone();
    change(&mut plan);
    keep_rhythm(&before, &mut plan, &problem);
    found(&plan, &problem)
}

/// What follows from changed sessions, where the change is not one of the rhythm itself.
fn keep_rhythm(before: &[Rhythm], plan: &mut Plan, problem: &Problem) {
    if plan.rhythm == before {
        let weeks = problem.territory().calendar.cycle_weeks;
        let tells = weeks > 1 || !problem.territory().doctors.is_empty();
        plan.rhythm = if tells { rhythm_of(problem.territory(), &plan.sessions) } else { Vec::new() };
    }
}

/// What is found in the valid plan when the territory and its times are others.
#[track_caller]
fn elsewhere(
    change: impl FnOnce(&mut Territory, &mut TravelTimes),
    adapt: impl FnOnce(&mut Plan),
) -> Vec<Violation> {
    let (mut territory, mut times) = (sample::territory(), sample::times());
    change(&mut territory, &mut times);
    let problem = Problem::new(territory, &times).unwrap();
    let mut plan = sample::plan().0;
    plan.input = problem.digest();
    let before = plan.rhythm.clone();
    adapt(&mut plan);
    keep_rhythm(&before, &mut plan, &problem);
    found(&plan, &problem)
}

#[track_caller]
fn found(plan: &Plan, problem: &Problem) -> Vec<Violation> {
    let violations = plan.verify(problem).expect_err("a broken plan");
    for violation in &violations {
        for lang in Lang::ALL {
            let what = violation.what(lang);
            assert!(!what.is_empty() && !what.ends_with('.') && !what.contains('\n'), "{what}");
        }
        assert_eq!(violation.to_string(), violation.what(Lang::En));
    }
    violations
}

fn as_it_is(_: &mut Plan) {}

/// The figures that follow from a change of reached and followed people.
fn worth(plan: &mut Plan, reached: f64, followed: f64) {
    (plan.reached, plan.followed, plan.objective) = (reached, followed, reached + followed);
    plan.gap = (plan.bound - plan.objective) / plan.bound;
}

#[test]
fn a_valid_plan_passes() {
    let (plan, problem) = sample::plan();
    assert_eq!(plan.verify(&problem), Ok(()));
}

#[test]
fn the_empty_plan_is_a_plan() {
    let (mut plan, problem) = sample::plan();
    plan.sessions.clear();
    plan.days.clear();
    plan.coverage.clear();
    plan.rhythm.clear();
    worth(&mut plan, 0.0, 0.0);
    assert_eq!(plan.verify(&problem), Ok(()));
    (plan.bound, plan.gap, plan.status) = (0.0, 0.0, Status::Optimal);
    assert_eq!(plan.verify(&problem), Ok(()), "a bound of 0 proves it optimal");
}
