//! Bodies of messages that went through a layer.

mod flow;

use crate::BoxError;
use bytes::{Buf, Bytes};
use flow::Flowing;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::rule::Flow;

pin_project! {
    /// A body that may have been touched. Most pass as they were.
    pub struct ChaosBody<B> {
        #[pin]
        kind: Kind<B>,
    }
}

pin_project! {
    #[project = KindProjection]
    enum Kind<B> {
        Passed { #[pin] body: B },
        Whole { bytes: Bytes },
        // What was gathered of a body before it proved too large, and the rest.
        Rejoined { gathered: VecDeque<Frame<Bytes>>, #[pin] rest: B },
        Slowed { #[pin] body: Flowing<Box<ChaosBody<B>>> },
        Cut { told: bool },
    }
}

/// The connection is cut: what a server does with a body that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut by a chaos experiment")
    }
}

impl std::error::Error for Cut {}

impl<B> ChaosBody<B> {
    /// A body as it came.
    pub(crate) const fn passed(body: B) -> Self {
        Self {
            kind: Kind::Passed { body },
        }
    }

    /// A body of these bytes.
    pub(crate) const fn whole(bytes: Bytes) -> Self {
        Self {
            kind: Kind::Whole { bytes },
        }
    }

    /// A body that fails at once.
    pub(crate) const fn cut() -> Self {
        Self {
            kind: Kind::Cut { told: false },
        }
    }

    pub(crate) const fn rejoined(gathered: VecDeque<Frame<Bytes>>, rest: B) -> Self {
        Self {
            kind: Kind::Rejoined { gathered, rest },
        }
    }

    /// The same body, slow or short.
    pub(crate) fn flowing(self, flow: Flow) -> Self {
        if flow.is_free() {
            return self;
        }
        let body = Flowing::new(Box::new(self), flow);
        Self {
            kind: Kind::Slowed { body },
        }
    }
}

impl<B> Body for ChaosBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.project().kind.project() {
            KindProjection::Passed { body } => poll_inner(body, cx),
            KindProjection::Whole { bytes } => {
                let bytes = std::mem::take(bytes);
                let frame = bytes.has_remaining().then(|| Ok(Frame::data(bytes)));
                Poll::Ready(frame)
            }
            KindProjection::Rejoined { gathered, rest } => match gathered.pop_front() {
                Some(frame) => Poll::Ready(Some(Ok(frame))),
                None => poll_inner(rest, cx),
            },
            KindProjection::Slowed { body } => body.poll_frame(cx),
            KindProjection::Cut { told } => {
                let error = (!std::mem::replace(told, true)).then(|| Err(Cut.into()));
                Poll::Ready(error)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Passed { body } => body.is_end_stream(),
            Kind::Whole { bytes } => bytes.is_empty(),
            Kind::Rejoined { gathered, rest } => gathered.is_empty() && rest.is_end_stream(),
            Kind::Slowed { body } => body.is_end_stream(),
            Kind::Cut { told } => *told,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Passed { body } => body.size_hint(),
            Kind::Whole { bytes } => SizeHint::with_exact(bytes.len() as u64),
            Kind::Slowed { body } => body.size_hint(),
            // Nothing is promised: frames that are left may be trailers.
            Kind::Rejoined { .. } | Kind::Cut { .. } => SizeHint::default(),
        }
    }
}

fn poll_inner<B>(
    body: Pin<&mut B>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Frame<Bytes>, BoxError>>>
where
    B: Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    body.poll_frame(cx)
        .map(|f| f.map(|f| f.map_err(Into::into)))
}

impl<B> fmt::Debug for ChaosBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.kind {
            Kind::Passed { .. } => "ChaosBody::Passed",
            Kind::Whole { .. } => "ChaosBody::Whole",
            Kind::Rejoined { .. } => "ChaosBody::Rejoined",
            Kind::Slowed { .. } => "ChaosBody::Slowed",
            Kind::Cut { .. } => "ChaosBody::Cut",
        })
    }
}

/// A body gathered up to a limit: its bytes, or the body again if it is larger, fails, or has
/// more than data.
pub(crate) async fn gather<B>(body: ChaosBody<B>, limit: usize) -> Result<Bytes, ChaosBody<B>>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    use http_body_util::BodyExt;
    let mut body = match body.kind {
        Kind::Passed { body } => body,
        Kind::Whole { bytes } => return Ok(bytes),
        kind => return Err(ChaosBody { kind }),
    };
    let mut frames = VecDeque::new();
    let mut length = 0_usize;
    loop {
        match body.frame().await {
            None => break,
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map(Bytes::len);
                length = length.saturating_add(bytes.unwrap_or_default());
                frames.push_back(frame);
                if bytes.is_none() || length > limit {
                    return Err(ChaosBody::rejoined(frames, body));
                }
            }
            // What came before is sent, and then the client sees it break off, as it did.
            Some(Err(_)) => return Err(ChaosBody::cut()),
        }
    }
    let mut whole = Vec::with_capacity(length);
    for frame in frames {
        if let Ok(data) = frame.into_data() {
            whole.extend_from_slice(&data);
        }
    }
    Ok(Bytes::from(whole))
}
