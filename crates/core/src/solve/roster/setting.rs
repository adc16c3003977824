//! What rosters of a problem are made of, by rank: slots, sites, doctors, activities, bookings and prices.

use super::bookings::{BookingTerms, PublishedTerms};
use super::grid::Grid;
use super::tally::Tally;
use crate::calendar::Half;
use crate::problem::Problem;
use crate::solve::demand::Demand;
use crate::solve::patterns::reachable_sites;
use crate::territory::{ActivityKind, Doctor, RuleKind, Site, Territory};

/// Stands for consultations without limit: more than anyone needs, and still exact when added to others.
pub(super) const UNLIMITED: f64 = 1e12;

/// Who works where, on one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub(super) site: u32,
    pub(super) activity: Option<u16>,
    /// Of the specialty, where the half-day is given to one; else of general practice.
    pub(super) doctor: Option<u16>,
    /// Of the specialty with which general practice shares the half-day.
    pub(super) specialist: Option<u16>,
}

impl Shift {
    /// General practice at a site, without doctor yet.
    pub(super) fn at(site: u32) -> Shift {
        Shift { site, activity: None, doctor: None, specialist: None }
    }

    pub(super) fn doctors(&self) -> impl Iterator<Item = u16> {
        self.doctor.into_iter().chain(self.specialist)
    }
}

/// A breach of a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Breach {
    pub(super) rule: RuleKind,
    /// Rank of the subject; 0 where there is none.
    pub(super) subject: usize,
    pub(super) units: f64,
    /// The session concerned, by its slot, where it is about one.
    pub(super) slot: Option<u32>,
}

/// What an activity asks for, by rank.
#[derive(Clone, Debug)]
pub(super) struct ActivityTerms {
    /// Share of the half-day that general practice loses.
    pub(super) lost: f64,
    /// The same, for prevention alone.
    pub(super) prevention: f64,
    /// Whether general practice goes on, on board or at a distance.
    pub(super) with_general: bool,
    /// Doctors who can be the shift's `doctor`, and its `specialist` where it needs one.
    pub(super) doctors: Vec<u16>,
    pub(super) specialists: Option<Vec<u16>>,
    /// Whether its `doctor` is a general practitioner, who counts among the site's doctors.
    pub(super) doctor_is_general: bool,
    /// By site: whether it can take place there.
    pub(super) sites: Vec<bool>,
    pub(super) at_least: u32,
    pub(super) at_most: u32,
}

/// The problem by rank.
#[derive(Debug)]
pub(in crate::solve) struct Setting<'a> {
    pub(super) problem: &'a Problem,
    pub(super) demand: &'a Demand,
    /// By site: communes within reach, and in which band.
    pub(super) by_site: &'a [Vec<(u32, u8)>],
    pub(super) grid: Grid,
    /// By slot: sites that its vehicle can serve then.
    pub(super) can: Vec<Vec<u32>>,
    /// General practice first, then the activities.
    pub(super) activities: Vec<ActivityTerms>,
    pub(super) bookings: Vec<BookingTerms>,
    /// By site: the bookings that concern it.
    pub(super) bookings_of: Vec<Vec<usize>>,
    pub(super) published: Option<PublishedTerms>,
    /// By doctor, then site: whether they are authorised, do not refuse, and would not rather be elsewhere.
    pub(super) authorised: Vec<Vec<bool>>,
    pub(super) willing: Vec<Vec<bool>>,
    pub(super) content: Vec<Vec<bool>>,
    /// By doctor, then moment: whether they work.
    pub(super) works: Vec<Vec<bool>>,
    /// Whether sessions must be at the same times.
    pub(super) same_time: bool,
    /// Most doctors of a site; None: no limit.
    pub(super) doctors_per_site: Option<u32>,
    /// By kind of rule, then subject: what a unit of its breach costs; None: it is hard.
    prices: Vec<Vec<Option<f64>>>,
    /// By vehicle, half-day and activity: consultations.
    consultations: Vec<[Vec<f64>; 2]>,
}

