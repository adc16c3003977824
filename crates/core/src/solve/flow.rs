//! How many consultations patients can take at given sites: a maximum flow from communes to sites.
//!
//! ```text
//!            b0 N          b1 N          b2 N
//!  commune --------> near --------> mid --------> far        the willing are nested: at most a share b of the N
//!                     |              |             |         consultations is taken at sites of band b or further
//!                     v              v             v
//!                   site           site          site ----> capacity of its sessions
//! ```

use super::demand::Demand;

/// Flows below this many consultations are rounding.
const EPS: f64 = 1e-9;

const SUPPLY: u32 = u32::MAX;
const NONE: u32 = u32::MAX - 1;

/// The network of one group of patients, and the flow on it.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    net: Net,
    /// By arc.
    flow: Vec<f64>,
    room: Vec<f64>,
    /// By site: capacity given, and used.
    capacity: Vec<f64>,
    used: Vec<f64>,
    total: f64,
    search: Search,
    log: Vec<(u32, f64)>,
}

/// Nodes are the sites, then the bands of each commune; arcs lead from a band to a further band or to a site.
#[derive(Clone, Debug)]
struct Net {
    sites: usize,
    tail: Vec<u32>,
    head: Vec<u32>,
    /// Arcs at a node, leaving or entering it: `around[start[n]..start[n + 1]]`.
    start: Vec<u32>,
    around: Vec<u32>,
    /// Capacity of an arc.
    width: Vec<f64>,
    /// Arcs of a commune: `first_arc[c]..first_arc[c + 1]`, the one from its supply first.
    first_arc: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Search {
    /// The arc by which the search came to a node, if it did in this round.
    via: Vec<u32>,
    round: Vec<u32>,
    now: u32,
    queue: Vec<u32>,
    steps: u64,
    /// Nodes that no supply with consultations left leads to; more flow elsewhere never changes that.
    cut_off: Vec<bool>,
}

impl Flow {
    /// The empty flow on the network of the patients of `group` and all those of greater worth.
    pub(super) fn new(demand: &Demand, group: usize) -> Flow {
        let net = Net::new(demand, group);
        let nodes = net.start.len() - 1;
        Flow {
            flow: vec![0.0; net.head.len()],
            room: net.width.clone(),
            capacity: vec![0.0; net.sites],
            used: vec![0.0; net.sites],
            total: 0.0,
            search: Search {
                via: vec![NONE; nodes],
                round: vec![0; nodes],
                now: 0,
                queue: Vec::new(),
                steps: 0,
                cut_off: vec![false; nodes],
            },
            log: Vec::new(),
            net,
        }
    }

    /// Consultations taken.
    pub(super) fn total(&self) -> f64 {
        self.total
    }

    /// Starts again with these capacities of all sites.
    pub(super) fn maximise(&mut self, capacity: &[f64]) {
        self.flow.fill(0.0);
        self.used.fill(0.0);
        self.total = 0.0;
        self.capacity.copy_from_slice(capacity);
        self.search.cut_off.fill(false);
        self.augment_all();
    }

    /// Sets what sites can take, before any flow.
    pub(super) fn set_capacity(&mut self, capacity: &[f64]) {
        self.capacity.copy_from_slice(capacity);
    }

    /// What this many more consultations at a site would add to the flow.
    pub(super) fn gain(&mut self, site: usize, more: f64) -> f64 {
        let (total, used) = (self.total, self.used[site]);
        self.log.clear();
        self.capacity[site] += more;
        self.augment(site);
        let gain = self.total - total;
        self.capacity[site] -= more;
        while let Some((arc, change)) = self.log.pop() {
            self.flow[arc as usize] -= change;
        }
        self.used[site] = used;
        self.total = total;
        gain
    }

    /// Gives a site more consultations.
    pub(super) fn add(&mut self, site: usize, more: f64) {
        self.capacity[site] += more;
        self.augment_for_good(site);
    }

