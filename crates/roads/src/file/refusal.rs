//! Why a saved network cannot be used.

/// Why a file cannot be used as a saved network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is something else.
    #[error("not a saved road network; give a file that `medicobus roads build` wrote")]
    NotSaved,
    /// It is shorter or longer than its header says.
    #[error("the saved road network has {found} bytes instead of {expected}; copy it or build it again")]
    Truncated {
        /// Bytes by the header.
        expected: u64,
        /// Bytes in the file.
        found: u64,
    },
    /// Something in it is not what was written.
    #[error("the saved road network is damaged ({part}); copy it or build it again")]
    Damaged {
        /// The array that is wrong, or its header.
        part: String,
    },
    /// Another version of the program wrote it.
    #[error(
        "the saved road network is of version {found}, which version {known} does not read; build it again from the extract"
    )]
    Version {
        /// Of the file: its format and the program that wrote it.
        found: String,
        /// What is read here.
        known: String,
    },
    /// It was built for another vehicle, or another season.
    #[error(
        "the saved road network was built with another profile: {field} is {saved} in it, and {asked} is asked for; \
         give the profile that it was built with, or build it again from the extract"
    )]
    Profile {
        /// The first entry that differs: `speeds.primary`.
        field: String,
        /// As the file has it.
        saved: String,
        /// As asked for.
        asked: String,
    },
}
