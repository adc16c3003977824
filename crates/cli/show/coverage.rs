//! Whom a plan covers, what it gives them, and what it takes.

use std::time::Duration;

use medicobus_core::lang::Lang;
use medicobus_core::people::{Patients, Profile};
use medicobus_core::plan::text::{duration, number, percent};
use medicobus_core::plan::{Driving, Indicators, ProfileCoverage};
use medicobus_core::problem::Problem;
use medicobus_roads::Millis;

use super::count::counted;
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
    let calendar = &problem.territory().calendar;
    let (title, half_day, week, commune) = match lang {
        Lang::Fr => {
            ("Service", ["demi-journée", "demi-journées"], ["semaine", "semaines"], ["commune", "communes"])
        }
        Lang::En => ("Service", ["half-day", "half-days"], ["week", "weeks"], ["commune", "communes"]),
    };
    let half_days = counted(indicators.half_days_per_week, half_day, lang);
    let weeks = counted(calendar.weeks_per_year, week, lang);
    let served = counted(indicators.communes_served as f64, commune, lang);
    let reached = indicators.communes_reached;
    let (cycle, year) = (drive(indicators.driving_per_cycle, lang), drive(indicators.driving_per_year, lang));
    let lines = match lang {
        Lang::Fr => [
            format!("{half_days} par semaine, {weeks} par an"),
            format!("{served} avec une séance, {reached} à portée d'une séance"),
            consultations(indicators, lang),
            format!(
                "{cycle} de route par {}, {year} par an",
                if calendar.cycle_weeks == 1 { "semaine" } else { "cycle" }
            ),
        ],
        Lang::En => [
            format!("{half_days} a week, {weeks} a year"),
            format!("{served} with a session, {reached} within reach of one"),
            consultations(indicators, lang),
            format!(
                "{cycle} of driving a {}, {year} a year",
                if calendar.cycle_weeks == 1 { "week" } else { "cycle" }
            ),
        ],
    };
    let lines: String = lines.iter().map(|line| wrap::hanging("  ", "    ", line)).collect();
    format!("\n{title}\n{lines}")
}

fn consultations(indicators: &Indicators, lang: Lang) -> String {
    let noun = ["consultation", "consultations"];
    let count = |value: f64| counted(value.round(), noun, lang);
    let used = indicators.consultations_used.0;
    match (indicators.consultations_offered, lang) {
        (Some(offered), Lang::Fr) => {
            format!("{} par an, dont {} pour les patients suivis", count(offered.0), number(used, 0, lang))
        }
        (Some(offered), Lang::En) => {
            format!(
                "{} a year, {} of them for the patients followed",
                count(offered.0),
                number(used, 0, lang)
            )
        }
        (None, Lang::Fr) => format!("{} par an pour les patients suivis", count(used)),
        (None, Lang::En) => format!("{} a year for the patients followed", count(used)),
    }
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
