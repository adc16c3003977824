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
            (io::ErrorKind::Unsupported, Lang::Fr) => {
                format!("{path} : ce n'est pas un fichier ordinaire. Donnez le nom d'un fichier.")
            }
            (io::ErrorKind::Unsupported, Lang::En) => {
                format!("{path}: it is no ordinary file. Give the name of a file.")
            }
            (io::ErrorKind::AlreadyExists, Lang::Fr) => {
                format!(
                    "{path} : ce fichier est aussi lu, ou écrit deux fois. Donnez un autre nom au résultat."
                )
            }
            (io::ErrorKind::AlreadyExists, Lang::En) => {
                format!("{path}: this file is also read, or written twice. Give the result another name.")
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

/// Says early, before long work, that a file to write cannot be one: it is a folder, a device or a pipe, or its folder
/// does not exist.
pub(crate) fn check_file(path: &Path) -> Result<(), WriteError> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(WriteError::at(path)(io::ErrorKind::IsADirectory.into())),
        Ok(found) if !found.is_file() => return Err(WriteError::at(path)(io::ErrorKind::Unsupported.into())),
        _ => {}
    }
    let folder = folder_of(path);
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => Err(WriteError::at(folder)(io::ErrorKind::NotADirectory.into())),
        Ok(_) => Ok(()),
        Err(error) => Err(WriteError::at(folder)(error)),
    }
}

/// Says early that a file to write is one of those read, or written twice.
pub(crate) fn check_apart<'a>(
    read: impl IntoIterator<Item = &'a Path>,
    written: &[&Path],
) -> Result<(), WriteError> {
    let mut taken: Vec<PathBuf> = read.into_iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    for path in written {
        // A file that is not there yet: by its folder.
        let folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
        let Some(place) = fs::canonicalize(path).ok().or_else(folder) else { continue };
        if taken.contains(&place) {
            return Err(WriteError::at(path)(io::ErrorKind::AlreadyExists.into()));
        }
        taken.push(place);
    }
    Ok(())
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
        // A link stays one: what it leads to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        temporary.persist(place).map_err(|error| WriteError::at(path)(error.error))?;
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

    #[test]
    fn a_result_is_neither_read_nor_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        let [extract, result, other] = ["a.osm.pbf", "b.csv", "c.csv"].map(|name| folder.path().join(name));
        fs::write(&extract, "extract").unwrap();
        assert!(check_apart([extract.as_path()], &[&result, &other]).is_ok());
        assert!(check_apart([extract.as_path()], &[&folder.path().join(".").join("a.osm.pbf")]).is_err());
        assert!(check_apart([extract.as_path()], &[&result, &result]).is_err());
    }

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
