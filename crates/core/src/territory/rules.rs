//! What a plan must respect, and which of it may be relaxed at a price.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a plan must respect, for the territory as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Whether a site is served by one vehicle at most.
    pub one_vehicle_per_site: bool,
    /// Least sessions a cycle at a site that has any.
    pub min_half_days_per_site: u32,
    /// Most sessions a cycle at a site; None: no limit.
    pub max_half_days_per_site: Option<u32>,
    /// Most days from one visit of a site to the next, across the end of the cycle too; None: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_gap: Option<u32>,
    /// Whether a site's sessions are at the same times in every week that has any. True: always. None: unless that
    /// costs coverage. False: it does not matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_time: Option<bool>,
    /// Most doctors of general practice that a site has over the cycle. None: one, where that is possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doctors_per_site: Option<u32>,
    /// Most of all half-days, as a share of them, for prevention.
    #[serde(default = "tenth", skip_serializing_if = "is_tenth")]
    pub prevention_share: f64,
    /// Rules that may be relaxed, each at a price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub soft: Vec<Soft>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            one_vehicle_per_site: true,
            min_half_days_per_site: 1,
            max_half_days_per_site: None,
            max_gap: None,
            same_time: None,
            doctors_per_site: None,
            prevention_share: tenth(),
            soft: Vec::new(),
        }
    }
}

impl Rules {
    /// The price of a rule for a subject: that of the rule for it alone, else that of the rule for all; None: it is
    /// hard.
    pub fn price(&self, kind: RuleKind, subject: Option<&str>) -> Option<f64> {
        let of = |subject: Option<&str>| {
            let named = |soft: &&Soft| soft.rule.kind == kind && soft.rule.subject.as_deref() == subject;
            self.soft.iter().find(named).map(|soft| soft.price)
        };
        subject.and_then(|subject| of(Some(subject))).or_else(|| of(None))
    }
}

const fn tenth() -> f64 {
    0.1
}

fn is_tenth(share: &f64) -> bool {
    *share == tenth()
}

/// A rule that may be relaxed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Soft {
    /// Which rule.
    pub rule: RuleName,
    /// What one unit of its breach costs, in the unit of the objective, above 0.
    pub price: f64,
}

/// The rules that can conflict and be relaxed. Rules 1 to 6 of the model are none of them: they always hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// A site that must be served. Subject: the site. Unit: the site.
    RequiredSite,
    /// A site's weeks with sessions are as far apart as its `every` says. Subject: the site. Unit: a week of the cycle
    /// that has sessions and should not, or the other way round, for the best choice of the first week.
    Every,
    /// A site has as many visits as it says. Subject: the site. Unit: a visit too many or missing.
    Visits,
    /// The longest gap between visits. Subject: the site. Unit: a day.
    MaxGap,
    /// Sessions at the same times. Subject: the site. Unit: a session at another time than the site's usual ones.
    SameTime,
    /// A required booking. Subject: its place in the list, from 1. Unit: a week without such a session.
    Required,
    /// A forbidden booking. Subject: its place in the list, from 1. Unit: a session there.
    Forbidden,
    /// A locked booking. Subject: its place in the list, from 1. Unit: a session that is not as it says.
    Locked,
    /// Every session has the doctor its activity needs. No subject. Unit: a doctor missing.
    DoctorNeeded,
    /// A doctor works when available. Subject: the doctor. Unit: a session at another time.
    DoctorHours,
    /// Most half-days of a doctor in a week. Subject: the doctor. Unit: a half-day too many, over all weeks.
    DoctorWeek,
    /// Most half-days of a doctor in a cycle. Subject: the doctor. Unit: a half-day too many.
    DoctorCycle,
    /// Departments a doctor is authorised for: always hard. Subject: the doctor. Unit: a session elsewhere.
    Department,
    /// Sites that a doctor refuses. Subject: the doctor. Unit: a session there.
    Refuses,
    /// Sites that a doctor prefers: a wish unless it has a price. Subject: the doctor. Unit: a session elsewhere.
    Prefers,
    /// Most doctors of a site. Subject: the site. Unit: a doctor too many.
    DoctorsPerSite,
    /// Least half-days of an activity. Subject: the activity. Unit: a half-day missing.
    ActivityAtLeast,
    /// Most half-days of an activity. Subject: the activity. Unit: a half-day too many.
    ActivityAtMost,
    /// Most of the half-days for prevention. No subject. Unit: a half-day too many, by shares.
    PreventionShare,
    /// More than half of the half-days are for general practice. No subject. Unit: a half-day that lacks, by shares.
    Majority,
    /// Most changes of the published calendar. No subject. Unit: a change too many; without a most, every change.
    Changes,
}

