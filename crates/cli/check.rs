//! `medicobus check`: whether a territory can be planned.

use medicobus_core::lang::Lang;
use medicobus_roads::Cancel;

use crate::args::CheckArgs;
use crate::exit::Failure;
use crate::{input, show, speak};

pub(crate) fn run(args: &CheckArgs, lang: Lang, cancel: &Cancel) -> Result<(), Failure> {
    let input = input::read(&args.input, lang, cancel)?;
    speak::result(&show::territory(input.problem.territory(), &input.times, input.warnings, lang), lang)
}
