//! Results as a person reads them in a terminal: 80 columns, no colour.

mod broken;
mod comparison;
pub(crate) mod count;
mod coverage;
pub(crate) mod evaluation;
mod people;
mod proof;
pub(crate) mod remarks;
mod table;
mod territory;
mod unserved;
mod week;
pub(crate) mod wrap;

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::plan::Plan;
use medicobus_core::problem::Problem;

pub(crate) use comparison::comparison;
pub(crate) use evaluation::evaluation;
pub(crate) use territory::territory;

/// Columns of a narrow terminal.
const WIDTH: usize = 80;

/// A plan: its weeks, whom it covers, what it takes, how good it is, and whom it leaves out.
pub(crate) fn plan(plan: &Plan, problem: &Problem, lang: Lang) -> String {
    let indicators = plan.indicators(problem);
    let mut text = format!("{}\n", medicobus_core::plan::text::name(&plan.territory));
    text.push_str(&week::itineraries(plan, problem, lang));
    text.push_str(&people::rhythm(plan, problem.territory(), lang));
    text.push_str(&coverage::patients(&indicators, lang));
    text.push_str(&coverage::service(&indicators, problem, lang));
    text.push_str(&proof::value(plan, lang));
    text.push_str(&people::prices(plan, problem.territory(), lang));
    text.push_str(&unserved::communes(plan, problem, lang));
    text
}

/// Where the travel times came from, and where the files went.
pub(crate) fn sources(times: &str, out: &Path, lang: Lang) -> String {
    let files = [out.join("plan.json"), out.join("times.csv")].map(|path| path.display().to_string());
    let [plan, table] = files;
    let written = match lang {
        Lang::Fr => format!("Écrits : {plan} et {table}"),
        Lang::En => format!("Written: {plan} and {table}"),
    };
    // A path that is broken over two lines could not be copied.
    format!("\n{}{written}\n", wrap::paragraphs(times))
}
