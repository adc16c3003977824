//! What the search decides on.

use super::*;
use crate::solve::roster;

#[test]
fn what_is_decided_on_is_whole_and_there_once() {
    let mut random = Random::new(8);
    let (mut breaches, mut totals) = (0, 0);
    for case in 0..100 {
        let (territory, times) = random_territory(&mut random);
        let problem = match Problem::new(territory.clone(), &times) {
            Ok(problem) if !problem.is_plain() => problem,
            _ => continue,
        };
        let demand = roster::demand(&problem);
        for detail in [Detail::Counted, Detail::Dated, Detail::Paired] {
            let Some(master) = whole(&problem, &demand, detail) else { continue };
            let program = &master.program;
            for terms in master.breaches().chain(&master.totals) {
                let is_whole = |&(column, factor): &(usize, f64)| program.whole[column] && factor == 1.0;
                assert!(terms.iter().all(is_whole), "case {case}: {terms:?} in\n{territory:#?}");
            }
            let twice = master.totals.iter().find(|terms| master.shared.contains(terms));
            assert!(twice.is_none(), "case {case}: {twice:?} is there twice in\n{territory:#?}");
            // The two rules on shares of half-days have a column each.
            let priced = |&column: &usize| program.columns[column].0 < 0.0 && !program.whole[column];
            let fractions = (0..program.columns.len()).filter(priced).count();
            assert!(fractions <= 2, "case {case}: {fractions} breaches may be fractions in\n{territory:#?}");
            breaches += master.breaches().count();
            totals += master.totals.len();
        }
    }
    assert!(breaches > 100 && totals > 100, "{breaches} rules, {totals} totals");
}
