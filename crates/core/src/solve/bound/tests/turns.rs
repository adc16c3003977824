//! A search that goes on turn by turn, and one that begins anew.

use super::*;
use crate::solve::roster;

/// Turns after which a search of a tiny territory must be over.
const TURNS: usize = 3_000;

/// A problem with rules beyond 1 to 6, and its territory.
fn random_problem(random: &mut Random) -> (Territory, Problem) {
    loop {
        let (territory, times) = random_territory(random);
        match Problem::new(territory.clone(), &times) {
            Ok(problem) if !problem.is_plain() => return (territory, problem),
            _ => {}
        }
    }
}

#[test]
fn turns_of_one_step_come_to_an_end_and_to_a_bound() {
    let mut random = Random::new(6);
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let (mut checked, mut asking) = (0, 0);
    while checked < 30 {
        let (territory, problem) = random_problem(&mut random);
        let best = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        let demand = roster::demand(&problem);
        let clock = Clock::new(&options, &|_| {});
        let meter = Meter::new(&clock, 1.0);
        let mut target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1_000 };
        let Some(master) = whole(&problem, &demand, Detail::Dated).filter(|_| top.is_finite()) else {
            continue;
        };
        let Ok(mut tree) = Tree::plant(&master, target, &meter) else { continue };
        checked += 1;
        let mut turns = 0;
        while !tree.is_over() && tree.nodes() < target.nodes {
            tree.go_on(target, 1, &mut |counts, _, _| best.get(counts).copied());
            // A search beside it has found the best meanwhile: what was asked for may be settled.
            if tree.is_asking() {
                asking += 1;
                target.known = top;
            }
            turns += 1;
            assert!(turns < TURNS, "case {checked}: not over after {turns} turns in\n{territory:#?}");
        }
        assert!(!tree.is_asking(), "case {checked}: over, and calendars are asked for in\n{territory:#?}");
        let bound = tree.proof().bound;
        let slack = 1e-6 * top.abs().max(1.0);
        assert!(
            bound >= top - slack,
            "case {checked}: {bound}, a calendar is worth {top} in\n{territory:#?}"
        );
    }
    assert!(asking > 0, "no turn ended while calendars were asked for");
    eprintln!("{asking} turns ended while calendars were asked for");
}

#[test]
fn a_search_that_begins_anew_proves_as_much() {
    let mut random = Random::new(61);
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let (mut checked, mut longer) = (0, 0);
    while checked < 60 {
        let (territory, problem) = random_problem(&mut random);
        let best = brute::best_by_counts(&problem);
        let top = best.values().copied().fold(f64::NEG_INFINITY, f64::max);
        let demand = roster::demand(&problem);
        let clock = Clock::new(&options, &|_| {});
        let meter = Meter::new(&clock, 1.0);
        let target = Target { known: f64::NEG_INFINITY, gap: 1e-6, nodes: 2_000 };
        let Some(master) = whole(&problem, &demand, Detail::Paired).filter(|_| top.is_finite()) else {
            continue;
        };
        let searched = |anew: Option<Anew>| {
            let mut tree = Tree::plant(&master, target, &meter).ok()?;
            anew.into_iter().for_each(|anew| tree.set_anew(anew));
            let proof = tree.go_on(target, u64::MAX, &mut |_, _, _| None);
            Some((proof.bound, tree.nodes()))
        };
        let (Some((once, nodes)), Some((anew, more))) =
            (searched(None), searched(Some(Anew { nodes: 2, open: 1 })))
        else {
            continue;
        };
        checked += 1;
        longer += usize::from(more > nodes);
        let slack = 1e-6 * top.abs().max(1.0);
        for bound in [once, anew] {
            assert!(bound >= top - slack, "case {checked}: {bound} for {top} in\n{territory:#?}");
        }
        assert!((once - anew).abs() < 3.0 * slack, "case {checked}: {anew}, not {once} in\n{territory:#?}");
    }
    assert!(longer > 5, "only {longer} searches began anew");
    eprintln!("{longer} searches of {checked} began anew");
}

#[test]
fn a_dive_that_halts_after_each_program_finds_what_it_would_have_found() {
    let mut random = Random::new(612);
    let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
    let (mut checked, mut halted, mut found, mut back, mut deepest) = (0, 0, 0, 0, 0);
    while checked < 40 {
        let (territory, problem) = random_problem(&mut random);
        let demand = roster::demand(&problem);
        let clock = Clock::new(&options, &|_| {});
        let meter = Meter::new(&clock, 1.0);
        let target = Target { known: f64::NEG_INFINITY, gap: 0.0, nodes: 1 };
        let Some(master) = whole(&problem, &demand, Detail::Paired) else { continue };
        let Ok(mut tree) = Tree::plant(&master, target, &meter) else { continue };
        tree.tighten_root();
        let Some(diver) = tree.diver() else { continue };
        checked += 1;
        let bound = tree.proof().bound;
        for (seed, enough) in [(1, f64::NEG_INFINITY), (2, bound - 0.01 * bound.abs())] {
            let dive = |steps: u64| {
                let (mut dive, mut found, mut halts) = (diver.begin(seed, enough), None, 0);
                while found.is_none() && !dive.is_over() {
                    found = dive.go_on(enough, meter.work().saturating_add(steps), &meter);
                    halts += 1;
                }
                let sites = 0..territory.sites.len();
                let open = dive
                    .deepest()
                    .map(|deepest| sites.map(|site| deepest.opens(site)).collect::<Vec<bool>>());
                ((found.map(|(counts, _)| counts), open), halts)
            };
            let ((at_once, once), (in_turns, turns)) = (dive(u64::MAX), dive(1));
            assert_eq!(once, 1, "case {checked}");
            assert_eq!(at_once, in_turns, "case {checked}, seed {seed}, {enough} in\n{territory:#?}");
            let (at_once, open) = at_once;
            assert!(
                open.is_some() || at_once.is_none(),
                "case {checked}, seed {seed}, {enough} in\n{territory:#?}"
            );
            deepest += usize::from(open.is_some() && at_once.is_none());
            halted += usize::from(turns > 1);
            found += usize::from(at_once.is_some());
            back += usize::from(at_once.is_none());
        }
    }
    assert!(
        halted > 40 && found > 40 && deepest > 0,
        "{halted} halted, {found} found something, {back} did not, {deepest} of these solved a program"
    );
}
