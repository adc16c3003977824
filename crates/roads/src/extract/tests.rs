//! What is read of small maps that are drawn here, and of real ones against the `osmpbf` crate.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use osmpbf::{Element, ElementReader, RelMemberType};

use super::writer::{self, Desk, Message, Part, data, header};
use super::{Extract, Restriction, Via};
use crate::pbf::Tags;
use crate::profile::{Profile, Rule, Stop};
use crate::progress::Watch;
use crate::sphere::Fixed;

fn read(blocks: &[Vec<u8>]) -> Extract {
    let desk = Desk::new();
    Extract::read(&[&desk.write(&blocks.concat())], &Profile::van(), &Watch::none()).unwrap()
}

/// Streets 1 to 4 meet in the node 10; the path 5 does too.
fn crossing(relations: &[Message]) -> Extract {
    let nodes: Vec<(i64, i64, i64)> = (10..16).map(|id| (id, 450_000_000 + id, 50_000_000 - id)).collect();
    let mut ways: Vec<Message> = (1..5).map(|id| writer::way(id, &[10, 10 + id as i64])).collect();
    ways.push(writer::tagged_way(5, &[10, 15], &[("highway", "footway")]));
    let relations = data(&writer::relations(relations));
    read(&[header(), relations, data(&writer::nodes(&nodes)), data(&writer::ways(&ways))])
}

fn turn(rule: &'static str, parts: &[Part]) -> Vec<Restriction> {
    crossing(&[writer::restriction(1, rule, parts)]).restrictions
}

#[test]
fn a_turn_leads_from_a_way_over_a_node_or_over_ways() {
    let parts = [('w', 1, "from"), ('n', 10, "via"), ('w', 2, "to")];
    let restriction = Restriction { rule: Rule::No, from: vec![1], via: Via::Node(0), to: vec![2] };
    assert_eq!(turn("no_left_turn", &parts), [restriction]);
    let parts = [('w', 4, "to"), ('w', 3, "via"), ('w', 2, "via"), ('w', 1, "from")];
    let restriction =
        Restriction { rule: Rule::Only, from: vec![1], via: Via::Ways(vec![3, 2]), to: vec![4] };
    assert_eq!(turn("only_straight_on", &parts), [restriction]);
}

#[test]
fn nobody_may_enter_from_several_ways_or_leave_into_several() {
    let many = [('w', 1, "from"), ('w', 2, "from"), ('w', 5, "from"), ('n', 10, "via"), ('w', 3, "to")];
    assert_eq!(turn("no_left_turn", &many)[0].from, [1, 2]);
    let many = [('w', 1, "from"), ('n', 10, "via"), ('w', 2, "to"), ('w', 3, "to")];
    assert_eq!(turn("no_left_turn", &many)[0].to, [2, 3]);
    assert_eq!(turn("only_straight_on", &many), [], "only one way can be the only one");
}

#[test]
fn members_that_play_no_part_in_the_turn_are_dropped() {
    let parts = [
        ('n', 11, ""),
        ('w', 3, "location_hint"),
        ('r', 1, "from"),
        ('w', 1, "from"),
        ('n', 12, "to"),
        ('n', 10, "via"),
        ('w', 2, "to"),
    ];
    assert_eq!(turn("no_left_turn", &parts), turn("no_left_turn", &[parts[3], parts[5], parts[6]]));
}

