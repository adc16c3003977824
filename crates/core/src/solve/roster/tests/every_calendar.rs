//! The best of all calendars with all doctors and activities, measured by name and apart from the search.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Day, Half};
use crate::problem::Problem;
use crate::solve::cover::value_given;
use crate::territory::{Activity, ActivityKind, Booking, BookingKind, Doctor, RuleKind, Site, Territory};

#[derive(Clone, Copy, Debug)]
struct At {
    vehicle: usize,
    week: u32,
    day: Day,
    half: Half,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct What {
    site: usize,
    activity: Option<usize>,
    doctor: Option<usize>,
    specialist: Option<usize>,
}

type Session = (At, What);
type Sessions = Vec<Session>;

/// The greatest value of a calendar that keeps all hard rules; None when none does.
pub(in crate::solve::roster) fn best_of_all(problem: &Problem) -> Option<f64> {
    let territory = problem.territory();
    let mut slots = Vec::new();
    for (vehicle, terms) in territory.vehicles.iter().enumerate() {
        for week in 1..=territory.calendar.cycle_weeks {
            for (day, half) in terms.days.iter().filter(|_| terms.weeks.contains(week)) {
                slots.push(At { vehicle, week, day, half });
            }
        }
    }
    let choices: Vec<Vec<What>> = slots.iter().map(|at| choices(territory, *at)).collect();
    let mut all = All { problem, slots, choices, best: None, values: BTreeMap::new() };
    all.go(&mut Vec::new(), 0);
    all.best
}

fn choices(territory: &Territory, at: At) -> Vec<What> {
    let mut found = Vec::new();
    let hard_need = territory.rules.price(RuleKind::DoctorNeeded, None).is_none();
    for (site, terms) in territory.sites.iter().enumerate() {
        if !terms.weeks.contains(at.week) || !terms.open.contains(at.day, at.half) {
            continue;
        }
        for activity in std::iter::once(None).chain((0..territory.activities.len()).map(Some)) {
            let of = activity.map(|rank| &territory.activities[rank]);
            if of.and_then(|of| of.sites.as_ref()).is_some_and(|sites| !sites.contains(&terms.id)) {
                continue;
            }
            let what = What { site, activity, doctor: None, specialist: None };
            if territory.doctors.is_empty() {
                found.push(what);
                continue;
            }
            let who = |able: &dyn Fn(&Doctor) -> bool| -> Vec<Option<usize>> {
                let able = (0..territory.doctors.len()).filter(|&d| able(&territory.doctors[d])).map(Some);
                if hard_need { able.collect() } else { able.chain([None]).collect() }
            };
            let special = of.is_some_and(|of| of.kind == ActivityKind::Specialty);
            let whole = of.is_some_and(|of| of.share == 1.0);
            let remote = of.is_some_and(|of| matches!(of.kind, ActivityKind::Remote { .. }));
            let general = |doctor: &Doctor| doctor.specialty.is_none() && (remote || !doctor.remote);
            let of_it = |doctor: &Doctor| doctor.specialty.as_ref() == of.map(|of| &of.id);
            let doctors = if special && whole { who(&of_it) } else { who(&general) };
            let specialists = if special && !whole { who(&of_it) } else { vec![None] };
            for &doctor in &doctors {
                for &specialist in &specialists {
                    found.push(What { doctor, specialist, ..what });
                }
            }
        }
    }
    found
}

struct All<'p> {
    problem: &'p Problem,
    slots: Vec<At>,
    choices: Vec<Vec<What>>,
    best: Option<f64>,
    values: BTreeMap<Vec<u64>, f64>,
}

impl All<'_> {
    fn go(&mut self, sessions: &mut Sessions, slot: usize) {
        if slot == self.slots.len() {
            return self.see(sessions);
        }
        self.go(sessions, slot + 1);
        for choice in 0..self.choices[slot].len() {
            sessions.push((self.slots[slot], self.choices[slot][choice]));
            self.go(sessions, slot + 1);
            sessions.pop();
        }
    }

    fn see(&mut self, sessions: &Sessions) {
        if !keeps_the_model(self.problem, sessions) {
            return;
        }
        let Some(penalties) = penalties(self.problem.territory(), sessions) else { return };
        let mut given = vec![0.0; self.problem.territory().sites.len()];
        let mut served = vec![false; given.len()];
        for (at, what) in sessions {
            served[what.site] = true;
            given[what.site] += self.problem.consultations(at.vehicle, at.half, what.activity).unwrap();
        }
        let key =
            given.iter().zip(&served).map(|(given, served)| given.to_bits() + u64::from(*served)).collect();
        let problem = self.problem;
        let value =
            *self.values.entry(key).or_insert_with(|| value_given(problem, &served, &given).objective);
        let value = value - penalties;
        if self.best.is_none_or(|best| value > best) {
            self.best = Some(value);
        }
    }
}

