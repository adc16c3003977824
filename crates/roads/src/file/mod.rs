//! A network in a file: built once, loaded many times.
//!
//! The file is in the [safetensors](https://github.com/huggingface/safetensors) format, version 0.8 of its crate
//! (Apache-2.0): the length of a header, the header in JSON, then arrays of little-endian numbers. NumPy and others
//! read it; what an array holds is named after the field it comes from. Why this one, of those compared:
//!
//! | format | stable layout | checked before use | without a second copy | brings |
//! |---|---|---|---|---|
//! | safetensors | specified, arrays by name | ranges, sizes, overlaps | each array by itself | serde_json, hashbrown |
//! | rkyv | by its major version | by bytecheck, whole file | memory map, unsafe | 10 crates |
//! | postcard | specified | while decoding, number by number | no: one value | cobs, heapless |
//! | bitcode | none between versions | while decoding | no: one value | bitcode_derive, glam |
//! | Arrow IPC | specified | flatbuffers | by batches | arrow, 6 more crates |
//!
//! Numbers as plain as these load as fast as memory is copied; the formats that pack them take longer to unpack them
//! than a disk takes to read them. The last array, `sums`, holds the CRC-32 of the header and of every array before
//! it, in the order of the file: a CRC finds every damage of up to 32 bits in a row, is faster than a disk with the
//! instructions that processors have for it, and its crate (crc32fast) is what inflates extracts already. It guards
//! against accidents. Against malice, everything an array refers to is checked to exist before it is used.
//!
//! The header's one entry of free text is the [`Label`]: format, version, profile, extracts, size.

mod label;
mod read;
mod refusal;
mod rows;
mod write;

pub use label::ExtractFile;
pub(crate) use label::{Label, Origin};
pub(crate) use read::{Reader, damaged, is_saved};
pub use refusal::Refusal;
pub(crate) use rows::Row;
pub(crate) use write::{Section, write};

/// The name of the label in the header.
const LABEL: &str = "medicobus-roads";
/// The name of the checksums.
const SUMS: &str = "sums";

/// Whether these are the bounds of so many rows that lie side by side: from 0 to their number, never falling.
pub(crate) fn are_bounds(first: &[u32], rows: usize, parts: usize) -> bool {
    first.len() == rows + 1
        && first.first() == Some(&0)
        && first.is_sorted()
        && first.last().is_some_and(|&last| last as usize == parts)
}
