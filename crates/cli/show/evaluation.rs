//! A calendar made by hand: what it gives, which rules it breaks, and what the best plan of the same means would bring.

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::plan::by_hand::Evaluation;
use medicobus_core::plan::text::{list, name, number};
use medicobus_core::plan::{Indicators, Plan};
use medicobus_core::territory::{Activity, GENERAL, SessionTable, Territory};

use super::count::{counted, signed, trimmed};
use super::table::{Side, table};
use super::{broken, coverage, proof, wrap};
use crate::input::Input;

/// A calendar, what it is worth, and the best plan found.
#[derive(Clone, Copy)]
pub(crate) struct Evaluated<'a> {
    pub(crate) file: &'a Path,
    pub(crate) table: &'a SessionTable,
    pub(crate) by_hand: &'a Evaluation,
    pub(crate) means: Means,
    /// Or why there is none.
    pub(crate) best: Result<&'a Plan, &'a String>,
}

/// The half-days of the best plan, beside those of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// The calendar has all that the territory allows, and so may the plan.
    AllThereAre,
    /// The calendar has fewer than the territory allows, and so has the plan.
    LessThanThereAre,
    /// With no more than the calendar has, the rules of the territory cannot be kept: the plan may have more.
    MoreThanTheCalendar,
}

/// What a calendar gives, what it breaks, and what could be.
pub(crate) fn evaluation(of: &Evaluated<'_>, input: &Input, lang: Lang) -> String {
    let problem = &input.problem;
    let indicators = of.by_hand.plan.indicators(problem);
    let file = of.file.display();
    let sessions = of.table.sessions.len() as f64;
    let title = match lang {
        Lang::Fr => format!("calendrier {file}, {}", counted(sessions, ["séance", "séances"], lang)),
        Lang::En => format!("calendar {file}, {}", counted(sessions, ["session", "sessions"], lang)),
    };
    let mut text = format!("{}\n{}", name(&problem.territory().name), wrap::paragraph(&title));
    text.push_str(&coverage::patients(&indicators, lang));
    text.push_str(&coverage::service(&indicators, problem, lang));
    text.push_str(&broken::broken(of, input, lang));
    match of.best {
        Ok(best) => {
            let plans = [&of.by_hand.plan, best];
            text.push_str(&beside_the_best(
                plans,
                [&indicators, &best.indicators(problem)],
                of.means,
                problem.territory(),
                lang,
            ));
        }
        Err(conflict) => text.push_str(&format!("\n{conflict}\n")),
    }
    text.push_str(&format!("\n{}", wrap::paragraphs(&input.times)));
    text
}

/// Values that differ by no more than this part are told as equal: what "optimal" means, too.
const EQUAL: f64 = 1e-4;

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Right, Side::Right];

/// What the best plan would bring, figure by figure, and how good it is.
fn beside_the_best(
    plans: [&Plan; 2],
    indicators: [&Indicators; 2],
    means: Means,
    territory: &Territory,
    lang: Lang,
) -> String {
    let (header, labels) = match lang {
        Lang::Fr => (["", "Calendrier", "Meilleur plan", "Écart"], FRENCH),
        Lang::En => (["", "Calendar", "Best plan", "Difference"], ENGLISH),
    };
    let title = match (means, lang) {
        (Means::AllThereAre | Means::LessThanThereAre, Lang::Fr) => "Avec les mêmes moyens",
        (Means::AllThereAre | Means::LessThanThereAre, Lang::En) => "With the same means",
        (Means::MoreThanTheCalendar, Lang::Fr) => "Avec tous les moyens du territoire",
        (Means::MoreThanTheCalendar, Lang::En) => "With all the means of the territory",
    };
    let people = indicators.map(Indicators::everyone);
    let given = indicators.map(|of| of.consultations_offered.map(|given| given.0));
    let value = plans.map(Plan::value);
    let is_priced = plans.iter().any(|plan| plan.priced.is_some());
    let figures = [
        (Some(people.map(|people| people.reached.0)), 0),
        (Some(people.map(|people| people.followed.0)), 0),
        (given[0].zip(given[1]).map(|(given, would)| [given, would]), 0),
        (Some(indicators.map(|of| of.half_days_per_week)), 1),
        (Some(indicators.map(|of| of.communes_served as f64)), 0),
        (Some(indicators.map(|of| of.driving_per_year.time.as_secs_f64() / 3600.0)), 0),
        (Some(plans.map(|plan| plan.reached)), 1),
        (Some(plans.map(|plan| plan.followed)), 1),
        (Some(plans.map(|plan| plan.objective)), 1),
        (is_priced.then_some(value), 1),
    ];
    let mut rows = vec![header.map(str::to_owned)];
    for (label, (values, decimals)) in labels.into_iter().zip(figures) {
        let Some([before, after]) = values else { continue };
        let [shown, would] = [before, after].map(|value| number(value, decimals, lang));
        rows.push([label.to_owned(), shown, would, signed([before, after], decimals, lang)]);
    }
    let mut verdict = verdict(plans[1], value, lang);
    verdict.push_str(&less_general_practice(indicators, territory, lang));
    verdict.push_str(beyond_the_means(means, lang));
    let verdict = wrap::hanging("  ", "    ", &verdict);
    format!("\n{title}\n{}{verdict}", table(SIDES, 0, &rows))
}

