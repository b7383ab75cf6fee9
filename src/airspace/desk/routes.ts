/** The desk's own paths: /desk/flight, its door, and coordinates as officers write them. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { isProblem, Problem } from '../../core/index.ts';
import { COOKIE, callerOf, partyOnly, sendNoStore } from '../http.ts';
import { BAD_REQUEST, FORBIDDEN } from '../problems.ts';
import type { RuleSet } from '../rules/model.ts';
import type { Tokens } from '../tokens.ts';
import { parseCoordinate } from './coordinates.ts';
import { deskPage, doorPage, langOf } from './page.ts';

/** Bare outlines for the map's background; scripts/make-flight-outlines.ts makes them. */
const OUTLINES = readFileSync(new URL('./outlines.geojson', import.meta.url), 'utf8');

const linesSchema = z.strictObject({ lines: z.array(z.string().max(100)).min(1).max(500) });

const page = (reply: FastifyReply, make: (nonce: string) => string, status = 200): FastifyReply => {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .code(status)
    .headers({
      'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(make(nonce));
};

/** `only`: private mode's own party; every other token is the other site's and has no desk here. */
export function mountDesk(app: FastifyInstance, tokens: Tokens, rules: RuleSet, only?: string): void {
  const hasDesk = (party: string): boolean => only === undefined || party === only;
  const mode = only === undefined ? 'blind' : 'private';
  app.get('/outlines.geojson', (_, reply) =>
    reply.type('application/geo+json').header('cache-control', 'public, max-age=86400').send(OUTLINES),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (_, text, done) => done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  );
  app.get('/', (request, reply) => {
    const lang = langOf(request.query);
    try {
      const party = partyOnly(callerOf(tokens, request));
      if (!hasDesk(party)) throw new Problem(FORBIDDEN, 'this is the other side’s own desk');
      return page(reply, (nonce) => deskPage(lang, nonce, party, rules, mode));
    } catch (error) {
      if (!isProblem(error)) throw error;
      return page(reply, (nonce) => doorPage(lang, nonce, false), 401);
    }
  });
  app.post('/session', (request, reply) => {
    const lang = langOf(request.query);
    const body = z.object({ token: z.string().max(200) }).safeParse(request.body);
    const token = body.success ? body.data.token.trim() : '';
    const party = tokens.partyOf(token);
    if (!party || !hasDesk(party)) return page(reply, (nonce) => doorPage(lang, nonce, true), 401);
    return reply
      .header('set-cookie', `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict`)
      .redirect(`/desk/flight?lang=${lang}`, 303);
  });
  app.post('/leave', (request, reply) =>
    reply
      .header('set-cookie', `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`)
      .redirect(`/desk/flight?lang=${langOf(request.query)}`, 303),
  );
}

/** `POST /flight/v1/coordinates`: lines of text to points, or which line is none. */
export function mountCoordinates(app: FastifyInstance, tokens: Tokens): void {
  app.post('/coordinates', (request, reply) => {
    callerOf(tokens, request);
    const parsed = linesSchema.safeParse(request.body);
    if (!parsed.success) throw new Problem(BAD_REQUEST, 'lines: one coordinate a line, 500 at most');
    const points = parsed.data.lines.map((line, i) => {
      const point = parseCoordinate(line);
      if (!point) throw new Problem(BAD_REQUEST, `line ${i + 1} is no coordinate: ${line.slice(0, 40)}`);
      return point;
    });
    return sendNoStore(reply, { points });
  });
}
