//! `url`: an absolute URL with a host.

use super::error::quote;
use super::go_text::is_digits;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;
use std::net::Ipv6Addr;

/// `url`: an absolute URL with scheme and host, as it was written.
///
/// ```
/// use herz_types::scalar::{Scalar, Url};
/// let url = Url::parse("https://example.com:8443/a?b=c")?;
/// assert_eq!((url.scheme(), url.host(), url.port()), ("https", "example.com", Some(8443)));
/// assert_eq!(Url::parse("example.com/a").unwrap_err().suggestion.as_deref(), Some("http://example.com/a"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Url {
    text: String,
    scheme: usize,
    host: std::ops::Range<usize>,
    port: Option<u16>,
}

scalar!(Url, Url, |_value| Magnitude::None);

impl Url {
    pub(super) const INFO: Info = Info {
        name: "url",
        title: "URL",
        grammar: "\
url    = scheme \"://\" [ user \"@\" ] host [ \":\" port ] [ \"/\" path ] [ \"?\" query ] [ \"#\" fragment ]
scheme = letter { letter | digit | \"+\" | \"-\" | \".\" }
host   = one or more letters, digits, \"-\", \".\", \"_\", \"~\", escapes; or an IPv6 address in brackets
port   = digits, 0 to 65535
RFC 3986 with a host. All characters are ASCII; others are written as escapes: \"%\" and two hex digits.",
        rust_type: "Url",
        allowed: "a URL with scheme and host such as `https://example.com/path`",
        pattern: Some((
            "^[A-Za-z][A-Za-z0-9+.-]*://([A-Za-z0-9._~!$&'()*+,;=:%-]*@)?([A-Za-z0-9._~%-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]*)?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?(\\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?(#[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "http://a", "https://example.com/", "https://example.com:8443/a/b?c=d&e=f#g", "ftp://a", "http://127.0.0.1:80",
                "http://[::1]:8080/x", "http://user:pass@host/", "http://a/%20", "HTTP://A", "redis+tls://h:6379", "http://a?b",
                "http://a#b", "http://a_b.c/", "http://a:/", "http://%C3%A4.example/",
            ],
            refused: [
                "", "a.example", "/healthz", "http:", "http://", "http:///path", "://a", "http:a", "mailto:a@b", "http://a b", " http://a",
                "http://a:65536", "http://a:x", "http://a/%2", "http://a/%zz", "http://ä/", "http://a/ä", "http://[::1", "http://[1.2.3.4]/",
                "1http://a", "http://a\n", "http://a/#b#c", "http://u@v@w/", "http://a/[b]",
            ],
        },
    };

    /// The URL as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before `://`.
    pub fn scheme(&self) -> &str {
        self.text.get(..self.scheme).unwrap_or("")
    }

    /// The host as written, an IPv6 address in brackets.
    pub fn host(&self) -> &str {
        self.text.get(self.host.clone()).unwrap_or("")
    }

    /// The port, if one is written.
    pub const fn port(&self) -> Option<u16> {
        self.port
    }

    fn read(text: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(format!("{} has no scheme with `://`", quote(text)));
        };
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(legal) {
            return Err(format!("{} is no scheme of a URL", quote(scheme)));
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (before, fragment) = tail.split_once('#').unwrap_or((tail, ""));
        let (path, query) = before.split_once('?').unwrap_or((before, ""));
        let (user, address) = authority.rsplit_once('@').unwrap_or(("", authority));
        check(path, ":@/", text)?;
        check(query, ":@/?", text)?;
        check(fragment, ":@/?", text)?;
        check(user, ":", text)?;
        let (host, port) = match address.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (address, ""),
        };
        check_host(host, text)?;
        let port = match port {
            "" => None,
            digits => match digits.parse() {
                Ok(port) if is_digits(digits) => Some(port),
                _ => return Err(format!("{} is no port from 0 to 65535", quote(digits))),
            },
        };
        let start = text.len() - rest.len() + authority.len() - address.len();
        Ok(Self {
            text: text.to_owned(),
            scheme: scheme.len(),
            host: start..start + host.len(),
            port,
        })
    }

    fn candidates(text: &str) -> Vec<String> {
        let text = text.trim();
        let mut all = vec![
            text.to_owned(),
            text.replace(' ', "%20"),
            text.replace('\\', "/"),
        ];
        all.push(format!("http://{}", text.trim_start_matches([':', '/'])));
        // `host:80` is no scheme and a path, but `http:/host` is.
        if let Some((scheme @ ("http" | "https" | "ws" | "wss"), rest)) = text.split_once(':') {
            all.insert(0, format!("{scheme}://{}", rest.trim_start_matches('/')));
        }
        // A path alone has no host that could be meant.
        if text.starts_with('/') {
            Vec::new()
        } else {
            all
        }
    }
}

/// Refuses characters that RFC 3986 does not have in a part, and broken escapes.
fn check(part: &str, more: &str, text: &str) -> Result<(), String> {
    let mut rest = part.chars();
    while let Some(c) = rest.next() {
        if c == '%' {
            if !(0..2).all(|_| rest.next().is_some_and(|c| c.is_ascii_hexdigit())) {
                return Err(format!("{} has `%` without two hex digits", quote(text)));
            }
        } else if !(c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=".contains(c) || more.contains(c))
        {
            return Err(format!(
                "{} in {} must be written as an escape",
                quote(c.encode_utf8(&mut [0; 4])),
                quote(text)
            ));
        }
    }
    Ok(())
}

fn check_host(host: &str, text: &str) -> Result<(), String> {
    if host.is_empty() {
        return Err(format!("{} has no host", quote(text)));
    }
    if let Some(inner) = host.strip_prefix('[') {
        let address = inner
            .strip_suffix(']')
            .and_then(|inner| inner.parse::<Ipv6Addr>().ok());
        return address
            .map(|_| ())
            .ok_or_else(|| format!("{} is no IPv6 address in brackets", quote(host)));
    }
    if let Some(c) = host
        .chars()
        .find(|c| !c.is_ascii_alphanumeric() && !"-._~%".contains(*c))
    {
        let c = quote(c.encode_utf8(&mut [0; 4]));
        return Err(format!("{c} in {} can't stand in a host", quote(text)));
    }
    check(host, "", text)
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
