//! Texts with a grammar: one dialect, one parser, one table of accepted and refused texts.

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
