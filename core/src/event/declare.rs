//! Declares trigger events and the objects in them: from one list of rows come the field table, a constant per row, the
//! methods that read a field and those that set it.
//!
//! ```text
//! trigger! {
//!     /// What it is.
//!     TimerTriggerEvent, TIMER, Kind::Timer;
//!     marks [TRIGGER_TYPE = "TIMER"];            // what a new event already says
//!     debug [trigger_name];                      // what Debug shows; never what may be a credential
//!     rows {
//!         time: Time(TimeFormat::Rfc3339) "time", "What it means.";
//!         body: Text "body" or Null, "May be null.";
//!         e_tag: Text "eTag" also ["etag"], "Was seen under another key.";
//!     }
//!     moved { topic_id: Text "topic_id", "Belongs into a record."; }
//!     arrange hoist;                             // a function that puts it there
//! }
//! ```

/// Declares one trigger event; `marks`, `debug`, `moved` and `arrange` may be left out.
macro_rules! trigger {
    (
        $(#[$doc:meta])*
        $event:ident, $table:ident, $kind:expr;
        $(marks [$($mark:ident = $text:literal),*];)?
        $(debug [$($shown:ident),*];)?
        rows { $($row:ident: $type:ident $(($($of:tt)*))? $key:literal $(or $or:ident)? $(also [$($alias:literal),*])?, $row_doc:literal;)* }
        $(moved { $($old:ident: $old_type:ident $(($($old_of:tt)*))? $old_key:literal, $old_doc:literal;)* })?
        $(arrange $arrange:ident;)?
    ) => {
        $crate::event::declare::table! {
            $event, $table;
            rows { $($row: $type $(($($of)*))? $key $(or $or)? $(also [$($alias),*])?, $row_doc;)* }
            moved { $($($old: $old_type $(($($old_of)*))? $old_key, $old_doc;)*)? }
            $(arrange $arrange;)?
        }

        $(#[$doc])*
        #[derive(Clone)]
        pub struct $event {
            frame: $crate::event::frame::Frame,
        }

        impl $event {
            /// Reads a payload as an event of this kind, whatever its shape, within the default [`Limits`](crate::event::Limits).
            ///
            /// # Errors
            /// The payload is not JSON, or exceeds a limit.
            pub fn parse(payload: impl Into<bytes::Bytes>) -> Result<Self, $crate::json::ParseError> {
                Self::parse_with(payload, &$crate::event::Limits::default())
            }

            /// Like [`parse`](Self::parse) within other limits.
            ///
            /// # Errors
            /// The payload is not JSON, or exceeds a limit.
            pub fn parse_with(
                payload: impl Into<bytes::Bytes>,
                limits: &$crate::event::Limits,
            ) -> Result<Self, $crate::json::ParseError> {
                Ok(Self::read($crate::event::frame::Payload::parse(&payload.into(), limits)?))
            }

            /// An event with nothing set but what makes it one, to be built in code for tests and local debugging. Only what is
            /// set goes over the wire.
            #[must_use]
            #[allow(clippy::new_without_default, reason = "an event without fields is no useful default")]
            pub fn new() -> Self {
                #[allow(unused_mut, reason = "not all have marks")]
                let mut event = Self { frame: $crate::event::frame::Frame::empty(&$table) };
                $($(let _ = event.place().set_text($mark, $text);)*)?
                event
            }

            pub(in crate::event) fn read(payload: $crate::event::frame::Payload) -> Self {
                Self { frame: $crate::event::frame::Frame::read(&$table, payload) }
            }

            $($crate::event::accessors::getter! { [&] '_ $table $row $type ($($($of)*)?) $row_doc })*
            $($crate::event::accessors::setter! { $table $row $type ($($($of)*)?) $row_doc })*

            /// The members that the documents do not know: name and compact JSON.
            pub fn unknown_fields(&self) -> impl Iterator<Item = (String, String)> {
                self.fields().unknown()
            }

            /// Where the payload was not what the documents promise, in document order; what is read on demand comes last.
            #[must_use]
            pub fn findings(&self) -> Vec<$crate::event::Finding> {
                self.frame.findings()
            }

            /// The event as canonical JSON; see [`Event::to_canonical`](crate::event::Event::to_canonical).
            #[must_use]
            pub fn to_canonical(&self) -> String {
                self.frame.to_json($crate::event::record::Form::Canonical)
            }

            /// The event as its trigger would send it: a payload for an invocation, for tests and local debugging.
            #[must_use]
            pub fn to_wire(&self) -> String {
                self.frame.to_json($crate::event::record::Form::Wire)
            }

            /// The fields by row, for generated accessors.
            #[must_use]
            pub fn fields(&self) -> $crate::event::Fields<'_> {
                self.frame.fields()
            }

            fn at(&self) -> Option<$crate::event::Fields<'_>> {
                Some(self.fields())
            }

            pub(in crate::event) fn place(&mut self) -> $crate::event::place::Place<'_> {
                $crate::event::place::Place::root(&mut self.frame)
            }
        }

        /// No contents but a few that tell events apart: they may be credentials.
        impl std::fmt::Debug for $event {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut debug = f.debug_struct(stringify!($event));
                $($(debug.field(stringify!($shown), &self.$shown());)*)?
                debug.finish_non_exhaustive()
            }
        }

        impl $crate::event::Trigger for $event {
            const KIND: $crate::event::Kind = $kind;
            const TABLE: &'static $crate::event::field::Table = &$table;

            fn frame(&self) -> &$crate::event::frame::Frame {
                &self.frame
            }
            fn frame_mut(&mut self) -> &mut $crate::event::frame::Frame {
                &mut self.frame
            }
        }
    };
}

