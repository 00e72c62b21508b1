// Drives yaml-language-server over its protocol: `node language-server.mjs FOLDER`. The folder has
// .vscode/settings.json as an editor has it; what is asked comes as JSON on standard input, a list of
// {path, text, line, character}; what the server says goes to standard output, in the same order.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";

const folder = path.resolve(process.argv[2]);
const questions = JSON.parse(readFileSync(0, "utf8"));
const settings = JSON.parse(readFileSync(path.join(folder, ".vscode/settings.json"), "utf8"));
const yaml = { validate: true, completion: true, hover: true };
for (const [key, value] of Object.entries(settings)) {
  if (!key.startsWith("yaml.")) continue;
  const parts = key.slice("yaml.".length).split(".");
  const last = parts.pop();
  parts.reduce((into, part) => (into[part] ??= {}), yaml)[last] = value;
}
// VS Code's extension sends schema paths as they are; the server resolves them by the folder.
const root = pathToFileURL(folder).href;

const here = path.dirname(fileURLToPath(import.meta.url));
const server = spawn(process.execPath, [path.join(here, "node_modules/yaml-language-server/bin/yaml-language-server"), "--stdio"], {
  stdio: ["pipe", "pipe", "inherit"],
});
// A server that says nothing must not hold up whoever asks.
setTimeout(() => { server.kill(); process.exit(1); }, 60_000).unref();
const waiting = new Map();
const heard = new Map();
let next = 1;

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}
function ask(method, params) {
  const id = next++;
  send({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}
function answer(message) {
  if (message.method === undefined) {
    waiting.get(message.id)?.(message.result);
  } else if (message.method === "workspace/configuration") {
    send({ id: message.id, result: message.params.items.map((item) => (item.section === "yaml" ? yaml : null)) });
  } else if (message.method === "textDocument/publishDiagnostics") {
    heard.get(message.params.uri)?.(message.params.diagnostics, message.params.version);
  } else if (message.id !== undefined) {
    send({ id: message.id, result: null });
  }
}

let buffer = Buffer.alloc(0);
server.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    answer(JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()));
    buffer = buffer.subarray(end + 4 + length);
  }
});

await ask("initialize", {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "desk" }],
  capabilities: {
    textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } }, publishDiagnostics: {} },
    workspace: { configuration: true, workspaceFolders: true },
  },
});
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings: { yaml } } });

// The settings arrive some time after they were sent. They are there once an unknown key is complained of.
const trial = pathToFileURL(path.join(folder, "site.yaml")).href;
const known = new Promise((resolve) => heard.set(trial, (problems) => problems.length > 0 && resolve()));
const document = { uri: trial, languageId: "yaml", version: 1, text: "no-such-key: 1\n" };
send({ method: "textDocument/didOpen", params: { textDocument: document } });
const again = setInterval(() => {
  document.version += 1;
  send({
    method: "textDocument/didChange",
    params: { textDocument: { uri: trial, version: document.version }, contentChanges: [{ text: document.text }] },
  });
}, 500);
await known;
clearInterval(again);
heard.delete(trial);
send({ method: "textDocument/didClose", params: { textDocument: { uri: trial } } });

const answers = [];
for (const { path: name, text, line, character } of questions) {
  const uri = pathToFileURL(path.join(folder, name)).href;
  // What is said of an earlier document at the same address has another version.
  const version = next++;
  const said = new Promise((resolve) => heard.set(uri, (problems, of) => (of ?? version) === version && resolve(problems)));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version, text } } });
  const diagnostics = await said;
  const completion = await ask("textDocument/completion", { textDocument: { uri }, position: { line, character } });
  const items = Array.isArray(completion) ? completion : (completion?.items ?? []);
  answers.push({
    problems: diagnostics.map((problem) => ({ message: problem.message, line: problem.range.start.line })),
    completions: items.map((item) => item.label),
  });
  heard.delete(uri);
  send({ method: "textDocument/didClose", params: { textDocument: { uri } } });
}
process.stdout.write(JSON.stringify(answers));
await ask("shutdown");
send({ method: "exit" });
