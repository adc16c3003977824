//! Standard output, for results, and standard error, for all else.

use std::io::{self, ErrorKind, Write};

use medicobus_core::lang::Lang;

use crate::exit::{Exit, Failure};

/// Writes a result to standard output. A reader that has seen enough and closed it is no error.
pub(crate) fn result(text: &str, lang: Lang) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(
            Exit::Files,
            match lang {
                Lang::Fr => format!("la sortie standard ne peut pas être écrite : {error}"),
                Lang::En => format!("standard output cannot be written: {error}"),
            },
        )),
        _ => Ok(()),
    }
}

/// Tells on standard error what a person should look at: a sentence, or a message that starts with a file.
pub(crate) fn warning(text: &str, lang: Lang) {
    message(&match lang {
        Lang::Fr => format!("Avertissement : {text}"),
        Lang::En => format!("Warning: {text}"),
    });
}

/// Tells something on standard error; when that is closed, nobody is listening.
pub(crate) fn message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
