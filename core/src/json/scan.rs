//! One pass over the text: checks the grammar and lays down one node per value, without recursion.

use super::ParseError;
use super::document::{ESCAPED, LONE_SURROGATE, Node, SHADOWED, ValueKind};
use super::stops::Stops;
use super::text;
use std::borrow::Cow;
use std::collections::HashMap;

/// Objects up to this size are searched for duplicate keys pair by pair, which needs no memory.
const PAIRWISE_MEMBERS: usize = 16;

/// The number of no node.
const NOTHING: u32 = u32::MAX;

pub(super) struct Scanner<'s> {
    source: &'s str,
    bytes: &'s [u8],
    stops: Stops<'s>,
    pos: usize,
    nodes: Vec<Node>,
    /// The innermost container that is open. The nodes of open containers have the one around them in `next`.
    open: Option<u32>,
    depth: usize,
    max_depth: usize,
    /// The flags of all nodes together.
    flags: u8,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(source: &'s str, max_depth: usize) -> Self {
        // Small events run to a value per 16 bytes, large ones have large texts; a wrong guess costs a reallocation.
        let nodes = Vec::with_capacity(source.len().min(8 << 10) / 16 + source.len() / 512 + 8);
        let bytes = source.as_bytes();
        Self {
            source,
            bytes,
            stops: Stops::new(bytes),
            pos: 0,
            nodes,
            open: None,
            depth: 0,
            max_depth,
            flags: 0,
        }
    }

    /// Indexes the whole text, which must be exactly one JSON document: its nodes, and their flags together.
    pub(super) fn run(mut self) -> Result<(Vec<Node>, u8), ParseError> {
        self.skip_space();
        loop {
            let opened = self.value()?;
            if !opened && !self.after_value()? {
                break;
            }
        }
        self.skip_space();
        if self.pos < self.bytes.len() {
            return Err(self.error("there is more after the end of the document"));
        }
        Ok((self.nodes, self.flags))
    }

    /// Reads a value up to where its first member or element begins; true if it opened a non-empty container.
    fn value(&mut self) -> Result<bool, ParseError> {
        match self.peek() {
            Some(b'{') => self.open(ValueKind::Object, b'}'),
            Some(b'[') => self.open(ValueKind::Array, b']'),
            Some(b'"') => self.string().map(|()| false),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| false),
            Some(b't') => self.literal("true", ValueKind::True),
            Some(b'f') => self.literal("false", ValueKind::False),
            Some(b'n') => self.literal("null", ValueKind::Null),
            Some(_) => Err(self.error("expected a value")),
            None if self.nodes.is_empty() => Err(self.error("the document is empty")),
            None => Err(self.error("the document ends where a value should be")),
        }
    }

    fn open(&mut self, kind: ValueKind, close: u8) -> Result<bool, ParseError> {
        if self.depth >= self.max_depth {
            return Err(ParseError::too_deep(self.source, self.pos, self.max_depth));
        }
        let container = self.nodes.len();
        self.push(kind, 0, self.pos, self.pos);
        self.nodes[container].next = self.open.unwrap_or(NOTHING);
        self.open = Some(container as u32);
        self.depth += 1;
        self.pos += 1;
        self.skip_space();
        if self.peek() == Some(close) {
            self.close();
            return Ok(false);
        }
        if kind == ValueKind::Object {
            self.key()?;
        }
        Ok(true)
    }

    /// Goes on after a complete value: closes what ends here; true if another value follows.
    fn after_value(&mut self) -> Result<bool, ParseError> {
        while let Some(container) = self.open {
            self.skip_space();
            let object = self.nodes[container as usize].kind == ValueKind::Object;
            match self.peek() {
                Some(b',') => {
                    self.pos += 1;
                    self.skip_space();
                    if object {
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(b'}') if object => self.close(),
                Some(b']') if !object => self.close(),
                None => return Err(self.error("the document ends inside an object or array")),
                Some(_) if object => return Err(self.error("expected ',' or '}'")),
                Some(_) => return Err(self.error("expected ',' or ']'")),
            }
        }
        Ok(false)
    }

    fn close(&mut self) {
        self.pos += 1;
        let Some(container) = self.open else { return };
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[container as usize];
        self.open = Some(node.next).filter(|&around| around != NOTHING);
        self.depth -= 1;
        node.end = self.pos as u32;
        node.next = next;
        if node.kind == ValueKind::Object {
            self.shadow_duplicates(container + 1, next);
        }
    }

    fn key(&mut self) -> Result<(), ParseError> {
        if self.peek() != Some(b'"') {
            return Err(self.error("expected a member name in double quotes"));
        }
        self.string()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.error("expected ':'"));
        }
        self.pos += 1;
        self.skip_space();
        Ok(())
    }

    fn string(&mut self) -> Result<(), ParseError> {
        self.pos += 1;
        let start = self.pos;
        let mut flags = 0;
        loop {
            self.pos = self.stops.next(self.pos);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => flags |= ESCAPED | self.escape()?,
                Some(_) => return Err(self.error("a control character stands unescaped in a string")),
                None => return Err(self.error("the document ends inside a string")),
            }
        }
        self.push(ValueKind::String, flags, start, self.pos);
        self.pos += 1;
        Ok(())
    }

    /// Steps over one escape, or over both halves of a surrogate pair.
    fn escape(&mut self) -> Result<u8, ParseError> {
        match self.bytes.get(self.pos + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.pos += 2;
                Ok(0)
            }
            Some(b'u') => {
                let Some((_, length, paired)) = text::unicode_escape(&self.bytes[self.pos..]) else {
                    return Err(self.error("\\u needs four hexadecimal digits"));
                };
                self.pos += length;
                Ok(if paired { 0 } else { LONE_SURROGATE })
            }
            _ => Err(self.error("unknown escape in a string")),
        }
    }

    fn number(&mut self) -> Result<(), ParseError> {
        let start = self.pos;
        self.skip_if(b"-");
        match self.peek() {
            Some(b'0') => self.pos += 1,
            Some(b'1'..=b'9') => self.digits("expected a digit")?,
            _ => return Err(self.error("expected a digit")),
        }
        if self.skip_if(b".") {
            self.digits("expected a digit after the decimal point")?;
        }
        if self.skip_if(b"eE") {
            self.skip_if(b"+-");
            self.digits("expected a digit in the exponent")?;
        }
        self.push(ValueKind::Number, 0, start, self.pos);
        Ok(())
    }

    fn digits(&mut self, otherwise: &'static str) -> Result<(), ParseError> {
        let count = self.bytes[self.pos..].iter().take_while(|b| b.is_ascii_digit()).count();
        self.pos += count;
        if count == 0 { Err(self.error(otherwise)) } else { Ok(()) }
    }

    fn literal(&mut self, word: &str, kind: ValueKind) -> Result<bool, ParseError> {
        if !self.bytes[self.pos..].starts_with(word.as_bytes()) {
            return Err(self.error("expected a value"));
        }
        self.push(kind, 0, self.pos, self.pos + word.len());
        self.pos += word.len();
        Ok(false)
    }

    /// Duplicate keys: the last one wins; the earlier ones are marked here, once, so that every reader agrees.
    fn shadow_duplicates(&mut self, first: u32, end: u32) {
        if !self.may_have_duplicates(first, end) {
            return;
        }
        let keys: Vec<u32> = self.keys(first, end).collect();
        if keys.len() <= PAIRWISE_MEMBERS {
            self.shadow_pairwise(&keys);
        } else {
            self.shadow_by_hash(&keys);
        }
    }

    /// False for most objects without duplicates, which need no look at their names in pairs then.
    fn may_have_duplicates(&self, first: u32, end: u32) -> bool {
        let mut seen = 0;
        self.keys(first, end).any(|key| {
            let mark = self.mark(key);
            let known = seen & mark != 0;
            seen |= mark;
            known
        })
    }

    /// A bit that equal names share; an escaped name, which has many spellings, shares it with every other.
    fn mark(&self, key: u32) -> u64 {
        let node = &self.nodes[key as usize];
        if node.flags & ESCAPED != 0 {
            return u64::MAX;
        }
        let name = &self.bytes[node.start as usize..node.end as usize];
        let (Some(&first), Some(&last)) = (name.first(), name.last()) else { return 1 };
        1 << ((31 * name.len() + 7 * usize::from(first) + usize::from(last)) % 64)
    }

    /// The names of the object whose nodes these are.
    fn keys(&self, first: u32, end: u32) -> impl Iterator<Item = u32> {
        let mut at = first;
        std::iter::from_fn(move || {
            let key = (at < end).then_some(at)?;
            at = self.nodes[key as usize + 1].next;
            Some(key)
        })
    }

    fn shadow_pairwise(&mut self, keys: &[u32]) {
        for (i, &key) in keys.iter().enumerate() {
            if keys[i + 1..].iter().any(|&later| self.same_key(key, later)) {
                self.shadow(key);
            }
        }
    }

    fn shadow(&mut self, key: u32) {
        self.nodes[key as usize].flags |= SHADOWED;
        self.flags |= SHADOWED;
    }

    fn shadow_by_hash(&mut self, keys: &[u32]) {
        let mut seen: HashMap<Cow<'s, str>, u32> = HashMap::with_capacity(keys.len());
        let mut earlier = Vec::new();
        for &key in keys {
            earlier.extend(seen.insert(self.text_of(key), key));
        }
        for key in earlier {
            self.shadow(key);
        }
    }

    fn same_key(&self, a: u32, b: u32) -> bool {
        let (x, y) = (&self.nodes[a as usize], &self.nodes[b as usize]);
        if (x.flags | y.flags) & ESCAPED != 0 {
            return self.text_of(a) == self.text_of(b);
        }
        self.bytes[x.start as usize..x.end as usize] == self.bytes[y.start as usize..y.end as usize]
    }

    fn text_of(&self, index: u32) -> Cow<'s, str> {
        let node = &self.nodes[index as usize];
        let raw = &self.source[node.start as usize..node.end as usize];
        if node.flags & ESCAPED == 0 { Cow::Borrowed(raw) } else { Cow::Owned(text::unescape(raw)) }
    }

    fn push(&mut self, kind: ValueKind, flags: u8, start: usize, end: usize) {
        self.flags |= flags;
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, kind, flags });
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    fn skip_if(&mut self, any_of: &[u8]) -> bool {
        let found = self.peek().is_some_and(|b| any_of.contains(&b));
        self.pos += usize::from(found);
        found
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.pos += 1;
        }
    }

    #[cold]
    fn error(&self, reason: &'static str) -> ParseError {
        ParseError::syntax(self.source, self.pos, reason)
    }
}
