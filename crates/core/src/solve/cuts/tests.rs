//! Cuts against every whole solution.

use super::*;
use crate::solve::program::{Ended, Optimum};
use crate::solve::random::Random;

type Row = (Terms, Bound, f64);

fn relaxed(program: &Program, more: &[Row]) -> Option<Optimum> {
    let mut program = program.clone();
    program.rows.extend(more.iter().cloned());
    match program.relax(&|| None) {
        Ended::Solved(optimum) => Some(optimum),
        Ended::Infeasible | Ended::GivenUp => None,
    }
}

/// Rounds of cuts, each of those before; with the objective after them.
fn all_cuts(program: &Program, rounds: usize) -> (Vec<Row>, f64) {
    let mut more = Vec::new();
    let mut objective = f64::NAN;
    for _ in 0..rounds {
        let Some(optimum) = relaxed(program, &more) else { break };
        objective = optimum.objective();
        let values = (0..program.columns.len()).map(|column| optimum.value(column)).collect();
        more.extend(cuts(program, &more.clone(), values).0);
    }
    (more, objective)
}

/// Every choice of the whole columns.
fn points(program: &Program) -> Vec<Vec<(Col, f64)>> {
    let mut points = vec![Vec::new()];
    for column in (0..program.columns.len()).filter(|&column| program.whole[column]) {
        let with = |point: &Vec<(Col, f64)>| {
            let point = point.clone();
            let values = 0..=program.columns[column].1.floor() as u32;
            values
                .map(move |n| point.iter().copied().chain([(column, f64::from(n))]).collect())
                .collect::<Vec<_>>()
        };
        points = points.iter().flat_map(with).collect();
    }
    points
}

/// The most that a sum can be with these values of the whole columns; None where the rows do not allow them.
fn most_at(program: &Program, point: &[(Col, f64)], terms: &[(Col, f64)]) -> Option<f64> {
    let mut program = program.clone();
    program.columns.iter_mut().for_each(|column| column.0 = 0.0);
    terms.iter().for_each(|&(column, factor)| program.columns[column].0 = factor);
    point.iter().for_each(|&(column, value)| program.row([(column, 1.0)], Bound::Exactly, value));
    relaxed(&program, &[]).map(|optimum| optimum.objective())
}

/// Whole and other columns, some of these only where a whole one is 1, in a few rows.
fn random_program(random: &mut Random) -> Program {
    let mut program = Program::default();
    let mut wholes = Vec::new();
    for _ in 0..2 + random.below(3) {
        let most = [1.0, 1.0, 2.0, 3.0][random.below(4)];
        wholes.push(program.count((10.0 * random.unit()).round() - 2.0, most));
    }
    let mut columns = wholes.clone();
    for _ in 0..random.below(4) {
        let most = (1.0 + 6.0 * random.unit()).round() / 2.0;
        let column = program.column((8.0 * random.unit()).round() - 2.0, most);
        let open = wholes[random.below(wholes.len())];
        if random.below(2) == 0 && program.columns[open].1 == 1.0 {
            program.row([(column, 1.0), (open, -most)], Bound::AtMost, 0.0);
        }
        columns.push(column);
    }
    for _ in 0..2 + random.below(4) {
        let mut terms = Terms::new();
        for &column in &columns {
            if random.below(3) > 0 {
                terms.push((column, [1.0, 1.0, -1.0, 2.0, 3.0, -2.5, 0.7][random.below(7)]));
            }
        }
        let limit = (14.0 * random.unit()).round() / 2.0;
        match random.below(6) {
            0 => program.row(terms, Bound::Exactly, limit.floor()),
            1 => program.row(terms, Bound::AtLeast, limit - 3.0),
            _ => program.row(terms, Bound::AtMost, limit),
        }
    }
    program
}

#[test]
fn every_whole_solution_keeps_the_cuts() {
    let mut random = Random::new(31);
    let mut all = 0;
    for case in 0..400 {
        let program = random_program(&mut random);
        let (cuts, _) = all_cuts(&program, 4);
        all += cuts.len();
        for point in points(&program) {
            for (terms, _, most) in &cuts {
                if let Some(sum) = most_at(&program, &point, terms) {
                    assert!(
                        sum <= most + 1e-6,
                        "case {case}: {program:?}\n{point:?}\n{terms:?} is {sum}, not {most}"
                    );
                }
            }
        }
    }
    assert!(all > 300, "{all}");
}

#[test]
fn a_limit_on_whole_numbers_is_rounded_down() {
    let mut program = Program::default();
    let (few, many) = (program.count(1.0, 1.0), program.count(1.0, 5.0));
    program.row([(few, 2.0), (many, 2.0)], Bound::AtMost, 5.0);
    let (_, objective) = all_cuts(&program, 3);
    assert!((objective - 2.0).abs() < 1e-5, "{objective}");
}

#[test]
fn what_is_only_there_when_something_is_open_asks_for_all_of_it_to_be_open() {
    // 3 are needed, each place gives 2 once open, or 1 at a price: relaxed, one place and a half.
    let mut program = Program::default();
    let mut need = Terms::new();
    for _ in 0..2 {
        let (open, given) = (program.count(-10.0, 1.0), program.column(0.0, 2.0));
        program.row([(given, 1.0), (open, -2.0)], Bound::AtMost, 0.0);
        need.push((given, 1.0));
    }
    let dear = program.column(-9.0, 9.0);
    need.push((dear, 1.0));
    program.row(need, Bound::AtLeast, 3.0);
    let (_, objective) = all_cuts(&program, 4);
    assert!((objective + 19.0).abs() < 1e-4, "{objective}");
}
