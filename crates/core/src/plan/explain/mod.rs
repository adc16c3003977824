//! Why a plan holds no session in a commune, and why it is empty when it is.

mod obstacle;
mod sentences;
mod swap;
#[cfg(test)]
mod tests;

pub use obstacle::Obstacle;

use std::collections::BTreeSet;

use super::{Plan, Status};
use crate::lang::Lang;
use crate::people::{Patients, Profile, Share};
use crate::problem::Problem;
use crate::times::{OutOfReach, widest_reach};
use medicobus_roads::Millis;
use obstacle::obstacle;
use swap::Trials;

/// Plans whose objectives differ by no more than this part are told as equal: what "optimal" means, too.
const EQUAL: f64 = 1e-4;

/// A commune with patients in which no session is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Unserved {
    /// Its code.
    pub commune: String,
    /// What people call it.
    pub name: String,
    /// People without a médecin traitant there.
    pub patients: Patients,
    /// Why none is held there, nor within reach where there is no `nearest`.
    pub reason: Reason,
    /// The nearest session that its people can go to; None when none is within reach.
    pub nearest: Option<Nearest>,
}

/// A session in another commune, within reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    /// Where it is held.
    pub site: NamedSite,
    /// The drive there, one way.
    pub time: Millis,
    /// The share of people ready to come that far.
    pub share: Share,
}

/// Why no session is held in a commune.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// No road leads to it.
    OffRoads(OutOfReach),
    /// No site within the time that patients drive at most.
    NoSiteWithin(Millis),
    /// It has no site; people go elsewhere.
    NoSite,
    /// It has a site, or one within reach, but no vehicle can hold its sessions there.
    NoVehicle {
        /// The site that lacks least.
        site: NamedSite,
        /// What it lacks.
        obstacle: Obstacle,
    },
    /// It could be served; this is what that would cost elsewhere.
    Instead(Instead),
    /// It could be served, but none of the plans tried that differ little from this one does.
    NoRoom(NamedSite),
    /// No vehicle is kept from it, but doctors, activities, bookings or the calendar may keep sessions from being held
    /// there, and no other plan was tried.
    LeftOut {
        /// Whether it is proven that no plan is worth more.
        proven: bool,
    },
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
    /// The name of its commune, with its own in brackets where it has one: `Albon (salle des fêtes)`.
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
    /// It is proven that no plan with sessions is worth more, under rules on doctors, activities, bookings or the
    /// calendar.
    NothingBetter,
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
        let commune = territory.communes.iter().find(|commune| commune.code == site.commune);
        let commune = commune.map_or(&site.commune, |commune| &commune.name);
        let name = match &site.name {
            Some(name) if name != commune => format!("{commune} ({name})"),
            _ => commune.clone(),
        };
        NamedSite { id: site.id.clone(), name, commune: site.commune.clone() }
    }
}

impl Nearest {
    /// The first of the nearest served sites that people of a commune are ready to go to.
    fn of(problem: &Problem, commune: usize, served: &[bool]) -> Option<Nearest> {
        let territory = problem.territory();
        let time =
            |site: usize| problem.times().trip(&territory.communes[commune].code, &territory.sites[site].id);
        let within = problem.sites_near(commune).filter(|&site| served[site]);
        let (time, site) = within.filter_map(|site| Some((time(site)?.time, site))).min()?;
        Some(Nearest { site: NamedSite::of(problem, site), time, share: problem.share(commune, site)? })
    }
}

/// How it is found out what serving a commune would cost.
enum Tried<'p> {
    /// By plans that differ little from this one.
    Plans(Trials<'p>),
    /// Not at all: where half-days are not all alike or sessions need doctors, such plans would have to be made by the
    /// whole search.
    None {
        /// Whether the plan is proven optimal.
        proven: bool,
    },
}

