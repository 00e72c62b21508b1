//! What editors see beside the site: problems over the page, a bar, and the page `/_meja/`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Answer, hash, with_script};
use super::found;
use super::live::{Live, View};
use crate::content::{Article, Moment, Status};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::html::{escape, percent_encoded};
use crate::site::{Recipe, Site};
use crate::{render, report};

const SCRIPT: &str = include_str!("assets/preview.js");
const STYLE: &str = include_str!("assets/preview.css");
const GUIDE_STYLE: &str = include_str!("assets/styleguide.css");

/// The page of what the desk is working on. It is none of the site's.
pub(super) const OVERVIEW: &str = "/_meja/";

/// The page that shows every part of the theme, as the desk has it.
pub(super) const STYLE_GUIDE: &str = "/_meja/styleguide/";

/// How many findings the overview lists: nobody reads more of them at once.
const FINDINGS: usize = 500;

/// Answers for a path below `/_meja/`.
pub(super) fn answer(live: &Live, view: &View, path: &str, query: &str) -> Option<Answer> {
    let ok = |kind, bytes: Vec<u8>| Some(Answer { status: StatusCode::OK, kind, bytes, foreign: false });
    match path {
        "preview.js" => ok("text/javascript; charset=utf-8", SCRIPT.into()),
        "preview.css" => ok("text/css; charset=utf-8", STYLE.into()),
        "styleguide.css" => ok("text/css; charset=utf-8", GUIDE_STYLE.into()),
        "styleguide" | "styleguide/" if !view.is_good() => Some(waiting(STYLE_GUIDE)),
        "styleguide" | "styleguide/" => match style_guide(view) {
            Ok(page) => {
                let hash = hash(&page);
                ok("text/html; charset=utf-8", with_script(page, STYLE_GUIDE, &hash))
            }
            Err(diagnostic) => Some(broken(STYLE_GUIDE, &diagnostic, live)),
        },
        "bar.json" => {
            let page = url::form_urlencoded::parse(query.as_bytes())
                .find(|(key, _)| key == "path")
                .map(|(_, value)| value.into_owned());
            ok("application/json", bar(live, view, &page.unwrap_or_default()).to_string().into_bytes())
        }
        "checks.json" => ok("application/json", checks(live, view).to_string().into_bytes()),
        "" => ok("text/html; charset=utf-8", overview(live, view).into_bytes()),
        _ => None,
    }
}

/// The bytes of the style guide, without what the preview adds.
pub(super) fn style_guide(view: &View) -> Result<Vec<u8>, Box<Diagnostic>> {
    render::style_guide(&view.ready.engine, &view.ready.pages, STYLE_GUIDE).map(String::into_bytes)
}

/// Problems as the overlay shows them: each as the terminal prints it, with a link to the editor.
pub(super) fn problems<'d>(live: &Live, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Value {
    let items: Vec<Value> = diagnostics.map(|diagnostic| problem(live, diagnostic)).collect();
    json!({"items": items})
}

fn problem(live: &Live, diagnostic: &Diagnostic) -> Value {
    let (line, column) = place(diagnostic);
    json!({
        "text": report::terminal(std::slice::from_ref(diagnostic), false).trim_end(),
        "at": format!("{}:{line}:{column}", diagnostic.path()),
        "editor": editor_link(live, diagnostic.path(), line, column),
        "error": diagnostic.severity == Severity::Error,
    })
}

fn place(diagnostic: &Diagnostic) -> (usize, usize) {
    match &diagnostic.place {
        Place::At(label) => {
            let at = label.source.line_column(label.span.start);
            (at.line, at.column)
        }
        Place::File(_) => (1, 1),
    }
}

fn editor_link(live: &Live, path: &str, line: usize, column: usize) -> String {
    let file = live.options.root.join(path).to_string_lossy().replace('\\', "/");
    let file = percent_encoded(&file, b"/:");
    live.options
        .editor
        .replace("{file}", &file)
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string())
}

