//! The writing side of a connection, which answers share.

use super::message::Encoder;
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a peer may take to take what is sent.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// Sends messages, each whole. The connection ends when nobody has anything to send any more.
pub(super) struct Peer {
    stream: TcpStream,
    encoder: Mutex<Encoder>,
}

impl Peer {
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        Ok(Self { stream, encoder: Mutex::default() })
    }

    /// Sends what `encode` makes. After a failure the connection is of no more use, and ended.
    pub(super) fn send(&self, encode: impl FnOnce(&mut Encoder) -> Vec<u8>) -> io::Result<()> {
        let mut encoder = self.encoder.lock().unwrap_or_else(PoisonError::into_inner);
        let message = encode(&mut encoder);
        let sent = write_within(&self.stream, &message, WRITE_TIMEOUT);
        if sent.is_err() {
            self.close();
        }
        sent
    }

    /// Ends the connection, also for who reads from it.
    pub(super) fn close(&self) {
        // The only possible failure is that it has ended.
        let _ = self.stream.shutdown(Shutdown::Both);
    }

    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }
}

/// Writes everything, unless the peer takes it too slowly.
fn write_within(mut stream: &TcpStream, mut bytes: &[u8], limit: Duration) -> io::Result<()> {
    let start = Instant::now();
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(too_slow()),
            Err(error) => return Err(error),
        }
        if !bytes.is_empty() && start.elapsed() >= limit {
            return Err(too_slow());
        }
    }
    Ok(())
}

fn too_slow() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the peer did not take the message within 30 seconds")
}

#[cfg(test)]
#[cfg(not(miri))] // They talk over sockets, which an interpreter cannot set up.
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpListener;
    use std::thread;

    /// A connection whose writing side does not wait for long.
    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let writer = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        writer.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
        (writer, listener.accept().unwrap().0)
    }

    #[test]
    fn a_peer_that_takes_nothing_or_little_is_given_up() {
        let message = vec![7; 64 << 20];
        let (writer, _reader) = pair();
        let error = write_within(&writer, &message, Duration::from_millis(100)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);

        let (writer, mut reader) = pair();
        thread::scope(|threads| {
            threads.spawn(move || {
                let mut little = vec![0; 64 << 10];
                while reader.read(&mut little).is_ok_and(|count| count > 0) {
                    thread::sleep(Duration::from_millis(20));
                }
            });
            let error = write_within(&writer, &message, Duration::from_millis(300)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            drop(writer);
        });
    }

    #[test]
    fn after_a_failure_the_connection_is_ended() {
        let (writer, mut reader) = pair();
        let peer = Peer::new(writer).unwrap();
        peer.stream().set_write_timeout(Some(Duration::from_millis(100))).unwrap();
        assert!(peer.send(|_| vec![7; 64 << 20]).is_err());
        let mut taken = Vec::new();
        reader.read_to_end(&mut taken).unwrap();
        assert!(taken.len() < 64 << 20);
        assert!(peer.send(|_| vec![7]).is_err());
    }
}
