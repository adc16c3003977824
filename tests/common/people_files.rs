//! What people decide of a territory, written as the files that a coordinator would hold.

use std::fmt::Write;

use medicobus_core::Territory;
use medicobus_core::territory::{ActivityKind, BookingKind, Doctor, GENERAL};

use super::{header, listed, row};

/// Rules, doctors, activities, bookings and the published calendar, after `[rules]`.
pub(super) fn rules(territory: &Territory) -> String {
    let rules = &territory.rules;
    let mut text = String::new();
    for (key, value) in [("max_gap", rules.max_gap), ("doctors_per_site", rules.doctors_per_site)] {
        if let Some(value) = value {
            writeln!(text, "{key} = {value}").unwrap();
        }
    }
    if let Some(same_time) = rules.same_time {
        writeln!(text, "same_time = {same_time}").unwrap();
    }
    if territory.activities.iter().any(|activity| activity.kind == ActivityKind::Prevention) {
        writeln!(text, "prevention_share = {:?}", rules.prevention_share).unwrap();
    }
    if !rules.soft.is_empty() {
        let price = |soft: &medicobus_core::territory::Soft| {
            format!("{{ rule = \"{}\", price = {:?} }}", soft.rule, soft.price)
        };
        let prices: Vec<String> = rules.soft.iter().map(price).collect();
        writeln!(text, "soft = [{}]", prices.join(", ")).unwrap();
    }
    text
}

/// The sections of doctors, activities and bookings, and that of the published calendar.
pub(super) fn sections(territory: &Territory) -> String {
    let mut text: String = territory.doctors.iter().map(|of| doctor(of, territory)).collect();
    text.push_str(&activities(territory));
    text.push_str(&bookings(territory));
    if let Some(published) = &territory.published {
        text.push_str("[published]\nfile = \"sessions.csv\"\n");
        if let Some(most) = published.max_changes {
            writeln!(text, "max_changes = {most}").unwrap();
        }
    }
    text
}

fn doctor(doctor: &Doctor, territory: &Territory) -> String {
    let cycle_weeks = territory.calendar.cycle_weeks;
    let mut text = format!("[[doctor]]\nid = \"{}\"\ndays = {:?}\n", doctor.id, doctor.days.words());
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(text, "{key} = {value}").unwrap();
        }
    };
    let weeks = |weeks| listed(weeks, cycle_weeks, ", ").map(|weeks| format!("[{weeks}]"));
    let away = |away: &medicobus_core::territory::Away| {
        let weeks = weeks(away.weeks).map_or_else(String::new, |weeks| format!("weeks = {weeks}, "));
        format!("{{ {weeks}half_days = {:?} }}", away.half_days.words())
    };
    let away: Vec<String> = doctor.away.iter().map(away).collect();
    line("name", doctor.name.as_ref().map(|name| format!("{name:?}")));
    line("weeks", weeks(doctor.weeks));
    line("away", (!away.is_empty()).then(|| format!("[{}]", away.join(", "))));
    line("half_days_per_week", doctor.half_days_per_week.map(|most| most.to_string()));
    line("half_days_per_cycle", doctor.half_days_per_cycle.map(|most| most.to_string()));
    line("specialty", doctor.specialty.as_ref().map(|of| format!("{of:?}")));
    line("remote", doctor.remote.then(|| "true".to_owned()));
    line("departments", doctor.departments.as_ref().map(|codes| format!("{codes:?}")));
    line("prefers", (!doctor.prefers.is_empty()).then(|| format!("{:?}", doctor.prefers)));
    line("refuses", (!doctor.refuses.is_empty()).then(|| format!("{:?}", doctor.refuses)));
    text
}

fn activities(territory: &Territory) -> String {
    let mut text = String::new();
    for activity in &territory.activities {
        let kind = match activity.kind {
            ActivityKind::Specialty => format!("\"specialty\"\nshare = {:?}", activity.share),
            ActivityKind::Prevention => format!("\"prevention\"\nshare = {:?}", activity.share),
            ActivityKind::Remote { consultations_per_half_day: given } => {
                format!("\"remote\"\nconsultations_per_half_day = {given:?}")
            }
        };
        writeln!(text, "[[activity]]\nid = \"{}\"\nkind = {kind}", activity.id).unwrap();
        if let Some(name) = &activity.name {
            writeln!(text, "name = {name:?}").unwrap();
        }
        writeln!(text, "at_least = {}", activity.at_least).unwrap();
        if let Some(most) = activity.at_most {
            writeln!(text, "at_most = {most}").unwrap();
        }
        if let Some(sites) = &activity.sites {
            writeln!(text, "sites = {sites:?}").unwrap();
        }
    }
    text
}

fn bookings(territory: &Territory) -> String {
    let mut text = String::new();
    for booking in &territory.bookings {
        let kind = match booking.kind {
            BookingKind::Required => "required",
            BookingKind::Forbidden => "forbidden",
            BookingKind::Locked => "locked",
        };
        writeln!(text, "[[booking]]\nkind = \"{kind}\"").unwrap();
        let named = [("vehicle", &booking.vehicle), ("site", &booking.site), ("doctor", &booking.doctor)];
        for (key, name) in named.into_iter().chain([("activity", &booking.activity)]) {
            if let Some(name) = name {
                writeln!(text, "{key} = {name:?}").unwrap();
            }
        }
        if let Some(weeks) = listed(booking.weeks, territory.calendar.cycle_weeks, ", ") {
            writeln!(text, "weeks = [{weeks}]").unwrap();
        }
        writeln!(text, "half_days = {:?}", booking.half_days.words()).unwrap();
    }
    text
}

/// The published calendar as a table; None where there is none.
pub(super) fn sessions(territory: &Territory) -> Option<Vec<Vec<String>>> {
    let published = territory.published.as_ref()?;
    let mut rows = header("vehicle week day half site doctor activity specialist");
    for session in &published.sessions {
        let named = |id: &Option<String>| id.clone().unwrap_or_default();
        let activity = session.activity.clone().unwrap_or_else(|| GENERAL.to_owned());
        rows.push(row(&[
            &session.vehicle,
            &session.week,
            &session.day,
            &session.half,
            &session.site,
            &named(&session.doctor),
            &activity,
            &named(&session.specialist),
        ]));
    }
    Some(rows)
}
