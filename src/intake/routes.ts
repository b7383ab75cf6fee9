/**
 * The API of the intake form. Answers nobody's question about somebody else: a receipt number opens nothing, an
 * attachment needs the id that the sender's own browser drew. No address, no program's name and no minute is kept.
 */
import { createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorIn, needs, PUBLIC, publicOr } from '../access/index.ts';
import { type Actor, Problem } from '../core/index.ts';
import type { Ctx } from '../db/index.ts';
import type { Plausible } from '../sources/index.ts';
import { attachmentHash, INTAKE_LIMITS, PARTS_OF_DAY, receiptNumber, submissionId } from './model.ts';
import { SEALED_NOT_FOUND } from './problems.ts';
import { attach, openSealed, submit, welcome } from './service.ts';
import { findSubmissionOf, listAttachments, readView } from './store.ts';
import type { Pieces, Workshop } from './workshop/workshop.ts';

export interface IntakeDeps {
  ctx(actor?: Actor): Ctx;
  plausible(): Plausible;
  receipt(entry: number): Promise<object | null>;
  onReceived(): void;
  readonly timeZone: string;
  readonly workshop: Workshop;
  /** Folder of the sealed originals. */
  readonly originals: string;
}

const SUBMISSIONS_A_MINUTE = 30;
const FILES_A_MINUTE = 60;
const MINUTE_MS = 60_000;
const RETRY_SECONDS = 5;

const bySubmission = z.object({ id: submissionId, sha256: attachmentHash });
const byReceipt = z.object({ receipt: receiptNumber });
const byAttachment = byReceipt.extend({ sha256: attachmentHash });
const opening = z.strictObject({
  /** Why it must be known who spoke: stands in the record. */
  reason: z.string().trim().min(8, 'say why, in some words').max(500),
  attachment: attachmentHash.optional(),
});

export function intakeRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  app.register(async (routes) => {
    // Pieces as they come; nothing is parsed or put together here.
    routes.addContentTypeParser(
      'application/octet-stream',
      (_request: FastifyRequest, payload: AsyncIterable<Uint8Array>) => piecesOf(payload),
    );
    sendingRoutes(routes, deps);
    custodyRoutes(routes, deps);
  });
}

function sendingRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  const limit = (max: number) => ({
    rateLimit: { max, timeWindow: MINUTE_MS, keyGenerator: strangersKey(deps.ctx().random.bytes(32)) },
  });
  /** Nobody for the public door; a header that is no live token is refused. */
  const open = publicOr('report.submit');

  app.get(
    '/api/intake',
    {
      config: open,
      schema: { tags: ['intake'], summary: 'Which door is open to you, and to whose keys an identity is sealed' },
    },
    async (request) => {
      const { db, agreement } = deps.ctx();
      const { door, organisation, recipients } = await welcome(db, agreement, request.actor ?? undefined);
      return {
        door,
        organisation,
        recipients: recipients.map(({ recipient }) => recipient),
        timeZone: deps.timeZone,
        partsOfDay: PARTS_OF_DAY,
        limits: INTAKE_LIMITS,
      };
    },
  );

  app.post(
    '/api/intake/submissions',
    {
      bodyLimit: INTAKE_LIMITS.submission,
      config: { ...open, ...limit(SUBMISSIONS_A_MINUTE) },
      schema: { tags: ['intake'], summary: 'Send a testimony (spec/intake); the same id again adds nothing' },
    },
    async (request, reply) => {
      const actor = request.actor ?? undefined;
      const { receipt, entry, again } = await submit(deps.ctx(actor), deps, request.body, actor);
      if (!again) deps.onReceived();
      reply.code(again ? 200 : 201);
      return { receipt, proof: entry === null ? null : await deps.receipt(entry) };
    },
  );

  app.put(
    '/api/intake/submissions/:id/attachments/:sha256',
    {
      bodyLimit: INTAKE_LIMITS.attachment,
      config: { ...PUBLIC, ...limit(FILES_A_MINUTE) },
      schema: {
        tags: ['intake'],
        summary: 'Send the bytes of an attachment that the submission announced',
        params: bySubmission,
        consumes: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      const { id, sha256 } = bySubmission.parse(request.params);
      const pieces = Array.isArray(request.body) ? request.body : [];
      const answer = await attach(deps.ctx(), deps.workshop, deps.originals, id, { sha256, pieces });
      if (answer === null)
        return reply.code(503).header('retry-after', RETRY_SECONDS).send({ retryAfter: RETRY_SECONDS });
      reply.code(answer.created ? 201 : 200);
      return { sha256 };
    },
  );
}

