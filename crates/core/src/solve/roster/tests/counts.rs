//! Sessions by vehicle and site are laid on dates that keep all hard rules, wherever the search has found such dates.

use super::{solved, territory_by_chance, value};
use crate::problem::Problem;
use crate::solve::SolveOptions;
use crate::solve::master::Outline;
use crate::solve::meter::{Clock, Meter};
use crate::solve::random::Random;
use crate::solve::roster::like::like;
use crate::solve::roster::{Rosters, Setting, demand};

#[test]
fn the_sessions_of_a_good_plan_can_be_laid_on_dates() {
    for seed in 100..130 {
        let (territory, times) = territory_by_chance(&mut Random::new(seed));
        let problem = Problem::new(territory, &times).unwrap();
        let solution = solved(&problem, 1);
        if problem.is_plain() || !solution.broken.is_empty() {
            continue;
        }
        let territory = problem.territory();
        let mut counts = vec![vec![0; territory.sites.len()]; territory.vehicles.len()];
        let (mut planned, mut staffed, mut held) = (Vec::new(), Vec::new(), Vec::new());
        for session in &solution.plan.sessions {
            let vehicle =
                territory.vehicles.iter().position(|vehicle| vehicle.id == session.vehicle).unwrap();
            let site = territory.sites.iter().position(|site| site.id == session.site).unwrap();
            counts[vehicle][site] += 1;
            let at = (session.week, session.day, session.half);
            planned.push((vehicle, site, at));
            let doctor = |id: &String| territory.doctors.iter().position(|of| of.id == *id).unwrap();
            staffed.extend(
                [&session.doctor, &session.specialist].into_iter().flatten().map(|id| (doctor(id), site, at)),
            );
            let activity = |id: &String| territory.activities.iter().position(|of| of.id == *id).unwrap();
            held.extend(session.activity.iter().map(|id| (activity(id), site)));
        }
        let demand = demand(&problem);
        let by_site = demand.by_site();
        let setting = Setting::new(&problem, &demand, &by_site);
        let options = SolveOptions { time_limit: None, ..SolveOptions::default() };
        let clock = Clock::new(&options, &|_| {});
        let rosters = Rosters::new(&setting, &options);
        let sites = territory.sites.len();
        let outline = Outline::of(&planned, &staffed, &held, sites);
        let alike = like(&setting, &outline, &mut counts.clone());
        for &(vehicle, site, (week, day, half)) in &planned {
            let slot = setting.grid.find(vehicle, week, day, half).unwrap();
            let Some(shift) = alike.at(slot) else { panic!("seed {seed}: nothing at {slot}") };
            assert_eq!(shift.site, site as u32, "seed {seed}: {slot}");
            let doctors: Vec<usize> = shift.doctors().map(usize::from).collect();
            let of_plan: Vec<usize> = staffed
                .iter()
                .filter(|of| (of.1, of.2) == (site, (week, day, half)))
                .map(|of| of.0)
                .collect();
            assert_eq!(doctors, of_plan, "seed {seed}: {slot}, {shift:?}");
        }
        let none = Outline::of(&[], &[], &[], sites);
        let realised = rosters.realise(&counts, &none, f64::INFINITY, &Meter::new(&clock, 1.0));
        let Some(mut roster) = realised else { panic!("seed {seed}: {counts:?} found no dates") };
        let score = roster.score();
        assert!(score.is_allowed(), "seed {seed}: {score:?}");
        let of_search = value(&solution);
        assert!(
            score.value >= of_search - 1e-6 * of_search.abs(),
            "seed {seed}: {} < {of_search}",
            score.value
        );
        let sessions: Vec<Vec<u32>> = (0..territory.vehicles.len())
            .map(|vehicle| {
                let own = |&&slot: &&u32| setting.grid.slots[slot as usize].vehicle == vehicle;
                (0..demand.sites).map(|site| roster.of_site(site).iter().filter(own).count() as u32).collect()
            })
            .collect();
        assert_eq!(sessions, counts, "seed {seed}");
    }
}
