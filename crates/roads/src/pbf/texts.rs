//! The texts of a block, and the tags that refer to them by number.

use super::wire::{Fields, Numbers};
use crate::error::Damage;

/// No real block comes near: writers put 8,000 elements in one.
const MOST_TEXTS: usize = 1 << 21;

/// The texts of a block by number. That one is not UTF-8 is damage only to those who use it; few are used.
pub(super) struct Texts<'a>(Vec<&'a [u8]>);

impl<'a> Texts<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Texts<'a>, Damage> {
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

    pub(super) fn get(&self, number: u64) -> Result<&'a str, Damage> {
        let text = usize::try_from(number).ok().and_then(|index| self.0.get(index));
        text.and_then(|text| std::str::from_utf8(text).ok()).ok_or(Damage::Text)
    }

    /// Puts the tags with these numbers in place of those that `tags` holds.
    pub(super) fn read(
        &self,
        numbers: impl IntoIterator<Item = Result<[u64; 2], Damage>>,
        tags: &mut Tags<'a>,
    ) -> Result<(), Damage> {
        tags.0.clear();
        for tag in numbers {
            let [key, value] = tag?;
            tags.0.push((self.get(key)?, self.get(value)?));
        }
        Ok(())
    }

    /// Whether any text is one of these.
    pub(super) fn has_any(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|&text| is_one_of(wanted, text))
    }

    /// Some keys, none of them looked up yet.
    pub(super) fn keys<'k>(&self, wanted: Vec<&'k str>) -> Keys<'k> {
        Keys { wanted, known: vec![None; self.0.len()] }
    }

    /// The next tag with one of these keys. Inlined even so: most ways and tagged nodes have none.
    #[inline(always)]
    pub(super) fn find(
        &self,
        numbers: &mut TagNumbers<'_>,
        keys: &mut Keys<'_>,
    ) -> Result<Option<[u64; 2]>, Damage> {
        for tag in numbers {
            let tag = tag?;
            if self.is_among(tag[0], keys)? {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    #[inline]
    fn is_among(&self, number: u64, Keys { wanted, known }: &mut Keys<'_>) -> Result<bool, Damage> {
        let number = usize::try_from(number).map_err(|_| Damage::Text)?;
        let known = known.get_mut(number).ok_or(Damage::Text)?;
        Ok(*known.get_or_insert_with(|| is_one_of(wanted, self.0[number])))
    }
}

fn is_one_of(wanted: &[&str], text: &[u8]) -> bool {
    wanted.iter().any(|wanted| wanted.as_bytes() == text)
}

/// Some keys, and which texts of one block are known to be one of them: those that were met. A writer may store a text
/// twice.
pub(crate) struct Keys<'k> {
    wanted: Vec<&'k str>,
    known: Vec<Option<bool>>,
}

/// The tags of an element as numbers of texts: key and value.
#[derive(Clone)]
pub(crate) enum TagNumbers<'a> {
    /// A list of keys and one of values.
    Lists { keys: Numbers<'a>, values: Numbers<'a> },
    /// Key, value, key, value...
    Pairs(Numbers<'a>),
}

impl TagNumbers<'_> {
    /// Whether there is no tag, as on most nodes.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            TagNumbers::Lists { keys: Numbers(keys), values: Numbers(values) } => {
                keys.is_empty() && values.is_empty()
            }
            TagNumbers::Pairs(Numbers(pairs)) => pairs.is_empty(),
        }
    }
}

impl Iterator for TagNumbers<'_> {
    type Item = Result<[u64; 2], Damage>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = match self {
            TagNumbers::Lists { keys, values } => (keys.next(), values.next()),
            TagNumbers::Pairs(pairs) => (pairs.next(), pairs.next()),
        };
        match (key, value) {
            (None, None) => None,
            (Some(key), Some(value)) => Some(key.and_then(|key| Ok([key, value?]))),
            _ => Some(Err(Damage::Lists)),
        }
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

    /// Those with one of these keys.
    #[cfg(test)]
    pub(crate) fn among(&self, keys: &[&str]) -> Tags<'a> {
        Tags(self.0.iter().filter(|tag| keys.contains(&tag.0)).copied().collect())
    }
}
