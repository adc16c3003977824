//! Networks in files: what is kept of them, as arrays, and what has to hold of the arrays.

use std::path::Path;
use std::sync::OnceLock;

use super::streets::{Arcs, Private};
use super::{Course, Kind, Links, Piece, RoadNetwork, Streets};
use crate::error::{Error, ErrorKind};
use crate::file::{self, ExtractFile, Label, Reader, Row, Section, are_bounds, damaged};
use crate::graph::Graph;
use crate::hierarchy::Hierarchy;
use crate::profile::Profile;
use crate::progress::Watch;
use crate::snap::Index;
use crate::sphere::Fixed;

const HIERARCHY: &str = "hierarchy";
const OPEN: &str = "streets.open";
const PRIVATE: [&str; 2] = ["streets.private.ahead", "streets.private.back"];

impl RoadNetwork {
    /// Saves the network in a file, with its hierarchy where that is [built](RoadNetwork::contract). The file appears
    /// whole or not at all; the same network gives the same bytes.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        let mut sections = self.links.sections();
        sections.extend(self.streets.sections());
        sections.extend(self.index.sections());
        sections.extend(self.hierarchy.get().into_iter().flat_map(|built| built.sections(HIERARCHY)));
        let label = Label::new(self.summary.clone(), self.origin.clone());
        file::write(path, &label, &sections).map_err(|error| Error::of_file(path, ErrorKind::Write(error)))
    }

    /// Loads a network that was [saved](RoadNetwork::save). Its answers are those of the network that was built.
    ///
    /// # Errors
    /// The file cannot be read; it is not a saved network, is damaged, was written by another version, or built with
    /// another profile than this one; the watch was cancelled.
    pub fn load(path: &Path, profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, Error> {
        RoadNetwork::of_file(path, profile, watch).map_err(|kind| Error::of_file(path, kind))
    }

    /// Whether a file starts as a saved network does; whether it is sound, only [loading](RoadNetwork::load) tells.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn is_saved(path: &Path) -> Result<bool, Error> {
        file::is_saved(path).map_err(|error| Error::of_file(path, ErrorKind::Io(error)))
    }

    /// The extracts that the network was built from; none where it was drawn in memory.
    pub fn extracts(&self) -> &[ExtractFile] {
        &self.origin.extracts
    }

    fn of_file(path: &Path, profile: &Profile, watch: &Watch<'_>) -> Result<RoadNetwork, ErrorKind> {
        let mut file = Reader::open(path, watch)?;
        let Label { summary, origin, .. } = file.label()?;
        origin.check(profile)?;
        let links = Links::load(&mut file)?;
        let streets = Streets::load(&mut file, &links)?;
        let index = Index::load(&mut file, &links)?;
        let hierarchy = OnceLock::new();
        if Hierarchy::is_in(&file, HIERARCHY) {
            let _ = hierarchy.set(Hierarchy::load(&mut file, HIERARCHY, streets.nodes() as usize)?);
        }
        let is_public = links.public_junctions(streets.first.len() as u32 - 1);
        Ok(RoadNetwork { links, streets, index, is_public, hierarchy, summary, origin })
    }
}

impl Links {
    fn sections(&self) -> Vec<Section<'_>> {
        vec![
            Section::new("links.ends".into(), &self.ends),
            Section::new("links.kinds".into(), &self.kinds),
            Section::new("links.first".into(), &self.first),
            Section::new("links.pieces".into(), &self.pieces),
            Section::new("links.points".into(), &self.points),
        ]
    }

    fn load(file: &mut Reader<'_>) -> Result<Links, ErrorKind> {
        let ends: Vec<[u32; 2]> = file.array("links.ends")?;
        let kinds: Vec<Kind> = file.array("links.kinds")?;
        let first: Vec<u32> = file.array("links.first")?;
        let pieces: Vec<Piece> = file.array("links.pieces")?;
        let points: Vec<Fixed> = file.array("links.points")?;
        let is_empty = |link: &[u32]| link[0] == link[1];
        let on_earth = |point: &Fixed| Fixed::new(point.lat.into(), point.lon.into()).is_some();
        if ends.is_empty() || ends.len() > u32::MAX as usize / 4 || kinds.len() != ends.len() {
            return Err(damaged("links.kinds"));
        }
        if !are_bounds(&first, ends.len(), pieces.len()) || first.windows(2).any(is_empty) {
            return Err(damaged("links.first"));
        }
        if points.len() != pieces.len() + ends.len() || !points.iter().all(on_earth) {
            return Err(damaged("links.points"));
        }
        Ok(Links { ends, kinds, first, pieces, points })
    }
}

