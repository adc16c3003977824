//! What a planner should know of roads besides the times on them.

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_roads::{RoadNetwork, ShutRoad, WinterClosures};

use super::count::counted;

/// What roads tell of themselves.
pub(crate) struct Remarks {
    /// What winter shuts, and what is not known of it, line by line.
    pub(crate) winter: Vec<String>,
    /// What the extracts lack.
    pub(crate) missing: Option<String>,
}

impl Remarks {
    /// Of a network, with so many names of roads at most.
    pub(crate) fn of(network: &RoadNetwork, names: usize, lang: Lang) -> Remarks {
        let summary = network.summary();
        let files: Vec<&str> = network.extracts().iter().map(|extract| extract.name.as_str()).collect();
        Remarks {
            winter: winter(&summary.winter, names, lang),
            missing: (summary.missing_nodes > 0)
                .then(|| missing(summary.missing_nodes, &files.join(", "), lang)),
        }
    }
}

fn winter(closures: &WinterClosures, names: usize, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let mut shut = Vec::new();
    if closures.metres > 0 {
        shut.push(format!("{}{}", kilometres(closures.metres, lang), longest(closures, names, lang)));
    }
    if closures.nodes > 0 {
        let nouns = match lang {
            Lang::Fr => ["barrière ou col", "barrières ou cols"],
            Lang::En => ["gate or pass", "gates or passes"],
        };
        shut.push(counted(closures.nodes as f64, nouns, lang));
    }
    if !shut.is_empty() {
        let what = match (closures.in_force, lang) {
            (false, Lang::Fr) => "Fermés en hiver, ouverts ici (--winter les ferme) :",
            (false, Lang::En) => "Shut in winter, open here (--winter shuts them):",
            (true, Lang::Fr) => "Fermés ici comme en hiver :",
            (true, Lang::En) => "Shut here as in winter:",
        };
        lines.push(format!("{what} {}.", shut.join(", ")));
    }
    if closures.unclear > 0 {
        let (nouns, effect) = match lang {
            Lang::Fr => (
                ["condition de fermeture non comprise", "conditions de fermeture non comprises"],
                " : sans effet ici.",
            ),
            Lang::En => (
                ["condition on closing not understood", "conditions on closing not understood"],
                ": without effect here.",
            ),
        };
        lines.push(counted(closures.unclear as f64, nouns, lang) + effect);
    }
    lines
}

/// The longest roads that winter shuts, in parentheses.
fn longest(closures: &WinterClosures, names: usize, lang: Lang) -> String {
    let mut named: Vec<String> = closures.longest.iter().take(names).map(|road| named(road, lang)).collect();
    if closures.longest.len() > names {
        named.push("...".to_owned());
    }
    if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) }
}

fn named(road: &ShutRoad, lang: Lang) -> String {
    let name = match (&road.name, lang) {
        (Some(name), _) => name.chars().filter(|c| !c.is_control()).collect(),
        (None, Lang::Fr) => format!("voie {}", road.way),
        (None, Lang::En) => format!("way {}", road.way),
    };
    format!("{name} {}", kilometres(road.metres, lang))
}

/// With a decimal where it says something.
fn kilometres(metres: u64, lang: Lang) -> String {
    let decimals = usize::from(metres < 9_950);
    format!("{} km", number(metres as f64 / 1000.0, decimals, lang))
}

fn missing(nodes: u64, files: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!(
            "{files} : {} des routes. Elles y sont coupées, et des trajets manquent ou s'allongent. Téléchargez \
             l'extrait de nouveau, ou découpez-le avec ses routes entières (osmium extract --strategy complete_ways).",
            counted(nodes as f64, ["point manque aux tracés", "points manquent aux tracés"], lang)
        ),
        Lang::En => format!(
            "{files}: {} of roads. These are cut there, and trips are missing or longer. Download the extract again, or \
             cut it with its ways complete (osmium extract --strategy complete_ways).",
            counted(
                nodes as f64,
                ["point is missing from the lines", "points are missing from the lines"],
                lang
            )
        ),
    }
}