fn keeps_the_model(problem: &Problem, sessions: &Sessions) -> bool {
    let territory = problem.territory();
    let days: BTreeSet<(usize, u32, Day)> =
        sessions.iter().map(|(at, _)| (at.vehicle, at.week, at.day)).collect();
    for (vehicle, week, day) in days {
        let here = |half: Half| {
            let at = |at: &At| (at.vehicle, at.week, at.day, at.half) == (vehicle, week, day, half);
            sessions.iter().find(|(a, _)| at(a)).map(|(_, what)| what.site)
        };
        if problem.day_drive(vehicle, here(Half::Am), here(Half::Pm)).is_none() {
            return false;
        }
        let in_week = sessions.iter().filter(|(at, _)| (at.vehicle, at.week) == (vehicle, week)).count();
        if in_week as u32 > problem.weekly_limit(vehicle) {
            return false;
        }
    }
    for site in 0..territory.sites.len() {
        let here: Vec<&Session> = sessions.iter().filter(|(_, what)| what.site == site).collect();
        if here.is_empty() {
            continue;
        }
        let (least, most) = problem.session_limits(site);
        let vehicles: BTreeSet<usize> = here.iter().map(|(at, _)| at.vehicle).collect();
        let general = here.iter().any(|(_, what)| {
            activity(territory, what)
                .is_none_or(|a| a.share < 1.0 || matches!(a.kind, ActivityKind::Remote { .. }))
        });
        if (here.len() as u32) < least
            || here.len() as u32 > most
            || vehicles.len() > 1 && territory.rules.one_vehicle_per_site
            || !general
        {
            return false;
        }
    }
    let mut busy = BTreeSet::new();
    sessions.iter().all(|(at, what)| {
        what.doctor.into_iter().chain(what.specialist).all(|d| busy.insert((at.week, at.day, at.half, d)))
    })
}

fn activity<'t>(territory: &'t Territory, what: &What) -> Option<&'t Activity> {
    what.activity.map(|rank| &territory.activities[rank])
}

/// What soft rules cost; None when a hard one is broken.
fn penalties(territory: &Territory, sessions: &Sessions) -> Option<f64> {
    let mut total = 0.0;
    for kind in RuleKind::ALL {
        let price = if kind == RuleKind::Department { None } else { territory.rules.price(kind, None) };
        let units = units(territory, sessions, kind, price.is_some());
        match price {
            Some(price) => total += price * units,
            None if units > 1e-9 => return None,
            None => {}
        }
    }
    Some(total)
}

