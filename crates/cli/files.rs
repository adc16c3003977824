//! Writing files whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use medicobus_core::lang::Lang;
use tempfile::NamedTempFile;

use crate::exit::{Exit, Failure};

/// A file to write: its path and its content.
pub(crate) type Content = (PathBuf, Vec<u8>);

/// Why a file could not be written.
#[derive(Debug)]
pub(crate) struct WriteError {
    path: PathBuf,
    error: io::Error,
}

impl WriteError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
        move |error| WriteError { path: path.to_owned(), error }
    }

    pub(crate) fn into_failure(self, lang: Lang) -> Failure {
        let path = self.path.display();
        let message = match (self.error.kind(), lang) {
            (io::ErrorKind::IsADirectory, Lang::Fr) => {
                format!("{path} : c'est un dossier. Donnez le nom d'un fichier.")
            }
            (io::ErrorKind::IsADirectory, Lang::En) => {
                format!("{path}: it is a folder. Give the name of a file.")
            }
            (io::ErrorKind::NotADirectory, Lang::Fr) => {
                format!("{path} : c'est un fichier. Donnez le nom d'un dossier.")
            }
            (io::ErrorKind::NotADirectory, Lang::En) => {
                format!("{path}: it is a file. Give the name of a folder.")
            }
            (io::ErrorKind::PermissionDenied, Lang::Fr) => {
                format!(
                    "{path} : l'écriture est interdite. Choisissez un autre dossier ou changez ses droits."
                )
            }
            (io::ErrorKind::PermissionDenied, Lang::En) => {
                format!("{path}: writing is forbidden. Choose another folder or change its rights.")
            }
            (io::ErrorKind::NotFound, Lang::Fr) => {
                format!("{path} : ce dossier n'existe pas. Créez-le, ou choisissez-en un autre.")
            }
            (io::ErrorKind::NotFound, Lang::En) => {
                format!("{path}: this folder does not exist. Create it, or choose another one.")
            }
            (_, Lang::Fr) => format!("{path} : l'écriture a échoué ({}). Rien n'a été écrit.", self.error),
            (_, Lang::En) => format!("{path}: writing failed ({}). Nothing was written.", self.error),
        };
        Failure::new(Exit::Files, message)
    }
}

/// Says early, before long work, that a folder to write into is something else.
pub(crate) fn check_folder(folder: &Path) -> Result<(), WriteError> {
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Err(WriteError::at(folder)(io::ErrorKind::NotADirectory.into())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::at(folder)(error)),
        _ => Ok(()),
    }
}

/// Says early, before long work, that a file to write cannot be one: it is a folder, or its folder does not exist.
pub(crate) fn check_file(path: &Path) -> Result<(), WriteError> {
    if path.is_dir() {
        return Err(WriteError::at(path)(io::ErrorKind::IsADirectory.into()));
    }
    let folder = folder_of(path);
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Err(WriteError::at(folder)(io::ErrorKind::NotADirectory.into())),
        Ok(_) => Ok(()),
        Err(error) => Err(WriteError::at(folder)(error)),
    }
}

/// Writes several files of one folder, which is created when need be. Until all of them stand complete beside their
/// places, none takes its place.
pub(crate) fn write_into(folder: &Path, contents: &[Content]) -> Result<(), WriteError> {
    let is_new = !folder.exists();
    fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
    let written = write_all(contents);
    if written.is_err() && is_new {
        let _ = fs::remove_dir(folder);
    }
    written
}

/// Writes files whose folders exist.
pub(crate) fn write_all(contents: &[Content]) -> Result<(), WriteError> {
    for (path, _) in contents {
        check_file(path)?;
    }
    let complete = contents
        .iter()
        .map(|(path, content)| Ok((path, written_beside(path, content).map_err(WriteError::at(path))?)))
        .collect::<Result<Vec<_>, WriteError>>()?;
    for (path, temporary) in complete {
        temporary.persist(path).map_err(|error| WriteError::at(path)(error.error))?;
    }
    Ok(())
}

/// A complete temporary file in the same folder, so that it can be renamed; gone when dropped.
fn written_beside(path: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".medicobus-");
    // Temporary files are private by default; the result is as open as any new file of this person.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_appear_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("new/plan");
        let file = |name: &str| (folder.join(name), name.as_bytes().to_vec());
        write_into(&folder, &[file("a"), file("b")]).unwrap();
        write_into(&folder, &[file("a"), file("b")]).unwrap();
        assert_eq!(names(&folder), ["a", "b"]);
        assert_eq!(fs::read(folder.join("a")).unwrap(), b"a");
    }

    #[test]
    fn when_one_file_cannot_be_written_none_is() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir(place.path().join("b")).unwrap();
        let file = |name: &str| (place.path().join(name), vec![1]);
        let error = write_into(place.path(), &[file("a"), file("b")]).unwrap_err();
        assert!(error.into_failure(Lang::En).message.contains("it is a folder"));
        assert_eq!(names(place.path()), ["b"]);
    }

    #[test]
    fn a_file_is_no_folder() {
        let place = tempfile::NamedTempFile::new().unwrap();
        assert!(check_folder(place.path()).is_err());
        assert!(check_file(&place.path().join("times.csv")).is_err());
    }
}
