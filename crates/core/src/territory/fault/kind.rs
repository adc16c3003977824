//! The kinds of faults, each with what a message about it needs.

use medicobus_roads::Millis;

use super::activities::ActivityFault;
use super::bookings::BookingFault;
use super::doctors::DoctorFault;
use super::prices::{Idle, PriceFault};
use super::rhythm::RhythmFault;
use super::{Quantity, Where};
use crate::calendar::Clock;

/// Whether a fault forbids to plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be planned before it is put right.
    Error,
    /// A plan can be made, but the planner should look.
    Warning,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FaultKind {
    /// A file could not be opened or read.
    Unreadable(Unreadable),
    /// A file holds more bytes than are accepted.
    TooLarge {
        /// The most bytes accepted.
        limit: u64,
    },
    /// A table has more rows than are accepted.
    TooManyRows {
        /// The most rows accepted.
        limit: u64,
    },
    /// A line of a table is longer than any real one.
    LineTooLong {
        /// The most bytes accepted.
        limit: u64,
    },
    /// The text is not UTF-8.
    NotUtf8,
    /// The file is no text at all.
    Binary,
    /// The file holds nothing.
    EmptyFile,
    /// A table has a header and nothing under it.
    NoRows,
    /// A table lacks columns.
    MissingColumns {
        /// The columns it lacks.
        missing: Vec<&'static str>,
        /// Columns it has that look like one of those.
        lookalikes: Vec<Lookalike>,
    },
    /// Two columns have the same name.
    DuplicateColumn(String),
    /// A column that nothing reads.
    UnknownColumn {
        /// Its name.
        name: String,
        /// The column it looks like, which the table lacks.
        lookalike: Option<&'static str>,
    },
    /// A row has more or fewer cells than the header.
    RaggedRow {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A quotation mark opens and is not closed on its line.
    UnclosedQuote,
    /// A text where a number is expected.
    NotANumber(String),
    /// A number with decimals where a whole one is expected.
    NotWhole(String),
    /// Nothing where something is required.
    Blank,
    /// An empty count of patients: unknown is not nobody.
    UnknownCount,
    /// A word that names no half-day.
    NotAHalfDay(String),
    /// A latitude without longitude, or the other way round.
    HalfPosition,
    /// The territory file is not TOML.
    Syntax(String),
    /// A key that nothing reads.
    UnknownKey {
        /// The known key it looks like.
        lookalike: Option<&'static str>,
        /// The keys that may stand there.
        known: &'static [&'static str],
    },
    /// A key that must be there.
    MissingKey,
    /// A value of another type than the key's.
    WrongType {
        /// What it should be.
        expected: Expected,
        /// The TOML type that was found.
        found: &'static str,
    },
    /// A text that is no duration.
    NotADuration(String),
    /// A number where a duration with its unit is expected.
    BareDuration(String),
    /// A text that is no pair of clock times.
    NotHours(String),
    /// Both a number of consultations and the durations to compute it from.
    TwoCapacities,
    /// Setting up takes the whole session.
    SetupFillsSession {
        /// Time to set up.
        setup: Millis,
        /// Length of a session.
        session: Millis,
    },
    /// Neither first visits nor follow-ups take any time.
    NoConsultationTime,
    /// A number out of its range, or not finite.
    OutOfRange {
        /// What it counts.
        quantity: Quantity,
        /// The number.
        value: f64,
    },
    /// A name that must be unique is there twice.
    Duplicate {
        /// The name.
        name: String,
        /// Where it stands first.
        first: First,
    },
    /// A site lies in a commune that is not listed.
    UnknownCommune {
        /// The code that no commune has.
        code: String,
        /// A code that it may stand for.
        lookalike: Option<String>,
    },
    /// A base in a commune that is neither listed nor named by the travel times.
    UnknownBase {
        /// The code that no commune has.
        code: String,
        /// A code that it may stand for.
        lookalike: Option<String>,
    },
    /// A site has another commune's code as its id, so that travel times could not tell them apart.
    CodeOfAnotherCommune(String),
    /// A name that starts with `base:`, which is kept for bases.
    ReservedName(String),
    /// A least number of sessions above the greatest.
    MinOverMax {
        /// Least sessions a cycle.
        min: u32,
        /// Most sessions a cycle.
        max: u32,
    },
    /// No band of reach: nobody would come.
    NoBand,
    /// A band of reach that is not further than the one before.
    BandNotFurther {
        /// Its driving time.
        within: Millis,
        /// That of the band before.
        previous: Millis,
    },
    /// A band of reach whose share is not below that of the band before.
    ShareNotLower {
        /// Its share.
        share: f64,
        /// That of the band before.
        previous: f64,
    },
    /// A duration above the most it can be.
    TooLong {
        /// The duration.
        duration: Millis,
        /// The most it can be.
        most: Millis,
    },
    /// Both terms of the objective weigh nothing.
    NoObjective,
    /// A session that closes before it opens.
    EndsBeforeStart {
        /// When it opens.
        start: Clock,
        /// When it closes.
        end: Clock,
    },
    /// A session that closes after midnight.
    PastMidnight(Clock),
    /// An afternoon that opens before the morning closes.
    AfternoonTooEarly {
        /// When the morning closes.
        morning_end: Clock,
        /// When the afternoon opens.
        afternoon_start: Clock,
    },
    /// A lunch break longer than the time between morning and afternoon.
    LunchTooLong {
        /// The break.
        lunch: Millis,
        /// The time between morning and afternoon.
        gap: Millis,
    },
    /// A territory without communes.
    NoCommune,
    /// A territory without vehicles.
    NoVehicle,
    /// A territory without sites.
    NoSite,
    /// A vehicle without a half-day of work.
    NeverWorks,
    /// A site that is never open.
    NeverOpen,
    /// A zone of no known kind.
    UnknownZone {
        /// What the column says.
        zone: String,
        /// How many communes have it.
        communes: usize,
    },
    /// A code of four digits among codes of five: a spreadsheet took its leading zero away.
    LostZero {
        /// The first such code.
        code: String,
        /// How many communes have such a code.
        communes: usize,
    },
    /// Travel times between places that the territory does not know.
    TimesOfUnknownPlaces {
        /// How many places.
        places: usize,
        /// The first few.
        examples: Vec<String>,
    },
    /// Sites that no travel time leads to.
    SitesWithoutTimes {
        /// How many sites.
        sites: usize,
        /// The first few.
        examples: Vec<String>,
    },
    /// A text or number that is no week of a cycle.
    NotAWeek(String),
    /// A text that is neither yes nor no.
    NotYesOrNo(String),
    /// A text that is no day of the week.
    NotADay(String),
    /// A text that is neither morning nor afternoon.
    NotAHalf(String),
    /// A word that is none of those that may stand there.
    NotOneOf {
        /// The word.
        text: String,
        /// The one it looks like.
        lookalike: Option<&'static str>,
        /// Those that may stand there.
        known: &'static [&'static str],
    },
    /// A name that nothing of the territory bears.
    UnknownName {
        /// What should bear it.
        of: Named,
        /// The name.
        name: String,
        /// A name that it may stand for.
        lookalike: Option<String>,
    },
    /// A week after the end of the cycle.
    WeekOutsideCycle {
        /// The first such week.
        week: u32,
        /// Weeks of the cycle.
        cycle_weeks: u32,
    },
    /// Weeks, visits and gaps of a site that it cannot have all at once.
    Rhythm(RhythmFault),
    /// Something about doctors.
    Doctor(DoctorFault),
    /// Something about an activity.
    Activity(ActivityFault),
    /// Something about a booking.
    Booking(BookingFault),
    /// Something about a price.
    Price(PriceFault),
    /// A key that changes nothing.
    Idle(Idle),
    /// Faults of a file beyond those that are listed.
    More {
        /// How many errors.
        errors: u64,
        /// How many warnings.
        warnings: u64,
    },
}

