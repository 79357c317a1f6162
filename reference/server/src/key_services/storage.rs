//! What a key service registered, on disk: encrypted under a key beside it, and replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use onem2m_envelope::{ContentEncryption, IV_LENGTH, SymmetricKey, TAG_LENGTH};
use thiserror::Error;
use zeroize::Zeroizing;

use super::ServiceRole;
use super::records::Records;

const ENCRYPTION: ContentEncryption = ContentEncryption::A256Gcm;

/// Why state cannot be read or written. What was there before stays as it was.
#[derive(Debug, Error)]
pub enum StateError {
    /// The file system says so.
    #[error("{what} {path}: {error}")]
    File {
        /// What was tried.
        what: &'static str,
        /// On which file.
        path: PathBuf,
        /// What came of it.
        error: io::Error,
    },
    /// The state was not written under the key beside it, or was changed since.
    #[error("expected {path} to open under the key beside it, got other octets")]
    Sealed {
        /// The file.
        path: PathBuf,
    },
    /// There are no random octets at this moment.
    #[error("expected random octets, got none")]
    NoRandomness,
}

/// A directory with the state of a service.
#[derive(Debug)]
pub(crate) struct Storage {
    directory: PathBuf,
    role: ServiceRole,
    key: SymmetricKey,
}

impl Storage {
    /// Opens a directory, which is made if it is not there, with what is in it.
    pub(crate) fn open(directory: &Path, role: ServiceRole) -> Result<(Self, Records), StateError> {
        make_directory(directory).map_err(at("make", directory))?;
        let storage = Self {
            directory: directory.to_owned(),
            role,
            key: key(&directory.join(format!("{}.key", role.name())))?,
        };
        let path = storage.path();
        let sealed = match fs::read(&path) {
            Ok(sealed) => sealed,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok((storage, Records::default()));
            }
            Err(error) => return Err(at("read", &path)(error)),
        };
        let records = storage.unseal(&sealed).ok_or(StateError::Sealed { path })?;
        Ok((storage, records))
    }

    /// Replaces what is there: once it returns, this is what is found after whatever end.
    pub(crate) fn write(&self, records: &Records) -> Result<(), StateError> {
        let sealed = self.seal(records)?;
        let path = self.path();
        let fresh = path.with_extension("state.new");
        let written = private(&fresh, true).and_then(|mut file| {
            file.write_all(&sealed)?;
            file.sync_all()
        });
        written.map_err(at("write", &fresh))?;
        fs::rename(&fresh, &path).map_err(at("replace", &path))?;
        let directory = File::open(&self.directory).and_then(|directory| directory.sync_all());
        directory.map_err(at("settle", &self.directory))
    }

    fn path(&self) -> PathBuf {
        self.directory.join(format!("{}.state", self.role.name()))
    }

    fn seal(&self, records: &Records) -> Result<Vec<u8>, StateError> {
        let mut iv = [0; IV_LENGTH];
        getrandom::fill(&mut iv).map_err(|_| StateError::NoRandomness)?;
        let sealing = |_| StateError::Sealed { path: self.path() };
        let plain = serde_json::to_vec(records).map(Zeroizing::new);
        let plain = plain.map_err(|error| at("write", &self.path())(error.into()))?;
        let sealed = ENCRYPTION.seal(&self.key, &iv, self.role.name().as_bytes(), &plain);
        let sealed = sealed.map_err(sealing)?;
        Ok([&iv[..], &sealed.tag, &sealed.ciphertext].concat())
    }

    fn unseal(&self, sealed: &[u8]) -> Option<Records> {
        let (iv, rest) = sealed.split_at_checked(IV_LENGTH)?;
        let (tag, ciphertext) = rest.split_at_checked(TAG_LENGTH)?;
        let name = self.role.name().as_bytes();
        let plain = ENCRYPTION.open(&self.key, iv, name, ciphertext, tag);
        serde_json::from_slice(&plain.ok()?).ok()
    }
}

/// The key of a directory, which is drawn when it is first opened.
fn key(path: &Path) -> Result<SymmetricKey, StateError> {
    match fs::read(path).map(Zeroizing::new) {
        Ok(octets) if octets.len() == ENCRYPTION.key_length() => Ok(octets.into()),
        Ok(_) => Err(StateError::Sealed { path: path.into() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut octets = Zeroizing::new(vec![0; ENCRYPTION.key_length()]);
            getrandom::fill(&mut octets).map_err(|_| StateError::NoRandomness)?;
            let written = private(path, false).and_then(|mut file| {
                file.write_all(&octets)?;
                file.sync_all()
            });
            written.map_err(at("write", path))?;
            Ok(octets.into())
        }
        Err(error) => Err(at("read", path)(error)),
    }
}

fn at(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StateError {
    let path = path.to_owned();
    move |error| StateError::File { what, path, error }
}

/// A file that nobody else reads.
fn private(path: &Path, replaces: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    match replaces {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn make_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}
