//! What an arc of the hierarchy stands for.

/// An arc of the graph, or two arcs of the hierarchy by way of a lower node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way(u32);

/// The same, to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leg {
    /// The arc of this number in the graph.
    Arc(u32),
    /// To this node and on from there.
    Over(u32),
}

const OVER: u32 = 1 << 31;

impl Way {
    /// Arcs and nodes are numbered below this.
    pub(super) const END: usize = OVER as usize;

    pub(super) fn arc(index: u32) -> Way {
        Way(index)
    }

    pub(super) fn over(node: u32) -> Way {
        Way(OVER | node)
    }

    /// With another number for the node in the middle, if there is one.
    pub(super) fn with_middle(self, number: impl Fn(u32) -> u32) -> Way {
        match self.leg() {
            Leg::Arc(_) => self,
            Leg::Over(node) => Way::over(number(node)),
        }
    }

    pub(super) fn of_bits(bits: u32) -> Way {
        Way(bits)
    }

    pub(super) fn bits(self) -> u32 {
        self.0
    }

    pub(super) fn leg(self) -> Leg {
        if self.0 < OVER { Leg::Arc(self.0) } else { Leg::Over(self.0 - OVER) }
    }
}
