//! What kinds, fields and objects are called in Go.

use crate::accessors::singular;
use crate::tables::events;
use fgruntime_core::event::Kind;
use fgruntime_core::event::field::{FieldKind, Table};

/// Words that Go writes in capitals.
const INITIALISMS: &str =
    "api apig arn aws cts db dds dis dms http id ip lts mfa ms ns obs smn ttl uid url urn";

/// Names that the SDK's own structures have, in the packages they have them in: an object keeps its kind's name there.
const TAKEN: [(Kind, &str); 2] = [(Kind::Cts, "User"), (Kind::Cts, "Domain")];

/// The package of a kind, which is also its folder: `gaussmongo`.
pub(super) fn package(kind: Kind) -> String {
    kind.name().replace('_', "")
}

/// The constant of a kind: `KindGaussMongo`.
pub(super) fn constant(kind: Kind) -> String {
    format!("Kind{}", exported(kind.name()))
}

/// The field of a key: `isBase64Encoded` is `IsBase64Encoded`, `source_ip` is `SourceIP`.
pub(super) fn exported(key: &str) -> String {
    words(key).iter().map(|word| capitalised(word)).collect()
}

fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase();
    if INITIALISMS.split(' ').any(|known| known == lower) {
        return lower.to_uppercase();
    }
    let (first, rest) = lower.split_at(1);
    first.to_uppercase() + rest
}

/// The words of a name in snake case or camel case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let characters: Vec<char> = name.chars().collect();
    for (index, &character) in characters.iter().enumerate() {
        let after_small = index > 0 && !characters[index - 1].is_ascii_uppercase();
        let before_small = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        if character == '_' || character.is_ascii_uppercase() && (after_small || before_small) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (character != '_', words.last_mut()) {
            word.push(character);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The type of an object that is no element of a list, in the package of a kind: without the words that it shares with the event.
pub(super) fn object(kind: Kind, table: &Table) -> String {
    let name: String =
        words(table.name).iter().skip(shared_words(kind, table)).map(|word| capitalised(word)).collect();
    if TAKEN.contains(&(kind, name.as_str())) { exported(table.name) } else { name }
}

/// The type of the elements of a list: `records` has `Record`.
pub(super) fn element(key: &str) -> String {
    exported(singular(key))
}

fn shared_words(kind: Kind, table: &Table) -> usize {
    let event = kind.table().map_or("", |event| event.name);
    words(event).iter().zip(words(table.name)).take_while(|(one, other)| *one == other).count()
}

/// The kind whose package has the object: another one if that has it too, and the object is named after it.
pub(super) fn home(kind: Kind, table: &Table) -> Kind {
    let has = |event: &Table| contains(event, table.name);
    let mut others = events().filter(|&(other, event)| has(event) && shared_words(other, table) > 0);
    others.next().map_or(kind, |(other, _)| other)
}

fn contains(table: &Table, name: &str) -> bool {
    let inner = table.fields.iter().filter(|field| !field.moved).filter_map(|field| field.kind.table());
    inner.into_iter().any(|inner| inner.name == name || contains(inner, name))
}

/// What a field's time as one is called beside its text: `At`, if there is no other in the object.
pub(super) fn time(table: &Table, key: &str) -> String {
    let is_time = |kind| matches!(kind, FieldKind::Time(_));
    let times = table.fields.iter().filter(|field| !field.moved && is_time(field.kind)).count();
    let name = exported(key);
    if times == 1 { "At".to_owned() } else { format!("{}At", name.strip_suffix("Time").unwrap_or(&name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names() {
        for (key, name) in [
            ("isBase64Encoded", "IsBase64Encoded"),
            ("httpMethod", "HTTPMethod"),
            ("user_data", "UserData"),
            ("ShardID", "ShardID"),
            ("sourceIPAddress", "SourceIPAddress"),
            ("eTag", "ETag"),
            ("s3SchemaVersion", "S3SchemaVersion"),
            ("_data", "Data"),
            ("event_time_ms", "EventTimeMS"),
            ("Records", "Records"),
        ] {
            assert_eq!(exported(key), name);
        }
    }

    #[test]
    fn objects_lose_the_name_of_their_kind() {
        for (kind, table, name) in [
            (Kind::Obs, "ObsS3Bucket", "S3Bucket"),
            (Kind::GaussMongo, "GaussMongoRecord", "Record"),
            (Kind::GaussMongo, "MongoChange", "MongoChange"),
            (Kind::AsyncDestination, "AsyncRequestContext", "RequestContext"),
            (Kind::Cts, "CtsUser", "CTSUser"),
        ] {
            let table = crate::tables::objects()[table];
            assert_eq!(object(kind, table), name);
        }
    }

    #[test]
    fn an_object_of_two_kinds_is_where_its_name_says() {
        let table = crate::tables::objects()["ObsRecord"];
        assert_eq!(home(Kind::EventGrid, table), Kind::Obs);
        let table = crate::tables::objects()["TopicRecord"];
        assert_eq!(home(Kind::RocketMq, table), Kind::RocketMq);
    }
}
