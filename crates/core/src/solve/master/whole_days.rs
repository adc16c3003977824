//! Whole days at one site, of which one doctor holds both half-days, or two do and the site has more than one.

use super::Master;
use super::cells::Double;
use super::openings::is_dedicated;
use super::staff::Staff;
use crate::solve::program::{Col, Point, Terms};
use crate::territory::RuleKind;

/// A row that is broken by less is none.
const BROKEN: f64 = 1e-4;

/// Whole days at a site that should have one doctor.
#[derive(Clone, Debug)]
pub(super) struct WholeDays {
    days: Col,
    /// Of each doctor who can hold both half-days: sessions in the morning, and in the afternoon, never fewer than
    /// there are.
    both: Vec<[Terms; 2]>,
    /// What else lets a whole day be: doctors of a specialty, or more doctors than one.
    others: Terms,
}

impl Master<'_> {
    /// Learns of the whole days of a site with at most one doctor, or with so many more.
    pub(super) fn watch_whole_days(&mut self, staff: &Staff, site: usize, more: Option<Col>) {
        let territory = self.problem.territory();
        if territory.rules.price(RuleKind::DoctorNeeded, None).is_some() {
            return;
        }
        let special =
            self.holding(|held| held.site == site && is_dedicated(&territory.activities[held.activity]));
        let on = |doctor: usize, double: &Double, half: usize| {
            staff.of(|duty| {
                (duty.doctor, duty.site) == (doctor, site)
                    && staff.spans[duty.span].slots.meets(&double.halves[half])
            })
        };
        for double in self.doubles.iter().filter(|double| double.site == site) {
            let general = (0..territory.doctors.len()).filter(|&d| territory.doctors[d].specialty.is_none());
            let both = general.map(|doctor| [on(doctor, double, 0), on(doctor, double, 1)]);
            let both = both.filter(|halves| halves.iter().all(|terms| !terms.is_empty())).collect();
            let most = double.halves[0].len();
            let others = special.iter().copied().chain(more.map(|more| (more, f64::from(most)))).collect();
            self.whole_days.push(WholeDays { days: double.days, both, others });
        }
    }

    /// Rows that a relaxed solution breaks, each with by how much: there are no more whole days than those of one
    /// doctor, of whom the half-day with fewer sessions counts, and others.
    pub(super) fn whole_days_alone(&self, point: &Point) -> Vec<(f64, Terms, f64)> {
        let broken = |whole: &WholeDays| {
            let days = point.value(whole.days);
            if days < BROKEN {
                return None;
            }
            let fewer = |[am, pm]: &[Terms; 2]| {
                if point.total(am) <= point.total(pm) { am.clone() } else { pm.clone() }
            };
            let let_be: Terms =
                whole.both.iter().flat_map(fewer).chain(whole.others.iter().copied()).collect();
            let broken = days - point.total(&let_be);
            let terms =
                let_be.into_iter().map(|(column, factor)| (column, -factor)).chain([(whole.days, 1.0)]);
            (broken > BROKEN).then(|| (broken, terms.collect(), 0.0))
        };
        self.whole_days.iter().filter_map(broken).collect()
    }
}
