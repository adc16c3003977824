//! Messages in French.

use super::kind::{Expected, FaultKind as K, First, Named, Unreadable};
use super::texts::{bytes, count, interval, number as plain, shown};
use super::{Fault, Quantity};
use crate::territory::duration::written;

/// A number with a decimal comma.
fn number(value: f64) -> String {
    if value.is_nan() { "NaN".to_owned() } else { plain(value).replace('.', ",") }
}

fn quantity(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Latitude => "la latitude",
        Quantity::Longitude => "la longitude",
        Quantity::Population => "la population",
        Quantity::Patients => "le nombre de patients",
        Quantity::CycleWeeks => "le nombre de semaines du cycle",
        Quantity::WeeksPerYear => "le nombre de semaines d'activité par an",
        Quantity::Weight | Quantity::ObjectiveWeight => "le poids",
        Quantity::VisitsPerYear => "le nombre de consultations par an et par patient",
        Quantity::Consultations => "le nombre de consultations par demi-journée",
        Quantity::Share | Quantity::FirstShare => "la part",
        Quantity::HalfDaysPerWeek => "le nombre de demi-journées par semaine",
        Quantity::HalfDays => "le nombre de demi-journées par cycle",
        Quantity::UnscheduledShare | Quantity::PreventionShare | Quantity::ActivityShare => "la part",
        Quantity::Year => "l'année",
        Quantity::EveryWeeks => "le nombre de semaines d'une visite à l'autre",
        Quantity::Visits => "le nombre de visites par cycle",
        Quantity::GapDays => "le nombre de jours entre deux visites",
        Quantity::DoctorsPerSite => "le nombre de médecins par site",
        Quantity::Changes => "le nombre de changements",
        Quantity::Price => "le prix",
        Quantity::TripSeconds => "la durée du trajet en secondes",
        Quantity::TripMetres => "la longueur du trajet en mètres",
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "un texte entre guillemets",
        Expected::Files => {
            "un chemin entre guillemets, ou une liste de chemins, [\"a.osm.pbf\", \"b.osm.pbf\"]"
        }
        Expected::Number => "un nombre",
        Expected::WholeNumber => "un nombre entier",
        Expected::Boolean => "true ou false",
        Expected::Section => "une section, [nom] ou { ... }",
        Expected::Sections => "une suite de sections, [[nom]] ou [{ ... }, ...]",
        Expected::HalfDays => "une liste de demi-journées, [\"mon\", \"tue-am\"]",
        Expected::Weeks => "une liste de semaines, [1, 3], ou \"odd\" ou \"even\"",
        Expected::Texts => "une liste de textes, [\"26\", \"07\"]",
        Expected::Capacity => "un nombre ou \"unlimited\"",
        Expected::Base => "le code d'une commune, \"26325\", ou une position, [45.28, 4.82]",
    }
}

fn found(toml_type: &str) -> &'static str {
    match toml_type {
        "string" => "un texte",
        "integer" => "un nombre entier",
        "float" => "un nombre à décimales",
        "boolean" => "true ou false",
        "datetime" => "une date ou une heure",
        "array" => "une liste",
        _ => "une section",
    }
}

/// The beginning of « aucun site ne s'appelle ... ».
const fn none_of(named: Named) -> &'static str {
    match named {
        Named::Vehicle => "aucun véhicule",
        Named::Site => "aucun site",
        Named::Doctor => "aucun médecin",
        Named::Activity => "aucune activité",
    }
}

fn lookalike(code: Option<&String>) -> String {
    code.map_or_else(String::new, |code| format!(" ; est-ce « {} » ?", shown(code)))
}

fn list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| shown(name.as_ref())).collect::<Vec<_>>().join(", ")
}

