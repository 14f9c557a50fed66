//! Literal rows for each kind of rule: what is told, and the near misses that must say nothing.
