//! How the program ends: its exit codes, and the failures that lead to them.

use std::process::ExitCode;

/// What the exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done. An empty plan is a plan.
    Done = 0,
    /// No plan keeps the rules: something required cannot be had.
    Conflict = 1,
    /// The input or the command line is wrong.
    BadInput = 2,
    /// A file could not be read or written.
    Files = 3,
    /// A fault of the program itself; its result is not written.
    Internal = 4,
    /// Interrupted before there was a result.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why there is no result: what the person is told on standard error, and the exit code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    /// One or more lines.
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Failure {
        Failure { exit, message: message.into() }
    }
}