/** The body in pieces. Throws an error of status 413 as soon as it grows beyond what one attachment may have. */
async function piecesOf(payload: AsyncIterable<Uint8Array>): Promise<Pieces> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of payload) {
    size += piece.length;
    if (size > INTAKE_LIMITS.attachment) throw Object.assign(new Error('too large'), { statusCode: 413 });
    pieces.push(piece);
  }
  return pieces;
}

/** Counts a stranger's tries under a name that is forgotten with the process and leads back to no address. */
const strangersKey = (secret: Uint8Array) => (request: FastifyRequest) =>
  createHmac('sha256', secret).update(request.ip).digest('base64url');

function custodyRoutes(app: FastifyInstance, deps: IntakeDeps): void {
  /** The collecting organisation's own people only; to others it is not there. */
  const ownReader = async (request: FastifyRequest, receipt: string): Promise<void> => {
    const actor = actorIn(request);
    const { db, agreement } = deps.ctx();
    const submission = await findSubmissionOf(db, agreement, receipt);
    if (!submission || submission.organisation !== actor.organisation)
      throw new Problem(SEALED_NOT_FOUND, 'your organisation holds nothing under this number');
  };

  app.get(
    '/api/intake/reports/:receipt/attachments',
    {
      config: needs('report.read_sealed'),
      schema: {
        tags: ['intake'],
        summary: 'Attachments of a report, for the organisation that collected it',
        params: byReceipt,
        security: [{ token: [] }],
      },
    },
    async (request) => {
      const { receipt } = byReceipt.parse(request.params);
      await ownReader(request, receipt);
      const { db, agreement } = deps.ctx();
      return { items: await listAttachments(db, agreement, receipt) };
    },
  );

  app.get(
    '/api/intake/reports/:receipt/attachments/:sha256/view',
    {
      config: needs('report.read_sealed'),
      schema: {
        tags: ['intake'],
        summary: 'The copy of a picture, drawn anew without anything but its pixels',
        params: byAttachment,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const { receipt, sha256 } = byAttachment.parse(request.params);
      await ownReader(request, receipt);
      const { db, agreement } = deps.ctx();
      const view = await readView(db, agreement, receipt, sha256);
      if (!view) throw new Problem(SEALED_NOT_FOUND, 'there is no copy to look at');
      return reply.type('image/jpeg').header('cache-control', 'private, no-store').send(Buffer.from(view));
    },
  );

  app.post(
    '/api/custody/:receipt/openings',
    {
      config: needs('identity.open'),
      bodyLimit: 4_096,
      schema: {
        tags: ['intake'],
        summary:
          'Open what is sealed, for a custodian of the organisation that collected it; recorded before it is given',
        params: byReceipt,
        body: opening,
        security: [{ token: [] }],
      },
    },
    async (request, reply) => {
      const { receipt } = byReceipt.parse(request.params);
      const actor = actorIn(request);
      const { reason, attachment } = opening.parse(request.body);
      const opened = await openSealed(
        deps.ctx(actor),
        receipt,
        attachment === undefined ? 'identity' : { attachment },
        reason,
      );
      reply.header('cache-control', 'private, no-store').type('application/octet-stream');
      return 'ciphertext' in opened
        ? reply.send(Buffer.from(opened.ciphertext))
        : reply.send(createReadStream(join(deps.originals, `${opened.original}.age`)));
    },
  );
}
