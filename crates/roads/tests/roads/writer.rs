//! A writer of small extracts, healthy or not: uncompressed, so that a changed byte goes deep.

use std::path::PathBuf;

/// A protocol buffer under construction.
#[derive(Clone, Default)]
pub(crate) struct Message(pub(crate) Vec<u8>);

impl Message {
    pub(crate) fn number(mut self, field: u64, number: u64) -> Message {
        self.varint(field << 3);
        self.varint(number);
        self
    }

    pub(crate) fn bytes(mut self, field: u64, bytes: &[u8]) -> Message {
        self.varint(field << 3 | 2);
        self.varint(bytes.len() as u64);
        self.0.extend(bytes);
        self
    }

    pub(crate) fn packed(self, field: u64, numbers: &[u64]) -> Message {
        let mut list = Message::default();
        numbers.iter().for_each(|&number| list.varint(number));
        self.bytes(field, &list.0)
    }

    /// A list stored as differences.
    pub(crate) fn deltas(self, field: u64, numbers: &[i64]) -> Message {
        let mut last = 0i64;
        let zigzag = |number: &i64| {
            let delta = number.wrapping_sub(std::mem::replace(&mut last, *number));
            (delta << 1 ^ delta >> 63) as u64
        };
        let deltas: Vec<u64> = numbers.iter().map(zigzag).collect();
        self.packed(field, &deltas)
    }

    fn varint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }
}

/// A block of a kind around a blob.
pub(crate) fn block(kind: &str, blob: &Message) -> Vec<u8> {
    let header = Message::default().bytes(1, kind.as_bytes()).number(3, blob.0.len() as u64);
    [&(header.0.len() as u32).to_be_bytes(), &header.0[..], &blob.0].concat()
}

pub(crate) fn raw(content: &Message) -> Message {
    Message::default().bytes(1, &content.0).number(2, content.0.len() as u64)
}

pub(crate) fn header() -> Vec<u8> {
    let content = Message::default().bytes(4, b"OsmSchema-V0.6").bytes(4, b"DenseNodes");
    block("OSMHeader", &raw(&content))
}

/// The texts of every block below, by number: `highway` 1, `residential` 2.
pub(crate) const TEXTS: [&str; 5] = ["", "highway", "residential", "oneway", "no"];

pub(crate) fn data(group: &Message) -> Vec<u8> {
    let texts = TEXTS.iter().fold(Message::default(), |texts, text| texts.bytes(1, text.as_bytes()));
    block("OSMData", &raw(&Message::default().bytes(1, &texts.0).bytes(2, &group.0)))
}

/// Dense nodes: id, latitude and longitude in 1e-7 degrees.
pub(crate) fn nodes(nodes: &[(i64, i64, i64)]) -> Message {
    let column = |pick: fn(&(i64, i64, i64)) -> i64| nodes.iter().map(pick).collect::<Vec<i64>>();
    let dense = Message::default()
        .deltas(1, &column(|node| node.0))
        .deltas(8, &column(|node| node.1))
        .deltas(9, &column(|node| node.2));
    Message::default().bytes(2, &dense.0)
}

/// A residential street.
pub(crate) fn way(id: u64, refs: &[i64]) -> Message {
    Message::default().number(1, id).packed(2, &[1, 3]).packed(3, &[2, 4]).deltas(8, refs)
}

/// A group of ways.
pub(crate) fn ways(ways: &[Message]) -> Message {
    ways.iter().fold(Message::default(), |group, way| group.bytes(3, &way.0))
}

/// A village of three streets: a healthy file.
pub(crate) fn village() -> Vec<Vec<u8>> {
    let places: Vec<(i64, i64, i64)> =
        (0..30).map(|k| (100 + 7 * k, 450_000_000 + 1000 * k, 50_000_000 + 700 * k * (k % 3))).collect();
    let ids: Vec<i64> = places.iter().map(|place| place.0).collect();
    let streets = [way(1, &ids[..12]), way(2, &ids[10..]), way(3, &[ids[3], ids[20], ids[25]])];
    vec![header(), data(&nodes(&places[..20])), data(&nodes(&places[20..])), data(&ways(&streets))]
}

/// A folder of its own for files that are written and read.
pub(crate) struct Desk(tempfile::TempDir);

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    pub(crate) fn write(&self, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join("map.osm.pbf");
        std::fs::write(&path, bytes).unwrap();
        path
    }
}
