//! The table of rules. One file is one rule.

use super::Rule;

macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// Every rule, in the order of the table of codes.
        pub const RULES: &[&Rule] = &[$(&$module::RULE,)*];
    };
}

rules! {
    no_archive
    no_primary_source
}
