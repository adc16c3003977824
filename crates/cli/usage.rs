//! From the words of the command line to what is asked, or to a message in the person's language.

use std::error::Error as _;
use std::ffi::{OsStr, OsString};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Command, CommandFactory, FromArgMatches};
use medicobus_core::lang::Lang;

use crate::args::CommandLine;
use crate::exit::{Exit, Failure};
use crate::french;
use crate::values::BadValue;

/// What the command line asks for.
pub(crate) enum Asked {
    Work(Box<CommandLine>),
    /// Help, or the version.
    Text(String),
}

/// The language that a command line names, before anything else is read; French when it names none that is known.
pub(crate) fn lang(words: &[OsString]) -> Lang {
    let before_values =
        words.iter().map(OsString::as_os_str).take_while(|word| *word != "--").collect::<Vec<_>>();
    let apart = before_values.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined =
        before_values.iter().filter_map(|word| word.to_str()?.strip_prefix("--lang=").map(OsStr::new));
    apart.chain(joined).find_map(|code| code.to_str()?.parse().ok()).unwrap_or_default()
}

/// Reads the command line.
pub(crate) fn read(words: &[OsString], lang: Lang) -> Result<Asked, Failure> {
    let parsed =
        command(lang).try_get_matches_from(words).and_then(|matches| CommandLine::from_arg_matches(&matches));
    match parsed {
        Ok(asked) => Ok(Asked::Work(Box::new(asked))),
        Err(text) if matches!(text.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Asked::Text(text.render().to_string()))
        }
        Err(help) if help.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Err(Failure::new(Exit::BadInput, help.render().to_string().trim_end()))
        }
        Err(error) => Err(Failure::new(Exit::BadInput, message(&error, lang))),
    }
}

/// The whole command line, with its help in that language.
fn command(lang: Lang) -> Command {
    let (usage, verbs, arguments, options) = match lang {
        Lang::Fr => ("Utilisation :", "Commandes :", "Arguments :", "Options :"),
        Lang::En => ("Usage:", "Commands:", "Arguments:", "Options:"),
    };
    let top =
        format!("{{about}}\n\n{usage} {{usage}}\n\n{verbs}\n{{subcommands}}\n\n{options}\n{{options}}\n");
    let of_verb =
        format!("{{about}}\n\n{usage} {{usage}}\n\n{arguments}\n{{positionals}}\n\n{options}\n{{options}}\n");
    let verb_name = match lang {
        Lang::Fr => "COMMANDE",
        Lang::En => "COMMAND",
    };
    let command = CommandLine::command()
        .subcommand_value_name(verb_name)
        .help_template(top.clone())
        .mut_subcommands(|verb| match verb.has_subcommands() {
            true => {
                let verb = verb.help_template(top.clone()).term_width(80).subcommand_value_name(verb_name);
                verb.mut_subcommands(|verb| verb.help_template(of_verb.clone()).term_width(80))
            }
            false => verb.help_template(of_verb.clone()).term_width(80),
        });
    match lang {
        Lang::Fr => french::translated(command),
        Lang::En => command,
    }
}

/// What is wrong with the command line, and where to find help.
fn message(error: &Error, lang: Lang) -> String {
    let mut text = match lang {
        Lang::Fr => format!("Erreur : {}", what(error, lang)),
        Lang::En => format!("Error: {}", what(error, lang)),
    };
    if let Some(suggestion) = suggestion(error) {
        text.push_str(&match lang {
            Lang::Fr => format!(" Est-ce « {suggestion} » ?"),
            Lang::En => format!(" Did you mean \"{suggestion}\"?"),
        });
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text.push_str("\n\n");
        text.push_str(&in_language(usage, lang));
    }
    text.push_str(match lang {
        Lang::Fr => "\n\nPour plus d'aide : medicobus --help",
        Lang::En => "\n\nFor more help: medicobus --help --lang en",
    });
    text
}

fn in_language(usage: &StyledStr, lang: Lang) -> String {
    let usage = usage.to_string();
    match lang {
        Lang::Fr => usage.replacen("Usage:", "Utilisation :", 1),
        Lang::En => usage,
    }
}

