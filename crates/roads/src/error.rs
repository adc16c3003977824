//! What can go wrong, with everything a message in any language needs.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::file::Refusal;
use crate::profile::ProfileFault;

/// Why there is no network or no table: the kind, and the file it concerns where there is one.
#[derive(Debug)]
pub struct Error {
    path: Option<PathBuf>,
    kind: ErrorKind,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind) -> Error {
        Error { path: None, kind }
    }

    pub(crate) fn of_file(path: &Path, kind: ErrorKind) -> Error {
        Error { path: Some(path.to_owned()), kind }
    }

    /// The file that the error is about.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Whether the system could not open, read or write the file, rather than its content being wrong.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, ErrorKind::Io(_) | ErrorKind::Write(_))
    }

    /// Whether the work was stopped on request.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.kind, ErrorKind::Cancelled)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.kind)
    }
}

/// What went wrong. The text of each names the remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The system could not open or read the file.
    #[error("cannot be read: {0}; check its name, its folder and the right to read it")]
    Io(#[source] io::Error),
    /// The system could not write the file.
    #[error("cannot be written: {0}; choose another folder or change its rights")]
    Write(#[source] io::Error),
    /// The file cannot be used as a saved network.
    #[error(transparent)]
    Saved(#[from] Refusal),
    /// The file has no byte.
    #[error("the file is empty; download or copy it again")]
    Empty,
    /// The file does not start as an OpenStreetMap PBF file does: it is something else, or damaged there.
    #[error(
        "not an OpenStreetMap .osm.pbf file, or damaged at its start: the header of block 0 at byte 0 is an impossible \
         one; give an extract in that format (other OpenStreetMap formats: `osmium cat IN -o OUT.osm.pbf`), or download \
         it again if it is one"
    )]
    NotPbf,
    /// The file is a saved network, which cannot be read together with extracts.
    #[error("a saved road network, not an extract; use it by itself, as saved roads (`--roads`)")]
    NotExtract,
    /// The file ends in the middle of a block.
    #[error("the file ends at byte {offset}, in the middle of block {block}; download or copy it again")]
    Truncated {
        /// Number of the block, from 0.
        block: u64,
        /// Length of the file in bytes.
        offset: u64,
    },
    /// The file says that reading it requires something this reader does not know.
    #[error(
        "the header, block {block} at byte {offset}, requires the feature \"{feature}\", which is not known here; {remedy}",
        remedy = feature_remedy(.feature)
    )]
    UnknownFeature {
        /// Number of the block, from 0.
        block: u64,
        /// Where it starts in the file, in bytes.
        offset: u64,
        /// Its name.
        feature: String,
    },
    /// A block is compressed with a method that writers gave up long ago.
    #[error(
        "block {block} at byte {offset} is compressed with {method}, which is not read here; rewrite the file with \
         zlib: `osmium cat IN.osm.pbf -o OUT.osm.pbf`"
    )]
    Compression {
        /// Number of the block, from 0.
        block: u64,
        /// Where it starts in the file, in bytes.
        offset: u64,
        /// `bzip2`.
        method: &'static str,
    },
    /// A block's content is not what the format says.
    #[error("block {block} at byte {offset}: {damage}; download or copy the file again")]
    Damaged {
        /// Number of the block, from 0.
        block: u64,
        /// Where it starts in the file, in bytes.
        offset: u64,
        /// What is wrong.
        damage: Damage,
    },
    /// No road that the profile may use.
    #[error(
        "no drivable road; give an extract that holds the roads of the area (highway ways and their nodes)"
    )]
    NoRoads,
    /// There are such roads, and none of them leads anywhere and back.
    #[error(
        "no drivable road can be both left and reached, though there are some ({metres} m); give an extract that holds \
         the roads of the area as a whole, and check the one-way and access tags that the profile reads"
    )]
    NoWayBack {
        /// Their length.
        metres: u64,
    },
    /// The profile is not one: all that is wrong with it.
    #[error("not a profile that can be used; correct it, or start from a copy of van.toml:{}", listed(.0))]
    Profile(Vec<ProfileFault>),
    /// More of something than the structures can number or the memory can hold.
    #[error("too many {what} ({count}); use a smaller extract or fewer points")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: u64,
    },
    /// The work was stopped on request.
    #[error("stopped on request")]
    Cancelled,
}

fn listed(faults: &[ProfileFault]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}

fn feature_remedy(feature: &str) -> &'static str {
    match feature {
        "HistoricalInformation" => {
            "it holds the history of the map: reduce it to one date with `osmium time-filter IN -o OUT.osm.pbf`"
        }
        _ => "rewrite it with `osmium cat IN.osm.pbf -o OUT.osm.pbf`",
    }
}

/// What is wrong inside a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// The header before the block is too long or cannot be decoded.
    #[error("its header is not that of a block")]
    Header,
    /// Its size is negative or above the format's limit.
    #[error("its size is beyond the limit of the format (32 MiB)")]
    Size,
    /// It holds no data at all.
    #[error("it holds no data")]
    Empty,
    /// Its compressed data cannot be inflated to the size it states.
    #[error("its compressed data is broken")]
    Deflate,
    /// It would grow beyond anything that map data can do.
    #[error("it inflates to an absurd size")]
    Bomb,
    /// A field ends outside of its message, or has an impossible type.
    #[error("its fields are broken")]
    Fields,
    /// A tag refers to a text that is not in the block, or is not UTF-8.
    #[error("a tag refers to a text that does not exist")]
    Text,
    /// Lists that belong together differ in length.
    #[error("lists that belong together differ in length")]
    Lists,
    /// An identifier or a coordinate leaves its range.
    #[error("an identifier or a coordinate is out of range")]
    Range,
    /// A way has more nodes, or a block more texts, than any real map.
    #[error("a list is longer than any real map has")]
    Length,
}
