//! Sentences over several lines.

use unicode_width::UnicodeWidthStr;

use super::WIDTH;

/// A paragraph from the left margin.
pub(crate) fn paragraph(text: &str) -> String {
    hanging("", "", text)
}

/// A paragraph from the left margin for each line of a text.
pub(crate) fn paragraphs(text: &str) -> String {
    text.lines().map(paragraph).collect()
}

/// A paragraph whose first line starts with `first` and the others with `next`.
pub(crate) fn hanging(first: &str, next: &str, text: &str) -> String {
    let mut lines = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words(text) {
        if !is_empty && line.width() + 1 + word.width() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = next.to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(&word);
        is_empty = false;
    }
    lines + &line + "\n"
}

/// What holds to the word before it: French punctuation, and units of a number.
const HELD: [&str; 8] = ["%", ":", ";", "?", "»", "min", "km", "h"];

/// What lines are not broken within: words, with what holds to them. Spaces that do not break, as inside numbers, are
/// parts of words.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mark = word.trim_end_matches(['.', ',', ')']);
        match words.last_mut() {
            Some(last) if HELD.contains(&mark) || last == "«" => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_their_characters_and_not_their_bytes() {
        let text = hanging("- ", "  ", &"été ".repeat(60));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert!(lines[0].starts_with("- été") && lines[1].starts_with("  été"));
    }

    #[test]
    fn punctuation_and_units_stay_with_their_words() {
        let text = paragraph(&format!("{} à 0,01 % près.", "x".repeat(WIDTH - 8)));
        assert!(text.ends_with("\nà 0,01 % près.\n") || text.contains("\n0,01 % près."), "{text}");
        assert_eq!(words("oui : « Albon »"), ["oui :", "« Albon »"]);
    }

    #[test]
    fn a_word_longer_than_a_line_stays_whole() {
        let word = "x".repeat(100);
        assert_eq!(paragraph(&word), format!("{word}\n"));
    }
}
