/** Persons for journeys: they come in by a one-time link and a passkey, and act with their session, over HTTP. */
import type { FastifyInstance } from 'fastify';
import { invite } from '../../src/access/index.ts';
import type { House } from '../../src/server/index.ts';
import { Authenticator } from './authenticator.ts';

export const ORIGIN = 'http://localhost';
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of any route
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asks without an account, as a page of this server would. */
export async function ask(
  app: FastifyInstance,
  method: Method,
  url: string,
  payload?: object,
  headers: Readonly<Record<string, string>> = { origin: ORIGIN },
): Promise<Answer> {
  const response = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  return {
    status: response.statusCode,
    body: isJson && response.body ? response.json() : response.body,
    headers: response.headers,
  };
}

export class Person {
  readonly device: Authenticator;
  #app: FastifyInstance;
  cookie = '';
  csrf = '';
  id = '';

  constructor(app: FastifyInstance, device = new Authenticator(ORIGIN)) {
    this.#app = app;
    this.device = device;
  }

  /** Opens an account by a link's secret. */
  async join(secret: string, naming: { organisation?: string; name?: string } = {}): Promise<Answer> {
    const begun = await ask(this.#app, 'POST', '/api/join/begin', { secret, ...naming });
    if (begun.status !== 200) return begun;
    return this.#enter(
      await ask(this.#app, 'POST', '/api/join/finish', {
        ceremony: begun.body.ceremony,
        response: this.device.create(begun.body.options),
      }),
    );
  }

  async signIn(): Promise<Answer> {
    const begun = await ask(this.#app, 'POST', '/api/sign-in/begin', {});
    return this.#enter(
      await ask(this.#app, 'POST', '/api/sign-in/finish', {
        ceremony: begun.body.ceremony,
        response: this.device.get(begun.body.options),
      }),
    );
  }

  async #enter(answer: Answer): Promise<Answer> {
    if (answer.status !== 201) return answer;
    this.cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const { signedIn } = (await this.get('/api/session')).body;
    this.csrf = signedIn.csrf;
    this.id = signedIn.id;
    return answer;
  }

  /** From here on this person talks to another server of the same house. */
  moveTo(app: FastifyInstance): void {
    this.#app = app;
  }

  headers(): Record<string, string> {
    return { origin: ORIGIN, cookie: this.cookie, 'x-csrf-token': this.csrf };
  }

  ask(method: Method, url: string, payload?: object): Promise<Answer> {
    return ask(this.#app, method, url, payload, this.headers());
  }

  get = (url: string) => this.ask('GET', url);

  /** Reads a proposal and approves it with the passkey. */
  async approve(id: string): Promise<Answer> {
    const { body } = await this.get(`/api/approvals/${id}`);
    return this.ask('POST', `/api/approvals/${id}`, {
      sha256: body.proposal?.sha256 ?? '0'.repeat(64),
      assertion: this.device.approve(body.toSign ?? ''),
    });
  }
}

/** A person of an organisation, invited by the operator's command. */
export async function newPerson(
  { app, house }: { readonly app: FastifyInstance; readonly house: House },
  organisation: string,
  ...roles: readonly string[]
): Promise<Person> {
  const { secret } = await invite(house.ctx(), { organisation, name: `Office of ${organisation}`, roles });
  const person = new Person(app);
  const answer = await person.join(secret);
  if (answer.status !== 201) throw new Error(`nobody joined: ${JSON.stringify(answer.body)}`);
  return person;
}
