//! What a saved network says of itself: format, version, origin, size.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refusal::Refusal;
use crate::network::Summary;
use crate::profile::Profile;

/// Raised whenever the arrays of a file or their meaning change.
const FORMAT: &str = "medicobus-roads/4";

/// Where a network comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// What was asked of the roads; None where they were drawn in memory, and fit any profile.
    pub(crate) profile: Option<Value>,
    pub(crate) extracts: Vec<ExtractFile>,
}

/// An extract that a network was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtractFile {
    /// Its name, without folders.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// The words at the head of a file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Label {
    format: String,
    /// The program that wrote it.
    version: String,
    pub(crate) summary: Summary,
    #[serde(flatten)]
    pub(crate) origin: Origin,
}

/// What every version writes.
#[derive(Deserialize)]
struct Versions {
    format: String,
    version: String,
}

impl Label {
    pub(crate) fn new(summary: Summary, origin: Origin) -> Label {
        Label { format: FORMAT.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), summary, origin }
    }

    /// Reads the label of a file; of files of other versions, only what says so.
    pub(super) fn read(text: &str) -> Result<Label, Refusal> {
        let damaged = || Refusal::Damaged { part: "label".to_owned() };
        let Versions { format, version } = serde_json::from_str(text).map_err(|_| damaged())?;
        if (format.as_str(), version.as_str()) != (FORMAT, env!("CARGO_PKG_VERSION")) {
            return Err(Refusal::Version {
                found: format!("{version} ({format})"),
                known: format!("{} ({FORMAT})", env!("CARGO_PKG_VERSION")),
            });
        }
        serde_json::from_str(text).map_err(|_| damaged())
    }
}

impl Origin {
    /// Of roads that a profile may drive, from extracts. Folders are no part of it.
    pub(crate) fn new(profile: &Profile, extracts: &[&Path]) -> Origin {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = |path: &Path| path.metadata().map_or(0, |file| file.len());
        let extract = |path: &&Path| ExtractFile { name: name(path), bytes: bytes(path) };
        Origin {
            profile: serde_json::to_value(profile).ok(),
            extracts: extracts.iter().map(extract).collect(),
        }
    }

    /// Whether the network is what this profile would have made of the extracts.
    pub(crate) fn check(&self, asked: &Profile) -> Result<(), Refusal> {
        let asked = serde_json::to_value(asked).unwrap_or_default();
        match self.profile.as_ref().and_then(|saved| difference("", saved, &asked)) {
            Some((field, saved, asked)) => Err(Refusal::Profile { field, saved, asked }),
            None => Ok(()),
        }
    }
}

/// The first entry in which two values differ, in the order of their names: where it is, and both as texts.
fn difference(at: &str, saved: &Value, asked: &Value) -> Option<(String, String, String)> {
    if let (Value::Object(saved), Value::Object(asked)) = (saved, asked) {
        let mut keys: Vec<&String> = saved.keys().chain(asked.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let of = |object: &serde_json::Map<String, Value>, key: &String| {
            object.get(key).cloned().unwrap_or_default()
        };
        return keys.into_iter().find_map(|key| {
            let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            difference(&at, &of(saved, key), &of(asked, key))
        });
    }
    (saved != asked).then(|| (at.to_owned(), shown(saved), shown(asked)))
}

/// A value in few words.
fn shown(value: &Value) -> String {
    const MOST: usize = 60;
    let text = match value {
        Value::Null => "absent".to_owned(),
        value => value.to_string(),
    };
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VAN: &str = include_str!("../../profiles/van.toml");

    #[test]
    fn another_profile_is_told_by_the_first_entry_that_differs() {
        let origin = Origin::new(&Profile::van(), &[]);
        assert_eq!(origin.check(&Profile::van()), Ok(()));
        let of_text = |text: &str| Profile::from_toml(text).unwrap();
        let told = |asked: &Profile| match origin.check(asked) {
            Err(Refusal::Profile { field, saved, asked }) => (field, saved, asked),
            other => panic!("{other:?}"),
        };
        let renamed = of_text(&VAN.replacen("name = \"van\"", "name = \"lorry\"", 1));
        assert_eq!(told(&renamed), ("name".into(), "\"van\"".into(), "\"lorry\"".into()));
        let more = of_text(&VAN.replacen("[closed]", "[closed]\nhazard = [\"yes\"]", 1));
        assert_eq!(told(&more), ("closed.hazard".into(), "absent".into(), "[\"yes\"]".into()));
        assert_eq!(told(&Profile::van().in_winter()), ("winter".into(), "false".into(), "true".into()));
        assert_eq!(Origin::default().check(&more), Ok(()), "drawn roads fit any profile");
    }

    #[test]
    fn another_version_is_told_whatever_else_the_label_holds() {
        let told =
            Label::read(r#"{"format": "medicobus-roads/9", "version": "7.0.0", "wheels": 4}"#).unwrap_err();
        assert!(
            matches!(&told, Refusal::Version { found, .. } if found == "7.0.0 (medicobus-roads/9)"),
            "{told}"
        );
        let told = Label::read("{}").unwrap_err();
        assert!(matches!(told, Refusal::Damaged { .. }), "{told}");
    }
}
