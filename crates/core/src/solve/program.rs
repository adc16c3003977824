//! A linear program, and its optimum while rows are added: what the planning model needs of a solver.

use std::sync::Arc;
use std::time::Duration;

use super::random::Random;
use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, SolveOutcome};

/// Looks at the clock and at cancellation while a program is solved, where the time is limited: at most so many. The
/// solver goes on from a new start after each, so that few are better.
const LOOKS: u32 = 10;

/// Most that a worth leans, in all that can be earned.
const LEAN: f64 = 2e-6;

/// A column of a program, by rank.
pub(super) type Col = usize;

/// A sum of columns with factors; each column once.
pub(super) type Terms = Vec<(Col, f64)>;

/// A row: a sum, and what is demanded of it.
pub(super) type Row = (Terms, Bound, f64);

/// What a row demands of its sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    AtMost,
    AtLeast,
    Exactly,
}

/// Maximise a sum of columns, each between 0 and its most, within rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    /// Worth and most of each column.
    pub(super) columns: Vec<(f64, f64)>,
    /// By column: whether it is a whole number in every plan.
    pub(super) whole: Vec<bool>,
    pub(super) rows: Vec<Row>,
}

/// A value for each column.
#[derive(Clone, Debug)]
pub(super) struct Point(Vec<f64>);

impl Point {
    /// These values, by column.
    pub(super) fn new(values: Vec<f64>) -> Point {
        Point(values)
    }

    /// The value of a column.
    pub(super) fn value(&self, column: Col) -> f64 {
        self.0[column]
    }

    /// All values, by column.
    pub(super) fn values(&self) -> &[f64] {
        &self.0
    }

    /// The value of a sum of columns.
    pub(super) fn total(&self, terms: &[(Col, f64)]) -> f64 {
        terms.iter().map(|&(column, factor)| factor * self.value(column)).sum()
    }
}

/// The optimum of a program and of what was added to it.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    solution: Box<microlp::Solution>,
    variables: Arc<[microlp::Variable]>,
}

/// How a program ended.
#[derive(Debug)]
pub(super) enum Ended {
    Solved(Optimum),
    Infeasible,
    /// The time was over, or rounding got the better of the solver.
    GivenUp,
}

impl Program {
    /// A new column that is worth `worth` a unit, from 0 to `most`.
    pub(super) fn column(&mut self, worth: f64, most: f64) -> Col {
        self.columns.push((worth, most));
        self.whole.push(false);
        self.columns.len() - 1
    }

    /// A new column that counts something: a whole number in every plan.
    pub(super) fn count(&mut self, worth: f64, most: f64) -> Col {
        let column = self.column(worth, most);
        self.whole[column] = true;
        column
    }

    /// A new row: the sum is at most, at least, or exactly `limit`.
    pub(super) fn row(&mut self, terms: impl IntoIterator<Item = (Col, f64)>, bound: Bound, limit: f64) {
        self.rows.push((terms.into_iter().collect(), bound, limit));
    }

    /// The program with whole columns a little less worth, each by a part of its own: of all its optima, few are left, and
    /// which ones depends on the seed.
    pub(super) fn leaning(&self, seed: u64) -> Program {
        let mut program = self.clone();
        let mut random = Random::new(seed);
        let earned: f64 = self.columns.iter().map(|&(worth, most)| (worth * most).max(0.0)).sum();
        for (column, _) in program.columns.iter_mut().zip(&self.whole).filter(|(_, whole)| **whole) {
            column.0 -= LEAN * earned * random.unit();
        }
        program
    }

    /// Solves the program with fractions allowed everywhere. `time` tells the time left, if that is limited.
    pub(super) fn relax(&self, time: &dyn Fn() -> Option<Duration>) -> Ended {
        let mut problem = microlp::Problem::new(OptimizationDirection::Maximize);
        let variables: Arc<[microlp::Variable]> =
            self.columns.iter().map(|&(worth, most)| problem.add_var(worth, (0.0, most))).collect();
        for (terms, bound, limit) in &self.rows {
            problem.add_constraint(expression(terms, &variables), operator(*bound), *limit);
        }
        let mut options = microlp::SolveOptions::default();
        options.time_limit = time().map(|left| left / LOOKS);
        options.presolve = false;
        Ended::of(problem.solve_with(options), variables, time)
    }
}

impl Optimum {
    /// Its objective.
    pub(super) fn objective(&self) -> f64 {
        self.solution.objective()
    }

    /// The value of a column.
    pub(super) fn value(&self, column: Col) -> f64 {
        self.solution.var_value(self.variables[column])
    }

    /// The values of all columns.
    pub(super) fn point(&self) -> Point {
        Point(self.variables.iter().map(|&variable| self.solution.var_value(variable)).collect())
    }

    /// Steps of the simplex method so far.
    pub(super) fn iterations(&self) -> u64 {
        self.solution.stats().lp_iterations
    }

    /// The optimum with one row more. `time` tells the time left, if that is limited.
    pub(super) fn with_row(
        &self,
        terms: &[(Col, f64)],
        bound: Bound,
        limit: f64,
        time: &dyn Fn() -> Option<Duration>,
    ) -> Ended {
        let expression = expression(terms, &self.variables);
        let outcome = self.solution.as_ref().clone().add_constraint(expression, operator(bound), limit);
        Ended::of(outcome, Arc::clone(&self.variables), time)
    }
}

impl Ended {
    fn of(
        mut outcome: Result<SolveOutcome, microlp::Error>,
        variables: Arc<[microlp::Variable]>,
        time: &dyn Fn() -> Option<Duration>,
    ) -> Ended {
        while let Ok(interrupted @ SolveOutcome::Interrupted(_)) = outcome {
            if time().is_some_and(|left| left.is_zero()) {
                return Ended::GivenUp;
            }
            outcome = interrupted.resume();
        }
        match outcome {
            Ok(SolveOutcome::Solution(solution)) => {
                Ended::Solved(Optimum { solution: Box::new(solution), variables })
            }
            Err(microlp::Error::Infeasible) => Ended::Infeasible,
            Ok(SolveOutcome::Interrupted(_)) | Err(_) => Ended::GivenUp,
        }
    }
}

fn expression(terms: &[(Col, f64)], variables: &[microlp::Variable]) -> LinearExpr {
    let mut expression = LinearExpr::empty();
    terms.iter().for_each(|&(column, factor)| expression.add(variables[column], factor));
    expression
}

fn operator(bound: Bound) -> ComparisonOp {
    match bound {
        Bound::AtMost => ComparisonOp::Le,
        Bound::AtLeast => ComparisonOp::Ge,
        Bound::Exactly => ComparisonOp::Eq,
    }
}
