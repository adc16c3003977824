//! Messages in English.

use super::kind::{Expected, FaultKind as K, First, Named, Unreadable};
use super::texts::{bytes, count, interval, number, shown};
use super::{Fault, Quantity};
use crate::territory::duration::written;

fn quantity(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Latitude => "the latitude",
        Quantity::Longitude => "the longitude",
        Quantity::Population => "the population",
        Quantity::Patients => "the number of patients",
        Quantity::CycleWeeks => "the number of weeks of the cycle",
        Quantity::WeeksPerYear => "the number of weeks of activity a year",
        Quantity::Weight | Quantity::ObjectiveWeight => "the weight",
        Quantity::VisitsPerYear => "the number of consultations a patient needs a year",
        Quantity::Consultations => "the number of consultations a half-day",
        Quantity::Share | Quantity::FirstShare => "the share",
        Quantity::HalfDaysPerWeek => "the number of half-days a week",
        Quantity::HalfDays => "the number of half-days a cycle",
        Quantity::UnscheduledShare | Quantity::PreventionShare | Quantity::ActivityShare => "the share",
        Quantity::Year => "the year",
        Quantity::EveryWeeks => "the number of weeks from one visit to the next",
        Quantity::Visits => "the number of visits a cycle",
        Quantity::GapDays => "the number of days between two visits",
        Quantity::DoctorsPerSite => "the number of doctors a site",
        Quantity::Changes => "the number of changes",
        Quantity::Price => "the price",
        Quantity::TripSeconds => "the trip's duration in seconds",
        Quantity::TripMetres => "the trip's length in metres",
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "a text in quotation marks",
        Expected::Files => "a path in quotation marks, or a list of them, [\"a.osm.pbf\", \"b.osm.pbf\"]",
        Expected::Number => "a number",
        Expected::WholeNumber => "a whole number",
        Expected::Boolean => "true or false",
        Expected::Section => "a section, [name] or { ... }",
        Expected::Sections => "a list of sections, [[name]] or [{ ... }, ...]",
        Expected::HalfDays => "a list of half-days, [\"mon\", \"tue-am\"]",
        Expected::Weeks => "a list of weeks, [1, 3], or \"odd\" or \"even\"",
        Expected::Texts => "a list of texts, [\"26\", \"07\"]",
        Expected::Capacity => "a number or \"unlimited\"",
        Expected::Base => "a commune's code, \"26325\", or a position, [45.28, 4.82]",
    }
}

fn found(toml_type: &str) -> &'static str {
    match toml_type {
        "string" => "a text",
        "integer" => "a whole number",
        "float" => "a number with decimals",
        "boolean" => "true or false",
        "datetime" => "a date or time",
        "array" => "a list",
        _ => "a section",
    }
}

const fn named(named: Named) -> &'static str {
    match named {
        Named::Vehicle => "vehicle",
        Named::Site => "site",
        Named::Doctor => "doctor",
        Named::Activity => "activity",
    }
}

fn lookalike(code: Option<&String>) -> String {
    code.map_or_else(String::new, |code| format!("; did you mean {:?}?", shown(code)))
}

fn list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| shown(name.as_ref())).collect::<Vec<_>>().join(", ")
}

