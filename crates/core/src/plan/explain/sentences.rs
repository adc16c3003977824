//! The explanations in words.

use medicobus_roads::Metres;

use super::{Instead, NamedSite, Nearest, Obstacle, Reason, Unserved, WhyEmpty};
use crate::lang::Lang;
use crate::plan::text::{about, at, duration, list, name, patients, percent};
use crate::times::OutOfReach;

/// `Ozon (112 patients) : y tenir une demi-journée plutôt qu'à Albon retirerait 85 points à l'objectif ; la séance la
/// plus proche est à Sarras, à 9 min.`
pub(super) fn unserved(unserved: &Unserved, lang: Lang) -> String {
    let (place, count) = (name(&unserved.name), patients(unserved.patients.0, lang));
    let is_own = |site: &NamedSite| site.commune == unserved.commune;
    let why = match (&unserved.reason, lang) {
        (Reason::OffRoads(why), _) => off_roads(*why, lang),
        (Reason::NoSiteWithin(reach), Lang::Fr) => {
            format!("aucun site à moins de {}", duration(*reach, lang))
        }
        (Reason::NoSiteWithin(reach), Lang::En) => format!("no site within {}", duration(*reach, lang)),
        (Reason::NoSite, Lang::Fr) => "la commune n'a pas de site".into(),
        (Reason::NoSite, Lang::En) => "the commune has no site".into(),
        (Reason::NoVehicle { site, obstacle }, _) if is_own(site) => lacking(obstacle, lang),
        (Reason::NoVehicle { site, obstacle }, Lang::Fr) => {
            format!("son site le plus accessible est {} ; {}", name(&site.name), lacking(obstacle, lang))
        }
        (Reason::NoVehicle { site, obstacle }, Lang::En) => {
            format!("its easiest site is {}; {}", name(&site.name), lacking(obstacle, lang))
        }
        (Reason::Instead(instead), _) => {
            let sessions = sessions(&instead.site, is_own(&instead.site), instead.half_days, lang);
            format!("{sessions}{} {}", rather_than(instead, lang), effect(instead, lang))
        }
        (Reason::NoRoom(site), Lang::Fr) => {
            format!("{} demanderait un tout autre plan", sessions(site, is_own(site), 1, lang))
        }
        (Reason::NoRoom(site), Lang::En) => {
            format!("{} would take quite another plan", sessions(site, is_own(site), 1, lang))
        }
        (Reason::LeftOut { proven: true }, Lang::Fr) => {
            "aucun plan qui la dessert ne vaut mieux, à 0,01 % près".into()
        }
        (Reason::LeftOut { proven: true }, Lang::En) => {
            "no plan that serves it is worth more, within 0.01 %".into()
        }
        (Reason::LeftOut { proven: false }, Lang::Fr) => "ce plan n'y tient pas de séance".into(),
        (Reason::LeftOut { proven: false }, Lang::En) => "this plan holds no session there".into(),
    };
    let elsewhere = unserved.nearest.as_ref().map_or_else(String::new, |nearest| elsewhere(nearest, lang));
    match lang {
        Lang::Fr => format!("{place} ({count}) : {why}{elsewhere}."),
        Lang::En => format!("{place} ({count}): {why}{elsewhere}."),
    }
}

/// Where people go instead, and how many of them are ready to where that is not everyone.
fn elsewhere(nearest: &Nearest, lang: Lang) -> String {
    let (place, time) = (at(&nearest.site.name, lang), duration(nearest.time, lang));
    let ready = percent(nearest.share.0, lang);
    match (lang, nearest.share.0 < 1.0) {
        (Lang::Fr, false) => format!(" ; la séance la plus proche est {place}, à {time}"),
        (Lang::En, false) => format!("; the nearest session is {place}, {time} away"),
        (Lang::Fr, true) => format!(
            " ; la séance la plus proche est {place}, à {time}, où {ready} des personnes sont prêtes à aller"
        ),
        (Lang::En, true) => {
            format!("; the nearest session is {place}, {time} away, where {ready} of people are ready to go")
        }
    }
}

