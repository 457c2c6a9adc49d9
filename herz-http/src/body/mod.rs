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
    // A request moves its body several times: what is not changed must not be larger for what
    // changed ones need.
    #[project = KindProjection]
    enum Kind<B> {
        Passed { #[pin] body: B },
        Changed { body: Box<Changed<B>> },
    }
}

enum Changed<B> {
    Whole(Bytes),
    /// What was gathered of a body before it proved too large, and the rest.
    Rejoined {
        gathered: VecDeque<Frame<Bytes>>,
        rest: B,
    },
    Slowed(Flowing<ChaosBody<B>>),
    Cut {
        told: bool,
    },
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

    /// The body that came, if nothing changes it.
    pub(crate) fn into_passed(self) -> Result<B, Self> {
        match self.kind {
            Kind::Passed { body } => Ok(body),
            kind @ Kind::Changed { .. } => Err(Self { kind }),
        }
    }

    fn changed(body: Changed<B>) -> Self {
        let body = Box::new(body);
        Self {
            kind: Kind::Changed { body },
        }
    }

    /// A body of these bytes.
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self::changed(Changed::Whole(bytes))
    }

    /// A body that fails at once.
    pub(crate) fn cut() -> Self {
        Self::changed(Changed::Cut { told: false })
    }

    pub(crate) fn rejoined(gathered: VecDeque<Frame<Bytes>>, rest: B) -> Self {
        Self::changed(Changed::Rejoined { gathered, rest })
    }

    /// The same body, slow or short.
    pub(crate) fn flowing(self, flow: Flow) -> Self {
        if flow.is_free() {
            return self;
        }
        Self::changed(Changed::Slowed(Flowing::new(self, flow)))
    }
}

impl<B> Body for ChaosBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    #[inline]
    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.project().kind.project() {
            KindProjection::Passed { body } => poll_inner(body, cx),
            KindProjection::Changed { body } => body.poll_frame(cx),
        }
    }

    #[inline]
    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Passed { body } => body.is_end_stream(),
            Kind::Changed { body } => body.is_end_stream(),
        }
    }

    #[inline]
    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Passed { body } => body.size_hint(),
            Kind::Changed { body } => body.size_hint(),
        }
    }
}

impl<B> Changed<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self {
            Self::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                let frame = bytes.has_remaining().then(|| Ok(Frame::data(bytes)));
                Poll::Ready(frame)
            }
            Self::Rejoined { gathered, rest } => match gathered.pop_front() {
                Some(frame) => Poll::Ready(Some(Ok(frame))),
                None => poll_inner(Pin::new(rest), cx),
            },
            Self::Slowed(body) => Pin::new(body).poll_frame(cx),
            Self::Cut { told } => {
                let error = (!std::mem::replace(told, true)).then(|| Err(Cut.into()));
                Poll::Ready(error)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_empty(),
            Self::Rejoined { gathered, rest } => gathered.is_empty() && rest.is_end_stream(),
            Self::Slowed(body) => body.is_end_stream(),
            Self::Cut { told } => *told,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Slowed(body) => body.size_hint(),
            // Nothing is promised: frames that are left may be trailers.
            Self::Rejoined { .. } | Self::Cut { .. } => SizeHint::default(),
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
            Kind::Changed { body } => match **body {
                Changed::Whole(_) => "ChaosBody::Whole",
                Changed::Rejoined { .. } => "ChaosBody::Rejoined",
                Changed::Slowed(_) => "ChaosBody::Slowed",
                Changed::Cut { .. } => "ChaosBody::Cut",
            },
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
        Kind::Changed { body } => match *body {
            Changed::Whole(bytes) => return Ok(bytes),
            other => return Err(ChaosBody::changed(other)),
        },
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
