//! The whole model in one call of HiGHS, a solver in C++ that cuts as well as branches.
//!
//! HiGHS counts no work and hears no cancellation: it is not called under a work limit, and a solve that is cancelled
//! meanwhile ends when it returns.

#[cfg(test)]
mod tests;

use highs::{Col, HighsModelStatus, Model, RowProblem, Sense};

use super::branch::{Proof, Target, outward};
use super::master::Master;
use super::meter::Meter;
use super::program::Bound;

/// Part of the gap asked for at which HiGHS may stop. The rest is room for rounding its bound outward.
const OF_THE_GAP: f64 = 0.9;

/// Searches the plans of a model for one better than `target.known`, and bounds them all, until `target.gap` or the
/// clock. Where HiGHS fails nothing is found, and the bound is infinite.
pub(super) fn search(master: &Master<'_>, target: Target, meter: &Meter<'_>) -> Proof {
    let nothing = Proof { bound: f64::INFINITY, best: None, branched: true };
    let proof = if meter.must_stop().is_some() { None } else { run(master, target, meter) };
    let proof = proof.unwrap_or(nothing);
    meter.bounded(proof.bound);
    proof
}

fn run(master: &Master<'_>, target: Target, meter: &Meter<'_>) -> Option<Proof> {
    let mut model = model(master)?;
    // HiGHS refuses another number of threads once a process has used one, and might find another plan with it; models
    // of this size gain nothing from more than one.
    model.try_set_option("threads", 1).ok()?;
    model.try_set_option("mip_rel_gap", target.gap * OF_THE_GAP).ok()?;
    if let Some(time) = meter.time_left() {
        model.try_set_option("time_limit", time.as_secs_f64()).ok()?;
    }
    let solved = model.try_solve().ok()?;
    if !matches!(solved.status(), HighsModelStatus::Optimal | HighsModelStatus::ReachedTimeLimit) {
        return None;
    }
    let bound = master.value_of(solved.double_info_value(c"mip_dual_bound").ok()?);
    let objective = master.value_of(solved.objective_value());
    // Without a plan HiGHS gives an infinite objective and, as values, zeros: the empty plan.
    let best = (objective.is_finite() && objective > target.known).then(|| {
        let solution = solved.get_solution();
        let days = |column: usize| solution.columns()[column].round() as u32;
        let uses = master.fillings.iter().map(|filling| (*filling, days(filling.days)));
        (objective, uses.filter(|&(_, days)| days > 0).collect())
    });
    Some(Proof { bound: outward(bound.max(target.known)), best, branched: true })
}

/// The model as HiGHS takes it; None when it does not.
fn model(master: &Master<'_>) -> Option<Model> {
    let mut whole = vec![false; master.program.columns.len()];
    let days = master.fillings.iter().map(|filling| filling.days);
    days.chain(master.opens.iter().copied()).for_each(|column| whole[column] = true);
    let mut problem = RowProblem::default();
    let columns = master.program.columns.iter().zip(whole);
    let columns: Vec<Col> = columns
        .map(|(&(worth, most), whole)| problem.add_column_with_integrality(worth, 0.0..=most, whole))
        .collect();
    for (terms, bound, limit) in &master.program.rows {
        let terms = terms.iter().map(|&(column, factor)| (columns[column], factor));
        match bound {
            Bound::AtMost => problem.add_row(..=*limit, terms),
            Bound::AtLeast => problem.add_row(*limit.., terms),
            Bound::Exactly => problem.add_row(*limit..=*limit, terms),
        }
    }
    problem.try_optimise(Sense::Maximise).ok()
}