pub(super) fn what(fault: &Fault) -> String {
    let label = shown(&fault.place.label());
    match &fault.kind {
        K::Unreadable(Unreadable::Missing) => "ce fichier n'existe pas".into(),
        K::Unreadable(Unreadable::Folder) => "c'est un dossier, pas un fichier".into(),
        K::Unreadable(Unreadable::Forbidden) => "la lecture de ce fichier est interdite".into(),
        K::Unreadable(Unreadable::Other(why)) => format!("ce fichier n'a pas pu être lu ({})", shown(why)),
        K::TooLarge { limit } => format!("ce fichier dépasse {}", bytes(*limit)),
        K::TooManyRows { limit } => format!("ce tableau dépasse {limit} lignes"),
        K::LineTooLong { limit } => format!("cette ligne dépasse {}", bytes(*limit)),
        K::NotUtf8 => "le texte n'est pas en UTF-8".into(),
        K::Binary => "ce n'est pas un fichier de texte".into(),
        K::EmptyFile => "ce fichier est vide".into(),
        K::NoRows => "ce tableau n'a que ses titres de colonnes".into(),
        K::MissingColumns { missing, .. } => format!("colonnes manquantes : {}", list(missing)),
        K::DuplicateColumn(name) => format!("la colonne « {} » est là deux fois", shown(name)),
        K::UnknownColumn { name, .. } => {
            format!("la colonne « {} » est inconnue ; elle n'est pas lue", shown(name))
        }
        K::RaggedRow { expected, found } => {
            format!(
                "cette ligne compte {} au lieu de {expected}",
                count(*found as u64, "cellule", "cellules")
            )
        }
        K::UnclosedQuote => "un guillemet s'ouvre et ne se ferme pas sur cette ligne".into(),
        K::NotANumber(text) => format!("{label} : « {} » n'est pas un nombre", shown(text)),
        K::NotWhole(text) => format!("{label} : « {} » n'est pas un nombre entier", shown(text)),
        K::Blank => format!("{label} est vide"),
        K::UnknownCount => format!("le nombre de patients {label} est vide ; inconnu ne veut pas dire zéro"),
        K::NotAHalfDay(word) => format!("{label} : « {} » n'est pas une demi-journée", shown(word)),
        K::HalfPosition => "la position n'a qu'une de ses deux coordonnées".into(),
        K::Syntax(message) => format!("la syntaxe TOML n'est pas respectée ({})", syntax(message)),
        K::UnknownKey { lookalike: Some(key), .. } => {
            format!("la clé {label} est inconnue ; est-ce « {key} » ?")
        }
        K::UnknownKey { .. } => format!("la clé {label} est inconnue"),
        K::MissingKey => format!("il manque la clé {label}"),
        K::WrongType { expected: e, found: f } => {
            format!("{label} doit être {}, pas {}", expected(*e), found(f))
        }
        K::NotADuration(text) => format!("{label} : « {} » n'est pas une durée", shown(text)),
        K::BareDuration(text) => format!("{label} : la durée {} n'a pas d'unité", shown(text)),
        K::NotHours(text) => format!("{label} : « {} » n'est pas un horaire", shown(text)),
        K::TwoCapacities => "consultations_per_half_day et consultation sont donnés tous les deux".into(),
        K::SetupFillsSession { setup, session } => format!(
            "l'installation ({}) prend toute la demi-journée ({})",
            written(*setup),
            written(*session)
        ),
        K::NoConsultationTime => "une consultation ne durerait pas".into(),
        K::OutOfRange { quantity: q, value } if value.is_finite() => {
            format!("{} « {} » est hors de {}", quantity(*q), number(*value), interval(*q))
        }
        K::OutOfRange { quantity: q, value } => {
            format!("{} « {} » n'est pas un nombre fini", quantity(*q), number(*value))
        }
        K::Duplicate { name, first: First::Line(line) } => {
            format!("« {} » est déjà à la ligne {line}", shown(name))
        }
        K::Duplicate { name, first: First::Place(place) } => {
            format!("« {} » est déjà en {place}", shown(name))
        }
        K::UnknownCommune { code, lookalike: like } => {
            format!("aucune commune n'a le code « {} »{}", shown(code), lookalike(like.as_ref()))
        }
        K::UnknownBase { code, lookalike: like } => format!(
            "la base « {} » n'est ni une commune du territoire ni un lieu des temps de trajet{}",
            shown(code),
            lookalike(like.as_ref())
        ),
        K::CodeOfAnotherCommune(id) => {
            format!("le site « {} » porte le code d'une autre commune que la sienne", shown(id))
        }
        K::ReservedName(name) => format!("« {} » commence par « base: », réservé aux bases", shown(name)),
        K::MinOverMax { min, max } => {
            format!("le minimum de demi-journées ({min}) dépasse le maximum ({max})")
        }
        K::NoBand => "aucune tranche de temps d'accès : personne ne viendrait".into(),
        K::BandNotFurther { within, previous } => format!(
            "la tranche de {} ne va pas plus loin que la précédente ({})",
            written(*within),
            written(*previous)
        ),
        K::ShareNotLower { share, previous } => {
            format!("la part {} n'est pas inférieure à la précédente ({})", number(*share), number(*previous))
        }
        K::TooLong { duration, most } => {
            format!("{label} : {} dépasse {}", written(*duration), written(*most))
        }
        K::NoObjective => "reached et followed valent zéro tous les deux : rien ne serait à maximiser".into(),
        K::EndsBeforeStart { start, end } => {
            format!("{label} : la fin ({end}) n'est pas après le début ({start})")
        }
        K::PastMidnight(end) => format!("{label} : la fin ({end}) est après minuit"),
        K::AfternoonTooEarly { morning_end, afternoon_start } => {
            format!("l'après-midi commence ({afternoon_start}) avant la fin de la matinée ({morning_end})")
        }
        K::LunchTooLong { lunch, gap } => format!(
            "la pause de {} dépasse le temps entre matinée et après-midi ({})",
            written(*lunch),
            written(*gap)
        ),
        K::NoCommune => "le territoire n'a aucune commune".into(),
        K::NoVehicle => "le territoire n'a aucun véhicule".into(),
        K::NoSite => "le territoire n'a aucun site : rien ne pourra être desservi".into(),
        K::NeverWorks => "ce véhicule ne travaille aucune demi-journée".into(),
        K::NeverOpen => "ce site n'est ouvert aucune demi-journée".into(),
        K::UnknownZone { zone, communes } => {
            let communes = count(*communes as u64, "commune", "communes");
            format!("le zonage « {} » est inconnu ({communes})", shown(zone))
        }
        K::LostZero { code, communes } => {
            let communes = count(*communes as u64, "commune", "communes");
            format!("le code « {} » semble avoir perdu son zéro initial ({communes})", shown(code))
        }
        K::TimesOfUnknownPlaces { places, examples } => format!(
            "les temps de trajet nomment {} : {}{}",
            count(*places as u64, "lieu que le territoire ignore", "lieux que le territoire ignore"),
            list(examples),
            if examples.len() < *places { ", ..." } else { "" }
        ),
        K::SitesWithoutTimes { sites, examples } => format!(
            "aucun temps de trajet ne mène à {} : {}{}",
            count(*sites as u64, "site", "sites"),
            list(examples),
            if examples.len() < *sites { ", ..." } else { "" }
        ),
        K::NotAWeek(text) => format!("{label} : « {} » n'est pas une semaine", shown(text)),
        K::NotYesOrNo(text) => format!("{label} : « {} » n'est ni oui ni non", shown(text)),
        K::NotADay(text) => format!("{label} : « {} » n'est pas un jour", shown(text)),
        K::NotAHalf(text) => format!("{label} : « {} » n'est ni matin ni après-midi", shown(text)),
        K::NotOneOf { text, lookalike: Some(known), .. } => {
            format!("{label} : « {} » est inconnu ; est-ce « {known} » ?", shown(text))
        }
        K::NotOneOf { text, .. } => format!("{label} : « {} » est inconnu", shown(text)),
        K::UnknownName { of, name, lookalike: like } => {
            format!("{} ne s'appelle « {} »{}", none_of(*of), shown(name), lookalike(like.as_ref()))
        }
        K::WeekOutsideCycle { week, cycle_weeks } => format!(
            "{label} : la semaine {week} est hors du cycle, qui a {}",
            count(u64::from(*cycle_weeks), "semaine", "semaines")
        ),
        K::Rhythm(fault) => fault.french().0,
        K::Doctor(fault) => fault.french().0,
        K::Activity(fault) => fault.french().0,
        K::Booking(fault) => fault.french().0,
        K::Price(fault) => fault.french().0,
        K::Idle(why) => why.french(&label).0,
        K::More { errors, warnings } => format!(
            "non listés : {} et {}",
            count(*errors, "autre erreur", "autres erreurs"),
            count(*warnings, "autre avertissement", "autres avertissements")
        ),
    }
}

