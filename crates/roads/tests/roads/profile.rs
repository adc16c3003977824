//! What the numbers of a profile do to times: no number is idle on a real town.

use medicobus_roads::{Metres, Millis, Position, Profile, RoadNetwork, SearchOptions, Watch};

const VAN: &str = include_str!("../../profiles/van.toml");
const TOWN: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/neubrandenburg/neubrandenburg.osm.pbf");

/// Times between places all over the town and its villages.
fn times(profile: &Profile) -> Vec<Millis> {
    let network = RoadNetwork::read(TOWN.as_ref(), profile, &Watch::none()).unwrap();
    let place =
        |k: i32| Position { lat: 53.50 + 0.02 * f64::from(k / 6), lon: 13.18 + 0.03 * f64::from(k % 6) };
    let snaps = |place: &Position| network.snap(*place, Metres(2000.0)).is_ok();
    let places: Vec<Position> = (0..36).map(place).filter(snaps).collect();
    assert!(places.len() > 20, "{}", places.len());
    let table = network.travel_times(&places, &places, &SearchOptions::default(), &Watch::none()).unwrap();
    let pairs = (0..places.len()).flat_map(|from| (0..places.len()).map(move |to| (from, to)));
    pairs.filter_map(|(from, to)| Some(table.trip(from, to)?.time)).collect()
}

#[test]
fn a_slower_profile_takes_longer() {
    let van = times(&Profile::van());
    for (from, to) in [
        ("share = { urban = 0.70,", "share = { urban = 0.35,"),
        ("traffic_signals = 7", "traffic_signals = 70"),
        ("density = 4500", "density = 1"),
    ] {
        assert!(VAN.contains(from), "{from}");
        let slow = times(&Profile::from_toml(&VAN.replace(from, to)).unwrap());
        assert_eq!(slow.len(), van.len());
        assert!(slow.iter().zip(&van).all(|(slow, van)| slow >= van), "{to}");
        let total = |times: &[Millis]| times.iter().map(|time| f64::from(time.0)).sum::<f64>();
        assert!(total(&slow) > 1.02 * total(&van), "{to}: {} {}", total(&slow), total(&van));
    }
}
