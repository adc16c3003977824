//! What was relaxed, and what the plan is worth once that is paid.

use super::breach::changes;
use super::session::{activity, doctor, site};
use super::{breach, day, half, number};
use crate::lang::Lang;
use crate::plan::{Plan, Relaxed, Session};
use crate::territory::{RuleKind, Territory};

/// What a plan relaxes, a line each with its price, then what that sums to and what the plan is worth; nothing where no
/// rule has a price.
pub fn prices(plan: &Plan, territory: &Territory, lang: Lang) -> Vec<String> {
    let Some(priced) = &plan.priced else { return Vec::new() };
    let mut lines: Vec<String> =
        priced.relaxed.iter().map(|relaxed| of_rule(relaxed, plan, territory, lang)).collect();
    let [value, objective, penalties] =
        [priced.value, plan.objective, priced.penalties].map(|value| number(value, 1, lang));
    lines.push(match (priced.relaxed.is_empty(), lang) {
        (true, Lang::Fr) => format!("Aucune règle n'est assouplie : valeur {value}"),
        (true, Lang::En) => format!("No rule is relaxed: value {value}"),
        (false, Lang::Fr) => format!("Valeur {value} : objectif {objective}, moins {penalties} de pénalités"),
        (false, Lang::En) => format!("Value {value}: objective {objective}, less {penalties} of penalties"),
    });
    lines
}

/// Most sessions that a line names.
const SHOWN: usize = 3;

/// `Anne Martin : 1 séance à un site refusé (semaine 2, lundi matin, Albon), à 10 l'unité : 10`.
fn of_rule(relaxed: &Relaxed, plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let id = relaxed.rule.subject.as_deref().unwrap_or_default();
    let subject = match relaxed.rule.kind {
        RuleKind::RequiredSite
        | RuleKind::Every
        | RuleKind::Visits
        | RuleKind::MaxGap
        | RuleKind::SameTime
        | RuleKind::DoctorsPerSite => site(id, territory),
        RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost => activity(id, territory),
        RuleKind::DoctorHours
        | RuleKind::DoctorWeek
        | RuleKind::DoctorCycle
        | RuleKind::Department
        | RuleKind::Refuses
        | RuleKind::Prefers => doctor(id, territory),
        _ => id.to_owned(),
    };
    let every_change = relaxed.rule.kind == RuleKind::Changes && territory.allows_any_change();
    let what = match every_change {
        true => changes(relaxed.units, lang),
        false => breach(&relaxed.rule, &subject, relaxed.units, lang),
    };
    let which = sessions(relaxed, plan, territory, lang);
    let decimals = if relaxed.price.fract() == 0.0 { 0 } else { 2 };
    let price = number(relaxed.price, decimals, lang);
    let sum = number(relaxed.units * relaxed.price, 1, lang);
    match lang {
        Lang::Fr if every_change => format!("{what}, à {price} chacun : {sum}"),
        Lang::Fr => format!("{what}{which}, à {price} l'unité : {sum}"),
        Lang::En => format!("{what}{which}, at {price} each: {sum}"),
    }
}

/// ` (semaine 2, lundi matin, Albon)`: the first sessions that break a rule; nothing where none does by itself.
fn sessions(relaxed: &Relaxed, plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let week = match lang {
        Lang::Fr => "semaine",
        Lang::En => "week",
    };
    let told = |session: &Session| {
        let (weekday, of_day) = (day(session.day, lang), half(session.half, lang));
        format!("{week} {}, {weekday} {of_day}, {}", session.week, site(&session.site, territory))
    };
    let all = relaxed.sessions.iter().filter_map(|&place| plan.sessions.get(place));
    let mut shown: Vec<String> = all.take(SHOWN).map(told).collect();
    if relaxed.sessions.len() > SHOWN {
        shown.push("…".to_owned());
    }
    let separator = match lang {
        Lang::Fr => "\u{a0}; ",
        Lang::En => "; ",
    };
    if shown.is_empty() { String::new() } else { format!(" ({})", shown.join(separator)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Priced, sample};
    use crate::territory::{Doctor, Published, RuleName};

    fn relaxed_of(rule: RuleName) -> Relaxed {
        Relaxed { rule, units: 1.0, price: 10.0, sessions: Vec::new() }
    }

    #[test]
    fn what_was_relaxed_is_listed_with_its_price() {
        let (mut plan, problem) = sample::plan();
        let mut territory = problem.territory().clone();
        assert!(prices(&plan, &territory, Lang::Fr).is_empty(), "no rule has a price");
        let mut anne = Doctor::new("d1");
        anne.name = Some("Anne Martin".to_owned());
        territory.doctors = vec![anne];
        let relaxed = |kind, subject, units, price| Relaxed {
            rule: RuleName::new(kind, Some(subject)),
            units,
            price,
            sessions: Vec::new(),
        };
        let relaxed =
            vec![relaxed(RuleKind::MaxGap, "alba", 2.0, 10.0), relaxed(RuleKind::Prefers, "d1", 1.0, 2.5)];
        let mut relaxed = relaxed;
        relaxed[1].sessions = vec![0];
        plan.priced = Some(Priced { value: 1152.5, penalties: 22.5, bound: 1200.0, relaxed });
        assert_eq!(
            prices(&plan, &territory, Lang::Fr),
            [
                "site Alba : 2 jours de trop entre deux visites, à 10 l'unité : 20,0",
                "Anne Martin : 1 séance hors des sites préférés (semaine 1, lundi matin, Alba), à 2,50 l'unité : 2,5",
                "Valeur 1\u{202f}152,5 : objectif 1\u{202f}175,0, moins 22,5 de pénalités",
            ]
        );
        let published = |max_changes| Some(Published { sessions: Vec::new(), max_changes });
        let relaxed = Relaxed { units: 3.0, ..relaxed_of(RuleName::new(RuleKind::Changes, None)) };
        let priced = Priced { value: 1145.0, penalties: 30.0, bound: 1200.0, relaxed: vec![relaxed] };
        plan.priced = Some(priced);
        for (max_changes, told) in [
            (None, "3 changements du calendrier publié, à 10 chacun : 30,0"),
            (Some(2), "calendrier publié : 3 changements de trop, à 10 l'unité : 30,0"),
        ] {
            territory.published = published(max_changes);
            assert_eq!(prices(&plan, &territory, Lang::Fr)[0], told);
        }
        plan.priced = Some(Priced { value: 1175.0, penalties: 0.0, bound: 1200.0, relaxed: Vec::new() });
        assert_eq!(prices(&plan, &territory, Lang::En), ["No rule is relaxed: value 1,175.0"]);
    }
}
