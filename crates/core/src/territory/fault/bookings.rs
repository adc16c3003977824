//! What can be wrong with sessions that are required, forbidden or locked.

use super::Severity;
use super::texts::shown;
use crate::calendar::{Day, Half};
use crate::lang::Lang;
use crate::plan::text::{day as name_of_day, half as name_of_half};

/// What is wrong with a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BookingFault {
    /// It names no half-day.
    NoHalfDay,
    /// It names no week of the cycle.
    NoWeek,
    /// The key is for locked sessions.
    OnlyLocked,
    /// A locked session when its site is closed or its vehicle does not work.
    Closed {
        /// Week of the cycle.
        week: u32,
        /// Day of that week.
        day: Day,
        /// Morning or afternoon.
        half: Half,
    },
    /// A week without a half-day on which the required session could be.
    WeekClosed {
        /// Week of the cycle.
        week: u32,
    },
    /// A vehicle or doctor that another section has locked at the same time.
    Twice {
        /// Id of the vehicle or doctor.
        name: String,
        /// The section that locked it first, from 1.
        first: usize,
        /// Week of the cycle.
        week: u32,
        /// Day of that week.
        day: Day,
        /// Morning or afternoon.
        half: Half,
    },
    /// A locked session when its doctor does not work.
    DoctorAway {
        /// What people call them.
        doctor: String,
        /// Week of the cycle.
        week: u32,
        /// Day of that week.
        day: Day,
        /// Morning or afternoon.
        half: Half,
    },
    /// A locked session at a site that its doctor refuses, or is not authorised for.
    DoctorElsewhere {
        /// What people call them.
        doctor: String,
        /// Id of the site.
        site: String,
    },
    /// A locked session whose doctor does not do what it is for.
    OtherDoctor {
        /// What people call them.
        doctor: String,
        /// Id of the activity; None: general practice.
        activity: Option<String>,
    },
    /// An activity that does not take place at the site.
    NotAtSite {
        /// Id of the activity.
        activity: String,
        /// Id of the site.
        site: String,
    },
}

impl BookingFault {
    /// What a doctor can or will not do is a rule of its own: that the two conflict is told where a plan is sought.
    pub(super) fn severity(&self) -> Severity {
        match self {
            BookingFault::DoctorAway { .. } | BookingFault::DoctorElsewhere { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn french(&self) -> (String, &'static str) {
        use BookingFault as B;
        let slot = |week: &u32, day: &Day, half: &Half| {
            let (day, half) = (name_of_day(*day, Lang::Fr), name_of_half(*half, Lang::Fr));
            format!("{day} {half}, semaine {week}")
        };
        match self {
            B::NoHalfDay => ("aucune demi-journée n'est nommée".into(), "Donnez-en à half_days"),
            B::NoWeek => {
                ("aucune semaine du cycle n'est nommée".into(), "Corrigez weeks, ou retirez-la (toutes)")
            }
            B::OnlyLocked => (
                "doctor et activity ne valent que pour kind = \"locked\"".into(),
                "Retirez cette clé, ou changez kind",
            ),
            B::Closed { week, day, half } => (
                format!(
                    "cette séance est fixée quand son site ou son véhicule n'est pas là : {}",
                    slot(week, day, half)
                ),
                "Corrigez la section, ou ouvrez le site et le véhicule (open, weeks, days)",
            ),
            B::WeekClosed { week } => (
                format!("aucune de ces demi-journées n'est possible en semaine {week}"),
                "Corrigez la section, ou ouvrez le site et le véhicule (open, weeks, days)",
            ),
            B::Twice { name, first, week, day, half } => (
                format!(
                    "« {} » est déjà pris par la section [[booking]] n° {first} : {}",
                    shown(name),
                    slot(week, day, half)
                ),
                "Gardez l'une des deux séances",
            ),
            B::DoctorAway { doctor, week, day, half } => (
                format!(
                    "cette séance est fixée quand {} n'est pas disponible : {}",
                    shown(doctor),
                    slot(week, day, half)
                ),
                "Corrigez la section, ou les disponibilités du médecin (days, weeks, away)",
            ),
            B::DoctorElsewhere { doctor, site } => (
                format!(
                    "cette séance est fixée au site « {} », que {} refuse ou pour lequel il n'est pas autorisé",
                    shown(site),
                    shown(doctor)
                ),
                "Corrigez la section, ou refuses et departments du médecin",
            ),
            B::OtherDoctor { doctor, activity: Some(activity) } => (
                format!("{} n'exerce pas l'activité « {} »", shown(doctor), shown(activity)),
                "Corrigez doctor ou activity",
            ),
            B::OtherDoctor { doctor, activity: None } => (
                format!("{} n'exerce pas la médecine générale à bord", shown(doctor)),
                "Corrigez doctor, ou donnez l'activité de la séance (activity)",
            ),
            B::NotAtSite { activity, site } => (
                format!("l'activité « {} » n'a pas lieu au site « {} »", shown(activity), shown(site)),
                "Corrigez la section, ou ajoutez le site à cette activité",
            ),
        }
    }

    /// What is wrong, and the remedy.
    pub(super) fn english(&self) -> (String, &'static str) {
        use BookingFault as B;
        let slot = |week: &u32, day: &Day, half: &Half| {
            let (day, half) = (name_of_day(*day, Lang::En), name_of_half(*half, Lang::En));
            format!("{day} {half}, week {week}")
        };
        match self {
            B::NoHalfDay => ("no half-day is named".into(), "Give half_days some"),
            B::NoWeek => ("no week of the cycle is named".into(), "Correct weeks, or remove it (all)"),
            B::OnlyLocked => (
                "doctor and activity are only for kind = \"locked\"".into(),
                "Remove this key, or change kind",
            ),
            B::Closed { week, day, half } => (
                format!(
                    "this session is locked when its site or vehicle is not there: {}",
                    slot(week, day, half)
                ),
                "Correct the section, or open the site and the vehicle (open, weeks, days)",
            ),
            B::WeekClosed { week } => (
                format!("none of these half-days is possible in week {week}"),
                "Correct the section, or open the site and the vehicle (open, weeks, days)",
            ),
            B::Twice { name, first, week, day, half } => (
                format!(
                    "\"{}\" is already taken by [[booking]] {first}: {}",
                    shown(name),
                    slot(week, day, half)
                ),
                "Keep one of the two sessions",
            ),
            B::DoctorAway { doctor, week, day, half } => (
                format!(
                    "this session is locked when {} does not work: {}",
                    shown(doctor),
                    slot(week, day, half)
                ),
                "Correct the section, or when the doctor works (days, weeks, away)",
            ),
            B::DoctorElsewhere { doctor, site } => (
                format!(
                    "this session is locked at the site \"{}\", which {} refuses or is not authorised for",
                    shown(site),
                    shown(doctor)
                ),
                "Correct the section, or refuses and departments of the doctor",
            ),
            B::OtherDoctor { doctor, activity: Some(activity) } => (
                format!("{} does not do the activity \"{}\"", shown(doctor), shown(activity)),
                "Correct doctor or activity",
            ),
            B::OtherDoctor { doctor, activity: None } => (
                format!("{} does not do general practice on board", shown(doctor)),
                "Correct doctor, or give the activity of the session (activity)",
            ),
            B::NotAtSite { activity, site } => (
                format!(
                    "the activity \"{}\" does not take place at the site \"{}\"",
                    shown(activity),
                    shown(site)
                ),
                "Correct the section, or add the site to this activity",
            ),
        }
    }
}