impl Streets {
    fn sections(&self) -> Vec<Section<'_>> {
        let mut sections = vec![
            Section::new("streets.first".into(), &self.first),
            Section::new("streets.heads".into(), &self.heads),
        ];
        sections.extend(self.open.sections(OPEN));
        if let Some(Private { ahead, back }) = &self.private {
            let [there, backwards] = PRIVATE;
            sections.extend(ahead.sections(there).into_iter().chain(back.sections(backwards)));
        }
        sections
    }

    fn load(file: &mut Reader<'_>, links: &Links) -> Result<Streets, ErrorKind> {
        let first: Vec<u32> = file.array("streets.first")?;
        let nodes = first.last().copied().unwrap_or(0) as usize;
        let junctions = first.len().saturating_sub(1);
        if !are_bounds(&first, junctions, nodes) || first.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(damaged("streets.first"));
        }
        if links.ends.iter().flatten().any(|&end| end as usize >= junctions) {
            return Err(damaged("links.ends"));
        }
        let heads: Vec<u32> = file.array("streets.heads")?;
        if heads.len() != 2 * links.ends.len() || heads.iter().any(|&head| head as usize >= nodes) {
            return Err(damaged("streets.heads"));
        }
        let open = Arcs::load(file, OPEN, nodes, links)?;
        let [there, backwards] = PRIVATE;
        let private = match Graph::is_in(file, there) {
            true => Some(Private {
                ahead: Arcs::load(file, there, nodes, links)?,
                back: Arcs::load(file, backwards, nodes, links)?,
            }),
            false => None,
        };
        Ok(Streets { first, open, private, heads })
    }
}

impl Arcs {
    fn sections(&self, name: &str) -> Vec<Section<'_>> {
        let courses = Section::new(format!("{name}.courses"), &self.courses);
        self.graph.sections(name).into_iter().chain([courses]).collect()
    }

    fn load(file: &mut Reader<'_>, name: &str, nodes: usize, links: &Links) -> Result<Arcs, ErrorKind> {
        let graph = Graph::load(file, name, nodes)?;
        let courses: Vec<Course> = file.array(&format!("{name}.courses"))?;
        let known = |course: &Course| (course.link() as usize) < links.ends.len();
        if courses.len() != graph.arcs() || !courses.iter().all(known) {
            return Err(damaged(name));
        }
        Ok(Arcs { graph, courses })
    }
}

impl Row for Piece {
    type Numbers = [u32; 3];

    #[inline]
    fn numbers(self) -> [u32; 3] {
        [self.length, self.forward, self.backward]
    }

    #[inline]
    fn of_numbers([length, forward, backward]: [u32; 3]) -> Piece {
        Piece { length, forward, backward }
    }
}

impl Row for Kind {
    type Numbers = [u8; 2];

    fn numbers(self) -> [u8; 2] {
        [self.ends_only.into(), self.ferry.into()]
    }

    fn of_numbers([ends_only, ferry]: [u8; 2]) -> Kind {
        Kind { ends_only: ends_only != 0, ferry: ferry != 0 }
    }
}

impl Row for Course {
    type Numbers = [u32; 1];

    #[inline]
    fn numbers(self) -> [u32; 1] {
        [self.0]
    }

    #[inline]
    fn of_numbers([number]: [u32; 1]) -> Course {
        Course(number)
    }
}

impl Row for Fixed {
    type Numbers = [i32; 2];

    #[inline]
    fn numbers(self) -> [i32; 2] {
        [self.lat, self.lon]
    }

    #[inline]
    fn of_numbers([lat, lon]: [i32; 2]) -> Fixed {
        Fixed { lat, lon }
    }
}
