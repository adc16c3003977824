//! Patients, their profiles, and the quantities that count them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Index, IndexMut};

use serde::{Deserialize, Serialize};

/// Why a person needs care; a person has one profile, the first that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// With a long-term illness (affection de longue durée).
    Ald,
    /// Elderly, without a long-term illness.
    Elderly,
    /// Everyone else.
    Other,
}

impl Profile {
    /// The order in which a person's profile is chosen.
    pub const ALL: [Profile; 3] = [Profile::Ald, Profile::Elderly, Profile::Other];

    /// Its name in files: `ald`, `elderly`, `other`.
    pub const fn code(self) -> &'static str {
        ["ald", "elderly", "other"][self as usize]
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One value for each profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ByProfile<T> {
    /// Of people with a long-term illness.
    pub ald: T,
    /// Of elderly people.
    pub elderly: T,
    /// Of everyone else.
    pub other: T,
}

impl<T> Index<Profile> for ByProfile<T> {
    type Output = T;
    fn index(&self, profile: Profile) -> &T {
        match profile {
            Profile::Ald => &self.ald,
            Profile::Elderly => &self.elderly,
            Profile::Other => &self.other,
        }
    }
}

impl<T> IndexMut<Profile> for ByProfile<T> {
    fn index_mut(&mut self, profile: Profile) -> &mut T {
        match profile {
            Profile::Ald => &mut self.ald,
            Profile::Elderly => &mut self.elderly,
            Profile::Other => &mut self.other,
        }
    }
}

/// A number of patients, 0 or more; plans follow fractions of a patient.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Patients(pub f64);

impl Add for Patients {
    type Output = Patients;
    fn add(self, other: Patients) -> Patients {
        Patients(self.0 + other.0)
    }
}

impl AddAssign for Patients {
    fn add_assign(&mut self, other: Patients) {
        self.0 += other.0;
    }
}

impl Sum for Patients {
    fn sum<I: Iterator<Item = Patients>>(counts: I) -> Patients {
        counts.fold(Patients(0.0), Add::add)
    }
}

/// A share of people, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(pub f64);
