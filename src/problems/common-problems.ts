import { problemType } from './problem';

/** The problems that any endpoint can return; a domain adds its own beside its services. */
export const malformedJson = problemType('malformed_json', 400, 'Malformed JSON');
export const malformedRequest = problemType('malformed_request', 400, 'Malformed request');
export const invalidParameters = problemType('invalid_parameters', 400, 'Invalid parameters');
export const invalidCursor = problemType('invalid_cursor', 400, 'Invalid cursor');
export const pageTooDeep = problemType('page_too_deep', 400, 'Page too deep');
export const unauthenticated = problemType('unauthenticated', 401, 'Authentication required');
export const forbidden = problemType('forbidden', 403, 'Forbidden');
export const notFound = problemType('not_found', 404, 'Not found');
export const methodNotAllowed = problemType('method_not_allowed', 405, 'Method not allowed');
export const notAcceptable = problemType('not_acceptable', 406, 'Not acceptable');
export const requestTimeout = problemType('request_timeout', 408, 'Request timeout');
export const valueTaken = problemType('value_taken', 409, 'Value already taken');
export const inUse = problemType('in_use', 409, 'Still in use');
export const notDeleted = problemType('not_deleted', 409, 'Not deleted');
export const idTaken = problemType('id_taken', 409, 'Id already taken');
export const preconditionFailed = problemType('precondition_failed', 412, 'Precondition failed');
export const bodyTooLarge = problemType('body_too_large', 413, 'Body too large');
export const uriTooLong = problemType('uri_too_long', 414, 'URL too long');
export const unsupportedMediaType = problemType('unsupported_media_type', 415, 'Unsupported media type');
export const expectationFailed = problemType('expectation_failed', 417, 'Expectation failed');
export const invalidBody = problemType('invalid_body', 422, 'Invalid body');
export const rateLimited = problemType('rate_limited', 429, 'Too many requests');
export const headersTooLarge = problemType('headers_too_large', 431, 'Headers too large');
export const internalError = problemType('internal_error', 500, 'Internal error');
export const unavailable = problemType('unavailable', 503, 'Service unavailable');
export const busy = problemType('busy', 503, 'Conflicting requests');
