//! Questions on a terminal, and flags everywhere else.

use std::io::{BufRead, IsTerminal, Write};

use super::super::Ended;
use super::words::Words;

/// Checks an answer and says why it cannot be used.
pub(super) type Reading<'r> = &'r dyn Fn(&str) -> Result<String, String>;

/// Asks for what the flags leave out, or collects what is missing where nobody can be asked.
pub(super) struct Questions<'q> {
    /// Where answers come from and where questions go; none without a terminal.
    terminal: Option<(Box<dyn BufRead + 'q>, Box<dyn Write + 'q>)>,
    missing: Vec<&'static str>,
    words: &'static Words,
}

impl Questions<'_> {
    /// `all_given` says that the flags have all that is required: then nothing is asked, and what is
    /// optional stays away.
    pub(super) fn new(all_given: bool, words: &'static Words) -> Self {
        let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        let terminal = (is_terminal && !all_given).then(|| {
            let input: Box<dyn BufRead> = Box::new(std::io::stdin().lock());
            let output: Box<dyn Write> = Box::new(std::io::stderr());
            (input, output)
        });
        Self { terminal, missing: Vec::new(), words }
    }

    /// What is required. An empty text stands for what is missing until [`Self::done`] says so.
    pub(super) fn required(
        &mut self,
        flag: &'static str,
        question: &str,
        given: Option<&str>,
        suggested: Option<&str>,
        read: Reading<'_>,
    ) -> Result<String, Ended> {
        if let Some(given) = given {
            return read(given).map_err(|reason| Ended::Usage(format!("{flag}: {reason}")));
        }
        if self.terminal.is_none() {
            self.missing.push(flag);
            return Ok(String::new());
        }
        loop {
            let answer = self.line(question, suggested)?;
            let answer = if answer.is_empty() { suggested.unwrap_or_default().to_owned() } else { answer };
            match read(&answer) {
                Ok(answer) => return Ok(answer),
                Err(reason) => self.say(&format!("  {reason}\n"))?,
            }
        }
    }

    /// What may be left out.
    pub(super) fn optional(
        &mut self,
        flag: &'static str,
        question: &str,
        given: Option<&str>,
        read: Reading<'_>,
    ) -> Result<Option<String>, Ended> {
        if let Some(given) = given {
            return read(given).map(Some).map_err(|reason| Ended::Usage(format!("{flag}: {reason}")));
        }
        while self.terminal.is_some() {
            let answer = self.line(&format!("{question} ({})", self.words.may_stay_empty), None)?;
            if answer.is_empty() {
                break;
            }
            match read(&answer) {
                Ok(answer) => return Ok(Some(answer)),
                Err(reason) => self.say(&format!("  {reason}\n"))?,
            }
        }
        Ok(None)
    }

    /// Yes or no; `otherwise` if nothing is answered, or nobody can be asked.
    pub(super) fn is_so(&mut self, question: &str, otherwise: bool) -> Result<bool, Ended> {
        if self.terminal.is_none() {
            return Ok(otherwise);
        }
        let Words { yes_or_no, yes, no, .. } = self.words;
        let suggested = if otherwise { yes } else { no };
        let answer = self.line(&format!("{question} ({yes_or_no})"), Some(suggested))?;
        Ok(match answer.to_lowercase().as_str() {
            "" => otherwise,
            answer => matches!(answer, "y" | "yes" | "ya"),
        })
    }

    /// Whether somebody is asked.
    pub(super) fn on_terminal(&self) -> bool {
        self.terminal.is_some()
    }

    /// Shows something that helps to answer, if somebody is there.
    pub(super) fn say(&mut self, words: &str) -> Result<(), Ended> {
        if let Some((_, output)) = &mut self.terminal {
            output
                .write_all(words.as_bytes())
                .and_then(|()| output.flush())
                .map_err(|error| unasked(&error))?;
        }
        Ok(())
    }

    /// Whether all that is required is there.
    pub(super) fn done(&self, command: &str) -> Result<(), Ended> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Ended::Usage(format!(
            "there is no terminal to ask on; `{command}` also needs {}",
            self.missing.join(", ")
        )))
    }

    fn line(&mut self, question: &str, suggested: Option<&str>) -> Result<String, Ended> {
        self.say(&match suggested {
            Some(suggested) => format!("{question} [{suggested}]: "),
            None => format!("{question}: "),
        })?;
        let mut answer = String::new();
        let Some((input, _)) = &mut self.terminal else { return Ok(answer) };
        match input.read_line(&mut answer) {
            Ok(0) => Err(Ended::Usage("the answers ended early; nothing was written".to_owned())),
            Ok(_) => Ok(answer.trim().to_owned()),
            Err(error) => Err(unasked(&error)),
        }
    }
}

fn unasked(error: &std::io::Error) -> Ended {
    Ended::Machine(format!("cannot ask on this terminal: {error}"), None)
}

#[cfg(test)]
mod tests {
    use super::super::super::init::one_line;
    use super::super::words::words;
    use super::*;

    fn asking<'q>(input: &'q str, output: impl Write + 'q) -> Questions<'q> {
        let terminal: (Box<dyn BufRead>, Box<dyn Write>) = (Box::new(input.as_bytes()), Box::new(output));
        Questions { terminal: Some(terminal), missing: Vec::new(), words: words("en") }
    }

    fn message(ended: Result<impl Sized, Ended>) -> String {
        match ended {
            Err(Ended::Usage(message)) => message,
            _ => String::new(),
        }
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_asked_for_again() {
        let mut shown = Vec::new();
        let mut questions = asking("\n  a  title \n\n", &mut shown);
        let read = &|word: &str| one_line(word);
        assert!(matches!(questions.required("--title", "Title", None, None, read).as_deref(), Ok("a title")));
        assert!(matches!(questions.required("--slug", "Slug", None, Some("s"), read).as_deref(), Ok("s")));
        assert_eq!(
            message(questions.optional("--x", "X", None, read)),
            "the answers ended early; nothing was written"
        );
        drop(questions);
        assert_eq!(
            String::from_utf8_lossy(&shown),
            "Title:   it is empty\nTitle: Slug [s]: X (may stay empty): "
        );
    }

    #[test]
    fn yes_and_no_have_a_default_and_the_letters_of_the_desk() {
        let mut shown = Vec::new();
        let mut questions = asking("\n\nYa\nt\n", &mut shown);
        questions.words = words("id");
        for (otherwise, expected) in [(true, true), (false, false), (false, true), (true, false)] {
            assert!(matches!(questions.is_so("Q", otherwise), Ok(is) if is == expected));
        }
        drop(questions);
        let shown = String::from_utf8_lossy(&shown);
        assert_eq!(shown, "Q (y/t) [y]: Q (y/t) [t]: Q (y/t) [t]: Q (y/t) [y]: ");
    }

    #[test]
    fn without_a_terminal_all_that_is_missing_is_named_at_once() {
        let mut questions = Questions { terminal: None, missing: Vec::new(), words: words("en") };
        let read = &|word: &str| one_line(word);
        for flag in ["--title", "--author"] {
            assert!(matches!(questions.required(flag, "", None, Some("x"), read).as_deref(), Ok("")));
        }
        assert!(matches!(questions.optional("--claim", "", None, read), Ok(None)));
        assert!(message(questions.done("meja new article")).ends_with("also needs --title, --author"));
    }
}
