"""The wizard's window: header, sidebar, pages and footer."""
