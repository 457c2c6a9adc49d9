//! Rules of `ChaosExperiment`.

use super::http_chaos::{headers, method, status};
use super::spec::{Refusal, refusal};
use super::{End, Reply, Rule, Scope, Wildcard};
use crate::chance::Share;
use crate::timing::{Delay, Spread};
use herz::scalar::Text;
use herz::v1alpha1::{
    ChaosExperiment, ChaosExperimentSpec, ErrorReply, GrpcCode, LatencyDistribution, Protocol,
};
use std::time::Duration;

pub(super) fn rules(name: &str, experiment: &ChaosExperiment) -> Result<Vec<Rule>, Refusal> {
    let spec = &experiment.spec;
    let mut rule = Rule::new(name);
    match &spec.target {
        Protocol::Http | Protocol::Grpc => {}
        Protocol::Tcp => {
            let reason = "a connection is cut or slowed by a proxy, not between request and answer";
            return refusal("spec.target", reason);
        }
        Protocol::Other(other) => {
            return refusal(
                "spec.target",
                format!("`{other}` is no protocol that is known"),
            );
        }
    }
    rule.scope = scope(spec)?;
    if let Some(share) = spec.probability {
        match Share::new(share) {
            Some(share) => rule.share = share,
            None => return refusal("spec.probability", "must be from 0 to 1"),
        }
    }
    rule.seed = spec.seed.map_or_else(fresh_seed, i64::cast_unsigned);
    rule.delay = delay(spec)?;
    if spec.abort == Some(true) {
        rule.end = Some(End::Abort);
    }
    if let Some(error) = &spec.error {
        rule.end = Some(End::Reply(reply(spec, error)?));
    }
    Ok(vec![rule])
}

/// A seed that nobody chose.
fn fresh_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

fn scope(spec: &ChaosExperimentSpec) -> Result<Scope, Refusal> {
    let Some(scope) = &spec.scope else {
        return Ok(Scope::default());
    };
    let mut found = Scope {
        paths: scope.paths.iter().flatten().map(Wildcard::new).collect(),
        headers: headers("spec.scope.headers", scope.headers.as_ref())?,
        ..Scope::default()
    };
    for (index, text) in scope.methods.iter().flatten().enumerate() {
        // Methods of gRPC have a service before them: they are paths on the wire.
        if matches!(spec.target, Protocol::Grpc) {
            let path = text.strip_prefix('/').unwrap_or(text);
            found.calls.push(Wildcard::new(format!("/{path}")));
        } else {
            let at = format!("spec.scope.methods[{index}]");
            found.methods.push(method(&at, text)?);
        }
    }
    Ok(found)
}

fn time(at: &str, text: &Text<herz::scalar::Duration>) -> Result<Duration, Refusal> {
    match text.get() {
        Ok(time) => Ok(Duration::from_nanos(time.nanos())),
        Err(error) => refusal(at, error.to_string()),
    }
}

fn delay(spec: &ChaosExperimentSpec) -> Result<Option<Delay>, Refusal> {
    let middle = match (&spec.latency, spec.latency_ms) {
        (Some(text), _) => time("spec.latency", text)?,
        (None, Some(ms)) => Duration::from_millis(u64::try_from(ms).unwrap_or_default()),
        (None, None) => return Ok(None),
    };
    let mut delay = Delay::new(middle);
    if let Some(text) = &spec.jitter {
        let spread = match &spec.distribution {
            None | Some(LatencyDistribution::Uniform) => Spread::Uniform,
            Some(LatencyDistribution::Normal) => Spread::Normal,
            Some(LatencyDistribution::Pareto) => Spread::Pareto,
            Some(LatencyDistribution::Other(other)) => {
                return refusal("spec.distribution", format!("`{other}` is not known"));
            }
        };
        delay = delay.with_jitter(time("spec.jitter", text)?, spread);
    }
    Ok(Some(delay).filter(|d| !d.is_zero()))
}

fn reply(spec: &ChaosExperimentSpec, error: &ErrorReply) -> Result<Reply, Refusal> {
    if matches!(spec.target, Protocol::Grpc) {
        let Some(code) = &error.code else {
            return refusal("spec.error.code", "is missing");
        };
        let number = grpc_number(code)?;
        return Ok(Reply::grpc(
            number,
            error.message.as_deref().unwrap_or_default(),
        ));
    }
    let Some(code) = error.status else {
        return refusal("spec.error.status", "is missing");
    };
    let mut reply = Reply::http(status("spec.error.status", code)?);
    for (name, value) in headers("spec.error.headers", error.headers.as_ref())? {
        reply = reply.with_header(name, value);
    }
    if let Some(text) = &error.retry_after {
        reply = reply.with_retry_after(time("spec.error.retryAfter", text)?);
    }
    if let Some(body) = &error.body {
        reply = reply.with_body(body.clone());
    }
    Ok(reply)
}

fn grpc_number(code: &GrpcCode) -> Result<u8, Refusal> {
    Ok(match code {
        GrpcCode::Cancelled => 1,
        GrpcCode::Unknown => 2,
        GrpcCode::InvalidArgument => 3,
        GrpcCode::DeadlineExceeded => 4,
        GrpcCode::NotFound => 5,
        GrpcCode::AlreadyExists => 6,
        GrpcCode::PermissionDenied => 7,
        GrpcCode::ResourceExhausted => 8,
        GrpcCode::FailedPrecondition => 9,
        GrpcCode::Aborted => 10,
        GrpcCode::OutOfRange => 11,
        GrpcCode::Unimplemented => 12,
        GrpcCode::Internal => 13,
        GrpcCode::Unavailable => 14,
        GrpcCode::DataLoss => 15,
        GrpcCode::Unauthenticated => 16,
        GrpcCode::Other(other) => {
            return refusal("spec.error.code", format!("`{other}` is no code of gRPC"));
        }
    })
}
