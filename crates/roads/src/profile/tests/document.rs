//! Profiles from files, good and bad.

use super::*;
use crate::error::{Error, ErrorKind};

const VAN: &str = include_str!("../../../profiles/van.toml");

fn faults(error: &Error) -> Vec<String> {
    match error.kind() {
        ErrorKind::Profile(faults) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("{other}"),
    }
}

fn faults_of(text: &str) -> Vec<String> {
    faults(&Profile::from_toml(text).unwrap_err())
}

fn line_of(text: &str, start: &str) -> usize {
    1 + text.lines().position(|line| line.starts_with(start)).unwrap()
}

#[test]
fn the_shipped_file_is_the_default() {
    assert_eq!(Profile::from_toml(VAN).unwrap(), Profile::default());
    assert_eq!(Profile::van().name(), "van");
}

#[test]
fn each_fault_is_named_with_its_line_and_key() {
    for (from, to, expected) in [
        (
            "primary = {",
            "primary = 300 #",
            "speeds.primary: invalid value: floating point `300.0`, expected a speed above 0 and at most 200 km/h",
        ),
        (
            "living_street = 9",
            "living_street = \"slow\"",
            "speeds.living_street: invalid type: string \"slow\", expected a speed",
        ),
        (
            "living_street = 9",
            "living_street = nan",
            "speeds.living_street: invalid value: floating point `NaN`",
        ),
        ("road = { urban = 22, rural = 30 }", "road = { urban = 22 }", "speeds.road: missing field `rural`"),
        (
            "road = { urban = 22, rural = 30 }",
            "road = { urban = 22, rurall = 30 }",
            "speeds.road.rurall: unknown field `rurall`, expected one of `urban`",
        ),
        (
            "road = { urban = 22, rural = 30 }",
            "road = { urban = -1, rural = 30 }",
            "speeds.road.urban: invalid value: floating point `-1.0`",
        ),
        (
            "share = { urban = 0.70",
            "share = { urban = 1.72",
            "limits.share.urban: invalid value: floating point `1.72`, expected a share above 0 and at most 1",
        ),
        (
            "wait = 900",
            "wait = -1",
            "ferries.wait: invalid value: floating point `-1.0`, expected 0 to 86400 seconds",
        ),
        ("wait = 900", "wait = 1e300", "ferries.wait: invalid value"),
        (
            "sharp_from = ",
            "sharp_from = 181 # ",
            "turns.sharp_from: invalid value: floating point `181.0`, expected 0 to 180 degrees",
        ),
        (
            "cell = ",
            "cell = 1 # ",
            "built_up.cell: invalid value: floating point `1.0`, expected 50 to 1000 metres",
        ),
        ("village = 250", "village = 1e7", "built_up.places.village: invalid value"),
        ("winter = false", "winter = 1", "winter: invalid type: integer `1`, expected a boolean"),
        ("winter = false", "wintr = false", "wintr: unknown field `wintr`, expected one of `name`, `winter`"),
        (
            "routes = [\"ferry\"",
            "routes = [5",
            "ferries.routes: invalid type: integer `5`, expected a string",
        ),
    ] {
        assert_eq!(VAN.matches(from).count(), 1, "{from}");
        let text = VAN.replace(from, to);
        let line = line_of(&text, to.split(['[', '{']).next().unwrap());
        let faults = faults_of(&text);
        assert!(
            faults.iter().any(|fault| fault.starts_with(&format!("line {line}: {expected}"))),
            "line {line}: {expected}\n{faults:#?}"
        );
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text = VAN
        .replace("primary = {", "primary = { urbane = 3,")
        .replace("living_street = 9", "living_street = 0")
        .replace("sharp = 4", "sharp = \"four\"")
        .replace("gravel = 30", "gravel = 3000")
        .replace("u_turn = 20\n", "")
        .replace("[built_up.land]\nlanduse", "[built_up.landscape]\nlanduse");
    let faults = faults_of(&text);
    for start in [
        "turns.u_turn: missing; copy it from van.toml",
        "built_up.land: missing",
        "speeds.primary.urbane: unknown",
        "speeds.living_street: invalid",
        "turns.sharp: invalid",
        "caps.surface.gravel: invalid",
        "built_up.landscape: unknown",
    ] {
        assert_eq!(faults.iter().filter(|fault| fault.contains(start)).count(), 1, "{start}\n{faults:#?}");
    }
    assert_eq!(faults.len(), 7, "{faults:#?}");
}

#[test]
fn nothing_is_filled_in() {
    let faults = faults_of("name = \"mine\"");
    assert!(faults.iter().all(|fault| fault.ends_with("missing; copy it from van.toml")), "{faults:#?}");
    assert_eq!(faults.len(), 13, "{faults:#?}");
    assert!(Profile::from_toml(&VAN.replace("length_tag = \"length_m\"", "")).is_ok());
}

#[test]
fn broken_toml_is_told_by_line() {
    let faults = faults_of("name = \"van\"\nwinter = \n[speeds\n");
    assert!(faults[0].starts_with("line 2: ") && faults[0].ends_with("; correct the TOML"), "{faults:#?}");
    assert!(faults.len() > 1, "{faults:#?}");
}

#[test]
fn hostile_texts_end_in_a_message() {
    let nested = format!("name = {}", "[".repeat(100_000));
    let wide: String = (0..20_000).map(|k| format!("key{k} = 1\n")).collect();
    let keys = format!("a{} = 1", ".a".repeat(100_000));
    let headers: String = (0..20_000).map(|k| format!("[speeds.k{k}]\n")).collect();
    for text in
        [nested.as_str(), &wide, &keys, &headers, "", "\0", "= = =", "name = '''", "[[speeds]]", "speeds = 1"]
    {
        let faults = faults_of(text);
        assert!(!faults.is_empty() && faults.len() <= 70, "{}", faults.len());
    }
}

#[test]
fn a_file_is_read_whole_or_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let read = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Profile::read(&path)
    };
    assert_eq!(read(VAN.as_bytes()).unwrap(), Profile::van());
    assert_eq!(read(format!("\u{feff}{VAN}").as_bytes()).unwrap(), Profile::van());
    assert_eq!(read(VAN.replace('\n', "\r\n").as_bytes()).unwrap(), Profile::van());
    for (bytes, expected) in [
        (b"name = \"\xff\"".to_vec(), "UTF-8"),
        (vec![b'\n'; 2 << 20], "1 MiB"),
        (VAN.replace("wait = 900", "wait = true").into_bytes(), "ferries.wait: invalid type: boolean"),
    ] {
        let error = read(&bytes).unwrap_err();
        assert_eq!(error.path(), Some(path.as_path()));
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert!(Profile::read(&folder.path().join("none.toml")).unwrap_err().is_io());
}
