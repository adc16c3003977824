//! What the solver knows of patients: who is near which site, and what following or reaching them is worth.

use crate::people::Profile;
use crate::problem::{Near, Problem};

/// The demand of a territory, by rank, without the communes that nobody can reach.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// How many sites there are.
    pub(super) sites: usize,
    /// Share of each reach band, falling.
    pub(super) band_share: Vec<f64>,
    pub(super) communes: Vec<CommuneDemand>,
    /// By group, worthiest first.
    pub(super) groups: Vec<Group>,
    /// What one weighted person reached is worth.
    pub(super) reached: f64,
}

/// Patients whose consultation is worth the same; a network of group k holds those of the groups before, too.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// What one more consultation of the group's network adds to the objective, beyond the next group's.
    pub(super) step: f64,
    /// What one consultation of the group's own patients is worth.
    pub(super) worth: f64,
}

/// A commune with patients and a site in reach.
#[derive(Clone, Debug)]
pub(super) struct CommuneDemand {
    /// Nearest band first, then in order of site.
    pub(super) near: Vec<Near>,
    /// By group: consultations a cycle that patients of this group and of those before need.
    pub(super) supply: Vec<f64>,
    /// Weighted people.
    pub(super) weight: f64,
}

/// The two parts of an objective, both weighted by profile.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Value {
    /// People with a doctor within reach.
    pub reached: f64,
    /// People with enough consultations for a year.
    pub followed: f64,
    /// Both, times the coefficients of the territory.
    pub objective: f64,
}

impl Demand {
    pub(super) fn new(problem: &Problem) -> Demand {
        Demand::of(problem, problem.is_limited())
    }

    /// With consultations that are limited, at least in some sessions, or not.
    pub(super) fn of(problem: &Problem, limited: bool) -> Demand {
        let index = &problem.index;
        let objective = problem.territory().objective;
        let worth = |profile: Profile| objective.followed * index.weight[profile] / index.visits[profile];
        let mut order: Vec<Profile> =
            Profile::ALL.into_iter().filter(|&p| limited && worth(p) > 0.0).collect();
        order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        let groups = (0..order.len())
            .map(|k| {
                let next = order.get(k + 1).map_or(0.0, |&next| worth(next));
                Group { step: worth(order[k]) - next, worth: worth(order[k]) }
            })
            .collect();
        let communes = (0..problem.territory().communes.len()).filter_map(|rank| {
            let mut near = index.near[rank].clone();
            near.sort_by_key(|near| (near.band, near.site));
            let mut supply = Vec::with_capacity(order.len());
            let mut sum = 0.0;
            for &profile in &order {
                sum += problem.patients(rank, profile) * index.visits[profile];
                supply.push(sum);
            }
            let weight = problem.weight(rank);
            (weight > 0.0 && !near.is_empty()).then_some(CommuneDemand { near, supply, weight })
        });
        Demand {
            sites: problem.territory().sites.len(),
            band_share: index.band_share.clone(),
            communes: communes.collect(),
            groups,
            // Without a limit on consultations everyone reached is followed, and worth both.
            reached: objective.reached + if limited { 0.0 } else { objective.followed },
        }
    }

    /// Communes within reach of each site, as (rank in `communes`, band).
    pub(super) fn by_site(&self) -> Vec<Vec<(u32, u8)>> {
        let mut by_site = vec![Vec::new(); self.sites];
        for (commune, rank) in self.communes.iter().zip(0..) {
            for near in &commune.near {
                by_site[near.site as usize].push((rank, near.band));
            }
        }
        by_site
    }
}
