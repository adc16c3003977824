//! What a territory holds.

use medicobus_core::lang::Lang;
use medicobus_core::people::Profile;
use medicobus_core::plan::text::{name, number};
use medicobus_core::territory::Territory;

use super::wrap;

/// A territory in which nothing is wrong.
pub(crate) fn territory(territory: &Territory, times: &str, warnings: usize, lang: Lang) -> String {
    let counted =
        |count: usize, one: &str, several: &str| format!("{count} {}", if count < 2 { one } else { several });
    let patients =
        |profile: Profile| territory.communes.iter().map(|commune| commune.patients[profile].0).sum::<f64>();
    let [ald, elderly, other] = Profile::ALL.map(|profile| number(patients(profile), 0, lang));
    let all = number(Profile::ALL.into_iter().map(patients).sum(), 0, lang);
    let (communes, sites, vehicles) =
        (territory.communes.len(), territory.sites.len(), territory.vehicles.len());
    let lines = match lang {
        Lang::Fr => [
            format!(
                "{}, {}, {}",
                counted(communes, "commune", "communes"),
                counted(sites, "site possible", "sites possibles"),
                counted(vehicles, "véhicule", "véhicules")
            ),
            format!("{all} patients sans médecin traitant : {ald} en ALD, {elderly} âgés, {other} autres"),
        ],
        Lang::En => [
            format!(
                "{}, {}, {}",
                counted(communes, "commune", "communes"),
                counted(sites, "possible site", "possible sites"),
                counted(vehicles, "vehicle", "vehicles")
            ),
            format!("{all} patients without a médecin traitant: {ald} ALD, {elderly} elderly, {other} other"),
        ],
    };
    let lines: String = lines.iter().map(|line| wrap::hanging("  ", "    ", line)).collect();
    let verdict = match (warnings, lang) {
        (0, Lang::Fr) => "Aucune erreur.".to_owned(),
        (0, Lang::En) => "No error.".to_owned(),
        (warnings, Lang::Fr) => {
            format!("Aucune erreur, {}.", counted(warnings, "avertissement", "avertissements"))
        }
        (warnings, Lang::En) => format!("No error, {}.", counted(warnings, "warning", "warnings")),
    };
    format!("{}\n{lines}\n{}{verdict}\n", name(&territory.name), wrap::paragraph(times))
}
