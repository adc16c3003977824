//! Where a territory sets each rule that can conflict or be relaxed.

use super::fault::Where;
use super::{ActivityKind, BookingKind, RuleKind, RuleName, Rules, Site, Territory};

/// The place that sets a rule: the column of its site, or the key of `[rules]` where the site has none of its own; the
/// key of its doctor or activity; its booking. For a rule without subject the key of `[rules]`,
/// else the first place that sets it for anyone. None where nothing sets it, or where nothing bears the name of the
/// subject.
pub fn origin(territory: &Territory, rule: &RuleName) -> Option<Where> {
    let Territory { rules, doctors, activities, published, .. } = territory;
    let subject = rule.subject.as_deref();
    let of_site = |column, own: fn(&Site) -> bool| site(territory, subject, column, own);
    let in_rules = |key: &str, is_set: bool| {
        let known = subject.is_none_or(|id| territory.sites.iter().any(|site| site.id == id));
        (known && is_set).then(|| Where::key(format!("rules.{key}")))
    };
    match rule.kind {
        RuleKind::RequiredSite => of_site("required", |site| site.required),
        RuleKind::Every => of_site("every", |site| site.every.is_some()),
        RuleKind::Visits => of_site("visits", |site| site.visits.is_some()),
        RuleKind::MaxGap => {
            let of_all = || in_rules("max_gap", rules.max_gap.is_some());
            let of_one = || of_site("max_gap", |site| site.max_gap.is_some());
            if subject.is_none() { of_all().or_else(of_one) } else { of_one().or_else(of_all) }
        }
        RuleKind::SameTime => in_rules("same_time", rules.same_time == Some(true)),
        RuleKind::DoctorsPerSite => in_rules("doctors_per_site", rules.doctors_per_site.is_some()),
        RuleKind::Required => booking(territory, subject, BookingKind::Required),
        RuleKind::Forbidden => booking(territory, subject, BookingKind::Forbidden),
        RuleKind::Locked => booking(territory, subject, BookingKind::Locked),
        RuleKind::DoctorNeeded => (!doctors.is_empty()).then(|| Where::key("doctor[0]")),
        RuleKind::DoctorHours => doctor(territory, subject, "days", |_| true),
        RuleKind::DoctorWeek => {
            doctor(territory, subject, "half_days_per_week", |doctor| doctor.half_days_per_week.is_some())
        }
        RuleKind::DoctorCycle => {
            doctor(territory, subject, "half_days_per_cycle", |doctor| doctor.half_days_per_cycle.is_some())
        }
        RuleKind::Department => {
            doctor(territory, subject, "departments", |doctor| doctor.departments.is_some())
        }
        RuleKind::Refuses => doctor(territory, subject, "refuses", |doctor| !doctor.refuses.is_empty()),
        RuleKind::Prefers => doctor(territory, subject, "prefers", |doctor| !doctor.prefers.is_empty()),
        RuleKind::ActivityAtLeast => {
            activity(territory, subject, "at_least", |activity| activity.at_least > 0)
        }
        RuleKind::ActivityAtMost => {
            activity(territory, subject, "at_most", |activity| activity.at_most.is_some())
        }
        RuleKind::PreventionShare => {
            let first = activities.iter().position(|activity| activity.kind == ActivityKind::Prevention)?;
            let stated = rules.prevention_share != Rules::default().prevention_share;
            Some(Where::key(if stated {
                "rules.prevention_share".into()
            } else {
                format!("activity[{first}]")
            }))
        }
        RuleKind::Majority => (!activities.is_empty()).then(|| Where::key("activity[0]")),
        RuleKind::Changes => {
            let most = published.as_ref()?.max_changes;
            Some(Where::key(if most.is_some() { "published.max_changes" } else { "published" }))
        }
    }
}

fn site(
    territory: &Territory,
    id: Option<&str>,
    column: &'static str,
    own: fn(&Site) -> bool,
) -> Option<Where> {
    let found = |site: &Site| id.is_none_or(|id| site.id == id) && own(site);
    territory.sites.iter().position(found).map(|index| Where::Site { index, column })
}

fn booking(territory: &Territory, number: Option<&str>, kind: BookingKind) -> Option<Where> {
    let mut of_kind = territory.bookings.iter().enumerate().filter(|(_, booking)| booking.kind == kind);
    let found = |&(index, _): &(usize, _)| number.is_none_or(|number| number == (index + 1).to_string());
    of_kind.find(found).map(|(index, _)| Where::key(format!("booking[{index}]")))
}

fn doctor(
    territory: &Territory,
    id: Option<&str>,
    key: &str,
    own: impl Fn(&super::Doctor) -> bool,
) -> Option<Where> {
    let found = |doctor: &super::Doctor| id.is_none_or(|id| doctor.id == id) && own(doctor);
    territory.doctors.iter().position(found).map(|index| Where::key(format!("doctor[{index}].{key}")))
}

fn activity(
    territory: &Territory,
    id: Option<&str>,
    key: &str,
    own: impl Fn(&super::Activity) -> bool,
) -> Option<Where> {
    let found = |activity: &super::Activity| id.is_none_or(|id| activity.id == id) && own(activity);
    territory.activities.iter().position(found).map(|index| Where::key(format!("activity[{index}].{key}")))
}
