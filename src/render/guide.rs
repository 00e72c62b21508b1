//! The style guide: every component of the theme in force, with its samples.

use std::collections::BTreeMap;

use tera::{ComponentArg, Value};

use super::Engine;
use crate::content::Looked;
use crate::diagnostic::Diagnostic;
use crate::page::value::{Object, list, text};
use crate::page::{Made, Pages};
use crate::theme::{Template, built_in_template};

/// Renders the style guide as the page at `path`.
///
/// # Errors
/// What is wrong with its template. A sample that fails is told of in its place.
pub fn style_guide(engine: &Engine, pages: &Pages, path: &str) -> Result<String, Box<Diagnostic>> {
    let (engine, mut broken) = engine.with_guide();
    let Made::Page { template, mut values } = pages.style_guide(path, &Looked::unnoted()) else {
        return Ok(String::new());
    };
    if let Some(diagnostic) = broken.remove(template.as_ref()) {
        return Err(diagnostic);
    }
    let guide = Guide { engine: &engine, broken, values: values.clone(), path };
    let components = pages.theme.templates.iter().filter_map(|(name, template)| {
        let stem = name.strip_prefix("components/")?.strip_suffix(".html")?;
        Some(guide.component(name, stem, template))
    });
    let components = list(components);
    values.push(("components", components));
    engine.render(&template, values, path)
}

struct Guide<'g> {
    engine: &'g Engine,
    broken: BTreeMap<String, Box<Diagnostic>>,
    values: Vec<(&'static str, Value)>,
    path: &'g str,
}

impl Guide<'_> {
    fn component(&self, file: &str, name: &str, template: &Template) -> Object {
        let source = &template.source.text;
        let definition = self.engine.component(name);
        let arguments = definition.as_ref().map(|definition| definition.args().to_vec()).unwrap_or_default();
        let (sample, problem) = match self.sample(name) {
            Ok(sample) => (sample, None),
            Err(diagnostic) => (None, Some(format!("{}: {}", diagnostic.path(), diagnostic.message))),
        };
        let built_in = built_in_template(file);
        let own = built_in != Some(source.as_str());
        Object::new()
            .set("name", name)
            .set("file", template.source.path.as_str())
            .set("own", own)
            .set("replaces", own && built_in.is_some())
            .set("defined", definition.is_some())
            .set("about", text(remark(source).as_deref()))
            .set("arguments", list(arguments.iter().map(argument)))
            .set("source", text(built_in.is_none().then_some(source.as_str())))
            .set("sample", sample)
            .set("problem", problem)
    }

    /// The sample of a component: none if there is no template for it, empty if the site has
    /// nothing to show in it.
    fn sample(&self, name: &str) -> Result<Option<String>, Box<Diagnostic>> {
        let template = format!("styleguide/{name}.html");
        if let Some(diagnostic) = self.broken.get(&template) {
            return Err(diagnostic.clone());
        }
        if !self.engine.has(&template) {
            return Ok(None);
        }
        let html = self.engine.render(&template, self.values.clone(), self.path)?;
        Ok(Some(html.trim().to_owned()))
    }
}

/// The first comment of a template.
fn remark(source: &str) -> Option<String> {
    let (_, rest) = source.split_once("{#")?;
    let (comment, _) = rest.split_once("#}")?;
    let comment = comment.trim_start_matches('-').trim_end_matches('-');
    Some(comment.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn argument(argument: &ComponentArg) -> Object {
    let default = argument.default().map(|value| match value.as_str() {
        Some(text) => format!("\"{text}\""),
        None if value.is_none() => "none".to_owned(),
        None => value.to_string(),
    });
    Object::new()
        .set("name", argument.name())
        .set("type", argument.arg_type().map(|kind| kind.as_str()))
        .set("default", default)
        .set("implicit", argument.is_implicit())
        .set("required", argument.is_required())
}

#[cfg(test)]
mod tests {
    use super::remark;

    #[test]
    fn the_remark_is_the_first_comment() {
        assert_eq!(
            remark("{# A date\n   as text. #}\n{% component x() %}").as_deref(),
            Some("A date as text.")
        );
        assert_eq!(remark("{#- a -#}{# b #}").as_deref(), Some("a"));
        assert_eq!(remark("{% component x() %}"), None);
    }
}
