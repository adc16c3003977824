//! Packing against every roster in which each site has one doctor, on tiny territories in which any rule may hold.

use crate::problem::Problem;
use crate::solve::SolveOptions;
use crate::solve::meter::{Clock, Meter};
use crate::solve::random::Random;
use crate::solve::roster::setting::Shift;
use crate::solve::roster::state::Roster;
use crate::solve::roster::tests::{best_of_all, territory_by_chance};
use crate::solve::roster::{Packing, Rosters, Setting, demand};
use crate::territory::RuleKind;

/// Rosters that are looked at one by one, at most.
const MANY: usize = 40_000;

/// Calls in a row that bring nothing: by then each set of sites was packed with any doctors.
const PATIENCE: usize = 5;

/// All shifts on a slot that a packing could have there, and none.
fn shifts(setting: &Setting<'_>, slot: usize) -> Vec<Option<Shift>> {
    let doctors: Vec<Option<u16>> = if setting.territory().doctors.is_empty() {
        vec![None]
    } else {
        setting.terms(None).doctors.iter().copied().map(Some).collect()
    };
    let of = |&site: &u32| doctors.iter().map(move |&doctor| Some(Shift { doctor, ..Shift::at(site) }));
    std::iter::once(None).chain(setting.can[slot].iter().flat_map(of)).collect()
}

/// Whether each site has sessions of one vehicle, with one doctor, and doctors keep their hours and limits.
fn is_packed(roster: &Roster<'_>, sites: usize) -> bool {
    let of_doctors =
        [RuleKind::DoctorNeeded, RuleKind::DoctorHours, RuleKind::DoctorWeek, RuleKind::DoctorCycle];
    let one_doctor = (0..sites).all(|site| {
        let slots = roster.of_site(site);
        let who = |slot: u32| {
            let slot = slot as usize;
            (roster.at(slot).and_then(|shift| shift.doctor), roster.setting.grid.slots[slot].vehicle)
        };
        slots.iter().all(|&slot| who(slot) == who(slots[0]))
    });
    one_doctor && roster.breaches().iter().all(|breach| !of_doctors.contains(&breach.rule))
}

/// The best value of such a roster; None where there is none.
fn best_packed(roster: &mut Roster<'_>, slot: usize, sites: usize, best: &mut Option<f64>) {
    if slot == roster.shifts().len() {
        let value = if is_packed(roster, sites) { roster.value() } else { None };
        if value > *best {
            *best = value;
        }
        return;
    }
    for shift in shifts(roster.setting, slot) {
        roster.put(slot, shift);
        best_packed(roster, slot + 1, sites, best);
    }
    roster.put(slot, None);
}

#[test]
fn the_best_of_all_packings_is_found() {
    let (mut compared, mut better) = (0, 0);
    for seed in 0..400 {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        if problem.is_plain() {
            continue;
        }
        let demand = demand(&problem);
        let by_site = demand.by_site();
        let setting = Setting::new(&problem, &demand, &by_site);
        let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
        let clock = Clock::new(&options, &|_| {});
        let meter = Meter::new(&clock, 1.0);
        let rosters = Rosters::new(&setting, &options);
        let Some(start) = rosters.start(&meter).known() else { continue };
        let mut found = rosters.start(&meter).best();
        let mut packing = Packing::new(&rosters, &meter).unwrap();
        let (mut value, mut idle) = (start, 0);
        while idle < PATIENCE {
            match packing.better(&found, f64::INFINITY, &rosters, &meter) {
                Some(mut roster) => {
                    let now = roster.value().expect("a packed roster keeps all rules");
                    assert!(now > value, "seed {seed}: {now} after {value}");
                    (value, found, idle) = (now, roster, 0);
                }
                None => idle += 1,
            }
        }
        better += usize::from(value > start);
        let told = || format!("seed {seed}: {}", serde_json::to_string(problem.territory()).unwrap());
        let ways: usize = (0..setting.grid.slots.len()).map(|slot| shifts(&setting, slot).len()).product();
        if ways > MANY {
            continue;
        }
        let top = best_of_all(&problem).unwrap_or_else(|| panic!("there is a plan; {}", told()));
        assert!(value <= top + 1e-6, "{value} is more than {top}; {}", told());
        let mut best = None;
        best_packed(&mut Roster::empty(&setting), 0, demand.sites, &mut best);
        if let Some(best) = best {
            assert!(value >= best - 1e-6, "{value}, not {best}; {}", told());
            compared += 1;
        }
    }
    assert!(compared > 100 && better > 20, "{compared} compared, {better} better");
}

#[test]
fn a_packing_near_its_bound_is_worth_what_it_says() {
    for seed in 0..200 {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        if problem.is_plain() {
            continue;
        }
        let demand = demand(&problem);
        let by_site = demand.by_site();
        let setting = Setting::new(&problem, &demand, &by_site);
        let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
        let clock = Clock::new(&options, &|_| {});
        let meter = Meter::new(&clock, 1.0);
        let rosters = Rosters::new(&setting, &options);
        let start = rosters.start(&meter).best();
        let mut packing = Packing::new(&rosters, &meter).unwrap();
        let Some(bound) = best_of_all(&problem) else { continue };
        for _ in 0..PATIENCE {
            let Some(mut found) = packing.better(&start, bound, &rosters, &meter) else { continue };
            let score = found.score();
            let mut again = Roster::empty(&setting);
            again.load(found.shifts());
            assert!(score.is_allowed(), "seed {seed}: {:?}", score.tally);
            assert!((again.score().value - score.value).abs() < 1e-6, "seed {seed}");
            assert!(score.value <= bound + 1e-6, "seed {seed}: {} is more than {bound}", score.value);
        }
    }
}
