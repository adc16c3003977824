//! `[[activity]]`: what sessions are for besides general practice.

use super::toml::Section;
use crate::territory::fault::{ActivityFault, Fault, FaultKind, Quantity};
use crate::territory::{Activity, ActivityKind};

const KINDS: [&str; 3] = ["specialty", "prevention", "remote"];

pub(super) fn activities(root: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Activity> {
    let sections = root.sections("activity", faults).unwrap_or_default();
    sections.iter().enumerate().map(|(index, section)| activity(section, index, faults)).collect()
}

fn activity(section: &Section<'_>, index: usize, faults: &mut Vec<Fault>) -> Activity {
    section.knows_only(
        &["id", "name", "kind", "share", "at_least", "at_most", "sites", "consultations_per_half_day"],
        faults,
    );
    section.require(&["id", "kind"], faults);
    // An activity whose name could not be read keeps its place, so that the lines of the others stay right.
    let nameless = format!("activity[{index}]");
    let id = section.text("id", faults).unwrap_or(&nameless).to_owned();
    Activity {
        id,
        name: section.text("name", faults).map(str::to_owned),
        kind: kind(section, faults),
        share: section.number("share", faults).unwrap_or(1.0),
        at_least: section.count("at_least", Quantity::HalfDays, faults).unwrap_or(0),
        at_most: section.count("at_most", Quantity::HalfDays, faults),
        sites: section.texts("sites", faults),
    }
}

/// The kind of an activity; prevention, of which least follows, where it cannot be read.
fn kind(section: &Section<'_>, faults: &mut Vec<Fault>) -> ActivityKind {
    const CONSULTATIONS: &str = "consultations_per_half_day";
    let kind = section.word("kind", &KINDS, faults).and_then(|rank| KINDS.get(rank).copied());
    match kind {
        Some("remote") => {
            section.require(&[CONSULTATIONS], faults);
            let consultations = section.number(CONSULTATIONS, faults);
            return ActivityKind::Remote { consultations_per_half_day: consultations.unwrap_or(1.0) };
        }
        Some(kind) if section.has(CONSULTATIONS) => {
            let fault = ActivityFault::KeyOfAnotherKind { key: CONSULTATIONS, kind };
            section.note::<()>(CONSULTATIONS, FaultKind::Activity(fault), faults);
        }
        _ => {}
    }
    if kind == Some("specialty") { ActivityKind::Specialty } else { ActivityKind::Prevention }
}