fn units(territory: &Territory, sessions: &Sessions, kind: RuleKind, priced: bool) -> f64 {
    let of_sites = |units: &dyn Fn(&Site, &[At]) -> u32| -> f64 {
        let sites = territory.sites.iter().enumerate();
        let of = |(rank, site): (usize, &Site)| {
            let here: Vec<At> =
                sessions.iter().filter(|(_, what)| what.site == rank).map(|(at, _)| *at).collect();
            f64::from(units(site, &here))
        };
        sites.map(of).sum()
    };
    let of_doctors = |units: &dyn Fn(&Doctor, &[&Session]) -> u32| -> f64 {
        let doctors = territory.doctors.iter().enumerate();
        let of = |(rank, doctor): (usize, &Doctor)| {
            let own = |(_, what): &&Session| what.doctor == Some(rank) || what.specialist == Some(rank);
            let own: Vec<&Session> = sessions.iter().filter(own).collect();
            f64::from(units(doctor, &own))
        };
        doctors.map(of).sum()
    };
    let bookings = |of: BookingKind| territory.bookings.iter().filter(move |booking| booking.kind == of);
    let weeks = territory.calendar.cycle_weeks;
    let all = sessions.len() as f64;
    let held = |rank: usize| sessions.iter().filter(|(_, what)| what.activity == Some(rank)).count() as u32;
    match kind {
        RuleKind::RequiredSite => of_sites(&|site, at| u32::from(site.required && at.is_empty())),
        RuleKind::Every => of_sites(&|site, at| match site.every {
            Some(every) if !at.is_empty() => {
                let wrong = |first: u32| {
                    let amiss = |week: &u32| at.iter().any(|at| at.week == *week) != (week % every == first);
                    (1..=weeks).filter(amiss).count() as u32
                };
                (0..every).map(wrong).min().unwrap()
            }
            _ => 0,
        }),
        RuleKind::Visits => of_sites(&|site, at| match site.visits {
            Some(visits) if !at.is_empty() => visits.abs_diff(dates(at).len() as u32),
            _ => 0,
        }),
        RuleKind::MaxGap => of_sites(&|site, at| match site.max_gap.or(territory.rules.max_gap) {
            Some(most) if !at.is_empty() => longest_gap(at, weeks).saturating_sub(most),
            _ => 0,
        }),
        RuleKind::SameTime => of_sites(&|_, at| match territory.rules.same_time {
            Some(true) => other_times(at),
            _ => 0,
        }),
        RuleKind::Required => bookings(BookingKind::Required)
            .map(|booking| {
                let missing = booking.weeks.of_cycle(weeks).filter(|&week| {
                    !sessions.iter().any(|s| s.0.week == week && is_of(territory, booking, s))
                });
                missing.count() as f64
            })
            .sum(),
        RuleKind::Forbidden => bookings(BookingKind::Forbidden)
            .map(|booking| sessions.iter().filter(|s| is_of(territory, booking, s)).count() as f64)
            .sum(),
        RuleKind::Locked => bookings(BookingKind::Locked)
            .map(|booking| {
                let doctor = booking
                    .doctor
                    .as_ref()
                    .map(|id| territory.doctors.iter().position(|doctor| doctor.id == *id));
                let there = |week: u32, day: Day, half: Half| {
                    sessions.iter().any(|s| {
                        (s.0.week, s.0.day, s.0.half) == (week, day, half)
                            && is_of(territory, booking, s)
                            && s.1.activity.is_none()
                            && doctor.is_none_or(|doctor| doctor == s.1.doctor)
                    })
                };
                let weeks = booking.weeks.of_cycle(weeks);
                let lacking = |week: u32| {
                    booking.half_days.iter().filter(|&(day, half)| !there(week, day, half)).count()
                };
                weeks.map(lacking).sum::<usize>() as f64
            })
            .sum(),
        RuleKind::DoctorNeeded if territory.doctors.is_empty() => 0.0,
        RuleKind::DoctorNeeded => sessions
            .iter()
            .map(|(_, what)| {
                let two = activity(territory, what)
                    .is_some_and(|a| a.kind == ActivityKind::Specialty && a.share < 1.0);
                f64::from(u8::from(what.doctor.is_none()) + u8::from(two && what.specialist.is_none()))
            })
            .sum(),
        RuleKind::DoctorHours => of_doctors(&|doctor, own| {
            own.iter().filter(|(at, _)| !doctor.works(at.week, at.day, at.half)).count() as u32
        }),
        RuleKind::DoctorWeek => of_doctors(&|doctor, own| {
            let most = doctor.half_days_per_week.unwrap_or(u32::MAX);
            let in_week = |week: u32| own.iter().filter(|(at, _)| at.week == week).count() as u32;
            (1..=weeks).map(|week| in_week(week).saturating_sub(most)).sum()
        }),
        RuleKind::DoctorCycle => of_doctors(&|doctor, own| {
            (own.len() as u32).saturating_sub(doctor.half_days_per_cycle.unwrap_or(u32::MAX))
        }),
        RuleKind::Department => of_doctors(&|doctor, own| {
            own.iter().filter(|(_, what)| !doctor.is_authorised(&territory.sites[what.site])).count() as u32
        }),
        RuleKind::Refuses => of_doctors(&|doctor, own| {
            let refused = |what: &What| doctor.refuses.contains(&territory.sites[what.site].id);
            own.iter().filter(|(_, what)| refused(what)).count() as u32
        }),
        RuleKind::Prefers => of_doctors(&|doctor, own| {
            let liked = |what: &What| doctor.prefers.contains(&territory.sites[what.site].id);
            let minds = priced && !doctor.prefers.is_empty();
            own.iter().filter(|(_, what)| minds && !liked(what)).count() as u32
        }),
        RuleKind::DoctorsPerSite => {
            let Some(most) = territory.rules.doctors_per_site else { return 0.0 };
            let of = |site: usize| {
                let general = |what: &What| {
                    activity(territory, what)
                        .is_none_or(|a| a.kind != ActivityKind::Specialty || a.share < 1.0)
                };
                let here = sessions.iter().filter(|(_, what)| what.site == site && general(what));
                let doctors: BTreeSet<usize> = here.filter_map(|(_, what)| what.doctor).collect();
                f64::from((doctors.len() as u32).saturating_sub(most))
            };
            (0..territory.sites.len()).map(of).sum()
        }
        RuleKind::ActivityAtLeast => {
            let of = |(rank, a): (usize, &Activity)| f64::from(a.at_least.saturating_sub(held(rank)));
            territory.activities.iter().enumerate().map(of).sum()
        }
        RuleKind::ActivityAtMost => {
            let of = |(rank, a): (usize, &Activity)| {
                f64::from(held(rank).saturating_sub(a.at_most.unwrap_or(u32::MAX)))
            };
            territory.activities.iter().enumerate().map(of).sum()
        }
        RuleKind::PreventionShare => {
            let of = |(_, what): &Session| match activity(territory, what) {
                Some(a) if a.kind == ActivityKind::Prevention => a.share,
                _ => 0.0,
            };
            let excess = sessions.iter().map(of).sum::<f64>() - territory.rules.prevention_share * all;
            if excess > 1e-9 { excess } else { 0.0 }
        }
        RuleKind::Majority => {
            let of = |(_, what): &Session| match activity(territory, what) {
                Some(a) if !matches!(a.kind, ActivityKind::Remote { .. }) => 1.0 - a.share,
                _ => 1.0,
            };
            let general: f64 = sessions.iter().map(of).sum();
            let missing = (1..20).find(|more| general + f64::from(more - 1) > all / 2.0 + 1e-9).unwrap() - 1;
            if sessions.is_empty() { 0.0 } else { f64::from(missing) }
        }
        RuleKind::Changes => {
            let Some(published) = &territory.published else { return 0.0 };
            let most = match (published.max_changes, priced) {
                (None, false) => return 0.0,
                (most, _) => most.unwrap_or(0),
            };
            let kept = published.sessions.iter().filter(|p| {
                sessions.iter().any(|(at, what)| {
                    territory.vehicles[at.vehicle].id == p.vehicle
                        && (at.week, at.day, at.half) == (p.week, p.day, p.half)
                        && territory.sites[what.site].id == p.site
                })
            });
            let changes = published.sessions.len().max(sessions.len()) as u32 - kept.count() as u32;
            f64::from(changes.saturating_sub(most))
        }
    }
}

