//! Experiments on connections as toxics.

use crate::{Effect, Toxic};
use herz::Text;
use herz::chaos_mesh::{Direction, NetworkChaosSpec, NetworkFault};
use herz::scalar::{GoDuration, Scalar};
use herz::types::read::Read;
use herz::v1alpha1::{ChaosExperimentSpec, LatencyDistribution, Protocol};
use herz_runtime::backend::Planning;
use herz_runtime::plan::Refusal;
use herz_runtime::{Experiment, Target};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Actions of `NetworkChaos` that a proxy can do.
pub(super) const ACTIONS: &[&str] = &["delay", "bandwidth", "partition"];

/// Toxics at one proxy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ToxicAction {
    /// Whose connections are hit: `namespace/name`.
    pub target: String,
    /// What happens to them.
    pub toxics: Vec<Toxic>,
}

impl fmt::Display for ToxicAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, toxic) in self.toxics.iter().enumerate() {
            let gap = if at == 0 { "" } else { "; " };
            write!(f, "{gap}{}", Words(toxic))?;
        }
        Ok(())
    }
}

struct Words<'a>(&'a Toxic);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.0.stream {
            crate::Stream::Upstream => "to the service",
            crate::Stream::Downstream => "to the client",
        };
        if self.0.toxicity < 1.0 {
            write!(f, "on {}% of connections: ", self.0.toxicity * 100.0)?;
        }
        match &self.0.effect {
            Effect::Latency { latency, jitter: 0 } => {
                write!(f, "bytes {way} come {latency}ms later")
            }
            Effect::Latency { latency, jitter } => {
                write!(
                    f,
                    "bytes {way} come {latency}ms later, give or take {jitter}ms"
                )
            }
            // The queue of a proxy is that of its sockets, whatever the spec says.
            Effect::Bandwidth { rate } => write!(
                f,
                "at most {rate} kB/s {way} (with the queues of the sockets, not `limit` and `buffer`)"
            ),
            Effect::Timeout { timeout: 0 } => write!(f, "nothing comes through {way}"),
            Effect::ResetPeer { timeout } => write!(f, "connections are reset after {timeout}ms"),
            other => write!(f, "{} {way}", other.name()),
        }
    }
}

pub(super) fn plan(
    experiment: &Experiment,
    target: &Target,
    cx: &Planning<'_>,
) -> Result<ToxicAction, Refusal> {
    let toxics = match experiment.kind.as_str() {
        "NetworkChaos" => network(&read(experiment)?, cx)?,
        "ChaosExperiment" => requests(&read(experiment)?)?,
        kind => {
            return Err(
                no(format!("{kind} acts on requests; this proxy carries bytes"))
                    .nearest("`protocol: http` for this target"),
            );
        }
    };
    Ok(ToxicAction {
        target: target.id(),
        toxics,
    })
}

fn no(message: impl Into<String>) -> Refusal {
    Refusal::unsupported(message)
}

fn read<T: Read>(experiment: &Experiment) -> Result<T, Refusal> {
    experiment.read().map_err(|found| {
        let words: Vec<String> = found.iter().map(ToString::to_string).collect();
        no(format!(
            "the spec does not fit its kind: {}",
            words.join("; ")
        ))
    })
}

