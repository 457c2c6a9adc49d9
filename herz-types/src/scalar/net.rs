//! Internet addresses and ranges of them.

use super::error::quote;
use super::go_text::is_digits;
use super::grammar::Info;
use super::{Magnitude, PatternFit};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `ip`: an IPv4 or IPv6 address.
///
/// ```
/// use herz_types::scalar::{Ip, Scalar};
/// assert_eq!(Ip::parse("2001:DB8::0:1")?.to_string(), "2001:db8::1");
/// assert_eq!(Ip::parse("10.0.0.01").unwrap_err().suggestion.as_deref(), Some("10.0.0.1"));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ip(IpAddr);

/// `cidr`: an address and the length of its network prefix.
///
/// ```
/// use herz_types::scalar::{Cidr, Scalar};
/// let net = Cidr::parse("10.1.2.3/8")?;
/// assert_eq!(net.prefix(), 8);
/// assert!(net.contains("10.9.9.9".parse().unwrap()));
/// # Ok::<(), herz_types::scalar::ScalarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cidr {
    address: IpAddr,
    prefix: u8,
}

scalar!(Ip, Ip, |_value| Magnitude::None);
scalar!(Cidr, Cidr, |_value| Magnitude::None);

impl Ip {
    pub(super) const INFO: Info = Info {
        name: "ip",
        title: "IP address",
        grammar: "\
ip = IPv4 | IPv6
IPv4 is four decimal numbers from 0 to 255 without leading zeros, joined by points.
IPv6 as RFC 4291 has it: groups of one to four hex digits, one \"::\", maybe an IPv4 address at the end. No zone.",
        rust_type: "Ip",
        allowed: "an IPv4 or IPv6 address such as `10.0.0.1` or `2001:db8::1`",
        pattern: Some((
            "^(((25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "0.0.0.0", "10.0.0.1", "127.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1",
                "2001:DB8:0:0:0:0:0:1", "fe80::1", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
                "64:ff9b::192.0.2.33",
            ],
            refused: [
                "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.01", "10.0.0.1/8", "10.0.0.1:80",
                "localhost", " 10.0.0.1", "10.0.0.1 ", ":::", "1::2::3", "12345::", "fe80::1%eth0", "[::1]",
                "1:2:3:4:5:6:7", "0x7f.0.0.1", "2130706433", "::1.2.3", "1:2:3:4:5:6:7:8::", "１.2.3.4",
            ],
        },
    };

    /// An address.
    pub const fn new(address: IpAddr) -> Self {
        Self(address)
    }

    /// The address.
    pub const fn address(self) -> IpAddr {
        self.0
    }

    fn read(text: &str) -> Result<Self, String> {
        address(text).map(Self)
    }

    fn candidates(text: &str) -> Vec<String> {
        let text = text.trim();
        let bare = text.split(['/', '%']).next().unwrap_or(text);
        let open = bare
            .trim_start_matches('[')
            .split(']')
            .next()
            .unwrap_or(bare);
        let host = match open.rsplit_once(':') {
            Some((host, port)) if is_digits(port) && !host.contains(':') => host,
            _ => open,
        };
        let plain = |part: &str| match part.trim_start_matches('0') {
            "" if part.is_empty() => String::new(),
            "" => "0".to_owned(),
            rest => rest.to_owned(),
        };
        let decimal = host.split('.').map(plain).collect::<Vec<_>>().join(".");
        let mut all = vec![open.to_owned(), host.to_owned(), decimal];
        if host.eq_ignore_ascii_case("localhost") {
            all.push("127.0.0.1".to_owned());
        }
        all
    }
}

