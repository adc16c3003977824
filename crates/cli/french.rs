//! The French help of the command line.

use clap::{Arg, Command};

/// The command line with its help in French.
pub(crate) fn translated(command: Command) -> Command {
    command
        .about("Planifie l'itinéraire fixe d'un médicobus, et prouve à quelle distance il est du meilleur possible")
        .mut_args(argument)
        .mut_subcommands(verb)
}

fn verb(verb: Command) -> Command {
    let about = about(verb.get_name());
    verb.about(about).mut_args(argument).mut_subcommands(self::verb)
}

fn about(verb: &str) -> &'static str {
    match verb {
        "plan" => "Calcule l'itinéraire d'un territoire",
        "check" => "Lit un territoire et dit tout ce qui n'y va pas",
        "evaluate" => "Mesure un calendrier fait à la main, et dit ce qu'apporterait le meilleur plan",
        "compare" => "Dit ce qui change d'un calendrier à un autre, et pour qui",
        "times" => "Calcule des temps de trajet sur les routes d'un extrait OpenStreetMap",
        "roads" => "Prépare des routes, pour s'en servir autant que l'on veut",
        "build" => "Construit le réseau routier d'extraits, et l'enregistre",
        _ => "",
    }
}

fn argument(argument: Arg) -> Arg {
    let (value, help) = match argument.get_id().as_str() {
        "territory" => ("TERRITOIRE", "Fichier du territoire (TOML)"),
        "osm" => (
            "EXTRAIT",
            "Extrait OpenStreetMap (.osm.pbf) sur lequel calculer les temps de trajet ; plusieurs font une seule carte",
        ),
        "roads" => ("ROUTES", "Routes enregistrées par « medicobus roads build », au lieu d'un extrait"),
        "extracts" => ("EXTRAIT", "Extraits OpenStreetMap (.osm.pbf), lus comme une seule carte"),
        "profile" => ("PROFIL", "Profil du véhicule (TOML) [par défaut : une camionnette]"),
        "winter" => return argument.help("Ferme les routes qui le sont en hiver"),
        "search" => (
            "MOTEUR",
            "Recherche des trajets, aux mêmes temps : dijkstra, hierarchy ou auto, la plus rapide [par défaut : auto]",
        ),
        "details" => ("CSV", "Table de toutes les paires, aussi sans trajet, et pourquoi (CSV)"),
        "file" => ("JSON", "Fichier de ce que le travail a pris : secondes, mémoire (JSON)"),
        "times" => ("CSV", "Table des temps de trajet (CSV : from, to, seconds)"),
        "points" => ("POINTS", "Points (CSV : id, lat, lon) entre lesquels calculer tous les temps"),
        "out" if argument.get_value_names().is_some_and(|names| names == ["ROADS"]) => {
            ("ROUTES", "Fichier des routes")
        }
        "out" if argument.is_required_set() => ("CSV", "Table à écrire (CSV)"),
        "out" => ("DOSSIER", "Dossier où écrire plan.json et times.csv [par défaut : plan]"),
        "within" => ("DURÉE", "Laisser de côté les trajets plus longs [par défaut entre points : 60min]"),
        "time_limit" => ("DURÉE", "Temps de recherche au plus : 60s, 10min, 1h30 [par défaut : 60s]"),
        "gap" => (
            "PART",
            "S'arrêter à cette distance du meilleur plan possible, en part de celui-ci [par défaut : 1e-4]",
        ),
        "from" => ("SÉANCES", "Calendrier dont partir (CSV : vehicle, week, day, half, site)"),
        "max_changes" => ("N", "Séances de celui-ci qui peuvent changer, au plus"),
        "change_price" => (
            "PRIX",
            "Ce que coûte chaque changement, en points d'objectif ; avec --max-changes, chacun au-delà",
        ),
        "sessions" => ("SÉANCES", "Calendrier fait à la main (CSV : vehicle, week, day, half, site)"),
        "before" => ("AVANT", "Plan (plan.json, ou son dossier) ou calendrier (CSV) d'avant"),
        "after" => ("APRÈS", "De même, d'après"),
        "common" => (
            "TERRITOIRE",
            "Territoire des deux (TOML) : pour lire des calendriers, et connaître les noms et les portées",
        ),
        "seed" => ("N", "Graine de la recherche [par défaut : 0]"),
        "threads" => ("N", "Fils d'exécution ; le plan n'en dépend pas [par défaut : un par processeur]"),
        "work_limit" => ("N", "Pas de recherche au plus : le même plan sur toute machine"),
        "lang" => ("LANGUE", "Langue : fr ou en [par défaut : fr]"),
        "help" => return argument.help("Affiche cette aide"),
        "version" => return argument.help("Affiche la version"),
        _ => return argument,
    };
    argument.value_name(value).help(help)
}
