//! Where results go: stdout, or files of a directory.
//!
//! 1. A directory is tried before the run, so that a bad path costs a second and not an hour.
//! 2. A file is whole or not there: it is written beside its place and then renamed.

use super::exit::Exit;
use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why the program ends without a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong and what would help: one or more lines.
    pub message: String,
    /// How the program ends.
    pub exit: Exit,
}

impl Failure {
    /// A failure to read or write.
    pub fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self { message: format!("error: cannot {what} `{}`: {error}", path.display()), exit: Exit::Failed }
    }

    /// Arguments or a scenario that cannot be used.
    pub fn refused(message: impl Into<String>) -> Self {
        Self { message: message.into(), exit: Exit::Refused }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// A directory that results can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputDir {
    path: PathBuf,
}

impl OutputDir {
    /// The directory at `path`, made with its parents where it is not there, after a trial that a file
    /// can be written in it.
    ///
    /// # Errors
    ///
    /// When it cannot be made or written to.
    pub fn create(path: impl Into<PathBuf>) -> Result<Self, Failure> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(|error| Failure::io("create the directory", &path, &error))?;
        let trial = path.join(temporary("trial"));
        fs::write(&trial, b"").map_err(|error| Failure::io("write in the directory", &path, &error))?;
        fs::remove_file(&trial).map_err(|error| Failure::io("remove", &trial, &error))?;
        Ok(Self { path })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Look whether files of these names can be put in place, which a directory of that name prevents.
    ///
    /// # Errors
    ///
    /// When one cannot.
    pub fn reserve(&self, names: &[&str]) -> Result<(), Failure> {
        let taken = names.iter().map(|name| self.path.join(name)).find(|place| place.is_dir());
        taken.map_or(Ok(()), |place| Err(Failure::io("write", &place, &io::ErrorKind::IsADirectory.into())))
    }

    /// Write the file `name`, in place of one of that name.
    ///
    /// # Errors
    ///
    /// When the disk does not take it; the file that was there before is then as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let (place, beside) = (self.path.join(name), self.path.join(temporary(name)));
        let written = write_through(&beside, bytes).and_then(|()| fs::rename(&beside, &place));
        written.map_err(|error| {
            // What is left of the attempt is of no use, and the first error is the one to tell.
            let _ = fs::remove_file(&beside);
            Failure::io("write", &place, &error)
        })
    }
}

/// A file that a result can be written to. Where its path is a link, what it leads to is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputFile {
    /// Written beside its place, which is this name in this folder.
    Whole(OutputDir, String),
    /// Written straight into: a device or a pipe, in whose place nothing can be put.
    Straight(PathBuf),
}

impl OutputFile {
    /// The file at `path`, in a folder that is made where it is not there, after a trial that it can be written.
    ///
    /// # Errors
    ///
    /// When it cannot.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        let place = path.is_symlink().then(|| fs::canonicalize(path).ok()).flatten();
        let place = place.unwrap_or_else(|| path.to_owned());
        if place.exists() && !place.is_file() && !place.is_dir() {
            return Ok(Self::Straight(place));
        }
        let Some(name) = place.file_name().and_then(|name| name.to_str()) else {
            return Err(Failure::io("write", path, &io::ErrorKind::InvalidFilename.into()));
        };
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = OutputDir::create(folder.unwrap_or(Path::new(".")))?;
        folder.reserve(&[name])?;
        Ok(Self::Whole(folder, name.to_owned()))
    }

    /// Write it, in place of what there was.
    ///
    /// # Errors
    ///
    /// When the disk does not take it.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Whole(folder, name) => folder.write(name, bytes),
            Self::Straight(place) => {
                fs::write(place, bytes).map_err(|error| Failure::io("write", place, &error))
            }
        }
    }
}

/// A name that no other process uses at the same time.
fn temporary(name: &str) -> String {
    format!(".{name}.{}.tmp", std::process::id())
}

/// Write a file and wait until the disk has it, so that the renaming cannot come before the content.
fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Print a result on stdout. A reader that has seen enough (`| head`) is no failure.
///
/// # Errors
///
/// When stdout takes no more for another reason, such as a full disk.
pub fn print(text: &str) -> Result<(), Failure> {
    print_to(&mut io::stdout().lock(), text)
}

/// Tell something on stderr. Where stderr is closed or full there is nobody left to tell.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn print_to(stream: &mut impl Write, text: &str) -> Result<(), Failure> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure { message: format!("error: cannot write to stdout: {error}"), exit: Exit::Failed })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of this test alone, empty.
    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("caseload-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        path
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_replaces_the_one_before_and_leaves_nothing_beside() {
        let path = scratch("replace");
        let output = OutputDir::create(path.join("deep/er")).unwrap();
        output.write("run.json", b"old").unwrap();
        output.write("run.json", b"new").unwrap();
        assert_eq!(fs::read(output.path().join("run.json")).unwrap(), b"new");
        assert_eq!(names(output.path()), ["run.json"]);
        fs::remove_dir_all(path).unwrap();
    }

    #[test]
    fn a_path_that_is_a_file_is_refused_before_the_run() {
        let path = scratch("taken");
        fs::write(&path, b"").unwrap();
        let failure = OutputDir::create(&path).unwrap_err();
        assert_eq!(failure.exit, Exit::Failed);
        assert!(failure.message.starts_with("error: cannot create the directory `"), "{failure}");
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_write_that_fails_leaves_no_trace() {
        let path = scratch("trace");
        let output = OutputDir::create(&path).unwrap();
        fs::create_dir(path.join("run.json")).unwrap();
        assert!(output.reserve(&["figures.csv"]).is_ok());
        assert_eq!(output.reserve(&["figures.csv", "run.json"]).unwrap_err().exit, Exit::Failed);
        assert!(output.write("run.json", b"new").is_err());
        assert_eq!(names(&path), ["run.json"]);
        fs::remove_dir_all(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_a_device_stays_one() {
        let path = scratch("link");
        let output = OutputDir::create(&path).unwrap();
        output.write("real.md", b"old").unwrap();
        std::os::unix::fs::symlink(path.join("real.md"), path.join("link.md")).unwrap();
        OutputFile::at(&path.join("link.md")).unwrap().write(b"new").unwrap();
        assert!(path.join("link.md").is_symlink());
        assert_eq!(fs::read(path.join("real.md")).unwrap(), b"new");
        let device = Path::new("/dev/null");
        assert_eq!(OutputFile::at(device).unwrap().write(b"new"), Ok(()));
        assert!(!device.is_file());
        fs::remove_dir_all(path).unwrap();
    }

    struct Stream(io::ErrorKind);

    impl Write for Stream {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure() {
        assert_eq!(print_to(&mut Stream(io::ErrorKind::BrokenPipe), "text"), Ok(()));
        let failure = print_to(&mut Stream(io::ErrorKind::StorageFull), "text").unwrap_err();
        assert_eq!(failure.exit, Exit::Failed);
    }
}
