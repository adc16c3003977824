//! What can go wrong with an extract, in French; the English texts are the errors' own.

use medicobus_core::lang::Lang;
use medicobus_roads::{Damage, Error, ErrorKind, Refusal};

use crate::exit::{Exit, Failure};
use crate::profile_fault;

/// The failure of reading roads or of searching on them.
pub(crate) fn failure(error: &Error, lang: Lang) -> Failure {
    let exit = match error.kind() {
        ErrorKind::Io(_) | ErrorKind::Write(_) => Exit::Files,
        ErrorKind::Cancelled => Exit::Interrupted,
        _ => Exit::BadInput,
    };
    let message = match lang {
        Lang::Fr => french(error),
        Lang::En => error.to_string(),
    };
    Failure::new(exit, message)
}

fn french(error: &Error) -> String {
    let what = kind(error.kind());
    match error.path() {
        Some(path) => format!("{} : {what}.", path.display()),
        None => format!("{what}."),
    }
}

fn kind(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Io(error) => io(error),
        ErrorKind::Write(error) => {
            format!(
                "ce fichier n'a pas pu être écrit ({error}). Choisissez un autre dossier ou changez ses droits"
            )
        }
        ErrorKind::Saved(why) => refusal(why),
        ErrorKind::Empty => "ce fichier est vide. Téléchargez-le ou copiez-le de nouveau".into(),
        ErrorKind::NotPbf => {
            "ce n'est pas un fichier OpenStreetMap .osm.pbf, ou son début est abîmé : l'en-tête du bloc 0, à l'octet 0, est \
            impossible. Donnez un extrait de ce format (les autres formats d'OpenStreetMap se convertissent par \
            « osmium cat ENTRÉE -o SORTIE.osm.pbf »), ou téléchargez-le de nouveau si c'en est un"
                .into()
        }
        ErrorKind::NotExtract => {
            "c'est un réseau routier enregistré, pas un extrait. Donnez-le seul, par --roads, ou seul sous [roads] dans le \
            territoire"
                .into()
        }
        ErrorKind::Truncated { block, offset } => {
            format!(
                "le fichier s'arrête à l'octet {offset}, au milieu du bloc {block}. Téléchargez-le ou copiez-le de nouveau"
            )
        }
        ErrorKind::UnknownFeature { block, offset, feature } => format!(
            "l'en-tête, bloc {block}, à l'octet {offset}, demande la fonction « {} », qui n'est pas connue ici. {}",
            shown(feature),
            feature_remedy(feature)
        ),
        ErrorKind::Compression { block, offset, method } => format!(
            "le bloc {block}, à l'octet {offset}, est compressé en {method}, qui n'est pas lu ici. Réécrivez le fichier \
             en zlib par « osmium cat ENTRÉE.osm.pbf -o SORTIE.osm.pbf »"
        ),
        ErrorKind::Damaged { block, offset, damage: what } => {
            format!(
                "le bloc {block}, à l'octet {offset}, est abîmé : {}. Téléchargez ou copiez le fichier de nouveau",
                damage(*what)
            )
        }
        ErrorKind::NoRoads => {
            "aucune route carrossable. Donnez un extrait qui contient les routes du territoire".into()
        }
        ErrorKind::NoWayBack { metres } => format!(
            "aucune route où l'on puisse aller et d'où l'on puisse revenir, bien qu'il y ait {metres} m de routes \
             carrossables. Donnez un extrait qui contient toutes les routes du territoire, et vérifiez les sens uniques et \
             les accès que lit le profil"
        ),
        ErrorKind::Profile(faults) => {
            let lines: String = faults.iter().map(|fault| format!("\n  {}", profile_fault::french(fault))).collect();
            format!(
                "ce profil de conduite ne peut pas servir. Corrigez-le, ou repartez d'une copie de van.toml :{lines}"
            )
        }
        ErrorKind::TooLarge { count, .. } => {
            format!(
                "trop de données pour la mémoire ({count}). Prenez un extrait plus petit ou moins de points"
            )
        }
        ErrorKind::Cancelled => "arrêté à votre demande".into(),
        // A kind that came after this table still has its English text.
        other => other.to_string(),
    }
}

/// Why a saved network cannot be used.
fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::NotSaved => {
            "ce n'est pas un réseau routier enregistré. Donnez un fichier écrit par « medicobus roads build »"
                .into()
        }
        Refusal::Truncated { expected, found } => format!(
            "le réseau routier enregistré a {found} octets au lieu de {expected}. Copiez-le ou construisez-le de nouveau"
        ),
        Refusal::Damaged { part } => {
            format!("le réseau routier enregistré est abîmé ({part}). Copiez-le ou construisez-le de nouveau")
        }
        Refusal::Version { found, known } => format!(
            "le réseau routier enregistré est de la version {found}, que la version {known} ne lit pas. \
             Construisez-le de nouveau à partir de l'extrait"
        ),
        Refusal::Profile { field, saved, asked } => format!(
            "le réseau routier enregistré a été construit avec un autre profil : {field} y vaut {saved}, et {asked} est \
             demandé. Donnez le profil avec lequel il a été construit (--profile, --winter), ou construisez-le de \
             nouveau à partir de l'extrait"
        ),
        // One that came after this table still has its English text.
        other => other.to_string(),
    }
}

fn io(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "ce fichier n'existe pas. Vérifiez le nom et le dossier".into(),
        std::io::ErrorKind::IsADirectory => {
            "c'est un dossier, pas un fichier. Donnez le nom du fichier qui s'y trouve".into()
        }
        std::io::ErrorKind::PermissionDenied => {
            "la lecture de ce fichier est interdite. Vérifiez les droits d'accès".into()
        }
        _ => format!("ce fichier n'a pas pu être lu ({error}). Vérifiez les droits d'accès et le support"),
    }
}

fn feature_remedy(feature: &str) -> &'static str {
    match feature {
        "HistoricalInformation" => {
            "Il contient l'histoire de la carte : réduisez-le à une date par « osmium time-filter ENTRÉE -o SORTIE.osm.pbf »"
        }
        _ => "Réécrivez-le par « osmium cat ENTRÉE.osm.pbf -o SORTIE.osm.pbf »",
    }
}

fn damage(damage: Damage) -> String {
    match damage {
        Damage::Header => "son en-tête n'est pas celui d'un bloc",
        Damage::Size => "sa taille dépasse la limite du format (32 Mio)",
        Damage::Empty => "il ne contient rien",
        Damage::Deflate => "ses données compressées sont rompues",
        Damage::Bomb => "il se décompresse en une taille absurde",
        Damage::Fields => "ses champs sont rompus",
        Damage::Text => "une étiquette renvoie à un texte qui n'existe pas",
        Damage::Lists => "des listes qui vont ensemble n'ont pas la même longueur",
        Damage::Range => "un identifiant ou une coordonnée sort de son domaine",
        Damage::Length => "une liste est plus longue que dans toute carte réelle",
        other => return other.to_string(),
    }
    .to_owned()
}

/// A text from the file, fit for a message.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(60).flat_map(char::escape_debug).collect()
}
