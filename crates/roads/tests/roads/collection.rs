//! A collection of odd files: each gives the same as its plain twin, or says what to do.

use medicobus_roads::{Position, Profile, RoadNetwork, SearchOptions, Trip, Watch};

use crate::files::shared;

/// What must come of a file.
enum Comes {
    /// The network of Liechtenstein, of which it is another form.
    Liechtenstein,
    /// A network.
    Roads,
    /// A network that is cut where nodes are missing.
    CutRoads,
    /// A message with these words.
    Message(&'static [&'static str]),
}
use Comes::{CutRoads, Liechtenstein, Message, Roads};

/// Files without a road that can be driven both to and from.
const NO_ROADS: Comes = Message(&["no drivable road", "give an extract that holds the roads"]);
const NO_WAY_BACK: Comes = Message(&["can be both left and reached", "give an extract that holds"]);

/// Every file by its name without `.pbf` and `.osm`.
const EXPECTED: [(&str, Comes); 39] = [
    ("baremaps-testing_data_osm-sample_sample", NO_ROADS),
    ("cat_input1", NO_ROADS),
    ("com_conveyal_r5_streets_delft-station", NO_WAY_BACK),
    ("com_conveyal_r5_streets_fiji-ferry", Roads),
    ("com_conveyal_r5_streets_missing-nodes", CutRoads),
    ("com_conveyal_r5_streets_snake-rd", Roads),
    ("com_conveyal_r5_streets_speedFlagsTest", NO_WAY_BACK),
    ("empty_0bytes", Message(&["is empty", "download or copy it again"])),
    ("formats_empty", NO_ROADS),
    ("formats_empty-nocompression", NO_ROADS),
    ("formats_empty-nodensenodes", NO_ROADS),
    ("formats_empty-nodensenodes-nometadata", NO_ROADS),
    ("formats_empty-nometadata", NO_ROADS),
    ("formats_f1", NO_ROADS),
    ("formats_f1-nocompression", NO_ROADS),
    ("formats_f1-nodensenodes", NO_ROADS),
    ("formats_f1-nodensenodes-nometadata", NO_ROADS),
    ("formats_f1-nometadata", NO_ROADS),
    ("li_bad_header_len", Message(&["header of block 0 at byte 0", "osmium cat", "download it again"])),
    ("li_bitflip", Message(&["block 6 at byte 280189", "compressed data is broken", "copy the file again"])),
    ("li_dense_zlib", Liechtenstein),
    ("li_locations_on_ways", Liechtenstein),
    ("li_lz4", Liechtenstein),
    ("li_lzma", Liechtenstein),
    ("li_missing_nodes", CutRoads),
    ("li_nocompression", Liechtenstein),
    ("li_nodense", Liechtenstein),
    ("li_nometadata", Liechtenstein),
    ("li_truncated", Message(&["ends at byte 296268", "in the middle of block 6", "copy it again"])),
    ("li_unknown_blob_type", Liechtenstein),
    ("li_unknown_required_feature", Message(&["block 0 at byte 0", "\"FutureFeature-123\"", "osmium cat"])),
    ("li_ways_before_nodes", Liechtenstein),
    ("li_zstd", Liechtenstein),
    ("missing-nodes", CutRoads),
    ("tests_deleted_nodes.osh", Message(&["\"HistoricalInformation\"", "osmium time-filter"])),
    ("tests_loc_on_ways", NO_ROADS),
    ("tests_test", NO_ROADS),
    ("tests_test_nozlib", NO_ROADS),
    ("tests_test_nozlib_nodense", NO_ROADS),
];

/// Trips between eight places of Liechtenstein.
pub(crate) fn trips(network: &RoadNetwork) -> Vec<Option<Trip>> {
    let places: Vec<Position> = (0..8)
        .map(|k| Position { lat: 47.07 + 0.02 * f64::from(k), lon: 9.505 + 0.003 * f64::from(k) })
        .collect();
    let table = network.travel_times(&places, &places, &SearchOptions::default(), &Watch::none()).unwrap();
    (0..64).map(|cell| table.trip(cell / 8, cell % 8)).collect()
}

#[test]
fn every_file_gives_the_same_as_its_plain_twin_or_says_what_to_do() {
    let files = shared("robustness");
    let Some(twin) = shared("").into_iter().find(|path| path.ends_with("liechtenstein-2013.osm.pbf")) else {
        return;
    };
    let twin = RoadNetwork::read(&twin, &Profile::van(), &Watch::none()).unwrap();
    let twin_trips = trips(&twin);
    assert!(twin_trips.iter().flatten().count() > 40);
    let mut names = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_str().unwrap();
        let name = file.trim_end_matches(".pbf").trim_end_matches(".osm").to_owned();
        let (_, comes) = EXPECTED.iter().find(|entry| entry.0 == name).expect(&name);
        match (comes, RoadNetwork::read(&path, &Profile::van(), &Watch::none())) {
            (Liechtenstein, Ok(network)) => {
                assert_eq!(network.summary(), twin.summary(), "{name}");
                assert_eq!(trips(&network), twin_trips, "{name}");
            }
            (Roads, Ok(network)) => assert_eq!(network.summary().missing_nodes, 0, "{name}"),
            (CutRoads, Ok(network)) => assert!(network.summary().missing_nodes > 0, "{name}"),
            (Message(words), Err(error)) => {
                let message = error.to_string();
                for word in [file].iter().chain(*words) {
                    assert!(message.contains(word), "{word:?} is not in {message:?}");
                }
            }
            (_, outcome) => panic!("{name}: {outcome:?}"),
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(names, EXPECTED.map(|entry| entry.0));
}
