//! Calls held against what Go's own `net/rpc` and the official SDK for Go put on the wire, and against garbage.

use super::gob::{Decoder, GobError, Value, put_int, uint};
use super::message::{Encoder, InvokeRequest, InvokeResponse, Request, Response};
use crate::context::Headers;
use bytes::Bytes;
use proptest::prelude::*;

// One connection, in this order, in hexadecimal digits. Captured between a client of Go 1.19 and the SDK's logic.
const HEALTH_CHECK: &str = "2fff81030101075265717565737401ff82000102010d536572766963654d6574686f64010c0001035365710106000000\
     19ff82011446756e6374696f6e2e4865616c7468436865636b001eff83030101124865616c7468436865636b52657175\
     65737401ff8400000003ff8400";
const HEALTHY: &str = "3aff8103010108526573706f6e736501ff82000103010d536572766963654d6574686f64010c00010353657101060001\
     054572726f72010c00000019ff82011446756e6374696f6e2e4865616c7468436865636b001fff83030101134865616c\
     7468436865636b526573706f6e736501ff8400000003ff8400";
const INVOKE: &str = "16ff82010f46756e6374696f6e2e496e766f6b6501010033ff850301010d496e766f6b655265717565737401ff860001\
     0201075061796c6f6164010a00010648656164657201ff8a00000017ff890401010648656164657201ff8a00010c01ff\
     8800000cff87020102ff8800010c00002aff86010e7b2263617365223a22737472227d010110582d4366662d52657175\
     6573742d49640102723100";
const INVOKED: &str = "16ff82010f46756e6374696f6e2e496e766f6b6501010037ff850301010e496e766f6b65526573706f6e736501ff8600\
     0102010a537461747573436f646501040001075061796c6f6164010a00000013ff8601fe0190010a68656c6c6f203c62\
     3e2600";
const INVOKE_ERROR: &str = "16ff82010f46756e6374696f6e2e496e766f6b650102002aff86010e7b2263617365223a22657272227d010110582d43\
     66662d526571756573742d49640102723100";
const FAILED: &str = "79ff82010f46756e6374696f6e2e496e766f6b65010201617b0a20202020226572726f724d657373616765223a202262\
     6f6f6d206174202f6f70742f66756e6374696f6e2f636f64652f782e676f222c0a20202020226572726f725479706522\
     3a202246756e6374696f6e52657475726e4572726f72220a7d000aff87030102ff8800000003ff8800";
const INVOKE_EMPTY: &str = "16ff82010f46756e6374696f6e2e496e766f6b650103002cff8601107b2263617365223a22656d707479227d01011058\
     2d4366662d526571756573742d49640102723100";
const EMPTY: &str = "16ff82010f46756e6374696f6e2e496e766f6b6501030007ff8601fe019000";

// What Go 1.26 writes of structures with fields that nobody wants: bool, numbers, complex, text, bytes, arrays, slices, maps, pointers,
// a structure that contains itself, time.Time and big.Int, which encode themselves.
const EVERYTHING: &str = "ffc47f0301010d496e766f6b655265717565737401ff8000011301014201020001014901040001015501060001014601\
     0800010143010e00010153010c0001054279746573010a00010341727201ff820001044241727201ff84000105536c69\
     636501ff860001034d617001ff8c0001064e657374656401ff920001015001ff880001045768656e01ff940001064e75\
     6d62657201ff96000105456d70747901ff980001075061796c6f6164010a00010648656164657201ff9a0001044c6173\
     74010600000016ff81010101065b335d696e7401ff820001040106000018ff83010101085b325d75696e743801ff8400\
     01060104000017ff85020101095b5d666c6f6174333201ff86000108000026ff8b040101156d61705b737472696e675d\
     6d61696e2e496e6e657201ff8c00010c01ff8800001fff87030102ff8800010201044e616d65010c00010453656c6601\
     ff8a0000001cff890201010d5b5d2a6d61696e2e496e6e657201ff8a0001ff88000023ff91040101126d61705b696e74\
     5d5b5d5b5d737472696e6701ff9200010401ff9000000dff8f020102ff900001ff8e00000cff8d020102ff8e00010c00\
     0010ff930501010454696d6501ff940000000aff95050102ff9c00000024ff9703010110737472756374207b20582069\
     6e74207d01ff98000101010158010400000017ff990401010648656164657201ff9a00010c01ff8e0000ff91ff800101\
     010d010901fef83f0140fe08400101730101010103000204010201020101fef03f0101016b0102696e01020101610001\
     016201010101630000000101010201017800010102696e0102010161000101620101010163000000010f010000000e77\
     91f70100000002ffff0102024d0100010677616e746564010103582d41020131013201f8800000000000000000";
