//! The page behind a shared link is opened with the link's secret in its address: it must run and fetch nothing.

const PAGE: &str = include_str!("../../docs/site/k/index.html");

#[test]
fn the_link_page_runs_no_script() {
    let page = PAGE.to_lowercase();
    for word in ["<script", "javascript:", " onload", " onclick", " onerror", "<iframe", "<object", "<embed"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_link_page_names_no_other_resource() {
    let page = PAGE.to_lowercase();
    for word in ["://", "\"//", "'//", "src=", "href=", "srcset=", "url(", "@import", "<link", "<base", "<form"] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn the_link_page_tells_the_browser_so_too() {
    assert!(
        PAGE.contains(r#"http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"#)
    );
    assert!(PAGE.contains(r#"<meta name="referrer" content="no-referrer">"#));
}

#[test]
fn the_link_page_says_what_to_do() {
    for words in ["Install Phonein", "Tap the link", "“I was sent a key”"] {
        assert!(PAGE.contains(words), "{words}");
    }
}
