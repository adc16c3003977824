//! What the tags of the map come to under the van's profile and under changed ones: one table for each rule.

mod access;
mod document;
mod node;
mod season;
mod speed;
mod van;
mod water;

use super::*;

/// Tags, written `highway=primary maxspeed=50`; an underscore in a value is one, a plus a space.
fn tags(text: &str) -> Vec<(String, String)> {
    let pairs = text.split_whitespace().map(|tag| tag.split_once('=').unwrap());
    pairs.map(|(key, value)| (key.to_owned(), value.replace('+', " "))).collect()
}

fn with<T>(text: &str, ask: impl FnOnce(&Tags<'_>) -> T) -> T {
    let tags = tags(text);
    let pairs: Vec<(&str, &str)> = tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    ask(&Tags::of(&pairs))
}

fn road(text: &str) -> Option<Road> {
    let van = Profile::van();
    with(text, |tags| {
        let road = van.road(tags);
        assert_eq!(
            road,
            van.road(&tags.among(&van.way_keys())),
            "{text}: a key of it is not among those of ways"
        );
        road
    })
}

/// The shipped profile with one text in place of another.
fn changed(from: &str, to: &str) -> Profile {
    let van = include_str!("../../../profiles/van.toml");
    assert!(van.contains(from), "{from}");
    Profile::from_toml(&van.replace(from, to)).unwrap()
}
