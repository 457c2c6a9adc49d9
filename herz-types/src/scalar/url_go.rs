//! `url(go)`: what Go's `url.ParseRequestURI` takes.

use super::error::quote;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;
use std::net::Ipv6Addr;

/// `url(go)`: an absolute URI or an absolute path, as it was written.
///
/// ```
/// use herz_types::scalar::{GoUrl, Scalar};
/// assert!(GoUrl::parse("/healthz").is_ok());
/// assert_eq!(GoUrl::parse("a.example").unwrap_err().suggestion.as_deref(), Some("http://a.example"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GoUrl(String);

scalar!(GoUrl, UrlGo, |_value| Magnitude::None);

impl GoUrl {
    pub(super) const INFO: Info = Info {
        name: "url(go)",
        title: "URI or absolute path, as Go reads it",
        grammar: "\
uri       = \"*\" | scheme \":\" opaque | scheme \"://\" authority [ \"/\" path ] | scheme \":/\" path | \"/\" path
            each but the first may be followed by \"?\" and anything
scheme    = letter { letter | digit | \"+\" | \"-\" | \".\" }
opaque    = anything that does not start with \"/\"
authority = [ user \"@\" ] host [ \":\" digits ]      may be empty
No control characters. In path, user and host \"%\" is followed by two hex digits (in a host of a byte above 7F).
What Go's url.ParseRequestURI takes, as of Go 1.25 (a later Go refuses a second colon in the host of\n\"http\" and \"https\").",
        rust_type: "GoUrl",
        allowed: "a URL such as `http://example.com/path` or an absolute path such as `/healthz`",
        pattern: Some((
            "^(\\*|/[^\\x00-\\x1F\\x7F]*|[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x1F\\x7F]*)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "http://a", "/healthz", "ftp://a", "https://a:8443/b?c=d", "*", "a:b", "mailto:a@b", "http:", "http://", "http:/a",
                "//a", "/", "/?", "/a b", "/ä", "http://ä", "http://u:p@h", "http://u@v@h", "http://[::1]:80/", "http://[fe80::1%25en0]/",
                "x://a:b:80", "http://a:b:80", "http://a:", "http://%E4", "a:%zz", "/?%zz", "http://a\"b",
            ],
            refused: [
                "", "a.example", "::", ":", "a b", "?", "#", "/%", "/%2", "/%zz", "http://a b", "http://a:x", "http://a:80:x", "http://%41",
                "http://[::1", "http://[1.2.3.4]", "http://a[::1]", "http://u ser@h", "http://u%zz@h", "/a\n", "http://\u{7f}", "1a:b", "-a:b",
                "http://a|b", "http://a%",
            ],
        },
    };

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        check(text)?;
        Ok(Self(text.to_owned()))
    }

    fn candidates(text: &str) -> Vec<String> {
        let text = text.trim();
        let mut all = vec![text.to_owned(), text.replace(' ', "%20")];
        if text.contains(|c: char| c.is_alphanumeric()) {
            all.push(format!("http://{}", text.trim_start_matches([':', '/'])));
        }
        all
    }
}

fn check(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("the URL is empty".to_owned());
    }
    if text.chars().any(|c| c.is_ascii_control()) {
        return Err(format!("{} has a control character", quote(text)));
    }
    if text == "*" {
        return Ok(());
    }
    let (scheme, rest) = split_scheme(text)?;
    let rest = rest.split('?').next().unwrap_or("");
    if !rest.starts_with('/') {
        return if scheme.is_some() {
            Ok(())
        } else {
            Err(format!(
                "{} has no scheme and does not start with `/`",
                quote(text)
            ))
        };
    }
    let path = match (scheme, rest.strip_prefix("//")) {
        (Some(_), Some(behind)) => {
            let (authority, path) = behind.split_at(behind.find('/').unwrap_or(behind.len()));
            check_authority(authority)?;
            path
        }
        _ => rest,
    };
    check_escapes(path, |_| true)
}

/// The scheme, if there is one, and the rest.
fn split_scheme(text: &str) -> Result<(Option<&str>, &str), String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let end = text.find(|c| !legal(c)).unwrap_or(text.len());
    let (scheme, rest) = text.split_at(end);
    match rest.strip_prefix(':') {
        Some(_) if scheme.is_empty() => Err(format!("{} has nothing before `:`", quote(text))),
        Some(behind) if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            Ok((Some(scheme), behind))
        }
        _ => Ok((None, text)),
    }
}

fn check_authority(authority: &str) -> Result<(), String> {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    check_host(host)?;
    let Some(user) = user else { return Ok(()) };
    let legal = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
    if !user.chars().all(legal) {
        return Err(format!("{} can't stand before `@`", quote(user)));
    }
    check_escapes(user, |_| true)
}

/// Before its last colon a host may have others: modules below Go 1.26 keep that habit.
fn check_host(host: &str) -> Result<(), String> {
    match host.rfind('[') {
        Some(0) => return check_literal(host),
        Some(_) => return Err(format!("{} has `[` inside", quote(host))),
        None => {}
    }
    if let Some(colon) = host.rfind(':') {
        check_port(host.split_at(colon).1)?;
    }
    check_host_part(host)
}

/// An IPv6 address in brackets, maybe with a zone, maybe with a port.
fn check_literal(host: &str) -> Result<(), String> {
    let Some((inner, port)) = host.rsplit_once(']') else {
        return Err(format!("{} lacks `]`", quote(host)));
    };
    check_port(port)?;
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    let (address, zone) = match inner.find("%25") {
        Some(at) => inner.split_at(at),
        None => (inner, ""),
    };
    check_host_part(address)?;
    check_zone(zone)?;
    // Escapes of bytes above 7F never make an address, so the text is the address. A bare `%`
    // before a zone does not get this far.
    let zone_is_empty = zone == "%25";
    if zone_is_empty || address.parse::<Ipv6Addr>().is_err() {
        return Err(format!("{} is no IPv6 address", quote(inner)));
    }
    Ok(())
}

fn check_port(port: &str) -> Result<(), String> {
    let fits = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    if fits {
        Ok(())
    } else {
        Err(format!("{} is no port", quote(port)))
    }
}

/// Characters that a host may hold.
fn is_host(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric() || "!\"$&'()*+,-.:;<=>[]_~".contains(c)
}

fn check_host_part(host: &str) -> Result<(), String> {
    if let Some(c) = host.chars().find(|c| !is_host(*c) && *c != '%') {
        let c = quote(c.encode_utf8(&mut [0; 4]));
        return Err(format!("{c} can't stand in a host, as in {}", quote(host)));
    }
    check_escapes(host, |byte| byte >= 0x80 || byte == b'%')
}

fn check_zone(zone: &str) -> Result<(), String> {
    if zone.chars().any(|c| !is_host(c) && c != '%') {
        return Err(format!("{} is no zone of an address", quote(zone)));
    }
    check_escapes(zone, |byte| {
        // A byte above 7F is not allowed as an escape here.
        matches!(byte, b'%' | b' ') || byte.is_ascii() && is_host(char::from(byte))
    })
}

/// Whether two hex digits follow each `%`, and whether their byte may be escaped.
fn check_escapes(part: &str, allowed: impl Fn(u8) -> bool) -> Result<(), String> {
    for behind in part.split('%').skip(1) {
        let byte = behind
            .get(..2)
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            None => return Err(format!("{} has `%` without two hex digits", quote(part))),
            Some(byte) if !allowed(byte) => {
                return Err(format!(
                    "{} has an escape that can't stand there",
                    quote(part)
                ));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

impl fmt::Display for GoUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
