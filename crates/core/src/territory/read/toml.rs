//! A TOML document read key by key: what is wrong with a key is noted under its dotted path, and reading goes on.

use std::collections::BTreeMap;
use std::ops::Range;

use medicobus_roads::Millis;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::cell::alternate_weeks;
use super::lookalike::closest;
use crate::calendar::{HalfDays, Hours, Weeks};
use crate::territory::duration::{parse_duration, parse_hours};
use crate::territory::fault::{Expected, Fault, FaultKind, Quantity, Where};

/// Where the lines of a text start.
#[derive(Debug)]
pub(super) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub(super) fn of(text: &str) -> LineStarts {
        let after_newlines =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        LineStarts(std::iter::once(0).chain(after_newlines).collect())
    }

    /// The line, from 1, of a byte of the text.
    pub(super) fn line(&self, span: &Range<usize>) -> u64 {
        self.0.partition_point(|start| *start <= span.start) as u64
    }
}

/// The line of every key of a document, by dotted path: `care.reach[1].share`.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyLines(BTreeMap<String, u64>);

impl KeyLines {
    pub(super) fn of(document: &DeTable<'_>, starts: &LineStarts) -> KeyLines {
        let mut lines = KeyLines::default();
        lines.add_table("", document, starts);
        lines
    }

    /// The line of a key, or, where the key is not written, of what should hold it.
    pub(super) fn line(&self, path: &str) -> Option<u64> {
        if let Some(line) = self.0.get(path) {
            return Some(*line);
        }
        let parent = path.rfind(['.', '['])?;
        self.line(&path[..parent])
    }

    /// Whether a key is written.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn add_table(&mut self, path: &str, table: &DeTable<'_>, starts: &LineStarts) {
        for (key, value) in table.iter() {
            let path = join(path, key.get_ref());
            self.0.insert(path.clone(), starts.line(&key.span()));
            self.add_value(&path, value.get_ref(), starts);
        }
    }

    fn add_value(&mut self, path: &str, value: &DeValue<'_>, starts: &LineStarts) {
        match value {
            DeValue::Table(table) => self.add_table(path, table, starts),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    self.0.insert(path.clone(), starts.line(&item.span()));
                    self.add_value(&path, item.get_ref(), starts);
                }
            }
            _ => {}
        }
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A table of the document, or the absence of one, under its dotted path.
#[derive(Debug)]
pub(super) struct Section<'t> {
    path: String,
    table: Option<&'t DeTable<'t>>,
}

