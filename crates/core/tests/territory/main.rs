//! Reading territories: what is accepted, what is refused and how it is said.

mod anything;
mod broken_settings;
mod broken_tables;
mod broken_times;
mod folder;
mod memory;
mod real;
mod spreadsheets;
mod together;
