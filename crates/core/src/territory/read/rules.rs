//! `[rules]`: what a plan must respect, and what may be relaxed at a price.

use super::lookalike::closest;
use super::toml::Section;
use crate::territory::fault::{Fault, FaultKind, Quantity};
use crate::territory::{RuleKind, RuleName, Rules, Soft};

/// The names of all rules that can be relaxed or conflict.
const NAMES: [&str; RuleKind::ALL.len()] = {
    let mut names = [""; RuleKind::ALL.len()];
    let mut rank = 0;
    while rank < names.len() {
        names[rank] = RuleKind::ALL[rank].code();
        rank += 1;
    }
    names
};

pub(super) fn rules(section: &Section<'_>, faults: &mut Vec<Fault>) -> Rules {
    section.knows_only(
        &[
            "one_vehicle_per_site",
            "min_half_days_per_site",
            "max_half_days_per_site",
            "max_gap",
            "same_time",
            "doctors_per_site",
            "prevention_share",
            "soft",
        ],
        faults,
    );
    let default = Rules::default();
    let mut count = |key, quantity| section.count(key, quantity, faults);
    let min = count("min_half_days_per_site", Quantity::HalfDays);
    let max = count("max_half_days_per_site", Quantity::HalfDays);
    let max_gap = count("max_gap", Quantity::GapDays);
    let doctors_per_site = count("doctors_per_site", Quantity::DoctorsPerSite);
    Rules {
        one_vehicle_per_site: section
            .boolean("one_vehicle_per_site", faults)
            .unwrap_or(default.one_vehicle_per_site),
        min_half_days_per_site: min.unwrap_or(default.min_half_days_per_site),
        max_half_days_per_site: max.or(default.max_half_days_per_site),
        max_gap,
        same_time: section.boolean("same_time", faults),
        doctors_per_site,
        prevention_share: section.number("prevention_share", faults).unwrap_or(default.prevention_share),
        soft: soft(section, faults),
    }
}

/// The rules with a price, up to the first that cannot be read: each keeps the place that it has in the file.
fn soft(rules: &Section<'_>, faults: &mut Vec<Fault>) -> Vec<Soft> {
    let sections = rules.sections("soft", faults).unwrap_or_default();
    let read: Vec<Option<Soft>> = sections.iter().map(|section| priced(section, faults)).collect();
    read.into_iter().map_while(|soft| soft).collect()
}

fn priced(section: &Section<'_>, faults: &mut Vec<Fault>) -> Option<Soft> {
    section.knows_only(&["rule", "price"], faults);
    section.require(&["rule", "price"], faults);
    let price = section.number("price", faults);
    let name = section.text("rule", faults)?;
    let rule: RuleName = name.parse().ok().or_else(|| {
        let code = name.split_once(':').map_or(name, |(code, _)| code);
        let (text, lookalike) = (code.to_owned(), closest(code, &NAMES));
        section.note("rule", FaultKind::NotOneOf { text, lookalike, known: &NAMES }, faults)
    })?;
    Some(Soft { rule, price: price? })
}