impl Cidr {
    pub(super) const INFO: Info = Info {
        name: "cidr",
        title: "Range of IP addresses",
        grammar: "\
cidr = ip \"/\" length
length is a decimal number without leading zeros: at most 32 for IPv4, 128 for IPv6.
Bits behind the prefix may be set.",
        rust_type: "Cidr",
        allowed: "an address and a prefix length such as `10.0.0.0/8`",
        pattern: Some((
            "^([0-9.]+/([12]?[0-9]|3[0-2])|[0-9a-fA-F:.]+/(1[01][0-9]|12[0-8]|[1-9]?[0-9]))$",
            PatternFit::Superset,
        )),
        samples: samples! {
            accepted: [
                "10.0.0.0/8", "10.1.2.3/8", "0.0.0.0/0", "192.168.1.1/32", "::/0", "2001:db8::/32",
                "::1/128", "fe80::/10", "::ffff:1.2.3.4/96", "172.16.0.0/12", "10.0.0.0/9", "2001:DB8::/48",
            ],
            refused: [
                "", "10.0.0.0", "10.0.0.0/", "/8", "10.0.0.0/33", "::/129", "10.0.0.0/08",
                "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0/8", "10.0.0.0/255.0.0.0", "10.0.0.0 /8", "10.0.0.0/8 ", "10.0.0.0/8/8",
                "fe80::1%eth0/64", "localhost/8",
            ],
        },
    };

    /// A range; nothing if the prefix is longer than the address.
    pub fn new(address: IpAddr, prefix: u8) -> Option<Self> {
        (prefix <= longest(address)).then_some(Self { address, prefix })
    }

    /// The address as written; bits behind the prefix may be set.
    pub const fn address(self) -> IpAddr {
        self.address
    }

    /// How many bits of the address name the network.
    pub const fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether an address lies in the range. Addresses of the other family don't.
    pub fn contains(self, other: IpAddr) -> bool {
        let free = u32::from(longest(self.address) - self.prefix);
        match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                (a.to_bits() ^ b.to_bits()).checked_shr(free).unwrap_or(0) == 0
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                (a.to_bits() ^ b.to_bits()).checked_shr(free).unwrap_or(0) == 0
            }
            _ => false,
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        let Some((host, length)) = text.rsplit_once('/') else {
            return Err(format!("{} has no prefix length", quote(text)));
        };
        let address = address(host)?;
        let plain = is_digits(length) && (length == "0" || !length.starts_with('0'));
        length
            .parse()
            .ok()
            .filter(|_| plain)
            .and_then(|prefix| Self::new(address, prefix))
            .ok_or_else(|| {
                let most = longest(address);
                format!(
                    "{} in {} is no prefix length from 0 to {most}",
                    quote(length),
                    quote(text)
                )
            })
    }

    fn candidates(text: &str) -> Vec<String> {
        let compact = super::go_text::without_blanks(text);
        let (host, length) = compact.split_once('/').unwrap_or((&compact, ""));
        let mut all = vec![compact.clone()];
        for host in std::iter::once(host.to_owned()).chain(Ip::candidates(host)) {
            let Ok(address) = address(&host) else {
                continue;
            };
            let mask = length.parse::<Ipv4Addr>().ok().map(Ipv4Addr::to_bits);
            if let Some(mask) = mask.filter(|mask| mask.leading_ones() == mask.count_ones()) {
                all.push(format!("{host}/{}", mask.leading_ones()));
            }
            all.push(format!("{host}/{}", length.trim_start_matches(['0', '+'])));
            if length.is_empty() {
                all.push(format!("{host}/{}", longest(address)));
            }
        }
        all
    }
}

fn longest(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn address(text: &str) -> Result<IpAddr, String> {
    if text.contains(':') {
        text.parse::<Ipv6Addr>().map(IpAddr::V6).map_err(|_| {
            let reason = if text.contains('%') {
                "has a zone"
            } else {
                "is no IPv6 address"
            };
            format!("{} {reason}", quote(text))
        })
    } else {
        text.parse::<Ipv4Addr>()
            .map(IpAddr::V4)
            .map_err(|_| format!("{} is no IP address", quote(text)))
    }
}

impl fmt::Display for Ip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

impl From<Ip> for IpAddr {
    fn from(value: Ip) -> Self {
        value.0
    }
}

impl From<IpAddr> for Ip {
    fn from(value: IpAddr) -> Self {
        Self(value)
    }
}
