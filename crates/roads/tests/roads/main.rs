//! The crate from outside, by purpose.

// Helpers of tests may stop at the first surprise too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod api;
mod collection;
mod damage;
mod files;
mod oracle;
mod profile;
mod random;
mod routes;
mod saved;
mod search;
mod several;
mod snapping;
mod turns;
mod winter;
mod writer;
