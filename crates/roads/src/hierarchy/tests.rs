//! The hierarchy against Dijkstra's algorithm and petgraph's on random graphs.

use super::Hierarchy;
use crate::cost::Cost;
use crate::progress::Watch;
use crate::search::Dijkstra;
use crate::search::case::Case;
use crate::search::many::{fill_table, sparse_rows};

fn sparse(table: &[Cost], columns: usize) -> Vec<Vec<(u32, Cost)>> {
    let found = |row: &[Cost]| {
        (0..).zip(row.iter().copied()).filter(|&(_, cost)| cost != Cost::NEVER).collect::<Vec<(u32, Cost)>>()
    };
    table.chunks(columns.max(1)).map(found).collect()
}

#[test]
fn every_engine_finds_the_costs_of_petgraph() {
    let watch = Watch::none();
    let mut compared = 0;
    for seed in 0..3_000 {
        let case = Case::random(seed);
        let expected = case.expected();
        let graph = case.graph();
        let hierarchy = Hierarchy::build(&graph, &watch).unwrap();
        let mut by_dijkstra = vec![Cost::ZERO; expected.len()];
        fill_table(&Dijkstra(&graph), case.question(), &watch, &mut by_dijkstra).unwrap();
        assert_eq!(by_dijkstra, expected, "seed {seed}: {case:?}");
        let mut by_hierarchy = vec![Cost::ZERO; expected.len()];
        fill_table(&hierarchy, case.question(), &watch, &mut by_hierarchy).unwrap();
        assert_eq!(by_hierarchy, expected, "seed {seed}: {case:?}");
        if !case.arrivals.is_empty() {
            let expected = sparse(&expected, case.arrivals.len());
            assert_eq!(
                sparse_rows(&Dijkstra(&graph), case.question(), &watch).unwrap(),
                expected,
                "seed {seed}"
            );
            assert_eq!(sparse_rows(&hierarchy, case.question(), &watch).unwrap(), expected, "seed {seed}");
        }
        compared += expected.iter().filter(|&&cost| cost != Cost::NEVER).count();
    }
    assert!(compared > 5_000, "only {compared} ways were compared");
}
