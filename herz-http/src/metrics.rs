//! What happened, as Prometheus and OpenMetrics text: the answer to `GET /herz/metrics`.

use crate::chaos::Chaos;
use crate::rule::FaultType;
use crate::stats::{DELAY_BOUNDS, Delays};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response};

/// Path under which services answer with metrics.
pub const PATH: &str = "/herz/metrics";

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
const OPEN: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The metrics of one or several services of a process.
///
/// ```
/// use herz_http::{Chaos, metrics::Metrics};
///
/// let chaos = Chaos::builder().service("payment").build()?;
/// let metrics = Metrics::new([chaos]);
/// let text = metrics.answer(&http::HeaderMap::new()).into_body();
/// let line = "herz_config_generation{service=\"payment\"} 0\n";
/// assert!(String::from_utf8(text.to_vec()).unwrap().contains(line));
/// # Ok::<(), herz_http::ProductionRefused>(())
/// ```
///
/// With axum: `.route(metrics::PATH, get(move |headers: HeaderMap| async move { metrics.answer(&headers).map(Body::from) }))`.
#[derive(Debug, Clone)]
pub struct Metrics {
    services: Vec<Chaos>,
}

/// How the text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Prometheus,
    OpenMetrics,
}

impl Metrics {
    /// Of these services.
    pub fn new(services: impl IntoIterator<Item = Chaos>) -> Self {
        Self {
            services: services.into_iter().collect(),
        }
    }

    /// The answer to a request with these headers: OpenMetrics for who asks for it.
    pub fn answer(&self, headers: &HeaderMap) -> Response<Bytes> {
        let form = form(headers);
        let mut response = Response::new(Bytes::from(self.text(form)));
        let kind = match form {
            Form::Prometheus => TEXT,
            Form::OpenMetrics => OPEN,
        };
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    }

    fn text(&self, form: Form) -> String {
        let mut page = Page {
            form,
            out: String::new(),
        };
        page.head(
            "herz_chaos_active",
            "gauge",
            None,
            "Rules that are set, by what they do first.",
        );
        for chaos in &self.services {
            let active = chaos.active();
            for fault in FaultType::ALL {
                let count = active.iter().filter(|one| **one == fault).count();
                page.sample(
                    "herz_chaos_active",
                    &labels(chaos, Some(("type", fault.name()))),
                    count,
                );
            }
        }
        page.head(
            "herz_injections_total",
            "counter",
            None,
            "Requests and responses that were hit.",
        );
        for chaos in &self.services {
            for fault in FaultType::ALL {
                page.sample(
                    "herz_injections_total",
                    &labels(chaos, Some(("type", fault.name()))),
                    chaos.totals(fault).0,
                );
            }
        }
        page.head(
            "herz_injected_delay_seconds",
            "histogram",
            Some("seconds"),
            "Delays, as they were asked for and as they were observed.",
        );
        for chaos in &self.services {
            let (_, asked, observed) = chaos.totals(FaultType::Delay);
            for (measure, delays) in [("asked", asked), ("observed", observed)] {
                let labels = labels(chaos, Some(("measure", measure)));
                page.histogram("herz_injected_delay_seconds", &labels, &delays);
            }
        }
        page.head(
            "herz_config_generation",
            "gauge",
            None,
            "How often rules were exchanged.",
        );
        for chaos in &self.services {
            page.sample(
                "herz_config_generation",
                &labels(chaos, None),
                chaos.generation(),
            );
        }
        page.head(
            "herz_abort_seconds",
            "histogram",
            Some("seconds"),
            "Time that it took to take the rules of an experiment away.",
        );
        for chaos in &self.services {
            page.histogram("herz_abort_seconds", &labels(chaos, None), &chaos.aborts());
        }
        if form == Form::OpenMetrics {
            page.out.push_str("# EOF\n");
        }
        page.out
    }
}

/// The form that the header `Accept` prefers.
fn form(headers: &HeaderMap) -> Form {
    let weight = |kind: &str| {
        headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let found = parts.next()?;
                let fits = found.eq_ignore_ascii_case(kind);
                let weight = parts
                    .find_map(|part| part.strip_prefix("q="))
                    .map_or(Some(1.0), |q| q.parse::<f64>().ok())?;
                fits.then_some(weight)
            })
            .fold(0.0, f64::max)
    };
    let (open, text) = (weight("application/openmetrics-text"), weight("text/plain"));
    if open > 0.0 && open >= text {
        Form::OpenMetrics
    } else {
        Form::Prometheus
    }
}

/// `service="…",type="…"`.
fn labels(chaos: &Chaos, more: Option<(&str, &str)>) -> String {
    let mut value = String::new();
    for c in chaos.service().chars() {
        match c {
            '\\' => value.push_str("\\\\"),
            '"' => value.push_str("\\\""),
            '\n' => value.push_str("\\n"),
            c => value.push(c),
        }
    }
    let service = format!("service=\"{value}\"");
    match more {
        Some((name, value)) => format!("{service},{name}=\"{value}\""),
        None => service,
    }
}

struct Page {
    form: Form,
    out: String,
}

impl Page {
    fn head(&mut self, name: &str, kind: &str, unit: Option<&str>, help: &str) {
        // OpenMetrics names the family, Prometheus the sample.
        let name = match self.form {
            Form::OpenMetrics => name.strip_suffix("_total").unwrap_or(name),
            Form::Prometheus => name,
        };
        self.out
            .push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
        if let (Form::OpenMetrics, Some(unit)) = (self.form, unit) {
            self.out.push_str(&format!("# UNIT {name} {unit}\n"));
        }
    }

    fn sample(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        self.out.push_str(&format!("{name}{{{labels}}} {value}\n"));
    }

    fn histogram(&mut self, name: &str, labels: &str, delays: &Delays) {
        let mut below = 0;
        for (count, bound) in delays.buckets.iter().zip(DELAY_BOUNDS) {
            below += count;
            // Both forms read `1.0`; only one of them reads `1`.
            let labels = format!("{labels},le=\"{bound:?}\"");
            self.sample(&format!("{name}_bucket"), &labels, below);
        }
        let all = format!("{labels},le=\"+Inf\"");
        self.sample(&format!("{name}_bucket"), &all, delays.count);
        self.sample(&format!("{name}_sum"), labels, delays.total.as_secs_f64());
        self.sample(&format!("{name}_count"), labels, delays.count);
    }
}