/// And with an interface.
const WITH_INTERFACE: &str = "24ff9d030101015701ff9e0001020104536f6d6501100001075061796c6f6164010a0000002dff9e010a6d61696e2e49\
     6e6e6572ff87030102ff8800010201044e616d65010c00010453656c6601ff8a0000001cff890201010d5b5d2a6d6169\
     6e2e496e6e657201ff8a0001ff8800001cff88150102696e010201016100010162010101016300000001017000";

fn bytes(digits: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(digit).collect()
}

/// Every message of a stream that is a value, with the decoder that knows its type.
fn values(decoder: &mut Decoder, mut stream: &[u8]) -> Result<Vec<Value>, GobError> {
    let mut values = Vec::new();
    while let Some((length, size)) = uint(stream)? {
        let rest = &stream[size..];
        let length = usize::try_from(length).unwrap_or(usize::MAX).min(rest.len());
        values.extend(decoder.accept(Bytes::copy_from_slice(&rest[..length]))?);
        stream = &rest[length..];
    }
    Ok(values)
}

fn headers() -> Headers {
    let mut headers = Headers::default();
    headers.append("X-Cff-Request-Id", "r1");
    headers
}

fn request(seq: u64) -> Request {
    Request { service_method: "Function.Invoke".to_owned(), seq }
}

const ERROR: &str = "{
    \"errorMessage\": \"boom at /opt/function/code/x.go\",
    \"errorType\": \"FunctionReturnError\"
}";

#[test]
fn a_client_writes_what_go_writes() {
    let mut encoder = Encoder::default();
    assert_eq!(encoder.health_check(0), bytes(HEALTH_CHECK));
    for (seq, case, expected) in [(1, "str", INVOKE), (2, "err", INVOKE_ERROR), (3, "empty", INVOKE_EMPTY)] {
        let payload = format!("{{\"case\":\"{case}\"}}");
        assert_eq!(encoder.invoke(seq, &headers(), payload.as_bytes()), bytes(expected), "{case}");
    }
}

#[test]
fn a_server_writes_what_go_writes() {
    let mut encoder = Encoder::default();
    let health_check = Request { service_method: "Function.HealthCheck".to_owned(), seq: 0 };
    assert_eq!(encoder.healthy(&health_check), bytes(HEALTHY));
    assert_eq!(encoder.invoked(&request(1), 200, b"hello <b>&"), bytes(INVOKED));
    assert_eq!(encoder.failed(&request(2), ERROR), bytes(FAILED));
    assert_eq!(encoder.invoked(&request(3), 200, b""), bytes(EMPTY));
}

