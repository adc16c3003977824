//! The wire form of protocol buffers: fields and variable-length integers, borrowed from the bytes they stand in.

use crate::error::Damage;

/// One field of a message.
pub(super) enum Value<'a> {
    /// A number.
    Number(u64),
    /// A text, a message or a packed list.
    Bytes(&'a [u8]),
    /// Four or eight bytes, which no field of this format uses.
    Fixed,
}

impl<'a> Value<'a> {
    pub(super) fn bytes(self) -> Result<&'a [u8], Damage> {
        match self {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(Damage::Fields),
        }
    }

    pub(super) fn number(self) -> Result<u64, Damage> {
        match self {
            Value::Number(number) => Ok(number),
            _ => Err(Damage::Fields),
        }
    }
}

/// The fields of a message in their order: number and value.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    /// Inlined even so: a field goes through memory otherwise, and every way has several.
    #[inline(always)]
    fn following(&mut self) -> Result<(u64, Value<'a>), Damage> {
        let key = take_varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(take_varint(&mut self.0)?),
            1 => take(&mut self.0, 8).map(|_| Value::Fixed)?,
            2 => {
                let length = take_varint(&mut self.0)?;
                Value::Bytes(take(&mut self.0, length)?)
            }
            5 => take(&mut self.0, 4).map(|_| Value::Fixed)?,
            _ => return Err(Damage::Fields),
        };
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Damage>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| self.following())
    }
}

/// A packed list of unsigned numbers.
#[derive(Clone, Default)]
pub(crate) struct Numbers<'a>(pub(super) &'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = Result<u64, Damage>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| take_varint(&mut self.0))
    }
}

/// A packed list of signed numbers, each stored as its difference from the one before.
#[derive(Clone, Default)]
pub(super) struct Deltas<'a> {
    numbers: Numbers<'a>,
    last: i64,
}

impl<'a> Deltas<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Deltas<'a> {
        Deltas { numbers: Numbers(bytes), last: 0 }
    }

    /// Whether no number is left.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.0.is_empty()
    }

    /// The next number, where the list must not end yet.
    #[inline]
    pub(super) fn following(&mut self) -> Result<i64, Damage> {
        if self.is_empty() {
            return Err(Damage::Lists);
        }
        let delta = zigzag(take_varint(&mut self.numbers.0)?);
        self.last = self.last.checked_add(delta).ok_or(Damage::Range)?;
        Ok(self.last)
    }
}

impl Iterator for Deltas<'_> {
    type Item = Result<i64, Damage>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        (!self.is_empty()).then(|| self.following())
    }
}

/// The signed number behind its unsigned form: 0, -1, 1, -2, 2, ...
#[inline]
pub(super) fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

fn take<'a>(bytes: &mut &'a [u8], length: u64) -> Result<&'a [u8], Damage> {
    let length = usize::try_from(length).map_err(|_| Damage::Fields)?;
    let (taken, rest) = bytes.split_at_checked(length).ok_or(Damage::Fields)?;
    *bytes = rest;
    Ok(taken)
}

#[inline]
fn take_varint(bytes: &mut &[u8]) -> Result<u64, Damage> {
    // Most numbers of a map are small differences that fit one byte.
    if let Some((&byte, rest)) = bytes.split_first()
        && byte < 0x80
    {
        *bytes = rest;
        return Ok(u64::from(byte));
    }
    take_long_varint(bytes)
}

/// A number of several bytes, all at once: how many they are is hard to foresee.
#[inline]
fn take_long_varint(bytes: &mut &[u8]) -> Result<u64, Damage> {
    if let Some(&word) = bytes.first_chunk() {
        let word = u64::from_le_bytes(word);
        let ends = !word & 0x8080_8080_8080_8080;
        if ends != 0 {
            *bytes = &bytes[ends.trailing_zeros() as usize / 8 + 1..];
            return Ok(joined(word & (ends ^ (ends - 1))));
        }
    }
    take_any_varint(bytes)
}

/// The lower seven bits of each byte side by side: two bytes at a time become one number, then two of these.
#[inline]
fn joined(word: u64) -> u64 {
    let word = word & 0x007f_007f_007f_007f | (word & 0x7f00_7f00_7f00_7f00) >> 1;
    let word = word & 0x0000_3fff_0000_3fff | (word & 0x3fff_0000_3fff_0000) >> 2;
    word & 0x0fff_ffff | (word & 0x0fff_ffff_0000_0000) >> 4
}

fn take_any_varint(bytes: &mut &[u8]) -> Result<u64, Damage> {
    let mut number = 0;
    for (index, &byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            *bytes = &bytes[index + 1..];
            return Ok(number);
        }
    }
    Err(Damage::Fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_are_read() {
        let bytes = [0x00, 0x96, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Numbers(&bytes).collect::<Result<Vec<_>, _>>(), Ok(vec![0, 150, u64::MAX]));
        assert_eq!([0, 1, 2, 3, u64::MAX].map(zigzag), [0, -1, 1, -2, i64::MIN]);
    }

    #[test]
    fn numbers_are_the_same_wherever_they_stand() {
        for bits in 0..=64 {
            for number in [1u64.checked_shl(bits).unwrap_or(0), u64::MAX.checked_shr(64 - bits).unwrap_or(0)]
            {
                let mut bytes = Vec::new();
                let mut rest = number;
                while rest >= 0x80 {
                    bytes.push(rest as u8 | 0x80);
                    rest >>= 7;
                }
                bytes.push(rest as u8);
                for behind in 0..10 {
                    let all = [&bytes[..], &[0xff; 10][..behind]].concat();
                    let mut left = &all[..];
                    assert_eq!(take_varint(&mut left), Ok(number), "{bytes:x?}, {behind} bytes behind it");
                    assert_eq!(left.len(), behind, "{bytes:x?}");
                }
            }
        }
    }

    #[test]
    fn a_number_without_end_and_a_field_beyond_its_message_are_damage() {
        assert_eq!(Numbers(&[0x80; 11]).next(), Some(Err(Damage::Fields)));
        assert_eq!(Numbers(&[0x80]).next(), Some(Err(Damage::Fields)));
        assert!(matches!(Fields(&[0x0a, 0x05, 1]).next(), Some(Err(Damage::Fields))));
        assert!(matches!(Fields(&[0x0b]).next(), Some(Err(Damage::Fields))));
    }

    #[test]
    fn differences_that_leave_the_range_are_damage() {
        let most = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let twice = [most, most].concat();
        assert_eq!(Deltas::new(&twice).collect::<Vec<_>>(), [Ok(i64::MAX), Err(Damage::Range)]);
    }
}
