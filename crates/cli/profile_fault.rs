//! What is wrong with a profile, in French. Its texts are those of the TOML reader, in English and of few forms.

use medicobus_roads::ProfileFault;

use crate::roads_error::shown;

/// A fault with its line and key.
pub(crate) fn french(fault: &ProfileFault) -> String {
    let line = fault.line.map(|line| format!("ligne {line} : ")).unwrap_or_default();
    let key = if fault.key.is_empty() { String::new() } else { format!("{} : ", shown(&fault.key)) };
    format!("{line}{key}{}", what(&fault.what))
}

fn what(text: &str) -> String {
    match text {
        "missing; copy it from van.toml" => return "cette clé manque. Recopiez-la de van.toml".into(),
        "longer than any profile (1 MiB); give a file such as van.toml" => {
            return "plus long que tout profil (1 Mio). Donnez un fichier tel que van.toml".into();
        }
        "not a text in UTF-8; save it as such" => {
            return "pas un texte en UTF-8. Enregistrez-le ainsi".into();
        }
        _ => {}
    }
    if let Some(syntax) = text.strip_suffix("; correct the TOML") {
        return format!("la syntaxe TOML est fausse ({syntax}). Corrigez-la");
    }
    let invalid = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    if let Some((found, expected)) = invalid.and_then(|rest| rest.split_once(", expected ")) {
        let expected = self::expected(expected);
        let of = if expected.starts_with('u') { "d'" } else { "de " };
        return format!("{} au lieu {of}{expected}", self::found(found));
    }
    if let Some((field, known)) =
        text.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", expected "))
    {
        let known = known.strip_prefix("one of ").unwrap_or(known).replace('`', "");
        return format!("clé inconnue {}. Il y a : {known}", field.replace('`', ""));
    }
    if let Some(field) = text.strip_prefix("missing field ") {
        return format!("la clé {} manque", field.replace('`', ""));
    }
    text.to_owned()
}

/// What stands there.
fn found(text: &str) -> String {
    const KINDS: [(&str, &str); 6] = [
        ("integer ", "nombre "),
        ("floating point ", "nombre "),
        ("string ", "texte "),
        ("boolean ", "booléen "),
        ("sequence", "liste"),
        ("map", "table"),
    ];
    let kind = KINDS.iter().find_map(|(english, french)| Some((french, text.strip_prefix(english)?)));
    kind.map_or_else(|| text.to_owned(), |(french, value)| format!("{french}{}", value.replace('`', "")))
}

/// What should stand there.
fn expected(text: &str) -> &str {
    match text {
        "a boolean" => "true ou false",
        "a string" => "un texte entre guillemets",
        "a sequence" => "une liste entre crochets",
        "a map" => "une table",
        "f64" => "un nombre",
        "a speed above 0 and at most 200 km/h" => "une vitesse au-dessus de 0, de 200 km/h au plus",
        "a speed above 0 and at most 200 km/h, or { urban = ..., rural = ... }" => {
            "une vitesse au-dessus de 0, de 200 km/h au plus, ou { urban = ..., rural = ... }"
        }
        "a share above 0 and at most 1" => "une part au-dessus de 0, de 1 au plus",
        "0 to 86400 seconds" => "0 à 86400 secondes",
        "0 to 180 degrees" => "0 à 180 degrés",
        "a radius of 0 to 5000 metres" => "un rayon de 0 à 5000 mètres",
        "50 to 1000 metres" => "50 à 1000 mètres",
        "1 to 1000000 metres in a square kilometre" => "1 à 1000000 mètres par kilomètre carré",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use medicobus_roads::{ErrorKind, Profile};

    use super::*;

    const VAN: &str = include_str!("../roads/profiles/van.toml");

    /// The faults of van.toml with one text in place of another.
    #[track_caller]
    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(VAN.contains(from), "{from}");
        let error = Profile::from_toml(&VAN.replacen(from, to, 1)).unwrap_err();
        let ErrorKind::Profile(faults) = error.kind() else { panic!("{error}") };
        faults.iter().map(french).collect()
    }

    #[test]
    fn faults_are_told_in_french() {
        for (from, to, expected) in [
            ("winter = false", "winter = 1", "winter : nombre 1 au lieu de true ou false"),
            ("living_street = 9", "living_street = -9", "au lieu d'une vitesse au-dessus de 0"),
            (
                "living_street = 9",
                "living_street = \"9\"",
                "living_street : texte \"9\" au lieu d'une vitesse",
            ),
            ("cell = 150", "cell = 1", "built_up.cell : nombre 1.0 au lieu de 50 à 1000 mètres"),
            (
                "sharp = 4\n",
                "sharp = 400000\n",
                "turns.sharp : nombre 400000.0 au lieu de 0 à 86400 secondes",
            ),
            ("sharp = 4\n", "", "turns.sharp : cette clé manque. Recopiez-la de van.toml"),
            (
                "sharp = 4\n",
                "sharp = 4\nsharpp = 3\n",
                "turns.sharpp : clé inconnue sharpp. Il y a : sharp_from",
            ),
            ("[turns]", "[turns", "la syntaxe TOML est fausse"),
            ("classes = [\"motorway\"]", "classes = \"motorway\"", "au lieu d'une liste entre crochets"),
        ] {
            let told = faults(from, to).join("\n");
            assert!(told.contains(expected), "{told}");
            // What is not there has no line.
            assert!(told.starts_with("ligne ") || told.contains("manque"), "{told}");
            for english in ["expected", "invalid", "unknown", "missing"] {
                assert!(!told.contains(english) || expected.contains("syntaxe"), "{told}");
            }
        }
    }

    #[test]
    fn faults_come_in_the_order_of_their_lines() {
        let changed = VAN
            .replacen("cell = 150", "cell = 1", 1)
            .replacen("[turns]\n", "[turns]\nfast = 1\n", 1)
            .replacen("winter = false", "winter = 1", 1)
            .replacen("u_turn = 20\n", "", 1);
        let error = Profile::from_toml(&changed).unwrap_err();
        let ErrorKind::Profile(faults) = error.kind() else { panic!("{error}") };
        let lines: Vec<Option<u64>> = faults.iter().map(|fault| fault.line).collect();
        assert!(lines.len() == 4 && lines.is_sorted(), "{error}");
    }
}