#[test]
fn what_gos_client_writes_is_read() {
    let mut decoder = Decoder::default();
    let read = values(&mut decoder, &bytes(HEALTH_CHECK)).unwrap();
    let [head, body] = &read[..] else { panic!("{} values", read.len()) };
    let expected = Request { service_method: "Function.HealthCheck".to_owned(), seq: 0 };
    assert_eq!(Request::read(&decoder, head).unwrap(), expected);
    assert_eq!(InvokeRequest::read(&decoder, body).unwrap().payload.len(), 0);
    for (seq, case, stream) in [(1, "str", INVOKE), (2, "err", INVOKE_ERROR), (3, "empty", INVOKE_EMPTY)] {
        let read = values(&mut decoder, &bytes(stream)).unwrap();
        let [head, body] = &read[..] else { panic!("{} values", read.len()) };
        assert_eq!(Request::read(&decoder, head).unwrap(), request(seq));
        let event = InvokeRequest::read(&decoder, body).unwrap();
        assert_eq!(event.payload, format!("{{\"case\":\"{case}\"}}"));
        assert_eq!(event.headers.iter().collect::<Vec<_>>(), [("X-Cff-Request-Id", "r1")]);
    }
}

#[test]
fn what_gos_server_writes_is_read() {
    let mut decoder = Decoder::default();
    for (seq, error, payload, status_code, stream) in [
        (0, "", "", 0, HEALTHY),
        (1, "", "hello <b>&", 200, INVOKED),
        (2, ERROR, "", 0, FAILED),
        (3, "", "", 200, EMPTY),
    ] {
        let read = values(&mut decoder, &bytes(stream)).unwrap();
        let [head, body] = &read[..] else { panic!("{} values", read.len()) };
        let head = Response::read(&decoder, head).unwrap();
        assert_eq!((head.seq, head.error.as_str()), (seq, error));
        let body = InvokeResponse::read(&decoder, body).unwrap();
        assert_eq!(body, InvokeResponse { status_code, payload: payload.into() });
    }
}

