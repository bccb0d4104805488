/** Objects on a page unless the client says otherwise. */
export const DEFAULT_LIMIT = 20;

/** The most objects on a page. */
export const MAX_LIMIT = 100;

/** How many rows deep a numbered page may lie. */
export const MAX_NUMBERED_ROWS = 10_000;
