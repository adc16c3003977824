//! Sites that do not fit together on a day of a vehicle.

use super::Master;
use crate::solve::program::{Col, Point, Terms};

/// Sites of a half-day up to which every set of them is tried.
const FEW: usize = 10;

/// A row that is broken by less is none.
const BROKEN: f64 = 1e-4;

/// Days of a vehicle that are not told apart.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub(super) vehicle: usize,
    pub(super) count: u32,
    /// In the morning, and in the afternoon: the sites, and the sessions there.
    pub(super) halves: [Vec<(usize, Col)>; 2],
}

impl Master<'_> {
    /// Rows that say of sites for the morning and sites for the afternoon, none of which fit together, that there are
    /// no more such sessions than days: those that a relaxed solution breaks, each with by how much.
    pub(super) fn full_days(&self, point: &Point) -> Vec<(f64, Terms, f64)> {
        self.days.iter().filter_map(|days| self.full_day(days, point)).collect()
    }

    fn full_day(&self, days: &Days, point: &Point) -> Option<(f64, Terms, f64)> {
        let [mornings, afternoons] = &days.halves;
        let mut used: Vec<usize> =
            (0..mornings.len()).filter(|&rank| point.value(mornings[rank].1) > BROKEN).collect();
        let worth = |rank: &usize| point.value(mornings[*rank].1);
        used.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
        used.truncate(FEW);
        let apart: Vec<Vec<bool>> = used
            .iter()
            .map(|&rank| {
                let apart = |&(site, _): &(usize, Col)| !self.fits(days.vehicle, mornings[rank].0, site);
                afternoons.iter().map(apart).collect()
            })
            .collect();
        let together =
            |set: usize, pm: usize| (0..used.len()).all(|am| set & (1 << am) == 0 || apart[am][pm]);
        let weight = |set: usize| -> f64 {
            let am = (0..used.len()).filter(|am| set & (1 << am) != 0).map(|am| worth(&used[am]));
            let pm = (0..afternoons.len()).map(|pm| (pm, point.value(afternoons[pm].1)));
            am.sum::<f64>() + pm.filter(|&(pm, x)| x > 0.0 && together(set, pm)).map(|(_, x)| x).sum::<f64>()
        };
        let sets = (1..1_usize << used.len()).map(|set| (weight(set), set));
        let (most, set) = sets.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let broken = most - f64::from(days.count);
        if broken < BROKEN {
            return None;
        }
        let pm: Vec<(usize, Col)> =
            (0..afternoons.len()).filter(|&pm| together(set, pm)).map(|pm| afternoons[pm]).collect();
        let all_apart =
            |of: &&(usize, Col)| pm.iter().all(|&(other, _)| !self.fits(days.vehicle, of.0, other));
        let am = mornings.iter().filter(all_apart);
        let terms = am.chain(&pm).map(|&(_, sessions)| (sessions, 1.0)).collect();
        Some((broken, terms, f64::from(days.count)))
    }

    /// Whether a vehicle can be at a site in the morning and at another one in the afternoon.
    fn fits(&self, vehicle: usize, am: usize, pm: usize) -> bool {
        let near = || self.problem.index.after_lunch(am).iter().any(|&(other, _)| other as usize == pm);
        (am == pm || near()) && self.problem.day_drive(vehicle, Some(am), Some(pm)).is_some()
    }
}
