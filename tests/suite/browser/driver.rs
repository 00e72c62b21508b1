//! A headless Chromium of its own for each test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::serve::PATIENCE;

const MISSING: &str = "these tests need Chromium and ChromeDriver; run `./test`, which installs them";

/// The flags of a browser that talks to nobody but the preview.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

pub struct Browser {
    pub client: Client,
    driver: Driver,
}

struct Driver {
    child: Child,
    _profile: tempfile::TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    pub async fn start() -> Self {
        let chromium = Command::new("chromium").arg("--version").output();
        assert!(chromium.is_ok_and(|run| run.status.success()), "{MISSING}");
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{MISSING} ({error})"));
        let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
        let profile = tempfile::tempdir().expect("a temporary folder");
        let port = loop {
            let line = lines.next().and_then(Result::ok).unwrap_or_else(|| panic!("{MISSING}"));
            // "ChromeDriver was started successfully on port 12345."
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim_end_matches('.').to_owned();
            }
        };
        // What it says later is read by nobody, but must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let mut flags: Vec<String> = FLAGS.map(str::to_owned).to_vec();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let driver = Driver { child, _profile: profile };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().expect("an object").clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("{MISSING} ({error})"));
        Self { client, driver }
    }

    /// Opens an address and waits until the preview's own part of the page is there.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.expect("an opened page");
        self.until("return document.querySelector('#meja-preview') !== null", |is| *is == true).await;
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until what a script returns is as it should be. A page that is just being loaded again
    /// may fail to answer.
    pub async fn until(&self, script: &str, is_right: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let now = self.client.execute(script, Vec::new()).await;
            if let Ok(value) = &now
                && is_right(value)
            {
                return value.clone();
            }
            assert!(began.elapsed() < PATIENCE, "waited in vain for\n{script}\nwhich is {now:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the page has these words.
    pub async fn shows(&self, words: &str) {
        self.until("return document.body.innerText", |text| {
            text.as_str().is_some_and(|text| text.contains(words))
        })
        .await;
    }

    /// Makes the page as wide as a telephone, which no window of a desktop can be.
    pub async fn narrow(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 740, "deviceScaleFactor": 2, "mobile": true });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Sends a command of the `DevTools` protocol.
    pub async fn tell(&self, command: &str, parameters: Value) {
        let command = json!({ "cmd": command, "params": parameters });
        self.client.issue_cmd(Vendor("goog/cdp/execute", command)).await.expect("an answer");
    }

    /// The errors that pages have put on the console since it was last looked at.
    pub async fn errors(&self) -> Vec<String> {
        let log =
            self.client.issue_cmd(Vendor("se/log", json!({ "type": "browser" }))).await.expect("the console");
        let errors = log.as_array().expect("a list").iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// No page so far has put an error on the console.
    pub async fn is_content(&self) {
        let errors = self.errors().await;
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium; its driver would leave it behind.
        let client = self.client.clone();
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let _ = client.close().await;
            });
        });
        let _ = &self.driver;
    }
}

/// A command of `ChromeDriver` that the standard does not have.
#[derive(Debug)]
struct Vendor(&'static str, Value);

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.1.to_string()))
    }
}
