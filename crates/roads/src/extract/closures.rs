//! What winter shuts, by name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::profile::Stop;
use crate::sphere::Fixed;
use crate::winter::{ShutRoad, WinterClosures};

/// So many roads are named.
const MOST_NAMES: usize = 20;

/// A way that winter shuts.
pub(super) struct ShutWay {
    pub(super) id: i64,
    /// The number of its name, where it has one.
    pub(super) name: Option<u32>,
    /// Its length in metres where a tag states it.
    pub(super) length: Option<f64>,
    /// Its nodes, in the list that it shares with outlines: from here, so many of them.
    pub(super) first: usize,
    pub(super) nodes: usize,
}

/// What ways and nodes say of winter. `refs` are the numbers of the nodes of ways, `positions` where these are.
pub(super) fn closures(
    ways: &[ShutWay],
    names: &[String],
    refs: &[u32],
    positions: &[Fixed],
    stops: &[(u32, Stop)],
) -> WinterClosures {
    let mut roads: BTreeMap<(Option<&str>, i64), (i64, f64)> = BTreeMap::new();
    let mut all = 0.0;
    for way in ways {
        let name = way.name.map(|name| names[name as usize].as_str());
        let nodes = refs[way.first..way.first + way.nodes].iter();
        let points: Vec<Fixed> = nodes.map(|&node| positions[node as usize]).collect();
        let metres = way.length.unwrap_or_else(|| drawn_metres(&points));
        all += metres;
        // Those without a name are roads of their own.
        let key = (name, if name.is_some() { 0 } else { way.id });
        roads.entry(key).or_insert((way.id, 0.0)).1 += metres;
    }
    let mut longest: Vec<ShutRoad> = roads
        .into_iter()
        .map(|((name, _), (way, metres))| ShutRoad {
            name: name.map(str::to_owned),
            way,
            metres: metres as u64,
        })
        .collect();
    // Of the same length in the order of their names.
    longest.sort_by_key(|road| Reverse(road.metres));
    longest.truncate(MOST_NAMES);
    WinterClosures {
        metres: all as u64,
        nodes: stops.iter().filter(|(_, stop)| stop.shut_in_winter).count() as u64,
        longest,
        unclear: stops.iter().filter(|(_, stop)| stop.is_unclear).count() as u64,
        ..WinterClosures::default()
    }
}

/// The length of what is drawn between nodes whose positions are known.
fn drawn_metres(points: &[Fixed]) -> f64 {
    let known = |pair: &&[Fixed]| !pair.contains(&Fixed::NOWHERE);
    points.windows(2).filter(known).map(|pair| pair[0].point().distance(pair[1].point()).0).sum()
}
