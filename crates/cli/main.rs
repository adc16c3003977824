//! The command line of médicobus: reads arguments, calls the libraries, shows results.
//!
//! Standard output is the result for a person, standard error the progress and messages. Exit codes: see [`exit`].

mod args;
mod calendar;
mod check;
mod compare;
mod conflict;
mod evaluate;
mod exit;
mod files;
mod french;
mod input;
mod network;
mod plan;
mod profile_fault;
mod progress;
mod roads;
mod roads_error;
mod show;
mod speak;
mod stats;
mod times;
mod usage;
mod values;

use std::ffi::OsString;
use std::process::ExitCode;

use medicobus_core::lang::Lang;
use medicobus_roads::Cancel;

use crate::args::{CommandLine, RoadsArgs, RoadsVerb, Verb};
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::stats::Stats;
use crate::usage::Asked;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let lang = usage::lang(&words);
    match run(&words, lang) {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            speak::message(&failure.message);
            failure.exit.into()
        }
    }
}

fn run(words: &[OsString], lang: Lang) -> Result<(), Failure> {
    match usage::read(words, lang)? {
        Asked::Text(text) => speak::result(&text, lang),
        Asked::Work(asked) => {
            let CommandLine { verb, lang, .. } = *asked;
            let (stats, cancel) = (Stats::start(), interruptible(lang));
            let desk = Desk { lang, cancel: &cancel, stats: &stats };
            match verb {
                Verb::Plan(args) => plan::run(&args, desk),
                Verb::Check(args) => check::run(&args, desk),
                Verb::Evaluate(args) => evaluate::run(&args, desk),
                Verb::Compare(args) => compare::run(args, desk),
                Verb::Times(args) => times::run(&args, desk),
                Verb::Roads(RoadsArgs { verb: RoadsVerb::Build(args) }) => roads::build(&args, desk),
            }
        }
    }
}

/// A switch that Ctrl-C turns. The second Ctrl-C ends the program at once.
fn interruptible(lang: Lang) -> Cancel {
    let cancel = Cancel::default();
    let switch = cancel.clone();
    // Where signals cannot be caught, Ctrl-C ends the program: no reason to refuse to work.
    let _ = ctrlc::set_handler(move || {
        if switch.is_cancelled() {
            #[expect(clippy::exit, reason = "the person does not want to wait")]
            std::process::exit(Exit::Interrupted as i32);
        }
        switch.cancel();
        speak::message(match lang {
            Lang::Fr => "Interruption demandée. Ctrl-C encore une fois arrête tout sans résultat.",
            Lang::En => "Interrupt requested. Ctrl-C once more stops everything without a result.",
        });
    });
    cancel
}
