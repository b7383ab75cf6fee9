/** Every refusal leaves as application/problem+json with a stable code, in the reader's language, and no stack trace. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { declareProblem, isProblem, LANGS, type Lang, type Log, Problem } from '../core/index.ts';
import { langOf, type Translate, translator } from '../publish/index.ts';

export const NOT_FOUND = declareProblem('server/not-found', 404);
export const BAD_REQUEST = declareProblem('server/bad-request', 400);
export const TOO_LARGE = declareProblem('server/too-large', 413);
export const TOO_MANY = declareProblem('server/too-many', 429);
export const INTERNAL = declareProblem('server/internal', 500);

const translators = Object.fromEntries(LANGS.map((lang) => [lang, translator(lang)])) as Record<Lang, Translate>;

/** The web app's page for an address that is none; null where the app is not served. */
export type PageFor = (request: FastifyRequest, reply: FastifyReply) => string | null;

/** Every refusal as application/problem+json; an address that is none answers a browser with the app. */
export function handleErrors(app: FastifyInstance, log: Log, pageFor: PageFor): void {
  app.setErrorHandler((error: FastifyError, request, reply) => send(request, reply, problemOf(error, log)));
  app.setNotFoundHandler((request, reply) => {
    // A browser that was led astray gets the app, which says so in words and leads on; its address never was an API's.
    if (request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '')) {
      const page = pageFor(request, reply);
      if (page !== null) return reply.code(404).type('text/html; charset=utf-8').send(page);
    }
    return send(request, reply, new Problem(NOT_FOUND, 'there is nothing at this address'));
  });
}

function problemOf(error: FastifyError | Error, log: Log): Problem {
  if (isProblem(error)) return error;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (status === 413) return new Problem(TOO_LARGE, 'the request is larger than allowed');
  if (status === 429) return new Problem(TOO_MANY, 'too many requests');
  if (status !== undefined && status >= 400 && status < 500)
    return new Problem(BAD_REQUEST, error.message.slice(0, 300));
  log.error({ error: error.name, stack: error.stack }, 'request failed');
  return new Problem(INTERNAL, 'a fault on our side');
}

/** RFC 9457. `detail` is the plain English line, `title` the message in the reader's language. */
function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { code, status, messageKey } = problem.kind;
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        type: `/docs#problem-${code.replace('/', '-')}`,
        code,
        title: translators[langOf(request)](messageKey, problem.params),
        status,
        detail: problem.where ? `${problem.where}: ${problem.message}` : problem.message,
      }),
    );
}
