//! Where the map says that people live.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::Listed;
use super::quantity::number;
use crate::pbf::Tags;

/// What makes land built up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BuiltUpRules {
    /// Side of the squares that are built up or not, in metres, 50 to 1000.
    #[serde(deserialize_with = "cell")]
    pub(crate) cell: f64,
    /// Classes that count as streets with houses.
    pub(super) streets: Vec<String>,
    /// Metres of such streets in a square kilometre from which on land is built up, above 0.
    #[serde(deserialize_with = "density")]
    pub(crate) density: f64,
    /// Radius around the centre of a place, by its kind.
    places: BTreeMap<String, Radius>,
    /// Tags of outlines: keys and values.
    pub(super) land: Listed,
}

/// Metres, 0 to 5000.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
struct Radius(f64);

impl<'de> Deserialize<'de> for Radius {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Radius, D::Error> {
        number(deserializer, "a radius of 0 to 5000 metres", |metres| {
            in_range(metres, 0.0, 5000.0).map(Radius)
        })
    }
}

fn cell<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    number(deserializer, "50 to 1000 metres", |metres| in_range(metres, 50.0, 1000.0))
}

fn density<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    number(deserializer, "1 to 1000000 metres in a square kilometre", |metres| in_range(metres, 1.0, 1e6))
}

fn in_range(value: f64, least: f64, most: f64) -> Option<f64> {
    (least..=most).contains(&value).then_some(value)
}

impl BuiltUpRules {
    /// How far around a place with these tags the land is built up, in metres.
    pub(super) fn place(&self, tags: &Tags<'_>) -> Option<f64> {
        let Radius(metres) = self.places.get(tags.get("place")?)?;
        (*metres > 0.0).then_some(*metres)
    }
}
