//! The rules of a territory that can conflict, and the territory without some of them.

use super::{Activity, ActivityKind, BookingKind, Doctor, RuleKind, RuleName, Site, Soft, Territory};

/// What a unit of a rule costs that is set aside: so little that it never outweighs coverage, and yet no more of the
/// rule is broken than that needs.
const ASIDE: f64 = 1e-6;

impl Territory {
    /// The rules in force that have no price, in the order of [`RuleKind::ALL`], then of the territory. What `[rules]`
    /// says of all sites is one rule, without a subject.
    pub fn hard_rules(&self) -> Vec<RuleName> {
        let rules = RuleKind::ALL.into_iter().flat_map(|kind| {
            let subjects = self.subjects(kind);
            subjects.into_iter().map(move |subject| RuleName { kind, subject })
        });
        rules.filter(|rule| self.rules.price(rule.kind, rule.subject.as_deref()).is_none()).collect()
    }

    /// The territory with these rules set aside.
    #[must_use]
    pub fn without(&self, rules: &[RuleName]) -> Territory {
        self.with_price(rules, ASIDE)
    }

    /// The territory where a unit of breach of these rules costs so much. What cannot have a price for itself is set
    /// aside.
    #[must_use]
    pub fn with_price(&self, rules: &[RuleName], price: f64) -> Territory {
        let mut relaxed = self.clone();
        for rule in rules {
            match (rule.kind, &rule.subject) {
                // Of the territory as a whole: a price would set aside what single sites say, too.
                (RuleKind::MaxGap, None) => relaxed.rules.max_gap = None,
                (RuleKind::SameTime, None) => relaxed.rules.same_time = None,
                (RuleKind::DoctorsPerSite, None) => relaxed.rules.doctors_per_site = None,
                (RuleKind::Department, subject) => {
                    let named = |id: &str| subject.as_deref().is_none_or(|subject| subject == id);
                    let doctors = relaxed.doctors.iter_mut().filter(|doctor| named(&doctor.id));
                    doctors.for_each(|doctor| doctor.departments = None);
                }
                _ => relaxed.rules.soft.push(Soft { rule: rule.clone(), price }),
            }
        }
        relaxed
    }

    /// Whether any number of changes of the published calendar is allowed, so that each one costs if one does.
    pub(crate) fn allows_any_change(&self) -> bool {
        self.published.as_ref().is_some_and(|published| published.max_changes.is_none())
    }

    /// Whom a rule concerns here: each subject once, None for a rule without subject; nothing where it is not in force.
    fn subjects(&self, kind: RuleKind) -> Vec<Option<String>> {
        let one = |holds: bool| if holds { vec![None] } else { Vec::new() };
        let site = |holds: &dyn Fn(&Site) -> bool| {
            self.sites.iter().filter(|site| holds(site)).map(|site| Some(site.id.clone())).collect()
        };
        let booking = |of: BookingKind| {
            let numbered = (1..).zip(&self.bookings).filter(|(_, booking)| booking.kind == of);
            numbered.map(|(number, _): (usize, _)| Some(number.to_string())).collect()
        };
        let doctor = |holds: &dyn Fn(&Doctor) -> bool| {
            self.doctors.iter().filter(|doctor| holds(doctor)).map(|doctor| Some(doctor.id.clone())).collect()
        };
        let activity = |holds: &dyn Fn(&Activity) -> bool| {
            let named = self.activities.iter().filter(|activity| holds(activity));
            named.map(|activity| Some(activity.id.clone())).collect()
        };
        match kind {
            RuleKind::RequiredSite => site(&|site| site.required),
            RuleKind::Every => site(&|site| site.every.is_some()),
            RuleKind::Visits => site(&|site| site.visits.is_some()),
            RuleKind::MaxGap => {
                let mut all = one(self.rules.max_gap.is_some());
                all.extend(site(&|site| site.max_gap.is_some()));
                all
            }
            RuleKind::SameTime => one(self.rules.same_time == Some(true)),
            RuleKind::Required => booking(BookingKind::Required),
            RuleKind::Forbidden => booking(BookingKind::Forbidden),
            RuleKind::Locked => booking(BookingKind::Locked),
            RuleKind::DoctorNeeded => one(!self.doctors.is_empty()),
            RuleKind::DoctorHours => doctor(&|_| true),
            RuleKind::DoctorWeek => doctor(&|doctor| doctor.half_days_per_week.is_some()),
            RuleKind::DoctorCycle => doctor(&|doctor| doctor.half_days_per_cycle.is_some()),
            RuleKind::Department => doctor(&|doctor| doctor.departments.is_some()),
            RuleKind::Refuses => doctor(&|doctor| !doctor.refuses.is_empty()),
            // A wish, unless it has a price.
            RuleKind::Prefers => Vec::new(),
            RuleKind::DoctorsPerSite => one(self.rules.doctors_per_site.is_some()),
            RuleKind::ActivityAtLeast => activity(&|activity| activity.at_least > 0),
            RuleKind::ActivityAtMost => activity(&|activity| activity.at_most.is_some()),
            RuleKind::PreventionShare => {
                one(self.activities.iter().any(|activity| activity.kind == ActivityKind::Prevention))
            }
            RuleKind::Majority => one(!self.activities.is_empty()),
            RuleKind::Changes => one(self.published.as_ref().is_some_and(|p| p.max_changes.is_some())),
        }
    }
}
