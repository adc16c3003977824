//! The texts of a block, and the tags that refer to them by number.

use super::wire::{Fields, Numbers};
use crate::error::Damage;

/// No real block comes near: writers put 8,000 elements in one.
const MOST_TEXTS: usize = 1 << 21;

/// The texts of a block by number; None where one is not UTF-8, which is damage only to those who use it.
pub(super) struct Texts<'a>(Vec<Option<&'a str>>);

impl<'a> Texts<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Texts<'a>, Damage> {
        let mut texts = Vec::new();
        for field in Fields(bytes) {
            if let (1, value) = field? {
                texts.push(std::str::from_utf8(value.bytes()?).ok());
                if texts.len() > MOST_TEXTS {
                    return Err(Damage::Length);
                }
            }
        }
        Ok(Texts(texts))
    }

    pub(super) fn get(&self, number: u64) -> Result<&'a str, Damage> {
        let text = usize::try_from(number).ok().and_then(|index| self.0.get(index).copied());
        text.flatten().ok_or(Damage::Text)
    }

    /// Puts the tags with these numbers in place of those that `tags` holds.
    pub(super) fn read(&self, numbers: TagNumbers<'_>, tags: &mut Tags<'a>) -> Result<(), Damage> {
        tags.0.clear();
        match numbers {
            TagNumbers::Lists { keys, values } => self.add(Numbers(keys), Numbers(values), tags),
            TagNumbers::Pairs(pairs) => {
                self.add(Numbers(pairs).step_by(2), Numbers(pairs).skip(1).step_by(2), tags)
            }
        }
    }

    fn add(
        &self,
        mut keys: impl Iterator<Item = Result<u64, Damage>>,
        mut values: impl Iterator<Item = Result<u64, Damage>>,
        tags: &mut Tags<'a>,
    ) -> Result<(), Damage> {
        loop {
            match (keys.next(), values.next()) {
                (None, None) => return Ok(()),
                (Some(key), Some(value)) => tags.0.push((self.get(key?)?, self.get(value?)?)),
                _ => return Err(Damage::Lists),
            }
        }
    }

    /// The numbers of some keys. A writer may store a text twice.
    pub(super) fn keys(&self, wanted: &[&str]) -> Keys {
        let is_wanted = |text: &Option<&str>| text.is_some_and(|text| wanted.contains(&text));
        let numbers = self.0.iter().zip(0..).filter(|(text, _)| is_wanted(text)).map(|(_, number)| number);
        Keys { numbers: numbers.collect(), texts: self.0.len() as u64 }
    }
}

/// The numbers that stand for some keys in one block.
pub(crate) struct Keys {
    numbers: Vec<u64>,
    /// How many texts the block has.
    texts: u64,
}

/// The tags of an element as numbers of texts.
#[derive(Clone, Copy)]
pub(crate) enum TagNumbers<'a> {
    /// A list of keys and one of values.
    Lists { keys: &'a [u8], values: &'a [u8] },
    /// Key, value, key, value...
    Pairs(&'a [u8]),
}

impl TagNumbers<'_> {
    /// Whether there is a tag with one of these keys.
    pub(crate) fn any(self, wanted: &Keys) -> Result<bool, Damage> {
        match self {
            TagNumbers::Lists { keys, .. } => wanted.any(Numbers(keys)),
            TagNumbers::Pairs(pairs) => wanted.any(Numbers(pairs).step_by(2)),
        }
    }
}

impl Keys {
    fn any(&self, numbers: impl Iterator<Item = Result<u64, Damage>>) -> Result<bool, Damage> {
        for number in numbers {
            match number? {
                number if self.numbers.contains(&number) => return Ok(true),
                number if number >= self.texts => return Err(Damage::Text),
                _ => {}
            }
        }
        Ok(false)
    }
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
