//! A library in C with the interface of the header and nothing behind it, for tools that read an ABI out of debug information.
//! In that of the real library the types of Rust's standard library and our private ones would drown it.

use std::fmt::Write;

/// The source: functions whose bodies are never run. Each constant, field and offset is a function too, by its type, so that
/// to add one is to add a function. (In one enumeration of all numbers, abidiff overlooks those that are equal.)
pub(crate) fn source(header: &str) -> String {
    let mut source = "#include \"fgruntime.h\"\n\n".to_owned();
    for declaration in declarations(header) {
        let _ = writeln!(source, "{declaration} {{ __builtin_trap(); }}");
    }
    for name in constants(header) {
        add_number(&mut source, name, name);
    }
    for (structure, field) in fields(header) {
        let _ = writeln!(
            source,
            "void field_{structure}_{field}(__typeof__((({structure} *)0)->{field}) *field) {{}}"
        );
        add_number(
            &mut source,
            &format!("offset_{structure}_{field}"),
            &format!("offsetof({structure}, {field})"),
        );
    }
    source
}

fn add_number(source: &mut String, name: &str, value: &str) {
    let _ = writeln!(
        source,
        "enum number_{name} {{ value_{name} = {value} }};\nvoid number_{name}(enum number_{name} number) {{}}"
    );
}

/// The structures that say their size, to which fields may be added at the end.
pub(crate) fn growing_structures(header: &str) -> Vec<&str> {
    fields(header)
        .into_iter()
        .filter(|(_, field)| *field == "struct_size")
        .map(|(structure, _)| structure)
        .collect()
}

/// The declarations of functions, without their semicolons.
fn declarations(header: &str) -> Vec<&str> {
    let functions = header.split("extern \"C\" {\n").nth(1).unwrap_or_default();
    let functions = functions.split("extern \"C\"").next().unwrap_or_default();
    let paragraphs = functions.split("\n\n").filter_map(|paragraph| paragraph.rsplit("*/\n").next());
    let statements = paragraphs.filter_map(|paragraph| paragraph.trim().strip_suffix(';'));
    statements.filter(|statement| statement.ends_with(')')).collect()
}

/// The names of constants but for the versions, which are meant to change.
fn constants(header: &str) -> Vec<&str> {
    let definitions = header.lines().filter_map(|line| line.strip_prefix("#define "));
    let names = definitions.filter_map(|definition| definition.split_once(' ')).map(|(name, _)| name);
    names
        .filter(|name| name.starts_with("FG_") && !name.starts_with("FG_ABI_") && !name.contains('('))
        .collect()
}

/// The fields of all structures: structure and field.
fn fields(header: &str) -> Vec<(&str, &str)> {
    let mut fields = Vec::new();
    let mut structure = None;
    for line in header.lines().filter(|line| !line.trim_start().starts_with('*')) {
        if let Some(name) = line.strip_prefix("typedef struct ").and_then(|rest| rest.strip_suffix(" {")) {
            structure = Some(name);
        } else if line.starts_with('}') {
            structure = None;
        } else if let (Some(structure), Some(declaration)) = (structure, line.strip_suffix(';')) {
            let name = declaration.rsplit([' ', '*']).next().unwrap_or_default();
            fields.push((structure, name));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "\
#define FG_STR_LIT(text) (f(text))
#define FG_ABI_MINOR 1
#define FG_OK 0

typedef struct fg_opaque fg_opaque;

/**
 * Options.
 */
typedef struct fg_options {
    /**
     * Its size; ends with a semicolon;
     */
    size_t struct_size;
    const char *name;
} fg_options;

typedef struct fg_str {
    size_t len;
} fg_str;

#ifdef __cplusplus
extern \"C\" {
#endif // __cplusplus

/**
 * One.
 */
FG_DEPRECATED(\"use fg_two\")
int fg_one(const fg_str *a,
           int b);

void fg_two(void);

#ifdef __cplusplus
}  // extern \"C\"
#endif  // __cplusplus

static inline void fg_three(void);
";

    #[test]
    fn the_interface_is_found() {
        let one = "FG_DEPRECATED(\"use fg_two\")\nint fg_one(const fg_str *a,\n           int b)";
        assert_eq!(declarations(HEADER), [one, "void fg_two(void)"]);
        assert_eq!(constants(HEADER), ["FG_OK"]);
        assert_eq!(
            fields(HEADER),
            [("fg_options", "struct_size"), ("fg_options", "name"), ("fg_str", "len")]
        );
        assert_eq!(growing_structures(HEADER), ["fg_options"]);
    }
}
