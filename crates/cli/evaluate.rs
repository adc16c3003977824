//! `medicobus evaluate`: what a calendar made by hand gives, and what the best plan of the same means would bring.

use medicobus_core::plan::by_hand::{evaluate, of_same_means};

use crate::args::EvaluateArgs;
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::show::evaluation::{Evaluated, Means};
use crate::{calendar, input, plan, show, speak, stats};

pub(crate) fn run(args: &EvaluateArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let lang = desk.lang;
    stats::check_file(args.stats.file.as_deref(), lang)?;
    plan::use_threads(&args.limits);
    let mut input = input::read(&args.input, desk)?;
    let read = input.sources.files().chain([args.sessions.as_path()]);
    stats::check_apart(args.stats.file.as_deref(), read, lang)?;
    let table = calendar::read(&args.sessions, input.problem.territory(), lang)?;
    let by_hand = evaluate(&input.problem, &table.sessions);
    let search = plan::Search::new(&args.limits, Some(&by_hand.plan), desk);
    let (means, found) = match of_same_means(&input.problem, &by_hand.plan) {
        None => (Means::AllThereAre, search.plan(&input)),
        Some(problem) => {
            let all = std::mem::replace(&mut input.problem, problem);
            match search.attempt(&input)? {
                // The rules of the territory may ask for more half-days than the calendar has.
                Err(_) => {
                    input.problem = all;
                    (Means::MoreThanTheCalendar, search.plan(&input))
                }
                Ok(plan) => (Means::LessThanThereAre, Ok(plan)),
            }
        }
    };
    let best = match found {
        // What the calendar gives is known all the same.
        Err(Failure { exit: Exit::Conflict, message }) => Err(message),
        found => Ok(found?),
    };
    desk.stats.save(args.stats.file.as_deref(), "evaluate", lang)?;
    let evaluated =
        Evaluated { file: &args.sessions, table: &table, by_hand: &by_hand, means, best: best.as_ref() };
    speak::result(&show::evaluation(&evaluated, &input, lang), lang)
}