#[test]
fn a_restriction_that_does_not_say_which_turn_is_none() {
    for parts in [
        &[][..],
        &[('w', 1, "from"), ('w', 2, "to")],
        &[('w', 1, "from"), ('n', 10, "via")],
        &[('n', 10, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('n', 10, "via"), ('n', 11, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('n', 10, "via"), ('w', 3, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('w', 2, "from"), ('n', 10, "via"), ('w', 3, "to"), ('w', 4, "to")],
        // The path, a way that is not there, a node of the path alone, a node that is not there.
        &[('w', 1, "from"), ('n', 10, "via"), ('w', 5, "to")],
        &[('w', 6, "from"), ('n', 10, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('w', 5, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('n', 15, "via"), ('w', 2, "to")],
        &[('w', 1, "from"), ('n', 99, "via"), ('w', 2, "to")],
    ] {
        assert_eq!(turn("no_left_turn", parts), [], "{parts:?}");
    }
}

#[test]
fn restrictions_come_in_the_order_of_their_ids_each_once() {
    let to = |way| [('w', 1, "from"), ('n', 10, "via"), ('w', way, "to")];
    let three = [(7, 4), (3, 2), (7, 3)].map(|(id, way)| writer::restriction(id, "no_left_turn", &to(way)));
    let ways: Vec<Vec<i64>> = crossing(&three).restrictions.into_iter().map(|turn| turn.to).collect();
    assert_eq!(ways, [[2], [4]]);
}

#[test]
fn tags_of_nodes_are_read_whether_they_are_dense_or_not() {
    let nodes: Vec<(i64, i64, i64)> = (10..14).map(|id| (id, 450_000_000 + id, 50_000_000 - id)).collect();
    // Far from the street stands a village, on it a block and something that has a name; a block stands elsewhere.
    let tags = [
        &[("place", "village"), ("name", "block")][..],
        &[("name", "barrier"), ("barrier", "block")],
        &[("name", "village")],
        &[("barrier", "block")],
    ];
    let street = data(&writer::ways(&[writer::way(1, &[11, 12])]));
    let dense = read(&[header(), data(&writer::tagged_nodes(&nodes, &tags)), street.clone()]);
    let plain = read(&[header(), data(&writer::plain_nodes(&nodes, &tags)), street]);
    for extract in [dense, plain] {
        assert_eq!(extract.positions.len(), 2);
        assert_eq!(extract.stops, [(0, Stop { closed: true, ..Stop::default() })]);
        let [(centre, radius)] = extract.settlements.places[..] else { panic!() };
        assert_eq!(centre, Fixed { lat: 450_000_010, lon: 49_999_990 });
        assert!(radius > 0.0);
    }
}

#[test]
fn outlines_of_built_up_land_are_closed_and_no_roads() {
    let nodes: Vec<(i64, i64, i64)> =
        (10..20).map(|id| (id, 450_000_000 + id * id, 50_000_000 - id)).collect();
    let land = |id, refs: &[i64]| writer::tagged_way(id, refs, &[("landuse", "residential")]);
    let ways = [
        writer::way(1, &[10, 11]),
        land(9, &[12, 13, 14, 12]),
        land(3, &[10, 15, 16, 17, 10]),
        land(4, &[12, 13, 14]),
        // At the border of the extract: two of its nodes are not in it, then all but two.
        land(5, &[98, 12, 13, 99, 14, 98]),
        land(6, &[98, 12, 13, 98]),
    ];
    let extract = read(&[header(), data(&writer::nodes(&nodes)), data(&writer::ways(&ways))]);
    let at = |id: i64| Fixed { lat: (450_000_000 + id * id) as i32, lon: (50_000_000 - id) as i32 };
    let outlines = [vec![10, 15, 16, 17, 10], vec![12, 13, 14, 12], vec![12, 13, 14, 12]];
    assert_eq!(extract.settlements.areas, outlines.map(|ids| ids.into_iter().map(at).collect::<Vec<_>>()));
    assert_eq!(extract.positions, [at(10), at(11)]);
}

/// All of a file that the profile looks at, as read by `osmpbf`.
#[derive(Default)]
struct Oracle {
    ways: BTreeMap<i64, Vec<i64>>,
    stops: BTreeMap<i64, Stop>,
    places: usize,
    areas: usize,
    /// Those that name a way, a node or several ways, and a way.
    restrictions: Vec<(i64, Rule, [Vec<i64>; 4])>,
}

impl Oracle {
    fn read(path: &Path, profile: &Profile) -> Oracle {
        let mut oracle = Oracle::default();
        let reader = ElementReader::from_path(path).unwrap();
        reader.for_each(|element| oracle.take(&element, profile)).unwrap();
        oracle.restrictions.sort_by_key(|restriction| restriction.0);
        oracle
    }

    fn take(&mut self, element: &Element<'_>, profile: &Profile) {
        match element {
            Element::Node(node) => self.node(node.id(), &node.tags().collect::<Vec<_>>(), profile),
            Element::DenseNode(node) => self.node(node.id(), &node.tags().collect::<Vec<_>>(), profile),
            Element::Way(way) => {
                let (tags, refs): (Vec<_>, Vec<i64>) = (way.tags().collect(), way.refs().collect());
                let tags = Tags::of(&tags);
                let is_closed = refs.len() > 3 && refs.first() == refs.last();
                self.areas += usize::from(is_closed && profile.is_built_up(&tags));
                let may_be_road = tags.get("highway").is_some() || tags.get("route").is_some();
                if may_be_road && profile.road(&tags).is_some() {
                    self.ways.insert(way.id(), refs);
                }
            }
            Element::Relation(relation) => {
                let tags: Vec<(&str, &str)> = relation.tags().collect();
                let tags = Tags::of(&tags);
                if let Some(rule) = profile.restriction(&tags)
                    && tags.get("type").is_some_and(|kind| kind.starts_with("restriction"))
                {
                    let part = |kind: RelMemberType, role: &str| {
                        let members = relation.members();
                        let members = members.filter(|m| m.member_type == kind && m.role().unwrap() == role);
                        members.map(|member| member.member_id).collect::<Vec<i64>>()
                    };
                    use RelMemberType::{Node, Way};
                    let parts = [part(Way, "from"), part(Node, "via"), part(Way, "via"), part(Way, "to")];
                    self.restrictions.push((relation.id(), rule, parts));
                }
            }
        }
    }

    fn node(&mut self, id: i64, tags: &[(&str, &str)], profile: &Profile) {
        let tags = Tags::of(tags);
        self.places += usize::from(tags.get("place").is_some() && profile.place(&tags).is_some());
        self.stops.extend(profile.stop(&tags).map(|stop| (id, stop)));
    }

    fn expected_restrictions(&self, numbers: &BTreeMap<i64, u32>) -> Vec<Restriction> {
        let expected = |(_, rule, parts): &(i64, Rule, [Vec<i64>; 4])| {
            let [from, via_nodes, via_ways, to] = parts;
            let is_road = |way: &i64| self.ways.contains_key(way);
            let is_clear = to.len() == 1 || (from.len() == 1 && *rule == Rule::No);
            let [from, to] =
                [from, to].map(|ways| ways.iter().copied().filter(is_road).collect::<Vec<i64>>());
            let via = match (via_nodes.len(), via_ways.len()) {
                (1, 0) => Via::Node(*numbers.get(&via_nodes[0])?),
                (0, 1..) if via_ways.iter().all(is_road) => Via::Ways(via_ways.clone()),
                _ => return None,
            };
            (is_clear && !from.is_empty() && !to.is_empty()).then_some(Restriction {
                rule: *rule,
                from,
                via,
                to,
            })
        };
        self.restrictions.iter().filter_map(expected).collect()
    }
}

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/osm")).join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn real_maps_hold_what_another_reader_finds_in_them() {
    let profile = Profile::van();
    for name in ["neubrandenburg", "andorra-2025", "liechtenstein-2013", "saint-barthelemy", "corsica"] {
        let Some(path) = shared(&format!("{name}.osm.pbf")) else { continue };
        let oracle = Oracle::read(&path, &profile);
        let extract = Extract::read(&[&path], &profile, &Watch::none()).unwrap();
        let ids: Vec<i64> = extract.ways.iter().map(|way| way.id).collect();
        assert_eq!(ids, oracle.ways.keys().copied().collect::<Vec<_>>(), "{name}");
        let mut nodes: Vec<i64> = oracle.ways.values().flatten().copied().collect();
        nodes.sort_unstable();
        nodes.dedup();
        let numbers: BTreeMap<i64, u32> = nodes.into_iter().zip(0..).collect();
        assert_eq!(extract.positions.len(), numbers.len(), "{name}");
        let stops = oracle.stops.iter().filter_map(|(id, &stop)| Some((*numbers.get(id)?, stop)));
        assert_eq!(extract.stops, stops.collect::<Vec<_>>(), "{name}");
        assert_eq!(extract.settlements.places.len(), oracle.places, "{name}");
        assert_eq!(extract.settlements.areas.len(), oracle.areas, "{name}");
        assert_eq!(extract.restrictions, oracle.expected_restrictions(&numbers), "{name}");
        eprintln!(
            "{name}: {} stops, {} places, {} areas, {} restrictions",
            extract.stops.len(),
            oracle.places,
            oracle.areas,
            extract.restrictions.len()
        );
    }
}
