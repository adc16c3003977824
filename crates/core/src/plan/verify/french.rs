//! Violations in French.

use super::places::{Figure, Followed, List, Slot, VehicleDay};
use super::violation::Violation as V;
use crate::calendar::Clock;
use crate::lang::Lang;
use crate::people::Profile;
use crate::plan::{Relaxed, Rhythm, text};
use crate::times::TimesSource;

const LANG: Lang = Lang::Fr;

/// Most sessions that a sentence names.
const SHOWN: usize = 3;

pub(super) fn what(violation: &V) -> String {
    match violation {
        V::Format { found } => {
            format!("le format « {} » n'est pas celui que lit cette version", text::name(found))
        }
        V::OtherTerritory { found, expected } => {
            format!("le plan est celui de « {} », pas de « {} »", text::name(found), text::name(expected))
        }
        V::OtherInput { found, expected } => format!(
            "le plan vient d'un autre territoire ou d'autres temps de trajet (empreinte {} au lieu de {})",
            text::start(found),
            text::start(expected)
        ),
        V::OtherTimes { found, expected } => {
            format!("le plan compte avec des temps {} au lieu de temps {}", source(*found), source(*expected))
        }
        V::NotFinite(which) => format!("{} : ce n'est pas un nombre fini", figure(which)),
        V::UnknownVehicle(id) => format!("le véhicule « {} » n'est pas du territoire", text::name(id)),
        V::UnknownSite(id) => format!("le site « {} » n'est pas du territoire", text::name(id)),
        V::UnknownCommune(code) => format!("la commune « {} » n'est pas du territoire", text::name(code)),
        V::UnknownDoctor(id) => format!("le médecin « {} » n'est pas du territoire", text::name(id)),
        V::UnknownActivity(id) => format!("l'activité « {} » n'est pas du territoire", text::name(id)),
        V::OutOfOrder(List::Sessions) => "les séances ne sont pas dans l'ordre".into(),
        V::OutOfOrder(List::Days) => "les journées ne sont pas dans l'ordre".into(),
        V::OutOfOrder(List::Coverage) => "la patientèle n'est pas dans l'ordre".into(),
        V::OutOfOrder(List::Relaxed) => "les règles assouplies ne sont pas dans l'ordre".into(),
        V::OutOfOrder(List::Rhythm) => "les rythmes des sites ne sont pas dans l'ordre".into(),
        V::OutsideCycle { day: on, weeks } => format!("{} : le cycle va de la semaine 1 à {weeks}", day(on)),
        V::NotWorking(when) => format!("{} : le véhicule ne travaille pas", slot(when)),
        V::Closed { slot: when, site } => format!("{} : le site {} est fermé", slot(when), text::name(site)),
        V::SeveralAtOnce(when) => format!("{} : plusieurs séances à la fois", slot(when)),
        V::OtherCommune { site, found, expected } => format!(
            "le site {} est dans la commune {}, pas {}",
            text::name(site),
            text::name(expected),
            text::name(found)
        ),
        V::TooManyHalfDays { vehicle, week, half_days, most } => format!(
            "{}, semaine {week} : {half_days} demi-journées au lieu de {most} au plus",
            text::name(vehicle)
        ),
        V::NoWay { day: on, from, to } => {
            format!("{} : aucun trajet connu de {} à {}", day(on), text::name(from), text::name(to))
        }
        V::TooMuchDriving { day: on, drive, most } => format!(
            "{} : {} de conduite au lieu de {} au plus",
            day(on),
            text::duration(*drive, LANG),
            text::duration(*most, LANG)
        ),
        V::NoTimeOverLunch { day: on, drive, left: Some(left) } => format!(
            "{} : {} de trajet à midi, où la pause en laisse {}",
            day(on),
            text::duration(*drive, LANG),
            text::duration(*left, LANG)
        ),
        V::NoTimeOverLunch { day: on, left: None, .. } => {
            format!("{} : la pause de midi ne laisse aucun temps pour changer de site", day(on))
        }
        V::SessionsAtSite { site, sessions, least, most } => {
            let most = most.map_or_else(String::new, |most| format!(" et {most} au plus"));
            format!(
                "site {} : {sessions} séances dans le cycle, au lieu de {least} au moins{most}",
                text::name(site)
            )
        }
        V::SharedSite { site, vehicles } => {
            let names: Vec<String> = vehicles.iter().map(|id| text::name(id)).collect();
            format!(
                "site {} : desservi par {}, où un seul véhicule peut l'être",
                text::name(site),
                text::list(&names, LANG)
            )
        }
        V::WrongHours(when) => format!("{} : les horaires ne sont pas ceux du véhicule", slot(when)),
        V::NoDriveStated(when) => format!("{} : il manque l'heure de départ ou d'arrivée", slot(when)),
        V::AlreadyThere(when) => {
            format!("{} : un trajet, alors que le véhicule est déjà sur place", slot(when))
        }
        V::WrongDriveTime { slot: when, leave, arrive, drive } => format!(
            "{} : départ {}, arrivée {}, pour un trajet de {drive} s",
            slot(when),
            exact(*leave),
            exact(*arrive)
        ),
        V::ArrivesLate { slot: when, arrive, open } => {
            format!("{} : arrivée à {}, après l'ouverture à {}", slot(when), exact(*arrive), exact(*open))
        }
        V::LeavesEarly { slot: when, leave, close } => {
            format!(
                "{} : départ à {}, avant la fin de la matinée à {}",
                slot(when),
                exact(*leave),
                exact(*close)
            )
        }
        V::MissingDay(on) => format!("{} : la journée manque à la liste", day(on)),
        V::DayWithoutSession(on) => format!("{} : la journée n'a aucune séance", day(on)),
        V::DuplicateDay(on) => format!("{} : la journée est là plusieurs fois", day(on)),
        V::WrongStart { day: on, found, expected } => {
            format!("{} : départ de la base à {} au lieu de {}", day(on), exact(*found), exact(*expected))
        }
        V::WrongReturn { day: on, found, expected } => {
            format!("{} : retour à la base à {} au lieu de {}", day(on), exact(*found), exact(*expected))
        }
        V::WrongDriving { day: on, found, expected } => {
            format!("{} : {found} s de conduite, alors que la somme des trajets est {expected} s", day(on))
        }
        V::WrongLength { day: on, found, expected } => {
            let length = |metres: &Option<medicobus_roads::Metres>| {
                metres.map_or_else(
                    || "inconnue".to_owned(),
                    |metres| format!("{} m", text::number(metres.0, 0, LANG)),
                )
            };
            format!("{} : longueur {}, alors que la somme est {}", day(on), length(found), length(expected))
        }
        V::DuplicateCoverage(who) => format!("{} : comptés plusieurs fois", followed(who)),
        V::NotPositive { who, patients } => {
            format!("{} : {patients} n'est pas au-dessus de 0", followed(who))
        }
        V::NoSessionThere(who) => format!("{} : le site n'a aucune séance", followed(who)),
        V::BeyondReach(who) => format!("{} : le site est hors de leur portée", followed(who)),
        V::TooManyFollowed { commune, profile: who, share, followed, willing } => format!(
            "{} de {} : {} suivis à des sites où {} % au plus iraient, soit {}",
            profile(*who),
            text::name(commune),
            text::number(*followed, 4, LANG),
            text::number(share.0 * 100.0, 1, LANG),
            text::number(*willing, 4, LANG)
        ),
        V::OverCapacity { site, needed, given } => format!(
            "site {} : {} consultations par cycle, où les séances en donnent {}",
            text::name(site),
            text::number(*needed, 4, LANG),
            text::number(*given, 4, LANG)
        ),
        V::DoctorInTwoPlaces { doctor, week, day, half } => format!(
            "{}, semaine {week}, {} {} : deux séances à la fois",
            text::name(doctor),
            text::day(*day, LANG),
            text::half(*half, LANG)
        ),
        V::WrongDoctor { slot: when, doctor } => {
            format!("{} : {} n'est pas le médecin qu'il faut à cette séance", slot(when), text::name(doctor))
        }
        V::NeedlessSpecialist { slot: when, doctor } => format!(
            "{} : {} vient en second, alors que la séance n'est partagée avec aucune spécialité",
            slot(when),
            text::name(doctor)
        ),
        V::ActivityElsewhere { slot: when, activity, site } => format!(
            "{} : l'activité {} ne peut pas avoir lieu au site {}",
            slot(when),
            text::name(activity),
            text::name(site)
        ),
        V::NoGeneralPractice { site } => {
            format!("site {} : aucune séance de médecine générale", text::name(site))
        }
        V::Broken { rule, units, slots } => {
            let what = text::breach(rule, rule.subject.as_deref().unwrap_or_default(), *units, LANG);
            let slots: Vec<String> = slots.iter().take(SHOWN).map(slot).collect();
            let first = if slots.is_empty() { String::new() } else { format!(" ({})", slots.join(" ; ")) };
            format!("règle {} : {what}{first}", text::name(&rule.to_string()))
        }
        V::PricesMissing => "des règles ont un prix, et le plan ne dit pas ce qu'il vaut avec".into(),
        V::PricesNeedless => "le plan compte des pénalités, alors qu'aucune règle n'a de prix".into(),
        V::WrongRelaxed { rule, found, expected } => format!(
            "règle {} : le plan dit {}, les séances donnent {}",
            text::name(&rule.to_string()),
            relaxed(found.as_deref()),
            relaxed(expected.as_deref())
        ),
        V::WrongRhythm { site, found, expected } => format!(
            "site {} : le plan dit {}, les séances donnent {}",
            text::name(site),
            rhythm(found.as_deref()),
            rhythm(expected.as_deref())
        ),
        V::NeedlessSameTimeCost { cost } => format!(
            "le plan dit ce que coûteraient des séances toujours au même moment ({}), où il n'y a rien à en dire",
            text::number(*cost, 6, LANG)
        ),
        V::WrongFigure { figure: which, found, expected } => format!(
            "{} : le plan dit {}, le calcul donne {}",
            figure(which),
            text::number(*found, 6, LANG),
            text::number(*expected, 6, LANG)
        ),
        V::BoundTooLow { bound, objective } => format!(
            "le majorant {} est sous l'objectif {}",
            text::number(*bound, 6, LANG),
            text::number(*objective, 6, LANG)
        ),
        V::ValueBoundTooLow { bound, value } => format!(
            "le majorant {} est sous la valeur {}",
            text::number(*bound, 6, LANG),
            text::number(*value, 6, LANG)
        ),
        V::NotProvenOptimal { gap } => {
            format!("le plan est dit optimal avec un écart de {} %", text::number(gap * 100.0, 4, LANG))
        }
    }
}

