//! Several extracts read as one map.

use std::path::Path;

use medicobus_roads::{Error, ErrorKind, Profile, RoadNetwork, Watch};

use crate::collection::trips;
use crate::files::shared_file;
use crate::random::Random;
use crate::writer::{self, Desk, data, header};

fn read(paths: &[&Path]) -> Result<RoadNetwork, Error> {
    RoadNetwork::read_all(paths, &Profile::van(), &Watch::none())
}

/// The blocks of a healthy file.
fn blocks_of(path: &Path) -> Vec<Vec<u8>> {
    let mut rest = &std::fs::read(path).unwrap()[..];
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let header = 4 + u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        // The size comes last in a header: field 3, then a number of at most four bytes.
        let size = rest[4..header].iter().rposition(|&byte| byte == 3 << 3).unwrap() + 5;
        let size =
            rest[size..header].iter().rev().fold(0, |size, &byte| size << 7 | usize::from(byte & 0x7f));
        let (block, others) = rest.split_at(header + size);
        blocks.push(block.to_vec());
        rest = others;
    }
    blocks
}

/// Two neighbouring regions: each holds some of the blocks, two blocks are in both.
#[test]
fn several_extracts_are_one_map_in_any_order() {
    let Some(plain) = shared_file("robustness", "li_dense_zlib.osm.pbf") else { return };
    let blocks = blocks_of(&plain);
    let network = read(&[&plain]).unwrap();
    let desk = Desk::new();
    for seed in 0..4 {
        let mut random = Random(seed);
        let mut halves = [vec![blocks[0].clone()], vec![blocks[0].clone()]];
        for (index, block) in blocks.iter().enumerate().skip(1) {
            let half = random.below(2);
            halves[half].push(block.clone());
            if index % 4 == 0 {
                halves[1 - half].push(block.clone());
            }
        }
        let [one, other] = halves.map(|half| half.concat());
        let one = desk.write_as("one.osm.pbf", &one);
        let other = desk.write_as("other.osm.pbf", &other);
        for paths in [[&*one, &*other], [&*other, &*one]] {
            let both = read(&paths).unwrap();
            assert_eq!(both.summary(), network.summary(), "seed {seed}");
            assert_eq!(trips(&both), trips(&network), "seed {seed}");
        }
    }
}

#[test]
fn of_extracts_that_contradict_each_other_the_first_counts() {
    let desk = Desk::new();
    let nodes =
        [(100, 450_000_000, 50_000_000), (101, 450_010_000, 50_000_000), (102, 450_010_000, 50_010_000)];
    let street = |refs: &[i64]| {
        [header(), data(&writer::nodes(&nodes)), data(&writer::ways(&[writer::way(1, refs)]))].concat()
    };
    let short = desk.write_as("short.osm.pbf", &street(&[100, 101]));
    let long = desk.write_as("long.osm.pbf", &street(&[100, 101, 102]));
    let metres = |paths: [&Path; 2]| {
        let network = read(&paths).unwrap();
        (network.summary().metres, network.summary().missing_nodes)
    };
    assert_eq!(metres([&short, &long]), (111, 0));
    assert_eq!(metres([&long, &short]), (189, 0));
}

#[test]
fn the_extract_that_is_broken_is_named() {
    let desk = Desk::new();
    let village = writer::village().concat();
    let healthy = desk.write_as("healthy.osm.pbf", &village);
    let broken = desk.write_as("broken.osm.pbf", &village[..village.len() - 1]);
    let error = read(&[&healthy, &broken]).unwrap_err();
    assert_eq!(error.path(), Some(&*broken));
    let none = read(&[]).unwrap_err();
    assert!(matches!(none.kind(), ErrorKind::NoRoads));
}
