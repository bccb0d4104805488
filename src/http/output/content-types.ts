/** What a JSON response says of itself. */
export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

/** What a page says of itself. */
export const HTML_CONTENT_TYPE = 'text/html; charset=utf-8';
