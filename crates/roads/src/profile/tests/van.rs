//! The shipped profile: no number of it is idle.

use toml::Value;

use super::*;

type Table = toml::Table;

fn van() -> Table {
    include_str!("../../../profiles/van.toml").parse().unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn keys(value: &Value) -> impl Iterator<Item = &String> {
    value.as_table().unwrap().keys()
}

/// Ways on which the van's values show, one for each.
fn ways(van: &Table) -> Vec<String> {
    let mut ways = Vec::new();
    for class in keys(&van["speeds"]) {
        for tags in ["", "oneway=yes lanes=2", "motorroad=yes", "maxspeed=130", "maxspeed=30"] {
            ways.push(format!("highway={class} {tags}"));
        }
    }
    let mut primary = |tags: String| ways.push(format!("highway=primary {tags}"));
    strings(&van["limits"]["keys"]).iter().for_each(|key| primary(format!("{key}=30")));
    keys(&van["limits"]["words"]).for_each(|word| primary(format!("maxspeed={word}")));
    for (key, values) in van["caps"].as_table().unwrap() {
        keys(values).for_each(|value| primary(format!("{key}={value}")));
    }
    for section in ["closed", "closed_in_winter"] {
        for (key, values) in van[section].as_table().unwrap() {
            strings(values).iter().for_each(|value| primary(format!("{key}={value}")));
        }
    }
    let access = &van["access"];
    for value in [strings(&access["closed"]), strings(&access["ends"])].concat() {
        primary(format!("access={value}"));
    }
    strings(&access["keys"]).iter().for_each(|key| primary(format!("{key}=no")));
    strings(&van["oneway"]["keys"]).iter().for_each(|key| primary(format!("{key}=yes")));
    strings(&van["oneway"]["junctions"]).iter().for_each(|junction| primary(format!("junction={junction}")));
    primary("length_m=100".to_owned());
    primary("motor_vehicle:conditional=no+@+winter".to_owned());
    ways.extend(strings(&van["ferries"]["routes"]).iter().map(|route| format!("route={route}")));
    ways
}

/// Nodes on which the van's values show.
fn nodes(van: &Table) -> Vec<String> {
    let mut nodes = Vec::new();
    for (key, values) in van["barriers"].as_table().unwrap() {
        nodes.extend(strings(values).iter().map(|value| format!("{key}={value}")));
    }
    for (key, values) in van["delays"].as_table().unwrap() {
        nodes.extend(keys(values).map(|value| format!("{key}={value}")));
    }
    nodes.extend(keys(&van["built_up"]["places"]).map(|kind| format!("place={kind}")));
    for (key, values) in van["built_up"]["land"].as_table().unwrap() {
        nodes.extend(strings(values).iter().map(|value| format!("{key}={value}")));
    }
    nodes
}

/// All that a profile says of these ways and nodes.
fn observed(profile: &Profile, ways: &[String], nodes: &[String]) -> Vec<String> {
    let Profile { name, turns, built_up: BuiltUpRules { cell, density, .. }, .. } = profile;
    let mut observed = vec![format!("{name} {turns:?} {cell} {density}")];
    observed.extend(ways.iter().map(|way| {
        with(way, |tags| {
            let (road, winter, length) = (profile.road(tags), profile.winter(tags), profile.length(tags));
            format!("{road:?} {winter:?} {length:?}")
        })
    }));
    observed.extend(nodes.iter().map(|node| {
        with(node, |tags| {
            let (stop, place, land) = (profile.stop(tags), profile.place(tags), profile.is_built_up(tags));
            format!("{stop:?} {place:?} {land}")
        })
    }));
    observed
}

/// The paths of all values that stand alone.
fn leaves(value: &Value, path: &[String]) -> Vec<Vec<String>> {
    let inside = |key: String, value| leaves(value, &[path, &[key]].concat());
    match value {
        Value::Table(table) => table.iter().flat_map(|(key, value)| inside(key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(index, value)| inside(index.to_string(), value)).collect()
        }
        _ => vec![path.to_vec()],
    }
}

/// Another value in the same range.
fn change(value: &mut Value) {
    *value = match value {
        Value::Integer(number) => Value::Float(*number as f64 * 0.5),
        Value::Float(number) => Value::Float(*number * 0.5),
        Value::Boolean(flag) => Value::Boolean(!*flag),
        Value::String(text) => Value::String(format!("not-{text}")),
        other => panic!("{other:?}"),
    };
}

#[test]
fn every_value_of_the_shipped_profile_is_used() {
    let van = van();
    let (ways, nodes) = (ways(&van), nodes(&van));
    let before = observed(&Profile::van(), &ways, &nodes);
    let all = leaves(&Value::Table(van.clone()), &[]);
    assert!(all.len() > 150, "{}", all.len());
    for path in all {
        let mut changed = Value::Table(van.clone());
        let leaf = path.iter().fold(&mut changed, |value, key| match value {
            Value::Array(items) => &mut items[key.parse::<usize>().unwrap()],
            table => &mut table[key.as_str()],
        });
        change(leaf);
        let profile = Profile::deserialize(changed).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert!(observed(&profile, &ways, &nodes) != before, "{path:?} changes nothing");
    }
}

#[test]
fn no_class_is_slower_outside_of_built_up_areas_and_none_breaks_the_law() {
    for (name, class) in &Profile::van().speeds {
        assert!(class.urban <= class.rural, "{name}");
        assert!(class.dual.is_none_or(|dual| dual >= class.rural), "{name}");
        assert!(class.urban <= Kmh(50.0) || name == "motorway", "{name}");
        assert!(class.rural <= Kmh(80.0) || name == "motorway", "{name}");
    }
}
