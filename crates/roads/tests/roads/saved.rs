//! Networks in files: the same answers as before, the same bytes each time, and a word about every other file.

use std::fs;
use std::path::{Path, PathBuf};

use medicobus_roads::{
    ErrorKind, Metres, Millis, NodeId, Position, Profile, Refusal, RoadId, RoadNetwork, SearchOptions, Table,
    Watch,
};

use crate::files::shared_file;
use crate::random::{Drawing, Random};
use crate::writer::{Desk, village};

const NEAR: Position = Position { lat: 47.2, lon: -1.5 };

/// Loads a network as those do who built it with the default profile.
fn load(path: &Path) -> Result<RoadNetwork, medicobus_roads::Error> {
    RoadNetwork::load(path, &Profile::van(), &Watch::none())
}

/// By the hierarchy where the network has one already.
fn table(network: &RoadNetwork, points: &[Position]) -> Table {
    let options = SearchOptions { snap_limit: Metres(20_000.0), ..SearchOptions::default() };
    network.travel_times(points, points, &options, &Watch::none()).unwrap()
}

/// A file with the network of a village and its hierarchy, its bytes, and the folder that goes when dropped.
fn saved_village() -> (Desk, PathBuf, Vec<u8>) {
    let desk = Desk::new();
    let extract = desk.write(&village().concat());
    let network = RoadNetwork::read(&extract, &Profile::van(), &Watch::none()).unwrap();
    network.contract(&Watch::none()).unwrap();
    let path = extract.with_file_name("village.roads");
    network.save(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    (desk, path, bytes)
}

#[track_caller]
fn refusal(path: &Path) -> Refusal {
    match load(path).unwrap_err().kind() {
        ErrorKind::Saved(refusal) => refusal.clone(),
        other => panic!("{other}"),
    }
}

/// The network of a drawing in which some roads are for residents, some are ferries, and some turns are forbidden.
fn with_rules(drawing: &Drawing, random: &mut Random) -> Option<RoadNetwork> {
    let mut builder = RoadNetwork::builder();
    let nodes: Vec<NodeId> = drawing.nodes.iter().map(|&position| builder.node(position)).collect();
    let mut roads: Vec<(usize, RoadId)> = Vec::new();
    for road in &drawing.roads {
        let (there, back) = (road.there.map(Millis), road.back.map(Millis));
        let id = builder.road(nodes[road.from], nodes[road.to], Metres(100.0), there, back);
        match random.below(8) {
            0 => builder.ends_only(id),
            1 => builder.ferry(id),
            _ => {}
        }
        if let Some(&(from, before)) = roads.last()
            && drawing.roads[from].to == road.from
        {
            builder.forbid(before, nodes[road.from], id);
        }
        roads.push((roads.len(), id));
    }
    builder.turns(120.0, Millis(8_000), Millis(20_000));
    builder.build().ok()
}

#[test]
fn a_loaded_network_answers_as_the_one_that_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drawn.roads");
    let mut compared = 0;
    for seed in 0..300 {
        let mut random = Random(seed);
        let drawing = Drawing::random(&mut random, NEAR);
        let Some(network) = with_rules(&drawing, &mut random) else { continue };
        if seed % 2 == 0 {
            network.contract(&Watch::none()).unwrap();
        }
        network.save(&path).unwrap();
        let loaded = load(&path).unwrap();
        assert_eq!(loaded.summary(), network.summary(), "seed {seed}");
        let mut points = drawing.nodes.clone();
        points.extend(drawing.nodes.iter().map(|node| Position { lat: node.lat + 0.002, ..*node }));
        let (before, after) = (table(&network, &points), table(&loaded, &points));
        for i in 0..points.len() {
            assert_eq!(after.origin_snap(i), before.origin_snap(i), "seed {seed}, point {i}: {drawing:#?}");
            for j in 0..points.len() {
                assert_eq!(after.trip(i, j), before.trip(i, j), "seed {seed}, {i} to {j}: {drawing:#?}");
                compared += usize::from(after.trip(i, j).is_some());
            }
        }
        let again = folder.path().join("again.roads");
        loaded.save(&again).unwrap();
        assert_eq!(fs::read(&again).unwrap(), fs::read(&path).unwrap(), "seed {seed}");
    }
    assert!(compared > 20_000, "only {compared} trips were compared");
}

#[test]
fn the_same_extract_gives_the_same_bytes_at_any_number_of_threads() {
    let Some(extract) = shared_file("", "saint-barthelemy.osm.pbf") else { return };
    let folder = tempfile::tempdir().unwrap();
    let saved = [1, 2, 7].map(|threads| {
        let path = folder.path().join(format!("{threads}.roads"));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let network = RoadNetwork::read(&extract, &Profile::van(), &Watch::none()).unwrap();
            network.contract(&Watch::none()).unwrap();
            network.save(&path).unwrap();
        });
        fs::read(path).unwrap()
    });
    assert!(saved[0] == saved[1] && saved[1] == saved[2]);
}

