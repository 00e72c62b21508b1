//! A desk's own templates that call themselves or do not end.

use super::row::Row;

pub fn rows() -> Vec<Row> {
    let home = |name: &str, text: String| Row::new(name).file("templates/home.html", text);
    let syntax = |name: &str, text: String| home(name, text).says("template-syntax");
    let render = |name: &str, text: &str| home(name, text.to_owned()).says("template-render");
    vec![
        syntax("a template that includes itself", "{% include 'home.html' %}".to_owned()),
        syntax("a template that extends itself", "{% extends 'home.html' %}".to_owned()),
        home("templates that extend each other", "{% extends 'a.html' %}".to_owned())
            .file("templates/a.html", "{% extends 'home.html' %}")
            .says("template-syntax"),
        home("templates that include each other", "{% include 'a.html' %}".to_owned())
            .file("templates/a.html", "{% include 'home.html' %}")
            .says("template-syntax"),
        home("a component that calls itself", "{{ <zz /> }}".to_owned())
            .file("templates/components/zz.html", "{% component zz(n=0) %}{{ <zz n={n + 1} /> }}{% endcomponent zz %}")
            .says_at("template-render", "templates"),
        render("a loop of a billion", "{% for i in range(end=1000000000000) %}x{% endfor %}"),
        home(
            "a loop in a loop that writes",
            format!("{{% for i in range(end=1000) %}}{{% for j in range(end=900) %}}{}{{% endfor %}}{{% endfor %}}", "0123456789".repeat(100)),
        )
        .says("template-render"),
        render(
            "a loop in a loop that writes nothing",
            "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}",
        ),
        home("templates that include many that include many", "{% include 'a.html' %}".to_owned())
            .file("templates/a.html", "{% include 'b.html' %}".repeat(300))
            .file("templates/b.html", "{% include 'c.html' %}".repeat(300))
            .file("templates/c.html", "{% include 'd.html' %}".repeat(300))
            .file("templates/d.html", "0123456789".repeat(300))
            .says_at("template-render", "templates/home.html"),
        syntax("brackets in a template within each other", format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000))),
        syntax("conditions in a template within each other", format!("{}{}", "{% if true %}".repeat(20_000), "{% endif %}".repeat(20_000))),
        syntax("a sum of 50,000", format!("{{{{ 1{} }}}}", " + 1".repeat(50_000))),
        syntax("20,000 filters", format!("{{{{ 'a' {} }}}}", "| upper ".repeat(20_000))),
        syntax("a text in a template that is not closed", "{{ '".to_owned()),
        syntax("a raw block that is not closed", "{% raw %}".to_owned()),
        render("a division by nothing", "{{ 1 / 0 }}"),
        render("a power without end", "{{ 10 ** 100000000 }}"),
        render("steps of nothing", "{{ [1, 2][::0] }}"),
        home("a piece of a text beyond its end", "{{ <content_security_policy /> }}{{ 'é字'[0:1] }}{{ 'abc'[-100:200] }}{{ 'abc'[9223372036854775807:] }}".to_owned()),
    ]
}