/// To the millisecond, as in the plan's file.
fn exact(clock: Clock) -> String {
    clock.into()
}

fn day(on: &VehicleDay) -> String {
    format!("{}, semaine {}, {}", text::name(&on.vehicle), on.week, text::day(on.day, LANG))
}

fn slot(slot: &Slot) -> String {
    format!("{} {}", day(&slot.on), text::half(slot.half, LANG))
}

fn followed(who: &Followed) -> String {
    format!("{} de {} au site {}", profile(who.profile), text::name(&who.commune), text::name(&who.site))
}

fn relaxed(relaxed: Option<&Relaxed>) -> String {
    relaxed.map_or_else(
        || "qu'elle est tenue".to_owned(),
        |Relaxed { units, price, sessions, .. }| {
            let (units, price) = (text::number(*units, 4, LANG), text::number(*price, 4, LANG));
            format!("{units} fois le prix {price} pour {} séances désignées", sessions.len())
        },
    )
}

fn rhythm(rhythm: Option<&Rhythm>) -> String {
    rhythm.map_or_else(
        || "rien".to_owned(),
        |Rhythm { visits, longest_gap, other_times, doctors, .. }| {
            format!(
                "{visits} visites, {longest_gap} jours au plus, {other_times} séances à un autre moment, \
                 {doctors} médecins"
            )
        },
    )
}

const fn profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Ald => "patients en ALD",
        Profile::Elderly => "patients âgés",
        Profile::Other => "autres patients",
    }
}

const fn source(source: TimesSource) -> &'static str {
    match source {
        TimesSource::Roads => "calculés sur les routes",
        TimesSource::Table => "lus dans un tableau",
        TimesSource::Estimate => "estimés à vol d'oiseau",
    }
}

fn figure(figure: &Figure) -> String {
    match figure {
        Figure::Objective => "l'objectif".into(),
        Figure::Reached => "les personnes à portée".into(),
        Figure::Followed => "les personnes suivies".into(),
        Figure::Bound => "le majorant".into(),
        Figure::Gap => "l'écart".into(),
        Figure::Value => "la valeur".into(),
        Figure::Penalties => "les pénalités".into(),
        Figure::ValueBound => "le majorant de la valeur".into(),
        Figure::SameTimeCost => "le coût de séances toujours au même moment".into(),
        Figure::Length(on) => format!("{}, longueur", day(on)),
        Figure::Patients(who) => followed(who),
    }
}
