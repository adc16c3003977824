//! What was read, by the SHA-256 of each file: the same digest stands for the same input.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The SHA-256 of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDigest {
    /// Its name, without folders.
    pub name: String,
    /// Its SHA-256 in lower-case hexadecimal.
    pub sha256: String,
}

/// The files that an answer depends on, in the order they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputDigest {
    /// Each file that was read.
    pub files: Vec<FileDigest>,
}

impl InputDigest {
    /// One SHA-256 for all files, in lower-case hexadecimal: that of their own digests, one a line. Names do not
    /// count, so that moving a territory to another folder changes nothing.
    pub fn combined(&self) -> String {
        let mut hash = Sha256::new();
        for file in &self.files {
            hash.update(file.sha256.as_bytes());
            hash.update(b"\n");
        }
        hex(hash)
    }
}

/// Passes bytes on and hashes them on the way.
#[derive(Debug)]
pub(crate) struct Hashing<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(inner: R) -> Hashing<R> {
        Hashing { inner, hash: Sha256::new() }
    }

    /// The digest of all that has passed.
    pub(crate) fn finish(self, name: String) -> FileDigest {
        FileDigest { name, sha256: hex(self.hash) }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}

impl FileDigest {
    /// Hashes a file without keeping it in memory: an extract, for instance.
    ///
    /// # Errors
    /// When the file cannot be opened or read.
    pub fn of_file(path: &std::path::Path) -> io::Result<FileDigest> {
        let mut hashing = Hashing::new(std::fs::File::open(path)?);
        io::copy(&mut hashing, &mut io::sink())?;
        Ok(hashing.finish(file_name(path)))
    }
}

/// The last part of a path.
pub(crate) fn file_name(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digest_that_sha256sum_gives() {
        let mut hashing = Hashing::new(&b"abc"[..]);
        io::copy(&mut hashing, &mut io::sink()).unwrap();
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hashing.finish("abc".into()).sha256, known);
    }
}
