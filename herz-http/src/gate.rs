//! The gate: requests that may be hit at all.
//!
//! A header alone is a public switch: anybody outside could send it. So the gate has two leaves:
//! faults must be enabled in the configuration, and the request must carry the header, a token
//! that is signed and ends, or both.

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Header that opens the gate with the value `true`.
pub const ENABLED: HeaderName = HeaderName::from_static("x-herz-enabled");
/// Header with a signed token.
pub const TOKEN: HeaderName = HeaderName::from_static("x-herz-token");

/// What a request must carry to be hit.
///
/// ```
/// use herz_http::{Gate, TokenKey};
/// let header = Gate::Header;
/// let signed = Gate::Token(TokenKey::new("a secret of at least 16 bytes").unwrap());
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Gate {
    /// The header `X-Herz-Enabled: true`. For services that nobody outside reaches.
    #[default]
    Header,
    /// The header `X-Herz-Token` with a token of this key that has not ended.
    Token(TokenKey),
    /// Nothing: every request may be hit. For tests, and for experiments on all traffic.
    Open,
}

/// Whether a request passed the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passage {
    Open,
    Closed,
    /// There was a token, and it was forged or had ended.
    BadToken,
}

impl Gate {
    pub(crate) fn passage(&self, headers: &HeaderMap) -> Passage {
        let open = match self {
            Self::Open => true,
            Self::Header => headers.get(&ENABLED).is_some_and(|v| v == "true"),
            Self::Token(key) => match headers.get(&TOKEN) {
                None => false,
                Some(token) if key.accepts(token, SystemTime::now()) => true,
                Some(_) => return Passage::BadToken,
            },
        };
        if open { Passage::Open } else { Passage::Closed }
    }

    /// Takes the gate's headers away, so that the switch does not travel on by itself.
    pub(crate) fn strip(headers: &mut HeaderMap) {
        headers.remove(&ENABLED);
        headers.remove(&TOKEN);
    }
}

/// A key that signs and checks tokens.
///
/// A token is `<end>.<signature>`: the end in seconds since 1970, and the HMAC-SHA-256 of
/// `herz-token-v1:<end>` in hexadecimal digits.
#[derive(Clone)]
pub struct TokenKey(Hmac<Sha256>);

/// A key that is too short to keep a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortKey;

impl std::fmt::Display for ShortKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key of tokens needs at least 16 bytes")
    }
}

impl std::error::Error for ShortKey {}

impl TokenKey {
    /// A key, of at least 16 bytes.
    pub fn new(key: impl AsRef<[u8]>) -> Result<Self, ShortKey> {
        let key = key.as_ref();
        if key.len() < 16 {
            return Err(ShortKey);
        }
        Hmac::new_from_slice(key).map(Self).map_err(|_| ShortKey)
    }

    /// A token that is good until then.
    pub fn token(&self, end: SystemTime) -> String {
        let end = end.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut token = format!("{end}.");
        for byte in self.mac(end).finalize().into_bytes() {
            token.push_str(&format!("{byte:02x}"));
        }
        token
    }

    /// Whether a header holds a token of this key that is good at this time.
    pub fn accepts(&self, token: &HeaderValue, now: SystemTime) -> bool {
        self.check(token, now).is_some()
    }

    fn check(&self, token: &HeaderValue, now: SystemTime) -> Option<()> {
        let (end, signature) = token.to_str().ok()?.split_once('.')?;
        let end: u64 = end.parse().ok()?;
        let signature = unhex(signature)?;
        // The signature first, in constant time: a forged token learns nothing about ends.
        self.mac(end).verify_slice(&signature).ok()?;
        let end = UNIX_EPOCH.checked_add(Duration::from_secs(end))?;
        (now < end).then_some(())
    }

    fn mac(&self, end: u64) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(format!("herz-token-v1:{end}").as_bytes());
        mac
    }
}

/// A key is never shown.
impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[a, b]| Some(digit(*a)? << 4 | digit(*b)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> HeaderValue {
        HeaderValue::from_str(text).unwrap()
    }

    #[test]
    fn tokens() {
        let key = TokenKey::new("0123456789abcdef").unwrap();
        let now = UNIX_EPOCH + Duration::from_secs(1_000_000);
        let token = key.token(now + Duration::from_secs(60));
        assert!(key.accepts(&header(&token), now));
        assert!(!key.accepts(&header(&token), now + Duration::from_secs(60)));
        let other = TokenKey::new("0123456789abcdeF").unwrap();
        assert!(!other.accepts(&header(&token), now));
        let (end, signature) = token.split_once('.').unwrap();
        let later = end.parse::<u64>().unwrap() + 1;
        for forged in [
            format!("{later}.{signature}"),
            format!("{end}.{}", &signature[2..]),
            format!("{end}.{signature}0"),
            format!("{end}.{}", signature.replace('a', "g").replace('1', "z")),
            end.to_owned(),
            ".".to_owned(),
            "-1.00".to_owned(),
            "99999999999999999999999.00".to_owned(),
            "é".to_owned(),
        ] {
            let forged = HeaderValue::from_bytes(forged.as_bytes()).unwrap();
            assert!(!key.accepts(&forged, now), "{forged:?}");
        }
        assert_eq!(TokenKey::new("short").unwrap_err(), ShortKey);
        assert_eq!(format!("{key:?}"), "TokenKey(…)");
    }
}
