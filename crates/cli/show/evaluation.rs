//! A calendar made by hand: what it gives, which rules it breaks, and what the best plan of the same means would bring.

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::plan::by_hand::{Evaluation, sentence, site_name};
use medicobus_core::plan::text::{day, list, name, number};
use medicobus_core::plan::{Breach, Indicators, Plan, Session, Violation};
use medicobus_core::territory::{PublishedSession, SessionTable, Territory};

use super::count::{counted, signed};
use super::table::{Side, table};
use super::{coverage, proof, wrap};
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
    let file = of.file.file_name().unwrap_or_default().to_string_lossy();
    let sessions = of.table.sessions.len() as f64;
    let title = match lang {
        Lang::Fr => format!("calendrier {file}, {}", counted(sessions, ["séance", "séances"], lang)),
        Lang::En => format!("calendar {file}, {}", counted(sessions, ["session", "sessions"], lang)),
    };
    let mut text = format!("{}\n{}", name(&problem.territory().name), wrap::paragraph(&title));
    text.push_str(&coverage::patients(&indicators, lang));
    text.push_str(&coverage::service(&indicators, problem, lang));
    text.push_str(&broken(of, input, lang));
    match of.best {
        Ok(best) => {
            let plans = [&of.by_hand.plan, best];
            text.push_str(&beside_the_best(plans, [&indicators, &best.indicators(problem)], of.means, lang));
        }
        Err(conflict) => text.push_str(&format!("\n{conflict}\n")),
    }
    text.push_str(&format!("\n{}", wrap::paragraphs(&input.times)));
    text
}

/// The rules that the calendar breaks, each with its place.
fn broken(of: &Evaluated<'_>, input: &Input, lang: Lang) -> String {
    let Evaluation { plan, violations, breaches, without_doctors, .. } = of.by_hand;
    let title = match lang {
        Lang::Fr => "Règles enfreintes",
        Lang::En => "Rules broken",
    };
    let mut sentences: Vec<String> =
        violations.iter().map(|violation| of_the_model(violation, input.problem.territory(), lang)).collect();
    sentences.extend(breaches.iter().map(|breach| of_the_territory(breach, plan, of, input, lang)));
    let mut lines: String =
        sentences.iter().map(|sentence| wrap::hanging("  - ", "    ", sentence)).collect();
    if sentences.is_empty() {
        lines.push_str(match lang {
            Lang::Fr => "  aucune\n",
            Lang::En => "  none\n",
        });
    }
    if *without_doctors {
        lines.push_str(&wrap::hanging(
            "  ",
            "    ",
            match lang {
                Lang::Fr => "Le calendrier ne nomme aucun médecin : leurs règles sont laissées de côté.",
                Lang::En => "The calendar names no doctor: their rules are left aside.",
            },
        ));
    }
    format!("\n{title}\n{lines}")
}

fn of_the_model(violation: &Violation, territory: &Territory, lang: Lang) -> String {
    let site = |id: &str| {
        let site = territory.sites.iter().find(|site| site.id == id);
        site.map(|site| site_name(site, &territory.communes))
    };
    if let Violation::Closed { slot, site: id } = violation {
        let site = site(id).unwrap_or_else(|| name(id));
        return Violation::Closed { slot: slot.clone(), site }.what(lang);
    }
    // Travel times are only known as far as a plan may use them.
    let Violation::NoWay { day: on, from, to } = violation else { return violation.what(lang) };
    let (vehicle, day) = (name(&on.vehicle), day(on.day, lang));
    match (site(from), site(to), lang) {
        (Some(from), Some(to), Lang::Fr) => format!(
            "{vehicle}, semaine {}, {day} : le trajet de midi entre {from} et {to} est trop long, ou inconnu",
            on.week
        ),
        (Some(from), Some(to), Lang::En) => format!(
            "{vehicle}, week {}, {day}: the drive over lunch between {from} and {to} is too long, or unknown",
            on.week
        ),
        (from, to, Lang::Fr) => format!(
            "{vehicle}, semaine {}, {day} : le trajet entre la base et {} est trop long, ou inconnu",
            on.week,
            from.or(to).unwrap_or_default()
        ),
        (from, to, Lang::En) => format!(
            "{vehicle}, week {}, {day}: the drive between the base and {} is too long, or unknown",
            on.week,
            from.or(to).unwrap_or_default()
        ),
    }
}

fn of_the_territory(breach: &Breach, plan: &Plan, of: &Evaluated<'_>, input: &Input, lang: Lang) -> String {
    let mut text = sentence(breach, input.problem.territory(), lang);
    if let Some(price) = breach.price {
        let penalty = number(price * breach.units, 1, lang);
        text.push_str(&match lang {
            Lang::Fr => format!(", pénalité {penalty}"),
            Lang::En => format!(", penalty {penalty}"),
        });
    }
    let rule = input.sources.rule_place(&breach.rule).map(|place| {
        let file = place.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        place.line.map_or_else(|| file.clone(), |line| at_lines(&file, &[line], lang))
    });
    let file = of.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let lines = lines_of(breach, plan, of.table);
    let sessions = (!lines.is_empty()).then(|| at_lines(&file, &lines, lang));
    let places: Vec<String> = rule.into_iter().chain(sessions).collect();
    let separator = match lang {
        Lang::Fr => "\u{a0}; ",
        Lang::En => "; ",
    };
    if places.is_empty() { text } else { format!("{text} ({})", places.join(separator)) }
}

/// The lines of the calendar whose sessions break a rule.
fn lines_of(breach: &Breach, plan: &Plan, table: &SessionTable) -> Vec<u64> {
    let sessions = breach.sessions.iter().filter_map(|&place| plan.sessions.get(place));
    let line = |session: &Session| {
        let is_it = |row: &&PublishedSession| {
            (&row.vehicle, row.week, row.day, row.half, &row.site)
                == (&session.vehicle, session.week, session.day, session.half, &session.site)
        };
        let place = table.sessions.iter().position(|row| is_it(&row))?;
        table.lines.get(place).copied()
    };
    let mut lines: Vec<u64> = sessions.filter_map(line).collect();
    lines.sort_unstable();
    lines
}

fn at_lines(file: &str, lines: &[u64], lang: Lang) -> String {
    let numbers: Vec<String> = lines.iter().map(u64::to_string).collect();
    let word = match (lines.len(), lang) {
        (1, Lang::Fr) => "ligne",
        (_, Lang::Fr) => "lignes",
        (1, Lang::En) => "line",
        (_, Lang::En) => "lines",
    };
    format!("{file}, {word} {}", list(&numbers, lang))
}

/// Values that differ by no more than this part are told as equal: what "optimal" means, too.
const EQUAL: f64 = 1e-4;

const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Right, Side::Right];

/// What the best plan would bring, figure by figure, and how good it is.
fn beside_the_best(plans: [&Plan; 2], indicators: [&Indicators; 2], means: Means, lang: Lang) -> String {
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
    let verdict = verdict(plans[1], value, lang) + beyond_the_means(means, lang);
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
