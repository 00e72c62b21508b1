//! The examples below the help of each command. Every line of theirs is run by the tests
//! (`tests/suite/commands.rs`).

pub(super) const MEJA: &str = "\
Begin here:
  meja init desk         # a small desk that is complete
  cd desk
  meja serve --open      # see it, and write

Ends with 0 if all is well, 1 if the content has errors, 2 if the command
line is wrong, 3 if the machine got in the way.";

pub(super) const INIT: &str = "\
Examples:
  meja init desk --name \"Example Desk\"
  meja init meja-cek --language id --ratings turnbackhoax
  meja init clone --base-url https://cek.example/ --cms";

pub(super) const NEW: &str = "\
Examples:
  meja new person --name \"Example Author\" --role Editor
  meja new article --title \"Are bats blind?\" --author example-author
  meja new page --title Partners

`meja new claim --help` has an example for claims.";

pub(super) const NEW_ARTICLE: &str = "\
Examples:
  meja new article --title \"Is the sea blue?\" --author newsroom
  meja new article --title \"Are bats blind?\" --author newsroom \\
    --claim \"Bats are blind.\"";

pub(super) const NEW_CLAIM: &str = "\
Examples:
  meja new claim content/articles/*/venus-day-and-year.md \\
    --claim \"Venus has a moon.\" --verdict false \\
    --finding \"No moon of Venus is known.\" \\
    --source-title \"Moons\" --source-url https://science.nasa.gov/moons/";

pub(super) const NEW_PAGE: &str = "\
Examples:
  meja new page --title Partners
  meja new page --title \"How to write to us\" --slug contact";

pub(super) const NEW_PERSON: &str = "\
Examples:
  meja new person --name \"Sari Example\" --role Editor
  meja new person --name \"Example Institute\" --type organization";

pub(super) const SERVE: &str = "\
Examples:
  meja serve --open
  meja serve --port 5000 --poll
  meja serve --base-path /           # as on a domain of its own";

pub(super) const CHECK: &str = "\
Examples:
  meja check                         # all that is published
  meja check --drafts --fix          # drafts too; mends what it can
  meja check content/articles        # only what these files hold
  meja check --since origin/main     # what changed in silence?
  meja check --profile ifcn --format markdown > evidence.md

`meja explain CODE` says more of a problem.";

pub(super) const EXPLAIN: &str = "\
Examples:
  meja explain                       # all codes, with their levels here
  meja explain no-archive";

pub(super) const FIND: &str = "\
Examples:
  meja find lightning strikes twice
  meja find --limit 1 --format json lightning
  meja find < message.txt            # a whole message from a chat";

pub(super) const BUILD: &str = "\
Examples:
  meja build
  meja build --base-url https://name.github.io/repository/
  meja build --drafts --future --out preview";

pub(super) const PUBLISH: &str = "\
Examples:
  meja publish --dry-run             # what would readers see change?
  meja publish
  meja publish --branch pages --message \"Corrections of the week\"";

pub(super) const IMPORT: &str = "\
Examples:
  meja import csv archive.csv --dry-run
  meja import csv archive.csv --column claim=Pernyataan --dates dmy
  meja import claimreview feed.json
  meja import wordpress blog.xml";

pub(super) const SCHEMA: &str = "\
Examples:
  meja schema --vscode               # completion and checks in VS Code
  meja schema site --out site.schema.json
  meja schema article --lang id";

pub(super) const COMPLETIONS: &str = "\
Examples:
  meja completions bash > meja.bash
  meja completions zsh > _meja
  meja completions fish > meja.fish

Where your shell looks for such files stands in docs/start.md.";
