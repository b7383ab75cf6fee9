/** A real OpenID issuer on loopback, for tests: discovery, keys, codes with PKCE, RS256 tokens; it can be told to lie. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export type Lie =
  | 'wrong nonce'
  | 'no nonce'
  | 'wrong audience'
  | 'wrong issuer'
  | 'expired'
  | 'alg none'
  | 'another key'
  | 'a symmetric key'
  | 'no subject'
  | 'no token';

interface Granted {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly subject: string;
}

export class Issuer {
  readonly clientId = 'hudna-test';
  lie: Lie | null = null;
  readonly #codes = new Map<string, Granted>();
  readonly #server: Server;
  readonly #keys = generateKeyPair('RS256', { extractable: true });
  readonly #others = generateKeyPair('RS256');
  url = '';

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      request.on('end', async () => {
        const [status, answer] = await this.#answer(request.url ?? '/', new URLSearchParams(body));
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.#server.close(() => done());
      this.#server.closeAllConnections();
    });
  }

  /** What the issuer's page would do once somebody has signed in there: the address it sends the browser back to. */
  approve(authorizationUrl: string, subject: string): URL {
    const asked = new URL(authorizationUrl).searchParams;
    const code = randomBytes(16).toString('hex');
    const redirectUri = asked.get('redirect_uri') ?? '';
    this.#codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      nonce: asked.get('nonce') ?? '',
      redirectUri,
      subject,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back;
  }

  async #answer(path: string, form: URLSearchParams): Promise<[number, object]> {
    if (path === '/.well-known/openid-configuration')
      return [
        200,
        {
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          jwks_uri: `${this.url}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        },
      ];
    if (path === '/keys')
      return [
        200,
        { keys: [{ ...(await exportJWK((await this.#keys).publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] },
      ];
    if (path === '/token') return this.#token(form);
    return [404, {}];
  }

  async #token(form: URLSearchParams): Promise<[number, object]> {
    const granted = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!granted || granted.challenge !== challenge || granted.redirectUri !== form.get('redirect_uri'))
      return [400, { error: 'invalid_grant' }];
    const token = this.lie === 'no token' ? {} : { id_token: await this.#idToken(granted) };
    return [200, { access_token: randomBytes(8).toString('hex'), token_type: 'Bearer', ...token }];
  }

  async #idToken({ nonce, subject }: Granted): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      iss: this.lie === 'wrong issuer' ? 'https://evil.example' : this.url,
      aud: this.lie === 'wrong audience' ? 'another-client' : this.clientId,
      ...(this.lie === 'no subject' ? {} : { sub: subject }),
      ...(this.lie === 'no nonce' ? {} : { nonce: this.lie === 'wrong nonce' ? 'guessed' : nonce }),
      iat: this.lie === 'expired' ? now - 7_200 : now,
      exp: this.lie === 'expired' ? now - 3_600 : now + 300,
    };
    if (this.lie === 'alg none') {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part(claims)}.`;
    }
    if (this.lie === 'a symmetric key') {
      const secret = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    }
    const { privateKey } = await (this.lie === 'another key' ? this.#others : this.#keys);
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey);
  }
}
