//! Why a plan leaves a commune out, and why it is empty when it is.

mod obstacle;
mod sentences;
mod swap;
#[cfg(test)]
mod tests;

pub use obstacle::Obstacle;

use super::Plan;
use crate::lang::Lang;
use crate::people::{Patients, Profile};
use crate::problem::Problem;
use crate::times::{OutOfReach, widest_reach};
use medicobus_roads::Millis;
use obstacle::obstacle;
use swap::Trials;

/// Plans whose objectives differ by no more than this part are told as equal: what "optimal" means, too.
const EQUAL: f64 = 1e-4;

/// A commune with patients that no session serves.
#[derive(Clone, Debug, PartialEq)]
pub struct Unserved {
    /// Its code.
    pub commune: String,
    /// What people call it.
    pub name: String,
    /// People without a médecin traitant there.
    pub patients: Patients,
    /// Why no session serves it.
    pub reason: Reason,
}

/// Why no session serves a commune.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// No road leads to it.
    OffRoads(OutOfReach),
    /// No site within the time that patients drive at most.
    NoSiteWithin(Millis),
    /// A site is within reach, but no vehicle can hold its sessions there.
    NoVehicle {
        /// The site that lacks least.
        site: NamedSite,
        /// What it lacks.
        obstacle: Obstacle,
    },
    /// It could be served; this is what that would cost elsewhere.
    Instead(Instead),
    /// It could be served, but only by a plan that has little in common with this one.
    NoRoom(NamedSite),
}

/// A plan that serves a commune in place of what this plan loses least by.
#[derive(Clone, Debug, PartialEq)]
pub struct Instead {
    /// Where sessions would be held.
    pub site: NamedSite,
    /// How many a cycle: the least that the site may have.
    pub half_days: u32,
    /// Sites that would lose sessions for it, and how many.
    pub instead_of: Vec<(NamedSite, u32)>,
    /// What the objective would lose; below 0, what it would win.
    pub loss: f64,
    /// Whether that makes no difference: at most 1e-4 of the objective.
    pub equal: bool,
}

/// A site as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSite {
    /// Its id.
    pub id: String,
    /// Its name, or that of its commune.
    pub name: String,
    /// Code of its commune.
    pub commune: String,
}

/// Why a plan has no session.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum WhyEmpty {
    /// The territory has no site.
    NoSite,
    /// The territory has no patients.
    NoPatients,
    /// Its patients weigh nothing.
    NothingCounts,
    /// No site within the time that patients drive at most.
    NobodyWithin(Millis),
    /// No vehicle can hold the sessions of any site.
    NoVehicle {
        /// The site that lacks least.
        site: NamedSite,
        /// What it lacks.
        obstacle: Obstacle,
    },
    /// Sessions are possible; the search was stopped before it found any.
    NothingFound,
}

impl Unserved {
    /// One sentence for a planner.
    pub fn sentence(&self, lang: Lang) -> String {
        sentences::unserved(self, lang)
    }
}

impl WhyEmpty {
    /// One sentence for a planner.
    pub fn sentence(&self, lang: Lang) -> String {
        sentences::why_empty(self, lang)
    }
}

impl NamedSite {
    fn of(problem: &Problem, site: usize) -> NamedSite {
        let (territory, site) = (problem.territory(), &problem.territory().sites[site]);
        let commune = || territory.communes.iter().find(|commune| commune.code == site.commune);
        let name = site.name.clone().or_else(|| Some(commune()?.name.clone()));
        NamedSite {
            id: site.id.clone(),
            name: name.unwrap_or_else(|| site.id.clone()),
            commune: site.commune.clone(),
        }
    }
}

