//! A blob of a healthy file: how it is compressed, and what is in it.
#![no_main]

mod reading;

libfuzzer_sys::fuzz_target!(|blob: &[u8]| reading::read(&reading::framed(blob)));
