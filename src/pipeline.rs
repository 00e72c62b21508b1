//! The one place where the stages meet: read, assemble, plan, render, write.

mod inputs;
mod past;
mod update;

pub use past::{since, since_published};
pub use update::{Changes, Hint};

use std::path::Path;
use std::sync::Arc;

use inputs::Inputs;
use rayon::prelude::*;

use crate::config::{self, BaseUrl, Config};
use crate::content::{self, Files, Looked, Read, Stamps};
use crate::diagnostic::{Diagnostic, any_error, sort};
use crate::digest::Print;
use crate::output::{Finished, Origin, Output, OutputError, Summary};
use crate::page::{self, Pages};
use crate::render::{self, Engine, render};
use crate::site::{self, Plan, Showing, Site};
use crate::source::Source;
use crate::theme::{self, Theme};

/// The folders a desk is read from, beside its settings.
pub const FOLDERS: [&str; 4] = ["content", "templates", "static", "strings"];

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
    /// The theme's templates, parsed.
    engine: Arc<Engine>,
    /// Problems with settings, folders and theme; those of documents are with them.
    problems: Problems,
    /// What the files looked like when they were last listed.
    stamps: Stamps,
}

/// Problems by the part of the desk they concern, so that each part can be read again.
#[derive(Debug, Default)]
struct Problems {
    config: Vec<Diagnostic>,
    files: Vec<Diagnostic>,
    theme: Vec<Diagnostic>,
    templates: Vec<Diagnostic>,
}

/// A site that is ready to be rendered.
#[derive(Debug)]
pub struct Ready {
    /// The pages.
    pub pages: Pages,
    /// The templates.
    pub engine: Arc<Engine>,
    /// Every problem so far, in reading order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the folder of a desk. `base` stands for the `base_url` of the settings.
///
/// # Errors
/// If there are no settings to read; the diagnostic says why.
pub fn read(root: &Path, base: Option<&BaseUrl>) -> Result<Desk, Box<Diagnostic>> {
    let source = read_settings(root)?;
    let (config, config_problems) = settings(&source, base);
    let (files, file_problems) = content::walk(root, "content");
    let (theme, theme_problems) = theme::read(root, &config);
    let (engine, template_problems) = Engine::new(&theme, &config.base);
    let read = content::read(&config, &files);
    Ok(Desk {
        engine: Arc::new(engine),
        config: Arc::new(config),
        files: Arc::new(files),
        read,
        theme: Arc::new(theme),
        problems: Problems {
            config: config_problems,
            files: file_problems,
            theme: theme_problems,
            templates: template_problems,
        },
        stamps: Stamps::default(),
    })
}

/// As [`read`], for a desk that will be brought up to date with [`Desk::update`].
///
/// # Errors
/// As [`read`].
pub fn read_to_follow(root: &Path, base: Option<&BaseUrl>) -> Result<Desk, Box<Diagnostic>> {
    // Taken first: what changes while files are read is found by the first update.
    let stamps = Stamps::take(root, config::FILE, &FOLDERS);
    let mut desk = read(root, base)?;
    desk.stamps = stamps;
    Ok(desk)
}

/// Reads the text of `site.yaml`.
///
/// # Errors
/// Why it cannot be read.
pub fn read_settings(root: &Path) -> Result<Arc<Source>, Box<Diagnostic>> {
    content::read_own(root, config::FILE)
}

fn settings(source: &Arc<Source>, base: Option<&BaseUrl>) -> (Config, Vec<Diagnostic>) {
    let (mut config, problems) = config::read(source);
    if let Some(base) = base {
        config.base = base.clone();
    }
    (config, problems)
}

/// Assembles and plans what was read. What still holds of the site that was prepared `before` is
/// shared with it; the outcome is the same without it.
pub fn prepare(desk: &Desk, showing: &Showing, before: Option<&Ready>) -> Ready {
    // A site with errors is no measure: what was wrong with it would have to be said again.
    let before = before.filter(|before| before.is_publishable());
    let own = &desk.problems;
    let mut diagnostics: Vec<Diagnostic> =
        own.config.iter().chain(&own.files).chain(&own.theme).chain(&own.templates).cloned().collect();
    diagnostics.extend(desk.read.iter().flat_map(|read| read.diagnostics.iter().cloned()));
    let (site, mut problems) =
        site::assemble(&desk.config, &desk.files, &desk.read, showing, before.map(Ready::site));
    let (plan, mut more) = site::plan(&site, &desk.theme.static_paths(), before.map(Ready::plan));
    problems.append(&mut more);
    problems.extend(page::check(&site, &desk.theme));
    // While languages cannot be told apart, a translation is the same article twice.
    if desk.config.whole.languages {
        diagnostics.append(&mut problems);
    }
    let pages = Pages::new(Arc::new(site), Arc::clone(&desk.theme), Arc::new(plan));
    let pages = pages.after(before.map(|before| &before.pages));
    desk.engine.forget_parts();
    diagnostics.extend(pages.card_problems());
    sort(&mut diagnostics);
    Ready { pages, engine: Arc::clone(&desk.engine), diagnostics }
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
    /// Pages of a whole kind cannot be rendered; nothing was written.
    Content(Vec<Diagnostic>),
    /// Some pages could not be rendered. The others were written, nothing was removed.
    Partly(Vec<Diagnostic>),
    /// The output folder got in the way.
    Output(OutputError),
}

/// Renders every route in parallel and writes what changed. `on_page` is called after each. `ready` must have been prepared
/// from `desk`.
///
/// # Errors
/// If a page cannot be rendered or written. What was published before stays complete enough to be
/// repaired by the next build: nothing is removed.
pub fn write(
    desk: &Desk,
    ready: &Ready,
    root: &Path,
    out: &Path,
    on_page: &(dyn Fn() + Sync),
) -> Result<Summary, Failed> {
    write_and_hold(desk, ready, root, out, on_page).map(|finished| finished.summary)
}

/// As [`write()`], but the folder stays locked until the answer is dropped.
///
/// # Errors
/// As [`write()`].
pub fn write_and_hold(
    desk: &Desk,
    ready: &Ready,
    root: &Path,
    out: &Path,
    on_page: &(dyn Fn() + Sync),
) -> Result<Finished, Failed> {
    let inputs = Inputs::of(desk, ready);
    // A broken template breaks many pages alike. One page of each kind is rendered before anything
    // is written, so that what is published stays as it was.
    let is_new = !Output::is_made_from(out, &inputs.fingerprints);
    if is_new {
        trial(ready, ready.plan().routes())?;
    }
    let mut output = Output::open(out, root).map_err(Failed::Output)?.made_from(inputs.fingerprints.clone());
    let routes: Vec<&site::Route> = ready.plan().routes().collect();
    output.begin(routes.iter().map(|route| route.file())).map_err(Failed::Output)?;
    let remaining: Vec<&site::Route> = routes
        .into_par_iter()
        .filter(|route| {
            let is_kept = !is_new && inputs::is_covered(&route.recipe) && output.keep_same(&route.file());
            if is_kept {
                on_page();
            }
            !is_kept
        })
        .collect();
    // Only what is made needs the index, and most builds make little. Threads of a pool find it there: one that waited for it
    // might take up work that asks for it as well.
    if remaining.iter().any(|route| inputs::is_covered(&route.recipe)) {
        ready.site().index_for_pages();
    }
    if remaining.iter().any(|route| matches!(route.recipe, site::Recipe::Lookup(_))) {
        ready.pages.make_lookup();
    }
    if !is_new {
        trial(ready, remaining.iter().copied())?;
    }
    let results: Vec<Result<(), Failed>> = remaining
        .par_iter()
        .map(|route| write_route(ready, &output, &inputs, route, &route.file()).inspect(|()| on_page()))
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
        return Err(Failed::Partly(diagnostics));
    }
    output.finish_and_hold().map_err(Failed::Output)
}

