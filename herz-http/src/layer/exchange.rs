//! One exchange that rules are about: request, service, response.

use super::MapBody;
use crate::BoxError;
use crate::body::{ChaosBody, Cut, gather};
use crate::chaos::ActiveRule;
use crate::rule::{BodyChange, End, Flow, fit_length, merge};
use crate::stats::count;
use crate::timing::sleep;
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body::Body;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_service::Service;

/// The rules that hit a message, each with the delay that it drew.
#[derive(Debug, Default)]
pub(super) struct Hits(Vec<(Arc<ActiveRule>, Duration)>);

impl Hits {
    /// Throws the dice of each rule.
    pub(super) fn of<'a>(rules: impl Iterator<Item = &'a Arc<ActiveRule>>) -> Self {
        let mut hits = Vec::new();
        for active in rules {
            count(&active.counters.matched);
            let mut draw = active.dice.draw();
            if active.rule.share.hits(&mut draw) {
                count(&active.counters.hit);
                count(&active.totals.hits);
                let delay = active.rule.delay.map(|d| d.draw(&mut draw));
                hits.push((Arc::clone(active), delay.unwrap_or_default()));
            }
        }
        Self(hits)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Waits as long as every rule says, one after the other, until one ends the message.
    async fn delay_and_end(&self) -> Option<&End> {
        for (active, delay) in &self.0 {
            if !delay.is_zero() {
                let start = Instant::now();
                sleep(*delay).await;
                let observed = start.elapsed();
                active.counters.asked.add(*delay);
                active.counters.observed.add(observed);
                active.totals.asked.add(*delay);
                active.totals.observed.add(observed);
            }
            if let Some(end) = &active.rule.end {
                return Some(end);
            }
        }
        None
    }

    /// Changes a body and makes the headers fit it.
    async fn change_body<B>(
        &self,
        headers: &mut HeaderMap,
        mut body: ChaosBody<B>,
        limit: usize,
    ) -> ChaosBody<B>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<BoxError>,
    {
        let mut flow = Flow::default();
        for (active, _) in &self.0 {
            let bytes = match &active.rule.change.body {
                None => None,
                Some(BodyChange::Replace(bytes)) => {
                    headers.remove(http::header::CONTENT_ENCODING);
                    Some(bytes.clone())
                }
                Some(BodyChange::Merge(patch)) => match gather(body, limit).await {
                    Ok(bytes) => {
                        let merged = merge(headers, &bytes, patch);
                        if merged.is_none() {
                            count(&active.counters.unpatched);
                        }
                        body = ChaosBody::whole(bytes);
                        merged
                    }
                    Err(large) => {
                        count(&active.counters.unpatched);
                        body = large;
                        None
                    }
                },
            };
            if let Some(bytes) = bytes {
                fit_length(headers, bytes.len());
                body = ChaosBody::whole(bytes);
            }
            let least = |a: Option<u64>, b: Option<u64>| a.into_iter().chain(b).min();
            let other = active.rule.flow;
            flow = Flow {
                bytes_per_second: least(flow.bytes_per_second, other.bytes_per_second),
                cut_after: least(flow.cut_after, other.cut_after),
            };
        }
        body.flowing(flow)
    }
}

/// Leads one exchange through the rules that hit it.
pub(super) async fn run<S, M, B, R>(
    mut inner: S,
    map: M,
    request: Request<B>,
    hits: Hits,
    waiting: Vec<Arc<ActiveRule>>,
    limit: usize,
) -> Result<Response<ChaosBody<R>>, S::Error>
where
    M: MapBody<B>,
    S: Service<Request<M::Body>, Response = Response<R>>,
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
    R: Body<Data = Bytes> + Unpin,
    R::Error: Into<BoxError>,
{
    if let Some(end) = hits.delay_and_end().await {
        return Ok(ended(end));
    }
    let (mut head, body) = request.into_parts();
    for (active, _) in &hits.0 {
        active.rule.change.request(&mut head);
    }
    let body = hits
        .change_body(&mut head.headers, ChaosBody::passed(body), limit)
        .await;
    let request = Request::from_parts(head, map.map(body));
    let response = inner.call(request).await?;

    let fitting = waiting.iter().filter(|active| {
        let scope = &active.rule.scope;
        scope.fits_response(response.status(), response.headers())
    });
    let hits = Hits::of(fitting);
    if hits.is_empty() {
        return Ok(response.map(ChaosBody::passed));
    }
    if let Some(end) = hits.delay_and_end().await {
        return Ok(ended(end));
    }
    let (mut head, body) = response.into_parts();
    for (active, _) in &hits.0 {
        active.rule.change.response(&mut head);
    }
    let body = hits
        .change_body(&mut head.headers, ChaosBody::passed(body), limit)
        .await;
    Ok(Response::from_parts(head, body))
}

/// The response to a message that did not go on.
fn ended<R>(end: &End) -> Response<ChaosBody<R>> {
    match end {
        End::Reply(reply) => reply.response().map(ChaosBody::whole),
        End::Abort => {
            // A layer has no connection to cut. A body that fails at once makes servers of
            // HTTP/1 close it before the head is sent, and servers of HTTP/2 reset the stream.
            let mut response = Response::new(ChaosBody::cut());
            response.extensions_mut().insert(Cut);
            response
        }
    }
}
