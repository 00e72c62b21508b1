//! The preview: keeps the site in memory, renders a page when a browser asks for it, follows the
//! disk, and tells open pages when they changed.

mod answer;
mod editor;
mod events;
mod found;
mod guard;
mod live;
mod made;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::serve::ListenerExt;
use jiff::Zoned;

use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::pipeline;

pub use live::{Live, Update};

/// How the preview is to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The desk's folder, as a real path: changes are reported by such paths.
    pub root: PathBuf,
    /// Where to listen. Anything but loopback lets others on the network read the preview.
    pub host: IpAddr,
    /// The port to try first.
    pub port: u16,
    /// The path the site stands at, instead of that of `base_url`.
    pub base_path: Option<String>,
    /// Whether to look at every file twice a second instead of asking the system for changes.
    pub poll: bool,
    /// The address that opens a file in the editor, with `{file}`, `{line}` and `{column}`.
    pub editor: String,
    /// Tells the present moment; the one place where the preview learns it.
    pub clock: fn() -> Zoned,
    /// Is told what happened.
    pub tell: fn(&Told<'_>),
}

/// What the preview has to say in the terminal.
#[derive(Debug)]
pub enum Told<'t> {
    /// It listens.
    Ready {
        /// The address of the home page.
        url: String,
        /// Pages, for a first impression of what was read.
        pages: usize,
        /// The port that was asked for, if it was taken.
        taken: Option<u16>,
    },
    /// The files changed and were read again.
    Updated(&'t Update),
    /// A page could not be rendered.
    Broken(&'t Diagnostic),
    /// The system cannot watch the files; they are polled instead.
    Polling(String),
    /// Others on the network can read the preview.
    Exposed(IpAddr),
}

/// Why the preview could not start.
#[derive(Debug)]
pub enum Failed {
    /// There are no settings to start from.
    Content(Box<Diagnostic>),
    /// No port could be had.
    Port(u16, io::Error),
    /// The base path is none.
    BasePath(String),
    /// The system refused something else.
    Machine(io::Error),
}

/// How many ports are tried when one is taken.
const PORTS: u16 = 50;

/// Runs the preview until the process ends.
///
/// # Errors
/// If it cannot start.
pub fn run(options: Options) -> Result<(), Failed> {
    let base = base(&options)?;
    let desk = pipeline::read_to_follow(&options.root, base.as_ref()).map_err(Failed::Content)?;
    let live = Arc::new(Live::new(desk, base, options.clone()));
    let (listener, taken) = listen(options.host, options.port)?;
    let address = listener.local_addr().map_err(Failed::Machine)?;
    if !options.host.is_loopback() {
        (options.tell)(&Told::Exposed(options.host));
    }
    // One editor looks at a preview. Each further thread would keep memory of its own for good.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(2)
        .enable_all()
        .build()
        .map_err(Failed::Machine)?;
    watch::start(Arc::clone(&live), runtime.handle().clone());
    (options.tell)(&Told::Ready {
        url: format!("http://{}{}", shown(address), live.base_path()),
        pages: live.pages(),
        taken,
    });
    runtime.block_on(answer_all(listener, live, address)).map_err(Failed::Machine)
}

/// The base the preview renders with: the settings' origin, with another path if one is given.
fn base(options: &Options) -> Result<Option<BaseUrl>, Failed> {
    let Some(path) = &options.base_path else {
        return Ok(None);
    };
    let source = pipeline::read_settings(&options.root).map_err(Failed::Content)?;
    let (config, _) = crate::config::read(&source);
    let origin = if config.base.origin.is_empty() { "http://localhost" } else { &config.base.origin };
    let url = format!("{origin}/{}", path.trim_start_matches('/'));
    BaseUrl::parse(&url).map(Some).map_err(Failed::BasePath)
}

async fn answer_all(listener: TcpListener, live: Arc<Live>, address: SocketAddr) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
        // Small answers must not wait for the next packet.
        let _ = stream.set_nodelay(true);
    });
    let state = answer::State { live, port: address.port(), host: address.ip() };
    let app = Router::new().fallback(answer::answer).with_state(state);
    axum::serve(listener, app).await
}

fn listen(host: IpAddr, port: u16) -> Result<(TcpListener, Option<u16>), Failed> {
    let mut last = None;
    for next in (port..=port.saturating_add(PORTS)).take(usize::from(PORTS)) {
        match TcpListener::bind((host, next)) {
            Ok(listener) => return Ok((listener, (next != port).then_some(port))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port != 0 => last = Some(error),
            Err(error) => return Err(Failed::Port(next, error)),
        }
    }
    Err(Failed::Port(port, last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into())))
}

/// An address browsers can open: nobody can go to "all interfaces".
fn shown(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::new(IpAddr::from([127, 0, 0, 1]), address.port())
    } else {
        address
    }
}
