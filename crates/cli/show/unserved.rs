//! The largest communes without a session, and why.

use medicobus_core::lang::Lang;
use medicobus_core::plan::Plan;
use medicobus_core::problem::Problem;

use super::wrap;

/// How many communes are told.
const TOLD: usize = 5;

/// One sentence a commune.
pub(super) fn communes(plan: &Plan, problem: &Problem, lang: Lang) -> String {
    let _ = (plan, problem, lang, TOLD, wrap::paragraph as fn(&str) -> String);
    String::new()
}
