//! The app without its pixels.
