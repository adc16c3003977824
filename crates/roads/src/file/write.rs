//! Arrays to a file, which appears whole or not at all.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crc32fast::Hasher;
use safetensors::tensor::{Metadata, TensorInfo};

use super::label::Label;
use super::rows::{Number, Numbers, Row, encode, row_bytes};
use super::{LABEL, SUMS};

/// Rows that become bytes at once.
const ROWS_AT_ONCE: usize = 1 << 14;

/// A named array of a file.
pub(crate) struct Section<'a> {
    name: String,
    rows: &'a dyn Rows,
}

impl<'a> Section<'a> {
    pub(crate) fn new<R: Row>(name: String, rows: &'a Vec<R>) -> Section<'a> {
        Section { name, rows }
    }
}

/// Rows of any kind.
trait Rows {
    /// The place of these rows in a file, from this byte of its data.
    fn info(&self, start: usize) -> TensorInfo;
    fn write(&self, output: &mut Summing<'_>) -> io::Result<()>;
}

impl<R: Row> Rows for Vec<R> {
    fn info(&self, start: usize) -> TensorInfo {
        let shape = match R::Numbers::WIDTH {
            1 => vec![self.len()],
            width => vec![self.len(), width],
        };
        let data_offsets = (start, start + self.len() * row_bytes::<R>());
        TensorInfo { dtype: R::Numbers::KIND, shape, data_offsets }
    }

    fn write(&self, output: &mut Summing<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        for rows in self.chunks(ROWS_AT_ONCE) {
            encode(rows, &mut bytes);
            output.write(&bytes)?;
        }
        Ok(())
    }
}

/// A file that grows, and the checksum of what came since the last one.
struct Summing<'a> {
    file: &'a mut File,
    sum: Hasher,
}

impl Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.update(bytes);
        self.file.write_all(bytes)
    }

    fn next_sum(&mut self) -> u32 {
        std::mem::take(&mut self.sum).finalize()
    }
}

/// Writes a label and arrays, with the checksum of each behind them.
pub(crate) fn write(path: &Path, label: &Label, sections: &[Section<'_>]) -> io::Result<()> {
    let header = header(serde_json::to_string(label)?, sections)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".medicobus-");
    // Temporary files are private by default; the result is as open as any new file of this person.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut temporary = builder.tempfile_in(folder)?;
    let mut output = Summing { file: temporary.as_file_mut(), sum: Hasher::new() };
    output.write(&header)?;
    let mut sums = vec![output.next_sum()];
    for section in sections {
        section.rows.write(&mut output)?;
        sums.push(output.next_sum());
    }
    sums.write(&mut output)?;
    temporary.as_file().sync_all()?;
    temporary.persist(path)?;
    Ok(())
}

/// The header of the format: its length, then what is where, in JSON.
fn header(label: String, sections: &[Section<'_>]) -> io::Result<Vec<u8>> {
    let sums = vec![0u32; sections.len() + 1];
    let all = sections.iter().map(|section| (section.name.as_str(), section.rows));
    let mut infos = Vec::new();
    let mut end = 0;
    for (name, rows) in all.chain([(SUMS, &sums as &dyn Rows)]) {
        let info = rows.info(end);
        end = info.data_offsets.1;
        infos.push((name.to_owned(), info));
    }
    // A single entry: the order of several is a matter of chance.
    let label = HashMap::from([(LABEL.to_owned(), label)]);
    let metadata = Metadata::new(Some(label), infos).map_err(io::Error::other)?;
    let mut json = serde_json::to_vec(&metadata)?;
    json.resize(json.len().next_multiple_of(u64::BYTES), b' ');
    Ok([&(json.len() as u64).to_le_bytes()[..], &json].concat())
}