pub(super) fn what(fault: &Fault) -> String {
    let label = shown(&fault.place.label());
    match &fault.kind {
        K::Unreadable(Unreadable::Missing) => "there is no such file".into(),
        K::Unreadable(Unreadable::Folder) => "this is a folder, not a file".into(),
        K::Unreadable(Unreadable::Forbidden) => "this file may not be read".into(),
        K::Unreadable(Unreadable::Other(why)) => format!("this file could not be read ({})", shown(why)),
        K::TooLarge { limit } => format!("this file is larger than {}", bytes(*limit)),
        K::TooManyRows { limit } => format!("this table has more than {limit} rows"),
        K::LineTooLong { limit } => format!("this line is longer than {}", bytes(*limit)),
        K::NotUtf8 => "the text is not UTF-8".into(),
        K::Binary => "this is not a text file".into(),
        K::EmptyFile => "this file is empty".into(),
        K::NoRows => "this table has nothing under its header".into(),
        K::MissingColumns { missing, .. } => format!("missing columns: {}", list(missing)),
        K::DuplicateColumn(name) => format!("the column \"{}\" is there twice", shown(name)),
        K::UnknownColumn { name, .. } => format!("the column \"{}\" is unknown; it is not read", shown(name)),
        K::RaggedRow { expected, found } => {
            format!("this row has {} instead of {expected}", count(*found as u64, "cell", "cells"))
        }
        K::UnclosedQuote => "a quotation mark opens and does not close on this line".into(),
        K::NotANumber(text) => format!("{label}: \"{}\" is not a number", shown(text)),
        K::NotWhole(text) => format!("{label}: \"{}\" is not a whole number", shown(text)),
        K::Blank => format!("{label} is empty"),
        K::UnknownCount => format!("the number of {label} patients is empty; unknown does not mean none"),
        K::NotAHalfDay(word) => format!("{label}: \"{}\" is not a half-day", shown(word)),
        K::HalfPosition => "the position has only one of its two coordinates".into(),
        K::Syntax(message) => format!("this is not TOML ({})", shown(message)),
        K::UnknownKey { lookalike: Some(key), .. } => {
            format!("the key {label} is unknown; did you mean \"{key}\"?")
        }
        K::UnknownKey { .. } => format!("the key {label} is unknown"),
        K::MissingKey => format!("the key {label} is missing"),
        K::WrongType { expected: e, found: f } => {
            format!("{label} must be {}, not {}", expected(*e), found(f))
        }
        K::NotADuration(text) => format!("{label}: \"{}\" is not a duration", shown(text)),
        K::BareDuration(text) => format!("{label}: the duration {} has no unit", shown(text)),
        K::NotHours(text) => format!("{label}: \"{}\" is not a pair of clock times", shown(text)),
        K::TwoCapacities => "both consultations_per_half_day and consultation are given".into(),
        K::SetupFillsSession { setup, session } => {
            format!("setting up ({}) takes the whole half-day ({})", written(*setup), written(*session))
        }
        K::NoConsultationTime => "a consultation would take no time".into(),
        K::OutOfRange { quantity: q, value } if value.is_finite() => {
            format!("{} {} is outside {}", quantity(*q), number(*value), interval(*q))
        }
        K::OutOfRange { quantity: q, value } => {
            format!("{} {} is not a finite number", quantity(*q), number(*value))
        }
        K::Duplicate { name, first: First::Line(line) } => {
            format!("\"{}\" is already on line {line}", shown(name))
        }
        K::Duplicate { name, first: First::Place(place) } => {
            format!("\"{}\" is already at {place}", shown(name))
        }
        K::UnknownCommune { code, lookalike: like } => {
            format!("no commune has the code \"{}\"{}", shown(code), lookalike(like.as_ref()))
        }
        K::UnknownBase { code, lookalike: like } => format!(
            "the base \"{}\" is neither a commune of the territory nor a place of the travel times{}",
            shown(code),
            lookalike(like.as_ref())
        ),
        K::CodeOfAnotherCommune(id) => {
            format!("the site \"{}\" bears the code of another commune than its own", shown(id))
        }
        K::ReservedName(name) => {
            format!("\"{}\" starts with \"base:\", which is kept for bases", shown(name))
        }
        K::MinOverMax { min, max } => {
            format!("the least number of half-days ({min}) is above the most ({max})")
        }
        K::NoBand => "there is no band of reach: nobody would come".into(),
        K::BandNotFurther { within, previous } => {
            format!(
                "the band of {} goes no further than the one before ({})",
                written(*within),
                written(*previous)
            )
        }
        K::ShareNotLower { share, previous } => {
            format!("the share {} is not below the one before ({})", number(*share), number(*previous))
        }
        K::TooLong { duration, most } => {
            format!("{label}: {} is more than {}", written(*duration), written(*most))
        }
        K::NoObjective => "both reached and followed are zero: there would be nothing to maximise".into(),
        K::EndsBeforeStart { start, end } => {
            format!("{label}: the end ({end}) is not after the start ({start})")
        }
        K::PastMidnight(end) => format!("{label}: the end ({end}) is after midnight"),
        K::AfternoonTooEarly { morning_end, afternoon_start } => {
            format!("the afternoon starts ({afternoon_start}) before the morning ends ({morning_end})")
        }
        K::LunchTooLong { lunch, gap } => format!(
            "the break of {} is longer than the time between morning and afternoon ({})",
            written(*lunch),
            written(*gap)
        ),
        K::NoCommune => "the territory has no commune".into(),
        K::NoVehicle => "the territory has no vehicle".into(),
        K::NoSite => "the territory has no site: nothing can be served".into(),
        K::NeverWorks => "this vehicle works on no half-day".into(),
        K::NeverOpen => "this site is open on no half-day".into(),
        K::UnknownZone { zone, communes } => {
            let communes = count(*communes as u64, "commune", "communes");
            format!("the zone \"{}\" is unknown ({communes})", shown(zone))
        }
        K::LostZero { code, communes } => {
            let communes = count(*communes as u64, "commune", "communes");
            format!("the code \"{}\" seems to have lost its leading zero ({communes})", shown(code))
        }
        K::TimesOfUnknownPlaces { places, examples } => format!(
            "the travel times name {} that the territory does not know: {}{}",
            count(*places as u64, "place", "places"),
            list(examples),
            if examples.len() < *places { ", ..." } else { "" }
        ),
        K::SitesWithoutTimes { sites, examples } => format!(
            "no travel time leads to {}: {}{}",
            count(*sites as u64, "site", "sites"),
            list(examples),
            if examples.len() < *sites { ", ..." } else { "" }
        ),
        K::NotAWeek(text) => format!("{label}: \"{}\" is not a week", shown(text)),
        K::NotYesOrNo(text) => format!("{label}: \"{}\" is neither yes nor no", shown(text)),
        K::NotADay(text) => format!("{label}: \"{}\" is not a day", shown(text)),
        K::NotAHalf(text) => format!("{label}: \"{}\" is neither morning nor afternoon", shown(text)),
        K::NotOneOf { text, lookalike: Some(known), .. } => {
            format!("{label}: \"{}\" is unknown; did you mean \"{known}\"?", shown(text))
        }
        K::NotOneOf { text, .. } => format!("{label}: \"{}\" is unknown", shown(text)),
        K::UnknownName { of, name, lookalike: like } => {
            format!("no {} has the name \"{}\"{}", named(*of), shown(name), lookalike(like.as_ref()))
        }
        K::WeekOutsideCycle { week, cycle_weeks } => format!(
            "{label}: week {week} is outside the cycle, which has {}",
            count(u64::from(*cycle_weeks), "week", "weeks")
        ),
        K::Rhythm(fault) => fault.english().0,
        K::Doctor(fault) => fault.english().0,
        K::Activity(fault) => fault.english().0,
        K::Booking(fault) => fault.english().0,
        K::Price(fault) => fault.english().0,
        K::Idle(why) => why.english(&label).0,
        K::More { errors, warnings } => format!(
            "not listed: {} and {}",
            count(*errors, "more error", "more errors"),
            count(*warnings, "more warning", "more warnings")
        ),
    }
}

