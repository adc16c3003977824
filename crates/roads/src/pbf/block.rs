//! The content of a data block: its nodes and ways. Relations are not read.

use super::wire::{Deltas, Fields, Numbers, Value, zigzag};
use crate::error::Damage;
use crate::sphere::Fixed;

/// No real way comes near: the OpenStreetMap database allows 2,000 nodes.
const MOST_WAY_NODES: usize = 1 << 20;
/// No real block comes near: writers put 8,000 elements in one.
const MOST_TEXTS: usize = 1 << 21;

/// The content of a data block.
pub(crate) struct Block<'a> {
    bytes: &'a [u8],
    texts: &'a [u8],
    /// Nanodegrees of one step of a coordinate.
    granularity: i64,
    /// Nanodegrees of the coordinates 0, 0.
    origin: (i64, i64),
}

/// A way, lent out while the block is read.
#[derive(Default)]
pub(crate) struct Way<'a> {
    pub(crate) id: i64,
    pub(crate) tags: Tags<'a>,
    /// Its nodes in their order.
    pub(crate) refs: Vec<i64>,
    /// Where those nodes are, in files that say so on the way; else empty.
    pub(crate) positions: Vec<Fixed>,
}

/// Keys and values.
#[derive(Default)]
pub(crate) struct Tags<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Tags<'a> {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|tag| tag.0 == key).map(|tag| tag.1)
    }

    #[cfg(test)]
    pub(crate) fn of(tags: &[(&'a str, &'a str)]) -> Tags<'a> {
        Tags(tags.to_vec())
    }
}

