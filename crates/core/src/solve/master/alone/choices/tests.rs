use super::part::Set;
use super::*;
use crate::solve::random::Random;

/// Column 0 is the sessions of a site; 1 and 2 are those of the first doctor, of kinds 0 and 1; 3 and 4 those of the second.
fn choices() -> Choices {
    let duties = |rank: usize| vec![(0, 1 + rank), (1, 3 + rank)];
    let kinds = (0..2).map(|rank| Kind { cell: 0, duties: duties(rank) }).collect();
    let set = |sessions: u8, kind: u16, penalty: f64| Set { sessions, kind, penalty };
    // One session of kind 0; two, or one with one of kind 1; one of kind 1.
    let sets = vec![set(1, 0, 0.0), set(2, 0, 0.5), set(2, 1, 0.25), set(1, 1, 0.0)];
    Choices {
        middle: vec![1.0; 5],
        unit: 1.0,
        kinds,
        parts: vec![Part { counts: vec![2, 1], whole: Vec::new(), sets, beyond: None }],
        teams: vec![
            Team { doctors: vec![0], penalty: 0.0 },
            Team { doctors: vec![1], penalty: 0.0 },
            Team { doctors: vec![0, 1], penalty: 0.75 },
        ],
        needs_team: true,
        most: 2.0,
    }
}

/// What the best calendar is worth, of all.
fn best_of_all(worth: &[f64]) -> f64 {
    let sets: [(&[usize], f64); 4] = [(&[0], 0.0), (&[0, 0], 0.5), (&[0, 1], 0.25), (&[1], 0.0)];
    let mut best = f64::NEG_INFINITY;
    for (kinds, penalty) in sets {
        for first in 0..3 {
            for second in 0..if kinds.len() == 2 { 3 } else { 1 } {
                // Nobody, or one of the doctors.
                let held: Vec<(usize, usize)> = kinds.iter().copied().zip([first, second]).collect();
                let has = |doctor: usize| held.iter().any(|&(_, holder)| holder == doctor);
                let team = if has(1) && has(2) { 0.75 } else { 0.0 };
                let duty = |&(kind, holder): &(usize, usize)| {
                    if holder > 0 { worth[2 * holder - 1 + kind] } else { 0.0 }
                };
                let duties: f64 = held.iter().map(duty).sum();
                if has(1) || has(2) {
                    best = best.max(worth[0] * kinds.len() as f64 + duties - penalty - team);
                }
            }
        }
    }
    best
}

#[test]
fn someone_holds_a_session_of_each_calendar() {
    let choices = choices();
    let mut random = Random::new(35);
    for case in 0..2_000 {
        let worth: Vec<f64> =
            (0..5).map(|_| [-2.0, 0.0, 1.0, 3.0 * random.unit() - 1.5][random.below(4)]).collect();
        let best = best_of_all(&worth);
        for each in [Each::Team, Each::Size] {
            let found = choices.best(0, &worth, f64::NEG_INFINITY, each);
            let most = found.iter().map(|(value, _)| *value).fold(f64::NEG_INFINITY, f64::max);
            assert!((most - best).abs() < 1e-9, "case {case}: {most}, not {best} with {worth:?}");
            for (value, choice) in found {
                let held: f64 =
                    choice.column.iter().filter(|(column, _)| (1..5).contains(column)).map(|(_, n)| n).sum();
                assert!(held >= 1.0, "case {case}: nobody holds a session of {choice:?} with {worth:?}");
                let sum: f64 = choice
                    .column
                    .iter()
                    .filter(|(column, _)| *column < 5)
                    .map(|(column, n)| worth[*column] * n)
                    .sum();
                let told = sum - choice.penalty;
                assert!((told - value).abs() < 1e-9, "case {case}: {value}, not {told} with {worth:?}");
            }
        }
    }
}