/// Brings one file up to date. What would come out as an earlier build wrote it is neither rendered nor written.
fn write_route(
    ready: &Ready,
    output: &Output,
    inputs: &Inputs,
    route: &site::Route,
    file: &str,
) -> Result<(), Failed> {
    let pages = &ready.pages;
    // What is costly is known by its key before anything of it is made.
    let costly = pages.key(&route.recipe).map(|key| Origin::from(Print::of(key.as_bytes())));
    if costly.as_ref().is_some_and(|origin| output.keep(file, origin)) {
        return Ok(());
    }
    let looked = Looked::noted();
    let made = pages.make(&route.path, &route.recipe, &looked);
    let key = costly.is_none().then(|| render::key(&ready.engine, pages, &made)).flatten();
    let origin = key.or_else(|| inputs::is_covered(&route.recipe).then_some(inputs.fingerprints.common));
    let origin = origin.map(|key| inputs.origin(key, looked));
    if key.is_some() && origin.as_ref().is_some_and(|origin| output.keep(file, origin)) {
        return Ok(());
    }
    let bytes = match render::finish(&ready.engine, pages, route, made) {
        Ok(bytes) => bytes,
        Err(diagnostic) => {
            // A card or a stamp of yesterday may bear another verdict than today's page.
            if costly.is_some() {
                output.discard(file).map_err(Failed::Output)?;
            }
            return Err(Failed::Content(vec![*diagnostic]));
        }
    };
    match costly.or(origin) {
        Some(origin) => output.write_made(file, origin, &bytes),
        None => output.write(file, &bytes),
    }
    .map(drop)
    .map_err(Failed::Output)
}

/// Renders the first route of each kind of recipe, and of each template that pages choose.
fn trial<'r>(ready: &Ready, routes: impl Iterator<Item = &'r site::Route>) -> Result<(), Failed> {
    let mut kinds = Vec::new();
    let mut diagnostics = Vec::new();
    for route in routes {
        let chosen = match route.recipe {
            site::Recipe::Page(index) => ready.site().pages[index].template.as_deref(),
            _ => None,
        };
        let kind = (std::mem::discriminant(&route.recipe), chosen);
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        // What has a key is no template's work.
        if ready.pages.key(&route.recipe).is_some() {
            continue;
        }
        if let Err(diagnostic) = render(&ready.engine, &ready.pages, route) {
            diagnostics.push(*diagnostic);
        }
    }
    sort(&mut diagnostics);
    if diagnostics.is_empty() { Ok(()) } else { Err(Failed::Content(diagnostics)) }
}
