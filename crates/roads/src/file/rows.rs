//! Arrays of numbers in bytes: little-endian, row after row.

use safetensors::Dtype;

/// A number as files hold it.
pub(crate) trait Number: Copy {
    const KIND: Dtype;
    const BYTES: usize;
    /// `bytes` has [`BYTES`](Number::BYTES) of them.
    fn put(self, bytes: &mut [u8]);
    /// `bytes` has [`BYTES`](Number::BYTES) of them; of others, the number is zero.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! number {
    ($($number:ty: $kind:ident),*) => {
        $(impl Number for $number {
            const KIND: Dtype = Dtype::$kind;
            const BYTES: usize = size_of::<$number>();

            #[inline]
            fn put(self, bytes: &mut [u8]) {
                bytes.copy_from_slice(&self.to_le_bytes());
            }

            #[inline]
            fn get(bytes: &[u8]) -> $number {
                <$number>::from_le_bytes(bytes.try_into().unwrap_or_default())
            }
        })*
    };
}

number!(u8: U8, u32: U32, i32: I32, u64: U64, f32: F32);

/// The numbers of a row: an array, all of one kind.
pub(crate) trait Numbers {
    const KIND: Dtype;
    const WIDTH: usize;
    const BYTES: usize;
    fn put(self, bytes: &mut [u8]);
    fn get(bytes: &[u8]) -> Self;
}

impl<N: Number, const WIDTH: usize> Numbers for [N; WIDTH] {
    const KIND: Dtype = N::KIND;
    const WIDTH: usize = WIDTH;
    const BYTES: usize = N::BYTES * WIDTH;

    #[inline]
    fn put(self, bytes: &mut [u8]) {
        for (number, bytes) in self.into_iter().zip(bytes.chunks_exact_mut(N::BYTES)) {
            number.put(bytes);
        }
    }

    #[inline]
    fn get(bytes: &[u8]) -> [N; WIDTH] {
        std::array::from_fn(|k| N::get(&bytes[k * N::BYTES..(k + 1) * N::BYTES]))
    }
}

/// What a network keeps many of, each a row of numbers in a file.
pub(crate) trait Row: Copy {
    type Numbers: Numbers;
    fn numbers(self) -> Self::Numbers;
    fn of_numbers(numbers: Self::Numbers) -> Self;
}

impl<N: Number, const WIDTH: usize> Row for [N; WIDTH] {
    type Numbers = [N; WIDTH];

    #[inline]
    fn numbers(self) -> [N; WIDTH] {
        self
    }

    #[inline]
    fn of_numbers(numbers: [N; WIDTH]) -> [N; WIDTH] {
        numbers
    }
}

impl<N: Number> Row for N {
    type Numbers = [N; 1];

    #[inline]
    fn numbers(self) -> [N; 1] {
        [self]
    }

    #[inline]
    fn of_numbers([number]: [N; 1]) -> N {
        number
    }
}

/// The bytes of a row.
pub(super) const fn row_bytes<R: Row>() -> usize {
    <R::Numbers as Numbers>::BYTES
}

/// Adds the rows whose bytes these are.
pub(super) fn decode<R: Row>(bytes: &[u8], rows: &mut Vec<R>) {
    rows.extend(bytes.chunks_exact(row_bytes::<R>()).map(|row| R::of_numbers(R::Numbers::get(row))));
}

/// The bytes of rows, in place of what the buffer held.
pub(super) fn encode<R: Row>(rows: &[R], bytes: &mut Vec<u8>) {
    bytes.resize(rows.len() * row_bytes::<R>(), 0);
    for (row, bytes) in rows.iter().zip(bytes.chunks_exact_mut(row_bytes::<R>())) {
        row.numbers().put(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_their_bytes_and_are_little_endian() {
        let rows = [[1u32, 0x0102_0304], [u32::MAX, 7]];
        let mut bytes = vec![9; 3];
        encode(&rows, &mut bytes);
        assert_eq!(bytes[..8], [1, 0, 0, 0, 4, 3, 2, 1]);
        let mut back: Vec<[u32; 2]> = Vec::new();
        decode(&bytes, &mut back);
        assert_eq!(back, rows);
        let mut numbers: Vec<i32> = Vec::new();
        decode(&(-5i32).to_le_bytes(), &mut numbers);
        assert_eq!(numbers, [-5]);
    }
}
