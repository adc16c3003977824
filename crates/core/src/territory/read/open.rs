//! Opening files.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::digest::Hashing;
use crate::territory::fault::{Fault, FaultKind, Report, Unreadable, Where};

/// The territory file that a path stands for: itself, or `territory.toml` in the folder that it is.
pub(super) fn territory_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("territory.toml") } else { path.to_owned() }
}

/// Opens a file; reports when that cannot be done.
pub(crate) fn open(path: &Path, report: &mut Report) -> Option<Hashing<File>> {
    let opened = match File::open(path) {
        Ok(file) if file.metadata().is_ok_and(|metadata| metadata.is_dir()) => Err(Unreadable::Folder),
        Ok(file) => Ok(file),
        Err(error) => Err(reason(path, &error)),
    };
    match opened {
        Ok(file) => Some(Hashing::new(file)),
        Err(reason) => {
            report.push(path, None, Fault::new(Where::Whole, FaultKind::Unreadable(reason)));
            None
        }
    }
}

/// Why a file could not be opened. Some systems refuse to open a folder, and say that it is forbidden.
fn reason(path: &Path, error: &io::Error) -> Unreadable {
    if path.is_dir() { Unreadable::Folder } else { error.into() }
}
