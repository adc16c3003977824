//! The content of a data block.

use super::texts::{Keys, TagNumbers, Tags, Texts};
use super::wire::{Fields, Value};
use crate::error::Damage;
use crate::sphere::Fixed;

/// The content of a data block.
pub(crate) struct Block<'a> {
    bytes: &'a [u8],
    texts: Texts<'a>,
    /// Nanodegrees of one step of a coordinate.
    granularity: i64,
    /// Nanodegrees of the coordinates 0, 0.
    origin: (i64, i64),
}

/// An element, not yet decoded.
pub(crate) enum Element<'a> {
    Node(&'a [u8]),
    DenseNodes(&'a [u8]),
    Way(&'a [u8]),
    Relation(&'a [u8]),
    /// A changeset, or what later versions of the format may bring.
    Other,
}

/// A position in the steps of its block.
#[derive(Clone, Copy)]
pub(crate) struct Steps {
    pub(super) lat: i64,
    pub(super) lon: i64,
}

impl<'a> Block<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Block<'a>, Damage> {
        let (mut granularity, mut origin, mut texts) = (100, (0, 0), &[][..]);
        for field in Fields(bytes) {
            match field? {
                (1, value) => texts = value.bytes()?,
                (17, value) => granularity = value.number()? as i64,
                (19, value) => origin.0 = value.number()? as i64,
                (20, value) => origin.1 = value.number()? as i64,
                _ => {}
            }
        }
        Ok(Block { bytes, texts: Texts::parse(texts)?, granularity, origin })
    }

    /// The elements of all groups.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Result<Element<'a>, Damage>> {
        let groups = Fields(self.bytes).flat_map(|field| {
            let (group, error) = match field {
                Ok((2, Value::Bytes(bytes))) => (bytes, None),
                Ok((2, _)) => (&[][..], Some(Err(Damage::Fields))),
                Ok(_) => (&[][..], None),
                Err(damage) => (&[][..], Some(Err(damage))),
            };
            Fields(group).chain(error)
        });
        groups.map(|field| {
            Ok(match field? {
                (1, value) => Element::Node(value.bytes()?),
                (2, value) => Element::DenseNodes(value.bytes()?),
                (3, value) => Element::Way(value.bytes()?),
                (4, value) => Element::Relation(value.bytes()?),
                _ => Element::Other,
            })
        })
    }

    /// Whether an element may have one of these keys.
    pub(crate) fn may_have(&self, keys: &[&str]) -> bool {
        self.texts.has_any(keys)
    }

    /// Keys to tell elements by, so that those without them need not be looked at further.
    pub(crate) fn keys<'k>(&self, wanted: Vec<&'k str>) -> Keys<'k> {
        self.texts.keys(wanted)
    }

    /// The numbers of the first tag with one of these keys.
    pub(crate) fn find(
        &self,
        mut numbers: TagNumbers<'_>,
        keys: &mut Keys<'_>,
    ) -> Result<Option<[u64; 2]>, Damage> {
        self.texts.find(&mut numbers, keys)
    }

    /// Puts the numbers of the tags with one of these keys in place of those that `chosen` holds.
    pub(crate) fn choose(
        &self,
        mut numbers: TagNumbers<'_>,
        keys: &mut Keys<'_>,
        chosen: &mut Vec<[u32; 2]>,
    ) -> Result<(), Damage> {
        chosen.clear();
        while let Some([key, value]) = self.texts.find(&mut numbers, keys)? {
            // No block has as many texts as would not fit.
            let value = u32::try_from(value).map_err(|_| Damage::Text)?;
            chosen.push([key as u32, value]);
        }
        Ok(())
    }

    /// The text of a number.
    pub(crate) fn text(&self, number: u64) -> Result<&'a str, Damage> {
        self.texts.get(number)
    }

    /// Puts the tags of an element in place of those that `tags` holds.
    pub(crate) fn read_tags(
        &self,
        numbers: impl IntoIterator<Item = Result<[u64; 2], Damage>>,
        tags: &mut Tags<'a>,
    ) -> Result<(), Damage> {
        self.texts.read(numbers, tags)
    }

    /// The position that an element of the block states.
    pub(crate) fn position(&self, steps: Steps) -> Result<Fixed, Damage> {
        let degrees = |origin: i64, steps: i64| {
            if (self.granularity, origin) == (100, 0) {
                return Ok(steps);
            }
            let nano = self
                .granularity
                .checked_mul(steps)
                .and_then(|n| n.checked_add(origin))
                .ok_or(Damage::Range)?;
            Ok((nano / 100) + i64::from(nano % 100 >= 50) - i64::from(nano % 100 <= -50))
        };
        Fixed::new(degrees(self.origin.0, steps.lat)?, degrees(self.origin.1, steps.lon)?)
            .ok_or(Damage::Range)
    }
}
