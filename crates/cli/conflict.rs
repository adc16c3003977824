//! Rules that conflict, as the person is told: each in words, by name and line, and what setting it aside would bring.

use medicobus_core::conflict::{Conflict, Conflicting, Without};
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::{number, rule};
use medicobus_core::territory::{RuleKind, RuleName, Sources};

use crate::exit::{Exit, Failure};
use crate::input::Input;
use crate::show::wrap;

/// Rules told at most where it is not known which of them matter.
const TOLD: usize = 6;

/// What the command asked for, where no plan was found.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) input: &'a Input,
    /// Rules that the best attempt breaks.
    pub(crate) broken: &'a [RuleName],
    /// What the calendar to start from is worth, if there is one.
    pub(crate) calendar: Option<f64>,
    pub(crate) lang: Lang,
}

/// No plan keeps the rules of this territory.
pub(crate) fn failure(conflict: &Conflict, asked: Asked<'_>) -> Failure {
    let lang = asked.lang;
    let mut message = wrap::paragraph(title(conflict, lang));
    let mut rules: Vec<&Conflicting> = conflict.rules.iter().collect();
    if !conflict.needed {
        rules.sort_by_key(|conflicting| !asked.broken.contains(&conflicting.rule));
    }
    let told = if conflict.needed { rules.len() } else { rules.len().min(TOLD) };
    for conflicting in &rules[..told] {
        let besides = brings(conflicting, conflict, asked);
        message.push_str(&wrap::hanging("  - ", "    ", &(sentence(conflicting, asked) + &besides)));
    }
    if rules.len() > told {
        message.push_str(&match lang {
            Lang::Fr => format!("  - et {} autres règles\n", rules.len() - told),
            Lang::En => format!("  - and {} other rules\n", rules.len() - told),
        });
    }
    if let Some(doubt) = doubt(conflict, lang) {
        message.push_str(&wrap::paragraph(doubt));
    }
    let can_be_soft = conflict.rules.iter().any(|conflicting| conflicting.rule.kind.can_be_soft());
    let remedy = remedy(conflict, lang);
    if !can_be_soft {
        message.push_str(wrap::paragraph(&format!("{remedy}.")).trim_end());
        return Failure::new(Exit::Conflict, message);
    }
    let colon = match lang {
        Lang::Fr => ", ou donnez-lui un prix dans [rules] :",
        Lang::En => ", or give it a price in [rules]:",
    };
    message.push_str(&wrap::paragraph(&format!("{remedy}{colon}")));
    // Fit to be copied, with a name from above.
    message.push_str("  soft = [{ rule = \"...\", price = ... }]");
    Failure::new(Exit::Conflict, message)
}

const fn title(conflict: &Conflict, lang: Lang) -> &'static str {
    match (conflict.needed, conflict.proven, conflict.rules.len(), lang) {
        (false, true, _, Lang::Fr) => {
            "Aucun plan ne respecte toutes les règles. Celles qui s'opposent sont parmi :"
        }
        (false, true, _, Lang::En) => "No plan keeps all rules. Those that conflict are among:",
        (false, false, _, Lang::Fr) => {
            "Aucun plan qui respecte toutes les règles n'a été trouvé dans les limites données, sans preuve qu'il n'y \
             en ait pas. Celles qui s'opposent sont parmi :"
        }
        (false, false, _, Lang::En) => {
            "No plan that keeps all rules was found within the limits, without a proof that there is none. Those that \
             conflict are among:"
        }
        (true, true, 1, Lang::Fr) => "Aucun plan ne respecte cette règle avec celles qui valent toujours :",
        (true, true, _, Lang::Fr) => "Aucun plan ne respecte à la fois ces règles :",
        (true, true, 1, Lang::En) => "No plan keeps this rule beside those that always hold:",
        (true, true, _, Lang::En) => "No plan keeps these rules together:",
        (true, false, 1, Lang::Fr) => {
            "Aucun plan qui respecte cette règle avec celles qui valent toujours n'a été trouvé dans les limites \
             données, sans preuve qu'il n'y en ait pas :"
        }
        (true, false, _, Lang::Fr) => {
            "Aucun plan qui respecte à la fois ces règles n'a été trouvé dans les limites données, sans preuve \
             qu'il n'y en ait pas :"
        }
        (true, false, 1, Lang::En) => {
            "No plan that keeps this rule beside those that always hold was found within the limits, without a proof \
             that there is none:"
        }
        (true, false, _, Lang::En) => {
            "No plan that keeps these rules together was found within the limits, without a proof that there is none:"
        }
    }
}

/// What is not known of a conflict, if anything.
const fn doubt(conflict: &Conflict, lang: Lang) -> Option<&'static str> {
    match (conflict.needed, conflict.smallest, lang) {
        (false, _, Lang::Fr) => Some(
            "La recherche s'est arrêtée avant d'ôter de cette liste les règles qui n'y sont pour rien ; plus de temps \
             (--time-limit) le permet.",
        ),
        (false, _, Lang::En) => Some(
            "The search ended before the rules that do not matter were taken from this list; more time (--time-limit) \
             does that.",
        ),
        (true, false, Lang::Fr) => {
            Some("Chacune est nécessaire à ce conflit ; un conflit de moins de règles n'est pas exclu.")
        }
        (true, false, Lang::En) => {
            Some("This conflict needs each of them; one of fewer rules is not excluded.")
        }
        (true, true, _) => None,
    }
}

