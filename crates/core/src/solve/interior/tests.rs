//! Bounds against the simplex method, and against every whole solution.

use super::*;
use crate::solve::meter::Clock;
use crate::solve::options::SolveOptions;
use crate::solve::program;
use crate::solve::random::Random;

const WANTED: Wanted = Wanted { accuracy: 1e-8, enough: f64::NEG_INFINITY };

/// A few columns, some whole, in a few rows.
fn random_program(random: &mut Random) -> Program {
    let mut program = Program::default();
    for _ in 0..2 + random.below(4) {
        let worth = random.below(21) as f64 - 6.0;
        match random.below(2) {
            0 => program.count(worth, 1.0 + random.below(3) as f64),
            _ => program.column(worth, 0.5 + random.below(4) as f64),
        };
    }
    for _ in 0..1 + random.below(5) {
        let of = |column| (column, random.below(9) as f64 - 3.0);
        let terms: Vec<(usize, f64)> = (0..program.columns.len()).map(of).filter(|of| of.1 != 0.0).collect();
        let bound = [Bound::AtMost, Bound::AtMost, Bound::AtLeast, Bound::Exactly][random.below(4)];
        if !terms.is_empty() {
            program.row(terms, bound, random.below(13) as f64 - 3.0);
        }
    }
    program
}

fn relaxed(program: &Program, ranges: &Ranges, wanted: Wanted) -> Ended {
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let clock = Clock::new(&options, &|_| {});
    relax(program, &[], ranges, wanted, &Meter::new(&clock, 1.0))
}

/// The optimum by the simplex method, with columns fixed at some values; None where there is none.
fn by_simplex(program: &Program, fixed: &[(usize, f64)]) -> Option<f64> {
    let mut program = program.clone();
    fixed.iter().for_each(|&(column, value)| program.row([(column, 1.0)], Bound::Exactly, value));
    match program.relax(&|| None) {
        program::Ended::Solved(optimum) => Some(optimum.objective()),
        program::Ended::Infeasible | program::Ended::GivenUp => None,
    }
}

/// Every choice of the whole columns.
fn choices(program: &Program) -> Vec<Vec<(usize, f64)>> {
    let mut choices = vec![Vec::new()];
    for column in (0..program.columns.len()).filter(|&column| program.whole[column]) {
        let most = program.columns[column].1 as u32;
        let with = |of: Vec<(usize, f64)>| {
            (0..=most).map(move |n| of.iter().copied().chain([(column, f64::from(n))]).collect())
        };
        choices = choices.into_iter().flat_map(with).collect();
    }
    choices
}

#[test]
fn the_bound_is_the_optimum_of_the_simplex_method() {
    let mut random = Random::new(11);
    let (mut solved, mut infeasible) = (0, 0);
    for case in 0..600 {
        let program = random_program(&mut random);
        let expected = by_simplex(&program, &[]);
        match (relaxed(&program, &Ranges::of(&program), WANTED), expected) {
            (Ended::Solved(found), Some(expected)) => {
                let off = found.bound - expected;
                let near = 1e-6 * expected.abs().max(1.0);
                assert!((-1e-9..near).contains(&off), "case {case}: {off} from {expected} of {program:?}");
                let point: f64 = (0..program.columns.len())
                    .map(|column| program.columns[column].0 * found.point.value(column))
                    .sum();
                let off = (point - expected).abs();
                assert!(
                    off < 1e-4 * expected.abs().max(1.0),
                    "case {case}: its point is {off} off: {program:?}"
                );
                solved += 1;
            }
            (Ended::Infeasible | Ended::GivenUp, None) => infeasible += 1,
            (ended, expected) => panic!("case {case}: {ended:?}, not {expected:?}: {program:?}"),
        }
    }
    assert!(solved > 200 && infeasible > 50, "{solved} solved, {infeasible} without a solution");
}

#[test]
fn a_bound_that_is_low_enough_is_valid() {
    let mut random = Random::new(12);
    let mut cut = 0;
    for case in 0..1_500 {
        let program = random_program(&mut random);
        let Some(expected) = by_simplex(&program, &[]) else { continue };
        let wanted = Wanted { enough: expected + 5.0 * random.below(20) as f64, ..WANTED };
        let Ended::Solved(found) = relaxed(&program, &Ranges::of(&program), wanted) else {
            panic!("case {case}: {program:?}");
        };
        assert!(found.bound >= expected - 1e-9, "case {case}: {} of {expected}: {program:?}", found.bound);
        assert!(found.bound <= wanted.enough + 1e-6, "case {case}: {} of {wanted:?}", found.bound);
        cut += usize::from(found.bound > expected + 1e-3);
    }
    assert!(cut > 20, "only {cut} ended early");
}

#[test]
fn narrowing_takes_no_whole_solution() {
    let mut random = Random::new(13);
    let (mut narrower, mut empty) = (0, 0);
    for case in 0..400 {
        let program = random_program(&mut random);
        let whole = Ranges::of(&program);
        let narrowed = narrow(&program, &[], whole.clone());
        let solutions: Vec<_> =
            choices(&program).into_iter().filter(|fixed| by_simplex(&program, fixed).is_some()).collect();
        let Some(ranges) = narrowed else {
            assert!(solutions.is_empty(), "case {case}: nothing left of {solutions:?} in {program:?}");
            empty += 1;
            continue;
        };
        for fixed in &solutions {
            for &(column, value) in fixed {
                let within = (ranges.least(column) - 1e-6..ranges.most(column) + 1e-6).contains(&value);
                assert!(within, "case {case}: {column} at {value} is lost in {program:?}");
            }
            let mut at = program.clone();
            fixed.iter().for_each(|&(column, value)| at.row([(column, 1.0)], Bound::Exactly, value));
            let all = by_simplex(&at, &[]).unwrap_or(f64::NAN);
            for (column, _) in
                program.columns.iter().enumerate().filter(|&(column, _)| !program.whole[column])
            {
                at.row([(column, 1.0)], Bound::AtMost, ranges.most(column));
                at.row([(column, 1.0)], Bound::AtLeast, ranges.least(column));
            }
            let left = by_simplex(&at, &[]).unwrap_or(f64::NAN);
            assert!((all - left).abs() < 1e-4, "case {case}: {left} is left of {all} in {program:?}");
        }
        let width = |ranges: &Ranges| (0..program.columns.len()).map(|c| ranges.width(c)).sum::<f64>();
        narrower += usize::from(width(&ranges) < width(&whole) - 0.1);
    }
    assert!(narrower > 50 && empty > 10, "{narrower} were narrowed, {empty} have no solution");
}
