use super::*;
use crate::Context;
use serde_json::Value;

fn logger(format: LogFormat) -> (Context, Arc<CapturedLog>) {
    let log = Arc::new(CapturedLog::default());
    let settings = FunctionSettings { function_name: "resize".to_owned(), ..FunctionSettings::default() };
    let context = Context::builder()
        .settings(settings)
        .request_id("r1")
        .header("x-cff-security-token", "token-0123456789")
        .header("X-CFF-Auth-Token", "token-0123456789-long")
        .header("X-CFF-Secret-Key", "short")
        .log_format(format)
        .log_output(log.clone());
    (context.build(), log)
}

#[test]
fn text_lines_have_time_id_and_level() {
    let (context, log) = logger(LogFormat::Text);
    context.logger().log("plain");
    context.logger().warn("two\nlines");
    let records = log.records();
    assert_eq!(&records[0][24..], " r1 plain\n");
    assert_eq!(&records[1][24..], " r1 WARN two\nlines\n");
    assert!(records.iter().all(|record| record[..24].parse::<jiff::Timestamp>().is_ok()), "{records:?}");
    assert!(records[0].as_bytes()[23] == b'Z' && records[0].as_bytes()[19] == b'.');
}

#[test]
fn thresholds_hold_for_levels_only() {
    let (context, log) = logger(LogFormat::Text);
    let logger = context.logger();
    logger.debug("no");
    logger.set_level(Level::Error);
    logger.warn("no");
    logger.log("yes");
    logger.error("yes");
    logger.set_level(Level::Debug);
    logger.debug("yes");
    assert_eq!(log.records().len(), 3);
    assert_eq!("warning".parse(), Ok(Level::Warn));
    assert_eq!("loud".parse::<Level>(), Err(UnknownLevel));
}

#[test]
fn json_lines_are_complete_objects() {
    let (context, log) = logger(LogFormat::Json);
    context.logger().error("say \"hi\"\n\u{1}");
    let record = log.records().concat();
    let value: Value = serde_json::from_str(&record).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["time", "level", "request_id", "function", "version", "message"]);
    assert_eq!(value["level"], "ERROR");
    assert_eq!(value["function"], "resize");
    assert_eq!(value["message"], "say \"hi\"\n\u{1}");
    assert_eq!(record.matches('\n').count(), 1);
}

#[test]
#[cfg_attr(miri, ignore = "takes an interpreter minutes")]
fn long_records_are_split_between_characters() {
    let text = "ä\n\u{1}😀x\"".repeat(40_000);
    for format in [LogFormat::Text, LogFormat::Json] {
        let (context, log) = logger(format);
        context.logger().info(&text);
        let records = log.records();
        assert!(records.len() > 4, "{}", records.len());
        assert!(records.iter().all(|record| record.len() <= 90 * 1024 && record.ends_with('\n')));
        // No line wastes more than one character's room.
        assert!(records[..records.len() - 1].iter().all(|record| record.len() > 90 * 1024 - 6));
        let parts = records.iter().map(|record| match format {
            LogFormat::Text => record[33..record.len() - 1].to_owned(),
            LogFormat::Json => {
                serde_json::from_str::<Value>(record).unwrap()["message"].as_str().unwrap().to_owned()
            }
        });
        assert_eq!(parts.collect::<String>(), text);
    }
}

#[test]
fn an_empty_record_is_a_line() {
    let (context, log) = logger(LogFormat::Text);
    context.logger().info("");
    assert_eq!(&log.records()[0][24..], " r1 INFO \n");
}

#[test]
fn credentials_are_masked_wherever_they_appear() {
    let (context, log) = logger(LogFormat::Json);
    context.logger().info("a token-0123456789 b token-0123456789-long c short");
    let record = log.records().concat();
    assert!(record.contains("a ******** b ******** c short"), "{record}");
}

#[test]
fn loggers_outlive_their_context_and_stay_with_their_request() {
    let log = Arc::new(CapturedLog::default());
    let threads: Vec<_> = (0..8)
        .map(|id| {
            let context = Context::builder().request_id(format!("r{id}")).log_output(log.clone()).build();
            let logger = context.logger().clone();
            drop(context);
            std::thread::spawn(move || (0..100).for_each(|_| logger.info(format_args!("from r{id}"))))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let records = log.records();
    assert_eq!(records.len(), 800);
    for record in records {
        let id = record.split(' ').nth(1).unwrap();
        assert!(record.ends_with(&format!("from {id}\n")), "{record}");
    }
}
