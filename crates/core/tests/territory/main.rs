//! Reading territories: what is accepted, what is refused and how it is said.

// Helpers stop at the first surprise, as tests may.
#![allow(clippy::unwrap_used)]

mod anything;
mod broken_bookings;
mod broken_people;
mod broken_settings;
mod broken_tables;
mod broken_times;
mod broken_weeks;
mod folder;
mod memory;
mod people;
mod real;
mod rhythm;
mod spreadsheets;
mod together;
mod with_people;
