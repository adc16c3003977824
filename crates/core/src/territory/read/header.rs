//! The first line of a table: which column is where.

use super::lookalike::closest;
use crate::territory::fault::{FaultKind, Lookalike};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    name: &'static str,
    required: bool,
}

impl Column {
    /// A column that must be there.
    pub(crate) const fn required(name: &'static str) -> Column {
        Column { name, required: true }
    }

    /// A column that may be missing.
    pub(crate) const fn optional(name: &'static str) -> Column {
        Column { name, required: false }
    }
}

/// Where each column stands.
#[derive(Debug)]
pub(super) struct Header {
    positions: Vec<Option<usize>>,
    width: usize,
}

impl Header {
    /// Finds the columns among the names of the first line; upper and lower case are the same, and cells without a
    /// name are not read. Faults that let the table be read go to `found`.
    ///
    /// # Errors
    /// When required columns are missing: all of them, with the names that look like them.
    pub(super) fn read<'n>(
        names: impl Iterator<Item = &'n str>,
        columns: &[Column],
        mut found: impl FnMut(FaultKind),
    ) -> Result<Header, FaultKind> {
        let names: Vec<String> = names.map(str::to_lowercase).collect();
        let width = names.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let mut positions = vec![None; columns.len()];
        let mut unknown = Vec::new();
        for (position, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            match columns.iter().position(|column| column.name == name) {
                Some(column) if positions[column].is_some() => {
                    found(FaultKind::DuplicateColumn(name.clone()))
                }
                Some(column) => positions[column] = Some(position),
                None => unknown.push(name),
            }
        }
        // Only a name that no column has can stand for one.
        let absent: Vec<&'static str> = columns
            .iter()
            .zip(&positions)
            .filter(|(_, position)| position.is_none())
            .map(|(c, _)| c.name)
            .collect();
        let is_required = |name: &str| columns.iter().any(|column| column.required && column.name == name);
        let missing: Vec<&'static str> = absent.iter().copied().filter(|name| is_required(name)).collect();
        if !missing.is_empty() {
            let like = |name: &String| {
                closest(name, &missing).map(|expected| Lookalike { found: name.clone(), expected })
            };
            let lookalikes = unknown.into_iter().filter_map(like).collect();
            return Err(FaultKind::MissingColumns { missing, lookalikes });
        }
        for name in unknown {
            let lookalike = closest(name, &absent);
            found(FaultKind::UnknownColumn { name: name.clone(), lookalike });
        }
        Ok(Header { positions, width })
    }

    pub(super) fn position(&self, column: usize) -> Option<usize> {
        self.positions.get(column).copied().flatten()
    }

    /// How many cells a row must have.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}
