//! Reads the page with a parser of browsers.

use crate::catalogue::catalogue;
use crate::recorded::example;
use onem2m_conform::report::{Results, Transcripts, html};
use scraper::{ElementRef, Html, Selector};

pub struct Page(Html);

pub fn read(results: &Results) -> Page {
    read_with(results, &example())
}

pub fn read_with(results: &Results, transcripts: &dyn Transcripts) -> Page {
    let page = written(results, transcripts);
    Page(Html::parse_document(&page))
}

pub fn written(results: &Results, transcripts: &dyn Transcripts) -> String {
    html::render(results, &catalogue(), transcripts).unwrap()
}

impl Page {
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&Selector::parse(selector).unwrap()).collect()
    }

    pub fn one(&self, selector: &str) -> ElementRef<'_> {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}");
        found[0]
    }

    /// The text of the only such element, its parts set apart by single blanks.
    pub fn text(&self, selector: &str) -> String {
        text(self.one(selector))
    }

    /// The number in a counter.
    pub fn count(&self, key: &str) -> usize {
        self.text(&format!("[data-count={key}]")).parse().unwrap()
    }

    /// The values of an attribute, in the order of the page.
    pub fn values(&self, attribute: &str) -> Vec<String> {
        let elements = self.all(&format!("[{attribute}]"));
        let values = elements.iter().map(|it| it.attr(attribute).unwrap());
        values.map(str::to_owned).collect()
    }

    /// What a parser complains of.
    pub fn errors(&self) -> Vec<String> {
        self.0.errors.iter().map(ToString::to_string).collect()
    }
}

pub fn text(element: ElementRef<'_>) -> String {
    let text: Vec<_> = element.text().collect();
    text.join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
