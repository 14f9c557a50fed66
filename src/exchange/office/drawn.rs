//! The drawing of a filing as tables and paragraphs, for writers of other formats: read from the HTML of `render`, so that
//! there is one drawing for the screen, for paper and for every file.
