//! Doctors: when they work, where they may, and where they would rather.

use serde::{Deserialize, Serialize};

use super::{Site, every_week, is_every_week, working_week};
use crate::calendar::{Day, Half, HalfDays, Weeks};

/// A doctor who works on the médicobus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Doctor {
    /// Unique among doctors.
    pub id: String,
    /// What people call them; None: the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The half-days on which they work.
    #[serde(default = "working_week")]
    pub days: HalfDays,
    /// The weeks of the cycle in which they work.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub weeks: Weeks,
    /// When they do not work all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub away: Vec<Away>,
    /// Most half-days a week; None: every half-day on which they work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_days_per_week: Option<u32>,
    /// Most half-days a cycle; None: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_days_per_cycle: Option<u32>,
    /// Id of the activity that is their specialty; None: general practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty: Option<String>,
    /// Whether they only work at a distance, with a nurse on board.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub remote: bool,
    /// Who pays them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<Employer>,
    /// Year of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<u32>,
    /// The departments they are authorised for, as in INSEE codes: `26`, `2A`, `971`. None: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departments: Option<Vec<String>>,
    /// Ids of the sites where they would rather work; none: no preference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefers: Vec<String>,
    /// Ids of the sites where they do not work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refuses: Vec<String>,
}

/// Half-days of some weeks on which a doctor does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Weeks of the cycle.
    #[serde(default = "every_week", skip_serializing_if = "is_every_week")]
    pub weeks: Weeks,
    /// Half-days of those weeks.
    #[serde(default = "any_half_day")]
    pub half_days: HalfDays,
}

const fn any_half_day() -> HalfDays {
    HalfDays::ALL
}

/// Who pays a doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Employer {
    /// A commune, an intercommunality or a department: fonction publique territoriale, which ends at 67.
    Territorial,
    /// A hospital: fonction publique hospitalière.
    Hospital,
    /// An association, a foundation or a company.
    Private,
    /// The doctors themselves.
    Liberal,
}

impl Employer {
    /// All of them.
    pub const ALL: [Employer; 4] =
        [Employer::Territorial, Employer::Hospital, Employer::Private, Employer::Liberal];

    /// Its name in files.
    pub const fn code(self) -> &'static str {
        match self {
            Employer::Territorial => "territorial",
            Employer::Hospital => "hospital",
            Employer::Private => "private",
            Employer::Liberal => "liberal",
        }
    }
}

impl Doctor {
    /// What people call them.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// A general practitioner who works Monday to Friday, wherever asked.
    pub fn new(id: &str) -> Doctor {
        Doctor {
            id: id.to_owned(),
            name: None,
            days: working_week(),
            weeks: Weeks::ALL,
            away: Vec::new(),
            half_days_per_week: None,
            half_days_per_cycle: None,
            specialty: None,
            remote: false,
            employer: None,
            born: None,
            departments: None,
            prefers: Vec::new(),
            refuses: Vec::new(),
        }
    }

    /// Whether they work on a half-day of the cycle.
    pub fn works(&self, week: u32, day: Day, half: Half) -> bool {
        let away = |away: &Away| away.weeks.contains(week) && away.half_days.contains(day, half);
        self.weeks.contains(week) && self.days.contains(day, half) && !self.away.iter().any(away)
    }

    /// Whether they are authorised in the department of a site.
    pub fn is_authorised(&self, site: &Site) -> bool {
        let here = department(&site.commune);
        self.departments.as_ref().is_none_or(|departments| departments.iter().any(|code| code == here))
    }
}

/// The department of a commune by its INSEE code: two characters, three overseas; of another code the whole of it.
pub(crate) fn department(code: &str) -> &str {
    let length = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
    code.get(..length).unwrap_or(code)
}
