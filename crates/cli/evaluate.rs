//! `medicobus evaluate`: what a calendar made by hand gives, and what the best plan of the same means would bring.

use medicobus_core::plan::by_hand::{evaluate, of_same_means};

use crate::args::EvaluateArgs;
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::show::evaluation::{Evaluated, Means};
use crate::{calendar, input, plan, show, speak};

pub(crate) fn run(args: &EvaluateArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let lang = desk.lang;
    plan::use_threads(&args.limits);
    let mut input = input::read(&args.input, desk)?;
    let table = calendar::read(&args.sessions, input.problem.territory(), lang)?;
    let by_hand = evaluate(&input.problem, &table.sessions);
    let search = |input: &_| plan::search(input, Some(by_hand.plan.clone()), &args.limits, desk);
    let (means, found) = match of_same_means(&input.problem, &by_hand.plan) {
        None => (Means::AllThereAre, search(&input)),
        Some(problem) => {
            let all = std::mem::replace(&mut input.problem, problem);
            match search(&input) {
                // The rules of the territory may ask for more half-days than the calendar has.
                Err(Failure { exit: Exit::Conflict, .. }) => {
                    input.problem = all;
                    (Means::MoreThanTheCalendar, search(&input))
                }
                found => (Means::LessThanThereAre, found),
            }
        }
    };
    let best = match found {
        // What the calendar gives is known all the same.
        Err(Failure { exit: Exit::Conflict, message }) => Err(message),
        found => Ok(found?.plan),
    };
    let evaluated =
        Evaluated { file: &args.sessions, table: &table, by_hand: &by_hand, means, best: best.as_ref() };
    speak::result(&show::evaluation(&evaluated, &input, lang), lang)
}