/// What to do, up to the price that a rule may be given.
fn remedy(conflict: &Conflict, lang: Lang) -> &'static str {
    let no_plan = conflict.rules.iter().filter(|of| of.without == Without::NoPlan).count();
    match (conflict.rules.len(), no_plan, lang) {
        (1, 0, Lang::Fr) => "Changez-la",
        (1, 0, Lang::En) => "Change it",
        (_, 0, Lang::Fr) => "Changez l'une d'elles",
        (_, 0, Lang::En) => "Change one of them",
        (1, _, Lang::Fr) => "Elle ne suffit pas : changez-la, puis relancez pour voir l'autre conflit",
        (1, _, Lang::En) => "It is not enough: change it, then start again to see the other conflict",
        (all, none, Lang::Fr) if all == none => {
            "Aucune ne suffit seule : changez-en une, puis relancez pour voir l'autre conflit"
        }
        (all, none, Lang::En) if all == none => {
            "None is enough alone: change one, then start again to see the other conflict"
        }
        (_, _, Lang::Fr) => "Changez l'une de celles sans lesquelles un plan est trouvé",
        (_, _, Lang::En) => "Change one of those without which a plan is found",
    }
}

/// `Albon : une séance au moins (required_site:26002 ; sites.csv, ligne 2).`
fn sentence(conflicting: &Conflicting, Asked { input, lang, .. }: Asked<'_>) -> String {
    let name = &conflicting.rule;
    let what = rule(name, input.problem.territory(), lang);
    let separator = match lang {
        Lang::Fr => "\u{a0}; ",
        Lang::En => "; ",
    };
    let place = place(conflicting, &input.sources, lang);
    let place = place.map_or_else(String::new, |place| separator.to_owned() + &place);
    format!("{what} ({name}{place}).")
}

/// ` Sans cette règle, le meilleur plan trouvé vaut 15 880, soit 558 de moins que sans locked:1.`
fn brings(conflicting: &Conflicting, conflict: &Conflict, Asked { calendar, lang, .. }: Asked<'_>) -> String {
    match (conflicting.without, lang) {
        (Without::Worth(value), _) => {
            let told = number(value, 0, lang);
            let beside = match calendar {
                Some(calendar) => beside_calendar(value - calendar, lang),
                None => beside_best(value, conflict, lang),
            };
            match lang {
                Lang::Fr => format!(" Sans cette règle, le meilleur plan trouvé vaut {told}{beside}."),
                Lang::En => format!(" Without this rule, the best plan found is worth {told}{beside}."),
            }
        }
        (Without::NoPlan, Lang::Fr) => {
            " Sans cette seule règle, toujours aucun plan\u{a0}: d'autres s'opposent aussi.".to_owned()
        }
        (Without::NoPlan, Lang::En) => {
            " Without this rule alone, still no plan: others conflict, too.".to_owned()
        }
        (Without::NotFound, _) if !conflict.needed => String::new(),
        (Without::NotFound, Lang::Fr) => {
            " Le temps a manqué pour trouver un plan sans cette règle.".to_owned()
        }
        (Without::NotFound, Lang::En) => {
            " There was no time left to find a plan without this rule.".to_owned()
        }
    }
}

/// `, soit 320 de plus que le calendrier`.
fn beside_calendar(more: f64, lang: Lang) -> String {
    let told = number(more.abs(), 0, lang);
    match (more.round() as i64, lang) {
        (0, Lang::Fr) => ", autant que le calendrier".to_owned(),
        (0, Lang::En) => ", as much as the calendar".to_owned(),
        (1.., Lang::Fr) => format!(", soit {told} de plus que le calendrier"),
        (1.., Lang::En) => format!(", {told} more than the calendar"),
        (_, Lang::Fr) => format!(", soit {told} de moins que le calendrier"),
        (_, Lang::En) => format!(", {told} less than the calendar"),
    }
}

/// `, soit 558 de moins que sans locked:1`: beside what setting another rule aside brings; nothing where none brings more.
fn beside_best(value: f64, conflict: &Conflict, lang: Lang) -> String {
    let worth = |of: &Conflicting| match of.without {
        Without::Worth(value) => Some((value, of.rule.to_string())),
        Without::NoPlan | Without::NotFound => None,
    };
    let best = conflict.rules.iter().filter_map(worth).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((best, rule)) = best.filter(|(best, _)| best.round() > value.round()) else {
        return String::new();
    };
    let less = number(best.round() - value.round(), 0, lang);
    match lang {
        Lang::Fr => format!(", soit {less} de moins que sans {rule}"),
        Lang::En => format!(", {less} less than without {rule}"),
    }
}

/// The file and line that set a rule, or the option of the command line.
fn place(conflicting: &Conflicting, sources: &Sources, lang: Lang) -> Option<String> {
    let Some(place) = sources.rule_place(&conflicting.rule) else {
        let option = match lang {
            Lang::Fr => "--max-changes ; un prix : --change-price",
            Lang::En => "--max-changes; a price: --change-price",
        };
        return (conflicting.rule.kind == RuleKind::Changes).then(|| option.to_owned());
    };
    let file = place.file.display();
    Some(match (place.line, lang) {
        (None, _) => file.to_string(),
        (Some(line), Lang::Fr) => format!("{file}, ligne {line}"),
        (Some(line), Lang::En) => format!("{file}, line {line}"),
    })
}