const FRENCH: [&str; 10] = [
    "patients à portée",
    "patients suivis",
    "consultations par an",
    "demi-journées par semaine",
    "communes avec une séance",
    "heures de route par an",
    "à portée, pondérés",
    "suivis, pondérés",
    "objectif",
    "valeur, pénalités ôtées",
];

const ENGLISH: [&str; 10] = [
    "patients reached",
    "patients followed",
    "consultations a year",
    "half-days a week",
    "communes with a session",
    "hours of driving a year",
    "reached, weighted",
    "followed, weighted",
    "objective",
    "value, less penalties",
];

/// What the best plan takes from general practice, and what for; nothing where it takes nothing.
fn less_general_practice([before, after]: [&Indicators; 2], territory: &Territory, lang: Lang) -> String {
    let half_days = |of: &Indicators, id: &str| {
        of.half_days_by_activity.iter().find(|of| of.id == id).map_or(0.0, |of| of.half_days)
    };
    let [general, would] = [before, after].map(|of| half_days(of, GENERAL));
    if would >= general - 0.05 {
        return String::new();
    }
    let more = |activity: &Activity| {
        let more = half_days(after, &activity.id) - half_days(before, &activity.id);
        let called = name(activity.name.as_ref().unwrap_or(&activity.id));
        (more > 0.05).then(|| format!("{called} (+{})", trimmed(more, lang)))
    };
    let others: Vec<String> = territory.activities.iter().filter_map(more).collect();
    let [general, would] = [general, would].map(|half_days| trimmed(half_days, lang));
    let others = list(&others, lang);
    match (others.is_empty(), lang) {
        (true, Lang::Fr) => {
            format!(" Il n'a que {would} demi-journées de médecine générale par cycle au lieu de {general}.")
        }
        (true, Lang::En) => {
            format!(" It has only {would} half-days of general practice a cycle instead of {general}.")
        }
        (false, Lang::Fr) => format!(
            " Il n'a que {would} demi-journées de médecine générale par cycle au lieu de {general}\u{a0}: \
             les autres vont à {others}."
        ),
        (false, Lang::En) => format!(
            " It has only {would} half-days of general practice a cycle instead of {general}: the others go to {others}."
        ),
    }
}

/// What more half-days may change.
fn beyond_the_means(means: Means, lang: Lang) -> &'static str {
    match (means, lang) {
        (Means::AllThereAre, _) => "",
        (Means::LessThanThereAre, Lang::Fr) => {
            " Le territoire permet plus de demi-journées par semaine que le calendrier n'en a\u{a0}: \
             « medicobus plan » s'en sert."
        }
        (Means::LessThanThereAre, Lang::En) => {
            " The territory allows more half-days a week than the calendar has: \"medicobus plan\" uses them."
        }
        (Means::MoreThanTheCalendar, Lang::Fr) => {
            " Avec les seules demi-journées du calendrier, les règles du territoire ne peuvent pas toutes être tenues."
        }
        (Means::MoreThanTheCalendar, Lang::En) => {
            " With only the half-days of the calendar, the rules of the territory cannot all be kept."
        }
    }
}

/// How far the best plan may be from the best there is, and what that says of a calendar that is worth as much or more.
fn verdict(best: &Plan, [value, of_the_best]: [f64; 2], lang: Lang) -> String {
    let gap = proof::gap(best, lang);
    let told = match lang {
        Lang::Fr => format!("Meilleur plan\u{a0}: {gap}."),
        Lang::En => format!("Best plan: {gap}."),
    };
    let difference = (value - of_the_best) / of_the_best.abs().max(f64::MIN_POSITIVE);
    let besides = match lang {
        Lang::Fr if difference > EQUAL => " Le calendrier vaut plus parce qu'il enfreint des règles.",
        Lang::En if difference > EQUAL => " The calendar is worth more because it breaks rules.",
        Lang::Fr if difference >= -EQUAL => " Le calendrier vaut autant.",
        Lang::En if difference >= -EQUAL => " The calendar is worth as much.",
        _ => "",
    };
    told + besides
}
