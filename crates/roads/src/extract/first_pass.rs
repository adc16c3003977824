//! The first pass over a file: roads, built-up land and turn restrictions, all by the ids of their nodes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::DrivableWay;
use super::closures::ShutWay;
use super::restrictions::Stated;
use crate::error::Damage;
use crate::pbf::{Block, Element, Keys, Relation, Tags, Way};
use crate::profile::{Profile, Road, Winter};
use crate::sphere::Fixed;

/// The keys of what people call a way, best first.
const NAMES: [&str; 2] = ["name", "ref"];

/// So many characters of a name are kept.
const LONGEST_NAME: usize = 80;

/// What blocks say of ways and relations.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) roads: Vec<DrivableWay>,
    /// What the roads are.
    pub(super) kinds: Vec<Road>,
    /// The nodes of all roads, one road after the other.
    pub(super) refs: Vec<i64>,
    pub(super) areas: Vec<Area>,
    /// The ways that winter shuts, driven here or not.
    pub(super) shut: Vec<ShutWay>,
    /// The nodes of all areas and of all ways that winter shuts, one after the other.
    pub(super) area_refs: Vec<i64>,
    /// Names of ways that winter shuts.
    pub(super) names: Vec<String>,
    /// The ids of ways whose closures are not understood.
    pub(super) unclear: Vec<i64>,
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
    pub(super) fn nodes<'a>(&self, area_refs: &'a [u32]) -> &'a [u32] {
        &area_refs[self.first..self.first + self.nodes]
    }
}