fn what(error: &Error, lang: Lang) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    let value = words(error, ContextKind::InvalidValue);
    let bad_value = error.source().and_then(|source| source.downcast_ref::<BadValue>());
    let quoted = quoted(&argument, lang);
    match (error.kind(), lang) {
        (ErrorKind::ValueValidation, Lang::Fr) => format!(
            "« {value} » ne convient pas à « {argument} » : {}.",
            bad_value.map_or("corrigez la valeur", |bad| bad.remedy(lang))
        ),
        (ErrorKind::ValueValidation, Lang::En) => format!(
            "\"{value}\" does not suit \"{argument}\": {}.",
            bad_value.map_or("correct the value", |bad| bad.remedy(lang))
        ),
        (ErrorKind::InvalidValue | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues, Lang::Fr) => {
            format!("il manque la valeur de {quoted}.")
        }
        (ErrorKind::InvalidValue | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues, Lang::En) => {
            format!("the value of {quoted} is missing.")
        }
        (ErrorKind::TooManyValues, Lang::Fr) => format!("« {value} » est en trop après {quoted}."),
        (ErrorKind::TooManyValues, Lang::En) => format!("\"{value}\" is too much after {quoted}."),
        (ErrorKind::UnknownArgument, Lang::Fr) => format!("{quoted} est inconnu ici, ou en trop."),
        (ErrorKind::UnknownArgument, Lang::En) => format!("{quoted} is unknown here, or too much."),
        (ErrorKind::InvalidSubcommand, Lang::Fr) => {
            format!("la commande « {} » est inconnue.", words(error, ContextKind::InvalidSubcommand))
        }
        (ErrorKind::InvalidSubcommand, Lang::En) => {
            format!("the command \"{}\" is unknown.", words(error, ContextKind::InvalidSubcommand))
        }
        (ErrorKind::MissingRequiredArgument, Lang::Fr) => format!("il manque {quoted}."),
        (ErrorKind::MissingRequiredArgument, Lang::En) => format!("{quoted} is missing."),
        (ErrorKind::ArgumentConflict, Lang::Fr) => conflict(error, &quoted, lang),
        (ErrorKind::ArgumentConflict, Lang::En) => conflict(error, &quoted, lang),
        (ErrorKind::InvalidUtf8, Lang::Fr) => "un argument n'est pas en UTF-8.".into(),
        (ErrorKind::InvalidUtf8, Lang::En) => "an argument is not UTF-8.".into(),
        (_, Lang::Fr) => "la ligne de commande n'est pas comprise.".into(),
        (_, Lang::En) => "the command line is not understood.".into(),
    }
}

fn conflict(error: &Error, argument: &str, lang: Lang) -> String {
    let other = quoted(&words(error, ContextKind::PriorArg), lang);
    match lang {
        Lang::Fr if argument == other => format!("{argument} est donné plusieurs fois. Gardez-en un."),
        Lang::En if argument == other => format!("{argument} is given several times. Keep one."),
        Lang::Fr => format!("{argument} et {other} ne vont pas ensemble. Gardez l'un des deux."),
        Lang::En => format!("{argument} and {other} do not go together. Keep one of them."),
    }
}

fn quoted(argument: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr => format!("« {argument} »"),
        Lang::En => format!("\"{argument}\""),
    }
}

/// The text of a piece of an error's context.
fn words(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        _ => String::new(),
    }
}

fn suggestion(error: &Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    kinds.into_iter().map(|kind| words(error, kind)).find(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words_of(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_read() {
        assert_eq!(lang(&words_of("medicobus plan --lang en")), Lang::En);
        assert_eq!(lang(&words_of("medicobus --lang=en --unknown")), Lang::En);
        assert_eq!(lang(&words_of("medicobus plan --lang xx")), Lang::Fr);
        assert_eq!(lang(&words_of("medicobus plan -- --lang en")), Lang::Fr);
        assert_eq!(lang(&words_of("medicobus --lang")), Lang::Fr);
    }

    #[test]
    fn every_help_text_is_translated() {
        let (english, french) = (command(Lang::En), command(Lang::Fr));
        assert_translated(&english, &french);
    }

    fn assert_translated(english: &Command, french: &Command) {
        for (english, french) in english.get_subcommands().zip(french.get_subcommands()) {
            assert_ne!(english.get_about(), french.get_about(), "{}", english.get_name());
            for argument in english.get_arguments() {
                let same = |other: &&clap::Arg| other.get_id() == argument.get_id();
                let translated = french.get_arguments().find(same).unwrap();
                assert_ne!(argument.get_help(), translated.get_help(), "{}", argument.get_id());
            }
            assert_translated(english, french);
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_explained_in_both_languages() {
        let told = |line: &str, lang| match read(&words_of(line), lang) {
            Err(failure) => failure.message,
            Ok(_) => panic!("{line} was accepted"),
        };
        let french = told("medicobus plan t.toml --time-limit 60", Lang::Fr);
        assert!(french.contains("« 60 » ne convient pas"), "{french}");
        assert!(french.contains("1h30"), "{french}");
        let english = told("medicobus plan t.toml --tread 2", Lang::En);
        assert!(english.contains("Did you mean \"--threads\"?"), "{english}");
    }
}
