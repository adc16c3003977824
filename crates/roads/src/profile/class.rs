//! The speeds of a class of roads.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::quantity::Kmh;

/// Mean speeds on a free road of a class.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Class {
    pub(super) urban: Kmh,
    pub(super) rural: Kmh,
    /// In place of `rural` where carriageways are separate.
    pub(super) dual: Option<Kmh>,
    /// The fastest, whatever limit is tagged.
    pub(super) most: Option<Kmh>,
}

impl<'de> Deserialize<'de> for Class {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Class, D::Error> {
        deserializer.deserialize_any(NumberOrTable)
    }
}

/// `30`, or `{ urban = 30, rural = 50 }` with what else a class may have.
struct NumberOrTable;

impl<'de> Visitor<'de> for NumberOrTable {
    type Value = Class;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a speed above 0 and at most 200 km/h, or { urban = ..., rural = ... }")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Class, E> {
        let speed = Kmh::new(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))?;
        Ok(Class { urban: speed, rural: speed, dual: None, most: None })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Class, E> {
        self.visit_f64(number as f64)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Class, E> {
        self.visit_f64(number as f64)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Class, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Class { urban: table.urban, rural: table.rural, dual: table.dual, most: table.most })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    urban: Kmh,
    rural: Kmh,
    dual: Option<Kmh>,
    most: Option<Kmh>,
}