/// Declares an object inside events that is only read, because it is behind an encoding: its table, and a view.
macro_rules! view {
    (
        $(#[$doc:meta])*
        $view:ident, $table:ident;
        rows { $($row:ident: $type:ident $(($($of:tt)*))? $key:literal $(or $or:ident)? $(also [$($alias:literal),*])?, $row_doc:literal;)* }
        $(arrange $arrange:ident;)?
    ) => {
        $crate::event::declare::table! {
            $view, $table;
            rows { $($row: $type $(($($of)*))? $key $(or $or)? $(also [$($alias),*])?, $row_doc;)* }
            moved {}
            $(arrange $arrange;)?
        }

        $(#[$doc])*
        ///
        /// Everything is None or empty if the event does not have the object.
        #[derive(Clone, Copy)]
        pub struct $view<'e>(pub(in crate::event) Option<$crate::event::Fields<'e>>);

        impl<'e> $view<'e> {
            $($crate::event::accessors::getter! { [] 'e $table $row $type ($($($of)*)?) $row_doc })*

            /// Whether the event has the object.
            #[must_use]
            pub fn is_present(self) -> bool {
                self.0.is_some()
            }

            /// The object as JSON, with what the documents do not know.
            #[must_use]
            pub fn to_json(self) -> String {
                self.0.map(|fields| fields.to_json()).unwrap_or_default()
            }

            fn at(self) -> Option<$crate::event::Fields<'e>> {
                self.0
            }
        }

        /// No contents: they may be credentials.
        impl std::fmt::Debug for $view<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($view)).field("is_present", &self.is_present()).finish_non_exhaustive()
            }
        }
    };
}

