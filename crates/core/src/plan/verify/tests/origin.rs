//! Whether the plan is one of this problem.

use super::*;

#[test]
fn another_format() {
    let violations = broken(|plan| plan.format = "medicobus-plan/9".into());
    assert_eq!(violations, [Violation::Format { found: "medicobus-plan/9".into() }]);
}

#[test]
fn another_territory() {
    let violations = broken(|plan| plan.territory = "Other".into());
    assert_eq!(violations, [Violation::OtherTerritory { found: "Other".into(), expected: "Sample".into() }]);
}

#[test]
fn other_input() {
    let expected = sample::plan().1.digest();
    let violations = broken(|plan| plan.input = "0123".into());
    assert_eq!(violations, [Violation::OtherInput { found: "0123".into(), expected }]);
}

#[test]
fn travel_times_from_elsewhere() {
    let violations = broken(|plan| plan.times = TimesSource::Roads);
    assert_eq!(
        violations,
        [Violation::OtherTimes { found: TimesSource::Roads, expected: TimesSource::Table }]
    );
}

#[test]
fn a_name_with_line_breaks_stays_on_one_line() {
    broken(|plan| plan.territory = "Other\n\u{1b}[2J".repeat(1000));
}
