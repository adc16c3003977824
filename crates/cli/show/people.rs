//! How the visits of each site lie in the cycle, with whom, and which rules were relaxed at what price.

use medicobus_core::lang::Lang;
use medicobus_core::plan::{Plan, text};
use medicobus_core::territory::Territory;

use super::wrap;

/// The rhythm of each site, and what sessions at the same times would cost; nothing where there is none to tell.
pub(super) fn rhythm(plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let title = match lang {
        Lang::Fr => "Rythme des visites",
        Lang::En => "Rhythm of visits",
    };
    let mut lines = text::rhythm(plan, territory, lang);
    lines.extend(text::same_time_cost(plan, lang));
    section(title, &lines)
}

/// What was relaxed; nothing where no rule has a price.
pub(super) fn prices(plan: &Plan, territory: &Territory, lang: Lang) -> String {
    let title = match lang {
        Lang::Fr => "Règles assouplies",
        Lang::En => "Rules relaxed",
    };
    section(title, &text::prices(plan, territory, lang))
}

fn section(title: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let lines: String = lines.iter().map(|line| wrap::hanging("  ", "    ", line)).collect();
    format!("\n{title}\n{lines}")
}
