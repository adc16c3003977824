//! The least that any reader of an extract does: inflate its blocks, and decode them.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use flate2::{Decompress, FlushDecompress, Status};
use osmpbf::{Element, ElementReader};

use crate::Result;

/// What was passed over, so that nobody can leave out the work.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Elements {
    pub(crate) nodes: u64,
    pub(crate) ways: u64,
    pub(crate) relations: u64,
    /// The sum of all coordinates, references and members, which has no meaning.
    touched: i64,
}

/// Inflates all blocks into one buffer and looks at nothing; returns the bytes they hold.
pub(crate) fn inflate(path: &Path) -> Result<u64> {
    let mut file = BufReader::new(File::open(path)?);
    let (mut blob, mut content, mut bytes) = (Vec::new(), Vec::new(), 0);
    while let Some(size) = next_blob(&mut file)? {
        blob.resize(size, 0);
        file.read_exact(&mut blob)?;
        let (mut raw_size, mut deflated) = (0, None);
        for (field, value) in Fields(&blob) {
            match (field, value) {
                (1, Value::Bytes(raw)) => bytes += raw.len() as u64,
                (2, Value::Number(size)) => raw_size = size as usize,
                (3, Value::Bytes(zlib)) => deflated = Some(zlib),
                _ => {}
            }
        }
        let Some(deflated) = deflated else { continue };
        content.resize(raw_size, 0);
        let mut zlib = Decompress::new(true);
        let status = zlib.decompress(deflated, &mut content, FlushDecompress::Finish)?;
        if status != Status::StreamEnd {
            return Err(format!("{}: a block is not as long as it says", path.display()).into());
        }
        bytes += zlib.total_out();
    }
    Ok(bytes)
}

/// One pass by the `osmpbf` crate over every node, way and relation: coordinates, references and members, not the tags.
pub(crate) fn decode(path: &Path) -> Result<Elements> {
    let mut found = Elements::default();
    let touch = |element: Element<'_>| {
        let touched = match element {
            Element::DenseNode(node) => {
                found.nodes += 1;
                node.id() ^ node.nano_lat() ^ node.nano_lon()
            }
            Element::Node(node) => {
                found.nodes += 1;
                node.id() ^ node.nano_lat() ^ node.nano_lon()
            }
            Element::Way(way) => {
                found.ways += 1;
                way.refs().fold(way.id(), |sum, node| sum ^ node)
            }
            Element::Relation(relation) => {
                found.relations += 1;
                relation.members().fold(relation.id(), |sum, member| sum ^ member.member_id)
            }
        };
        found.touched ^= touched;
    };
    ElementReader::from_path(path)?.for_each(touch)?;
    Ok(found)
}

/// Goes to the next blob and tells its size; None at the end of the file.
fn next_blob(file: &mut impl Read) -> Result<Option<usize>> {
    let mut length = [0; 4];
    match file.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut header = vec![0; u32::from_be_bytes(length) as usize];
    file.read_exact(&mut header)?;
    let size = Fields(&header).find_map(|field| match field {
        (3, Value::Number(size)) => Some(size as usize),
        _ => None,
    });
    Ok(Some(size.ok_or("a block without a size")?))
}

/// The fields of a protocol buffer message, as far as blobs use them; ends at the first that is none.
struct Fields<'a>(&'a [u8]);

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Iterator for Fields<'a> {
    type Item = (u64, Value<'a>);

    fn next(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.varint()?;
        let number = self.varint()?;
        match key & 7 {
            0 => Some((key >> 3, Value::Number(number))),
            2 => {
                let (bytes, rest) = self.0.split_at_checked(number as usize)?;
                self.0 = rest;
                Some((key >> 3, Value::Bytes(bytes)))
            }
            _ => None,
        }
    }
}

impl Fields<'_> {
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}