    /// Gives a site this many consultations in place of what it had.
    pub(super) fn set(&mut self, site: usize, capacity: f64) {
        let before = std::mem::replace(&mut self.capacity[site], capacity);
        if capacity > before {
            self.augment_for_good(site);
        } else if self.used[site] > capacity {
            self.withdraw(site);
            self.search.cut_off.fill(false);
            // Those who lost their consultation may find one elsewhere.
            self.augment_all();
        }
    }

    /// Takes back what a site has too much of, from the communes in order.
    fn withdraw(&mut self, site: usize) {
        let into: Vec<u32> = self.net.around(site as u32).to_vec();
        for arc in into {
            let too_much = self.used[site] - self.capacity[site];
            if too_much <= 0.0 {
                return;
            }
            let amount = self.flow[arc as usize].min(too_much);
            if amount <= 0.0 {
                continue;
            }
            self.used[site] -= amount;
            self.total -= amount;
            let mut back = arc;
            loop {
                let flow = &mut self.flow[back as usize];
                *flow = (*flow - amount).max(0.0);
                let tail = self.net.tail[back as usize];
                if tail == SUPPLY {
                    break;
                }
                let Some(before) = self.net.arc_into(tail) else { break };
                back = before;
            }
        }
    }

    /// Pushes as much as can be towards a site; only arcs change, and the use of that one site.
    fn augment(&mut self, site: usize) {
        while self.capacity[site] - self.used[site] > EPS && self.augment_once(site) {}
    }

    /// Pushes what one way to a site holds; whether there is a way.
    fn augment_once(&mut self, site: usize) -> bool {
        let Some(first) = self.find_way(site) else {
            // Flow that will be taken back says nothing about the nodes it kept the search from.
            if self.log.is_empty() {
                self.search.queue.iter().for_each(|&node| self.search.cut_off[node as usize] = true);
                self.search.cut_off[site] = true;
            }
            return false;
        };
        let mut amount = self.capacity[site] - self.used[site];
        self.walk(first, site, |flow, arc, forward| {
            let left = if forward { flow.room[arc] - flow.flow[arc] } else { flow.flow[arc] };
            amount = amount.min(left);
        });
        self.walk(first, site, |flow, arc, forward| {
            let change = if forward { amount } else { -amount };
            flow.flow[arc] += change;
            flow.log.push((arc as u32, change));
        });
        self.used[site] += amount;
        self.total += amount;
        true
    }

    /// Breadth-first, backwards from a site to any supply with consultations left: the arc out of that supply.
    fn find_way(&mut self, site: usize) -> Option<u32> {
        let Flow { net, search, flow, room, .. } = self;
        search.begin(site as u32);
        if search.cut_off[site] {
            return None;
        }
        let mut next = 0;
        while next < search.queue.len() {
            let node = search.queue[next];
            next += 1;
            for &arc in net.around(node) {
                let a = arc as usize;
                let (other, left) = if net.head[a] == node {
                    (net.tail[a], room[a] - flow[a])
                } else {
                    (net.head[a], flow[a])
                };
                if left <= EPS {
                    continue;
                }
                if other == SUPPLY {
                    search.steps += next as u64;
                    return Some(arc);
                }
                search.visit(other, arc);
            }
        }
        search.steps += next as u64;
        None
    }

    /// Visits the arcs of the way found, from the supply to the site.
    fn walk(&mut self, first: u32, site: usize, mut visit: impl FnMut(&mut Flow, usize, bool)) {
        visit(self, first as usize, true);
        let mut node = self.net.head[first as usize];
        while node as usize != site {
            let arc = self.search.via[node as usize] as usize;
            let forward = self.net.tail[arc] == node;
            visit(self, arc, forward);
            node = if forward { self.net.head[arc] } else { self.net.tail[arc] };
        }
    }

    /// Work done so far: nodes visited.
    pub(super) fn steps(&self) -> u64 {
        self.search.steps
    }

    /// Lets the patients of a commune come, or keeps those away who do not come yet.
    pub(super) fn admit(&mut self, commune: usize, come: bool) {
        let Some(arc) = self.net.supply_arc(commune) else { return };
        self.room[arc] = if come { self.net.width[arc] } else { self.flow[arc] };
        self.search.cut_off.fill(false);
    }

