//! Bytes, written as base64.

use serde::{Deserialize, Serialize};
use std::fmt;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes, kept as the base64 text they were written in.
///
/// The text follows RFC 4648 with padding, as Go's `encoding/json` reads it: line breaks (CR and
/// LF) may stand anywhere, other blanks may not, and the unused bits of the last letter may be
/// anything.
///
/// ```
/// use herz_types::scalar::Bytes;
/// assert_eq!(Bytes::encode(b"hello").as_str(), "aGVsbG8=");
/// assert_eq!(Bytes::new("aGVsbG8=").decode()?, b"hello");
/// assert_eq!(Bytes::new("aGVsbG8").decode().unwrap_err().offset, 7);
/// # Ok::<(), herz_types::scalar::BytesError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bytes(String);

/// Why a text is no base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BytesError {
    /// Byte of the text where it goes wrong.
    pub offset: usize,
    /// What is wrong, as one phrase.
    pub message: String,
}

impl fmt::Display for BytesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for BytesError {}

impl Bytes {
    /// A text, base64 or not.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Bytes as base64.
    pub fn encode(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for chunk in bytes.chunks(3) {
            let (a, b, c) = (chunk.first(), chunk.get(1), chunk.get(2));
            let group = u32::from(*a.unwrap_or(&0)) << 16
                | u32::from(*b.unwrap_or(&0)) << 8
                | u32::from(*c.unwrap_or(&0));
            for (at, there) in [(18, true), (12, true), (6, b.is_some()), (0, c.is_some())] {
                let letter = ALPHABET
                    .get((group >> at & 63) as usize)
                    .map_or('=', |l| *l as char);
                text.push(if there { letter } else { '=' });
            }
        }
        Self(text)
    }

    /// The bytes.
    pub fn decode(&self) -> Result<Vec<u8>, BytesError> {
        let error = |offset, message: &str| {
            Err(BytesError {
                offset,
                message: message.to_owned(),
            })
        };
        let mut bytes = Vec::with_capacity(self.0.len() / 4 * 3);
        let (mut group, mut letters, mut padding) = (0_u32, 0, 0);
        for (offset, letter) in self.0.char_indices() {
            let value = match letter {
                '\r' | '\n' => continue,
                'A'..='Z' => letter as u32 - 'A' as u32,
                'a'..='z' => letter as u32 - 'a' as u32 + 26,
                '0'..='9' => letter as u32 - '0' as u32 + 52,
                '+' => 62,
                '/' => 63,
                '=' if letters + padding < 4 && letters >= 2 => {
                    padding += 1;
                    continue;
                }
                '=' => return error(offset, "base64 has padding that does not fit"),
                '-' | '_' => {
                    return error(
                        offset,
                        "the URL form of base64 is used, not the standard one",
                    );
                }
                _ => return error(offset, "a character stands here that base64 does not have"),
            };
            if padding > 0 {
                return error(offset, "base64 goes on after its padding");
            }
            if letters == 4 {
                push(&mut bytes, group, 4);
                (group, letters) = (0, 0);
            }
            group = group << 6 | value;
            letters += 1;
        }
        if letters != 0 && letters + padding != 4 {
            return error(
                self.0.len(),
                "base64 ends too early: its length must be a multiple of 4",
            );
        }
        push(&mut bytes, group << (6 * (4 - letters)), letters);
        Ok(bytes)
    }
}

/// Adds the whole bytes that `letters` letters of a group hold.
fn push(bytes: &mut Vec<u8>, group: u32, letters: u32) {
    let [_, a, b, c] = group.to_be_bytes();
    for (byte, needs) in [(a, 2), (b, 3), (c, 4)] {
        if letters >= needs {
            bytes.push(byte);
        }
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self::encode(bytes)
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