/// Declares an object inside events: its table, a view that reads it and one that changes it.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $view:ident, $table:ident;
        rows { $($row:ident: $type:ident $(($($of:tt)*))? $key:literal $(or $or:ident)? $(also [$($alias:literal),*])?, $row_doc:literal;)* }
        $(arrange $arrange:ident;)?
    ) => {
        $crate::event::declare::view! {
            $(#[$doc])*
            $view, $table;
            rows { $($row: $type $(($($of)*))? $key $(or $or)? $(also [$($alias),*])?, $row_doc;)* }
            $(arrange $arrange;)?
        }

        pastey::paste! {
            #[doc = "[`" $view "`], to be changed; made when something in it is set."]
            pub struct [<$view Mut>]<'e>(pub(in crate::event) $crate::event::place::Place<'e>);

            impl [<$view Mut>]<'_> {
                $($crate::event::accessors::setter! { $table $row $type ($($($of)*)?) $row_doc })*

                fn place(&mut self) -> $crate::event::place::Place<'_> {
                    self.0.reborrow()
                }
            }
        }
    };
}

/// The table and the constants of its rows.
macro_rules! table {
    (
        $name:ident, $table:ident;
        rows { $($row:ident: $type:ident $(($($of:tt)*))? $key:literal $(or $or:ident)? $(also [$($alias:literal),*])?, $doc:literal;)* }
        moved { $($old:ident: $old_type:ident $(($($old_of:tt)*))? $old_key:literal, $old_doc:literal;)* }
        $(arrange $arrange:ident;)?
    ) => {
        pastey::paste! {
            pub(in crate::event) static $table: $crate::event::field::Table = $crate::event::field::Table {
                name: stringify!($name),
                fields: &[
                    $($crate::event::field::Field {
                        key: $key,
                        aliases: &[$($($alias),*)?],
                        kind: $crate::event::declare::kind!($type $($($of)*)?),
                        or: $crate::event::declare::or!($($or)?),
                        moved: false,
                        doc: $doc,
                    },)*
                    $($crate::event::field::Field {
                        key: $old_key,
                        aliases: &[],
                        kind: $crate::event::declare::kind!($old_type $($($old_of)*)?),
                        or: $crate::event::field::Or::Nothing,
                        moved: true,
                        doc: $old_doc,
                    },)*
                ],
                arrange: $crate::event::declare::arrange!($($arrange)?),
            };
            $crate::event::declare::rows!(0; $([<$row:upper _OF_ $table>])* $([<$old:upper _OF_ $table>])*);
        }
    };
}

macro_rules! or {
    () => {
        $crate::event::field::Or::Nothing
    };
    ($or:ident) => {
        $crate::event::field::Or::$or
    };
}

macro_rules! arrange {
    () => {
        None
    };
    ($arrange:ident) => {
        Some($arrange)
    };
}

macro_rules! rows {
    ($index:expr;) => {};
    ($index:expr; $row:ident $($rest:ident)*) => {
        #[allow(dead_code, reason = "not every row is named by hand-written code")]
        pub(in crate::event) const $row: usize = $index;
        $crate::event::declare::rows!($index + 1; $($rest)*);
    };
}

macro_rules! kind {
    (Any) => {
        $crate::event::field::FieldKind::Any(None)
    };
    (Any $view:ident, $table:ident, $member:literal) => {
        $crate::event::field::FieldKind::Any(Some(($member, &$table)))
    };
    (JsonText) => {
        $crate::event::field::FieldKind::JsonText(None)
    };
    (JsonText $view:ident, $table:ident) => {
        $crate::event::field::FieldKind::JsonText(Some(&$table))
    };
    (Base64) => {
        $crate::event::field::FieldKind::Base64(None)
    };
    (Base64 if $flag:ident) => {
        $crate::event::field::FieldKind::Base64(Some($flag))
    };
    (Time $format:ident) => {
        $crate::event::field::FieldKind::Time($crate::event::field::TimeFormat::$format)
    };
    ($with:ident $view:ident, $table:ident) => {
        $crate::event::field::FieldKind::$with(&$table)
    };
    ($plain:ident) => {
        $crate::event::field::FieldKind::$plain
    };
}

pub(in crate::event) use {arrange, kind, object, or, rows, table, trigger, view};