impl Plan {
    /// The `most` communes with most patients that no session serves, and why. Equal ones in order of their codes.
    ///
    /// What serving a commune would cost is measured on a few plans that differ little from this one; a better way to
    /// serve it may exist, so that the loss may be overstated, never understated.
    pub fn unserved(&self, problem: &Problem, most: usize) -> Vec<Unserved> {
        let (served, communes) = (self.served_sites(problem), &problem.territory().communes);
        let patients = |commune: usize| -> Patients {
            Profile::ALL.into_iter().map(|profile| communes[commune].patients[profile]).sum()
        };
        let mut unserved: Vec<(usize, Patients)> = (0..communes.len())
            .filter(|&commune| !problem.sites_near(commune).any(|site| served[site]))
            .map(|commune| (commune, patients(commune)))
            .filter(|(_, patients)| patients.0 > 0.0)
            .collect();
        unserved.sort_by(|(a, more), (b, less)| {
            less.0.total_cmp(&more.0).then_with(|| communes[*a].code.cmp(&communes[*b].code))
        });
        unserved.truncate(most);
        let mut trials = Trials::new(problem, self);
        let explain = |(commune, patients): (usize, Patients)| Unserved {
            commune: communes[commune].code.clone(),
            name: communes[commune].name.clone(),
            patients,
            reason: reason(problem, commune, &mut trials),
        };
        unserved.into_iter().map(explain).collect()
    }

    /// Why the plan has no session; None when it has.
    pub fn why_empty(&self, problem: &Problem) -> Option<WhyEmpty> {
        if !self.sessions.is_empty() {
            return None;
        }
        let (territory, communes) = (problem.territory(), 0..problem.territory().communes.len());
        let has_patients =
            |profile| territory.communes.iter().any(|commune| commune.patients[profile].0 > 0.0);
        if territory.sites.is_empty() {
            return Some(WhyEmpty::NoSite);
        }
        if !Profile::ALL.into_iter().any(has_patients) {
            return Some(WhyEmpty::NoPatients);
        }
        let counting: Vec<usize> = communes.filter(|&commune| problem.weight(commune) > 0.0).collect();
        if counting.is_empty() {
            return Some(WhyEmpty::NothingCounts);
        }
        let mut useful: Vec<usize> =
            counting.into_iter().flat_map(|commune| problem.sites_near(commune)).collect();
        useful.sort_unstable();
        useful.dedup();
        Some(match why_no_vehicle(problem, &useful) {
            _ if useful.is_empty() => WhyEmpty::NobodyWithin(widest_reach(territory)),
            Some((site, obstacle)) => WhyEmpty::NoVehicle { site: NamedSite::of(problem, site), obstacle },
            None => WhyEmpty::NothingFound,
        })
    }
}

/// Why a commune with patients has no session within reach.
fn reason(problem: &Problem, commune: usize, trials: &mut Trials<'_>) -> Reason {
    if let Some(why) = problem.times().why_out_of_reach(&problem.territory().communes[commune].code) {
        return Reason::OffRoads(why);
    }
    let near: Vec<usize> = problem.sites_near(commune).collect();
    if near.is_empty() {
        return Reason::NoSiteWithin(widest_reach(problem.territory()));
    }
    if let Some((site, obstacle)) = why_no_vehicle(problem, &near) {
        return Reason::NoVehicle { site: NamedSite::of(problem, site), obstacle };
    }
    let possible: Vec<usize> = near.into_iter().filter(|&site| obstacle(problem, site).is_none()).collect();
    match trials.serve_one_of(&possible) {
        Some(instead) => Reason::Instead(instead),
        None => Reason::NoRoom(NamedSite::of(problem, possible[0])),
    }
}

/// Where every one of these sites has an obstacle: the one that lacks least, and what it lacks.
fn why_no_vehicle(problem: &Problem, sites: &[usize]) -> Option<(usize, Obstacle)> {
    let obstacles: Option<Vec<(usize, Obstacle)>> =
        sites.iter().map(|&site| Some((site, obstacle(problem, site)?))).collect();
    obstacles?.into_iter().min_by_key(|(site, obstacle)| (obstacle.severity(), *site))
}
