//! What a plan tells of its roster: people and activities, what was relaxed, and how visits lie in the cycle.

use super::setting::{Breach, Setting};
use super::state::Roster;
use crate::plan::{Plan, Priced, Relaxed, Rhythm, Status};
use crate::solve::assemble::OPTIMAL;
use crate::solve::draft::WorkDay;
use crate::territory::{RuleKind, RuleName, Territory};

/// The subjects of a rule, by rank; one without name for a rule about everything.
pub(super) fn subjects(territory: &Territory, rule: RuleKind) -> Vec<Option<String>> {
    let sites = || territory.sites.iter().map(|site| Some(site.id.clone())).collect();
    let doctors = || territory.doctors.iter().map(|doctor| Some(doctor.id.clone())).collect();
    match rule {
        RuleKind::RequiredSite
        | RuleKind::Every
        | RuleKind::Visits
        | RuleKind::MaxGap
        | RuleKind::SameTime
        | RuleKind::DoctorsPerSite => sites(),
        RuleKind::Required | RuleKind::Forbidden | RuleKind::Locked => {
            (1..=territory.bookings.len()).map(|number| Some(number.to_string())).collect()
        }
        RuleKind::DoctorHours
        | RuleKind::DoctorWeek
        | RuleKind::DoctorCycle
        | RuleKind::Department
        | RuleKind::Refuses
        | RuleKind::Prefers => doctors(),
        RuleKind::ActivityAtLeast | RuleKind::ActivityAtMost => {
            territory.activities.iter().map(|activity| Some(activity.id.clone())).collect()
        }
        RuleKind::DoctorNeeded | RuleKind::PreventionShare | RuleKind::Majority | RuleKind::Changes => {
            vec![None]
        }
    }
}

/// A roster as plans tell it.
#[derive(Clone, Debug)]
pub(in crate::solve) struct Found {
    /// Its days with sessions, by vehicle, week and day.
    pub(in crate::solve) days: Vec<WorkDay>,
    pub(in crate::solve) served: Vec<bool>,
    /// By site: consultations of a cycle.
    pub(in crate::solve) given: Vec<f64>,
}

impl Roster<'_> {
    /// What its plan is assembled from.
    pub(in crate::solve) fn found(&self) -> Found {
        let grid = &self.setting.grid;
        let days = grid.days.iter().filter_map(|&(vehicle, slots)| {
            let at = slots.map(|slot| slot.and_then(|slot| self.at(slot as usize)).map(|shift| shift.site));
            let slot = &grid.slots[slots.into_iter().flatten().next()? as usize];
            let day = WorkDay { vehicle: vehicle as u32, week: slot.week, day: slot.day, at };
            (at != [None; 2]).then_some(day)
        });
        Found {
            days: days.collect(),
            served: self.served(),
            given: (0..self.setting.territory().sites.len()).map(|site| self.consultations(site)).collect(),
        }
    }

    /// Names the activities and doctors of a plan's sessions, and what it relaxed where rules have prices; its bound
    /// becomes one on the value. Returns the hard rules that it breaks.
    pub(in crate::solve) fn complete(&self, plan: &mut Plan, bound: f64) -> Vec<RuleName> {
        let setting = self.setting;
        let territory = setting.territory();
        let shifts = self.shifts().iter().enumerate().filter_map(|(slot, shift)| Some((slot, (*shift)?)));
        let mut places = vec![usize::MAX; self.shifts().len()];
        for (place, ((slot, shift), session)) in shifts.zip(&mut plan.sessions).enumerate() {
            places[slot] = place;
            let doctor = |rank: u16| territory.doctors[usize::from(rank)].id.clone();
            session.activity = shift.activity.map(|rank| territory.activities[usize::from(rank)].id.clone());
            session.doctor = shift.doctor.map(doctor);
            session.specialist = shift.specialist.map(doctor);
        }
        let mut broken = Vec::new();
        let mut relaxed: Vec<Relaxed> = Vec::new();
        for breach in self.breaches() {
            let rule = name(setting, &breach);
            let session = breach.slot.map(|slot| places[slot as usize]);
            match setting.price(breach.rule, breach.subject) {
                None if broken.last() == Some(&rule) => {}
                None => broken.push(rule),
                Some(price) => match relaxed.last_mut().filter(|last| last.rule == rule) {
                    Some(last) => {
                        last.units += breach.units;
                        last.sessions.extend(session);
                    }
                    None => relaxed.push(Relaxed {
                        rule,
                        units: breach.units,
                        price,
                        sessions: session.into_iter().collect(),
                    }),
                },
            }
        }
        if !territory.rules.soft.is_empty() {
            let penalties =
                relaxed.iter().map(|relaxed| relaxed.units * relaxed.price).fold(0.0, |a, b| a + b);
            let value = plan.objective - penalties;
            let bound = bound.max(value);
            plan.bound = bound + penalties;
            plan.gap = match bound - value {
                0.0 => 0.0,
                // No part of nothing: all of the value is missing.
                _ if bound == 0.0 => 1.0,
                missing => missing / bound.abs(),
            };
            plan.priced = Some(Priced { value, penalties, bound, relaxed });
        }
        let optimal = plan.gap <= OPTIMAL && broken.is_empty();
        plan.status = if optimal { Status::Optimal } else { Status::Feasible };
        plan.rhythm = rhythm(setting, self);
        broken
    }
}

fn name(setting: &Setting<'_>, breach: &Breach) -> RuleName {
    let subjects = subjects(setting.territory(), breach.rule);
    RuleName { kind: breach.rule, subject: subjects.get(breach.subject).cloned().flatten() }
}

/// How the visits of each served site lie in the cycle; nothing for one week without doctors.
pub(in crate::solve) fn rhythm(setting: &Setting<'_>, roster: &Roster<'_>) -> Vec<Rhythm> {
    let territory = setting.territory();
    if territory.calendar.cycle_weeks == 1 && territory.doctors.is_empty() {
        return Vec::new();
    }
    let of = |(site, terms): (usize, &crate::territory::Site)| {
        let slots = roster.of_site(site);
        let visits = setting.visits(slots, roster.shifts());
        (!slots.is_empty()).then(|| Rhythm {
            site: terms.id.clone(),
            visits: visits.dates.len() as u32,
            longest_gap: visits.longest_gap(),
            other_times: visits.other_times.len() as u32,
            doctors: visits.doctors.len() as u32,
        })
    };
    territory.sites.iter().enumerate().filter_map(of).collect()
}
