//! Towns drawn by hand, and outlines drawn at random against the definition.

use super::*;
use crate::extract::{DrivableWay, Settlements};
use crate::pbf::Tags;
use crate::profile::Profile;
use crate::random::Random;
use crate::units::Position;

/// So many steps of 1e-7 degrees are a metre of a meridian.
const METRE: f64 = 89.932;

/// Metres to the north and to the east of a position.
fn at(origin: Position, north: f64, east: f64) -> Fixed {
    let lat = origin.lat * 1e7 + north * METRE;
    let lon = origin.lon * 1e7 + east * METRE / origin.lat.to_radians().cos();
    Fixed { lat: lat as i32, lon: grid::turn(lon as i64) as i32 }
}

const FRANCE: Position = Position { lat: 45.28, lon: 4.82 };
/// Around the world: the equator, the 180th meridian from both sides, the far north and south.
const ORIGINS: [Position; 6] = [
    FRANCE,
    Position { lat: 0.0, lon: 0.0 },
    Position { lat: -17.8, lon: 179.9999 },
    Position { lat: -17.8, lon: -179.9995 },
    Position { lat: 71.0, lon: 25.8 },
    Position { lat: -77.8, lon: 166.7 },
];

fn built_up(extract: &Extract) -> BuiltUp {
    BuiltUp::new(extract, &extract.points(), &Profile::van().built_up)
}

fn of_areas(areas: Vec<Vec<Fixed>>) -> BuiltUp {
    built_up(&Extract { settlements: Settlements { areas, places: Vec::new() }, ..Extract::default() })
}

/// Streets of a class, each from its first to its second end.
fn of_streets(class: &str, streets: &[[Fixed; 2]]) -> BuiltUp {
    let road = Profile::van().road(&Tags::of(&[("highway", class)])).unwrap();
    let way =
        |index: usize| DrivableWay { id: index as i64, kind: 0, length: None, first: 2 * index, nodes: 2 };
    let positions: Vec<Fixed> = streets.iter().flatten().copied().collect();
    built_up(&Extract {
        ways: (0..streets.len()).map(way).collect(),
        kinds: vec![road],
        refs: (0..positions.len() as u32).collect(),
        positions,
        ..Extract::default()
    })
}

/// A grid of streets, `side` metres long and as many apart as `gap` says, in pieces of 50 metres.
fn quarter(origin: Position, side: i32, gap: usize) -> Vec<[Fixed; 2]> {
    let mut streets = Vec::new();
    for across in (0..=side).step_by(gap) {
        for along in (0..side).step_by(50) {
            let (across, from, to) = (f64::from(across), f64::from(along), f64::from(along + 50));
            streets.push([at(origin, across, from), at(origin, across, to)]);
            streets.push([at(origin, from, across), at(origin, to, across)]);
        }
    }
    streets
}

#[test]
fn nothing_is_built_up_where_nothing_is_known() {
    assert!(!built_up(&Extract::default()).contains(at(FRANCE, 0.0, 0.0)));
}

#[test]
fn a_housing_estate_is_built_up_and_its_fields_are_not() {
    for origin in ORIGINS {
        let corners = [(0.0, 0.0), (0.0, 900.0), (700.0, 900.0), (700.0, 0.0), (0.0, 0.0)];
        let land = of_areas(vec![corners.map(|(north, east)| at(origin, north, east)).to_vec()]);
        for (north, east, expected) in [
            (350.0, 450.0, true),
            (150.0, 150.0, true),
            (550.0, 750.0, true),
            (-150.0, 450.0, false),
            (850.0, 450.0, false),
            (350.0, -150.0, false),
            (350.0, 1050.0, false),
            (350.0, 50_000.0, false),
        ] {
            assert_eq!(land.contains(at(origin, north, east)), expected, "{origin:?} {north} {east}");
        }
    }
}

#[test]
fn a_village_reaches_as_far_as_its_radius() {
    for origin in ORIGINS {
        let places = vec![(at(origin, 0.0, 0.0), 600.0)];
        let extract =
            Extract { settlements: Settlements { places, areas: Vec::new() }, ..Extract::default() };
        let land = built_up(&extract);
        for (north, east, expected) in [
            (0.0, 0.0, true),
            (450.0, 0.0, true),
            (0.0, -450.0, true),
            (300.0, 300.0, true),
            (750.0, 0.0, false),
            (0.0, 750.0, false),
            (550.0, 550.0, false),
        ] {
            assert_eq!(land.contains(at(origin, north, east)), expected, "{origin:?} {north} {east}");
        }
    }
}

