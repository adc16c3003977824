//! What a network tells of winter.

use std::path::Path;

use medicobus_roads::{Profile, RoadNetwork, Watch, WinterClosures};

use super::writer::{self, Desk, data, header, tagged_nodes, tagged_way};

/// Roads to the north, each node about 1,112 m after the other: a street over nodes 1 to 7, on which a gate and a pass
/// are shut in winter at 3 and 5, and a road to the east at each of them.
fn mountains() -> Vec<u8> {
    let street: Vec<(i64, i64, i64)> = (1..8).map(|k| (k, 450_000_000 + 100_000 * k, 50_000_000)).collect();
    let east = (1..8).map(|k| (10 + k, 450_000_000 + 100_000 * k, 50_000_000 + 100_000 * k));
    let all: Vec<(i64, i64, i64)> = street.into_iter().chain(east).collect();
    let gate = [("barrier", "gate"), ("access:conditional", "no @ (Nov-Apr)")];
    let pass = [("mountain_pass", "yes"), ("access:conditional", "no @ (Nov-Apr)")];
    let dubious = [("barrier", "gate"), ("access:conditional", "no @ (Nov - easter)")];
    let mut tags = [&[][..]; 14];
    [tags[2], tags[4], tags[6]] = [&gate, &pass, &dubious];
    let road = ("highway", "residential");
    let ways = [
        writer::way(1, &[1, 2, 3, 4, 5, 6, 7]),
        tagged_way(2, &[1, 11], &[road, ("seasonal", "yes"), ("name", "Col de la Croix"), ("ref", "D 902")]),
        tagged_way(3, &[2, 12], &[road, ("seasonal", "yes"), ("ref", "D 902")]),
        tagged_way(
            4,
            &[3, 13],
            &[road, ("access:conditional", "no @ (Nov-Apr)"), ("name", "Col de la Croix")],
        ),
        tagged_way(5, &[4, 14], &[road, ("seasonal", "yes")]),
        tagged_way(6, &[5, 15], &[road, ("access:conditional", "no @ (Nov - easter)")]),
        tagged_way(7, &[6, 16], &[road, ("access:conditional", "no @ (Mo-Fr 07:00-09:00)")]),
        tagged_way(8, &[7, 17], &[("highway", "footway"), ("seasonal", "yes")]),
    ];
    [header(), data(&tagged_nodes(&all, &tags)), data(&writer::ways(&ways))].concat()
}

/// Name, way and metres of each.
fn longest(winter: &WinterClosures) -> Vec<(Option<&str>, i64, u64)> {
    winter.longest.iter().map(|road| (road.name.as_deref(), road.way, road.metres)).collect()
}

#[test]
fn closures_of_winter_are_told_by_name_in_both_seasons() {
    let desk = Desk::new();
    let path = desk.write(&mountains());
    for (profile, in_force) in [(Profile::van(), false), (Profile::van().in_winter(), true)] {
        let network = RoadNetwork::read(&path, &profile, &Watch::none()).unwrap();
        let winter = &network.summary().winter;
        let roads = longest(winter);
        // A hundredth of a degree of longitude is 785 to 786 m at these latitudes.
        let expected = [(None, 5, 3142), (Some("Col de la Croix"), 2, 3143), (Some("D 902"), 3, 1571)];
        let mut by_way = roads.clone();
        by_way.sort_by_key(|road| road.1);
        let close = |a: u64, b: u64| a.abs_diff(b) < 5;
        for (found, expected) in by_way.iter().zip([expected[1], expected[2], expected[0]]) {
            assert!(
                found.0 == expected.0 && found.1 == expected.1 && close(found.2, expected.2),
                "{roads:?}"
            );
        }
        assert!(roads.is_sorted_by(|a, b| a.2 >= b.2) && roads.len() == 3, "{roads:?}");
        assert!(close(winter.metres, 3142 + 3143 + 1571), "{winter:?}");
        assert_eq!(winter.in_force, in_force);
        // Of the nodes those of roads that are driven: a gate and a pass, and a gate and a road that nobody understands.
        assert_eq!((winter.nodes, winter.unclear), (2, 2));
    }
}

#[test]
fn closures_that_two_extracts_tell_count_once_and_are_saved() {
    let desk = Desk::new();
    let paths = [desk.write_as("a.pbf", &mountains()), desk.write_as("b.pbf", &mountains())];
    let both: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
    let read = |paths: &[&Path]| RoadNetwork::read_all(paths, &Profile::van(), &Watch::none()).unwrap();
    let (one, two) = (read(&both[..1]), read(&both));
    assert_eq!(one.summary(), two.summary());
    let saved = desk.write_as("saved.roads", b"");
    two.save(&saved).unwrap();
    let loaded = RoadNetwork::load(&saved, &Profile::van(), &Watch::none()).unwrap();
    assert_eq!(loaded.summary(), one.summary());
}
