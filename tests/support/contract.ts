import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Readonly<Record<string, DocumentedHeader | Reference>>;
}

interface DocumentedHeader {
  readonly required: boolean;
  readonly schema: object;
}

interface Reference {
  readonly $ref: string;
}

type Operations = Readonly<Record<string, { readonly responses: Readonly<Record<string, DocumentedAnswer | Reference>> }>>;

export interface OpenApi {
  readonly paths: Readonly<Record<string, Operations>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Checks that answers are what the OpenAPI document says: the status, the media type, the headers and the body. */
export class Contract {
  private readonly ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
  private readonly validators = new Map<object, ValidateFunction>();
  private readonly paths: readonly { readonly pattern: RegExp; readonly operations: Operations }[];

  constructor(private readonly document: OpenApi) {
    this.ajv.addSchema({ $id: 'document', components: document.components });
    this.paths = Object.entries(document.paths)
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)
      .map(([path, operations]) => ({ pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`), operations }));
  }

  /** Throws unless the response is as documented, and for an undocumented path or method. */
  check(method: string, path: string, response: Response): void {
    const operation = this.operationOf(method, path);
    if (!operation) throw new Error(`${method} ${path}: the OpenAPI document has no such operation`);
    const place = `${method} ${path} → ${response.status}`;
    const documented = operation.responses[String(response.status)];
    if (!documented) throw new Error(`${place}: the status is not documented`);
    const answer = this.resolve(documented);
    for (const [name, header] of Object.entries(answer.headers ?? {})) this.checkHeader(place, name, this.resolve(header), response);
    this.checkBody(place, answer, response);
  }

  /** Returns whether the document has the operation. */
  has(method: string, path: string): boolean {
    return this.operationOf(method, path) !== undefined;
  }

  private operationOf(method: string, path: string) {
    return this.paths.find(({ pattern }) => pattern.test(path.split('?')[0] ?? ''))?.operations[method];
  }

  private resolve<T extends object>(given: T | Reference): T {
    if (!('$ref' in given)) return given;
    const [, , kind, name] = given.$ref.split('/') as [string, string, string, string];
    return this.document.components[kind]?.[name] as T;
  }

  private checkHeader(place: string, name: string, { required, schema }: DocumentedHeader, { headers }: Response): void {
    const given = headers[name.toLowerCase()];
    if (given === undefined && required) throw new Error(`${place}: the documented header ${name} is missing`);
    if (given === undefined) return;
    const validate = this.validatorOf(schema);
    const value = /^\d+$/.test(given) && 'minimum' in schema ? Number(given) : given;
    if (!validate(value)) throw new Error(`${place}: ${name}: ${this.ajv.errorsText(validate.errors)}\n${given}`);
  }

  private checkBody(place: string, { content }: DocumentedAnswer, response: Response): void {
    if (!content) {
      if (response.text) throw new Error(`${place}: a body, though none is documented`);
      return;
    }
    const type = String(response.headers['content-type']).split(';')[0] ?? '';
    const media = content[type];
    if (!media) throw new Error(`${place}: ${type} is not documented`);
    const validate = this.validatorOf(media.schema);
    if (!validate(bodyOf(response, type))) throw new Error(`${place}: ${this.ajv.errorsText(validate.errors)}\n${response.text}`);
  }

  private validatorOf(schema: object): ValidateFunction {
    const known = this.validators.get(schema);
    if (known) return known;
    const located = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object;
    const validate = this.ajv.compile(located);
    this.validators.set(schema, validate);
    return validate;
  }
}

/* Of a picture, the bytes as characters. */
function bodyOf({ body, text }: Response, type: string): unknown {
  if (Buffer.isBuffer(body)) return body.toString('latin1');
  return type.endsWith('json') && type !== 'application/x-ndjson' ? body : text;
}
