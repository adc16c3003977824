//! What can be wrong with a territory: where, what, and the remedy, in the planner's language.

mod activities;
mod bookings;
mod doctors;
mod english;
mod french;
mod kind;
mod located;
mod prices;
mod quantity;
mod rhythm;
mod texts;

use std::fmt;

pub use activities::ActivityFault;
pub use bookings::BookingFault;
pub use doctors::DoctorFault;
pub use kind::{Expected, FaultKind, First, Lookalike, Named, Severity, Unreadable};
pub(crate) use located::Report;
pub use located::{LocatedFault, ReadError};
pub use prices::{Idle, PriceFault};
pub use quantity::Quantity;
pub use rhythm::RhythmFault;

use crate::lang::Lang;

/// One thing that is wrong, or doubtful, with a territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where it is.
    pub place: Where,
    /// What it is.
    pub kind: FaultKind,
}

impl Fault {
    pub(crate) fn new(place: Where, kind: FaultKind) -> Fault {
        Fault { place, kind }
    }

    /// Whether it forbids to plan.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Whether it forbids to plan.
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// What is wrong: one sentence without its full stop, or a question at its end.
    pub fn what(&self, lang: Lang) -> String {
        match lang {
            Lang::Fr => french::what(self),
            Lang::En => english::what(self),
        }
    }

    /// What is wrong and what to do about it, as sentences.
    fn text(&self, lang: Lang) -> String {
        let what = self.what(lang);
        let stop = if what.ends_with('?') { "" } else { "." };
        format!("{what}{stop} {}.", self.remedy(lang))
    }

    /// What to do about it: one sentence without its full stop.
    pub fn remedy(&self, lang: Lang) -> String {
        match lang {
            Lang::Fr => french::remedy(self),
            Lang::En => english::remedy(self),
        }
    }
}

impl fmt::Display for Fault {
    /// In English: `communes[2].lat: the latitude 145.2 is outside [-90, 90]. Correct it ...`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place != Where::Whole {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.text(Lang::En))
    }
}

/// A place in a territory, whether it was read from files or built in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// The territory, or one of its files, as a whole.
    Whole,
    /// A commune.
    Commune {
        /// Its position in [`Territory::communes`](crate::territory::Territory::communes), from 0.
        index: usize,
        /// Its column in `communes.csv`.
        column: &'static str,
    },
    /// A site.
    Site {
        /// Its position in [`Territory::sites`](crate::territory::Territory::sites), from 0.
        index: usize,
        /// Its column in `sites.csv`.
        column: &'static str,
    },
    /// A vehicle.
    Vehicle {
        /// Its position in [`Territory::vehicles`](crate::territory::Territory::vehicles), from 0.
        index: usize,
        /// Its key in `[[vehicle]]`.
        key: &'static str,
    },
    /// A session of the published calendar.
    Session {
        /// Its position in [`Published::sessions`](crate::territory::Published::sessions), from 0.
        index: usize,
        /// Its column in the table of sessions.
        column: &'static str,
    },
    /// A key of the territory file, by its dotted path: `care.reach[1].share`, `doctor[0].days`.
    Key(String),
    /// The table of travel times.
    Times {
        /// Its column: `from`, `to`, `seconds` or `metres`.
        column: &'static str,
    },
    /// A table of points.
    Point {
        /// Its column: `id`, `lat` or `lon`.
        column: &'static str,
    },
}

impl Where {
    pub(crate) fn key(path: impl Into<String>) -> Where {
        Where::Key(path.into())
    }

    /// What a planner calls the place within its line: the column or the dotted key.
    pub(crate) fn label(&self) -> String {
        match self {
            Where::Whole => String::new(),
            Where::Commune { column, .. }
            | Where::Site { column, .. }
            | Where::Session { column, .. }
            | Where::Times { column }
            | Where::Point { column } => (*column).to_owned(),
            Where::Vehicle { .. } | Where::Key(_) => self.to_string(),
        }
    }
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Where::Whole => f.write_str("territory"),
            Where::Commune { index, column } => write!(f, "communes[{index}].{column}"),
            Where::Site { index, column } => write!(f, "sites[{index}].{column}"),
            Where::Session { index, column } => write!(f, "published.sessions[{index}].{column}"),
            Where::Vehicle { index, key } => write!(f, "vehicle[{index}].{key}"),
            Where::Key(path) => f.write_str(path),
            Where::Times { column } => write!(f, "times.{column}"),
            Where::Point { column } => write!(f, "points.{column}"),
        }
    }
}
