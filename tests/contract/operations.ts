import type { Method } from '../support/shop';

/** An operation of the document. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  /** Whether it replaces an object, or creates it where it is missing. */
  readonly canCreate: boolean;
  /** The media types of its body, and of its successful responses. */
  readonly requestTypes: readonly string[];
  readonly responseTypes: readonly string[];
}

interface Bodied {
  readonly content?: object;
}

interface Documented {
  readonly operationId: string;
  readonly requestBody?: Bodied;
  readonly responses: Readonly<Record<string, Bodied>>;
}

/** Returns the operations of a document. */
export function operationsOf(document: Readonly<Record<string, unknown>>): readonly Operation[] {
  const paths = document.paths as Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, requestBody, responses }]) => ({
      id: operationId,
      method: method as Method,
      path,
      canCreate: method === 'put' && '200' in responses && '201' in responses,
      requestTypes: typesOf(requestBody),
      responseTypes: Object.entries(responses).flatMap(([status, response]) => (status.startsWith('2') ? typesOf(response) : [])),
    })),
  );
}

function typesOf({ content = {} }: Bodied = {}): readonly string[] {
  return Object.keys(content);
}
