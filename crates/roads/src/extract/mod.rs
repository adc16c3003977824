//! From files to the drivable ways, the nodes they use, and what is said of them.
//!
//! Each file is read twice: first for the ways and the relations, then for those nodes that the ways use, so that what
//! is held in memory is the roads and never the map. Ways and relations are sorted by id and nodes numbered by id:
//! neither the order within a file nor the number of threads can change the network. What several files hold, as
//! neighbouring regions do at their border, counts once; nodes that one of them lacks are found in another.
//!
//! The order of the files matters only where they contradict each other, being of different dates: of an element that
//! several know as a road, a stop, a place, an outline or a restriction, the first file's counts; of the position of a
//! node the one that stands on ways, in files that have such, and else the first file's.

mod closures;
mod first_pass;
mod nodes;
mod reading;
mod restrictions;
mod second_pass;
mod shelves;
#[cfg(test)]
mod tests;
#[cfg(test)]
#[path = "../../tests/roads/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod writer;

use std::path::Path;

use first_pass::Lines;
use rayon::prelude::*;
use reading::Reading;
use second_pass::{Sites, Used};

use crate::error::Error;
use crate::pbf::PbfFile;
use crate::profile::{Profile, Road, Rule, Stop};
use crate::progress::Watch;
use crate::sphere::Fixed;
use crate::winter::WinterClosures;

/// The drivable ways of some files and their nodes.
#[derive(Debug, Default)]
pub(crate) struct Extract {
    /// Sorted by id, each once.
    pub(crate) ways: Vec<DrivableWay>,
    /// What the ways are to the profile; most are what others are too.
    pub(crate) kinds: Vec<Road>,
    /// The nodes of all ways, one way after the other in their order, as numbers of `positions`.
    pub(crate) refs: Vec<u32>,
    /// Where each node is; [`Fixed::NOWHERE`] where no file says. Numbered by id.
    pub(crate) positions: Vec<Fixed>,
    /// What stands on nodes of the ways, by their numbers, each once.
    pub(crate) stops: Vec<(u32, Stop)>,
    /// Turns that are forbidden to the vehicle, in the order of their ids.
    pub(crate) restrictions: Vec<Restriction>,
    pub(crate) settlements: Settlements,
    pub(crate) winter: WinterClosures,
}

/// A turn restriction: of those who come from a way over a node, or over further ways, into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Restriction {
    pub(crate) rule: Rule,
    /// Ids of ways; several where nobody may enter.
    pub(crate) from: Vec<i64>,
    pub(crate) via: Via,
    /// Ids of ways; several where nobody may leave.
    pub(crate) to: Vec<i64>,
}

/// What a restricted turn leads over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Via {
    /// The number of a node.
    Node(u32),
    /// Ids of ways, in the order in which they are driven.
    Ways(Vec<i64>),
}

/// What the map says of where people live.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settlements {
    /// Centres of places, and how far around each in metres the profile takes the land to be built up.
    pub(crate) places: Vec<(Fixed, f64)>,
    /// Outlines of built-up land, each closed.
    pub(crate) areas: Vec<Vec<Fixed>>,
}

/// A way that the profile may drive.
#[derive(Clone, Debug)]
pub(crate) struct DrivableWay {
    pub(crate) id: i64,
    /// The number of its kind.
    pub(crate) kind: u32,
    /// Its length in metres where a tag states it.
    pub(crate) length: Option<f64>,
    /// Its nodes: from here in `refs`, so many of them.
    pub(crate) first: usize,
    pub(crate) nodes: usize,
}

impl Extract {
    /// What one of its ways is.
    pub(crate) fn road(&self, way: &DrivableWay) -> &Road {
        &self.kinds[way.kind as usize]
    }

    /// The nodes of one of its ways.
    pub(crate) fn nodes(&self, way: &DrivableWay) -> &[u32] {
        &self.refs[way.first..way.first + way.nodes]
    }

    /// Where the nodes of all ways are, one way after the other; [`Fixed::NOWHERE`] where that is missing.
    pub(crate) fn points(&self) -> Vec<Fixed> {
        self.refs.par_iter().map(|&node| self.positions[node as usize]).collect()
    }

    /// # Errors
    /// A file cannot be read, or is not what the format says; the watch was cancelled.
    pub(crate) fn read(paths: &[&Path], profile: &Profile, watch: &Watch<'_>) -> Result<Extract, Error> {
        let files = paths.iter().map(|path| PbfFile::open(path)).collect::<Result<Vec<_>, _>>()?;
        let mut reading = Reading::new(&files, profile, watch)?;
        loop {
            let mut lines = reading.first_pass()?;
            let used = Used::by(&mut lines);
            if let Some(sites) = reading.second_pass(&lines, &used)? {
                let mut extract = Extract::of(lines, used, sites);
                extract.winter.in_force = profile.winter;
                return Ok(extract);
            }
        }
    }

    fn of(lines: Lines, used: Used, sites: Sites) -> Extract {
        let Sites { roads: positions, land, stops, places } = sites;
        let areas = lines.areas.iter();
        let mut winter = closures::closures(&lines.shut, &lines.names, &used.area_refs, &land, &stops);
        winter.unclear += lines.unclear.len() as u64;
        let stated = lines.restrictions.into_iter();
        Extract {
            restrictions: stated.filter_map(|stated| stated.resolve(&lines.roads, &used.roads)).collect(),
            settlements: Settlements {
                places: places.iter().map(|place| (place.position, place.radius)).collect(),
                areas: areas.filter_map(|area| outline(area.nodes(&used.area_refs), &land)).collect(),
            },
            refs: used.refs,
            ways: lines.roads,
            kinds: lines.kinds,
            positions,
            stops,
            winter,
        }
    }
}

/// The outline through these nodes as far as they are known; None when that is no area.
fn outline(nodes: &[u32], positions: &[Fixed]) -> Option<Vec<Fixed>> {
    let positions = nodes.iter().map(|&node| positions[node as usize]);
    let mut outline: Vec<Fixed> = positions.filter(|&position| position != Fixed::NOWHERE).collect();
    outline.dedup();
    if outline.first() != outline.last() {
        outline.extend(outline.first().copied());
    }
    (outline.len() >= 4).then_some(outline)
}
