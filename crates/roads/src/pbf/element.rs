//! The elements of a block: nodes, ways, relations. Each is decoded as far as it is asked about.

use super::block::Steps;
use super::texts::TagNumbers;
use super::wire::{Deltas, Fields, Numbers, zigzag};
use crate::error::Damage;

/// No real way comes near: the OpenStreetMap database allows 2,000 nodes.
const MOST_WAY_NODES: usize = 1 << 20;

/// A node.
pub(crate) struct Node<'a> {
    pub(crate) id: i64,
    pub(crate) steps: Steps,
    pub(crate) tags: TagNumbers<'a>,
}

impl<'a> Node<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Node<'a>, Damage> {
        let (mut id, mut lat, mut lon) = (None, None, None);
        let [mut keys, mut values]: [&[u8]; 2] = Default::default();
        for field in Fields(bytes) {
            match field? {
                (1, value) => id = Some(zigzag(value.number()?)),
                (2, value) => keys = value.bytes()?,
                (3, value) => values = value.bytes()?,
                (8, value) => lat = Some(zigzag(value.number()?)),
                (9, value) => lon = Some(zigzag(value.number()?)),
                _ => {}
            }
        }
        match (id, lat, lon) {
            (Some(id), Some(lat), Some(lon)) => Ok(Node {
                id,
                steps: Steps { lat, lon },
                tags: TagNumbers::Lists { keys: Numbers(keys), values: Numbers(values) },
            }),
            _ => Err(Damage::Fields),
        }
    }
}

/// Nodes stored column by column.
#[derive(Default)]
pub(crate) struct DenseNodes<'a> {
    ids: Deltas<'a>,
    lats: Deltas<'a>,
    lons: Deltas<'a>,
    /// Key, value, ..., 0 for each node; empty when no node has any.
    tags: Option<&'a [u8]>,
}

impl<'a> DenseNodes<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<DenseNodes<'a>, Damage> {
        let mut nodes = DenseNodes::default();
        for field in Fields(bytes) {
            match field? {
                (1, value) => nodes.ids = Deltas::new(value.bytes()?),
                (8, value) => nodes.lats = Deltas::new(value.bytes()?),
                (9, value) => nodes.lons = Deltas::new(value.bytes()?),
                (10, value) => nodes.tags = Some(value.bytes()?).filter(|tags| !tags.is_empty()),
                _ => {}
            }
        }
        Ok(nodes)
    }

    /// Hands over one node after the other, in their order.
    pub(crate) fn each(mut self, mut take: impl FnMut(Node<'a>) -> Result<(), Damage>) -> Result<(), Damage> {
        while !self.ids.is_empty() {
            let id = self.ids.following()?;
            let steps = Steps { lat: self.lats.following()?, lon: self.lons.following()? };
            take(Node { id, steps, tags: self.next_tags()? })?;
        }
        let is_whole = self.lats.is_empty() && self.lons.is_empty() && self.tags.is_none_or(<[u8]>::is_empty);
        if is_whole { Ok(()) } else { Err(Damage::Lists) }
    }

    #[inline]
    fn next_tags(&mut self) -> Result<TagNumbers<'a>, Damage> {
        match self.tags {
            None => Ok(TagNumbers::Pairs(Numbers(&[]))),
            // Most nodes have none.
            Some(&[0, ref rest @ ..]) => {
                self.tags = Some(rest);
                Ok(TagNumbers::Pairs(Numbers(&[])))
            }
            Some(tags) => self.next_of(tags),
        }
    }

    fn next_of(&mut self, tags: &'a [u8]) -> Result<TagNumbers<'a>, Damage> {
        let mut numbers = Numbers(tags);
        loop {
            let before = numbers.0.len();
            match numbers.next().ok_or(Damage::Lists)?? {
                0 => {
                    self.tags = Some(numbers.0);
                    return Ok(TagNumbers::Pairs(Numbers(&tags[..tags.len() - before])));
                }
                _ => numbers.next().ok_or(Damage::Lists)??,
            };
        }
    }
}

/// A way.
pub(crate) struct Way<'a> {
    pub(crate) id: i64,
    pub(crate) tags: TagNumbers<'a>,
    refs: &'a [u8],
    lats: &'a [u8],
    lons: &'a [u8],
}

