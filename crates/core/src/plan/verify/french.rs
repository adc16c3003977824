//! Violations in French.

use super::violation::{Figure, Followed, List, Slot, VehicleDay, Violation as V};
use crate::calendar::Clock;
use crate::lang::Lang;
use crate::people::Profile;
use crate::plan::text;
use crate::times::TimesSource;

const LANG: Lang = Lang::Fr;

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
        V::OutOfOrder(List::Sessions) => "les séances ne sont pas dans l'ordre".into(),
        V::OutOfOrder(List::Days) => "les journées ne sont pas dans l'ordre".into(),
        V::OutOfOrder(List::Coverage) => "la patientèle n'est pas dans l'ordre".into(),
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
        V::WrongHours(when) => format!("{} : les horaires ne sont pas ceux du territoire", slot(when)),
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
        Figure::Length(on) => format!("{}, longueur", day(on)),
        Figure::Patients(who) => followed(who),
    }
}
