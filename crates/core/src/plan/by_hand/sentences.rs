//! Broken rules as a planner reads them.

use crate::lang::Lang;
use crate::plan::rules::{Needed, needed};
use crate::plan::{Breach, Session, text};
use crate::territory::{Activity, Booking, Commune, Doctor, RuleKind, Site, Territory};

/// What is broken, how much and by whom: one sentence without its full stop.
pub fn sentence(breach: &Breach, territory: &Territory, lang: Lang) -> String {
    if breach.rule.kind == RuleKind::Changes && territory.allows_any_change() {
        return text::changes(breach.units, lang);
    }
    let subject = subject(breach, territory, lang);
    let units = text::about(breach.units, lang);
    let (of, is_one) = (subject.as_deref().unwrap_or_default(), breach.units < 2.0);
    match lang {
        Lang::Fr => french(breach.rule.kind, of, &units, is_one),
        Lang::En => english(breach.rule.kind, of, &units, breach.units == 1.0),
    }
}

fn french(kind: RuleKind, of: &str, units: &str, is_one: bool) -> String {
    let s = if is_one { "" } else { "s" };
    match kind {
        RuleKind::RequiredSite => format!("{of} : aucune séance, alors qu'il en faut"),
        RuleKind::Every => format!("{of} : {units} semaine{s} hors du rythme demandé"),
        RuleKind::Visits => format!("{of} : {units} visite{s} de trop ou de moins"),
        RuleKind::MaxGap => format!("{of} : {units} jour{s} de trop entre deux visites"),
        RuleKind::SameTime => format!("{of} : {units} séance{s} à un autre moment que d'habitude"),
        RuleKind::Required => format!("{of} : {units} semaine{s} sans la séance demandée"),
        RuleKind::Forbidden => format!("{of} : {units} séance{s} là où elles sont interdites"),
        RuleKind::Locked => format!("{of} : {units} séance{s} autrement que fixé"),
        RuleKind::DoctorNeeded => format!("{units} séance{s} sans le médecin qu'il faut"),
        RuleKind::DoctorHours => format!("{of} : {units} séance{s} hors de ses disponibilités"),
        RuleKind::DoctorWeek => format!("{of} : {units} demi-journée{s} de trop par semaine"),
        RuleKind::DoctorCycle => format!("{of} : {units} demi-journée{s} de trop dans le cycle"),
        RuleKind::Department => {
            format!("{of} : {units} séance{s} dans un département sans autorisation de l'Ordre")
        }
        RuleKind::Refuses => format!("{of} : {units} séance{s} à un site refusé"),
        RuleKind::Prefers => format!("{of} : {units} séance{s} hors des sites préférés"),
        RuleKind::DoctorsPerSite => format!("{of} : {units} médecin{s} de trop"),
        RuleKind::ActivityAtLeast => format!("{of} : il manque {units} demi-journée{s}"),
        RuleKind::ActivityAtMost => format!("{of} : {units} demi-journée{s} de trop"),
        RuleKind::PreventionShare => format!("prévention : {units} demi-journée{s} de trop"),
        RuleKind::Majority => {
            format!("la médecine générale n'a pas la majorité : il lui manque {units} demi-journée{s}")
        }
        RuleKind::Changes => format!("{units} changement{s} de trop du calendrier publié"),
    }
}

fn english(kind: RuleKind, of: &str, units: &str, is_one: bool) -> String {
    let s = if is_one { "" } else { "s" };
    match kind {
        RuleKind::RequiredSite => format!("{of}: no session, where there must be one"),
        RuleKind::Every => format!("{of}: {units} week{s} out of the rhythm asked for"),
        RuleKind::Visits => format!("{of}: {units} visit{s} too many or too few"),
        RuleKind::MaxGap => format!("{of}: {units} day{s} too many between two visits"),
        RuleKind::SameTime => format!("{of}: {units} session{s} at another time than usual"),
        RuleKind::Required => format!("{of}: {units} week{s} without the session asked for"),
        RuleKind::Forbidden => format!("{of}: {units} session{s} where there may be none"),
        RuleKind::Locked => format!("{of}: {units} session{s} not as settled"),
        RuleKind::DoctorNeeded => format!("{units} session{s} without the doctor needed"),
        RuleKind::DoctorHours => format!("{of}: {units} session{s} when not available"),
        RuleKind::DoctorWeek => format!("{of}: {units} half-day{s} a week too many"),
        RuleKind::DoctorCycle => format!("{of}: {units} half-day{s} in the cycle too many"),
        RuleKind::Department => format!("{of}: {units} session{s} in a department without authorisation"),
        RuleKind::Refuses => format!("{of}: {units} session{s} at a site refused"),
        RuleKind::Prefers => format!("{of}: {units} session{s} away from the sites preferred"),
        RuleKind::DoctorsPerSite => format!("{of}: {units} doctor{s} too many"),
        RuleKind::ActivityAtLeast => format!("{of}: {units} half-day{s} missing"),
        RuleKind::ActivityAtMost => format!("{of}: {units} half-day{s} too many"),
        RuleKind::PreventionShare => format!("prevention: {units} half-day{s} too many"),
        RuleKind::Majority => {
            format!("general practice has no majority: {units} half-day{s} missing")
        }
        RuleKind::Changes => format!("{units} change{s} of the published calendar too many"),
    }
}

