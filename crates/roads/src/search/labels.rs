//! The least cost known of each junction during one search.

use crate::cost::Cost;

/// Costs of junctions, [`Cost::NEVER`] until one is set, and forgotten in the time it took to set them.
#[derive(Debug)]
pub(crate) struct Labels {
    /// Every bit inverted: fresh memory is zero and then says [`Cost::NEVER`], and the system hands out only the pages
    /// that a search gets to.
    inverted: Vec<u64>,
    touched: Vec<u32>,
}

impl Labels {
    pub(crate) fn new(nodes: usize) -> Labels {
        Labels { inverted: vec![0; nodes], touched: Vec::new() }
    }

    #[inline]
    pub(crate) fn get(&self, node: u32) -> Cost {
        Cost::of_bits(!self.inverted[node as usize])
    }

    /// Takes a cost if it is less than the one known; says whether it was.
    #[inline]
    pub(crate) fn lower(&mut self, node: u32, cost: Cost) -> bool {
        let known = &mut self.inverted[node as usize];
        let lower = !cost.bits() > *known;
        if lower {
            if *known == 0 {
                self.touched.push(node);
            }
            *known = !cost.bits();
        }
        lower
    }

    pub(crate) fn forget(&mut self) {
        for node in self.touched.drain(..) {
            self.inverted[node as usize] = 0;
        }
    }
}
