//! Faults with the file and line they stand on, and the error that holds all of them at once.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Fault, FaultKind, Severity, Where};
use crate::lang::Lang;

/// A fault with its file and line.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatedFault {
    /// The file, as it was opened.
    pub file: PathBuf,
    /// Its line, from 1; None when no line is to blame.
    pub line: Option<u64>,
    /// What is wrong there.
    pub fault: Fault,
}

impl LocatedFault {
    /// The whole message: file, line, what is wrong, and the remedy.
    pub fn message(&self, lang: Lang) -> String {
        let file = self.file.display();
        let text = self.fault.text(lang);
        match (lang, self.line) {
            (Lang::Fr, Some(line)) => format!("{file}, ligne {line} : {text}"),
            (Lang::Fr, None) => format!("{file} : {text}"),
            (Lang::En, Some(line)) => format!("{file}, line {line}: {text}"),
            (Lang::En, None) => format!("{file}: {text}"),
        }
    }
}

impl fmt::Display for LocatedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

/// Why files could not be read into a territory: every fault found, in the order of files and lines.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    faults: Vec<LocatedFault>,
}

impl ReadError {
    /// Every error, and the warnings found beside them.
    pub fn faults(&self) -> &[LocatedFault] {
        &self.faults
    }

    /// Whether a file could not be opened or read at all, rather than holding something wrong.
    pub fn is_io(&self) -> bool {
        self.faults.iter().any(|located| matches!(located.fault.kind, FaultKind::Unreadable(_)))
    }

    /// One message a line; a warning says that it is one.
    pub fn message(&self, lang: Lang) -> String {
        let line = |located: &LocatedFault| match (located.fault.severity(), lang) {
            (Severity::Error, _) => located.message(lang),
            (Severity::Warning, Lang::Fr) => format!("Avertissement : {}", located.message(lang)),
            (Severity::Warning, Lang::En) => format!("Warning: {}", located.message(lang)),
        };
        self.faults.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ReadError {}

/// Faults as they are found, file by file. Of each file the first [`Report::LISTED`] errors and warnings are kept and
/// the others counted, so that a hostile file cannot fill the memory or the screen.
#[derive(Debug, Default)]
pub(crate) struct Report {
    files: Vec<OfFile>,
}

#[derive(Debug)]
struct OfFile {
    file: PathBuf,
    errors: Vec<LocatedFault>,
    warnings: Vec<LocatedFault>,
    more_errors: u64,
    more_warnings: u64,
}

impl Report {
    /// How many errors, and how many warnings, are listed of each file.
    pub(crate) const LISTED: usize = 50;

    pub(crate) fn push(&mut self, file: &Path, line: Option<u64>, fault: Fault) {
        let severity = fault.severity();
        let of_file = self.of_file(file);
        let (listed, more) = match severity {
            Severity::Error => (&mut of_file.errors, &mut of_file.more_errors),
            Severity::Warning => (&mut of_file.warnings, &mut of_file.more_warnings),
        };
        if listed.len() < Report::LISTED {
            listed.push(LocatedFault { file: file.to_owned(), line, fault });
        } else {
            *more += 1;
        }
    }

    pub(crate) fn push_located(&mut self, located: LocatedFault) {
        self.push(&located.file, located.line, located.fault);
    }

    /// Whether anything found so far forbids to plan.
    pub(crate) fn has_errors(&self) -> bool {
        self.files.iter().any(|of_file| !of_file.errors.is_empty())
    }

    /// The warnings when nothing forbids to plan, else every fault.
    pub(crate) fn finish(self) -> Result<Vec<LocatedFault>, ReadError> {
        if self.has_errors() { Err(self.into_error()) } else { Ok(self.into_error().faults) }
    }

    /// Every fault.
    pub(crate) fn into_error(self) -> ReadError {
        ReadError { faults: self.files.into_iter().flat_map(OfFile::listed).collect() }
    }

    fn of_file(&mut self, file: &Path) -> &mut OfFile {
        let found = self.files.iter().position(|of_file| of_file.file == file);
        let index = found.unwrap_or_else(|| {
            self.files.push(OfFile::new(file));
            self.files.len() - 1
        });
        &mut self.files[index]
    }
}

impl OfFile {
    fn new(file: &Path) -> OfFile {
        OfFile { file: file.to_owned(), errors: vec![], warnings: vec![], more_errors: 0, more_warnings: 0 }
    }

    fn listed(mut self) -> Vec<LocatedFault> {
        let mut faults = self.errors;
        faults.append(&mut self.warnings);
        faults.sort_by_key(|located| located.line);
        if self.more_errors + self.more_warnings > 0 {
            let kind = FaultKind::More { errors: self.more_errors, warnings: self.more_warnings };
            faults.push(LocatedFault { file: self.file, line: None, fault: Fault::new(Where::Whole, kind) });
        }
        faults
    }
}
