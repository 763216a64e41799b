//! Reading bodies of requests and responses.

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use std::future::poll_fn;
use std::pin::Pin;

/// The whole body, or its size if it is beyond the limit; what is beyond is not kept.
pub(super) async fn read(mut body: Body, limit: usize) -> Result<Result<Bytes, u64>, axum::Error> {
    let mut kept = vec![];
    let mut size = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame?.into_data() else { continue };
        size += data.len() as u64;
        if size <= limit as u64 {
            kept.extend_from_slice(&data);
        }
    }
    Ok(if size > limit as u64 { Err(size) } else { Ok(kept.into()) })
}
