//! Whom a plan covers, what it gives them, and what it takes.

use std::time::Duration;

use medicobus_core::lang::Lang;
use medicobus_core::people::{Patients, Profile};
use medicobus_core::plan::text::{duration, number};
use medicobus_core::plan::{Driving, Indicators, ProfileCoverage};
use medicobus_core::problem::Problem;
use medicobus_roads::Millis;

use super::table::{Side, table};
use super::wrap;

const SIDES: [Side; 5] = [Side::Left, Side::Right, Side::Right, Side::Right, Side::Right];

/// Patients by profile: how many there are, how many are within reach, how many are followed.
pub(super) fn patients(indicators: &Indicators, lang: Lang) -> String {
    let (title, header, everyone) = match lang {
        Lang::Fr => (
            "Patients sans médecin traitant",
            ["Profil", "Territoire", "À portée", "Suivis", "Part suivie"],
            "Ensemble",
        ),
        Lang::En => (
            "Patients without a médecin traitant",
            ["Profile", "Territory", "Reached", "Followed", "Share followed"],
            "Everyone",
        ),
    };
    let mut rows = vec![header.map(str::to_owned)];
    for profile in Profile::ALL {
        rows.push(row(profile_name(profile, lang), indicators.patients[profile], lang));
    }
    rows.push(row(everyone, indicators.everyone(), lang));
    format!("\n{title}\n{}", table(SIDES, 0, &rows))
}

/// Consultations, sessions and driving.
pub(super) fn service(indicators: &Indicators, problem: &Problem, lang: Lang) -> String {
    let count = |value: f64| number(value, 0, lang);
    let weeks = trimmed(problem.territory().calendar.weeks_per_year, lang);
    let half_days = trimmed(indicators.half_days_per_week, lang);
    let communes = indicators.communes_served;
    let used = count(indicators.consultations_used.0);
    let consultations = match (indicators.consultations_offered, lang) {
        (Some(offered), Lang::Fr) => {
            format!("{} consultations par an offertes, {used} pour les patients suivis", count(offered.0))
        }
        (Some(offered), Lang::En) => {
            format!("{} consultations a year offered, {used} for the patients followed", count(offered.0))
        }
        (None, Lang::Fr) => format!("{used} consultations par an pour les patients suivis"),
        (None, Lang::En) => format!("{used} consultations a year for the patients followed"),
    };
    let (cycle, year) = (drive(indicators.driving_per_cycle, lang), drive(indicators.driving_per_year, lang));
    let reached = indicators.communes_reached;
    let one_week = problem.territory().calendar.cycle_weeks == 1;
    let (title, lines) = match lang {
        Lang::Fr => (
            "Service",
            [
                format!("{half_days} demi-journées par semaine, {weeks} semaines par an"),
                format!("{communes} communes desservies, {reached} à portée d'une séance"),
                consultations,
                format!("{cycle} de route par {}, {year} par an", if one_week { "semaine" } else { "cycle" }),
            ],
        ),
        Lang::En => (
            "Service",
            [
                format!("{half_days} half-days a week, {weeks} weeks a year"),
                format!("{communes} communes served, {reached} within reach of a session"),
                consultations,
                format!("{cycle} of driving a {}, {year} a year", if one_week { "week" } else { "cycle" }),
            ],
        ),
    };
    let lines: String = lines.iter().map(|line| wrap::hanging("  ", "    ", line)).collect();
    format!("\n{title}\n{lines}")
}

fn profile_name(profile: Profile, lang: Lang) -> &'static str {
    match (profile, lang) {
        (Profile::Ald, Lang::Fr) => "en ALD",
        (Profile::Elderly, Lang::Fr) => "âgés, sans ALD",
        (Profile::Other, Lang::Fr) => "autres",
        (Profile::Ald, Lang::En) => "long-term illness (ALD)",
        (Profile::Elderly, Lang::En) => "elderly, without ALD",
        (Profile::Other, Lang::En) => "other",
    }
}

fn row(profile: &str, coverage: ProfileCoverage, lang: Lang) -> [String; 5] {
    let count = |patients: Patients| number(patients.0, 0, lang);
    let share = match coverage.patients.0 {
        0.0 => "-".to_owned(),
        all => percent(coverage.followed.0 / all, lang),
    };
    [profile.to_owned(), count(coverage.patients), count(coverage.reached), count(coverage.followed), share]
}

/// A share in whole per cent.
fn percent(share: f64, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{}\u{202f}%", number(100.0 * share, 0, lang)),
        Lang::En => format!("{}%", number(100.0 * share, 0, lang)),
    }
}

/// A number with one decimal, unless it is whole.
fn trimmed(value: f64, lang: Lang) -> String {
    number(value, usize::from((value - value.round()).abs() > 0.05), lang)
}

fn drive(driving: Driving, lang: Lang) -> String {
    let time = time(driving.time, lang);
    match driving.length {
        Some(length) => {
            let and = match lang {
                Lang::Fr => "et",
                Lang::En => "and",
            };
            format!("{} km {and} {time}", number(length.0 / 1000.0, 0, lang))
        }
        None => time,
    }
}

/// A duration to the minute, or to the hour beyond a day.
fn time(time: Duration, lang: Lang) -> String {
    match u32::try_from(time.as_millis()) {
        Ok(millis) if time < Duration::from_secs(24 * 3600) => duration(Millis(millis), lang),
        _ => format!("{} h", number(time.as_secs_f64() / 3600.0, 0, lang)),
    }
}
