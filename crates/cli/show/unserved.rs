//! The largest communes in which no session is held, and why.

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
        Lang::Fr => "Plus grandes communes sans séance",
        Lang::En => "Largest communes without a session",
    };
    let sentences: Vec<String> = unserved.iter().map(|commune| commune.sentence(lang)).collect();
    let lines: String = match (sentences.is_empty(), lang) {
        (true, Lang::Fr) => "  aucune : chaque commune qui a des patients en a une\n".to_owned(),
        (true, Lang::En) => "  none: every commune with patients has one\n".to_owned(),
        (false, _) => sentences.iter().map(|sentence| wrap::hanging("  - ", "    ", sentence)).collect(),
    };
    format!("\n{title}\n{lines}")
}
