//! `[[doctor]]`: who works on board or at a distance, when and where.

use super::toml::Section;
use crate::calendar::{HalfDays, Weeks};
use crate::territory::fault::{Fault, Quantity};
use crate::territory::{Away, Doctor, Employer};

const EMPLOYERS: [&str; Employer::ALL.len()] =
    [Employer::ALL[0].code(), Employer::ALL[1].code(), Employer::ALL[2].code(), Employer::ALL[3].code()];

pub(super) fn doctors(root: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Doctor> {
    let sections = root.sections("doctor", faults).unwrap_or_default();
    sections.iter().enumerate().map(|(index, section)| doctor(section, index, faults)).collect()
}

fn doctor(section: &Section<'_>, index: usize, faults: &mut Vec<Fault>) -> Doctor {
    section.knows_only(
        &[
            "id",
            "name",
            "days",
            "weeks",
            "away",
            "half_days_per_week",
            "half_days_per_cycle",
            "specialty",
            "remote",
            "employer",
            "born",
            "departments",
            "prefers",
            "refuses",
        ],
        faults,
    );
    section.require(&["id"], faults);
    // A doctor whose name could not be read keeps their place, so that the lines of the others stay right.
    let nameless = format!("doctor[{index}]");
    let default = Doctor::new(section.text("id", faults).unwrap_or(&nameless));
    let employer = section.word("employer", &EMPLOYERS, faults);
    Doctor {
        name: section.text("name", faults).map(str::to_owned),
        days: section.half_days("days", faults).unwrap_or(default.days),
        weeks: section.weeks("weeks", faults).unwrap_or(default.weeks),
        away: away(section, faults),
        half_days_per_week: section.count("half_days_per_week", Quantity::HalfDaysPerWeek, faults),
        half_days_per_cycle: section.count("half_days_per_cycle", Quantity::HalfDays, faults),
        specialty: section.text("specialty", faults).map(str::to_owned),
        remote: section.boolean("remote", faults).unwrap_or(default.remote),
        employer: employer.and_then(|rank| Employer::ALL.get(rank).copied()),
        born: section.count("born", Quantity::Year, faults),
        departments: section.texts("departments", faults),
        prefers: section.texts("prefers", faults).unwrap_or_default(),
        refuses: section.texts("refuses", faults).unwrap_or_default(),
        ..default
    }
}

/// When a doctor is away; what cannot be read is no absence.
fn away(doctor: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Away> {
    let sections = doctor.sections("away", faults).unwrap_or_default();
    let absence = |section: &Section<'_>| {
        section.knows_only(&["weeks", "half_days"], faults);
        let weeks = section.weeks("weeks", faults);
        let half_days = section.half_days("half_days", faults);
        let unreadable = |key: &str, read_none: bool| section.has(key) && read_none;
        let lost = unreadable("weeks", weeks.is_none()) || unreadable("half_days", half_days.is_none());
        Away {
            weeks: if lost { Weeks::NONE } else { weeks.unwrap_or(Weeks::ALL) },
            half_days: half_days.unwrap_or(HalfDays::ALL),
        }
    };
    sections.iter().map(absence).collect()
}