impl Plan {
    /// The `most` communes with most patients in which no session is held, and why. Equal ones in order of their
    /// codes.
    ///
    /// Where a problem is [plain](Problem::is_plain), what serving a commune would cost is measured on a few plans that differ little from this one; a better way to
    /// serve it may exist, so that the loss may be overstated, never understated.
    pub fn unserved(&self, problem: &Problem, most: usize) -> Vec<Unserved> {
        let (served, territory) = (self.served_sites(problem), problem.territory());
        let communes = &territory.communes;
        let sites = territory.sites.iter().zip(&served);
        let with_session: BTreeSet<&str> =
            sites.filter(|(_, served)| **served).map(|(site, _)| &*site.commune).collect();
        let patients = |commune: usize| -> Patients {
            Profile::ALL.into_iter().map(|profile| communes[commune].patients[profile]).sum()
        };
        let mut unserved: Vec<(usize, Patients)> = (0..communes.len())
            .filter(|&commune| !with_session.contains(&*communes[commune].code))
            .map(|commune| (commune, patients(commune)))
            .filter(|(_, patients)| patients.0 > 0.0)
            .collect();
        unserved.sort_by(|(a, more), (b, less)| {
            less.0.total_cmp(&more.0).then_with(|| communes[*a].code.cmp(&communes[*b].code))
        });
        unserved.truncate(most);
        let mut tried = if problem.is_plain() {
            Tried::Plans(Trials::new(problem, self))
        } else {
            Tried::None { proven: self.status == Status::Optimal }
        };
        let explain = |(commune, patients): (usize, Patients)| {
            let nearest = Nearest::of(problem, commune, &served);
            let reason = match nearest {
                Some(_) => why_not_inside(problem, commune, &mut tried),
                None => why_not_near(problem, commune, &mut tried),
            };
            let (code, name) = (communes[commune].code.clone(), communes[commune].name.clone());
            Unserved { commune: code, name, patients, reason, nearest }
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
            None if !problem.is_plain() && self.status == Status::Optimal => WhyEmpty::NothingBetter,
            None => WhyEmpty::NothingFound,
        })
    }
}

/// Why a commune has no session within reach.
fn why_not_near(problem: &Problem, commune: usize, tried: &mut Tried<'_>) -> Reason {
    if let Some(why) = problem.times().why_out_of_reach(&problem.territory().communes[commune].code) {
        return Reason::OffRoads(why);
    }
    let near: Vec<usize> = problem.sites_near(commune).collect();
    why_none_of(problem, &near, tried).unwrap_or(Reason::NoSiteWithin(widest_reach(problem.territory())))
}

/// Why people of a commune have to go to another one.
fn why_not_inside(problem: &Problem, commune: usize, tried: &mut Tried<'_>) -> Reason {
    let (code, sites) = (&problem.territory().communes[commune].code, &problem.territory().sites);
    let own: Vec<usize> = (0..sites.len()).filter(|&site| sites[site].commune == *code).collect();
    why_none_of(problem, &own, tried).unwrap_or(Reason::NoSite)
}

/// Why none of these sites has a session; None when there is no site.
fn why_none_of(problem: &Problem, sites: &[usize], tried: &mut Tried<'_>) -> Option<Reason> {
    if let Some((site, obstacle)) = why_no_vehicle(problem, sites) {
        return Some(Reason::NoVehicle { site: NamedSite::of(problem, site), obstacle });
    }
    let possible: Vec<usize> =
        sites.iter().copied().filter(|&site| obstacle(problem, site).is_none()).collect();
    let first = *possible.first()?;
    let trials = match tried {
        Tried::Plans(trials) => trials,
        Tried::None { proven } => return Some(Reason::LeftOut { proven: *proven }),
    };
    Some(match trials.serve_one_of(&possible) {
        Some(instead) => Reason::Instead(instead),
        None => Reason::NoRoom(NamedSite::of(problem, first)),
    })
}

/// Where every one of these sites has an obstacle: the one that lacks least, and what it lacks.
fn why_no_vehicle(problem: &Problem, sites: &[usize]) -> Option<(usize, Obstacle)> {
    let obstacles: Option<Vec<(usize, Obstacle)>> =
        sites.iter().map(|&site| Some((site, obstacle(problem, site)?))).collect();
    obstacles?.into_iter().min_by_key(|(site, obstacle)| (obstacle.severity(), *site))
}
