//! The estimate of driving times says how it was fitted and how far off it is: both are computed again here.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may stop, and says what it skips")]

use std::fs;
use std::path::Path;

use medicobus_core::times::estimate::{DETOUR, EXPONENT, MINUTES_FOR_ONE_KM, over};
use medicobus_roads::Metres;

/// A pair of points: crow-fly kilometres, minutes of INSEE's Metric (off-peak), kilometres of OSRM.
struct Pair {
    crow_fly: f64,
    minutes: f64,
    driven: f64,
}

/// What Metric writes for a trip that it did not compute.
const NOT_COMPUTED: f64 = 9999.0;

/// The pairs that Metric computed: those of even rows, which fit, and those of odd rows, which judge. None, said
/// aloud, where the reference times are not at hand.
fn halves() -> Option<(Vec<Pair>, Vec<Pair>)> {
    let path =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/communes/travel_pairs_gironde.csv"));
    let Ok(text) = fs::read_to_string(path) else {
        eprintln!("skipped: {} is not at hand", path.display());
        return None;
    };
    let pairs = text.lines().skip(1).map(|line| {
        let field = |column: usize| line.split(',').nth(column).unwrap().parse::<f64>().unwrap();
        Pair { crow_fly: field(4), driven: field(6), minutes: field(7) }
    });
    let (even, odd): (Vec<_>, Vec<_>) = pairs.enumerate().partition(|(row, _)| row % 2 == 0);
    let computed = |half: Vec<(usize, Pair)>| {
        half.into_iter().map(|(_, pair)| pair).filter(|pair| pair.minutes < NOT_COMPUTED).collect()
    };
    Some((computed(even), computed(odd)))
}

/// The value that this share of the values does not exceed.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[(share * values.len() as f64).ceil() as usize - 1]
}

/// The factor a that makes the sum of |a / ratio - 1| least, with that sum: the median of the ratios, each weighing
/// the inverse of itself.
fn best_factor(ratios: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_by(f64::total_cmp);
    let half = ratios.iter().map(|ratio| 1.0 / ratio).sum::<f64>() / 2.0;
    let mut weight = 0.0;
    let reaches_half = |ratio: &&f64| {
        weight += 1.0 / **ratio;
        weight >= half
    };
    let factor = *ratios.iter().find(reaches_half).unwrap();
    (factor, ratios.iter().map(|ratio| (factor / ratio - 1.0).abs()).sum())
}

#[test]
fn the_constants_come_from_the_even_rows() {
    let Some((fitting, _)) = halves() else { return };
    let error = |thousandths: u32| {
        let exponent = f64::from(thousandths) / 1000.0;
        best_factor(fitting.iter().map(|pair| pair.minutes / pair.crow_fly.powf(exponent))).1
    };
    let exponent = f64::from((500..1100).min_by(|&a, &b| error(a).total_cmp(&error(b))).unwrap()) / 1000.0;
    let (factor, _) = best_factor(fitting.iter().map(|pair| pair.minutes / pair.crow_fly.powf(exponent)));
    assert_eq!(format!("{exponent:.3}"), format!("{EXPONENT:.3}"));
    assert_eq!(format!("{factor:.3}"), format!("{MINUTES_FOR_ONE_KM:.3}"));
    let detour = quantile(fitting.iter().map(|pair| pair.driven / pair.crow_fly), 0.5);
    assert_eq!(format!("{detour:.3}"), format!("{DETOUR:.3}"));
}

#[test]
fn the_stated_errors_are_those_of_the_odd_rows() {
    let Some((_, judging)) = halves() else { return };
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/crates/core/src/times/estimate.rs"));
    let page = page.unwrap().replace("\n//! ", " ");
    let says = |figure: &str| assert!(page.contains(figure), "the estimate's page does not say: {figure}");
    for (name, limit) in [("all", f64::INFINITY), ("under 20 minutes", 20.0)] {
        let judged = || judging.iter().filter(|pair| pair.minutes < limit);
        let minutes_off = |pair: &Pair| {
            let estimated = over(Metres(1000.0 * pair.crow_fly)).time.seconds() / 60.0;
            (estimated - pair.minutes).abs()
        };
        let relative = |share| {
            let timed = judged().filter(|pair| pair.minutes >= 1.0);
            100.0 * quantile(timed.map(|pair| minutes_off(pair) / pair.minutes), share)
        };
        let absolute = |share| quantile(judged().map(minutes_off), share);
        says(&format!(
            "| {name} | {} | {:.1} %, {:.1} % | {:.1}, {:.1} |",
            judged().count(),
            relative(0.5),
            relative(0.9),
            absolute(0.5),
            absolute(0.9)
        ));
    }
    let length_off = |pair: &Pair| {
        let estimated = over(Metres(1000.0 * pair.crow_fly)).length.unwrap().0 / 1000.0;
        100.0 * (estimated - pair.driven).abs() / pair.driven
    };
    says(&format!(
        "half are within {:.1} % and 90 % within {:.1} % of OSRM's",
        quantile(judging.iter().map(length_off), 0.5),
        quantile(judging.iter().map(length_off), 0.9)
    ));
}