impl<'a> Block<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Block<'a>, Damage> {
        let mut block = Block { bytes, texts: &[], granularity: 100, origin: (0, 0) };
        for field in Fields(bytes) {
            match field? {
                (1, value) => block.texts = value.bytes()?,
                (17, value) => block.granularity = value.number()? as i64,
                (19, value) => block.origin.0 = value.number()? as i64,
                (20, value) => block.origin.1 = value.number()? as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    /// Whether there is any node in the block.
    pub(crate) fn has_nodes(&self) -> Result<bool, Damage> {
        for element in self.elements() {
            if matches!(element?, (1 | 2, _)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Shows every node: its id, and its position where `wanted` accepts the id.
    pub(crate) fn nodes(
        &self,
        mut wanted: impl FnMut(i64) -> Option<u32>,
        mut visit: impl FnMut(u32, Fixed),
    ) -> Result<(), Damage> {
        let mut show = |id, lat, lon| {
            if let Some(index) = wanted(id) {
                visit(index, self.position(lat, lon)?);
            }
            Ok(())
        };
        for element in self.elements() {
            match element? {
                (1, value) => {
                    let (id, lat, lon) = plain_node(value.bytes()?)?;
                    show(id, lat, lon)?;
                }
                (2, value) => {
                    let [mut ids, mut lats, mut lons] = dense_columns(value.bytes()?)?;
                    loop {
                        match (ids.next(), lats.next(), lons.next()) {
                            (None, None, None) => break,
                            (Some(id), Some(lat), Some(lon)) => show(id?, lat?, lon?)?,
                            _ => return Err(Damage::Lists),
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Shows every way that has a tag with this key.
    pub(crate) fn ways_with(&self, key: &str, mut visit: impl FnMut(&Way<'a>)) -> Result<(), Damage> {
        let mut texts = None;
        let mut way = Way::default();
        for element in self.elements() {
            if let (3, value) = element? {
                if texts.is_none() {
                    texts = Some(Texts::parse(self.texts)?);
                }
                if let Some(texts) = &texts
                    && self.fill_way(value.bytes()?, texts, key, &mut way)?
                {
                    visit(&way);
                }
            }
        }
        Ok(())
    }

    /// The elements of all groups: 1 a node, 2 a list of nodes, 3 a way, 4 a relation, 5 a changeset.
    fn elements(&self) -> impl Iterator<Item = Result<(u64, Value<'a>), Damage>> {
        Fields(self.bytes).flat_map(|field| {
            let (group, error) = match field {
                Ok((2, Value::Bytes(bytes))) => (bytes, None),
                Ok((2, _)) => (&[][..], Some(Err(Damage::Fields))),
                Ok(_) => (&[][..], None),
                Err(damage) => (&[][..], Some(Err(damage))),
            };
            Fields(group).chain(error)
        })
    }

    /// Reads a way if it has a tag with this key.
    fn fill_way(
        &self,
        bytes: &'a [u8],
        texts: &Texts<'a>,
        key: &str,
        way: &mut Way<'a>,
    ) -> Result<bool, Damage> {
        let [mut keys, mut values, mut refs, mut lats, mut lons]: [&[u8]; 5] = Default::default();
        let mut id = None;
        for field in Fields(bytes) {
            match field? {
                (1, value) => id = Some(value.number()? as i64),
                (2, value) => keys = value.bytes()?,
                (3, value) => values = value.bytes()?,
                (8, value) => refs = value.bytes()?,
                (9, value) => lats = value.bytes()?,
                (10, value) => lons = value.bytes()?,
                _ => {}
            }
        }
        if !texts.any(keys, key)? {
            return Ok(false);
        }
        way.id = id.ok_or(Damage::Fields)?;
        texts.resolve(keys, values, &mut way.tags)?;
        way.refs.clear();
        for node in Deltas::new(refs).take(MOST_WAY_NODES + 1) {
            way.refs.push(node?);
        }
        if way.refs.len() > MOST_WAY_NODES {
            return Err(Damage::Length);
        }
        way.positions.clear();
        for (lat, lon) in Deltas::new(lats).zip(Deltas::new(lons)).take(way.refs.len() + 1) {
            way.positions.push(self.position(lat?, lon?)?);
        }
        if !way.positions.is_empty() && way.positions.len() != way.refs.len() {
            return Err(Damage::Lists);
        }
        Ok(true)
    }

    fn position(&self, lat: i64, lon: i64) -> Result<Fixed, Damage> {
        let degrees = |origin: i64, steps: i64| {
            let nano = self
                .granularity
                .checked_mul(steps)
                .and_then(|n| n.checked_add(origin))
                .ok_or(Damage::Range)?;
            Ok((nano + if nano < 0 { -50 } else { 50 }) / 100)
        };
        Fixed::new(degrees(self.origin.0, lat)?, degrees(self.origin.1, lon)?).ok_or(Damage::Range)
    }
}

fn plain_node(bytes: &[u8]) -> Result<(i64, i64, i64), Damage> {
    let (mut id, mut lat, mut lon) = (None, None, None);
    for field in Fields(bytes) {
        match field? {
            (1, value) => id = Some(zigzag(value.number()?)),
            (8, value) => lat = Some(zigzag(value.number()?)),
            (9, value) => lon = Some(zigzag(value.number()?)),
            _ => {}
        }
    }
    match (id, lat, lon) {
        (Some(id), Some(lat), Some(lon)) => Ok((id, lat, lon)),
        _ => Err(Damage::Fields),
    }
}

fn dense_columns(bytes: &[u8]) -> Result<[Deltas<'_>; 3], Damage> {
    let mut columns: [Deltas<'_>; 3] = Default::default();
    for field in Fields(bytes) {
        match field? {
            (1, value) => columns[0] = Deltas::new(value.bytes()?),
            (8, value) => columns[1] = Deltas::new(value.bytes()?),
            (9, value) => columns[2] = Deltas::new(value.bytes()?),
            _ => {}
        }
    }
    Ok(columns)
}

/// The texts of a block.
struct Texts<'a>(Vec<&'a [u8]>);

impl<'a> Texts<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Texts<'a>, Damage> {
        let mut texts = Vec::new();
        for field in Fields(bytes) {
            if let (1, value) = field? {
                texts.push(value.bytes()?);
                if texts.len() > MOST_TEXTS {
                    return Err(Damage::Length);
                }
            }
        }
        Ok(Texts(texts))
    }

    /// Whether one of the numbers stands for this text.
    fn any(&self, numbers: &[u8], text: &str) -> Result<bool, Damage> {
        for number in Numbers(numbers) {
            if self.bytes(number?)? == text.as_bytes() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn resolve(&self, keys: &[u8], values: &[u8], tags: &mut Tags<'a>) -> Result<(), Damage> {
        tags.0.clear();
        let (mut keys, mut values) = (Numbers(keys), Numbers(values));
        loop {
            match (keys.next(), values.next()) {
                (None, None) => return Ok(()),
                (Some(key), Some(value)) => tags.0.push((self.text(key?)?, self.text(value?)?)),
                _ => return Err(Damage::Lists),
            }
        }
    }

    fn text(&self, number: u64) -> Result<&'a str, Damage> {
        std::str::from_utf8(self.bytes(number)?).map_err(|_| Damage::Text)
    }

    fn bytes(&self, number: u64) -> Result<&'a [u8], Damage> {
        usize::try_from(number).ok().and_then(|index| self.0.get(index).copied()).ok_or(Damage::Text)
    }
}
