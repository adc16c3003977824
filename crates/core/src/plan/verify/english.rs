//! Violations in English.

use super::places::{Figure, Followed, List, Slot, VehicleDay};
use super::violation::Violation as V;
use crate::calendar::Clock;
use crate::lang::Lang;
use crate::people::Profile;
use crate::plan::{Relaxed, Rhythm, text};
use crate::times::TimesSource;

const LANG: Lang = Lang::En;

/// Most sessions that a sentence names.
const SHOWN: usize = 3;

pub(super) fn what(violation: &V) -> String {
    match violation {
        V::Format { found } => {
            format!("the format {:?} is not the one this version reads", text::name(found))
        }
        V::OtherTerritory { found, expected } => {
            format!("the plan is of {:?}, not of {:?}", text::name(found), text::name(expected))
        }
        V::OtherInput { found, expected } => format!(
            "the plan comes from another territory or other travel times (digest {} instead of {})",
            text::start(found),
            text::start(expected)
        ),
        V::OtherTimes { found, expected } => {
            format!(
                "the plan says that its travel times are {}, but they are {}",
                source(*found),
                source(*expected)
            )
        }
        V::NotFinite(which) => format!("{}: not a finite number", figure(which)),
        V::UnknownVehicle(id) => format!("the territory has no vehicle {:?}", text::name(id)),
        V::UnknownSite(id) => format!("the territory has no site {:?}", text::name(id)),
        V::UnknownCommune(code) => format!("the territory has no commune {:?}", text::name(code)),
        V::UnknownDoctor(id) => format!("the territory has no doctor {:?}", text::name(id)),
        V::UnknownActivity(id) => format!("the territory has no activity {:?}", text::name(id)),
        V::OutOfOrder(List::Sessions) => "the sessions are not in order".into(),
        V::OutOfOrder(List::Days) => "the days are not in order".into(),
        V::OutOfOrder(List::Coverage) => "the coverage is not in order".into(),
        V::OutOfOrder(List::Relaxed) => "the relaxed rules are not in order".into(),
        V::OutOfOrder(List::Rhythm) => "the rhythms of the sites are not in order".into(),
        V::OutsideCycle { day: on, weeks } => format!("{}: the cycle goes from week 1 to {weeks}", day(on)),
        V::NotWorking(when) => format!("{}: the vehicle does not work", slot(when)),
        V::Closed { slot: when, site } => format!("{}: site {} is closed", slot(when), text::name(site)),
        V::SeveralAtOnce(when) => format!("{}: several sessions at once", slot(when)),
        V::OtherCommune { site, found, expected } => format!(
            "site {} lies in commune {}, not {}",
            text::name(site),
            text::name(expected),
            text::name(found)
        ),
        V::TooManyHalfDays { vehicle, week, half_days, most } => {
            format!("{}, week {week}: {half_days} half-days instead of {most} at most", text::name(vehicle))
        }
        V::NoWay { day: on, from, to } => {
            format!("{}: no known way from {} to {}", day(on), text::name(from), text::name(to))
        }
        V::TooMuchDriving { day: on, drive, most } => format!(
            "{}: {} of driving instead of {} at most",
            day(on),
            text::duration(*drive, LANG),
            text::duration(*most, LANG)
        ),
        V::NoTimeOverLunch { day: on, drive, left: Some(left) } => format!(
            "{}: {} of driving over lunch, where the break leaves {}",
            day(on),
            text::duration(*drive, LANG),
            text::duration(*left, LANG)
        ),
        V::NoTimeOverLunch { day: on, left: None, .. } => {
            format!("{}: the lunch break leaves no time to change sites", day(on))
        }
        V::SessionsAtSite { site, sessions, least, most } => {
            let most = most.map_or_else(String::new, |most| format!(" and {most} at most"));
            format!(
                "site {}: {sessions} sessions in the cycle, instead of {least} at least{most}",
                text::name(site)
            )
        }
        V::SharedSite { site, vehicles } => {
            let names: Vec<String> = vehicles.iter().map(|id| text::name(id)).collect();
            format!(
                "site {}: served by {}, where one vehicle alone may",
                text::name(site),
                text::list(&names, LANG)
            )
        }
        V::WrongHours(when) => format!("{}: the hours are not those of the vehicle", slot(when)),
        V::NoDriveStated(when) => format!("{}: the time of leaving or arriving is missing", slot(when)),
        V::AlreadyThere(when) => format!("{}: a drive, where the vehicle is already there", slot(when)),
        V::WrongDriveTime { slot: when, leave, arrive, drive } => format!(
            "{}: leaves {}, arrives {}, for a drive of {drive} s",
            slot(when),
            exact(*leave),
            exact(*arrive)
        ),
        V::ArrivesLate { slot: when, arrive, open } => {
            format!("{}: arrives {}, after opening at {}", slot(when), exact(*arrive), exact(*open))
        }
        V::LeavesEarly { slot: when, leave, close } => {
            format!(
                "{}: leaves {}, before the morning closes at {}",
                slot(when),
                exact(*leave),
                exact(*close)
            )
        }
        V::MissingDay(on) => format!("{}: the day is missing from the list", day(on)),
        V::DayWithoutSession(on) => format!("{}: the day has no session", day(on)),
        V::DuplicateDay(on) => format!("{}: the day is there several times", day(on)),
        V::WrongStart { day: on, found, expected } => {
            format!("{}: leaves the base at {} instead of {}", day(on), exact(*found), exact(*expected))
        }
        V::WrongReturn { day: on, found, expected } => {
            format!("{}: back at the base at {} instead of {}", day(on), exact(*found), exact(*expected))
        }
        V::WrongDriving { day: on, found, expected } => {
            format!("{}: {found} s of driving, where its trips sum to {expected} s", day(on))
        }
        V::WrongLength { day: on, found, expected } => {
            let length = |metres: &Option<medicobus_roads::Metres>| {
                metres.map_or_else(
                    || "unknown".to_owned(),
                    |metres| format!("{} m", text::number(metres.0, 0, LANG)),
                )
            };
            format!(
                "{}: the length is {}, where its trips sum to {}",
                day(on),
                length(found),
                length(expected)
            )
        }
        V::DuplicateCoverage(who) => format!("{}: counted several times", followed(who)),
        V::NotPositive { who, patients } => format!("{}: {patients} is not above 0", followed(who)),
        V::NoSessionThere(who) => format!("{}: the site has no session", followed(who)),
        V::BeyondReach(who) => format!("{}: the site is beyond their reach", followed(who)),
        V::TooManyFollowed { commune, profile: who, share, followed, willing } => format!(
            "{} of {}: {} followed at sites that at most {} % would go to, which is {}",
            profile(*who),
            text::name(commune),
            text::number(*followed, 4, LANG),
            text::number(share.0 * 100.0, 1, LANG),
            text::number(*willing, 4, LANG)
        ),
        V::OverCapacity { site, needed, given } => format!(
            "site {}: {} consultations a cycle, where its sessions give {}",
            text::name(site),
            text::number(*needed, 4, LANG),
            text::number(*given, 4, LANG)
        ),
        V::DoctorInTwoPlaces { doctor, week, day, half } => format!(
            "{}, week {week}, {} {}: two sessions at once",
            text::name(doctor),
            text::day(*day, LANG),
            text::half(*half, LANG)
        ),
        V::WrongDoctor { slot: when, doctor } => {
            format!("{}: {} is not the doctor this session needs", slot(when), text::name(doctor))
        }
        V::NeedlessSpecialist { slot: when, doctor } => format!(
            "{}: {} comes second, where the session is shared with no specialty",
            slot(when),
            text::name(doctor)
        ),
        V::ActivityElsewhere { slot: when, activity, site } => format!(
            "{}: activity {} cannot take place at site {}",
            slot(when),
            text::name(activity),
            text::name(site)
        ),
        V::NoGeneralPractice { site } => format!("site {}: no session of general practice", text::name(site)),
        V::Broken { rule, units, slots } => {
            let what = text::breach(rule, rule.subject.as_deref().unwrap_or_default(), *units, LANG);
            let slots: Vec<String> = slots.iter().take(SHOWN).map(slot).collect();
            let first = if slots.is_empty() { String::new() } else { format!(" ({})", slots.join("; ")) };
            format!("rule {}: {what}{first}", text::name(&rule.to_string()))
        }
        V::PricesMissing => "rules have prices, and the plan does not say what it is worth with them".into(),
        V::PricesNeedless => "the plan counts penalties, where no rule has a price".into(),
        V::WrongRelaxed { rule, found, expected } => format!(
            "rule {}: the plan says {}, its sessions make it {}",
            text::name(&rule.to_string()),
            relaxed(found.as_deref()),
            relaxed(expected.as_deref())
        ),
        V::WrongRhythm { site, found, expected } => format!(
            "site {}: the plan says {}, its sessions make it {}",
            text::name(site),
            rhythm(found.as_deref()),
            rhythm(expected.as_deref())
        ),
        V::NeedlessSameTimeCost { cost } => format!(
            "the plan says what sessions at the same times would cost ({}), where there is nothing to say of it",
            text::number(*cost, 6, LANG)
        ),
        V::WrongFigure { figure: which, found, expected } => format!(
            "{}: the plan says {}, which should be {}",
            figure(which),
            text::number(*found, 6, LANG),
            text::number(*expected, 6, LANG)
        ),
        V::BoundTooLow { bound, objective } => format!(
            "the bound {} is under the objective {}",
            text::number(*bound, 6, LANG),
            text::number(*objective, 6, LANG)
        ),
        V::ValueBoundTooLow { bound, value } => format!(
            "the bound {} is under the value {}",
            text::number(*bound, 6, LANG),
            text::number(*value, 6, LANG)
        ),
        V::NotProvenOptimal { gap } => {
            format!("the plan is called optimal with a gap of {} %", text::number(gap * 100.0, 4, LANG))
        }
    }
}

