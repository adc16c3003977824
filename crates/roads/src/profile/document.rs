//! A profile from its TOML file, with everything that is wrong with it.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Profile;
use crate::error::{Error, ErrorKind};

/// The profile that is shipped.
const VAN: &str = include_str!("../../profiles/van.toml");

#[allow(clippy::expect_used, reason = "a constant that a test reads; there is nothing to fall back on")]
static VAN_PROFILE: LazyLock<Profile> = LazyLock::new(|| toml::from_str(VAN).expect("van.toml is a profile"));

/// The most that is read of a file, in bytes.
const LONGEST: u64 = 1 << 20;

/// So many faults are told at once.
const MOST_FAULTS: usize = 50;

/// The tables whose keys are all fixed, by their dotted paths. In all others keys are those of the map.
const SECTIONS: [&str; 8] =
    ["limits", "limits.share", "limits.implied", "access", "oneway", "turns", "ferries", "built_up"];

/// The keys that may be absent.
const OPTIONAL: [&str; 1] = ["length_tag"];

/// One thing that is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileFault {
    /// The line of the file, from 1.
    pub line: Option<u64>,
    /// The dotted path of the key, `speeds.primary.urban`; empty where no key is to blame.
    pub key: String,
    /// What is wrong, and what is expected instead.
    pub what: String,
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.what)
    }
}

impl Profile {
    /// A light van of at most 3.5 t, such as a consulting room on wheels: the default, from `profiles/van.toml`.
    pub fn van() -> Profile {
        VAN_PROFILE.clone()
    }

    /// A profile from the text of its TOML file.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] with all that is missing, unknown, of the wrong type or out of range, each with its line
    /// and key.
    pub fn from_toml(text: &str) -> Result<Profile, Error> {
        read(text).map_err(|faults| Error::new(ErrorKind::Profile(faults)))
    }

    /// A profile from its TOML file.
    ///
    /// # Errors
    /// The file cannot be read, is longer than a mebibyte, or is no profile: [`from_toml`](Profile::from_toml).
    pub fn read(path: &Path) -> Result<Profile, Error> {
        let bytes = bytes(path).map_err(|error| Error::of_file(path, ErrorKind::Io(error)))?;
        let fault = |what: &str| vec![ProfileFault { line: None, key: String::new(), what: what.to_owned() }];
        let profile = if bytes.len() as u64 > LONGEST {
            Err(fault("longer than any profile (1 MiB); give a file such as van.toml"))
        } else {
            let text = str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes));
            text.map_err(|_| fault("not a text in UTF-8; save it as such")).and_then(read)
        };
        profile.map_err(|faults| Error::of_file(path, ErrorKind::Profile(faults)))
    }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read(text: &str) -> Result<Profile, Vec<ProfileFault>> {
    toml::from_str(text).map_err(|_| faults(text))
}

/// All that is wrong with a text that is no profile: its syntax, else what is missing and every value that cannot be
/// read. Each is mended with what van.toml says, so that the next comes to light.
fn faults(text: &str) -> Vec<ProfileFault> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let line = |span: Range<usize>| {
        Some(1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count() as u64)
    };
    let syntax = |error: &toml::de::Error| {
        let what = format!("{}; correct the TOML", error.message());
        ProfileFault { line: error.span().and_then(line), key: String::new(), what }
    };
    if !errors.is_empty() {
        let mut faults: Vec<ProfileFault> = errors.iter().take(MOST_FAULTS).map(syntax).collect();
        faults.sort_by_key(|fault| fault.line);
        return faults;
    }
    // Behind as many lines as the text has bytes: no place in it is one in the text.
    let model = "\n".repeat(text.len() + 1) + VAN;
    let (model, _) = DeTable::parse_recoverable(&model);
    let (whole, mut table) = (document.span(), document.into_inner());
    let mut faults = Vec::new();
    complete(&mut table, model.get_ref(), "", &mut |key, section| {
        let what = "missing; copy it from van.toml".to_owned();
        faults.push(ProfileFault { line: section.and_then(line), key, what });
    });
    while faults.len() < MOST_FAULTS {
        let deserializer = toml::Deserializer::from(Spanned::new(whole.clone(), table.clone()));
        let Err(error) = Profile::deserialize(deserializer) else { break };
        let path = error.span().and_then(|span| path_at(&table, span.start));
        let key = path.as_deref().unwrap_or_default().join(".");
        faults.push(ProfileFault {
            line: error.span().and_then(line),
            key,
            what: error.message().to_owned(),
        });
        match path {
            Some(path) => remove(&mut table, &path),
            None => break,
        }
        complete(&mut table, model.get_ref(), "", &mut |_, _| {});
    }
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// Puts what is missing in a section and in those inside of it, and tells it: its path, and where the section is.
fn complete<'t>(
    table: &mut DeTable<'t>,
    model: &DeTable<'t>,
    path: &str,
    tell: &mut impl FnMut(String, Option<Range<usize>>),
) {
    for (key, value) in model {
        let name = key.get_ref().as_ref();
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match (table.get_mut(name).map(Spanned::get_mut), value.get_ref()) {
            (None, _) if OPTIONAL.contains(&name) => {}
            (None, value) => {
                tell(path, None);
                table.insert(key.clone(), Spanned::new(key.span(), value.clone()));
            }
            (Some(DeValue::Table(section)), DeValue::Table(model)) if SECTIONS.contains(&path.as_str()) => {
                complete(section, model, &path, tell);
            }
            _ => {}
        }
    }
}

/// The path of the innermost key that has a byte of the text in its name or in its value.
fn path_at(table: &DeTable<'_>, byte: usize) -> Option<Vec<String>> {
    table.iter().find_map(|(key, value)| {
        let name = || vec![key.get_ref().clone().into_owned()];
        let inside = match value.get_ref() {
            _ if key.span().contains(&byte) => Some(Vec::new()),
            DeValue::Table(inner) => path_at(inner, byte),
            _ => None,
        };
        let own = || value.span().contains(&byte).then(Vec::new);
        inside.or_else(own).map(|rest| [name(), rest].concat())
    })
}

fn remove(table: &mut DeTable<'_>, path: &[String]) {
    match path {
        [] => {}
        [key] => drop(table.remove(key.as_str())),
        [key, rest @ ..] => {
            if let Some(DeValue::Table(inner)) = table.get_mut(key.as_str()).map(Spanned::get_mut) {
                remove(inner, rest);
            }
        }
    }
}
