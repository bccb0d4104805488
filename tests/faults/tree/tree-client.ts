import { GROUND_SETTINGS } from '../prepare-ground';

const IMPORT_POLL_MS = 100;
const AGAIN_MS = 250;
const MAX_AGAIN = 40;
const JSON_TYPE = 'application/json';

type Json = Readonly<Record<string, unknown>>;

/** The administrator of a shop, who arranges its categories. */
export class TreeClient {
  private constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** Signs the administrator in. */
  static async logIn(url: string): Promise<TreeClient> {
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = GROUND_SETTINGS;
    const { body } = await new TreeClient(url, '').send('POST', '/v1/auth/login', JSON.stringify({ email, password }));
    return new TreeClient(url, String(body.accessToken));
  }

  /** Returns the body of a read; asks again while the shop is overloaded, and throws where the read is refused. */
  async get<Body extends Json>(path: string): Promise<Body> {
    let { status, body } = await this.send('GET', path);
    for (let again = 0; status === 503 && again < MAX_AGAIN; again++) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      ({ status, body } = await this.send('GET', path));
    }
    if (status !== 200) throw new Error(`GET ${path} → ${status} ${JSON.stringify(body)}`);
    return body as Body;
  }

  /** Creates a category at the top and returns its id. */
  async create(name: string): Promise<string> {
    const { body } = await this.send('POST', '/v1/categories', JSON.stringify({ name }));
    return String(body.id);
  }

  /** Moves a category and returns the reply, whatever it is. */
  move(id: string, body: object): Promise<{ readonly status: number; readonly body: Json }> {
    return this.send('POST', `/v1/categories/${id}/move`, JSON.stringify(body));
  }

  /** Imports a CSV file of categories and returns its counts, once it is done. */
  async import(file: string): Promise<Json> {
    const { body } = await this.send('POST', '/v1/categories/import', file, 'text/csv');
    let report = body;
    while (report.status === 'running') {
      await new Promise((resolve) => setTimeout(resolve, IMPORT_POLL_MS));
      report = await this.get(`/v1/imports/${report.id}`);
    }
    const { status, created, failed } = report;
    return { status, created, failed };
  }

  /** Sends a request, and returns the status and the body of the reply. */
  async send(method: string, path: string, body?: string, type = JSON_TYPE): Promise<{ status: number; body: Json }> {
    const headers = { ...(body !== undefined && { 'content-type': type }), ...(this.token && { authorization: `Bearer ${this.token}` }) };
    const response = await fetch(this.url + path, { method, headers, ...(body !== undefined && { body }) });
    return { status: response.status, body: (await response.json()) as Json };
  }
}
