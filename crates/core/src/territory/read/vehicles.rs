//! `[[vehicle]]`: the médicobus.

use medicobus_roads::Position;
use toml::de::DeValue;

use super::toml::{Section, number};
use crate::territory::fault::{Expected, Fault, Quantity};
use crate::territory::{Base, Vehicle};

pub(super) fn vehicles(root: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Vehicle> {
    if !root.has("vehicle") {
        root.missing::<()>("vehicle", faults);
    }
    let sections = root.sections("vehicle", faults).unwrap_or_default();
    sections.iter().enumerate().map(|(index, section)| vehicle(section, index, faults)).collect()
}

fn vehicle(section: &Section<'_>, index: usize, faults: &mut Vec<Fault>) -> Vehicle {
    section.knows_only(
        &["id", "base", "days", "weeks", "morning", "afternoon", "half_days_per_week", "max_drive_per_day"],
        faults,
    );
    section.require(&["id", "base"], faults);
    // A vehicle whose name could not be read keeps its place, so that the lines of the others stay right.
    let nameless = format!("vehicle[{index}]");
    let id = section.text("id", faults).unwrap_or(&nameless);
    let nowhere = Base::At(Position { lat: 0.0, lon: 0.0 });
    let default = Vehicle::new(id, base(section, faults).unwrap_or(nowhere));
    Vehicle {
        days: section.half_days("days", faults).unwrap_or(default.days),
        weeks: section.weeks("weeks", faults).unwrap_or(default.weeks),
        morning: section.hours("morning", faults),
        afternoon: section.hours("afternoon", faults),
        half_days_per_week: section.count("half_days_per_week", Quantity::HalfDaysPerWeek, faults),
        max_drive_per_day: section.duration("max_drive_per_day", faults).unwrap_or(default.max_drive_per_day),
        ..default
    }
}

fn base(section: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Base> {
    let value = section.value("base")?;
    let base = match value {
        DeValue::String(code) => Some(Base::Commune(code.to_string())),
        DeValue::Array(items) => match items.as_ref() {
            [lat, lon] => number(lat.get_ref())
                .zip(number(lon.get_ref()))
                .map(|(lat, lon)| Base::At(Position { lat, lon })),
            _ => None,
        },
        _ => None,
    };
    base.or_else(|| section.wrong("base", Expected::Base, value, faults))
}
