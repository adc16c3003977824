//! Where tests find extracts.

use std::path::{Path, PathBuf};

/// Every file of a folder of the shared data, sorted by name; none, and a word about it, where that is absent.
pub(crate) fn shared(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/osm")).join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// One file of the shared data, where it is there.
pub(crate) fn shared_file(folder: &str, name: &str) -> Option<PathBuf> {
    shared(folder).into_iter().find(|path| path.ends_with(name))
}
