//! Doctors: who holds the sessions of each site, within their hours and as often as they agreed to.

use super::Master;
use super::openings::{is_dedicated, takes_place};
use super::slots::Slots;
use crate::solve::program::{Bound, Col, Terms};
use crate::territory::{ActivityKind, BookingKind, Doctor, RuleKind};

/// Doctors up to which every set of them is held against the half-days on which they work.
const FEW: usize = 6;

/// So many sessions of a doctor at a site, in some weeks.
#[derive(Clone, Copy, Debug)]
struct Duty {
    doctor: usize,
    site: usize,
    /// Rank of the weeks.
    span: usize,
    sessions: Col,
}

/// Weeks whose sessions are counted together.
struct Span {
    weeks: Vec<u32>,
    slots: Slots,
}

/// The sessions of doctors.
struct Staff {
    spans: Vec<Span>,
    duties: Vec<Duty>,
    /// By doctor: half-days when they can work and some vehicle can be where they may.
    free: Vec<Slots>,
}

impl Staff {
    fn of(&self, counts: impl Fn(&Duty) -> bool) -> Terms {
        self.duties.iter().filter(|duty| counts(duty)).map(|duty| (duty.sessions, 1.0)).collect()
    }
}

impl Master<'_> {
    /// The rows on doctors, where there are any.
    pub(super) fn add_staff(&mut self) {
        if self.problem.territory().doctors.is_empty() {
            return;
        }
        let staff = self.duties();
        self.need_doctors(&staff);
        for doctor in 0..staff.free.len() {
            self.limit_doctor(&staff, doctor);
            self.limit_hours(&staff, doctor);
        }
        self.limit_teams(&staff);
        self.limit_slots(&staff);
        self.limit_doctors_of_sites(&staff);
        self.lock_doctors(&staff);
    }

    fn doctor(&self, rank: usize) -> &Doctor {
        &self.problem.territory().doctors[rank]
    }

    /// Sessions of each doctor wherever they may work, at what their rules on sites cost.
    fn duties(&mut self) -> Staff {
        let territory = self.problem.territory();
        let by_week = !self.scope.loose
            && self.weeks() > 1
            && territory.doctors.iter().any(|doctor| doctor.half_days_per_week.is_some());
        let spans: Vec<Span> = if by_week {
            (1..=self.weeks()).map(|week| Span { weeks: vec![week], slots: self.week(week) }).collect()
        } else {
            vec![Span { weeks: (1..=self.weeks()).collect(), slots: self.cycle() }]
        };
        let (mut duties, mut free) = (Vec::new(), Vec::new());
        for (rank, doctor) in territory.doctors.iter().enumerate() {
            let mut used = Slots::of(self.weeks(), |_, _, _| false);
            for site in 0..territory.sites.len() {
                if self.open_at[site].is_empty()
                    || !self.openings.may[rank][site]
                    || !self.has_work(doctor, site)
                {
                    continue;
                }
                let here = self.half_days_at(site).and(&self.openings.hours[rank]);
                used = used.or(&here);
                let refuses = doctor.refuses.contains(&territory.sites[site].id);
                let elsewhere =
                    !doctor.prefers.is_empty() && !doctor.prefers.contains(&territory.sites[site].id);
                let price = |rule, applies: bool| {
                    if applies { territory.rules.price(rule, Some(&doctor.id)).unwrap_or(0.0) } else { 0.0 }
                };
                let price = price(RuleKind::Refuses, refuses) + price(RuleKind::Prefers, elsewhere);
                for (span, weeks) in spans.iter().enumerate() {
                    let most = here.and(&weeks.slots).len();
                    if most > 0 {
                        let sessions = self.program.column(-price, f64::from(most));
                        duties.push(Duty { doctor: rank, site, span, sessions });
                    }
                }
            }
            free.push(used);
        }
        Staff { spans, duties, free }
    }

    /// Whether a site can have something for a doctor to do.
    fn has_work(&self, doctor: &Doctor, site: usize) -> bool {
        let activities = &self.problem.territory().activities;
        let mut held =
            self.held.iter().filter(|held| held.site == site).map(|held| &activities[held.activity]);
        match &doctor.specialty {
            Some(specialty) => held.any(|activity| activity.id == *specialty),
            None if doctor.remote => {
                held.any(|activity| matches!(activity.kind, ActivityKind::Remote { .. }))
            }
            None => true,
        }
    }

    /// Half-days on which some vehicle can be at a site.
    pub(super) fn half_days_at(&self, site: usize) -> Slots {
        let none = Slots::of(self.weeks(), |_, _, _| false);
        let here = self.cells.iter().filter(|cell| cell.site == site);
        here.fold(none, |all, cell| all.or(&cell.slots.and(self.openings.at(cell.vehicle, site))))
    }

    /// Every session has the doctors that it needs.
    fn need_doctors(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        let general = |doctor: usize| territory.doctors[doctor].specialty.is_none();
        let specialty = |doctor: usize, id: &str| territory.doctors[doctor].specialty.as_deref() == Some(id);
        let dedicated = |doctor: usize| {
            territory
                .activities
                .iter()
                .any(|activity| is_dedicated(activity) && specialty(doctor, &activity.id))
        };
        for site in 0..self.open_at.len() {
            if self.open_at[site].is_empty() {
                continue;
            }
            let mut missing = Terms::new();
            for (span, weeks) in staff.spans.iter().enumerate() {
                let on = staff.of(|duty| {
                    (duty.site, duty.span) == (site, span) && (general(duty.doctor) || dedicated(duty.doctor))
                });
                let sessions: Terms =
                    self.within(None, Some(site), &weeks.slots).into_iter().map(|(c, n)| (c, -n)).collect();
                if !sessions.is_empty() {
                    let lack =
                        self.breach(RuleKind::DoctorNeeded, None, f64::INFINITY).map(|lack| (lack, 1.0));
                    missing.extend(lack);
                    self.program.row(on.into_iter().chain(sessions).chain(lack), Bound::AtLeast, 0.0);
                }
            }
            for (rank, activity) in territory.activities.iter().enumerate() {
                let held = self.holding(|held| (held.site, held.activity) == (site, rank));
                if held.is_empty() || !takes_place(self.problem, activity, site) {
                    continue;
                }
                match activity.kind {
                    ActivityKind::Specialty => {
                        let on = staff.of(|duty| duty.site == site && specialty(duty.doctor, &activity.id));
                        let whole = is_dedicated(activity);
                        let lack = if whole {
                            missing.clone()
                        } else {
                            let lack = self.breach(RuleKind::DoctorNeeded, None, f64::INFINITY);
                            lack.into_iter().map(|lack| (lack, 1.0)).collect()
                        };
                        let held: Terms = held.into_iter().map(|(c, n)| (c, -n)).collect();
                        if whole {
                            // Doctors of the specialty hold no other sessions.
                            self.program.row(on.iter().chain(&held).copied(), Bound::AtMost, 0.0);
                        }
                        self.program.row(on.into_iter().chain(held).chain(lack), Bound::AtLeast, 0.0);
                    }
                    ActivityKind::Prevention | ActivityKind::Remote { .. } => {}
                }
            }
            let far = staff.of(|duty| {
                duty.site == site && general(duty.doctor) && territory.doctors[duty.doctor].remote
            });
            if !far.is_empty() {
                let remote = self.holding(|held| {
                    held.site == site
                        && matches!(territory.activities[held.activity].kind, ActivityKind::Remote { .. })
                });
                let remote = remote.into_iter().map(|(c, n)| (c, -n));
                self.program.row(far.into_iter().chain(remote), Bound::AtMost, 0.0);
            }
        }
    }

    /// Half-days of a doctor among some, by the hard limit a week.
    fn weekly_of(&self, doctor: usize, slots: &Slots) -> u32 {
        let (_, hard) = self.week_limit(doctor);
        (1..=self.weeks()).map(|week| slots.and(&self.week(week)).len().min(hard)).sum()
    }

    /// The limit a week of a doctor where it has a price, and where it is hard.
    fn week_limit(&self, doctor: usize) -> (Option<u32>, u32) {
        let doctor = self.doctor(doctor);
        let soft = self.problem.territory().rules.price(RuleKind::DoctorWeek, Some(&doctor.id)).is_some();
        let limit = doctor.half_days_per_week;
        if soft { (limit, u32::MAX) } else { (None, limit.unwrap_or(u32::MAX)) }
    }

    /// Half-days of a doctor, a week and a cycle.
    fn limit_doctor(&mut self, staff: &Staff, doctor: usize) {
        let id = &self.problem.territory().doctors[doctor].id;
        for (span, weeks) in staff.spans.iter().enumerate() {
            let on = staff.of(|duty| (duty.doctor, duty.span) == (doctor, span));
            if on.is_empty() {
                continue;
            }
            let most = self.weekly_of(doctor, &staff.free[doctor].and(&weeks.slots));
            self.program.row(on.iter().copied(), Bound::AtMost, f64::from(most));
            if let (Some(limit), _) = self.week_limit(doctor) {
                let breach = self.breach(RuleKind::DoctorWeek, Some(id), f64::INFINITY);
                let terms = on.into_iter().chain(breach.map(|extra| (extra, -1.0)));
                self.program.row(terms, Bound::AtMost, f64::from(limit) * weeks.weeks.len() as f64);
            }
        }
        let on = staff.of(|duty| duty.doctor == doctor);
        if let Some(limit) = self.doctor(doctor).half_days_per_cycle
            && !on.is_empty()
        {
            let breach = self.breach(RuleKind::DoctorCycle, Some(id), f64::INFINITY);
            let terms = on.into_iter().chain(breach.map(|extra| (extra, -1.0)));
            self.program.row(terms, Bound::AtMost, f64::from(limit));
        }
    }

    /// Sessions of a doctor only where there are some within their hours.
    fn limit_hours(&mut self, staff: &Staff, doctor: usize) {
        let of = self.doctor(doctor);
        let id = of.id.clone();
        let works = Slots::of(self.weeks(), |week, day, half| of.works(week, day, half));
        for (span, weeks) in staff.spans.iter().enumerate() {
            let hours = works.and(&weeks.slots);
            let breach = self.breach(RuleKind::DoctorHours, Some(&id), f64::INFINITY);
            let extra = || breach.map(|extra| (extra, -1.0));
            if breach.is_some() {
                let on = staff.of(|duty| (duty.doctor, duty.span) == (doctor, span));
                let most = f64::from(staff.free[doctor].and(&hours).len());
                self.program.row(on.into_iter().chain(extra()), Bound::AtMost, most);
            }
            for duty in staff.duties.iter().filter(|duty| (duty.doctor, duty.span) == (doctor, span)) {
                let all = self.touching(None, Some(duty.site), &weeks.slots);
                let on_hours = self.touching(None, Some(duty.site), &hours);
                if on_hours.len() < all.len() {
                    let sessions = on_hours.into_iter().map(|(c, n)| (c, -n));
                    let terms = sessions.chain([(duty.sessions, 1.0)]).chain(extra());
                    self.program.row(terms, Bound::AtMost, 0.0);
                }
            }
        }
    }

    /// Several doctors together hold no more sessions than vehicles can be out for on the half-days when any of them
    /// works.
    fn limit_teams(&mut self, staff: &Staff) {
        let general: Vec<usize> =
            (0..staff.free.len()).filter(|&d| self.doctor(d).specialty.is_none()).collect();
        for team in teams(&general) {
            let together = self.most_together(staff, &team);
            for (span, weeks) in staff.spans.iter().enumerate() {
                let most: u32 = weeks.weeks.iter().map(|&week| together[week as usize - 1]).sum();
                let apart: u32 =
                    team.iter().map(|&d| self.weekly_of(d, &staff.free[d].and(&weeks.slots))).sum();
                if most < apart {
                    let on = staff.of(|duty| duty.span == span && team.contains(&duty.doctor));
                    self.program.row(on, Bound::AtMost, f64::from(most));
                }
            }
        }
    }

    /// By week: sessions that some doctors can hold.
    fn most_together(&self, staff: &Staff, team: &[usize]) -> Vec<u32> {
        let out: Vec<Slots> = self.scope.vehicles.iter().map(|&vehicle| self.half_days_of(vehicle)).collect();
        let at = |slot: &Slots| {
            let vehicles = out.iter().filter(|slots| slots.meets(slot)).count();
            let doctors = team.iter().filter(|&&d| staff.free[d].meets(slot)).count();
            vehicles.min(doctors) as u32
        };
        let mut most = vec![0; self.weeks() as usize];
        for (week, _, slot) in self.each_slot() {
            most[week as usize - 1] += at(&slot);
        }
        most
    }

    /// Every half-day of the cycle, alone, with its week.
    fn each_slot(&self) -> Vec<(u32, usize, Slots)> {
        let mut slots = Vec::new();
        for week in 1..=self.weeks() {
            for (rank, (day, half)) in crate::calendar::HalfDays::ALL.iter().enumerate() {
                slots.push((week, rank, Slots::of(self.weeks(), |w, d, h| (w, d, h) == (week, day, half))));
            }
        }
        slots
    }

    /// Half-days on which a vehicle can be somewhere.
    fn half_days_of(&self, vehicle: usize) -> Slots {
        let none = Slots::of(self.weeks(), |_, _, _| false);
        let cells = self.cells.iter().filter(|cell| cell.vehicle == vehicle);
        cells.fold(none, |all, cell| all.or(&cell.slots.and(self.openings.at(vehicle, cell.site))))
    }

    /// On half-days with fewer doctors at work than vehicles, no more sessions than doctors.
    fn limit_slots(&mut self, staff: &Staff) {
        if self.scope.vehicles.len() < 2
            || self.problem.territory().rules.price(RuleKind::DoctorNeeded, None).is_some()
        {
            return;
        }
        let out: Vec<Slots> = self.scope.vehicles.iter().map(|&vehicle| self.half_days_of(vehicle)).collect();
        let mut groups: Vec<((Vec<usize>, u32), Slots, u32)> = Vec::new();
        let by_week = staff.spans.len() > 1;
        for (week, _, slot) in self.each_slot() {
            let doctors: Vec<usize> = (0..staff.free.len()).filter(|&d| staff.free[d].meets(&slot)).collect();
            let vehicles = out.iter().filter(|slots| slots.meets(&slot)).count();
            if doctors.len() >= vehicles {
                continue;
            }
            let most = doctors.len() as u32;
            let key = (doctors, if by_week { week } else { 0 });
            match groups.iter_mut().find(|(known, ..)| *known == key) {
                Some((_, slots, sum)) => {
                    *slots = slots.or(&slot);
                    *sum += most;
                }
                None => groups.push((key, slot, most)),
            }
        }
        for (_, slots, most) in groups {
            let sessions = self.within(None, None, &slots);
            if !sessions.is_empty() {
                self.program.row(sessions, Bound::AtMost, f64::from(most));
            }
        }
    }

    /// At most so many doctors of general practice at a site.
    fn limit_doctors_of_sites(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        let Some(limit) = territory.rules.doctors_per_site else { return };
        for (site, of) in territory.sites.iter().enumerate() {
            let mut come = Terms::new();
            for (rank, doctor) in territory.doctors.iter().enumerate() {
                let on = staff.of(|duty| (duty.site, duty.doctor) == (site, rank));
                if doctor.specialty.is_some() || on.is_empty() {
                    continue;
                }
                let here = self.half_days_at(site).and(&self.openings.hours[rank]);
                let cycle = territory.rules.price(RuleKind::DoctorCycle, Some(&doctor.id)).is_none();
                let agreed = doctor.half_days_per_cycle.filter(|_| cycle).unwrap_or(u32::MAX);
                let most = self.weekly_of(rank, &here).min(self.most_at(site)).min(agreed);
                let comes = self.program.column(0.0, 1.0);
                self.program.row(on.into_iter().chain([(comes, -f64::from(most))]), Bound::AtMost, 0.0);
                come.push((comes, 1.0));
            }
            if come.len() > limit as usize {
                self.later.push(come.iter().map(|&one| vec![one]).collect());
                let breach = self.breach(RuleKind::DoctorsPerSite, Some(&of.id), f64::INFINITY);
                let most = self.opens_of(site, -f64::from(limit));
                let terms = come.into_iter().chain(most).chain(breach.map(|extra| (extra, -1.0)));
                self.program.row(terms, Bound::AtMost, 0.0);
            }
        }
    }

    /// Doctors whom locked sessions name.
    fn lock_doctors(&mut self, staff: &Staff) {
        let territory = self.problem.territory();
        for (rank, booking) in territory.bookings.iter().enumerate() {
            let hard = territory.rules.price(RuleKind::Locked, Some(&(rank + 1).to_string())).is_none();
            let site = booking.site.as_ref().and_then(|id| self.site_rank(id)).map(|site| site as usize);
            let doctor =
                booking.doctor.as_ref().and_then(|id| territory.doctors.iter().position(|d| d.id == *id));
            let (Some(site), Some(doctor)) = (site, doctor) else { continue };
            if booking.kind != BookingKind::Locked || !hard {
                continue;
            }
            for (span, weeks) in staff.spans.iter().enumerate() {
                let count = weeks.weeks.iter().filter(|&&week| booking.weeks.contains(week)).count();
                let count = count as f64 * f64::from(booking.half_days.len());
                let on = staff.of(|duty| (duty.doctor, duty.site, duty.span) == (doctor, site, span));
                if count > 0.0 {
                    self.program.row(on, Bound::AtLeast, count);
                }
            }
        }
    }
}

/// Sets of two doctors or more: all of them where they are few, else the pairs and everyone.
fn teams(doctors: &[usize]) -> Vec<Vec<usize>> {
    let member = |set: usize| {
        let of = doctors.iter().enumerate().filter(move |(rank, _)| set & (1 << rank) != 0);
        of.map(|(_, &doctor)| doctor).collect::<Vec<usize>>()
    };
    if doctors.len() <= FEW {
        return (0..1_usize << doctors.len()).map(member).filter(|team| team.len() > 1).collect();
    }
    let pairs = doctors
        .iter()
        .enumerate()
        .flat_map(|(rank, &a)| doctors[rank + 1..].iter().map(move |&b| vec![a, b]));
    pairs.chain([doctors.to_vec()]).collect()
}
