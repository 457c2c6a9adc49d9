//! Names of hosts and of Kubernetes objects.

use super::error::quote;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;

const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// `hostname`: a host name as RFC 1123 has it, in the case it was written in.
///
/// ```
/// use herz_types::scalar::{Hostname, Scalar};
/// assert_eq!(Hostname::parse("db-1.example.com")?.as_str(), "db-1.example.com");
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hostname(String);

/// `hostname(dns1123)`: a name as Kubernetes gives it to objects.
///
/// ```
/// use herz_types::scalar::{Dns1123, Scalar};
/// let error = Dns1123::parse("My_App").unwrap_err();
/// assert_eq!(error.suggestion.as_deref(), Some("my-app"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dns1123(String);

scalar!(Hostname, Hostname, |_value| Magnitude::None);
scalar!(Dns1123, Dns1123, |_value| Magnitude::None);

impl Hostname {
    pub(super) const INFO: Info = Info {
        name: "hostname",
        title: "Host name",
        grammar: "\
hostname = label { \".\" label }
label    = 1 to 63 ASCII letters, digits and \"-\"; the first and the last is no \"-\"
At most 253 characters. RFC 1123.",
        rust_type: "Hostname",
        allowed: "a host name such as `db-1.example.com`",
        pattern: Some((
            "^[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?(\\.[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?)*$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "a", "localhost", "db-1.example.com", "Example.COM", "1.2.3.4", "x--y.z", "0", "a.b.c.d.e",
                "xn--nxasmq6b.example", "123.example", "A1",
                "a23456789012345678901234567890123456789012345678901234567890123",
            ],
            refused: [
                "", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", " a", "a.-b", "ä.example", "a/b", "http://a",
                "a:80", "*.a", "a234567890123456789012345678901234567890123456789012345678901234",
            ],
        },
    };

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the name is empty".to_owned());
        }
        if text.len() > LONGEST {
            return Err(format!(
                "{} has more than {LONGEST} characters",
                quote(text)
            ));
        }
        check_labels(text, LONGEST_LABEL, |c| c.is_ascii_alphanumeric())?;
        Ok(Self(text.to_owned()))
    }

    fn candidates(text: &str) -> Vec<String> {
        let text = text.trim();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
        let plain = host.trim_matches('.').replace('_', "-");
        vec![host.to_owned(), plain]
    }
}

impl Dns1123 {
    /// Whether a text is such a name; no copy is made.
    pub(crate) fn accepts(text: &str) -> bool {
        !text.is_empty() && text.len() <= LONGEST && fits(text, LONGEST, &Self::inner)
    }

    fn inner(c: char) -> bool {
        c.is_ascii_lowercase() || c.is_ascii_digit()
    }

    pub(super) const INFO: Info = Info {
        name: "hostname(dns1123)",
        title: "DNS-1123 subdomain, as Kubernetes names objects",
        grammar: "\
name  = label { \".\" label }
label = lower-case ASCII letters, digits and \"-\"; the first and the last is no \"-\"
At most 253 characters. What Kubernetes' IsDNS1123Subdomain takes.",
        rust_type: "Dns1123",
        allowed: "a name of lower-case letters, digits, `-` and `.` such as `my-app`",
        pattern: Some((
            "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "a", "a.x", "my-app", "0", "a--b", "1.2.3.4", "my-app.v1", "a.b.c",
                "a234567890123456789012345678901234567890123456789012345678901234", "x-1", "1-x", "abc.123",
            ],
            refused: [
                "", "A_1", "A", "a_b", "a.", ".a", "a..b", "-a", "a-", "a b", "a ", "ä", "a.-b", "a\n", "a/b",
            ],
        },
    };

    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("the name is empty".to_owned());
        }
        if text.len() > LONGEST {
            return Err(format!(
                "{} has more than {LONGEST} characters",
                quote(text)
            ));
        }
        check_labels(text, LONGEST, Self::inner)?;
        Ok(Self(text.to_owned()))
    }

    fn candidates(text: &str) -> Vec<String> {
        let small: String = text
            .trim()
            .chars()
            .map(|c| {
                if matches!(c, '_' | ' ' | '/' | ':') {
                    '-'
                } else {
                    c.to_ascii_lowercase()
                }
            })
            .collect();
        let labels: Vec<_> = small
            .split('.')
            .map(|l| l.trim_matches('-'))
            .filter(|l| !l.is_empty())
            .collect();
        vec![small.clone(), labels.join(".")]
    }
}

/// Whether all is well, in one go over the bytes: nearly every name is.
fn fits(text: &str, longest: usize, inner: &impl Fn(char) -> bool) -> bool {
    // As before a label: no `-` and no end may stand here.
    let (mut last, mut start) = (b'.', 0);
    for (at, byte) in text.bytes().enumerate() {
        if !inner(char::from(byte)) {
            match (last, byte) {
                (b'.', _) | (b'-', b'.') => return false,
                (_, b'.') if at - start <= longest => start = at + 1,
                (_, b'-') => {}
                _ => return false,
            }
        }
        last = byte;
    }
    text.len() - start <= longest && !matches!(last, b'.' | b'-')
}

fn check_labels(text: &str, longest: usize, inner: impl Fn(char) -> bool) -> Result<(), String> {
    if fits(text, longest, &inner) {
        return Ok(());
    }
    if let Some(c) = text
        .chars()
        .find(|c| !(inner(*c) || matches!(c, '-' | '.')))
    {
        return Err(format!(
            "{} in {} is not allowed",
            quote(c.encode_utf8(&mut [0; 4])),
            quote(text)
        ));
    }
    for label in text.split('.') {
        let problem = if label.is_empty() {
            "has an empty part"
        } else if label.starts_with('-') || label.ends_with('-') {
            "has a part that starts or ends with `-`"
        } else if label.len() > longest {
            "has a part of more than 63 characters"
        } else {
            continue;
        };
        return Err(format!("{} {problem}", quote(text)));
    }
    Ok(())
}

/// What both kinds of names can do.
macro_rules! name {
    ($($type:ident),*) => {
        $(
            impl $type {
                /// The name.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl fmt::Display for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str(&self.0)
                }
            }

            impl AsRef<str> for $type {
                fn as_ref(&self) -> &str {
                    &self.0
                }
            }
        )*
    };
}

name!(Hostname, Dns1123);