/// What the TOML reader says, for the slips that people make.
fn syntax(message: &str) -> String {
    let known = [
        ("duplicate key", "clé en double"),
        ("key with no value", "clé sans valeur"),
        ("string values must be quoted", "texte sans guillemets"),
        ("missing value for key", "clé sans valeur"),
        ("unclosed array table", "[[ sans ]]"),
        ("unclosed array", "[ sans ]"),
        ("unclosed table", "[ sans ]"),
        ("unclosed inline table", "{ sans }"),
        ("missing comma", "virgule manquante"),
        ("extra comma", "virgule en trop"),
        ("missing assignment", "signe = manquant"),
        ("extra `=`", "signe = en trop"),
        ("unexpected leading zero", "zéro au début d'un nombre"),
        ("cannot recurse further", "trop d'imbrications"),
        ("recursion limit", "trop d'imbrications"),
    ];
    let french = known.iter().find(|(english, _)| message.starts_with(english));
    french.map_or_else(|| shown(message), |(_, french)| (*french).to_owned())
}

pub(super) fn remedy(fault: &Fault) -> String {
    match &fault.kind {
        K::Unreadable(Unreadable::Missing) => "Vérifiez le nom et le dossier".into(),
        K::Unreadable(Unreadable::Folder) => "Donnez le nom du fichier qui s'y trouve".into(),
        K::Unreadable(_) => "Vérifiez les droits d'accès et le support".into(),
        K::TooLarge { .. } | K::TooManyRows { .. } => {
            "Vérifiez que c'est le bon fichier, ou réduisez le territoire".into()
        }
        K::LineTooLong { .. } => {
            "Vérifiez que c'est bien un tableau CSV, une ligne par enregistrement".into()
        }
        K::NotUtf8 => "Enregistrez le fichier en UTF-8 (dans un tableur : « CSV UTF-8 »)".into(),
        K::Binary => "Exportez le tableau en CSV (UTF-8) ; un classeur ou une archive ne se lit pas".into(),
        K::EmptyFile => "Remplissez-le, ou donnez un autre fichier".into(),
        K::NoRows => "Ajoutez au moins une ligne".into(),
        K::MissingColumns { lookalikes, .. } if !lookalikes.is_empty() => {
            let renames = lookalikes.iter().map(|l| format!("« {} » en « {} »", shown(&l.found), l.expected));
            format!("Renommez {}, ajoutez les autres", renames.collect::<Vec<_>>().join(", "))
        }
        K::MissingColumns { .. } => "Ajoutez-les, avec leur titre sur la première ligne".into(),
        K::DuplicateColumn(_) => "Gardez-en une".into(),
        K::UnknownColumn { lookalike: Some(column), .. } => {
            format!("Renommez-la « {column} » si c'est d'elle qu'il s'agit")
        }
        K::UnknownColumn { .. } => "Corrigez son titre, ou laissez-la si elle ne sert qu'à vous".into(),
        K::RaggedRow { .. } => {
            "Mettez entre guillemets les cellules qui contiennent le séparateur, complétez les autres".into()
        }
        K::UnclosedQuote => "Fermez le guillemet ; une cellule tient sur une ligne".into(),
        K::NotANumber(_) => "Écrivez un nombre, sans espace ni unité".into(),
        K::NotWhole(_) => "Écrivez un nombre entier".into(),
        K::Blank => "Donnez une valeur".into(),
        K::UnknownCount => "Écrivez le nombre, ou 0 s'il n'y a vraiment personne".into(),
        K::NotAHalfDay(_) => {
            "Écrivez mon, tue, wed, thu, fri, sat ou sun, suivi de -am (matin) ou -pm (après-midi) au besoin"
                .into()
        }
        K::HalfPosition => {
            "Donnez lat et lon, ou aucune des deux (le site est alors au centre de sa commune)".into()
        }
        K::Syntax(message) if message.contains("duplicate key") => "Gardez une seule fois cette clé".into(),
        K::Syntax(_) => "Écrivez clé = valeur, les textes entre guillemets droits".into(),
        K::UnknownKey { known, .. } => format!("Les clés connues sont ici : {}", list(known)),
        K::MissingKey => "Ajoutez-la".into(),
        K::WrongType { .. } => "Corrigez la valeur".into(),
        K::NotADuration(_) | K::BareDuration(_) => {
            "Écrivez par exemple \"75min\", \"1h30\" ou \"90s\"".into()
        }
        K::NotHours(_) => "Écrivez par exemple \"09:00-13:00\"".into(),
        K::TwoCapacities => "Gardez l'un des deux".into(),
        K::SetupFillsSession { .. } => "Raccourcissez l'installation ou allongez la demi-journée".into(),
        K::NoConsultationTime => "Donnez à first et follow_up une durée au-dessus de zéro".into(),
        K::OutOfRange { quantity: Quantity::Latitude | Quantity::Longitude, .. } => {
            "Corrigez la coordonnée (degrés décimaux, WGS84)".into()
        }
        K::OutOfRange { quantity: q, .. } => format!("Donnez une valeur dans {}", interval(*q)),
        K::Duplicate { .. } => "Gardez-en un seul".into(),
        K::UnknownCommune { .. } => "Corrigez le code, ou ajoutez la commune à la liste".into(),
        K::UnknownBase { .. } => {
            "Ajoutez la commune, ou donnez la position de la base : [latitude, longitude]".into()
        }
        K::CodeOfAnotherCommune(_) | K::ReservedName(_) => "Choisissez un autre nom".into(),
        K::MinOverMax { .. } => "Baissez le minimum ou relevez le maximum".into(),
        K::NoBand => "Donnez au moins une tranche, { within = \"20min\", share = 1.0 }".into(),
        K::BandNotFurther { .. } | K::ShareNotLower { .. } => {
            "Rangez les tranches de la plus proche à la plus lointaine, les parts en baisse".into()
        }
        K::TooLong { .. } => "Raccourcissez-la".into(),
        K::NoObjective => "Donnez à l'un des deux un poids au-dessus de zéro".into(),
        K::EndsBeforeStart { .. } | K::PastMidnight(_) | K::AfternoonTooEarly { .. } => {
            "Corrigez les horaires".into()
        }
        K::LunchTooLong { .. } => "Raccourcissez la pause ou décalez l'après-midi".into(),
        K::NoCommune => "Listez au moins une commune".into(),
        K::NoVehicle => "Ajoutez une section [[vehicle]]".into(),
        K::NoSite => "Ajoutez un site, ou classez une commune en ZIP ou ZAC".into(),
        K::NeverWorks => "Donnez-lui des jours et des demi-journées, si ce n'est pas voulu".into(),
        K::NeverOpen => "Donnez ses demi-journées d'ouverture, si ce n'est pas voulu".into(),
        K::UnknownZone { .. } => "Écrivez ZIP, ZAC, ZAP, ZAR, ZV ou HZ, ou laissez vide".into(),
        K::LostZero { .. } => {
            "Écrivez les cinq caractères ; dans un tableur, mettez la colonne au format texte".into()
        }
        K::TimesOfUnknownPlaces { .. } => {
            "Vérifiez leurs noms : codes des communes, noms des sites, base:VÉHICULE".into()
        }
        K::SitesWithoutTimes { .. } => {
            "Complétez le tableau des temps : sans eux, personne n'atteint ces sites".into()
        }
        K::NotAWeek(_) => "Écrivez des nombres de 1 à 52, ou \"odd\" (impaires) ou \"even\" (paires)".into(),
        K::NotYesOrNo(_) => "Écrivez oui ou non (yes, no)".into(),
        K::NotADay(_) => "Écrivez lundi à dimanche, ou mon, tue, wed, thu, fri, sat, sun".into(),
        K::NotAHalf(_) => "Écrivez matin ou après-midi (am, pm)".into(),
        K::NotOneOf { known, .. } => format!("Écrivez l'un de : {}", list(known)),
        K::UnknownName { .. } => "Corrigez le nom, ou ajoutez ce qui le porte".into(),
        K::WeekOutsideCycle { .. } => "Corrigez la semaine, ou allongez le cycle (cycle_weeks)".into(),
        K::Rhythm(fault) => fault.french().1.into(),
        K::Doctor(fault) => fault.french().1.into(),
        K::Activity(fault) => fault.french().1.into(),
        K::Booking(fault) => fault.french().1.into(),
        K::Price(fault) => fault.french().1.into(),
        K::Idle(why) => why.french("").1.into(),
        K::More { .. } => "Corrigez d'abord ce qui est listé".into(),
    }
}