/// The page in place of one that could not be rendered.
pub(super) fn broken(path: &str, diagnostic: &Diagnostic, live: &Live) -> Answer {
    let problem = problem(live, diagnostic);
    let text = problem["text"].as_str().unwrap_or_default();
    let link = problem["editor"].as_str().unwrap_or_default();
    let html = frame(
        "This page cannot be rendered",
        &format!(
            "<h1>This page cannot be rendered</h1>\n<pre class=\"problem\" tabindex=\"0\">{}</pre>\n<p><a href=\"{}\">Open in the editor</a></p>\n",
            escape(text),
            escape(link)
        ),
    );
    Answer {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        kind: "text/html; charset=utf-8",
        bytes: with_script(html.into_bytes(), path, &broken_hash(diagnostic)),
        foreign: false,
    }
}

/// What stands for every page until the desk is without errors for the first time: a site with
/// stand-ins for what could not be read might show a verdict that nobody gave.
pub(super) fn waiting(path: &str) -> Answer {
    let html = frame(
        "The desk has errors",
        "<h1>The desk has errors</h1>\n<p>The site appears here as soon as they are mended.</p>\n",
    );
    Answer {
        status: StatusCode::SERVICE_UNAVAILABLE,
        kind: "text/html; charset=utf-8",
        bytes: with_script(html.into_bytes(), path, WAITING),
        foreign: false,
    }
}

/// The hash of a page that waits.
pub(super) const WAITING: &str = "waiting";

/// A broken page shows no bytes of the site, but what is wrong: another mistake is another page.
pub(super) fn broken_hash(diagnostic: &Diagnostic) -> String {
    hash(report::terminal(std::slice::from_ref(diagnostic), false).as_bytes())
}

fn frame(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"/_meja/preview.css\">\n</head>\n<body class=\"meja\">\n<main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

/// The article or page that stands behind an address: its file and, if it is one, the article.
fn document<'s>(site: &'s Site, recipe: &Recipe) -> Option<(&'s str, Option<&'s Article>)> {
    let article = |index: usize| {
        let article = site.articles.get(index)?;
        Some((article.yaml.source.path.as_str(), Some(article.as_ref())))
    };
    match recipe {
        Recipe::Article(index) => article(*index),
        Recipe::Claim(at) | Recipe::Embed(at) => article(at.article),
        Recipe::Page(index) => site.pages.get(*index).map(|page| (page.yaml.source.path.as_str(), None)),
        _ => None,
    }
}

/// What the bar says of a page.
fn bar(live: &Live, view: &View, path: &str) -> Value {
    let site = view.ready.site();
    let errors = view.errors().count();
    let warnings = view.diagnostics.len() - errors;
    let found = view.ready.plan().get(path).and_then(|route| document(site, &route.recipe));
    let Some((file, article)) = found else {
        return json!({"errors": errors, "warnings": warnings, "version": view.version});
    };
    let own: Vec<Value> = view
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.path() == file)
        .map(|diagnostic| problem(live, diagnostic))
        .collect();
    let findings = article.map(|article| found::in_article(view, article)).unwrap_or_default();
    let findings: Vec<Value> = findings.iter().map(|diagnostic| problem(live, diagnostic)).collect();
    let claims = |keep: fn(&crate::content::Claim) -> bool| -> Vec<String> {
        article
            .into_iter()
            .flat_map(|article| &article.claims)
            .filter(|claim| keep(claim))
            .map(|claim| claim.id.clone())
            .collect()
    };
    json!({
        "file": file,
        "editor": editor_link(live, file, 1, 1),
        "status": article.map(|article| status(site, article)),
        "problems": own,
        "findings": findings,
        "unanchored": claims(|claim| claim.quote.is_none()),
        "unsourced": claims(|claim| claim.sources.is_empty()),
        "errors": errors,
        "warnings": warnings,
        "version": view.version,
    })
}

/// What `check` finds in the whole site, for the overview.
fn checks(live: &Live, view: &View) -> Value {
    let all = live.found.in_site(view);
    let items: Vec<Value> = all.iter().take(FINDINGS).map(|diagnostic| problem(live, diagnostic)).collect();
    json!({"version": view.version, "count": all.len(), "items": items})
}

