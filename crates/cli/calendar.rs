//! A calendar made by hand, as a file has it.

use std::path::Path;

use medicobus_core::lang::Lang;
use medicobus_core::territory::{
    self, Published, PublishedSession, RuleKind, RuleName, SessionTable, Soft, Territory,
};

use crate::args::FromArgs;
use crate::exit::Failure;
use crate::{input, speak};

/// Reads a calendar of a territory, and tells its warnings.
pub(crate) fn read(path: &Path, territory: &Territory, lang: Lang) -> Result<SessionTable, Failure> {
    let table = territory::read_sessions(path, territory).map_err(|error| input::unreadable(&error, lang))?;
    for located in &table.warnings {
        speak::warning(&located.message(lang), lang);
    }
    Ok(table)
}

/// The calendar to start from, if one is named; how much of it may change becomes a rule of the territory.
pub(crate) fn start_from(
    args: &FromArgs,
    territory: &mut Territory,
    lang: Lang,
) -> Result<Option<Vec<PublishedSession>>, Failure> {
    let Some(path) = &args.calendar else { return Ok(None) };
    let sessions = read(path, territory, lang)?.sessions;
    if args.max_changes.is_some() || args.change_price.is_some() {
        let max_changes = args.max_changes;
        territory.published = Some(Published { sessions: sessions.clone(), max_changes });
        if let Some(price) = args.change_price {
            let soft = &mut territory.rules.soft;
            soft.retain(|soft| soft.rule.kind != RuleKind::Changes);
            soft.push(Soft { rule: RuleName::new(RuleKind::Changes, None), price });
        }
    }
    Ok(Some(sessions))
}
