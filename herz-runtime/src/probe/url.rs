//! Addresses of services.

use std::fmt;
use std::str::FromStr;

/// An address: `http://host[:port]/path`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    /// Name or address of the host; IPv6 without its brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Path and query, from the `/` on.
    pub path: String,
}

/// Why a text is no address that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadUrl(String);

impl fmt::Display for BadUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadUrl {}

fn bad<T>(text: &str, why: &str) -> Result<T, BadUrl> {
    Err(BadUrl(format!("`{text}` can't be asked: {why}")))
}

impl FromStr for Url {
    type Err = BadUrl;

    fn from_str(text: &str) -> Result<Self, BadUrl> {
        if text.starts_with("https://") {
            return bad(
                text,
                "probes speak HTTP without TLS; ask the service behind it",
            );
        }
        let Some(rest) = text.strip_prefix("http://") else {
            return bad(text, "write `http://host:port/path`");
        };
        if rest.bytes().any(|b| b <= b' ' || b == 0x7f) {
            return bad(
                text,
                "spaces and control characters have to be percent-encoded",
            );
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let cut = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(cut);
        if authority.contains('@') {
            return bad(text, "a name and a password belong into a header");
        }
        let (host, port) = match authority.strip_prefix('[') {
            Some(inner) => match inner.split_once(']') {
                Some((host, "")) => (host, None),
                Some((host, port)) => (host, port.strip_prefix(':').or(Some(""))),
                None => return bad(text, "the bracket of the address is not closed"),
            },
            None => match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            },
        };
        if host.is_empty() {
            return bad(text, "there is no host");
        }
        let port = match port.map(str::parse) {
            None => 80,
            Some(Ok(port)) if port > 0 => port,
            Some(_) => return bad(text, "the port is no number from 1 to 65535"),
        };
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            format!("/{path}")
        };
        Ok(Self {
            host: host.to_owned(),
            port,
            path,
        })
    }
}

impl Url {
    /// Host and port, as the header `Host` has them.
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority(), self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_or_refused_with_a_reason() {
        for (text, host, port, path) in [
            ("http://a", "a", 80, "/"),
            ("http://a:1/b?c=d#e", "a", 1, "/b?c=d"),
            ("http://a?c", "a", 80, "/?c"),
            ("http://[::1]:8080/x", "::1", 8080, "/x"),
            ("http://[::1]", "::1", 80, "/"),
        ] {
            let url: Url = text.parse().unwrap();
            assert_eq!(
                (url.host.as_str(), url.port, url.path.as_str()),
                (host, port, path)
            );
            assert_eq!(url.to_string().parse::<Url>().unwrap(), url);
        }
        for (text, why) in [
            ("https://a", "TLS"),
            ("a:80", "http://host"),
            ("http://", "no host"),
            ("http://:80", "no host"),
            ("http://a:0", "port"),
            ("http://a:99999", "port"),
            ("http://a:", "port"),
            ("http://[::1", "bracket"),
            ("http://[::1]x", "port"),
            ("http://a@b", "header"),
            ("http://a/b c", "percent"),
            ("http://a/\r\nX: y", "percent"),
        ] {
            let error = text.parse::<Url>().unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
