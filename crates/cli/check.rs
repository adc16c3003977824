//! `medicobus check`: whether a territory can be planned.

use crate::args::CheckArgs;
use crate::exit::Failure;
use crate::network::Desk;
use crate::{input, show, speak, stats};

pub(crate) fn run(args: &CheckArgs, desk: Desk<'_>) -> Result<(), Failure> {
    let lang = desk.lang;
    stats::check_file(args.stats.file.as_deref(), lang)?;
    let input = input::read(&args.input, desk)?;
    stats::check_apart(args.stats.file.as_deref(), input.sources.files(), lang)?;
    desk.stats.save(args.stats.file.as_deref(), "check", lang)?;
    speak::result(&show::territory(input.problem.territory(), &input.times, input.warnings, lang), lang)
}
