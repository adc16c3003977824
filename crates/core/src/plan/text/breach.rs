//! Broken rules in words.

use super::{count, name};
use crate::lang::Lang;
use crate::territory::{RuleKind, RuleName};

/// By how much a rule is broken: one clause without its full stop, such as `site Albon : 3 jours de trop entre deux
/// visites`. `subject` is what people call the subject of the rule; the sentence of a rule without one leaves it out.
pub fn breach(rule: &RuleName, subject: &str, units: f64, lang: Lang) -> String {
    let what = match lang {
        Lang::Fr => in_french(rule.kind, units),
        Lang::En => in_english(rule.kind, units),
    };
    let subject = name(subject);
    let whose = match (rule.kind, lang) {
        (
            RuleKind::RequiredSite
            | RuleKind::Every
            | RuleKind::Visits
            | RuleKind::MaxGap
            | RuleKind::SameTime
            | RuleKind::DoctorsPerSite,
            _,
        ) => format!("site {subject}"),
        (RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked, Lang::Fr) => {
            format!("réservation {subject}")
        }
        (RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked, Lang::En) => {
            format!("booking {subject}")
        }
        (RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost, Lang::Fr) => format!("activité {subject}"),
        (RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost, Lang::En) => format!("activity {subject}"),
        (RuleKind::DoctorNeeded | RuleKind::PreventionShare | RuleKind::Majority | RuleKind::Changes, _) => {
            return what;
        }
        _ => subject,
    };
    match lang {
        Lang::Fr => format!("{whose} : {what}"),
        Lang::En => format!("{whose}: {what}"),
    }
}

/// So many changes of the published calendar, where none is free.
pub(in crate::plan) fn changes(units: f64, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("{} du calendrier publié", count(units, "changement", "changements", lang)),
        Lang::En => format!("{} of the published calendar", count(units, "change", "changes", lang)),
    }
}

fn in_french(kind: RuleKind, units: f64) -> String {
    let count = |one: &str, several: &str| count(units, one, several, Lang::Fr);
    let sessions = || count("séance", "séances");
    let half_days = || count("demi-journée", "demi-journées");
    match kind {
        RuleKind::RequiredSite => "aucune séance, alors qu'il en faut".into(),
        RuleKind::Every => format!("{} hors du rythme demandé", count("semaine", "semaines")),
        RuleKind::Visits => format!("{} en trop ou en moins", count("visite", "visites")),
        RuleKind::MaxGap => format!("{} de trop entre deux visites", count("jour", "jours")),
        RuleKind::SameTime => format!("{} à un autre moment que d'habitude", sessions()),
        RuleKind::Required => format!("{} sans la séance demandée", count("semaine", "semaines")),
        RuleKind::Forbidden => {
            format!("{} où il n'en faut pas", sessions())
        }
        RuleKind::Locked => format!("il manque {} telle que réservée", sessions()),
        RuleKind::DoctorNeeded => format!("il manque {} aux séances", count("médecin", "médecins")),
        RuleKind::DoctorHours => format!("{} hors de ses disponibilités", sessions()),
        RuleKind::DoctorWeek => format!("{} de trop, semaine par semaine", half_days()),
        RuleKind::DoctorCycle => format!("{} de trop dans le cycle", half_days()),
        RuleKind::Department => format!("{} hors de ses départements autorisés", sessions()),
        RuleKind::Refuses => format!("{} à un site refusé", sessions()),
        RuleKind::Prefers => format!("{} hors des sites préférés", sessions()),
        RuleKind::DoctorsPerSite => format!("{} de trop", count("médecin", "médecins")),
        RuleKind::ActivityAtLeast => format!("il manque {}", half_days()),
        RuleKind::ActivityAtMost => format!("{} de trop", half_days()),
        RuleKind::PreventionShare => format!("prévention : {} de trop", half_days()),
        RuleKind::Majority => format!("il manque {} de médecine générale pour la majorité", half_days()),
        RuleKind::Changes => format!("calendrier publié : {} de trop", count("changement", "changements")),
    }
}

fn in_english(kind: RuleKind, units: f64) -> String {
    let count = |one: &str, several: &str| count(units, one, several, Lang::En);
    let sessions = || count("session", "sessions");
    let half_days = || count("half-day", "half-days");
    match kind {
        RuleKind::RequiredSite => "no session, where it must have one".into(),
        RuleKind::Every => format!("{} off the rhythm asked for", count("week", "weeks")),
        RuleKind::Visits => format!("{} too many or missing", count("visit", "visits")),
        RuleKind::MaxGap => format!("{} too many between two visits", count("day", "days")),
        RuleKind::SameTime => format!("{} at another time than usual", sessions()),
        RuleKind::Required => format!("{} without the session asked for", count("week", "weeks")),
        RuleKind::Forbidden => format!("{} where there may be none", sessions()),
        RuleKind::Locked => format!("{} missing of those booked", sessions()),
        RuleKind::DoctorNeeded => format!("sessions lack {}", count("doctor", "doctors")),
        RuleKind::DoctorHours => format!("{} when not available", sessions()),
        RuleKind::DoctorWeek => format!("{} too many, week by week", half_days()),
        RuleKind::DoctorCycle => format!("{} too many in the cycle", half_days()),
        RuleKind::Department => format!("{} in a department without authorisation", sessions()),
        RuleKind::Refuses => format!("{} at a refused site", sessions()),
        RuleKind::Prefers => format!("{} elsewhere than at preferred sites", sessions()),
        RuleKind::DoctorsPerSite => format!("{} too many", count("doctor", "doctors")),
        RuleKind::ActivityAtLeast => format!("{} missing", half_days()),
        RuleKind::ActivityAtMost => format!("{} too many", half_days()),
        RuleKind::PreventionShare => format!("prevention: {} too many", half_days()),
        RuleKind::Majority => {
            format!("general practice lacks {} to have most of all", half_days())
        }
        RuleKind::Changes => format!("published calendar: {} too many", count("change", "changes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_sentence_with_its_subject() {
        for kind in RuleKind::ALL {
            let whole = RuleName::new(kind, None);
            for (lang, units) in
                Lang::ALL.into_iter().flat_map(|lang| [0.5, 1.0, 3.0].map(|units| (lang, units)))
            {
                let sentence = breach(&whole, "Albon", units, lang);
                assert!(!sentence.ends_with('.') && !sentence.contains('\n'), "{sentence}");
            }
        }
        let gap = RuleName::new(RuleKind::MaxGap, Some("26002"));
        assert_eq!(breach(&gap, "Albon", 3.0, Lang::Fr), "site Albon : 3 jours de trop entre deux visites");
        assert_eq!(breach(&gap, "Albon", 1.0, Lang::En), "site Albon: 1 day too many between two visits");
        let missing = RuleName::new(RuleKind::DoctorNeeded, None);
        assert_eq!(breach(&missing, "", 1.0, Lang::Fr), "il manque 1 médecin aux séances");
    }
}
