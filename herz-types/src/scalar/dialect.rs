//! The list of dialects and what each says about itself.

use super::grammar::Info;
use super::{
    ByteSize, ChaosdCorrelation, ChaosdPercent, ChaosdSize, Cidr, Cron, Dns1123, DockerSize,
    Duration, GoDuration, GoFloat, GoInteger, GoUrl, Hostname, Ip, Percent, Quantity, Rate, Regex,
    StatusCode, TcRate, Timestamp, Url,
};
use super::{Magnitude, PatternFit, Sample, Scalar, ScalarError};
use serde::{Deserialize, Serialize};

/// Whose grammar a text follows. The name in the schema language stands in [`Dialect::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dialect {
    /// `duration`: Herz' own, `1m30s`; units ns us ms s m h, no sign, at least one unit.
    Duration,
    /// `duration(go)`: Go's `time.ParseDuration`, signed, `0` without a unit.
    DurationGo,
    /// `percent`: Herz' own, `5%` or `0.1%`, 0 to 100.
    Percent,
    /// `percent(go)`: a bare number as Go's `strconv.ParseFloat(s, 32)` reads it; no range.
    PercentGo,
    /// `percent(chaosd)`: a bare number over 0, at most 100 (NaN slips through, as in chaosd).
    PercentChaosd,
    /// `percent(chaosd-correlation)`: a bare number from 0 to 100.
    CorrelationChaosd,
    /// `byteSize`: Herz' own, `64MiB`, `1.5GB`, `512B`.
    ByteSize,
    /// `byteSize(docker)`: `N%` with N 0..100, or docker's `FromHumanSize`.
    ByteSizeDocker,
    /// `byteSize(chaosd)`: alecthomas/units as chaosd tries it.
    ByteSizeChaosd,
    /// `rate`: Herz' own, `10mbit`, `1MB/s`.
    Rate,
    /// `rate(tc)`: whole number and a unit of bits (bit, kbit, …) or bytes (bps, kbps, …) a second.
    RateTc,
    /// `ip`: an IPv4 or IPv6 address.
    Ip,
    /// `cidr`: an address and a prefix length.
    Cidr,
    /// `hostname`: RFC 1123, at most 253 characters.
    Hostname,
    /// `hostname(dns1123)`: a DNS-1123 subdomain in lower case, as Kubernetes names objects.
    Dns1123,
    /// `cron`: robfig/cron v3 with optional seconds, time zone prefix, descriptors, `@every`.
    Cron,
    /// `timestamp`: RFC 3339.
    Timestamp,
    /// `quantity`: a Kubernetes quantity, `250m`, `1Gi`.
    Quantity,
    /// `regex`: a regular expression in the portable subset.
    Regex,
    /// `url`: an absolute URL with scheme and host.
    Url,
    /// `url(go)`: Go's `url.ParseRequestURI`: an absolute URI or an absolute path.
    UrlGo,
    /// `integer(go)`: a whole number as text, as Go's `strconv.Atoi` reads it.
    IntegerGo,
    /// `statusCode`: an HTTP status 1..999 or a range `A-B` of two.
    StatusCode,
}

/// Each dialect and its type, in the order of the enum.
macro_rules! dialects {
    ($($dialect:ident => $type:ident,)*) => {
        impl Dialect {
            /// Every dialect, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$dialect),*];

            const fn info(self) -> &'static Info {
                match self {
                    $(Self::$dialect => &$type::INFO,)*
                }
            }

            /// Reads a text; gives how much it says.
            ///
            /// The empty text is refused unless the grammar itself has it; `dialect?` in a schema
            /// is the caller's concern.
            pub fn parse(self, text: &str) -> Result<Magnitude, ScalarError> {
                match self {
                    $(Self::$dialect => $type::parse(text).map(|value| value.magnitude()),)*
                }
            }

            /// Reads a text; gives the canonical text of the same value.
            pub fn canonical(self, text: &str) -> Result<String, ScalarError> {
                match self {
                    $(Self::$dialect => $type::parse(text).map(|value| value.to_string()),)*
                }
            }
        }
    };
}

dialects! {
    Duration => Duration,
    DurationGo => GoDuration,
    Percent => Percent,
    PercentGo => GoFloat,
    PercentChaosd => ChaosdPercent,
    CorrelationChaosd => ChaosdCorrelation,
    ByteSize => ByteSize,
    ByteSizeDocker => DockerSize,
    ByteSizeChaosd => ChaosdSize,
    Rate => Rate,
    RateTc => TcRate,
    Ip => Ip,
    Cidr => Cidr,
    Hostname => Hostname,
    Dns1123 => Dns1123,
    Cron => Cron,
    Timestamp => Timestamp,
    Quantity => Quantity,
    Regex => Regex,
    Url => Url,
    UrlGo => GoUrl,
    IntegerGo => GoInteger,
    StatusCode => StatusCode,
}

impl Dialect {
    /// Its name in schemas: `duration(go)`.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The dialect of a name as schemas write it.
    ///
    /// ```
    /// use herz_types::scalar::Dialect;
    /// assert_eq!(Dialect::from_name("rate(tc)"), Some(Dialect::RateTc));
    /// assert_eq!(Dialect::from_name("rate(TC)"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|dialect| dialect.name() == name)
    }

    /// What it is, in a few words.
    pub const fn title(self) -> &'static str {
        self.info().title
    }

    /// Its grammar as EBNF-like text, and what a text means.
    pub const fn grammar(self) -> &'static str {
        self.info().grammar
    }

    /// What is allowed, as a short phrase for messages.
    pub const fn allowed(self) -> &'static str {
        self.info().allowed
    }

    /// Name of the Rust type that holds its values.
    pub const fn rust_type(self) -> &'static str {
        self.info().rust_type
    }

    /// A regular expression in the portable subset, and how well it fits.
    ///
    /// A JSON Schema or CRD can carry it where nothing better is at hand.
    pub const fn pattern(self) -> Option<(&'static str, PatternFit)> {
        self.info().pattern
    }

    /// The table of accepted and refused texts that every implementation is tested with.
    pub const fn samples(self) -> &'static [Sample] {
        self.info().samples
    }
}

impl std::fmt::Display for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
