//! The flow against the least cut, which with nested bands has a closed form.

use super::*;
use crate::problem::Near;
use crate::solve::demand::{CommuneDemand, Group};
use crate::solve::random::Random;

/// Up to six communes around up to five sites, in up to three bands; some communes need nothing.
pub(in crate::solve) fn random_demand(random: &mut Random, groups: usize) -> Demand {
    let sites = 1 + random.below(5);
    let mut band_share: Vec<f64> = (0..1 + random.below(3)).map(|_| 0.05 + 0.95 * random.unit()).collect();
    band_share.sort_by(|a, b| b.total_cmp(a));
    let communes = (0..1 + random.below(6)).map(|_| {
        let mut near: Vec<Near> = (0..sites as u32)
            .filter_map(|site| {
                let band = random.below(band_share.len() + 1);
                (band < band_share.len()).then_some(Near { site, band: band as u8 })
            })
            .collect();
        near.sort_by_key(|near| (near.band, near.site));
        let mut sum = 0.0;
        let mut more = || {
            sum += if random.unit() < 0.2 { 0.0 } else { 50.0 * random.unit() };
            sum
        };
        CommuneDemand { near, supply: (0..groups).map(|_| more()).collect(), weight: 10.0 * random.unit() }
    });
    let communes = communes.collect();
    let groups = (0..groups).map(|_| Group { step: random.unit(), worth: 1.0 }).collect();
    Demand { sites, band_share, communes, groups, reached: random.unit() }
}

pub(in crate::solve) fn random_capacity(random: &mut Random) -> f64 {
    if random.unit() < 0.2 { 0.0 } else { 80.0 * random.unit() }
}

/// The least that separates communes from the use of sites: some sites are cut off from their use, and each commune
/// from the nearest band of the others, beyond which all the willing of that band are.
fn least_cut(demand: &Demand, group: usize, capacity: &[f64]) -> f64 {
    let is_cut = |sites: u32, site: u32| sites & (1 << site) != 0;
    let cut = |sites: u32| {
        let of_sites: f64 =
            (0..demand.sites).filter(|&site| is_cut(sites, site as u32)).map(|site| capacity[site]).sum();
        let of_commune = |commune: &CommuneDemand| {
            let nearest = commune.near.iter().find(|near| !is_cut(sites, near.site));
            nearest.map_or(0.0, |near| demand.band_share[near.band as usize] * commune.supply[group])
        };
        of_sites + demand.communes.iter().map(of_commune).sum::<f64>()
    };
    (0..1 << demand.sites).map(cut).fold(f64::INFINITY, f64::min)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-7 * b.abs().max(1.0)
}

#[test]
fn the_flow_is_the_least_cut_while_sites_are_added() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let demand = random_demand(&mut random, 2);
        for group in 0..2 {
            let mut flow = Flow::new(&demand, group);
            let mut capacity = vec![0.0; demand.sites];
            for _ in 0..8 {
                let (site, more) = (random.below(demand.sites), random_capacity(&mut random));
                capacity[site] += more;
                flow.add(site, more);
                let cut = least_cut(&demand, group, &capacity);
                assert!(close(flow.total(), cut), "seed {seed}: {} of {cut} in {demand:?}", flow.total());
            }
            let fewer: Vec<f64> = capacity.iter().map(|capacity| capacity * random.unit()).collect();
            flow.maximise(&fewer);
            let cut = least_cut(&demand, group, &fewer);
            assert!(close(flow.total(), cut), "seed {seed}: {} of {cut} in {demand:?}", flow.total());
        }
    }
}

#[test]
fn a_gain_is_what_adding_brings_and_leaves_no_trace() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let demand = random_demand(&mut random, 1);
        let mut flow = Flow::new(&demand, 0);
        for _ in 0..8 {
            let (site, more) = (random.below(demand.sites), random_capacity(&mut random));
            let before = flow.clone();
            let gain = flow.gain(site, more);
            let same = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-9);
            assert!(same(&flow.flow, &before.flow), "seed {seed}: {demand:?}");
            assert!(same(&flow.capacity, &before.capacity), "seed {seed}: {demand:?}");
            assert_eq!((&flow.used, flow.total), (&before.used, before.total), "seed {seed}: {demand:?}");
            flow.add(site, more);
            assert!(close(flow.total - before.total, gain), "seed {seed}: {gain} in {demand:?}");
        }
    }
}

#[test]
fn consultations_may_be_given_and_taken_back_in_any_order() {
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let demand = random_demand(&mut random, 1);
        let (mut flow, mut again) = (Flow::new(&demand, 0), Flow::new(&demand, 0));
        let mut capacity = vec![0.0; demand.sites];
        for _ in 0..15 {
            let site = random.below(demand.sites);
            capacity[site] = if random.unit() < 0.3 { 0.0 } else { 40.0 * random.unit() };
            flow.set(site, capacity[site]);
            again.maximise(&capacity);
            let (kept, counted) = (flow.total(), again.total());
            assert!((kept - counted).abs() < 1e-6, "seed {seed}: {kept}, not {counted}, in {demand:?}");
        }
    }
}
