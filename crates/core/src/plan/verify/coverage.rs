//! Rules on patients: how many can be followed where.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::places::{Figure, Followed, List};
use super::sessions::Roster;
use super::violation::Violation;
use super::within;
use crate::people::{Profile, Share};
use crate::plan::{Coverage, Plan, Session};
use crate::territory::{Activity, ActivityKind, Capacity};
use medicobus_roads::Millis;

/// Patients of a commune (by rank) and profile at each site.
type BySite<'a> = BTreeMap<(usize, Profile), BTreeMap<&'a str, f64>>;

/// Checks the coverage and sums it up: weighted people followed. None where an entry is not a finite number.
pub(super) fn check(
    plan: &Plan,
    facts: &Facts<'_>,
    roster: &Roster<'_>,
    violations: &mut Vec<Violation>,
) -> Option<f64> {
    let (mut order, mut seen) = (Vec::new(), BTreeSet::new());
    let (mut by_site, mut needed): (BySite<'_>, BTreeMap<&str, f64>) = Default::default();
    for entry in &plan.coverage {
        let (commune, site) = (facts.communes.get(&*entry.commune), facts.sites.get(&*entry.site));
        if commune.is_none() {
            violations.push(Violation::UnknownCommune(entry.commune.clone()));
        }
        if site.is_none() {
            violations.push(Violation::UnknownSite(entry.site.clone()));
        }
        let (Some(&(commune, _)), Some(&(site, _))) = (commune, site) else { continue };
        check_entry(entry, facts, roster, violations);
        order.push((commune, entry.profile, site));
        if !seen.insert((commune, entry.profile, site)) {
            violations.push(Violation::DuplicateCoverage(followed(entry)));
        }
        *by_site.entry((commune, entry.profile)).or_default().entry(&entry.site).or_default() +=
            entry.patients.0;
        *needed.entry(&entry.site).or_default() += entry.patients.0 * facts.visits(entry.profile);
    }
    if !order.is_sorted() {
        violations.push(Violation::OutOfOrder(List::Coverage));
    }
    let all_finite = plan.coverage.iter().all(|entry| entry.patients.0.is_finite());
    if !all_finite {
        return None;
    }
    check_willing(&by_site, facts, violations);
    check_capacity(&needed, facts, roster, violations);
    Some(plan.coverage.iter().map(|entry| facts.weight(entry.profile) * entry.patients.0).sum())
}

/// One entry by itself.
fn check_entry(entry: &Coverage, facts: &Facts<'_>, roster: &Roster<'_>, violations: &mut Vec<Violation>) {
    let patients = entry.patients.0;
    if !patients.is_finite() {
        violations.push(Violation::NotFinite(Figure::Patients(followed(entry))));
    } else if patients <= 0.0 {
        violations.push(Violation::NotPositive { who: followed(entry), patients });
    }
    if roster.at(&entry.site).is_empty() {
        violations.push(Violation::NoSessionThere(followed(entry)));
    }
    if facts.share(&entry.commune, &entry.site) == 0.0 {
        violations.push(Violation::BeyondReach(followed(entry)));
    }
}

/// The willing are nested: those ready to drive far are among those ready to drive near. So of each band's share, no
/// more can be followed at the sites of that band and of those beyond, together.
fn check_willing(by_site: &BySite<'_>, facts: &Facts<'_>, violations: &mut Vec<Violation>) {
    for (&(commune, profile), sites) in by_site {
        let commune = &facts.territory.communes[commune];
        for band in &facts.territory.care.reach {
            let beyond = sites.iter().filter(|(site, _)| facts.share(&commune.code, site) <= band.share.0);
            let followed: f64 = beyond.map(|(_, patients)| patients).sum();
            let willing = band.share.0 * commune.patients[profile].0;
            if !within(followed, willing) {
                violations.push(Violation::TooManyFollowed {
                    commune: commune.code.clone(),
                    profile,
                    share: Share(band.share.0),
                    followed,
                    willing,
                });
            }
        }
    }
}

fn check_capacity(
    needed: &BTreeMap<&str, f64>,
    facts: &Facts<'_>,
    roster: &Roster<'_>,
    violations: &mut Vec<Violation>,
) {
    for (&site, &needed) in needed {
        let sessions = roster.at(site);
        let given: Option<f64> = sessions.iter().map(|session| consultations(session, facts)).sum();
        if let Some(given) = given.filter(|&given| !sessions.is_empty() && !within(needed, given)) {
            violations.push(Violation::OverCapacity { site: site.to_owned(), needed, given });
        }
    }
}

/// Consultations of a session for patients who are followed; None when unlimited.
fn consultations(session: &Session, facts: &Facts<'_>) -> Option<f64> {
    let (territory, vehicle) =
        (facts.territory, facts.vehicles.get(&*session.vehicle).map(|(_, vehicle)| *vehicle));
    let whole = match territory.care.capacity {
        Capacity::Unlimited => None,
        Capacity::PerHalfDay(consultations) => Some(consultations),
        Capacity::Timed { setup, mean } => {
            let hours = vehicle.map(|vehicle| facts.hours(vehicle, session.half))?;
            let seconds = |millis: Millis| f64::from(millis.0) / 1000.0;
            let open = seconds(hours.end.0) - seconds(hours.start.0) - seconds(setup);
            Some(open.max(0.0) / mean)
        }
    };
    let kept_free = territory.care.unscheduled_share;
    let given = match facts.activity(session) {
        None => whole,
        Some(Activity { kind: ActivityKind::Remote { consultations_per_half_day }, .. }) => {
            Some(*consultations_per_half_day)
        }
        // Nothing is left of a half-day that is given whole, however many consultations it could have.
        Some(activity) if activity.share >= 1.0 => Some(0.0),
        Some(activity) => whole.map(|whole| whole - whole * activity.share),
    };
    given.map(|given| given - given * kept_free)
}

fn followed(entry: &Coverage) -> Followed {
    Followed { commune: entry.commune.clone(), profile: entry.profile, site: entry.site.clone() }
}