/// Whom a session needs: `un généraliste`, `un médecin de la spécialité cardiologie et un généraliste`.
pub fn needs(session: &Session, territory: &Territory, lang: Lang) -> String {
    let called = |id: &str| {
        let activity = territory.activities.iter().find(|activity| activity.id == id);
        text::name(activity.and_then(|activity| activity.name.as_deref()).unwrap_or(id))
    };
    let (doctor, specialist) = needed(territory, session);
    let told = |needed: Needed<'_>| match (needed, lang) {
        (Needed::General, Lang::Fr) => "un généraliste à bord".to_owned(),
        (Needed::General, Lang::En) => "a general practitioner on board".to_owned(),
        (Needed::GeneralAnywhere, Lang::Fr) => "un généraliste, à bord ou à distance".to_owned(),
        (Needed::GeneralAnywhere, Lang::En) => "a general practitioner, on board or at a distance".to_owned(),
        (Needed::Specialist(id), Lang::Fr) => format!("un médecin de la spécialité {}", called(id)),
        (Needed::Specialist(id), Lang::En) => format!("a doctor of the specialty {}", called(id)),
    };
    let all: Vec<String> = specialist.into_iter().chain([doctor]).map(told).collect();
    text::list(&all, lang)
}

/// Whom the rule concerns, by the name that people use.
fn subject(breach: &Breach, territory: &Territory, lang: Lang) -> Option<String> {
    let id = breach.rule.subject.as_deref()?;
    let named = |name: Option<&String>| text::name(name.map_or(id, String::as_str));
    let site = |id: &str| {
        let site = territory.sites.iter().find(|site| site.id == id);
        site.map_or_else(|| text::name(id), |site| site_name(site, &territory.communes))
    };
    Some(match breach.rule.kind {
        RuleKind::RequiredSite
        | RuleKind::Every
        | RuleKind::Visits
        | RuleKind::MaxGap
        | RuleKind::SameTime
        | RuleKind::DoctorsPerSite => site(id),
        RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked => {
            let number = id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let booking = number.and_then(|place| territory.bookings.get(place));
            let at = booking.and_then(|Booking { site, .. }| site.as_deref()).map(site);
            let what = match lang {
                Lang::Fr => format!("réservation {id}"),
                Lang::En => format!("booking {id}"),
            };
            at.map_or_else(|| what.clone(), |at| format!("{what} ({at})"))
        }
        RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost => {
            let known = territory.activities.iter().find(|activity| activity.id == id);
            named(known.and_then(|Activity { name, .. }| name.as_ref()))
        }
        _ => {
            let known = territory.doctors.iter().find(|doctor| doctor.id == id);
            named(known.and_then(|Doctor { name, .. }| name.as_ref()))
        }
    })
}

/// The name of a site: its own, else that of its commune, else its id.
pub fn site_name(site: &Site, communes: &[Commune]) -> String {
    let commune = communes.iter().find(|commune| commune.code == site.commune);
    let name = site.name.as_ref().or(commune.map(|commune| &commune.name));
    text::name(name.unwrap_or(&site.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::sample;
    use crate::territory::RuleName;

    #[test]
    fn every_rule_has_a_sentence_in_both_languages_that_names_its_subject() {
        let territory = sample::territory();
        for kind in RuleKind::ALL {
            let rule = RuleName::new(kind, Some("dun"));
            let breach = Breach { rule, units: 2.0, sessions: Vec::new(), price: None };
            let [french, english] = [Lang::Fr, Lang::En].map(|lang| sentence(&breach, &territory, lang));
            assert_ne!(french, english);
            let all =
                [RuleKind::DoctorNeeded, RuleKind::PreventionShare, RuleKind::Majority, RuleKind::Changes];
            assert_eq!(french.to_lowercase().contains("dun"), !all.contains(&kind), "{french}");
        }
    }
}
