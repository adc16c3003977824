//! What a territory holds.

use medicobus_core::lang::Lang;
use medicobus_core::people::Profile;
use medicobus_core::plan::text::{name, number};
use medicobus_core::territory::Territory;

use super::count::counted;
use super::wrap;

/// A territory in which nothing is wrong.
pub(crate) fn territory(territory: &Territory, times: &str, warnings: usize, lang: Lang) -> String {
    let counts = [territory.communes.len(), territory.sites.len(), territory.vehicles.len()];
    let nouns = match lang {
        Lang::Fr => {
            [["commune", "communes"], ["site possible", "sites possibles"], ["véhicule", "véhicules"]]
        }
        Lang::En => [["commune", "communes"], ["possible site", "possible sites"], ["vehicle", "vehicles"]],
    };
    let things: Vec<String> =
        counts.into_iter().zip(nouns).map(|(count, noun)| counted(count as f64, noun, lang)).collect();
    let patients =
        |profile: Profile| territory.communes.iter().map(|commune| commune.patients[profile].0).sum::<f64>();
    let [ald, elderly, other] = Profile::ALL.map(|profile| number(patients(profile), 0, lang));
    let all =
        counted(Profile::ALL.into_iter().map(patients).sum::<f64>().round(), ["patient", "patients"], lang);
    let people = match lang {
        Lang::Fr => format!("{all} sans médecin traitant : {ald} en ALD, {elderly} âgés, {other} autres"),
        Lang::En => format!("{all} without a médecin traitant: {ald} ALD, {elderly} elderly, {other} other"),
    };
    let lines = [things.join(", "), people];
    let lines: String = lines.iter().map(|line| wrap::hanging("  ", "    ", line)).collect();
    let verdict = match (warnings, lang) {
        (0, Lang::Fr) => "Aucune erreur.".to_owned(),
        (0, Lang::En) => "No error.".to_owned(),
        (warnings, Lang::Fr) => {
            format!("Aucune erreur, {}.", counted(warnings as f64, ["avertissement", "avertissements"], lang))
        }
        (warnings, Lang::En) => {
            format!("No error, {}.", counted(warnings as f64, ["warning", "warnings"], lang))
        }
    };
    format!("{}\n{lines}\n{}{verdict}\n", name(&territory.name), wrap::paragraphs(times))
}