#[test]
fn dense_streets_are_built_up_with_the_main_road_between_them() {
    for origin in ORIGINS {
        let land = of_streets("residential", &quarter(origin, 1000, 100));
        for (north, east, expected) in [
            (500.0, 500.0, true),
            (525.0, 130.0, true),
            (500.0, 1400.0, false),
            (-400.0, 500.0, false),
            (1400.0, 500.0, false),
        ] {
            assert_eq!(land.contains(at(origin, north, east)), expected, "{origin:?} {north} {east}");
        }
    }
}

#[test]
fn neither_one_lane_nor_country_roads_make_a_town() {
    let lane: Vec<[Fixed; 2]> = (0..20)
        .map(|k| [at(FRANCE, 0.0, 50.0 * f64::from(k)), at(FRANCE, 0.0, 50.0 * f64::from(k + 1))])
        .collect();
    assert!(!of_streets("residential", &lane).contains(at(FRANCE, 0.0, 500.0)));
    assert!(!of_streets("unclassified", &quarter(FRANCE, 1000, 100)).contains(at(FRANCE, 500.0, 500.0)));
    assert!(!of_streets("residential", &quarter(FRANCE, 1000, 500)).contains(at(FRANCE, 500.0, 500.0)));
}

/// Whether the middle of the square that a position lies in is inside of an outline, on a flat map around it.
fn is_inside(land: &BuiltUp, outline: &[Fixed], position: Fixed) -> bool {
    let row = land.grid.row_of(position.lat);
    let lat = land.grid.middle(row.number) as f64;
    let lon = row.middle(i64::from(row.column(position.lon)));
    let from_here =
        |corner: &Fixed| (f64::from(corner.lat) - lat, grid::turn(i64::from(corner.lon) - lon) as f64);
    let crosses = |pair: &[Fixed]| {
        let ((a_lat, a_lon), (b_lat, b_lon)) = (from_here(&pair[0]), from_here(&pair[1]));
        (a_lat > 0.0) != (b_lat > 0.0) && a_lon - a_lat / (b_lat - a_lat) * (b_lon - a_lon) > 0.0
    };
    outline.windows(2).filter(|pair| crosses(pair)).count() % 2 == 1
}

#[test]
fn outlines_of_any_form_hold_the_squares_whose_middles_they_hold() {
    for seed in 0..300 {
        let mut random = Random(seed);
        let origin = ORIGINS[random.below(6) as usize];
        let place = |random: &mut Random| {
            at(origin, f64::from(random.below(3000)) - 1500.0, f64::from(random.below(3000)) - 1500.0)
        };
        let mut outline: Vec<Fixed> = (0..3 + random.below(8)).map(|_| place(&mut random)).collect();
        outline.push(outline[0]);
        let land = of_areas(vec![outline.clone()]);
        let mut patch = Patch::default();
        for _ in 0..300 {
            let position = place(&mut random);
            let expected = is_inside(&land, &outline, position);
            assert_eq!(land.is_in(position, &mut patch), expected, "as on the last patch, seed {seed}");
            assert_eq!(land.contains(position), expected, "seed {seed}, {position:?}, {outline:?}");
        }
    }
}

#[test]
fn an_outline_with_an_absurd_side_is_left_out() {
    let far = [(0.0, 0.0), (0.0, 90_000.0), (70_000.0, 90_000.0), (0.0, 0.0)];
    let land = of_areas(vec![far.map(|(north, east)| at(FRANCE, north, east)).to_vec()]);
    assert!(!land.contains(at(FRANCE, 10_000.0, 50_000.0)));
    let poles = [(900_000_000, 0), (-900_000_000, 0), (0, 1_800_000_000), (0, -1_800_000_000)];
    let poles: Vec<Fixed> = poles.iter().map(|&(lat, lon)| Fixed { lat, lon }).collect();
    assert!(!of_areas(vec![poles.clone(), Vec::new(), vec![poles[0]]]).contains(poles[0]));
    let places: Vec<(Fixed, f64)> = poles.iter().map(|&pole| (pole, 5000.0)).collect();
    let extract = Extract { settlements: Settlements { places, areas: Vec::new() }, ..Extract::default() };
    let land = built_up(&extract);
    for lat in [898_000_000, -898_000_000] {
        assert!(!land.contains(Fixed { lat, lon: 0 }));
    }
    assert!(poles[2..].iter().all(|&equator| land.contains(equator)));
}
