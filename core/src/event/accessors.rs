//! The methods that `declare.rs` makes of a row: what reads the field, and what sets it.

/// What reads one field; `[&] '_` on an event, `[] 'e` on a view.
macro_rules! getter {
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Text () $doc:literal) => { pastey::paste! {
        #[doc = $doc]
        #[must_use]
        pub fn $row($($amp)? self) -> Option<&$lt str> {
            self.at()?.text([<$row:upper _OF_ $table>])
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident JsonText ($($of:tt)*) $doc:literal) => {
        $crate::event::accessors::getter! { [$($amp)?] $lt $table $row Text () $doc }
        $crate::event::accessors::getter! { @json [$($amp)?] $table $row }
        $crate::event::accessors::getter! { @fields [$($amp)?] $lt $table $row ($($of)*) }
    };
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Base64 ($($of:tt)*) $doc:literal) => { pastey::paste! {
        $crate::event::accessors::getter! { [$($amp)?] $lt $table $row Text () $doc }
        #[doc = "[`" $row "`](Self::" $row ") behind its base64, decoded once; as it came, with a finding, if it is not base64. Empty if there is none."]
        #[must_use]
        pub fn [<raw_ $row>]($($amp)? self) -> &$lt [u8] {
            self.at().and_then(|fields| fields.decoded([<$row:upper _OF_ $table>])).unwrap_or_default()
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Base64Json ($($of:tt)*) $doc:literal) => {
        $crate::event::accessors::getter! { [$($amp)?] $lt $table $row Base64 () $doc }
        $crate::event::accessors::getter! { @fields [$($amp)?] $lt $table $row ($($of)*) }
    };
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Boolean () $doc:literal) => { pastey::paste! {
        #[doc = $doc " False if the event does not say."]
        #[must_use]
        pub fn $row($($amp)? self) -> bool {
            self.at().and_then(|fields| fields.boolean([<$row:upper _OF_ $table>])).unwrap_or(false)
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Number () $doc:literal) => { pastey::paste! {
        #[doc = $doc " None also if it is no integer of 64 bits."]
        #[must_use]
        pub fn $row($($amp)? self) -> Option<i64> {
            self.at()?.integer([<$row:upper _OF_ $table>])
        }
        #[doc = "The digits of [`" $row "`](Self::" $row ") as they came."]
        #[must_use]
        pub fn [<$row _text>]($($amp)? self) -> Option<&$lt str> {
            self.at()?.text([<$row:upper _OF_ $table>])
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Time ($format:ident) $doc:literal) => { pastey::paste! {
        #[doc = $doc " As it came."]
        #[must_use]
        pub fn $row($($amp)? self) -> Option<&$lt str> {
            self.at()?.text([<$row:upper _OF_ $table>])
        }
        #[doc = "[`" $row "`](Self::" $row ") in milliseconds since 1970-01-01T00:00:00Z; None if it cannot be read."]
        #[must_use]
        pub fn [<$row _epoch_ms>]($($amp)? self) -> Option<i64> {
            self.at()?.epoch_ms([<$row:upper _OF_ $table>])
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Any ($($of:tt)*) $doc:literal) => { pastey::paste! {
        #[doc = $doc " JSON as it came."]
        #[must_use]
        pub fn $row($($amp)? self) -> Option<&$lt str> {
            self.at()?.json([<$row:upper _OF_ $table>])
        }
        $crate::event::accessors::getter! { @json [$($amp)?] $table $row }
        $crate::event::accessors::getter! { @fields [$($amp)?] $lt $table $row ($($of)*) }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Map () $doc:literal) => { pastey::paste! {
        #[doc = $doc]
        #[must_use]
        pub fn $row($($amp)? self) -> $crate::event::TextMap<$lt> {
            self.at().map(|fields| fields.map([<$row:upper _OF_ $table>])).unwrap_or_default()
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Texts () $doc:literal) => { pastey::paste! {
        #[doc = $doc " A null among them is an empty text."]
        pub fn $row($($amp)? self) -> impl Iterator<Item = &$lt str> {
            let texts = self.at().map(|fields| fields.texts([<$row:upper _OF_ $table>]));
            texts.into_iter().flatten().map(Option::unwrap_or_default)
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident Object ($view:ident, $inner:ident) $doc:literal) => { pastey::paste! {
        #[doc = $doc]
        #[must_use]
        pub fn $row($($amp)? self) -> $view<$lt> {
            $view(self.at().and_then(|fields| fields.object([<$row:upper _OF_ $table>])))
        }
    }};
    ([$($amp:tt)?] $lt:lifetime $table:ident $row:ident List ($view:ident, $inner:ident) $doc:literal) => { pastey::paste! {
        #[doc = $doc]
        pub fn $row($($amp)? self) -> impl Iterator<Item = $view<$lt>> {
            let elements = self.at().map(|fields| fields.elements([<$row:upper _OF_ $table>]));
            elements.into_iter().flatten().map($view)
        }
    }};
    (@json [$($amp:tt)?] $table:ident $row:ident) => { pastey::paste! {
        #[doc = "Reads [`" $row "`](Self::" $row ") as JSON, whether it is a string of JSON or JSON itself."]
        ///
        /// # Errors
        /// It is not JSON of that type.
        pub fn [<$row _json>]<T: serde::de::DeserializeOwned>($($amp)? self) -> Result<T, serde_json::Error> {
            match self.at() {
                Some(fields) => fields.nested_json([<$row:upper _OF_ $table>]),
                None => serde_json::from_str(""),
            }
        }
    }};
    (@fields [$($amp:tt)?] $lt:lifetime $table:ident $row:ident ()) => {};
    (@fields [$($amp:tt)?] $lt:lifetime $table:ident $row:ident ($view:ident, $inner:ident $(, $member:literal)?)) => { pastey::paste! {
        #[doc = "The documented fields in [`" $row "`](Self::" $row "), read on first use."]
        #[must_use]
        pub fn [<$row _fields>]($($amp)? self) -> $view<$lt> {
            $view(self.at().and_then(|fields| fields.object([<$row:upper _OF_ $table>])))
        }
    }};
}

/// What sets one field, for tests and local debugging. Of an element beyond the end of its list nothing is set, as its own
/// documentation says.
macro_rules! setter {
    ($table:ident $row:ident Boolean () $doc:literal) => { pastey::paste! {
        #[doc = "Sets " $row ". For local debugging."]
        pub fn [<set_ $row>](&mut self, value: bool) -> &mut Self {
            let _ = self.place().set_boolean([<$row:upper _OF_ $table>], value);
            self
        }
    }};
    ($table:ident $row:ident Number () $doc:literal) => { pastey::paste! {
        #[doc = "Sets " $row ". For local debugging."]
        pub fn [<set_ $row>](&mut self, value: i64) -> &mut Self {
            let _ = self.place().set_number([<$row:upper _OF_ $table>], value);
            self
        }
    }};
    ($table:ident $row:ident Time (Seconds) $doc:literal) => { $crate::event::accessors::setter! { $table $row Number () $doc } };
    ($table:ident $row:ident Time (Milliseconds) $doc:literal) => { $crate::event::accessors::setter! { $table $row Number () $doc } };
    ($table:ident $row:ident Time (SecondsOrMilliseconds) $doc:literal) => { $crate::event::accessors::setter! { $table $row Number () $doc } };
    ($table:ident $row:ident Any ($($of:tt)*) $doc:literal) => { pastey::paste! {
        #[doc = "Sets " $row " to a JSON text. For local debugging."]
        ///
        /// # Errors
        /// The text is not JSON.
        pub fn [<set_ $row>](&mut self, json: &str) -> Result<&mut Self, $crate::event::SetError> {
            self.place().set_json([<$row:upper _OF_ $table>], json)?;
            Ok(self)
        }
        $crate::event::accessors::setter! { @fields $table $row ($($of)*) }
    }};
    (@fields $table:ident $row:ident ()) => {};
    (@fields $table:ident $row:ident ($view:ident, $inner:ident, $member:literal)) => { pastey::paste! {
        #[doc = "The documented fields in `" $row "`, to be changed; JSON that is no object is replaced. For local debugging."]
        pub fn [<$row _mut>](&mut self) -> [<$view Mut>]<'_> {
            [<$view Mut>](self.place().object([<$row:upper _OF_ $table>]))
        }
    }};
    ($table:ident $row:ident Map () $doc:literal) => { pastey::paste! {
        #[doc = "Sets all values of one name in " $row "; none remove it. For local debugging."]
        pub fn [<set_ $row>]<T: Into<String>>(&mut self, name: &str, values: impl IntoIterator<Item = T>) -> &mut Self {
            let _ = self.place().set_map_entry([<$row:upper _OF_ $table>], name, values);
            self
        }
    }};
    ($table:ident $row:ident Texts () $doc:literal) => { pastey::paste! {
        #[doc = "Sets all " $row ". For local debugging."]
        pub fn [<set_ $row>]<T: Into<String>>(&mut self, texts: impl IntoIterator<Item = T>) -> &mut Self {
            let _ = self.place().set_texts([<$row:upper _OF_ $table>], texts);
            self
        }
    }};
    ($table:ident $row:ident Object ($view:ident, $inner:ident) $doc:literal) => { pastey::paste! {
        #[doc = "The object `" $row "`, to be changed. For local debugging."]
        pub fn [<$row _mut>](&mut self) -> [<$view Mut>]<'_> {
            [<$view Mut>](self.place().object([<$row:upper _OF_ $table>]))
        }
    }};
    ($table:ident $row:ident List ($view:ident, $inner:ident) $doc:literal) => { pastey::paste! {
        #[doc = "Element `index` of " $row ", to be changed; at their end a new one is made, further on nothing. For local debugging."]
        pub fn [<$row _mut>](&mut self, index: usize) -> [<$view Mut>]<'_> {
            [<$view Mut>](self.place().element([<$row:upper _OF_ $table>], index))
        }
    }};
    ($table:ident $row:ident $text:ident ($($of:tt)*) $doc:literal) => { pastey::paste! {
        #[doc = "Sets " $row " as it goes over the wire. For local debugging."]
        pub fn [<set_ $row>](&mut self, value: impl Into<String>) -> &mut Self {
            let _ = self.place().set_text([<$row:upper _OF_ $table>], value);
            self
        }
    }};
}
pub(in crate::event) use {getter, setter};