impl<'t> Section<'t> {
    pub(super) fn root(document: &'t DeTable<'t>) -> Section<'t> {
        Section { path: String::new(), table: Some(document) }
    }

    /// Notes every key that is not among those known.
    pub(super) fn knows_only(&self, known: &'static [&'static str], faults: &mut Vec<Fault>) {
        for key in self.table.iter().flat_map(|table| table.keys()) {
            let key = key.get_ref().as_ref();
            if !known.contains(&key) {
                let kind = FaultKind::UnknownKey { lookalike: closest(key, known), known };
                faults.push(Fault::new(Where::key(self.path_of(key)), kind));
            }
        }
    }

    /// Whether the document has this table.
    pub(super) fn is_given(&self) -> bool {
        self.table.is_some()
    }

    /// Whether the table has this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    /// The dotted path of a key of this table.
    pub(super) fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    pub(super) fn value(&self, key: &str) -> Option<&'t DeValue<'t>> {
        self.table?.get(key).map(Spanned::get_ref)
    }

    /// The table under a key; an absent one when the key is missing or no table.
    pub(super) fn section(&self, key: &str, faults: &mut Vec<Fault>) -> Section<'t> {
        let table = self.value(key).and_then(|value| match value {
            DeValue::Table(table) => Some(table),
            other => self.wrong(key, Expected::Section, other, faults),
        });
        Section { path: self.path_of(key), table }
    }

    /// The tables under a key, `[[key]]` or `[{ ... }]`; None when the key is missing or something else.
    pub(super) fn sections(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Vec<Section<'t>>> {
        let DeValue::Array(items) = self.value(key)? else {
            return self.value(key).and_then(|other| self.wrong(key, Expected::Sections, other, faults));
        };
        let mut sections = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{key}[{index}]");
            match item.get_ref() {
                DeValue::Table(table) => {
                    sections.push(Section { path: self.path_of(&path), table: Some(table) })
                }
                other => {
                    self.wrong::<()>(&path, Expected::Section, other, faults);
                }
            }
        }
        Some(sections)
    }

    pub(super) fn text(&self, key: &str, faults: &mut Vec<Fault>) -> Option<&'t str> {
        match self.value(key)? {
            DeValue::String(text) => Some(text),
            other => self.wrong(key, Expected::Text, other, faults),
        }
    }

    pub(super) fn boolean(&self, key: &str, faults: &mut Vec<Fault>) -> Option<bool> {
        match self.value(key)? {
            DeValue::Boolean(value) => Some(*value),
            other => self.wrong(key, Expected::Boolean, other, faults),
        }
    }

    pub(super) fn number(&self, key: &str, faults: &mut Vec<Fault>) -> Option<f64> {
        let value = self.value(key)?;
        number(value).or_else(|| self.wrong(key, Expected::Number, value, faults))
    }

    /// A whole number, `2` or `2.0`, that may still be out of its range.
    pub(super) fn whole(&self, key: &str, faults: &mut Vec<Fault>) -> Option<f64> {
        let value = self.value(key)?;
        let number = number(value).filter(|number| number.fract() == 0.0 || !number.is_finite());
        number.or_else(|| self.wrong(key, Expected::WholeNumber, value, faults))
    }

    pub(super) fn duration(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Millis> {
        let kind = match self.value(key)? {
            DeValue::String(text) => match parse_duration(text) {
                Some(duration) => return Some(duration),
                None => FaultKind::NotADuration(text.to_string()),
            },
            DeValue::Integer(bare) => FaultKind::BareDuration(bare.to_string()),
            DeValue::Float(bare) => FaultKind::BareDuration(bare.to_string()),
            other => return self.wrong(key, Expected::Text, other, faults),
        };
        self.note(key, kind, faults)
    }

    pub(super) fn hours(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Hours> {
        let text = self.text(key, faults)?;
        parse_hours(text).or_else(|| self.note(key, FaultKind::NotHours(text.to_owned()), faults))
    }

    pub(super) fn half_days(&self, key: &str, faults: &mut Vec<Fault>) -> Option<HalfDays> {
        let words = match self.value(key)? {
            DeValue::Array(words) => words,
            other => return self.wrong(key, Expected::HalfDays, other, faults),
        };
        let mut days = HalfDays::NONE;
        let mut all_good = true;
        for (index, word) in words.iter().enumerate() {
            let path = format!("{key}[{index}]");
            let DeValue::String(text) = word.get_ref() else {
                self.wrong::<()>(&path, Expected::Text, word.get_ref(), faults);
                all_good = false;
                continue;
            };
            match HalfDays::parse_word(text.trim()) {
                Some(more) => days = days.union(more),
                None => {
                    self.note::<()>(&path, FaultKind::NotAHalfDay(text.to_string()), faults);
                    all_good = false;
                }
            }
        }
        all_good.then_some(days)
    }

    /// `[1, 3]`, `"odd"` or `"even"`.
    pub(super) fn weeks(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Weeks> {
        let items = match self.value(key)? {
            DeValue::String(text) => {
                let bad = || FaultKind::NotAWeek(text.to_string());
                return alternate_weeks(text.trim()).or_else(|| self.note(key, bad(), faults));
            }
            DeValue::Array(items) => items,
            other => return self.wrong(key, Expected::Weeks, other, faults),
        };
        let mut weeks = Weeks::NONE;
        let mut all_good = true;
        for (index, item) in items.iter().enumerate() {
            let path = format!("{key}[{index}]");
            let Some(value) = number(item.get_ref()) else {
                self.wrong::<()>(&path, Expected::WholeNumber, item.get_ref(), faults);
                all_good = false;
                continue;
            };
            if value.fract() == 0.0 && (1.0..=f64::from(Weeks::MOST)).contains(&value) {
                weeks = weeks.with(value as u32);
            } else {
                self.note::<()>(&path, FaultKind::NotAWeek(value.to_string()), faults);
                all_good = false;
            }
        }
        all_good.then_some(weeks)
    }

    /// A list of texts, each without spaces around. Texts that are none are noted and left out.
    pub(super) fn texts(&self, key: &str, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
        let items = match self.value(key)? {
            DeValue::Array(items) => items,
            other => return self.wrong(key, Expected::Texts, other, faults),
        };
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(text.trim().to_owned()),
                other => {
                    self.wrong::<()>(&format!("{key}[{index}]"), Expected::Text, other, faults);
                }
            }
        }
        Some(texts)
    }

    /// The rank of a word among those that may stand there.
    pub(super) fn word(
        &self,
        key: &str,
        known: &'static [&'static str],
        faults: &mut Vec<Fault>,
    ) -> Option<usize> {
        let text = self.text(key, faults)?;
        let unknown =
            || FaultKind::NotOneOf { text: text.to_owned(), lookalike: closest(text, known), known };
        known.iter().position(|word| *word == text).or_else(|| self.note(key, unknown(), faults))
    }

    /// A whole number in the range of its quantity.
    pub(super) fn count(&self, key: &str, quantity: Quantity, faults: &mut Vec<Fault>) -> Option<u32> {
        let value = self.whole(key, faults)?;
        if quantity.admits(value) {
            return Some(value as u32);
        }
        self.note(key, FaultKind::OutOfRange { quantity, value }, faults)
    }

    /// Notes those of the keys that are missing.
    pub(super) fn require(&self, keys: &[&str], faults: &mut Vec<Fault>) {
        for key in keys.iter().filter(|key| !self.has(key)) {
            self.missing::<()>(key, faults);
        }
    }

    /// Notes that a key is missing.
    pub(super) fn missing<T>(&self, key: &str, faults: &mut Vec<Fault>) -> Option<T> {
        self.note(key, FaultKind::MissingKey, faults)
    }

    /// Notes a fault of a key.
    pub(super) fn note<T>(&self, key: &str, kind: FaultKind, faults: &mut Vec<Fault>) -> Option<T> {
        faults.push(Fault::new(Where::key(self.path_of(key)), kind));
        None
    }

    /// Notes that a value is of another type than its key's.
    pub(super) fn wrong<T>(
        &self,
        key: &str,
        expected: Expected,
        value: &DeValue<'_>,
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        self.note(key, FaultKind::WrongType { expected, found: value.type_str() }, faults)
    }
}

/// An integer or a float; infinite when it is written with more than a float can hold.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse().ok(),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}