impl FaultKind {
    /// Turns a reference to another place into one to the line of that place, where it has one.
    pub(crate) fn refer_to_lines(&mut self, line_of: impl Fn(&Where) -> Option<u64>) {
        if let FaultKind::Duplicate { first, .. } = self
            && let First::Place(place) = first
            && let Some(line) = line_of(place)
        {
            *first = First::Line(line);
        }
    }

    /// Whether it forbids to plan.
    pub fn severity(&self) -> Severity {
        match self {
            FaultKind::Doctor(fault) => fault.severity(),
            FaultKind::Booking(fault) => fault.severity(),
            FaultKind::Activity(fault) => fault.severity(),
            FaultKind::Price(fault) => fault.severity(),
            FaultKind::Idle(_)
            | FaultKind::UnknownColumn { .. }
            | FaultKind::NoSite
            | FaultKind::NeverWorks
            | FaultKind::NeverOpen
            | FaultKind::UnknownZone { .. }
            | FaultKind::LostZero { .. }
            | FaultKind::TimesOfUnknownPlaces { .. }
            | FaultKind::SitesWithoutTimes { .. }
            | FaultKind::More { errors: 0, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A vehicle.
    Vehicle,
    /// A site.
    Site,
    /// A doctor.
    Doctor,
    /// An activity.
    Activity,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is none of that name.
    Missing,
    /// It is a folder.
    Folder,
    /// Its rights forbid it.
    Forbidden,
    /// Another reason, in the system's words.
    Other(String),
}

impl From<&std::io::Error> for Unreadable {
    fn from(error: &std::io::Error) -> Unreadable {
        match error.kind() {
            std::io::ErrorKind::NotFound => Unreadable::Missing,
            std::io::ErrorKind::IsADirectory => Unreadable::Folder,
            std::io::ErrorKind::PermissionDenied => Unreadable::Forbidden,
            _ => Unreadable::Other(error.to_string()),
        }
    }
}

/// A name that looks like the one that was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// The name that is there.
    pub found: String,
    /// The name that was expected.
    pub expected: &'static str,
}

/// Where a name stands first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum First {
    /// At a place of the territory.
    Place(Where),
    /// On a line of the same file, from 1.
    Line(u64),
}

/// What the value of a key should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `"text"`
    Text,
    /// `"path"` or `["path", "path"]`
    Files,
    /// `12` or `12.5`
    Number,
    /// `12`
    WholeNumber,
    /// `true` or `false`
    Boolean,
    /// `[section]`
    Section,
    /// `[[section]]` or `[{ ... }]`
    Sections,
    /// `["mon", "tue-am"]`
    HalfDays,
    /// `[1, 3]`, `"odd"` or `"even"`
    Weeks,
    /// `["26", "07"]`
    Texts,
    /// `12` or `"unlimited"`
    Capacity,
    /// `"26325"` or `[45.1, 4.9]`
    Base,
}
