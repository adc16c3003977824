//! Reading bytes as an extract.

use std::path::PathBuf;
use std::sync::LazyLock;

use medicobus_roads::{Profile, RoadNetwork, Watch};

static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::van);

/// One file for all rounds of this process.
static PATH: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("medicobus-fuzz-{}.osm.pbf", std::process::id())));

/// Reads a file with this content: whatever it is, there is a network, or an error that names the file.
pub fn read(content: &[u8]) {
    // Work that stays on this thread is repeatable.
    static POOL: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .use_current_thread()
            .build()
            .expect("a pool of one thread")
    });
    std::fs::write(&*PATH, content).expect("a folder to write in");
    match POOL.install(|| RoadNetwork::read(&PATH, &PROFILE, &Watch::none())) {
        Ok(network) => assert!(network.summary().junctions > 0),
        Err(error) => assert!(error.to_string().starts_with(&PATH.display().to_string()), "{error}"),
    }
}

/// A healthy header, then a block with this blob.
#[allow(dead_code, reason = "of the targets that share this file one needs no frame")]
pub fn framed(blob: &[u8]) -> Vec<u8> {
    const HEADER: &[u8] =
        b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x1e\x0a\x1c\x22\x0eOsmSchema-V0.6\x22\x0aDenseNodes";
    let mut size = blob.len() as u32;
    let mut header = b"\x0a\x07OSMData\x18".to_vec();
    while size >= 0x80 {
        header.push(size as u8 | 0x80);
        size >>= 7;
    }
    header.push(size as u8);
    [HEADER, &(header.len() as u32).to_be_bytes(), &header, blob].concat()
}