fn is_of(territory: &Territory, booking: &Booking, (at, what): &Session) -> bool {
    booking.weeks.contains(at.week)
        && booking.half_days.contains(at.day, at.half)
        && booking.vehicle.as_ref().is_none_or(|id| territory.vehicles[at.vehicle].id == *id)
        && booking.site.as_ref().is_none_or(|id| territory.sites[what.site].id == *id)
}

fn dates(at: &[At]) -> BTreeSet<u32> {
    at.iter().map(|at| 7 * at.week + at.day as u32).collect()
}

fn longest_gap(at: &[At], weeks: u32) -> u32 {
    let dates = dates(at);
    let gap = |date: &u32| {
        (1..=7 * weeks).find(|days| {
            dates.contains(&(date + days)) || dates.contains(&(date + days).saturating_sub(7 * weeks))
        })
    };
    dates.iter().filter_map(gap).max().unwrap_or(0)
}

/// Sessions that are at none of the usual times: for every choice of as many times as a week has sessions at most, the
/// least that are left.
fn other_times(at: &[At]) -> u32 {
    let mut per_week: BTreeMap<u32, usize> = BTreeMap::new();
    let mut per_time: BTreeMap<(Day, Half), u32> = BTreeMap::new();
    for at in at {
        *per_week.entry(at.week).or_default() += 1;
        *per_time.entry((at.day, at.half)).or_default() += 1;
    }
    let usual = per_week.into_values().max().unwrap_or(0);
    let mut counts: Vec<u32> = per_time.into_values().collect();
    counts.sort_unstable();
    counts.iter().rev().skip(usual).sum()
}
