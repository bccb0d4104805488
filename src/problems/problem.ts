/** One broken rule: a JSON pointer (RFC 6901) into the body, or the name of the parameter, with a stable code. */
export interface Violation {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** The most violations that a response names. */
export const MAX_VIOLATIONS = 100;

interface ProblemExtras {
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  /** Further members of the document (RFC 9457, 3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An error that a client is told about, as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly errors: readonly Violation[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly type: ProblemType,
    readonly detail: string,
    extras: ProblemExtras = {},
  ) {
    super(`${type.code}: ${detail}`, { cause: extras.cause });
    this.name = 'Problem';
    this.errors = extras.errors ?? [];
    this.headers = extras.headers ?? {};
    this.members = extras.members ?? {};
  }
}

/** A kind of problem: its stable code, its status and its title; `because` makes one instance to throw. */
export interface ProblemType {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  because(detail: string, extras?: ProblemExtras): Problem;
}

/** Declares a kind of problem; the code names the condition and never changes once published. */
export function problemType(code: string, status: number, title: string): ProblemType {
  const type: ProblemType = {
    code,
    status,
    title,
    because: (detail, extras) => new Problem(type, detail, extras),
  };
  return type;
}

/** Returns the JSON of a problem document: the members of RFC 9457, `code`, `requestId`, `errors`, and those of its kind. */
export function problemDocument(problem: Problem, instance: string, requestId: string): Record<string, unknown> {
  const { type, detail, errors, members } = problem;
  return {
    type: `/docs/problems#${type.code}`,
    title: type.title,
    status: type.status,
    detail,
    instance,
    code: type.code,
    requestId,
    ...(errors.length > 0 && { errors }),
    ...members,
  };
}
