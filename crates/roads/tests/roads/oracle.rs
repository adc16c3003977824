//! What is read from healthy files, against the `osmpbf` crate.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use medicobus_roads::{Profile, RoadNetwork, Watch};
use osmpbf::{Element, ElementReader};

use crate::files::shared;

/// All that has a `highway` tag, as read by `osmpbf`.
#[derive(Default)]
struct Oracle {
    classes: BTreeSet<String>,
    /// By id: its nodes.
    ways: BTreeMap<i64, Vec<i64>>,
    nodes: BTreeMap<i64, (f64, f64)>,
}

impl Oracle {
    fn read(path: &Path) -> Oracle {
        let mut oracle = Oracle::default();
        let take = |element: Element<'_>| match element {
            Element::Node(node) => drop(oracle.nodes.insert(node.id(), (node.lat(), node.lon()))),
            Element::DenseNode(node) => drop(oracle.nodes.insert(node.id(), (node.lat(), node.lon()))),
            Element::Way(way) => {
                if let Some((_, class)) = way.tags().find(|tag| tag.0 == "highway") {
                    oracle.classes.insert(class.to_owned());
                    oracle.ways.insert(way.id(), way.refs().collect());
                }
            }
            Element::Relation(_) => {}
        };
        ElementReader::from_path(path).unwrap().for_each(take).unwrap();
        oracle
    }

    fn metres(&self) -> f64 {
        let place = |node| self.nodes.get(node);
        let segments = self.ways.values().flat_map(|refs| refs.windows(2));
        segments.filter_map(|pair| Some(haversine(*place(&pair[0])?, *place(&pair[1])?))).sum()
    }

    fn missing(&self) -> usize {
        let used: BTreeSet<i64> = self.ways.values().flatten().copied().collect();
        used.iter().filter(|node| !self.nodes.contains_key(node)).count()
    }
}

fn haversine(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * 6_371_008.8 * h.sqrt().asin()
}

/// A profile that drives on everything, so that nothing of a file is left out.
fn everything(classes: &BTreeSet<String>) -> Profile {
    let speeds: String = classes.iter().map(|class| format!("{class:?} = 50\n")).collect();
    let text = format!(
        "name = \"everything\"
        winter = false
        caps = {{}}
        closed = {{}}
        closed_in_winter = {{}}
        access = {{ keys = [], closed = [], ends = [] }}
        oneway = {{ keys = [], classes = [], junctions = [] }}
        barriers = {{}}
        delays = {{}}
        turns = {{ sharp_from = 180, sharp = 0, u_turn = 0 }}
        ferries = {{ routes = [], speed = 10, wait = 0 }}
        built_up = {{ cell = 100, streets = [], density = 1000, places = {{}}, land = {{}} }}
        [limits]
        keys = []
        share = {{ urban = 1, rural = 1, dual = 1 }}
        implied = {{ urban = 50, rural = 80, dual = 110, motorway = 130 }}
        words = {{}}
        [speeds]
        {speeds}"
    );
    Profile::from_toml(&text).unwrap()
}

#[test]
fn every_metre_of_road_and_every_missing_node_is_that_of_osmpbf() {
    let mut files = shared("");
    files.extend(shared("robustness").into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        ["nodense", "nocompression", "nometadata", "ways_before", "missing", "snake", "fiji", "delft"]
            .iter()
            .any(|form| name.contains(form))
            && !name.contains("formats_")
    }));
    files.push(
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/neubrandenburg/neubrandenburg.osm.pbf").into(),
    );
    // Larger ones say nothing more and take their time.
    let small = |path: &&PathBuf| path.metadata().is_ok_and(|metadata| metadata.len() < 2_000_000);
    for path in files.iter().filter(small) {
        let oracle = Oracle::read(path);
        let summary = match RoadNetwork::read(path, &everything(&oracle.classes), &Watch::none()) {
            Ok(network) => network.summary().clone(),
            Err(error) => {
                assert!(oracle.metres() < 1.0, "{error}");
                continue;
            }
        };
        let ours = (summary.metres + summary.metres_left_out) as f64;
        // Each of some 100,000 segments is rounded to a centimetre.
        assert!(
            (ours - oracle.metres()).abs() < 2.0 + 1e-6 * ours,
            "{}: {ours} {}",
            path.display(),
            oracle.metres()
        );
        assert_eq!(summary.missing_nodes as usize, oracle.missing(), "{}", path.display());
    }
}
