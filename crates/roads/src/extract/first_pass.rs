//! The first pass over a file: roads, built-up land and turn restrictions, all by the ids of their nodes.

use super::DrivableWay;
use super::restrictions::Stated;
use crate::error::Damage;
use crate::pbf::{Block, Element, Keys, Relation, Tags, Way};
use crate::profile::Profile;
use crate::sphere::Fixed;

/// What blocks say of ways and relations.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) roads: Vec<DrivableWay>,
    /// The nodes of all roads, one road after the other.
    pub(super) refs: Vec<i64>,
    pub(super) areas: Vec<Area>,
    /// The nodes of all areas, one area after the other.
    pub(super) area_refs: Vec<i64>,
    pub(super) restrictions: Vec<Stated>,
    /// Nodes whose position stands on the way.
    pub(super) located: Vec<(i64, Fixed)>,
    /// Whether the blocks also hold nodes.
    pub(super) has_nodes: bool,
}

/// The outline of built-up land.
pub(super) struct Area {
    id: i64,
    /// Its nodes: from here in `area_refs`, so many of them.
    first: usize,
    nodes: usize,
}

impl Area {
    /// Of the nodes of all areas its own.
    pub(super) fn nodes<'a>(&self, area_refs: &'a [i64]) -> &'a [i64] {
        &area_refs[self.first..self.first + self.nodes]
    }
}

impl Lines {
    pub(super) fn read(block: &Block<'_>, profile: &Profile) -> Result<Lines, Damage> {
        let mut reader = Reader {
            block,
            profile,
            road_keys: block.keys(&["highway", "route"]),
            land_keys: block.keys(&profile.land_keys()),
            relation_keys: block.keys(&["type"]),
            tags: Tags::default(),
            found: Lines::default(),
        };
        for element in block.elements() {
            match element? {
                Element::Node(_) | Element::DenseNodes(_) => reader.found.has_nodes = true,
                Element::Way(bytes) => reader.way(&Way::parse(bytes)?)?,
                Element::Relation(bytes) => reader.relation(&Relation::parse(bytes)?)?,
                Element::Other => {}
            }
        }
        Ok(reader.found)
    }

    pub(super) fn append(&mut self, other: Lines) {
        let (refs, area_refs) = (self.refs.len(), self.area_refs.len());
        self.roads
            .extend(other.roads.into_iter().map(|road| DrivableWay { first: road.first + refs, ..road }));
        self.refs.extend(other.refs);
        self.areas.extend(other.areas.into_iter().map(|area| Area { first: area.first + area_refs, ..area }));
        self.area_refs.extend(other.area_refs);
        self.restrictions.extend(other.restrictions);
        self.located.extend(other.located);
    }

    /// Sorts all by id and keeps the first of what comes twice.
    pub(super) fn settle(&mut self) {
        self.roads.sort_by_key(|road| road.id);
        let before = self.roads.len();
        self.roads.dedup_by_key(|road| road.id);
        if self.roads.len() < before {
            self.forget_unused_refs();
        }
        self.areas.sort_by_key(|area| area.id);
        self.areas.dedup_by_key(|area| area.id);
        self.restrictions.sort_by_key(|restriction| restriction.id);
        self.restrictions.dedup_by_key(|restriction| restriction.id);
    }

    /// Two files may differ on the nodes of a road; those of the road that does not count are no nodes of roads.
    fn forget_unused_refs(&mut self) {
        let mut refs = Vec::with_capacity(self.roads.iter().map(|road| road.nodes).sum());
        for road in &mut self.roads {
            let first = refs.len();
            refs.extend_from_slice(&self.refs[road.first..road.first + road.nodes]);
            road.first = first;
        }
        self.refs = refs;
    }
}

/// Reads one block.
struct Reader<'b, 'a> {
    block: &'b Block<'a>,
    profile: &'b Profile,
    road_keys: Keys,
    land_keys: Keys,
    relation_keys: Keys,
    tags: Tags<'a>,
    found: Lines,
}

impl<'a> Reader<'_, 'a> {
    fn way(&mut self, way: &Way<'a>) -> Result<(), Damage> {
        let (may_be_road, may_be_land) = (way.tags.any(&self.road_keys)?, way.tags.any(&self.land_keys)?);
        if !may_be_road && !may_be_land {
            return Ok(());
        }
        self.block.read_tags(way.tags, &mut self.tags)?;
        let road = if may_be_road { self.profile.road(&self.tags) } else { None };
        if let Some(road) = road {
            let first = self.found.refs.len();
            let nodes = way.read_refs(&mut self.found.refs)?;
            self.found.roads.push(DrivableWay { id: way.id, road, first, nodes });
            self.locate(way)?;
        }
        if may_be_land && self.profile.is_built_up(&self.tags) {
            let first = self.found.area_refs.len();
            let nodes = way.read_refs(&mut self.found.area_refs)?;
            let outline = &self.found.area_refs[first..];
            if outline.first() == outline.last() {
                self.found.areas.push(Area { id: way.id, first, nodes });
                self.locate(way)?;
            } else {
                self.found.area_refs.truncate(first);
            }
        }
        Ok(())
    }

    fn locate(&mut self, way: &Way<'a>) -> Result<(), Damage> {
        if way.is_located() {
            for location in way.locations() {
                let (id, steps) = location?;
                self.found.located.push((id, self.block.position(steps)?));
            }
        }
        Ok(())
    }

    fn relation(&mut self, relation: &Relation<'a>) -> Result<(), Damage> {
        if !relation.tags.any(&self.relation_keys)? {
            return Ok(());
        }
        self.block.read_tags(relation.tags, &mut self.tags)?;
        if !self.tags.get("type").is_some_and(|kind| kind.starts_with("restriction")) {
            return Ok(());
        }
        if let Some(rule) = self.profile.restriction(&self.tags) {
            self.found.restrictions.push(Stated::read(self.block, relation, rule)?);
        }
        Ok(())
    }
}