fn network(spec: &NetworkChaosSpec, cx: &Planning<'_>) -> Result<Vec<Toxic>, Refusal> {
    for (field, there) in [
        ("target", spec.target.is_some() || !cx.peers.is_empty()),
        ("externalTargets", spec.external_targets.is_some()),
        ("device", spec.device.is_some()),
    ] {
        if there {
            return Err(no(format!(
                "spec.{field}: a proxy can't tell its clients apart, it hits all of them"
            ))
            .nearest("leave it out, or a target of type `netns`"));
        }
    }
    let effect = match spec.fault() {
        Ok(NetworkFault::Delay(delay)) => {
            if delay.reorder.is_some() || filled(delay.correlation.as_ref()) {
                return Err(
                    no("spec.delay: a proxy can neither reorder nor correlate packets")
                        .nearest("`latency` and `jitter`"),
                );
            }
            Effect::Latency {
                latency: millis("spec.delay.latency", &delay.latency)?,
                jitter: delay
                    .jitter
                    .as_ref()
                    .map_or(Ok(0), |text| millis("spec.delay.jitter", text))?,
            }
        }
        Ok(NetworkFault::Bandwidth(bandwidth)) => {
            let rate = bandwidth
                .rate
                .get()
                .map_err(|error| no(format!("spec.bandwidth.rate: {error}")))?;
            Effect::Bandwidth {
                rate: kilobytes(rate.bytes_per_second())?,
            }
        }
        Ok(NetworkFault::Partition) => Effect::Timeout { timeout: 0 },
        _ => {
            return Err(
                no("a proxy sees bytes, not packets: it can't lose or damage them")
                    .nearest("delay, bandwidth, partition"),
            );
        }
    };
    let (to_client, to_service) = match &spec.direction {
        // Packets that the service sends go to the client.
        None | Some(Direction::To) => (true, false),
        Some(Direction::FromType) => (false, true),
        Some(Direction::Both) => (true, true),
        Some(Direction::Other(other)) => {
            return Err(no(format!("spec.direction: `{other}` is no direction")));
        }
    };
    let mut toxics = Vec::new();
    if to_client {
        toxics.push(Toxic::new(effect.clone()));
    }
    if to_service {
        toxics.push(Toxic::new(effect).upstream());
    }
    Ok(toxics)
}

fn filled<T: Scalar>(text: Option<&Text<T>>) -> bool {
    text.is_some_and(|text| !matches!(text.as_str(), "" | "0"))
}

fn millis(at: &str, text: &Text<GoDuration>) -> Result<u64, Refusal> {
    let time = text.get().map_err(|error| no(format!("{at}: {error}")))?;
    whole_millis(
        at,
        Duration::from_nanos(u64::try_from(time.nanos()).unwrap_or_default()),
    )
}

fn whole_millis(at: &str, time: Duration) -> Result<u64, Refusal> {
    if !time.subsec_nanos().is_multiple_of(1_000_000) {
        return Err(no(format!(
            "{at}: a proxy delays bytes by whole milliseconds"
        )));
    }
    u64::try_from(time.as_millis()).map_err(|_| no(format!("{at} is too long")))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value was looked at"
)]
fn kilobytes(bytes: f64) -> Result<u64, Refusal> {
    let thousands = bytes / 1000.0;
    if !(1.0..1e15).contains(&thousands) || thousands.fract() != 0.0 {
        return Err(no(format!(
            "spec.bandwidth.rate: a proxy counts in whole kB/s, this is {bytes} B/s"
        )));
    }
    Ok(thousands as u64)
}

fn requests(spec: &ChaosExperimentSpec) -> Result<Vec<Toxic>, Refusal> {
    if !matches!(spec.target, Protocol::Tcp) {
        return Err(
            no("spec.target: this proxy carries bytes and knows no requests")
                .nearest("`protocol: http` for this target, or `target: tcp`"),
        );
    }
    if spec.scope.is_some() {
        return Err(no(
            "spec.scope: connections have no headers, methods and paths",
        ));
    }
    if !matches!(spec.distribution, None | Some(LatencyDistribution::Uniform)) {
        return Err(no("spec.distribution: bytes are delayed uniformly").nearest("uniform"));
    }
    let time = |at: &str, text: &Option<Text<herz::scalar::Duration>>| match text {
        None => Ok(0),
        Some(text) => {
            let time = text.get().map_err(|error| no(format!("{at}: {error}")))?;
            whole_millis(at, Duration::from_nanos(time.nanos()))
        }
    };
    let latency = match spec.latency_ms {
        Some(ms) => u64::try_from(ms).unwrap_or_default(),
        None => time("spec.latency", &spec.latency)?,
    };
    let jitter = time("spec.jitter", &spec.jitter)?;
    let effect = if spec.abort == Some(true) {
        Effect::ResetPeer { timeout: latency }
    } else {
        Effect::Latency { latency, jitter }
    };
    let share = spec.probability.unwrap_or(1.0);
    let toxic = Toxic::new(effect).upstream().with_toxicity(share);
    let toxic = toxic
        .checked()
        .map_err(|error| no(format!("spec.probability: {error}")))?;
    Ok(vec![toxic])
}
