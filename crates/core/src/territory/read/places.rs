//! From a place in a territory to the file and line it was read from.

use std::path::PathBuf;

use super::toml::KeyLines;
use crate::territory::fault::{Fault, LocatedFault, Where};

/// The files of a territory, and the line of each part of it.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) territory: PathBuf,
    pub(super) keys: KeyLines,
    /// The table of communes and the line of each.
    pub(super) communes: (Option<PathBuf>, Vec<u64>),
    /// The table of sites, or of the communes they come from, and the line of each.
    pub(super) sites: (Option<PathBuf>, Vec<u64>),
    /// The table of published sessions and the line of each.
    pub(super) sessions: (Option<PathBuf>, Vec<u64>),
    /// The table of travel times.
    pub(super) times: Option<PathBuf>,
}

impl Places {
    /// Gives a fault its file and line; a reference to another place becomes one to its line.
    pub(super) fn locate(&self, mut fault: Fault) -> LocatedFault {
        fault.kind.refer_to_lines(|place| self.find(place).1);
        let (file, line) = self.find(&fault.place);
        LocatedFault { file, line, fault }
    }

    pub(super) fn find(&self, place: &Where) -> (PathBuf, Option<u64>) {
        let row = |(file, lines): &(Option<PathBuf>, Vec<u64>), index: usize| {
            (file.clone().unwrap_or_else(|| self.territory.clone()), lines.get(index).copied())
        };
        match place {
            Where::Whole | Where::Point { .. } => (self.territory.clone(), None),
            Where::Commune { index, .. } => row(&self.communes, *index),
            Where::Site { index, .. } => row(&self.sites, *index),
            Where::Session { index, .. } => row(&self.sessions, *index),
            Where::Vehicle { .. } | Where::Key(_) => {
                (self.territory.clone(), self.keys.line(&place.to_string()))
            }
            Where::Times { .. } => (self.times.clone().unwrap_or_else(|| self.territory.clone()), None),
        }
    }
}