pub(super) fn why_empty(why: &WhyEmpty, lang: Lang) -> String {
    let why = match (why, lang) {
        (WhyEmpty::NoSite, Lang::Fr) => "le territoire n'a aucun site".into(),
        (WhyEmpty::NoSite, Lang::En) => "the territory has no site".into(),
        (WhyEmpty::NoPatients, Lang::Fr) => "le territoire n'a aucun patient sans médecin traitant".into(),
        (WhyEmpty::NoPatients, Lang::En) => "the territory has no patients without a médecin traitant".into(),
        (WhyEmpty::NothingCounts, Lang::Fr) => {
            "tous les profils qui ont des patients ont un poids nul".into()
        }
        (WhyEmpty::NothingCounts, Lang::En) => "every profile that has patients weighs nothing".into(),
        (WhyEmpty::NobodyWithin(reach), Lang::Fr) => {
            format!("aucune commune qui a des patients n'a de site à moins de {}", duration(*reach, lang))
        }
        (WhyEmpty::NobodyWithin(reach), Lang::En) => {
            format!("no commune with patients has a site within {}", duration(*reach, lang))
        }
        (WhyEmpty::NoVehicle { site, obstacle }, Lang::Fr) => {
            format!("le site le plus accessible est {} ; {}", name(&site.name), lacking(obstacle, lang))
        }
        (WhyEmpty::NoVehicle { site, obstacle }, Lang::En) => {
            format!("the easiest site is {}; {}", name(&site.name), lacking(obstacle, lang))
        }
        (WhyEmpty::NothingFound, Lang::Fr) => "le calcul s'est arrêté avant d'en trouver une".into(),
        (WhyEmpty::NothingFound, Lang::En) => "the search was stopped before it found one".into(),
        (WhyEmpty::NothingBetter, Lang::Fr) => "aucun plan qui tient les règles ne vaut mieux".into(),
        (WhyEmpty::NothingBetter, Lang::En) => "no plan that keeps the rules is worth more".into(),
    };
    match lang {
        Lang::Fr => format!("Le plan n'a aucune séance : {why}."),
        Lang::En => format!("The plan has no session: {why}."),
    }
}

fn off_roads(why: OutOfReach, lang: Lang) -> String {
    let km = |metres: Metres| format!("{} km", about(metres.0 / 1000.0, lang));
    match (why, lang) {
        (OutOfReach::TooFarFromRoads { distance: Some(distance), limit }, Lang::Fr) => {
            format!("la route la plus proche est à {}, au-delà de la limite de {}", km(distance), km(limit))
        }
        (OutOfReach::TooFarFromRoads { distance: Some(distance), limit }, Lang::En) => {
            format!("the nearest road is {} away, beyond the limit of {}", km(distance), km(limit))
        }
        (OutOfReach::TooFarFromRoads { distance: None, limit }, Lang::Fr) => {
            format!("aucune route à moins de {}", km(limit))
        }
        (OutOfReach::TooFarFromRoads { distance: None, limit }, Lang::En) => {
            format!("no road within {}", km(limit))
        }
        (OutOfReach::CutOff { distance }, Lang::Fr) => format!(
            "les routes voisines, à {}, ne se rattachent pas au réseau : il y manque un pont, un bac ou un extrait",
            km(distance)
        ),
        (OutOfReach::CutOff { distance }, Lang::En) => format!(
            "the roads nearby, {} away, do not join the network: a bridge, a ferry or an extract is missing",
            km(distance)
        ),
        (OutOfReach::UnknownPosition, Lang::Fr) => "la position n'est pas connue".into(),
        (OutOfReach::UnknownPosition, Lang::En) => "the position is not known".into(),
    }
}

