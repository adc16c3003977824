//! What a turn restriction says, and whether to this vehicle.

use super::Rule;
use super::access::AccessRules;
use crate::pbf::Tags;

/// What a relation with these tags says of a turn; None when it does not concern the vehicle at all times.
///
/// `restriction:motorcar` comes before `restriction`, as with access tags; `except` lists those whom it does not
/// concern. Those that hold only at some hours are not applied: a time that holds all day cannot know them.
pub(super) fn rule(access: &AccessRules, tags: &Tags<'_>) -> Option<Rule> {
    let specific = || access.keys.iter().find_map(|key| tags.get(&format!("restriction:{}", key.plain)));
    let stated = specific().or_else(|| tags.get("restriction").filter(|_| !is_excepted(access, tags)))?;
    let has_hours = ["day_on", "day_off", "hour_on", "hour_off"].iter().any(|key| tags.get(key).is_some());
    match stated {
        _ if has_hours => None,
        no if no.starts_with("no_") => Some(Rule::No),
        only if only.starts_with("only_") => Some(Rule::Only),
        _ => None,
    }
}

fn is_excepted(access: &AccessRules, tags: &Tags<'_>) -> bool {
    let concerns = |value: &str| access.keys.iter().any(|key| key.plain == value.trim());
    tags.get("except").is_some_and(|except| except.split([';', ',']).any(concerns))
}
