//! The best value of a small territory by trying every calendar, written from the model alone: nothing of the solver,
//! nor of the index that it works on, is used here.
//!
//! What a plan is worth depends on the number of sessions at each site only. So calendars are built half-day by
//! half-day, week by week and vehicle by vehicle, and of those with the same sessions the one that drives least is kept.

use std::collections::BTreeMap;

use medicobus_core::Territory;
use medicobus_core::calendar::{Day, Half};
use medicobus_core::people::Profile;
use medicobus_core::territory::{Base, Capacity, Vehicle};
use medicobus_core::times::TravelTimes;

use crate::simplex;

/// Most sites of a territory that is small enough.
const SITES: usize = 4;

/// Sessions by site.
pub(crate) type Sessions = [u8; SITES];

/// The sessions that some calendar holds, each with the least driving for them, in milliseconds.
pub(crate) type Calendars = BTreeMap<Sessions, u64>;

/// A territory and all calendars of each vehicle on its own.
pub(crate) struct BruteForce<'a> {
    territory: &'a Territory,
    times: &'a TravelTimes,
    pub(crate) by_vehicle: Vec<Calendars>,
}

impl<'a> BruteForce<'a> {
    pub(crate) fn new(territory: &'a Territory, times: &'a TravelTimes) -> BruteForce<'a> {
        assert!(territory.sites.len() <= SITES);
        let mut all = BruteForce { territory, times, by_vehicle: Vec::new() };
        all.by_vehicle = territory.vehicles.iter().map(|vehicle| all.calendars(vehicle)).collect();
        all
    }

    /// The objective of the best plan.
    pub(crate) fn optimum(&self) -> f64 {
        let allowed: Vec<Sessions> = self.allowed();
        // More sessions somewhere and fewer nowhere are never worth less.
        let is_best = |sessions: &&Sessions| {
            !allowed.iter().any(|other| other != *sessions && sessions.iter().zip(other).all(|(a, b)| a <= b))
        };
        allowed.iter().filter(is_best).map(|sessions| self.value(sessions)).fold(0.0, f64::max)
    }

    /// Sessions of all vehicles together that keep the rules on sites.
    pub(crate) fn allowed(&self) -> Vec<Sessions> {
        let one = self.territory.rules.one_vehicle_per_site;
        let mut together = Calendars::from([([0; SITES], 0)]);
        for calendars in &self.by_vehicle {
            together =
                sums(&together, calendars, |a, b| !one || a.iter().zip(b).all(|(&a, &b)| a == 0 || b == 0));
        }
        let rules = &self.territory.rules;
        let keeps_limits = |sessions: &Sessions| {
            self.territory.sites.iter().zip(sessions).all(|(site, &sessions)| {
                let least = site.min_half_days.unwrap_or(rules.min_half_days_per_site);
                let most = site.max_half_days.or(rules.max_half_days_per_site).unwrap_or(u32::MAX);
                sessions == 0 || (least..=most).contains(&u32::from(sessions))
            })
        };
        together.into_keys().filter(keeps_limits).collect()
    }

    /// All calendars of one vehicle over the cycle.
    fn calendars(&self, vehicle: &Vehicle) -> Calendars {
        let most = vehicle.half_days_per_week.unwrap_or(14);
        let mut week = Calendars::from([([0; SITES], 0)]);
        for day in Day::ALL {
            week = sums(&week, &self.days(vehicle, day), |a, b| {
                a.iter().chain(b).map(|&sessions| u32::from(sessions)).sum::<u32>() <= most
            });
        }
        let mut cycle = Calendars::from([([0; SITES], 0)]);
        for _ in 0..self.territory.calendar.cycle_weeks {
            cycle = sums(&cycle, &week, |_, _| true);
        }
        cycle
    }

    /// All ways to spend one day.
    fn days(&self, vehicle: &Vehicle, day: Day) -> Calendars {
        let choices = |half: Half| {
            let open = |&site: &usize| {
                vehicle.days.contains(day, half) && self.territory.sites[site].open.contains(day, half)
            };
            let sites: Vec<usize> = (0..self.territory.sites.len()).filter(open).collect();
            std::iter::once(None).chain(sites.into_iter().map(Some))
        };
        let mut days = Calendars::new();
        for morning in choices(Half::Am) {
            for afternoon in choices(Half::Pm) {
                let Some(drive) = self.drive(vehicle, morning, afternoon) else { continue };
                let mut sessions = [0; SITES];
                morning.into_iter().chain(afternoon).for_each(|site| sessions[site] += 1);
                keep_least(&mut days, sessions, drive);
            }
        }
        days
    }

    /// Driving of a day; None where it cannot be done.
    fn drive(&self, vehicle: &Vehicle, morning: Option<usize>, afternoon: Option<usize>) -> Option<u64> {
        let calendar = &self.territory.calendar;
        let (Some(first), Some(last)) = (morning.or(afternoon), afternoon.or(morning)) else {
            return Some(0);
        };
        let mut drive = self.leg(vehicle, None, Some(first))? + self.leg(vehicle, Some(last), None)?;
        if first != last {
            let pause = i64::from(calendar.afternoon.start.0.0) - i64::from(calendar.morning.end.0.0);
            let left = pause - i64::from(calendar.lunch_break.0);
            let between = self.leg(vehicle, Some(first), Some(last))?;
            if i64::try_from(between).ok()? > left {
                return None;
            }
            drive += between;
        }
        (drive <= u64::from(vehicle.max_drive_per_day.0)).then_some(drive)
    }

    /// Driving between sites, or a site and the base (None), which goes by its own name or that of its commune.
    fn leg(&self, vehicle: &Vehicle, from: Option<usize>, to: Option<usize>) -> Option<u64> {
        let mut base = vec![format!("base:{}", vehicle.id)];
        if let Base::Commune(code) = &vehicle.base {
            base.push(code.clone());
        }
        let names = |site: Option<usize>| match site {
            Some(site) => vec![self.territory.sites[site].id.clone()],
            None => base.clone(),
        };
        let (from, to) = (names(from), names(to));
        from.iter().find_map(|from| to.iter().find_map(|to| self.time(from, to)))
    }

    /// Driving time by name: none at all from a place to itself, and from a commune to a site at its centre.
    fn time(&self, from: &str, to: &str) -> Option<u64> {
        let at_centre = |site: &&medicobus_core::territory::Site| {
            site.id == to && site.commune == from && site.position.is_none()
        };
        let trip = self.times.trip(from, to).map(|trip| u64::from(trip.time.0));
        trip.or_else(|| self.territory.sites.iter().find(at_centre).map(|_| 0))
    }

    /// The share of a commune's people ready to come to a site.
    fn share(&self, commune: usize, site: usize) -> f64 {
        let time = self.time(&self.territory.communes[commune].code, &self.territory.sites[site].id);
        let fits = |time: u64| self.territory.care.reach.iter().find(|band| time <= u64::from(band.within.0));
        time.and_then(fits).map_or(0.0, |band| band.share.0)
    }

    /// The objective of these sessions.
    pub(crate) fn value(&self, sessions: &Sessions) -> f64 {
        let objective = self.territory.objective;
        objective.reached * self.reached(sessions) + objective.followed * self.followed(sessions)
    }

    fn reached(&self, sessions: &Sessions) -> f64 {
        let (communes, profiles) = (&self.territory.communes, &self.territory.care.profiles);
        let of_commune = |rank: usize| {
            let served = (0..self.territory.sites.len()).filter(|&site| sessions[site] > 0);
            let best = served.map(|site| self.share(rank, site)).fold(0.0, f64::max);
            Profile::ALL.map(|p| profiles[p].weight * communes[rank].patients[p].0 * best).iter().sum::<f64>()
        };
        (0..communes.len()).map(of_commune).sum()
    }

    /// The linear program of the patients followed. That no more than the share of a site's own band come to it (rule
    /// 2) follows from rule 1 for that band.
    fn followed(&self, sessions: &Sessions) -> f64 {
        let (territory, care) = (self.territory, &self.territory.care);
        let mut columns: Vec<(Profile, usize, usize, f64)> = Vec::new();
        for commune in 0..territory.communes.len() {
            for site in (0..territory.sites.len()).filter(|&site| sessions[site] > 0) {
                let share = self.share(commune, site);
                if share > 0.0 {
                    columns.extend(Profile::ALL.map(|profile| (profile, commune, site, share)));
                }
            }
        }
        let mut rows: Vec<(Vec<f64>, f64)> = Vec::new();
        for (rank, commune) in territory.communes.iter().enumerate() {
            for profile in Profile::ALL {
                for band in &care.reach {
                    let far = |&(p, i, _, share): &(Profile, usize, usize, f64)| {
                        f64::from(u8::from((p, i) == (profile, rank) && share <= band.share.0))
                    };
                    let row: Vec<f64> = columns.iter().map(far).collect();
                    rows.push((row, band.share.0 * commune.patients[profile].0));
                }
            }
        }
        if let Capacity::PerHalfDay(consultations) = care.capacity {
            let cycles = territory.calendar.weeks_per_year / f64::from(territory.calendar.cycle_weeks);
            for (site, &sessions) in sessions.iter().enumerate() {
                let visits = |&(p, _, s, _): &(Profile, usize, usize, f64)| {
                    if s == site { care.profiles[p].visits_per_year / cycles } else { 0.0 }
                };
                rows.push((columns.iter().map(visits).collect(), consultations * f64::from(sessions)));
            }
        }
        rows.retain(|(row, _)| row.iter().any(|&factor| factor > 0.0));
        let worth: Vec<f64> = columns.iter().map(|&(p, ..)| care.profiles[p].weight).collect();
        simplex::maximum(&worth, &rows)
    }
}

/// One calendar of each kind after the other, where both may go together.
fn sums(a: &Calendars, b: &Calendars, allowed: impl Fn(&Sessions, &Sessions) -> bool) -> Calendars {
    let mut all = Calendars::new();
    for (first, drive) in a {
        for (second, more) in b.iter().filter(|(second, _)| allowed(first, second)) {
            let mut sessions = *first;
            sessions.iter_mut().zip(second).for_each(|(sum, n)| *sum += n);
            keep_least(&mut all, sessions, drive + more);
        }
    }
    all
}

fn keep_least(calendars: &mut Calendars, sessions: Sessions, drive: u64) {
    calendars.entry(sessions).and_modify(|least| *least = drive.min(*least)).or_insert(drive);
}
