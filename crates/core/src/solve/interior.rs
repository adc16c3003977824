//! The optimum of a program by an interior point method, Clarabel's, with a bound that is valid whatever its rounding.
//!
//! Programs on calendar and people are degenerate: the simplex method makes many steps that change nothing, while an
//! interior point takes some thirty iterations. It ends in the middle of all optima, and with a weight for each row. Any
//! such weights bound the program (Lagrange), so that the bound needs no trust in the solver.

mod pack;
mod ranges;
#[cfg(test)]
mod tests;

use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT};

use super::meter::Meter;
use super::program::{Bound, Point, Program, Row};
use pack::Packed;
pub(super) use ranges::{Ranges, narrow};

/// Most iterations; ordinary programs take 20 to 40.
const ITERATIONS: u32 = 100;

/// Entries of the factor of a system for each step of work in an iteration.
const ENTRIES_A_STEP: u64 = 20;

/// Weights that leave less than this of worths bound a program, but for as much of the bound.
const NEAR: f64 = 1e-5;

/// How a program ended.
#[derive(Debug)]
pub(super) enum Ended {
    Solved(Relaxed),
    Infeasible,
    /// The time was over, or rounding got the better of the solver.
    GivenUp,
}

/// The optimum of a program with fractions.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// Where it is, as near as the solver came.
    pub(super) point: Point,
    /// No solution has a greater objective.
    pub(super) bound: f64,
    /// By column: what one more of it adds to that bound.
    pub(super) worths: Vec<f64>,
    /// By row, those of the program first: what it would bring to let it be broken by one.
    pub(super) weights: Vec<f64>,
}

/// What is asked of a solve.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// How near to the optimum, as a part of the objective.
    pub(super) accuracy: f64,
    /// A bound no greater than this is good enough.
    pub(super) enough: f64,
}

/// Solves a program with more rows and within ranges, with fractions allowed everywhere.
pub(super) fn relax(
    program: &Program,
    more: &[&Row],
    ranges: &Ranges,
    wanted: Wanted,
    meter: &Meter<'_>,
) -> Ended {
    let rows: Vec<&Row> = program.rows.iter().chain(more.iter().copied()).collect();
    let packed = Packed::new(program, &rows, ranges);
    if packed.is_empty() {
        return found(program, &rows, ranges, ranges.middle(), &vec![0.0; rows.len()]);
    }
    // What rounding spoils is solved with more care, which takes half as long again.
    for is_careful in [false, true] {
        let ended = solve(program, &rows, ranges, &packed, wanted, is_careful, meter);
        if !matches!(ended, Ended::GivenUp) || meter.time_to_wait().is_some_and(|left| left.is_zero()) {
            return ended;
        }
    }
    Ended::GivenUp
}

fn solve(
    program: &Program,
    rows: &[&Row],
    ranges: &Ranges,
    packed: &Packed,
    wanted: Wanted,
    is_careful: bool,
    meter: &Meter<'_>,
) -> Ended {
    let settings = DefaultSettings::<f64> {
        verbose: false,
        max_threads: 1,
        direct_solve_method: "qdldl".to_owned(),
        max_iter: ITERATIONS,
        time_limit: meter.time_to_wait().map_or(f64::INFINITY, |left| left.as_secs_f64()),
        tol_gap_rel: wanted.accuracy,
        tol_feas: wanted.accuracy,
        iterative_refinement_enable: is_careful,
        ..DefaultSettings::default()
    };
    let cones = [ZeroConeT(packed.equations), NonnegativeConeT(packed.limits.len() - packed.equations)];
    let quadratic = clarabel::algebra::CscMatrix::zeros((packed.costs.len(), packed.costs.len()));
    let solver =
        DefaultSolver::new(&quadratic, &packed.costs, &packed.matrix, &packed.limits, &cones, settings);
    let Ok(mut solver) = solver else { return Ended::GivenUp };
    // What is not decided is earned; careful solves go on to the end.
    let earned: f64 =
        program.columns.iter().enumerate().map(|(c, &(worth, _))| worth * ranges.least(c)).sum();
    let enough = if is_careful { f64::NEG_INFINITY } else { wanted.enough - earned };
    let cancel = meter.cancel().clone();
    solver.set_termination_callback(move |at| {
        cancel.is_cancelled() || (at.res_dual < NEAR && -at.cost_dual < enough - NEAR * enough.abs())
    });
    solver.solve();
    let solution = &solver.solution;
    meter.spend(u64::from(solution.iterations) * (solver.info.linsolver.nnzL as u64 / ENTRIES_A_STEP));
    let weights = packed.weights(&solution.z, rows.len());
    let values = || packed.values(&solution.x, ranges);
    match solution.status {
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible
            if weigh(vec![0.0; program.columns.len()], rows, ranges, &weights).0 < 0.0 =>
        {
            Ended::Infeasible
        }
        SolverStatus::MaxTime => Ended::GivenUp,
        SolverStatus::CallbackTerminated => match found(program, rows, ranges, values(), &weights) {
            Ended::Solved(relaxed) if relaxed.bound <= wanted.enough => Ended::Solved(relaxed),
            _ => Ended::GivenUp,
        },
        SolverStatus::Solved | SolverStatus::AlmostSolved | SolverStatus::InsufficientProgress => {
            found(program, rows, ranges, values(), &weights)
        }
        // Any weights bound a program.
        _ if is_careful => found(program, rows, ranges, values(), &weights),
        _ => Ended::GivenUp,
    }
}

/// What was found: where the solver ended, and the bound that its weights give.
fn found(program: &Program, rows: &[&Row], ranges: &Ranges, values: Vec<f64>, weights: &[f64]) -> Ended {
    let worths = program.columns.iter().map(|&(worth, _)| worth).collect();
    let (bound, worths) = weigh(worths, rows, ranges, weights);
    if bound.is_nan() || values.iter().any(|value| !value.is_finite()) {
        return Ended::GivenUp;
    }
    Ended::Solved(Relaxed { point: Point::new(values), bound, worths, weights: weights.to_vec() })
}

/// The most that columns of these worths can bring in all, where each row is let be broken at its weight, with room for
/// the rounding of the sum; and what the weights leave of the worths.
fn weigh(mut worths: Vec<f64>, rows: &[&Row], ranges: &Ranges, weights: &[f64]) -> (f64, Vec<f64>) {
    let wide = |column: usize| {
        let most = ranges.most(column);
        if most.is_finite() { most.abs().max(ranges.least(column).abs()) } else { 0.0 }
    };
    let mut most = 0.0;
    // The sum of what is added, without signs.
    let mut size: f64 = worths.iter().enumerate().map(|(column, worth)| worth.abs() * wide(column)).sum();
    for ((terms, bound, limit), &weight) in rows.iter().zip(weights) {
        let weight = match bound {
            Bound::AtMost => weight.max(0.0),
            Bound::AtLeast => weight.min(0.0),
            Bound::Exactly => weight,
        };
        if weight != 0.0 {
            most += weight * limit;
            size += (weight * limit).abs();
            for &(column, factor) in terms {
                worths[column] -= weight * factor;
                size += (weight * factor).abs() * wide(column);
            }
        }
    }
    for (column, &worth) in worths.iter().enumerate().filter(|(_, worth)| **worth != 0.0) {
        most += worth * if worth > 0.0 { ranges.most(column) } else { ranges.least(column) };
    }
    (most + f64::EPSILON * (rows.len() + worths.len()) as f64 * size, worths)
}
