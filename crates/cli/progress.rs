//! How far long work has come, on standard error when that is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use medicobus_core::lang::Lang;
use medicobus_core::plan::text::number;
use medicobus_core::solve::Event;
use medicobus_roads::{Phase, Step};

/// A line that shows the work, and disappears with it. Hidden where nobody looks.
pub(crate) struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// Of reading roads and searching on them.
    pub(crate) fn of_roads(lang: Lang) -> Progress {
        let bar = ProgressBar::new(100);
        bar.set_style(style("{spinner} {msg} {bar:30} {percent} %"));
        Progress::ticking(bar, lang)
    }

    /// Of the search for a plan.
    pub(crate) fn of_search(lang: Lang) -> Progress {
        let bar = ProgressBar::new_spinner();
        bar.set_style(style("{spinner} {elapsed} {msg}"));
        bar.set_message(match lang {
            Lang::Fr => "recherche d'un plan",
            Lang::En => "searching for a plan",
        });
        Progress::ticking(bar, lang)
    }

    fn ticking(bar: ProgressBar, lang: Lang) -> Progress {
        bar.enable_steady_tick(Duration::from_millis(200));
        Progress { bar, lang }
    }

    /// A step of reading or searching on roads.
    pub(crate) fn road_step(&self, step: Step) {
        self.bar.set_message(message(step, self.lang));
        self.bar.set_length(step.total);
        self.bar.set_position(step.done);
    }

    /// A better plan, or a better bound.
    pub(crate) fn search_event(&self, event: Event) {
        let [objective, bound] = [event.objective, event.bound].map(|value| number(value, 1, self.lang));
        self.bar.set_message(match self.lang {
            Lang::Fr => format!("meilleur plan : {objective} ; aucun ne dépasse {bound}"),
            Lang::En => format!("best plan: {objective}; none exceeds {bound}"),
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The work that goes on; of files, how much of them is read.
fn message(step: Step, lang: Lang) -> String {
    let work = match (step.phase, lang) {
        (Phase::Read, Lang::Fr) => "lecture des routes   ",
        (Phase::Read, Lang::En) => "reading the roads    ",
        (Phase::Build, Lang::Fr) => "réseau routier       ",
        (Phase::Build, Lang::En) => "building the network ",
        (Phase::Contract, Lang::Fr) => "hiérarchie routière  ",
        (Phase::Contract, Lang::En) => "ranking the junctions",
        (Phase::Load, Lang::Fr) => "chargement du réseau ",
        (Phase::Load, Lang::En) => "loading the network  ",
        (Phase::Snap, Lang::Fr) => "lieux sur les routes ",
        (Phase::Snap, Lang::En) => "places on the roads  ",
        (Phase::Search, Lang::Fr) => "temps de trajet      ",
        (Phase::Search, Lang::En) => "travel times         ",
    };
    if !matches!(step.phase, Phase::Read | Phase::Load) {
        return work.to_owned();
    }
    let [done, total] = [step.done, step.total].map(|bytes| number(bytes as f64 / 1e6, 1, lang));
    match lang {
        Lang::Fr => format!("{} : {done} / {total} Mo", work.trim_end()),
        Lang::En => format!("{}: {done} / {total} MB", work.trim_end()),
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_tells_how_much_of_the_files_is_read() {
        let step = |phase| Step { phase, done: 12_340_000, total: 40_060_000 };
        assert_eq!(message(step(Phase::Read), Lang::Fr), "lecture des routes : 12,3 / 40,1 Mo");
        assert_eq!(message(step(Phase::Load), Lang::En), "loading the network: 12.3 / 40.1 MB");
        assert_eq!(message(step(Phase::Search), Lang::Fr).trim_end(), "temps de trajet");
    }
}
