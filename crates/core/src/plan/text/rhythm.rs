//! How often and when sites are visited, and by whom.

use std::collections::{BTreeMap, BTreeSet};

use super::session::{doctors, site};
use super::{count, day, half, list};
use crate::calendar::{Day, Half};
use crate::lang::Lang;
use crate::plan::rules::usual_times;
use crate::plan::{Plan, Rhythm, Session};
use crate::territory::{Doctor, Territory};

/// The rhythm of each served site, a sentence each, without its full stop: `Albon : 2 visites par cycle, 7 jours au plus
/// de l'une à la suivante, toujours le mardi matin`. Where several doctors come, they are named.
pub fn rhythm(plan: &Plan, territory: &Territory, lang: Lang) -> Vec<String> {
    plan.rhythm.iter().map(|rhythm| of_site(rhythm, plan, territory, lang)).collect()
}

fn of_site(rhythm: &Rhythm, plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let here = || plan.sessions.iter().filter(|session| session.site == rhythm.site);
    let usual = usual_times(here());
    let mut parts = Vec::new();
    // In a cycle of one week, the week itself shows it all.
    if territory.calendar.cycle_weeks > 1 {
        parts.extend(visits(rhythm, lang));
        let every_week = rhythm.visits > 1 && is_the_same_each_week(here(), &usual);
        parts.push(times(&usual, rhythm.other_times, every_week, lang));
    }
    if !territory.doctors.is_empty() {
        parts.push(who(rhythm, plan, territory, lang));
    }
    let place = site(&rhythm.site, territory);
    match lang {
        Lang::Fr => format!("{place} : {}", parts.join(", ")),
        Lang::En => format!("{place}: {}", parts.join(", ")),
    }
}

/// `1 médecin`, or where there are several, who they are: `2 médecins (Anne et Boris)`.
fn who(rhythm: &Rhythm, plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let here = || plan.sessions.iter().filter(|session| session.site == rhythm.site);
    let comes = |doctor: &&Doctor| {
        doctor.specialty.is_none() && here().any(|session| session.doctor.as_ref() == Some(&doctor.id))
    };
    let (one, several) = match lang {
        Lang::Fr => ("médecin", "médecins"),
        Lang::En => ("doctor", "doctors"),
    };
    let number = count(rhythm.doctors.into(), one, several, lang);
    let ids = territory.doctors.iter().filter(comes).map(|doctor| &*doctor.id);
    if rhythm.doctors > 1 { format!("{number} ({})", doctors(ids, territory, lang)) } else { number }
}

fn visits(rhythm: &Rhythm, lang: Lang) -> Vec<String> {
    let (visits, gap) = (f64::from(rhythm.visits), f64::from(rhythm.longest_gap));
    let often = match lang {
        Lang::Fr => format!("{} par cycle", count(visits, "visite", "visites", lang)),
        Lang::En => format!("{} a cycle", count(visits, "visit", "visits", lang)),
    };
    let apart = match lang {
        Lang::Fr => format!("{} au plus de l'une à la suivante", count(gap, "jour", "jours", lang)),
        Lang::En => format!("{} at most from one to the next", count(gap, "day", "days", lang)),
    };
    if rhythm.visits > 1 { vec![often, apart] } else { vec![often] }
}

/// Whether each week with sessions has all of these times, and no other.
fn is_the_same_each_week<'a>(
    sessions: impl Iterator<Item = &'a Session>,
    usual: &BTreeSet<(Day, Half)>,
) -> bool {
    let mut weeks: BTreeMap<u32, BTreeSet<(Day, Half)>> = BTreeMap::new();
    for session in sessions {
        weeks.entry(session.week).or_default().insert((session.day, session.half));
    }
    weeks.values().all(|times| times == usual)
}

/// `toujours le mardi matin`, or where some weeks have less of them `le mardi matin ou le jeudi matin`, or
/// `le mardi matin et le jeudi matin, sauf 2 séances`.
fn times(usual: &BTreeSet<(Day, Half)>, other: u32, every_week: bool, lang: Lang) -> String {
    let each = |&(weekday, of_day): &(Day, Half)| match lang {
        Lang::Fr => format!("le {} {}", day(weekday, lang), half(of_day, lang)),
        Lang::En => format!("on {} {}", day(weekday, lang), half(of_day, lang)),
    };
    let each: Vec<String> = usual.iter().map(each).collect();
    let all = || list(&each, lang);
    let except = f64::from(other);
    match (other, every_week, lang) {
        (0, true, Lang::Fr) => format!("toujours {}", all()),
        (0, true, Lang::En) => format!("always {}", all()),
        (0, false, Lang::Fr) => each.join(" ou "),
        (0, false, Lang::En) => each.join(" or "),
        (_, _, Lang::Fr) => format!("{}, sauf {}", all(), count(except, "séance", "séances", lang)),
        (_, _, Lang::En) => format!("{}, but for {}", all(), count(except, "session", "sessions", lang)),
    }
}

/// What sessions at the same times in every week would cost; None where the plan does not say.
pub fn same_time_cost(plan: &Plan, lang: Lang) -> Option<String> {
    let points = count(plan.same_time_cost?, "point", "points", lang);
    Some(match lang {
        Lang::Fr => format!("Tenir chaque séance toujours au même moment de la semaine coûterait {points}."),
        Lang::En => format!("To hold every session at the same time in every week would cost {points}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{rhythm as measured, sample};

    #[test]
    fn a_site_tells_how_often_when_and_with_whom() {
        let (mut plan, problem) = sample::plan();
        let mut territory = problem.territory().clone();
        assert_eq!(
            rhythm(&plan, &territory, Lang::Fr),
            [
                "Alba : 2 visites par cycle, 7 jours au plus de l'une à la suivante, le lundi matin ou le lundi \
                 après-midi",
                "Bourg : 1 visite par cycle, le lundi après-midi",
            ]
        );
        territory.doctors = ["anne", "boris"].map(Doctor::new).to_vec();
        plan.sessions.remove(2);
        plan.sessions[0].doctor = Some("boris".to_owned());
        plan.sessions[2].doctor = Some("anne".to_owned());
        plan.rhythm = measured(&territory, &plan.sessions);
        assert_eq!(
            rhythm(&plan, &territory, Lang::En)[0],
            "Alba: 2 visits a cycle, 7 days at most from one to the next, on Monday morning, but for 1 session, \
             2 doctors (anne and boris)"
        );
    }

    #[test]
    fn one_week_tells_of_doctors_alone() {
        let mut territory = sample::territory();
        territory.calendar.cycle_weeks = 1;
        territory.doctors = vec![Doctor::new("anne")];
        let mut plan = sample::plan().0;
        plan.sessions.truncate(2);
        plan.sessions.iter_mut().for_each(|session| session.doctor = Some("anne".to_owned()));
        plan.rhythm = measured(&territory, &plan.sessions);
        assert_eq!(rhythm(&plan, &territory, Lang::Fr), ["Alba : 1 médecin", "Bourg : 1 médecin"]);
    }

    #[test]
    fn the_same_times_are_told_where_they_cost_something() {
        let mut plan = sample::plan().0;
        assert_eq!(same_time_cost(&plan, Lang::Fr), None);
        plan.same_time_cost = Some(12.4);
        assert_eq!(
            same_time_cost(&plan, Lang::Fr).as_deref(),
            Some("Tenir chaque séance toujours au même moment de la semaine coûterait 12 points.")
        );
    }
}
