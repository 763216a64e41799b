//! The body of an answer: of known length, in chunks, or up to the end of the connection.

use super::TransportError;
use super::connection::{Connection, Framing, Head, malformed};
use crate::runtime::buffers::Buffers;

/// Longest line that tells a chunk's size, extensions included; also the longest trailer.
const LINE_LIMIT: usize = 4096;

/// Reads the whole body, at most `limit` bytes. After an error the connection is of no more use.
pub(super) fn read(
    connection: &mut Connection,
    head: &Head,
    limit: usize,
    buffers: &Buffers,
) -> Result<Vec<u8>, TransportError> {
    match head.framing {
        Framing::Length(length) => read_length(connection, length, limit, buffers),
        Framing::Chunked => read_chunks(connection, limit),
        Framing::UntilClose => read_until_close(connection, limit),
    }
}

fn read_length(
    connection: &mut Connection,
    length: u64,
    limit: usize,
    buffers: &Buffers,
) -> Result<Vec<u8>, TransportError> {
    let size = usize::try_from(length).ok().filter(|&size| size <= limit);
    let size = size.ok_or(TransportError::TooLarge { size: Some(length), limit })?;
    let mut body = buffers.take(size);
    connection.read_up_to(length, &mut body)?;
    if body.len() < size {
        return Err(TransportError::Truncated { received: body.len(), expected: length.to_string() });
    }
    Ok(body)
}

fn read_until_close(connection: &mut Connection, limit: usize) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    connection.read_up_to(limit as u64 + 1, &mut body)?;
    if body.len() > limit {
        return Err(TransportError::TooLarge { size: None, limit });
    }
    Ok(body)
}

fn read_chunks(connection: &mut Connection, limit: usize) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    loop {
        let size = read_chunk_size(connection, body.len())?;
        if size == 0 {
            skip_trailers(connection, body.len())?;
            return Ok(body);
        }
        let expected = (body.len() as u64).checked_add(size).filter(|&expected| expected <= limit as u64);
        let expected = expected.ok_or(TransportError::TooLarge { size: None, limit })?;
        connection.read_up_to(size, &mut body)?;
        if (body.len() as u64) < expected {
            return Err(truncated(body.len()));
        }
        expect_line_end(connection, body.len())?;
    }
}

fn read_chunk_size(connection: &mut Connection, received: usize) -> Result<u64, TransportError> {
    loop {
        match httparse::parse_chunk_size(connection.buffer()) {
            Ok(httparse::Status::Complete((length, size))) => {
                connection.buffer().drain(..length);
                return Ok(size);
            }
            Ok(httparse::Status::Partial) if connection.buffer().len() <= LINE_LIMIT => {
                fill(connection, received)?;
            }
            _ => return Err(malformed("a chunk's size is not a hexadecimal number")),
        }
    }
}

fn expect_line_end(connection: &mut Connection, received: usize) -> Result<(), TransportError> {
    while connection.buffer().len() < 2 {
        fill(connection, received)?;
    }
    if !connection.buffer().starts_with(b"\r\n") {
        return Err(malformed("a chunk is longer than its size"));
    }
    connection.buffer().drain(..2);
    Ok(())
}

/// Trailers say nothing that concerns a function.
fn skip_trailers(connection: &mut Connection, received: usize) -> Result<(), TransportError> {
    loop {
        let buffer = connection.buffer();
        match memchr::memmem::find(buffer, b"\r\n") {
            Some(0) => {
                buffer.drain(..2);
                return Ok(());
            }
            Some(end) => drop(buffer.drain(..end + 2)),
            None if buffer.len() > LINE_LIMIT => return Err(malformed("a trailer is too long")),
            None => fill(connection, received)?,
        }
    }
}

fn fill(connection: &mut Connection, received: usize) -> Result<(), TransportError> {
    match connection.fill()? {
        0 => Err(truncated(received)),
        _ => Ok(()),
    }
}

fn truncated(received: usize) -> TransportError {
    TransportError::Truncated { received, expected: "an unknown number of".to_owned() }
}