pub(super) fn remedy(fault: &Fault) -> String {
    match &fault.kind {
        K::Unreadable(Unreadable::Missing) => "Check its name and folder".into(),
        K::Unreadable(Unreadable::Folder) => "Give the name of the file in it".into(),
        K::Unreadable(_) => "Check its access rights and the disk".into(),
        K::TooLarge { .. } | K::TooManyRows { .. } => {
            "Check that it is the right file, or make the territory smaller".into()
        }
        K::LineTooLong { .. } => "Check that it is a CSV table, one record a line".into(),
        K::NotUtf8 => "Save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")".into(),
        K::Binary => "Export the table as CSV (UTF-8); a workbook or an archive cannot be read".into(),
        K::EmptyFile => "Fill it, or give another file".into(),
        K::NoRows => "Add at least one row".into(),
        K::MissingColumns { lookalikes, .. } if !lookalikes.is_empty() => {
            let renames = lookalikes.iter().map(|l| format!("\"{}\" to \"{}\"", shown(&l.found), l.expected));
            format!("Rename {}, add the others", renames.collect::<Vec<_>>().join(", "))
        }
        K::MissingColumns { .. } => "Add them, with their names on the first line".into(),
        K::DuplicateColumn(_) => "Keep one of them".into(),
        K::UnknownColumn { lookalike: Some(column), .. } => format!("Rename it to \"{column}\" if that is meant"),
        K::UnknownColumn { .. } => "Correct its name, or leave it if only you need it".into(),
        K::RaggedRow { .. } => "Quote the cells that contain the separator, fill in the others".into(),
        K::UnclosedQuote => "Close the quotation mark; a cell stays on one line".into(),
        K::NotANumber(_) => "Write a number, without spaces or unit".into(),
        K::NotWhole(_) => "Write a whole number".into(),
        K::Blank => "Give a value".into(),
        K::UnknownCount => "Fill it in, or write 0 if there is really nobody".into(),
        K::NotAHalfDay(_) => {
            "Write mon, tue, wed, thu, fri, sat or sun, followed by -am (morning) or -pm (afternoon) if need be".into()
        }
        K::HalfPosition => "Give both lat and lon, or neither (the site is then at its commune's centre)".into(),
        K::Syntax(message) if message.contains("duplicate key") => "Keep this key once".into(),
        K::Syntax(_) => "Write key = value, texts in straight quotation marks".into(),
        K::UnknownKey { known, .. } => format!("The keys known here are: {}", list(known)),
        K::MissingKey => "Add it".into(),
        K::WrongType { .. } => "Correct the value".into(),
        K::NotADuration(_) | K::BareDuration(_) => "Write \"75min\", \"1h30\" or \"90s\" for instance".into(),
        K::NotHours(_) => "Write \"09:00-13:00\" for instance".into(),
        K::TwoCapacities => "Keep one of them".into(),
        K::SetupFillsSession { .. } => "Shorten the setup or lengthen the half-day".into(),
        K::NoConsultationTime => "Give first and follow_up a duration above zero".into(),
        K::OutOfRange { quantity: Quantity::Latitude | Quantity::Longitude, .. } => {
            "Correct the coordinate (decimal degrees, WGS84)".into()
        }
        K::OutOfRange { quantity: q, .. } => format!("Give a value in {}", interval(*q)),
        K::Duplicate { .. } => "Keep only one".into(),
        K::UnknownCommune { .. } => "Correct the code, or add the commune to the list".into(),
        K::UnknownBase { .. } => "Add the commune, or give the base's position: [latitude, longitude]".into(),
        K::CodeOfAnotherCommune(_) | K::ReservedName(_) => "Choose another name".into(),
        K::MinOverMax { .. } => "Lower the least or raise the most".into(),
        K::NoBand => "Give at least one band, { within = \"20min\", share = 1.0 }".into(),
        K::BandNotFurther { .. } | K::ShareNotLower { .. } => {
            "Order the bands from the nearest to the furthest, shares falling".into()
        }
        K::TooLong { .. } => "Shorten it".into(),
        K::NoObjective => "Give one of them a weight above zero".into(),
        K::EndsBeforeStart { .. } | K::PastMidnight(_) | K::AfternoonTooEarly { .. } => "Correct the hours".into(),
        K::LunchTooLong { .. } => "Shorten the break or start the afternoon later".into(),
        K::NoCommune => "List at least one commune".into(),
        K::NoVehicle => "Add a [[vehicle]] section".into(),
        K::NoSite => "Add a site, or give a commune the zone ZIP or ZAC".into(),
        K::NeverWorks => "Give it days and half-days, unless this is meant".into(),
        K::NeverOpen => "Give its opening half-days, unless this is meant".into(),
        K::UnknownZone { .. } => "Write ZIP, ZAC, ZAP, ZAR, ZV or HZ, or leave it empty".into(),
        K::LostZero { .. } => "Write all five characters; in a spreadsheet, format the column as text".into(),
        K::TimesOfUnknownPlaces { .. } => "Check their names: commune codes, site ids, base:VEHICLE".into(),
        K::SitesWithoutTimes { .. } => "Complete the table of times: without them nobody reaches these sites".into(),
        K::NotAWeek(_) => "Write numbers from 1 to 52, or \"odd\" or \"even\"".into(),
        K::NotYesOrNo(_) => "Write yes or no".into(),
        K::NotADay(_) => "Write mon, tue, wed, thu, fri, sat or sun".into(),
        K::NotAHalf(_) => "Write am or pm".into(),
        K::NotOneOf { known, .. } => format!("Write one of: {}", list(known)),
        K::UnknownName { .. } => "Correct the name, or add what bears it".into(),
        K::WeekOutsideCycle { .. } => "Correct the week, or lengthen the cycle (cycle_weeks)".into(),
        K::Rhythm(fault) => fault.english().1.into(),
        K::Doctor(fault) => fault.english().1.into(),
        K::Activity(fault) => fault.english().1.into(),
        K::Booking(fault) => fault.english().1.into(),
        K::Price(fault) => fault.english().1.into(),
        K::Idle(why) => why.english("").1.into(),
        K::More { .. } => "Correct the listed ones first".into(),
    }
}
