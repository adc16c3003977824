//! A writer of small extracts, healthy or not: uncompressed, so that a changed byte goes deep.
//!
//! Tests within the crate use it too.

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

/// The texts of every block below, by number.
pub(crate) const TEXTS: [&str; 35] = [
    "",
    "highway",
    "residential",
    "oneway",
    "no",
    "barrier",
    "block",
    "place",
    "village",
    "landuse",
    "type",
    "restriction",
    "no_left_turn",
    "only_straight_on",
    "from",
    "via",
    "to",
    "location_hint",
    "name",
    "footway",
    "seasonal",
    "yes",
    "Col de la Croix",
    "ref",
    "D 902",
    "mountain_pass",
    "access:conditional",
    "no @ (Nov-Apr)",
    "no @ (Nov - easter)",
    "gate",
    "no @ (Mo-Fr 07:00-09:00)",
    "route",
    "ferry",
    "duration",
    "00:20",
];

fn text(text: &str) -> u64 {
    TEXTS.iter().position(|&other| other == text).unwrap() as u64
}

fn texts(message: Message, texts: impl IntoIterator<Item = &'static str>, field: u64) -> Message {
    let numbers: Vec<u64> = texts.into_iter().map(text).collect();
    message.packed(field, &numbers)
}

/// Keys and values of an element.
type Tagged<'a> = &'a [(&'static str, &'static str)];

fn tagged(message: Message, tags: Tagged<'_>) -> Message {
    let keys = texts(message, tags.iter().map(|tag| tag.0), 2);
    texts(keys, tags.iter().map(|tag| tag.1), 3)
}

pub(crate) fn data(group: &Message) -> Vec<u8> {
    let texts = TEXTS.iter().fold(Message::default(), |texts, text| texts.bytes(1, text.as_bytes()));
    block("OSMData", &raw(&Message::default().bytes(1, &texts.0).bytes(2, &group.0)))
}

/// Dense nodes: id, latitude and longitude in 1e-7 degrees.
pub(crate) fn nodes(nodes: &[(i64, i64, i64)]) -> Message {
    tagged_nodes(nodes, &[])
}

/// Dense nodes with tags: of `tags` the first belong to the first node.
pub(crate) fn tagged_nodes(nodes: &[(i64, i64, i64)], tags: &[Tagged<'_>]) -> Message {
    let column = |pick: fn(&(i64, i64, i64)) -> i64| nodes.iter().map(pick).collect::<Vec<i64>>();
    let pairs =
        |tags: Tagged<'_>| tags.iter().flat_map(|tag| [text(tag.0), text(tag.1)]).collect::<Vec<u64>>();
    let numbers: Vec<u64> = tags.iter().flat_map(|tags| pairs(tags).into_iter().chain([0])).collect();
    let dense = Message::default()
        .deltas(1, &column(|node| node.0))
        .deltas(8, &column(|node| node.1))
        .deltas(9, &column(|node| node.2))
        .packed(10, &numbers);
    Message::default().bytes(2, &dense.0)
}

/// The same, each node a message of its own.
pub(crate) fn plain_nodes(nodes: &[(i64, i64, i64)], tags: &[Tagged<'_>]) -> Message {
    let zigzag = |number: i64| (number << 1 ^ number >> 63) as u64;
    nodes.iter().zip(tags).fold(Message::default(), |group, (&(id, lat, lon), tags)| {
        let node = tagged(Message::default().number(1, zigzag(id)), tags);
        group.bytes(1, &node.number(8, zigzag(lat)).number(9, zigzag(lon)).0)
    })
}

/// A residential street.
pub(crate) fn way(id: u64, refs: &[i64]) -> Message {
    tagged_way(id, refs, &[("highway", "residential"), ("oneway", "no")])
}

pub(crate) fn tagged_way(id: u64, refs: &[i64], tags: Tagged<'_>) -> Message {
    tagged(Message::default().number(1, id), tags).deltas(8, refs)
}

/// A member of a relation: `n` a node, `w` a way, `r` a relation; its id and its role.
pub(crate) type Part = (char, i64, &'static str);

/// A turn restriction.
pub(crate) fn restriction(id: u64, rule: &'static str, parts: &[Part]) -> Message {
    let relation = Message::default().number(1, id);
    let relation = tagged(relation, &[("type", "restriction"), ("restriction", rule)]);
    let ids: Vec<i64> = parts.iter().map(|part| part.1).collect();
    let kinds: Vec<u64> = parts.iter().map(|part| "nwr".find(part.0).unwrap() as u64).collect();
    texts(relation, parts.iter().map(|part| part.2), 8).deltas(9, &ids).packed(10, &kinds)
}

/// A group of relations.
pub(crate) fn relations(relations: &[Message]) -> Message {
    relations.iter().fold(Message::default(), |group, relation| group.bytes(4, &relation.0))
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

/// The village with all else that can be said of roads: a place, barriers, built-up land, turns that are forbidden.
pub(crate) fn tagged_village() -> Vec<Vec<u8>> {
    let places =
        [(50, 450_001_000, 50_001_000), (51, 450_002_000, 50_001_000), (149, 450_007_000, 50_004_900)];
    let tags = [&[("place", "village")][..], &[], &[("barrier", "block"), ("name", "no")]];
    let land = tagged_way(4, &[50, 51, 149, 50], &[("landuse", "residential")]);
    let turns = [
        restriction(8, "no_left_turn", &[('w', 3, "from"), ('n', 240, "via"), ('w', 2, "to")]),
        restriction(9, "only_straight_on", &[('w', 1, "from"), ('w', 3, "via"), ('w', 2, "to")]),
    ];
    let mut blocks = village();
    blocks.splice(1..1, [data(&tagged_nodes(&places[..2], &tags[..2]))]);
    blocks.extend([data(&plain_nodes(&places[2..], &tags[2..])), data(&ways(&[land]))]);
    blocks.push(data(&relations(&turns)));
    blocks
}

/// A folder of its own for files that are written and read.
pub(crate) struct Desk(tempfile::TempDir);

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk(tempfile::tempdir().unwrap())
    }

    pub(crate) fn write(&self, bytes: &[u8]) -> PathBuf {
        self.write_as("map.osm.pbf", bytes)
    }

    pub(crate) fn write_as(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}
