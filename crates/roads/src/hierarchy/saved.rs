//! Hierarchies in files.

use super::{Hierarchy, Rise, Slope};
use crate::error::ErrorKind;
use crate::file::{Reader, Row, Section, are_bounds, damaged};

impl Hierarchy {
    /// Its arrays in a file, under this name.
    pub(crate) fn sections(&self, name: &str) -> Vec<Section<'_>> {
        let ranks = Section::new(format!("{name}.ranks"), &self.ranks);
        let slopes = [("up", &self.up), ("down", &self.down)].into_iter().flat_map(|(side, slope)| {
            [
                Section::new(format!("{name}.{side}.first"), &slope.first),
                Section::new(format!("{name}.{side}.arcs"), &slope.arcs),
            ]
        });
        std::iter::once(ranks).chain(slopes).collect()
    }

    /// Whether a file has a hierarchy of that name.
    pub(crate) fn is_in(file: &Reader<'_>, name: &str) -> bool {
        file.has(&format!("{name}.ranks"))
    }

    /// The hierarchy of a graph of so many nodes.
    pub(crate) fn load(file: &mut Reader<'_>, name: &str, nodes: usize) -> Result<Hierarchy, ErrorKind> {
        let ranks: Vec<u32> = file.array(&format!("{name}.ranks"))?;
        let mut taken = vec![false; nodes];
        let is_new =
            |&rank: &u32| taken.get_mut(rank as usize).is_some_and(|taken| !std::mem::replace(taken, true));
        if ranks.len() != nodes || !ranks.iter().all(is_new) {
            return Err(damaged(name));
        }
        let up = Slope::load(file, &format!("{name}.up"), nodes)?;
        let down = Slope::load(file, &format!("{name}.down"), nodes)?;
        // Nothing that leads down starts at the top and ends there.
        if down.top > 0 { Err(damaged(name)) } else { Ok(Hierarchy { ranks, up, down }) }
    }
}

impl Slope {
    fn load(file: &mut Reader<'_>, name: &str, nodes: usize) -> Result<Slope, ErrorKind> {
        let first: Vec<u32> = file.array(&format!("{name}.first"))?;
        let arcs: Vec<Rise> = file.array(&format!("{name}.arcs"))?;
        if !are_bounds(&first, nodes, arcs.len()) {
            return Err(damaged(name));
        }
        let is_sound = |rise: &Rise| (rise.upper as usize) < nodes && rise.cost().is_of_arc();
        if arcs.iter().all(is_sound) { Ok(Slope::new(first, arcs)) } else { Err(damaged(name)) }
    }
}

impl Row for Rise {
    type Numbers = [u32; 3];

    #[inline]
    fn numbers(self) -> [u32; 3] {
        [self.upper, self.cost[0], self.cost[1]]
    }

    #[inline]
    fn of_numbers([upper, first, second]: [u32; 3]) -> Rise {
        Rise { upper, cost: [first, second] }
    }
}