impl<'a> Setting<'a> {
    pub(in crate::solve) fn new(
        problem: &'a Problem,
        demand: &'a Demand,
        by_site: &'a [Vec<(u32, u8)>],
    ) -> Setting<'a> {
        let territory = problem.territory();
        let grid = Grid::new(problem);
        let bookings = BookingTerms::all(problem, &grid);
        let moments = 14 * territory.calendar.cycle_weeks as usize;
        let by_doctor = |of: &dyn Fn(&Doctor, &Site) -> bool| -> Vec<Vec<bool>> {
            let row = |doctor| territory.sites.iter().map(|site| of(doctor, site)).collect();
            territory.doctors.iter().map(row).collect()
        };
        let mut works = vec![vec![false; moments]; territory.doctors.len()];
        for slot in &grid.slots {
            for (doctor, works) in territory.doctors.iter().zip(&mut works) {
                works[slot.moment()] = doctor.works(slot.week, slot.day, slot.half);
            }
        }
        let consultations = (0..territory.vehicles.len()).map(|vehicle| {
            Half::ALL.map(|half| {
                let activities = std::iter::once(None).chain((0..territory.activities.len()).map(Some));
                let given = |activity| problem.consultations(vehicle, half, activity).unwrap_or(UNLIMITED);
                activities.map(given).collect()
            })
        });
        Setting {
            can: sites_of_slots(problem, &grid),
            activities: activities(territory),
            bookings_of: (0..territory.sites.len())
                .map(|site| (0..bookings.len()).filter(|&b| bookings[b].concerns(site)).collect())
                .collect(),
            published: PublishedTerms::new(problem, &grid),
            authorised: by_doctor(&|doctor, site| doctor.is_authorised(site)),
            willing: by_doctor(&|doctor, site| !doctor.refuses.contains(&site.id)),
            content: by_doctor(&|doctor, site| {
                doctor.prefers.is_empty() || doctor.prefers.contains(&site.id)
            }),
            works,
            same_time: territory.rules.same_time == Some(true),
            doctors_per_site: territory.rules.doctors_per_site,
            prices: prices(territory),
            consultations: consultations.collect(),
            bookings,
            grid,
            problem,
            demand,
            by_site,
        }
    }

    /// The same problem, with equal times of each site as a hard rule.
    pub(super) fn with_equal_times(mut self) -> Setting<'a> {
        self.same_time = true;
        self.prices[RuleKind::SameTime as usize].fill(None);
        self
    }

    /// The same problem, with one doctor a site as a hard rule.
    pub(super) fn with_one_doctor(mut self) -> Setting<'a> {
        self.doctors_per_site = Some(1);
        self.prices[RuleKind::DoctorsPerSite as usize].fill(None);
        self
    }

    pub(super) fn territory(&self) -> &'a Territory {
        self.problem.territory()
    }

    /// What a shift's activity asks for.
    pub(super) fn terms(&self, activity: Option<u16>) -> &ActivityTerms {
        &self.activities[activity.map_or(0, |rank| usize::from(rank) + 1)]
    }

    /// Consultations of a shift.
    pub(super) fn consultations(&self, slot: usize, activity: Option<u16>) -> f64 {
        let slot = &self.grid.slots[slot];
        let activity = activity.map_or(0, |rank| usize::from(rank) + 1);
        self.consultations[slot.vehicle][slot.half as usize][activity]
    }

    /// Most consultations of a half-day of a vehicle.
    pub(super) fn most_consultations(&self, vehicle: usize) -> f64 {
        self.consultations[vehicle].iter().flatten().copied().fold(0.0, f64::max)
    }

    /// What a unit of breach of a rule costs; None: it is hard.
    pub(super) fn price(&self, rule: RuleKind, subject: usize) -> Option<f64> {
        self.prices[rule as usize].get(subject).copied().flatten()
    }

    /// What a breach counts.
    pub(super) fn charge(&self, breach: Breach) -> Tally {
        match self.price(breach.rule, breach.subject) {
            Some(price) => Tally { penalties: price * breach.units, ..Tally::default() },
            None => Tally { hard: breach.units, ..Tally::default() },
        }
    }

    /// Whether a vehicle may serve a site on a slot.
    pub(super) fn is_open(&self, slot: usize, site: u32) -> bool {
        self.can[slot].binary_search(&site).is_ok()
    }

    /// Whether a shift may take place on a slot, as far as places go.
    pub(super) fn fits(&self, slot: usize, shift: &Shift) -> bool {
        self.is_open(slot, shift.site) && self.terms(shift.activity).sites[shift.site as usize]
    }
}