/// To the millisecond, as in the plan's file.
fn exact(clock: Clock) -> String {
    clock.into()
}

fn day(on: &VehicleDay) -> String {
    format!("{}, week {}, {}", text::name(&on.vehicle), on.week, text::day(on.day, LANG))
}

fn slot(slot: &Slot) -> String {
    format!("{} {}", day(&slot.on), text::half(slot.half, LANG))
}

fn followed(who: &Followed) -> String {
    format!("{} of {} at site {}", profile(who.profile), text::name(&who.commune), text::name(&who.site))
}

fn relaxed(relaxed: Option<&Relaxed>) -> String {
    relaxed.map_or_else(
        || "kept".to_owned(),
        |Relaxed { units, price, sessions, .. }| {
            let (units, price) = (text::number(*units, 4, LANG), text::number(*price, 4, LANG));
            format!("{units} times the price {price}, with {} sessions named", sessions.len())
        },
    )
}

fn rhythm(rhythm: Option<&Rhythm>) -> String {
    rhythm.map_or_else(
        || "nothing".to_owned(),
        |Rhythm { visits, longest_gap, other_times, doctors, .. }| {
            format!(
                "{visits} visits, {longest_gap} days at most, {other_times} sessions at another time, \
                 {doctors} doctors"
            )
        },
    )
}

const fn profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Ald => "patients with a long-term illness",
        Profile::Elderly => "elderly patients",
        Profile::Other => "other patients",
    }
}

const fn source(source: TimesSource) -> &'static str {
    match source {
        TimesSource::Roads => "computed on roads",
        TimesSource::Table => "read from a table",
        TimesSource::Estimate => "estimated as the crow flies",
    }
}

fn figure(figure: &Figure) -> String {
    match figure {
        Figure::Objective => "the objective".into(),
        Figure::Reached => "people within reach".into(),
        Figure::Followed => "people followed".into(),
        Figure::Bound => "the bound".into(),
        Figure::Gap => "the gap".into(),
        Figure::Value => "the value".into(),
        Figure::Penalties => "the penalties".into(),
        Figure::ValueBound => "the bound on the value".into(),
        Figure::SameTimeCost => "the cost of sessions at the same times".into(),
        Figure::Length(on) => format!("{}, length", day(on)),
        Figure::Patients(who) => followed(who),
    }
}
