//! Rules that conflict, as the person is told: each by name and line, and what setting it aside would bring.

use medicobus_core::conflict::{Conflict, Conflicting};
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_core::territory::Sources;

use crate::exit::{Exit, Failure};

/// No plan keeps the rules of this territory.
pub(crate) fn failure(conflict: &Conflict, sources: &Sources, lang: Lang) -> Failure {
    let mut message = match (conflict.proven, lang) {
        (true, Lang::Fr) => "Aucun plan ne respecte à la fois ces règles :",
        (true, Lang::En) => "No plan keeps these rules together:",
        (false, Lang::Fr) => {
            "Aucun plan qui respecte à la fois ces règles n'a été trouvé dans les limites données, sans preuve \
             qu'il n'y en ait pas :"
        }
        (false, Lang::En) => {
            "No plan that keeps these rules together was found within the limits, without a proof that there is none:"
        }
    }
    .to_owned();
    for conflicting in &conflict.rules {
        message.push_str("\n  ");
        message.push_str(&line(conflicting, sources, lang));
    }
    message.push_str(match lang {
        Lang::Fr => "\nChangez l'une d'elles, ou donnez-lui un prix dans [rules] : soft = [{ rule = \"...\", price = ... }].",
        Lang::En => "\nChange one of them, or give it a price in [rules]: soft = [{ rule = \"...\", price = ... }].",
    });
    Failure::new(Exit::Conflict, message)
}

fn line(conflicting: &Conflicting, sources: &Sources, lang: Lang) -> String {
    let rule = &conflicting.rule;
    let place = sources.rule_place(rule).map_or_else(String::new, |place| {
        let line = place.line.map_or_else(String::new, |line| format!(":{line}"));
        format!(" ({}{line}, {})", place.file.display(), place.label)
    });
    let without = match (conflicting.without, lang) {
        (Some(objective), Lang::Fr) => format!("sans elle, un plan vaut {}", number(objective, 0, lang)),
        (Some(objective), Lang::En) => format!("without it, a plan is worth {}", number(objective, 0, lang)),
        (None, Lang::Fr) => {
            "sans elle seule, toujours aucun plan : d'autres règles s'opposent aussi".to_owned()
        }
        (None, Lang::En) => "without it alone, still no plan: other rules conflict, too".to_owned(),
    };
    let colon = match lang {
        Lang::Fr => " :",
        Lang::En => ":",
    };
    format!("{rule}{place}{colon} {without}")
}
