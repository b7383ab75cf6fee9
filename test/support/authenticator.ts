/**
 * A passkey device made of software, for tests of the server: real P-256 keys, real attestation objects and assertions.
 * Browser tests use Chromium's own virtual authenticator instead.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const UP_UV = 0x05;
const ATTESTED = 0x40;

interface Options {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
}

export class Authenticator {
  readonly id = b64(randomBytes(32));
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #origin: string;
  /** What the device says of itself; a test may make it lie. */
  flags = UP_UV;
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The answer to options for a new passkey. */
  create({ challenge, rp }: Options, origin = this.#origin) {
    const { x, y } = this.#keys.publicKey.export({ format: 'jwk' });
    const cose = Buffer.concat([
      // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]),
      Buffer.from(x ?? '', 'base64url'),
      Buffer.from([0x22, 0x58, 0x20]),
      Buffer.from(y ?? '', 'base64url'),
    ]);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const data = Buffer.concat([
      this.#head(rp?.id ?? 'localhost', this.flags | ATTESTED),
      Buffer.alloc(16),
      length,
      id,
      cose,
    ]);
    const attestation = Buffer.concat([
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x58, data.length]),
      data,
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      response: {
        clientDataJSON: b64(Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin }))),
        attestationObject: b64(attestation),
        transports: ['internal'],
      },
      clientExtensionResults: {},
    };
  }

  /** The answer to options for a sign-in, or the signature over a challenge of one's own. */
  get({ challenge, rpId = 'localhost' }: Options, origin = this.#origin) {
    const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }));
    const data = this.#head(rpId, this.flags);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#keys.privateKey);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key' as const,
      response: { clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature) },
      clientExtensionResults: {},
    };
  }

  /** A passkey's approval of a statement, as the API takes it. */
  approve(statement: string, origin = this.#origin) {
    const { response } = this.get({ challenge: b64(sha256(statement)) }, origin);
    return { credential: this.id, ...response };
  }

  #head(rpId: string, flags: number): Buffer {
    this.counter += 1;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
  }
}
