//! The payloads that every benchmark reads: a small request, a request with a large body, a large batch.

/// An API Gateway event with a body of `body` bytes of base64; 0.9 KB without it.
#[must_use]
pub fn request(body: usize) -> String {
    format!(
        r#"{{"body":"{}","requestContext":{{"apiId":"6c2b8f9e-1c3a-4f5e-9d7b-0a1b2c3d4e5f","requestId":"9f86d081884c7d659a2feaa0c55ad015","stage":"RELEASE"}},"queryStringParameters":{{"responseType":"html","name":"Ada"}},"httpMethod":"POST","pathParameters":{{}},"headers":{{"accept-language":"en-US,en;q=0.9","accept-encoding":"gzip, deflate, br","x-forwarded-port":"443","x-forwarded-for":"192.0.2.44","accept":"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8","content-type":"application/octet-stream","host":"orders.example.com","x-forwarded-proto":"https","cache-control":"no-cache","upgrade-insecure-requests":"1","referer":"https://www.example.com/orders/4711/attachments?lang=en","x-real-ip":"192.0.2.44","x-request-id":"9f86d081884c7d659a2feaa0c55ad015","user-agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"}},"path":"/orders/upload","isBase64Encoded":true}}"#,
        "QUJD".repeat(body / 4)
    )
}

/// A batch of `records` records of about 630 bytes each.
#[must_use]
pub fn batch(records: usize) -> String {
    let record = |number: usize| {
        format!(
            r#"{{"message_id":"{number:08}","topic":"orders","attributes":{{"sent":"1735689600000","attempt":{},"sender":"192.0.2.44"}},"body":"{{\"order\":{number},\"lines\":[{{\"sku\":\"A-1\",\"count\":2}}],\"note\":\"{}\"}}","ok":true}}"#,
            number % 3,
            "leave at the door, ring twice; ".repeat(14)
        )
    };
    let records: Vec<String> = (0..records).map(record).collect();
    format!(r#"{{"event_version":"1.0","region":"eu-de","records":[{}]}}"#, records.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payloads_are_as_large_as_the_tables_say() {
        let sizes = [request(0), request(131_072), batch(2000)].map(|payload| payload.len());
        assert!((850..950).contains(&sizes[0]), "{sizes:?}");
        assert!((131_500..132_500).contains(&sizes[1]), "{sizes:?}");
        assert!((1_265_000..1_285_000).contains(&sizes[2]), "{sizes:?}");
    }
}
