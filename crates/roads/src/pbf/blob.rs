//! The content of a block, compressed in one of the ways that writers know.
//!
//! Whatever a blob claims, it gets no more memory than it says that its content needs, which is refused where it is
//! beyond what map data shrinks to.

use std::io::Read;

use flate2::{Decompress, FlushDecompress, Status};
use lzma_rust2::LzmaReader;
use ruzstd::decoding::FrameDecoder;

use super::frame::{Frame, MOST_BLOB_BYTES};
use super::wire::Fields;
use crate::error::{Damage, ErrorKind};

/// Map data shrinks to a half, at best to a fifth. Refusing what shrank to a thirtieth keeps the memory that a file can
/// claim within a constant times its own size, where deflate alone would allow a factor of a thousand.
pub(super) const MOST_INFLATION: u64 = 32;

/// So much any blob may grow to: short ones can be of the same few bytes again and again.
const ANY_BLOB_BYTES: u64 = 32 * 1024;

/// How a blob is compressed.
#[derive(Clone, Copy)]
enum Method {
    Zlib,
    Lzma,
    Lz4,
    Zstd,
}

/// Inflates the blob of a frame into `buffer`, unless it is not compressed, and returns its content.
pub(super) fn content<'a>(
    frame: &Frame,
    blob: &'a [u8],
    buffer: &'a mut Vec<u8>,
) -> Result<&'a [u8], ErrorKind> {
    let damaged = |damage| frame.damaged(damage);
    let (mut raw, mut raw_size, mut packed) = (None, None, None);
    for field in Fields(blob) {
        let (field, value) = field.map_err(damaged)?;
        let method = match field {
            1 => {
                raw = Some(value.bytes().map_err(damaged)?);
                continue;
            }
            2 => {
                raw_size = Some(value.number().map_err(damaged)?);
                continue;
            }
            3 => Method::Zlib,
            4 => Method::Lzma,
            5 => {
                let (block, offset) = (frame.block, frame.offset);
                return Err(ErrorKind::Compression { block, offset, method: "bzip2" });
            }
            6 => Method::Lz4,
            7 => Method::Zstd,
            _ => continue,
        };
        packed = Some((method, value.bytes().map_err(damaged)?));
    }
    match (raw, packed, raw_size) {
        (Some(raw), None, _) => Ok(raw),
        (None, Some((method, packed)), Some(size)) => {
            check_size(size, packed).map_err(damaged)?;
            buffer.resize(size as usize, 0);
            inflate(method, packed, buffer).ok_or(damaged(Damage::Deflate))?;
            Ok(buffer)
        }
        (None, Some(_), None) => Err(damaged(Damage::Deflate)),
        _ => Err(damaged(Damage::Empty)),
    }
}

fn check_size(size: u64, packed: &[u8]) -> Result<(), Damage> {
    match size {
        size if size > MOST_BLOB_BYTES => Err(Damage::Size),
        size if size > ANY_BLOB_BYTES.max(MOST_INFLATION * packed.len() as u64) => Err(Damage::Bomb),
        _ => Ok(()),
    }
}

/// Fills the buffer; None when the data is broken, ends early or goes on.
fn inflate(method: Method, packed: &[u8], buffer: &mut [u8]) -> Option<()> {
    match method {
        Method::Zlib => inflate_zlib(packed, buffer),
        Method::Lzma => inflate_lzma(packed, buffer),
        Method::Lz4 => (lz4_flex::block::decompress_into(packed, buffer).ok()? == buffer.len()).then_some(()),
        Method::Zstd => inflate_zstd(packed, buffer),
    }
}

fn inflate_zlib(packed: &[u8], buffer: &mut [u8]) -> Option<()> {
    let mut inflater = Decompress::new(true);
    let status = inflater.decompress(packed, buffer, FlushDecompress::Finish).ok()?;
    let is_whole = inflater.total_out() == buffer.len() as u64 && inflater.total_in() == packed.len() as u64;
    (status == Status::StreamEnd && is_whole).then_some(())
}

/// The older form that xz calls `lzma_alone`: a byte of properties, the size of the dictionary, that of the content, or
/// all ones where an end mark follows it.
fn inflate_lzma(packed: &[u8], buffer: &mut [u8]) -> Option<()> {
    let (&[properties, ref dictionary @ ..], rest) = packed.split_first_chunk::<5>()?;
    let (&size, stream) = rest.split_first_chunk::<8>()?;
    // Nothing farther back than its own start can be referred to, so that the dictionary needs no more than that.
    let dictionary = u32::from_le_bytes(*dictionary).min(buffer.len() as u32);
    let size = u64::from_le_bytes(size);
    let mut reader = LzmaReader::new_with_props(stream, size, properties, dictionary, None).ok()?;
    reader.read_exact(buffer).ok()?;
    (reader.read(&mut [0]).ok()? == 0).then_some(())
}

fn inflate_zstd(packed: &[u8], buffer: &mut [u8]) -> Option<()> {
    let mut decoder = FrameDecoder::new();
    // Writers that do not know the size ahead claim windows that are larger than the content.
    decoder.set_max_window_size(MOST_BLOB_BYTES);
    (decoder.decode_all(packed, buffer).ok()? == buffer.len()).then_some(())
}
