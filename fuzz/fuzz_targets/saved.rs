//! A saved network in which bytes were changed on purpose: its checksums are right again, so that all that is left to
//! refuse it is what its numbers mean.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use medicobus_roads::{Engine, Metres, Millis, NodeId, Position, Profile, RoadNetwork, SearchOptions, Watch};

/// Junctions on each side of the drawn network.
const SIDE: u32 = 5;

/// Bytes of a change: where, as three bytes, and what the byte there is mixed with.
const CHANGE: usize = 4;

static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::van);

/// One file for all rounds of this process.
static PATH: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("medicobus-fuzz-{}.roads", std::process::id())));

/// The bytes of a sound file.
static SAVED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let network = drawn();
    network.contract(&Watch::none()).expect("a network without end");
    network.save(&PATH).expect("a folder to write in");
    std::fs::read(&*PATH).expect("the file that was written")
});

/// Streets in a grid, some of them one-way, private or forbidden to turn into.
fn drawn() -> RoadNetwork {
    let mut builder = RoadNetwork::builder();
    let nodes: Vec<NodeId> = (0..SIDE * SIDE).map(|rank| builder.node(place(rank))).collect();
    let mut before = None;
    for rank in 0..SIDE * SIDE {
        for next in [(rank % SIDE + 1 < SIDE).then_some(rank + 1), Some(rank + SIDE)].into_iter().flatten() {
            let Some(&end) = nodes.get(next as usize) else { continue };
            let start = nodes[rank as usize];
            let back = (rank % 3 != 0).then_some(Millis(9_000 + rank));
            let road = builder.road(start, end, Metres(100.0), Some(Millis(8_000 + next)), back);
            match (rank % 7, before) {
                (1, _) => builder.ends_only(road),
                (2, _) => builder.ferry(road),
                (3, Some((through, from))) if through == start => builder.forbid(from, through, road),
                _ => {}
            }
            before = Some((end, road));
        }
    }
    builder.turns(120.0, Millis(8_000), Millis(20_000));
    builder.build().expect("a network in one piece")
}

fn place(rank: u32) -> Position {
    let step = |steps: u32| 0.001 * f64::from(steps);
    Position { lat: 45.0 + step(rank / SIDE), lon: 5.0 + step(rank % SIDE) }
}

/// Where the data starts.
fn data_of(file: &[u8]) -> usize {
    8 + u64::from_le_bytes(file[..8].try_into().expect("eight bytes")) as usize
}

/// Writes the checksums that the bytes should have.
fn sum(file: &mut [u8]) {
    let data = data_of(file);
    let parts: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&file[8..data]).expect("the header of a sound file");
    let arrays = parts.iter().filter(|(name, _)| *name != "__metadata__");
    let mut ends: Vec<usize> = arrays
        .map(|(_, part)| data + part["data_offsets"][1].as_u64().expect("an offset") as usize)
        .collect();
    ends.sort_unstable();
    ends.pop();
    ends.insert(0, data);
    let starts = [0].into_iter().chain(ends.iter().copied());
    let sums: Vec<u8> = starts
        .zip(&ends)
        .flat_map(|(start, &end)| crc32fast::hash(&file[start..end]).to_le_bytes())
        .collect();
    let at = file.len() - sums.len();
    file[at..].copy_from_slice(&sums);
}

libfuzzer_sys::fuzz_target!(|changes: &[u8]| {
    let mut file = SAVED.clone();
    let data = data_of(&file);
    for change in changes.chunks_exact(CHANGE) {
        let at = u32::from_le_bytes([change[0], change[1], change[2], 0]) as usize % (file.len() - data);
        file[data + at] ^= change[3];
    }
    sum(&mut file);
    std::fs::write(&*PATH, &file).expect("a folder to write in");
    match RoadNetwork::load(&PATH, &PROFILE, &Watch::none()) {
        Ok(network) => {
            let points: Vec<Position> = (0..SIDE * SIDE).step_by(4).map(place).collect();
            for engine in [Engine::Dijkstra, Engine::Hierarchy] {
                let options = SearchOptions { engine, ..SearchOptions::default() };
                let table = network.travel_times(&points, &points, &options, &Watch::none());
                assert!(table.expect("nothing was cancelled").origin_snap(points.len()).is_none());
            }
            let _ = network.route(points[0], points[6], &SearchOptions::default());
        }
        Err(error) => assert!(error.to_string().starts_with(&PATH.display().to_string()), "{error}"),
    }
});
