//! Whole files.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|file: &[u8]| reading::read(file));
