//! Turn restrictions: <https://wiki.openstreetmap.org/wiki/Relation:restriction>

use super::nodes::Nodes;
use super::{DrivableWay, Restriction, Via};
use crate::error::Damage;
use crate::pbf::{Block, MemberKind, Relation};
use crate::profile::Rule;

/// A turn restriction as a file states it.
#[derive(Debug)]
pub(super) struct Stated {
    pub(super) id: i64,
    rule: Rule,
    from: Vec<i64>,
    via_nodes: Vec<i64>,
    via_ways: Vec<i64>,
    to: Vec<i64>,
}

impl Stated {
    /// Members that play no part in a turn are left out.
    pub(super) fn read(block: &Block<'_>, relation: &Relation<'_>, rule: Rule) -> Result<Stated, Damage> {
        let [mut from, mut via_nodes, mut via_ways, mut to]: [Vec<i64>; 4] = Default::default();
        for member in relation.members() {
            let member = member?;
            match (member.kind, block.text(member.role)?) {
                (MemberKind::Way, "from") => from.push(member.id),
                (MemberKind::Node, "via") => via_nodes.push(member.id),
                (MemberKind::Way, "via") => via_ways.push(member.id),
                (MemberKind::Way, "to") => to.push(member.id),
                _ => {}
            }
        }
        Ok(Stated { id: relation.id, rule, from, via_nodes, via_ways, to })
    }

    /// Whether it can be told which turns it means: those who come from one way, or go into one; a single way that must
    /// be taken.
    fn is_clear(&self) -> bool {
        match self.rule {
            Rule::No => self.from.len() == 1 || self.to.len() == 1,
            Rule::Only => self.to.len() == 1,
        }
    }

    /// The restriction as far as it concerns these roads and their nodes; None where it is not clear, or a part of it is
    /// missing or closed anyway.
    pub(super) fn resolve(mut self, roads: &[DrivableWay], nodes: &Nodes) -> Option<Restriction> {
        let is_road = |id: &i64| roads.binary_search_by_key(id, |road| road.id).is_ok();
        if !self.is_clear() || !self.via_ways.iter().all(is_road) {
            return None;
        }
        self.from.retain(is_road);
        self.to.retain(is_road);
        let via = match (&self.via_nodes[..], &self.via_ways[..]) {
            (&[node], []) => Via::Node(nodes.number(node)?),
            ([], [_, ..]) => Via::Ways(self.via_ways),
            _ => return None,
        };
        let is_whole = !self.from.is_empty() && !self.to.is_empty();
        is_whole.then_some(Restriction { rule: self.rule, from: self.from, via, to: self.to })
    }
}