    /// Gives every site what it can take from the patients admitted by now.
    pub(super) fn augment_all(&mut self) {
        (0..self.net.sites).for_each(|site| self.augment_for_good(site));
    }

    fn augment_for_good(&mut self, site: usize) {
        while self.capacity[site] - self.used[site] > EPS && !self.search.cut_off[site] {
            self.log.clear();
            self.augment_once(site);
        }
        self.log.clear();
    }

    /// Consultations taken, by commune and site, where more than rounding.
    pub(super) fn taken(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.net.first_arc.windows(2).enumerate().flat_map(move |(commune, arcs)| {
            (arcs[0] as usize..arcs[1] as usize).filter_map(move |arc| {
                let head = self.net.head[arc] as usize;
                (head < self.net.sites && self.flow[arc] > EPS).then_some((commune, head, self.flow[arc]))
            })
        })
    }
}

impl Net {
    fn new(demand: &Demand, group: usize) -> Net {
        let mut net = Net {
            sites: demand.sites,
            tail: Vec::new(),
            head: Vec::new(),
            start: Vec::new(),
            around: Vec::new(),
            width: Vec::new(),
            first_arc: vec![0],
        };
        let mut nodes = demand.sites as u32;
        for commune in &demand.communes {
            let supply = commune.supply[group];
            let (mut from, mut band) = (SUPPLY, None);
            for near in commune.near.iter().filter(|_| supply > EPS) {
                let width = demand.band_share[near.band as usize] * supply;
                if band != Some(near.band) {
                    band = Some(near.band);
                    net.arc(from, nodes, width);
                    from = nodes;
                    nodes += 1;
                }
                net.arc(from, near.site, width);
            }
            net.first_arc.push(net.head.len() as u32);
        }
        net.index(nodes as usize);
        net
    }

    /// The arc from a commune's supply; None where it has none.
    fn supply_arc(&self, commune: usize) -> Option<usize> {
        let arc = self.first_arc[commune];
        (arc < self.first_arc[commune + 1]).then_some(arc as usize)
    }

    fn arc(&mut self, tail: u32, head: u32, width: f64) {
        self.tail.push(tail);
        self.head.push(head);
        self.width.push(width);
    }

    fn index(&mut self, nodes: usize) {
        let ends =
            |net: &Net, arc: usize| [net.tail[arc], net.head[arc]].into_iter().filter(|&n| n != SUPPLY);
        let mut start = vec![0u32; nodes + 1];
        for arc in 0..self.head.len() {
            ends(self, arc).for_each(|node| start[node as usize + 1] += 1);
        }
        for node in 0..nodes {
            start[node + 1] += start[node];
        }
        let mut next = start.clone();
        let mut around = vec![0u32; start[nodes] as usize];
        for arc in 0..self.head.len() {
            for node in ends(self, arc) {
                around[next[node as usize] as usize] = arc as u32;
                next[node as usize] += 1;
            }
        }
        (self.start, self.around) = (start, around);
    }

    /// The arc by which patients come to a band, from the nearer band or their supply.
    fn arc_into(&self, band: u32) -> Option<u32> {
        self.around(band).iter().copied().find(|&arc| self.head[arc as usize] == band)
    }

    fn around(&self, node: u32) -> &[u32] {
        &self.around[self.start[node as usize] as usize..self.start[node as usize + 1] as usize]
    }
}

impl Search {
    fn begin(&mut self, node: u32) {
        self.now = self.now.wrapping_add(1);
        if self.now == 0 {
            self.round.fill(0);
            self.now = 1;
        }
        self.queue.clear();
        self.visit(node, NONE);
    }

    fn visit(&mut self, node: u32, via: u32) {
        if self.round[node as usize] != self.now && !self.cut_off[node as usize] {
            self.round[node as usize] = self.now;
            self.via[node as usize] = via;
            self.queue.push(node);
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
