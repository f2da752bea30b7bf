//! A body that is written while it is read: for downloads of any length and for streams without end. The writer waits
//! for a slow reader, and learns when the reader has gone.

use axum::body::{Body, Bytes};
use futures_core::Stream;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// Pieces that may wait for the reader.
const WAITING: usize = 8;

/// The reader's end.
struct Pipe(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pipe {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// The writer's end. Dropping it ends the body.
#[derive(Debug)]
pub(crate) struct Writer(mpsc::Sender<io::Result<Bytes>>);

impl Writer {
    /// Sends a piece; false when the reader has gone.
    pub(crate) async fn send(&self, piece: impl Into<Bytes>) -> bool {
        self.0.send(Ok(piece.into())).await.is_ok()
    }

    /// Breaks the body off, so that nobody takes half of it for the whole.
    pub(crate) async fn fail(self, why: impl std::fmt::Display) {
        let _ = self.0.send(Err(io::Error::other(why.to_string()))).await;
    }

    /// Ends when the reader has gone.
    pub(crate) async fn gone(&self) {
        self.0.closed().await;
    }
}

/// A body and who writes it.
pub(crate) fn pipe() -> (Writer, Body) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (Writer(sender), Body::from_stream(Pipe(receiver)))
}
