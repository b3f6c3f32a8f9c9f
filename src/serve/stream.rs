//! A connection's stream, which tells of what goes through it.

use super::pulse::{Pulse, Wait};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A stream and who is told.
pub(super) struct Stream {
    pub(super) tcp: TcpStream,
    pub(super) pulse: Arc<Pulse>,
}

impl Stream {
    fn told(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Ready(_) => self.pulse.taken(),
            Poll::Pending => self.pulse.stuck(),
        }
        written
    }
}

impl Drop for Stream {
    /// Where the client has not taken all of an answer, the system is not to hold the rest for it: it
    /// learns at once that there will be no more.
    fn drop(&mut self) {
        if self.pulse.wait() == Wait::Taking {
            // Without it the system gives up by itself, later.
            let _ = self.tcp.set_zero_linger();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.tcp).poll_read(context, buffer))?;
        self.pulse.read(buffer.filled().get(before..).unwrap_or_default());
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.tcp).poll_write(context, bytes);
        self.told(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // One piece costs the system less as such than as a list of one.
        if let [piece] = pieces {
            return self.poll_write(context, piece);
        }
        let written = Pin::new(&mut self.tcp).poll_write_vectored(context, pieces);
        self.told(written)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // There is nothing between it and the system.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // It is dropped at once, and so closed, which tells the client the same.
        Poll::Ready(Ok(()))
    }
}
