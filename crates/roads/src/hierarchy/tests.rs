//! The hierarchy against Dijkstra's algorithm and petgraph's on random graphs.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::Hierarchy;
use crate::cost::Cost;
use crate::error::ErrorKind;
use crate::graph::Graph;
use crate::progress::{Cancel, Phase, Step, Watch};
use crate::random::Random;
use crate::search::Dijkstra;
use crate::search::case::Case;
use crate::search::ends::Ends;
use crate::search::many::{Engine, Question, fill_table, sparse_rows};

fn sparse(table: &[Vec<Cost>]) -> Vec<Vec<(u32, Cost)>> {
    let found = |row: &Vec<Cost>| {
        (0..).zip(row.iter().copied()).filter(|&(_, cost)| cost != Cost::NEVER).collect::<Vec<(u32, Cost)>>()
    };
    table.iter().map(found).collect()
}

fn all_rows(engine: &impl Engine, question: Question<'_>) -> Vec<Vec<Cost>> {
    let [rows, columns] = [question.departures, question.arrivals].map(Ends::points);
    let mut cells = vec![Cost::ZERO; rows * columns];
    fill_table(engine, question, &Watch::none(), &mut cells).unwrap();
    (0..rows).map(|row| cells[row * columns..(row + 1) * columns].to_vec()).collect()
}

fn found_rows(engine: &impl Engine, question: Question<'_>) -> Vec<Vec<(u32, Cost)>> {
    sparse_rows(engine, question, &Watch::none()).unwrap()
}

/// The hierarchies of a graph, from one whose top is the whole graph to one without a top.
fn with_tops(graph: &Graph) -> Vec<Hierarchy> {
    let below = |most_links| Hierarchy::build_below(graph, most_links, &Watch::none()).unwrap();
    [0, 2, 3, 4, u32::MAX].into_iter().map(below).collect()
}

#[test]
fn every_engine_finds_the_costs_of_petgraph() {
    let mut compared = 0;
    let mut sizes = BTreeSet::new();
    let (mut whole, mut some, mut none) = (0, 0, 0);
    for seed in 0..1_200 {
        let case = Case::random(seed);
        let expected = case.expected();
        let graph = case.graph();
        let by_dijkstra = all_rows(&Dijkstra(&graph), case.question());
        assert_eq!(by_dijkstra, expected, "seed {seed}: {case:?}");
        let rows = sparse(&expected);
        assert_eq!(found_rows(&Dijkstra(&graph), case.question()), rows, "seed {seed}: {case:?}");
        for hierarchy in with_tops(&graph) {
            let told = || format!("seed {seed}: {case:?} {hierarchy:?}");
            assert_eq!(all_rows(&hierarchy, case.question()), expected, "{}", told());
            assert_eq!(found_rows(&hierarchy, case.question()), rows, "{}", told());
            match (hierarchy.up.top > 0, hierarchy.down.arcs.is_empty()) {
                (true, true) => whole += 1,
                (true, false) => some += 1,
                (false, _) => none += 1,
            }
        }
        sizes.extend([case.departures.points(), case.arrivals.points()]);
        compared += expected.iter().flatten().filter(|&&cost| cost != Cost::NEVER).count();
    }
    assert!(compared > 3_000, "only {compared} ways were compared");
    assert!(sizes.into_iter().eq(0..=20), "batches of all sizes, whole ones and what is left over");
    let tops = (whole, some, none);
    assert!(whole.min(some).min(none) > 400, "of the whole graph, of some of it, no tops: {tops:?}");
}

/// A lattice of streets, so large that its nodes are dealt out to the threads in several blocks.
fn town() -> Graph {
    let random = &mut Random(5);
    let side = 60;
    let mut arcs = Vec::new();
    for node in 0..side * side {
        let right = (node % side < side - 1).then(|| node + 1);
        let below = (node + side < side * side).then(|| node + side);
        for next in [right, below].into_iter().flatten() {
            let cost = Cost::new(1_000 + random.below(20_000), 10 + random.below(2_000), 0);
            arcs.extend([(node, next, cost), (next, node, cost)]);
        }
    }
    Graph::new(side * side, arcs)
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn any_number_of_threads_builds_the_same_hierarchy_and_finds_the_same_costs() {
    let graph = town();
    let build = || Hierarchy::build(&graph, &Watch::none()).unwrap();
    let hierarchy = with_threads(1, build);
    assert_eq!(with_threads(2, build), hierarchy);
    assert_eq!(with_threads(5, build), hierarchy);

    let ends: Ends = (0..300).map(|k| vec![(k * 12, Cost::new(k, k, 0))]).collect();
    let question = Question { departures: &ends, arrivals: &ends, within: 250_000 };
    let rows = |threads| {
        let search = || found_rows(&hierarchy, question);
        with_threads(threads, search)
    };
    let alone = rows(1);
    assert_eq!(rows(3), alone);
    assert_eq!(found_rows(&Dijkstra(&graph), question), alone);
    let below_a_top = Hierarchy::build_below(&graph, 5, &Watch::none()).unwrap();
    assert!((100..2_000).contains(&below_a_top.up.top), "{} nodes at the top", below_a_top.up.top);
    assert_eq!(found_rows(&below_a_top, question), alone);
}

#[test]
fn building_and_searching_report_their_steps_and_can_be_stopped() {
    let graph = town();
    let steps: Mutex<Vec<Step>> = Mutex::default();
    let note = |step| steps.lock().unwrap().push(step);
    let hierarchy = Hierarchy::build(&graph, &Watch::new(&note)).unwrap();
    let ends: Ends = (0..10).map(|_| vec![(0, Cost::ZERO)]).collect();
    let question = Question { departures: &ends, arrivals: &ends, within: u32::MAX };
    let mut cells = vec![Cost::ZERO; 100];
    fill_table(&hierarchy, question, &Watch::new(&note), &mut cells).unwrap();
    let steps = steps.into_inner().unwrap();
    let (build, search): (Vec<Step>, Vec<Step>) =
        steps.iter().partition(|step| step.phase == Phase::Contract);
    assert!(build.is_sorted_by_key(|step| step.done) && build.iter().all(|step| step.total == 3_600));
    assert_eq!((build[0].done, build[build.len() - 1].done), (0, 3_600));
    let searched = search.iter().filter(|step| step.phase == Phase::Search && step.total == 10);
    assert_eq!(searched.map(|step| step.done).max(), Some(10));

    let cancel = Cancel::default();
    cancel.cancel();
    let stopped = Watch::none().with_cancel(cancel);
    assert!(matches!(Hierarchy::build(&graph, &stopped), Err(ErrorKind::Cancelled)));
    assert!(matches!(fill_table(&hierarchy, question, &stopped, &mut cells), Err(ErrorKind::Cancelled)));
    assert!(matches!(sparse_rows(&Dijkstra(&graph), question, &stopped), Err(ErrorKind::Cancelled)));
}
