//! `medicobus check`: whether a territory can be planned.

use crate::args::CheckArgs;
use crate::exit::Failure;
use crate::network::Desk;
use crate::{input, show, speak};

pub(crate) fn run(args: &CheckArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let (input, lang) = (input::read(&args.input, desk)?, desk.lang);
    speak::result(&show::territory(input.problem.territory(), &input.times, input.warnings, lang), lang)
}