fn status(site: &Site, article: &Article) -> String {
    match &article.status {
        Status::Draft => "draft".to_owned(),
        Status::Withdrawn { date, .. } => format!("withdrawn on {date}"),
        Status::Published if article.date.is_after(&site.now) => format!("appears {}", moment(&article.date)),
        Status::Published => "published".to_owned(),
    }
}

fn moment(moment: &Moment) -> String {
    match &moment.time {
        Some(time) => time.strftime("%Y-%m-%d %H:%M %Z").to_string(),
        None => moment.date.to_string(),
    }
}

/// The page `/_meja/`: what is not published yet, what is wrong, what happened.
fn overview(live: &Live, view: &View) -> String {
    let site = view.ready.site();
    let mut body = format!("<h1>{}</h1>\n", escape(site.config.title.get(crate::config::Lang::MAIN)));
    let home = site.config.base.href("/");
    body.push_str(&format!(
        "<p><a href=\"{}\">To the site</a> · <a href=\"{STYLE_GUIDE}\">Style guide</a></p>\n",
        escape(&home)
    ));
    let waiting = |keep: &dyn Fn(&Article) -> bool| -> Vec<String> {
        site.articles
            .iter()
            .enumerate()
            .filter(|(_, article)| keep(article))
            .map(|(index, article)| {
                let href = site.config.base.href(&site.path_of(crate::site::Position::Article(index)));
                format!(
                    "<a href=\"{}\">{}</a> <span class=\"note\">{} · <a href=\"{}\">{}</a></span>",
                    escape(&href),
                    escape(&article.title),
                    escape(&status(site, article)),
                    escape(&editor_link(live, &article.yaml.source.path, 1, 1)),
                    escape(&article.yaml.source.path)
                )
            })
            .collect()
    };
    section(&mut body, "Drafts", "No drafts.", &waiting(&|article| article.status == Status::Draft));
    let held = waiting(&|article| article.status == Status::Published && article.date.is_after(&site.now));
    section(&mut body, "Held back until their date", "Nothing waits for its date.", &held);
    for (title, none, severity) in
        [("Errors", "No errors.", Severity::Error), ("Warnings", "No warnings.", Severity::Warning)]
    {
        let list: Vec<String> = view
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .map(|diagnostic| {
                let problem = problem(live, diagnostic);
                let field = |name: &str| escape(problem[name].as_str().unwrap_or_default()).into_owned();
                format!(
                    "<a href=\"{}\">{}</a><pre class=\"problem\" tabindex=\"0\">{}</pre>",
                    field("editor"),
                    field("at"),
                    field("text")
                )
            })
            .collect();
        section(&mut body, title, none, &list);
    }
    // The script fills it, and only when it is opened: a large site takes a moment to be looked through.
    body.push_str(
        "<section>\n<h2>Findings of check</h2>\n<details id=\"checks\">\n\
         <summary>Look through the whole site</summary>\n</details>\n</section>\n",
    );
    let log: Vec<String> = live
        .log()
        .iter()
        .map(|update| {
            format!(
                "{} <span class=\"note\">{} · {} ms{}</span>",
                escape(&update.paths.join(", ")),
                update.at.strftime("%H:%M:%S"),
                update.took.as_millis(),
                if update.errors > 0 {
                    format!(" · {} errors, not shown", update.errors)
                } else {
                    String::new()
                }
            )
        })
        .collect();
    section(&mut body, "Latest changes", "Nothing has changed since the preview began.", &log);
    let page = frame("Meja: what the desk is working on", &body);
    String::from_utf8(with_script(page.into_bytes(), OVERVIEW, "")).unwrap_or_default()
}

fn section(body: &mut String, title: &str, none: &str, items: &[String]) {
    body.push_str(&format!("<section>\n<h2>{title} <span class=\"note\">{}</span></h2>\n", items.len()));
    if items.is_empty() {
        body.push_str(&format!("<p class=\"note\">{none}</p>\n"));
    } else {
        body.push_str("<ul>\n");
        for item in items {
            body.push_str(&format!("<li>{item}</li>\n"));
        }
        body.push_str("</ul>\n");
    }
    body.push_str("</section>\n");
}
