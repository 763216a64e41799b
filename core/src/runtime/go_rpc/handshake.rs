//! How a connection becomes one of calls: `CONNECT /_goRPC_`, as Go's `rpc.HandleHTTP` and `rpc.DialHTTP` do it.

use super::frames::{Frames, invalid};
use std::io::{self, Write};
use std::net::TcpStream;

const PATH: &str = "/_goRPC_";
/// What a client sends, and what it gets.
const CONNECT: &[u8] = b"CONNECT /_goRPC_ HTTP/1.0\n\n";
const CONNECTED: &[u8] = b"HTTP/1.0 200 Connected to Go RPC\n\n";

const HEAD_LIMIT: usize = 8 << 10;
const HEADER_LIMIT: usize = 64;

/// Takes a client in; false if it wanted something else, which it has been told.
pub(super) fn accept(frames: &mut Frames, mut stream: &TcpStream) -> io::Result<bool> {
    let refusal = match frames.read_head(HEAD_LIMIT, parse_request) {
        Ok(None) => return Ok(false),
        Ok(Some(None)) => {
            stream.write_all(CONNECTED)?;
            return Ok(true);
        }
        Ok(Some(Some(refusal))) => refusal,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Refusal("400 Bad Request", "400 Bad Request")
        }
        Err(error) => return Err(error),
    };
    let Refusal(status, text) = refusal;
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{text}"
    );
    stream.write_all(answer.as_bytes())?;
    Ok(false)
}

/// A status and a text.
struct Refusal(&'static str, &'static str);

fn parse_request(bytes: &[u8]) -> io::Result<Option<(Option<Refusal>, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADER_LIMIT];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes).map_err(invalid)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Ok(None),
    };
    let refusal = match (request.method, request.path) {
        (Some("CONNECT"), Some(PATH)) => None,
        (_, Some(PATH)) => Some(Refusal("405 Method Not Allowed", "405 must CONNECT\n")),
        _ => Some(Refusal("404 Not Found", "404 page not found\n")),
    };
    Ok(Some((refusal, length)))
}

/// Asks a server to take this client in.
pub(super) fn connect(frames: &mut Frames, mut stream: &TcpStream) -> io::Result<()> {
    stream.write_all(CONNECT)?;
    match frames.read_head(HEAD_LIMIT, parse_answer)? {
        Some(200) => Ok(()),
        Some(status) => {
            Err(invalid(format!("the program answers with HTTP status {status}, not as a Go RPC server")))
        }
        None => {
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the program closed the connection at once"))
        }
    }
}

fn parse_answer(bytes: &[u8]) -> io::Result<Option<(u16, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADER_LIMIT];
    let mut response = httparse::Response::new(&mut headers);
    match response.parse(bytes).map_err(invalid)? {
        httparse::Status::Complete(length) => Ok(Some((response.code.unwrap_or_default(), length))),
        httparse::Status::Partial => Ok(None),
    }
}
