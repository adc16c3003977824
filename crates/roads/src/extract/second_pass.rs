//! The second pass over a file: where the nodes are that the first one found in use, and what stands there.

use super::first_pass::Lines;
use super::nodes::{Cursor, Nodes};
use crate::error::Damage;
use crate::pbf::{Block, DenseNodes, Element, Keys, Node, Tags};
use crate::profile::{Profile, Stop};
use crate::sphere::Fixed;

/// The nodes that ways use.
pub(super) struct Used {
    pub(super) roads: Nodes,
    /// The nodes of all roads by their numbers, one road after the other.
    pub(super) refs: Vec<u32>,
    /// Those of outlines of built-up land.
    pub(super) land: Nodes,
    /// The nodes of all outlines by their numbers, one outline after the other.
    pub(super) area_refs: Vec<u32>,
}

impl Used {
    /// Takes the ids out of the lines: from here on nodes go by their numbers.
    pub(super) fn by(lines: &mut Lines) -> Used {
        let (roads, refs) = Nodes::used(&std::mem::take(&mut lines.refs));
        let (land, area_refs) = Nodes::used(&std::mem::take(&mut lines.area_refs));
        Used { roads, refs, land, area_refs }
    }
}

/// What is known of nodes.
pub(super) struct Sites {
    /// Where the nodes of roads are, by their numbers; [`Fixed::NOWHERE`] where no file says.
    pub(super) roads: Vec<Fixed>,
    /// Where the nodes of outlines of built-up land are, in the same way.
    pub(super) land: Vec<Fixed>,
    /// What stands on nodes of roads, by their numbers.
    pub(super) stops: Vec<(u32, Stop)>,
    pub(super) places: Vec<Place>,
}

impl Sites {
    /// What stands on the ways themselves.
    pub(super) fn on_ways(located: &[(i64, Fixed)], used: &Used) -> Sites {
        let nowhere = |nodes: &Nodes| vec![Fixed::NOWHERE; nodes.count()];
        let (mut roads, mut land) = (nowhere(&used.roads), nowhere(&used.land));
        for &(id, position) in located {
            for (nodes, positions) in [(&used.roads, &mut roads), (&used.land, &mut land)] {
                if let Some(number) = nodes.number(id) {
                    place(positions, number, position);
                }
            }
        }
        Sites { roads, land, stops: Vec::new(), places: Vec::new() }
    }

    pub(super) fn append(&mut self, points: Points) {
        points.roads.into_iter().for_each(|(number, position)| place(&mut self.roads, number, position));
        points.land.into_iter().for_each(|(number, position)| place(&mut self.land, number, position));
        self.stops.extend(points.stops);
        self.places.extend(points.places);
    }

    /// Sorts all by id and keeps the first of what comes twice.
    pub(super) fn settle(&mut self) {
        self.stops.sort_by_key(|stop| stop.0);
        self.stops.dedup_by_key(|stop| stop.0);
        self.places.sort_by_key(|place| place.id);
        self.places.dedup_by_key(|place| place.id);
    }
}

/// The first position of a node counts: a node that comes twice, as in files put together, is the same node.
fn place(positions: &mut [Fixed], number: u32, position: Fixed) {
    if let Some(slot) = positions.get_mut(number as usize)
        && *slot == Fixed::NOWHERE
    {
        *slot = position;
    }
}

/// What a block says of nodes.
#[derive(Default)]
pub(super) struct Points {
    roads: Vec<(u32, Fixed)>,
    land: Vec<(u32, Fixed)>,
    stops: Vec<(u32, Stop)>,
    places: Vec<Place>,
    /// Whether the block also holds ways or relations.
    pub(super) has_lines: bool,
}

/// The centre of a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) id: i64,
    pub(super) position: Fixed,
    /// How far around it the land is built up, in metres.
    pub(super) radius: f64,
}

impl Points {
    pub(super) fn read(block: &Block<'_>, profile: &Profile, used: &Used) -> Result<Points, Damage> {
        let mut reader = Reader {
            block,
            profile,
            roads: used.roads.cursor(),
            land: used.land.cursor(),
            stop_keys: block.keys(profile.stop_keys()),
            place_keys: block.keys(vec!["place"]),
            tags: Tags::default(),
            found: Points::default(),
        };
        for element in block.elements() {
            match element? {
                Element::Node(bytes) => reader.node(Node::parse(bytes)?)?,
                Element::DenseNodes(bytes) => DenseNodes::parse(bytes)?.each(|node| reader.node(node))?,
                Element::Way(_) | Element::Relation(_) => reader.found.has_lines = true,
                Element::Other => {}
            }
        }
        Ok(reader.found)
    }
}

/// Reads one block.
struct Reader<'b, 'a> {
    block: &'b Block<'a>,
    profile: &'b Profile,
    roads: Cursor<'b>,
    land: Cursor<'b>,
    stop_keys: Keys<'b>,
    place_keys: Keys<'b>,
    tags: Tags<'a>,
    found: Points,
}

impl<'a> Reader<'_, 'a> {
    /// Inlined even so: nodes are many, and would go through memory otherwise.
    #[inline(always)]
    fn node(&mut self, node: Node<'a>) -> Result<(), Damage> {
        let number = self.roads.number(node.id);
        if let Some(number) = number {
            self.found.roads.push((number, self.block.position(node.steps)?));
        }
        if let Some(number) = self.land.number(node.id) {
            self.found.land.push((number, self.block.position(node.steps)?));
        }
        if node.tags.is_empty() { Ok(()) } else { self.tagged(&node, number) }
    }

    /// What the tags of a node say; `number` is that of a node of roads.
    fn tagged(&mut self, node: &Node<'a>, number: Option<u32>) -> Result<(), Damage> {
        if let Some(number) = number
            && self.block.find(node.tags.clone(), &mut self.stop_keys)?.is_some()
        {
            self.block.read_tags(node.tags.clone(), &mut self.tags)?;
            self.found.stops.extend(self.profile.stop(&self.tags).map(|stop| (number, stop)));
        }
        if self.block.find(node.tags.clone(), &mut self.place_keys)?.is_some() {
            self.block.read_tags(node.tags.clone(), &mut self.tags)?;
            if let Some(radius) = self.profile.place(&self.tags) {
                let position = self.block.position(node.steps)?;
                self.found.places.push(Place { id: node.id, position, radius });
            }
        }
        Ok(())
    }
}
