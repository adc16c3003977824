//! Reproducible random numbers and networks.

use medicobus_roads::{Metres, Millis, NodeId, Position, RoadNetwork};

/// SplitMix64; the state is the seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A road of a drawing: from, to, decimetres, milliseconds there and back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Road {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) decimetres: u32,
    pub(crate) there: Option<u32>,
    pub(crate) back: Option<u32>,
}

/// A network before it is built.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    pub(crate) nodes: Vec<Position>,
    pub(crate) roads: Vec<Road>,
}

/// A position that a network keeps as it is: in steps of 1e-7 degrees.
pub(crate) fn on_grid(lat: f64, lon: f64) -> Position {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Position { lat: round(lat), lon: round(lon) }
}

impl Drawing {
    /// Places up to 1 km apart near a position; one-ways, parallel roads, loops, roads of no time, and parts that
    /// cannot be reached, all by chance. Times are multiples of 8 ms.
    pub(crate) fn random(random: &mut Random, near: Position) -> Drawing {
        let nodes: Vec<Position> = (0..2 + random.below(25))
            .map(|_| on_grid(near.lat + 0.01 * random.share(), near.lon + 0.01 * random.share()))
            .collect();
        let roads = (0..1 + random.below(2 * nodes.len()))
            .map(|_| {
                let (from, to) = (random.below(nodes.len()), random.below(nodes.len()));
                let time = |random: &mut Random| match random.below(10) {
                    0 => 0,
                    1 => 8,
                    _ => 8 * random.below(20_000) as u32,
                };
                let (there, back) = (time(random), time(random));
                let (there, back) = match random.below(4) {
                    0 => (Some(there), None),
                    1 => (None, Some(back)),
                    2 => (Some(there), Some(back)),
                    _ => (Some(there), Some(there)),
                };
                Road { from, to, decimetres: random.below(10_000) as u32, there, back }
            })
            .collect();
        Drawing { nodes, roads }
    }

    /// None when no road leads anywhere and back.
    pub(crate) fn build(&self) -> Option<RoadNetwork> {
        let mut builder = RoadNetwork::builder();
        let ids: Vec<NodeId> = self.nodes.iter().map(|&position| builder.node(position)).collect();
        for road in &self.roads {
            let length = Metres(f64::from(road.decimetres) / 10.0);
            builder.road(ids[road.from], ids[road.to], length, road.there.map(Millis), road.back.map(Millis));
        }
        builder.build().ok()
    }
}
