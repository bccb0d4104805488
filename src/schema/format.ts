/** How a text is written: the pattern that it matches, and the words for it. */
export interface Format {
  readonly pattern: RegExp;
  /** Ends a sentence that begins with "<name> must"; clients are shown this, never the pattern. */
  readonly rule: string;
}

/** The format of the address of a page or picture on the web. */
export const WEB_ADDRESS: Format = {
  pattern: /^https?:\/\/\S+$/,
  rule: 'be a web address that begins with http:// or https:// and has no spaces',
};

/** The format of tokens that a client hands back as it got them: base64url. */
export const BASE64URL: Format = {
  pattern: /^[\w-]+$/,
  rule: 'be exactly what the shop has given: letters, digits, hyphens and underscores',
};
