//! Rules that conflict, as the person is told: each in words, by name and line, and what setting it aside would bring.

use medicobus_core::conflict::{Conflict, Conflicting};
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::{number, rule};
use medicobus_core::territory::{RuleKind, Sources, Territory};

use crate::exit::{Exit, Failure};
use crate::input::Input;
use crate::show::wrap;

/// No plan keeps the rules of this territory.
pub(crate) fn failure(conflict: &Conflict, input: &Input, lang: Lang) -> Failure {
    let mut message = wrap::paragraph(title(conflict, lang));
    for conflicting in &conflict.rules {
        let told = sentences(conflicting, input.problem.territory(), &input.sources, lang);
        message.push_str(&wrap::hanging("  - ", "    ", &told));
    }
    if !conflict.smallest {
        message.push_str(&wrap::paragraph(match lang {
            Lang::Fr => {
                "Chacune est nécessaire à ce conflit ; un conflit de moins de règles n'est pas exclu."
            }
            Lang::En => "This conflict needs each of them; one of fewer rules is not excluded.",
        }));
    }
    message.push_str(&wrap::paragraph(match (conflict.rules.len(), lang) {
        (1, Lang::Fr) => "Changez-la, ou donnez-lui un prix dans [rules] :",
        (_, Lang::Fr) => "Changez l'une d'elles, ou donnez-lui un prix dans [rules] :",
        (1, Lang::En) => "Change it, or give it a price in [rules]:",
        (_, Lang::En) => "Change one of them, or give it a price in [rules]:",
    }));
    // Fit to be copied, with a name from above.
    message.push_str("  soft = [{ rule = \"...\", price = ... }]");
    Failure::new(Exit::Conflict, message)
}

const fn title(conflict: &Conflict, lang: Lang) -> &'static str {
    match (conflict.proven, conflict.rules.len(), lang) {
        (true, 1, Lang::Fr) => "Aucun plan ne respecte cette règle avec celles qui valent toujours :",
        (true, _, Lang::Fr) => "Aucun plan ne respecte à la fois ces règles :",
        (true, 1, Lang::En) => "No plan keeps this rule beside those that always hold:",
        (true, _, Lang::En) => "No plan keeps these rules together:",
        (false, 1, Lang::Fr) => {
            "Aucun plan qui respecte cette règle avec celles qui valent toujours n'a été trouvé dans les limites \
             données, sans preuve qu'il n'y en ait pas :"
        }
        (false, _, Lang::Fr) => {
            "Aucun plan qui respecte à la fois ces règles n'a été trouvé dans les limites données, sans preuve \
             qu'il n'y en ait pas :"
        }
        (false, 1, Lang::En) => {
            "No plan that keeps this rule beside those that always hold was found within the limits, without a proof \
             that there is none:"
        }
        (false, _, Lang::En) => {
            "No plan that keeps these rules together was found within the limits, without a proof that there is none:"
        }
    }
}

/// `Albon : une séance au moins (required_site:26002 ; sites.csv, ligne 2). Sans cette règle, ...`.
fn sentences(conflicting: &Conflicting, territory: &Territory, sources: &Sources, lang: Lang) -> String {
    let name = &conflicting.rule;
    let what = rule(name, territory, lang);
    let separator = match lang {
        Lang::Fr => "\u{a0}; ",
        Lang::En => "; ",
    };
    let place =
        place(conflicting, sources, lang).map_or_else(String::new, |place| separator.to_owned() + &place);
    let without = match (conflicting.without, lang) {
        (Some(value), Lang::Fr) => {
            format!("Sans cette règle, le meilleur plan trouvé vaut {}.", number(value, 0, lang))
        }
        (Some(value), Lang::En) => {
            format!("Without this rule, the best plan found is worth {}.", number(value, 0, lang))
        }
        (None, Lang::Fr) => {
            "Sans cette seule règle, toujours aucun plan\u{a0}: d'autres s'opposent aussi.".to_owned()
        }
        (None, Lang::En) => "Without this rule alone, still no plan: others conflict, too.".to_owned(),
    };
    format!("{what} ({name}{place}). {without}")
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