/// What a site lacks.
fn lacking(obstacle: &Obstacle, lang: Lang) -> String {
    match (obstacle, lang) {
        (Obstacle::TooFewHalfDays { least, most }, Lang::Fr) => {
            format!(
                "il faut y tenir {} au moins, et {most} au plus y sont possibles",
                half_days(*least, lang)
            )
        }
        (Obstacle::TooFewHalfDays { least, most }, Lang::En) => {
            format!("it must have {} at least, and can have {most} at most", half_days(*least, lang))
        }
        (Obstacle::NeverOpen, Lang::Fr) => "le site est fermé quand les véhicules travaillent".into(),
        (Obstacle::NeverOpen, Lang::En) => "the site is closed whenever a vehicle works".into(),
        (Obstacle::TooFar { drive: Some(drive), limit }, Lang::Fr) => format!(
            "l'aller-retour prend {} de conduite, pour {} au plus par jour",
            duration(*drive, lang),
            duration(*limit, lang)
        ),
        (Obstacle::TooFar { drive: Some(drive), limit }, Lang::En) => format!(
            "there and back takes {} of driving, where a day has {} at most",
            duration(*drive, lang),
            duration(*limit, lang)
        ),
        (Obstacle::TooFar { drive: None, limit }, Lang::Fr) => {
            format!(
                "aucun aller-retour connu ne tient dans la journée, avec {} de conduite au plus",
                duration(*limit, lang)
            )
        }
        (Obstacle::TooFar { drive: None, limit }, Lang::En) => {
            format!(
                "no known way there and back fits in a day with {} of driving at most",
                duration(*limit, lang)
            )
        }
        (Obstacle::OffRoads(why), Lang::Fr) => {
            format!("aucune route ne mène au site ({})", off_roads(*why, lang))
        }
        (Obstacle::OffRoads(why), Lang::En) => {
            format!("no road leads to the site ({})", off_roads(*why, lang))
        }
        (Obstacle::BasesOffRoads(why), Lang::Fr) => {
            format!("aucune route ne mène à la base des véhicules ({})", off_roads(*why, lang))
        }
        (Obstacle::BasesOffRoads(why), Lang::En) => {
            format!("no road leads to the base of the vehicles ({})", off_roads(*why, lang))
        }
    }
}

/// To hold sessions in the commune itself, or at a site that its people can reach.
fn sessions(site: &NamedSite, is_own: bool, count: u32, lang: Lang) -> String {
    let half_days = half_days(count, lang);
    let place = at(&site.name, lang);
    match (lang, is_own) {
        (Lang::Fr, true) => format!("y tenir {half_days}"),
        (Lang::Fr, false) => format!("tenir {half_days} {place}, à portée de ses habitants,"),
        (Lang::En, true) => format!("{half_days} there"),
        (Lang::En, false) => format!("{half_days} {place}, within reach of its people,"),
    }
}

fn half_days(count: u32, lang: Lang) -> String {
    match (count, lang) {
        (0 | 1, Lang::Fr) => "une demi-journée".into(),
        (0 | 1, Lang::En) => "a half-day".into(),
        (count, Lang::Fr) => format!("{count} demi-journées par cycle"),
        (count, Lang::En) => format!("{count} half-days a cycle"),
    }
}

fn rather_than(instead: &Instead, lang: Lang) -> String {
    let places: Vec<String> = instead.instead_of.iter().map(|(site, _)| at(&site.name, lang)).collect();
    match lang {
        _ if places.is_empty() => String::new(),
        Lang::Fr => format!(" plutôt qu'{}", list(&places, lang)),
        Lang::En => format!(" rather than {}", list(&places, lang)),
    }
}

fn effect(instead: &Instead, lang: Lang) -> String {
    let change = about(instead.loss.abs(), lang);
    let points = match lang {
        Lang::Fr if instead.loss.abs() < 2.0 => "point",
        Lang::En if change == "1" => "point",
        _ => "points",
    };
    match (lang, instead.equal, instead.loss > 0.0) {
        (Lang::Fr, true, _) => "donnerait une autre solution de même valeur, à 0,01 % près".into(),
        (Lang::En, true, _) => "would make another plan of equal value, within 0.01 %".into(),
        (Lang::Fr, false, true) => format!("retirerait {change} {points} à l'objectif"),
        (Lang::En, false, true) => format!("would take {change} {points} off the objective"),
        (Lang::Fr, false, false) => {
            format!("ajouterait {change} {points} à l'objectif : un meilleur plan existe")
        }
        (Lang::En, false, false) => {
            format!("would add {change} {points} to the objective: a better plan exists")
        }
    }
}
