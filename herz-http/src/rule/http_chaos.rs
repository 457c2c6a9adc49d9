//! Rules of `HTTPChaos`, with the meaning that Chaos Mesh's proxy gives them.

use super::spec::{Refusal, refusal};
use super::{BodyChange, Change, End, Rule, Scope, Side, Wildcard};
use crate::timing::Delay;
use bytes::Bytes;
use herz::chaos_mesh::{HttpChaos, HttpPatch, HttpReplace, HttpSide};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use std::collections::BTreeMap;
use std::time::Duration;

pub(super) fn rules(name: &str, chaos: &HttpChaos) -> Result<Vec<Rule>, Refusal> {
    let Some(spec) = &chaos.spec else {
        return refusal("spec", "is missing");
    };
    let side = match &spec.target {
        HttpSide::Request => Side::Request,
        HttpSide::Response => Side::Response,
        HttpSide::Other(other) => {
            return refusal(
                "spec.target",
                format!("`{other}` is no side of an exchange"),
            );
        }
    };
    if spec.tls.is_some() {
        return refusal(
            "spec.tls",
            "certificates lie in Secrets of a cluster; in a service, TLS is ended before the layer",
        );
    }
    let mut rule = Rule::new(name);
    rule.side = side;
    rule.scope = Scope {
        port: spec.port.and_then(|p| u16::try_from(p).ok()),
        paths: filled(spec.path.as_deref())
            .map(Wildcard::new)
            .into_iter()
            .collect(),
        calls: Vec::new(),
        methods: match filled(spec.method.as_deref()) {
            Some(text) => vec![method("spec.method", text)?],
            None => Vec::new(),
        },
        headers: headers("spec.request_headers", spec.request_headers.as_ref())?,
        status: match spec.code.filter(|c| *c != 0) {
            Some(code) => Some(status("spec.code", code)?),
            None => None,
        },
        response_headers: headers("spec.response_headers", spec.response_headers.as_ref())?,
    };
    if let Some(text) = spec.delay.as_ref().filter(|d| !d.is_empty()) {
        let nanos = match text.get() {
            Ok(delay) => delay.nanos(),
            Err(error) => return refusal("spec.delay", error.to_string()),
        };
        // A negative delay is none, as it is for the proxy of Chaos Mesh.
        let time = Duration::from_nanos(u64::try_from(nanos).unwrap_or_default());
        rule.delay = Some(Delay::new(time)).filter(|d| !d.is_zero());
    }
    if spec.abort == Some(true) {
        rule.end = Some(End::Abort);
    }
    if let Some(replace) = &spec.replace {
        rule.change = replaced(side, replace)?;
    }
    if let Some(patch) = &spec.patch {
        patched(patch, &mut rule.change)?;
    }
    Ok(vec![rule])
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|t| !t.is_empty())
}

fn replaced(side: Side, replace: &HttpReplace) -> Result<Change, Refusal> {
    let at = |field: &str| format!("spec.replace.{field}");
    let mut change = Change::default();
    if let Some(path) = filled(replace.path.as_deref()) {
        if !path.starts_with('/') || http::uri::PathAndQuery::try_from(path).is_err() {
            return refusal(&at("path"), format!("`{path}` is no path: write `/…`"));
        }
        change.path = Some(path.to_owned());
    }
    if let Some(text) = filled(replace.method.as_deref()) {
        change.method = Some(method(&at("method"), text)?);
    }
    if let Some(code) = replace.code.filter(|c| *c != 0) {
        change.status = Some(status(&at("code"), code)?);
    }
    if let Some(body) = replace.body.as_ref().filter(|b| !b.is_empty()) {
        match body.decode() {
            Ok(bytes) => change.body = Some(BodyChange::Replace(Bytes::from(bytes))),
            Err(error) => return refusal(&at("body"), error.to_string()),
        }
    }
    change.set_headers = headers(&at("headers"), replace.headers.as_ref())?;
    let queries = replace.queries.iter().flatten();
    change.set_queries = queries.map(|(n, v)| (n.clone(), v.clone())).collect();
    let wrong = match side {
        Side::Request => change.status.is_some().then_some("code"),
        Side::Response if change.path.is_some() => Some("path"),
        Side::Response if change.method.is_some() => Some("method"),
        Side::Response if !change.set_queries.is_empty() => Some("queries"),
        Side::Response => None,
    };
    if let Some(field) = wrong {
        // The platform ignores it in silence; a fault that does not happen is worse than an error.
        let (has, other) = match side {
            Side::Request => ("request", "Response"),
            Side::Response => ("response", "Request"),
        };
        let reason = format!("a {has} has none: this needs `target: {other}`");
        return refusal(&at(field), reason);
    }
    Ok(change)
}

fn patched(patch: &HttpPatch, change: &mut Change) -> Result<(), Refusal> {
    if let Some(body) = &patch.body {
        if body.r#type != "JSON" {
            let reason = format!("`{}` is not known: only `JSON` is", body.r#type);
            return refusal("spec.patch.body.type", reason);
        }
        match serde_json::from_str(&body.value) {
            // A body that is replaced is patched afterwards, before it is sent.
            Ok(value) => change.body = Some(both(change.body.take(), value)),
            Err(error) => return refusal("spec.patch.body.value", format!("is no JSON: {error}")),
        }
    }
    for (index, pair) in patch.headers.iter().flatten().enumerate() {
        let at = format!("spec.patch.headers[{index}]");
        let (name, value) = two(&at, pair)?;
        change.add_headers.push(header(&at, name, value)?);
    }
    for (index, pair) in patch.queries.iter().flatten().enumerate() {
        let (name, value) = two(&format!("spec.patch.queries[{index}]"), pair)?;
        change.add_queries.push((name.to_owned(), value.to_owned()));
    }
    Ok(())
}

fn both(before: Option<BodyChange>, patch: serde_json::Value) -> BodyChange {
    if let Some(BodyChange::Replace(bytes)) = before {
        let merged = super::merge(&http::HeaderMap::new(), &bytes, &patch);
        return BodyChange::Replace(merged.unwrap_or(bytes));
    }
    BodyChange::Merge(patch)
}

fn two<'a>(at: &str, pair: &'a [String]) -> Result<(&'a str, &'a str), Refusal> {
    match pair {
        [name, value] => Ok((name, value)),
        _ => refusal(
            at,
            format!("a pair is a name and a value, found {}", pair.len()),
        ),
    }
}

pub(super) fn method(at: &str, text: &str) -> Result<Method, Refusal> {
    Method::from_bytes(text.as_bytes())
        .or_else(|_| refusal(at, format!("`{text}` is no method of HTTP")))
}

pub(super) fn status(at: &str, code: i32) -> Result<StatusCode, Refusal> {
    let status = u16::try_from(code)
        .ok()
        .and_then(|c| StatusCode::from_u16(c).ok());
    status.map_or_else(|| refusal(at, format!("{code} is no status of HTTP")), Ok)
}

pub(super) fn header(
    at: &str,
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), Refusal> {
    let Ok(wire) = HeaderName::try_from(name) else {
        return refusal(at, format!("`{name}` is no name of a header"));
    };
    match HeaderValue::try_from(value) {
        Ok(value) => Ok((wire, value)),
        Err(_) => refusal(at, format!("the value of `{name}` can't stand in a header")),
    }
}

pub(super) fn headers(
    at: &str,
    all: Option<&BTreeMap<String, String>>,
) -> Result<Vec<(HeaderName, HeaderValue)>, Refusal> {
    let all = all.into_iter().flatten();
    all.map(|(name, value)| header(&format!("{at}.{name}"), name, value))
        .collect()
}
