"""What a short tour of the pages in Chromium, Firefox and WebKit is driven by."""