fn sites_of_slots(problem: &Problem, grid: &Grid) -> Vec<Vec<u32>> {
    let territory = problem.territory();
    let reachable: Vec<Vec<u32>> =
        (0..territory.vehicles.len()).map(|vehicle| reachable_sites(problem, vehicle)).collect();
    let of = |slot: &super::grid::Slot| {
        let open = |&&site: &&u32| {
            let site = &territory.sites[site as usize];
            site.weeks.contains(slot.week) && site.open.contains(slot.day, slot.half)
        };
        reachable[slot.vehicle].iter().filter(open).copied().collect()
    };
    grid.slots.iter().map(of).collect()
}

fn activities(territory: &Territory) -> Vec<ActivityTerms> {
    let Territory { doctors, activities, sites, .. } = territory;
    let which = |can: &dyn Fn(&Doctor) -> bool| -> Vec<u16> {
        (0..doctors.len() as u16).filter(|&rank| can(&doctors[usize::from(rank)])).collect()
    };
    let on_board = || which(&|doctor| doctor.specialty.is_none() && !doctor.remote);
    let general = ActivityTerms {
        lost: 0.0,
        prevention: 0.0,
        with_general: true,
        doctors: on_board(),
        specialists: None,
        doctor_is_general: true,
        sites: vec![true; sites.len()],
        at_least: 0,
        at_most: u32::MAX,
    };
    let terms = |activity: &crate::territory::Activity| {
        let remote = matches!(activity.kind, ActivityKind::Remote { .. });
        let specialty = activity.kind == ActivityKind::Specialty;
        let whole = activity.share == 1.0;
        let of_it = || which(&|doctor| doctor.specialty.as_deref() == Some(activity.id.as_str()));
        ActivityTerms {
            lost: if remote { 0.0 } else { activity.share },
            prevention: if activity.kind == ActivityKind::Prevention { activity.share } else { 0.0 },
            with_general: remote || !whole,
            doctors: match (remote, specialty && whole) {
                (true, _) => which(&|doctor| doctor.specialty.is_none()),
                (false, true) => of_it(),
                (false, false) => on_board(),
            },
            specialists: (specialty && !whole).then(of_it),
            doctor_is_general: !(specialty && whole),
            sites: sites
                .iter()
                .map(|site| activity.sites.as_ref().is_none_or(|sites| sites.contains(&site.id)))
                .collect(),
            at_least: activity.at_least,
            at_most: activity.at_most.unwrap_or(u32::MAX),
        }
    };
    std::iter::once(general).chain(activities.iter().map(terms)).collect()
}

fn prices(territory: &Territory) -> Vec<Vec<Option<f64>>> {
    let of = |rule: RuleKind| -> Vec<Option<f64>> {
        let subjects = super::report::subjects(territory, rule);
        let price = |subject: Option<String>| {
            rule.can_be_soft().then(|| territory.rules.price(rule, subject.as_deref())).flatten()
        };
        subjects.into_iter().map(price).collect()
    };
    RuleKind::ALL.into_iter().map(of).collect()
}
