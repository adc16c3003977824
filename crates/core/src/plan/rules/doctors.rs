//! Rules on doctors: who is needed, when they work, and where.

use std::collections::BTreeMap;

use super::Extent;
use super::held::{Held, needed as needed_by};
use crate::plan::Session;
use crate::territory::{Doctor, RuleKind, Site};

/// Doctors missing, or of another kind than their session needs. None is needed where the territory has none.
pub(super) fn needed(held: &Held<'_>) -> Extent {
    let doctors = &held.territory.doctors;
    if doctors.is_empty() {
        return Extent::default();
    }
    let known = |id: &Option<String>| doctors.iter().find(|doctor| Some(&doctor.id) == id.as_ref());
    let missing = |session: &Session| {
        let (doctor, specialist) = needed_by(held.territory, session);
        let lacks_doctor = !known(&session.doctor).is_some_and(|known| doctor.fits(known));
        let lacks_specialist = specialist
            .is_some_and(|needed| !known(&session.specialist).is_some_and(|known| needed.fits(known)));
        u32::from(lacks_doctor) + u32::from(lacks_specialist)
    };
    let lacking =
        held.sessions().map(|(place, session)| (place, missing(session))).filter(|(_, missing)| *missing > 0);
    let (sessions, missing): (Vec<usize>, Vec<u32>) = lacking.unzip();
    Extent { units: missing.into_iter().sum::<u32>().into(), sessions }
}

/// Sessions when the doctor does not work.
pub(super) fn hours(held: &Held<'_>, doctor: &Doctor) -> Extent {
    at_fault(held, doctor, |session| !doctor.works(session.week, session.day, session.half))
}

/// Half-days beyond the most of a week, over all weeks.
pub(super) fn weeks(held: &Held<'_>, doctor: &Doctor) -> Extent {
    let Some(most) = doctor.half_days_per_week else { return Extent::default() };
    let mut in_week: BTreeMap<u32, u32> = BTreeMap::new();
    held.of_doctor(&doctor.id).for_each(|(_, session)| *in_week.entry(session.week).or_default() += 1);
    Extent::of(in_week.into_values().map(|half_days| f64::from(half_days.saturating_sub(most))).sum())
}

/// Half-days beyond the most of a cycle.
pub(super) fn cycle(held: &Held<'_>, doctor: &Doctor) -> Extent {
    let half_days = held.of_doctor(&doctor.id).count() as u32;
    doctor.half_days_per_cycle.map_or_else(Extent::default, |most| Extent::above(half_days, most))
}

/// Sessions in other departments.
pub(super) fn department(held: &Held<'_>, doctor: &Doctor) -> Extent {
    let site = |id: &str| held.territory.sites.iter().find(|site| site.id == id);
    at_fault(held, doctor, |session| site(&session.site).is_some_and(|site| !doctor.is_authorised(site)))
}

/// Sessions at sites that the doctor refuses.
pub(super) fn refuses(held: &Held<'_>, doctor: &Doctor) -> Extent {
    at_fault(held, doctor, |session| doctor.refuses.contains(&session.site))
}

/// Sessions elsewhere than the doctor prefers; without a price that is a wish, and no rule.
pub(super) fn prefers(held: &Held<'_>, doctor: &Doctor) -> Extent {
    let is_rule = held.price(RuleKind::Prefers, Some(&doctor.id)).is_some() && !doctor.prefers.is_empty();
    at_fault(held, doctor, |session| is_rule && !doctor.prefers.contains(&session.site))
}

/// Doctors of general practice beyond the most of a site.
pub(super) fn per_site(held: &Held<'_>, site: &Site) -> Extent {
    let most = held.territory.rules.doctors_per_site;
    let doctors = held.general_practitioners(&site.id).len() as u32;
    most.map_or_else(Extent::default, |most| Extent::above(doctors, most))
}

fn at_fault(held: &Held<'_>, doctor: &Doctor, is_wrong: impl Fn(&Session) -> bool) -> Extent {
    let wrong = held.of_doctor(&doctor.id).filter(|(_, session)| is_wrong(session));
    Extent::each(wrong.map(|(place, _)| place))
}
