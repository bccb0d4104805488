import { problemType } from './problem';

/** The problems any endpoint can answer with; a domain adds its own beside its services. */
export const malformedJson = problemType('malformed_json', 400, 'The body is not valid JSON');
export const malformedRequest = problemType('malformed_request', 400, 'The request is malformed');
export const invalidParameters = problemType('invalid_parameters', 400, 'A parameter of the request is wrong');
export const invalidCursor = problemType('invalid_cursor', 400, 'The cursor does not belong to this list');
export const pageTooDeep = problemType('page_too_deep', 400, 'The page lies too deep to be numbered');
export const unauthenticated = problemType('unauthenticated', 401, 'Sign in first');
export const forbidden = problemType('forbidden', 403, 'Not allowed');
export const notFound = problemType('not_found', 404, 'There is no such thing');
export const methodNotAllowed = problemType('method_not_allowed', 405, 'The method is not allowed here');
export const notAcceptable = problemType('not_acceptable', 406, 'No acceptable representation');
export const requestTimeout = problemType('request_timeout', 408, 'The request took too long to arrive');
export const valueTaken = problemType('value_taken', 409, 'A unique value is taken');
export const inUse = problemType('in_use', 409, 'Something else still refers to it');
export const notDeleted = problemType('not_deleted', 409, 'It is not deleted');
export const idTaken = problemType('id_taken', 409, 'The id belongs to a deleted object');
export const preconditionFailed = problemType('precondition_failed', 412, 'The object has changed since');
export const bodyTooLarge = problemType('body_too_large', 413, 'The body is too large');
export const uriTooLong = problemType('uri_too_long', 414, 'The URL is too long');
export const unsupportedMediaType = problemType('unsupported_media_type', 415, 'The media type is not supported');
export const expectationFailed = problemType('expectation_failed', 417, 'The expectation cannot be met');
export const invalidBody = problemType('invalid_body', 422, 'The body breaks a rule');
export const rateLimited = problemType('rate_limited', 429, 'Too many requests');
export const headersTooLarge = problemType('headers_too_large', 431, 'The headers are too large');
export const internalError = problemType('internal_error', 500, 'The server failed');
export const unavailable = problemType('unavailable', 503, 'The server cannot answer now');
export const busy = problemType('busy', 503, 'Too much happened at once');
