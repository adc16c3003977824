//! Files that are odd, damaged or hostile: the same network as their plain twin, or an error that says what to do.

use std::io::Write;
use std::path::Path;

use medicobus_roads::{Damage, Error, ErrorKind, Profile, RoadNetwork, Watch};

use crate::files::shared_file;
use crate::random::Random;
use crate::writer::{self, Desk, Message, block, data, header, raw};

fn read(path: &Path) -> Result<RoadNetwork, Error> {
    RoadNetwork::read(path, &Profile::van(), &Watch::none())
}

fn read_blocks(blocks: &[Vec<u8>]) -> Result<RoadNetwork, Error> {
    read(&Desk::new().write(&blocks.concat()))
}

#[test]
fn a_road_is_cut_where_nodes_are_missing() {
    let Some(path) = shared_file("robustness", "li_missing_nodes.osm.pbf") else { return };
    let whole = read(&shared_file("robustness", "li_dense_zlib.osm.pbf").unwrap()).unwrap().summary().clone();
    let cut = read(&path).unwrap().summary().clone();
    assert!(cut.missing_nodes > 1000 && whole.missing_nodes == 0);
    assert!(cut.metres + cut.metres_left_out < whole.metres / 2);
}

#[test]
fn a_village_is_read() {
    let summary = read_blocks(&writer::village()).unwrap().summary().clone();
    assert_eq!((summary.junctions, summary.arcs, summary.missing_nodes), (7, 18, 0));
}

#[test]
fn blocks_may_come_in_any_order() {
    let [header, some, others, ways] = writer::village().try_into().unwrap();
    let plain = read_blocks(&[header.clone(), some.clone(), others.clone(), ways.clone()]).unwrap();
    let mixed =
        read_blocks(&[header.clone(), others.clone(), ways.clone(), header, ways, some, others]).unwrap();
    // A network remembers the sizes of its files, which differ here.
    let drawn = |network| format!("{network:?}").split("extracts: [").next().map(str::to_owned);
    assert_eq!(drawn(plain), drawn(mixed));
}

/// Every length of the file in turn, then changed, lost and added bytes at random.
#[test]
fn no_change_to_a_file_panics() {
    let village = writer::village().concat();
    let desk = Desk::new();
    for end in 0..village.len() {
        let Ok(network) = read(&desk.write(&village[..end])) else { continue };
        panic!("the first {end} bytes of a file were taken for a whole: {:?}", network.summary());
    }
    let healthy = writer::tagged_village().concat();
    assert!(read(&desk.write(&healthy)).is_ok());
    let mut random = Random(1);
    for round in 0..8_000 {
        let mut bytes = healthy.clone();
        for _ in 0..1 + random.below(3) {
            let place = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[place] ^= 1 << random.below(8),
                1 => bytes[place] = [0, 0x7f, 0x80, 0xff][random.below(4)],
                2 => drop(bytes.remove(place)),
                _ => bytes.insert(place, random.next() as u8),
            }
        }
        if let Ok(network) = read(&desk.write(&bytes)) {
            let summary = network.summary();
            assert!(summary.junctions < 100 && summary.arcs < 200, "round {round}: {summary:?}");
        }
    }
}

/// They were kept for reaching what others do not.
#[test]
fn no_file_of_the_fuzzing_corpus_panics() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus/file"));
    let files: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 20);
    for path in files {
        if let Err(error) = read(&path) {
            assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
        }
    }
}

#[test]
fn no_change_to_a_real_file_panics() {
    let Some(path) = shared_file("robustness", "li_nocompression.osm.pbf") else { return };
    let healthy = std::fs::read(path).unwrap();
    let desk = Desk::new();
    let mut random = Random(2);
    for _ in 0..15 {
        let mut bytes = healthy.clone();
        for _ in 0..1 + random.below(3) {
            let place = 500 + random.below(bytes.len() - 500);
            bytes[place] ^= 1 << random.below(8);
        }
        let _ = read(&desk.write(&bytes));
    }
}

#[test]
fn no_change_to_a_compressed_file_panics() {
    let desk = Desk::new();
    let mut random = Random(3);
    for method in ["lz4", "lzma", "zstd", "dense_zlib"] {
        let Some(path) = shared_file("robustness", &format!("li_{method}.osm.pbf")) else { return };
        let healthy = std::fs::read(path).unwrap();
        for _ in 0..8 {
            let mut bytes = healthy.clone();
            for _ in 0..1 + random.below(20) {
                let place = 300 + random.below(bytes.len() - 300);
                bytes[place] = random.next() as u8;
            }
            let _ = read(&desk.write(&bytes));
        }
    }
}

