//! How the visits of sites lie in the cycle, as the plan says it.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::places::{Figure, List};
use super::violation::Violation;
use crate::plan::{Plan, Rhythm, rhythm};

pub(super) fn check(plan: &Plan, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    let territory = facts.territory;
    let measured = rhythm(territory, &plan.sessions);
    let tells_something = territory.calendar.cycle_weeks > 1 || !territory.doctors.is_empty();
    check_rhythm(&plan.rhythm, if tells_something { &measured } else { &[] }, violations);
    let Some(cost) = plan.same_time_cost else { return };
    let some_are_not = measured.iter().any(|rhythm| rhythm.other_times > 0);
    if !cost.is_finite() {
        violations.push(Violation::NotFinite(Figure::SameTimeCost));
    } else if cost <= 0.0 || territory.rules.same_time.is_some() || !some_are_not {
        violations.push(Violation::NeedlessSameTimeCost { cost });
    }
}

/// Site by site; what is listed twice is once too many.
fn check_rhythm(found: &[Rhythm], expected: &[Rhythm], violations: &mut Vec<Violation>) {
    let mut left: BTreeMap<&str, (usize, &Rhythm)> =
        expected.iter().enumerate().map(|(rank, rhythm)| (&*rhythm.site, (rank, rhythm))).collect();
    let mut order = Vec::new();
    for rhythm in found {
        let expected = left.remove(&*rhythm.site);
        if expected.is_none_or(|(_, expected)| expected != rhythm) {
            violations.push(Violation::WrongRhythm {
                site: rhythm.site.clone(),
                found: Some(Box::new(rhythm.clone())),
                expected: expected.map(|(_, expected)| Box::new(expected.clone())),
            });
        }
        order.extend(expected.map(|(rank, _)| rank));
    }
    for (site, (_, expected)) in left {
        let (site, expected) = (site.to_owned(), Some(Box::new(expected.clone())));
        violations.push(Violation::WrongRhythm { site, found: None, expected });
    }
    if !order.is_sorted() {
        violations.push(Violation::OutOfOrder(List::Rhythm));
    }
}