#[test]
fn a_file_knows_its_extracts() {
    let (_desk, path, _) = saved_village();
    let network = load(&path).unwrap();
    let [extract] = network.extracts() else { panic!("{:?}", network.extracts()) };
    assert_eq!((extract.name.as_str(), extract.bytes), ("map.osm.pbf", village().concat().len() as u64));
    assert!(RoadNetwork::is_saved(&path).unwrap());
    assert!(!RoadNetwork::is_saved(&path.with_file_name("map.osm.pbf")).unwrap());
}

#[test]
fn any_change_to_a_file_is_noticed() {
    let (_desk, path, bytes) = saved_village();
    for at in (0..bytes.len()).step_by(5) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(&path, &changed).unwrap();
        assert!(load(&path).is_err(), "byte {at} of {} was changed and nobody noticed", bytes.len());
    }
}

#[test]
fn a_file_cut_short_or_grown_is_noticed() {
    let (_desk, path, bytes) = saved_village();
    for length in (0..bytes.len()).step_by(31) {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(load(&path).is_err(), "{length} of {} bytes", bytes.len());
    }
    fs::write(&path, [&bytes[..], b"more"].concat()).unwrap();
    let Refusal::Truncated { expected, found } = refusal(&path) else { panic!("{}", refusal(&path)) };
    assert_eq!((expected, found), (bytes.len() as u64, bytes.len() as u64 + 4));
}

#[test]
fn something_else_is_not_a_saved_network() {
    let desk = Desk::new();
    for bytes in [&b""[..], b"name = \"territory\"", &village().concat(), &[0; 100]] {
        let path = desk.write(bytes);
        assert_eq!(refusal(&path), Refusal::NotSaved);
    }
    let absent = Path::new("no/such.roads");
    assert!(load(absent).unwrap_err().is_io());
}

#[test]
fn another_profile_is_named_by_what_differs() {
    let (_desk, path, _) = saved_village();
    let error = RoadNetwork::load(&path, &Profile::van().in_winter(), &Watch::none()).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("winter is false in it, and true is asked for"), "{text}");
}

#[test]
fn a_network_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = RoadNetwork::builder();
    let [a, b] = [5.0, 5.1].map(|lon| builder.node(Position { lat: 45.0, lon }));
    builder.road(a, b, Metres(7_900.0), Some(Millis(8)), Some(Millis(8)));
    let network = builder.build().unwrap();
    let inside_a_file = folder.path().join("file").join("out.roads");
    fs::write(folder.path().join("file"), "").unwrap();
    assert!(network.save(&inside_a_file).unwrap_err().is_io());
    assert!(network.save(folder.path()).unwrap_err().is_io(), "a folder");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// The same file with the checksums that its bytes should have.
fn summed(bytes: &[u8]) -> Vec<u8> {
    let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let names: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&bytes[8..header]).unwrap();
    let end = |place: &serde_json::Value| header + place["data_offsets"][1].as_u64().unwrap() as usize;
    let mut ends: Vec<usize> =
        names.iter().filter(|(name, _)| *name != "__metadata__").map(|(_, p)| end(p)).collect();
    ends.sort_unstable();
    ends.pop();
    ends.insert(0, header);
    let mut start = 0;
    let mut sums = Vec::new();
    for end in &ends {
        sums.extend(crc32fast::hash(&bytes[start..*end]).to_le_bytes());
        start = *end;
    }
    [&bytes[..start], &sums].concat()
}

#[test]
fn a_hostile_file_with_the_right_sums_gives_an_error_or_an_answer() {
    let (_desk, path, bytes) = saved_village();
    assert_eq!(summed(&bytes), bytes);
    let header = 8 + u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let points: Vec<Position> = (0..6)
        .map(|k| Position { lat: 45.0 + 0.0005 * f64::from(k), lon: 5.0 + 0.0003 * f64::from(k) })
        .collect();
    let (mut refused, mut answered) = (0, 0);
    for at in (header..bytes.len()).step_by(4) {
        let mut changed = bytes.clone();
        let at = at + (at / 4) % 4;
        changed[at.min(bytes.len() - 1)] ^= [1, 0x80, 0xff][at % 3];
        fs::write(&path, summed(&changed)).unwrap();
        match load(&path) {
            Ok(network) => {
                table(&network, &points);
                answered += 1;
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 100 && answered > 50, "{refused} refused, {answered} answered");
}
