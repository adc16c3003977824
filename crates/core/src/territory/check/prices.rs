//! Rules with a price, and keys that change nothing.

use std::collections::BTreeMap;

use super::ids::Ids;
use super::range;
use super::rhythm::beyond_cycle;
use crate::territory::fault::{Fault, FaultKind, First, Idle, Named, PriceFault, Quantity, Where};
use crate::territory::{ActivityKind, BookingKind, Capacity, RuleKind, RuleName, Rules, Territory, origin};

pub(super) fn check(territory: &Territory, ids: &Ids<'_>, faults: &mut Vec<Fault>) {
    figures(territory, faults);
    idle(territory, faults);
    let mut seen = BTreeMap::new();
    for (index, soft) in territory.rules.soft.iter().enumerate() {
        let place = |key: &str| Where::key(format!("rules.soft[{index}].{key}"));
        range(place("price"), Quantity::Price, soft.price, faults);
        let before = faults.len();
        subject(&soft.rule, territory, ids, place("rule"), faults);
        let first = *seen.entry(&soft.rule).or_insert(index);
        if first != index {
            let first = First::Place(Where::key(format!("rules.soft[{first}].rule")));
            let kind = FaultKind::Duplicate { name: soft.rule.to_string(), first };
            faults.push(Fault::new(place("rule"), kind));
        }
        if faults.len() == before && origin(territory, &soft.rule).is_none() {
            let fault = PriceFault::OfNothing(soft.rule.to_string());
            faults.push(Fault::new(place("rule"), FaultKind::Price(fault)));
        }
    }
}

/// Notes a rule that always holds, and a subject that is none of the rule's.
fn subject(rule: &RuleName, territory: &Territory, ids: &Ids<'_>, place: Where, faults: &mut Vec<Fault>) {
    let mut wrong = |fault| faults.push(Fault::new(place.clone(), FaultKind::Price(fault)));
    if !rule.kind.can_be_soft() {
        return wrong(PriceFault::AlwaysHard(rule.kind.code()));
    }
    let Some(subject) = &rule.subject else {
        return;
    };
    let of = match rule.kind {
        RuleKind::DoctorNeeded | RuleKind::PreventionShare | RuleKind::Majority | RuleKind::Changes => {
            return wrong(PriceFault::NoSubject(rule.kind.code()));
        }
        RuleKind::Required => return booking(subject, BookingKind::Required, territory, wrong),
        RuleKind::Forbidden => return booking(subject, BookingKind::Forbidden, territory, wrong),
        RuleKind::Locked => return booking(subject, BookingKind::Locked, territory, wrong),
        RuleKind::RequiredSite
        | RuleKind::Every
        | RuleKind::Visits
        | RuleKind::MaxGap
        | RuleKind::SameTime
        | RuleKind::DoctorsPerSite => Named::Site,
        RuleKind::DoctorHours
        | RuleKind::DoctorWeek
        | RuleKind::DoctorCycle
        | RuleKind::Department
        | RuleKind::Refuses
        | RuleKind::Prefers => Named::Doctor,
        RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost => Named::Activity,
    };
    ids.check(of, subject, place, faults);
}

/// Notes a number that is none of a booking of that kind, as it is counted and written: `1`, not `01`.
fn booking(number: &str, kind: BookingKind, territory: &Territory, mut wrong: impl FnMut(PriceFault)) {
    let index = number.parse::<usize>().ok().and_then(|rank| rank.checked_sub(1));
    let named = index.filter(|index| (index + 1).to_string() == number);
    let booking = named.and_then(|index| territory.bookings.get(index));
    if booking.is_none_or(|booking| booking.kind != kind) {
        wrong(PriceFault::NoSuchBooking { number: number.to_owned(), kind: kind.code() });
    }
}

fn figures(territory: &Territory, faults: &mut Vec<Fault>) {
    let rules = &territory.rules;
    range(Where::key("rules.prevention_share"), Quantity::PreventionShare, rules.prevention_share, faults);
    for (key, quantity, value) in [
        ("rules.max_gap", Quantity::GapDays, rules.max_gap),
        ("rules.doctors_per_site", Quantity::DoctorsPerSite, rules.doctors_per_site),
        (
            "published.max_changes",
            Quantity::Changes,
            territory.published.as_ref().and_then(|published| published.max_changes),
        ),
        ("calendar.year", Quantity::Year, territory.calendar.year),
    ] {
        if let Some(value) = value {
            range(Where::key(key), quantity, value.into(), faults);
        }
    }
    let kept = territory.care.unscheduled_share;
    range(Where::key("care.unscheduled_share"), Quantity::UnscheduledShare, kept, faults);
}

/// Keys that change nothing.
fn idle(territory: &Territory, faults: &mut Vec<Fault>) {
    let Territory { rules, calendar, care, doctors, activities, published, .. } = territory;
    let mut note = |key: &str, is_idle: bool, why| {
        if is_idle {
            faults.push(Fault::new(Where::key(key), FaultKind::Idle(why)));
        }
    };
    let prevents = activities.iter().any(|activity| activity.kind == ActivityKind::Prevention);
    let own_share = rules.prevention_share != Rules::default().prevention_share;
    let free = published.as_ref().is_some_and(|published| published.max_changes.is_none())
        && rules.price(RuleKind::Changes, None).is_none();
    note("calendar.year", calendar.year.is_some() && doctors.is_empty(), Idle::NoDoctors);
    note("rules.doctors_per_site", rules.doctors_per_site.is_some() && doctors.is_empty(), Idle::NoDoctors);
    note("rules.same_time", rules.same_time.is_some() && calendar.cycle_weeks == 1, Idle::OneWeek);
    note("rules.prevention_share", own_share && !prevents, Idle::NoPrevention);
    note("published", free, Idle::FreeChanges);
    let unlimited = care.capacity == Capacity::Unlimited && care.unscheduled_share > 0.0;
    note("care.unscheduled_share", unlimited, Idle::Unlimited);
    beyond_cycle(rules.max_gap, Where::key("rules.max_gap"), territory, faults);
}