#[track_caller]
fn assert_damage(blocks: &[Vec<u8>], block: u64, expected: Damage) {
    let before: u64 = blocks[..block as usize].iter().map(|block| block.len() as u64).sum();
    match read_blocks(blocks).unwrap_err().kind() {
        ErrorKind::Damaged { block: at, offset, damage } => {
            assert_eq!((*at, *offset, *damage), (block, before, expected));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn hostile_numbers_are_damage() {
    let village = writer::village();
    let spoil = |group: Message| [&village[..2], &[data(&group)], &village[2..]].concat();
    let far = writer::nodes(&[(100, i64::MAX / 2, 0), (107, i64::MIN / 2 - 1, 0)]);
    assert_damage(&spoil(far), 2, Damage::Range);
    let text = Message::default().number(1, 9).packed(2, &[1 << 40]).packed(3, &[2]);
    assert_damage(&spoil(writer::ways(&[text])), 2, Damage::Text);
    let lists = Message::default().number(1, 9).packed(2, &[1]).packed(3, &[2, 2]);
    assert_damage(&spoil(writer::ways(&[lists])), 2, Damage::Lists);
    let dense = Message::default().deltas(1, &[1, 2, 3]).deltas(8, &[1, 2]).deltas(9, &[1, 2]);
    assert_damage(&spoil(Message::default().bytes(2, &dense.0)), 2, Damage::Lists);
    let located = writer::way(9, &[100, 107]).deltas(9, &[450_000_000]).deltas(10, &[50_000_000]);
    assert_damage(&spoil(writer::ways(&[located])), 2, Damage::Lists);
}

#[test]
fn damage_in_relations_and_in_tags_of_nodes_is_damage() {
    let village = writer::village();
    let spoil = |group: Message| [&village[..], &[data(&group)]].concat();
    let turn = writer::restriction(1, "no_left_turn", &[]);
    let relation = |rest: Message| spoil(writer::relations(&[rest]));
    assert_damage(&relation(turn.clone().packed(8, &[1]).deltas(9, &[1, 2])), 4, Damage::Lists);
    let part = |kind: u64, role: u64| turn.clone().packed(8, &[role]).deltas(9, &[1]).packed(10, &[kind]);
    assert_damage(&relation(part(3, 1)), 4, Damage::Fields);
    assert_damage(&relation(part(1, 1 << 40)), 4, Damage::Text);
    let far = Message::default().number(1, 1).packed(2, &[10, 99]).packed(3, &[11, 12]);
    assert_damage(&relation(far), 4, Damage::Text);
    let node = |tags: &[u64]| {
        let dense = Message::default().deltas(1, &[100]).deltas(8, &[1]).deltas(9, &[1]).packed(10, tags);
        spoil(Message::default().bytes(2, &dense.0))
    };
    assert!(read_blocks(&node(&[5, 6, 0])).is_ok());
    assert_damage(&node(&[5, 99, 0]), 4, Damage::Text);
    assert_damage(&node(&[5, 0]), 4, Damage::Lists);
    assert_damage(&node(&[5, 6]), 4, Damage::Lists);
    assert_damage(&node(&[5, 6, 0, 0]), 4, Damage::Lists);
}

#[test]
fn hostile_sizes_are_refused_before_any_memory_is_taken() {
    let blob = |blob: Message| vec![header(), block("OSMData", &blob)];
    let empty_zlib = [0x78, 0x9c, 3, 0, 0, 0, 0, 1];
    let empty_lzma = [0x5d, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let empty_lz4 = [0];
    let empty_zstd = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 0, 1, 0, 0];
    for (method, packed) in [(3, &empty_zlib[..]), (4, &empty_lzma), (6, &empty_lz4), (7, &empty_zstd)] {
        let sized = |size: u64| Message::default().number(2, size).bytes(method, packed);
        assert!(read_blocks(&[blob(sized(0)), writer::village()[1..].to_vec()].concat()).is_ok(), "{method}");
        assert_damage(&blob(sized(1 << 60)), 1, Damage::Size);
        assert_damage(&blob(sized(-1i64 as u64)), 1, Damage::Size);
        assert_damage(&blob(sized(32 << 20)), 1, Damage::Bomb);
        assert_damage(&blob(sized(10)), 1, Damage::Deflate);
        assert_damage(&blob(Message::default().number(2, 10).bytes(method, &[])), 1, Damage::Deflate);
        assert_damage(&blob(Message::default().bytes(method, packed)), 1, Damage::Deflate);
    }
    assert_damage(&blob(Message::default()), 1, Damage::Empty);
    let sized = |size: u64| {
        let header = Message::default().bytes(1, b"OSMData").number(3, size);
        [&(header.0.len() as u32).to_be_bytes(), &header.0[..]].concat()
    };
    assert_damage(&[header(), sized(-5i64 as u64)], 1, Damage::Size);
    assert_damage(&[header(), vec![0x7f, 0xff, 0xff, 0xff]], 1, Damage::Header);
    let long = writer::way(9, &vec![100; 1 << 21]);
    assert_damage(&[header(), data(&writer::ways(&[long]))], 1, Damage::Length);
}

/// Each of these blocks may grow as it does, for short ones may; all together may not.
#[test]
fn a_file_of_many_small_blocks_that_grow_is_refused() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&[0; 32 << 10]).unwrap();
    let packed = packer.finish().unwrap();
    let blob = Message::default().number(2, 32 << 10).bytes(3, &packed);
    let bombs = |count| [writer::village(), vec![block("OSMData", &blob); count]].concat();
    assert!(read_blocks(&bombs(20)).is_ok());
    let error = read_blocks(&bombs(60)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Damaged { damage: Damage::Bomb, .. }), "{error}");
}

#[test]
fn what_follows_the_last_block_is_noticed() {
    for tail in [&b"\n"[..], &[0; 3]] {
        let file = [&writer::village()[..], &[tail.to_vec()]].concat();
        assert!(matches!(read_blocks(&file).unwrap_err().kind(), ErrorKind::Truncated { .. }));
    }
}

#[test]
fn history_is_refused_with_the_way_out() {
    let content = Message::default().bytes(4, b"HistoricalInformation");
    let message = read_blocks(&[block("OSMHeader", &raw(&content))]).unwrap_err().to_string();
    assert!(message.contains("osmium time-filter"), "{message}");
}