impl<'a> Way<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Way<'a>, Damage> {
        let [mut keys, mut values, mut refs, mut lats, mut lons]: [&[u8]; 5] = Default::default();
        let mut id = None;
        for field in Fields(bytes) {
            match field? {
                (1, value) => id = Some(value.number()? as i64),
                (2, value) => keys = value.bytes()?,
                (3, value) => values = value.bytes()?,
                (8, value) => refs = value.bytes()?,
                (9, value) => lats = value.bytes()?,
                (10, value) => lons = value.bytes()?,
                _ => {}
            }
        }
        let id = id.ok_or(Damage::Fields)?;
        Ok(Way {
            id,
            tags: TagNumbers::Lists { keys: Numbers(keys), values: Numbers(values) },
            refs,
            lats,
            lons,
        })
    }

    /// Adds the ids of its nodes to a list, in their order, and returns how many they are.
    pub(crate) fn read_refs(&self, ids: &mut Vec<i64>) -> Result<usize, Damage> {
        let before = ids.len();
        for id in Deltas::new(self.refs).take(MOST_WAY_NODES + 1) {
            ids.push(id?);
        }
        match ids.len() - before {
            count if count <= MOST_WAY_NODES => Ok(count),
            _ => Err(Damage::Length),
        }
    }

    /// Whether it states where its nodes are, as some files do.
    pub(crate) fn is_located(&self) -> bool {
        !self.lats.is_empty() || !self.lons.is_empty()
    }

    /// Its nodes and where they are.
    pub(crate) fn locations(&self) -> impl Iterator<Item = Result<(i64, Steps), Damage>> {
        let mut columns = (Deltas::new(self.refs), Deltas::new(self.lats), Deltas::new(self.lons));
        std::iter::from_fn(move || match (columns.0.next(), columns.1.next(), columns.2.next()) {
            (None, None, None) => None,
            (Some(id), Some(lat), Some(lon)) => Some(locate(id, lat, lon)),
            _ => Some(Err(Damage::Lists)),
        })
    }
}

fn locate(
    id: Result<i64, Damage>,
    lat: Result<i64, Damage>,
    lon: Result<i64, Damage>,
) -> Result<(i64, Steps), Damage> {
    Ok((id?, Steps { lat: lat?, lon: lon? }))
}

/// A relation.
pub(crate) struct Relation<'a> {
    pub(crate) id: i64,
    pub(crate) tags: TagNumbers<'a>,
    roles: &'a [u8],
    ids: &'a [u8],
    kinds: &'a [u8],
}

/// What a relation is about.
pub(crate) struct Member {
    pub(crate) kind: MemberKind,
    pub(crate) id: i64,
    /// The number of the text that says which part it plays.
    pub(crate) role: u64,
}

/// The kind of element that a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberKind {
    Node,
    Way,
    Relation,
}

impl<'a> Relation<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Relation<'a>, Damage> {
        let [mut keys, mut values, mut roles, mut ids, mut kinds]: [&[u8]; 5] = Default::default();
        let mut id = None;
        for field in Fields(bytes) {
            match field? {
                (1, value) => id = Some(value.number()? as i64),
                (2, value) => keys = value.bytes()?,
                (3, value) => values = value.bytes()?,
                (8, value) => roles = value.bytes()?,
                (9, value) => ids = value.bytes()?,
                (10, value) => kinds = value.bytes()?,
                _ => {}
            }
        }
        let id = id.ok_or(Damage::Fields)?;
        Ok(Relation {
            id,
            tags: TagNumbers::Lists { keys: Numbers(keys), values: Numbers(values) },
            roles,
            ids,
            kinds,
        })
    }

    /// Its members in their order.
    pub(crate) fn members(&self) -> impl Iterator<Item = Result<Member, Damage>> {
        let mut columns = (Numbers(self.kinds), Deltas::new(self.ids), Numbers(self.roles));
        std::iter::from_fn(move || match (columns.0.next(), columns.1.next(), columns.2.next()) {
            (None, None, None) => None,
            (Some(kind), Some(id), Some(role)) => Some(member(kind, id, role)),
            _ => Some(Err(Damage::Lists)),
        })
    }
}

fn member(
    kind: Result<u64, Damage>,
    id: Result<i64, Damage>,
    role: Result<u64, Damage>,
) -> Result<Member, Damage> {
    let kind = match kind? {
        0 => MemberKind::Node,
        1 => MemberKind::Way,
        2 => MemberKind::Relation,
        _ => return Err(Damage::Fields),
    };
    Ok(Member { kind, id: id?, role: role? })
}
