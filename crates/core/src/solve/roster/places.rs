//! The rules about sites: how often and when they are visited, and by how many doctors.

use super::setting::{Breach, Setting, Shift};
use super::tally::Wishes;
use crate::problem::Problem;
use crate::territory::{RuleKind, Rules, Site};

/// How the visits of a site lie in the cycle.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Visits {
    /// Days with a session, since the beginning of the cycle, in order.
    pub(super) dates: Vec<u32>,
    /// Days from each visit to the next, across the end of the cycle too.
    pub(super) gaps: Vec<u32>,
    /// Sessions at other times than the usual ones, by slot.
    pub(super) other_times: Vec<u32>,
    /// Doctors of general practice.
    pub(super) doctors: Vec<u16>,
}

impl Visits {
    pub(super) fn longest_gap(&self) -> u32 {
        self.gaps.iter().copied().max().unwrap_or(0)
    }

    /// How far the visits are from the most even spread of as many over the cycle: how much longer the longest gap is,
    /// in days, and how much greater the sum of the squares of all gaps.
    fn unevenness(&self) -> (u32, u32) {
        let (cycle, visits) = (self.gaps.iter().sum::<u32>(), self.gaps.len() as u32);
        if visits == 0 {
            return (0, 0);
        }
        let (even, longer) = (cycle / visits, cycle % visits);
        let least = (visits - longer) * even * even + longer * (even + 1) * (even + 1);
        let squares: u32 = self.gaps.iter().map(|gap| gap * gap).sum();
        (self.longest_gap() - cycle.div_ceil(visits), squares - least)
    }
}

impl Setting<'_> {
    /// How the sessions on these slots, which are at one site, lie in the cycle.
    pub(super) fn visits(&self, slots: &[u32], at: &[Option<Shift>]) -> Visits {
        let slot = |&slot: &u32| &self.grid.slots[slot as usize];
        let dates = slots.iter().map(|s| slot(s).date()).collect();
        let mut visits = Visits { dates, ..Visits::default() };
        visits.dates.sort_unstable();
        visits.dates.dedup();
        if let Some(&first) = visits.dates.first() {
            let cycle = 7 * self.territory().calendar.cycle_weeks;
            let next = visits.dates[1..].iter().copied().chain([first + cycle]);
            visits.gaps = next.zip(&visits.dates).map(|(next, date)| next - date).collect();
        }
        let mut per_week = [0u32; 64];
        let mut per_time = [0u32; 14];
        for s in slots {
            per_week[slot(s).week as usize] += 1;
            per_time[slot(s).time()] += 1;
        }
        let usual = per_week.into_iter().max().unwrap_or(0) as usize;
        if per_time.iter().filter(|&&n| n > 0).count() > usual {
            let mut times: [usize; 14] = std::array::from_fn(|time| time);
            times.sort_by_key(|&time| std::cmp::Reverse(per_time[time]));
            let usual = &times[..usual.min(14)];
            visits.other_times = slots.iter().copied().filter(|s| !usual.contains(&slot(s).time())).collect();
        }
        for shift in slots.iter().filter_map(|&slot| at[slot as usize]) {
            let general = self.terms(shift.activity).doctor_is_general;
            if let Some(doctor) = shift.doctor.filter(|_| general)
                && !visits.doctors.contains(&doctor)
            {
                visits.doctors.push(doctor);
            }
        }
        visits
    }

    /// What the sessions of a site break, and what they leave to wish for; and their breaches of rules 4 and 5.
    pub(super) fn measure_site(
        &self,
        site: usize,
        slots: &[u32],
        at: &[Option<Shift>],
        tell: &mut dyn FnMut(Breach),
    ) -> (f64, Wishes) {
        let terms: &Site = &self.territory().sites[site];
        let rules: &Rules = &self.territory().rules;
        if slots.is_empty() {
            if terms.required {
                tell(Breach { rule: RuleKind::RequiredSite, subject: site, units: 1.0, slot: None });
            }
            return (0.0, Wishes::default());
        }
        let visits = self.visits(slots, at);
        let mut tell_of = |rule: RuleKind, units: u32, slot: Option<u32>| {
            if units > 0 {
                tell(Breach { rule, subject: site, units: f64::from(units), slot });
            }
        };
        if let Some(every) = terms.every {
            tell_of(RuleKind::Every, self.weeks_amiss(&visits, every), None);
        }
        if let Some(wanted) = terms.visits {
            tell_of(RuleKind::Visits, wanted.abs_diff(visits.dates.len() as u32), None);
        }
        if let Some(most) = terms.max_gap.or(rules.max_gap) {
            tell_of(RuleKind::MaxGap, visits.longest_gap().saturating_sub(most), None);
        }
        if self.same_time {
            visits.other_times.iter().for_each(|&slot| tell_of(RuleKind::SameTime, 1, Some(slot)));
        }
        let doctors = visits.doctors.len() as u32;
        if let Some(most) = self.doctors_per_site {
            tell_of(RuleKind::DoctorsPerSite, doctors.saturating_sub(most), None);
        }
        for &slot in slots {
            let lacking = at[slot as usize].map_or(0, |shift| self.doctors_lacking(&shift));
            if lacking > 0 {
                let units = f64::from(lacking);
                tell(Breach { rule: RuleKind::DoctorNeeded, subject: 0, units, slot: Some(slot) });
            }
        }
        let (longest_gap, squared_gaps) = visits.unevenness();
        let wishes = Wishes {
            doctors: if rules.doctors_per_site.is_none() { doctors.saturating_sub(1).into() } else { 0 },
            other_times: if rules.same_time.is_none() { visits.other_times.len() as u64 } else { 0 },
            longest_gaps: longest_gap.into(),
            squared_gaps: squared_gaps.into(),
            ..Wishes::default()
        };
        (self.base_of_site(self.problem, site, slots, at), wishes)
    }

    /// Breaches of the limits of sessions, of one vehicle a site, and of general practice at every site.
    fn base_of_site(&self, problem: &Problem, site: usize, slots: &[u32], at: &[Option<Shift>]) -> f64 {
        let (least, most) = problem.session_limits(site);
        let n = slots.len() as u32;
        let mut base = least.saturating_sub(n) + n.saturating_sub(most);
        if self.territory().rules.one_vehicle_per_site {
            let vehicles = slots.iter().map(|&slot| self.grid.slots[slot as usize].vehicle);
            let first = self.grid.slots[slots[0] as usize].vehicle;
            base += vehicles.filter(|&vehicle| vehicle != first).count() as u32;
        }
        let general =
            |&slot: &u32| at[slot as usize].is_some_and(|shift| self.terms(shift.activity).with_general);
        f64::from(base + u32::from(!slots.iter().any(general)))
    }

    /// Weeks that have sessions and should not, or the other way round, for the best choice of the first week.
    fn weeks_amiss(&self, visits: &Visits, every: u32) -> u32 {
        let weeks = self.territory().calendar.cycle_weeks;
        let mut visited = [false; 64];
        visits.dates.iter().for_each(|date| visited[(date / 7) as usize] = true);
        let amiss = |first: u32| {
            (0..weeks).filter(|&week| visited[week as usize] != (week % every.max(1) == first)).count() as u32
        };
        (0..every.max(1)).map(amiss).min().unwrap_or(0)
    }
}
