//! The one place where the stages meet: read, assemble, plan, render, write.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, BaseUrl, Config};
use crate::content::{self, Files, Read};
use crate::diagnostic::{Diagnostic, any_error, sort};
use crate::output::{Output, OutputError, Summary};
use crate::page::Pages;
use crate::render::{Engine, render};
use crate::site::{self, Plan, Showing, Site};
use crate::theme::{self, Theme};

/// What a desk's folder holds, read.
#[derive(Debug)]
pub struct Desk {
    /// The settings.
    pub config: Arc<Config>,
    /// The files below `content/`.
    pub files: Arc<Files>,
    /// The documents, by path.
    pub read: Vec<Read>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Problems with settings, folders and theme; those of documents are with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A site that is ready to be rendered.
#[derive(Debug)]
pub struct Ready {
    /// The pages.
    pub pages: Pages,
    /// The templates.
    pub engine: Engine,
    /// Every problem so far, in reading order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the folder of a desk. `base` stands for the `base_url` of the settings.
///
/// # Errors
/// If there are no settings to read; the diagnostic says why.
pub fn read(root: &Path, base: Option<&BaseUrl>) -> Result<Desk, Box<Diagnostic>> {
    let source = content::read_text(&root.join(config::FILE), config::FILE)?;
    let (mut config, mut diagnostics) = config::read(&source);
    if let Some(base) = base {
        config.base = base.clone();
    }
    let (files, mut problems) = content::walk(root, "content");
    diagnostics.append(&mut problems);
    let (theme, mut problems) = theme::read(root, &config);
    diagnostics.append(&mut problems);
    let read = content::read(&config, &files);
    Ok(Desk { config: Arc::new(config), files: Arc::new(files), read, theme: Arc::new(theme), diagnostics })
}

/// Assembles and plans what was read, and parses the templates.
pub fn prepare(desk: &Desk, showing: &Showing) -> Ready {
    let mut diagnostics = desk.diagnostics.clone();
    diagnostics.extend(desk.read.iter().flat_map(|read| read.diagnostics.iter().cloned()));
    let (site, mut problems) = site::assemble(&desk.config, &desk.files, &desk.read, showing);
    diagnostics.append(&mut problems);
    let (plan, mut problems) = site::plan(&site, &desk.theme.static_paths());
    diagnostics.append(&mut problems);
    let (engine, mut problems) = Engine::new(&desk.theme, &desk.config.base);
    diagnostics.append(&mut problems);
    sort(&mut diagnostics);
    let pages = Pages::new(Arc::new(site), Arc::clone(&desk.theme), Arc::new(plan));
    Ready { pages, engine, diagnostics }
}

impl Ready {
    /// The site.
    pub fn site(&self) -> &Site {
        &self.pages.site
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.pages.plan
    }

    /// Whether it may be published.
    pub fn is_publishable(&self) -> bool {
        !any_error(&self.diagnostics)
    }
}

/// Why a site was not written, or not wholly.
#[derive(Debug)]
pub enum Failed {
    /// Templates or files failed while pages were rendered; nothing was removed.
    Content(Vec<Diagnostic>),
    /// The output folder got in the way.
    Output(OutputError),
}

/// Renders every route in parallel and writes what changed. `on_page` is called after each.
///
/// # Errors
/// If a page cannot be rendered or written. What was published before stays complete enough to be
/// repaired by the next build: nothing is removed.
pub fn write(ready: &Ready, root: &Path, out: &Path, on_page: &(dyn Fn() + Sync)) -> Result<Summary, Failed> {
    // A broken template breaks many pages alike. One page of each kind is rendered before anything
    // is written, so that what is published stays as it was.
    let trial = trial(ready);
    if !trial.is_empty() {
        return Err(Failed::Content(trial));
    }
    let mut output = Output::open(out, root).map_err(Failed::Output)?;
    let routes = &ready.plan().routes;
    let files: Vec<String> = routes.iter().map(site::Route::file).collect();
    output.begin(files.iter().map(String::as_str)).map_err(Failed::Output)?;
    let results: Vec<Result<(), Failed>> = routes
        .par_iter()
        .zip(&files)
        .map(|(route, file)| {
            let bytes = render(&ready.engine, &ready.pages, route).map_err(|d| Failed::Content(vec![*d]))?;
            output.write(file, &bytes).map_err(Failed::Output)?;
            on_page();
            Ok(())
        })
        .collect();
    let mut diagnostics = Vec::new();
    for result in results {
        match result {
            Ok(()) => {}
            Err(Failed::Content(mut found)) => diagnostics.append(&mut found),
            Err(failed) => return Err(failed),
        }
    }
    if !diagnostics.is_empty() {
        sort(&mut diagnostics);
        return Err(Failed::Content(diagnostics));
    }
    output.finish().map_err(Failed::Output)
}

/// Renders the first route of each kind of recipe.
fn trial(ready: &Ready) -> Vec<Diagnostic> {
    let mut kinds = Vec::new();
    let mut diagnostics = Vec::new();
    for route in &ready.plan().routes {
        let kind = std::mem::discriminant(&route.recipe);
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        if let Err(diagnostic) = render(&ready.engine, &ready.pages, route) {
            diagnostics.push(*diagnostic);
        }
    }
    sort(&mut diagnostics);
    diagnostics
}
