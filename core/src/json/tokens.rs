//! A document piece by piece, however deep, for whoever makes values of another language of it.

use super::document::{SHADOWED, Value, ValueKind};

/// One piece of a document.
#[derive(Clone, Copy)]
pub enum Token<'d> {
    /// An array or object begins.
    Begin(ValueKind),
    /// The name of a member, whose value follows.
    Name(Value<'d>),
    /// A value that is no array or object.
    Scalar(Value<'d>),
    /// The innermost array or object ends.
    End,
}

/// Where a container ends, and whether names alternate with values in it.
struct Open {
    end: u32,
    is_object: bool,
    wants_name: bool,
}

impl<'d> Value<'d> {
    /// The value piece by piece, of duplicate members only the last. Needs memory for the depth, and no stack.
    pub fn tokens(self) -> impl Iterator<Item = Token<'d>> {
        let mut open: Vec<Open> = Vec::new();
        let (mut at, end) = (self.index, self.node().next);
        std::iter::from_fn(move || {
            loop {
                if open.last().is_some_and(|innermost| at >= innermost.end) {
                    open.pop();
                    return Some(Token::End);
                }
                if at >= end {
                    return None;
                }
                let value = Value { document: self.document, index: at };
                if let Some(innermost) = open.last_mut().filter(|innermost| innermost.is_object) {
                    innermost.wants_name = !innermost.wants_name;
                    if !innermost.wants_name {
                        let is_shadowed = value.node().flags & SHADOWED != 0;
                        at += 1;
                        if !is_shadowed {
                            return Some(Token::Name(value));
                        }
                        at = Value { document: self.document, index: at }.node().next;
                        innermost.wants_name = true;
                        continue;
                    }
                }
                let kind = value.kind();
                if !matches!(kind, ValueKind::Array | ValueKind::Object) {
                    at = value.node().next;
                    return Some(Token::Scalar(value));
                }
                at += 1;
                open.push(Open {
                    end: value.node().next,
                    is_object: kind == ValueKind::Object,
                    wants_name: true,
                });
                return Some(Token::Begin(kind));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    fn written(text: &str) -> String {
        let document = Document::parse(text.into(), 128).unwrap();
        let pieces = document.root().unwrap().tokens().map(|token| match token {
            Token::Begin(kind) => {
                if kind == ValueKind::Array {
                    "[".to_owned()
                } else {
                    "{".to_owned()
                }
            }
            Token::Name(name) => format!("{}:", name.decoded()),
            Token::Scalar(value) => format!("{} ", value.decoded()),
            Token::End => "}".to_owned(),
        });
        pieces.collect()
    }

    #[test]
    fn pieces_come_in_order() {
        for (text, expected) in [
            ("1", "1 "),
            ("[]", "[}"),
            (r#"{"a":{"b":[1,{}]},"c":"x"}"#, "{a:{b:[1 {}}}c:x }"),
            (r#"{"a":[1],"b":2,"a":{"a":3}}"#, "{b:2 a:{a:3 }}"),
            (r#"[{"a":1,"a":2},[]]"#, "[{a:2 }[}}"),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }
}