impl RuleKind {
    /// All of them, in the order in which plans list them.
    pub const ALL: [RuleKind; 21] = [
        RuleKind::RequiredSite,
        RuleKind::Every,
        RuleKind::Visits,
        RuleKind::MaxGap,
        RuleKind::SameTime,
        RuleKind::Required,
        RuleKind::Forbidden,
        RuleKind::Locked,
        RuleKind::DoctorNeeded,
        RuleKind::DoctorHours,
        RuleKind::DoctorWeek,
        RuleKind::DoctorCycle,
        RuleKind::Department,
        RuleKind::Refuses,
        RuleKind::Prefers,
        RuleKind::DoctorsPerSite,
        RuleKind::ActivityAtLeast,
        RuleKind::ActivityAtMost,
        RuleKind::PreventionShare,
        RuleKind::Majority,
        RuleKind::Changes,
    ];

    /// Its name in files.
    pub const fn code(self) -> &'static str {
        match self {
            RuleKind::RequiredSite => "required_site",
            RuleKind::Every => "every",
            RuleKind::Visits => "visits",
            RuleKind::MaxGap => "max_gap",
            RuleKind::SameTime => "same_time",
            RuleKind::Required => "required",
            RuleKind::Forbidden => "forbidden",
            RuleKind::Locked => "locked",
            RuleKind::DoctorNeeded => "doctor_needed",
            RuleKind::DoctorHours => "doctor_hours",
            RuleKind::DoctorWeek => "doctor_week",
            RuleKind::DoctorCycle => "doctor_cycle",
            RuleKind::Department => "department",
            RuleKind::Refuses => "refuses",
            RuleKind::Prefers => "prefers",
            RuleKind::DoctorsPerSite => "doctors_per_site",
            RuleKind::ActivityAtLeast => "activity_at_least",
            RuleKind::ActivityAtMost => "activity_at_most",
            RuleKind::PreventionShare => "prevention_share",
            RuleKind::Majority => "majority",
            RuleKind::Changes => "changes",
        }
    }

    /// Whether it can be made soft.
    pub const fn can_be_soft(self) -> bool {
        !matches!(self, RuleKind::Department)
    }
}

/// A rule by its name: `max_gap`, or for one subject alone `max_gap:26118`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RuleName {
    /// Which rule.
    pub kind: RuleKind,
    /// Whom it concerns: id of a site, doctor or activity, or number of a booking; None: all.
    pub subject: Option<String>,
}

impl RuleName {
    /// The rule for one subject, or as a whole.
    pub fn new(kind: RuleKind, subject: Option<&str>) -> RuleName {
        RuleName { kind, subject: subject.map(str::to_owned) }
    }
}

impl FromStr for RuleName {
    type Err = String;
    fn from_str(name: &str) -> Result<RuleName, String> {
        let (code, subject) = match name.split_once(':') {
            Some((code, subject)) => (code, Some(subject.to_owned())),
            None => (name, None),
        };
        let kind = RuleKind::ALL.into_iter().find(|kind| kind.code() == code);
        kind.map(|kind| RuleName { kind, subject }).ok_or_else(|| format!("not a rule: {name}"))
    }
}

impl TryFrom<String> for RuleName {
    type Error = String;
    fn try_from(name: String) -> Result<RuleName, String> {
        name.parse()
    }
}

impl From<RuleName> for String {
    fn from(name: RuleName) -> String {
        name.to_string()
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code())?;
        self.subject.as_ref().map_or(Ok(()), |subject| write!(f, ":{subject}"))
    }
}
