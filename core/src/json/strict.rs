//! Handler results as JSON that every reader accepts: what JSON cannot say is an error with its path, never `null`.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A value that JSON cannot express.
#[derive(Debug, thiserror::Error)]
#[error("the result cannot be written as JSON: {reason} at {path}")]
pub(crate) struct NotJson {
    reason: String,
    path: String,
}

/// Serializes `value` as compact JSON.
pub(crate) fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, NotJson> {
    let mut out = Vec::with_capacity(128);
    let mut track = serde_path_to_error::Track::new();
    let mut json = serde_json::Serializer::new(&mut out);
    let tracked = serde_path_to_error::Serializer::new(&mut json, &mut track);
    let written = value.serialize(Strict(tracked));
    match written {
        Ok(_) => Ok(out),
        Err(error) => Err(NotJson { reason: error.to_string(), path: pointer(&track.path()) }),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let path = path.to_string();
    if path == "." { "the top level".to_owned() } else { format!("`{path}`") }
}

/// Passes everything on to `S` except floats that are not numbers, which `serde_json` would turn into `null`.
struct Strict<S>(S);

impl<T: Serialize + ?Sized> Serialize for Strict<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Strict(serializer))
    }
}

fn finite<E: serde::ser::Error>(value: f64) -> Result<(), E> {
    if value.is_finite() { Ok(()) } else { Err(E::custom(format_args!("{value} is not a number in JSON"))) }
}

macro_rules! pass_on {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<Self::Ok, Self::Error> {
            self.0.$method(value)
        }
    )*};
}

impl<S: Serializer> Serializer for Strict<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Strict<S::SerializeSeq>;
    type SerializeTuple = Strict<S::SerializeTuple>;
    type SerializeTupleStruct = Strict<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Strict<S::SerializeTupleVariant>;
    type SerializeMap = Strict<S::SerializeMap>;
    type SerializeStruct = Strict<S::SerializeStruct>;
    type SerializeStructVariant = Strict<S::SerializeStructVariant>;

    pass_on! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8])
        serialize_unit_struct(&'static str)
    }

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        finite::<S::Error>(f64::from(value))?;
        self.0.serialize_f32(value)
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        finite::<S::Error>(value)?;
        self.0.serialize_f64(value)
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Strict(value))
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, &Strict(value))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Strict(value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.0.serialize_seq(length).map(Strict)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.0.serialize_tuple(length).map(Strict)
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.0.serialize_tuple_struct(name, length).map(Strict)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.0.serialize_tuple_variant(name, index, variant, length).map(Strict)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.0.serialize_map(length).map(Strict)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.0.serialize_struct(name, length).map(Strict)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.0.serialize_struct_variant(name, index, variant, length).map(Strict)
    }
}

macro_rules! compound {
    ($($trait:ident: $($method:ident($($argument:ident: $type:ty)?))*;)*) => {$(
        impl<C: $trait> $trait for Strict<C> {
            type Ok = C::Ok;
            type Error = C::Error;

            $(fn $method<T: Serialize + ?Sized>(&mut self, $($argument: $type,)? value: &T) -> Result<(), C::Error> {
                self.0.$method($($argument,)? &Strict(value))
            })*

            fn end(self) -> Result<C::Ok, C::Error> {
                self.0.end()
            }
        }
    )*};
}

compound! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key() serialize_value();
    SerializeStruct: serialize_field(key: &'static str);
    SerializeStructVariant: serialize_field(key: &'static str);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(serde::Serialize)]
    struct Reading {
        name: &'static str,
        values: Vec<Option<f64>>,
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let reading = Reading { name: "a\"b", values: vec![Some(1.5), None] };
        assert_eq!(to_vec(&reading).unwrap(), serde_json::to_vec(&reading).unwrap());
        let tuple = (1u8, 'x', "y", BTreeMap::from([(1, ())]), Some(-2i64), [0.5f32]);
        assert_eq!(to_vec(&tuple).unwrap(), serde_json::to_vec(&tuple).unwrap());
    }

    #[test]
    fn names_the_path_of_what_json_cannot_say() {
        let error = to_vec(&Reading { name: "", values: vec![Some(0.0), Some(f64::NAN)] }).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the result cannot be written as JSON: NaN is not a number in JSON at `values[1]`"
        );
        let error = to_vec(&f32::INFINITY).unwrap_err();
        assert!(error.to_string().ends_with("inf is not a number in JSON at the top level"), "{error}");
        let error = to_vec(&BTreeMap::from([(vec![1], 1)])).unwrap_err();
        assert!(error.to_string().contains("key must be a string"), "{error}");
    }
}
