//! The largest communes from which no session is within reach, and why.

use medicobus_core::lang::Lang;
use medicobus_core::plan::Plan;
use medicobus_core::problem::Problem;

use super::wrap;

/// How many communes are told.
const TOLD: usize = 5;

/// One sentence a commune.
pub(super) fn communes(plan: &Plan, problem: &Problem, lang: Lang) -> String {
    let unserved = plan.unserved(problem, TOLD);
    let title = match lang {
        Lang::Fr => "Plus grandes communes sans séance à portée",
        Lang::En => "Largest communes without a session within reach",
    };
    let sentences: Vec<String> = unserved.iter().map(|commune| commune.sentence(lang)).collect();
    let lines: String = match (sentences.is_empty(), lang) {
        (true, Lang::Fr) => "  aucune : chaque commune en a une\n".to_owned(),
        (true, Lang::En) => "  none: every commune has one\n".to_owned(),
        (false, _) => sentences.iter().map(|sentence| wrap::hanging("  - ", "    ", sentence)).collect(),
    };
    format!("\n{title}\n{lines}")
}