impl Lines {
    pub(super) fn read(block: &Block<'_>, profile: &Profile) -> Result<Lines, Damage> {
        let mut reader = Reader {
            block,
            profile,
            way_keys: block.keys(profile.way_keys()),
            length_keys: Some(profile.length_keys())
                .filter(|keys| block.may_have(keys))
                .map(|keys| block.keys(keys)),
            relation_keys: block.keys(vec!["type"]),
            chosen: Vec::new(),
            tags: Tags::default(),
            known: HashMap::new(),
            name_keys: None,
            numbers_of_names: HashMap::new(),
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

    /// Adds what the next block says.
    pub(super) fn append(&mut self, other: Lines) {
        let (refs, area_refs) = (self.refs.len(), self.area_refs.len());
        let kinds = self.kinds.len() as u32;
        self.roads.extend(other.roads.into_iter().map(|road| DrivableWay {
            first: road.first + refs,
            kind: road.kind + kinds,
            ..road
        }));
        self.kinds.extend(other.kinds);
        self.refs.extend(other.refs);
        self.areas.extend(other.areas.into_iter().map(|area| Area { first: area.first + area_refs, ..area }));
        let names = self.names.len() as u32;
        self.shut.extend(other.shut.into_iter().map(|way| ShutWay {
            name: way.name.map(|name| name + names),
            first: way.first + area_refs,
            ..way
        }));
        self.names.extend(other.names);
        self.unclear.extend(other.unclear);
        self.area_refs.extend(other.area_refs);
        self.restrictions.extend(other.restrictions);
        self.located.extend(other.located);
    }

    /// Sorts all by id and keeps the first of what comes twice.
    pub(super) fn settle(&mut self) {
        // As nearly all writers put them.
        if !self.roads.is_sorted_by(|road, next| road.id < next.id) {
            self.roads.sort_by_key(|road| road.id);
            self.roads.dedup_by_key(|road| road.id);
            self.order_refs();
        }
        self.areas.sort_by_key(|area| area.id);
        self.areas.dedup_by_key(|area| area.id);
        self.shut.sort_by_key(|way| way.id);
        self.shut.dedup_by_key(|way| way.id);
        self.unclear.sort_unstable();
        self.unclear.dedup();
        self.restrictions.sort_by_key(|restriction| restriction.id);
        self.restrictions.dedup_by_key(|restriction| restriction.id);
    }

    /// Puts the nodes in the order of the roads. Two files may differ on the nodes of a road; those of the road that does
    /// not count are no nodes of roads.
    fn order_refs(&mut self) {
        let mut refs = Vec::with_capacity(self.roads.iter().map(|road| road.nodes).sum());
        for road in &mut self.roads {
            let first = refs.len();
            refs.extend_from_slice(&self.refs[road.first..road.first + road.nodes]);
            road.first = first;
        }
        self.refs = refs;
    }
}

/// What a way is to the profile.
#[derive(Clone, Copy)]
struct Use {
    /// The number of its kind, where it is a road.
    road: Option<u32>,
    is_built_up: bool,
    winter: Winter,
}

/// Reads one block.
struct Reader<'b, 'a> {
    block: &'b Block<'a>,
    profile: &'b Profile,
    way_keys: Keys<'b>,
    /// None where no way of the block states its length.
    length_keys: Option<Keys<'b>>,
    relation_keys: Keys<'b>,
    /// The tags of a way that matter, as numbers.
    chosen: Vec<[u32; 2]>,
    tags: Tags<'a>,
    /// What ways are by their tags that matter, which are the same for most of them.
    known: HashMap<Box<[u32]>, Use>,
    /// Those of names, once a way is to be named.
    name_keys: Option<[Keys<'b>; 2]>,
    /// Which of the names found a text is.
    numbers_of_names: HashMap<u64, u32>,
    found: Lines,
}

impl<'a> Reader<'_, 'a> {
    fn way(&mut self, way: &Way<'a>) -> Result<(), Damage> {
        self.block.choose(way.tags.clone(), &mut self.way_keys, &mut self.chosen)?;
        // Most ways are buildings and the like.
        if self.chosen.is_empty() {
            return Ok(());
        }
        let Use { road, is_built_up, winter } = match self.known.get(self.chosen.as_flattened()) {
            Some(&known) => known,
            None => self.evaluate()?,
        };
        if let Some(kind) = road {
            let first = self.found.refs.len();
            let nodes = way.read_refs(&mut self.found.refs)?;
            let length = self.length(way)?;
            self.found.roads.push(DrivableWay { id: way.id, kind, length, first, nodes });
            self.locate(way)?;
        }
        if is_built_up {
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
        if winter.shuts {
            self.shut(way)?;
        }
        if winter.is_unclear {
            self.found.unclear.push(way.id);
        }
        Ok(())
    }

    /// Notes a way that winter shuts. A name is kept once however many ways of the block have it, so that names take no
    /// more memory than the block.
    fn shut(&mut self, way: &Way<'a>) -> Result<(), Damage> {
        let block = self.block;
        let mut name = None;
        for keys in self.name_keys.get_or_insert_with(|| NAMES.map(|key| block.keys(vec![key]))) {
            if name.is_none() {
                name = block.find(way.tags.clone(), keys)?;
            }
        }
        let name = name.map(|[_, text]| self.name(text)).transpose()?;
        let length = self.length(way)?;
        let first = self.found.area_refs.len();
        let nodes = way.read_refs(&mut self.found.area_refs)?;
        self.found.shut.push(ShutWay { id: way.id, name, length, first, nodes });
        self.locate(way)
    }

    /// The number of a name.
    fn name(&mut self, text: u64) -> Result<u32, Damage> {
        let names = &mut self.found.names;
        match self.numbers_of_names.entry(text) {
            Entry::Occupied(known) => Ok(*known.get()),
            Entry::Vacant(unknown) => {
                names.push(self.block.text(text)?.chars().take(LONGEST_NAME).collect());
                Ok(*unknown.insert(names.len() as u32 - 1))
            }
        }
    }

    /// What a way with the chosen tags is, which is then known.
    fn evaluate(&mut self) -> Result<Use, Damage> {
        let chosen = self.chosen.iter().map(|tag| Ok(tag.map(u64::from)));
        self.block.read_tags(chosen, &mut self.tags)?;
        let kinds = &mut self.found.kinds;
        let road = self.profile.road(&self.tags).map(|road| {
            kinds.push(road);
            kinds.len() as u32 - 1
        });
        let is_built_up = self.profile.is_built_up(&self.tags);
        let found = Use { road, is_built_up, winter: self.profile.winter(&self.tags) };
        self.known.insert(self.chosen.as_flattened().into(), found);
        Ok(found)
    }

    fn length(&mut self, way: &Way<'a>) -> Result<Option<f64>, Damage> {
        let Some(keys) = &mut self.length_keys else { return Ok(None) };
        let Some(tag) = self.block.find(way.tags.clone(), keys)? else { return Ok(None) };
        self.block.read_tags([Ok(tag)], &mut self.tags)?;
        Ok(self.profile.length(&self.tags))
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
        match self.block.find(relation.tags.clone(), &mut self.relation_keys)? {
            Some([_, kind]) if self.block.text(kind)?.starts_with("restriction") => {}
            _ => return Ok(()),
        }
        self.block.read_tags(relation.tags.clone(), &mut self.tags)?;
        if let Some(rule) = self.profile.restriction(&self.tags) {
            self.found.restrictions.push(Stated::read(self.block, relation, rule)?);
        }
        Ok(())
    }
}