#[test]
fn fields_that_nobody_wants_are_skipped() {
    let mut decoder = Decoder::default();
    let read = values(&mut decoder, &bytes(EVERYTHING)).unwrap();
    let [value] = &read[..] else { panic!("{} values", read.len()) };
    let event = InvokeRequest::read(&decoder, value).unwrap();
    assert_eq!(event.payload, "wanted");
    assert_eq!(event.headers.get_all("x-a").collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn interface_values_are_refused_by_name() {
    let mut decoder = Decoder::default();
    let read = values(&mut decoder, &bytes(WITH_INTERFACE)).unwrap();
    let error = InvokeRequest::read(&decoder, &read[0]).unwrap_err().to_string();
    assert!(error.contains("interface values are not read here"), "{error}");
}

#[test]
fn fields_of_other_types_are_refused() {
    let mut decoder = Decoder::default();
    // Its second field is a number there and bytes here; `StatusCode` is an `int` there and nothing here.
    let mut stream = bytes(
        "37ff850301010e496e766f6b65526573706f6e736501ff86000102010a537461747573436f646501040001075061796c6f61640104000000",
    );
    stream.extend([5, 0xFF, 0x86, 2, 2, 0]);
    let read = values(&mut decoder, &stream).unwrap();
    let error = InvokeRequest::read(&decoder, &read[0]).unwrap_err().to_string();
    assert_eq!(error, "a field is not bytes, as it must be (at byte 3 of the message)");
    let error = decoder.accept(Bytes::copy_from_slice(&stream[1..0x38])).err().unwrap();
    assert!(error.to_string().contains("the type 67 is defined twice"), "{error}");
}

#[test]
fn types_and_headers_are_bounded() {
    let mut encoder = Encoder::default();
    let mut many = Headers::default();
    (0..200).for_each(|number| many.append("X", number.to_string()));
    let stream = encoder.invoke(1, &many, b"");
    let mut decoder = Decoder::default();
    let read = values(&mut decoder, &stream).unwrap();
    let error = InvokeRequest::read(&decoder, &read[1]).unwrap_err().to_string();
    assert!(error.contains("more than 128 headers"), "{error}");

    let mut decoder = Decoder::default();
    let refused = (1000..2000).find_map(|number| {
        let mut slice_of_texts = Vec::new();
        put_int(&mut slice_of_texts, -number);
        slice_of_texts.extend([2, 1, 2, 4, 0, 1, 12, 0, 0]);
        decoder.accept(slice_of_texts.into()).err()
    });
    assert!(refused.unwrap().to_string().contains("too many types"));

    let mut structure = Vec::new();
    put_int(&mut structure, -65);
    structure.extend([3, 2, 0xFE, 0xFF, 0xFF]);
    structure.extend([0; 0xFFFF]);
    let refused = Decoder::default().accept(structure.into()).err().unwrap().to_string();
    assert!(
        refused.contains("exceeds 65536 bytes") || refused.contains("a structure of 65535 fields"),
        "{refused}"
    );
}

/// A type that contains itself, and a value that does so without end.
#[test]
fn depth_is_bounded() {
    let mut decoder = Decoder::default();
    // struct 65 { A []65 }, where 66 is the slice.
    let structure = b"\xff\x81\x03\x01\x02\xff\x82\x00\x01\x01\x01\x01A\x01\xff\x84\x00\x00\x00";
    let slice = b"\xff\x83\x02\x01\x02\xff\x84\x00\x01\xff\x82\x00\x00";
    assert!(decoder.accept(Bytes::from_static(structure)).unwrap().is_none());
    assert!(decoder.accept(Bytes::from_static(slice)).unwrap().is_none());
    let value = [&b"\xff\x82"[..], &[1; 100_000]].concat();
    let value = decoder.accept(value.into()).unwrap().unwrap();
    let error = Request::read(&decoder, &value).unwrap_err().to_string();
    assert!(error.contains("nest too deeply"), "{error}");
}

/// Whatever a value is read as, nothing panics.
fn read_as_everything(decoder: &Decoder, value: &Value) {
    let _ = Request::read(decoder, value);
    let _ = Response::read(decoder, value);
    let _ = InvokeResponse::read(decoder, value);
    let _ = InvokeRequest::read(decoder, value);
}

fn read_all(stream: &[u8]) {
    let mut decoder = Decoder::default();
    if let Ok(values) = values(&mut decoder, stream) {
        values.iter().for_each(|value| read_as_everything(&decoder, value));
    }
}

proptest! {
    #[test]
    fn garbage_never_panics(stream: Vec<u8>) {
        read_all(&stream);
    }

    #[test]
    fn streams_with_a_few_bytes_changed_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)
    ) {
        for golden in [HEALTH_CHECK, HEALTHY, INVOKE, INVOKED, FAILED, EVERYTHING, WITH_INTERFACE] {
            let mut stream = bytes(golden);
            for (at, byte) in &changes {
                let at = at.index(stream.len());
                stream[at] = *byte;
            }
            read_all(&stream);
        }
    }

    #[test]
    fn events_go_and_come(
        seq: u64,
        payload: Vec<u8>,
        pairs in prop::collection::vec(("[A-Za-z-]{1,8}", ".{0,8}"), 0..20)
    ) {
        let mut headers = Headers::default();
        pairs.iter().for_each(|(name, value)| headers.append(name, value));
        let stream = Encoder::default().invoke(seq, &headers, &payload);
        let mut decoder = Decoder::default();
        let read = values(&mut decoder, &stream).unwrap();
        prop_assert_eq!(Request::read(&decoder, &read[0]).unwrap(), request(seq));
        let event = InvokeRequest::read(&decoder, &read[1]).unwrap();
        prop_assert_eq!(&event.payload[..], &payload[..]);
        prop_assert_eq!(event.headers.iter().count(), pairs.len());
        for (name, _) in &pairs {
            let all = |headers: &Headers| headers.get_all(name).map(str::to_owned).collect::<Vec<_>>();
            let (mut ours, mut theirs) = (all(&headers), all(&event.headers));
            // Names that differ in case only have lists of their own, whose order is the map's.
            ours.sort();
            theirs.sort();
            prop_assert_eq!(ours, theirs);
        }
    }
}
