//! The payloads that every benchmark reads: requests, large batches, and what others send.

pub mod processors;
pub mod statistics;

/// An API Gateway event with a body of `body` bytes of base64; 0.9 KB without it.
#[must_use]
pub fn request(body: usize) -> String {
    format!(
        r#"{{"body":"{}","requestContext":{{"apiId":"6c2b8f9e-1c3a-4f5e-9d7b-0a1b2c3d4e5f","requestId":"9f86d081884c7d659a2feaa0c55ad015","stage":"RELEASE"}},"queryStringParameters":{{"responseType":"html","name":"Ada"}},"httpMethod":"POST","pathParameters":{{}},"headers":{{"accept-language":"en-US,en;q=0.9","accept-encoding":"gzip, deflate, br","x-forwarded-port":"443","x-forwarded-for":"192.0.2.44","accept":"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8","content-type":"application/octet-stream","host":"orders.example.com","x-forwarded-proto":"https","cache-control":"no-cache","upgrade-insecure-requests":"1","referer":"https://www.example.com/orders/4711/attachments?lang=en","x-real-ip":"192.0.2.44","x-request-id":"9f86d081884c7d659a2feaa0c55ad015","user-agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"}},"path":"/orders/upload","isBase64Encoded":true}}"#,
        "QUJD".repeat(body / 4)
    )
}

/// JSON of 0.9 KB that is no event of any trigger.
#[must_use]
pub fn order() -> String {
    let line = |number| format!(r#"{{"sku":"A-{number}","count":2,"note":"leave at the door, ring twice"}}"#);
    let lines: Vec<String> = (0..14).map(line).collect();
    format!(r#"{{"order":4711,"lines":[{}]}}"#, lines.join(","))
}

/// A request with the headers of [`request`], as AWS' gateway sends it to its functions, and as large.
#[must_use]
pub fn aws_request() -> String {
    r#"{"resource":"/orders/upload","path":"/orders/upload","httpMethod":"POST","headers":{"accept-language":"en-US,en;q=0.9","accept-encoding":"gzip, deflate, br","x-forwarded-port":"443","x-forwarded-for":"192.0.2.44","accept":"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8","content-type":"application/octet-stream","host":"orders.example.com","x-forwarded-proto":"https","cache-control":"no-cache","upgrade-insecure-requests":"1","referer":"https://www.example.com/orders/4711","x-real-ip":"192.0.2.44","x-request-id":"9f86d081884c7d659a2feaa0c55ad015","user-agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"},"queryStringParameters":{"responseType":"html","name":"Ada"},"pathParameters":{},"requestContext":{"apiId":"6c2b8f9e1c","requestId":"9f86d081884c7d659a2feaa0c55ad015","stage":"prod","httpMethod":"POST"},"body":"","isBase64Encoded":true}"#.to_owned()
}

/// A batch of a Kafka topic: `messages` texts of about 630 bytes, each an object of JSON, so that their quotes come as escapes.
#[must_use]
pub fn batch(messages: usize) -> String {
    batch_of((0..messages).map(|number| {
        format!(
            r#"{{\"order\":{number},\"lines\":[{{\"sku\":\"A-1\",\"count\":2}}],\"note\":\"{}\"}}"#,
            "leave at the door, ring twice; ".repeat(18)
        )
    }))
}

/// The same size of batch with messages that have no escapes.
#[must_use]
pub fn plain_batch(messages: usize) -> String {
    let note = "leave at the door, ring twice; ".repeat(20);
    batch_of((0..messages).map(|number| format!("order {number}: {note}")))
}

fn batch_of(messages: impl Iterator<Item = String>) -> String {
    let messages: Vec<String> = messages.map(|message| format!("\"{message}\"")).collect();
    format!(
        r#"{{"event_version":"v1.0","trigger_type":"KAFKA","region":"eu-de","event_time":1735689600,"instance_id":"6c2b8f9e-1c3a-4f5e-9d7b-0a1b2c3d4e5f","records":[{{"messages":[{}],"topic_id":"orders"}}]}}"#,
        messages.join(",")
    )
}

/// An event of unknown kind: one text of `length` bytes.
#[must_use]
pub fn unknown(length: usize) -> String {
    format!(r#"{{"document":"{}"}}"#, "a".repeat(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_are_as_large_as_the_tables_say() {
        let payloads = [request(0), request(131_072), batch(2000), plain_batch(2000), aws_request()];
        let sizes = payloads.map(|payload| payload.len());
        assert!((850..950).contains(&sizes[0]), "{sizes:?}");
        assert!((131_500..132_500).contains(&sizes[1]), "{sizes:?}");
        assert!((1_265_000..1_285_000).contains(&sizes[2]), "{sizes:?}");
        assert!((1_265_000..1_285_000).contains(&sizes[3]), "{sizes:?}");
        assert!(sizes[0].abs_diff(sizes[4]) < 10, "{sizes:?}");
    }
}
