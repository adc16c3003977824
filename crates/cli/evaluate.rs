//! `medicobus evaluate`: what a calendar made by hand gives, and what the best plan would bring.

use medicobus_core::plan::by_hand::evaluate;

use crate::args::EvaluateArgs;
use crate::exit::{Exit, Failure};
use crate::network::Desk;
use crate::show::evaluation::Evaluated;
use crate::{calendar, input, plan, show, speak};

pub(crate) fn run(args: &EvaluateArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let lang = desk.lang;
    plan::use_threads(&args.limits);
    let input = input::read(&args.input, desk)?;
    let table = calendar::read(&args.sessions, input.problem.territory(), lang)?;
    let by_hand = evaluate(&input.problem, &table.sessions);
    let found = plan::search(&input, Some(by_hand.plan.clone()), &args.limits, desk);
    let best = match found {
        // What the calendar gives is known all the same.
        Err(Failure { exit: Exit::Conflict, message }) => Err(message),
        found => Ok(found?.plan),
    };
    let evaluated = Evaluated { file: &args.sessions, table: &table, by_hand: &by_hand, best: best.as_ref() };
    speak::result(&show::evaluation(&evaluated, &input, lang), lang)
}
