//! What a plan is worth, and how far it can be from the best.

use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_core::plan::{Plan, Status};

use super::wrap;

/// The value in its two terms, and the gap in one sentence.
pub(super) fn value(plan: &Plan, lang: Lang) -> String {
    let [reached, followed, objective] =
        [plan.reached, plan.followed, plan.objective].map(|value| number(value, 1, lang));
    let (title, terms) = match lang {
        Lang::Fr => (
            "Valeur (personnes pondérées par profil)",
            format!("{reached} à portée, {followed} suivies : objectif {objective}"),
        ),
        Lang::En => (
            "Value (people weighted by profile)",
            format!("{reached} reached, {followed} followed: objective {objective}"),
        ),
    };
    format!(
        "\n{title}\n{}{}",
        wrap::hanging("  ", "    ", &terms),
        wrap::hanging("  ", "    ", &gap(plan, lang))
    )
}

/// How far the plan can be from the best one.
pub(super) fn gap(plan: &Plan, lang: Lang) -> String {
    let percent = at_most_percent(plan.gap);
    let (bound, what) = match (&plan.priced, lang) {
        (Some(priced), Lang::Fr) => (priced.bound, "la valeur"),
        (Some(priced), Lang::En) => (priced.bound, "value"),
        (None, Lang::Fr) => (plan.bound, "l'objectif"),
        (None, Lang::En) => (plan.bound, "objective"),
    };
    let bound = number(bound, 1, lang);
    match (plan.status, lang) {
        (Status::Optimal, Lang::Fr) => "solution prouvée optimale".to_owned(),
        (Status::Optimal, Lang::En) => "proven optimal".to_owned(),
        (Status::Feasible, Lang::Fr) => format!(
            "à {}\u{202f}% au plus de la meilleure possible, dont {what} ne dépasse pas {bound}",
            number(percent, decimals(percent), lang)
        ),
        (Status::Feasible, Lang::En) => format!(
            "within {}% of the best possible, whose {what} does not exceed {bound}",
            number(percent, decimals(percent), lang)
        ),
    }
}

/// A share in per cent, rounded up: what is told is never better than what is proven.
fn at_most_percent(gap: f64) -> f64 {
    let percent = 100.0 * gap;
    let step = 10f64.powi(-(decimals(percent) as i32));
    (percent / step - 1e-9).ceil() * step
}

/// One decimal, or two where one would say nothing.
fn decimals(percent: f64) -> usize {
    if percent < 0.1 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_rounded_up() {
        let shown = |gap: f64| {
            let percent = at_most_percent(gap);
            number(percent, decimals(percent), Lang::Fr)
        };
        assert_eq!(
            [shown(0.0031), shown(0.004), shown(0.000_12), shown(0.5)],
            ["0,4", "0,4", "0,02", "50,0"]
        );
    }
}
